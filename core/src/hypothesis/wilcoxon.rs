//! The Wilcoxon–Mann–Whitney rank sum test.

use super::{NoResult, TestResult};
use crate::compare::real;
use crate::describe::{check, midranks::doubled};
use crate::distribution::normal;

/// U: how often a value of the first group is above one of the second, ties counting half. R's `W`.
///
/// # Formula
///
/// ```text
/// U = (sum of the first group's midranks) - m (m + 1) / 2
/// ```
///
/// # Errors
///
/// [`NoResult::TooFew`] for an empty group, [`NoResult::NotFinite`].
///
/// ```
/// use bygdepuls_core::hypothesis::wilcoxon;
/// assert_eq!(wilcoxon::u(&[1.0, 3.0], &[2.0, 3.0, 0.0])?, 3.5); // 1 over 0; 3 over 2, 0 and half of 3
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// H. B. Mann, D. R. Whitney, "On a test of whether one of two random variables is stochastically larger than the other",
/// Annals of Mathematical Statistics 18 (1947).
pub fn u(first: &[f64], second: &[f64]) -> Result<f64, NoResult> {
    Ok(Ranked::new(first, second)?.u())
}

/// Asymptotic test without continuity correction; the statistic is z, with the permutation variance.
///
/// # Formula
///
/// ```text
/// z = (U - m n / 2) / sqrt(m n / (N (N - 1)) sum((rank - (N+1)/2)^2))
/// ```
///
/// # Errors
///
/// As [`u`], and [`NoResult::AllAlike`] if all values are the same.
///
/// ```
/// use bygdepuls_core::hypothesis::wilcoxon;
/// let test = wilcoxon::asymptotic(&[3., 4., 2., 5., 4., 3., 1., 5.], &[2., 3., 3., 4., 2., 1.])?;
/// assert_eq!(format!("{:.3} {:.3}", test.statistic, test.p_value), "1.254 0.210");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// E. L. Lehmann, *Nonparametrics: Statistical Methods Based on Ranks*, 1975, section 1.4.
pub fn asymptotic(first: &[f64], second: &[f64]) -> Result<TestResult, NoResult> {
    let ranked = Ranked::new(first, second)?;
    Ok(TestResult::normal(ranked.gap() / ranked.se()?))
}

/// Asymptotic test with continuity correction, as R's `wilcox.test`; the statistic is U.
///
/// # Formula
///
/// ```text
/// z = (U - m n / 2 -+ 1/2) / se, towards 0; none if U = m n / 2
/// ```
///
/// # Errors
///
/// As [`asymptotic`].
pub fn corrected(first: &[f64], second: &[f64]) -> Result<TestResult, NoResult> {
    let ranked = Ranked::new(first, second)?;
    let (gap, se) = (ranked.gap(), ranked.se()?);
    // U counts in halves: a gap is 0 or at least 1/2.
    let z = if gap == 0.0 { 0.0 } else { (gap.abs() - 0.5) / se };
    Ok(TestResult { statistic: ranked.u(), parameter: Vec::new(), p_value: (2.0 * normal::upper_tail(z)).min(1.0) })
}

/// Exact test from the permutation distribution of the rank sum, ties and all; the statistic is U.
///
/// # Formula
///
/// ```text
/// p = P(|U - m n / 2| >= |U seen - m n / 2|) over all ways to choose the first group
/// ```
///
/// Midranks are counted in halves, as whole numbers: distances that are equal count as equal.
///
/// # Errors
///
/// As [`u`], and [`NoResult::TooLarge`] beyond 10^9 steps, about 100 values in each group: use [`asymptotic`].
///
/// ```
/// use bygdepuls_core::hypothesis::wilcoxon;
/// let p = wilcoxon::exact(&[1.0, 2.0], &[3.0, 4.0])?.p_value;
/// assert!((p - 2.0 / 6.0).abs() < 1e-15);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// E. L. Lehmann, *Nonparametrics: Statistical Methods Based on Ranks*, 1975, sections 1.3 and 1.4.
pub fn exact(first: &[f64], second: &[f64]) -> Result<TestResult, NoResult> {
    let ranked = Ranked::new(first, second)?;
    Ok(TestResult { statistic: ranked.u(), parameter: Vec::new(), p_value: ranked.exact_p()? })
}

/// Twice the midranks of both groups together, the first group's in front.
struct Ranked {
    ranks: Vec<u64>,
    first: usize,
}

