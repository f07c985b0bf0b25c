//! Figures in words: what is left of a text once all that may be said is taken out.

use super::numbers::{Number, in_digits, numbers, pairs};
use super::reference::Place;
use super::spelling::{has_quantity, plain};
use super::{Finding, Leak, Page};
use crate::disclosure::inversion::{Candidate, Roll};
use crate::show::shown::{Content, Shown};
use crate::show::{self, words};
use crate::text::Lang;

/// Phrases that may be said, longest first.
pub(super) struct Vocabulary(Vec<String>);

impl Vocabulary {
    pub(super) fn new(mut phrases: Vec<String>) -> Self {
        phrases.retain(|phrase| !phrase.is_empty());
        phrases.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b)));
        phrases.dedup();
        Self(phrases)
    }

    /// What is left of a text. A phrase counts where it stands by itself, not inside a longer word or number.
    pub(super) fn rest(&self, text: &str) -> String {
        self.rest_as_written(&plain(text))
    }

    /// The same of a text letter by letter.
    pub(super) fn rest_as_written(&self, text: &str) -> String {
        let mut parts = vec![text.to_owned()];
        for phrase in &self.0 {
            parts = parts.iter().flat_map(|part| without(part, phrase)).collect();
        }
        parts.join(" | ")
    }
}

/// The parts of a text around each place where a phrase stands by itself.
fn without(text: &str, phrase: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut from, mut search) = (0, 0);
    while let Some(found) = text[search..].find(phrase) {
        let (start, end) = (search + found, search + found + phrase.len());
        let joined = |outside: Option<char>, inside: Option<char>| {
            outside.is_some_and(char::is_alphanumeric) && inside.is_some_and(char::is_alphanumeric)
        };
        let (mut before, mut after) = (text[..start].chars().rev(), text[end..].chars());
        // "2,5" and "2.5" are one number: a phrase that ends in 2 does not stand by itself there.
        let (next, then) = (after.next(), after.next());
        let decimal = phrase.ends_with(|c: char| c.is_ascii_digit())
            && matches!(next, Some(',' | '.'))
            && then.is_some_and(|c| c.is_ascii_digit());
        if joined(before.next(), phrase.chars().next()) || joined(next, phrase.chars().next_back()) || decimal {
            search = start + phrase.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        parts.push(text[from..start].to_owned());
        (from, search) = (end, end);
    }
    parts.push(text[from..].to_owned());
    parts
}

/// At most so many (x, n) are told of a figure that belongs to no cell.
const FEW: usize = 24;

/// Whether what a finding shows is what a difference adds, or holds it.
pub(super) fn same(value: &str, added: &str) -> bool {
    let added = added.split_whitespace().collect::<Vec<_>>().join(" ");
    !value.is_empty() && !added.is_empty() && (added.contains(value) || !without(value, &added).concat().eq(value))
}

fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

pub(super) fn has_digit(text: &str) -> bool {
    // Digits of every script, and ½, ³, ①.
    text.chars().any(char::is_numeric)
}

