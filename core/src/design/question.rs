//! A design as a user names it: by columns of a file.

use super::{Design, DesignProblem, LonelyPsu, StageColumns};
use crate::problem::{Explain, Privacy, Problem, Problems};
use crate::read::codes::Codes;
use crate::read::number::{self, Number};
use crate::read::problem::fill;
use crate::read::{Categories, Columns, Want, code_list};
use crate::text::Lang;

/// The columns that say how a sample was drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DesignQuestion {
    /// Design weights; without them the inverse of the sampling fractions, or 1.
    pub weights: Option<String>,
    /// Strata of the first stage: one column, or several whose interaction they are.
    pub strata: Vec<String>,
    /// Sampling units, one column per stage; without any each record is one.
    pub psu: Vec<String>,
    /// Finite populations, one column per stage: sizes, or sampling fractions.
    pub fpc: Vec<String>,
    /// Whether ids of units are those inside their stratum.
    pub nest: bool,
    /// What is done with strata of one unit.
    pub lonely: LonelyPsu,
    /// Whether that applies to strata of which a domain holds one unit.
    pub adjust_domain_lonely: bool,
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// One of the codes.
    Is,
    /// None of the codes; what is missing is none of them.
    IsNot,
    /// A number below.
    Below,
    /// A number at most.
    AtMost,
    /// A number above.
    Above,
    /// A number at least.
    AtLeast,
}

/// A condition on a column. Records that meet all conditions of a question are its domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The column.
    pub column: String,
    /// How it is compared.
    pub comparison: Comparison,
    /// With which codes, or with which number.
    pub values: Vec<String>,
}

impl Condition {
    /// `COL=V1,V2`, `COL!=V`, `COL<V`, `COL<=V`, `COL>V`, `COL>=V`; `None` for anything else. A value with a comma stands
    /// in quotes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let at = text.find(['=', '!', '<', '>']).filter(|at| *at > 0)?;
        let (column, rest) = text.split_at(at);
        let signs = [
            ("!=", Comparison::IsNot),
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("==", Comparison::Is),
            ("=", Comparison::Is),
            ("<", Comparison::Below),
            (">", Comparison::Above),
        ];
        let (comparison, values) =
            signs.iter().find_map(|(sign, comparison)| Some((*comparison, rest.strip_prefix(sign)?)))?;
        let condition = Self { column: column.trim().into(), comparison, values: code_list(values) };
        let equal = matches!(comparison, Comparison::Is | Comparison::IsNot);
        (equal || condition.number().is_some()).then_some(condition)
    }

    /// The number with which values are compared.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self.values.as_slice() {
            [value] => value.parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }

    /// Whether a field meets the condition. What is no number is neither above nor below one.
    #[must_use]
    pub fn holds(&self, field: &str) -> bool {
        self.test().holds(field.as_bytes())
    }

    /// The condition, made ready for many fields.
    pub(crate) fn test(&self) -> Test {
        Test { comparison: self.comparison, codes: Codes::new(&self.values), number: self.number() }
    }

    /// The column as it is to be read.
    #[must_use]
    pub fn want(&self) -> Want {
        Want::Category(self.column.clone())
    }

    /// Which records meet all conditions.
    #[must_use]
    pub fn domain(conditions: &[Self], columns: &Columns) -> Vec<bool> {
        let mut domain = vec![true; columns.rows()];
        for condition in conditions {
            let Some(values) = columns.categories(&condition.column) else { continue };
            let holds: Vec<bool> = values.labels.iter().map(|label| condition.holds(label)).collect();
            for (inside, code) in domain.iter_mut().zip(&values.codes) {
                *inside &= holds.get(*code as usize).copied().unwrap_or(false);
            }
        }
        domain
    }
}

/// A condition, ready for many fields.
#[derive(Clone, Debug)]
pub(crate) struct Test {
    comparison: Comparison,
    codes: Codes,
    number: Option<f64>,
}

impl Test {
    /// Whether a field, as it stands in the file, meets the condition.
    pub(crate) fn holds(&self, field: &[u8]) -> bool {
        let field = field.trim_ascii();
        let compared = |compare: fn(&f64, &f64) -> bool| match (number::parse(field), self.number) {
            (Number::Value(value, _), Some(limit)) => compare(&value, &limit),
            _ => false,
        };
        match self.comparison {
            Comparison::Is => self.codes.find(field).is_some(),
            Comparison::IsNot => self.codes.find(field).is_none(),
            Comparison::Below => compared(f64::lt),
            Comparison::AtMost => compared(f64::le),
            Comparison::Above => compared(f64::gt),
            Comparison::AtLeast => compared(f64::ge),
        }
    }
}

impl DesignQuestion {
    /// The columns as they are to be read.
    #[must_use]
    pub fn wants(&self) -> Vec<Want> {
        let numbers = self.weights.iter().chain(&self.fpc).cloned().map(Want::Required);
        let codes = self.strata.iter().chain(&self.psu).cloned().map(Want::Category);
        numbers.chain(codes).collect()
    }

