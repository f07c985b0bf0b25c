//! Tables that were published, as an attacker has them: what is hidden in them is unknown here too.

mod assemble;
mod leaks;
mod rolls;

pub use assemble::{Assembled, Cell};
pub use leaks::{Leak, Way};
pub use rolls::Roll;

use super::DisclosureProblem;
use super::form::{Form, Member, checked, line_of, needed, perhaps};
use super::tables::{BRANCHES, Branch, code, codes, or_nothing, texts, trim, trim_branches};
use crate::problem::{Privacy, Problem, Problems};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// A table as it was published: what `bygdepuls protect --format json` writes, or anybody else's table in that form.
///
/// Keys that are not known here are passed over with a warning.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Published {
    /// The dimensions in the order of the keys.
    #[serde(default, deserialize_with = "or_nothing")]
    pub dims: Vec<String>,
    /// By dimension, how its codes sum up.
    #[serde(default)]
    pub hierarchies: Option<BTreeMap<String, Vec<Branch>>>,
    /// The cells that were published, the hidden ones among them.
    pub cells: Vec<PublishedCell>,
    /// Sums beside those of the hierarchies.
    #[serde(default, deserialize_with = "or_nothing")]
    pub relations: Vec<Relation>,
    /// Percentages that were published.
    #[serde(default, deserialize_with = "or_nothing")]
    pub shares: Vec<Share>,
    /// What else is known.
    #[serde(default, deserialize_with = "or_nothing")]
    pub facts: Vec<Side>,
    /// The smallest count of a hidden cell: 1 where every 0 is published.
    #[serde(default)]
    pub suppressed_lb: Option<f64>,
    /// The dimensions of answers, for groups that gave the same one.
    #[serde(default, deserialize_with = "texts")]
    pub response_dim: Vec<String>,
    /// The code of all answers together; without it the total of the hierarchy.
    #[serde(default, deserialize_with = "code_or_none")]
    pub response_total: Option<String>,
    /// Whether every combination of codes exists: those that are not named are hidden cells.
    #[serde(default, deserialize_with = "or_nothing")]
    pub complete: bool,
    /// Whether combinations that are not named exist because nobody asked for them: what is known of them helps, and they are
    /// no secret themselves.
    #[serde(default, deserialize_with = "or_nothing")]
    pub others_exist: bool,
    /// Tables that were published with it.
    #[serde(default, deserialize_with = "or_nothing")]
    pub linked: Vec<Published>,
    /// Against whom it was protected.
    #[serde(default)]
    pub against: Option<Against>,
}

/// A published cell, or a hidden one.
#[derive(Clone, Debug, Deserialize)]
pub struct PublishedCell {
    /// Its codes.
    #[serde(deserialize_with = "codes")]
    pub key: Vec<String>,
    /// Its count; none when it is hidden.
    #[serde(default, alias = "count")]
    pub value: Option<f64>,
    /// Whether it is hidden, where the file says so.
    #[serde(default)]
    pub hidden: Option<bool>,
    /// Its true count, to tell what a finding is worth; the attacker does not have it.
    #[serde(default, rename = "true")]
    pub truth: Option<f64>,
    /// The smallest count that it may have.
    #[serde(default)]
    pub lb: Option<f64>,
    /// The largest.
    #[serde(default)]
    pub ub: Option<f64>,
}

/// A sum of cells.
#[derive(Clone, Debug, Deserialize)]
pub struct Relation {
    /// The sum.
    #[serde(deserialize_with = "codes")]
    pub total: Vec<String>,
    /// What is summed.
    #[serde(deserialize_with = "lists_of_codes")]
    pub parts: Vec<Vec<String>>,
}

/// A published percentage.
#[derive(Clone, Debug, Deserialize)]
pub struct Share {
    /// The cell of those who are counted.
    #[serde(deserialize_with = "codes")]
    pub num: Vec<String>,
    /// The cell of all.
    #[serde(deserialize_with = "codes")]
    pub den: Vec<String>,
    /// The percentage as published.
    pub pct: f64,
    /// Its decimals.
    #[serde(default, deserialize_with = "or_nothing")]
    pub decimals: u32,
    /// Of what it is a multiple, where it was not rounded to decimals.
    #[serde(default)]
    pub step: Option<f64>,
}

/// Something else that an attacker knows: a sum of cells, each so many times, lies between two limits.
#[derive(Clone, Debug, Deserialize)]
pub struct Side {
    /// Cells and how often each counts.
    #[serde(deserialize_with = "terms")]
    pub terms: Vec<(Vec<String>, f64)>,
    /// The sum is not below this.
    #[serde(default)]
    pub lo: Option<f64>,
    /// The sum is not above this.
    #[serde(default)]
    pub hi: Option<f64>,
}

