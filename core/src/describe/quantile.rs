//! Quantiles of a sample, by named rules.

use super::{NoResult, check};
use crate::estimate::QuantileRule;

/// The quantile of a sample at p.
///
/// # Formula
///
/// ```text
/// y ordered, j = floor(n p + m), g = n p + m - j;   y[j] is y[1] below 1 and y[n] above n
/// types 1, 2:  m = 0;     y[j] if g = 0 (type 2: (y[j] + y[j+1]) / 2), else y[j+1]
/// type 3:      m = -1/2;  y[j] if g = 0 and j is even, else y[j+1]
/// types 4-9:   (1 - g) y[j] + g y[j+1] with m =
///              4: 0   5: 1/2   6: p   7: 1 - p   8: (p + 1)/3   9: p/4 + 3/8
/// ```
///
/// Without weights [`QuantileRule::Math`] is type 1 and [`QuantileRule::School`] type 2; [`QuantileRule::Shahvaish`] is the
/// largest value y\[i\] with i/(n+1) <= p, at least y\[1\].
///
/// n p + m within 1e-15 times 4 of a whole number, relative to n, counts as that number: 0.1 × 30 is 3.
///
/// # Input and result
///
/// | name     | unit          | rule             |
/// |----------|---------------|------------------|
/// | `values` | any           | finite, n > 0    |
/// | `p`      | share, 0 to 1 |                  |
/// | result   | as the values |                  |
///
/// Missing values are left out beforehand.
///
/// # Errors
///
/// [`NoResult::TooFew`] without values, [`NoResult::NotFinite`], [`NoResult::NotAProbability`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::describe::{QuantileRule, quantile::quantile};
/// let values = [4.0, 1.0, 3.0, 2.0];
/// assert_eq!(quantile(&values, 0.5, QuantileRule::Math)?, 2.0);
/// assert_eq!(quantile(&values, 0.5, QuantileRule::School)?, 2.5);
/// assert_eq!(quantile(&values, 0.25, QuantileRule::HyndmanFan7)?, 1.75);
/// # Ok::<(), bygdepuls_core::describe::NoResult>(())
/// ```
///
/// # Source
///
/// R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996); B. V. Shah,
/// A. K. Vaish, "Confidence intervals for quantile estimation from complex survey data", ASA Survey Research Methods 2006.
pub fn quantile(values: &[f64], p: f64, rule: QuantileRule) -> Result<f64, NoResult> {
    use QuantileRule::*;
    check(values, 1)?;
    if !(0.0..=1.0).contains(&p) {
        return Err(NoResult::NotAProbability);
    }
    let mut ordered = values.to_vec();
    ordered.sort_by(f64::total_cmp);
    let n = ordered.len() as f64;
    let place = match rule {
        Math | School | HyndmanFan1 | HyndmanFan2 | HyndmanFan4 => n * p,
        HyndmanFan3 => n * p - 0.5,
        HyndmanFan5 => n * p + 0.5,
        HyndmanFan6 | Shahvaish => (n + 1.0) * p,
        HyndmanFan7 => 1.0 + (n - 1.0) * p,
        HyndmanFan8 => n * p + (p + 1.0) / 3.0,
        HyndmanFan9 => n * p + 0.25 * p + 0.375,
    };
    let nearest = libm::round(place);
    let place = if (place - nearest).abs() <= 4.0 * f64::EPSILON * n { nearest } else { place };
    let below = place.floor();
    let part = place - below;
    let upper_share = match rule {
        Math | HyndmanFan1 if part > 0.0 => 1.0,
        School | HyndmanFan2 => {
            if part > 0.0 {
                1.0
            } else {
                0.5
            }
        }
        HyndmanFan3 if part > 0.0 || below % 2.0 != 0.0 => 1.0,
        Math | HyndmanFan1 | HyndmanFan3 | Shahvaish => 0.0,
        HyndmanFan4 | HyndmanFan5 | HyndmanFan6 | HyndmanFan7 | HyndmanFan8 | HyndmanFan9 => part,
    };
    let (low, high) = (at(&ordered, below), at(&ordered, below + 1.0));
    // Equal neighbours are kept as they are: a mean of two could differ in the last digit.
    Ok(match upper_share {
        _ if low == high => low,
        0.0 => low,
        1.0 => high,
        share => (1.0 - share) * low + share * high,
    })
}

/// The value at a place from 1; the first below and the last above.
fn at(ordered: &[f64], place: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the list")]
    let index = place.clamp(1.0, ordered.len() as f64) as usize - 1;
    ordered[index]
}

#[cfg(test)]
mod tests {
    use super::QuantileRule::*;
    use super::*;

    const ALL: [QuantileRule; 12] = [
        Math,
        School,
        Shahvaish,
        HyndmanFan1,
        HyndmanFan2,
        HyndmanFan3,
        HyndmanFan4,
        HyndmanFan5,
        HyndmanFan6,
        HyndmanFan7,
        HyndmanFan8,
        HyndmanFan9,
    ];

    #[test]
    fn one_value_and_equal_values() {
        for rule in ALL {
            for p in [0.0, 0.3, 1.0] {
                assert_eq!(quantile(&[7.5], p, rule), Ok(7.5), "{rule:?}");
                assert_eq!(quantile(&[0.1; 9], p, rule), Ok(0.1), "{rule:?}");
            }
            assert_eq!(quantile(&[2.0, 9.0, 5.0], 1.0, rule), Ok(9.0), "{rule:?}");
            assert_eq!(quantile(&[2.0, 9.0, 5.0], 0.0, rule), Ok(2.0), "{rule:?}");
            assert_eq!(quantile(&[], 0.5, rule), Err(NoResult::TooFew { needed: 1 }));
            assert_eq!(quantile(&[1.0], 1.1, rule), Err(NoResult::NotAProbability));
            assert_eq!(quantile(&[f64::NAN], 0.5, rule), Err(NoResult::NotFinite));
        }
    }

    #[test]
    fn the_even_one_of_two_as_near() {
        // n p = 2.5, place 2 exactly: the second, even value. n p = 1.5, place 1: the second again.
        assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.5, HyndmanFan3), Ok(2.0));
        assert_eq!(quantile(&[1.0, 2.0, 3.0], 0.5, HyndmanFan3), Ok(2.0));
    }

    #[test]
    fn shah_and_vaish() {
        // i/(n+1): 0.2, 0.4, 0.6, 0.8.
        let values = [1.0, 2.0, 3.0, 4.0];
        let at = [0.1, 0.39, 0.4, 0.5, 0.9].map(|p| quantile(&values, p, Shahvaish).unwrap());
        assert_eq!(at, [1.0, 1.0, 2.0, 2.0, 4.0]);
    }
}
