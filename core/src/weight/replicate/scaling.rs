//! From replicate estimates to a variance.

use crate::estimate::NoEstimate;
use nalgebra::DMatrix;

/// How replicate estimates become a variance.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    /// What the sum over replicates is multiplied with.
    pub scale: f64,
    /// What the square of each replicate is multiplied with.
    pub rscales: Vec<f64>,
    /// Whether deviations are taken from the estimate, not from the mean of the replicates.
    pub mse: bool,
}

/// Estimates with the full weights and with those of each replicate.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicateEstimates {
    /// With the weights of the design.
    pub estimates: Vec<f64>,
    /// With those of each replicate; none where there is no estimate.
    pub replicates: Vec<Option<Vec<f64>>>,
}

impl ReplicateEstimates {
    /// Replicates without an estimate, which do not enter the variance.
    #[must_use]
    pub fn discarded(&self) -> usize {
        self.replicates.iter().filter(|replicate| replicate.is_none()).count()
    }
}

impl Scaling {
    /// The covariances of estimates.
    ///
    /// # Formula
    ///
    /// ```text
    /// V = scale * sum over replicates r of rscale[r] (t[r] - m) (t[r] - m)'
    /// m = the estimates with mse, otherwise the mean of the replicates with rscale[r] > 0
    /// ```
    ///
    /// Replicates without an estimate are left out, from the mean too. Without any replicate at all (the sample is the
    /// population) the covariances are 0.
    ///
    /// # Errors
    ///
    /// [`NoEstimate::TooFewReplicates`] when fewer than two with rscale above 0 have estimates; [`NoEstimate::NotFinite`].
    ///
    /// # Source
    ///
    /// K. M. Wolter, *Introduction to Variance Estimation* (2007), chapters 3 to 5; R `survey`, `svrVar`.
    pub fn covariance(&self, of: &ReplicateEstimates) -> Result<DMatrix<f64>, NoEstimate> {
        let count = of.estimates.len();
        let mut sum = DMatrix::zeros(count, count);
        if self.rscales.is_empty() {
            return Ok(sum);
        }
        let used: Vec<(&f64, &Vec<f64>)> = self
            .rscales
            .iter()
            .zip(&of.replicates)
            .filter_map(|(rscale, estimates)| Some((rscale, estimates.as_ref()?)))
            .filter(|(rscale, _)| **rscale > 0.0)
            .collect();
        if used.len() < 2 {
            return Err(NoEstimate::TooFewReplicates);
        }
        #[allow(clippy::cast_precision_loss, reason = "a number of replicates")]
        let mean = |at: usize| used.iter().map(|(_, estimates)| estimates[at]).sum::<f64>() / used.len() as f64;
        let from: Vec<f64> = if self.mse { of.estimates.clone() } else { (0..count).map(mean).collect() };
        for (rscale, estimates) in used {
            for row in 0..count {
                for column in 0..=row {
                    sum[(row, column)] += rscale * (estimates[row] - from[row]) * (estimates[column] - from[column]);
                }
            }
        }
        sum *= self.scale;
        sum.fill_upper_triangle_with_lower_triangle();
        if sum.iter().all(|value: &f64| value.is_finite()) { Ok(sum) } else { Err(NoEstimate::NotFinite) }
    }

    /// The variance of one estimate, as [`Scaling::covariance`].
    ///
    /// # Errors
    ///
    /// As [`Scaling::covariance`].
    pub fn variance(&self, estimate: f64, replicates: &[Option<f64>]) -> Result<f64, NoEstimate> {
        let replicates = replicates.iter().map(|replicate| replicate.map(|estimate| vec![estimate])).collect();
        Ok(self.covariance(&ReplicateEstimates { estimates: vec![estimate], replicates })?[(0, 0)])
    }
}
