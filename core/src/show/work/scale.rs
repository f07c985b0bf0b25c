//! From values to places on a track that holds zero and all of them, with round ends.

use super::Said;
use crate::show::number::whole;

/// The ends of a track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Digits that the ends and the middle need behind the point.
    pub(super) decimals: u8,
}

impl Scale {
    /// The scale of all that is shown. Bands are parts of 0 to 100 %, so they need that scale, and so do large shares.
    pub(super) fn of(said: &[Said], unit: &str) -> Self {
        let (mut low, mut high, mut has_band) = (0.0_f64, 0.0_f64, false);
        for one in said {
            match one {
                Said::Exact { value, interval } => {
                    let (lower, upper) = interval.unwrap_or((*value, *value));
                    for end in [*value, lower, upper].into_iter().filter(|end| end.is_finite()) {
                        (low, high) = (low.min(end), high.max(end));
                    }
                }
                Said::Band(_) => has_band = true,
                _ => {}
            }
        }
        if unit == "percent" && low >= 0.0 && high <= 100.0 && (has_band || high > 50.0) {
            return Self { low: 0.0, high: 100.0, decimals: 0 };
        }
        let ((low, first), (high, second)) = (round_up(-low), round_up(high));
        let high = if high > 0.0 || low > 0.0 { high } else { 2.0 };
        Self { low: -low, high, decimals: first.max(second) }
    }

    /// How far along a track of this length a value lies.
    pub(super) fn at(&self, value: f64, length: i64) -> i64 {
        #[expect(clippy::cast_precision_loss, reason = "some hundred pixels")]
        let place = (value.max(self.low).min(self.high) - self.low) / (self.high - self.low) * length as f64;
        whole(place).unwrap_or(0)
    }
}

/// The least even digit or ten times a power of ten that is not below a value, and the decimals of its half.
fn round_up(value: f64) -> (f64, u8) {
    if value <= 0.0 {
        return (0.0, 0);
    }
    let (mut power, mut decimals) = (1.0, 0);
    while value > 10.0 * power {
        power *= 10.0;
    }
    while value <= power && decimals < 6 {
        power /= 10.0;
        decimals += 1;
    }
    let digit = [2.0, 4.0, 6.0, 8.0].into_iter().find(|digit| value <= digit * power);
    (digit.unwrap_or(10.0) * power, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(value: f64, lower: f64, upper: f64) -> Said {
        Said::Exact { value, interval: Some((lower, upper)) }
    }

    #[test]
    fn ends_are_round_and_hold_every_interval() {
        let scale = |said: &[Said], unit| {
            let scale = Scale::of(said, unit);
            (scale.low, scale.high, scale.decimals)
        };
        assert_eq!(scale(&[exact(12.0, 5.0, 19.0)], "persons"), (0.0, 20.0, 0));
        assert_eq!(scale(&[exact(-3.0, -11.0, 4.0), exact(70.0, 61.0, 81.0)], "persons"), (-20.0, 100.0, 0));
        assert_eq!(scale(&[exact(45.0, 38.0, f64::INFINITY)], "days"), (0.0, 60.0, 0));
        assert_eq!(scale(&[exact(0.31, 0.2, 0.55)], "ratio").2, 1);
        assert_eq!(scale(&[exact(-5.0, -8.0, -2.0)], "persons"), (-8.0, 0.0, 0));
        assert_eq!(scale(&[exact(61.0, 50.0, 70.0)], "percent"), (0.0, 100.0, 0));
        assert_eq!(scale(&[exact(3.1, 2.0, 5.0)], "percent"), (0.0, 6.0, 0));
        assert_eq!(scale(&[exact(3.1, 2.0, 5.0), Said::Band([1, 5])], "percent"), (0.0, 100.0, 0));
        assert_eq!(scale(&[Said::Hidden, Said::Missing], "days"), (0.0, 2.0, 0));
        assert_eq!(round_up(10.0), (10.0, 0));
        assert_eq!(round_up(100.1).0, 200.0);
    }

    #[test]
    fn places_lie_on_the_track() {
        let scale = Scale { low: -20.0, high: 80.0, decimals: 0 };
        assert_eq!([-20.0, 0.0, 30.0, 80.0, f64::INFINITY].map(|value| scale.at(value, 150)), [0, 30, 75, 150, 150]);
    }
}
