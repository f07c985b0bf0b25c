//! Dates of answers: ISO, Norwegian, American and a spreadsheet's serial numbers, written as ISO 8601.

use crate::date::days_in;

/// What a column's dates look like, over the whole file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    /// A first part above 12 in a date with slashes or hyphens: the day comes first.
    pub(super) first_is_day: bool,
    /// A second part above 12: the month comes first.
    pub(super) second_is_day: bool,
}

/// Which part comes first where dates have slashes or hyphens and the year last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// `04/03/2025` is the fourth of March.
    Day,
    /// `03/04/2025` is the fourth of March.
    Month,
    /// Nothing tells.
    Unknown,
}

impl Order {
    /// Looks at a cell.
    pub(super) fn see(&mut self, field: &[u8]) {
        // Most tools write the year first, which tells nothing.
        if let [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', ..] = field {
            return;
        }
        if let Some((parts, '/' | '-', _)) = std::str::from_utf8(field).ok().and_then(parts) {
            self.first_is_day |= parts[0].len() <= 2 && value(parts[0]).is_some_and(|first| first > 12);
            self.second_is_day |= parts[0].len() <= 2 && value(parts[1]).is_some_and(|second| second > 12);
        }
    }

    /// Adds other cells of the column.
    pub(super) fn append(&mut self, other: Self) {
        self.first_is_day |= other.first_is_day;
        self.second_is_day |= other.second_is_day;
    }

    /// The order of the column; `usual` is what the tool writes.
    pub(super) fn first(self, usual: First) -> First {
        match (self.first_is_day, self.second_is_day) {
            (true, false) => First::Day,
            (false, true) => First::Month,
            (false, false) => usual,
            (true, true) => First::Unknown,
        }
    }
}

/// A date as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// `YYYY-MM-DD`, with `Thh:mm:ss` and an offset where there was a time.
    pub(super) text: String,
    /// It was written in another way.
    pub(super) changed: bool,
}

/// Why a cell is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Not {
    /// No date, or one that does not exist.
    Date,
    /// Day and month cannot be told apart.
    Ambiguous,
}

/// Reads a date. `time` keeps a time of day, and takes a year of two digits as one of this century: times of submission.
pub(super) fn parse(field: &str, first: First, time: bool) -> Result<Date, Not> {
    let field = field.trim();
    if let Some(date) = serial(field) {
        return Ok(Date { text: if time { date } else { date[..10].to_owned() }, changed: true });
    }
    let (parts, separator, rest) = parts(field).ok_or(Not::Date)?;
    let [a, b, c] = parts.map(value);
    let (Some(a), Some(b), Some(c)) = (a, b, c) else { return Err(Not::Date) };
    let (year, month, day) = if parts[0].len() == 4 {
        (a, b, c)
    } else {
        let year = match parts[2].len() {
            4 => c,
            2 if time => 2000 + c,
            _ => return Err(Not::Date),
        };
        match (separator, first) {
            ('.', _) | (_, First::Day) => (year, b, a),
            (_, First::Month) => (year, a, b),
            (_, First::Unknown) if a == b => (year, a, b),
            (_, First::Unknown) => return Err(Not::Ambiguous),
        }
    };
    let (month, day) = (u8::try_from(month).map_err(|_| Not::Date)?, u8::try_from(day).map_err(|_| Not::Date)?);
    if year == 0 || !(1..=days_in(year, month)).contains(&day) {
        return Err(Not::Date);
    }
    let mut text = format!("{year:04}-{month:02}-{day:02}");
    if !rest.is_empty() {
        let clock = clock(rest).ok_or(Not::Date)?;
        if time {
            text.push('T');
            text.push_str(&clock);
        }
    }
    let changed = text != field;
    Ok(Date { text, changed })
}

/// Three parts of digits with one separator, and what follows them.
fn parts(field: &str) -> Option<([&str; 3], char, &str)> {
    let field = field.trim();
    let separator = field.chars().find(|letter| !letter.is_ascii_digit())?;
    if !matches!(separator, '-' | '.' | '/') {
        return None;
    }
    let (first, rest) = field.split_once(separator)?;
    let (second, rest) = rest.split_once(separator)?;
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let (third, rest) = rest.split_at(end);
    let is_part = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    ([first, second, third].iter().all(|part| is_part(part)) && second.len() <= 2).then_some((
        [first, second, third],
        separator,
        rest,
    ))
}

fn value(part: &str) -> Option<u16> {
    part.parse().ok()
}

