//! Sampling with probabilities proportional to size, without replacement.

use super::{Design, DesignProblem, Influence, LonelyPsu, StageColumns};
use nalgebra::DMatrix;
use std::fmt;

impl Design {
    /// A design of unequal probabilities, with Brewer's approximation to its variance: it needs the probability of each
    /// unit, not those of pairs.
    ///
    /// # Formula
    ///
    /// ```text
    /// V = sum over strata h of n[h] / (n[h] - 1) * sum over units i of (1 - pi[i]) (u[i] - mean u)^2
    /// later stages: the same inside each unit, times the probabilities of all its ancestors
    /// ```
    ///
    /// As [`Design::new`], but that [`StageColumns::fpc`] holds the probability of each record's unit in its stage, above 0 and
    /// at most 1. Without `weights` the weight of a record is the inverse of the product of its probabilities.
    ///
    /// # Errors
    ///
    /// As [`Design::new`]; [`DesignProblem::InvalidProbability`], [`DesignProblem::ProbabilityVaries`].
    ///
    /// # Source
    ///
    /// K. R. W. Brewer, *Combined Survey Sampling Inference* (2002), chapter 9; R `survey`, `svydesign(pps = "brewer")`.
    pub fn brewer(
        rows: usize,
        stages: &[StageColumns<'_>],
        weights: Option<Vec<f64>>,
        nest: bool,
        lonely: LonelyPsu,
    ) -> Result<Self, Vec<DesignProblem>> {
        let of = |row: usize| stages.iter().filter_map(|stage| stage.fpc).map(|fpc| fpc[row]).product::<f64>();
        let weights = weights.unwrap_or_else(|| (0..rows).map(|row| 1.0 / of(row)).collect());
        let without: Vec<_> = stages.iter().map(|stage| StageColumns { fpc: None, ..stage.clone() }).collect();
        let mut design = Self::new(rows, &without, Some(weights), nest, lonely)?;
        let mut problems = Vec::new();
        let built = design.stages.stages.iter_mut().zip(&design.units);
        for (number, (columns, (stage, units))) in (1..).zip(stages.iter().zip(built)) {
            let Some(probabilities) = columns.fpc else { continue };
            let mut corrections = vec![None; stage.stratum.len()];
            for (row, (unit, probability)) in units.iter().zip(probabilities).enumerate() {
                if !(*probability > 0.0 && *probability <= 1.0) {
                    problems.push(DesignProblem::InvalidProbability { stage: number, row });
                } else if *corrections[*unit as usize].get_or_insert(1.0 - probability) != 1.0 - probability {
                    problems.push(DesignProblem::ProbabilityVaries { stage: number, row });
                }
            }
            stage.unit_correction = Some(corrections.into_iter().map(|correction| correction.unwrap_or(1.0)).collect());
        }
        if problems.is_empty() { Ok(design) } else { Err(problems) }
    }
}

/// The joint probabilities of the sampling units of a design of one stage: how likely each pair was to be drawn together.
///
/// ```
/// use bygdepuls_core::design::{Design, JointProbabilities, PpsVariance};
/// use bygdepuls_core::estimate::total;
/// use nalgebra::DMatrix;
/// // Two of three units, each pair as likely: the variance is that of simple random sampling, with population 3.
/// let matrix = DMatrix::from_row_slice(2, 2, &[2.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 2.0 / 3.0]);
/// let joint = JointProbabilities::new(&matrix)?;
/// let design = Design::simple(joint.weights());
/// let total = total::linearised(&design.weights, &[Some(2.0), Some(6.0)])?;
/// assert_eq!(total.estimate, 12.0);
/// let variance = joint.variance(PpsVariance::YatesGrundy, &design.influence(&total.influence))?;
/// assert!((variance - 9.0 * (1.0 - 2.0 / 3.0) * 8.0 / 2.0).abs() < 1e-12); // N² (1 - n/N) s² / n
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct JointProbabilities {
    /// `(pi[i, j] - pi[i] pi[j]) / pi[i, j]`
    deltas: DMatrix<f64>,
    probabilities: Vec<f64>,
}

/// How a variance is estimated from joint probabilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PpsVariance {
    /// For any design; may be negative.
    HorvitzThompson,
    /// For designs of fixed size; also Sen, Yates and Grundy.
    YatesGrundy,
}

