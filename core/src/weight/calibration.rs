//! Calibration to population totals.

use super::{Calibrated, Miss, Residuals, WeightProblem, check_weights, same_length, sum};
use nalgebra::{DMatrix, DVector};

/// How far from its total a constraint may stay, relative to the size of its terms.
const TOLERANCE: f64 = 1e-11;

/// Steps of Newton's method.
const STEPS: u32 = 200;

/// A variable that is left with less than this share of its length by those before it is redundant; the limit of R's `qr`.
const REDUNDANT: f64 = 1e-7;

/// How the distance between old and new weights is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    /// Chi-squared: the generalised regression estimator. Without bounds, weights may become negative.
    Linear,
    /// Kullback–Leibler: weights stay above 0, and may become very large.
    Raking,
    /// Weights stay strictly inside the bounds, which it needs.
    Logit,
}

/// Bounds of g, the ratio of new weight to old.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The smallest ratio.
    pub lower: f64,
    /// The largest ratio.
    pub upper: f64,
}

impl Bounds {
    /// No bounds.
    pub const NONE: Self = Self { lower: f64::NEG_INFINITY, upper: f64::INFINITY };
}

/// An auxiliary variable and its total in the population.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// Its name in messages.
    pub name: String,
    /// Its value for each record. An intercept is 1 everywhere, a category 1 or 0.
    pub values: Vec<f64>,
    /// The sum over the population.
    pub total: f64,
}

/// Weights that reproduce the population totals of the auxiliaries, as near the design weights as that allows.
///
/// # Formula
///
/// ```text
/// minimise the distance between g and 1 so that sum(w[i] * g[i] * x[i,k]) = T[k] for every k
/// g[i] = F(x[i]' b), F by the distance: 1 + u, exp(u), or the logit function of the bounds
/// ```
///
/// Solved by Newton's method, with steps that are shortened until they do not overshoot.
///
/// # Input and result
///
/// | name          | shape | unit               | rule                                                     |
/// |---------------|-------|--------------------|----------------------------------------------------------|
/// | `weights`, w  | n     | units represented  | finite, >= 0, sum > 0                                    |
/// | `constraints` | p × n | as the variable    | finite; none a combination of those before it            |
/// | `bounds`      | 2     | ratio              | lower < upper; logit: finite, lower < 1 < upper          |
/// | result        | n     | units represented  | meets every total to 1e-11 of the size of its terms      |
///
/// A variable that is 0 in every record and in total is left out.
///
/// # Errors
///
/// [`WeightProblem::Redundant`] names the variable that those before it determine,
/// [`WeightProblem::Unreachable`] a total that no weights inside the bounds reach, [`WeightProblem::Missed`] the totals
/// that cannot be reached together and how near one came, [`WeightProblem::BadBounds`]. Malformed input:
/// [`WeightProblem::BadWeight`], [`WeightProblem::NoWeight`], [`WeightProblem::NotFinite`],
/// [`WeightProblem::LengthMismatch`], [`WeightProblem::NoMargin`] without constraints.
///
/// # Example
///
/// ```
/// use bygdepuls_core::weight::{Bounds, Constraint, Distance, calibration::calibrate};
/// let constraint = |name: &str, values: [f64; 3], total| Constraint { name: name.into(), values: values.into(), total };
/// let constraints = [constraint("(Intercept)", [1.0; 3], 30.0), constraint("age", [1.0, 2.0, 3.0], 66.0)];
/// let calibrated = calibrate(&[10.0; 3], &constraints, Distance::Linear, Bounds::NONE)?;
/// for (weight, by_hand) in calibrated.weights.iter().zip([7.0, 10.0, 13.0]) {
///     assert!((weight - by_hand).abs() < 1e-12);
/// }
/// # Ok::<(), bygdepuls_core::weight::WeightProblem>(())
/// ```
///
/// # Source
///
/// Deville and Särndal, *Journal of the American Statistical Association* 87, 1992, 376–382.
pub fn calibrate(
    weights: &[f64],
    constraints: &[Constraint],
    distance: Distance,
    bounds: Bounds,
) -> Result<Calibrated, WeightProblem> {
    check_weights(weights)?;
    check_bounds(distance, bounds)?;
    if constraints.is_empty() {
        return Err(WeightProblem::NoMargin);
    }
    for constraint in constraints {
        reachable(weights, constraint, distance, bounds)?;
    }
    let Auxiliaries { basis, totals } = orthonormal(weights, constraints)?;
    let count = basis.len();
    let mut state = State::at(DVector::zeros(count), weights, &basis, &totals, distance, bounds);
    for iterations in 1..=STEPS {
        let missed = missed(weights, &state.g, constraints);
        if missed.is_empty() {
            // One step more: near the solution every step doubles the digits.
            if let Some(next) = state.step(weights, &basis, &totals, distance, bounds)
                && next.misfit.norm() < state.misfit.norm()
            {
                state = next;
            }
            let weights_now = weights.iter().zip(&state.g).map(|(weight, g)| weight * g).collect();
            let residuals = Residuals::regression(basis, weights);
            return Ok(Calibrated { weights: weights_now, g: state.g, iterations, residuals });
        }
        let next = state.step(weights, &basis, &totals, distance, bounds);
        match next {
            Some(next) if iterations < STEPS => state = next,
            _ => return Err(WeightProblem::Missed { iterations, missed }),
        }
    }
    // Not reached: the last round returns.
    Err(WeightProblem::Missed { iterations: STEPS, missed: missed(weights, &state.g, constraints) })
}

