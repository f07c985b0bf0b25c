//! The files of `track`: the same in a folder and in a browser tab. All of them internal.

use super::{Track, calendar, mailing};
use crate::edition::Files;
use crate::export::problems;
use crate::problem::Problems;
use crate::text::Lang;
use serde_json::Value;

/// The report, by which a folder is known as one of `track`.
pub const REPORT: &str = "track.json";

/// Everything but names and addresses, with what is wrong.
///
/// # Errors
///
/// A number that JSON cannot hold.
pub fn json(track: &Track, problems: &Problems, lang: Lang) -> Result<Value, String> {
    let mut result = problems::json(problems, lang);
    let value = serde_json::to_value(track).map_err(|error| error.to_string())?;
    if let (Some(result), Value::Object(fields)) = (result.as_object_mut(), value) {
        result.extend(fields);
    }
    Ok(result)
}

/// What belongs in an internal folder, with names only where lists are wanted. `report` is that of [`json`].
#[must_use]
pub fn all(track: &Track, report: &Value, lists: bool, lang: Lang) -> Files {
    let wheel = calendar::ics(&track.project, &track.region, &track.calendar, &track.today, lang);
    let mut files = vec![
        (REPORT.to_owned(), format!("{report:#}\n").into_bytes()),
        ("calendar.ics".to_owned(), wheel.into_bytes()),
    ];
    files.push(("due.csv".to_owned(), table(report, "due", &DUE, lang)));
    files.push(("response.csv".to_owned(), table(report, "response", &RESPONSE, lang)));
    if lists {
        for one in &track.mailings {
            for (name, rows) in [("invitations", &one.invitations), ("reminders", &one.reminders)] {
                files.push((format!("lists/{}-{}-{name}.csv", one.year, one.wave), mailing::csv(rows, lang)));
            }
        }
        if let Some(panel) = &track.panel {
            files.push(("lists/panel.csv".to_owned(), panel.clone()));
        }
    }
    files
}

/// The columns of `due.csv`, named as in the JSON.
const DUE: [&str; 14] = [
    "year",
    "wave",
    "cohort",
    "municipality",
    "population",
    "population_female",
    "population_male",
    "listed",
    "contacts",
    "consented",
    "reachable",
    "invited",
    "reminded",
    "answered",
];

/// The columns of `response.csv`.
const RESPONSE: [&str; 12] = [
    "year",
    "wave",
    "cohort",
    "municipality",
    "sex",
    "n_population",
    "n_invited",
    "n_reminded",
    "n_answered",
    "n_complete",
    "n_missing",
    "rate",
];

/// Rows of the report for a spreadsheet: a byte order mark, semicolons, CRLF, decimal comma but in English.
fn table(report: &Value, part: &str, columns: &[&str], lang: Lang) -> Vec<u8> {
    let mut text = format!("\u{feff}{}\r\n", columns.join(";"));
    for row in report[part].as_array().into_iter().flatten() {
        let field = |name: &&str| match &row[*name] {
            Value::Null => String::new(),
            Value::String(word) => word.clone(),
            number if lang == Lang::En => number.to_string(),
            number => number.to_string().replace('.', ","),
        };
        text.push_str(&columns.iter().map(field).collect::<Vec<_>>().join(";"));
        text.push_str("\r\n");
    }
    text.into_bytes()
}
