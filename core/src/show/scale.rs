//! From values to places on a track that holds zero and all of them.

use super::number::whole;

/// The ends of a track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Digits that the ends and the middle need behind the point.
    pub(super) decimals: u8,
}

impl Scale {
    /// From the least to the largest of zero and some values.
    pub(super) fn holding(values: &[f64]) -> Self {
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for value in values.iter().filter(|value| value.is_finite()) {
            (low, high) = (low.min(*value), high.max(*value));
        }
        Self { low, high: if high > low { high } else { low + 1.0 }, decimals: 0 }
    }

    /// The same with round ends. In percent it is the whole of 0 to 100 where `is_whole` asks for it, and where half of it
    /// would not do.
    pub(super) fn round(values: &[f64], is_percent: bool, is_whole: bool) -> Self {
        let Self { low, high, .. } = Self::holding(values);
        if is_percent && low >= 0.0 && high <= 100.0 && (is_whole || high > 50.0) {
            return Self { low: 0.0, high: 100.0, decimals: 0 };
        }
        let ((low, first), (high, second)) = (round_up(-low), round_up(high));
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

    #[test]
    fn ends_are_round_and_hold_every_value() {
        let persons = |values: &[f64]| {
            let scale = Scale::round(values, false, false);
            (scale.low, scale.high, scale.decimals)
        };
        assert_eq!(persons(&[12.0, 5.0, 19.0]), (0.0, 20.0, 0));
        assert_eq!(persons(&[-3.0, -11.0, 4.0, 81.0]), (-20.0, 100.0, 0));
        assert_eq!(persons(&[45.0, 38.0, f64::INFINITY]), (0.0, 60.0, 0));
        assert_eq!(persons(&[0.31, 0.2, 0.55]).2, 1);
        assert_eq!(persons(&[]), (0.0, 1.0, 1));
        let percent = |values: &[f64], is_whole| {
            let scale = Scale::round(values, true, is_whole);
            (scale.low, scale.high)
        };
        assert_eq!(percent(&[61.0, 50.0, 70.0], false), (0.0, 100.0));
        assert_eq!(percent(&[3.1, 2.0, 5.0], false), (0.0, 6.0));
        assert_eq!(percent(&[3.1, 2.0, 5.0], true), (0.0, 100.0));
        assert_eq!(percent(&[-3.0, 5.0], true), (-4.0, 6.0));
        assert_eq!(round_up(10.0), (10.0, 0));
        assert_eq!(round_up(100.1).0, 200.0);
    }

    #[test]
    fn places_lie_on_the_track() {
        let scale = Scale { low: -20.0, high: 80.0, decimals: 0 };
        assert_eq!([-20.0, 0.0, 30.0, 80.0, f64::INFINITY].map(|value| scale.at(value, 150)), [0, 30, 75, 150, 150]);
        assert_eq!(Scale::holding(&[-9.3, 8.4]), Scale { low: -9.3, high: 8.4, decimals: 0 });
        assert_eq!(Scale::holding(&[-3.0]).high, 0.0);
    }
}
