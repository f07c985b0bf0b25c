//! The question that the options ask, and its answer.

use super::answer::Answer;
use crate::design;
use bygdepuls_core::design::{Condition, Design, DesignQuestion};
use bygdepuls_core::hypothesis::design_rank_test::Score;
use bygdepuls_core::hypothesis::rao_scott::Statistic;
use bygdepuls_core::hypothesis::{NoResult, TestProblem};
use bygdepuls_core::interval::Level;
use bygdepuls_core::model::{Formula, ModelProblem, Variable};
use bygdepuls_core::problem::{Explain, Problem, Problems};
use bygdepuls_core::read::{Columns, Want};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;

/// Which test, of what.
enum Kind {
    RaoScott { a: String, b: String, statistic: Statistic },
    OneSample { y: Formula },
    TwoSamples { y: Formula, group: String },
    Rank { y: Formula, group: String, score: Score },
    Regress { formula: Formula, binary: bool },
    Trend { formula: Formula, score: String },
    McNemar { a: Formula, b: Formula },
}

/// A test of columns, under a design, in a domain.
pub(super) struct Question {
    kind: Kind,
    design: DesignQuestion,
    domain: Vec<Condition>,
    missing: Vec<String>,
    pub(super) level: Level,
}

/// What was read.
pub(super) struct Sample<'a> {
    pub(super) columns: &'a Columns,
    pub(super) design: Design,
    pub(super) domain: Vec<bool>,
}

impl Question {
    /// From the options.
    ///
    /// # Errors
    ///
    /// Wrong usage, in words.
    pub(super) fn new(options: &ArgMatches, lang: Lang) -> Result<Self, String> {
        let text = |name: &str| options.get_one::<String>(name).map(String::as_str);
        let name = text("kind").unwrap_or_default();
        for (option, of) in [("statistic", "rao-scott"), ("family", "regress"), ("score", "rank")] {
            if text(option).is_some() && name != of {
                return Err(format!("--{option} {} {of}", lang.pick("hører til", "høyrer til", "belongs to")));
            }
        }
        let columns: Vec<&str> =
            options.get_many::<String>("columns").into_iter().flatten().map(String::as_str).collect();
        let words = |problem: ModelProblem| {
            let expected = problem.expected(lang).map(|expected| format!("\n  {expected}")).unwrap_or_default();
            format!("{}{expected}", problem.message(lang))
        };
        let variable = |text: &str| Variable::of_argument(text).map_err(words);
        let alone = |text: &str| Ok::<_, String>(Formula::new(variable(text)?, Vec::new()));
        let kind = match (name, columns.as_slice()) {
            ("rao-scott", [a, b]) => {
                let asked = Statistic::ALL.into_iter().find(|(name, _)| Some(*name) == text("statistic"));
                let statistic = asked.map(|(_, statistic)| statistic).unwrap_or_default();
                Kind::RaoScott { a: (*a).into(), b: (*b).into(), statistic }
            }
            ("t", [y]) => Kind::OneSample { y: alone(y)? },
            ("t", [y, group]) => Kind::TwoSamples { y: alone(y)?, group: (*group).into() },
            ("rank", [y, group]) => {
                let score = match text("score") {
                    Some("normal") => Score::Normal,
                    Some("median") => Score::Median,
                    _ => Score::Rank,
                };
                Kind::Rank { y: alone(y)?, group: (*group).into(), score }
            }
            ("regress", [formula]) => {
                let formula = Formula::parse(formula).map_err(words)?;
                Kind::Regress { formula, binary: matches!(text("family"), Some("logistic" | "quasibinomial")) }
            }
            ("trend", [y, score]) => {
                let formula = Formula::new(variable(y)?, vec![Variable::Column((*score).into())]);
                Kind::Trend { formula, score: (*score).into() }
            }
            ("mcnemar", [a, b]) => Kind::McNemar { a: alone(a)?, b: alone(b)? },
            _ => {
                let words =
                    lang.pick("feil antall kolonner for", "feil tal på kolonnar for", "wrong number of columns for");
                return Err(format!("{words} {name}"));
            }
        };
        Ok(Self {
            kind,
            design: design::question(options),
            domain: design::domain(options, lang)?,
            missing: design::missing(options),
            level: options.get_one::<f64>("level").and_then(|level| Level::new(*level)).unwrap_or(Level::P95),
        })
    }

