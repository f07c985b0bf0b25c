//! The cubes themselves: what no policy gives, and texts that stand in a cube and nowhere else.
//!
//! All else is held against the cubes, so a cube that somebody changed would change what is meant. It is told by what the
//! other files say: one of them alone can be wrong, all of them are not.

use super::numbers::{Number, in_digits, numbers};
use super::spelling::has_quantity;
use super::text::has_digit;
use super::{File, Finding, Leak, Page};
use crate::cube::{Cube, Status};
use crate::disclosure::Policy;
use crate::disclosure::inversion::{Roll, Rounding, Shown as Figure, candidates};
use crate::disclosure::{open, protect, recruitment};
use crate::show::markup::escaped;
use crate::show::number::whole;
use crate::text::{Lang, Text};

/// A text of a cube: where it stands, its language, the text.
type Said<'a> = (String, Lang, &'a str);

impl Page<'_> {
    /// All cubes, whether or not they are written as they should be, before anything is held against them.
    pub(super) fn cubes(&mut self, files: &[File<'_>]) {
        for at in 0..self.reference.cubes.len() {
            let name = format!("{}.json", self.reference.cubes[at].cube.id);
            if let Some(file) = files.iter().find(|file| file.name == name) {
                self.cube(at, file, files);
            }
        }
        self.doubtful = self.findings.iter().any(|finding| finding.leak == Leak::Disagreement);
    }

    fn cube(&mut self, at: usize, file: &File<'_>, files: &[File<'_>]) {
        let Some(known) = self.reference.cubes.get(at) else { return };
        let cube = known.cube.clone();
        // Official statistics were public before they came here, and figures of recruitment say nothing exactly. Every other
        // file is still held against them.
        if open::is_sound(&cube) || recruitment::is_sound(&cube) {
            return;
        }
        let said = texts(&cube);
        let line = |text: &str| {
            let bytes = String::from_utf8_lossy(file.bytes);
            let quoted = serde_json::to_string(text).unwrap_or_default();
            bytes.find(&quoted).map_or(1, |at| bytes[..at].matches('\n').count() + 1)
        };
        let about =
            |leak, place: &str, text: &str| Finding::new(file.name, leak).line(line(text)).place(place).value(text);
        for place in unknown_words(&cube) {
            self.push(Finding::new(file.name, Leak::Field).line(1).place(&place));
        }
        for (place, lang, text) in &said {
            let counts = |number: &Number| !matches!(number, Number::Plain { answers: false, .. });
            let is_ours = place.contains("about.protection") || place.contains("about.method");
            let finding = about(Leak::Figure, place, text);
            if !is_ours && numbers(&in_digits(text)).iter().any(counts) {
                let found = self.read(finding, text, *lang);
                self.push(found);
            } else if !self.is_shown(text)
                && !self.is_translation(place, text, &said)
                && (has_digit(text) || has_quantity(text) || self.reference.names_group(text, *lang))
            {
                self.push(finding);
            }
        }
        self.cells(file, at, &cube);
        let mut alone: Vec<(&str, &str)> = said.iter().map(|(place, _, text)| (place.as_str(), *text)).collect();
        alone.extend(dates(&cube));
        alone.retain(|(_, text)| self.is_alone(text, 2, file, files));
        // Codes stand in the table alone.
        let codes = cube.dimensions.iter().flat_map(|axis| &axis.categories);
        let codes = codes.map(|category| ("dimension.index", category.code.as_str()));
        alone.extend(codes.filter(|(_, code)| self.is_alone(code, 1, file, files)));
        for (place, text) in &alone {
            self.push(about(Leak::Disagreement, place, text));
        }
        if alone.is_empty() && self.all_disagree(file, files, &cube.id) {
            self.push(Finding::new(file.name, Leak::Disagreement).line(1));
        }
    }

    /// Whether a text of a cube is to be read anywhere else.
    fn is_shown(&self, text: &str) -> bool {
        let escaped = escaped(text);
        self.derived.texts().any(|(name, wanted)| !name.ends_with(".json") && holds(wanted, text, &escaped))
    }

    /// Whether a label, of which pages show nothing where all figures are hidden, has figures only where its words in
    /// bokmål have: those stand in the table of data.
    fn is_translation(&self, place: &str, text: &str, said: &[Said<'_>]) -> bool {
        let stem = |place: &str| place.rsplit_once('.').map(|(stem, _)| stem.to_owned());
        let is_first = |(other, lang, _): &&Said<'_>| *lang == Lang::Nb && stem(other) == stem(place);
        let first = said.iter().find(is_first).map(|(.., first)| *first).filter(|first| self.is_shown(first));
        let has_number = |text: &str| has_digit(text) || has_quantity(text);
        place.starts_with("labels.") && first.is_some_and(|first| has_number(first) || !has_number(text))
    }

    /// Whether so many other files or more should hold a text, and none of them does.
    fn is_alone(&self, text: &str, fewest: usize, own: &File<'_>, files: &[File<'_>]) -> bool {
        let escaped = escaped(text);
        let others = files.iter().filter(|file| file.name != own.name).filter(|file| {
            let wanted = self.derived.get(file.name).and_then(|wanted| std::str::from_utf8(wanted).ok());
            wanted.is_some_and(|wanted| holds(wanted, text, &escaped))
        });
        let found = |file: &File<'_>| holds(&String::from_utf8_lossy(file.bytes), text, &escaped);
        let others: Vec<bool> = others.map(found).collect();
        others.len() >= fewest && !others.contains(&true)
    }

    /// Whether three or more files of a cube are there, and none is what it gives.
    fn all_disagree(&self, own: &File<'_>, files: &[File<'_>], id: &str) -> bool {
        let of_cube = |file: &&File<'_>| {
            file.name != own.name && file.name.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'))
        };
        let same = |file: &File<'_>| self.derived.get(file.name).map(|wanted| wanted == file.bytes);
        let others: Vec<bool> = files.iter().filter(of_cube).filter_map(same).collect();
        others.len() >= 3 && !others.contains(&true)
    }

    /// The cells: no value that a status does not allow, no part of a scale that no tier has.
    fn cells(&mut self, file: &File<'_>, at: usize, cube: &Cube) {
        for (index, cell) in cube.cells.iter().enumerate() {
            if cell.status == Status::NoAnswers {
                let finding = Finding::new(file.name, Leak::HiddenMark).line(1).place(&format!("status[{index}]"));
                self.push(finding.value("no-answers").cell(self.reference.codes(at, index)));
            }
            let value = |measure| cube.value(cell, measure);
            for measure in &cube.measures {
                let id = measure.id.as_str();
                let Some(found) = value(id) else { continue };
                let fits = match (cell.status, id) {
                    (Status::Band, "bands") => BANDS.contains(&found),
                    (Status::Band, "band") => found >= 1.0 && value("bands").is_some_and(|bands| found <= bands),
                    (Status::Exact, "band" | "bands") => false,
                    (Status::Exact, "share") => is_exact(found, value("n")),
                    (Status::Exact, _) => true,
                    (Status::Under | Status::Over, "share") => is_end(cell.status, found, value("n")),
                    (Status::Under | Status::Over, "n") => true,
                    _ => false,
                };
                if !fits || found.fract() != 0.0 {
                    let text = found.to_string();
                    let finding = Finding::new(file.name, Leak::CellValue).line(1).place(&format!("value, {id}"));
                    let finding = self.about(finding.value(&text), at, index, &super::data::number(id, &text));
                    self.push(finding);
                }
            }
        }
    }
}

