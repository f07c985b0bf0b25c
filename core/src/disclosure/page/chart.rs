//! Charts: where each shape begins and ends on its track, and whether cells that show the same are drawn the same.
//!
//! A shape of a banded cell may begin and end at limits of bands only, and the shape of a hidden cell at the ends of the
//! track. All shapes of a class are equally high, far from the limits, coloured and opaque: a length that is a hair
//! off is a percentage with decimals.

use super::markup::{Child, Node};
use super::numbers::{Number, numbers};
use super::reference::Place;
use super::spelling::plain;
use super::text::allowed;
use super::tree::Context;
use super::{Leak, Page};
use crate::show::number;
use crate::show::shown::Shown;

/// Attributes that shapes and letters have. Everything else in a row is a finding.
const SHAPE: [&str; 9] = ["class", "fill", "height", "rx", "stroke", "stroke-dasharray", "width", "x", "y"];
const LETTERS: [&str; 8] = ["class", "fill", "font-size", "font-weight", "text-anchor", "x", "y", "lang"];
const PICTURE: [&str; 10] =
    ["aria-labelledby", "class", "font-family", "height", "lang", "role", "viewBox", "viewbox", "width", "xmlns"];

/// How far, in units of the picture, an edge may lie from a limit: parts of a track stand a little apart.
const APART: f64 = 2.0;

/// A row under way.
struct Row<'a> {
    place: Place,
    shapes: Vec<&'a Node>,
    value: String,
    texts: Vec<&'a Node>,
    done: bool,
}

/// A chart under way.
struct Chart<'a> {
    at: Context<'a>,
    panel: Option<usize>,
    rows: Vec<Row<'a>>,
    /// Text that belongs to no row yet.
    loose: Vec<&'a Node>,
}

