//! The Fay–Herriot model of area estimates.

use super::SmallAreaProblem;
use nalgebra::{DMatrix, DVector};

/// How the variance between areas is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Restricted maximum likelihood.
    Reml,
    /// Maximum likelihood.
    Ml,
    /// The moment equation of Fay and Herriot.
    Moments,
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct FayHerriot {
    /// Variance between areas, A. 0 where the areas differ no more than their sampling variances explain; every estimate is
    /// then the synthetic one.
    pub variance: f64,
    /// Coefficients of the covariates.
    pub coefficients: Vec<f64>,
    /// Weight of each direct estimate, 0 to 1.
    pub gamma: Vec<f64>,
    /// Empirical best linear unbiased predictions.
    pub eblup: Vec<f64>,
    /// Their estimated mean squared errors.
    pub mse: Vec<f64>,
}

/// Direct estimates of areas, drawn towards what their covariates predict.
///
/// # Formula
///
/// ```text
/// y[i] = x[i]' b + u[i] + e[i],  u ~ (0, A), e ~ (0, D[i]),  D known
/// gamma[i] = A / (A + D[i])
/// eblup[i] = gamma[i] y[i] + (1 - gamma[i]) x[i]' b
/// mse[i]   = g1 + g2 + 2 g3 - bias[i],  bias: REML 0, ML and moments by their formulas
/// g1 = gamma D, g2 = (1 - gamma)^2 x' Q x, g3 = (1 - gamma)^2 / (A + D) var(A)
/// ```
///
/// A solves the score equation (REML, ML) or the moment equation between 0 and as far as it takes; where the score at
/// A = 0 is not positive, A is 0 (truncation).
///
/// # Input and result
///
/// | name         | shape | unit                | rule                                               |
/// |--------------|-------|---------------------|----------------------------------------------------|
/// | `direct`, y  | m     | as the estimates    | finite                                             |
/// | `variance`, D| m     | its square          | above 0, finite; an area known exactly is left out |
/// | `covariates` | p × m | any                 | a column each; an intercept is a column of 1; p < m |
/// | result       | m     | as the estimates    | not cut at 0 or 1 where the estimates are shares   |
///
/// # Errors
///
/// [`SmallAreaProblem`]: `LengthMismatch`, `NotFinite`, `BadVariance`, `TooFewAreas`, `Redundant`, `NotConverged`.
///
/// # Example
///
/// ```
/// use bygdepuls_core::small_area::fay_herriot::{Method, fay_herriot};
/// let fit = fay_herriot(&[1.0, 2.0, 6.0], &[1.0; 3], &[vec![1.0; 3]], Method::Reml)?;
/// // Equal variances: A + D is the variance of the estimates, 7.
/// assert!((fit.variance - 6.0).abs() < 1e-12);
/// assert!((fit.eblup[2] - (6.0 / 7.0 * 6.0 + 1.0 / 7.0 * 3.0)).abs() < 1e-12);
/// # Ok::<(), bygdepuls_core::small_area::SmallAreaProblem>(())
/// ```
///
/// # Source
///
/// Fay and Herriot, *Journal of the American Statistical Association* 74, 1979, 269–277; mean squared errors: Prasad and
/// Rao, 1990; Datta and Lahiri, *Statistica Sinica* 10, 2000, 613–627; Datta, Rao and Smith, *Biometrika* 92, 2005, 183–196.
pub fn fay_herriot(
    direct: &[f64],
    variance: &[f64],
    covariates: &[Vec<f64>],
    method: Method,
) -> Result<FayHerriot, SmallAreaProblem> {
    let model = Model::new(direct, variance, covariates)?;
    let a = model.between(method)?;
    let fit = model.at(a)?;
    #[allow(clippy::cast_precision_loss, reason = "a count of areas")]
    let m = direct.len() as f64;
    let total = |power: fn(f64) -> f64| fit.v.iter().map(|v| power(1.0 / v)).sum::<f64>();
    let (first, second) = (total(|inverse| inverse), total(|inverse| inverse * inverse));
    let (of_a, bias) = match method {
        Method::Reml => (2.0 / second, 0.0),
        Method::Ml => (2.0 / second, -fit.leverage() / second),
        Method::Moments => (2.0 * m / (first * first), 2.0 * (m * second - first * first) / (first * first * first)),
    };
    let (mut gamma, mut eblup, mut mse) = (Vec::new(), Vec::new(), Vec::new());
    for (area, (y, d)) in direct.iter().zip(variance).enumerate() {
        let (v, x) = (fit.v[area], model.x.row(area).transpose());
        let (g, rest) = (a / v, d / v);
        let g2 = rest * rest * (fit.q.clone() * &x).dot(&x);
        let g3 = rest * rest / v * of_a;
        gamma.push(g);
        eblup.push(g * y + rest * fit.fitted[area]);
        mse.push(g * d + g2 + 2.0 * g3 - bias * rest * rest);
    }
    Ok(FayHerriot { variance: a, coefficients: fit.b.iter().copied().collect(), gamma, eblup, mse })
}

