//! What a published folder gives away: every byte that a reader's browser may load, held against the safe cubes in it.
//!
//! The cubes (JSON-stat) say what may be said of each cell: its band, its whole percent, or nothing. A finding is
//! whatever in the other files says more. Nothing is trusted because this software drew it.
//!
//! | where | what is judged | file |
//! |---|---|---|
//! | JSON | values that a cell's status does not allow; members that no cube has | `data.rs` |
//! | CSV | columns, values and order | `data.rs` |
//! | HTML, SVG | each text and attribute: what is left once all that may be said is taken out; elements, addresses | `tree.rs` |
//! | tables | value, attributes and order of each row | `table.rs` |
//! | charts | edges of each shape on its track; cells that show the same are drawn the same | `chart.rs` |
//! | figures in a text, in digits and in words | what they leave of the counts | `numbers.rs` |
//! | alternative text | value and order of each row | `text.rs` |
//! | PNG | chunks that hold text; whether it is the SVG beside it, drawn | `picture.rs` |
//! | all | files that nothing here writes; what this program would have written otherwise | here |
//!
//! A figure that is found is turned back into the (x, n) that would have given it: see [`super::inversion`].

mod chart;
mod data;
mod finding;
mod markup;
mod numbers;
mod picture;
mod reference;
mod rolls;
mod table;
mod text;
mod tree;

pub use finding::{Finding, Leak};
pub use rolls::{Rolls, RollsProblem};

use crate::export::json::Json;
use crate::export::{csv, jsonstat};
use crate::show::page::{self, File as Kind, file};
use crate::show::{self, View};
use crate::text::Lang;
use reference::Reference;

/// One file of the folder: its name relative to the folder, with `/`, and its content.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// The name.
    pub name: &'a str,
    /// The content.
    pub bytes: &'a [u8],
}

/// Draws an SVG document as the PNG that is published with it; `None` where it cannot be drawn.
pub type Redraw<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// What an audit of a folder gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// All findings, file by file in the order given.
    pub findings: Vec<Finding>,
    /// Files looked at.
    pub files: usize,
    /// Cubes among them.
    pub cubes: usize,
    /// Cells of those that are published as a band or not at all.
    pub guarded: usize,
}

/// The list of a published folder's files, and what a page loads beside the figures.
const OURS: [&str; 5] = [
    ".bygdepuls-files",
    "assets/bygdepuls.css",
    "assets/page.css",
    "assets/bygdepuls_bg.wasm",
    "assets/integrity.json",
];
const SCRIPT: &str = "assets/bygdepuls.js";

/// Audits a public folder.
///
/// `rolls` gives n where readers know it; without it n is what a cell's tier says. `redraw`, where given, draws each SVG
/// again and compares it with the PNG of the same name.
///
/// What is not looked at: the pixels of a picture whose SVG is not there, and the program in `assets` (that is the same
/// for every folder). Words without figures are compared inside tables, charts and alternative texts, not in running
/// text.
///
/// # Example
///
/// ```
/// use bygdepuls_core::disclosure::page::{File, Leak, Rolls, audit};
/// let report = audit(&[File { name: "index.html", bytes: b"<p>2 of 11</p>" }], &Rolls::default(), None);
/// assert!(report.findings.iter().any(|finding| finding.leak == Leak::NoCube));
/// ```
#[must_use]
pub fn audit(files: &[File<'_>], rolls: &Rolls, redraw: Option<Redraw<'_>>) -> Report {
    let mut page = Page::new(files, rolls);
    if page.reference.cubes.is_empty() {
        page.push(Finding::new("", Leak::NoCube));
    }
    for one in files {
        page.file(one, files, redraw);
    }
    Report {
        files: files.len(),
        cubes: page.reference.cubes.len(),
        guarded: page.reference.guarded(),
        findings: page.findings,
    }
}

/// An audit under way.
struct Page<'a> {
    reference: Reference,
    rolls: &'a Rolls,
    /// Names of all files that may be there, and so may be named.
    names: Vec<String>,
    findings: Vec<Finding>,
}

impl<'a> Page<'a> {
    fn new(files: &[File<'_>], rolls: &'a Rolls) -> Self {
        let mut names: Vec<String> = OURS.iter().chain(&[SCRIPT]).map(|&name| name.to_owned()).collect();
        let reference = Reference::of(files);
        for lang in Lang::ALL {
            names.extend(["index", "embed"].map(|stem| file(stem, Kind::Page, lang)));
            for known in &reference.cubes {
                let kinds = [Kind::Data, Kind::Csv, Kind::Page, Kind::Svg, Kind::Png, Kind::Alt, Kind::Table];
                names.extend(kinds.map(|kind| file(&known.cube.id, kind, lang)));
            }
        }
        Self { reference, rolls, names, findings: Vec::new() }
    }

    fn file(&mut self, one: &File<'_>, files: &[File<'_>], redraw: Option<Redraw<'_>>) {
        let before = self.findings.len();
        let name = one.name;
        if !self.names.iter().any(|known| known == name) {
            self.unknown(one);
            return;
        }
        let lang = Lang::ALL.into_iter().find(|lang| name.contains(&format!(".{}.", lang.tag()))).unwrap_or(Lang::Nb);
        let cube = self.reference.cube_of_file(name);
        let text = std::str::from_utf8(one.bytes);
        match (name.rsplit('.').next(), text) {
            (Some("png"), _) => {
                let svg = files.iter().find(|file| file.name == name.replace(".png", ".svg"));
                self.png(one, svg, redraw);
                return;
            }
            (Some("wasm"), _) => return,
            (_, Err(_)) => self.push(Finding::new(name, Leak::Malformed).value("UTF-8")),
            (Some("html" | "svg"), Ok(text)) => self.markup(name, text, cube, lang),
            (Some("json"), Ok(_)) if !name.starts_with("assets/") => self.json(one),
            (Some("json"), Ok(text)) => self.digests(name, text),
            (Some("csv"), Ok(text)) => self.csv(name, text, cube),
            (Some("txt"), Ok(text)) => self.spoken(Finding::new(name, Leak::Figure), text, cube, lang),
            (Some("js"), Ok(text)) => self.script(name, text),
            (_, Ok(text)) => self.plain(name, text),
        }
        if self.findings.len() == before && !self.is_derived(one, cube, lang) {
            self.push(Finding::new(name, Leak::NotDerived));
        }
    }

