//! Who leaves before the age of retirement.

use super::super::assumptions::{Assumptions, Exits};
use super::super::draws::{Purpose, Stream};
use super::super::figures::NoFigure;
use super::super::returning::Chance;
use super::super::turnover::pairs;
use crate::compare::real;
use crate::register::recruitment::{Day, Recruitment, Staff};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// Oldest ages of the bands in which a region's own exits are counted.
const OWN_BANDS: [u8; 8] = [29, 39, 49, 54, 59, 61, 64, u8::MAX];

/// A yearly share: known, or not for sure.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Share {
    Known(f64),
    Beta(Chance),
}

/// Ages with their yearly share of leavers.
#[derive(Clone, Debug, PartialEq)]
struct Band {
    from: u8,
    to: u8,
    share: Share,
}

/// How many years are spent in each band on the way to a horizon.
pub(super) type Path = Vec<u8>;

/// Yearly shares of leavers by age.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rates(Vec<Band>);

impl Rates {
    pub(super) fn new(register: &Recruitment, assumptions: &Assumptions) -> Result<Self, NoFigure> {
        Ok(Self(match &assumptions.exits {
            Exits::AgeOut => Vec::new(),
            Exits::Rates(rates) => rates
                .iter()
                .map(|rate| {
                    let beta = |n: f64| Share::Beta(Chance { a: rate.share * n, b: (1.0 - rate.share) * n });
                    let share = rate.persons.map_or(Share::Known(rate.share), beta);
                    Band { from: rate.from, to: rate.to, share }
                })
                .collect(),
            Exits::Own => own(register)?,
        }))
    }

    /// The way of somebody of an age through the bands within a horizon: age a + t in year t.
    pub(super) fn path(&self, age: u8, horizon: u16) -> Path {
        let mut path = vec![0; self.0.len()];
        for year in 0..horizon {
            let now = u16::from(age) + year;
            let here = |band: &Band| (u16::from(band.from)..=u16::from(band.to)).contains(&now);
            if let Some(at) = self.0.iter().position(here) {
                path[at] += 1;
            }
        }
        path
    }

    /// The expected chance of leaving on a way: 1 − Π E(1 − q)^k.
    pub(super) fn expected(&self, path: &Path) -> f64 {
        let staying = |(band, years): (&Band, &u8)| match band.share {
            Share::Known(share) => (0..*years).map(|_| 1.0 - share).product::<f64>(),
            Share::Beta(Chance { a, b }) => {
                (0..*years).map(f64::from).map(|j| if b > 0.0 { (b + j) / (a + b + j) } else { 0.0 }).product()
            }
        };
        1.0 - self.0.iter().zip(path).map(staying).product::<f64>()
    }

    /// The yearly shares in each draw, the same for all fields and areas.
    pub(super) fn draws(&self, draws: u32, seed: u64) -> Vec<Vec<f64>> {
        let of = |(number, band): (usize, &Band)| match band.share {
            Share::Known(share) => vec![share; draws as usize],
            Share::Beta(Chance { a, b }) => {
                let mut stream = Stream::new(seed, Purpose::ExitRate, number);
                (0..draws).map(|_| stream.beta(a, b)).collect()
            }
        };
        self.0.iter().enumerate().map(of).collect()
    }
}

/// The chance of leaving on a way, in each draw.
pub(super) fn leaving(rates: &[Vec<f64>], path: &Path, draws: u32) -> Vec<f64> {
    let mut staying = vec![1.0; draws as usize];
    for (shares, years) in rates.iter().zip(path) {
        for _ in 0..*years {
            staying.iter_mut().zip(shares).for_each(|(staying, share)| *staying *= 1.0 - share);
        }
    }
    staying.into_iter().map(|staying| 1.0 - staying).collect()
}

/// The region's own shares by age band: of persons on a reference day, those who are on no row a year later, at employers that
/// have staff on both days. The prior is the share of all ages together, worth one person.
fn own(register: &Recruitment) -> Result<Vec<Band>, NoFigure> {
    let rows = || register.staff.iter().flatten().filter(|row| row.day <= register.today);
    let days: Vec<Day> = rows().map(|row| row.day).collect::<BTreeSet<_>>().into_iter().collect();
    let employers =
        |day: Day| rows().filter(move |row| row.day == day).map(|row| row.employer).collect::<BTreeSet<_>>();
    let persons = |day: Day| rows().filter(move |row| row.day == day);
    let (mut left, mut seen) = ([0_u64; OWN_BANDS.len()], [0_u64; OWN_BANDS.len()]);
    for (first, second) in pairs(&days) {
        let both: BTreeSet<u32> = employers(first).intersection(&employers(second)).copied().collect();
        let later: BTreeSet<u32> = persons(second).filter_map(|row| row.person).collect();
        let known = |row: &Staff| Some((row.person?, row.age?));
        // Who has two jobs is one person; an age that differs between them counts as the higher.
        let now: BTreeMap<u32, u8> = persons(first)
            .filter(|row| both.contains(&row.employer))
            .filter_map(known)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        for (person, age) in now {
            let band = OWN_BANDS.iter().position(|to| age <= *to).unwrap_or_default();
            seen[band] += 1;
            left[band] += u64::from(!later.contains(&person));
        }
    }
    let (all_left, all) = (left.iter().sum::<u64>(), seen.iter().sum::<u64>());
    if all == 0 {
        let words = Text::new(
            "ingen ansatte er fulgt fra en dato til en annen et år senere",
            "ingen tilsette er følgde frå ein dato til ein annan eit år seinare",
            "no staff were followed from a reference day to another one a year later",
        );
        return Err(NoFigure { code: "not_followed", words });
    }
    let pooled = real(all_left) / real(all);
    let band = |at: usize| {
        let from = at.checked_sub(1).map_or(0, |before| OWN_BANDS[before] + 1);
        let chance = Chance { a: pooled + real(left[at]), b: 1.0 - pooled + real(seen[at] - left[at]) };
        Band { from, to: OWN_BANDS[at], share: Share::Beta(chance) }
    };
    Ok((0..OWN_BANDS.len()).map(band).collect())
}