impl Ranked {
    fn new(first: &[f64], second: &[f64]) -> Result<Self, NoResult> {
        check(first, 1)?;
        check(second, 1)?;
        Ok(Self { ranks: doubled(&[first, second].concat()), first: first.len() })
    }

    fn sizes(&self) -> (f64, f64) {
        (self.first as f64, (self.ranks.len() - self.first) as f64)
    }

    fn u(&self) -> f64 {
        let (m, _) = self.sizes();
        0.5 * real(self.ranks[..self.first].iter().sum()) - 0.5 * m * (m + 1.0)
    }

    /// U minus its mean.
    fn gap(&self) -> f64 {
        let (m, n) = self.sizes();
        self.u() - 0.5 * m * n
    }

    fn se(&self) -> Result<f64, NoResult> {
        let ((m, n), all) = (self.sizes(), self.ranks.len() as f64);
        let squares: f64 = self.ranks.iter().map(|rank| 0.5 * (real(*rank) - all - 1.0)).map(|gap| gap * gap).sum();
        if squares == 0.0 {
            return Err(NoResult::AllAlike);
        }
        Ok((m * n / (all * (all - 1.0)) * squares).sqrt())
    }

    fn exact_p(&self) -> Result<f64, NoResult> {
        // The rank sum of the smaller group: it lies as far from its mean as that of the larger.
        let (front, back) = self.ranks.split_at(self.first);
        let chosen = if front.len() <= back.len() { front } else { back };
        let (all, m) = (self.ranks.len(), chosen.len());
        let mut sorted = self.ranks.clone();
        sorted.sort_unstable();
        let largest: u64 = sorted[all - m..].iter().sum();
        if (all as u64).saturating_mul(m as u64).saturating_mul(largest) > MOST_STEPS {
            return Err(NoResult::TooLarge);
        }
        let width = usize::try_from(largest).map_err(|_| NoResult::TooLarge)? + 1;
        // Row k: the rank sums of k chosen. Each is chosen with probability m / N, which cancels for k = m.
        let share = m as f64 / all as f64;
        let mut weight = vec![0.0; (m + 1) * width];
        weight[0] = 1.0;
        for rank in &self.ranks {
            let rank = usize::try_from(*rank).map_err(|_| NoResult::TooLarge)?;
            for k in (0..=m).rev() {
                for sum in (0..width).rev() {
                    let with = if k > 0 && sum >= rank { weight[(k - 1) * width + sum - rank] } else { 0.0 };
                    let without = weight[k * width + sum];
                    weight[k * width + sum] = without * (1.0 - share) + with * share;
                }
            }
        }
        // Twice the rank sum has the mean m (N + 1).
        let mean = (m * (all + 1)) as u64;
        let seen = chosen.iter().sum::<u64>().abs_diff(mean);
        let (mut far, mut near) = (0.0, 0.0);
        for (sum, weight) in (0..).zip(&weight[m * width..]) {
            *(if mean.abs_diff(sum) >= seen { &mut far } else { &mut near }) += weight;
        }
        Ok(far / (far + near))
    }
}

/// How many additions the exact distribution may take.
const MOST_STEPS: u64 = 1_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_edges() {
        assert_eq!(u(&[], &[1.0]), Err(NoResult::TooFew { needed: 1 }));
        assert_eq!(asymptotic(&[2.0, 2.0], &[2.0]), Err(NoResult::AllAlike));
        assert_eq!(corrected(&[2.0, 2.0], &[2.0]), Err(NoResult::AllAlike));
        assert_eq!(exact(&[2.0, 2.0], &[2.0]).unwrap().p_value, 1.0);
        assert_eq!(exact(&[2.0], &[1.0]).unwrap().p_value, 1.0);
        assert_eq!(exact(&[f64::NAN], &[1.0]), Err(NoResult::NotFinite));
        assert_eq!(exact(&[0.0; 300], &[1.0; 300]), Err(NoResult::TooLarge));
    }

    #[test]
    fn digits_far_out_and_either_group_smaller() {
        // 20 against 30 without overlap: 2 of C(50, 20) choices.
        let low: Vec<f64> = (0..20).map(f64::from).collect();
        let high: Vec<f64> = (20..50).map(f64::from).collect();
        let ways = (1..=20).fold(1.0, |ways, k| ways * f64::from(30 + k) / f64::from(k));
        for (first, second) in [(&low, &high), (&high, &low)] {
            assert!((exact(first, second).unwrap().p_value * ways / 2.0 - 1.0).abs() < 1e-12);
        }
    }
}