    /// The design of the records that were read. `None` when they cannot have it; problems say why.
    pub fn design(&self, columns: &Columns, problems: &mut Problems) -> Option<Design> {
        let before = problems.errors();
        let weights = self.weights.as_ref().and_then(|name| Some((name, columns.required(name)?)));
        if let Some((name, weights)) = weights {
            for (row, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight < 0.0) {
                let problem = Problem::error(&columns.file, crate::estimate::EstimateProblem::NegativeWeight);
                problems.push(columns.at(problem, row).column(name).value(weight.to_string(), Privacy::Answer));
            }
        }
        let strata: Vec<&Categories> = self.strata.iter().filter_map(|name| columns.categories(name)).collect();
        let count = self.psu.len().max(self.fpc.len()).max(1);
        let stages: Vec<_> = (0..count)
            .map(|stage| StageColumns {
                strata: if stage == 0 { strata.clone() } else { Vec::new() },
                units: self.psu.get(stage).and_then(|name| columns.categories(name)),
                fpc: self.fpc.get(stage).and_then(|name| columns.required(name)),
            })
            .collect();
        match Design::new(columns.rows(), &stages, weights.map(|(_, weights)| weights.to_vec()), self.nest, self.lonely)
        {
            Ok(mut design) => {
                design.stages.adjust_domain_lonely = self.adjust_domain_lonely;
                (problems.errors() == before).then_some(design)
            }
            Err(found) => {
                for problem in found {
                    problems.push(self.located(problem, columns));
                }
                None
            }
        }
    }

    /// A problem of the design, at its record and column.
    #[must_use]
    pub fn located(&self, problem: DesignProblem, columns: &Columns) -> Problem {
        let row = problem.row();
        let stage = problem.stage();
        let names = if matches!(problem, DesignProblem::NotNested { .. }) { &self.psu } else { &self.fpc };
        let located = Problem::error(&columns.file, problem);
        let located = match names.get(stage - 1) {
            Some(name) => located.column(name),
            None => located,
        };
        match row {
            Some(row) => columns.at(located, row),
            None => located,
        }
    }
}

impl Explain for DesignProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::LonelyPsu { .. } => "lonely-psu",
            Self::NotNested { .. } => "not-nested",
            Self::MixedFpc { .. } => "mixed-fpc",
            Self::InvalidFpc { .. } => "invalid-fpc",
            Self::FpcVaries { .. } => "fpc-varies",
            Self::InvalidProbability { .. } => "invalid-sampling-probability",
            Self::ProbabilityVaries { .. } => "sampling-probability-varies",
            Self::MoreThanPopulation { .. } => "more-than-population",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::LonelyPsu { stratum, stage } => fill(
                lang.pick(
                    "stratum «{0}» har bare én utvalgsenhet på trinn {1}",
                    "stratum «{0}» har berre éi utvalseining på trinn {1}",
                    "stratum {0} has a single sampling unit at stage {1}",
                ),
                &[stratum, &stage.to_string()],
            ),
            Self::NotNested { unit, .. } => fill(
                lang.pick(
                    "utvalgsenheten «{0}» ligger i to strata",
                    "utvalseininga «{0}» ligg i to strata",
                    "sampling unit {0} lies in two strata",
                ),
                &[unit],
            ),
            Self::MixedFpc { .. } => lang
                .pick(
                    "populasjonen er et antall i noen rader og en andel i andre",
                    "populasjonen er eit tal på einingar i nokre rader og ein del i andre",
                    "the finite population is a size in some records and a fraction in others",
                )
                .into(),
            Self::InvalidFpc { .. } => lang
                .pick(
                    "populasjonen må være over 0",
                    "populasjonen må vere over 0",
                    "the finite population must be above 0",
                )
                .into(),
            Self::InvalidProbability { .. } => lang
                .pick(
                    "trekksannsynligheten må være over 0 og høyst 1",
                    "trekkesannsynet må vere over 0 og høgst 1",
                    "the sampling probability must be above 0 and at most 1",
                )
                .into(),
            Self::ProbabilityVaries { .. } => lang
                .pick(
                    "trekksannsynligheten er ikke den samme i hele utvalgsenheten",
                    "trekkesannsynet er ikkje det same i heile utvalseininga",
                    "the sampling probability is not the same in all records of the unit",
                )
                .into(),
            Self::FpcVaries { stratum, .. } => fill(
                lang.pick(
                    "populasjonen er ikke den samme i hele stratum «{0}»",
                    "populasjonen er ikkje den same i heile stratum «{0}»",
                    "the finite population is not the same in all of stratum {0}",
                ),
                &[stratum],
            ),
            Self::MoreThanPopulation { stratum, sampled, population, .. } => fill(
                lang.pick(
                    "stratum «{0}» har {1} enheter i utvalget, men {2} i populasjonen",
                    "stratum «{0}» har {1} einingar i utvalet, men {2} i populasjonen",
                    "stratum {0} has {1} units in the sample but {2} in the population",
                ),
                &[stratum, &sampled.to_string(), &population.to_string()],
            ),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::MixedFpc { .. } | Self::InvalidFpc { .. } => lang.pick(
                "antall enheter i populasjonen, eller utvalgsandelen, i alle rader",
                "talet på einingar i populasjonen, eller utvalsdelen, i alle rader",
                "the number of units in the population, or the sampling fraction, in all records",
            ),
            Self::MoreThanPopulation { .. } => lang.pick(
                "minst så mange i populasjonen som i utvalget",
                "minst så mange i populasjonen som i utvalet",
                "at least as many in the population as in the sample",
            ),
            _ => return None,
        };
        Some(words.into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::LonelyPsu { .. } => lang.pick(
                "slå sammen stratumet med et annet, eller velg en annen --lonely-psu",
                "slå saman stratumet med eit anna, eller vel ein annan --lonely-psu",
                "join the stratum with another, or choose another --lonely-psu",
            ),
            Self::NotNested { .. } => lang.pick(
                "bruk --nest når samme navn i to strata er to enheter",
                "bruk --nest når same namn i to strata er to einingar",
                "use --nest when the same id in two strata means two units",
            ),
            _ => return None,
        };
        Some(words.into())
    }
}
