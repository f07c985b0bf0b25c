//! Workbooks of Excel: an XLSForm in one file.

use super::read::has_columns;
use super::{Field, Questionnaire, Row, Sheet};
use crate::problem::{Problem, Problems};
use crate::read::ReadProblem;
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use std::io::Cursor;

/// Whether bytes are a workbook: it is a ZIP archive.
#[must_use]
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// All sheets of a workbook with their names, cells as text: a whole number without decimals, dates and times in ISO 8601.
/// `None` when it cannot be opened; problems say why.
pub fn sheets(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Vec<(String, Sheet)>> {
    let refuse = |reason: String| Problem::error(file, ReadProblem::Schema { reason });
    let mut workbook: Xlsx<_> = match open_workbook_from_rs(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(error) => {
            let error: calamine::XlsxError = error;
            problems.push(refuse(error.to_string()));
            return None;
        }
    };
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        match workbook.worksheet_range(&name) {
            Ok(range) => sheets.push((name.clone(), sheet(&format!("{file}#{name}"), &range))),
            Err(error) => problems.push(refuse(error.to_string())),
        }
    }
    Some(sheets)
}

fn sheet(file: &str, range: &calamine::Range<Data>) -> Sheet {
    let mut sheet = Sheet { file: file.into(), ..Sheet::default() };
    let Some((first, _)) = range.start() else { return sheet };
    let mut rows = range.rows().zip(u64::from(first) + 1..);
    let Some((header, _)) = rows.next() else { return sheet };
    let named: Vec<(usize, String)> =
        header.iter().map(text).enumerate().filter(|(_, name)| !name.is_empty()).collect();
    sheet.rows = rows
        .map(|(cells, line)| Row {
            line,
            cells: named.iter().map(|(place, _)| cells.get(*place).map(text).unwrap_or_default()).collect(),
        })
        .collect();
    sheet.columns = named.into_iter().map(|(_, name)| name).collect();
    sheet
}

/// A cell as text.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) => text.trim().to_owned(),
        // Rust writes 98.0 as 98.
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(date) => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            if hour + minute + second == 0 { day } else { format!("{day}T{hour:02}:{minute:02}:{second:02}") }
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        #[allow(unreachable_patterns, reason = "kinds that later versions may add")]
        _ => String::new(),
    }
}

impl Questionnaire {
    /// From a workbook with the sheets `survey`, `choices` and `settings`; the last two may be left out.
    pub fn from_xlsx(file: &str, bytes: &[u8], problems: &mut Problems) -> Self {
        let Some(sheets) = sheets(file, bytes, problems) else { return Self::default() };
        let find = |wanted: &str| sheets.iter().find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
        let mut needed = |wanted: &str, needed: &[&str], of: fn(&str) -> Field| {
            let (_, sheet) = find(wanted)?;
            has_columns(sheet, needed, of, problems).then_some(sheet)
        };
        let choices = needed("choices", &["list_name", "name"], Field::of_choices);
        let survey = needed("survey", &["type", "name"], Field::of_survey);
        if find("survey").is_none() {
            let exists = sheets.iter().map(|(name, _)| name.clone()).collect();
            problems
                .push(Problem::error(file, ReadProblem::MissingColumn { exists, suggestion: None }).column("survey"));
        }
        Self::from_sheets(survey, choices, find("settings").map(|(_, sheet)| sheet), problems)
    }

    /// As a workbook that ODK, KoboToolbox and spreadsheets read. Every cell is text; the same questionnaire gives the same
    /// bytes.
    ///
    /// # Errors
    ///
    /// A cell longer than a workbook can hold (32 767 characters).
    pub fn to_xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&date));
        let bold = Format::new().set_bold();
        for sheet in self.to_sheets().iter().filter(|sheet| !sheet.columns.is_empty()) {
            let worksheet = workbook.add_worksheet().set_name(&sheet.file)?;
            for (column, name) in (0..).zip(&sheet.columns) {
                worksheet.write_string_with_format(0, column, name, &bold)?;
            }
            for (row, cells) in (1..).zip(&sheet.rows) {
                for (column, cell) in (0..).zip(&cells.cells).filter(|(_, cell)| !cell.is_empty()) {
                    worksheet.write_string(row, column, cell)?;
                }
            }
            worksheet.set_freeze_panes(1, 0)?;
        }
        workbook.save_to_buffer()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let survey = "type,name,label::A (nb),hint::A (nb),relevant,waves,note\ninteger,x,\"X, «y»\n2\",,,12,kept\n";
        let choices = "list_name,name,label::A (nb),missing\nl,1,=1+1,\nl,98,Vet ikke,dont_know\n";
        let settings = "form_title,form_id,version\nT,t,2025010101\n";
        let mut problems = Problems::new();
        let sheets = (("s", survey.as_bytes()), ("c", choices.as_bytes()), Some(("t", settings.as_bytes())));
        let first = Questionnaire::from_csv(sheets.0, sheets.1, sheets.2, &mut problems);
        let bytes = first.to_xlsx().unwrap();
        assert!(is_workbook(&bytes));
        let second = Questionnaire::from_xlsx("f.xlsx", &bytes, &mut problems);
        assert_eq!(problems.list().len(), 0, "{problems:?}");
        assert_eq!(second.to_sheets(), first.to_sheets());
        assert_eq!(second.to_xlsx().unwrap(), bytes);
        assert_eq!(second.origin.survey, "f.xlsx#survey");
        let [own, ..] = second.to_sheets();
        assert_eq!(String::from_utf8(own.to_csv()).unwrap(), survey);
    }

    #[test]
    fn what_is_no_workbook() {
        let mut problems = Problems::new();
        let _ = Questionnaire::from_xlsx("f.xlsx", b"PK\x03\x04nothing", &mut problems);
        assert_eq!(problems.errors(), 1);
    }
}
