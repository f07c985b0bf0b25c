//! Why weights cannot be made, in words.

use super::{Bounds, Distance};
use crate::problem::Explain;
use crate::read::problem::fill;
use crate::text::Lang;
use std::fmt;

/// A total that was not met.
#[derive(Clone, Debug, PartialEq)]
pub struct Miss {
    /// The constraint, or margin and category.
    pub name: String,
    /// Its total.
    pub target: f64,
    /// What the weights come to.
    pub reached: f64,
}

impl Miss {
    /// How far the weights are from the total, relative to it.
    #[must_use]
    pub fn distance(&self) -> f64 {
        (self.reached - self.target).abs() / (1.0 + self.target.abs())
    }
}

/// Why weights cannot be made.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are the names and numbers in the message; rows are counted from 0")]
pub enum WeightProblem {
    /// A weight that is negative or no number.
    BadWeight { row: usize, value: f64 },
    /// Weights without a positive sum.
    NoWeight,
    /// Another number of values than of weights.
    LengthMismatch { name: String, expected: usize, found: usize },
    /// A record whose category is not among those of its margin.
    NoCategory { margin: String, row: usize },
    /// Neither a margin nor a constraint.
    NoMargin,
    /// A total that is negative or no number.
    BadTotal { margin: String, category: String, total: f64 },
    /// A category with units in the population and no weight in the sample.
    EmptyCategory { margin: String, category: String, total: f64 },
    /// A category with weight in the sample and no units in the population.
    ZeroTotal { margin: String, category: String, weight: f64 },
    /// Two margins that do not add up to the same population.
    MarginTotals { first: String, first_total: f64, second: String, second_total: f64 },
    /// A value of an auxiliary that is no number.
    NotFinite { constraint: String, row: usize },
    /// An auxiliary that those before it determine.
    Redundant { constraint: String },
    /// A total outside what the bounds allow.
    Unreachable { constraint: String, total: f64, lowest: f64, highest: f64 },
    /// Totals that cannot be met together; the farthest first.
    Missed { iterations: u32, missed: Vec<Miss> },
    /// Bounds that the distance cannot use.
    BadBounds { distance: Distance, bounds: Bounds },
    /// Trimming bounds that cannot keep the sum.
    BadTrim { bounds: Bounds, mean: f64 },
    /// A class in which nobody responded.
    NoRespondent { class: String, weight: f64 },
    /// Weights below 0, as linear calibration may leave them: a warning.
    Negative { count: usize },
    /// A probability of response outside 0 to 1.
    BadProbability { row: usize, probability: f64 },
}

