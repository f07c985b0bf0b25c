//! Raking: iterative proportional fitting.

use super::post_stratification::factors;
use super::{Calibrated, Margin, Miss, Residuals, WeightProblem, check_weights, sums};

/// How far from its total a category may stay, as a share of the whole population.
const TOLERANCE: f64 = 1e-11;

/// Rounds over all margins.
const ROUNDS: u32 = 2000;

/// Weights whose sums agree with several margins at once, as near the design weights as that allows.
///
/// # Formula
///
/// ```text
/// repeat: for each margin in turn, w[i] = w[i] * N[c] / sum(w[j] where j in c),   c the category of i
/// until every margin is met
/// ```
///
/// The last margin is met to the last digit, the others to 1e-11 of the population.
///
/// # Input and result
///
/// | name       | shape | unit                 | rule                          |
/// |------------|-------|----------------------|-------------------------------|
/// | `weights`  | n     | units represented    | finite, >= 0, sum > 0         |
/// | `margins`  | m × n | category per record  | totals finite, >= 0, all margins with the same sum |
/// | result     | n     | units represented    | sums to the total per category of every margin |
///
/// # Errors
///
/// [`WeightProblem::MarginTotals`] where two margins do not add up to the same population,
/// [`WeightProblem::Missed`] with the categories that cannot be met together after 2,000 rounds (often because two
/// categories have no record in common), [`WeightProblem::NoMargin`], and those of
/// [`post_stratify`](super::post_stratification::post_stratify).
///
/// # Example
///
/// ```
/// use bygdepuls_core::weight::{Category, Margin, raking::rake};
/// let margin = |name: &str, totals: [f64; 2], rows: Vec<usize>| {
///     let category = |(label, total): (&str, f64)| Category { label: label.into(), total };
///     Margin { name: name.into(), categories: ["a", "b"].into_iter().zip(totals).map(category).collect(), rows }
/// };
/// let margins = [margin("sex", [6.0, 4.0], vec![0, 0, 1, 1]), margin("age", [5.0, 5.0], vec![0, 1, 0, 1])];
/// let raked = rake(&[1.0; 4], &margins)?;
/// assert_eq!(raked.weights, [3.0, 3.0, 2.0, 2.0]);
/// # Ok::<(), bygdepuls_core::weight::WeightProblem>(())
/// ```
///
/// # Source
///
/// Deming and Stephan, *Annals of Mathematical Statistics* 11, 1940, 427–444; residuals as R `survey` takes them.
pub fn rake(weights: &[f64], margins: &[Margin]) -> Result<Calibrated, WeightProblem> {
    check_weights(weights)?;
    let first = margins.first().ok_or(WeightProblem::NoMargin)?;
    let total = first.total();
    for margin in margins {
        margin.check(weights)?;
        let other = margin.total();
        if (other - total).abs() > TOLERANCE * total {
            return Err(WeightProblem::MarginTotals {
                first: first.name.clone(),
                first_total: total,
                second: margin.name.clone(),
                second_total: other,
            });
        }
    }
    let mut raked = weights.to_vec();
    let mut round = 0;
    loop {
        round += 1;
        let mut steps = Vec::with_capacity(margins.len());
        for margin in margins {
            let factors = factors(margin, &sums(&raked, &margin.rows, margin.categories.len()));
            for (weight, row) in raked.iter_mut().zip(&margin.rows) {
                *weight *= factors[*row];
            }
            steps.push(factors);
        }
        let missed = missed(&raked, margins, TOLERANCE * total);
        if missed.is_empty() {
            let g = weights.iter().zip(&raked).map(|(old, new)| if *old > 0.0 { new / old } else { 1.0 }).collect();
            let residuals = Residuals::raked(weights, margins, &steps);
            return Ok(Calibrated { weights: raked, g, iterations: round, residuals });
        }
        if round == ROUNDS {
            return Err(WeightProblem::Missed { iterations: round, missed });
        }
    }
}

/// The categories further from their totals than the tolerance, the farthest first.
fn missed(weights: &[f64], margins: &[Margin], tolerance: f64) -> Vec<Miss> {
    let mut missed = Vec::new();
    for margin in margins {
        let sums = sums(weights, &margin.rows, margin.categories.len());
        for (category, reached) in margin.categories.iter().zip(sums) {
            let met = (reached - category.total).abs() <= tolerance;
            // What is not a number is not met.
            if !met {
                let name = format!("{}={}", margin.name, category.label);
                missed.push(Miss { name, target: category.total, reached });
            }
        }
    }
    missed.sort_by(|a, b| b.distance().total_cmp(&a.distance()));
    missed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weight::margin;

    #[test]
    fn margins_of_different_populations_are_refused() {
        let margins = [margin("a", &[("x", 6.0), ("y", 4.0)], &[0, 1]), margin("b", &[("z", 11.0)], &[0, 0])];
        let expected = WeightProblem::MarginTotals {
            first: "a".into(),
            first_total: 10.0,
            second: "b".into(),
            second_total: 11.0,
        };
        assert_eq!(rake(&[1.0, 1.0], &margins).unwrap_err(), expected);
        assert_eq!(rake(&[1.0], &[]).unwrap_err(), WeightProblem::NoMargin);
    }

    #[test]
    fn margins_that_no_weights_can_meet_are_named_with_what_they_miss() {
        // Both classifications are the same, with different totals.
        let margins =
            [margin("a", &[("x", 6.0), ("y", 4.0)], &[0, 1]), margin("b", &[("x", 5.0), ("y", 5.0)], &[0, 1])];
        let WeightProblem::Missed { iterations, missed } = rake(&[1.0, 1.0], &margins).unwrap_err() else { panic!() };
        assert_eq!((iterations, missed.len()), (ROUNDS, 2));
        assert_eq!(missed[0], Miss { name: "a=y".into(), target: 4.0, reached: 5.0 });
    }
}