fn check_bounds(distance: Distance, bounds: Bounds) -> Result<(), WeightProblem> {
    let Bounds { lower, upper } = bounds;
    let good = lower < upper && lower < f64::INFINITY && upper > f64::NEG_INFINITY;
    let logit = lower.is_finite() && upper.is_finite() && lower < 1.0 && upper > 1.0;
    let raking = upper > 0.0;
    let fits = match distance {
        Distance::Linear => good,
        Distance::Raking => good && raking,
        Distance::Logit => good && logit,
    };
    if fits { Ok(()) } else { Err(WeightProblem::BadBounds { distance, bounds }) }
}

/// Checks a constraint, and that its total lies between the smallest and the largest sum that the bounds allow.
fn reachable(
    weights: &[f64],
    constraint: &Constraint,
    distance: Distance,
    bounds: Bounds,
) -> Result<(), WeightProblem> {
    let Constraint { name, values, total } = constraint;
    same_length(name, weights.len(), values.len())?;
    if let Some(row) = values.iter().position(|value| !value.is_finite()) {
        return Err(WeightProblem::NotFinite { constraint: name.clone(), row });
    }
    if !total.is_finite() {
        let (margin, category) = (name.clone(), String::new());
        return Err(WeightProblem::BadTotal { margin, category, total: *total });
    }
    let lower = if distance == Distance::Raking { bounds.lower.max(0.0) } else { bounds.lower };
    let terms = || weights.iter().zip(values).map(|(weight, value)| weight * value).filter(|term| *term != 0.0);
    let at = |up: f64, down: f64| -> f64 {
        let part = |factor: f64, of: f64| if of == 0.0 { 0.0 } else { factor * of };
        part(up, sum(terms().filter(|term| *term > 0.0))) + part(down, sum(terms().filter(|term| *term < 0.0)))
    };
    let (lowest, highest) = (at(lower, bounds.upper), at(bounds.upper, lower));
    let slack = TOLERANCE * (total.abs() + sum(terms().map(f64::abs)));
    if *total < lowest - slack || *total > highest + slack {
        return Err(WeightProblem::Unreachable { constraint: name.clone(), total: *total, lowest, highest });
    }
    Ok(())
}

/// The auxiliaries as columns that are orthonormal under the design weights, with their totals.
struct Auxiliaries {
    /// sum(w * basis[j] * basis[k]) is 1 for j = k and 0 otherwise; 0 in rows of weight 0.
    basis: Vec<Vec<f64>>,
    totals: DVector<f64>,
}

/// By the modified Gram–Schmidt method, each column cleaned twice.
fn orthonormal(weights: &[f64], constraints: &[Constraint]) -> Result<Auxiliaries, WeightProblem> {
    let product = |a: &[f64], b: &[f64]| sum(weights.iter().zip(a).zip(b).map(|((weight, a), b)| weight * a * b));
    let (mut basis, mut totals): (Vec<Vec<f64>>, Vec<f64>) = (Vec::new(), Vec::new());
    for Constraint { name, values, total } in constraints {
        let counted = |(value, weight): (&f64, &f64)| if *weight > 0.0 { *value } else { 0.0 };
        let mut column: Vec<f64> = values.iter().zip(weights).map(counted).collect();
        let size = column.iter().fold(0.0, |size: f64, value| size.max(value.abs()));
        if size == 0.0 {
            // Its total is 0 too, or it would have been unreachable.
            continue;
        }
        column.iter_mut().for_each(|value| *value /= size);
        let mut total = total / size;
        let length = product(&column, &column).sqrt();
        for _ in 0..2 {
            for (other, its_total) in basis.iter().zip(&totals) {
                let part = product(&column, other);
                column.iter_mut().zip(other).for_each(|(value, other)| *value -= part * other);
                total -= part * its_total;
            }
        }
        let left = product(&column, &column).sqrt();
        if left <= REDUNDANT * length {
            return Err(WeightProblem::Redundant { constraint: name.clone() });
        }
        column.iter_mut().for_each(|value| *value /= left);
        basis.push(column);
        totals.push(total / left);
    }
    Ok(Auxiliaries { basis, totals: DVector::from_vec(totals) })
}

