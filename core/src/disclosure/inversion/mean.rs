//! What the mean of a scale gives away: 1.0 of 6 answers says what everybody answered.

use super::{Rounding, TINY, f};

/// The published mean of n answers on a scale of whole numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// The standard deviation with n − 1, where that is printed too, rounded in the same way.
    pub sd: Option<f64>,
    /// The lowest and the highest answer.
    pub scale: (i64, i64),
    /// How both were rounded.
    pub rounding: Rounding,
}

/// The widest scale that is looked at.
const WIDEST: i64 = 100;

/// The sums of n answers that would have given the mean.
///
/// # Example
///
/// ```
/// use bygdepuls_core::disclosure::inversion::{Rounding, mean::{Mean, totals}};
/// let mean = Mean { mean: 2.9, sd: None, scale: (1, 5), rounding: Rounding::decimals(1) };
/// assert_eq!(totals(&mean, 7), [20]);
/// ```
#[must_use]
pub fn totals(mean: &Mean, n: u64) -> Vec<i64> {
    let (lowest, highest) = mean.scale;
    let Some(answers) = i64::try_from(n).ok().filter(|n| *n > 0 && *n <= 1_000_000) else { return Vec::new() };
    if highest < lowest || highest - lowest > WIDEST || lowest.abs() > 1_000_000 {
        return Vec::new();
    }
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let fits = |total: &i64| mean.rounding.fits(*total as f64 / f(n), mean.mean);
    (answers * lowest..=answers * highest).filter(fits).collect()
}

/// The answers at an end of the scale that everybody gave, where the mean proves it.
#[must_use]
pub fn everybody_answered(mean: &Mean, n: u64) -> Option<i64> {
    let answers = i64::try_from(n).ok()?;
    let totals = totals(mean, n);
    let (lowest, highest) = mean.scale;
    [lowest, highest].into_iter().find(|end| totals == [answers * end])
}

/// How many gave each answer, lowest first: every way that fits mean and standard deviation, at most `limit` of them.
/// One way means that the figures are the answers.
///
/// # Example
///
/// ```
/// use bygdepuls_core::disclosure::inversion::{Rounding, mean::{Mean, answers}};
/// let mean = Mean { mean: 2.0, sd: Some(0.0), scale: (1, 5), rounding: Rounding::decimals(1) };
/// assert_eq!(answers(&mean, 9, 10), [[0, 9, 0, 0, 0]]);
/// ```
#[must_use]
pub fn answers(mean: &Mean, n: u64, limit: usize) -> Vec<Vec<u64>> {
    let totals = totals(mean, n);
    let (Some(least), Some(most)) = (totals.first(), totals.last()) else { return Vec::new() };
    let (lowest, highest) = mean.scale;
    let mut search = Search { mean, n, sums: (*least, *most), limit, counts: Vec::new(), found: Vec::new() };
    search.next(lowest, highest, n, 0, 0);
    search.found
}

struct Search<'a> {
    mean: &'a Mean,
    n: u64,
    sums: (i64, i64),
    limit: usize,
    counts: Vec<u64>,
    found: Vec<Vec<u64>>,
}

impl Search<'_> {
    /// Gives the answer `at` to some of those who are left, and the higher answers to the rest.
    fn next(&mut self, at: i64, highest: i64, left: u64, sum: i64, squares: i64) {
        if self.found.len() >= self.limit {
            return;
        }
        let Ok(rest) = i64::try_from(left) else { return };
        // Nobody who is left can answer below `at` or above the highest.
        if sum + rest * at > self.sums.1 || sum + rest * highest < self.sums.0 {
            return;
        }
        if at == highest {
            self.counts.push(left);
            if self.fits(sum + rest * at, squares + rest * at * at) {
                self.found.push(self.counts.clone());
            }
            self.counts.pop();
            return;
        }
        for count in 0..=left {
            let Ok(many) = i64::try_from(count) else { return };
            self.counts.push(count);
            self.next(at + 1, highest, left - count, sum + many * at, squares + many * at * at);
            self.counts.pop();
        }
    }

    fn fits(&self, sum: i64, squares: i64) -> bool {
        if sum < self.sums.0 || sum > self.sums.1 {
            return false;
        }
        let Some(sd) = self.mean.sd else { return true };
        if self.n < 2 {
            return false;
        }
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let (sum, squares) = (sum as f64, squares as f64);
        let variance = (squares - sum * sum / f(self.n)) / f(self.n - 1);
        self.mean.rounding.fits(variance.max(0.0).sqrt(), sd) || variance < TINY && sd < TINY
    }
}
