//! Exports of survey tools to coded answers, through the questionnaire.
//!
//! ```text
//! bytes -> chunks -> head: tool, columns placed -> first pass: what the whole file tells
//!                                               -> plan -> second pass: answers, contacts, report
//! ```
//!
//! Two passes over each file, in blocks of any size: what only the whole file tells (decimal marks and dates by column,
//! how choices are ticked, who answered twice) is known before the first row is written. Of a row nothing is kept but a
//! digest of who it is.
//!
//! | question                                       | where            |
//! |------------------------------------------------|------------------|
//! | which tool wrote it, and its own columns       | `dialect`        |
//! | which column is which question                 | `place`          |
//! | which choice a cell is                         | `dictionary`     |
//! | several choices: one cell, or a column each    | `set`, `tick`    |
//! | numbers and dates                              | `number`, `date` |
//! | contact details                                | `contact`        |
//! | was it asked                                   | `routing`        |

mod cell;
mod cells;
mod chunks;
mod contact;
mod contacts;
mod conversion;
mod convert;
mod date;
mod dialect;
mod dictionary;
mod file;
mod first_pass;
mod fold;
mod kinds;
mod labels;
mod look;
mod number;
mod place;
mod plan;
mod problem;
mod report;
mod roles;
mod routing;
mod set;
mod several;
mod split;
mod spreadsheet;
#[cfg(feature = "spss")]
mod spss;
mod submission;
mod tally;
mod tick;
mod write;

pub use chunks::Coding;
pub use conversion::{Conversion, Converted, Outcome, Records};
pub use convert::Converter;
pub use date::First;
pub use dialect::Dialect;
pub use first_pass::Import;
pub use labels::Labels;
pub use look::{Piece, Seen};
pub use problem::ImportProblem;
pub use report::{ColumnReport, Dropped, FileReport, Kinds, Report, VariableReport};
pub use split::{is_split, join};
pub use tally::{Change, Changes, Tally};
pub use write::Form;

use crate::problem::Problems;
use crate::questionnaire::Questionnaire;
use std::collections::BTreeMap;

/// What the user says about the exports; by default nothing.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The tool.
    pub dialect: Option<Dialect>,
    /// The delimiter.
    pub delimiter: Option<u8>,
    /// The encoding.
    pub coding: Option<Coding>,
    /// Which part comes first in dates with slashes or hyphens, where the column does not tell.
    pub first: Option<First>,
    /// Columns by heading or position, and the variables or `variable/choice` that they are.
    pub place: Vec<(String, String)>,
    /// Columns that are not read.
    pub ignore: Vec<String>,
    /// Questions by the names of columns, for tools that write them to another file.
    pub labels: BTreeMap<String, String>,
    /// The variable that says who somebody is; without it the code that people make for themselves, if there is one.
    pub key: Option<String>,
    /// The variable of the home municipality; without it [`HOME`](crate::submission::HOME).
    pub home: Option<String>,
    /// The last day on which answers count, as `YYYY-MM-DD`: of somebody who answered more than once, what came in later gives
    /// way to what did not.
    pub closes: Option<String>,
    /// Keep every row of somebody who answered more than once.
    pub keep_duplicates: bool,
    /// Leave out what was not sent in.
    pub drop_partial: bool,
    /// Leave out cells and rows that cannot be read.
    pub keep_going: bool,
    /// How the answers are written.
    pub form: Form,
    /// Write the key that joins contacts to answers into the answers.
    pub row_key: bool,
    /// Keep contact details, apart from the answers.
    pub contacts: bool,
}

/// Exports that are in memory, all at once: what a page does, and a test.
///
/// `None` when no export can be read; problems say why. With errors the answers hold what could be read, and are not to be
/// used.
///
/// # Example
///
/// ```
/// use bygdepuls_core::problem::Problems;
/// use bygdepuls_core::questionnaire::{Questionnaire, import::{Options, import}};
/// let survey = "type,name,label\nselect_one yn,home,Do you live here?\nselect_multiple why,why,Why?\n";
/// let choices = "list_name,name,label\nyn,1,Yes\nyn,2,No\nwhy,a,Work\nwhy,b,Friends\n";
/// let mut problems = Problems::new();
/// let sheets = (("survey.csv", survey.as_bytes()), ("choices.csv", choices.as_bytes()));
/// let questionnaire = Questionnaire::from_csv(sheets.0, sheets.1, None, &mut problems);
/// let export = "Do you live here?;Why?\nYES;Friends;\nno;\"Work;Friends;\"\n";
/// let outcome = import(&questionnaire, &[("forms.csv", export.as_bytes())], Options::default(), &mut problems).unwrap();
/// assert_eq!(String::from_utf8(outcome.answers).unwrap(), "home,why/a,why/b\n1,0,1\n2,1,1\n");
/// ```
pub fn import(
    questionnaire: &Questionnaire,
    exports: &[(&str, &[u8])],
    options: Options,
    problems: &mut Problems,
) -> Option<Outcome> {
    let sheets: Vec<&[u8]> = exports.iter().map(|(_, bytes)| *bytes).collect();
    let joined =
        join(&sheets).map(|bytes| (exports.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" + "), bytes));
    let one = joined.as_ref().map(|(name, bytes)| [(name.as_str(), bytes.as_slice())]);
    let exports = one.as_ref().map_or(exports, |one| one.as_slice());
    let mut first = Import::new(questionnaire, options);
    for (name, bytes) in exports {
        first.open(name);
        first.push(bytes, problems);
        first.close(problems);
    }
    let mut conversion = first.ready(problems)?;
    let mut answers = conversion.header();
    for (name, bytes) in exports {
        if conversion.open(name) {
            conversion.push(bytes, &mut answers);
            conversion.close(&mut answers);
        }
    }
    Some(conversion.finish(answers, problems))
}
