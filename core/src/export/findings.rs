//! Findings of an audit as JSON: what `bygdepuls audit page --format json` prints.

use crate::disclosure::page::Report;
use crate::text::Lang;
use serde_json::{Value, json};

/// All findings with their places and the (x, n) that they leave.
///
/// ```
/// use bygdepuls_core::{disclosure::page::{Rolls, audit}, export::findings, text::Lang};
/// let json = findings::json(&audit(&[], &Rolls::default(), None), Lang::En);
/// assert_eq!(json["findings"][0]["code"], "no-cube");
/// ```
#[must_use]
pub fn json(report: &Report, lang: Lang) -> Value {
    let text = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
    let list: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let verdict = finding.verdict();
            let candidates: Vec<Value> =
                finding.candidates.iter().map(|one| json!({ "x": one.x, "n": one.n })).collect();
            json!({
                "code": finding.leak.code(),
                "message": finding.leak.message(lang),
                "file": finding.file,
                "line": (finding.line > 0).then_some(finding.line),
                "place": text(&finding.place),
                "cell": text(&finding.cell),
                "value": text(&finding.value),
                "candidates": candidates,
                "x": verdict.x,
                "n": verdict.n,
                "tells": finding.tells(lang),
                "help": finding.leak.help(lang),
            })
        })
        .collect();
    json!({ "files": report.files, "cubes": report.cubes, "guarded_cells": report.guarded, "findings": list })
}
