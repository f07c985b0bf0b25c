//! Trimming of weights.

use super::{Bounds, WeightProblem, check_finite, sum};

/// Passes of strict trimming.
const PASSES: u32 = 10_000;

/// Weights after trimming.
#[derive(Clone, Debug, PartialEq)]
pub struct Trimmed {
    /// The new weight of each record; their sum is kept.
    pub weights: Vec<f64>,
    /// How many weights were outside the bounds before.
    pub trimmed: usize,
    /// Passes it took; 0 where nothing was outside.
    pub passes: u32,
}

/// Weights cut at bounds; what is cut off is spread in equal parts over the others, so that the sum is kept.
///
/// # Formula
///
/// ```text
/// t[i] = max(L, min(w[i], U))
/// inside the bounds before: t[i] = w[i] + sum(w[j] - t[j], j outside) / number inside
/// ```
///
/// Once, what is spread may lift other weights above U again. With `strict` it is repeated until none is outside; a
/// weight that is exactly at a bound counts as inside, as in R's `trimWeights`.
///
/// # Input and result
///
/// | name      | shape | unit              | rule                                       |
/// |-----------|-------|-------------------|--------------------------------------------|
/// | `weights` | n     | units represented | finite, sum > 0; may be negative before    |
/// | `bounds`  | 2     | units represented | lower < upper; of the weights, not of g    |
/// | result    | n     | units represented | same sum                                   |
///
/// Records of weight 0 are counted as any other: leave them out before, or lift them to the lower bound.
///
/// # Errors
///
/// [`WeightProblem::BadTrim`] where the bounds do not hold the mean weight, or every weight is outside them: the sum
/// could not be kept. [`WeightProblem::BadWeight`], [`WeightProblem::NoWeight`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::weight::{Bounds, trimming::trim};
/// let bounds = Bounds { lower: 1.0, upper: 10.0 };
/// assert_eq!(trim(&[2.0, 9.5, 14.0], bounds, false)?.weights, [4.0, 11.5, 10.0]);
/// assert_eq!(trim(&[2.0, 9.5, 14.0], bounds, true)?.weights, [5.5, 10.0, 10.0]);
/// # Ok::<(), bygdepuls_core::weight::WeightProblem>(())
/// ```
///
/// # Source
///
/// Lumley, R package `survey`, `trimWeights`; Potter, *Proceedings of the Survey Research Methods Section*, ASA, 1990.
pub fn trim(weights: &[f64], bounds: Bounds, strict: bool) -> Result<Trimmed, WeightProblem> {
    let total = check_finite(weights)?;
    let Bounds { lower, upper } = bounds;
    #[allow(clippy::cast_precision_loss, reason = "a count of records")]
    let mean = total / weights.len() as f64;
    let refused = || WeightProblem::BadTrim { bounds, mean };
    if !(lower < upper && lower <= mean && mean <= upper) {
        return Err(refused());
    }
    let is_outside = |weight: &f64| *weight < lower || *weight > upper;
    let trimmed = weights.iter().filter(|weight| is_outside(weight)).count();
    let mut weights = weights.to_vec();
    let mut passes = 0;
    while weights.iter().any(is_outside) {
        let cut: Vec<f64> = weights.iter().map(|weight| weight.clamp(lower, upper)).collect();
        let spread = sum(weights.iter().zip(&cut).map(|(old, new)| old - new));
        let inside = weights.iter().filter(|weight| !is_outside(weight)).count();
        if inside == 0 || passes == PASSES {
            return Err(refused());
        }
        #[allow(clippy::cast_precision_loss, reason = "a count of records")]
        let part = spread / inside as f64;
        weights = weights.iter().zip(cut).map(|(old, new)| if is_outside(old) { new } else { old + part }).collect();
        passes += 1;
        if !strict {
            break;
        }
    }
    Ok(Trimmed { weights, trimmed, passes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_that_cannot_keep_the_sum_are_refused() {
        let bounds = Bounds { lower: 1.0, upper: 4.0 };
        assert_eq!(trim(&[2.0, 9.0], bounds, true), Err(WeightProblem::BadTrim { bounds, mean: 5.5 }));
        assert!(matches!(trim(&[0.0, 5.0], bounds, false), Err(WeightProblem::BadTrim { .. })), "all are outside");
        let turned = Bounds { lower: 4.0, upper: 1.0 };
        assert!(matches!(trim(&[2.0], turned, false), Err(WeightProblem::BadTrim { .. })));
        assert_eq!(trim(&[2.0], bounds, true).unwrap(), Trimmed { weights: vec![2.0], trimmed: 0, passes: 0 });
    }

    #[test]
    fn strict_bounds_hold_for_every_weight_and_the_sum_is_kept() {
        let weights: Vec<f64> = (1..=200).map(f64::from).collect();
        let bounds = Bounds { lower: 90.0, upper: 110.0 };
        let trimmed = trim(&weights, bounds, true).unwrap();
        assert!(trimmed.weights.iter().all(|weight| (90.0..=110.0).contains(weight)));
        assert!((sum(trimmed.weights.iter().copied()) - 20_100.0).abs() < 1e-9);
    }
}
