//! What a published folder gives away: every byte that a reader's browser may load, held against the safe cubes in it.
//!
//! All in such a folder follows from its cubes (JSON-stat). So each file is written again from them (`derived.rs`): one
//! with the same bytes says no more than the cubes do. Every place where another differs is a finding (`difference.rs`),
//! and what differs is read for what it tells. Nothing is trusted because this software drew it: pages that somebody made
//! by hand are judged by the same rules.
//!
//! | where | what is judged | file |
//! |---|---|---|
//! | cubes | statuses and values that no policy gives; texts that no other file has | `cubes.rs` |
//! | JSON | values that a cell's status does not allow; members that no cube has | `data.rs` |
//! | the register of measures | texts that say how many people | `measures.rs` |
//! | CSV | columns, values and order | `data.rs` |
//! | HTML, SVG | each text and attribute: what is left once all that may be said is taken out; elements, addresses | `tree.rs` |
//! | tables | value, attributes and order of each row | `table.rs` |
//! | charts | edges of each shape on its track; cells that show the same are drawn the same | `chart.rs` |
//! | figures in a text, in digits, words and other letters | what they leave of the counts | `spelling.rs`, `numbers.rs` |
//! | alternative text | value and order of each row | `text.rs` |
//! | PNG | chunks that hold text; whether it is the SVG, drawn | `picture.rs` |
//! | the program of the widget | whether it is the one whose digests are beside it | `program.rs` |
//! | all | files that nothing here writes | here |
//!
//! A figure that is found is turned back into the (x, n) that would have given it: see [`super::inversion`].

mod chart;
mod cubes;
mod data;
mod derived;
mod difference;
mod finding;
mod markup;
mod measures;
mod numbers;
mod picture;
mod program;
mod reference;
mod rolls;
mod slots;
mod spelling;
mod table;
mod text;
mod tree;

pub use finding::{Finding, Leak};
pub use rolls::{Rolls, RollsProblem};

use crate::disclosure::SafeCube;
use crate::export::jsonstat;
use crate::show::page::{File as Kind, file};
use crate::text::Lang;
use derived::Derived;
use difference::{Difference, differences};
use reference::Reference;
use spelling::visible;

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

/// The list of a published folder's files.
const MANIFEST: &str = ".bygdepuls-files";
/// The program of the widget and its digests.
const SCRIPT: &str = "assets/bygdepuls.js";
const MODULE: &str = "assets/bygdepuls_bg.wasm";
const DIGESTS: &str = "assets/integrity.json";
const WIDGET: [&str; 3] = [SCRIPT, MODULE, DIGESTS];

/// How many differences of one file are listed.
const LISTED: usize = 40;

/// How many lines above a difference the element may begin that it is in.
const OPENED: usize = 2;

/// Audits a public folder.
///
/// `rolls` gives n where readers know it; without it n is what a cell's tier says. `redraw`, where given, draws each SVG
/// again and compares it with the PNG of the same name.
///
/// What is not looked at: the pixels of a picture where `redraw` is not given, and what the program in `assets` does (it
/// is the same for every folder; its digests stand beside it).
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
    page.cubes(files);
    page.measures(files);
    let mut of_cubes = std::mem::take(&mut page.findings);
    for one in files {
        page.findings.extend(of_cubes.extract_if(.., |finding| finding.file == one.name || finding.file.is_empty()));
        page.file(one, files, redraw);
    }
    page.findings.append(&mut of_cubes);
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
    derived: Derived,
    rolls: &'a Rolls,
    /// Names of all files that may be there, and so may be named.
    names: Vec<String>,
    /// Whether a cube says something else than all other files: what these do not say is then no fault of theirs.
    doubtful: bool,
    findings: Vec<Finding>,
}

impl<'a> Page<'a> {
    fn new(files: &[File<'_>], rolls: &'a Rolls) -> Self {
        let reference = Reference::of(files);
        let cubes: Vec<SafeCube> = reference.cubes.iter().map(|known| known.cube.clone()).collect();
        let mut names = derived::names(&cubes, derived::measures(files).as_ref());
        names.extend([MANIFEST].iter().chain(&WIDGET).map(|&name| name.to_owned()));
        let derived = Derived::of(&reference, files);
        Self { reference, derived, rolls, names, doubtful: false, findings: Vec::new() }
    }

    fn file(&mut self, one: &File<'_>, files: &[File<'_>], redraw: Option<Redraw<'_>>) {
        let before = self.findings.len();
        let name = one.name;
        let lang = Lang::ALL.into_iter().find(|lang| name.contains(&format!(".{}.", lang.tag()))).unwrap_or(Lang::Nb);
        if !self.names.iter().any(|known| known == name) {
            return self.unknown(one, lang);
        }
        let cube = self.reference.cube_of_file(name);
        self.said_in_slots(one, lang);
        let wanted = self.derived.get(name).map(<[u8]>::to_vec);
        if wanted.as_deref() == Some(one.bytes) {
            return;
        }
        if self.doubtful && wanted.is_some() && !name.ends_with(".json") {
            return self.push(Finding::new(name, Leak::NotDerived));
        }
        let text = std::str::from_utf8(one.bytes);
        match (name.rsplit('.').next(), text) {
            (Some("png"), _) => return self.png(one, files, redraw),
            (Some("wasm"), _) => return self.digest(one, files),
            (_, Err(_)) => self.push(Finding::new(name, Leak::Malformed).value("UTF-8")),
            (Some("html" | "svg"), Ok(text)) => self.markup(name, text, cube, lang),
            (Some("json"), Ok(text)) if name == DIGESTS => self.digests(name, text),
            (Some("json"), Ok(_)) => self.json(one),
            (Some("csv"), Ok(text)) => self.csv(name, text, cube),
            (Some("txt"), Ok(text)) => self.spoken(Finding::new(name, Leak::Figure), text, cube, lang),
            (Some("js"), Ok(text)) => {
                self.script(name, text);
                self.digest(one, files);
            }
            (_, Ok(text)) => self.plain(name, text),
        }
        if let (Some(wanted), Ok(text)) = (wanted, text) {
            self.compare(name, text, &String::from_utf8_lossy(&wanted), before, lang);
        }
        if text.is_ok_and(|text| text.trim_end().lines().count() == 1) {
            self.findings[before..].iter_mut().for_each(|finding| finding.line = 1);
        }
    }

