//! Which measures of a downloaded file are a column of a register, and which parts.

use super::super::carried::text;
use super::super::form::{is_named, level};
use super::super::problem::OfficialProblem;
use super::{Parts, Reader, parted};
use crate::read::statbank::{Measure, Role};
use crate::text::Text;

impl<'a> Reader<'a> {
    /// Reads the figures of every column.
    pub(super) fn read(&mut self, notes: &mut Vec<Text>) -> Option<()> {
        let before = self.problems.errors();
        if let Parts::Measures = self.parts {
            let (known, others): (Vec<&Measure>, Vec<&Measure>) =
                self.table.measures.iter().partition(|one| self.part_of_measure(one).is_some());
            if !others.is_empty() {
                notes.push(text("utelatt: {0}", "utelate: {0}", "left out: {0}", &[&labels(&others)]));
            }
            let column = self.form.counts[0].column;
            self.counts.push(column.to_owned());
            for measure in known {
                let part = self.part_of_measure(measure)?;
                notes.push(text(
                    "«{0}» er lest som {1}",
                    "«{0}» er lese som {1}",
                    "“{0}” is read as {1}",
                    &[&measure.label, &part],
                ));
                self.column(column, &measure.code, Some(&part), notes);
            }
            self.whole.insert(column.to_owned(), 1);
        } else {
            for count in self.form.counts {
                let measures = self.measures(count.column, count.terms);
                if count.column == "total" && self.form.id == "age_bands" && self.table.dimension(Role::Age).is_some() {
                    self.whole.clear();
                } else {
                    self.counts.push(count.column.to_owned());
                }
                for measure in &measures {
                    if measure.label != count.column || self.table.measures.len() > 1 {
                        notes.push(text(
                            "kolonnen {0} er «{1}»",
                            "kolonnen {0} er «{1}»",
                            "the column {0} is “{1}”",
                            &[count.column, &measure.label],
                        ));
                    }
                    self.column(count.column, &measure.code, None, notes);
                }
                self.whole.insert(count.column.to_owned(), measures.len());
            }
        }
        (self.problems.errors() == before).then_some(())
    }

    /// The measures that are added up to a column: those that the project names, those whose names are known, or the only
    /// one of the table, unless it is no count.
    fn measures(&mut self, column: &'static str, terms: &[&[&str]]) -> Vec<&'a Measure> {
        let all = &self.table.measures;
        let exists = || all.iter().map(|one| one.label.clone()).collect::<Vec<_>>();
        if let Some(names) = self.mapped(column) {
            let found: Vec<Option<&Measure>> =
                names.iter().map(|name| self.table.measure(name).map(|at| &all[at])).collect();
            if let Some(at) = found.iter().position(Option::is_none) {
                self.refuse(OfficialProblem::NoMeasureFor { column, exists: exists() }, &names[at]);
            }
            return found.into_iter().flatten().collect();
        }
        let is_count = |one: &&Measure| !is_rate(&one.label) && !is_rate(&one.unit);
        let mut found = Vec::new();
        for names in terms {
            let fits = |one: &&Measure| {
                let own = one.code == column || one.label == column;
                own || is_named(&one.code, names) || is_named(&one.label, names)
            };
            let candidates: Vec<&Measure> = all.iter().filter(is_count).filter(fits).collect();
            match candidates.as_slice() {
                [one] => found.push(*one),
                [] if all.len() == 1 && self.form.counts.len() == 1 && is_count(&&all[0]) => found.push(&all[0]),
                _ => {
                    self.refuse(OfficialProblem::NoMeasureFor { column, exists: exists() }, column);
                    return Vec::new();
                }
            }
        }
        found
    }

    /// The part that a category or measure is: as the project says, else a level of education that is known, else its code.
    pub(super) fn part(&self, code: &str, label: &str) -> String {
        let (code, label) = parted(code, label);
        let values = &self.register.reading.values;
        if let Some((part, _)) = values.iter().find(|(_, list)| list.iter().any(|one| one == code || one == label)) {
            return part.clone();
        }
        if self.form.id == "education" {
            return level(code, label).map_or_else(|| code.to_owned(), str::to_owned);
        }
        let total = ["alle næringer", "alle næringar", "i alt", "all industries", "total"];
        if code == "00-99" || total.contains(&label.to_lowercase().as_str()) { "all".into() } else { code.to_owned() }
    }

    pub(super) fn part_of_measure(&self, measure: &Measure) -> Option<String> {
        let part = self.part(&measure.code, &measure.label);
        (part != measure.code).then_some(part)
    }
}

/// Whether words are those of a share, which is no count.
fn is_rate(words: &str) -> bool {
    let words = words.to_lowercase();
    ["%", "prosent", "percent", "andel", "per 1", "indeks", "index", "promille"].iter().any(|word| words.contains(word))
}

fn labels(measures: &[&Measure]) -> String {
    measures.iter().map(|one| one.label.as_str()).collect::<Vec<_>>().join(", ")
}
