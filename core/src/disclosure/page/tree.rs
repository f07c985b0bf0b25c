//! Pages: each element, attribute and text of a tree.

use super::markup::{Child, Node, read};
use super::numbers::{Number, numbers};
use super::spelling::{is_odd, plain, visible};
use super::{Finding, Leak, Page};
use crate::text::Lang;

/// Elements that say nothing by themselves.
const PLAIN: [&str; 44] = [
    "",
    "a",
    "article",
    "body",
    "bygdepuls-indicator",
    "caption",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "html",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "small",
    "span",
    "strong",
    "summary",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "tr",
    "ul",
];

/// Attributes whose values are names or fixed words. Digits in them are looked at all the same.
const NAMES: [&str; 21] = [
    "aria-current",
    "aria-labelledby",
    "charset",
    "class",
    "crossorigin",
    "href",
    "hreflang",
    "id",
    "integrity",
    "lang",
    "loading",
    "name",
    "rel",
    "role",
    "sandbox",
    "scope",
    "src",
    "type",
    "xmlns",
    "colspan",
    "heading-level",
];

/// Values that hold digits for reasons of their own.
const FIXED: [&str; 10] = [
    "width=device-width, initial-scale=1",
    "utf-8",
    "http://www.w3.org/2000/svg",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "bp-page bp-alone",
];

/// Where in a document the walk is.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) file: &'a str,
    pub(super) lang: Lang,
    pub(super) cube: Option<usize>,
    /// Whether this is code to paste: shown, not loaded.
    pub(super) pasted: bool,
    /// Lines of the file before those that are counted: of code to paste its own are.
    pub(super) before: usize,
}

impl Context<'_> {
    pub(super) fn finding(&self, node: &Node, leak: Leak) -> Finding {
        Finding::new(self.file, leak).line(self.before + node.line).place(&node.path)
    }
}

