//! What a figure of recruitment is: a value with its interval, and how many people and employers stand behind it.

use crate::compare::Interval;
use crate::cube::{Category, Source};
use crate::text::Text;
use std::collections::BTreeMap;

/// What the values of a column are, which decides what of them may be public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A share of units, x of n, as a share (0 to 1).
    Share,
    /// A time in days: a median.
    Days,
    /// A number of persons or positions, estimated or counted.
    Count,
    /// A ratio of two amounts that is no share of units: applicants per position, lost of agreed days.
    Ratio,
    /// A comparison of two groups: risk ratio, odds ratio. Internal.
    Comparison,
    /// What somebody else has published, to hold ours against. Nobody of ours stands behind it.
    Published,
    /// A part of a sum that is public, or another variant of it: expanded and unweighted, by another denominator. Internal:
    /// the two together would say more than each.
    Internal,
}

/// How a figure is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A bar or a point with its interval for every group.
    Bars,
    /// A curve: the columns are times in months (`m0`, `m6`, …), the values shares.
    Curve,
    /// Steps, each of the one before: the columns are steps.
    Funnel,
    /// Demand against supply by group: the columns are `demand`, `supply`, `gap`.
    Gap,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 4] = [Self::Bars, Self::Curve, Self::Funnel, Self::Gap];

    /// The id of a cube's first axis, by which the shape is known again.
    #[must_use]
    pub const fn axis(self) -> &'static str {
        match self {
            Self::Bars => "figure",
            Self::Curve => "figure_curve",
            Self::Funnel => "figure_funnel",
            Self::Gap => "figure_gap",
        }
    }
}

/// One quantity that is given for every period, area and group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its code and label.
    pub category: Category,
    /// What its values are.
    pub kind: Kind,
}

/// Why a figure does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoFigure {
    /// A stable word: `nobody`.
    pub code: &'static str,
    /// Without a full stop.
    pub words: Text,
}

/// How many stand behind a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    /// Units: persons, positions, businesses.
    pub units: u64,
    /// Units by employer; empty where no employer is behind them, as with the CV base.
    pub employers: BTreeMap<u32, u64>,
}

impl Behind {
    /// Adds units of an employer.
    pub fn add(&mut self, employer: Option<u32>, units: u64) {
        self.units += units;
        if let Some(employer) = employer {
            *self.employers.entry(employer).or_default() += units;
        }
    }

    /// Adds what stands behind another figure.
    pub fn merge(&mut self, other: &Self) {
        self.units += other.units;
        for (employer, units) in &other.employers {
            *self.employers.entry(*employer).or_default() += units;
        }
    }
}

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The value, not rounded. Shares, and all else of which the unit is `percent` or `points`, are parts of 1: 0.25 is read as
    /// 25 %.
    pub value: Result<f64, NoFigure>,
    /// Its interval of 95 %; the upper end is infinite where a curve has not come so far.
    pub interval: Option<Interval>,
    /// Method of the interval: `wilson`, `log-log`, `bootstrap`, `simulation`; empty where there is none.
    pub method: &'static str,
    /// Units of the base.
    pub n: u64,
    /// How many of them, for a share.
    pub x: Option<u64>,
    /// Who stands behind it.
    pub behind: Behind,
    /// What one unit adds to the value at most, where units do not count alike: a business that stands for others, those still
    /// followed at the end of a curve. 1: nobody can tell.
    pub worth: Option<f64>,
    /// What it is made of, where it is the part that a number is and that number is a figure of its own.
    pub part: Option<PartOf>,
    /// What must be said of it: open positions counted as not filled yet, unknown ties, …
    pub notes: Vec<Text>,
}

/// A value that is the part `number / (number + rest)` of a number that is a figure of its own: tightness, of a shortage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartOf {
    /// The number, not rounded.
    pub number: f64,
    /// Its interval.
    pub interval: Option<Interval>,
    /// What one unit adds to it at most.
    pub worth: f64,
    /// What is left of the whole without the number; taken as known.
    pub rest: f64,
}

/// A metric by column × period × area × group.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Title.
    pub title: Text,
    /// Whom and what the figures are of.
    pub base: Text,
    /// How they are computed, by whose definition, and what is assumed.
    pub method: Text,
    /// The unit of all columns that are no comparison: `percent`, `points`, `days`, `persons`, `positions`, `per_position`,
    /// `per_place`, `ratio`.
    pub unit: &'static str,
    /// Decimals to show.
    pub decimals: u8,
    /// How it is drawn.
    pub shape: Shape,
    /// The quantities; the first one is the headline.
    pub columns: Vec<Column>,
    /// Years, or one horizon.
    pub periods: Vec<Category>,
    /// Areas.
    pub areas: Vec<Category>,
    /// `all`, then the fields or other groups.
    pub groups: Vec<Category>,
    /// One per column × period × area × group, the last one running fastest.
    pub entries: Vec<Entry>,
    /// Where the rows come from.
    pub sources: Vec<Source>,
    /// What else those bound by confidentiality are told: who could close a gap. Never public.
    pub sentences: Vec<Text>,
}

impl Figures {
    /// The unit of a column's values.
    #[must_use]
    pub fn unit_of(&self, column: &Column) -> &'static str {
        if column.kind == Kind::Comparison { "ratio" } else { self.unit }
    }

    /// What a column's values are multiplied by when they are shown: parts of 1 are percent.
    #[must_use]
    pub fn scale_of(&self, column: &Column) -> f64 {
        if matches!(self.unit_of(column), "percent" | "points") { 100.0 } else { 1.0 }
    }

    /// The entry at a column, period, area and group.
    ///
    /// # Panics
    ///
    /// A position outside the figure.
    #[must_use]
    pub fn entry(&self, [column, period, area, group]: [usize; 4]) -> &Entry {
        let index = (column * self.periods.len() + period) * self.areas.len() + area;
        &self.entries[index * self.groups.len() + group]
    }
}