/// Why joint probabilities cannot be used. Units are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are the units in the message")]
pub enum PpsProblem {
    /// Not as many columns as rows.
    NotSquare,
    /// Another number of units than the design has.
    OtherUnits { matrix: usize, design: usize },
    /// A pair with two probabilities.
    NotSymmetric { unit: usize, other: usize },
    /// A probability that is not above 0, is above 1, or is above that of one of the two units. A pair that could not be
    /// drawn together leaves no unbiased variance.
    InvalidProbability { unit: usize, other: usize },
    /// The estimate of the variance is below 0, as these estimators may be: there is no standard error.
    NegativeVariance,
}

impl fmt::Display for PpsProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSquare => write!(f, "the joint probabilities have not as many columns as rows"),
            Self::OtherUnits { matrix, design } => {
                write!(f, "the joint probabilities are of {matrix} units, the design has {design}")
            }
            Self::NotSymmetric { unit, other } => {
                write!(f, "units {unit} and {other} have two joint probabilities")
            }
            Self::InvalidProbability { unit, other } => {
                write!(f, "the joint probability of units {unit} and {other} is not possible")
            }
            Self::NegativeVariance => write!(f, "the estimate of the variance is below 0"),
        }
    }
}

impl std::error::Error for PpsProblem {}

impl JointProbabilities {
    /// From a matrix with the probability of each unit on the diagonal and of each pair beside it, units in the order of the
    /// design's first stage.
    ///
    /// # Errors
    ///
    /// [`PpsProblem`].
    pub fn new(matrix: &DMatrix<f64>) -> Result<Self, PpsProblem> {
        if !matrix.is_square() {
            return Err(PpsProblem::NotSquare);
        }
        let probabilities: Vec<f64> = matrix.diagonal().iter().copied().collect();
        for (unit, of_unit) in probabilities.iter().enumerate() {
            for (other, of_other) in probabilities.iter().enumerate() {
                let joint = matrix[(unit, other)];
                if (joint - matrix[(other, unit)]).abs() > 1e-12 {
                    return Err(PpsProblem::NotSymmetric { unit, other });
                }
                if !(joint > 0.0 && joint <= of_unit.min(*of_other) * (1.0 + 1e-12) && joint <= 1.0) {
                    return Err(PpsProblem::InvalidProbability { unit, other });
                }
            }
        }
        // As R: what differs from independence by rounding only is independent.
        let rounding = matrix.iter().fold(1.0, |least: f64, joint| least.min(*joint)) / 10_000.0;
        let delta = |unit: usize, other: usize| {
            let joint = matrix[(unit, other)];
            let delta = (joint - probabilities[unit] * probabilities[other]) / joint;
            if delta.abs() < rounding { 0.0 } else { delta }
        };
        Ok(Self { deltas: DMatrix::from_fn(probabilities.len(), probabilities.len(), delta), probabilities })
    }

    /// The design weights: 1 / probability.
    #[must_use]
    pub fn weights(&self) -> Vec<f64> {
        self.probabilities.iter().map(|probability| 1.0 / probability).collect()
    }

    /// The covariance of two estimates.
    ///
    /// # Formula
    ///
    /// ```text
    /// Horvitz–Thompson   sum over i, j of d[i, j] a[i] b[j],  d[i, j] = (pi[i, j] - pi[i] pi[j]) / pi[i, j]
    /// Yates–Grundy       sum over i < j of -d[i, j] (a[i] - a[j]) (b[i] - b[j])
    /// ```
    ///
    /// a and b are the weighted influence values summed by unit; units outside the domain have 0.
    ///
    /// # Errors
    ///
    /// [`PpsProblem::OtherUnits`].
    ///
    /// # Source
    ///
    /// D. G. Horvitz and D. J. Thompson, JASA 47 (1952); F. Yates and P. M. Grundy, "Selection without replacement from within
    /// strata with probability proportional to size", JRSS B 15 (1953); R `survey`, `svydesign(pps = ppsmat(…))`.
    pub fn covariance(&self, kind: PpsVariance, a: &Influence, b: &Influence) -> Result<f64, PpsProblem> {
        let (a, b) = (self.by_unit(a)?, self.by_unit(b)?);
        let units = 0..self.probabilities.len();
        let mut sum = 0.0;
        for unit in units.clone() {
            for other in units.clone() {
                let delta = self.deltas[(unit, other)];
                sum += match kind {
                    PpsVariance::HorvitzThompson => delta * a[unit] * b[other],
                    PpsVariance::YatesGrundy => -delta * (a[unit] - a[other]) * (b[unit] - b[other]) / 2.0,
                };
            }
        }
        Ok(sum)
    }

