//! The figures of a finding as rows of words, for a terminal and for a page.

use super::{Cell, Finding, words};
use crate::text::Lang;

impl Finding {
    /// A row of headings, then one per figure: what, of whom, n, yes, figure, interval, p, notes.
    #[must_use]
    pub fn rows(&self, lang: Lang) -> Vec<[String; 8]> {
        let shown = |cell: &&Cell| !matches!(cell.statistic, "survival");
        let level = self.cells.iter().find_map(|cell| cell.level).unwrap_or(0.95);
        let head = [
            lang.pick("hva", "kva", "what").to_owned(),
            String::new(),
            "n".into(),
            lang.pick("ja", "ja", "yes").into(),
            lang.pick("tall", "tal", "figure").into(),
            format!("{} %", 100.0 * level),
            "p".into(),
            String::new(),
        ];
        let mut rows = vec![head];
        for cell in self.cells.iter().filter(shown) {
            let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), rounded);
            let between = match (cell.ci_lower, cell.ci_upper) {
                (None, None) => "–".to_owned(),
                (lower, upper) => format!("{} – {}", number(lower), upper.map_or_else(|| "∞".to_owned(), rounded)),
            };
            let notes: Vec<&str> = cell.notes.iter().map(|note| note.get(lang)).collect();
            // Codes of answers are short; what is longer and has no words of its own is said by the label.
            let value = cell.value.as_deref().and_then(|value| {
                words::group(value, lang).or_else(|| (value.len() <= 3 && self.id != "h2").then_some(value))
            });
            let label = match value {
                Some(value) => format!("{} ({value})", cell.label.get(lang)),
                None => cell.label.get(lang).to_owned(),
            };
            rows.push([
                words::statistic(cell.statistic, lang).into(),
                shortened(&label),
                cell.n.to_string(),
                cell.x.map(|x| x.to_string()).unwrap_or_default(),
                number(cell.estimate),
                between,
                cell.p_adjusted.or(cell.p_value).map(rounded).unwrap_or_default(),
                notes.join("; "),
            ]);
        }
        rows
    }
}

fn rounded(value: f64) -> String {
    if value == 0.0 || value.abs() >= 0.0005 { format!("{value:.3}") } else { format!("{value:.1e}") }
}

/// A question may be long.
fn shortened(label: &str) -> String {
    const MOST: usize = 60;
    if label.chars().count() <= MOST {
        return label.to_owned();
    }
    let tail = label.rfind(" (").map_or("", |at| &label[at..]);
    let kept: String = label.chars().take(MOST.saturating_sub(tail.chars().count() + 1)).collect();
    format!("{kept}…{tail}")
}
