//! Rank tests under a sampling design.

use super::design_t_test::groups_of;
use super::group_means::GroupMeans;
use super::{TestProblem, TestResult};
use crate::design::Design;
use crate::distribution::normal;
use crate::read::Categories;

/// What becomes of an estimated rank in the population, as a share r of the way from the lowest to the highest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Score {
    /// r itself: Wilcoxon's test of two groups, Kruskal and Wallis's of more.
    #[default]
    Rank,
    /// The normal quantile of r: van der Waerden's test.
    Normal,
    /// Whether r is above one half: Mood's median test.
    Median,
}

/// Whether values in some groups tend to be larger.
#[derive(Clone, Debug, PartialEq)]
pub struct RankTest {
    /// Two groups: t. More: Wald's chi-squared.
    pub result: TestResult,
    /// Two groups: the mean score of the second less that of the first.
    pub estimate: Option<f64>,
    /// Two groups: its standard error.
    pub se: Option<f64>,
    /// The groups, with the mean score of each.
    pub groups: Vec<(String, f64)>,
}

/// Design-based rank test.
///
/// # Formula
///
/// ```text
/// r[i] = (sum of w[j] where y[j] < y[i], and half of w[i]) / sum w        tied values share the mean of theirs
/// two groups:    t = (mean score 2 - mean score 1) / se,    df = PSUs - strata - 1
/// more groups:   chi2 = d' V^-1 d, d the differences from the first group;  p from F = chi2/(k - 1) with
///                k - 1 and PSUs - strata - (k - 1) degrees of freedom
/// ```
///
/// The ranks of values are taken as known. Within a tie the mean is that of the ranks in the order of the file, not
/// weighted, as R has it. Records of weight 0, or without a value or a group, have no rank.
///
/// (R prints statistic and degrees of freedom of more than two groups under each other's names.)
///
/// # Errors
///
/// [`TestProblem::AllAlike`] with one group, [`TestProblem::TooManyValues`], [`TestProblem::NoVariance`],
/// [`TestProblem::SingularCovariance`], [`TestProblem::NoDf`], [`TestProblem::NoRecords`], [`TestProblem::Design`].
///
/// # Example
///
/// ```
/// # use bygdepuls_core::{design::Design, hypothesis::design_rank_test::{self, Score}, read::Categories};
/// let design = Design::simple(vec![1.0; 4]);
/// let groups = Categories { codes: vec![0, 0, 1, 1], labels: vec!["A".into(), "B".into()] };
/// let y = [1.0, 3.0, 2.0, 7.0].map(Some); // r = 1/8, 5/8, 3/8, 7/8
/// let test = design_rank_test::test(&design, &y, &groups, &[true; 4], Score::Rank)?;
/// assert_eq!(test.estimate, Some(0.25));
/// # Ok::<(), bygdepuls_core::hypothesis::TestProblem>(())
/// ```
///
/// # Source
///
/// T. Lumley, A. J. Scott, "Two-sample rank tests under complex sampling", Biometrika 100 (2013); R,
/// `survey::svyranktest`.
pub fn test(
    design: &Design,
    y: &[Option<f64>],
    groups: &Categories,
    domain: &[bool],
    score: Score,
) -> Result<RankTest, TestProblem> {
    let (groups, labels) = groups_of(design, y, groups, domain)?;
    if labels.len() < 2 {
        return Err(TestProblem::AllAlike { variable: 1 });
    }
    if labels.len() > TestProblem::MOST_VALUES {
        return Err(TestProblem::TooManyValues { variable: 1, values: labels.len() });
    }
    let scores = scores(design, y, &groups, score);
    let means = GroupMeans::new(design, &scores, &groups, labels.len())?;
    let (result, estimate, se) = if labels.len() == 2 {
        let (estimate, se, df) = (means.difference(1), means.se()?, means.df - 1.0);
        if df <= 0.0 {
            return Err(TestProblem::NoDf { df });
        }
        if se == 0.0 {
            return Err(TestProblem::NoVariance);
        }
        (TestResult::student_t(estimate / se, df), Some(estimate), Some(se))
    } else {
        (means.all_equal()?, None, None)
    };
    Ok(RankTest { result, estimate, se, groups: labels.into_iter().zip(means.means).collect() })
}

fn scores(design: &Design, y: &[Option<f64>], groups: &[Option<usize>], score: Score) -> Vec<Option<f64>> {
    let used = |row: usize| y[row].filter(|_| groups[row].is_some() && design.weights[row] > 0.0);
    let mut ordered: Vec<(f64, usize)> = (0..y.len()).filter_map(|row| Some((used(row)?, row))).collect();
    // Tied values stay in the order of the file.
    ordered.sort_by(|a, b| a.0.partial_cmp(&b.0).unwrap_or(std::cmp::Ordering::Equal));
    let total: f64 = ordered.iter().map(|(_, row)| design.weights[*row]).sum();
    let mut scores = vec![None; y.len()];
    let mut below = 0.0;
    for tied in ordered.chunk_by(|a, b| a.0 == b.0) {
        let mut sum = 0.0;
        for (_, row) in tied {
            let weight = design.weights[*row];
            sum += below + 0.5 * weight;
            below += weight;
        }
        #[expect(clippy::cast_precision_loss, reason = "a number of records")]
        let rank = sum / tied.len() as f64;
        let of = match score {
            Score::Rank => rank / total,
            Score::Normal if rank < 0.5 * total => -normal::upper_quantile(rank / total),
            Score::Normal => normal::upper_quantile((total - rank) / total),
            Score::Median => f64::from(u8::from(rank > 0.5 * total)),
        };
        for (_, row) in tied {
            scores[*row] = Some(of);
        }
    }
    scores
}
