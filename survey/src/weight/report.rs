//! What `bygdepuls weight` says of the weights that it made.

use bygdepuls_core::read::problem::visible;
use bygdepuls_core::text::Lang;
use bygdepuls_core::weight::Summary;
use bygdepuls_core::weight::targets::Measured;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;

/// The figures of a run.
pub(super) struct Report {
    pub(super) method: &'static str,
    pub(super) iterations: u32,
    pub(super) totals: Vec<Measured>,
    pub(super) summary: Summary,
    /// Weights that were outside the bounds of trimming, and passes.
    pub(super) trimmed: Option<(usize, u32)>,
    pub(super) column: String,
    pub(super) out: String,
}

impl Report {
    /// Adds the figures to an object; `docs/schema/weight.json` describes it.
    pub(super) fn add_to(&self, result: &mut Value) {
        let Summary { records, weighted, negative, sum_before, sum_after, .. } = self.summary;
        let Summary { weight_min, weight_max, g_min, g_max, deff_kish, n_eff, .. } = self.summary;
        let total = |one: &Measured| json!({ "name": one.name, "target": one.target, "before": one.before, "after": one.after });
        let figures = json!({
            "method": self.method,
            "iterations": self.iterations,
            "records": records,
            "weighted": weighted,
            "negative": negative,
            "sum_before": sum_before,
            "sum_after": sum_after,
            "weight_min": weight_min,
            "weight_max": weight_max,
            "g_min": g_min,
            "g_max": g_max,
            "deff_kish": deff_kish,
            "n_eff": n_eff,
            "trimmed": self.trimmed.map(|(trimmed, _)| trimmed),
            "trimming_passes": self.trimmed.map(|(_, passes)| passes),
            "totals": self.totals.iter().map(total).collect::<Vec<_>>(),
            "column": self.column,
            "out": self.out,
        });
        if let (Value::Object(result), Value::Object(figures)) = (result, figures) {
            result.extend(figures);
        }
    }

    /// Writes the figures to standard error, rounded, for people.
    pub(super) fn print(&self, lang: Lang) {
        // Nowhere is left to report that standard error is closed.
        let _ = std::io::stderr().write_all(self.text(lang).as_bytes());
    }

    fn text(&self, lang: Lang) -> String {
        let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
        let number = |value: Option<f64>| value.map_or_else(|| "–".into(), rounded);
        let to = |least: Option<f64>, most: Option<f64>| {
            format!("{} {} {}", number(least), t("til", "til", "to"), number(most))
        };
        let Summary { records, weighted, sum_before, sum_after, .. } = self.summary;
        let Summary { weight_min, weight_max, g_min, g_max, deff_kish, n_eff, .. } = self.summary;
        let rounds = t("runder", "rundar", "rounds");
        let mut lines = vec![
            (t("metode", "metode", "method"), format!("{}, {rounds}: {}", self.method, self.iterations)),
            (
                t("rader", "rader", "records"),
                format!("{records} ({weighted} {})", t("med vekt", "med vekt", "with weight")),
            ),
            (t("vektsum", "vektsum", "sum"), format!("{} → {}", rounded(sum_before), rounded(sum_after))),
            (t("vekter", "vekter", "weights"), to(weight_min, weight_max)),
            (t("ny / gammel", "ny / gammal", "new / old"), to(g_min, g_max)),
            (t("deff (Kish)", "deff (Kish)", "deff (Kish)"), number(deff_kish)),
            (t("effektiv n", "effektiv n", "effective n"), number(n_eff)),
        ];
        if let Some((trimmed, passes)) = self.trimmed {
            let words = t("omganger", "omgangar", "passes");
            lines.push((t("kuttet", "kutta", "trimmed"), format!("{trimmed}, {words}: {passes}")));
        }
        lines.push((t("skrevet", "skrive", "written"), format!("{}, {}", visible(&self.out), visible(&self.column))));
        let mut text = String::new();
        for (name, value) in lines {
            let _ = writeln!(text, "{name:<13}{value}");
        }
        let row = |one: &Measured| {
            let figures = [one.before, one.target, one.after].map(rounded);
            std::iter::once(visible(&one.name).into_owned()).chain(figures).collect::<Vec<_>>()
        };
        let head = [
            t("total", "total", "total"),
            t("før", "før", "before"),
            t("mål", "mål", "target"),
            t("etter", "etter", "after"),
        ];
        let rows: Vec<Vec<String>> = std::iter::once(head.to_vec()).chain(self.totals.iter().map(row)).collect();
        if rows.len() == 1 {
            return text;
        }
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..4).map(width).collect();
        text.push('\n');
        for row in &rows {
            let (name, first) = (&row[0], widths[0]);
            let _ = write!(text, "{name:<first$}");
            for (cell, width) in row.iter().zip(&widths).skip(1) {
                let _ = write!(text, "  {cell:>width$}");
            }
            text.push('\n');
        }
        text
    }
}

/// A figure with four decimals at most.
fn rounded(value: f64) -> String {
    let text = format!("{value:.4}");
    match text.trim_end_matches('0').trim_end_matches('.') {
        "-0" => "0".into(),
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_for_people() {
        let figures = [6194.0, 1.051_656_7, -0.00001, 100.0, 0.5].map(rounded);
        assert_eq!(figures, ["6194", "1.0517", "0", "100", "0.5"]);
    }
}
