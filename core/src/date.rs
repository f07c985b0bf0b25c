//! Dates as ISO 8601 text. They compare as text; nothing here knows what day it is.

/// Whether a text is a date `YYYY-MM-DD` that exists.
#[must_use]
pub fn is_date(text: &str) -> bool {
    parts(text).is_some()
}

/// Year, month and day of a date `YYYY-MM-DD` that exists.
#[must_use]
pub fn parts(text: &str) -> Option<(u16, u8, u8)> {
    let bytes = text.as_bytes();
    let digits =
        |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' || !(digits(0..4) && digits(5..7) && digits(8..10)) {
        return None;
    }
    let (year, month, day): (u16, u8, u8) =
        (text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
    (1..=days_in(year, month)).contains(&day).then_some((year, month, day))
}

/// How many days a month has; 0 for a month that does not exist.
#[must_use]
#[inline]
pub fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(leap),
        _ => 0,
    }
}

/// Days from one date to another, both `YYYY-MM-DD`; below 0 where the second is before the first.
///
/// ```
/// use bygdepuls_core::date::days_between;
/// assert_eq!(days_between("2024-02-28", "2025-03-01"), Some(367.0)); // over a leap day
/// assert_eq!(days_between("2024-02-28", "2023-02-29"), None);
/// ```
#[must_use]
pub fn days_between(from: &str, to: &str) -> Option<f64> {
    Some(f64::from(day_number(to)? - day_number(from)?))
}

/// The date some days after another, or before it; `None` for what is no date, or leaves the years 0000 to 9999.
///
/// ```
/// # use bygdepuls_core::date;
/// assert_eq!(date::plus_days("2028-02-28", 2).as_deref(), Some("2028-03-01"));
/// ```
#[must_use]
pub fn plus_days(date: &str, days: i32) -> Option<String> {
    let since = day_number(date)?.checked_add(days)?;
    let (era, of_era) = (since.div_euclid(146_097), since.rem_euclid(146_097));
    let years = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * years + years / 4 - years / 100);
    let place = (5 * day_of_year + 2) / 153;
    let month = if place < 10 { place + 3 } else { place - 9 };
    let year = era * 400 + years + i32::from(month <= 2);
    let date = format!("{year:04}-{month:02}-{:02}", day_of_year - (153 * place + 2) / 5 + 1);
    is_date(&date).then_some(date)
}

/// Days since 1 March of the year 0 in the proleptic Gregorian calendar: `days_from_civil` of H. Hinnant, "chrono-compatible
/// low-level date algorithms" (2013); [`plus_days`] is its inverse.
pub(crate) fn day_number(date: &str) -> Option<i32> {
    let (year, month, day) = parts(date)?;
    let (year, month, day) = (i32::from(year), i32::from(month), i32::from(day));
    // The year starts in March, so that the day that comes and goes is its last.
    let year = if month < 3 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_exist() {
        assert_eq!(parts("2024-02-29"), Some((2024, 2, 29)));
        for wrong in ["2023-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026-11-30T10:00", "", "æ026-11-30"] {
            assert!(!is_date(wrong), "{wrong}");
        }
    }

    #[test]
    fn days_before_and_after() {
        for (from, days, to) in [
            ("2027-04-30", 1, "2027-05-01"),
            ("2027-01-01", -1, "2026-12-31"),
            ("2100-02-28", 1, "2100-03-01"),
            ("2000-02-28", 366, "2001-02-28"),
            ("2027-04-30", 0, "2027-04-30"),
        ] {
            assert_eq!(plus_days(from, days).as_deref(), Some(to), "{from} {days}");
        }
        assert_eq!((plus_days("9999-12-31", 1), plus_days("2027-02-29", 1)), (None, None));
    }
}
