//! The records of a file: their design, their groups, and the values of each statistic.

use super::part::Part;
use crate::design::{Condition, Design, Prepared};
use crate::estimate::replication::Made;
use crate::estimate::{EstimateProblem, Question, Statistic, indicator};
use crate::problem::{Problem, Problems};
use crate::read::codes::Codes;
use crate::read::{Categories, Columns, Want};
use crate::weight::Residuals;
use crate::weight::replicate::{Replicates, Scaling};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The records that estimates are made from.
pub(super) struct Sample<'a> {
    pub(super) file: &'a str,
    pub(super) question: &'a Question,
    columns: Columns,
    pub(super) design: Design,
    pub(super) prepared: Prepared<'static>,
    pub(super) replicates: Option<Replicates>,
    pub(super) scaling: Scaling,
    /// What calibrated weights leave of influence values.
    pub(super) residuals: Option<Residuals>,
    /// The weights of each replicate, where they are calibrated; none where they cannot be.
    pub(super) calibrated: Vec<Option<Vec<f64>>>,
    /// Degrees of freedom.
    pub(super) df: f64,
    pub(super) groups: Vec<Group>,
    /// The codes of a share of each code.
    pub(super) categories: Vec<u32>,
}

/// The records of a group inside the domain.
pub(super) struct Group {
    /// The codes of the columns to group by, as places among those of the column.
    pub(super) ranks: Vec<u32>,
    pub(super) rows: Vec<usize>,
}

/// A statistic as it is named in results.
pub(super) struct Asked {
    pub(super) value: Option<Arc<str>>,
    pub(super) prob: Option<f64>,
}

impl<'a> Sample<'a> {
    /// Reads the columns, and puts records together.
    pub(super) fn read(file: &'a str, bytes: &[u8], question: &'a Question, problems: &mut Problems) -> Option<Self> {
        let mut wanted = question.design.wants();
        wanted.extend(question.by.iter().cloned().map(Want::Category));
        wanted.extend(question.domain.iter().map(Condition::want));
        for statistic in &question.statistics {
            let answer = matches!(statistic, Statistic::Share { .. } | Statistic::Count { .. });
            let want = |name: &str| if answer { Want::Answer(name.into()) } else { Want::Number(name.into()) };
            wanted.extend(statistic.columns().map(want));
            if !question.missing.is_empty() {
                wanted.extend(statistic.columns().map(|name| Want::Category(name.into())));
            }
        }
        wanted.extend(question.calibration.iter().flat_map(|targets| targets.wants()));
        let columns = Columns::read(file, bytes, &wanted, &question.missing, problems)?;
        if problems.errors() > 0 {
            return None;
        }
        never_seen(file, question, &columns, problems);
        let mut design = question.design.design(&columns, problems)?;
        let mut df = design.df();
        let mut scaling = Scaling { scale: 0.0, rscales: Vec::new(), mse: false };
        let mut replicates = None;
        if let Some(replication) = &question.replication {
            let names = question.design.strata.iter().chain(question.design.psu.first());
            let codes: Vec<&Categories> = names.filter_map(|name| columns.categories(name)).collect();
            let label = |row: usize| codes.iter().filter_map(|codes| codes.label(row).cloned()).collect();
            match replication.of(file, &design, false, label) {
                Ok((Made::Held(made), own)) => {
                    (df, scaling) = (made.df, own);
                    replicates = Some(made);
                }
                Ok(_) => return None,
                Err(problem) => {
                    problems.push(*problem);
                    return None;
                }
            }
        }
        let (mut residuals, mut calibrated) = (None, Vec::new());
        if let Some(targets) = &question.calibration {
            let (made, _) = targets.calibrate(&columns, &design.weights, problems)?;
            if let Some(replicates) = &replicates {
                let again = |replicate: usize| {
                    let weights = replicates.weights(replicate, &design);
                    let made = targets.calibrate(&columns, &weights, &mut Problems::new());
                    made.map(|(made, _)| made.weights)
                };
                calibrated = (0..replicates.len()).map(again).collect();
            }
            (design.weights, residuals) = (made.weights, Some(made.residuals));
        }
        let domain = Condition::domain(&question.domain, &columns);
        let mut groups = BTreeMap::<Vec<u32>, Vec<usize>>::new();
        if question.by.is_empty() {
            groups.insert(Vec::new(), Vec::new());
        }
        let by: Vec<&Categories> = question.by.iter().filter_map(|name| columns.categories(name)).collect();
        for (row, _) in domain.iter().enumerate().filter(|(_, inside)| **inside) {
            groups.entry(by.iter().map(|codes| codes.codes[row]).collect()).or_default().push(row);
        }
        let groups = groups.into_iter().map(|(ranks, rows)| Group { ranks, rows }).collect();
        let prepared = design.stages.clone().into_prepared();
        let categories = Vec::new();
        let mut sample = Self {
            file,
            question,
            columns,
            design,
            prepared,
            replicates,
            scaling,
            residuals,
            calibrated,
            df,
            groups,
            categories,
        };
        sample.without_empty(problems);
        sample.find_categories();
        Some(sample)
    }

    /// The codes of a group.
    pub(super) fn codes(&self, group: &Group) -> Vec<Arc<str>> {
        let by = self.question.by.iter().zip(&group.ranks);
        by.map(|(name, rank)| Arc::clone(&self.texts(name)[*rank as usize])).collect()
    }

    /// The codes of a column to group by.
    pub(super) fn texts(&self, name: &str) -> &[Arc<str>] {
        self.columns.categories(name).map_or(&[], |codes| &codes.labels)
    }

    /// The weights of records.
    pub(super) fn weights(&self, rows: &[usize]) -> Vec<f64> {
        rows.iter().map(|row| self.design.weights[*row]).collect()
    }