/// Against whom a table was protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Against {
    /// People in one cell who put together what they know.
    pub coalition: u64,
    /// Counts below this are small.
    pub small: u64,
    /// Within so many people a small count must not be known; 0: it only must not be known exactly.
    pub narrow: u64,
}

impl Default for Against {
    fn default() -> Self {
        Self { coalition: 1, small: 5, narrow: 2 }
    }
}

/// A list of codes.
const KEY: Form = Form::List(&Form::Code);
const CELL: &[Member] = &[
    needed("key", KEY),
    perhaps("value", Form::Positive),
    perhaps("count", Form::Positive),
    perhaps("hidden", Form::Flag),
    perhaps("true", Form::Positive),
    perhaps("lb", Form::Positive),
    perhaps("ub", Form::Positive),
    perhaps("interval", Form::Any),
];
const RELATION: &[Member] = &[needed("total", KEY), needed("parts", Form::List(&KEY))];
const SHARE: &[Member] = &[
    needed("num", KEY),
    needed("den", KEY),
    needed("pct", Form::Positive),
    perhaps("decimals", Form::Whole),
    perhaps("step", Form::Positive),
];
const SIDE: &[Member] = &[
    needed("terms", Form::List(&Form::Pair(&KEY, &Form::Number))),
    perhaps("lo", Form::Number),
    perhaps("hi", Form::Number),
];
const AGAINST: &[Member] =
    &[needed("coalition", Form::Whole), needed("small", Form::Whole), needed("narrow", Form::Whole)];

static RELEASE: Form = Form::OpenMembers(&[
    needed("cells", Form::List(&Form::OpenMembers(CELL))),
    perhaps("dims", Form::List(&Form::Text)),
    perhaps("hierarchies", BRANCHES),
    perhaps("relations", Form::List(&Form::Members(RELATION))),
    perhaps("shares", Form::List(&Form::Members(SHARE))),
    perhaps("facts", Form::List(&Form::Members(SIDE))),
    perhaps("suppressed_lb", Form::Positive),
    perhaps("response_dim", Form::Texts),
    perhaps("response_total", Form::Code),
    perhaps("complete", Form::Flag),
    perhaps("others_exist", Form::Flag),
    perhaps("linked", Form::List(&RELEASE)),
    perhaps("against", Form::Members(AGAINST)),
    // What says nothing to an attacker.
    perhaps("id", Form::Any),
    perhaps("group", Form::Any),
    perhaps("family", Form::Any),
    perhaps("rule", Form::Any),
    perhaps("policy", Form::Any),
    perhaps("loss", Form::Any),
    perhaps("note", Form::Any),
]);

impl Published {
    /// Reads a release: names and codes without the spaces around them, as in CSV. `None` when it is none; problems say all
    /// that is wrong, with path and line.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let text = checked(file, bytes, &RELEASE, problems)?;
        let mut release = match serde_json::from_str::<Self>(text) {
            Ok(release) => release,
            Err(error) => {
                problems.push(Problem::error(file, DisclosureProblem::NotJson).line(error.line().max(1) as u64));
                return None;
            }
        };
        let before = problems.errors();
        for (name, code) in release.trim() {
            let problem = Problem::error(file, DisclosureProblem::CodesAlike).column(format!("hierarchies.{name}"));
            problems.push(problem.line(line_of(text, &["hierarchies", &name])).value(code, Privacy::Open));
        }
        (problems.errors() == before).then_some(release)
    }

    /// Takes the spaces around names and codes away. Gives back dimension and code where two become one.
    fn trim(&mut self) -> Vec<(String, String)> {
        let keys = self.cells.iter_mut().map(|cell| &mut cell.key);
        let keys = keys.chain(self.relations.iter_mut().flat_map(|sum| sum.parts.iter_mut().chain([&mut sum.total])));
        let keys = keys.chain(self.shares.iter_mut().flat_map(|share| [&mut share.num, &mut share.den]));
        let keys = keys.chain(self.facts.iter_mut().flat_map(|side| side.terms.iter_mut().map(|(key, _)| key)));
        keys.flatten().chain(&mut self.dims).chain(&mut self.response_dim).for_each(trim);
        let mut alike = self.hierarchies.as_mut().map(trim_branches).unwrap_or_default();
        alike.extend(self.linked.iter_mut().flat_map(Self::trim));
        alike
    }
}

fn lists_of_codes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Vec<String>>, D::Error> {
    Ok(Vec::<Key>::deserialize(from)?.into_iter().map(|key| key.0).collect())
}

fn terms<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(Vec<String>, f64)>, D::Error> {
    Ok(Vec::<(Key, f64)>::deserialize(from)?.into_iter().map(|(key, times)| (key.0, times)).collect())
}

fn code_or_none<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    struct One(#[serde(deserialize_with = "code")] String);
    Ok(Option::<One>::deserialize(from)?.map(|one| one.0))
}

#[derive(Deserialize)]
struct Key(#[serde(deserialize_with = "codes")] Vec<String>);
