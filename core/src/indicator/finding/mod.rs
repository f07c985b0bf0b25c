//! Findings: what a project's answers and registers say about the two hypotheses, what would bring people home, what a
//! trial changed, and what intent has turned into. One file each.
//!
//! | id | question | where |
//! |---|---|---|
//! | `h1` | are those with a tie to the region easier to recruit? | [`tie`] |
//! | `h2` | do friends and networks weigh in? | [`networks`] |
//! | `together` | do people of one class move together? | [`moves`] |
//! | `conditions`, `motive` | what must be in place, and what would be the main reason? | [`conditions`] |
//! | `importance` | what matters, and how good is it here? | [`importance`] |
//! | `priorities` | what do the young put first? | [`priorities`] |
//! | `trial` | what did a trial change? | [`trial`] |
//! | `outcomes` | from invited to resident | [`outcomes`] |
//! | `likely` | what has "likely" turned out to mean? | [`likely`] |
//! | `measures` | what is done about it? | [`measures`] |
//!
//! All of it is internal: exact figures of small groups. Nothing here is published.
//!
//! Shares are of people like these, not of this cohort alone: a hypothesis is about why people move. Each record stands for
//! N/n of its year, wave and home municipality; the sampling unit is the person, by the self-made code; strata are cohort ×
//! home municipality, in which a person stays from wave to wave; there is no finite population correction.

mod cell;
mod check;
pub mod conditions;
pub mod importance;
pub mod likely;
pub mod measures;
mod model;
pub mod moves;
pub mod networks;
pub mod outcomes;
mod people;
pub mod priorities;
mod reason;
mod roles;
mod rows;
pub mod tie;
pub mod trial;
pub mod words;

pub use cell::{Cell, Together};
pub use check::check;
pub use people::People;
pub use reason::Reason;
pub use roles::{Roles, Tie, Trial};

use crate::interval::Level;
use crate::problem::Problems;
use crate::project::Project;
use crate::text::Text;
use serde::Serialize;
use std::collections::BTreeMap;

/// What findings are computed from.
#[derive(Debug)]
pub struct Evidence<'a> {
    /// What the project file says.
    pub project: &'a Project,
    /// The answers under their design.
    pub people: &'a People<'a>,
    /// The files that the project names.
    pub files: &'a BTreeMap<String, Vec<u8>>,
    /// The last day that registers know of.
    pub today: &'a str,
    /// The level of intervals, and of what is told apart.
    pub level: Level,
    /// Where random draws begin.
    pub seed: u64,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Its id: `h1`.
    pub id: &'static str,
    /// What it is about.
    pub title: Text,
    /// `ok`, or why there is none.
    pub status: &'static str,
    /// The reason in words, where there is none.
    pub reason: Option<Text>,
    /// Whom it is of, and how it is computed.
    pub method: Text,
    /// What a council can read.
    pub sentences: Vec<Text>,
    /// The figures.
    pub cells: Vec<Cell>,
    /// Which of its items cannot be told apart.
    pub together: Vec<Together>,
}

impl Finding {
    /// A finding without figures yet.
    fn new(id: &'static str, title: Text, method: Text) -> Self {
        let (sentences, cells, together) = (Vec::new(), Vec::new(), Vec::new());
        Self { id, title, status: "ok", reason: None, method, sentences, cells, together }
    }

    /// The same without figures, for a reason.
    fn none(mut self, reason: impl Into<Reason>) -> Self {
        let Reason { code, words } = reason.into();
        self.status = code;
        self.reason = Some(words);
        self
    }
}

/// How a finding is computed. What is wrong with a file that it reads goes to the problems.
pub type Compute = fn(&Evidence<'_>, &mut Problems) -> Vec<Finding>;

/// All findings by id, in the order in which they are shown.
pub const CATALOGUE: &[(&str, Compute)] = &[
    ("h1", tie::find),
    ("h2", networks::find),
    ("together", moves::find),
    ("conditions", conditions::conditions),
    ("motive", conditions::motive),
    ("importance", importance::find),
    ("priorities", priorities::find),
    ("trial", trial::find),
    ("outcomes", outcomes::find),
    ("likely", likely::find),
    ("measures", measures::find),
];
