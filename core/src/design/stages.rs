//! The stages of a design.

/// What is done with a stratum of which the sample holds a single unit: its variance cannot be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LonelyPsu {
    /// There is no variance, and an error says which stratum it is.
    Fail,
    /// The stratum adds nothing.
    Remove,
    /// The stratum adds nothing: its unit was certain to be in the sample.
    Certainty,
    /// The unit is compared with the mean of all units of the stage instead of that of its stratum: never too small by much.
    #[default]
    Adjust,
    /// The stratum adds as much as the mean of the others.
    Average,
}

impl LonelyPsu {
    /// All of them, with their names on the command line.
    pub const ALL: [(&'static str, Self); 5] = [
        ("fail", Self::Fail),
        ("remove", Self::Remove),
        ("certainty", Self::Certainty),
        ("adjust", Self::Adjust),
        ("average", Self::Average),
    ];
}

/// One stratum of a stage. Strata of a later stage lie inside one unit of the stage before.
#[derive(Clone, Debug, PartialEq)]
pub struct Stratum {
    /// How it is called in messages.
    pub label: String,
    /// Units in the sample, those outside a domain or without weight included.
    pub sampled: u32,
    /// Units in the population; `None` for one that is very large, or sampling with replacement.
    pub population: Option<f64>,
}

impl Stratum {
    /// The part of the variance that the finite population leaves: (N − n) / N.
    #[must_use]
    pub fn correction(&self) -> f64 {
        self.population.map_or(1.0, |population| (population - f64::from(self.sampled)) / population)
    }

    /// Whether every unit of the population is in the sample, so that nothing is left to vary.
    #[must_use]
    pub fn is_census(&self) -> bool {
        self.correction() < 1e-7
    }
}

/// One stage: units in strata. The units of a stratum have consecutive numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// The strata.
    pub strata: Vec<Stratum>,
    /// The stratum of each unit, ascending.
    pub stratum: Vec<u32>,
    /// The unit of the stage before in which each unit lies; empty for the first stage.
    pub parent: Vec<u32>,
    /// With unequal probabilities (Brewer's approximation): 1 − π of each unit, in place of the stratum's correction.
    pub unit_correction: Option<Vec<f64>>,
}

/// All stages, the first first.
#[derive(Clone, Debug, PartialEq)]
pub struct Stages {
    /// The stages.
    pub stages: Vec<Stage>,
    /// What is done with strata of one unit.
    pub lonely: LonelyPsu,
    /// Whether a stratum of which a *domain* holds a single unit is treated as lonely too (`adjust` and `average` only).
    pub adjust_domain_lonely: bool,
}

impl Stages {
    /// Strata of one unit that are not a census: stage from 1, and label.
    pub fn lonely_strata(&self) -> impl Iterator<Item = (usize, &str)> {
        self.stages.iter().zip(1..).flat_map(|(stage, number)| {
            let lonely = stage.strata.iter().filter(|stratum| stratum.sampled == 1 && !stratum.is_census());
            lonely.map(move |stratum| (number, stratum.label.as_str()))
        })
    }

    /// Whether the sample holds the whole population at every stage: no estimate of a population figure varies.
    #[must_use]
    pub fn is_census(&self) -> bool {
        self.stages.first().is_some_and(|first| first.unit_correction.is_none())
            && self.stages.iter().all(|stage| stage.strata.iter().all(Stratum::is_census))
    }

    /// Primary sampling units less strata.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "numbers of units")]
    pub fn df(&self) -> f64 {
        self.stages.first().map_or(0.0, |first| first.stratum.len() as f64 - first.strata.len() as f64)
    }
}
