//! Why a test under a sampling design has no result.

use crate::design::DesignProblem;
use crate::problem::Explain;
use crate::read::problem::fill;
use crate::text::Lang;
use std::fmt;

/// Why there is no result, or a part of it is missing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TestProblem {
    /// The design gives no variance.
    Design(DesignProblem),
    /// No record has all values that the test needs and a weight above 0.
    NoRecords,
    /// A variable has the same value in all records: there is nothing to compare.
    AllAlike {
        /// Which of the two variables, from 0.
        variable: usize,
    },
    /// A variable has more values than a test can take: an id, or a text.
    TooManyValues {
        /// Which of the two variables, from 0.
        variable: usize,
        /// How many it has.
        values: usize,
    },
    /// The group column of a t test has not two values but another number.
    NotTwoGroups {
        /// How many it has.
        groups: usize,
    },
    /// So many cells are empty that the others do not tell how the variables are related.
    EmptyCells {
        /// How many.
        empty: usize,
    },
    /// The estimated variance is 0: no statistic exists.
    NoVariance,
    /// The design has fewer sampling units than the statistic has parts: their covariance is singular.
    SingularCovariance {
        /// How many parts the statistic has.
        parts: usize,
        /// The degrees of freedom of the design.
        df: f64,
    },
    /// There are no degrees of freedom: no p value and no interval.
    NoDf {
        /// What is left of them.
        df: f64,
    },
}

impl TestProblem {
    /// Groups, or contrasts of a table, that a test takes at most.
    pub const MOST_VALUES: usize = 500;
}

impl From<DesignProblem> for TestProblem {
    fn from(problem: DesignProblem) -> Self {
        Self::Design(problem)
    }
}

impl fmt::Display for TestProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for TestProblem {}

impl Explain for TestProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Design(problem) => problem.code(),
            Self::NoRecords => "no-records-left",
            Self::AllAlike { .. } => "all-alike",
            Self::TooManyValues { .. } => "too-many-values",
            Self::NotTwoGroups { .. } => "not-two-groups",
            Self::EmptyCells { .. } => "empty-cells",
            Self::NoVariance => "no-variance",
            Self::SingularCovariance { .. } => "singular-covariance",
            Self::NoDf { .. } => "no-df",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Design(problem) => problem.message(lang),
            Self::NoRecords => lang
                .pick(
                    "ingen rad har alle verdiene som testen trenger, og en vekt over 0",
                    "inga rad har alle verdiane som testen treng, og ei vekt over 0",
                    "no record has all values that the test needs and a weight above 0",
                )
                .into(),
            Self::AllAlike { .. } => lang
                .pick(
                    "alle radene har samme verdi; det er ingenting å sammenligne",
                    "alle radene har same verdi; det er ingenting å samanlikne",
                    "all records have the same value; there is nothing to compare",
                )
                .into(),
            Self::TooManyValues { values, .. } => fill(
                lang.pick(
                    "kolonnen har {0} ulike verdier, flere enn testen kan ta",
                    "kolonnen har {0} ulike verdiar, fleire enn testen kan ta",
                    "the column has {0} different values, more than the test can take",
                ),
                &[&values.to_string()],
            ),
            Self::NotTwoGroups { groups } => fill(
                lang.pick(
                    "en t-test har to grupper; antall verdier i kolonnen er {0}",
                    "ein t-test har to grupper; talet på verdiar i kolonnen er {0}",
                    "a t test has two groups; the number of values in the column is {0}",
                ),
                &[&groups.to_string()],
            ),
            Self::EmptyCells { empty } => fill(
                lang.pick(
                    "{0} celler i tabellen er tomme; resten sier ikke om variablene henger sammen",
                    "{0} celler i tabellen er tomme; resten seier ikkje om variablane heng saman",
                    "{0} cells of the table are empty; the others do not tell whether the variables are related",
                ),
                &[&empty.to_string()],
            ),
            Self::NoVariance => lang
                .pick(
                    "den beregnede variansen er 0; testen har ingen verdi",
                    "den berekna variansen er 0; testen har ingen verdi",
                    "the estimated variance is 0; the test has no value",
                )
                .into(),
            Self::SingularCovariance { parts, df } => fill(
                lang.pick(
                    "for få utvalgsenheter: {1} frihetsgrader for en test av {0} størrelser",
                    "for få utvalseiningar: {1} fridomsgrader for ein test av {0} storleikar",
                    "too few sampling units: {1} degrees of freedom for a test of {0} quantities",
                ),
                &[&parts.to_string(), &df.to_string()],
            ),
            Self::NoDf { .. } => lang
                .pick(
                    "for få utvalgsenheter: ingen frihetsgrader, så p-verdi og intervall finnes ikke",
                    "for få utvalseiningar: ingen fridomsgrader, så p-verdi og intervall finst ikkje",
                    "too few sampling units: no degrees of freedom, so that p value and interval do not exist",
                )
                .into(),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        match self {
            Self::Design(problem) => problem.expected(lang),
            Self::NoDf { .. } | Self::SingularCovariance { .. } => {
                let words = lang.pick(
                    "flere utvalgsenheter enn strata og størrelser til sammen",
                    "fleire utvalseiningar enn strata og storleikar til saman",
                    "more sampling units than strata and quantities together",
                );
                Some(words.into())
            }
            _ => None,
        }
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::Design(problem) => return problem.help(lang),
            Self::EmptyCells { .. } | Self::TooManyValues { .. } => {
                lang.pick("slå sammen sjeldne verdier", "slå saman sjeldne verdiar", "join rare values with others")
            }
            Self::NotTwoGroups { .. } => lang.pick(
                "velg to verdier med --where, eller bruk rank eller regress",
                "vel to verdiar med --where, eller bruk rank eller regress",
                "choose two values with --where, or use rank or regress",
            ),
            _ => return None,
        };
        Some(words.into())
    }
}