impl Page<'_> {
    pub(super) fn chart(&mut self, svg: &Node, at: Context<'_>) {
        for (name, value) in &svg.attributes {
            if !PICTURE.contains(&name.as_str()) {
                let finding = at.finding(svg, Leak::Attribute).place(&format!("{}@{name}", svg.path)).value(value);
                self.push(finding);
            }
        }
        let only = at
            .cube
            .and_then(|cube| self.reference.cubes.get(cube))
            .is_some_and(|known| known.content(at.lang).panels.len() == 1);
        let mut chart = Chart { at, panel: only.then_some(0), rows: Vec::new(), loose: Vec::new() };
        self.parts(svg, true, &mut chart);
        self.flush(&mut chart);
        self.judge(svg, &chart);
    }

    fn parts<'a>(&mut self, parent: &'a Node, top: bool, chart: &mut Chart<'a>) {
        let at = chart.at;
        for child in &parent.children {
            let node = match child {
                Child::Node(node) => node,
                Child::Text { text, .. } if text.trim().is_empty() => continue,
                other => {
                    self.child(other, parent, at);
                    continue;
                }
            };
            match node.name.as_str() {
                "title" if top => self.prose(at.finding(node, Leak::Figure), &node.text(), None, at.lang),
                "desc" if top => self.spoken_or_prose(node, at),
                "style" => {
                    if format!("<style>{}</style>", node.text()) != crate::show::DARK {
                        self.push(at.finding(node, Leak::Style).value(node.text().trim()));
                    }
                }
                "g" => self.parts(node, false, chart),
                "text" => self.letters(node, chart),
                "rect" => self.shape(node, chart),
                _ => {
                    self.unknown_element(node, at);
                    self.parts(node, false, chart);
                }
            }
            if matches!(node.name.as_str(), "title" | "desc" | "g") && top {
                for (name, value) in node.attributes.iter().filter(|(name, _)| name != "id") {
                    let finding =
                        at.finding(node, Leak::Attribute).place(&format!("{}@{name}", node.path)).value(value);
                    self.push(finding);
                }
            }
        }
    }

    fn spoken_or_prose(&mut self, node: &Node, at: Context<'_>) {
        let text = node.text();
        let finding = at.finding(node, Leak::Figure);
        if plain(&text) == plain(crate::show::words::see_table(at.lang)) {
            return;
        }
        self.spoken(finding, &text, at.cube, at.lang);
    }

    fn shape<'a>(&mut self, node: &'a Node, chart: &mut Chart<'a>) {
        let at = chart.at;
        let first = chart.rows.is_empty();
        match chart.rows.last_mut() {
            Some(row) if !row.done => {
                row.shapes.push(node);
                let place = row.place;
                self.row_attributes(node, &SHAPE, place, at);
                self.tooltips(node, place, at);
            }
            // The paper behind the picture.
            _ if node.attribute("class") == Some("bp-bg") && first => {}
            _ => self.push(at.finding(node, Leak::Geometry).value(&attributes(node))),
        }
    }

    /// What stands inside a shape or a text: a tooltip, an animation.
    fn tooltips(&mut self, node: &Node, place: Place, at: Context<'_>) {
        for inner in &node.children {
            match inner {
                Child::Node(inner) if matches!(inner.name.as_str(), "title" | "desc") => {
                    self.value(at.finding(inner, Leak::Figure), &inner.text(), place, at.lang);
                    self.row_attributes(inner, &[], place, at);
                }
                Child::Node(inner) => self.unknown_element(inner, at),
                Child::Comment { .. } => self.child(inner, node, at),
                Child::Text { .. } => {}
            }
        }
    }

    /// A text: the next line of a value, a label, a heading, or none of them.
    fn letters<'a>(&mut self, node: &'a Node, chart: &mut Chart<'a>) {
        let at = chart.at;
        let text = own_text(node);
        if let Some(row) = chart.rows.last_mut().filter(|row| !row.done && !row.shapes.is_empty()) {
            let place = row.place;
            let longer = plain(&format!("{} {text}", row.value));
            let all = self.reference.shown(place, at.lang).map(|shown| allowed(shown, at.lang)).unwrap_or_default();
            let starts =
                |one: &String| one.strip_prefix(&longer).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
            if all.iter().any(starts) {
                row.value = longer;
                row.texts.push(node);
                self.row_attributes(node, &LETTERS, place, at);
                self.tooltips(node, place, at);
                return;
            }
            row.done = true;
            if !all.contains(&row.value) {
                let value = longer.clone();
                self.value(at.finding(node, Leak::Figure), &value, place, at.lang);
                self.row_attributes(node, &LETTERS, place, at);
                return;
            }
        }
        let mut lines: Vec<String> = chart.loose.iter().rev().take(8).map(|node| own_text(node)).collect();
        lines.reverse();
        lines.push(text);
        // A label or a heading may be broken into lines.
        for from in 0..lines.len() {
            let joined = plain(&lines[from..].join(" "));
            let cube = at.cube.unwrap_or_default();
            let row = chart.panel.and_then(|panel| {
                let content = self.reference.cubes.get(at.cube?)?.content(at.lang);
                let rows = content.panels.get(panel)?.rows.iter().enumerate();
                let fits = rows.filter(|(_, row)| super::table::begins(&joined, &row.label));
                let row = fits.max_by_key(|(_, row)| row.label.len())?.0;
                Some(Place { cube, panel, row })
            });
            let heading = self.panel(&joined, at);
            if row.is_none() && heading.is_none() {
                continue;
            }
            chart.loose.truncate(chart.loose.len() - (lines.len() - 1 - from));
            self.flush(chart);
            match row {
                Some(place) => {
                    self.label(at.finding(node, Leak::Figure), &joined, place, at);
                    self.row_attributes(node, &LETTERS, place, at);
                    self.tooltips(node, place, at);
                    chart.rows.push(Row {
                        place,
                        shapes: Vec::new(),
                        value: String::new(),
                        texts: vec![node],
                        done: false,
                    });
                }
                None => chart.panel = heading,
            }
            return;
        }
        chart.loose.push(node);
    }

    /// Judges the text that belongs to no row, as one text: it was broken into lines.
    fn flush(&mut self, chart: &mut Chart<'_>) {
        let at = chart.at;
        let place = chart.rows.last().map(|row| row.place);
        let loose = std::mem::take(&mut chart.loose);
        for node in &loose {
            for (name, value) in &node.attributes {
                if !LETTERS.contains(&name.as_str()) {
                    let finding =
                        at.finding(node, Leak::Attribute).place(&format!("{}@{name}", node.path)).value(value);
                    let found = self.of_place(finding, place, &numbers(value));
                    self.push(found);
                }
            }
            for inner in node.nodes() {
                if inner.name == "title" {
                    self.prose(at.finding(inner, Leak::Figure), &inner.text(), place, at.lang)
                } else {
                    self.unknown_element(inner, at)
                }
            }
        }
        if let Some(first) = loose.first() {
            let text = loose.iter().map(|node| own_text(node)).collect::<Vec<_>>().join(" ");
            self.prose(at.finding(first, Leak::Figure), &text, place, at.lang);
        }
    }

    /// Order, edges and looks of all rows together.
    fn judge(&mut self, svg: &Node, chart: &Chart<'_>) {
        let at = chart.at;
        if let Some(two) = chart.rows.windows(2).find(|two| two[1].place < two[0].place) {
            let labels: Vec<String> =
                chart.rows.iter().filter_map(|row| row.texts.first().map(|node| own_text(node))).collect();
            let node = two[1].texts.first().copied().unwrap_or(svg);
            self.push(at.finding(node, Leak::Order).value(&labels.join(", ")));
        }
        let Some(track) = Track::of(svg, chart) else { return };
        let mut looks: Vec<(Shown, String)> = Vec::new();
        let mut classes: Vec<(String, String)> = Vec::new();
        for row in &chart.rows {
            let Some(shown) = self.reference.shown(row.place, at.lang) else { continue };
            let mut found = None;
            for shape in &row.shapes {
                found = found.or_else(|| track.beyond(shape, shown).map(|at| (*shape, at)));
            }
            if let Some((shape, percent)) = found {
                let figure = Number::About { value: percent, slack: 100.0 * APART / track.length };
                let finding = self.of_place(
                    at.finding(shape, Leak::Geometry).value(&attributes(shape)),
                    Some(row.place),
                    &[figure],
                );
                self.push(finding);
                continue;
            }
            let look = look(row, &track, shown);
            match looks.iter().find(|(known, _)| *known == shown) {
                Some((_, known)) if *known != look => {
                    let leak = if shown == Shown::Hidden { Leak::HiddenMark } else { Leak::Uneven };
                    let node = row.shapes.first().copied().unwrap_or(svg);
                    let finding = self.of_place(at.finding(node, leak).value(&attributes(node)), Some(row.place), &[]);
                    self.push(finding);
                    continue;
                }
                Some(_) => {}
                None => looks.push((shown, look)),
            }
            if !matches!(shown, Shown::Band { .. } | Shown::Hidden) {
                continue;
            }
            let shapes = row.shapes.iter().map(|shape| {
                let class = shape.attribute("class").unwrap_or_default().to_owned();
                (*shape, class, track.kind(shape, row, shown))
            });
            let letters = row.texts.iter().enumerate().map(|(number, text)| {
                // The label has a kind of its own; values have one per class.
                let class = text.attribute("class").filter(|_| number > 0).unwrap_or("label");
                (*text, format!("text {class}"), kind_of_text(text))
            });
            for (shape, class, kind) in shapes.chain(letters) {
                match classes.iter().find(|(known, _)| *known == class) {
                    Some((_, known)) if *known != kind => {
                        let finding = at.finding(shape, Leak::Colours).value(&attributes(shape));
                        let finding = self.of_place(finding, Some(row.place), &[]);
                        self.push(finding);
                        break;
                    }
                    Some(_) => {}
                    None => classes.push((class, kind)),
                }
            }
        }
    }
}

