//! What was found in a downloaded file, as rows, and what is told of it.

use super::super::carried::text;
use super::super::form::Axis;
use super::super::problem::OfficialProblem;
use super::super::rows::{Row, Rows, field};
use super::super::{NATION, Value};
use super::{Only, Parts, Reader, is, parted};
use crate::read::Missing;
use crate::read::statbank::{Dimension, Meaning, Note};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

impl Reader<'_> {
    /// What was found, as rows; a count of which a part is missing is not known.
    pub(super) fn rows(&mut self, notes: &mut Vec<Text>) -> Rows {
        let both = |dimension: &Dimension| dimension.categories.iter().any(|one| one.meaning == Meaning::Sex(None));
        let of_both = self.sexes.is_some_and(|sexes| both(&self.table.dimensions[sexes]));
        let sexes = if self.sexes.is_some() && !(self.form.id == "population" && of_both) { 2 } else { 1 };
        if sexes == 2 {
            notes.push(Text::new(
                "kvinner og menn er lagt sammen",
                "kvinner og menn er lagde saman",
                "women and men were added up",
            ));
        }
        if self.form.id == "population" && self.sexes.is_some() {
            self.counts.extend(["female".into(), "male".into()]);
        }
        let parts = self.parts_of_parts(notes);
        let part_at = self.form.keys.iter().position(|(_, axis)| *axis == Axis::Part);
        let mut list = Vec::new();
        for (key, found) in &self.found {
            let share = part_at.and_then(|at| parts.get(&key[at])).copied().unwrap_or(1);
            let total = |column: &String| -> Value {
                let women_and_men: Vec<Value>;
                let (values, times) = if column == "total" && self.form.id == "population" && sexes == 2 {
                    women_and_men =
                        ["female", "male"].iter().flat_map(|sex| found.get(*sex)).flatten().copied().collect();
                    (&women_and_men, 2)
                } else {
                    let Some(values) = found.get(column) else { return Value::none(Missing::NotAvailable) };
                    (values, if self.form.id == "population" { 1 } else { sexes })
                };
                let terms = self.whole.get(column).copied().unwrap_or(1).max(1);
                if values.len() < times * terms * share {
                    return Value::sum(values.iter().copied().chain([Value::none(Missing::NotAvailable)]));
                }
                Value::sum(values.iter().copied())
            };
            let fields = key.iter().cloned().chain(self.counts.iter().map(|column| field(total(column))));
            list.push(Row { line: None, fields: fields.collect() });
        }
        self.tell(&list, notes);
        let label = |at: usize| self.table.dimensions.get(at).map(|axis| axis.label.clone());
        let mut asked = self.asked.iter();
        let mut columns: Vec<(String, String)> = Vec::new();
        for (name, axis) in self.form.keys {
            let given = (*axis == Axis::Year && self.register.reading.year.is_some())
                || (*axis == Axis::Part && matches!(self.parts, Parts::Measures));
            let own = if given { None } else { asked.next().and_then(|at| label(*at)) };
            columns.push(((*name).to_owned(), own.unwrap_or_else(|| (*name).to_owned())));
        }
        columns.extend(self.counts.iter().map(|name| (name.clone(), name.clone())));
        let grouped = self.table.notes.iter().any(|note| matches!(note, Note::Prefix { .. }));
        let (file, named) = (self.table.file.clone(), !self.named.is_empty());
        Rows { file, columns, keys: self.form.keys.len(), list, grouped, named }
    }

    /// How many categories make up each part; those that are several are noted.
    fn parts_of_parts(&self, notes: &mut Vec<Text>) -> BTreeMap<String, usize> {
        let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
        if let Parts::Dimension(at) = self.parts {
            for category in &self.table.dimensions[at].categories {
                let is_out = |(axis, list): &Only| *axis == at && !list.iter().any(|one| is(category, one));
                if !self.only.iter().any(is_out) {
                    let label = parted(&category.code, &category.label).1.to_owned();
                    members.entry(self.part(&category.code, &category.label)).or_default().push(label);
                }
            }
        }
        let named = members.iter().filter(|(part, list)| list.len() > 1 || !list.contains(part));
        let named: Vec<String> = named.map(|(part, list)| format!("{part} = {}", list.join(" + "))).collect();
        if !named.is_empty() && self.form.id == "education" {
            notes.push(text("nivåer: {0}", "nivå: {0}", "levels: {0}", &[&named.join("; ")]));
        }
        members.into_iter().map(|(part, list)| (part, list.len())).collect()
    }

    /// Says what was left out and marked; a file in which no region is a municipality is refused.
    fn tell(&mut self, list: &[Row], notes: &mut Vec<Text>) {
        let some = |names: &BTreeSet<String>| names.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
        let at = self.form.keys.iter().position(|(_, axis)| axis.is_place()).unwrap_or_default();
        if list.iter().all(|row| row.fields[at] == NATION) {
            let exists = self.odd.iter().chain(&self.skipped).take(8).cloned().collect();
            self.refuse(OfficialProblem::NoMunicipalities(exists), self.form.keys[at].0);
        }
        for names in [&self.skipped, &self.odd].into_iter().filter(|names| !names.is_empty()) {
            notes.push(text(
                "{0} områder som ikke er kommuner eller landet, er utelatt ({1})",
                "{0} område som ikkje er kommunar eller landet, er utelatne ({1})",
                "{0} areas that are neither municipalities nor the country are left out ({1})",
                &[&names.len().to_string(), &some(names)],
            ));
        }
        let partial: Vec<&String> = self.periods.keys().filter(|written| written.len() != 4).collect();
        if let Some(example) = partial.first() {
            let year = self.periods[*example].to_string();
            notes.push(text(
                "perioder er lest som år, {0} som {1}",
                "periodar er lesne som år, {0} som {1}",
                "periods are read as years, {0} as {1}",
                &[example, &year],
            ));
        }
        if let Some(year) = self.register.reading.year {
            notes.push(text(
                "året {0} er gitt av prosjektet, ikke av fila",
                "året {0} er gitt av prosjektet, ikkje av fila",
                "the year {0} is given by the project, not by the file",
                &[&year.to_string()],
            ));
        }
        if self.provisional > 0 {
            notes.push(text(
                "{0} tall er foreløpige (*)",
                "{0} tal er førebelse (*)",
                "{0} figures are provisional (*)",
                &[&self.provisional.to_string()],
            ));
        }
        for (name, list) in &self.register.reading.only {
            notes.push(text(
                "av «{0}» er bare «{1}» brukt",
                "av «{0}» er berre «{1}» brukt",
                "of {0} only {1} was used",
                &[name, &list.join(", ")],
            ));
        }
    }
}
