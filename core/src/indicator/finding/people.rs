//! The answers of all years under one design.

use super::{Cell, Reason};
use crate::design::{Design, LonelyPsu, StageColumns};
use crate::indicator::Frame;
use crate::interval::{DesignProportion, Level, NoInterval, korn_graubard};
use crate::project::{DontKnow, Project};
use crate::read::{Categories, CodebookCategory, Column, Kind, Missing};
use crate::sample::{Row, Sample};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The rows that count, each with its stratum, its person and its weight.
#[derive(Debug)]
pub struct People<'a> {
    sample: &'a Sample<'a>,
    rows: Vec<Row>,
    /// Strata: cohort × home municipality.
    strata: Categories,
    /// People, by the self-made code; without one each row is a person.
    persons: Categories,
    /// The design.
    pub design: Design,
}

/// A weighted share of yes.
#[derive(Clone, Debug)]
pub(super) struct Share {
    /// Answers.
    pub n: u64,
    /// Of them yes.
    pub x: u64,
    /// The weighted share.
    pub p: f64,
    /// How much each row moves it.
    pub influence: Vec<Option<f64>>,
}

impl<'a> People<'a> {
    /// The people of some years.
    ///
    /// # Errors
    ///
    /// A design that cannot be: never, with strata and people as they are made here.
    pub fn new(sample: &'a Sample<'a>, frame: &Frame, years: &RangeInclusive<u16>) -> Result<Self, Reason> {
        let project = sample.project;
        let year = |row: &Row| project.survey.rounds[row.round].year;
        let rows: Vec<Row> = sample.rows.iter().filter(|row| years.contains(&year(row))).copied().collect();
        let mut answered: BTreeMap<(usize, usize, usize), f64> = BTreeMap::new();
        for row in &rows {
            *answered.entry((row.round, row.wave, row.municipality)).or_default() += 1.0;
        }
        let weight = |row: &Row| {
            let n = answered[&(row.round, row.wave, row.municipality)];
            // More answers than the register has people: each stands for itself.
            crate::compare::real(frame.size(row.round, row.wave, row.municipality)).max(n) / n
        };
        let stratum = |row: &Row| {
            let cohort = Project::cohort(&project.survey.waves[row.wave], year(row));
            format!("{cohort}:{}", project.municipalities[row.municipality].code)
        };
        let strata = categories(rows.iter().map(stratum).collect());
        let person = |(number, row): (usize, &Row)| {
            let code = sample.tables[row.round].column(&project.survey.roles.code);
            let code = code.and_then(|code| code.text(row.record).ok()).map(str::trim).filter(|code| !code.is_empty());
            // Neither can be the other: what is written has no line end in front.
            let own = code.map_or_else(|| format!("\n{number}"), |code| format!("={code}"));
            format!("{}|{own}", stratum(row))
        };
        let persons = categories(rows.iter().enumerate().map(person).collect());
        let stage = StageColumns { strata: vec![&strata], units: Some(&persons), fpc: None };
        let weights = rows.iter().map(weight).collect();
        let design = Design::new(rows.len(), &[stage], Some(weights), true, LonelyPsu::Adjust);
        let design = design.map_err(|mut problems| match problems.pop() {
            Some(problem) => Reason::from(problem),
            None => Reason::from(NoInterval::NoAnswers),
        })?;
        Ok(Self { sample, rows, strata, persons, design })
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The project.
    pub(super) fn project(&self) -> &'a Project {
        self.sample.project
    }

