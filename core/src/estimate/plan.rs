//! A question, put to the header of a file.

use super::cells::Shape;
use super::{EstimateProblem, Question, Statistic};
use crate::design::Test;
use crate::interval::ProportionMethod;
use crate::problem::{Problem, Problems};
use crate::read::Head;
use crate::read::codes::Codes;
use crate::read::scan::Layout;
use std::sync::Arc;

/// A question, put to the header of a file.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) file: String,
    pub(super) head: Head,
    pub(super) question: Question,
    pub(super) layout: Layout,
    pub(super) variables: Arc<[Variable]>,
    pub(super) missing: Codes,
    pub(super) weight: Option<Numeric>,
    pub(super) populations: Vec<Numeric>,
    pub(super) conditions: Vec<(usize, Test)>,
    /// Columns that are read as numbers; their decimal marks are watched.
    pub(super) numeric: Vec<usize>,
    pub(super) tree: Tree,
    pub(super) shape: Shape,
}

/// A column of numbers: its position, and its place among those.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeric {
    pub(super) column: usize,
    pub(super) mark: usize,
}

/// One statistic.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) statistic: &'static str,
    pub(super) name: Arc<str>,
    /// Whether it is a sum, over nothing.
    pub(super) is_total: bool,
    pub(super) kind: Kind,
}

/// What the statistic does with a record's field.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A number over the weights, or over another number.
    Ratio { y: Numeric, x: Option<Numeric> },
    /// A number that is summed.
    Total { y: Numeric },
    /// 1 for the codes, 0 for others.
    Share { y: usize, codes: Codes, value: Arc<str> },
    /// 1 for each code that occurs.
    EachCode { y: usize },
}

/// Which columns make the paths of cells, each once: strata, then sampling units by stage, then groups, then the codes of
/// a share, then people who link strata.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    pub(super) columns: Vec<usize>,
    /// How many of them make the strata.
    pub(super) strata: usize,
    /// For each stage how many of them make its units.
    pub(super) units: Vec<usize>,
    /// For each column to group by its place among them.
    pub(super) by: Vec<usize>,
    /// The place of the codes of a share.
    pub(super) category: Option<usize>,
    /// The place of the person, where strata are linked.
    pub(super) person: Option<usize>,
}

impl Tree {
    fn place(&mut self, column: usize) -> usize {
        self.columns.iter().position(|own| *own == column).unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        })
    }
}

impl Plan {
    /// Finds the columns. `None` when one is not there, or is to be grouped by twice; problems say which and what there is instead.
    pub fn new(file: &str, head: Head, question: &Question, problems: &mut Problems) -> Option<Self> {
        if !possible(file, question, problems) {
            return None;
        }
        if question.needs_memory() {
            problems.push(Problem::error(file, EstimateProblem::NotStreamed));
            return None;
        }
        let mut columns = Finder { file, head: &head, numeric: Vec::new(), last: 0, found: true, problems };
        let variables: Vec<_> = question
            .statistics
            .iter()
            .map(|statistic| {
                let kind = match statistic {
                    Statistic::Mean { column } => Kind::Ratio { y: columns.number(column), x: None },
                    Statistic::Total { column } => Kind::Total { y: columns.number(column) },
                    // Refused above: these need the whole file.
                    Statistic::Quantile { column, .. }
                    | Statistic::Variance { column }
                    | Statistic::Correlation { first: column, .. } => Kind::Total { y: columns.number(column) },
                    Statistic::Ratio { numerator, denominator } => {
                        Kind::Ratio { y: columns.number(numerator), x: Some(columns.number(denominator)) }
                    }
                    Statistic::Share { column, codes } | Statistic::Count { column, codes } if codes.is_empty() => {
                        Kind::EachCode { y: columns.position(column) }
                    }
                    Statistic::Share { column, codes } | Statistic::Count { column, codes } => {
                        let codes = Codes::new(codes);
                        let value = codes.asked.join(",").into();
                        Kind::Share { y: columns.position(column), codes, value }
                    }
                };
                let is_total = matches!(statistic, Statistic::Total { .. } | Statistic::Count { .. });
                Variable { statistic: statistic.name(), name: statistic.variable().into(), is_total, kind }
            })
            .collect();
        let design = &question.design;
        let weight = design.weights.as_ref().map(|name| columns.number(name));
        let by: Vec<usize> = question.by.iter().map(|name| columns.position(name)).collect();
        let mut tree = Tree::default();
        for name in &design.strata {
            let column = columns.position(name);
            tree.place(column);
        }
        tree.strata = tree.columns.len();
        for name in &design.psu {
            let column = columns.position(name);
            tree.place(column);
            tree.units.push(tree.columns.len());
        }
        tree.by = by.into_iter().map(|column| tree.place(column)).collect();
        if let Some(Variable { kind: Kind::EachCode { y }, .. }) = variables.first() {
            tree.category = Some(tree.place(*y));
        }
        tree.person = question.person.as_ref().filter(|_| design.psu.is_empty()).map(|name| {
            let column = columns.position(name);
            tree.place(column)
        });
        let populations: Vec<_> = design.fpc.iter().map(|name| columns.number(name)).collect();
        let conditions: Vec<_> =
            question.domain.iter().map(|condition| (columns.position(&condition.column), condition.test())).collect();
        let Finder { numeric, last, found, .. } = columns;
        if !found {
            return None;
        }
        let shape = Shape {
            variables: variables.len(),
            ratio: variables.iter().any(|variable| matches!(variable.kind, Kind::Ratio { x: Some(_), .. })),
            elements: design.psu.is_empty() || design.fpc.len() > design.psu.len(),
            pairs: question.report.covariance && variables.len() > 1,
            spread: question.report.deff.is_some(),
            populations: populations.len(),
            places: !populations.is_empty() || !(design.psu.is_empty() || design.nest) || tree.person.is_some(),
        };
        Some(Self {
            file: file.into(),
            layout: Layout { needed: last + 1, ..head.layout },
            variables: variables.into(),
            missing: Codes::new(&question.missing),
            question: question.clone(),
            weight,
            populations,
            conditions,
            numeric,
            tree,
            shape,
            head,
        })
    }

