//! Which rows count, and what they answered.
//!
//! A row counts when the person consented, its wave and home municipality are known, the municipality is of the
//! region, it came in on or before the closing date, and it is the one kept among duplicates. Everything left out is
//! counted by year and reason.
//!
//! An empty field is told apart here: not asked (the wave is not put this question), broken off (nothing later is
//! answered, and the form was not sent in), no answer (otherwise).

use crate::disclosure::release::{Person, Token};
use crate::panel::normal_form;
use crate::problem::{Privacy, Problem, Problems};
use crate::project::{Project, ProjectProblem};
use crate::read::{Column, Kind, Missing, Table};
use crate::submission::{Standing, counting};
use crate::text::Lang;
use std::collections::{BTreeMap, BTreeSet};

/// A row that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Position of its year among the project's rounds.
    pub round: usize,
    /// Position in that year's table.
    pub record: usize,
    /// Position of its wave.
    pub wave: usize,
    /// Position of its home municipality.
    pub municipality: usize,
}

/// Why a row does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// No consent.
    NoConsent,
    /// The wave is empty.
    NoWave,
    /// The home municipality is empty.
    NoHome,
    /// Grew up outside the region.
    OutsideRegion,
    /// Came in after the closing date.
    Late,
    /// Another row with the same code, year, wave and home municipality was kept.
    Duplicate,
    /// The person withdrew.
    Withdrawn,
    /// The person's consent has ended.
    ConsentEnded,
}

impl LeftOut {
    /// A stable slug.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoConsent => "no_consent",
            Self::NoWave => "no_wave",
            Self::NoHome => "no_home",
            Self::OutsideRegion => "outside_region",
            Self::Late => "late",
            Self::Duplicate => "duplicate",
            Self::Withdrawn => "withdrawn",
            Self::ConsentEnded => "consent_ended",
        }
    }

    /// What people read behind a number of rows.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::NoConsent => lang.pick("uten samtykke", "utan samtykke", "without consent"),
            Self::NoWave => lang.pick("uten kjent bølge", "utan kjend bølgje", "without a known wave"),
            Self::NoHome => lang.pick("uten hjemkommune", "utan heimkommune", "without home municipality"),
            Self::OutsideRegion => lang.pick("fra andre kommuner", "frå andre kommunar", "from other municipalities"),
            Self::Late => lang.pick("for sent", "for seint", "late"),
            Self::Duplicate => lang.pick("dobbelt", "dobbelt", "duplicates"),
            Self::Withdrawn => lang.pick("trukket tilbake", "trekte tilbake", "withdrawn"),
            Self::ConsentEnded => {
                lang.pick("med utløpt samtykke", "med utgått samtykke", "with a consent that has ended")
            }
        }
    }
}

/// How many rows were left out, by position of the year and reason.
pub type LeftOutRows = BTreeMap<(usize, LeftOut), u64>;

/// The rows that count, over the tables of all years.
#[derive(Debug)]
pub struct Sample<'a> {
    /// The project that says what columns mean.
    pub project: &'a Project,
    /// One table per round.
    pub tables: &'a [Table],
    /// The rows that count, by year and then in the order of the files.
    pub rows: Vec<Row>,
    /// How many rows were left out, by position of the year and reason.
    pub left_out: LeftOutRows,
}

impl<'a> Sample<'a> {
    /// Sorts out the rows. Variables that the project names and the questionnaire lacks are problems.
    #[must_use]
    pub fn new(project: &'a Project, tables: &'a [Table], problems: &mut Problems) -> Option<Self> {
        let mut sample = Self { project, tables, rows: Vec::new(), left_out: BTreeMap::new() };
        let before = problems.errors();
        for (round, table) in tables.iter().enumerate() {
            sample.add_round(round, table, problems);
        }
        (problems.errors() == before).then_some(sample)
    }