impl Explain for WeightProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::BadWeight { .. } => "bad-weight",
            Self::NoWeight => "no-weight",
            Self::LengthMismatch { .. } => "length-mismatch",
            Self::NoCategory { .. } => "no-category",
            Self::NoMargin => "no-margin",
            Self::BadTotal { .. } => "bad-total",
            Self::EmptyCategory { .. } => "empty-category",
            Self::ZeroTotal { .. } => "zero-total",
            Self::MarginTotals { .. } => "margin-totals",
            Self::NotFinite { .. } => "not-finite",
            Self::Redundant { .. } => "redundant-variable",
            Self::Unreachable { .. } => "unreachable-total",
            Self::Missed { .. } => "totals-missed",
            Self::BadBounds { .. } => "bad-bounds",
            Self::BadTrim { .. } => "bad-trim",
            Self::NoRespondent { .. } => "no-respondent",
            Self::Negative { .. } => "negative-weights",
            Self::BadProbability { .. } => "bad-probability",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let number = |value: &f64| format!("{value}");
        let row = |row: &usize| (row + 1).to_string();
        let of = |margin: &String, category: &String| match category.as_str() {
            "" => margin.clone(),
            category => format!("{margin}={category}"),
        };
        let (words, values) = match self {
            Self::BadWeight { row: at, value } => (
                lang.pick(
                    "vekten i post {0} er {1}: den må være et tall, 0 eller mer",
                    "vekta i post {0} er {1}: ho må vere eit tal, 0 eller meir",
                    "the weight of record {0} is {1}: it must be a number, 0 or more",
                ),
                vec![row(at), number(value)],
            ),
            Self::NoWeight => (
                lang.pick(
                    "summen av vektene er ikke over 0",
                    "summen av vektene er ikkje over 0",
                    "the sum of the weights is not above 0",
                ),
                vec![],
            ),
            Self::LengthMismatch { name, expected, found } => (
                lang.pick(
                    "{0} har {2} verdier, og det er {1} vekter",
                    "{0} har {2} verdiar, og det er {1} vekter",
                    "{0} has {2} values, and there are {1} weights",
                ),
                vec![name.clone(), expected.to_string(), found.to_string()],
            ),
            Self::NoCategory { margin, row: at } => (
                lang.pick(
                    "post {1} har en kategori som {0} ikke har",
                    "post {1} har ein kategori som {0} ikkje har",
                    "record {1} has a category that {0} does not have",
                ),
                vec![margin.clone(), row(at)],
            ),
            Self::NoMargin => (
                lang.pick(
                    "det er ingen totaler å vekte til",
                    "det er ingen totalar å vekte til",
                    "there are no totals to weight to",
                ),
                vec![],
            ),
            Self::BadTotal { margin, category, total } => (
                lang.pick(
                    "totalen for {0} er {1}: den må være et tall, 0 eller mer for en kategori",
                    "totalen for {0} er {1}: han må vere eit tal, 0 eller meir for ein kategori",
                    "the total of {0} is {1}: it must be a number, 0 or more for a category",
                ),
                vec![of(margin, category), number(total)],
            ),
            Self::EmptyCategory { margin, category, total } => (
                lang.pick(
                    "{0} har {1} i populasjonen og ingen vekt i utvalget",
                    "{0} har {1} i populasjonen og inga vekt i utvalet",
                    "{0} has {1} in the population and no weight in the sample",
                ),
                vec![of(margin, category), number(total)],
            ),
            Self::ZeroTotal { margin, category, weight } => (
                lang.pick(
                    "{0} har 0 i populasjonen og vekt {1} i utvalget",
                    "{0} har 0 i populasjonen og vekt {1} i utvalet",
                    "{0} has 0 in the population and weight {1} in the sample",
                ),
                vec![of(margin, category), number(weight)],
            ),
            Self::MarginTotals { first, first_total, second, second_total } => (
                lang.pick(
                    "marginene har ikke samme sum: {0} har {1}, {2} har {3}",
                    "marginane har ikkje same sum: {0} har {1}, {2} har {3}",
                    "the margins do not have the same sum: {0} has {1}, {2} has {3}",
                ),
                vec![first.clone(), number(first_total), second.clone(), number(second_total)],
            ),
            Self::NotFinite { constraint, row: at } => (
                lang.pick(
                    "{0} er ikke et tall i post {1}",
                    "{0} er ikkje eit tal i post {1}",
                    "{0} is not a number in record {1}",
                ),
                vec![constraint.clone(), row(at)],
            ),
            Self::Redundant { constraint } => (
                lang.pick(
                    "{0} følger av variablene før",
                    "{0} følgjer av variablane før",
                    "{0} follows from the variables before it",
                ),
                vec![constraint.clone()],
            ),
            Self::Unreachable { constraint, total, lowest, highest } => (
                lang.pick(
                    "{0} kan ikke bli {1}: med disse vektene og grensene kan den bli fra {2} til {3}",
                    "{0} kan ikkje bli {1}: med desse vektene og grensene kan han bli frå {2} til {3}",
                    "{0} cannot become {1}: with these weights and bounds it can be from {2} to {3}",
                ),
                vec![constraint.clone(), number(total), number(lowest), number(highest)],
            ),
            Self::Missed { iterations, missed } => {
                let one = |miss: &Miss| format!("{}: {} ({})", miss.name, miss.reached, miss.target);
                let list: Vec<String> = missed.iter().take(5).map(one).collect();
                (
                    lang.pick(
                        "totalene kan ikke nås sammen; etter {0} runder er det nærmeste (målet i parentes): {1}",
                        "totalane kan ikkje nåast saman; etter {0} rundar er det næraste (målet i parentes): {1}",
                        "the totals cannot be met together; after {0} rounds the nearest is (target in brackets): {1}",
                    ),
                    vec![iterations.to_string(), list.join("; ")],
                )
            }
            Self::BadBounds { distance: Distance::Logit, bounds } => (
                lang.pick(
                    "logit trenger grenser med 1 mellom seg, ikke {0} og {1}",
                    "logit treng grenser med 1 mellom seg, ikkje {0} og {1}",
                    "logit needs bounds with 1 between them, not {0} and {1}",
                ),
                vec![number(&bounds.lower), number(&bounds.upper)],
            ),
            Self::BadBounds { bounds, .. } => (
                lang.pick(
                    "ingen vekter har forhold mellom {0} og {1} til de gamle",
                    "ingen vekter har forhold mellom {0} og {1} til dei gamle",
                    "no weights have ratios between {0} and {1} to the old ones",
                ),
                vec![number(&bounds.lower), number(&bounds.upper)],
            ),
            Self::BadTrim { bounds, mean } => (
                lang.pick(
                    "vekter mellom {0} og {1} kan ikke ha samme sum: snittet er {2}",
                    "vekter mellom {0} og {1} kan ikkje ha same sum: snittet er {2}",
                    "weights between {0} and {1} cannot keep their sum: the mean is {2}",
                ),
                vec![number(&bounds.lower), number(&bounds.upper), number(mean)],
            ),
            Self::NoRespondent { class, weight } => (
                lang.pick(
                    "ingen svarte i klassen {0}, som har vekt {1}",
                    "ingen svara i klassen {0}, som har vekt {1}",
                    "nobody responded in the class {0}, which has weight {1}",
                ),
                vec![class.clone(), number(weight)],
            ),
            Self::Negative { count } => (
                lang.pick("vekter er negative: {0}", "vekter er negative: {0}", "weights are negative: {0}"),
                vec![count.to_string()],
            ),
            Self::BadProbability { row: at, probability } => (
                lang.pick(
                    "sannsynligheten for svar i post {0} er {1}",
                    "sannsynet for svar i post {0} er {1}",
                    "the probability of response of record {0} is {1}",
                ),
                vec![row(at), number(probability)],
            ),
        };
        fill(words, &values.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        match self {
            Self::BadProbability { .. } => Some(
                lang.pick("over 0, og ikke over 1", "over 0, og ikkje over 1", "above 0, and not above 1").to_owned(),
            ),
            Self::BadTrim { mean, .. } => {
                let words = lang.pick(
                    "grenser med {0} mellom seg",
                    "grenser med {0} mellom seg",
                    "bounds with {0} between them",
                );
                Some(fill(words, &[&mean.to_string()]))
            }
            _ => None,
        }
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::EmptyCategory { .. } | Self::ZeroTotal { .. } | Self::NoRespondent { .. } => lang.pick(
                "slå kategorien sammen med en annen",
                "slå kategorien saman med ein annan",
                "merge the category with another",
            ),
            Self::MarginTotals { .. } => lang.pick(
                "bruk totaler for samme populasjon, eller skaler dem til samme sum",
                "bruk totalar for same populasjon, eller skaler dei til same sum",
                "use totals of one population, or scale them to the same sum",
            ),
            Self::Redundant { .. } => {
                lang.pick("ta bort totalen for den", "ta bort totalen for han", "take out its total")
            }
            Self::Unreachable { .. } => lang.pick(
                "se etter feil i totalen, eller gjør grensene videre",
                "sjå etter feil i totalen, eller gjer grensene vidare",
                "check the total, or widen the bounds",
            ),
            Self::Negative { .. } => lang.pick(
                "sett grenser for forholdet, eller bruk avstanden raking",
                "set grenser for forholdet, eller bruk avstanden raking",
                "set bounds of the ratio, or use the distance raking",
            ),
            Self::Missed { .. } => lang.pick(
                "slå sammen kategorier, ta bort en total, eller gjør grensene videre",
                "slå saman kategoriar, ta bort ein total, eller gjer grensene vidare",
                "merge categories, take out a total, or widen the bounds",
            ),
            _ => return None,
        };
        Some(words.into())
    }
}

impl fmt::Display for WeightProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for WeightProblem {}
