//! The Kruskal–Wallis test.

use super::{NoResult, TestResult};
use crate::describe::{check, mean, midranks::midranks};

/// Whether k groups have the same distribution, against a shift of some. Chi-squared, k − 1 degrees of freedom.
///
/// # Formula
///
/// ```text
/// H = (N - 1) sum(n_j (mean rank_j - (N+1)/2)^2) / sum((rank - (N+1)/2)^2)
/// ```
///
/// over midranks of all values together: the usual statistic, with the correction for ties.
///
/// # Errors
///
/// [`NoResult::TooFew`] for fewer than two groups, [`NoResult::NoAnswers`] for an empty group, [`NoResult::NotFinite`],
/// [`NoResult::AllAlike`] if all values are the same.
///
/// ```
/// use bygdepuls_core::hypothesis::kruskal_wallis;
/// let test = kruskal_wallis::test(&[vec![1.0, 2.0], vec![3.0, 4.0], vec![5.0, 6.0, 7.0]])?;
/// assert_eq!((format!("{:.4}", test.statistic), test.parameter), ("5.3571".into(), vec![2.0]));
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// W. H. Kruskal, W. A. Wallis, "Use of ranks in one-criterion variance analysis", JASA 47 (1952).
pub fn test<G: AsRef<[f64]>>(groups: &[G]) -> Result<TestResult, NoResult> {
    if groups.len() < 2 {
        return Err(NoResult::TooFew { needed: 2 });
    }
    if groups.iter().any(|group| group.as_ref().is_empty()) {
        return Err(NoResult::NoAnswers);
    }
    let values: Vec<f64> = groups.iter().flat_map(|group| group.as_ref()).copied().collect();
    check(&values, 2)?;
    let ranks = midranks(&values);
    let centre = 0.5 * (values.len() as f64 + 1.0);
    let squares: f64 = ranks.iter().map(|rank| (rank - centre) * (rank - centre)).sum();
    if squares == 0.0 {
        return Err(NoResult::AllAlike);
    }
    let (mut between, mut start) = (0.0, 0);
    for group in groups {
        let size = group.as_ref().len();
        let gap = mean(&ranks[start..start + size]) - centre;
        between += size as f64 * gap * gap;
        start += size;
    }
    let statistic = (values.len() as f64 - 1.0) * between / squares;
    Ok(TestResult::chi_squared(statistic, groups.len() as f64 - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_edges() {
        assert_eq!(test(&[[1.0, 2.0]]), Err(NoResult::TooFew { needed: 2 }));
        assert_eq!(test(&[vec![1.0], vec![]]), Err(NoResult::NoAnswers));
        assert_eq!(test(&[[3.0, 3.0], [3.0, 3.0]]), Err(NoResult::AllAlike));
        assert_eq!(test(&[[3.0], [f64::NAN]]), Err(NoResult::NotFinite));
        // One against one: H = (N-1) = 1, whatever the values.
        assert_eq!(test(&[[3.0], [4.0]]).unwrap().statistic, 1.0);
    }
}