    /// The variance of an estimate.
    ///
    /// # Errors
    ///
    /// [`PpsProblem::OtherUnits`], [`PpsProblem::NegativeVariance`].
    pub fn variance(&self, kind: PpsVariance, influence: &Influence) -> Result<f64, PpsProblem> {
        match self.covariance(kind, influence, influence)? {
            variance if variance >= 0.0 => Ok(variance),
            _ => Err(PpsProblem::NegativeVariance),
        }
    }

    fn by_unit(&self, influence: &Influence) -> Result<Vec<f64>, PpsProblem> {
        let mut sums = vec![0.0; self.probabilities.len()];
        for (unit, sum) in influence.0.first().into_iter().flatten() {
            let units = sums.len();
            *sums
                .get_mut(*unit as usize)
                .ok_or(PpsProblem::OtherUnits { matrix: units, design: *unit as usize + 1 })? = *sum;
        }
        Ok(sums)
    }
}

#[cfg(test)]
#[allow(clippy::excessive_precision, reason = "as R prints them")]
mod tests {
    use super::*;
    use crate::estimate::{Linearised, mean, ratio, total, within};
    use crate::read::Categories;

    const PI: [f64; 6] = [0.2, 0.5, 0.4, 0.3, 0.6, 0.25];
    const Y: [f64; 6] = [3.0, 8.0, 5.0, 4.0, 9.0, 2.0];
    const X: [f64; 6] = [2.0, 6.0, 4.0, 3.0, 7.0, 3.0];
    /// Records of group 1.
    const GROUP: [bool; 6] = [true, true, false, false, true, true];

    fn close(ours: f64, expected: f64) {
        assert!((ours - expected).abs() <= 1e-13 * expected.abs(), "{ours} is not {expected}");
    }

    fn values(values: [f64; 6]) -> Vec<Option<f64>> {
        values.map(Some).to_vec()
    }

    fn codes(codes: &[u32]) -> Categories {
        Categories { codes: codes.to_vec(), labels: ["a", "b", "c", "d", "e", "f"].map(Into::into).to_vec() }
    }

    /// R 4.2.2, survey 4.1-1: `svydesign(id=~1, strata=~h, fpc=~pi, pps="brewer")`, h = 1, 1, 1, 2, 2, 2.
    #[test]
    fn brewer_equals_r() {
        let strata = codes(&[0, 0, 0, 1, 1, 1]);
        let stage = StageColumns { strata: vec![&strata], units: None, fpc: Some(&PI) };
        let design = Design::brewer(6, &[stage], None, false, LonelyPsu::Fail).unwrap();
        let check = |part: Linearised, estimate: f64, se: f64| {
            close(part.estimate, estimate);
            close(part.se(&design).unwrap(), se);
        };
        let w = &design.weights;
        check(total::linearised(w, &values(Y)).unwrap(), 79.833_333_333_333_329, 5.583_664_998_440_971_4);
        check(mean::linearised(w, &values(Y)).unwrap(), 4.315_315_315_315_315_2, 0.807_883_808_722_607_45);
        let ratio = ratio::linearised(w, &values(Y), &values(X)).unwrap();
        close(ratio.se(&design).unwrap(), 0.100_000_624_845_139_82);
        let group = within(&values(Y), |row| GROUP[row]);
        check(mean::linearised(w, &group).unwrap(), 4.263_157_894_736_842_5, 1.164_321_239_351_204_6);
        close(total::linearised(w, &group).unwrap().se(&design).unwrap(), 15.505_644_133_669_52);
        assert_eq!((design.df(), design.domain_df(|row| GROUP[row])), (4.0, 2.0));
    }

    /// The same with two stages: `svydesign(id=~u+r, fpc=~p1+p2, pps="brewer")`, two records in each of three units.
    #[test]
    fn brewer_in_two_stages_equals_r() {
        let units = codes(&[0, 0, 1, 1, 2, 2]);
        let (first, second) = ([0.2, 0.2, 0.5, 0.5, 0.4, 0.4], [0.1, 0.1, 0.3, 0.3, 0.25, 0.25]);
        let stages = [
            StageColumns { strata: vec![], units: Some(&units), fpc: Some(&first) },
            StageColumns { strata: vec![], units: None, fpc: Some(&second) },
        ];
        let design = Design::brewer(6, &stages, None, false, LonelyPsu::Fail).unwrap();
        let total = total::linearised(&design.weights, &values(Y)).unwrap();
        close(total.estimate, 719.999_999_999_999_89);
        close(total.se(&design).unwrap(), 409.347_719_616_899_16);
        let mean = mean::linearised(&design.weights, &values(Y)).unwrap();
        close(mean.se(&design).unwrap(), 0.854_050_642_526_542_5);
    }

