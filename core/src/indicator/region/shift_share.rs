//! Growth in jobs against the nation: shift–share.

use super::Registers;
use super::figures::{Draft, Figure, Figures, Unit, column, period};
use super::jobs::ALL;
use crate::problem::Problems;
use crate::register::official::{Area, NATION, Value};
use crate::text::Text;

/// Jobs of one industry, then and now, in an area and in the nation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Industry {
    /// In the area at the start.
    pub then: f64,
    /// In the area at the end.
    pub now: f64,
    /// In the nation at the start.
    pub nation_then: f64,
    /// In the nation at the end.
    pub nation_now: f64,
}

/// Growth and its parts, in percent of the jobs at the start. `national + industry + local = growth`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parts {
    /// Growth in all jobs.
    pub growth: f64,
    /// Had all industries grown as all jobs of the nation.
    pub national: f64,
    /// That the area has industries which grow faster or slower than others in the nation.
    pub industry: f64,
    /// That its industries grow faster or slower than the same industries in the nation.
    pub local: f64,
}

/// Shift–share: how much of an area's growth is the nation's, its industries' and its own.
///
/// # Formula
///
/// ```text
/// national = 100 * G                                     G = growth of all jobs in the nation
/// industry = 100 * sum(e[i] * (G[i] - G)) / sum(e[i])    G[i] = growth of industry i in the nation
/// local    = 100 * sum(e[i] * (g[i] - G[i])) / sum(e[i]) g[i] = growth of industry i in the area
/// growth   = national + industry + local                 e[i] = jobs of industry i in the area at the start
/// ```
///
/// An industry that is new in the area (e = 0) adds its jobs to the local part: `e[i] * g[i]` is `now - then`.
///
/// # Input and result
///
/// | name         | shape | unit    | rule                                                             |
/// |--------------|-------|---------|------------------------------------------------------------------|
/// | `industries` | n     | jobs    | disjoint; no result where the area or an industry of the nation had none |
/// | result       | 4     | percent | not rounded; the parts add up                                    |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::shift_share::{Industry, shift_share};
/// let farms = Industry { then: 60.0, now: 54.0, nation_then: 1000.0, nation_now: 800.0 };
/// let care = Industry { then: 40.0, now: 52.0, nation_then: 1000.0, nation_now: 1400.0 };
/// let parts = shift_share(&[farms, care]).unwrap();
/// // The nation grew by 10 %, its farms by -20 % and its care by 40 %; the area by 6 %.
/// let rounded = [parts.growth, parts.national, parts.industry, parts.local].map(f64::round);
/// assert_eq!(rounded, [6.0, 10.0, -6.0, 2.0]);
/// ```
///
/// # Source
///
/// Dunn, A statistical and analytical technique for regional analysis, Papers in Regional Science 6 (1960).
#[must_use]
pub fn shift_share(industries: &[Industry]) -> Option<Parts> {
    let sum = |of: &dyn Fn(&Industry) -> f64| industries.iter().map(of).sum::<f64>();
    let (then, now) = (sum(&|one| one.then), sum(&|one| one.now));
    let (nation_then, nation_now) = (sum(&|one| one.nation_then), sum(&|one| one.nation_now));
    if then <= 0.0 || nation_then <= 0.0 || industries.iter().any(|one| one.nation_then <= 0.0) {
        return None;
    }
    let nation = nation_now / nation_then - 1.0;
    let of_industry = |one: &Industry| one.nation_now / one.nation_then - 1.0;
    let industry = sum(&|one| one.then * (of_industry(one) - nation)) / then;
    let local = sum(&|one| (one.now - one.then) - one.then * of_industry(one)) / then;
    Some(Parts {
        growth: 100.0 * (now - then) / then,
        national: 100.0 * nation,
        industry: 100.0 * industry,
        local: 100.0 * local,
    })
}

