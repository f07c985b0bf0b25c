//! Tables and charts of the internal report.

use crate::show::internal::MARK;
use crate::show::markup::{fill, id_of, push_all, push_element};
use crate::show::shown::{Content, Panel, Row, Shown};
use crate::show::{number, picture};
use crate::text::Lang;

/// A table under construction.
pub(super) struct Table {
    id: String,
    caption: String,
    /// Head and whether the column holds figures.
    columns: Vec<(String, bool)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows yet. Columns whose head begins with `#` hold figures, and stand to the right.
    pub(super) fn new(id: &str, caption: &str, heads: &[&str]) -> Self {
        let column = |head: &&str| match head.strip_prefix('#') {
            Some(head) => (head.to_owned(), true),
            None => ((*head).to_owned(), false),
        };
        Self { id: id_of(id), caption: caption.into(), columns: heads.iter().map(column).collect(), rows: Vec::new() }
    }

    /// Adds a row: one text per column.
    pub(super) fn row(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.columns.len(), "{}", self.caption);
        self.rows.push(cells);
    }

    /// Writes it; nothing without rows. Columns in which no row has a text are left out. The first column heads the rows.
    pub(super) fn push(&self, out: &mut String) {
        if self.rows.is_empty() {
            return;
        }
        let used: Vec<usize> =
            (0..self.columns.len()).filter(|at| self.rows.iter().any(|row| !row[*at].is_empty())).collect();
        fill(
            out,
            "<div class=\"bp-scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{}\">\n<table>",
            &[&self.id],
        );
        let span = number::count(i64::try_from(used.len()).unwrap_or(1), Lang::En);
        fill(out, "<caption id=\"{}\">{}</caption>\n<thead>", &[&self.id, &self.caption]);
        fill(out, "<tr class=\"bp-sheet\" lang=\"nb\"><td colspan=\"{}\">{}</td></tr>\n<tr>", &[&span, MARK]);
        for (place, at) in used.iter().enumerate() {
            let (head, figures) = &self.columns[*at];
            let class = match (place, figures) {
                (_, true) => " class=\"bp-number\"",
                (0, false) => "",
                // As its cells.
                (_, false) => " class=\"bp-words\"",
            };
            fill(out, "<th scope=\"col\"{!}>{}</th>", &[class, head]);
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in &self.rows {
            out.push_str("<tr>");
            for (place, at) in used.iter().enumerate() {
                let text = if row[*at].is_empty() { "–" } else { row[*at].as_str() };
                match (place, self.columns[*at].1) {
                    (0, _) => fill(out, "<th scope=\"row\">{}</th>", &[text]),
                    (_, true) => fill(out, "<td>{}</td>", &[text]),
                    (_, false) => fill(out, "<td class=\"bp-words\">{}</td>", &[text]),
                }
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table>\n</div>\n");
    }
}

/// A share with its interval, as a line of a chart.
pub(super) struct Point {
    /// What stands beside it.
    pub(super) label: String,
    /// The share, 0 to 1.
    pub(super) share: f64,
    /// Its interval.
    pub(super) interval: Option<(f64, f64)>,
}

/// Shares with their intervals, one picture per heading; the table that follows holds the same in words.
pub(super) fn push_chart(out: &mut String, id: &str, title: &str, panels: Vec<(String, Vec<Point>)>, lang: Lang) {
    let percent = |share: f64| number::whole(100.0 * share.clamp(0.0, 1.0)).unwrap_or(0);
    let row = |point: Point| {
        let interval = point.interval.map(|(lower, upper)| (percent(lower), percent(upper)));
        Row::alone(point.label, Shown::Exact { share: percent(point.share), interval, n: None })
    };
    let mut drawn = panels.into_iter().filter(|(_, points)| !points.is_empty()).enumerate().peekable();
    if drawn.peek().is_none() {
        return;
    }
    fill(out, "<div class=\"bp-figure bp-charts\" lang=\"{}\">", &[lang.tag()]);
    for (place, (heading, points)) in drawn {
        let title = if heading.is_empty() { title.to_owned() } else { format!("{title}: {heading}") };
        let panel = Panel { heading, rows: points.into_iter().map(row).collect() };
        let content = Content { panels: vec![panel], place: String::new(), row_head: String::new() };
        out.push_str("<div class=\"bp-chart\">");
        picture::inline(out, &content, &id_of(&format!("{id}-{place}")), &title, lang);
        out.push_str("</div>");
    }
    out.push_str("</div>\n");
}

/// A paragraph.
pub(super) fn push_paragraph(out: &mut String, text: &str) {
    push_element(out, "<p>", text, "</p>\n");
}

/// A list of sentences; one alone is a paragraph.
pub(super) fn push_list(out: &mut String, sentences: &[String]) {
    match sentences {
        [] => {}
        [one] => push_element(out, "<p class=\"bp-say\">", one, "</p>\n"),
        several => {
            out.push_str("<ul class=\"bp-say\">");
            several.iter().for_each(|one| push_element(out, "<li>", one, "</li>"));
            out.push_str("</ul>\n");
        }
    }
}

/// A heading inside a section.
pub(super) fn push_heading(out: &mut String, text: &str) {
    push_all(out, &["<h3>"]);
    push_element(out, "", text, "</h3>\n");
}

/// A number of people; nothing where it is not known.
pub(super) fn people(count: Option<u64>, lang: Lang) -> String {
    count.and_then(|count| i64::try_from(count).ok()).map(|count| number::count(count, lang)).unwrap_or_default()
}

/// A share in whole percent.
pub(super) fn percent(share: Option<f64>, lang: Lang) -> String {
    share.map(|share| number::share(share, 0, lang)).unwrap_or_default()
}

/// An interval of shares in whole percent: `48–60 %`.
pub(super) fn span(limits: Option<(f64, f64)>, lang: Lang) -> String {
    let Some((lower, upper)) = limits else { return String::new() };
    let lower = number::decimal(100.0 * lower, 0, lang);
    format!("{lower}–{}", number::share(upper, 0, lang))
}

/// Percentage points with their sign: `+13`, `−5`.
pub(super) fn points(change: f64, lang: Lang) -> String {
    let size = number::decimal(100.0 * change, 0, lang);
    if change > 0.0 && size != "0" { format!("+{size}") } else { size }
}

/// A sentence that begins with a capital and ends with a full stop.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    let stop = if words.ends_with(['.', '!', '?']) || words.is_empty() { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
