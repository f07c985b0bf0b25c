//! What protection costs, for those who run it: on standard error, because it says more than the public may know.

use super::ask::Question;
use bygdepuls_core::disclosure::audit::Finding;
use bygdepuls_core::disclosure::tables::CellId;
use bygdepuls_core::disclosure::{Alternative, Coarsening, Loss, Protection, alternatives};
use bygdepuls_core::text::Lang;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write;

/// What protection costs.
pub(super) struct Report<'a> {
    protection: &'a Protection,
    question: &'a Question,
    loss: Loss,
}

/// The cell that a finding is about.
pub(super) fn about(finding: &Finding) -> CellId {
    match finding {
        Finding::Exact { cell, .. } | Finding::Narrow { cell, .. } | Finding::Insider { cell, .. } => *cell,
        Finding::Group { others, .. } => *others,
    }
}

impl<'a> Report<'a> {
    pub(super) fn new(protection: &'a Protection, question: &'a Question) -> Self {
        Self { protection, question, loss: Loss::of(protection) }
    }

    /// What other tables would hide. None for linked tables: each of them would have to be made coarser.
    fn alternatives(&self) -> Vec<Alternative> {
        match self.protection.linked.tables.as_slice() {
            [table] => alternatives(table, self.protection, &self.question.rule()),
            _ => Vec::new(),
        }
    }

    /// Prints all of it.
    pub(super) fn print(&self, as_json: bool, lang: Lang) {
        let text = if as_json { format!("{:#}\n", self.json()) } else { self.text(lang) };
        let _ = std::io::stderr().write_all(text.as_bytes());
    }

    /// Prints which coarser tables would do.
    pub(super) fn print_alternatives(&self, lang: Lang) {
        let _ = std::io::stderr().write_all(in_words(&self.alternatives(), lang).as_bytes());
    }

    fn json(&self) -> Value {
        let Loss { cells, hidden, primary, secondary, repair, people, hidden_people } = self.loss;
        let one = |alternative: &Alternative| {
            let (dimension, codes) = match &alternative.coarsening {
                Coarsening::WithoutDimension { dimension } => (dimension, Value::Null),
                Coarsening::WithoutLevel { dimension, codes } => (dimension, json!(codes)),
            };
            json!({ "dimension": dimension, "codes": codes, "cells": alternative.cells, "hidden": alternative.hidden })
        };
        json!({
            "internal": true,
            "cells": cells,
            "hidden": hidden,
            "primary": primary,
            "secondary": secondary,
            "repair": repair,
            "share_of_cells": self.loss.share_of_cells(),
            "people": people,
            "hidden_people": hidden_people,
            "share_of_people": self.loss.share_of_people(),
            "coarser": self.alternatives().iter().map(one).collect::<Vec<Value>>(),
        })
    }

    fn text(&self, lang: Lang) -> String {
        let Loss { cells, hidden, primary, secondary, repair, .. } = self.loss;
        let percent = |share: Option<f64>| {
            share.map_or_else(
                || "–".to_owned(),
                |share| lang.pick("{} %", "{} %", "{}%").replace("{}", &format!("{:.1}", 100.0 * share)),
            )
        };
        let mut text = String::new();
        let t = |nb: &'static str, nn: &'static str, en: &'static str| lang.pick(nb, nn, en);
        let _ = writeln!(text, "{}", t("INTERN rapport", "INTERN rapport", "INTERNAL report"));
        let of = t("av", "av", "of");
        let mut line = |name: &str, value: &str| {
            let _ = writeln!(text, "  {name:<38}{value}");
        };
        let share = percent(self.loss.share_of_cells());
        line(t("skjulte celler", "skjulte celler", "hidden cells"), &format!("{hidden} {of} {cells}, {share}"));
        line(t("  etter regelen", "  etter regelen", "  by the rule"), &primary.to_string());
        line(
            t("  så de ikke kan regnes ut", "  så dei ikkje kan reknast ut", "  so that these cannot be worked out"),
            &secondary.to_string(),
        );
        line(t("  av dem fra reparasjon", "  av dei frå reparasjon", "  of them by repair"), &repair.to_string());
        let people = match (self.loss.people, self.loss.hidden_people) {
            (Some(people), Some(hidden)) => format!("{hidden} {of} {people}, {}", percent(self.loss.share_of_people())),
            _ => "–".into(),
        };
        line(t("mennesker eller beløp i dem", "menneske eller beløp i dei", "people or amounts in them"), &people);
        text + &in_words(&self.alternatives(), lang)
    }
}

/// Coarser tables that would do, one on each line.
fn in_words(alternatives: &[Alternative], lang: Lang) -> String {
    let mut text = String::new();
    for Alternative { coarsening, cells, hidden } in alternatives {
        let how = match coarsening {
            Coarsening::WithoutDimension { dimension } => {
                format!("{} {dimension}", lang.pick("uten", "utan", "without"))
            }
            Coarsening::WithoutLevel { dimension, codes } => {
                let some: Vec<&str> = codes.iter().take(4).map(String::as_str).collect();
                let more = if codes.len() > some.len() { ", …" } else { "" };
                format!("{dimension} {} {}{more}", lang.pick("som", "som", "as"), some.join(", "))
            }
        };
        let words = lang.pick("grovere", "grovare", "coarser");
        let skjult = lang.pick("skjult av", "skjult av", "hidden of");
        let _ = writeln!(text, "  {words}: {how}: {hidden} {skjult} {cells}");
    }
    text
}