    /// A question of the questionnaire.
    pub(super) fn column(&self, variable: &str) -> Option<&'a Column> {
        self.sample.tables.iter().find_map(|table| table.column(variable))
    }

    /// The names of all questions.
    pub(super) fn variables(&self) -> Vec<&'a str> {
        let first = self.sample.tables.first().map(|table| table.columns.as_slice()).unwrap_or_default();
        first.iter().map(|column| column.variable.name.as_str()).collect()
    }

    /// What a question is called.
    pub(super) fn label(&self, variable: &str) -> Text {
        self.column(variable).map_or_else(|| Text::same(variable), |column| column.variable.label.clone())
    }

    /// The answers that can be given to a question, without the kinds of missing.
    pub(super) fn choices(&self, variable: &str) -> &'a [CodebookCategory] {
        match self.column(variable).map(|column| &column.variable.kind) {
            Some(Kind::Category(list) | Kind::Multiple(list)) => list,
            _ => &[],
        }
    }

    /// The code each row answered, or which kind of missing it is.
    pub(super) fn codes(&self, variable: &str) -> Vec<Result<&'a str, Missing>> {
        self.rows.iter().map(|row| self.sample.answer(row, variable)).collect()
    }

    /// The number each row answered.
    pub(super) fn numbers(&self, variable: &str) -> Vec<Option<f64>> {
        let number = |row: &Row| self.sample.tables[row.round].column(variable)?.number(row.record).ok();
        self.rows.iter().map(number).collect()
    }

    /// The places of the choices that each row ticked; of a question with one choice, the one.
    pub(super) fn ticks(&self, variable: &str) -> Vec<Option<Vec<usize>>> {
        let ticked = |row: &Row| {
            let column = self.sample.tables[row.round].column(variable)?;
            match column.variable.kind {
                Kind::Multiple(_) => {
                    column.categories(row.record).ok().map(|places| places.iter().map(|at| usize::from(*at)).collect())
                }
                _ => column.category(row.record).ok().map(|place| vec![place]),
            }
        };
        self.rows.iter().map(ticked).collect()
    }

    /// Whether each row answered one of some codes; none where it did not answer.
    pub(super) fn yes(&self, variable: &str, codes: &[String]) -> Vec<Option<bool>> {
        let choices = self.choices(variable);
        let is_yes = |place: &usize| choices.get(*place).is_some_and(|choice| codes.contains(&choice.code));
        self.ticks(variable).iter().map(|ticks| ticks.as_ref().map(|ticks| ticks.iter().any(is_yes))).collect()
    }

    /// As [`Self::yes`], with "don't know" a no where the project counts it in.
    pub(super) fn intent(&self, (variable, codes): &(String, Vec<String>)) -> Vec<Option<bool>> {
        let inside = self.project().release.dont_know == DontKnow::Inside;
        let answers = self.codes(variable);
        let yes = self.yes(variable, codes);
        let with = |(yes, answer): (Option<bool>, Result<&str, Missing>)| {
            yes.or((inside && answer == Err(Missing::DontKnow)).then_some(false))
        };
        yes.into_iter().zip(answers).map(with).collect()
    }

    /// Those who could move here: in waves that are asked where they live, those who live elsewhere. A wave in which nobody
    /// said where they live was not asked.
    pub(super) fn could_move(&self) -> Vec<bool> {
        let project = self.project();
        let lives_now = &project.survey.roles.lives_now;
        let lives = self.codes(lives_now);
        let here = |code: &str| project.municipalities.iter().any(|municipality| municipality.code == code);
        let answered = self.rows.iter().zip(&lives).filter(|(_, code)| code.is_ok()).map(|(row, _)| row.wave);
        let asked: BTreeSet<usize> = answered.collect();
        let could = |(row, code): (&Row, &Result<&str, Missing>)| {
            let asked =
                asked.contains(&row.wave) && self.sample.is_asked(&self.sample.tables[row.round], row.wave, lives_now);
            !asked || code.is_ok_and(|code| !here(code))
        };
        self.rows.iter().zip(&lives).map(could).collect()
    }

    /// Each row's year, wave and home municipality.
    pub(super) fn places(&self) -> Vec<(u16, usize, usize)> {
        let rounds = &self.project().survey.rounds;
        self.rows.iter().map(|row| (rounds[row.round].year, row.wave, row.municipality)).collect()
    }

    /// Each row's stratum: cohort and home municipality.
    pub(super) fn stratum(&self, row: usize) -> &str {
        self.strata.label(row).map_or("", |label| label)
    }

    /// The rows that are their person's last; of those that `holds` says.
    pub(super) fn last(&self, holds: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut last: BTreeMap<u32, usize> = BTreeMap::new();
        for row in (0..self.rows.len()).filter(|row| holds(*row)) {
            last.insert(self.persons.codes[row], row);
        }
        let rows: BTreeSet<usize> = last.into_values().collect();
        rows.into_iter().collect()
    }

    /// The number of a row's person.
    pub(super) fn person(&self, row: usize) -> u32 {
        self.persons.codes[row]
    }

    /// The weighted share of yes in a domain; none where nobody answered.
    pub(super) fn share(&self, yes: &[Option<bool>], domain: impl Fn(usize) -> bool) -> Option<Share> {
        let inside: Vec<Option<f64>> = yes
            .iter()
            .enumerate()
            .map(|(row, yes)| yes.filter(|_| domain(row)).map(|yes| f64::from(u8::from(yes))))
            .collect();
        let mean = self.mean(&inside)?;
        let x = inside.iter().flatten().filter(|yes| **yes == 1.0).count() as u64;
        Some(Share { n: mean.n, x, p: mean.p, influence: mean.influence })
    }

    /// The weighted mean of the values that are there.
    pub(super) fn mean(&self, values: &[Option<f64>]) -> Option<Share> {
        let weighted = values.iter().zip(&self.design.weights);
        let pairs = weighted.filter_map(|(value, weight)| value.map(|value| (value, *weight)));
        let (sum, weights) = pairs.fold((0.0, 0.0), |(sum, all), (value, weight)| (sum + value * weight, all + weight));
        if weights <= 0.0 {
            return None;
        }
        let mean = sum / weights;
        let n = values.iter().flatten().count() as u64;
        let moves = |(value, weight): (&Option<f64>, &f64)| value.map(|value| weight * (value - mean) / weights);
        Some(Share { n, x: 0, p: mean, influence: values.iter().zip(&self.design.weights).map(moves).collect() })
    }

    /// The variance of what rows move by so much.
    pub(super) fn variance(&self, influence: &[Option<f64>]) -> Result<f64, Reason> {
        let variance = self.design.stages.variance(&self.design.influence(influence))?;
        Ok(variance.max(0.0))
    }

    /// Degrees of freedom of the rows that are used: people less strata.
    pub(super) fn df(&self, influence: &[Option<f64>]) -> f64 {
        self.design.domain_df(|row| influence[row].is_some())
    }

    /// A share as a cell, with Korn and Graubard's interval.
    pub(super) fn cell(&self, cell: Cell, share: Option<&Share>, level: Level) -> Cell {
        let Some(share) = share else { return cell.none(NoInterval::NoAnswers) };
        let mut cell = cell.estimate(share.p).x(share.x);
        cell.n = share.n;
        let variance = match self.variance(&share.influence) {
            Ok(variance) => variance,
            Err(reason) => return cell.none(reason),
        };
        let df = self.df(&share.influence);
        cell.se = Some(variance.sqrt()).filter(|se| *se > 0.0);
        cell.df = Some(df);
        let p = share.p.clamp(0.0, 1.0);
        let sample = DesignProportion::new(p, variance, share.n, df);
        let interval = sample.and_then(|sample| korn_graubard::nchs(&sample, level));
        cell.interval("korn-graubard", level, interval.map(Into::into))
    }

    /// The answers that the hypotheses use, one row per line, as CSV: so that anybody can recompute them. People are numbers.
    #[must_use]
    pub fn frame(&self, roles: &super::Roles) -> String {
        let project = self.project();
        let intent = self.intent(&roles.intent);
        let could = self.could_move();
        let friends = self.numbers(&roles.friends);
        let ties: Vec<_> = roles.ties.iter().filter(|tie| self.column(&tie.variable).is_some()).collect();
        let tied: Vec<Vec<Option<bool>>> = ties.iter().map(|tie| self.yes(&tie.variable, &tie.yes)).collect();
        let adjust: Vec<&String> = roles.adjust.iter().filter(|name| self.column(name).is_some()).collect();
        let adjusted: Vec<_> = adjust.iter().map(|name| self.codes(name)).collect();
        let mut text = String::from("person,stratum,weight,year,wave,home,could_move,intent,friends");
        for tie in &ties {
            text += &format!(",tie_{}", tie.variable);
        }
        adjust.iter().for_each(|name| text += &format!(",{name}"));
        let flag = |value: Option<bool>| value.map_or("", |value| if value { "1" } else { "0" });
        for (row, (year, wave, home)) in self.places().into_iter().enumerate() {
            text += &format!(
                "\n{},{},{},{year},{},{},{},{},{}",
                self.person(row),
                self.stratum(row),
                self.design.weights[row],
                project.survey.waves[wave].code,
                project.municipalities[home].code,
                u8::from(could[row]),
                flag(intent[row]),
                friends[row].map(|friends| friends.to_string()).unwrap_or_default(),
            );
            tied.iter().for_each(|tied| text += &format!(",{}", flag(tied[row])));
            adjusted.iter().for_each(|codes| text += &format!(",{}", codes[row].unwrap_or("")));
        }
        text + "\n"
    }
}

/// Words as codes, in order.
fn categories(words: Vec<String>) -> Categories {
    let labels: BTreeSet<&String> = words.iter().collect();
    let places: BTreeMap<&String, u32> = labels.iter().copied().zip(0..).collect();
    Categories {
        codes: words.iter().map(|word| places[word]).collect(),
        labels: labels.iter().map(|label| Arc::from(label.as_str())).collect(),
    }
}
