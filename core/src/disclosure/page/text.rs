//! Figures in words: what is left of a text once all that may be said is taken out.

use super::reference::Place;
use super::{Finding, Leak, Page};
use crate::disclosure::inversion::{Candidate, IntervalMethod, Roll, Rounding, Shown as Figure, candidates};
use crate::interval::{Level, ProportionMethod};
use crate::show::shown::{Content, Shown};
use crate::show::{self, words};
use crate::text::Lang;

/// A text as it is read: no-break spaces are spaces, and one is as good as many.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

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
        let mut parts = vec![plain(text)];
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

/// A figure in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    /// `18.2 %`.
    Percent { value: f64, decimals: u8 },
    /// A percentage that a drawing shows, give or take some.
    About { value: f64, slack: f64 },
    /// `5–48 %`.
    Span { lower: f64, upper: f64, decimals: u8 },
    /// `2 of 11`.
    Of { x: f64, n: f64 },
    /// `11`, perhaps with a word beside it that says that it counts answers.
    Plain { value: f64, decimals: u8, answers: bool },
}

/// All figures in a text, in order.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let text = plain(text).to_lowercase();
    let mut raw: Vec<(f64, u8, usize, usize)> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let digits = |at: &mut usize| {
            while bytes.get(*at).is_some_and(u8::is_ascii_digit) {
                *at += 1;
            }
        };
        digits(&mut at);
        let mut decimals = 0;
        if matches!(bytes.get(at), Some(b',' | b'.')) && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            at += 1;
            let from = at;
            digits(&mut at);
            decimals = u8::try_from(at - from).unwrap_or(u8::MAX);
        }
        if let Ok(value) = text[start..at].replace(',', ".").parse() {
            raw.push((value, decimals, start, at));
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&(value, decimals, start, end)) = raw.get(at) {
        let percent = |end: usize| {
            text[end..].trim_start().starts_with(['%', '\u{2030}'])
                || text[end..].trim_start().starts_with("pros")
                || text[end..].trim_start().starts_with("per cent")
        };
        let next = raw.get(at + 1).map(|next| (text[end..next.2].trim(), *next));
        at += 1;
        // "<5" says what it is not.
        if text[..start].trim_end().ends_with(['<', '>', '≤', '≥']) {
            continue;
        }
        match next {
            Some(("–" | "-" | "til" | "to", (upper, more, _, end))) if percent(end) => {
                found.push(Number::Span { lower: value, upper, decimals: decimals.max(more) });
                at += 1;
            }
            Some(("of" | "av" | "/" | "out of" | "frå" | "fra", (n, ..))) if !percent(end) => {
                found.push(Number::Of { x: value, n });
                at += 1;
            }
            _ if percent(end) => found.push(Number::Percent { value, decimals }),
            _ => {
                let (before, after) = (text[..start].trim_end(), text[end..].trim_start());
                let answers = before.ends_with("n =")
                    || before.ends_with("n=")
                    || before.ends_with("n:")
                    || after.starts_with("svar")
                    || after.starts_with("answer");
                found.push(Number::Plain { value, decimals, answers });
            }
        }
    }
    found
}

