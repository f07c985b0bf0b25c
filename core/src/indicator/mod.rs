//! The published indicators, one file each.
//!
//! A new indicator is a new file and one line in [`CATALOGUE`], of the region's own registers in [`recruitment::CATALOGUE`].

pub mod finding;
pub mod good_place;
mod question;
pub mod recruitment;
pub mod region;
pub mod return_intent;
pub mod share;

use crate::problem::Problems;
use crate::sample::Sample;
use crate::text::Text;
use region::{Figures, Registers};
use share::Shares;

/// One indicator of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Indicator {
    /// Id in project files, file names and addresses.
    pub id: &'static str,
    /// What it measures, in one line of English.
    pub summary: &'static str,
    /// The questions that it counts, which must be the same in all years; none for registers.
    pub questions: &'static [&'static str],
    /// Where its numbers come from, and how.
    pub count: Count,
}

/// How an indicator counts. `None`: the input lacks what it needs; see the problems.
#[derive(Clone, Copy, Debug)]
pub enum Count {
    /// From answers and the sizes of cohorts: nothing of it is public before [`crate::disclosure::protect`].
    Answers(for<'a> fn(&Sample<'a>, &Frame, &mut Problems) -> Option<Shares<'a>>),
    /// From published tables of official statistics: public through [`crate::disclosure::open`].
    Registers(fn(&Registers, &mut Problems) -> Option<Figures>),
}

/// All indicators, in the order of reports.
pub const CATALOGUE: &[Indicator] = &[
    Indicator {
        id: "return_intent",
        summary: "share who can imagine living in the region as adults; return intent among those who live elsewhere",
        questions: &[return_intent::QUESTION],
        count: Count::Answers(return_intent::count),
    },
    Indicator {
        id: "good_place",
        summary: "share who say that the region is a good place to live",
        questions: &[good_place::QUESTION],
        count: Count::Answers(good_place::count),
    },
    register("centrality", "centrality index and class, edition by edition", region::centrality::figures),
    register("population_growth", "population growth over 1, 5, 10 and 20 years", region::population_growth::figures),
    register("population_change", "births, deaths and moves per 1,000", region::population_change::figures),
    register("net_migration", "moves in less moves out per 1,000", region::net_migration::figures),
    register("youth_loss", "how many of a cohort of youth there are years on", region::youth_loss::figures),
    register("age_structure", "share of the population by age", region::age_structure::figures),
    register("dependency_ratio", "young and old per hundred of working age", region::dependency_ratio::figures),
    register("replacement", "young people for those who leave working life", region::replacement::figures),
    register("projection", "population 10 and 20 years ahead", region::projection::figures),
    register("jobs", "jobs by place of work", region::jobs::figures),
    register("shift_share", "growth in jobs against the nation", region::shift_share::figures),
    register("job_coverage", "jobs per hundred employed residents", region::job_coverage::figures),
    register("commuting", "self-containment and commuting balance", region::commuting::figures),
    register("employment_rate", "employed residents by residents", region::employment_rate::figures),
    register("neet", "young people outside work and education", region::neet::figures),
    register("education", "level of education against the nation", region::education::figures),
];

/// The ids that a project may name as indicators: of [`CATALOGUE`], then those of [`recruitment::CATALOGUE`] that may be public.
pub fn ids() -> impl Iterator<Item = &'static str> {
    let public = recruitment::CATALOGUE.iter().filter(|one| !one.is_internal);
    CATALOGUE.iter().map(|one| one.id).chain(public.map(|one| one.id))
}

/// A line of the catalogue for an indicator from registers.
const fn register(
    id: &'static str,
    summary: &'static str,
    figures: fn(&Registers, &mut Problems) -> Option<Figures>,
) -> Indicator {
    Indicator { id, summary, questions: &[], count: Count::Registers(figures) }
}

/// How many people a wave of a year has in a municipality: N by round × wave × municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    waves: usize,
    municipalities: usize,
    sizes: Vec<u64>,
}

impl Frame {
    /// A frame from its sizes, municipality running fastest, then wave.
    #[must_use]
    pub fn new(waves: usize, municipalities: usize, sizes: Vec<u64>) -> Self {
        Self { waves, municipalities, sizes }
    }

    /// N of one round × wave × municipality.
    #[must_use]
    pub fn size(&self, round: usize, wave: usize, municipality: usize) -> u64 {
        self.sizes[(round * self.waves + wave) * self.municipalities + municipality]
    }
}

/// What an indicator says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Title of the figure.
    pub title: Text,
    /// Whom and what the published share is of.
    pub base: Text,
    /// The same for the internal cube, which holds both variants of the base.
    pub internal_base: Text,
    /// How it is computed.
    pub method: Text,
}
