//! A table and its rule, as a program gives them.

use super::{Branch, codes, or_nothing, texts};
use crate::disclosure::audit::Attacker;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a table is made of, and what is to be protected in it: the content of a `spec.json`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Spec {
    /// A name.
    #[serde(default, deserialize_with = "or_nothing")]
    pub id: String,
    /// Not used: which kind of case it is.
    #[serde(default, deserialize_with = "or_nothing")]
    pub group: String,
    /// Not used: which kind of table it is.
    #[serde(default, deserialize_with = "or_nothing")]
    pub family: String,
    /// The columns with the innermost codes.
    pub dims: Vec<String>,
    /// Not used: the columns of sums are known from the hierarchies.
    #[serde(default, deserialize_with = "texts")]
    pub dim_var: Vec<String>,
    /// The column of counts; without it every record counts 1.
    #[serde(default)]
    pub freq_var: Option<String>,
    /// The column that says who a record is of, in tables of amounts; without it every record is of somebody else.
    #[serde(default)]
    pub contributor_var: Option<String>,
    /// By dimension, how its codes sum up; one that is not named has a total of all of them.
    #[serde(default, deserialize_with = "or_nothing")]
    pub hierarchies: BTreeMap<String, Vec<Branch>>,
    /// Which tables are published; without it all of them.
    #[serde(default)]
    pub formula: Option<String>,
    /// The dimensions whose codes are answers, for groups that gave the same one; without it any dimension may be.
    #[serde(default, alias = "response_dim", deserialize_with = "texts")]
    pub response_dim: Vec<String>,
    /// Codes of any dimension that are shown rather than others, where something must be hidden.
    #[serde(default, deserialize_with = "codes")]
    pub keep: Vec<String>,
    /// Whether the file has records of sums too; they must be what the others add up to.
    #[serde(default, deserialize_with = "or_nothing")]
    pub totals_included: bool,
    /// What is to be protected.
    pub rule: Rule,
}

/// What is to be protected in a table of counts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "fun", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Rule {
    /// Small counts.
    Small {
        /// Counts from 1 up to this one.
        #[serde(rename = "maxN")]
        max_n: u64,
        /// Whether 0 is one of them; otherwise every 0 is published.
        #[serde(default, deserialize_with = "or_nothing")]
        protect_zeros: bool,
    },
    /// Groups of which all but a few gave the same answer.
    #[serde(rename = "kdis")]
    KDisclosure {
        /// How many of the group may put together what they know.
        coalition: u64,
        /// Only groups of at most so many; without it all of them.
        #[serde(default, rename = "upperBound")]
        largest: Option<u64>,
    },
    /// Amounts that few make up.
    #[serde(rename = "contributors")]
    FewContributors {
        /// From one contributor up to so many.
        #[serde(rename = "maxN")]
        max_n: u64,
    },
    /// Amounts of which the largest contributors make up too much.
    Dominance {
        /// How many of the largest, up to [`LARGEST`](super::LARGEST).
        n: u64,
        /// More than so many percent of the amount.
        k: u64,
    },
    /// Amounts from which the second largest contributor can work out the largest too closely.
    #[serde(rename = "ppercent")]
    PPercent {
        /// To within so many percent.
        p: u64,
    },
}

impl Default for Rule {
    /// As Statistics Norway: 1 and 2 are hidden, 0 is shown.
    fn default() -> Self {
        Self::Small { max_n: 2, protect_zeros: false }
    }
}

impl Rule {
    /// Whether it is about amounts and who makes them up, not about people who are counted.
    #[must_use]
    pub fn is_of_amounts(&self) -> bool {
        matches!(self, Self::FewContributors { .. } | Self::Dominance { .. } | Self::PPercent { .. })
    }

    /// Whom it protects against, where nothing else is said.
    #[must_use]
    pub fn attacker(&self) -> Attacker {
        match self {
            Self::Small { protect_zeros, .. } => Attacker { zeros_published: !protect_zeros, ..Attacker::default() },
            Self::KDisclosure { coalition, .. } => {
                Attacker { groups: true, coalition: *coalition, ..Attacker::default() }
            }
            // Of amounts it is the rule that says who knows what.
            _ => Attacker { zeros_published: true, coalition: 0, small: 0, ..Attacker::default() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spec_as_written() {
        let text = r#"{"id": "x", "dims": ["mun", "answer"], "dimVar": ["mun"], "freqVar": "freq",
            "hierarchies": {"mun": [{"parent": "Total", "children": ["A"]}]},
            "rule": {"fun": "small", "maxN": 3, "protectZeros": false}}"#;
        let spec: Spec = serde_json::from_str(text).unwrap();
        assert_eq!(spec.rule, Rule::Small { max_n: 3, protect_zeros: false });
        let kdis: Rule = serde_json::from_str(r#"{"fun": "kdis", "coalition": 1}"#).unwrap();
        assert_eq!(kdis, Rule::KDisclosure { coalition: 1, largest: None });
        assert!(serde_json::from_str::<Rule>(r#"{"fun": "small", "max": 3}"#).is_err());
    }
}
