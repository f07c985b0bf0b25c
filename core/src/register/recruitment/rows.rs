//! What a row of each register says.
//!
//! `place` is a position in [`super::Recruitment::municipalities`], `employer` one in [`super::Recruitment::employers`],
//! `field` one in [`super::Recruitment::fields`] or [`NO_FIELD`]. `None` is not known, or has not happened.

use super::Day;

/// A row that belongs to no field.
pub const NO_FIELD: u8 = u8::MAX;

/// A position that was advertised: one per position, not per advertisement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line in the file.
    pub line: u32,
    /// Its employer.
    pub employer: u32,
    /// The municipality of work.
    pub place: u16,
    /// Occupation, STYRK-08 in four digits (`2221`); 0: not known.
    pub occupation: u16,
    /// Field of the occupation.
    pub field: u8,
    /// The day on which it was advertised.
    pub advertised: Day,
    /// How many applied.
    pub applications: Option<u32>,
    /// How many of them were qualified.
    pub qualified: Option<u32>,
    /// The day on which the application of the one who was hired was received.
    pub applied: Option<Day>,
    /// The day of the offer.
    pub offered: Option<Day>,
    /// The day on which the offer was accepted.
    pub accepted: Option<Day>,
    /// The first day of work.
    pub started: Option<Day>,
    /// The last day of work.
    pub left: Option<Day>,
    /// The day on which the position was withdrawn.
    pub withdrawn: Option<Day>,
    /// The day on which the recruitment was ended without anybody hired.
    pub ended: Option<Day>,
    /// Days on which the recruitment was on hold.
    pub on_hold: u32,
    /// Whoever was hired has other or lower competence than was asked for.
    pub lower: Option<bool>,
}

/// Positions in the pieces in which they were read, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Positions(pub(super) Vec<Vec<Position>>);

impl Positions {
    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Position> + Clone {
        self.0.iter().flatten()
    }

    /// The same, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Position> {
        self.0.iter_mut().flatten()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }
}

impl From<Vec<Position>> for Positions {
    fn from(rows: Vec<Position>) -> Self {
        Self(vec![rows])
    }
}

impl FromIterator<Position> for Positions {
    fn from_iter<I: IntoIterator<Item = Position>>(rows: I) -> Self {
        Self::from(Vec::from_iter(rows))
    }
}

impl PartialEq for Positions {
    /// In whatever pieces they are.
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

/// Somebody who applied for a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applicant {
    /// The employer of the position.
    pub employer: u32,
    /// The municipality of work.
    pub place: u16,
    /// Field of the position.
    pub field: u8,
    /// The day of the application.
    pub applied: Day,
    /// Whether there is a tie to the region.
    pub tie: Option<bool>,
    /// Whether the applicant was qualified.
    pub qualified: Option<bool>,
    /// Whether the applicant was hired.
    pub hired: bool,
}

/// How somebody is employed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contract {
    /// Monthly pay.
    Monthly,
    /// Paid by the hour.
    Hourly,
}

/// Staff on a reference day: one person, or several that are alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Staff {
    /// The line in the file.
    pub line: u32,
    /// The reference day, usually 1 December.
    pub day: Day,
    /// A pseudonym that stays the same over the years (position among all of them); none where rows are aggregated.
    pub person: Option<u32>,
    /// The employer.
    pub employer: u32,
    /// The municipality of work.
    pub place: u16,
    /// Occupation, STYRK-08; 0: not known.
    pub occupation: u16,
    /// Field of the occupation.
    pub field: u8,
    /// Age in whole years on the reference day.
    pub age: Option<u8>,
    /// How many persons the row is of; 1 where there is a `person`.
    pub persons: u32,
    /// How they are employed.
    pub contract: Option<Contract>,
}

/// A stratum of the business survey: usually industry × size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// Its code.
    pub code: String,
    /// How many businesses it has.
    pub businesses: u32,
    /// How many persons work in them: S of the tightness indicator.
    pub employed: u32,
}

/// The KS scale of how hard it is to recruit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difficulty {
    /// Very challenging.
    Very,
    /// Quite challenging.
    Quite,
    /// A little challenging.
    Little,
    /// Not challenging.
    Not,
    /// Does not know.
    DontKnow,
}

/// What a business expects of its number of employees in the next 12 months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expectation {
    /// More.
    More,
    /// As many.
    Same,
    /// Fewer.
    Fewer,
}

