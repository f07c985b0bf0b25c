//! The root of an increasing function of a positive number.

/// The x between `low` and `high` where `f` is zero. `f` gives its value and its slope against ln x.
///
/// Newton's method on ln x inside a bracket that every step narrows; a step that would leave the bracket halves it
/// instead, on the scale of ln x, so that a root of 1e-200 is found as fast as one of 0.1. Where the steps no longer
/// shrink, only rounding is left.
pub(crate) fn of_increasing(mut low: f64, mut high: f64, start: f64, f: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut x = start;
    let mut last = f64::INFINITY;
    for _ in 0..500 {
        let (value, slope) = f(x);
        if value == 0.0 {
            return x;
        }
        if value > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let step = -value / slope;
        // Far below 1, e^step − 1 keeps the digits that e^step rounds away.
        let newton = if step.abs() < 0.5 { x + x * libm::expm1(step) } else { x * libm::exp(step) };
        if step.abs() <= f64::EPSILON || (step.abs() < 1e-7 && step.abs() >= 0.5 * last) {
            return newton.clamp(low, high);
        }
        last = step.abs();
        let next = if newton > low && newton < high {
            newton
        } else {
            last = f64::INFINITY;
            low.max(f64::MIN_POSITIVE).sqrt() * high.sqrt()
        };
        if next == x || next <= low || next >= high {
            return next;
        }
        x = next;
    }
    x
}