    /// Whether a file is what the cubes give, where that can be told. The last net: what no rule above has a name for.
    fn is_derived(&self, one: &File<'_>, cube: Option<usize>, lang: Lang) -> bool {
        let File { name, bytes } = *one;
        match name {
            "assets/bygdepuls.css" => return bytes == show::CSS.as_bytes(),
            "assets/page.css" => return bytes == page::CSS.as_bytes(),
            _ => {}
        }
        // A page knows its day only by whether it says that it is old.
        let views = [None, Some("9999-12-31".to_owned())].map(|today| View { today, ..View::default() });
        let mut stem = name.split('.');
        if let Some(stem @ ("index" | "embed")) = stem.next() {
            let page = String::from_utf8_lossy(bytes);
            return self.reference.cubes.iter().all(|known| {
                views.iter().any(|view| {
                    let heading_level = if stem == "index" { 2 } else { 4 };
                    let view = View { id: known.cube.id.clone(), heading_level, ..view.clone() };
                    let figure = show::figure(&known.cube, &view, lang);
                    // The report tells method and protection outside the figure.
                    let open = figure.find("<details class=\"bp-more\">").filter(|_| stem == "index");
                    page.contains(&figure[..open.unwrap_or(figure.len())])
                })
            });
        }
        let Some(cube) = cube.and_then(|at| self.reference.cubes.get(at)).map(|known| &known.cube) else { return true };
        let Some(ending) = name.strip_prefix(&cube.id) else { return true };
        match ending.rsplit('.').next() {
            Some("svg") => bytes == show::svg(cube, lang).as_bytes(),
            Some("txt") => bytes == show::alt_text(cube, lang).as_bytes(),
            Some("csv") => bytes == csv::write(cube, Lang::Nb),
            Some("json") => bytes == jsonstat::write(cube),
            Some("html") if ending.ends_with(".table.html") => {
                views.iter().any(|view| bytes == show::table(cube, view, lang).as_bytes())
            }
            Some("html") => views.iter().any(|view| bytes == page::standalone(cube, view, lang).as_bytes()),
            _ => true,
        }
    }

    /// The digests of the program: a name and a digest each.
    fn digests(&mut self, file: &str, text: &str) {
        let digest = |value: &Json| {
            let digest = value.text().and_then(|text| text.strip_prefix("sha384-"));
            digest.is_some_and(|digest| digest.len() == 64)
        };
        match Json::parse(text.as_bytes()) {
            Ok(Json::Object(members)) => {
                for (name, _) in members.iter().filter(|(_, value)| !digest(value)) {
                    self.push(Finding::new(file, Leak::Field).place(name));
                }
            }
            _ => self.push(Finding::new(file, Leak::Malformed).value("JSON")),
        }
    }

    /// A file that nothing here writes.
    fn unknown(&mut self, one: &File<'_>) {
        // A cube that is no public one is worse than a file that nobody knows.
        let leak = match jsonstat::read_internal(one.bytes) {
            Ok(cube) if jsonstat::read(one.bytes).is_err() || cube.about.policy.is_empty() => Leak::Internal,
            _ if one.name.starts_with("internal") => Leak::Internal,
            _ => Leak::UnknownFile,
        };
        self.push(Finding::new(one.name, leak));
    }

    /// The list of files: each of them must be one that may be there.
    fn plain(&mut self, name: &str, text: &str) {
        if name != OURS[0] {
            return;
        }
        for (at, line) in text.lines().enumerate() {
            if !line.is_empty() && !self.names.iter().any(|known| known == line) {
                self.push(Finding::new(name, Leak::UnknownFile).line(at + 1).value(line));
            }
        }
    }

    /// The program of the page: it may keep nothing and ask nobody else.
    fn script(&mut self, name: &str, text: &str) {
        for (at, line) in text.lines().enumerate() {
            for (sign, leak) in [
                ("document.cookie", Leak::Cookie),
                ("localStorage", Leak::Cookie),
                ("sessionStorage", Leak::Cookie),
                ("indexedDB", Leak::Cookie),
                ("sendBeacon", Leak::ThirdParty),
                ("sourceMappingURL", Leak::UnknownFile),
            ] {
                if line.contains(sign) {
                    self.push(Finding::new(name, leak).line(at + 1).value(sign));
                }
            }
        }
    }

    fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}