/// Newton's method at one point.
struct State {
    coefficients: DVector<f64>,
    g: Vec<f64>,
    /// g' at each record.
    slope: Vec<f64>,
    /// How much each total of the orthonormal columns is missed by.
    misfit: DVector<f64>,
}

impl State {
    fn at(
        coefficients: DVector<f64>,
        weights: &[f64],
        basis: &[Vec<f64>],
        totals: &DVector<f64>,
        distance: Distance,
        bounds: Bounds,
    ) -> Self {
        let mut predictor = vec![0.0; weights.len()];
        for (column, coefficient) in basis.iter().zip(coefficients.iter()) {
            predictor.iter_mut().zip(column).for_each(|(u, x)| *u += coefficient * x);
        }
        let (mut g, slope): (Vec<f64>, Vec<f64>) = predictor.iter().map(|u| distance.factor(*u, bounds)).unzip();
        for (g, _) in g.iter_mut().zip(weights).filter(|(_, weight)| **weight == 0.0) {
            *g = 1.0;
        }
        let reached = |column: &Vec<f64>| sum(weights.iter().zip(&g).zip(column).map(|((w, g), x)| w * g * x));
        let misfit = totals - DVector::from_iterator(basis.len(), basis.iter().map(reached));
        Self { coefficients, g, slope, misfit }
    }

    /// The next point; none where no step of any length leads nearer.
    fn step(
        &self,
        weights: &[f64],
        basis: &[Vec<f64>],
        totals: &DVector<f64>,
        distance: Distance,
        bounds: Bounds,
    ) -> Option<Self> {
        let entry = |j: usize, k: usize| {
            let terms = weights.iter().zip(&self.slope).zip(basis[j].iter().zip(&basis[k]));
            sum(terms.map(|((weight, slope), (a, b))| weight * slope * a * b))
        };
        let mut information = DMatrix::zeros(basis.len(), basis.len());
        for j in 0..basis.len() {
            for k in 0..=j {
                information[(j, k)] = entry(j, k);
                information[(k, j)] = information[(j, k)];
            }
            // Records at their bounds do not move; where too few others are left, this keeps the matrix regular.
            information[(j, j)] += 1e-9 * (information[(j, j)] + 1e-6);
        }
        let direction = information.cholesky()?.solve(&self.misfit);
        // What is minimised is convex: a step that ends where it rises steeply went too far.
        let descent = self.misfit.dot(&direction);
        let mut length = 1.0;
        for _ in 0..200 {
            let next = Self::at(&self.coefficients + &direction * length, weights, basis, totals, distance, bounds);
            let rise = -next.misfit.dot(&direction);
            if rise.is_finite() && rise <= 0.5 * descent && next.g.iter().all(|g| g.is_finite()) {
                return Some(next);
            }
            length *= 0.5;
        }
        None
    }
}