/// The text of an element itself, without tooltips.
fn own_text(node: &Node) -> String {
    let mut out = String::new();
    for child in &node.children {
        match child {
            Child::Text { text, .. } => out.push_str(text),
            Child::Node(inner) if inner.name == "tspan" => out.push_str(&own_text(inner)),
            _ => {}
        }
    }
    plain(&out)
}

fn attributes(node: &Node) -> String {
    let of = |(name, value): &(String, String)| format!("{name}=\"{value}\"");
    node.attributes
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "fill" | "stroke"))
        .map(of)
        .collect::<Vec<_>>()
        .join(" ")
}

fn length(node: &Node, name: &str) -> Option<f64> {
    node.attribute(name).map_or(Some(0.0), |value| value.parse().ok())
}

/// Everything of a text but how far down it stands.
fn kind_of_text(text: &Node) -> String {
    let of = |(name, value): &(String, String)| format!("{name}={value}");
    text.attributes.iter().filter(|(name, _)| name != "y").map(of).collect::<Vec<_>>().join(" ")
}

/// How a row is drawn, apart from how far down it stands.
fn look(row: &Row<'_>, track: &Track, shown: Shown) -> String {
    let centre = track.centre(row);
    let mut out = String::new();
    for node in row.shapes.iter().chain(row.texts.iter().skip(1)) {
        out.push_str(&node.name);
        for (name, value) in &node.attributes {
            match (name.as_str(), value.parse::<f64>()) {
                ("y", Ok(y)) => out.push_str(&format!(" y={}", y - centre)),
                _ => out.push_str(&format!(" {name}={value}")),
            }
        }
        out.push(';');
    }
    // What is exact is drawn by its own figures.
    if matches!(shown, Shown::Band { .. } | Shown::Hidden) { out } else { String::new() }
}

