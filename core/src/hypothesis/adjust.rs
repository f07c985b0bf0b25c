//! p values of many tests at once.

use super::NoResult;

/// What the adjustment keeps below the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjustment {
    /// Any false finding, whatever the dependence: n p.
    Bonferroni,
    /// Any false finding, whatever the dependence; never larger than Bonferroni's.
    Holm,
    /// Any false finding, for independent or positively dependent tests.
    Hochberg,
    /// The share of false findings, for independent or positively dependent tests.
    BenjaminiHochberg,
    /// The share of false findings, whatever the dependence.
    BenjaminiYekutieli,
}

/// Adjusted p values, in the order given; R's `p.adjust`.
///
/// # Formula
///
/// ```text
/// p[1] <= ... <= p[n]
/// Bonferroni          n p[i]
/// Holm                max over j <= i of (n - j + 1) p[j]
/// Hochberg            min over j >= i of (n - j + 1) p[j]
/// Benjamini-Hochberg  min over j >= i of n/j p[j]
/// Benjamini-Yekutieli min over j >= i of (1 + 1/2 + ... + 1/n) n/j p[j]
/// ```
///
/// and at most 1. Without p values the list is empty.
///
/// # Errors
///
/// [`NoResult::NotAProbability`] if a p value is not between 0 and 1.
///
/// # Example
///
/// ```
/// use bygdepuls_core::hypothesis::adjust::{Adjustment, adjust};
/// assert_eq!(adjust(&[0.5, 0.0625, 0.25], Adjustment::Holm)?, [0.5, 0.1875, 0.5]);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979);
/// Y. Hochberg, "A sharper Bonferroni procedure for multiple tests of significance", Biometrika 75 (1988); Y. Benjamini,
/// Y. Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995); Y. Benjamini, D. Yekutieli, "The control of the
/// false discovery rate in multiple testing under dependency", Annals of Statistics 29 (2001).
pub fn adjust(p: &[f64], adjustment: Adjustment) -> Result<Vec<f64>, NoResult> {
    if p.iter().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(NoResult::NotAProbability);
    }
    let n = p.len() as f64;
    let harmonic: f64 = (1..=p.len()).map(|j| 1.0 / j as f64).sum();
    let factor = |j: f64| match adjustment {
        Adjustment::Bonferroni => n,
        Adjustment::Holm | Adjustment::Hochberg => n - j + 1.0,
        Adjustment::BenjaminiHochberg => n / j,
        Adjustment::BenjaminiYekutieli => harmonic * n / j,
    };
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut places: Vec<(usize, f64)> =
        order.iter().enumerate().map(|(place, index)| (*index, factor(place as f64 + 1.0) * p[*index])).collect();
    let mut adjusted = vec![0.0; p.len()];
    if matches!(adjustment, Adjustment::Bonferroni | Adjustment::Holm) {
        let mut largest = 0.0_f64;
        for (index, value) in places {
            largest = if adjustment == Adjustment::Holm { largest.max(value) } else { value };
            adjusted[index] = largest.min(1.0);
        }
    } else {
        places.reverse();
        let mut smallest = 1.0_f64;
        for (index, value) in places {
            smallest = smallest.min(value);
            adjusted[index] = smallest;
        }
    }
    Ok(adjusted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_none_and_what_is_no_probability() {
        for adjustment in
            [Adjustment::Bonferroni, Adjustment::Holm, Adjustment::Hochberg, Adjustment::BenjaminiYekutieli]
        {
            assert_eq!(adjust(&[0.3], adjustment), Ok(vec![0.3]));
            assert_eq!(adjust(&[], adjustment), Ok(vec![]));
            assert_eq!(adjust(&[1.5], adjustment), Err(NoResult::NotAProbability));
            assert_eq!(adjust(&[f64::NAN], adjustment), Err(NoResult::NotAProbability));
        }
    }
}
