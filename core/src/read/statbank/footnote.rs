//! The lines above and below a table: title, footnotes, source, date, unit.

use super::table::StatTable;

/// What a line below a table is headed by.
#[derive(Clone, Copy, PartialEq)]
enum Topic {
    Updated,
    Source,
    Unit,
    Other,
}

/// The topics that the statistics bank writes below a table, in lower case.
const TOPICS: [(&str, Topic); 22] = [
    ("siste oppdatering", Topic::Updated),
    ("sist oppdatert", Topic::Updated),
    ("latest update", Topic::Updated),
    ("last updated", Topic::Updated),
    ("kilde", Topic::Source),
    ("kjelde", Topic::Source),
    ("source", Topic::Source),
    ("måleenhet", Topic::Unit),
    ("unit", Topic::Unit),
    ("units", Topic::Unit),
    ("kontakt", Topic::Other),
    ("contact", Topic::Other),
    ("copyright", Topic::Other),
    ("målemetode", Topic::Other),
    ("measuring method", Topic::Other),
    ("referansetid", Topic::Other),
    ("reference time", Topic::Other),
    ("database", Topic::Other),
    ("intern referansekode", Topic::Other),
    ("internal reference code", Topic::Other),
    ("matrix", Topic::Other),
    ("offisiell statistikk", Topic::Other),
];

/// The topic of a line, and what follows it on the same line.
fn topic(line: &str) -> Option<(Topic, &str)> {
    let (name, rest) = line.split_once(':').unwrap_or((line, ""));
    let name = name.trim().to_lowercase();
    let found = TOPICS.iter().find(|(topic, _)| *topic == name)?;
    // A word alone, without a colon, may be a category.
    (line.contains(':') || matches!(name.as_str(), "copyright")).then_some((found.1, rest.trim()))
}

/// Whether a line belongs below a table whatever stands before it.
pub(super) fn is_below(line: &str) -> bool {
    let line = line.trim();
    let mark = |rest: &str| rest.starts_with([')', ' ']);
    let marked = line.strip_prefix(|first: char| first.is_ascii_digit()).is_some_and(|rest| rest.starts_with(')'));
    topic(line).is_some() || marked || line.strip_prefix('*').is_some_and(mark) || line.chars().count() > 60
}

/// Puts the lines below a table where they belong: source, date and unit are known, all before the first topic are
/// footnotes.
pub(super) fn below(lines: impl Iterator<Item = String>, table: &mut StatTable) {
    let mut current = None;
    let mut measure = None;
    for line in lines {
        let line = line.trim();
        if let Some((topic, rest)) = topic(line) {
            current = Some(topic);
            measure = None;
            if !rest.is_empty() {
                put(topic, rest, measure, table);
            }
            continue;
        }
        let Some(topic) = current else {
            if !line.is_empty() {
                table.footnotes.push(line.to_owned());
            }
            continue;
        };
        match line.strip_suffix(':').and_then(|name| table.measure(name.trim())) {
            Some(named) => measure = Some(named),
            None => put(topic, line, measure, table),
        }
    }
}

fn put(topic: Topic, line: &str, measure: Option<usize>, table: &mut StatTable) {
    match topic {
        Topic::Updated if table.updated.is_empty() => table.updated = line.to_owned(),
        Topic::Source if table.source.is_empty() => table.source = line.to_owned(),
        Topic::Unit => {
            let only = (table.measures.len() == 1).then_some(0);
            if let Some(measure) = measure.or(only).and_then(|place| table.measures.get_mut(place))
                && measure.unit.is_empty()
            {
                measure.unit = line.to_owned();
            }
        }
        _ => {}
    }
}
