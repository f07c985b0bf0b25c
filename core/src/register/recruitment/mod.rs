//! Registers of recruitment and competence, as a region keeps them itself: what is advertised and what comes of it, who works
//! where, what businesses lack, absence, trainees, the introduction programme, and the CV base.
//!
//! They are not public. Every line is about a person or an employer: a figure made of them reaches the public through
//! [`crate::disclosure::recruitment`] alone.

mod absence;
pub mod access;
mod applicants;
mod business;
mod cells;
mod courses;
mod cvs;
mod dates;
mod day;
mod double;
mod double_ids;
mod fields;
mod fold;
mod intern;
mod introduction;
mod lookup;
mod number;
mod piece;
mod positions;
mod problem;
mod read;
mod rows;
mod sheet;
mod staff;
#[cfg(test)]
mod tests;
mod trainees;

pub(crate) use courses::wave;
pub use dates::NoDate;
pub use day::Day;
pub use fields::default_fields;
pub use problem::RecruitmentProblem;
pub use read::REGISTERS;
pub use rows::{
    Absence, Applicant, Applied, Business, Contract, Course, Cv, Difficulty, Expectation, NO_FIELD, Outlook,
    Participant, Position, Positions, Shortage, Staff, Stratum, Trainee, Wants,
};

use crate::cube::Source;
use crate::indicator::recruitment::Assumptions;
use crate::problem::Problem;
use crate::text::Text;

/// A field of work or education by which figures are given: health and care, teaching, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its id in project files and cubes: `health`.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// STYRK-08 codes that belong to it, by their beginnings: `22`, `532`. The longest beginning decides.
    pub occupations: Vec<String>,
    /// NUS2000 codes that belong to it, by their second and further digits (the field of education): `6`, `66`.
    pub educations: Vec<String>,
}

/// An area by which figures are given: several of the municipalities that the registers hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its id: that of the region, or one of the project's areas.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// Positions of its municipalities in [`Recruitment::municipalities`].
    pub municipalities: Vec<u16>,
}

/// Names that stand in a column, each once: employers, strata. A row holds the position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(pub Vec<String>);

/// The registers of recruitment, read and checked. A register that the project does not name is `None`: not the same as one
/// without rows.
#[derive(Clone, Debug)]
pub struct Recruitment {
    /// The project file that names them, for messages.
    pub file: String,
    /// The day of the run: what comes after it has not happened.
    pub today: Day,
    /// Municipality codes that rows refer to by position: those of the project, then those of further areas.
    pub municipalities: Vec<String>,
    /// The region, then the project's further areas (a competence map of two regions has two).
    pub areas: Vec<Area>,
    /// The fields; a row that belongs to none has `u8::MAX`.
    pub fields: Vec<Field>,
    /// Employers of positions, staff and absence.
    pub employers: Names,
    /// Positions advertised and their course.
    pub positions: Option<Positions>,
    /// Who applied for them, one row each.
    pub applicants: Option<Vec<Applicant>>,
    /// Staff on reference days.
    pub staff: Option<Vec<Staff>>,
    /// The business survey: its strata.
    pub strata: Vec<Stratum>,
    /// The business survey: businesses that answered.
    pub businesses: Option<Vec<Business>>,
    /// Agreed and lost days.
    pub absence: Option<Vec<Absence>>,
    /// Trainees.
    pub trainees: Option<Vec<Trainee>>,
    /// Trainee places and who sought them.
    pub trainee_places: Option<Vec<Applied>>,
    /// Former participants of the introduction programme.
    pub participants: Option<Vec<Participant>>,
    /// The CV base: rows whose consent is valid on the day of the run and on that of the clock, and no others.
    pub cvs: Option<Vec<Cv>>,
    /// Rows of the CV base that were left out, by why: counts only.
    pub left_out: Vec<(&'static str, u64)>,
    /// What has become of earlier answers, for the probability of coming home.
    pub courses: Option<Vec<Course>>,
    /// What demand and supply are computed from beyond the registers.
    pub assumptions: Assumptions,
    /// Where each register comes from, by its name.
    pub sources: Vec<(&'static str, Source)>,
}

impl Recruitment {
    /// No registers yet.
    #[must_use]
    pub fn new(file: &str, today: Day) -> Self {
        Self {
            file: file.into(),
            today,
            municipalities: Vec::new(),
            areas: Vec::new(),
            fields: Vec::new(),
            employers: Names::default(),
            positions: None,
            applicants: None,
            staff: None,
            strata: Vec::new(),
            businesses: None,
            absence: None,
            trainees: None,
            trainee_places: None,
            participants: None,
            cvs: None,
            left_out: Vec::new(),
            courses: None,
            assumptions: Assumptions::default(),
            sources: Vec::new(),
        }
    }

    /// How many rows of the CV base were left out, and why.
    #[must_use]
    pub fn left_out_warning(&self) -> Problem {
        let rows = self.left_out.clone();
        Problem::warning(&self.file, RecruitmentProblem::LeftOut { rows }).column("recruitment.cv")
    }

    /// The source of a register.
    #[must_use]
    pub fn source(&self, register: &str) -> Option<&Source> {
        self.sources.iter().find(|(name, _)| *name == register).map(|(_, source)| source)
    }
}
