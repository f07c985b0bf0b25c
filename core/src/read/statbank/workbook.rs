//! Workbooks: the first sheet with anything in it, as records.

use super::{NoText, Reading, StatProblem, StatTable};
#[cfg(feature = "spreadsheets")]
use super::{
    delimited,
    records::{Field, Record, Records},
};
#[cfg(feature = "spreadsheets")]
use calamine::{Data, Reader, open_workbook_auto_from_rs};
#[cfg(feature = "spreadsheets")]
use std::borrow::Cow;

/// This build has no reader for workbooks.
#[cfg(not(feature = "spreadsheets"))]
pub(super) fn read(_bytes: &[u8], reading: &mut Reading<'_>) -> Option<StatTable> {
    reading.refuse(StatProblem::NoText(NoText::Workbook));
    None
}

/// Blank columns to the left of a table at most.
#[cfg(feature = "spreadsheets")]
const WIDEST: u32 = 100;

#[cfg(feature = "spreadsheets")]
/// Reads a table from a workbook of Excel or OpenDocument.
pub(super) fn read(bytes: &[u8], reading: &mut Reading<'_>) -> Option<StatTable> {
    let has = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    if bytes.starts_with(b"PK") && !has(b"xl/") && !has(b"content.xml") {
        reading.refuse(StatProblem::NoText(NoText::Zip));
        return None;
    }
    let refused = StatProblem::NoText(NoText::Workbook);
    let Ok(mut workbook) = open_workbook_auto_from_rs(std::io::Cursor::new(bytes)) else {
        reading.refuse(refused);
        return None;
    };
    for name in workbook.sheet_names() {
        let Ok(range) = workbook.worksheet_range(&name) else {
            reading.refuse(refused);
            return None;
        };
        let Some((first, left)) = range.start().filter(|(_, left)| !range.is_empty() && *left < WIDEST) else {
            continue;
        };
        let mut records = Records { ended: true, ..Records::default() };
        for (cells, line) in range.rows().zip(u64::from(first) + 1..) {
            let blanks = (0..left).map(|_| Field { text: Cow::Borrowed(""), quoted: true });
            records.list.push(Record { line, fields: blanks.chain(cells.iter().map(field)).collect() });
        }
        return delimited::table(&records, reading);
    }
    reading.refuse(StatProblem::NoTable);
    None
}

#[cfg(feature = "spreadsheets")]
/// A cell as a field: text counts as quoted, a number does not.
fn field(cell: &Data) -> Field<'static> {
    let text = match cell {
        Data::Float(number) => {
            let text = number.to_string();
            // What the sheet keeps as a number is not ambiguous: 1.234 is written so that no mark can part thousands.
            let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            if decimals == 3 { text + "0" } else { text }
        }
        Data::Int(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.replace('\0', ""),
        Data::Bool(truth) => truth.to_string(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(date) => date.as_f64().to_string(),
        _ => String::new(),
    };
    let quoted = !matches!(cell, Data::Float(_) | Data::Int(_) | Data::Empty);
    Field { text: Cow::Owned(text), quoted }
}
