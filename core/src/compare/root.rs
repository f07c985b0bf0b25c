//! Where a condition stops to hold.

/// The point between `low`, where `holds` is true, and `high`, where it is false: halved until the doubles meet.
///
/// Returns the last point where it holds, or `low` if it holds nowhere between. Near 0 it stops at 1e-300.
pub(crate) fn boundary(low: f64, high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (low, high);
    loop {
        let middle = 0.5 * (low + high);
        if middle == low || middle == high || (high - low).abs() < 1e-300 {
            return low;
        }
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
}
