//! Who could close a gap: the groups that supply comes from, and how many more would have to come home.

use super::super::quantity::Quantity;
use super::super::supply::{Division, Part, Supply};
use crate::compare::{Interval, real};
use crate::interval::Level;
use crate::register::recruitment::{Area, Field};
use crate::text::{Lang, Text};

/// A gap and who could close it. Internal: exact figures of small groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    /// Id of the area.
    pub area: String,
    /// Years ahead.
    pub years: u16,
    /// Id of the field.
    pub field: String,
    /// The gap that is expected.
    pub gap: f64,
    /// Its interval.
    pub interval: Option<Interval>,
    /// The chance that there is a gap at all.
    pub chance: f64,
    /// How many more persons are needed for an even chance that nobody is missing.
    pub more: u64,
    /// How many there are in the CV base, and among the cohorts that were given, beyond those who are expected.
    pub left: f64,
    /// What each group of people adds to supply, by division, the largest first.
    pub parts: Vec<Part>,
    /// All this in words.
    pub sentence: Text,
}

/// The closing of one gap; none where less than nothing is missing.
pub(super) fn closing(
    area: &Area,
    years: u16,
    field: &Field,
    gap: &Quantity,
    level: Level,
    supply: &Supply,
) -> Option<Closing> {
    if gap.mean <= 0.0 {
        return None;
    }
    let ordered = gap.ordered();
    let missing = ordered.len() - ordered.partition_point(|gap| *gap <= CLOSE);
    let middle = ordered.get(ordered.len().div_ceil(2) - 1).copied().unwrap_or_default();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of persons, 0 or more")]
    let more = libm::ceil(middle - CLOSE).max(0.0) as u64;
    let parts = supply.parts();
    let whole = parts.iter().filter(|part| part.division == Division::Residence);
    let left = whole.map(|part| real(part.persons) - part.expected).sum();
    let mut closing = Closing {
        area: area.id.clone(),
        years,
        field: field.id.clone(),
        gap: gap.mean,
        interval: gap.interval(level),
        chance: real(missing as u64) / real(ordered.len() as u64),
        more,
        left,
        parts,
        sentence: Text::default(),
    };
    let words = |lang| sentence(&closing, area.name.get(lang), field.name.get(lang), lang);
    closing.sentence = Text { nb: words(Lang::Nb), nn: words(Lang::Nn), en: words(Lang::En) };
    Some(closing)
}

/// What is left of rounding in a sum of expanded numbers.
const CLOSE: f64 = 1e-9;

fn sentence(closing: &Closing, area: &str, field: &str, lang: Lang) -> String {
    let Closing { years, more, .. } = closing;
    let gap = number(closing.gap, lang);
    let between = closing.interval.map(|Interval { lower, upper }| (number(lower, lang), number(upper, lang)));
    let mut words = match lang {
        Lang::Nb => format!("{area}, {field}, innen {years} år: det mangler {gap}"),
        Lang::Nn => format!("{area}, {field}, innan {years} år: det manglar {gap}"),
        Lang::En => format!("{area}, {field}, within {years} years: {gap} are missing"),
    };
    if let Some((lower, upper)) = between {
        words += &match lang {
            Lang::Nb => format!(" (mellom {lower} og {upper})"),
            Lang::Nn => format!(" (mellom {lower} og {upper})"),
            Lang::En => format!(" (between {lower} and {upper})"),
        };
    }
    words += ".";
    if let Some(part) = closing.parts.iter().find(|part| part.division == Division::Cohort && !part.code.is_empty()) {
        let (code, persons, expected) = (&part.code, part.persons, number(part.expected, lang));
        words += &match lang {
            Lang::Nb => {
                format!(" Mest ventes av dem som gikk ut av 10. klasse i {code}: {expected} av {persons} personer.")
            }
            Lang::Nn => {
                format!(
                    " Mest er ventande av dei som gjekk ut av 10. klasse i {code}: {expected} av {persons} personar."
                )
            }
            Lang::En => {
                format!(" Most is expected of those who left 10th grade in {code}: {expected} of {persons} persons.")
            }
        };
    }
    words += &match lang {
        Lang::Nb => {
            format!(" {more} flere må til for at det skal være like sannsynlig at ingen mangler, som at noen gjør det.")
        }
        Lang::Nn => format!(
            " {more} fleire må til for at det skal vere like sannsynleg at ingen manglar, som at nokon gjer det."
        ),
        Lang::En => {
            format!(" {more} more are needed for it to be as likely that nobody is missing as that somebody is.")
        }
    };
    let left = number(closing.left, lang);
    words += &match (lang, closing.left + CLOSE < real(*more)) {
        (Lang::Nb, true) => format!(" Så mange er det ikke i CV-basen: {left} ut over dem som er ventet."),
        (Lang::Nn, true) => format!(" Så mange er det ikkje i CV-basen: {left} ut over dei som er venta."),
        (Lang::En, true) => format!(" The CV base does not have that many: {left} beyond those expected."),
        (Lang::Nb, false) => format!(" I CV-basen er det {left} ut over dem som er ventet."),
        (Lang::Nn, false) => format!(" I CV-basen er det {left} ut over dei som er venta."),
        (Lang::En, false) => format!(" The CV base has {left} beyond those expected."),
    };
    words
}

/// One decimal, with the comma of Norwegian.
fn number(value: f64, lang: Lang) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    let text = if text == "-0" { "0" } else { text };
    if lang == Lang::En { text.into() } else { text.replace('.', ",") }
}