/// The (x, n) that a figure leaves of those that roll and band allow.
fn pairs(number: Number, roll: &Roll, band: Option<&Figure>) -> Vec<Candidate> {
    let mut found = match number {
        Number::Percent { value, decimals } => {
            candidates(&Figure::Share { value, per: 100.0, rounding: Rounding::decimals(decimals) }, roll)
        }
        Number::About { value, slack } => {
            candidates(&Figure::Share { value, per: 100.0, rounding: Rounding::to(2.0 * slack) }, roll)
        }
        Number::Of { x, n } => {
            let rounding = Rounding::decimals(0);
            candidates(&Figure::Count { x, n: Some(n), rounding }, roll)
        }
        Number::Plain { value, answers: true, .. } => {
            candidates(&Figure::Within { lower: 0.0, upper: 100.0, included: (true, true) }, roll)
                .into_iter()
                .filter(|one| (value - as_f64(one.n)).abs() < 0.5)
                .collect()
        }
        Number::Plain { value, decimals: 0, .. } => {
            candidates(&Figure::Count { x: value, n: None, rounding: Rounding::decimals(0) }, roll)
        }
        // A number with decimals is read as a percentage.
        Number::Plain { value, decimals, .. } => {
            candidates(&Figure::Share { value, per: 100.0, rounding: Rounding::decimals(decimals) }, roll)
        }
        Number::Span { lower, upper, decimals } => {
            use ProportionMethod as M;
            let ours = [M::Wilson, M::ClopperPearson, M::Jeffreys, M::AgrestiCoull].map(IntervalMethod::Proportion);
            let mut all: Vec<Candidate> = ours
                .into_iter()
                .chain([IntervalMethod::Wald])
                .flat_map(|method| {
                    let rounding = Rounding::decimals(decimals);
                    candidates(&Figure::Interval { lower, upper, method, level: Level::P95, rounding }, roll)
                })
                .collect();
            all.sort_unstable();
            all.dedup();
            all
        }
    };
    if let Some(band) = band {
        let allowed = candidates(band, roll);
        found.retain(|one| allowed.contains(one));
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "counts of people")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

/// Numbers in words as digits, where they are "two of eleven" or "eighteen percent": other words count nobody.
fn in_digits(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |at: usize| words.get(at).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let number = |at: usize| {
        let word = bare(at)?;
        let unit = |word: &str| NUMBERS.iter().position(|names| names.contains(&word));
        let tens = TENS.iter().enumerate().flat_map(|(ten, names)| names.iter().map(move |name| (10 * ten + 20, name)));
        let mut compound =
            tens.filter_map(|(ten, name)| Some((ten, word.strip_prefix(*name)?.trim_start_matches('-'))));
        let compound = compound.find_map(|(ten, rest)| {
            if rest.is_empty() { Some(ten) } else { Some(ten + unit(rest).filter(|unit| *unit < 10)?) }
        });
        unit(&word).or(compound)
    };
    let is = |at: usize, these: &[&str]| bare(at).is_some_and(|word| these.contains(&word.as_str()));
    let mut out: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    for (at, slot) in out.iter_mut().enumerate() {
        let of = |from: usize| number(from).is_some() && is(from + 1, &["of", "av"]) && number(from + 2).is_some();
        let counted = of(at) || at >= 2 && of(at - 2) || is(at + 1, &["percent", "prosent", "per", "pst"]);
        if let Some(value) = number(at).filter(|_| counted) {
            *slot = value.to_string();
        }
    }
    out.join(" ")
}

/// 0 to 20 in three languages.
const NUMBERS: [&[&str]; 21] = [
    &["zero", "null", "none", "ingen"],
    &["one", "en", "én", "ett", "ein", "éin", "eitt"],
    &["two", "to"],
    &["three", "tre"],
    &["four", "fire"],
    &["five", "fem"],
    &["six", "seks"],
    &["seven", "sju", "syv"],
    &["eight", "åtte"],
    &["nine", "ni"],
    &["ten", "ti"],
    &["eleven", "elleve"],
    &["twelve", "tolv"],
    &["thirteen", "tretten"],
    &["fourteen", "fjorten"],
    &["fifteen", "femten"],
    &["sixteen", "seksten"],
    &["seventeen", "sytten"],
    &["eighteen", "atten"],
    &["nineteen", "nitten"],
    &["twenty", "tjue", "tyve"],
];

/// 20 to 100 in three languages; "fifty-two" and "femtito" are made from them.
const TENS: [&[&str]; 9] = [
    &["twenty", "tjue"],
    &["thirty", "tretti"],
    &["forty", "førti"],
    &["fifty", "femti"],
    &["sixty", "seksti"],
    &["seventy", "sytti"],
    &["eighty", "åtti"],
    &["ninety", "nitti"],
    &["hundred", "hundre"],
];

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

    /// Running text: whatever has a digit once all that may be said is taken out. `finding` has the place.
    pub(super) fn prose(&mut self, finding: Finding, text: &str, place: Option<Place>, lang: Lang) {
        // The heading of a page names the region, and a region may be named after its municipalities.
        let heading = finding.place.ends_with(" > h1") || finding.place.ends_with(" > title");
        let own = self.reference.carried(lang).rest(text);
        if !heading && let Some(label) = self.reference.out_of_order(&own, lang) {
            self.push(finding.clone().leak(Leak::Order).value(&label));
        }
        let digits = in_digits(text);
        let rest = self.reference.vocabulary(lang).rest(&digits);
        if has_digit(&rest) {
            let found = self.of_place(finding.value(&rest_of(&rest)), place, &numbers(&rest));
            self.push(found);
        } else if !heading && has_letter(&rest) && self.reference.names_group(&own, lang) {
            // A sentence of its own about a group: "hardly anybody in Lierne".
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
