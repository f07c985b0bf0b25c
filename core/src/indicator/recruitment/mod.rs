//! Figures of recruitment and competence, one file each, from the region's own registers. Internal until
//! [`crate::disclosure::recruitment`] has judged them.

pub mod applicants;
pub mod barometer;
mod course;
pub mod cv_base;
mod demand;
mod demand_exits;
mod demand_expansion;
pub mod difficulty;
mod draft;
pub mod expansion;
pub mod failed_recruitment;
mod figures;
pub mod gap;
mod gap_assumptions;
mod gap_closing;
mod gap_draws;
mod gap_figures;
mod gap_quantity;
mod gap_words;
pub mod introduction;
pub mod local_tie;
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

pub use figures::{Behind, Column, Entry, Figures, Kind, NoFigure, Shape};
pub use gap::{Gap, gap};
pub use gap_assumptions::{Assumptions, Cohort, ExitRate, Exits, Expansion, Growth, Internal, Prior};
pub use gap_closing::Closing;
pub use returning::{Chance, chance_of_returning};
pub use supply::{Division, Part};

use crate::problem::{Problem, Problems};
use crate::register::official::OfficialProblem;
use crate::register::recruitment::Recruitment;

/// One metric of recruitment.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Its id in project files, file names and addresses.
    pub id: &'static str,
    /// What it measures, in one line of English.
    pub summary: &'static str,
    /// How it is computed. `None`: a register that it needs is not there, or has nothing of it; see the problems.
    pub figures: fn(&Recruitment, &mut Problems) -> Option<Figures>,
}

/// All metrics of one register or two, in the order of reports.
pub const CATALOGUE: &[Metric] = &[
    Metric { id: "vacancy_rate", summary: "vacant positions by all positions", figures: vacancy_rate::figures },
    Metric {
        id: "applicants",
        summary: "applicants and qualified applicants per position",
        figures: applicants::figures,
    },
    Metric {
        id: "failed_recruitment",
        summary: "recruitments that ended without anybody hired",
        figures: failed_recruitment::figures,
    },
    Metric {
        id: "time_to_fill",
        summary: "days from advertisement to an accepted offer",
        figures: time_to_fill::figures,
    },
    Metric {
        id: "filled_by",
        summary: "share of positions filled within 30 to 180 days",
        figures: time_to_fill::filled_by,
    },
    Metric {
        id: "time_to_hire",
        summary: "days from application to an accepted offer",
        figures: time_to_hire::figures,
    },
    Metric {
        id: "retention",
        summary: "share of those hired still employed at 12 and 24 months",
        figures: retention::figures,
    },
    Metric {
        id: "retention_curve",
        summary: "the same every third month for three years",
        figures: retention::retention_curve,
    },
    Metric { id: "local_tie", summary: "share of hires with a tie to the region", figures: local_tie::figures },
    Metric {
        id: "hired_by_tie",
        summary: "from applicant to hired, with and without a tie",
        figures: local_tie::hired_by_tie,
    },
    Metric { id: "trainee_demand", summary: "applicants per trainee place", figures: trainees::demand },
    Metric {
        id: "trainees",
        summary: "trainees offered a job, and resident at 0 to 36 months",
        figures: trainees::figures,
    },
    Metric { id: "sick_leave", summary: "lost days by agreed days", figures: sick_leave::figures },
    Metric { id: "attendance", summary: "what is not sick leave", figures: sick_leave::attendance_figures },
    Metric {
        id: "introduction",
        summary: "former participants in work or education a year after",
        figures: introduction::figures,
    },
    Metric { id: "gap", summary: "demand against supply by field, years ahead", figures: gap::figures },
    Metric { id: "demand", summary: "who must be replaced and what grows, by field", figures: gap::demand_figures },
    Metric { id: "supply", summary: "who could come, from the CV base and education", figures: gap::supply_figures },
    Metric { id: "demand_by_occupation", summary: "the same demand by occupation", figures: gap::occupation_figures },
    Metric {
        id: "cv_base",
        summary: "persons in the CV base who could begin now, within three years, later",
        figures: cv_base::figures,
    },
];

/// Says that a register is needed which is not there.
fn need(registers: &Recruitment, name: &'static str, problems: &mut Problems) {
    let what = OfficialProblem::NeedsRegister { registers: vec![name] };
    problems.push(Problem::error(&registers.file, what).column("recruitment"));
}