    /// Every place where a file is not what the cubes give, unless a rule has told it already. The last net: what no rule
    /// has a name for.
    fn compare(&mut self, file: &str, found: &str, wanted: &str, before: usize, lang: Lang) {
        let Some(all) = differences(found, wanted) else {
            // Somebody wrote it by hand, or another program did: the rules alone can judge it.
            if self.findings.len() == before {
                let same = found.bytes().zip(wanted.bytes()).take_while(|(found, wanted)| found == wanted).count();
                let line = found.bytes().take(same).filter(|&byte| byte == b'\n').count() + 1;
                self.push(Finding::new(file, Leak::NotDerived).line(line));
            }
            return;
        };
        // What is as it should be is no finding, whatever a rule may think of it.
        let mut told = self.findings.split_off(before);
        let first = all.first().map_or(0, |one| one.line);
        let last = all.last().map_or(0, Difference::last_line);
        let changed = first.saturating_sub(OPENED)..=last;
        told.retain(|one| one.line == 0 || one.leak == Leak::Malformed || changed.contains(&one.line));
        let few = all.len() <= LISTED;
        for one in all.iter().take(LISTED) {
            let known = told.iter_mut().find(|finding| {
                let near = one.line.saturating_sub(OPENED)..=one.line;
                (finding.line == 0 || near.contains(&finding.line)) && text::same(&finding.value, &one.added)
            });
            match known {
                Some(finding) => finding.line = one.line,
                None => {
                    let finding = Finding::new(file, Leak::NotDerived).line(one.line);
                    let finding = finding.place(&format!("{}:{}", one.line, one.column));
                    let finding = match one.added.is_empty() {
                        true => finding.leak(Leak::LeftOut).value(&visible(&one.removed)),
                        false => self.read(finding.value(&visible(&one.added)), &one.around, lang),
                    };
                    told.push(finding);
                }
            }
        }
        if !few {
            told.push(Finding::new(file, Leak::NotDerived));
        }
        self.findings.append(&mut told);
    }

    /// What pages say that no cube holds, once in each page.
    fn said_in_slots(&mut self, one: &File<'_>, lang: Lang) {
        let own = |stem| one.name == file(stem, Kind::Page, lang);
        let is_address = own("embed");
        let said = match (own("index"), is_address) {
            (true, _) => self.reference.slots.region.get(lang),
            (_, true) => self.reference.slots.address(),
            _ => return,
        };
        let said = said.to_owned();
        if let Some(found) = self.reference.figure_in_name(&said, is_address, lang) {
            let start = String::from_utf8_lossy(one.bytes);
            let line = start.lines().position(|line| line.contains(&said)).map_or(0, |at| at + 1);
            let finding = Finding::new(one.name, Leak::Figure).line(line).value(&said);
            let finding = self.read(finding, &found, lang);
            self.push(finding);
        }
    }

    /// A file that nothing here writes, and what it tells.
    fn unknown(&mut self, one: &File<'_>, lang: Lang) {
        // A cube that is no public one is worse than a file that nobody knows.
        let leak = match jsonstat::read_internal(one.bytes) {
            Ok(cube) if jsonstat::read(one.bytes).is_err() || cube.about.policy.is_empty() => Leak::Internal,
            _ if one.name.starts_with("internal") => Leak::Internal,
            _ => Leak::UnknownFile,
        };
        self.push(Finding::new(one.name, leak));
        let name = one.name.to_lowercase();
        if let Err(broken) = jsonstat::read_internal(one.bytes)
            && name.ends_with(".json")
        {
            self.push(Finding::new(one.name, Leak::Malformed).value(&broken.reason));
        }
        // Without a cube nothing may be said, and all of it is found.
        if self.reference.cubes.is_empty() {
            return;
        }
        match (name.rsplit('.').next(), std::str::from_utf8(one.bytes)) {
            (Some("html" | "htm" | "xhtml" | "svg"), Ok(text)) => self.markup(one.name, text, None, lang),
            (_, Ok(text)) if leak == Leak::UnknownFile => {
                for (at, line) in text.lines().enumerate().take(LISTED) {
                    self.prose(Finding::new(one.name, Leak::Figure).line(at + 1), line, None, lang);
                }
            }
            _ => {}
        }
    }

    /// The list of files: each of them must be one that may be there.
    fn plain(&mut self, name: &str, text: &str) {
        if name != MANIFEST {
            return;
        }
        for (at, line) in text.lines().enumerate() {
            if !line.is_empty() && !self.names.iter().any(|known| known == line) {
                self.push(Finding::new(name, Leak::UnknownFile).line(at + 1).value(line));
            }
        }
    }

    fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}
