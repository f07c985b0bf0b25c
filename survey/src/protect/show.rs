//! Protected tables for people, and as CSV.

use bygdepuls_core::disclosure::tables::{Hierarchy, Table, csv_code};
use bygdepuls_core::export::protected::Protected;
use bygdepuls_core::read::problem::visible;
use bygdepuls_core::text::Lang;
use std::borrow::Cow;
use std::io::{self, Write};

/// The sign of Statistics Norway for what cannot be published.
const HIDDEN: &str = ":";

/// The columns of the CSV after the dimensions.
const COLUMNS: [&str; 2] = ["count", "status"];
/// The columns after those, where there are intervals.
const LIMITS: [&str; 2] = ["lower", "upper"];

/// Dimensions that are named as columns of the CSV are.
pub(super) fn taken<'a>(protected: &'a Protected<'_>) -> impl Iterator<Item = &'a String> {
    let names =
        protected.protection.linked.tables.iter().flat_map(|table| table.dimensions.iter().map(|(name, _)| name));
    let has_limits = protected.intervals.is_some();
    names.filter(move |name| COLUMNS.contains(&name.as_str()) || (has_limits && LIMITS.contains(&name.as_str())))
}

/// Cross tables: the codes of the last dimension side by side, those of the others below each other, sums after their parts.
pub(super) fn table(protected: &Protected<'_>, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let linked = &protected.protection.linked;
    if protected.policy == "none" {
        let words =
            lang.pick("INTERN: ingenting er skjult", "INTERN: ingenting er skjult", "INTERNAL: nothing is hidden");
        writeln!(out, "{words}\n")?;
    }
    for number in 0..linked.tables.len() {
        if number > 0 {
            writeln!(out)?;
        }
        one(protected, number, lang, out)?;
    }
    let hidden = protected.protection.hidden_cells();
    let cells = linked.cells.asked.iter().filter(|asked| **asked).count();
    if hidden > 0 {
        let words = lang.pick("skjult", "skjult", "hidden");
        let of = lang.pick("av", "av", "of");
        let all = lang.pick("celler", "celler", "cells");
        writeln!(out, "\n{HIDDEN} {words}: {hidden} {of} {cells} {all}")?;
    }
    Ok(())
}