    /// The answer from a file; `None` when there is none, problems say why.
    pub(super) fn answer(&self, file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Answer> {
        let mut wants = self.design.wants();
        wants.extend(self.domain.iter().map(Condition::want));
        wants.extend(self.kind.wants());
        let columns = Columns::read(file, bytes, &wants, &self.missing, problems)?;
        let design = self.design.design(&columns, problems);
        if problems.errors() > 0 {
            return None;
        }
        let domain = Condition::domain(&self.domain, &columns);
        let sample = Sample { columns: &columns, design: design?, domain };
        let answer = match &self.kind {
            Kind::RaoScott { a, b, statistic } => sample.rao_scott(a, b, *statistic),
            Kind::OneSample { y } => self.one_sample(&sample, y, problems),
            Kind::TwoSamples { y, group } => self.two_samples(&sample, y, group, problems),
            Kind::Rank { y, group, score } => sample.rank(y, group, *score),
            Kind::Regress { formula, binary } => self.regress(&sample, formula, *binary, problems),
            Kind::Trend { formula, score } if self.has_design() => self.slope(&sample, formula, score, problems),
            Kind::Trend { formula, score } => sample.trend(formula, score),
            Kind::McNemar { a, b } => self.mcnemar(&sample, a, b, problems),
        };
        match answer {
            Ok(answer) => Some(Answer { level: self.level.as_f64(), ..answer }),
            Err(failure) => {
                let problem = self.located(failure, &columns);
                problems.push(problem);
                None
            }
        }
    }

    /// Whether anything is said of how the sample was drawn.
    pub(super) fn has_design(&self) -> bool {
        let design = &self.design;
        design.weights.is_some() || !(design.strata.is_empty() && design.psu.is_empty() && design.fpc.is_empty())
    }

    /// A failure at its column and record.
    fn located(&self, failure: Failure, columns: &Columns) -> Problem {
        let named = |problem: Problem, column: Option<String>| match column {
            Some(column) => problem.column(column),
            None => problem,
        };
        match failure {
            Failure::Test(TestProblem::Design(problem)) | Failure::Model(ModelProblem::Design(problem)) => {
                self.design.located(problem, columns)
            }
            Failure::Test(problem) => {
                let place = match problem {
                    TestProblem::AllAlike { variable } | TestProblem::TooManyValues { variable, .. } => Some(variable),
                    TestProblem::NotTwoGroups { .. } => Some(1),
                    _ => None,
                };
                let column = place.and_then(|place| self.kind.names().into_iter().nth(place));
                named(Problem::error(&columns.file, problem), column)
            }
            Failure::Model(problem) => {
                let (row, column) = (problem.row(), problem.column());
                let located = named(Problem::error(&columns.file, problem), column);
                match row {
                    Some(row) => columns.at(located, row),
                    None => located,
                }
            }
            Failure::None(reason) => Problem::error(&columns.file, Reason(reason)),
        }
    }
}

impl Kind {
    fn wants(&self) -> Vec<Want> {
        let answer = |name: &String| Want::Answer(name.clone());
        match self {
            Self::RaoScott { a, b, .. } => vec![answer(a), answer(b)],
            Self::OneSample { y } => y.wants(false),
            Self::TwoSamples { y, group } | Self::Rank { y, group, .. } => {
                [y.wants(false), vec![answer(group)]].concat()
            }
            Self::Regress { formula, binary } => formula.wants(*binary),
            // As numbers too: what is none is told with its place.
            Self::Trend { formula, score } => [formula.wants(true), vec![Want::Number(score.clone())]].concat(),
            Self::McNemar { a, b } => [a.wants(true), b.wants(true)].concat(),
        }
    }

    /// The variables, in the order of the command.
    fn names(&self) -> Vec<String> {
        match self {
            Self::RaoScott { a, b, .. } => vec![a.clone(), b.clone()],
            Self::OneSample { y } => vec![y.response.to_string()],
            Self::TwoSamples { y, group } | Self::Rank { y, group, .. } => vec![y.response.to_string(), group.clone()],
            Self::Regress { formula, .. } | Self::Trend { formula, .. } => vec![formula.response.to_string()],
            Self::McNemar { a, b } => vec![a.response.to_string(), b.response.to_string()],
        }
    }
}

/// Why there is no answer.
pub(super) enum Failure {
    Test(TestProblem),
    Model(ModelProblem),
    None(NoResult),
}

impl From<TestProblem> for Failure {
    fn from(problem: TestProblem) -> Self {
        Self::Test(problem)
    }
}

impl From<ModelProblem> for Failure {
    fn from(problem: ModelProblem) -> Self {
        Self::Model(problem)
    }
}

impl From<NoResult> for Failure {
    fn from(reason: NoResult) -> Self {
        Self::None(reason)
    }
}

/// A figure that does not exist, as a problem of the file.
#[derive(Debug)]
struct Reason(NoResult);

impl Explain for Reason {
    fn code(&self) -> &'static str {
        "no-result"
    }

    fn message(&self, lang: Lang) -> String {
        self.0.message(lang).into()
    }

    fn expected(&self, _: Lang) -> Option<String> {
        None
    }

    fn help(&self, _: Lang) -> Option<String> {
        None
    }
}
