//! A day of the calendar as a number, so that times between days are whole numbers.

use crate::date;

/// A day: days since 1 March of the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// A date `YYYY-MM-DD` that exists.
    #[must_use]
    pub fn iso(text: &str) -> Option<Self> {
        date::day_number(text).map(Self)
    }

    /// Days from another day to this one; below 0 where this one is before.
    #[must_use]
    pub const fn since(self, start: Self) -> i32 {
        self.0 - start.0
    }
}
