//! From what units reach to the index of municipalities.

use super::parameters::{Parameters, Scale};
use super::problem::CentralityProblem;
use super::reach::{Plan, Reach, Tally};
use crate::problem::{Problem, Problems};
use crate::sum::Sum;

/// A municipality.
#[derive(Clone, Debug, PartialEq)]
pub struct Municipality {
    /// Its code.
    pub code: String,
    /// People in its units.
    pub population: f64,
    /// Its units, and those of them where somebody lives.
    pub units: [u64; 2],
    /// What it comes to; `None` where nobody lives there.
    pub central: Option<Central>,
}

/// What a unit or a municipality comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Central {
    /// Jobs and services in reach, weighted down with the minutes.
    pub access: [f64; 2],
    /// The same, transformed and scaled.
    pub part: [f64; 2],
    /// The index.
    pub index: f64,
}

/// The index of a country.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// Municipalities, by code.
    pub municipalities: Vec<Municipality>,
    /// Units, by code: access and parts; the index is the one that the unit would have as a municipality.
    pub units: Vec<Central>,
    /// What jobs and services were divided by.
    pub largest: [f64; 2],
    /// How many pairs there were.
    pub tally: Tally,
    /// Units where nobody lives; units that no pair begins in.
    pub empty_units: [u64; 2],
}

/// The index of every municipality.
///
/// # Formula
///
/// ```text
/// A[i]   = sum over j of jobs[j] * w(t[i,j])                 jobs in reach of unit i; services B[i] likewise
/// a[i]   = f(A[i]) / max f(A), b[i] = f(B[i]) / max f(B)     over inhabited units; f: parameter `transform`
/// c[m]   = sum(pop[i] * (2/3 a[i] + 1/3 b[i])) / sum(pop[i]) over the units of municipality m
/// index  = 1000 * c[m] / max c
/// ```
///
/// With [`Scale::Municipalities`] the municipal means of f(A) and f(B) are divided by the largest of them.
///
/// # Input and result
///
/// | name    | shape          | unit                | rule                                    |
/// |---------|----------------|---------------------|-----------------------------------------|
/// | units   | n              | people, jobs, services | finite, >= 0                         |
/// | reach   | n              | jobs, services      | exact sums                              |
/// | result  | municipalities | index, 0 to 1000    | not rounded; none where nobody lives    |
///
/// Sums are exact and rounded once: the order of units, of pairs and of pieces does not matter.
///
/// # Errors
///
/// [`CentralityProblem::NobodyLivesThere`], [`CentralityProblem::NothingInReach`]: `None`, with the problem added. A part
/// that is 0 everywhere is 0 for all, as long as the other one is not.
///
/// # Source
///
/// See [`Parameters`].
#[must_use]
pub fn index(file: &str, plan: &Plan<'_>, reach: &Reach, problems: &mut Problems) -> Option<Index> {
    let (units, parameters) = (plan.units, plan.parameters);
    let inhabited: Vec<usize> = (0..units.len()).filter(|unit| units.population[*unit] > 0.0).collect();
    if inhabited.is_empty() {
        problems.push(Problem::error(file, CentralityProblem::NobodyLivesThere));
        return None;
    }
    let access: Vec<[f64; 2]> = (0..units.len()).map(|unit| plan.value(reach, unit)).collect();
    let changed: Vec<[f64; 2]> = access.iter().map(|of| of.map(|value| parameters.transform.of(value))).collect();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); units.municipalities.len()];
    for unit in 0..units.len() {
        members[units.municipality[unit] as usize].push(unit);
    }
    let mean = |members: &[usize], of: &dyn Fn(usize) -> f64| {
        let sum: Sum = members.iter().map(|unit| units.population[*unit] * of(*unit)).collect();
        let people: Sum = members.iter().map(|unit| units.population[*unit]).collect();
        Some(sum.value() / people.value()).filter(|mean| mean.is_finite())
    };
    let largest = [0, 1].map(|part| match parameters.scale {
        Scale::Units => inhabited.iter().map(|unit| changed[*unit][part]).fold(0.0, f64::max),
        Scale::Municipalities => {
            members.iter().filter_map(|members| mean(members, &|unit| changed[unit][part])).fold(0.0, f64::max)
        }
    });
    if largest == [0.0, 0.0] {
        problems.push(Problem::error(file, CentralityProblem::NothingInReach));
        return None;
    }
    let scaled = |of: [f64; 2]| [0, 1].map(|part| if largest[part] > 0.0 { of[part] / largest[part] } else { 0.0 });
    let both = |part: [f64; 2]| parameters.shares[0] * part[0] + parameters.shares[1] * part[1];
    let central = |members: &[usize]| -> Option<Central> {
        let access = [mean(members, &|unit| access[unit][0])?, mean(members, &|unit| access[unit][1])?];
        let part = match parameters.scale {
            Scale::Units => {
                [mean(members, &|unit| scaled(changed[unit])[0])?, mean(members, &|unit| scaled(changed[unit])[1])?]
            }
            Scale::Municipalities => {
                scaled([mean(members, &|unit| changed[unit][0])?, mean(members, &|unit| changed[unit][1])?])
            }
        };
        Some(Central { access, part, index: both(part) })
    };
    let mut all: Vec<Option<Central>> = members.iter().map(|members| central(members)).collect();
    let most = all.iter().flatten().map(|central| central.index).fold(0.0, f64::max);
    if most <= 0.0 {
        problems.push(Problem::error(file, CentralityProblem::NothingInReach));
        return None;
    }
    let of_most = |both: f64| parameters.top * (both / most);
    all.iter_mut().flatten().for_each(|central| central.index = of_most(central.index));
    let municipalities = members.iter().zip(&units.municipalities).zip(all);
    let municipalities = municipalities.map(|((members, code), central)| Municipality {
        code: code.to_string(),
        population: members.iter().map(|unit| units.population[*unit]).collect::<Sum>().value(),
        units: [members.len() as u64, members.iter().filter(|unit| units.population[**unit] > 0.0).count() as u64],
        central,
    });
    let of_unit = |(access, changed): (&[f64; 2], &[f64; 2])| {
        let part = scaled(*changed);
        Central { access: *access, part, index: of_most(both(part)) }
    };
    Some(Index {
        municipalities: municipalities.collect(),
        units: access.iter().zip(&changed).map(of_unit).collect(),
        largest,
        tally: reach.tally,
        empty_units: [
            (units.len() - inhabited.len()) as u64,
            reach.pairs.iter().filter(|pairs| **pairs == 0).count() as u64,
        ],
    })
}

impl Parameters {
    /// Whether two shares can be used: 0 or more, together 1.
    #[must_use]
    pub fn shares_are_sound(shares: [f64; 2]) -> bool {
        shares.iter().all(|share| (0.0..=1.0).contains(share)) && (shares[0] + shares[1] - 1.0).abs() < 1e-9
    }
}
