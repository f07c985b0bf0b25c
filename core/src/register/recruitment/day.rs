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

    /// The calendar year.
    ///
    /// ```
    /// use bygdepuls_core::register::recruitment::Day;
    /// assert_eq!(["2024-02-29", "2024-12-31", "2025-01-01"].map(|day| Day::iso(day).map_or(0, Day::year)), [2024, 2024, 2025]);
    /// ```
    #[must_use]
    pub const fn year(self) -> i32 {
        date::civil(self.0).0
    }

    /// The same day of the month a number of years later; 28 February for 29 February in a year that has none.
    #[must_use]
    pub fn plus_years(self, years: i32) -> Option<Self> {
        let (year, month, day) = date::civil(self.0);
        let on = |day| Self::iso(&format!("{:04}-{month:02}-{day:02}", year + years));
        on(day).or_else(|| on(28))
    }
}

impl std::fmt::Display for Day {
    /// `YYYY-MM-DD`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = date::civil(self.0);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}
