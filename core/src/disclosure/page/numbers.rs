//! Numbers in words and digits, and the counts that they leave.

use super::spelling::plain;
use crate::disclosure::inversion::{Candidate, IntervalMethod, Roll, Rounding, Shown as Figure, candidates};
use crate::interval::{Level, ProportionMethod};

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
pub(super) fn pairs(number: Number, roll: &Roll, band: Option<&Figure>) -> Vec<Candidate> {
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

/// Numbers in words and Roman ones as digits, where they count: "two of eleven", "III of XI", "eighteen percent", "eleven
/// answers". Other words count nobody.
pub(super) fn in_digits(text: &str) -> String {
    let text = plain(text);
    let words: Vec<&str> = text.split(' ').collect();
    let bare = |at: usize| words.get(at).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let number = |at: usize| bare(at).and_then(|word| roman(word).or_else(|| spelled(&word.to_lowercase())));
    let is = |at: usize, these: &[&str]| bare(at).is_some_and(|word| these.contains(&word.to_lowercase().as_str()));
    // How many words stand between the two numbers of "two out of eleven".
    let between = |at: usize| match (is(at, &OF), is(at, &["out", "ut"]) && is(at + 1, &OF)) {
        (true, _) => Some(1),
        (_, true) => Some(2),
        _ => None,
    };
    let mut out: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let mut at = 0;
    while at < words.len() {
        if let Some(x) = number(at) {
            let n = between(at + 1).and_then(|gap| Some((gap, number(at + 1 + gap)?)));
            if let Some((gap, n)) = n {
                out[at] = x.to_string();
                out[at + 1] = "of".into();
                out[at + 2..=at + gap].iter_mut().for_each(String::clear);
                let last = at + 1 + gap;
                out[last] = words[last].replace(bare(last).unwrap_or_default(), &n.to_string());
                at = last;
            } else if is(at + 1, &COUNTED) {
                out[at] = x.to_string();
            }
        }
        at += 1;
    }
    out.retain(|word| !word.is_empty());
    out.join(" ")
}

const OF: [&str; 9] = ["of", "av", "in", "among", "blant", "utav", "på", "mot", "against"];

/// What is counted. All of it is people, or parts of a hundred.
#[rustfmt::skip]
const COUNTED: [&str; 24] = [
    "percent", "prosent", "per", "pst", "answers", "svar", "pupils", "students", "elever", "elevar", "people", "persons",
    "personer", "personar", "unge", "ungdommer", "ungdomar", "girls", "boys", "jenter", "gutter", "gutar", "answered",
    "svarte",
];

/// A number in digits or in words, up to a hundred.
fn spelled(word: &str) -> Option<usize> {
    let unit = |word: &str| NUMBERS.iter().position(|names| names.contains(&word));
    let tens = TENS.iter().enumerate().flat_map(|(ten, names)| names.iter().map(move |name| (10 * ten + 20, name)));
    let mut compound = tens.filter_map(|(ten, name)| Some((ten, word.strip_prefix(*name)?.trim_start_matches('-'))));
    let compound =
        compound.find_map(
            |(ten, rest)| {
                if rest.is_empty() { Some(ten) } else { Some(ten + unit(rest).filter(|unit| *unit < 10)?) }
            },
        );
    unit(word).or(compound).or_else(|| word.parse().ok())
}

/// A Roman number in capitals, up to eighty-nine.
fn roman(word: &str) -> Option<usize> {
    let value = |letter: char| match letter {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let values = word.chars().map(value).collect::<Option<Vec<usize>>>()?;
    let next = values.iter().skip(1).chain([&0]);
    let (plus, minus) = values.iter().zip(next).fold((0, 0), |(plus, minus), (value, next)| match value < next {
        true => (plus, minus + value),
        false => (plus + value, minus),
    });
    (plus > minus).then(|| plus - minus)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_roman_numbers() {
        for (text, digits) in [
            ("In Lierne it was two of eleven.", "In Lierne it was 2 of 11."),
            ("III of XI", "3 of 11"),
            ("fem ut av elleve", "5 of 11"),
            ("Five out of eleven", "5 of 11"),
            ("førtifem prosent", "45 prosent"),
            ("eleven answers", "11 answers"),
            ("5 of eleven", "5 of 11"),
            ("one municipality, two years", "one municipality, two years"),
            ("ein av dei", "ein av dei"),
        ] {
            assert_eq!(in_digits(text), digits);
        }
        assert_eq!(["IV", "XIX", "XLII", "MIX", ""].map(roman), [Some(4), Some(19), Some(42), None, None]);
    }
}
