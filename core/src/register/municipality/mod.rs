//! Municipalities through time: which municipality a code or a name meant on a day, and what became of it.
//!
//! SSB's register of changes from 1838 to 2024, with what is known of 2026, is built in ([`Register::embedded`]). A code is
//! only a key together with a day: codes are used again for other municipalities, and names are no keys at all.
//!
//! | question                                               | where                     |
//! |--------------------------------------------------------|---------------------------|
//! | which municipality had this code on that day?          | [`Register::get`]         |
//! | which municipality does somebody mean?                 | [`Register::find`]        |
//! | what became of the municipalities between two days?    | [`Register::transition`]  |
//! | how does a table look in the codes of another day?     | [`convert::convert`]      |
//! | is this list of municipalities right?                  | [`check::check`]          |
//!
//! A municipality that was divided cannot be followed: no register says how many went where. So nothing here ever guesses
//! a share; such figures are refused, or kept together as the smallest set of municipalities whose outer border did not
//! change.
//!
//! # Source
//!
//! Statistics Norway, KLASS 131, standard for municipalities (CC BY 4.0); `core/assets/municipality/README.md`.

mod amount;
mod bytes;
pub mod check;
mod code;
pub mod convert;
mod county;
mod find;
mod lineage;
mod name;
mod problem;
mod report;
mod roles;
mod sheet;
mod transition;

pub use code::{Code, Day};
pub use county::County;
pub use find::{Answer, Status};
pub use problem::MunicipalityProblem;
pub use transition::{Division, Group, Transition};

use std::sync::OnceLock;

/// A municipality with one code and one name, from one change to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// Its code.
    pub code: Code,
    /// Its name as in the register: several languages with ` - ` between them, a county in brackets where two had one name.
    pub name: String,
    /// The first day.
    pub from: Day,
    /// The first day on which it does not hold any more; `None` when it still does.
    pub to: Option<Day>,
    /// Position in the register.
    index: usize,
}

impl Municipality {
    /// Whether it holds on a day.
    #[must_use]
    pub fn is_valid_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    /// The county that its code is of.
    #[must_use]
    pub fn county(&self) -> Option<&'static County> {
        County::get(self.code.county())
    }
}

/// Borders that moved between two municipalities that both kept their codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Border {
    /// The first day of the new border.
    pub day: Day,
    /// The one that gave.
    pub gave: Code,
    /// The one that got.
    pub got: Code,
}

/// All municipalities since 1838, and what became what.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// By code, then by day.
    versions: Vec<Municipality>,
    successors: Vec<Vec<usize>>,
    predecessors: Vec<Vec<usize>>,
    borders: Vec<Border>,
    /// For each version, which municipality it is a version of.
    lineage: Vec<usize>,
    names: Vec<find::Entry>,
}

impl Register {
    /// The register that is built in, read once.
    pub fn embedded() -> &'static Self {
        static REGISTER: OnceLock<Register> = OnceLock::new();
        // A test reads the bytes: they are of the right form.
        REGISTER.get_or_init(|| bytes::read(bytes::BYTES).map(Self::new).unwrap_or_default())
    }

    fn new((versions, successors, borders): bytes::Read) -> Self {
        let mut predecessors = vec![Vec::new(); versions.len()];
        for (old, list) in successors.iter().enumerate() {
            list.iter().for_each(|new| predecessors[*new].push(old));
        }
        let mut register = Self { versions, successors, predecessors, borders, ..Self::default() };
        register.lineage = register.lineages();
        register.names = register.entries();
        register
    }

    /// The municipality that had a code on a day.
    ///
    /// ```
    /// use bygdepuls_core::register::municipality::{Code, Day, Register};
    /// let register = Register::embedded();
    /// let on = |code: &str, year| register.get(Code::parse(code)?, Day::january(year)).map(|found| found.name.as_str());
    /// assert_eq!(on("1601", 2017), Some("Trondheim"));
    /// assert_eq!(on("1601", 2018), None);
    /// assert_eq!(on("5001", 2024), Some("Trondheim - Tråante"));
    /// ```
    #[must_use]
    pub fn get(&self, code: Code, day: Day) -> Option<&Municipality> {
        self.history(code).iter().find(|version| version.is_valid_on(day))
    }

    /// All that ever had a code, by day. They need not be one municipality.
    #[must_use]
    pub fn history(&self, code: Code) -> &[Municipality] {
        let start = self.versions.partition_point(|version| version.code < code);
        let end = self.versions.partition_point(|version| version.code <= code);
        &self.versions[start..end]
    }

    /// All on a day, by code.
    pub fn on(&self, day: Day) -> impl Iterator<Item = &Municipality> {
        self.versions.iter().filter(move |version| version.is_valid_on(day))
    }

    /// All versions since 1838, by code and day.
    #[must_use]
    pub fn versions(&self) -> &[Municipality] {
        &self.versions
    }

    /// What it became on the day it ended.
    pub fn successors(&self, of: &Municipality) -> impl Iterator<Item = &Municipality> {
        self.successors[of.index].iter().map(|index| &self.versions[*index])
    }

    /// What it was made of on its first day.
    pub fn predecessors(&self, of: &Municipality) -> impl Iterator<Item = &Municipality> {
        self.predecessors[of.index].iter().map(|index| &self.versions[*index])
    }

    /// Borders that are known to have moved without a change of codes.
    #[must_use]
    pub fn borders(&self) -> &[Border] {
        &self.borders
    }
}
