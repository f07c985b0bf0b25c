//! What was published: one file per release, each naming the one before it.

use super::{ReleaseProblem, Token};
use crate::cube::Status;
use crate::disclosure::Policy;
use crate::problem::{Problem, Problems};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The folder of the ledger, beside the project file.
pub const FOLDER: &str = "releases";

/// What stands in every file.
const FORMAT: &str = "bygdepuls-release";
const VERSION: u64 = 1;
const CONFIDENTIAL: &str = "INTERNT: antall svar i små grupper. Bare for dem som har taushetsplikt. / INTERNAL: numbers \
                            of answers in small groups. For those bound by confidentiality only. Never publish this file.";

/// One release: a file of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// What kind of file it is.
    pub format: String,
    /// Of that kind, which version.
    pub version: u64,
    /// Who may read it.
    pub confidential: String,
    /// Id of the project.
    pub project: String,
    /// From 1.
    pub number: u64,
    /// The date of the edition, ISO 8601.
    pub date: String,
    /// Name of the policy.
    pub policy: String,
    /// The digest of the release before; empty for the first.
    pub previous: String,
    /// What is published.
    pub figures: Vec<Figure>,
    /// Of all of this, with this field empty: SHA-256.
    pub digest: String,
}

/// The answers of one municipality, wave and year behind a figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Atom {
    /// The year.
    pub year: u16,
    /// The code of the municipality, as it was.
    pub municipality: String,
    /// How many answered.
    pub n: u64,
    /// A token of each of them who gave a code or a time, rising: see [`Token`]. None in tables of others.
    pub people: Vec<String>,
}

impl Atom {
    /// Whether two groups are the same by their numbers.
    #[must_use]
    pub fn are_same(some: &[Self], others: &[Self]) -> bool {
        let key = |atom: &Self| (atom.year, atom.municipality.clone(), atom.n);
        some.iter().map(key).eq(others.iter().map(key))
    }
}

/// A published figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Id of the indicator.
    pub indicator: String,
    /// Id of the wave.
    pub wave: String,
    /// Which of the indicator's figures.
    pub figure: String,
    /// Whether "don't know" is in the base.
    pub base: String,
    /// The period, as published.
    pub period: String,
    /// The area, as published.
    pub area: String,
    /// Who is behind it, by year and municipality.
    pub atoms: Vec<Atom>,
    /// How many they are.
    pub n: u64,
    /// What is shown.
    pub shown: Shown,
    /// How many of them, at least, said yes, by what is shown; none where nothing is.
    pub at_least: Option<u64>,
    /// How many at most.
    pub at_most: Option<u64>,
    /// Hidden although there are enough answers, since the audit said so.
    pub by_audit: bool,
    /// The date on which this was first published.
    pub since: String,
}

/// A published cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// [`Status::code`].
    pub status: String,
    /// Which part of the scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<u64>,
    /// Of how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bands: Option<u64>,
    /// Whole percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<u64>,
    /// Answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
    /// The interval's lower end in whole percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci_lower: Option<u64>,
    /// Its upper end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci_upper: Option<u64>,
}

impl Shown {
    /// Nothing.
    #[must_use]
    pub fn hidden() -> Self {
        Self { status: Status::Hidden.code().into(), ..Self::default() }
    }
}

impl Figure {
    /// Whether anything is shown.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.shown.status != Status::Hidden.code()
    }

    /// Whether another figure is the same for readers: of the same years, municipalities and wave, whoever answered.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let places = |figure: &Self| -> BTreeSet<(u16, String)> {
            figure.atoms.iter().map(|atom| (atom.year, atom.municipality.clone())).collect()
        };
        self.topic() == other.topic() && places(self) == places(other)
    }

    /// What its answers are about.
    #[must_use]
    pub fn topic(&self) -> (&str, &str) {
        (&self.indicator, &self.wave)
    }

    /// Wave, period and area, for messages.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {} {}", self.wave, self.period, self.area)
    }

    /// Why it cannot have been written by this program.
    fn fault(&self) -> Option<&'static str> {
        let Shown { status, band, bands, share, .. } = &self.shown;
        let sum = self.atoms.iter().try_fold(0u64, |sum, atom| sum.checked_add(atom.n));
        let mut places: Vec<_> = self.atoms.iter().map(|atom| (atom.year, &atom.municipality)).collect();
        places.sort();
        places.dedup();
        let limits = self.at_least.zip(self.at_most);
        if sum != Some(self.n) || self.n > u64::from(u32::MAX) {
            return Some("n");
        }
        if self.atoms.is_empty() || places.len() < self.atoms.len() {
            return Some("atoms");
        }
        let fits = |atom: &Atom| {
            atom.people.len() as u64 <= atom.n && atom.people.iter().all(|token| Token::read(token).is_some())
        };
        if !self.atoms.iter().all(fits) {
            return Some("people");
        }
        if !crate::date::is_date(&self.since) {
            return Some("since");
        }
        let fits = match Status::from_code(status) {
            Some(Status::Hidden) => self.shown == Shown::hidden() && self.at_least.is_none() && self.at_most.is_none(),
            Some(Status::Band) => match (band, bands) {
                (Some(band), Some(bands)) if (1..=*bands).contains(band) && *bands <= 100 => {
                    limits == Some(Policy::band_limits(*band, *bands, self.n))
                }
                _ => false,
            },
            Some(Status::Under | Status::Over | Status::Exact) => {
                share.is_some_and(|share| share <= 100)
                    && self.shown.n == Some(self.n)
                    && limits.is_some_and(|(low, high)| low <= high && high <= self.n)
            }
            _ => false,
        };
        (!fits).then_some("shown")
    }
}

