//! A CSV file as rows of texts, and back to bytes.

use crate::problem::Problems;
use crate::read::Head;
use crate::read::table::read_texts;

/// A file as rows of texts.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) file: String,
    pub(super) delimiter: u8,
    pub(super) names: Vec<String>,
    pub(super) rows: Vec<Row>,
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Line in the file.
    pub(super) line: u64,
    /// Data record, from 1.
    pub(super) record: u64,
    pub(super) fields: Vec<String>,
}

impl Sheet {
    /// `None` when the file cannot be read; problems say why.
    pub(super) fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let errors = problems.errors();
        let (_, table) = read_texts(file, bytes, problems)?;
        // What is wrong with the head has been told.
        let delimiter = Head::find(file, bytes, true, &mut Problems::new())?.layout.delimiter;
        let rows = (0..table.len()).map(|record| Row {
            line: table.lines[record],
            record: record as u64 + 1,
            fields: table.columns.iter().map(|column| column.text(record).unwrap_or_default().to_owned()).collect(),
        });
        let names = table.columns.iter().map(|column| column.variable.name.clone()).collect();
        let sheet = Self { file: file.into(), delimiter, names, rows: rows.collect() };
        (problems.errors() == errors).then_some(sheet)
    }

    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|own| own == name)
    }

    /// The values of a column that are not empty.
    pub(super) fn values(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.fields[column].trim()).filter(|value| !value.is_empty())
    }

    /// UTF-8, the delimiter of the file, lines that end in LF.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let all = std::iter::once(&self.names).chain(self.rows.iter().map(|row| &row.fields));
        for fields in all {
            for (index, field) in fields.iter().enumerate() {
                if index > 0 {
                    out.push(self.delimiter);
                }
                let quoted = field.bytes().any(|byte| byte == self.delimiter || matches!(byte, b'"' | b'\n' | b'\r'));
                if quoted {
                    out.extend(format!("\"{}\"", field.replace('"', "\"\"")).bytes());
                } else {
                    out.extend(field.bytes());
                }
            }
            out.push(b'\n');
        }
        out
    }
}
