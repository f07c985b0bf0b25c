//! How a figure was rounded before it was printed.

use super::TINY;

/// Which way a figure goes that lies half-way between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// The rule is not known: both neighbours fit.
    Either,
    /// Up, as people do.
    Up,
    /// To the even neighbour, as R and Python do.
    Even,
}

/// Rounding to multiples of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounding {
    /// Distance between two figures that can be printed: 1 for whole percents, 0.1 for one decimal, 5, 10.
    pub step: f64,
    /// What happens half-way.
    pub ties: Ties,
}

impl Rounding {
    /// To a number of decimals, ties unknown. More than 12 are read as 12.
    #[must_use]
    pub fn decimals(decimals: u8) -> Self {
        let step = (0..decimals.min(12)).fold(1.0, |step, _| step / 10.0);
        Self { step, ties: Ties::Either }
    }

    /// To multiples of a step above 0, ties unknown.
    #[must_use]
    pub const fn to(step: f64) -> Self {
        Self { step, ties: Ties::Either }
    }

    /// The same with a rule for ties.
    #[must_use]
    pub const fn ties(self, ties: Ties) -> Self {
        Self { step: self.step, ties }
    }

    /// Half a step.
    pub(super) fn half(self) -> f64 {
        self.step / 2.0
    }

    /// Whether a value would have been printed as `shown`.
    pub(super) fn fits(self, value: f64, shown: f64) -> bool {
        let off = value - shown;
        if off.abs() < self.half() - TINY {
            return true;
        }
        if off.abs() > self.half() + TINY || off.is_nan() {
            return false;
        }
        match self.ties {
            Ties::Either => true,
            Ties::Up => off < 0.0,
            // Whether the printed figure is an even multiple of the step.
            Ties::Even => (shown / self.step).round() % 2.0 == 0.0,
        }
    }

    /// Whether a value that is known up to `slack` may have been printed as `shown`.
    pub(super) fn within(self, value: f64, shown: f64, slack: f64) -> bool {
        if slack > 0.0 { (value - shown).abs() <= self.half() + slack + TINY } else { self.fits(value, shown) }
    }
}
