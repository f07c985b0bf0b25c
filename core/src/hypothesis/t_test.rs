//! Means of one sample and of two: Student's and Welch's tests, Hedges' g.

use super::{NoResult, TestResult};
use crate::compare::Interval;
use crate::describe::{check, covariance, finite, mean};
use crate::distribution::student_t;
use crate::interval::Level;

/// Student's t test that two means are equal; the variances are taken as equal.
///
/// # Formula
///
/// ```text
/// sp^2 = ((n1-1) s1^2 + (n2-1) s2^2) / (n1 + n2 - 2)
/// t    = (mean1 - mean2) / (sp sqrt(1/n1 + 1/n2)),   df = n1 + n2 - 2
/// ```
///
/// A group of one will do, if the other has at least two.
///
/// # Errors
///
/// [`NoResult::TooFew`], [`NoResult::NotFinite`], [`NoResult::NoVariance`] if nothing varies within the groups.
///
/// ```
/// use bygdepuls_core::hypothesis::t_test;
/// let test = t_test::student(&[3., 4., 2., 5., 4., 3., 1., 5.], &[2., 3., 3., 4., 2., 1.])?;
/// assert_eq!(format!("{:.3} {:?} {:.4}", test.statistic, test.parameter, test.p_value), "1.275 [12.0] 0.2264");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// Student, "The probable error of a mean", Biometrika 6 (1908).
pub fn student(first: &[f64], second: &[f64]) -> Result<TestResult, NoResult> {
    let (variance, df) = pooled(first, second)?;
    let se = (variance * (1.0 / size(first) + 1.0 / size(second))).sqrt();
    Ok(TestResult::student_t((mean(first) - mean(second)) / se, df))
}

/// Welch's t test that two means are equal, whatever the variances.
///
/// # Formula
///
/// ```text
/// v_i = s_i^2 / n_i
/// t   = (mean1 - mean2) / sqrt(v1 + v2)
/// df  = (v1 + v2)^2 / (v1^2/(n1-1) + v2^2/(n2-1))
/// ```
///
/// # Errors
///
/// [`NoResult::TooFew`] for fewer than two in a group, [`NoResult::NotFinite`], [`NoResult::NoVariance`] if nothing varies
/// within the groups.
///
/// ```
/// use bygdepuls_core::hypothesis::t_test;
/// let test = t_test::welch(&[3., 4., 2., 5., 4., 3., 1., 5.], &[2., 3., 3., 4., 2., 1.])?;
/// assert_eq!(format!("{:.3} {:.2} {:.4}", test.statistic, test.parameter[0], test.p_value), "1.333 12.00 0.2074");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// B. L. Welch, "The generalization of 'Student's' problem when several different population variances are involved",
/// Biometrika 34 (1947).
pub fn welch(first: &[f64], second: &[f64]) -> Result<TestResult, NoResult> {
    let (se, df) = unpooled(first, second)?;
    Ok(TestResult::student_t((mean(first) - mean(second)) / se, df))
}

/// First mean minus second mean: the interval that belongs to [`welch`].
///
/// # Errors
///
/// As [`welch`].
pub fn welch_interval(first: &[f64], second: &[f64], level: Level) -> Result<Interval, NoResult> {
    let (se, df) = unpooled(first, second)?;
    Ok(around(mean(first) - mean(second), se, df, level))
}

/// Interval of a mean: `mean -+ t sqrt(s^2 / n)` with n − 1 degrees of freedom. A point if all values are the same.
///
/// # Errors
///
/// [`NoResult::TooFew`] for fewer than two, [`NoResult::NotFinite`].
///
/// ```
/// use bygdepuls_core::{hypothesis::t_test, interval::Level};
/// let interval = t_test::mean_interval(&[3., 4., 2., 5., 4., 3., 1., 5.], Level::P95)?;
/// assert_eq!(format!("{:.2} {:.2}", interval.lower, interval.upper), "2.20 4.55");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
pub fn mean_interval(values: &[f64], level: Level) -> Result<Interval, NoResult> {
    check(values, 2)?;
    let se = finite((covariance(values, values) / size(values)).sqrt())?;
    Ok(around(mean(values), se, size(values) - 1.0, level))
}

