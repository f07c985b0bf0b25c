//! How many are in each group: what a reader of a small place knows.

use super::data::records;
use crate::cube::Cube;
use crate::text::Lang;

/// Numbers of answers per group, by the codes of the cube's dimensions.
///
/// A CSV file with a column `n` and one column for each dimension that it tells apart, named by its id. A dimension
/// without a column counts for all its categories.
///
/// ```text
/// wave,period,n
/// w1,2025,11
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rolls {
    columns: Vec<String>,
    rows: Vec<(Vec<String>, u64)>,
}

/// Why a file is not a list of rolls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RollsProblem {
    /// The file is not UTF-8.
    NotText,
    /// There is no column `n`.
    NoN,
    /// A line has more or fewer fields than the header.
    Ragged {
        /// The record, from 1, the header not counted.
        record: usize,
    },
    /// `n` is not a whole number.
    NotANumber {
        /// The record, from 1, the header not counted.
        record: usize,
    },
    /// A column that no cube of the folder has as a dimension.
    UnknownColumn {
        /// Its name.
        column: String,
    },
}

impl RollsProblem {
    /// The reason in words. Starts in lower case, without a full stop.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::NotText => lang.pick("fila er ikke UTF-8", "fila er ikkje UTF-8", "the file is not UTF-8").into(),
            Self::NoN => lang.pick("kolonnen n mangler", "kolonnen n manglar", "there is no column n").into(),
            Self::Ragged { record } => {
                let words = lang.pick(
                    "har ikke like mange felt som overskriften",
                    "har ikkje like mange felt som overskrifta",
                    "does not have as many fields as the header",
                );
                format!("{} {record} {words}", lang.pick("post", "post", "record"))
            }
            Self::NotANumber { record } => {
                let words = lang.pick("n er ikke et helt tall", "n er ikkje eit heilt tal", "n is not a whole number");
                format!("{} {record}: {words}", lang.pick("post", "post", "record"))
            }
            Self::UnknownColumn { column } => {
                let words = lang.pick(
                    "ingen kube i mappa har dimensjonen",
                    "ingen kube i mappa har dimensjonen",
                    "no cube in the folder has the dimension",
                );
                format!("{words} {column}")
            }
        }
    }
}

impl Rolls {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// [`RollsProblem`] says what is wrong and where.
    ///
    /// # Example
    ///
    /// ```
    /// use bygdepuls_core::disclosure::page::{Rolls, RollsProblem};
    /// assert!(Rolls::read(b"wave,n\nw1,11\n").is_ok());
    /// assert_eq!(Rolls::read(b"wave\nw1\n"), Err(RollsProblem::NoN));
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Self, RollsProblem> {
        let text = std::str::from_utf8(bytes).map_err(|_| RollsProblem::NotText)?;
        let mut records = records(text.strip_prefix('\u{feff}').unwrap_or(text)).into_iter();
        let mut columns = records.next().unwrap_or_default();
        let n = columns.iter().position(|column| column == "n").ok_or(RollsProblem::NoN)?;
        let mut rows = Vec::new();
        for (at, mut codes) in records.enumerate() {
            let record = at + 1;
            if codes.len() != columns.len() {
                return Err(RollsProblem::Ragged { record });
            }
            let n = codes.remove(n).parse().map_err(|_| RollsProblem::NotANumber { record })?;
            rows.push((codes, n));
        }
        columns.remove(n);
        Ok(Self { columns, rows })
    }

    /// Checks that every column is a dimension of one of the folder's cubes.
    ///
    /// # Errors
    ///
    /// [`RollsProblem::UnknownColumn`].
    pub fn check(&self, files: &[super::File<'_>]) -> Result<(), RollsProblem> {
        let reference = super::reference::Reference::of(files);
        let known = |column: &&String| {
            reference.cubes.is_empty() || reference.cubes.iter().any(|known| known.cube.dimension(column).is_some())
        };
        match self.columns.iter().find(|column| !known(column)) {
            Some(column) => Err(RollsProblem::UnknownColumn { column: column.clone() }),
            None => Ok(()),
        }
    }

    /// n of a cell, where the rolls tell.
    pub(super) fn n(&self, cube: &Cube, cell: usize) -> Option<u64> {
        let at = cube.position(cell);
        let fits = |codes: &[String]| {
            self.columns.iter().zip(codes).all(|(column, code)| {
                cube.dimension(column).is_some_and(|axis| cube.dimensions[axis].categories[at[axis]].code == *code)
            })
        };
        self.rows.iter().find(|(codes, _)| fits(codes)).map(|(_, n)| *n)
    }
}