/// The data of the model.
struct Model {
    y: DVector<f64>,
    d: Vec<f64>,
    x: DMatrix<f64>,
}

/// The regression for one value of A.
struct Fit<'a> {
    x: &'a DMatrix<f64>,
    v: Vec<f64>,
    b: DVector<f64>,
    /// The inverse of X' V^-1 X.
    q: DMatrix<f64>,
    fitted: DVector<f64>,
    /// sum(residual^2 / V^2) and sum(residual^2 / V).
    squares: (f64, f64),
}

impl Model {
    fn new(direct: &[f64], variance: &[f64], covariates: &[Vec<f64>]) -> Result<Self, SmallAreaProblem> {
        let m = direct.len();
        for found in covariates.iter().map(Vec::len).chain([variance.len()]) {
            if found != m {
                return Err(SmallAreaProblem::LengthMismatch { expected: m, found });
            }
        }
        if let Some(area) = variance.iter().position(|d| !(*d > 0.0 && d.is_finite())) {
            return Err(SmallAreaProblem::BadVariance { area, variance: variance[area] });
        }
        for values in covariates.iter().map(Vec::as_slice).chain([direct]) {
            if let Some(area) = values.iter().position(|value| !value.is_finite()) {
                return Err(SmallAreaProblem::NotFinite { area });
            }
        }
        if covariates.is_empty() || m <= covariates.len() {
            return Err(SmallAreaProblem::TooFewAreas { areas: m, coefficients: covariates.len() });
        }
        if let Some(column) = redundant(covariates) {
            return Err(SmallAreaProblem::Redundant { column });
        }
        let x = DMatrix::from_fn(m, covariates.len(), |area, column| covariates[column][area]);
        Ok(Self { y: DVector::from_column_slice(direct), d: variance.to_vec(), x })
    }

    fn at(&self, a: f64) -> Result<Fit<'_>, SmallAreaProblem> {
        let v: Vec<f64> = self.d.iter().map(|d| a + d).collect();
        let scaled = DMatrix::from_fn(self.x.nrows(), self.x.ncols(), |area, column| self.x[(area, column)] / v[area]);
        let q = (scaled.transpose() * &self.x).cholesky().ok_or(SmallAreaProblem::NotConverged)?.inverse();
        let b = &q * (scaled.transpose() * &self.y);
        let fitted = &self.x * &b;
        let squares = self.y.iter().zip(fitted.iter()).zip(&v).fold((0.0, 0.0), |(second, first), ((y, f), v)| {
            let square = (y - f) * (y - f);
            (second + square / (v * v), first + square / v)
        });
        Ok(Fit { x: &self.x, v, b, q, fitted, squares })
    }

    /// The variance between areas: 0, or where the equation of the method falls through 0.
    fn between(&self, method: Method) -> Result<f64, SmallAreaProblem> {
        let equation = |a: f64| -> Result<f64, SmallAreaProblem> {
            let fit = self.at(a)?;
            let inverse: f64 = fit.v.iter().map(|v| 1.0 / v).sum();
            #[allow(clippy::cast_precision_loss, reason = "a count of areas")]
            let free = (self.x.nrows() - self.x.ncols()) as f64;
            Ok(match method {
                Method::Reml => fit.squares.0 - (inverse - fit.leverage()),
                Method::Ml => fit.squares.0 - inverse,
                Method::Moments => fit.squares.1 - free,
            })
        };
        if equation(0.0)? <= 0.0 {
            return Ok(0.0);
        }
        let mut upper = self.d.iter().copied().fold(0.0, f64::max);
        while equation(upper)? > 0.0 {
            upper *= 4.0;
            if !upper.is_finite() {
                return Err(SmallAreaProblem::NotConverged);
            }
        }
        let mut lower = 0.0;
        loop {
            let middle = 0.5 * (lower + upper);
            if middle <= lower || middle >= upper {
                return Ok(middle);
            }
            if equation(middle)? > 0.0 {
                lower = middle;
            } else {
                upper = middle;
            }
        }
    }
}