/// Hedges' g: the difference of two means in pooled standard deviations, corrected for small samples.
///
/// # Formula
///
/// ```text
/// g = (1 - 3 / (4 (n1 + n2 - 2) - 1)) (mean1 - mean2) / sp
/// ```
///
/// # Errors
///
/// As [`student`].
///
/// ```
/// use bygdepuls_core::hypothesis::t_test;
/// let g = t_test::hedges_g(&[3., 4., 2., 5., 4., 3., 1., 5.], &[2., 3., 3., 4., 2., 1.])?;
/// assert_eq!(format!("{g:.3}"), "0.645");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// L. V. Hedges, "Distribution theory for Glass's estimator of effect size and related estimators", Journal of Educational
/// Statistics 6 (1981).
pub fn hedges_g(first: &[f64], second: &[f64]) -> Result<f64, NoResult> {
    let (variance, df) = pooled(first, second)?;
    Ok((1.0 - 3.0 / (4.0 * df - 1.0)) * (mean(first) - mean(second)) / variance.sqrt())
}

fn size(values: &[f64]) -> f64 {
    values.len() as f64
}

/// The pooled variance and its degrees of freedom.
fn pooled(first: &[f64], second: &[f64]) -> Result<(f64, f64), NoResult> {
    check(first, 1)?;
    check(second, 1)?;
    let df = size(first) + size(second) - 2.0;
    if df < 1.0 {
        return Err(NoResult::TooFew { needed: 3 });
    }
    let squares =
        |values: &[f64]| if values.len() < 2 { 0.0 } else { covariance(values, values) * (size(values) - 1.0) };
    let variance = finite((squares(first) + squares(second)) / df)?;
    if variance == 0.0 { Err(NoResult::NoVariance) } else { Ok((variance, df)) }
}

/// The standard error of the difference and Welch's degrees of freedom.
fn unpooled(first: &[f64], second: &[f64]) -> Result<(f64, f64), NoResult> {
    check(first, 2)?;
    check(second, 2)?;
    let variance = |values: &[f64]| covariance(values, values) / size(values);
    let (v1, v2) = (variance(first), variance(second));
    let sum = finite(v1 + v2)?;
    if sum == 0.0 {
        return Err(NoResult::NoVariance);
    }
    // As shares of the sum, so that squares of small variances do not vanish.
    let (r1, r2) = (v1 / sum, v2 / sum);
    Ok((sum.sqrt(), 1.0 / (r1 * r1 / (size(first) - 1.0) + r2 * r2 / (size(second) - 1.0))))
}

fn around(centre: f64, se: f64, df: f64, level: Level) -> Interval {
    let half = student_t::upper_quantile(level.tail(), df) * se;
    Interval { lower: centre - half, upper: centre + half }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_edges() {
        assert_eq!(student(&[1.0], &[2.0]), Err(NoResult::TooFew { needed: 3 }));
        assert_eq!(student(&[1.0, 1.0], &[2.0, 2.0]), Err(NoResult::NoVariance));
        assert_eq!(welch(&[1.0], &[2.0, 3.0]), Err(NoResult::TooFew { needed: 2 }));
        assert_eq!(welch(&[1.0, 1.0], &[2.0, 2.0]), Err(NoResult::NoVariance));
        assert_eq!(welch(&[1.0, f64::NAN], &[2.0, 2.0]), Err(NoResult::NotFinite));
        assert_eq!(welch(&[1e300, -1e300], &[2.0, 2.0]), Err(NoResult::NotFinite));
        assert_eq!(mean_interval(&[4.0, 4.0], Level::P95), Ok(Interval { lower: 4.0, upper: 4.0 }));
        // A person against two: t = (4 - 1) / (sqrt 2 sqrt(1 + 1/2)) with one degree of freedom.
        let test = student(&[4.0], &[0.0, 2.0]).unwrap();
        assert!((test.statistic - 3.0_f64.sqrt()).abs() < 1e-15 && test.parameter == [1.0]);
        assert!((test.p_value - 1.0 / 3.0).abs() < 1e-14, "Cauchy: 1 - 2/pi atan(sqrt 3)");
    }
}
