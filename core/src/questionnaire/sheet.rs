//! Sheets: rows of cells, each with its place.

use crate::problem::{Privacy, Problem, Problems};
use crate::read::ReadProblem;
use crate::read::table::read_texts;

/// A sheet with its header taken off. Cells are trimmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name of the CSV file, or of the workbook with `#` and the name of the sheet.
    pub file: String,
    /// The header; columns without a name are left out.
    pub columns: Vec<String>,
    /// The rows below it, blank ones too.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Line of the file or row of the sheet, from 1.
    pub line: u64,
    /// The cells, one per column.
    pub cells: Vec<String>,
}

impl Sheet {
    /// A CSV file, in any of the dialects that spreadsheets write.
    pub fn from_csv(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let (_, table) = read_texts(file, bytes, problems)?;
        let columns: Vec<String> = table.columns.iter().map(|column| column.variable.name.clone()).collect();
        let cell = |column: &crate::read::Column, record| column.text(record).unwrap_or_default().to_owned();
        let row = |(record, line): (usize, &u64)| Row {
            line: *line,
            cells: table.columns.iter().map(|column| cell(column, record)).collect(),
        };
        Some(Self { file: file.into(), columns, rows: table.lines.iter().enumerate().map(row).collect() })
    }

    /// As CSV: UTF-8, comma, quotes where needed.
    #[must_use]
    pub fn to_csv(&self) -> Vec<u8> {
        let mut out = String::new();
        let rows = self.rows.iter().map(|row| &row.cells);
        for cells in std::iter::once(&self.columns).chain(rows) {
            for (place, cell) in cells.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                if cell.contains([',', '"', '\n', '\r', ';', '\t']) {
                    out.push('"');
                    out.push_str(&cell.replace('"', "\"\""));
                    out.push('"');
                } else {
                    out.push_str(cell);
                }
            }
            out.push('\n');
        }
        out.into_bytes()
    }

    /// A cell; blank where there is none.
    #[must_use]
    pub fn cell(&self, row: usize, column: Option<usize>) -> &str {
        let cell = column.and_then(|column| self.rows.get(row)?.cells.get(column));
        cell.map(String::as_str).unwrap_or_default()
    }

    /// An error in a cell, which is quoted.
    pub(super) fn problem(&self, row: usize, column: usize, what: ReadProblem) -> Problem {
        let problem = Problem::error(&self.file, what).line(self.rows[row].line).record(row as u64 + 1);
        problem.column(self.columns[column].as_str()).value(self.cell(row, Some(column)), Privacy::Open)
    }
}
