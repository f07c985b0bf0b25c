//! Distances between design weights and calibrated weights, as the function that each of them leads to.

use super::{Bounds, Distance};

impl Distance {
    /// The factor g for a linear predictor u, and its derivative: g(0) = 1 and g'(0) = 1 inside the bounds.
    ///
    /// ```text
    /// linear          g = 1 + u, cut at the bounds
    /// raking ratio    g = exp(u), cut at the bounds
    /// logit           g = L + (U - L) p,  p = (1 - L) e / (U - 1 + (1 - L) e),  e = exp(A u),
    ///                 A = (U - L) / ((U - 1)(1 - L))
    /// ```
    pub(super) fn factor(self, u: f64, bounds: Bounds) -> (f64, f64) {
        let Bounds { lower, upper } = bounds;
        let cut = |g: f64, slope: f64| {
            if g <= lower {
                (lower, 0.0)
            } else if g >= upper {
                (upper, 0.0)
            } else {
                (g, slope)
            }
        };
        match self {
            Self::Linear => cut(1.0 + u, 1.0),
            Self::Raking => {
                let g = libm::exp(u);
                cut(g, g)
            }
            Self::Logit => {
                let a = (upper - lower) / ((upper - 1.0) * (1.0 - lower));
                // From the side on which the exponential function stays below 1.
                let e = libm::exp(-(a * u).abs());
                let (up, down) =
                    if u > 0.0 { (1.0 - lower, (upper - 1.0) * e) } else { ((1.0 - lower) * e, upper - 1.0) };
                let (p, q) = (up / (up + down), down / (up + down));
                // Counted from the nearer bound, so that the bound is kept.
                let g = if p < q { lower + (upper - lower) * p } else { upper - (upper - lower) * q };
                (g, (upper - lower) * a * p * q)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_distance_starts_at_one_with_slope_one_and_keeps_the_bounds() {
        let bounds = Bounds { lower: 0.5, upper: 3.0 };
        for distance in [Distance::Linear, Distance::Raking, Distance::Logit] {
            let (g, slope) = distance.factor(0.0, bounds);
            assert!((g - 1.0).abs() < 1e-15 && (slope - 1.0).abs() < 1e-15, "{distance:?}");
            assert_eq!(distance.factor(1e9, bounds).0, 3.0);
            assert_eq!(distance.factor(-1e9, bounds).0, 0.5);
            for u in [-0.3, 0.2, 0.7] {
                let difference = (distance.factor(u + 1e-6, bounds).0 - distance.factor(u - 1e-6, bounds).0) / 2e-6;
                assert!((difference - distance.factor(u, bounds).1).abs() < 1e-8, "{distance:?} at {u}");
            }
        }
    }
}