/// `hh:mm:ss`, a fraction and an offset kept, from the rest of a cell: `T10:15:02+01:00`, ` 10:15`, ` 3:15:02 PM`.
fn clock(rest: &str) -> Option<String> {
    let rest = rest.strip_prefix('T').or_else(|| rest.strip_prefix(',')).unwrap_or(rest).trim_start();
    let end = rest.find(|letter: char| !matches!(letter, '0'..='9' | ':' | '.')).unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    let mut parts = digits.split(':');
    let hour: u8 = parts.next()?.parse().ok()?;
    let minute = parts.next()?;
    let second = parts.next().unwrap_or("00");
    let (whole, fraction) = second.split_once('.').map_or((second, None), |(whole, rest)| (whole, Some(rest)));
    let below_60 = |part: &str| part.len() == 2 && part.parse::<u8>().is_ok_and(|value| value < 60);
    let is_fraction = fraction.is_none_or(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if parts.next().is_some() || !below_60(minute) || !below_60(whole) || !is_fraction {
        return None;
    }
    let after = after.trim();
    let half = after.to_ascii_uppercase().replace('.', "");
    let (hour, offset) = match half.as_str() {
        "AM" | "PM" if !(1..=12).contains(&hour) => return None,
        "AM" => (hour % 12, ""),
        "PM" => (hour % 12 + 12, ""),
        "" => (hour, ""),
        _ if is_offset(after) => (hour, after),
        _ => return None,
    };
    (hour < 24).then(|| format!("{hour:02}:{minute}:{second}{offset}"))
}

fn is_offset(text: &str) -> bool {
    let digits = |part: &str, below: u8| part.len() == 2 && part.parse::<u8>().is_ok_and(|value| value < below);
    match text.strip_prefix(['+', '-']) {
        None => text == "Z",
        Some(rest) => {
            let (hour, minute) = rest.split_once(':').or_else(|| rest.split_at_checked(2)).unwrap_or((rest, ""));
            digits(hour, 24) && digits(minute, 60)
        }
    }
}

/// A spreadsheet's day number, between 1950 and 2150, with the time as its fraction.
fn serial(field: &str) -> Option<String> {
    let (whole, fraction) = match field.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (field, None),
    };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 5 || !is_digits(whole) || !fraction.is_none_or(is_digits) {
        return None;
    }
    let days: i64 = whole.parse().ok()?;
    if !(18_264..=91_313).contains(&days) {
        return None;
    }
    let part: f64 = fraction.map_or(Some(0.0), |fraction| format!("0.{fraction}").parse().ok())?;
    // The fraction of a second that a spreadsheet's number cannot hold is rounded away.
    #[allow(clippy::cast_possible_truncation, reason = "below 86 401")]
    let seconds = (part * 86_400.0).round() as i64;
    Some(from_serial(days + seconds / 86_400, seconds % 86_400))
}

/// The date of a spreadsheet's day number from 1 March 1900 on, and so many seconds.
pub(super) fn from_serial(days: i64, seconds: i64) -> String {
    // Days since 1 March 0000, in years that begin in March: leap days come last. 1 is 1 January 1900, and 60 a leap day
    // that was not.
    let days = days + 693_899;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = year + era * 400 + next;
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for (field, first, expected) in [
            ("2025-03-04T10:15:02+01:00", First::Unknown, "2025-03-04T10:15:02+01:00"),
            ("2025-03-04T09:15:02.114Z", First::Unknown, "2025-03-04T09:15:02.114Z"),
            ("2025-03-04 10:15:02", First::Unknown, "2025-03-04T10:15:02"),
            ("04.03.2025 10:12", First::Unknown, "2025-03-04T10:12:00"),
            ("4.3.25 9:12", First::Unknown, "2025-03-04T09:12:00"),
            ("03/04/2025 10:12:00 AM", First::Month, "2025-03-04T10:12:00"),
            ("03/04/2025 12:12:00 PM", First::Month, "2025-03-04T12:12:00"),
            ("03/04/2025 12:00:00 AM", First::Month, "2025-03-04T00:00:00"),
            ("04/03/2025", First::Day, "2025-03-04"),
            ("03/03/2025", First::Unknown, "2025-03-03"),
            ("45720.42708333334", First::Unknown, "2025-03-04T10:15:00"),
            ("45720,5", First::Unknown, "2025-03-04T12:00:00"),
        ] {
            assert_eq!(parse(field, first, true).map(|date| date.text).as_deref(), Ok(expected), "{field}");
        }
        assert_eq!(parse("45720", First::Unknown, false).unwrap().text, "2025-03-04");
        assert!(!parse("2025-03-04", First::Unknown, false).unwrap().changed);
    }

    #[test]
    fn no_dates() {
        assert_eq!(parse("03/04/2025", First::Unknown, false), Err(Not::Ambiguous));
        for wrong in ["30.02.2025", "2025-13-01", "i går", "1.2", "04.03.25", "12345", "2025-03-04T25:00", "1/2/3/4"] {
            assert_eq!(parse(wrong, First::Month, false), Err(Not::Date), "{wrong}");
        }
    }

    #[test]
    fn day_numbers() {
        assert_eq!(from_serial(61, 0), "1900-03-01T00:00:00");
        assert_eq!(from_serial(36_526, 0), "2000-01-01T00:00:00");
        assert_eq!(from_serial(45_351, 0), "2024-02-29T00:00:00");
    }

    #[test]
    fn the_order_of_a_column() {
        let order = |cells: &[&str]| {
            let mut order = Order::default();
            cells.iter().for_each(|cell| order.see(cell.as_bytes()));
            order.first(First::Unknown)
        };
        assert_eq!(order(&["03/04/2025", "03/25/2025"]), First::Month);
        assert_eq!(order(&["03/04/2025", "25/03/2025"]), First::Day);
        assert_eq!(order(&["03/04/2025"]), First::Unknown);
        assert_eq!(order(&["13/04/2025", "04/13/2025"]), First::Unknown);
    }
}