    /// The delimiter, for cutting.
    #[must_use]
    pub fn delimiter(&self) -> u8 {
        self.layout.delimiter
    }
}

/// Whether the question can be put to any file.
pub(super) fn possible(file: &str, question: &Question, problems: &mut Problems) -> bool {
    let before = problems.errors();
    if question.statistics.is_empty() {
        problems.push(Problem::error(file, EstimateProblem::NoStatistic));
    }
    for (place, name) in question.by.iter().enumerate() {
        if question.by[..place].contains(name) {
            problems.push(Problem::error(file, EstimateProblem::GroupedTwice).column(name));
        }
    }
    if question.statistics.len() > 1
        && let Some(statistic) = question.statistics.iter().find(|statistic| statistic.of_each_code())
    {
        problems.push(Problem::error(file, EstimateProblem::EachCodeAlone).column(statistic.column()));
    }
    if let Some(name) = question.design.fpc.get(question.design.psu.len() + 1) {
        problems.push(Problem::error(file, EstimateProblem::TooManyPopulations).column(name));
    }
    let of_shares = |method: &ProportionMethod| !matches!(method, ProportionMethod::T | ProportionMethod::Z);
    if question.report.interval.as_ref().is_some_and(of_shares)
        && let Some(statistic) =
            question.statistics.iter().find(|statistic| !matches!(statistic, Statistic::Share { .. }))
    {
        problems.push(Problem::error(file, EstimateProblem::IntervalOfShares).column(statistic.column()));
    }
    for contrast in &question.report.contrasts {
        if !question.by.contains(&contrast.column) {
            problems.push(Problem::error(file, EstimateProblem::ContrastWithoutGroups).column(&contrast.column));
        }
    }
    problems.errors() == before
}

/// Finds columns by name.
struct Finder<'a> {
    file: &'a str,
    head: &'a Head,
    numeric: Vec<usize>,
    last: usize,
    found: bool,
    problems: &'a mut Problems,
}

impl Finder<'_> {
    fn position(&mut self, name: &str) -> usize {
        let position = self.head.position(name);
        if position.is_none() {
            self.found = false;
            let problem = self.head.missing_column(self.file, name, |_| self.head.looks_like_one());
            if !self.problems.list().iter().any(|other| other.column == problem.column && other.file == problem.file) {
                self.problems.push(problem);
            }
        }
        let position = position.unwrap_or_default();
        self.last = self.last.max(position);
        position
    }

    fn number(&mut self, name: &str) -> Numeric {
        let column = self.position(name);
        let mark = self.numeric.iter().position(|own| *own == column).unwrap_or_else(|| {
            self.numeric.push(column);
            self.numeric.len() - 1
        });
        Numeric { column, mark }
    }
}
