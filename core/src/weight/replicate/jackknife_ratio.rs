//! The jackknife of many ratios at once.

use super::{Cells, Factors, Replicates};
use crate::estimate::NoEstimate;

/// Replicates of which all have the same estimate.
#[derive(Clone, Copy, Debug)]
struct Alike {
    ratio: f64,
    rscale: f64,
    count: f64,
}

impl Replicates {
    /// The jackknife variance of the ratio of each domain, as [`Scaling::variance`](super::Scaling::variance) of its
    /// replicates; `None` for replicates that are no jackknife.
    ///
    /// A replicate changes the sums of a domain only by the unit that it leaves out and those that stand in for it, so the
    /// work grows with the cells, not with units times replicates: designs whose every record is a unit can be jackknifed.
    ///
    /// # Errors
    ///
    /// Each domain its own: [`NoEstimate::NoValues`] without cells, [`NoEstimate::ZeroDenominator`],
    /// [`NoEstimate::TooFewReplicates`], [`NoEstimate::NotFinite`].
    #[must_use]
    pub fn jackknife_ratios(&self, cells: &Cells) -> Option<Vec<Result<f64, NoEstimate>>> {
        let Factors::Deleted(_) = &self.factors else { return None };
        Some(cells.by_domain().iter().map(|cells| self.jackknife_ratio(cells)).collect())
    }

    /// `cells`: unit, numerator and denominator, ascending by unit.
    #[allow(clippy::cast_precision_loss, reason = "numbers of units")]
    fn jackknife_ratio(&self, cells: &[(u32, f64, f64)]) -> Result<f64, NoEstimate> {
        let Factors::Deleted(deleted) = &self.factors else { return Err(NoEstimate::TooFewReplicates) };
        if cells.is_empty() {
            return Err(NoEstimate::NoValues);
        }
        let sum =
            |cells: &[(u32, f64, f64)]| cells.iter().fold((0.0, 0.0), |sum, cell| (sum.0 + cell.1, sum.1 + cell.2));
        let all = sum(cells);
        if all.1 == 0.0 {
            return Err(NoEstimate::ZeroDenominator);
        }
        if self.is_empty() {
            return Ok(0.0);
        }
        let mut alike = Vec::new();
        let mut push = |above: f64, below: f64, rscale: f64, count: f64| {
            let ratio = above / below;
            if ratio.is_finite() && rscale > 0.0 && count > 0.0 {
                alike.push(Alike { ratio, rscale, count });
            }
        };
        let mut next = 0;
        while let Some(first) = deleted.get(next) {
            let together = deleted[next..].iter().take_while(|other| other.raised == first.raised).count();
            let (last, rscale) = (deleted[next + together - 1].unit, self.scaling.rscales[next]);
            next += together;
            let between = |from: u32, to: u32| {
                &cells[cells.partition_point(|cell| cell.0 < from)..cells.partition_point(|cell| cell.0 < to)]
            };
            let raised = sum(between(first.raised.start, first.raised.end));
            let more = first.factor - 1.0;
            let (above, below) = (all.0 + more * raised.0, all.1 + more * raised.1);
            let out = between(first.unit, last + 1);
            for (_, numerator, denominator) in out {
                push(above - first.factor * numerator, below - first.factor * denominator, rscale, 1.0);
            }
            push(above, below, rscale, (together - out.len()) as f64);
        }
        let count: f64 = alike.iter().map(|alike| alike.count).sum();
        if count < 2.0 {
            return Err(NoEstimate::TooFewReplicates);
        }
        let mean = alike.iter().map(|alike| alike.count * alike.ratio).sum::<f64>() / count;
        let from = if self.scaling.mse { all.0 / all.1 } else { mean };
        let square = |alike: &Alike| alike.count * alike.rscale * (alike.ratio - from) * (alike.ratio - from);
        let variance = self.scaling.scale * alike.iter().map(square).sum::<f64>();
        if variance.is_finite() { Ok(variance) } else { Err(NoEstimate::NotFinite) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Design, LonelyPsu, StageColumns};
    use crate::read::Categories;
    use crate::weight::replicate::ReplicateRatios;

    /// Against the replicates one by one, with a stratum of one unit and a domain that misses strata.
    #[test]
    fn equals_the_replicates_one_by_one() {
        let codes =
            |codes: &[u32]| Categories { codes: codes.to_vec(), labels: ["a", "b", "c"].map(Into::into).to_vec() };
        let design = |strata: &[u32], lonely| {
            let (strata, fpc) = (codes(strata), [9.0; 8]);
            let stage = StageColumns { strata: vec![&strata], units: None, fpc: Some(&fpc) };
            Design::new(8, &[stage], Some(vec![1.0; 8]), false, lonely).unwrap()
        };
        let cell = |domain: u32, unit: u32| (domain, unit, f64::from(unit * unit % 5), 2.0 + f64::from(unit));
        let listed: Vec<_> = (0..8).map(|unit| cell(0, unit)).chain([0, 3, 4].map(|unit| cell(1, unit))).collect();
        let cells = Cells::new(3, 8, &listed);
        let jkn = |lonely| Replicates::jkn(&design(&[0, 0, 0, 1, 1, 1, 1, 2], lonely)).unwrap();
        let jk1 = Replicates::jk1(&design(&[0; 8], LonelyPsu::Fail)).unwrap();
        let mut mse = jk1.clone();
        mse.scaling.mse = true;
        for replicates in [jk1, mse, jkn(LonelyPsu::Adjust), jkn(LonelyPsu::Average), jkn(LonelyPsu::Remove)] {
            let ratios = ReplicateRatios::new(replicates.len(), vec![cells.block(&replicates, 0)]);
            let variances = replicates.jackknife_ratios(&cells).unwrap();
            for (domain, ours) in variances.iter().enumerate().take(2) {
                let of = || listed.iter().filter(|cell| cell.0 as usize == domain);
                let full = of().map(|cell| cell.2).sum::<f64>() / of().map(|cell| cell.3).sum::<f64>();
                let expected = replicates.scaling.variance(full, &ratios.of(domain)).unwrap();
                let ours = *ours.as_ref().unwrap();
                assert!((ours - expected).abs() <= 1e-13 * expected, "{ours} is not {expected}");
            }
            assert_eq!(variances[2], Err(NoEstimate::NoValues));
        }
        let bootstrap = super::super::Bootstrap::of_design(
            &design(&[0; 8], LonelyPsu::Fail),
            super::super::BootstrapMethod::RaoWu,
            9,
            1,
        );
        assert_eq!(bootstrap.unwrap().jackknife_ratios(&cells), None);
    }
}
