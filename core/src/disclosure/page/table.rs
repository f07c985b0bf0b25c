//! Tables: the value, the attributes and the order of each row.

use super::markup::{Child, Node};
use super::reference::Place;
use super::spelling::plain;
use super::tree::Context;
use super::{Finding, Leak, Page};
use crate::show::shown::Shown;

impl Page<'_> {
    pub(super) fn table(&mut self, table: &Node, at: Context<'_>) {
        self.attributes(table, at);
        let mut walk = Rows { panel: None, places: Vec::new(), looks: Vec::new() };
        self.rows(table, &mut walk, at);
        if let Some(two) = walk.places.windows(2).find(|two| two[1].0 < two[0].0) {
            let labels = walk.places.iter().map(|(_, label, _)| label.as_str()).collect::<Vec<_>>().join(", ");
            let finding = Finding::new(at.file, Leak::Order).line(two[1].2).place(&table.path).value(&labels);
            self.push(finding);
        }
    }

    fn rows(&mut self, node: &Node, walk: &mut Rows, at: Context<'_>) {
        for child in &node.children {
            match child {
                Child::Node(row) if row.name == "tr" => self.row(row, walk, at),
                Child::Node(part) if matches!(part.name.as_str(), "thead" | "tbody" | "tfoot") => {
                    self.attributes(part, at);
                    self.rows(part, walk, at);
                }
                other => self.child(other, node, at),
            }
        }
    }

    fn row(&mut self, row: &Node, walk: &mut Rows, at: Context<'_>) {
        let first = row.nodes().next().map(|cell| plain(&cell.text())).unwrap_or_default();
        let Some(place) = self.place(&first, walk, at) else {
            // A heading of a panel, a head, or a row that no cube has.
            if let Some(panel) = self.panel(&first, at) {
                walk.panel = Some(panel);
            }
            self.attributes(row, at);
            for child in &row.children {
                self.child(child, row, at);
            }
            return;
        };
        walk.places.push((place, first, row.line));
        self.row_attributes(row, &["lang"], place, at);
        let mut look = String::new();
        for (number, cell) in row.nodes().enumerate() {
            self.cell(cell, number, place, at);
            describe(cell, &mut look);
        }
        for child in &row.children {
            if let Child::Comment { .. } = child {
                self.child(child, row, at);
            }
        }
        let Some(shown) = self.reference.shown(place, at.lang) else { return };
        match walk.looks.iter().find(|(known, _)| *known == shown) {
            Some((_, known)) if *known != look => {
                let leak = if shown == Shown::Hidden { Leak::HiddenMark } else { Leak::Uneven };
                let found = self.of_place(at.finding(row, leak).value(&look), Some(place), &[]);
                self.push(found);
            }
            Some(_) => {}
            None => walk.looks.push((shown, look)),
        }
    }

    /// One cell of a row: the label first, then the value, then nothing.
    fn cell(&mut self, cell: &Node, number: usize, place: Place, at: Context<'_>) {
        self.row_attributes(cell, &["scope", "colspan", "lang"], place, at);
        self.inside(cell, place, at);
        let text = cell.text();
        match number {
            0 => self.label(at.finding(cell, Leak::Figure), &text, place, at),
            1 => self.value(at.finding(cell, Leak::Figure), &text, place, at.lang),
            _ if text.trim().is_empty() => {}
            _ => {
                let found = at.finding(cell, Leak::Figure).value(&text);
                let found = self.of_place(found, Some(place), &super::numbers::numbers(&text));
                self.push(found);
            }
        }
    }

    /// The label of a row: the cube's own, and nothing beside it.
    pub(super) fn label(&mut self, finding: Finding, text: &str, place: Place, at: Context<'_>) {
        let known = self.reference.cubes.get(place.cube).map(|known| known.content(at.lang));
        let Some(row) = known.and_then(|content| content.panels.get(place.panel)?.rows.get(place.row)) else { return };
        if let Some(rest) = plain(text).strip_prefix(&plain(&row.label)).filter(|rest| !rest.is_empty()) {
            let found = self.of_place(finding.value(rest), Some(place), &super::numbers::numbers(rest));
            self.push(found);
        }
    }

    fn inside(&mut self, node: &Node, place: Place, at: Context<'_>) {
        for child in &node.children {
            match child {
                Child::Node(inner) => {
                    if inner.name != "small" && inner.name != "strong" {
                        self.unknown_element(inner, at);
                    }
                    self.row_attributes(inner, &["lang"], place, at);
                    self.inside(inner, place, at);
                }
                Child::Comment { .. } => self.child(child, node, at),
                Child::Text { .. } => {}
            }
        }
    }

    /// The row with a label, in the panel under way, or in the only one.
    fn place(&self, label: &str, walk: &Rows, at: Context<'_>) -> Option<Place> {
        let cube = at.cube?;
        let content = self.reference.cubes.get(cube)?.content(at.lang);
        let panel = walk.panel.or_else(|| (content.panels.len() == 1).then_some(0))?;
        let rows = content.panels.get(panel)?.rows.iter().enumerate();
        let row = rows.filter(|(_, row)| begins(label, &row.label)).max_by_key(|(_, row)| row.label.len())?.0;
        Some(Place { cube, panel, row })
    }

    /// The panel with a heading.
    pub(super) fn panel(&self, heading: &str, at: Context<'_>) -> Option<usize> {
        let content = self.reference.cubes.get(at.cube?)?.content(at.lang);
        content.panels.iter().position(|panel| !panel.heading.is_empty() && plain(&panel.heading) == heading)
    }
}

/// Whether a text is a label, or begins with it and goes on with figures.
pub(super) fn begins(text: &str, label: &str) -> bool {
    text.strip_prefix(&plain(label))
        .is_some_and(|rest| rest.is_empty() || !rest.starts_with(char::is_alphanumeric) && super::text::has_digit(rest))
}

/// A table under way.
struct Rows {
    panel: Option<usize>,
    /// The rows met, with label and line.
    places: Vec<(Place, String, usize)>,
    /// How each kind of value looked first.
    looks: Vec<(Shown, String)>,
}

/// Elements and attributes without their text.
fn describe(node: &Node, out: &mut String) {
    out.push('<');
    out.push_str(&node.name);
    for (name, value) in &node.attributes {
        out.push_str(&format!(" {name}=\"{value}\""));
    }
    out.push('>');
    node.nodes().for_each(|child| describe(child, out));
}
