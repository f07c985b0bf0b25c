//! What a gap is computed from beyond the registers.

/// A yearly share of staff who leave, at some ages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExitRate {
    /// The youngest age, in whole years on the reference day.
    pub from: u8,
    /// The oldest age, included.
    pub to: u8,
    /// The share that leaves within a year, 0 to 1.
    pub share: f64,
    /// How many persons' worth of evidence there is for the share here: the share is Beta(`share` × `persons`, (1 − `share`) ×
    /// `persons`). None: it is taken as known.
    pub persons: Option<f64>,
}

/// Who leaves before the age of retirement.
#[derive(Clone, Debug, PartialEq)]
pub enum Exits {
    /// Nobody: the simple age-out.
    AgeOut,
    /// Given shares by age; ages without one do not leave.
    Rates(Vec<ExitRate>),
    /// The region's own shares by age band, from persons seen on reference days a year apart.
    Own,
}

/// How many positions there will be beyond those of today.
#[derive(Clone, Debug, PartialEq)]
pub enum Expansion {
    /// As many as today.
    None,
    /// What businesses expect, expanded to all of their stratum.
    BusinessSurvey,
    /// Percentages of today's staff.
    Given(Vec<Growth>),
}

/// A given change of the number of positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Growth {
    /// Id of the field; none: every field that has no line of its own.
    pub field: Option<String>,
    /// Years ahead.
    pub years: u16,
    /// Change in percent of today's staff; may be below 0.
    pub percent: f64,
}

/// Staff who come to a field from another one inside the region.
#[derive(Clone, Debug, PartialEq)]
pub struct Internal {
    /// Id of the field.
    pub field: String,
    /// Id of the area; none: the first one.
    pub area: Option<String>,
    /// Persons a year.
    pub per_year: f64,
}

/// Young people who finish an education and are not in the CV base.
#[derive(Clone, Debug, PartialEq)]
pub struct Cohort {
    /// Id of the field.
    pub field: String,
    /// Id of the area from which they come; none: the first one.
    pub area: Option<String>,
    /// The year in which they are done.
    pub done: u16,
    /// How many they are.
    pub persons: u32,
}

/// What is believed of coming home before any earlier answer has turned into anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// The share who come home within [`Prior::years`], by stated intent 1 to 5.
    pub shares: [f64; 5],
    /// The same for those who stated none.
    pub unstated: f64,
    /// How many earlier answers it weighs as much as.
    pub weight: f64,
    /// Years to which the shares belong; for h years 1 − (1 − share)^(h / years).
    pub years: f64,
    /// How much an answer of another wave counts beside one of the same wave, 0 to 1.
    pub other_waves: f64,
}

/// What the section `[recruitment.gap]` says.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumptions {
    /// Years ahead, rising.
    pub horizons: Vec<u16>,
    /// The age at which staff retire, R.
    pub retirement: u8,
    /// Who leaves before that.
    pub exits: Exits,
    /// The scenario of expansion.
    pub expansion: Expansion,
    /// Staff who change field inside the region.
    pub internal: Vec<Internal>,
    /// Young people under education beyond the CV base.
    pub cohorts: Vec<Cohort>,
    /// Coming home, before there is experience.
    pub prior: Prior,
    /// Draws of the simulation.
    pub draws: u32,
    /// Where random draws begin.
    pub seed: u64,
}

/// Persons' worth of evidence in a national rate where it is used for a small region.
const NATIONAL: f64 = 100.0;

impl Default for Assumptions {
    /// Horizons of 1, 3 and 10 years; retirement at 67; KS's yearly turnover of municipal employees where it is known (5.2 % at
    /// 55–60, 40.7 % at 65–67), worth 100 persons here, and none at other ages; expansion by the business survey.
    ///
    /// The prior is an assumption of this program and no result of any study: 2, 5, 15, 30 and 50 of 100 come home within five
    /// years by intent 1 to 5, 10 of 100 of those who stated none, worth 4 earlier answers; an answer of another wave counts half.
    fn default() -> Self {
        let rate = |from, to, share| ExitRate { from, to, share, persons: Some(NATIONAL) };
        Self {
            horizons: vec![1, 3, 10],
            retirement: 67,
            exits: Exits::Rates(vec![rate(55, 60, 0.052), rate(65, 67, 0.407)]),
            expansion: Expansion::BusinessSurvey,
            internal: Vec::new(),
            cohorts: Vec::new(),
            prior: Prior {
                shares: [0.02, 0.05, 0.15, 0.3, 0.5],
                unstated: 0.1,
                weight: 4.0,
                years: 5.0,
                other_waves: 0.5,
            },
            draws: 10_000,
            seed: 1,
        }
    }
}
