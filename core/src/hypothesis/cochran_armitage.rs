//! Trend of a share over ordered groups or years.

use super::{NoResult, TestResult};
use crate::compare::real;

/// One group or year: how many of those who answered said yes, and where it lies on the scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// Its place, for example the year. Only distances count.
    pub score: f64,
    /// Yes-answers.
    pub x: u64,
    /// Answers.
    pub n: u64,
}

/// The Cochran–Armitage test; R's `prop.trend.test`. Chi-squared, one degree of freedom.
///
/// # Formula
///
/// ```text
/// s~ = sum(n s) / N,  p = sum(x) / N
/// T  = sum(x (s - s~)),   z = T / sqrt(p (1-p) sum(n (s - s~)^2))
/// X2 = z^2
/// ```
///
/// Years at unequal distances need no care: scores are numbers, not ranks. Groups nobody is in do not count.
///
/// # Errors
///
/// [`NoResult::AllAlike`] if all gave the same answer, [`NoResult::NoVariance`] if all are at one score,
/// [`NoResult::NoAnswers`], [`NoResult::MoreYesThanAnswers`], [`NoResult::NotFinite`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::hypothesis::cochran_armitage::{self, Group};
/// let years = [(2018.0, 2, 15), (2019.0, 4, 18), (2021.0, 6, 16), (2024.0, 11, 20)];
/// let groups = years.map(|(score, x, n)| Group { score, x, n });
/// let test = cochran_armitage::test(&groups)?;
/// assert_eq!(format!("{:.3} {:.4}", test.statistic, test.p_value), "7.992 0.0047");
/// assert_eq!(format!("{:.3}", cochran_armitage::slope(&groups)?), "0.068"); // 6.8 percentage points a year
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// P. Armitage, "Tests for linear trends in proportions and frequencies", Biometrics 11 (1955).
pub fn test(groups: &[Group]) -> Result<TestResult, NoResult> {
    let z = z(groups)?;
    Ok(TestResult::chi_squared(z * z, 1.0))
}

/// The signed root of the statistic: above 0 if the share rises with the score.
///
/// # Errors
///
/// As [`test()`].
pub fn z(groups: &[Group]) -> Result<f64, NoResult> {
    let line = Line::new(groups)?;
    Ok(line.cross / (line.variance()? * line.squares).sqrt())
}

/// The linear-by-linear association test: z with N − 1 for N, from the permutation distribution's variance. Normal.
///
/// # Errors
///
/// As [`test()`].
///
/// ```
/// use bygdepuls_core::hypothesis::cochran_armitage::{self, Group};
/// let groups = [(1.0, 0, 4), (2.0, 1, 5), (3.0, 3, 4)].map(|(score, x, n)| Group { score, x, n });
/// let test = cochran_armitage::linear_by_linear(&groups)?;
/// assert_eq!(format!("{:.3} {:.4}", test.statistic, test.p_value), "2.208 0.0272");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// N. Mantel, "Chi-square tests with one degree of freedom; extensions of the Mantel-Haenszel procedure", JASA 58 (1963).
pub fn linear_by_linear(groups: &[Group]) -> Result<TestResult, NoResult> {
    let line = Line::new(groups)?;
    let variance = line.variance()? * line.squares * line.n / (line.n - 1.0);
    Ok(TestResult::normal(line.cross / variance.sqrt()))
}

/// Change of the share per unit of the score, by least squares. Defined also if all gave the same answer.
///
/// # Formula
///
/// ```text
/// slope = T / sum(n (s - s~)^2)
/// ```
///
/// # Errors
///
/// As [`test()`], but not [`NoResult::AllAlike`].
pub fn slope(groups: &[Group]) -> Result<f64, NoResult> {
    let line = Line::new(groups)?;
    Ok(line.cross / line.squares)
}

/// The sums that all of these are made of.
struct Line {
    n: f64,
    yes: f64,
    cross: f64,
    squares: f64,
}

impl Line {
    fn new(groups: &[Group]) -> Result<Self, NoResult> {
        check(groups)?;
        let n: f64 = groups.iter().map(|group| real(group.n)).sum();
        let yes: f64 = groups.iter().map(|group| real(group.x)).sum();
        let share = yes / n;
        // Around a score that is in use, so that years do not cost digits.
        let first = groups[0].score;
        let centre = groups.iter().map(|group| real(group.n) * (group.score - first)).sum::<f64>() / n;
        let places = groups.iter().map(|group| (group, group.score - first - centre));
        let squares = places.clone().map(|(group, place)| real(group.n) * place * place).sum::<f64>();
        // Scores so close or so far apart that their squares are beyond what a double holds.
        if !(squares > 0.0 && squares.is_finite()) {
            return Err(NoResult::NoVariance);
        }
        let cross = places.map(|(group, place)| (real(group.x) - real(group.n) * share) * place).sum();
        Ok(Self { n, yes, cross, squares })
    }

    /// p (1 − p).
    fn variance(&self) -> Result<f64, NoResult> {
        if self.yes == 0.0 || self.yes == self.n {
            return Err(NoResult::AllAlike);
        }
        Ok(self.yes / self.n * (1.0 - self.yes / self.n))
    }
}

/// Checks the groups: finite scores, no more yes-answers than answers, people at two scores at least.
pub(super) fn check(groups: &[Group]) -> Result<(), NoResult> {
    if groups.iter().any(|group| !group.score.is_finite()) {
        return Err(NoResult::NotFinite);
    }
    if groups.iter().any(|group| group.x > group.n) {
        return Err(NoResult::MoreYesThanAnswers);
    }
    let mut used = groups.iter().filter(|group| group.n > 0).map(|group| group.score);
    let Some(first) = used.next() else { return Err(NoResult::NoAnswers) };
    if used.all(|score| score == first) {
        return Err(NoResult::NoVariance);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(rows: &[(f64, u64, u64)]) -> Vec<Group> {
        rows.iter().map(|(score, x, n)| Group { score: *score, x: *x, n: *n }).collect()
    }

    #[test]
    fn two_groups_are_the_pooled_z_test() {
        let z = z(&groups(&[(0.0, 3, 10), (1.0, 7, 12)])).unwrap();
        assert!((z - 1.328_951_131_949_971_8).abs() < 1e-14);
        assert!((slope(&groups(&[(0.0, 3, 10), (1.0, 7, 12)])).unwrap() - (7.0 / 12.0 - 0.3)).abs() < 1e-15);
    }

    #[test]
    fn at_the_edges() {
        assert_eq!(test(&groups(&[(1.0, 0, 5), (2.0, 0, 5)])), Err(NoResult::AllAlike));
        assert_eq!(slope(&groups(&[(1.0, 5, 5), (2.0, 5, 5)])), Ok(0.0));
        assert_eq!(test(&groups(&[(1.0, 1, 5), (1.0, 2, 5), (2.0, 0, 0)])), Err(NoResult::NoVariance));
        assert_eq!(test(&groups(&[(1.0, 6, 5), (2.0, 0, 5)])), Err(NoResult::MoreYesThanAnswers));
        assert_eq!(test(&groups(&[(f64::NAN, 1, 5), (2.0, 0, 5)])), Err(NoResult::NotFinite));
        assert_eq!(test(&[]), Err(NoResult::NoAnswers));
    }
}
