//! Protected tables as JSON: what `bygdepuls protect --format json` prints, and `bygdepuls audit` reads.

use crate::disclosure::audit::Interval;
use crate::disclosure::published::Against;
use crate::disclosure::tables::Table;
use crate::disclosure::{Loss, Protection};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Tables and what the file says of them.
#[derive(Clone, Copy, Debug)]
pub struct Protected<'a> {
    /// The tables.
    pub protection: &'a Protection,
    /// The name of the policy.
    pub policy: &'a str,
    /// By cell between which counts it lies for an attacker, where that is to be written too.
    pub intervals: Option<&'a [Interval]>,
}

impl Protected<'_> {
    /// The cells of a table that somebody asked for: codes, the count where it is shown, the interval where it is hidden.
    pub fn cells<'a>(
        &'a self,
        table: usize,
    ) -> impl Iterator<Item = (Vec<&'a str>, Option<u64>, Option<Interval>)> + 'a {
        let linked = &self.protection.linked;
        let ids = linked.ids[table].iter().enumerate().map(|(cell, id)| (cell, *id as usize));
        ids.filter(|(_, id)| linked.cells.asked[*id]).map(move |(cell, id)| {
            let hidden = self.protection.hidden[id];
            let interval = self.intervals.filter(|_| hidden).map(|intervals| intervals[id]);
            (linked.tables[table].key(cell), (!hidden).then(|| linked.cells.counts[id]), interval)
        })
    }

    /// Writes the JSON, a cell on each line. No count of a hidden cell is in it.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let Protection { linked, attacker, .. } = self.protection;
        let loss = Loss::of(self.protection);
        let against = Against {
            coalition: attacker.coalition,
            small: attacker.small,
            narrow: attacker.narrow.unwrap_or_default(),
        };
        writeln!(out, "{{")?;
        writeln!(out, "  \"policy\": {},", json!(self.policy))?;
        writeln!(
            out,
            "  \"against\": {},",
            json!({
                "coalition": against.coalition, "small": against.small, "narrow": against.narrow
            })
        )?;
        writeln!(
            out,
            "  \"loss\": {},",
            json!({
                "cells": loss.cells, "hidden": loss.hidden,
                "people": loss.people, "hidden_people": loss.hidden_people
            })
        )?;
        self.table(0, "  ", out)?;
        if linked.tables.len() > 1 {
            writeln!(out, ",\n  \"linked\": [")?;
            for table in 1..linked.tables.len() {
                writeln!(out, "    {{")?;
                self.table(table, "      ", out)?;
                write!(out, "\n    }}{}", if table + 1 < linked.tables.len() { ",\n" } else { "\n" })?;
            }
            write!(out, "  ]")?;
        }
        writeln!(out, "\n}}")
    }

    fn table(&self, number: usize, indent: &str, out: &mut dyn Write) -> io::Result<()> {
        let linked = &self.protection.linked;
        let table = &linked.tables[number];
        let dims: Vec<&String> = table.dimensions.iter().map(|(name, _)| name).collect();
        writeln!(out, "{indent}\"dims\": {},", json!(dims))?;
        writeln!(out, "{indent}\"hierarchies\": {},", hierarchies(table))?;
        if self.protection.attacker.zeros_published {
            writeln!(out, "{indent}\"suppressed_lb\": 1,")?;
        }
        if self.protection.attacker.groups {
            let answers: Vec<&String> = table.answers().collect();
            writeln!(out, "{indent}\"response_dim\": {},", json!(answers))?;
        }
        let others = linked.ids[number].iter().any(|id| !linked.cells.asked[*id as usize]);
        writeln!(out, "{indent}\"others_exist\": {others},")?;
        writeln!(out, "{indent}\"cells\": [")?;
        let mut first = true;
        for (key, count, interval) in self.cells(number) {
            let mut cell = json!({ "key": key, "hidden": count.is_none() });
            if let Some(count) = count {
                cell["count"] = count.into();
            }
            if let Some(Interval { lower, upper, .. }) = interval {
                cell["interval"] = json!([lower, upper]);
            }
            write!(out, "{}{indent}  {cell}", if first { "" } else { ",\n" })?;
            first = false;
        }
        write!(out, "\n{indent}]")
    }
}

/// By dimension, how its codes sum up.
fn hierarchies(table: &Table) -> Value {
    let all = table.dimensions.iter().map(|(name, hierarchy)| {
        let of = |parent: usize| {
            hierarchy.branches(parent).map(move |branch| {
                let children: Vec<&str> = branch.iter().map(|child| hierarchy.code(*child)).collect();
                json!({ "parent": hierarchy.code(parent), "children": children })
            })
        };
        (name.clone(), Value::Array((0..hierarchy.len()).flat_map(of).collect()))
    });
    Value::Object(all.collect())
}
