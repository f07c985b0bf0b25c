//! What an audit found, as JSON: what `bygdepuls audit --format json` prints.

use crate::disclosure::audit::Interval;
use crate::disclosure::published::{Assembled, Leak};
use crate::disclosure::tables::CellId;
use serde_json::{Value, json};

/// The interval of every hidden cell, and the findings.
#[must_use]
pub fn json(audited: &Assembled, intervals: &[Interval], leaks: &[Leak]) -> Value {
    let name = |cell: CellId| {
        let cell = &audited.cells[cell as usize];
        json!({ "dims": cell.dims, "key": cell.key })
    };
    let hidden = |place: &usize| audited.cells[*place].is_named && audited.values[*place].is_none();
    let cell = |place: usize| {
        let Interval { lower, upper, is_tight } = intervals[place];
        let cell = &audited.cells[place];
        json!({ "dims": cell.dims, "key": cell.key, "hidden": true, "interval": [lower, upper], "tight": is_tight })
    };
    let finding = |leak: &Leak| match leak {
        Leak::Exact { cell, count, way } => {
            json!({ "kind": "exact", "cell": name(*cell), "interval": [count, count], "how": way.name() })
        }
        Leak::Narrow { cell, lower, upper, certain } => {
            json!({ "kind": "narrow", "cell": name(*cell), "interval": [lower, upper], "certain": certain })
        }
        Leak::Group { whole, answer, others, published } => json!({
            "kind": "group", "cell": name(*answer), "group": name(*whole), "others": [others.0, others.1],
            "how": if *published { "published" } else { "inferred" }
        }),
        Leak::Insider { own, cell, count } => {
            json!({ "kind": "insider", "cell": name(*cell), "interval": [count, count], "insider": name(*own) })
        }
    };
    json!({
        "cells": (0..audited.len()).filter(hidden).map(cell).collect::<Vec<Value>>(),
        "findings": leaks.iter().map(finding).collect::<Vec<Value>>(),
    })
}
