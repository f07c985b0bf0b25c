//! The t test under a sampling design.

use super::TestProblem;
use super::group_means::GroupMeans;
use crate::design::Design;
use crate::distribution::student_t;
use crate::interval::Level;
use crate::read::Categories;

/// A mean, or a difference of two, compared with 0.
#[derive(Clone, Debug, PartialEq)]
pub struct TTest {
    /// The mean, or the mean of the second group less that of the first.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// Estimate over standard error; `None` where that is 0.
    pub statistic: Option<f64>,
    /// Two-sided; `None` without a statistic or without degrees of freedom.
    pub p_value: Option<f64>,
    /// Limits of the estimate; `None` without degrees of freedom.
    pub ci: Option<(f64, f64)>,
    /// The groups, with the mean of each: none for one sample.
    pub groups: Vec<(String, f64)>,
}

impl TTest {
    fn new(estimate: f64, se: f64, df: f64, level: Level) -> Self {
        let statistic = (se > 0.0).then(|| estimate / se);
        let p_value = statistic.filter(|_| df > 0.0).map(|t| student_t::two_sided(t, df));
        let ci = (df > 0.0).then(|| {
            let half = student_t::upper_quantile(level.tail(), df) * se;
            (estimate - half, estimate + half)
        });
        Self { estimate, se, df, statistic, p_value, ci, groups: Vec::new() }
    }
}

/// Difference of the means of two groups: design-based t test.
///
/// # Formula
///
/// ```text
/// d  = mean of group 2 - mean of group 1        weighted means
/// t  = d / se(d)                                se linearised, with the covariance of the two means
/// df = PSUs - strata - 1                        of the records that were used
/// ```
///
/// The same as the slope of a linear regression on the group. Groups are in the order of their codes. Records outside
/// `domain`, and those without a value or a group, are left out of the means and stay in the design.
///
/// # Errors
///
/// [`TestProblem::NotTwoGroups`], [`TestProblem::NoRecords`], [`TestProblem::Design`]. A variance of 0 leaves the
/// statistic out.
///
/// # Example
///
/// ```
/// # use bygdepuls_core::{design::Design, hypothesis::design_t_test, interval::Level, read::Categories};
/// let design = Design::simple(vec![1.0; 6]);
/// let y = [1.0, 2.0, 3.0, 4.0, 5.0, 9.0].map(Some);
/// let groups = Categories { codes: vec![0, 0, 0, 1, 1, 1], labels: vec!["A".into(), "B".into()] };
/// let test = design_t_test::two_samples(&design, &y, &groups, &[true; 6], Level::P95)?;
/// assert_eq!((test.estimate, test.df), (4.0, 4.0));
/// // The influences are (y - mean)/3: squares sum to 2/9 + 14/9, and 6/5 of that is 32/15.
/// assert!((test.se * test.se - 32.0 / 15.0).abs() < 1e-14);
/// # Ok::<(), bygdepuls_core::hypothesis::TestProblem>(())
/// ```
///
/// # Source
///
/// T. Lumley, *Complex Surveys* (2010), section 2.2; R, `survey::svyttest`.
pub fn two_samples(
    design: &Design,
    y: &[Option<f64>],
    groups: &Categories,
    domain: &[bool],
    level: Level,
) -> Result<TTest, TestProblem> {
    let (groups, labels) = groups_of(design, y, groups, domain)?;
    if labels.len() != 2 {
        return Err(TestProblem::NotTwoGroups { groups: labels.len() });
    }
    let means = GroupMeans::new(design, y, &groups, 2)?;
    let test = TTest::new(means.difference(1), means.se()?, means.df - 1.0, level);
    Ok(TTest { groups: labels.into_iter().zip(means.means).collect(), ..test })
}

/// A mean compared with 0: design-based t test of one sample.
///
/// # Formula
///
/// ```text
/// t  = mean / se(mean)
/// df = PSUs - strata - 1      of the domain, records without a value included
/// ```
///
/// For pairs give the differences. The degrees of freedom are one less than those of the estimate of a mean, as in R.
///
/// # Errors
///
/// [`TestProblem::NoRecords`], [`TestProblem::Design`]. A variance of 0 leaves the statistic out.
///
/// # Source
///
/// R, `survey::svyttest(y ~ 0, design)`.
pub fn one_sample(design: &Design, y: &[Option<f64>], domain: &[bool], level: Level) -> Result<TTest, TestProblem> {
    let inside: Vec<Option<usize>> = domain.iter().map(|inside| inside.then_some(0)).collect();
    let means = GroupMeans::new(design, y, &inside, 1)?;
    let df = design.domain_df(|row| domain[row]) - 1.0;
    Ok(TTest::new(means.means[0], means.se_of_mean()?, df, level))
}

/// The group of each record that counts, numbered from 0, and the groups' labels in order.
pub(super) fn groups_of(
    design: &Design,
    y: &[Option<f64>],
    groups: &Categories,
    domain: &[bool],
) -> Result<(Vec<Option<usize>>, Vec<String>), TestProblem> {
    let inside = |row: usize| domain[row] && y[row].is_some() && design.weights[row] > 0.0;
    let mut seen = vec![false; groups.labels.len()];
    for (row, code) in groups.codes.iter().enumerate() {
        if let Some(seen) = seen.get_mut(*code as usize).filter(|_| inside(row)) {
            *seen = true;
        }
    }
    let (mut place, mut labels) = (vec![None; seen.len()], Vec::new());
    for (code, label) in groups.labels.iter().enumerate().filter(|(code, _)| seen[*code]) {
        place[code] = Some(labels.len());
        labels.push(label.to_string());
    }
    if labels.is_empty() {
        return Err(TestProblem::NoRecords);
    }
    let group = |(row, code): (usize, &u32)| place.get(*code as usize).copied().flatten().filter(|_| domain[row]);
    Ok((groups.codes.iter().enumerate().map(group).collect(), labels))
}