impl Page<'_> {
    /// A finding with the cell that it is of, and what its figures leave of it.
    pub(super) fn about(&self, finding: Finding, cube: usize, cell: usize, figures: &[Number]) -> Finding {
        let n = self.reference.cubes.get(cube).and_then(|known| self.rolls.n(&known.cube, cell));
        let (roll, band) = self.reference.roll(cube, cell, n);
        let mut left: Option<Vec<Candidate>> = None;
        for number in figures {
            let found = pairs(*number, &roll, band.as_ref());
            // A figure that fits nothing is of something else.
            if !found.is_empty() {
                left = Some(match left {
                    None => found,
                    Some(left) => left.into_iter().filter(|one| found.contains(one)).collect(),
                });
            }
        }
        finding.cell(self.reference.codes(cube, cell)).candidates(left.unwrap_or_default())
    }

    /// A finding of a place in a figure.
    pub(super) fn of_place(&self, finding: Finding, place: Option<Place>, figures: &[Number]) -> Finding {
        match place.and_then(|place| Some((place.cube, self.reference.cell(place)?))) {
            Some((cube, cell)) => self.about(finding, cube, cell, figures),
            None => finding,
        }
    }

    /// A finding with what a text around it tells: of the cell that it names, else of any group of up to 60.
    pub(super) fn read(&self, finding: Finding, text: &str, lang: Lang) -> Finding {
        let rest = self.reference.vocabulary(lang).rest(&in_digits(text));
        let figures = numbers(&rest);
        if let Some((cube, cell)) = self.reference.cell_named(text, lang) {
            return self.about(finding, cube, cell, &figures);
        }
        let roll = Roll::between(1, 60);
        // Numbers that may be of anything are left out.
        let mut figures = figures.iter().filter(|figure| !matches!(figure, Number::Plain { answers: false, .. }));
        let mut found = figures.by_ref().map(|figure| pairs(*figure, &roll, None));
        // Of a figure that fits very many groups nothing is told.
        match found.find(|found| (1..=FEW).contains(&found.len())) {
            Some(found) => finding.candidates(found),
            None => finding,
        }
    }

    /// Running text: whatever has a digit once all that may be said is taken out, says how many in words, or is a sentence
    /// of its own about a group. `finding` has the place.
    pub(super) fn prose(&mut self, finding: Finding, text: &str, place: Option<Place>, lang: Lang) {
        // A name such as `bp-more` says nothing.
        let is_said = finding.leak != Leak::Attribute;
        let own = self.reference.carried(lang).rest(text);
        if let Some(label) = self.reference.out_of_order(&own, lang) {
            self.push(finding.clone().leak(Leak::Order).value(&label));
        }
        let rest = self.reference.vocabulary(lang).rest(&in_digits(text));
        if has_digit(&rest) {
            let finding = finding.value(&rest_of(&rest));
            let found = match place {
                Some(_) => self.of_place(finding, place, &numbers(&rest)),
                None => self.read(finding, text, lang),
            };
            self.push(found);
        } else if has_letter(&rest) && (is_said && has_quantity(&rest) || self.reference.names_group(&own, lang)) {
            // "Hardly anybody in Lierne": a sentence of its own about a group.
            self.push(finding.leak(Leak::OtherWords).value(text));
        }
    }

    /// The value of a cell: exactly its words. `finding` has the place.
    pub(super) fn value(&mut self, finding: Finding, text: &str, place: Place, lang: Lang) {
        let Some(shown) = self.reference.shown(place, lang) else { return };
        if allowed(shown, lang).contains(&plain(text)) {
            return;
        }
        // Take out what may be said, so that the figure that is left is the one too many.
        let rest = Vocabulary::new(allowed(shown, lang)).rest(text);
        let leak = match (shown, has_digit(&rest)) {
            (_, true) => Leak::Figure,
            (Shown::Hidden, false) => Leak::HiddenMark,
            _ => Leak::OtherWords,
        };
        let found = self.of_place(finding.leak(leak).value(text), Some(place), &numbers(&rest));
        self.push(found);
    }

    /// The figure in words: each row's value in the order of the figure, and nothing more.
    pub(super) fn spoken(&mut self, finding: Finding, text: &str, cube: Option<usize>, lang: Lang) {
        let Some((at, known)) = cube.and_then(|at| Some((at, self.reference.cubes.get(at)?))) else {
            return self.prose(finding, text, None, lang);
        };
        let text = plain(text);
        if text == plain(&show::alt_text(&known.cube, lang)) {
            return;
        }
        let mut spoken = Vec::new();
        let mut taken = Vec::new();
        let mut cursor = 0;
        for (panel, heading, row, label) in rows(known.content(lang)) {
            let place = Place { cube: at, panel, row };
            if let Some(found) = text[cursor..].find(&plain(heading)).filter(|_| row == 0 && !heading.is_empty()) {
                cursor += found + plain(heading).len();
            }
            let sign = format!("{}: ", plain(label));
            let Some(found) = text[cursor..].find(&sign) else {
                if text[..cursor].contains(&sign) {
                    spoken.push((None, label.to_owned(), place));
                }
                continue;
            };
            let start = cursor + found + sign.len();
            // A decimal point is not a full stop.
            let stop = [". ", "; "].iter().filter_map(|stop| text[start..].find(stop)).min();
            let end = stop.map_or(text.trim_end_matches('.').len().max(start), |stop| start + stop);
            taken.push(text[cursor + found..end].to_owned());
            spoken.push((Some(()), text[start..end].to_owned(), place));
            cursor = end;
        }
        for (kind, value, place) in spoken {
            match kind {
                Some(()) => self.value(finding.clone(), &value, place, lang),
                None => self.push(finding.clone().leak(Leak::Order).value(&value)),
            }
        }
        let rest = Vocabulary::new(taken).rest(&text);
        self.prose(finding, &rest, None, lang);
    }
}

/// What is left, for people.
fn rest_of(rest: &str) -> String {
    rest.split(" | ").filter(|part| has_digit(part)).map(str::trim).collect::<Vec<_>>().join(" … ")
}

/// All rows of a figure with their panel: position, heading, position, label.
fn rows(content: &Content) -> impl Iterator<Item = (usize, &str, usize, &str)> {
    content.panels.iter().enumerate().flat_map(|(at, panel)| {
        panel.rows.iter().enumerate().map(move |(row, one)| (at, panel.heading.as_str(), row, one.label.as_str()))
    })
}

/// All that may stand as the value of a cell.
pub(super) fn allowed(shown: Shown, lang: Lang) -> Vec<String> {
    let words = plain(&shown.words(lang));
    let mut all = vec![words.clone()];
    if shown == Shown::Hidden {
        all.push(plain(words::not_shown_aloud(lang)));
    }
    if let Shown::Exact { interval: Some((lower, upper)), .. } = shown {
        all.push(plain(&format!("{words} ({})", show::number::percent_span(lower, upper, lang))));
    }
    let detail = shown.detail(lang);
    if !detail.is_empty() {
        all.push(plain(&format!("{words} ({detail})")));
    }
    all
}
