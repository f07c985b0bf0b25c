//! The tables of counts that comparisons are made of, checked once.

use super::{NoResult, real};

/// Two independent groups: `x1` of `n1` said yes in the first, `x2` of `n2` in the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoGroups {
    pub(crate) x1: u64,
    pub(crate) n1: u64,
    pub(crate) x2: u64,
    pub(crate) n2: u64,
}

impl TwoGroups {
    /// Both groups, with how many said yes and how many answered.
    ///
    /// # Errors
    ///
    /// [`NoResult::NoAnswers`] for n = 0 in a group, [`NoResult::MoreYesThanAnswers`] for x > n,
    /// [`NoResult::TooLarge`] beyond 2^32.
    pub fn new((x1, n1): (u64, u64), (x2, n2): (u64, u64)) -> Result<Self, NoResult> {
        if n1 == 0 || n2 == 0 {
            return Err(NoResult::NoAnswers);
        }
        if x1 > n1 || x2 > n2 {
            return Err(NoResult::MoreYesThanAnswers);
        }
        // Then sums and products of two counts are exact.
        if n1.max(n2) > u64::from(u32::MAX) {
            return Err(NoResult::TooLarge);
        }
        Ok(Self { x1, n1, x2, n2 })
    }

    /// The share of the first group and of the second.
    #[must_use]
    pub fn shares(&self) -> (f64, f64) {
        (real(self.x1) / real(self.n1), real(self.x2) / real(self.n2))
    }

    /// First share minus second share.
    #[must_use]
    pub fn difference(&self) -> f64 {
        let (p1, p2) = self.shares();
        p1 - p2
    }

    /// The four cells: yes and no of the first group, yes and no of the second.
    pub(crate) fn cells(&self) -> [f64; 4] {
        [real(self.x1), real(self.n1 - self.x1), real(self.x2), real(self.n2 - self.x2)]
    }
}

/// The same people asked twice: yes or no at each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pairs {
    pub(crate) both: u64,
    pub(crate) stopped: u64,
    pub(crate) started: u64,
    pub(crate) neither: u64,
}

impl Pairs {
    /// How many said yes both times, yes and then no (`stopped`), no and then yes (`started`), no both times.
    ///
    /// # Errors
    ///
    /// [`NoResult::NoAnswers`] if all are 0, [`NoResult::TooLarge`] beyond 2^32.
    pub fn new(both: u64, stopped: u64, started: u64, neither: u64) -> Result<Self, NoResult> {
        if [both, stopped, started, neither].iter().any(|count| *count > u64::from(u32::MAX)) {
            return Err(NoResult::TooLarge);
        }
        if both + stopped + started + neither == 0 {
            return Err(NoResult::NoAnswers);
        }
        Ok(Self { both, stopped, started, neither })
    }

    /// How many people.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.both + self.stopped + self.started + self.neither
    }

    /// The share of yes the first time and the second.
    #[must_use]
    pub fn shares(&self) -> (f64, f64) {
        let n = real(self.n());
        (real(self.both + self.stopped) / n, real(self.both + self.started) / n)
    }

    /// Net change: second share minus first share, `(started - stopped) / n`.
    #[must_use]
    pub fn net_change(&self) -> f64 {
        (real(self.started) - real(self.stopped)) / real(self.n())
    }

    /// Gross change: the share who changed their answer either way, `(started + stopped) / n`.
    #[must_use]
    pub fn gross_change(&self) -> f64 {
        real(self.started + self.stopped) / real(self.n())
    }

    /// The 2 × 2 table, first time by row: yes, no.
    #[must_use]
    pub fn crosstab(&self) -> Crosstab {
        Crosstab { counts: vec![vec![self.both, self.stopped], vec![self.started, self.neither]] }
    }
}

/// Counts of people by two questions, or by one question at two times: a table of rows and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crosstab {
    counts: Vec<Vec<u64>>,
}

impl Crosstab {
    /// The counts, row by row.
    ///
    /// # Errors
    ///
    /// [`NoResult::LengthsDiffer`] if rows differ in length, [`NoResult::NoAnswers`] without any count above 0,
    /// [`NoResult::TooLarge`] beyond 2^32 in all.
    pub fn new<R: AsRef<[u64]>>(rows: &[R]) -> Result<Self, NoResult> {
        let counts: Vec<Vec<u64>> = rows.iter().map(|row| row.as_ref().to_vec()).collect();
        if counts.iter().any(|row| row.len() != counts[0].len()) {
            return Err(NoResult::LengthsDiffer);
        }
        match counts.iter().flatten().try_fold(0_u64, |sum, count| sum.checked_add(*count)) {
            Some(0) => Err(NoResult::NoAnswers),
            Some(n) if n <= u64::from(u32::MAX) => Ok(Self { counts }),
            _ => Err(NoResult::TooLarge),
        }
    }

    /// The counts, row by row.
    #[must_use]
    pub fn rows(&self) -> &[Vec<u64>] {
        &self.counts
    }

    /// How many people.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.row_sums().iter().sum()
    }

    /// People by row.
    #[must_use]
    pub fn row_sums(&self) -> Vec<u64> {
        self.counts.iter().map(|row| row.iter().sum()).collect()
    }

    /// People by column.
    #[must_use]
    pub fn column_sums(&self) -> Vec<u64> {
        (0..self.counts[0].len()).map(|column| self.counts.iter().map(|row| row[column]).sum()).collect()
    }

    /// How many categories, if there are as many rows as columns and at least two.
    pub(crate) fn categories(&self) -> Result<usize, NoResult> {
        match self.counts.len() {
            k if k != self.counts[0].len() => Err(NoResult::NotSquare),
            0 | 1 => Err(NoResult::TooFew { needed: 2 }),
            k => Ok(k),
        }
    }

    /// The table without rows and columns that nobody is in.
    pub(crate) fn without_empty(&self) -> Self {
        let columns = self.column_sums();
        let kept = |row: &Vec<u64>| row.iter().zip(&columns).filter(|(_, sum)| **sum > 0).map(|(n, _)| *n).collect();
        Self { counts: self.counts.iter().filter(|row| row.iter().any(|n| *n > 0)).map(kept).collect() }
    }
}
