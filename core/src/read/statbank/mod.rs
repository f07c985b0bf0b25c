//! Statistics Norway's files as they are: from the bytes of an export to a table whose symbols and codes are kept.
//!
//! [`read`] recognises the form by the content: text with separators in all the layouts that the statistics bank and its
//! interfaces write, workbooks, JSON-stat 2 and 1, PxWeb's JSON, PC-Axis files, and the code lists and correspondences of
//! Klass. What cannot be told by the file is a [`Problem`], what was assumed is a [`Note`].
//!
//! ```
//! use bygdepuls_core::problem::Problems;
//! use bygdepuls_core::read::statbank::{Options, Role, StatTable};
//!
//! let csv = "\"region\",\"alder\",\"Personer 2024\",\"Personer 2025\"\n\"3432 Lesja\",\"0-5 år\",95,..\n";
//! let mut problems = Problems::new();
//! let table = StatTable::read("07459.csv", csv.as_bytes(), &Options::default(), &mut problems).unwrap();
//! let region = &table.dimensions[table.dimension(Role::Region).unwrap()];
//! assert_eq!((region.categories[0].code.as_str(), region.categories[0].label.as_str()), ("3432", "Lesja"));
//! assert_eq!(table.value(&[0, 0, 0], 0).unwrap().number(), Some(95.0));
//! assert_eq!(table.value(&[0, 0, 1], 0).unwrap().symbol(), "..");
//! ```
//!
//! # Source
//!
//! Statistics Norway, Notater 2017/40 (standard symbols); PC-Axis file format specification 2013; JSON-stat 2.0,
//! <https://json-stat.org/full/>.

mod build;
mod code;
mod delimited;
mod footnote;
mod heading;
mod jsonstat;
mod klass;
mod long;
mod note;
mod number;
mod period;
mod problem;
mod px;
mod px_json;
mod records;
mod role;
mod table;
mod text;
mod tidy;
mod workbook;

pub use code::{Age, Level, Validity, level, validity};
pub use klass::{Code, CodeList, Correspondence, Pair};
pub use long::{Key, Long};
pub use note::Note;
pub use period::Period;
pub use problem::{NoText, StatProblem};
pub use table::{Category, Cell, Dimension, Format, Meaning, Measure, Role, StatTable, Value};

use crate::problem::{Problem, Problems};
use crate::read::{DecimalMark, Encoding};

/// What somebody says about a file; what is left out is found in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How the text is encoded.
    pub encoding: Option<Encoding>,
    /// What parts the columns.
    pub separator: Option<char>,
    /// What parts decimals.
    pub decimal: Option<DecimalMark>,
    /// The headings, where the file has none or wrong ones: they take the place of all lines above the first figures.
    pub columns: Vec<String>,
    /// The columns that hold figures, by heading.
    pub figures: Vec<String>,
}

/// What a file is.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A table.
    Table(StatTable),
    /// A code list of Klass.
    Codes(CodeList),
    /// A correspondence of two code lists of Klass.
    Correspondence(Correspondence),
}

/// A file while it is read.
struct Reading<'a> {
    file: &'a str,
    options: &'a Options,
    notes: Vec<Note>,
    problems: &'a mut Problems,
}

impl Reading<'_> {
    fn refuse(&mut self, what: StatProblem) {
        self.problems.push(Problem::error(self.file, what));
    }

    fn error(&self, what: StatProblem) -> Problem {
        Problem::error(self.file, what)
    }
}

/// Reads a file, whatever its form. `None` when it cannot be used; problems say why, all at once.
///
/// Nothing becomes a number that is none: a symbol stays the symbol, and where a mark can be read in two ways the file is
/// refused until [`Options`] says which.
pub fn read(file: &str, bytes: &[u8], options: &Options, problems: &mut Problems) -> Option<Content> {
    let errors = problems.errors();
    let mut reading = Reading { file, options, notes: Vec::new(), problems };
    let content = read_any(bytes, &mut reading);
    content.filter(|_| problems.errors() == errors)
}

fn read_any(bytes: &[u8], reading: &mut Reading<'_>) -> Option<Content> {
    if text::is_workbook(bytes) {
        return workbook::read(bytes, reading).map(Content::Table);
    }
    let text = text::decode(bytes, reading)?;
    let mut start = text.trim_start();
    if let Some(inside) = start.strip_prefix("```") {
        // A table that somebody copied out of a description.
        let inside = inside.split_once('\n').map_or("", |(_, inside)| inside);
        start = inside.split_once("\n```").map_or(inside, |(inside, _)| inside).trim_start();
        reading.notes.push(Note::Fence);
    }
    if start.starts_with(['{', '[']) {
        return jsonstat::read(start, reading);
    }
    if px::is_px(start) {
        return px::read(start, reading).map(Content::Table);
    }
    delimited::read(start, reading)
}

impl StatTable {
    /// Reads a file that must be a table.
    pub fn read(file: &str, bytes: &[u8], options: &Options, problems: &mut Problems) -> Option<Self> {
        match read(file, bytes, options, problems)? {
            Content::Table(table) => Some(table),
            Content::Codes(_) | Content::Correspondence(_) => {
                let what = StatProblem::OtherKind { expected: "a table of figures (not a code list)" };
                problems.push(Problem::error(file, what));
                None
            }
        }
    }
}