/// A business that answered the survey.
#[derive(Clone, Debug, PartialEq)]
pub struct Business {
    /// The line in the file.
    pub line: u32,
    /// Position of its stratum.
    pub stratum: u16,
    /// The municipality.
    pub place: u16,
    /// How many work there.
    pub employed: u32,
    /// Positions not filled in the last 3 months for want of qualified applicants, by occupation.
    pub shortages: Vec<Shortage>,
    /// It tried to hire and hired nobody for want of qualified applicants.
    pub failed: Option<bool>,
    /// It hired somebody with other or lower competence instead.
    pub lower: Option<bool>,
    /// How hard it is to recruit.
    pub difficulty: Option<Difficulty>,
    /// What it expects of the next 12 months.
    pub expects: Option<Expectation>,
    /// Expected hires and leavers, by occupation and horizon.
    pub outlook: Vec<Outlook>,
}

/// Positions of one occupation that a business could not fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// Occupation, STYRK-08; 0: not known.
    pub occupation: u16,
    /// Field of the occupation.
    pub field: u8,
    /// How many positions.
    pub positions: u32,
}

/// What a business expects of one occupation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Occupation, STYRK-08; 0: not known.
    pub occupation: u16,
    /// Field of the occupation.
    pub field: u8,
    /// Years ahead: 1, 3, 10.
    pub years: u8,
    /// Positions more than now, beyond replacing leavers; below 0: fewer.
    pub expansion: i32,
}

/// Days agreed and lost in a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Absence {
    /// The line in the file.
    pub line: u32,
    /// First day of the period: a quarter or a year.
    pub from: Day,
    /// Last day of the period.
    pub to: Day,
    /// The employer.
    pub employer: u32,
    /// The municipality of work.
    pub place: u16,
    /// Field of the occupation.
    pub field: u8,
    /// How many persons the row is of.
    pub persons: u32,
    /// Agreed working days, by size of position.
    pub agreed: f64,
    /// Days lost: days of absence × size of position × degree of incapacity; a self-certified day has degree 1.
    pub lost: f64,
}

/// A trainee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trainee {
    /// The line in the file.
    pub line: u32,
    /// Year of the programme.
    pub year: u16,
    /// The municipality.
    pub place: u16,
    /// The first day.
    pub started: Option<Day>,
    /// The last day.
    pub ended: Option<Day>,
    /// Whether a job was offered in the region.
    pub offered: Option<bool>,
    /// The day of moving away from the region; none: lived there when last seen.
    pub moved: Option<Day>,
    /// The last day on which it is known where the trainee lived; none: the day of the run.
    pub seen: Option<Day>,
}

/// Trainee places and who sought them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Year of the programme.
    pub year: u16,
    /// Places.
    pub places: u32,
    /// Applicants.
    pub applicants: u32,
}

/// A former participant of the introduction programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The line in the file.
    pub line: u32,
    /// The municipality.
    pub place: u16,
    /// The year in which the programme was ended.
    pub year: u16,
    /// In November of the year after: in work.
    pub work: Option<bool>,
    /// In November of the year after: in education.
    pub education: Option<bool>,
}

/// What somebody in the CV base wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wants {
    /// A job in the region, now.
    Now,
    /// A job there later.
    Later,
    /// To be told, no more.
    Told,
}

/// Somebody in the CV base whose consent is valid on the day of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cv {
    /// The line in the file.
    pub line: u32,
    /// Id of the person.
    pub person: String,
    /// Name; may be empty, as the addresses may.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Phone number.
    pub phone: String,
    /// The home municipality.
    pub home: u16,
    /// The year in which the person left 10th grade; none: not known.
    pub cohort: Option<u16>,
    /// Education, NUS2000; empty: not known.
    pub education: String,
    /// Occupation, STYRK-08; 0: not known.
    pub occupation: u16,
    /// Field: of the occupation, else of the education.
    pub field: u8,
    /// Years of experience in it.
    pub experience: Option<u8>,
    /// The year in which an education under way will be done; none: it is done.
    pub done: Option<u16>,
    /// What is wanted.
    pub wants: Wants,
    /// Wave in which the intent was last stated: `w1`.
    pub wave: Option<String>,
    /// The stated intent, 1 to 5; none: not stated.
    pub intent: Option<u8>,
    /// Whether the person lives in the region already.
    pub lives_here: bool,
    /// Agreed to be shared with employers.
    pub shared: bool,
    /// The last day of the consent.
    pub until: Option<Day>,
}

/// What an earlier answer has turned into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Wave of the answer; empty: not known.
    pub wave: String,
    /// The stated intent, 1 to 5.
    pub intent: u8,
    /// The day of the answer.
    pub answered: Day,
    /// The day of coming back; none: not yet.
    pub returned: Option<Day>,
}