    fn add_round(&mut self, round: usize, table: &'a Table, problems: &mut Problems) -> Option<()> {
        let survey = &self.project.survey;
        let roles = &survey.roles;
        let mut column = |name: &str| {
            let found = table.column(name);
            if found.is_none() {
                let known = table.columns.iter().map(|column| column.variable.name.clone()).collect();
                let what = ProjectProblem::NotInQuestionnaire(known);
                problems.push(
                    Problem::error(&survey.rounds[round].questionnaire.survey, what)
                        .column(name)
                        .value(name, Privacy::Open),
                );
            }
            found
        };
        let (wave, home, consent) = (column(&roles.wave), column(&roles.home), column(&roles.consent));
        let (code, submitted) = (column(&roles.code), column(&roles.submitted));
        let (wave, home, consent, code, submitted) = (wave?, home?, consent?, code?, submitted?);

        let mut same: BTreeMap<(usize, usize, String), Vec<(usize, Standing)>> = BTreeMap::new();
        let mut rows: Vec<Row> = Vec::new();
        for record in 0..table.len() {
            let standing = Standing::of(submitted.text(record).ok(), &survey.rounds[round].closes);
            let row = self.place(wave, home, consent, record).and_then(|(wave, municipality)| {
                if standing == Standing::Late {
                    return Err(LeftOut::Late);
                }
                Ok(Row { round, record, wave, municipality })
            });
            match row {
                Ok(row) => {
                    let own = code.text(record).map(normal_form).unwrap_or_default();
                    if !own.is_empty() {
                        let of_person = same.entry((row.wave, row.municipality, own)).or_default();
                        of_person.push((record, standing));
                    }
                    rows.push(row);
                }
                Err(reason) => *self.left_out.entry((round, reason)).or_default() += 1,
            }
        }
        let mut left_out = BTreeSet::new();
        for submissions in same.into_values() {
            let kept = counting(submissions.iter().map(|(_, standing)| *standing));
            let others = submissions.iter().enumerate().filter(|(place, _)| Some(*place) != kept);
            left_out.extend(others.map(|(_, (record, _))| *record));
        }
        if !left_out.is_empty() {
            self.left_out.insert((round, LeftOut::Duplicate), left_out.len() as u64);
        }
        self.rows.extend(rows.into_iter().filter(|row| !left_out.contains(&row.record)));
        Some(())
    }

    /// Wave and home municipality of a record, or why it does not count.
    fn place(&self, wave: &Column, home: &Column, consent: &Column, record: usize) -> Result<(usize, usize), LeftOut> {
        let survey = &self.project.survey;
        if consent.code(record) != Ok(survey.roles.consent_yes.as_str()) {
            return Err(LeftOut::NoConsent);
        }
        let wave = wave.code(record).ok().and_then(|code| survey.waves.iter().position(|wave| wave.code == code));
        let wave = wave.ok_or(LeftOut::NoWave)?;
        let home = home.code(record).map_err(|_| LeftOut::NoHome)?;
        let municipality = self.project.municipalities.iter().position(|municipality| municipality.code == home);
        Ok((wave, municipality.ok_or(LeftOut::OutsideRegion)?))
    }

    /// The code that a row answered, or which kind of missing it is; an empty field is told apart.
    ///
    /// # Errors
    ///
    /// The kind of missing, never [`Missing::Blank`].
    pub fn answer(&self, row: &Row, name: &str) -> Result<&'a str, Missing> {
        let table = &self.tables[row.round];
        let column = table.column(name).ok_or(Missing::NotAsked)?;
        column.code(row.record).map_err(|missing| match missing {
            Missing::Blank => self.blank(table, row, name),
            other => other,
        })
    }

    /// Who a row is in the base of a question, by the self-made code and the time of submission. Wave, year and municipality
    /// are not in it, so that the same form is found again under other names.
    #[must_use]
    pub(crate) fn person(&self, row: &Row, question: &str) -> Option<Person> {
        let roles = &self.project.survey.roles;
        let text = |name: &str| {
            let column = self.tables[row.round].column(name);
            column.and_then(|column| column.text(row.record).ok()).unwrap_or_default().trim()
        };
        let submitted = text(&roles.submitted);
        let token = Token::new(question, text(&roles.code), submitted)?;
        Some(Person { token, is_timed: submitted.len() > "2026-04-30".len() })
    }

    fn blank(&self, table: &Table, row: &Row, name: &str) -> Missing {
        if !self.is_asked(table, row.wave, name) {
            return Missing::NotAsked;
        }
        let roles = &self.project.survey.roles;
        let mut later = table.columns.iter().skip_while(|column| column.variable.name != name).skip(1);
        let answered_later = later.any(|column| {
            let name = &column.variable.name;
            let is_identity = *name == roles.code || roles.person.as_ref() == Some(name);
            let question = !matches!(column.variable.kind, Kind::Date) && !is_identity;
            question && column.missing(row.record) != Some(Missing::Blank)
        });
        // Who reached the end did not break off.
        let submitted = table.column(&roles.submitted).is_some_and(|end| end.text(row.record).is_ok());
        if answered_later || submitted { Missing::NoAnswer } else { Missing::BreakOff }
    }

    /// Whether a wave is put a question: what the questionnaire's `waves` says; empty means all.
    #[must_use]
    pub fn is_asked(&self, table: &Table, wave: usize, name: &str) -> bool {
        let waves = table.column(name).map(|column| column.variable.waves.as_slice()).unwrap_or_default();
        waves.is_empty() || waves.contains(&self.project.survey.waves[wave].code)
    }
}
