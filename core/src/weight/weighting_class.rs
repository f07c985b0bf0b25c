//! Weighting classes for nonresponse and attrition.

use super::{WeightProblem, check_weights, same_length, sums};

/// Weights of respondents that stand for the others of their class too.
///
/// # Formula
///
/// ```text
/// w'[i] = w[i] * sum(w[j], j in c) / sum(w[j], j in c and responded),   c the class of i, for respondents
/// w'[i] = 0 for the others
/// ```
///
/// It is right when, within a class, who responds has nothing to do with the answers.
///
/// # Input and result
///
/// | name        | shape | unit              | rule                                     |
/// |-------------|-------|-------------------|------------------------------------------|
/// | `weights`   | n     | units represented | finite, >= 0, sum > 0                    |
/// | `classes`   | n     | position          | of the label in `labels`                 |
/// | `responded` | n     | yes or no         |                                          |
/// | result      | n, and a factor per class | units represented | same sum in every class |
///
/// A class without records has factor 1.
///
/// # Errors
///
/// [`WeightProblem::NoRespondent`] names a class with weight in which nobody responded: merge it with another.
/// [`WeightProblem::BadWeight`], [`WeightProblem::NoWeight`], [`WeightProblem::LengthMismatch`],
/// [`WeightProblem::NoCategory`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::weight::weighting_class::adjust;
/// let labels = ["M01 F".into(), "M01 M".into()];
/// let adjusted = adjust(&[2.0, 1.0, 1.0, 3.0], &[0, 0, 1, 1], &labels, &[true, false, true, true])?;
/// assert_eq!((adjusted.weights, adjusted.factors), (vec![3.0, 0.0, 1.0, 3.0], vec![1.5, 1.0]));
/// # Ok::<(), bygdepuls_core::weight::WeightProblem>(())
/// ```
///
/// # Source
///
/// Oh and Scheuren, in *Incomplete Data in Sample Surveys*, volume 2, 1983, 143–184.
pub fn adjust(
    weights: &[f64],
    classes: &[usize],
    labels: &[String],
    responded: &[bool],
) -> Result<Adjusted, WeightProblem> {
    check_weights(weights)?;
    same_length("classes", weights.len(), classes.len())?;
    same_length("respondents", weights.len(), responded.len())?;
    if let Some(row) = classes.iter().position(|class| *class >= labels.len()) {
        return Err(WeightProblem::NoCategory { margin: "classes".into(), row });
    }
    let kept: Vec<f64> =
        weights.iter().zip(responded).map(|(w, responded)| if *responded { *w } else { 0.0 }).collect();
    let all = sums(weights, classes, labels.len());
    let respondents = sums(&kept, classes, labels.len());
    let factors = all.iter().zip(&respondents).zip(labels).map(|((all, respondents), label)| {
        let factor = if *all > 0.0 { all / respondents } else { 1.0 };
        let refused = || WeightProblem::NoRespondent { class: label.clone(), weight: *all };
        if factor.is_finite() { Ok(factor) } else { Err(refused()) }
    });
    let factors = factors.collect::<Result<Vec<_>, _>>()?;
    let weights = kept.iter().zip(classes).map(|(weight, class)| weight * factors[*class]).collect();
    Ok(Adjusted { weights, factors })
}

/// Weights adjusted for nonresponse.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjusted {
    /// The new weight of each record, 0 for those who did not respond.
    pub weights: Vec<f64>,
    /// What the weights of the respondents of each class were multiplied with.
    pub factors: Vec<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_without_respondents_is_named() {
        let labels = ["a".into(), "b".into(), "c".into()];
        let refused = adjust(&[1.0, 2.0], &[0, 1], &labels, &[true, false]).unwrap_err();
        assert_eq!(refused, WeightProblem::NoRespondent { class: "b".into(), weight: 2.0 });
        // Respondents of weight 0 do not stand for anybody.
        let refused = adjust(&[1.0, 0.0], &[0, 0], &labels, &[false, true]).unwrap_err();
        assert_eq!(refused, WeightProblem::NoRespondent { class: "a".into(), weight: 1.0 });
        assert!(matches!(adjust(&[1.0], &[3], &labels, &[true]), Err(WeightProblem::NoCategory { row: 0, .. })));
        assert!(matches!(adjust(&[1.0], &[0], &labels, &[]), Err(WeightProblem::LengthMismatch { .. })));
    }
}