/// Where 0 and 100 % are.
struct Track {
    left: f64,
    length: f64,
}

impl Track {
    /// From the axis, or from the outermost edges where there is none.
    fn of(svg: &Node, chart: &Chart<'_>) -> Option<Self> {
        let lang = chart.at.lang;
        let mut ends = [None, None];
        let texts: Vec<&Node> = svg.nodes().filter(|node| node.name == "text").collect();
        for three in texts.windows(3) {
            let says = |node: &Node, percent| own_text(node) == plain(&number::percent(percent, lang));
            if says(three[0], 0) && says(three[1], 50) && says(three[2], 100) {
                ends = [length(three[0], "x"), length(three[2], "x")];
                break;
            }
        }
        if let [Some(left), Some(right)] = ends
            && right > left
        {
            return Some(Self { left, length: right - left });
        }
        let edges = chart
            .rows
            .iter()
            .flat_map(|row| &row.shapes)
            .filter_map(|shape| Some((length(shape, "x")?, length(shape, "width")?)));
        let (left, right) = edges
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(left, right), (x, width)| (left.min(x), right.max(x + width)));
        (right > left).then_some(Self { left, length: right - left })
    }

    /// The percent at which a shape of a row begins or ends although the cell does not say so.
    fn beyond(&self, shape: &Node, shown: Shown) -> Option<f64> {
        let percent = |x: f64| 100.0 * (x - self.left) / self.length;
        let (Some(x), Some(width)) = (length(shape, "x"), length(shape, "width")) else { return Some(f64::NAN) };
        let edges = [percent(x), percent(x + width)];
        let slack = 100.0 * APART / self.length;
        let limits: Vec<f64> = match shown {
            Shown::Band { band, bands } => {
                let limit = |part: i64| 100.0 * whole(part) / whole(bands);
                // The part that is filled is the band, the others are the others.
                if shape.attribute("class") == Some("bp-on") {
                    let own = [limit(band - 1), limit(band)];
                    let off = |at: usize| (edges[at] - own[at]).abs();
                    return (0..2)
                        .filter(|&at| off(at) > slack)
                        .max_by(|&a, &b| off(a).total_cmp(&off(b)))
                        .map(|at| edges[at]);
                }
                (0..=bands).map(limit).collect()
            }
            Shown::Hidden => vec![0.0, 100.0],
            Shown::Exact { share, interval, .. } => {
                let (lower, upper) = interval.unwrap_or((share, share));
                // The mark of an exact figure is six wide.
                let mark = 300.0 / self.length;
                let mut all = vec![0.0, 100.0, whole(lower), whole(upper), whole(share) - mark, whole(share) + mark];
                all.push(whole(lower) + 100.0 / self.length);
                all
            }
            Shown::Under { limit, .. } | Shown::Over { limit, .. } => vec![0.0, 100.0, whole(limit)],
        };
        edges.into_iter().find(|edge| limits.iter().all(|limit| (edge - limit).abs() > slack))
    }

    /// The line around which the shapes of a row stand.
    fn centre(&self, row: &Row<'_>) -> f64 {
        let middle = |shape: &&Node| Some(length(shape, "y")? + length(shape, "height")? / 2.0);
        row.shapes.first().and_then(middle).unwrap_or(0.0)
    }

    /// What all shapes of a class have in common: everything but place.
    fn kind(&self, shape: &Node, row: &Row<'_>, shown: Shown) -> String {
        let mut out = String::new();
        for (name, value) in &shape.attributes {
            if !matches!(name.as_str(), "x" | "y" | "width") {
                out.push_str(&format!("{name}={value} "));
            }
        }
        let (x, width) = (length(shape, "x").unwrap_or(0.0), length(shape, "width").unwrap_or(0.0));
        let (y, height) = (length(shape, "y").unwrap_or(0.0), length(shape, "height").unwrap_or(0.0));
        let parts = if let Shown::Band { bands, .. } = shown { whole(bands) } else { 1.0 };
        let inset = |x: f64| {
            let at = (x - self.left) / self.length * parts;
            ((at - at.round()) * self.length / parts * 1000.0).round()
        };
        out.push_str(&format!("{} {} {}", inset(x), inset(x + width), y + height / 2.0 - self.centre(row)));
        out
    }
}

#[expect(clippy::cast_precision_loss, reason = "percents")]
fn whole(number: i64) -> f64 {
    number as f64
}
