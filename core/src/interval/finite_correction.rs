//! Approximations for a finite population: the standard error with its correction, and binomial intervals with an
//! effective number of answers.

use super::samples::check_population;
use super::{Level, NoInterval, ShareInterval, wilson::as_f64};
use crate::distribution::{beta, normal};

/// The standard error of the share of yes among those asked, a simple random sample without replacement.
///
/// # Formula
///
/// ```text
/// p = x/n,  f = n/N
/// se = sqrt((1 - f) p (1 - p) / (n - 1))      0 for n = N
/// ```
///
/// # Input and result
///
/// Persons in, a share out. With everybody's answer nothing is uncertain.
///
/// # Errors
///
/// [`NoInterval`] for n = 0, x > n or n > N, and [`NoInterval::OneAnswer`] for n = 1 < N: one answer does not show how
/// answers differ.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::finite_correction;
/// let se = finite_correction::se(10, 8, 3)?;
/// assert!((se - 0.0818317088384971).abs() < 1e-15);
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// W. G. Cochran, "Sampling Techniques", 3rd ed. (1977), section 3.2.
pub fn se(population: u64, n: u64, x: u64) -> Result<f64, NoInterval> {
    check_population(population, n, x, u64::MAX)?;
    if n == population {
        return Ok(0.0);
    }
    if n == 1 {
        return Err(NoInterval::OneAnswer);
    }
    let (count, total) = (as_f64(x), as_f64(n));
    let p = count / total;
    Ok((unseen(population, n) * p * (1.0 - p) / (total - 1.0)).sqrt())
}

/// The number of answers with replacement whose share would vary as much; `None` for n = N: no number is enough.
///
/// # Formula
///
/// ```text
/// n (N - 1) / (N - n)
/// ```
///
/// # Errors
///
/// [`NoInterval`] for n = 0 or n > N.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::finite_correction::effective_n;
/// assert_eq!(effective_n(10, 8)?, Some(36.0));
/// assert_eq!(effective_n(10, 10)?, None);
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// The variance of the hypergeometric distribution against that of the binomial.
pub fn effective_n(population: u64, n: u64) -> Result<Option<f64>, NoInterval> {
    check_population(population, n, 0, u64::MAX)?;
    Ok((n < population).then(|| as_f64(n) * as_f64(population - 1) / as_f64(population - n)))
}

/// The effective number of answers that [`se`] implies, `p (1 - p) / se^2`; `None` for n = N: no number is enough.
///
/// # Formula
///
/// ```text
/// (n - 1) / (1 - n/N)
/// ```
///
/// # Errors
///
/// [`NoInterval`] for n = 0 or n > N, and [`NoInterval::OneAnswer`] for n = 1 < N.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::finite_correction::effective_n_of_se;
/// assert_eq!(effective_n_of_se(12, 9)?, Some(32.0));
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// As [`se`].
pub fn effective_n_of_se(population: u64, n: u64) -> Result<Option<f64>, NoInterval> {
    check_population(population, n, 0, u64::MAX)?;
    if n == population {
        return Ok(None);
    }
    if n == 1 {
        return Err(NoInterval::OneAnswer);
    }
    Ok(Some(as_f64(n - 1) / unseen(population, n)))
}

/// The share in a finite cohort: Wilson's score interval with the effective number of answers.
///
/// # Formula
///
/// ```text
/// z = normal quantile of 1 - alpha/2,  p = x/n,  e = n (N - 1) / (N - n)
/// centre = (p + z^2/2e) / (1 + z^2/e)
/// half   = z sqrt(p(1-p)/e + z^2/4e^2) / (1 + z^2/e)
/// ```
///
/// 0 is the lower limit at x = 0, 1 the upper limit at x = n, and with everybody's answer both are p. Coverage is near
/// the level on average, not for every M: [`wang`](super::wang) guarantees it.
///
/// # Errors
///
/// [`NoInterval`] for n = 0, x > n or n > N.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, finite_correction};
/// let interval = finite_correction::wilson(10, 8, 3, Level::P95)?;
/// assert_eq!(format!("{:.3} {:.3}", interval.lower, interval.upper), "0.236 0.538");
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), with
/// [`effective_n`] for n.
pub fn wilson(population: u64, n: u64, x: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    check_population(population, n, x, u64::MAX)?;
    let p = as_f64(x) / as_f64(n);
    let Some(effective) = effective_n(population, n)? else {
        return Ok(ShareInterval { lower: p, upper: p });
    };
    let z = normal::upper_quantile(level.tail());
    let z2 = z * z;
    let scale = 1.0 + z2 / effective;
    let centre = (p + z2 / (2.0 * effective)) / scale;
    let half = z * (p * (1.0 - p) / effective + z2 / (4.0 * effective * effective)).sqrt() / scale;
    Ok(ShareInterval {
        lower: if x == 0 { 0.0 } else { centre - half },
        upper: if x == n { 1.0 } else { centre + half },
    })
}

/// The share in a finite cohort: Clopper and Pearson's limits with the effective number of answers.
///
/// # Formula
///
/// ```text
/// p = x/n,  e = n (N - 1) / (N - n)
/// lower = beta quantile of alpha/2     with e p, e (1 - p) + 1     (0 at x = 0)
/// upper = beta quantile of 1 - alpha/2 with e p + 1, e (1 - p)     (1 at x = n)
/// ```
///
/// With everybody's answer both are p. No longer exact: [`hypergeometric`](super::hypergeometric) is.
///
/// # Errors
///
/// [`NoInterval`] for n = 0, x > n or n > N.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, finite_correction};
/// let interval = finite_correction::clopper_pearson(10, 8, 3, Level::P95)?;
/// assert_eq!(format!("{:.3} {:.3}", interval.lower, interval.upper), "0.220 0.552");
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
/// Biometrika 26 (1934), with [`effective_n`] for n.
pub fn clopper_pearson(population: u64, n: u64, x: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    check_population(population, n, x, u64::MAX)?;
    let p = as_f64(x) / as_f64(n);
    let Some(effective) = effective_n(population, n)? else {
        return Ok(ShareInterval { lower: p, upper: p });
    };
    // The upper limit is the mirror image: no-answers for yes-answers.
    let lower =
        |p: f64, q: f64| if p == 0.0 { 0.0 } else { beta::quantile(level.tail(), effective * p, effective * q + 1.0) };
    let q = as_f64(n - x) / as_f64(n);
    Ok(ShareInterval { lower: lower(p, q), upper: 1.0 - lower(q, p) })
}

/// 1 − n/N, the share that was not asked.
fn unseen(population: u64, n: u64) -> f64 {
    as_f64(population - n) / as_f64(population)
}