    /// What a statistic is of some records, each figure by itself.
    pub(super) fn parts(&self, statistic: &Statistic, rows: &[usize]) -> Vec<(Asked, Part)> {
        let numbers = |name: &str| -> Vec<Option<f64>> {
            let all = self.columns.numbers(name).unwrap_or_default();
            rows.iter().map(|row| all[*row]).collect()
        };
        let plain = Asked { value: None, prob: None };
        match statistic {
            Statistic::Mean { column } => vec![(plain, Part::Mean(numbers(column)))],
            Statistic::Total { column } => vec![(plain, Part::Total(numbers(column)))],
            Statistic::Ratio { numerator, denominator } => {
                vec![(plain, Part::Ratio(numbers(numerator), numbers(denominator)))]
            }
            Statistic::Variance { column } => vec![(plain, Part::Variance(numbers(column)))],
            Statistic::Correlation { first, second } => {
                vec![(plain, Part::Correlation(numbers(first), numbers(second)))]
            }
            Statistic::Quantile { column, probabilities, rule, interval } => {
                let (rule, interval) = (*rule, *interval);
                let part = |p: &f64| {
                    let asked = Asked { value: None, prob: Some(*p) };
                    (asked, Part::Quantile { values: numbers(column), p: *p, rule, interval })
                };
                probabilities.iter().map(part).collect()
            }
            Statistic::Share { column, codes } | Statistic::Count { column, codes } => {
                let is_total = matches!(statistic, Statistic::Count { .. });
                let Some(answers) = self.columns.answers(column) else { return Vec::new() };
                let given: Vec<Option<u32>> = rows.iter().map(|row| answers.codes.get(*row).copied()).collect();
                let given: Vec<Option<u32>> =
                    given.into_iter().map(|code| code.filter(|code| *code != Categories::MISSING)).collect();
                let share = |value: Arc<str>, is: &dyn Fn(u32) -> bool| {
                    let asked = Asked { value: Some(value), prob: None };
                    let values = indicator(&given, |code| is(*code));
                    (asked, if is_total { Part::Total(values) } else { Part::Mean(values) })
                };
                if codes.is_empty() {
                    let each = |of: &u32| share(Arc::clone(&answers.labels[*of as usize]), &|code| code == *of);
                    return self.categories.iter().map(each).collect();
                }
                let asked = Codes::new(codes);
                let is: Vec<bool> = answers.labels.iter().map(|label| asked.find(label.as_bytes()).is_some()).collect();
                vec![share(asked.asked.join(",").into(), &|code| is[code as usize])]
            }
        }
    }

    /// Whether a record has a value of any statistic.
    fn has_value(&self, row: usize) -> bool {
        let number = |name: &str| self.columns.numbers(name).is_some_and(|values| values[row].is_some());
        let answer =
            |name: &str| self.columns.answers(name).is_some_and(|values| values.codes[row] != Categories::MISSING);
        self.question.statistics.iter().any(|statistic| match statistic {
            Statistic::Share { column, .. } | Statistic::Count { column, .. } => answer(column),
            other => other.columns().all(number),
        })
    }

    /// Leaves out groups without any value, and says so.
    fn without_empty(&mut self, problems: &mut Problems) {
        if self.question.by.is_empty() {
            return;
        }
        let groups = std::mem::take(&mut self.groups);
        let (kept, empty): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.rows.iter().any(|row| self.has_value(*row)));
        self.groups = kept;
        let Some(first) = empty.first() else { return };
        let names = self.question.by.iter().zip(self.codes(first)).map(|(column, code)| format!("{column} {code}"));
        let first = names.collect::<Vec<_>>().join(", ");
        problems.push(Problem::warning(self.file, EstimateProblem::EmptyGroups { count: empty.len(), first }));
    }

    /// The codes that occur inside the domain.
    fn find_categories(&mut self) {
        let Some(column) = self.question.statistics.first().filter(|of| of.of_each_code()).map(Statistic::column)
        else {
            return;
        };
        let Some(answers) = self.columns.answers(column) else { return };
        let mut seen = vec![false; answers.labels.len()];
        for row in self.groups.iter().flat_map(|group| &group.rows) {
            if let Some(seen) = seen.get_mut(answers.codes[*row] as usize) {
                *seen = true;
            }
        }
        self.categories = (0..).zip(seen).filter_map(|(code, seen)| seen.then_some(code)).collect();
    }
}

/// Warnings of codes that no record has.
fn never_seen(file: &str, question: &Question, columns: &Columns, problems: &mut Problems) {
    let mut warn = |code: &String, column: &str| {
        let what = EstimateProblem::CodeNeverSeen { code: code.clone() };
        problems.push(Problem::warning(file, what).column(column));
    };
    let absent = |codes: &Codes, labels: &mut dyn Iterator<Item = &Arc<str>>| -> Vec<String> {
        let mut seen = vec![false; codes.asked.len()];
        for place in labels.filter_map(|label| codes.find(label.as_bytes())) {
            seen[place] = true;
        }
        codes.asked.iter().zip(seen).filter(|(_, seen)| !*seen).map(|(code, _)| code.clone()).collect()
    };
    for statistic in &question.statistics {
        if let Some(answers) = columns.answers(statistic.column()) {
            let absent = absent(&Codes::new(statistic.codes()), &mut answers.labels.iter());
            absent.iter().for_each(|code| warn(code, statistic.column()));
        }
    }
    let analysed = question.statistics.iter().flat_map(Statistic::columns);
    let mut labels = analysed.filter_map(|name| columns.categories(name)).flat_map(|codes| &codes.labels);
    let column = question.statistics.first().map_or("", Statistic::column);
    absent(&Codes::new(&question.missing), &mut labels).iter().for_each(|code| warn(code, column));
}