/// Into how many parts a scale may be cut.
const BANDS: [f64; 2] = [3.0, 5.0];

/// From this many answers on, a whole percent, whatever a project says.
const EXACT_FROM: i64 = 20;

/// Whether a share with so many answers may be shown in whole percent: enough on either side.
fn is_exact(share: f64, n: Option<f64>) -> bool {
    let Some(n) = n.map(|n| whole(n).unwrap_or(0)) else { return true };
    let end = Policy::default().end_code;
    let figure = Figure::Share { value: share, per: 100.0, rounding: Rounding::decimals(0) };
    let fits = |n: u64| candidates(&figure, &Roll::known(n)).iter().any(|one| one.x >= end && one.n - one.x >= end);
    n >= EXACT_FROM && u64::try_from(n).is_ok_and(|n| n > crate::disclosure::inversion::LARGEST_ROLL || fits(n))
}

/// Whether a limit is the share of the few that it says are fewer.
fn is_end(status: Status, limit: f64, n: Option<f64>) -> bool {
    let Some(n) = n else { return true };
    #[expect(clippy::cast_precision_loss, reason = "five")]
    let few = 100.0 * Policy::default().end_code as f64 / n;
    let meant = if status == Status::Under { few } else { 100.0 - few };
    (limit - meant).abs() < 1.0
}

fn holds(found: &str, text: &str, escaped: &str) -> bool {
    found.contains(text) || found.contains(escaped)
}

/// All texts of a cube that are not those of every cube.
fn texts(cube: &Cube) -> Vec<Said<'_>> {
    let mut all = Vec::new();
    push(&mut all, "title", &cube.title);
    for axis in &cube.dimensions {
        push(&mut all, &format!("labels.{}.label", axis.id), &axis.label);
        for (at, category) in axis.categories.iter().enumerate() {
            push(&mut all, &format!("labels.{}.categories[{at}]", axis.id), &category.label);
        }
    }
    let about = &cube.about;
    for (name, text) in
        [("base", &about.base), ("method", &about.method), ("protection", &about.protection), ("notice", &about.notice)]
    {
        push(&mut all, &format!("about.{name}"), text);
    }
    for (at, source) in about.sources.iter().enumerate() {
        push(&mut all, &format!("about.sources[{at}].name"), &source.name);
        all.push((format!("about.sources[{at}].licence"), Lang::Nb, &source.licence));
    }
    all.retain(|(_, _, text)| !text.is_empty());
    all
}

fn push<'a>(all: &mut Vec<Said<'a>>, place: &str, text: &'a Text) {
    all.extend(Lang::ALL.map(|lang| (format!("{place}.{}", lang.tag()), lang, text.get(lang))));
}

/// Where a cube has other measures, another policy or other dates than those there are.
fn unknown_words(cube: &Cube) -> Vec<String> {
    let mut all = Vec::new();
    let ours = protect::measures();
    for measure in cube.measures.iter().filter(|measure| !ours.contains(measure)) {
        all.push(format!("dimension.measure.{}", measure.id));
    }
    if cube.about.policy != Policy::NAME {
        all.push("about.policy".into());
    }
    all.extend(dates(cube).filter(|(_, date)| !crate::date::is_date(date)).map(|(place, _)| place.to_owned()));
    all
}

/// The dates of a cube that has them.
fn dates(cube: &Cube) -> impl Iterator<Item = (&str, &str)> {
    let about = &cube.about;
    let own = [("about.updated", &about.updated), ("about.valid_until", &about.valid_until)].into_iter();
    let all = own.chain(about.sources.iter().map(|source| ("about.sources.date", &source.date)));
    all.map(|(place, date)| (place, date.as_str())).filter(|(_, date)| !date.is_empty())
}
