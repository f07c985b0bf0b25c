//! `bygdepuls recruitment`: what is missing and who could fill it, internally.

use crate::columns::columns;
use crate::{PROBLEMS, diagnostic, load, print};
use bygdepuls_core::export::recruitment as export;
use bygdepuls_core::indicator::recruitment::Figures;
use bygdepuls_core::problem::{Problems, Severity};
use bygdepuls_core::show::number;
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// Standard output cannot be written.
pub(crate) fn run(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let Some(path) = options.get_one::<PathBuf>("project") else { return Ok(2) };
    let file = load::project_file(path);
    let mut problems = Problems::new();
    let only: Vec<&str> = options.get_many::<String>("only").into_iter().flatten().map(String::as_str).collect();
    let today = options.get_one::<String>("today").map(String::as_str);
    let loaded = load::load(&file, None, &mut problems);
    let metrics = loaded.as_ref().and_then(|loaded| loaded.recruitment(&only, today, &mut problems));
    diagnostic::print(&problems, lang);
    let (Some(loaded), Some(metrics)) = (loaded, metrics.filter(|_| problems.errors() == 0)) else {
        diagnostic::print_refusal(&problems, lang);
        return Ok(PROBLEMS);
    };
    let text = match options.get_one::<String>("format").map(String::as_str) {
        Some("json") => {
            let warnings = problems.list().iter().filter(|problem| problem.severity == Severity::Warning);
            let warnings: Vec<String> = warnings.map(|problem| problem.what.message(lang)).collect();
            let list: Vec<Value> = metrics.iter().map(|(id, figures)| export::json(id, figures, lang)).collect();
            let whole = json!({
                "internal": true,
                "region": loaded.project.id,
                "notice": loaded.project.notice,
                "metrics": list,
                "warnings": warnings,
            });
            format!("{whole}\n")
        }
        Some("csv") => export::csv(&metrics, lang),
        _ => table(&metrics, loaded.project.notice.get(lang), lang),
    };
    print(text.as_bytes())
}

/// For people: a line per figure, with its interval and how many stand behind it.
fn table(metrics: &[(&str, Figures)], notice: &str, lang: Lang) -> String {
    let internal = lang.pick(
        "INTERNT: nøyaktige tall for få stillinger og personer. Ikke legg det ut.",
        "INTERNT: nøyaktige tal for få stillingar og personar. Ikkje legg det ut.",
        "INTERNAL: exact figures of few positions and persons. Not to be published.",
    );
    let mut text = format!("{internal}\n");
    if !notice.is_empty() {
        let _ = writeln!(text, "{notice}");
    }
    for (id, figures) in metrics {
        let _ = write!(text, "\n{id}: {}\n", figures.title.get(lang));
        for line in columns(&lines(id, figures, lang), 4..7) {
            let _ = writeln!(text, "  {line}");
        }
        for sentence in &figures.sentences {
            let _ = writeln!(text, "  {}", sentence.get(lang));
        }
    }
    text
}

/// The rows of a metric in words. Nobody, of whom there is nothing to say, has no line.
fn lines(id: &str, figures: &Figures, lang: Lang) -> Vec<[String; 8]> {
    let names = lang.pick(
        "tall|periode|område|felt|verdi|95 %|n|merk",
        "tal|periode|område|felt|verdi|95 %|n|merk",
        "figure|period|area|field|value|95%|n|note",
    );
    let mut names = names.split('|').map(str::to_owned);
    let mut lines = vec![std::array::from_fn(|_| names.next().unwrap_or_default())];
    let json = export::json(id, figures, lang);
    let rows = json["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let decimal = |value: &Value| value.as_f64().map(|value| number::decimal(value, figures.decimals.max(1), lang));
    for row in rows.iter().filter(|row| row["status"] != "nobody") {
        let value = decimal(&row["value"]).unwrap_or_else(|| "–".into());
        let interval = match (decimal(&row["lower"]), decimal(&row["upper"])) {
            (None, None) => String::new(),
            (lower, upper) => format!("{} – {}", lower.unwrap_or_default(), upper.unwrap_or_else(|| "…".into())),
        };
        let notes: Vec<&str> = row["notes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        lines.push([
            text(row, "figure_label"),
            text(row, "period"),
            text(row, "area"),
            text(row, "group_label"),
            value,
            interval,
            row["n"].to_string(),
            notes.join("; "),
        ]);
    }
    lines
}