impl Release {
    /// A release after others.
    #[must_use]
    pub fn new(project: &str, date: &str, after: &Ledger, figures: Vec<Figure>) -> Self {
        let mut release = Self {
            format: FORMAT.into(),
            version: VERSION,
            confidential: CONFIDENTIAL.into(),
            project: project.into(),
            number: after.releases.len() as u64 + 1,
            date: date.into(),
            policy: Policy::NAME.into(),
            previous: after.releases.last().map(|release| release.digest.clone()).unwrap_or_default(),
            figures,
            digest: String::new(),
        };
        release.digest = release.own_digest();
        release
    }

    fn own_digest(&self) -> String {
        let without = Self { digest: String::new(), ..self.clone() };
        let digest = Sha256::digest(serde_json::to_vec(&without).unwrap_or_default());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Its name among the project's files.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{FOLDER}/{:04}-{}.json", self.number, self.date)
    }

    /// As a file.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// All releases so far, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The releases.
    pub releases: Vec<Release>,
}

impl Ledger {
    /// Whether a name is one of the ledger's files, or was before somebody renamed it: `0001-2026-04-30.json.bak` is read,
    /// and refused for its name.
    ///
    /// ```
    /// # use bygdepuls_core::disclosure::release::Ledger;
    /// assert!(Ledger::holds("releases/0001-2026-04-30.JSON.bak") && !Ledger::holds("releases/notes.txt"));
    /// ```
    #[must_use]
    pub fn holds(name: &str) -> bool {
        let rest = name.strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/'));
        rest.is_some_and(|rest| !rest.starts_with('.') && rest.to_ascii_lowercase().contains(".json"))
    }

    /// Reads the ledger among the project's files. `None` when any of it was changed, is missing or contradicts the rest:
    /// what was published is then not known.
    #[must_use]
    pub fn read(project: &str, files: &BTreeMap<String, Vec<u8>>, problems: &mut Problems) -> Option<Self> {
        let mut releases: Vec<(String, Release)> = Vec::new();
        let before = problems.errors();
        for (name, bytes) in files.iter().filter(|(name, _)| Self::holds(name)) {
            match serde_json::from_slice::<Release>(bytes) {
                Ok(release) => releases.push((name.clone(), release)),
                Err(error) => {
                    let problem = Problem::error(name, ReleaseProblem::NotALedger(error.to_string()));
                    problems.push(problem.line(error.line() as u64));
                }
            }
        }
        releases.sort_by_key(|(_, release)| release.number);
        let mut previous: Option<&Release> = None;
        for (at, (name, release)) in releases.iter().enumerate() {
            let mut fault = |field: &str, what: ReleaseProblem| {
                problems.push(Problem::error(name, what).column(field));
            };
            if release.format != FORMAT || release.version != VERSION {
                fault("version", ReleaseProblem::OtherVersion { known: VERSION });
                continue;
            }
            let date = |release: &Release| release.date.clone();
            let is_next = release.number == at as u64 + 1
                && previous.map(|release| release.digest.as_str()).unwrap_or_default() == release.previous
                && previous.is_none_or(|previous| date(previous) <= release.date);
            if release.digest != release.own_digest() || release.confidential != CONFIDENTIAL {
                fault("digest", ReleaseProblem::Changed);
            } else if release.project != project {
                fault("project", ReleaseProblem::OtherProject { project: project.into() });
            } else if !is_next {
                fault("previous", ReleaseProblem::Gap);
            } else if release.name() != *name || !crate::date::is_date(&release.date) {
                fault("date", ReleaseProblem::OtherName { name: release.name() });
            }
            for (number, figure) in release.figures.iter().enumerate() {
                let twice = release.figures[..number].iter().any(|other| other.is_same(figure));
                if let Some(field) = figure.fault().or(twice.then_some("period")) {
                    fault(&format!("figures[{number}].{field}"), ReleaseProblem::Contradicts);
                }
            }
            previous = Some(release);
        }
        (problems.errors() == before)
            .then(|| Self { releases: releases.into_iter().map(|(_, release)| release).collect() })
    }

    /// The release that has a digest.
    #[must_use]
    pub fn release(&self, digest: &str) -> Option<&Release> {
        self.releases.iter().find(|release| release.digest == digest)
    }

    /// Every figure of every release, oldest first.
    pub fn figures(&self) -> impl DoubleEndedIterator<Item = &Figure> {
        self.releases.iter().flat_map(|release| &release.figures)
    }

    /// Whether a figure stands in it exactly so.
    #[must_use]
    pub fn has(&self, figure: &Figure) -> bool {
        let undated = |figure: &Figure| Figure { since: String::new(), ..figure.clone() };
        let hidden = |other: &Figure| {
            !other.is_shown() && !figure.is_shown() && other.is_same(figure) && other.by_audit == figure.by_audit
        };
        self.figures().any(|other| hidden(other) || undated(other) == undated(figure))
    }
}
