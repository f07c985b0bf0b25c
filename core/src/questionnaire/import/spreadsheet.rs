//! A workbook to one CSV text, so that everything behind it reads one form.

use super::dictionary::Dictionary;

/// The first sheet that holds anything, as CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    /// Comma, every cell in quotes; dates in ISO 8601.
    pub(super) csv: Vec<u8>,
    /// The row of the sheet in which its first line stands.
    pub(super) first_row: u64,
}

/// Why a workbook cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotRead {
    /// An archive, but no workbook: exports often come in one.
    Archive,
    /// Damaged, or with a password.
    Broken,
    /// SPSS, and this build has no reader for it.
    #[cfg(not(feature = "spss"))]
    Spss,
    /// A file of SPSS that is damaged, cut or encrypted.
    #[cfg(feature = "spss")]
    BrokenSpss,
    /// This build has no reader for workbooks.
    #[cfg(not(feature = "spreadsheets"))]
    NoReader,
}

/// Whether bytes are a workbook, an archive or a file of SPSS: read as a whole, or refused.
pub(super) fn is_workbook(start: &[u8]) -> bool {
    let signs: [&[u8]; 4] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"$FL2@(#)", b"$FL3@(#)"];
    signs.iter().any(|sign| start.starts_with(sign))
}

/// Bytes that are no text, as CSV. Without a questionnaire no file of SPSS is read: its values may be codes or need their
/// labels.
pub(super) fn to_csv(bytes: &[u8], dictionary: Option<&Dictionary>) -> Result<Text, NotRead> {
    if !bytes.starts_with(b"$FL") {
        return workbook(bytes);
    }
    #[cfg(feature = "spss")]
    return dictionary.map_or(Err(NotRead::BrokenSpss), |dictionary| super::spss::to_csv(bytes, dictionary));
    #[cfg(not(feature = "spss"))]
    {
        let _ = dictionary;
        Err(NotRead::Spss)
    }
}

/// One record, every cell in quotes.
#[cfg(any(feature = "spreadsheets", feature = "spss"))]
pub(super) fn quoted(cells: impl Iterator<Item = String>, csv: &mut Vec<u8>) {
    for (place, text) in cells.enumerate() {
        csv.extend_from_slice(if place == 0 { b"\"" } else { b",\"" });
        for part in text.split_inclusive('"') {
            csv.extend_from_slice(part.as_bytes());
            if part.ends_with('"') {
                csv.push(b'"');
            }
        }
        csv.push(b'"');
    }
    csv.push(b'\n');
}

#[cfg(not(feature = "spreadsheets"))]
fn workbook(_bytes: &[u8]) -> Result<Text, NotRead> {
    Err(NotRead::NoReader)
}

#[cfg(feature = "spreadsheets")]
fn workbook(bytes: &[u8]) -> Result<Text, NotRead> {
    use calamine::{Reader, open_workbook_auto_from_rs};
    let is_archive = bytes.starts_with(b"PK");
    let has = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    if is_archive && !has(b"xl/") && !has(b"content.xml") {
        return Err(NotRead::Archive);
    }
    let mut workbook = open_workbook_auto_from_rs(std::io::Cursor::new(bytes)).map_err(|_| NotRead::Broken)?;
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).map_err(|_| NotRead::Broken)?;
        let Some((row, _)) = range.start().filter(|_| !range.is_empty()) else { continue };
        let mut csv = Vec::new();
        for cells in range.rows() {
            quoted(cells.iter().map(text), &mut csv);
        }
        return Ok(Text { csv, first_row: u64::from(row) + 1 });
    }
    Ok(Text { csv: Vec::new(), first_row: 1 })
}

/// A cell as text, as written; a number as short as it goes.
#[cfg(feature = "spreadsheets")]
fn text(cell: &calamine::Data) -> String {
    use calamine::Data;
    match cell {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.replace('\0', ""),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(date) => {
            let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
            // What a spreadsheet's number cannot hold of a second is rounded away.
            let late = milli >= 500;
            let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second) + i64::from(late);
            if date.as_f64() >= 61.0 && late {
                #[allow(clippy::cast_possible_truncation, reason = "dates of a spreadsheet end in the year 9999")]
                let days = date.as_f64().floor() as i64;
                return super::date::from_serial(days + seconds / 86_400, seconds % 86_400);
            }
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        }
        _ => String::new(),
    }
}
