//! A table from the municipalities of one day to those of another.

mod pass;

use super::find::late;
use super::problem::{MunicipalityProblem, words};
use super::roles::Roles;
use super::sheet::Sheet;
use super::{Day, Register};
use crate::problem::{Problem, Problems};
use crate::text::Text;

/// What to do with figures of municipalities that were divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Splits {
    /// Nothing is converted, and every division is a problem.
    #[default]
    Refuse,
    /// The smallest set of municipalities that nothing went in or out of is one row; its codes stand with `+` between them.
    Unit,
    /// The rows are left out.
    LeaveOut,
}

/// What a row means that is not there, where its municipality is merged with others that are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Absent {
    /// Nothing is known: the sum is missing.
    #[default]
    Missing,
    /// There was nobody.
    Zero,
}

/// What is asked for. Columns by name; where none is named they are found by their headers and values, and the notes say which.
#[derive(Clone, Debug)]
pub struct Conversion {
    /// The day that the codes are of. Without one, the year of each row is.
    pub from: Option<Day>,
    /// The day whose codes are wanted.
    pub to: Day,
    /// Columns of codes.
    pub code: Vec<String>,
    /// The column of years, months or quarters that the codes are of.
    pub year: Option<String>,
    /// Columns of names; they are written anew.
    pub name: Vec<String>,
    /// Columns to add up.
    pub sum: Vec<String>,
    /// Columns that tell rows apart.
    pub key: Vec<String>,
    /// Columns to leave out.
    pub drop: Vec<String>,
    /// What was divided.
    pub splits: Splits,
    /// Rows that are not there.
    pub absent: Absent,
}

impl Conversion {
    /// To the municipalities of a day, the rest as it is when nobody says anything.
    #[must_use]
    pub fn to(to: Day) -> Self {
        let (from, year, splits, absent) = (None, None, Splits::default(), Absent::default());
        let (code, name, sum, key, drop) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { from, to, code, year, name, sum, key, drop, splits, absent }
    }
}

/// A converted table.
#[derive(Clone, Debug)]
pub struct Converted {
    /// CSV: UTF-8, the delimiter of the input.
    pub bytes: Vec<u8>,
    /// Rows, without the header.
    pub rows: usize,
    /// What was assumed and left out of account.
    pub notes: Vec<Text>,
}

/// Converts a table. `None` when there are errors; problems say which.
///
/// Rows of municipalities that were merged are added up, for each combination of the other columns. New codes and names go
/// through as they are. A municipality that was divided is never shared out: see [`Splits`]. Shares and means are not added up;
/// where columns look like it, the columns of counts must be named.
///
/// A sum with a part that may not be published (`:`) may not be either, and with one that is missing it is missing; `-` is a
/// zero, `.` adds nothing. Rows of a code that did not hold on the day are left out where they are empty, as SSB's tables have
/// them for municipalities of other years; with figures they are an error.
///
/// ```
/// use bygdepuls_core::problem::Problems;
/// use bygdepuls_core::register::municipality::convert::{Conversion, convert};
/// use bygdepuls_core::register::municipality::{Day, Register};
///
/// let table = b"code,people\n1601,190464\n1662,6067\n"; // Trondheim and Klaebu, 1 January 2017
/// let asked = Conversion { from: Some(Day::january(2017)), ..Conversion::to(Day::january(2024)) };
/// let mut problems = Problems::new();
/// let converted = convert(Register::embedded(), "people.csv", table, &asked, &mut problems).map(|one| one.bytes);
/// assert_eq!(converted.as_deref(), Some(&b"code,people\n5001,196531\n"[..]));
/// ```
pub fn convert(
    register: &Register,
    file: &str,
    bytes: &[u8],
    asked: &Conversion,
    problems: &mut Problems,
) -> Option<Converted> {
    if asked.from.is_none() && asked.year.is_none() {
        problems.push(Problem::error(file, MunicipalityProblem::NoDay));
        return None;
    }
    let mut sheet = Sheet::read(file, bytes, problems)?;
    let mut notes = Vec::new();
    let roles = Roles::of(&sheet, asked, register, &mut notes, problems)?;
    for code in &roles.codes {
        let mut pass = pass::Pass::new(register, asked, &roles, *code);
        sheet = pass.run(sheet, problems)?;
        notes.extend(pass.notes(&sheet));
    }
    let kept: Vec<usize> = (0..sheet.names.len()).filter(|column| !roles.drops.contains(column)).collect();
    let keep = |fields: &[String]| kept.iter().map(|column| fields[*column].clone()).collect::<Vec<_>>();
    sheet.names = keep(&sheet.names);
    sheet.rows.iter_mut().for_each(|row| row.fields = keep(&row.fields));
    notes.push(words(
        "grenser som er flyttet uten at kodene ble endret, er ikke i registeret (bare noen av 2026); tall er ikke justert for \
         dem",
        "grenser som er flytta utan at kodane vart endra, er ikkje i registeret (berre nokre av 2026); tal er ikkje justerte \
         for dei",
        "borders that moved without a change of codes are not in the register (only some of 2026); figures are not adjusted for \
         them",
        &[],
    ));
    if asked.to.year() > Day::COMPLETE.year() {
        notes.push(late(asked.to));
    }
    Some(Converted { rows: sheet.rows.len(), bytes: sheet.bytes(), notes })
}
