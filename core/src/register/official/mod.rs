//! Tables of official statistics: what somebody published of whole populations, by municipality and year.
//!
//! They are the only source of [`Value`], and values are the only thing that [`crate::disclosure::open`] publishes. No
//! table is read by guessing: its columns have fixed names, and its Table Schema lies beside it, or it is a file of
//! Statistics Norway as it was downloaded, whose dimensions and measures are told by their names and noted.
//!
//! | register | columns | what it gives |
//! |---|---|---|
//! | `population` | `kommunenr`, `year`, `age`, `total` (`female`, `male`) | [`Ages`] by single year of age |
//! | `age_bands` | `kommunenr`, `year`, `total` and bands `a0_5`, `a67p` | [`Ages`] by bands |
//! | `change` | `kommunenr`, `year`, `births`, `deaths`, `in_migration`, `out_migration` | [`Counts`] |
//! | `jobs` | `kommunenr`, `year`, `industry`, `jobs` | [`Counts`] by industry |
//! | `commuting` | `year`, `work_kommunenr`, `home_kommunenr`, `employed` | [`Flows`] |
//! | `commuting_totals` | `kommunenr`, `year`, `workplaces`, `employed_residents`, `live_and_work` | [`Counts`] |
//! | `education` | `kommunenr`, `year`, `level`, `persons` | [`Counts`] by level |
//! | `employment` | `kommunenr`, `year`, `employed`, `population` | [`Counts`] |
//! | `neet` | `kommunenr`, `year`, `outside`, `population` | [`Counts`] |
//! | `fertility` | `kommunenr`, `year`, `age` of the mother, `births` | [`Counts`] by age |
//! | `mortality` | `kommunenr`, `year`, `sex`, `age`, `deaths` | [`Counts`] by sex and age |
//! | `migration` | `kommunenr`, `year`, `sex`, `age`, `in_migration`, `out_migration` | [`Counts`] by sex and age |
//! | `centrality` | `kommunenr`, `name`, `edition`, `index`, `class` | [`Areas`] |
//! | `regions` | `kommunenr`, `region` | [`Areas`] |
//!
//! The code `0` is the whole country, where a table has it.

mod ages;
mod areas;
mod carried;
mod counts;
mod downloaded;
mod flows;
mod form;
mod input;
mod klass;
mod problem;
mod rows;
mod units;
mod value;

pub use ages::{Ages, OLDEST, Who};
pub use areas::{Area, Areas, Level, Municipality};
pub use carried::Codes;
pub use counts::Counts;
pub use flows::Flows;
pub use input::Input;
pub use problem::OfficialProblem;
pub use value::Value;

use units::Units;

use crate::cube::Source;
use crate::problem::{Problem, Problems};
use crate::project::cohort::word;
use crate::read::{Codebook, DecimalMark, Missing, Table, read_table};
use crate::register::municipality::convert::Splits;

/// The code of the whole country.
pub const NATION: &str = "0";

/// One table that a project names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// The register: `commuting`.
    pub id: &'static str,
    /// The file.
    pub data: String,
    /// Its Table Schema; a file without one is Statistics Norway's, as it was downloaded.
    pub schema: Option<String>,
    /// What the project says about how it is read.
    pub reading: Reading,
    /// Who published it, when, under which licence.
    pub source: Source,
}

/// What a project says about a file that does not say it itself. Names are codes or labels of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Which day its codes are of.
    pub codes: Option<Codes>,
    /// What becomes of municipalities that were divided.
    pub splits: Splits,
    /// What parts decimals, where the numbers of the file do not show it.
    pub decimal: Option<DecimalMark>,
    /// The year of all figures, where the file has none.
    pub year: Option<u16>,
    /// The edition of centrality.
    pub edition: Option<String>,
    /// For a column of the register: the dimension, or the measures that are added up.
    pub columns: Vec<(String, Vec<String>)>,
    /// For a dimension: the categories that count.
    pub only: Vec<(String, Vec<String>)>,
    /// For an industry or a level of education: the categories that make it up.
    pub values: Vec<(String, Vec<String>)>,
}

/// Reads a table with columns that must be there, by a schema: its name and its bytes.
fn read(
    register: &Register,
    data: &[u8],
    (name, schema): (&str, &[u8]),
    columns: &[&str],
    problems: &mut Problems,
) -> Option<Table> {
    let before = problems.errors();
    let mut codebook = Codebook::from_table_schema(name, schema, problems);
    for column in columns.iter().filter(|column| codebook.variable(column).is_none()) {
        let known = codebook.variables.iter().map(|variable| variable.name.clone()).collect();
        problems.push(Problem::error(name, OfficialProblem::NotInSchema(known)).column(*column));
    }
    // Data cannot be read against a schema that is broken.
    if problems.errors() > before {
        return None;
    }
    codebook
        .variables
        .iter_mut()
        .filter(|one| columns.contains(&one.name.as_str()))
        .for_each(|one| one.required = true);
    let table = read_table(&register.data, data, &codebook, problems)?;
    (problems.errors() == before).then_some(table)
}

/// The code in a column; `0301` and `301` are the same municipality, since spreadsheets eat zeros.
fn code(table: &Table, column: &str, record: usize) -> String {
    let Some(column) = table.column(column) else { return String::new() };
    match column.number(record) {
        Ok(number) if number > 0.0 => format!("{number:04}"),
        Ok(_) => NATION.into(),
        Err(_) => {
            let code = word(column, record).unwrap_or_default().trim();
            if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()) {
                format!("0{code}")
            } else {
                code.into()
            }
        }
    }
}

/// The year in the column `year`.
fn year(table: &Table, record: usize) -> Option<u16> {
    u16::try_from(crate::project::cohort::whole(table.column("year")?, record)?).ok()
}

/// The number in a column, with the symbol that stands in its place.
fn value(table: &Table, column: &str, record: usize) -> Value {
    match table.column(column).map(|column| column.number(record)) {
        Some(Ok(number)) => Value::read(number),
        Some(Err(why)) => Value::none(why),
        None => Value::none(Missing::NotAvailable),
    }
}