/// The constraints further from their totals than the tolerance, the farthest first.
fn missed(weights: &[f64], g: &[f64], constraints: &[Constraint]) -> Vec<Miss> {
    let mut missed = Vec::new();
    for Constraint { name, values, total } in constraints {
        let terms = || weights.iter().zip(g).zip(values).map(|((weight, g), value)| weight * g * value);
        let (reached, size) = (sum(terms()), sum(terms().map(f64::abs)));
        let met = (reached - total).abs() <= TOLERANCE * (total.abs() + size);
        // What is not a number is not met.
        if !met {
            missed.push(Miss { name: name.clone(), target: *total, reached });
        }
    }
    missed.sort_by(|a, b| b.distance().total_cmp(&a.distance()));
    missed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constraint(name: &str, values: &[f64], total: f64) -> Constraint {
        Constraint { name: name.into(), values: values.into(), total }
    }

    #[test]
    fn a_variable_that_others_determine_is_named() {
        let constraints = [
            constraint("(Intercept)", &[1.0; 4], 40.0),
            constraint("F", &[1.0, 1.0, 0.0, 0.0], 20.0),
            constraint("M", &[0.0, 0.0, 1.0, 1.0], 20.0),
        ];
        let refused = calibrate(&[10.0; 4], &constraints, Distance::Linear, Bounds::NONE).unwrap_err();
        assert_eq!(refused, WeightProblem::Redundant { constraint: "M".into() });
        let constant = [constraint("(Intercept)", &[1.0; 4], 40.0), constraint("age", &[7.0; 4], 280.0)];
        let refused = calibrate(&[10.0; 4], &constant, Distance::Raking, Bounds::NONE).unwrap_err();
        assert_eq!(refused, WeightProblem::Redundant { constraint: "age".into() });
    }

    #[test]
    fn bounds_that_are_too_tight_are_named_with_what_they_miss() {
        let bounds = Bounds { lower: 0.9, upper: 1.1 };
        let constraints = [constraint("(Intercept)", &[1.0; 3], 30.0), constraint("age", &[1.0, 2.0, 3.0], 65.0)];
        for distance in [Distance::Linear, Distance::Raking, Distance::Logit] {
            // Alone, age reaches 66; with the sum of weights kept, 9 + 20 + 33 = 62.
            let WeightProblem::Missed { missed, .. } =
                calibrate(&[10.0; 3], &constraints, distance, bounds).unwrap_err()
            else {
                panic!()
            };
            assert!(missed.iter().any(|miss| miss.name == "age" && miss.reached < 65.0), "{distance:?} {missed:?}");
            let far = [constraint("age", &[1.0, 2.0, 3.0], 80.0)];
            let refused = calibrate(&[10.0; 3], &far, distance, bounds).unwrap_err();
            let WeightProblem::Unreachable { constraint, total: 80.0, lowest, highest } = refused else { panic!() };
            assert_eq!(constraint, "age");
            assert!((lowest - 54.0).abs() < 1e-12 && (highest - 66.0).abs() < 1e-12);
        }
    }

    #[test]
    fn far_totals_are_reached_by_every_distance() {
        // g has to be near a million for one record and near 1 for the others.
        let constraints = [constraint("a", &[1.0, 0.0, 0.0], 1e7), constraint("b", &[0.0, 1.0, 1.0], 21.0)];
        for (distance, upper) in
            [(Distance::Linear, f64::INFINITY), (Distance::Raking, f64::INFINITY), (Distance::Logit, 2e6)]
        {
            let bounds = Bounds { lower: 0.1, upper };
            let calibrated = calibrate(&[10.0; 3], &constraints, distance, bounds).unwrap();
            assert!((calibrated.weights[0] / 1e7 - 1.0).abs() < 1e-9, "{distance:?}");
            assert!((calibrated.weights[1] - 10.5).abs() < 1e-6, "{distance:?}");
        }
    }

    #[test]
    fn one_record_zero_weights_and_empty_variables() {
        let one = [constraint("(Intercept)", &[1.0], 7.0)];
        let calibrated = calibrate(&[2.0], &one, Distance::Raking, Bounds::NONE).unwrap();
        assert!((calibrated.weights[0] - 7.0).abs() < 1e-12);
        let constraints = [constraint("(Intercept)", &[1.0, 1.0], 7.0), constraint("none", &[0.0, 5.0], 0.0)];
        let calibrated = calibrate(&[2.0, 0.0], &constraints, Distance::Linear, Bounds::NONE).unwrap();
        assert!((calibrated.weights[0] - 7.0).abs() < 1e-12);
        assert_eq!((calibrated.weights[1], calibrated.g[1]), (0.0, 1.0));
        let none = [constraint("none", &[0.0, 5.0], 3.0)];
        let refused = calibrate(&[2.0, 0.0], &none, Distance::Linear, Bounds::NONE).unwrap_err();
        assert!(matches!(refused, WeightProblem::Unreachable { lowest: 0.0, highest: 0.0, .. }));
    }

    #[test]
    fn malformed_input_is_refused() {
        let good = [constraint("a", &[1.0, 2.0], 7.0)];
        let logit = calibrate(&[1.0; 2], &good, Distance::Logit, Bounds::NONE);
        assert!(matches!(logit, Err(WeightProblem::BadBounds { .. })));
        let turned = Bounds { lower: 2.0, upper: 1.0 };
        assert!(matches!(calibrate(&[1.0; 2], &good, Distance::Linear, turned), Err(WeightProblem::BadBounds { .. })));
        let nan = [constraint("a", &[1.0, f64::NAN], 7.0)];
        let refused = calibrate(&[1.0; 2], &nan, Distance::Linear, Bounds::NONE);
        assert!(matches!(refused, Err(WeightProblem::NotFinite { row: 1, .. })));
        assert_eq!(calibrate(&[1.0], &[], Distance::Linear, Bounds::NONE).unwrap_err(), WeightProblem::NoMargin);
    }
}