/// Shift–share by area, between the first and the last year of the register of jobs; the row of the whole country must be in it,
/// or all municipalities.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let Some(jobs) = &registers.jobs else {
        registers.need(&["jobs"], problems);
        return None;
    };
    let years = jobs.years();
    let (Some(&first), Some(&last)) = (years.first(), years.last().filter(|_| years.len() > 1)) else {
        registers.need_years("jobs by industry in two years", problems);
        return None;
    };
    let industries: Vec<&String> = jobs.parts().iter().filter(|part| *part != ALL || jobs.parts().len() == 1).collect();
    let has = |code: &str| code != NATION && jobs.has(last, code);
    registers.warn("jobs", &has, problems);
    let nation = registers.areas.nation();
    let one_industry = industries.len() == 1;
    let draft = Draft {
        title: Text::new(
            "Vekst i arbeidsplasser mot landet",
            "Vekst i arbeidsplassar mot landet",
            "Growth in jobs against the nation",
        ),
        base: Text::new(
            "Vekst i arbeidsplasser, delt i det som følger landet, næringene her, og det som er stedets eget. Prosent av \
             arbeidsplassene ved starten.",
            "Vekst i arbeidsplassar, delt i det som følgjer landet, næringane her, og det som er staden sitt eige. Prosent \
             av arbeidsplassane ved starten.",
            "Growth in jobs, split into what follows the nation, the industries here, and what is the place's own. Percent \
             of jobs at the start.",
        ),
        method: if one_industry {
            Text::new(
                "Registeret har ikke næringer: næringsdelen er null, og alt utover landets vekst er lokalt.",
                "Registeret har ikkje næringar: næringsdelen er null, og alt utover veksten i landet er lokalt.",
                "The register has no industries: their part is zero, and all beyond the nation's growth is local.",
            )
        } else {
            Text::new(
                "Nasjonal del + næringsdel + lokal del = vekst (shift–share).",
                "Nasjonal del + næringsdel + lokal del = vekst (shift–share).",
                "National part + industry part + local part = growth (shift–share).",
            )
        },
        unit: Unit::Percent,
        decimals: 1,
        period: period(first, last),
        columns: vec![
            column("local", "lokal del", "lokal del", "local part"),
            column("growth", "vekst", "vekst", "growth"),
            column("national", "nasjonal del", "nasjonal del", "national part"),
            column("industry", "næringsdel", "næringsdel", "industry part"),
        ],
        has: &has,
        registers: &["jobs"],
    };
    Some(draft.figures(registers, &|at, area| {
        let get =
            |area: &Area, year| industries.iter().map(|part| jobs.get(area, year, part, "jobs")).collect::<Vec<_>>();
        let [then, now, nation_then, nation_now] =
            [(area, first), (area, last), (&nation, first), (&nation, last)].map(|(area, year)| get(area, year));
        let width = industries.len();
        let all = [then.clone(), now.clone(), nation_then, nation_now].concat();
        let value = Value::of_all(&all, |numbers| {
            let one = |i: usize| Industry {
                then: numbers[i],
                now: numbers[width + i],
                nation_then: numbers[2 * width + i],
                nation_now: numbers[3 * width + i],
            };
            let parts = shift_share(&(0..width).map(one).collect::<Vec<_>>())?;
            Some([parts.local, parts.growth, parts.national, parts.industry][at])
        });
        let [then, now] = [then, now].map(Value::sum);
        let figure = Figure::change(then, now, false);
        match at {
            0 | 1 => Figure { value, ..figure },
            _ => Figure::plain(value, now, then),
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: growth 6 %, nation 10 %; industry (60 × −0.3 + 40 × 0.3) / 100 = −6 %; local 6 − 10 + 6 = 2 %.
    #[test]
    fn parts_add_up() {
        let farms = Industry { then: 60.0, now: 54.0, nation_then: 1000.0, nation_now: 800.0 };
        let care = Industry { then: 40.0, now: 52.0, nation_then: 1000.0, nation_now: 1400.0 };
        let parts = shift_share(&[farms, care]).unwrap();
        for (found, expected) in
            [parts.growth, parts.national, parts.industry, parts.local].into_iter().zip([6.0, 10.0, -6.0, 2.0])
        {
            assert!((found - expected).abs() < 1e-12, "{parts:?}");
        }
    }

    #[test]
    fn a_new_industry_is_local() {
        let old = Industry { then: 100.0, now: 100.0, nation_then: 100.0, nation_now: 100.0 };
        let new = Industry { then: 0.0, now: 10.0, nation_then: 50.0, nation_now: 50.0 };
        let parts = shift_share(&[old, new]).unwrap();
        assert_eq!((parts.growth, parts.local, parts.national), (10.0, 10.0, 0.0));
        assert_eq!(shift_share(&[Industry { nation_then: 0.0, ..new }]), None);
        assert_eq!(shift_share(&[]), None);
    }
}
