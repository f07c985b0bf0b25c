//! Figures of recruitment and competence, one file each, from the region's own registers. Internal until
//! [`crate::disclosure::recruitment`] has judged them.

pub mod applicants;
mod assumptions;
pub mod barometer;
mod course;
pub mod cv_base;
mod demand;
pub mod difficulty;
mod draft;
mod draws;
pub mod expansion;
pub mod failed_recruitment;
mod figures;
pub mod funnel;
pub mod gap;
pub mod introduction;
pub mod local_tie;
mod quantity;
pub mod retention;
mod returning;
pub mod serious_problems;
pub mod shortage;
pub mod sick_leave;
mod spells;
mod supply;
mod table;
pub mod time_to_fill;
pub mod time_to_hire;
pub mod trainees;
pub mod turnover;
pub mod vacancy_rate;

pub use assumptions::{Assumptions, Cohort, ExitRate, Exits, Expansion, Growth, Internal, Prior};
pub use figures::{Behind, Column, Entry, Figures, Kind, NoFigure, PartOf, Shape};
pub use gap::{Closing, Gap, gap};
pub use returning::{Chance, chance_of_returning};
pub use supply::{Division, Part};

use crate::problem::{Problem, Problems};
use crate::register::official::OfficialProblem;
use crate::register::recruitment::Recruitment;
use crate::work::Workers;

/// One metric of recruitment.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Its id in project files, file names and addresses.
    pub id: &'static str,
    /// What it measures, in one line of English.
    pub summary: &'static str,
    /// How it is computed. `None`: a register that it needs is not there, or has nothing of it; see the problems.
    pub figures: fn(&Recruitment, &mut Problems) -> Option<Figures>,
    /// Whether nothing of it is ever public, so that no project may name it as an indicator.
    pub is_internal: bool,
}

/// All metrics of one register or two, in the order of reports.
pub const CATALOGUE: &[Metric] = &[
    metric("vacancy_rate", "vacant positions by all positions", vacancy_rate::figures),
    metric("shortage", "positions that could not be filled, of all businesses", shortage::figures),
    metric("tightness", "the shortage by wanted and by actual employment", shortage::tightness),
    metric("serious_problems", "businesses that hired nobody for want of applicants", serious_problems::figures),
    metric("barometer", "businesses that expect to be more less those that expect to be fewer", barometer::figures),
    metric("difficulty", "businesses that find it challenging to recruit", difficulty::figures),
    metric("applicants", "applicants and qualified applicants per position", applicants::figures),
    metric("failed_recruitment", "recruitments that ended without anybody hired", failed_recruitment::figures),
    metric("funnel", "how far recruitments come, from advertisement to the first day of work", funnel::figures),
    metric("time_to_fill", "days from advertisement to an accepted offer", time_to_fill::figures),
    metric("filled_by", "share of positions filled within 30 to 180 days", time_to_fill::filled_by),
    metric("time_to_hire", "days from application to an accepted offer", time_to_hire::figures),
    metric("turnover", "staff who have gone a year later", turnover::figures),
    metric("retention", "share of those hired still employed at 12 and 24 months", retention::figures),
    metric("retention_curve", "the same every third month for three years", retention::retention_curve),
    metric("local_tie", "share of hires with a tie to the region", local_tie::figures),
    metric("hired_by_tie", "from applicant to hired, with and without a tie", local_tie::hired_by_tie),
    metric("trainee_demand", "applicants per trainee place", trainees::demand),
    metric("trainees", "trainees offered a job, and resident at 0 to 36 months", trainees::figures),
    metric("sick_leave", "lost days by agreed days", sick_leave::figures),
    metric("attendance", "what is not sick leave", sick_leave::attendance_figures),
    metric("introduction", "former participants in work or education a year after", introduction::figures),
    metric("gap", "demand against supply by field, years ahead", gap::figures),
    metric("demand", "who must be replaced and what grows, by field", gap::demand_figures),
    metric("supply", "who could come, from the CV base and education", gap::supply_figures),
    Metric {
        is_internal: true,
        ..metric("demand_by_occupation", "the same demand by occupation", gap::occupation_figures)
    },
    metric("cv_base", "persons in the CV base who could begin now, within three years, later", cv_base::figures),
];

/// A line of the list.
const fn metric(
    id: &'static str,
    summary: &'static str,
    figures: fn(&Recruitment, &mut Problems) -> Option<Figures>,
) -> Metric {
    Metric { id, summary, figures, is_internal: false }
}

/// The metrics of some ids, in the order of the catalogue; without an id, all that the registers allow. `None`: a register that
/// is needed is not there, or has nothing of it. Workers take a metric each.
#[must_use]
pub fn compute(
    registers: &Recruitment,
    only: &[&str],
    workers: Workers,
    problems: &mut Problems,
) -> Option<Vec<(&'static str, Figures)>> {
    let before = problems.errors();
    let wanted = CATALOGUE.iter().filter(|metric| only.is_empty() || only.contains(&metric.id));
    let computed = workers.map(wanted, |metric| {
        let mut own = Problems::new();
        (metric, (metric.figures)(registers, &mut own), own)
    });
    let mut figures = Vec::new();
    for (metric, computed, own) in computed {
        // What the registers do not allow is not asked for.
        if computed.is_some() || !only.is_empty() {
            problems.add_new(own);
        }
        figures.extend(computed.map(|computed| (metric.id, computed)));
    }
    (problems.errors() == before).then_some(figures)
}

/// Says that a register is needed which is not there.
fn need(registers: &Recruitment, name: &'static str, problems: &mut Problems) {
    let what = OfficialProblem::NeedsRegister { registers: vec![name] };
    problems.push(Problem::error(&registers.file, what).column("recruitment"));
}