    /// R: `pps=ppsmat(J)` with J = 0.9 pi pi', pi on the diagonal.
    #[test]
    fn joint_probabilities_equal_r() {
        let matrix = DMatrix::from_fn(6, 6, |i, j| if i == j { PI[i] } else { 0.9 * PI[i] * PI[j] });
        let joint = JointProbabilities::new(&matrix).unwrap();
        let design = Design::simple(joint.weights());
        let w = &design.weights;
        let influence = |part: Linearised| design.influence(&part.influence);
        let total_y = influence(total::linearised(w, &values(Y)).unwrap());
        let total_x = influence(total::linearised(w, &values(X)).unwrap());
        let mean_y = influence(mean::linearised(w, &values(Y)).unwrap());
        let group = influence(mean::linearised(w, &within(&values(Y), |row| GROUP[row])).unwrap());
        for (kind, [se_total, se_mean, covariance, se_group]) in [
            (
                PpsVariance::HorvitzThompson,
                [8.872_032_628_601_143_5, 0.726_400_721_521_504_81, 40.660_493_827_160_778, 1.038_095_803_456_478_2],
            ),
            (
                PpsVariance::YatesGrundy,
                [5.278_947_238_855_227_7, 0.695_495_195_694_335_82, -1.598_765_432_098_751_7, 0.998_660_100_946_384_69],
            ),
        ] {
            close(joint.variance(kind, &total_y).unwrap().sqrt(), se_total);
            close(joint.variance(kind, &mean_y).unwrap().sqrt(), se_mean);
            // R itself gives the two halves of this matrix with 13 digits in common.
            let ours = joint.covariance(kind, &total_y, &total_x).unwrap();
            assert!((ours - covariance).abs() < 1e-11 * covariance.abs(), "{ours}");
            close(joint.variance(kind, &group).unwrap().sqrt(), se_group);
        }
    }

    #[test]
    fn impossible_probabilities_are_named() {
        let matrix = |rows: usize, values: &[f64]| {
            JointProbabilities::new(&DMatrix::from_row_slice(rows, values.len() / rows, values))
        };
        let new = |rows: usize, values: &[f64]| matrix(rows, values).unwrap_err();
        assert_eq!(new(1, &[0.5, 0.1]), PpsProblem::NotSquare);
        assert_eq!(new(2, &[0.5, 0.1, 0.2, 0.5]), PpsProblem::NotSymmetric { unit: 0, other: 1 });
        assert_eq!(new(2, &[0.5, 0.0, 0.0, 0.5]), PpsProblem::InvalidProbability { unit: 0, other: 1 });
        assert_eq!(new(1, &[f64::NAN]), PpsProblem::InvalidProbability { unit: 0, other: 0 });
        // Two units that are nearly never drawn together: the variance of Horvitz and Thompson is far below 0.
        let rare = matrix(2, &[0.5, 0.01, 0.01, 0.5]).unwrap();
        let both = Influence(vec![vec![(0, 1.0), (1, 1.0)]]);
        assert_eq!(rare.variance(PpsVariance::HorvitzThompson, &both), Err(PpsProblem::NegativeVariance));
        let third = Influence(vec![vec![(2, 1.0)]]);
        let other = PpsProblem::OtherUnits { matrix: 2, design: 3 };
        assert_eq!(rare.variance(PpsVariance::YatesGrundy, &third), Err(other));
        let brewer = |fpc: &[f64]| {
            let stage = StageColumns { strata: vec![], units: None, fpc: Some(fpc) };
            Design::brewer(2, &[stage], None, false, LonelyPsu::Fail).unwrap_err()
        };
        assert_eq!(brewer(&[0.5, 0.0]), [DesignProblem::InvalidProbability { stage: 1, row: 1 }]);
        assert_eq!(brewer(&[f64::NAN, 1.5]).len(), 2);
    }
}
