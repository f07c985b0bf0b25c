//! A day of the calendar as a number, so that times between days are whole numbers.

use crate::date::days_in;
use std::num::NonZeroI32;

/// A day of the years 0001 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(
    /// Days since 1 March of the year 0; never 0, so that a day that is not known takes no room of its own.
    NonZeroI32,
);

/// Days before the first of each month in a year that begins in March, January and February last.
const BEFORE: [i32; 12] = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];

impl Day {
    /// A date that exists.
    #[must_use]
    #[inline]
    pub fn of(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=9999).contains(&year) && day >= 1 && day <= days_in(year, month);
        if !exists {
            return None;
        }
        let before = *BEFORE.get(usize::from(month) - 1)?;
        // The year starts in March, so that the day that comes and goes is its last.
        let year = i32::from(year) - i32::from(month < 3);
        NonZeroI32::new(365 * year + year / 4 - year / 100 + year / 400 + before + i32::from(day) - 1).map(Self)
    }

    /// A date `YYYY-MM-DD` that exists.
    #[must_use]
    pub fn iso(text: &str) -> Option<Self> {
        let (year, month, day) = crate::date::parts(text)?;
        Self::of(year, month, day)
    }

    /// Days from another day to this one; below 0 where this one is before.
    #[must_use]
    pub const fn since(self, start: Self) -> i32 {
        self.0.get() - start.0.get()
    }

    /// Year, month and day.
    #[must_use]
    pub fn parts(self) -> (u16, u8, u8) {
        let since = self.0.get();
        let (era, of_era) = (since.div_euclid(146_097), since.rem_euclid(146_097));
        let years = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * years + years / 4 - years / 100);
        let place = (5 * of_year + 2) / 153;
        let month = if place < 10 { place + 3 } else { place - 9 };
        let year = era * 400 + years + i32::from(month <= 2);
        let day = of_year - (153 * place + 2) / 5 + 1;
        let small = |number: i32| u8::try_from(number).unwrap_or_default();
        (u16::try_from(year).unwrap_or_default(), small(month), small(day))
    }

    /// The year: the century by a division, the year in it by a multiplication that gives the day of the year too.
    ///
    /// Source: C. Neri, L. Schneider, "Euclidean affine functions and their application to calendar algorithms", Software:
    /// Practice and Experience 53 (2023).
    #[must_use]
    #[inline]
    pub fn year(self) -> u16 {
        let quarters = 4 * u64::from(self.0.get().unsigned_abs()) + 3;
        let (century, of_century) = (quarters / 146_097, (quarters % 146_097) | 3);
        let product = 2_939_745 * of_century;
        let day = (product & 0xffff_ffff) / 2_939_745 / 4;
        let year = 100 * century + (product >> 32) + u64::from(day >= 306);
        u16::try_from(year).unwrap_or_default()
    }

    /// As `YYYY-MM-DD`.
    #[must_use]
    pub fn to_iso(self) -> String {
        self.to_string()
    }

    /// The day some days later, or before; `None` outside the years 0001 to 9999.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Self> {
        let day = Self(NonZeroI32::new(self.0.get().checked_add(days)?)?);
        let (first, last) = (Self::of(1, 1, 1)?, Self::of(9999, 12, 31)?);
        (first..=last).contains(&day).then_some(day)
    }

    /// The same day of the month some months later, or before; the last day of the month where that month is shorter.
    ///
    /// ```
    /// use bygdepuls_core::register::recruitment::Day;
    /// let day = Day::iso("2026-01-31").unwrap();
    /// assert_eq!(day.plus_months(1).unwrap().to_iso(), "2026-02-28");
    /// assert_eq!(day.plus_months(-11).unwrap().to_iso(), "2025-02-28");
    /// assert_eq!(day.plus_months(24).unwrap().to_iso(), "2028-01-31");
    /// ```
    #[must_use]
    pub fn plus_months(self, months: i32) -> Option<Self> {
        let (year, month, day) = self.parts();
        let months = (i32::from(year) * 12 + i32::from(month) - 1).checked_add(months)?;
        let year = u16::try_from(months.div_euclid(12)).ok()?;
        let month = u8::try_from(months.rem_euclid(12)).ok()? + 1;
        Self::of(year, month, day.min(days_in(year, month)))
    }

    /// Whole years from a day to this one, as an age is counted: who is born on 29 February is a year older on 1 March.
    #[must_use]
    pub fn years_since(self, birth: Self) -> i32 {
        let ((year, month, day), (then, of_month, of_day)) = (self.parts(), birth.parts());
        i32::from(year) - i32::from(then) - i32::from((month, day) < (of_month, of_day))
    }
}

impl std::fmt::Display for Day {
    /// `YYYY-MM-DD`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_there_and_back() {
        let mut day = Day::iso("1895-12-31").unwrap();
        let mut iso = day.to_iso();
        for _ in 0..80_000 {
            let next = day.plus_days(1).unwrap();
            assert_eq!(next.since(day), 1);
            let date = crate::date::plus_days(&iso, 1).unwrap();
            assert_eq!((next.to_iso(), next.year()), (date.clone(), next.parts().0));
            assert_eq!(Day::iso(&date), Some(next));
            (day, iso) = (next, date);
        }
    }

    #[test]
    fn ages() {
        let age = |born: &str, on: &str| Day::iso(on).unwrap().years_since(Day::iso(born).unwrap());
        assert_eq!(age("2008-11-22", "2026-11-22"), 18);
        assert_eq!(age("2008-11-23", "2026-11-22"), 17);
        assert_eq!((age("2008-02-29", "2026-02-28"), age("2008-02-29", "2026-03-01")), (17, 18));
    }

    #[test]
    fn at_the_ends() {
        assert_eq!(Day::iso("0000-03-01"), None);
        assert_eq!(Day::iso("9999-12-31").unwrap().plus_days(1), None);
        assert_eq!(Day::iso("0001-01-01").unwrap().plus_months(-1), None);
        assert_eq!(std::mem::size_of::<Option<Day>>(), 4);
    }
}
