//! Which cohort meets which wave in which year, and how large it is: the cells of a Lexis diagram.
//!
//! A cohort is everybody who left 10th grade in one year, counted by the municipality where they grew up. It meets the
//! wave with `years_after` = a in the year c + a. Its size is that of the register on 1 January of the year c, at the
//! age of the project (15). It stays so for all waves: those who live in a municipality at 24 are those who stayed, not
//! those who are asked. So the second wave is the whole cohort in its third year, with apprentices and those who go to
//! school elsewhere.

use crate::project::{Loaded, Project};

/// A cohort that meets a wave in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meeting {
    /// The year in which it is asked.
    pub year: u16,
    /// Position of the wave.
    pub wave: usize,
    /// The year in which the cohort left 10th grade.
    pub cohort: u16,
}

/// The cohorts that are asked in a year, one for each wave, in the project's order of waves.
///
/// ```text
/// cohort = year - years_after
/// ```
///
/// A wave that would ask a cohort before the year 0 meets nobody.
#[must_use]
pub fn meetings(project: &Project, year: u16) -> Vec<Meeting> {
    let waves = project.survey.waves.iter().enumerate();
    waves.filter_map(|(wave, one)| Some(Meeting { year, wave, cohort: year.checked_sub(one.years_after)? })).collect()
}

/// The year in which most of a cohort were born: those who were `age` on 1 January of the cohort's year had their
/// birthday in the year before.
///
/// ```
/// # use bygdepuls_core::register::cohort::birth_year;
/// assert_eq!(birth_year(2027, 15), 2011); // 15 on 1 January 2027, 16 in the course of it
/// ```
#[must_use]
pub const fn birth_year(cohort: u16, age: u16) -> u16 {
    cohort.saturating_sub(age + 1)
}

/// How many a cohort of one municipality is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// By the population register; `None` where it has no number of it.
    pub population: Option<u64>,
    /// Girls among them, where the register tells.
    pub female: Option<u64>,
    /// Boys among them.
    pub male: Option<u64>,
    /// By the class or invitation list, where one is given for the year and wave.
    pub listed: Option<u64>,
}

impl Loaded {
    /// The size of a cohort where it grew up. Nothing is guessed: a year or municipality that the register lacks has no
    /// size.
    #[must_use]
    pub fn cohort_size(&self, meeting: Meeting, municipality: usize) -> Size {
        let code = &self.project.municipalities[municipality].code;
        let [population, female, male] = self.population.counted(code, meeting.cohort, self.project.population.age);
        let wave = &self.project.survey.waves[meeting.wave].id;
        let listed = self.invited.get(&(u64::from(meeting.year), wave.clone(), code.clone())).copied();
        Size { population, female, male, listed }
    }
}