impl Fit<'_> {
    /// trace(Q X' V^-2 X).
    fn leverage(&self) -> f64 {
        let one = |(area, v): (usize, &f64)| {
            let x = self.x.row(area).transpose();
            (&self.q * &x).dot(&x) / (v * v)
        };
        self.v.iter().enumerate().map(one).sum()
    }
}

/// The first column that is a combination of those before it, to a ten-millionth of its length.
fn redundant(columns: &[Vec<f64>]) -> Option<usize> {
    let mut basis: Vec<DVector<f64>> = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        let mut left = DVector::from_column_slice(column);
        let length = left.norm();
        for _ in 0..2 {
            for other in &basis {
                left -= other * left.dot(other);
            }
        }
        let norm = left.norm();
        if norm <= 1e-7 * length {
            return Some(place);
        }
        basis.push(left / norm);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_that_differ_no_more_than_sampling_explains_get_the_common_mean() {
        for method in [Method::Reml, Method::Ml, Method::Moments] {
            let fit = fay_herriot(&[0.3; 4], &[0.01, 0.02, 0.03, 0.04], &[vec![1.0; 4]], method).unwrap();
            assert_eq!((fit.variance, fit.gamma), (0.0, vec![0.0; 4]));
            assert!(fit.eblup.iter().all(|eblup| (eblup - 0.3).abs() < 1e-15));
            assert!(fit.mse.iter().all(|mse| *mse > 0.0));
        }
    }

    #[test]
    fn hostile_input_is_refused() {
        let fit = |y: &[f64], d: &[f64], x: &[Vec<f64>]| fay_herriot(y, d, x, Method::Reml).unwrap_err();
        let one = [vec![1.0; 2]];
        assert_eq!(fit(&[1.0], &[1.0], &[vec![1.0]]), SmallAreaProblem::TooFewAreas { areas: 1, coefficients: 1 });
        assert_eq!(fit(&[1.0, 2.0], &[1.0, 0.0], &one), SmallAreaProblem::BadVariance { area: 1, variance: 0.0 });
        assert!(matches!(fit(&[1.0, 2.0], &[1.0, f64::NAN], &one), SmallAreaProblem::BadVariance { area: 1, .. }));
        assert_eq!(fit(&[1.0, f64::NAN], &[1.0; 2], &one), SmallAreaProblem::NotFinite { area: 1 });
        assert_eq!(fit(&[1.0, 2.0], &[1.0], &one), SmallAreaProblem::LengthMismatch { expected: 2, found: 1 });
        let twice = [vec![1.0; 3], vec![5.0; 3]];
        assert_eq!(fit(&[1.0, 2.0, 3.0], &[1.0; 3], &twice), SmallAreaProblem::Redundant { column: 1 });
        let zero = [vec![0.0; 3]];
        assert_eq!(fit(&[1.0, 2.0, 3.0], &[1.0; 3], &zero), SmallAreaProblem::Redundant { column: 0 });
    }
}
