//! Tables that were published, as an attacker has them: what is hidden in them is unknown here too.

mod assemble;
mod leaks;
mod rolls;

pub use assemble::{Assembled, Cell};
pub use leaks::{Leak, Way};
pub use rolls::Roll;

use super::DisclosureProblem;
use super::tables::Branch;
use crate::problem::Problems;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// A table as it was published: what `bygdepuls protect --format json` writes, or anybody else's table in that form.
///
/// Keys that are not known here are kept in `others`, so that a misspelt one can be named.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Published {
    /// The dimensions in the order of the keys.
    #[serde(default)]
    pub dims: Vec<String>,
    /// By dimension, how its codes sum up.
    #[serde(default)]
    pub hierarchies: Option<BTreeMap<String, Vec<Branch>>>,
    /// The cells that were published, the hidden ones among them.
    pub cells: Vec<PublishedCell>,
    /// Sums beside those of the hierarchies.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// Percentages that were published.
    #[serde(default)]
    pub shares: Vec<Share>,
    /// What else is known.
    #[serde(default)]
    pub facts: Vec<Side>,
    /// The smallest count of a hidden cell: 1 where every 0 is published.
    #[serde(default)]
    pub suppressed_lb: Option<f64>,
    /// The dimension of answers, for groups that gave the same one.
    #[serde(default)]
    pub response_dim: Option<String>,
    /// The code of all answers together; without it the total of the hierarchy.
    #[serde(default)]
    pub response_total: Option<String>,
    /// Whether cells that are not named exist and are unknown; otherwise they do not exist.
    #[serde(default)]
    pub complete: bool,
    /// Tables that were published with it.
    #[serde(default)]
    pub linked: Vec<Published>,
    /// Against whom it was protected.
    #[serde(default)]
    pub against: Option<Against>,
    /// Everything else.
    #[serde(flatten)]
    pub others: BTreeMap<String, serde_json::Value>,
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
    #[serde(default)]
    pub decimals: u32,
    /// Of what it is a multiple, where it was not rounded to decimals.
    #[serde(default)]
    pub step: Option<f64>,
}

/// Something else that an attacker knows: a sum of cells, each so many times, lies between two limits.
#[derive(Clone, Debug, Deserialize)]
pub struct Side {
    /// Cells and how often each counts.
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

impl Published {
    /// Reads a release. `None` when it is none; problems say why.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        match serde_json::from_slice::<Self>(bytes) {
            Ok(release) => Some(release),
            Err(error) => {
                problems.push(DisclosureProblem::not_json(file, &error));
                None
            }
        }
    }
}

/// A code as text or as a number: years are often written so.
#[derive(Deserialize)]
#[serde(untagged)]
enum Code {
    Text(String),
    Number(serde_json::Number),
}

impl Code {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

fn codes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Ok(Vec::<Code>::deserialize(from)?.into_iter().map(Code::text).collect())
}

fn lists_of_codes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Vec<String>>, D::Error> {
    let lists = Vec::<Vec<Code>>::deserialize(from)?;
    Ok(lists.into_iter().map(|codes| codes.into_iter().map(Code::text).collect()).collect())
}