fn one(protected: &Protected<'_>, number: usize, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let linked = &protected.protection.linked;
    let (table, ids) = (&linked.tables[number], &linked.ids[number]);
    let is_asked = |codes: &[usize]| linked.cells.asked[ids[table.place(codes)] as usize];
    let text = |codes: &[usize]| {
        let id = ids[table.place(codes)] as usize;
        // What nobody asked for looks as what is hidden does.
        if protected.protection.hidden[id] || !linked.cells.asked[id] {
            HIDDEN.to_owned()
        } else {
            linked.cells.counts[id].to_string()
        }
    };
    let orders: Vec<Vec<usize>> = table.dimensions.iter().map(|(_, hierarchy)| sums_last(hierarchy)).collect();
    let Some((across, down)) = orders.split_last() else { return Ok(()) };
    let name = |place: usize, code: usize| visible(table.dimensions[place].1.code(code)).into_owned();
    let heads = table.dimensions.iter().map(|(name, _)| visible(name).into_owned());
    let mut lines: Vec<Vec<String>> = Vec::new();
    let labels = if down.is_empty() {
        lines.push(heads.chain([lang.pick("antall", "tal", "count").to_owned()]).collect());
        lines.extend(across.iter().map(|code| vec![name(0, *code), text(&[*code])]));
        1
    } else {
        let rows: Vec<Vec<usize>> = combinations(down);
        let with = |row: &[usize], code: usize| -> Vec<usize> { row.iter().copied().chain([code]).collect() };
        let across: Vec<usize> =
            across.iter().copied().filter(|code| rows.iter().any(|row| is_asked(&with(row, *code)))).collect();
        let heads = heads.take(down.len()).chain(across.iter().map(|code| name(down.len(), *code)));
        lines.push(heads.collect());
        for row in rows.iter().filter(|row| across.iter().any(|code| is_asked(&with(row, *code)))) {
            let labels = row.iter().enumerate().map(|(place, code)| name(place, *code));
            lines.push(labels.chain(across.iter().map(|code| text(&with(row, *code)))).collect());
        }
        down.len()
    };
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for line in &lines {
        let aligned = line.iter().zip(&widths).enumerate().map(|(column, (text, width))| {
            if column < labels { format!("{text:width$}") } else { format!("{text:>width$}") }
        });
        writeln!(out, "{}", aligned.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

/// The codes of a dimension, each sum after its parts.
fn sums_last(hierarchy: &Hierarchy) -> Vec<usize> {
    let mut order = Vec::with_capacity(hierarchy.len());
    let mut done = vec![false; hierarchy.len()];
    let is_part =
        |code: usize| (0..hierarchy.len()).any(|other| hierarchy.branches(other).flatten().any(|part| *part == code));
    let roots = (0..hierarchy.len()).filter(|code| !is_part(*code));
    for root in roots {
        let mut path = vec![(root, false)];
        while let Some((code, seen)) = path.pop() {
            if done[code] {
                continue;
            }
            if seen {
                done[code] = true;
                order.push(code);
            } else {
                path.push((code, true));
                let parts: Vec<usize> = hierarchy.branches(code).flatten().copied().collect();
                path.extend(parts.into_iter().rev().map(|part| (part, false)));
            }
        }
    }
    order
}

/// Every combination of codes, the first dimension slowest.
fn combinations(orders: &[Vec<usize>]) -> Vec<Vec<usize>> {
    orders.iter().fold(vec![Vec::new()], |rows, order| {
        rows.iter().flat_map(|row| order.iter().map(|code| row.iter().copied().chain([*code]).collect())).collect()
    })
}

/// A record for each cell: codes, count, status. Linked tables follow each other; what a table has no dimension of is empty.
/// Codes are written so that no spreadsheet takes them for formulas.
pub(super) fn csv(protected: &Protected<'_>, out: &mut dyn Write) -> io::Result<()> {
    let linked = &protected.protection.linked;
    let mut dims: Vec<&String> = Vec::new();
    for table in &linked.tables {
        let own = table.dimensions.iter().map(|(name, _)| name);
        own.for_each(|name| {
            if !dims.contains(&name) {
                dims.push(name)
            }
        });
    }
    let mut writer = csv::Writer::from_writer(out);
    let heads: Vec<Cow<'_, str>> = dims.iter().map(|name| csv_code(name)).collect();
    let limits = protected.intervals.map(|_| LIMITS).into_iter().flatten();
    writer.write_record(heads.iter().map(|name| &**name).chain(COLUMNS).chain(limits))?;
    for (number, table) in linked.tables.iter().enumerate() {
        let places: Vec<Option<usize>> = dims.iter().map(|name| place(table, name)).collect();
        for (key, count, interval) in protected.cells(number) {
            for place in &places {
                writer.write_field(&*csv_code(place.map_or("", |place| key[place])))?;
            }
            writer.write_field(count.map(|count| count.to_string()).unwrap_or_default())?;
            writer.write_field(match count {
                _ if protected.policy == "none" => "internal",
                Some(_) => "shown",
                None => "hidden",
            })?;
            if protected.intervals.is_some() {
                let (lower, upper) = interval.map_or((None, None), |interval| (Some(interval.lower), interval.upper));
                for limit in [lower, upper] {
                    writer.write_field(limit.map(|limit| limit.to_string()).unwrap_or_default())?;
                }
            }
            writer.write_record(None::<&[u8]>)?;
        }
    }
    writer.flush()
}

fn place(table: &Table, name: &str) -> Option<usize> {
    table.dimensions.iter().position(|(own, _)| own == name)
}
