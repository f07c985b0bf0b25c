//! Weights divided by the probability of response.

use super::{WeightProblem, check_weights, same_length};

/// Weights of respondents divided by their estimated probability of response.
///
/// # Formula
///
/// ```text
/// w'[i] = w[i] / p[i] for respondents, 0 for the others
/// ```
///
/// p comes from a model of response, such as a logistic regression with the design weights. The variance of estimates
/// that takes such weights as given leaves out that p was estimated; usually it is then a little too large.
///
/// # Input and result
///
/// | name          | shape | unit              | rule                                   |
/// |---------------|-------|-------------------|----------------------------------------|
/// | `weights`     | n     | units represented | finite, >= 0, sum > 0                  |
/// | `responded`   | n     | yes or no         |                                        |
/// | `probability` | n     | probability       | above 0, at most 1, for respondents; those of others are not looked at |
/// | result        | n     | units represented |                                        |
///
/// # Errors
///
/// [`WeightProblem::BadProbability`], [`WeightProblem::BadWeight`], [`WeightProblem::NoWeight`],
/// [`WeightProblem::LengthMismatch`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::weight::response_propensity::adjust;
/// assert_eq!(adjust(&[2.0, 3.0], &[true, false], &[0.5, 0.0])?, [4.0, 0.0]);
/// # Ok::<(), bygdepuls_core::weight::WeightProblem>(())
/// ```
///
/// # Source
///
/// Little, *International Statistical Review* 54, 1986, 139–157.
pub fn adjust(weights: &[f64], responded: &[bool], probability: &[f64]) -> Result<Vec<f64>, WeightProblem> {
    check_weights(weights)?;
    same_length("respondents", weights.len(), responded.len())?;
    same_length("probabilities", weights.len(), probability.len())?;
    let one = |(row, weight): (usize, &f64)| {
        let p = probability[row];
        let divided = weight / p;
        match responded[row] {
            false => Ok(0.0),
            true if p > 0.0 && p <= 1.0 && divided.is_finite() => Ok(divided),
            true => Err(WeightProblem::BadProbability { row, probability: p }),
        }
    };
    weights.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_outside_zero_to_one_are_refused() {
        for p in [0.0, -0.1, 1.01, f64::NAN, 1e-320] {
            let refused = adjust(&[1.0, 2.0], &[false, true], &[1.0, p]);
            assert!(matches!(refused, Err(WeightProblem::BadProbability { row: 1, .. })), "{p}");
        }
    }
}
