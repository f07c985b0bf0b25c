//! Figures of recruitment and competence, one file each, from the region's own registers. Internal until
//! [`crate::disclosure::recruitment`] has judged them.

mod course;
mod draft;
mod figures;
mod table;

pub use figures::{Behind, Column, Entry, Figures, Kind, NoFigure, Shape};

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
pub const METRICS: &[Metric] = &[];

/// Says that a register is needed which is not there.
fn need(registers: &Recruitment, names: &[&'static str], problems: &mut Problems) {
    let what = OfficialProblem::NeedsRegister { registers: names.into() };
    problems.push(Problem::error(&registers.file, what).column("recruitment"));
}