impl Page<'_> {
    /// An HTML or SVG file.
    pub(super) fn markup(&mut self, file: &str, text: &str, cube: Option<usize>, lang: Lang) {
        match read(text) {
            Ok(root) => {
                let at = Context { file, lang, cube, pasted: false, before: 0 };
                self.odd_letters(&root, at);
                self.node(&root, at);
            }
            Err(broken) => {
                self.push(Finding::new(file, Leak::Malformed).line(broken.line).value(&broken.tag));
            }
        }
    }

    /// Letters that nobody sees or that look like others, and elements that stand there empty to be counted.
    fn odd_letters(&mut self, node: &Node, at: Context<'_>) {
        let carried = self.reference.carried(at.lang);
        let is_odd = |text: &str| text.chars().any(is_odd) && carried.rest_as_written(text).chars().any(is_odd);
        let odd = node.attributes.iter().filter(|(_, value)| is_odd(value));
        let mut found: Vec<Finding> = odd
            .map(|(name, value)| {
                at.finding(node, Leak::Letters).place(&format!("{}@{name}", node.path)).value(&visible(value))
            })
            .collect();
        for child in &node.children {
            if let Child::Text { text, line } = child
                && is_odd(text)
            {
                found.push(at.finding(node, Leak::Letters).line(*line).value(&visible(text)));
            }
        }
        let nodes: Vec<&Node> = node.nodes().collect();
        let is_empty = |node: &Node| node.children.is_empty() && node.attributes.is_empty();
        for run in nodes.chunk_by(|a, b| is_empty(a) && is_empty(b) && a.name == b.name).filter(|run| run.len() > 1) {
            found.push(at.finding(run[0], Leak::Element).value(&format!("{} × <{}>", run.len(), run[0].name)));
        }
        self.findings.append(&mut found);
        for inner in nodes {
            self.odd_letters(inner, at);
        }
    }

    fn node(&mut self, node: &Node, mut at: Context<'_>) {
        for name in ["id", "aria-labelledby"] {
            let of = node.attribute(name).and_then(|id| self.reference.cube_of_id(id));
            at.cube = of.or(at.cube);
        }
        match node.name.as_str() {
            "svg" => return self.chart(node, at),
            "table" => return self.table(node, at),
            "title" => {}
            "script" => self.script_element(node, at),
            "iframe" if at.pasted => {}
            name if PLAIN.contains(&name) => {}
            _ => self.unknown_element(node, at),
        }
        self.attributes(node, at);
        self.order_of(node, at);
        for child in &node.children {
            self.child(child, node, at);
        }
    }

    /// A child of an element that is no row of a figure.
    pub(super) fn child(&mut self, child: &Child, parent: &Node, at: Context<'_>) {
        match child {
            Child::Node(node) => self.node(node, at),
            Child::Comment { text, line } => {
                let finding =
                    Finding::new(at.file, Leak::Comment).line(at.before + *line).place(&parent.path).value(text.trim());
                self.push(finding);
            }
            Child::Text { .. } if parent.name == "script" => {}
            Child::Text { text, line } if parent.name == "code" && text.contains('<') => match read(text) {
                Ok(root) => self.node(&root, Context { pasted: true, before: line - 1, ..at }),
                Err(_) => self.prose(at.finding(parent, Leak::Figure), text, None, at.lang),
            },
            Child::Text { text, line } => {
                let finding = at.finding(parent, Leak::Figure).line(at.before + *line);
                self.prose(finding, text, None, at.lang);
            }
        }
    }

    fn script_element(&mut self, node: &Node, at: Context<'_>) {
        let text = node.text();
        if !text.trim().is_empty() {
            let cookie = ["document.cookie", "localStorage", "sessionStorage"].iter().any(|sign| text.contains(sign));
            let leak = if cookie { Leak::Cookie } else { Leak::Script };
            self.push(at.finding(node, leak).value(text.trim()));
        }
    }

    /// An element that no page of ours has: what its attributes say is listed with it.
    pub(super) fn unknown_element(&mut self, node: &Node, at: Context<'_>) {
        let attributes: Vec<String> =
            node.attributes.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        let tag = format!("<{} {}>", node.name, attributes.join(" "));
        self.push(at.finding(node, Leak::Element).value(&tag));
    }

    /// Attributes of an element that is no row of a figure.
    pub(super) fn attributes(&mut self, node: &Node, at: Context<'_>) {
        for (name, value) in &node.attributes {
            let finding = at.finding(node, Leak::Attribute).place(&format!("{}@{name}", node.path));
            match name.as_str() {
                _ if name.starts_with("on") => self.push(finding.leak(Leak::Script).value(value)),
                "http-equiv" if value.eq_ignore_ascii_case("set-cookie") => {
                    self.push(finding.leak(Leak::Cookie).value(value));
                }
                "class" if !value.split_whitespace().all(|class| class.starts_with("bp-")) => {
                    self.push(finding.value(value));
                }
                "lang" | "hreflang" if !Lang::ALL.iter().any(|lang| lang.tag() == value) => {
                    self.push(finding.value(value));
                }
                "http-equiv" => self.push(finding.value(value)),
                "style" | "srcdoc" | "srcset" | "ping" | "background" => self.push(finding.value(value)),
                "href" | "src" | "data" | "action" | "formaction" | "poster" | "xlink:href" => {
                    self.address(node, finding, value, at);
                }
                "width" if node.name == "iframe" && at.pasted && value == "100%" => {}
                "height" if node.name == "iframe" && at.pasted && self.reference.is_frame_height(value, at.lang) => {}
                _ if FIXED.contains(&value.as_str()) => {}
                _ if name.starts_with("data-") => self.push(finding.value(value)),
                _ if NAMES.contains(&name.as_str()) => self.prose(finding, value, None, at.lang),
                _ => self.prose(finding.leak(Leak::Figure), value, None, at.lang),
            }
        }
    }

    /// An address: of a file of the folder, or of a place to go to. What is loaded may come from nowhere else.
    fn address(&mut self, node: &Node, finding: Finding, value: &str, at: Context<'_>) {
        let known = |address: &str| self.names.iter().any(|name| name == address);
        let own = at.pasted && self.names.iter().any(|name| value.ends_with(&format!("/{name}")));
        if known(value)
            || own
            || value.strip_prefix('#').is_some_and(|id| id == "innhold" || self.reference.cube_of_id(id).is_some())
        {
            return;
        }
        let absolute = value.starts_with("//") || value.split('/').next().is_some_and(|scheme| scheme.contains(':'));
        match (node.name == "a", absolute) {
            (false, true) => self.push(finding.leak(Leak::ThirdParty).value(value)),
            _ => self.prose(finding, value, None, at.lang),
        }
    }

    /// A list of groups in another order than the cube's says which of them has more.
    fn order_of(&mut self, node: &Node, at: Context<'_>) {
        let items: Vec<(String, &Node)> = node.nodes().map(|child| (plain(&child.text()), child)).collect();
        let mut found = None;
        for known in &self.reference.cubes {
            for axis in &known.cube.dimensions {
                let place = |text: &str| {
                    let starts = |label: &str| {
                        text.strip_prefix(label).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
                    };
                    let fits =
                        axis.categories.iter().enumerate().filter(|(_, one)| starts(&plain(one.label.get(at.lang))));
                    fits.max_by_key(|(_, one)| one.label.get(at.lang).len()).map(|(place, _)| place)
                };
                let places: Vec<(usize, &Node)> =
                    items.iter().filter_map(|(text, child)| Some((place(text)?, *child))).collect();
                found = found.or_else(|| places.windows(2).find(|two| two[1].0 < two[0].0).map(|two| two[1].1));
            }
        }
        if let Some(child) = found {
            let labels: Vec<&str> = items.iter().map(|(text, _)| text.as_str()).collect();
            self.push(at.finding(child, Leak::Order).value(&labels.join(", ")));
        }
    }

    /// Attributes inside a row of a figure, where nothing may stand but what every row has.
    pub(super) fn row_attributes(
        &mut self,
        node: &Node,
        known: &[&str],
        place: super::reference::Place,
        at: Context<'_>,
    ) {
        for (name, value) in &node.attributes {
            let finding = at.finding(node, Leak::Attribute).place(&format!("{}@{name}", node.path)).value(value);
            let classes = || value.split(' ').all(|class| CLASSES.contains(&class));
            let said = self.reference.shown(place, at.lang);
            let said = said.is_some_and(|shown| super::text::allowed(shown, at.lang).contains(&plain(value)));
            let fits = match name.as_str() {
                "class" => classes(),
                _ => known.contains(&name.as_str()) || said && matches!(name.as_str(), "title" | "aria-label"),
            };
            if !fits {
                let found = self.of_place(finding, Some(place), &read_numbers(name, value));
                self.push(found);
            }
        }
    }
}

/// Classes of rows and shapes. They depend on the kind of figure, never on why something is hidden.
const CLASSES: [&str; 11] = [
    "bp-off",
    "bp-on",
    "bp-line",
    "bp-interval",
    "bp-point",
    "bp-none",
    "bp-hidden",
    "bp-strong",
    "bp-plain",
    "bp-soft",
    "bp-svg",
];

/// The figures of an attribute; one whose name says that it counts answers does.
fn read_numbers(name: &str, value: &str) -> Vec<Number> {
    if matches!(name, "data-n" | "n" | "data-svar" | "data-answers") {
        return numbers(&format!("n = {value}"));
    }
    if name == "style" {
        // Of `width: 18.18%` the number counts, of `width: 18px` it says nothing by itself.
        return value.split(';').flat_map(numbers).filter(|one| matches!(one, Number::Percent { .. })).collect();
    }
    numbers(value)
}
