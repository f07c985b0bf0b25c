//! Every number that the index depends on, in one place.

use super::decay::Decay;

/// What the index is computed with.
///
/// | parameter        | default                        | known or assumed                                              |
/// |------------------|--------------------------------|---------------------------------------------------------------|
/// | `limit`          | 90 minutes, itself included    | known: what is farther away does not count                    |
/// | `shares`         | jobs 2/3, services 1/3         | known                                                         |
/// | municipal mean   | weighted by population         | known                                                         |
/// | `top`            | 1000 for the largest           | known: Oslo is 1000                                           |
/// | `jobs_decay`     | exponential, 1/10 at 45 minutes | 1/10 at 45 minutes is known; the curve is assumed            |
/// | `services_decay` | as for jobs                    | assumed; Statistics Norway has one of its own, not printed    |
/// | `services`       | amounts added up               | assumed                                                       |
/// | `transform`      | none                           | assumed                                                       |
/// | `scale`          | largest inhabited unit is 1    | assumed: only that parts are made comparable is known         |
/// | `own`            | 0 minutes where the file lacks it | assumed                                                    |
///
/// # Source
///
/// Statistics Norway, *Ny sentralitetsindeks for kommunene*, Notater 2017/40, and *Sentralitetsindeksen. Oppdatering med
/// 2020-kommuner*, Notater 2020/4; Ministry of Local Government, *Regionale utviklingstrekk 2018* and *2021*, annex 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    /// How much jobs count by minutes.
    pub jobs_decay: Decay,
    /// How much services count by minutes.
    pub services_decay: Decay,
    /// Minutes beyond which nothing counts.
    pub limit: f64,
    /// What services in reach add up to.
    pub services: ServiceRule,
    /// The unit itself.
    pub own: OwnUnit,
    /// Whether a pair counts in both directions.
    pub symmetric: bool,
    /// Pairs with a code that is not among the units.
    pub unknown: Unknown,
    /// Applied to both parts before they are scaled.
    pub transform: Transform,
    /// What the largest of each part is.
    pub scale: Scale,
    /// Shares of jobs and of services; they add up to 1.
    pub shares: [f64; 2],
    /// The index of the most central municipality.
    pub top: f64,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            jobs_decay: Decay::assumed(),
            services_decay: Decay::assumed(),
            limit: 90.0,
            services: ServiceRule::Sum,
            own: OwnUnit::Add(0.0),
            symmetric: false,
            unknown: Unknown::Refuse,
            transform: Transform::None,
            scale: Scale::Units,
            shares: [2.0 / 3.0, 1.0 / 3.0],
            top: 1000.0,
        }
    }
}

/// What services in reach add up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceRule {
    /// Amounts of services, each times the weight of its minutes.
    Sum,
    /// Different functions, each with the weight of the nearest unit that has it.
    Distinct,
}

/// How the unit itself counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OwnUnit {
    /// So many minutes away where the file has no pair of the unit with itself; as in the file where it has.
    Add(f64),
    /// As in the file: a unit without such a pair does not reach itself.
    AsInFile,
}

/// What becomes of pairs with a code that is not among the units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// They are errors.
    Refuse,
    /// They are left out and counted.
    Skip,
}

/// Applied to what a unit reaches, before the scaling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transform {
    /// As it is.
    None,
    /// log(1 + x).
    Log,
    /// The square root.
    Root,
}

impl Transform {
    pub(super) fn of(self, value: f64) -> f64 {
        match self {
            Self::None => value,
            Self::Log => libm::log1p(value),
            Self::Root => libm::sqrt(value),
        }
    }
}

/// What each part is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// The largest of an inhabited unit; then the municipal mean is taken.
    Units,
    /// The largest municipal mean.
    Municipalities,
}
