//! Dates as they stand in registers: which of the forms, and in which order day and month come.

use super::Day;
use super::cells::Cells;
use crate::problem::Explain;
use crate::register::RegisterProblem;
use crate::text::Lang;

/// What stands in a field for dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// One date and no other: `2026-03-01`, `01.03.2026`, `1.3.2026`, `20260301`.
    Date(Day),
    /// Two numbers and a year, `01/03/2026`: the first one is the day here, the month in America.
    Either(u8, u8, u16),
    /// Five digits: a day as a spreadsheet counts them.
    Serial(i32),
    /// Nothing of these, or a date that does not exist.
    None,
}

impl Cells<'_, '_, '_> {
    /// Whether a field for dates is filled, right or wrong: `-` says that there is no date, as an empty field does.
    pub(super) fn is_dated(&self, column: usize) -> bool {
        !matches!(self.bytes(column), b"" | b"-")
    }

    /// Reports a field for dates that must be filled.
    pub(super) fn must_be_dated(&mut self, column: usize) {
        if !self.is_dated(column) {
            self.wrong(column, RegisterProblem::Empty);
        }
    }
}

/// The first year that is read: what lies before is a slip, such as 0206 for 2026.
const FIRST: u16 = 1900;

/// Which forms a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Forms {
    /// One date and no other.
    dates: u64,
    /// Two numbers and a year, by which of them can be a day alone: the first, the second, neither.
    first: u64,
    second: u64,
    neither: u64,
    serials: u64,
}

/// How the dates of a column are read that could be read in more than one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// The day comes first, or the month does; not known.
    day_first: Option<bool>,
    /// Dates of both orders were found.
    both: bool,
    /// Numbers are days as a spreadsheet counts them.
    serials: bool,
}

impl Forms {
    pub(super) fn see(&mut self, written: Written) {
        match written {
            Written::Date(_) => self.dates += 1,
            Written::Either(first, second, _) if first == second => self.neither += 1,
            Written::Either(13.., ..) => self.first += 1,
            Written::Either(_, 13.., _) => self.second += 1,
            Written::Either(..) => self.neither += 1,
            Written::Serial(_) => self.serials += 1,
            Written::None => {}
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            dates: self.dates + other.dates,
            first: self.first + other.first,
            second: self.second + other.second,
            neither: self.neither + other.neither,
            serials: self.serials + other.serials,
        }
    }

    /// Whether anything of the column can only be read once all of it was seen.
    pub(super) fn waits(self) -> bool {
        self.first + self.second + self.neither + self.serials > 0
    }

    pub(super) fn reading(self) -> Reading {
        let both = self.first > 0 && self.second > 0;
        let day_first = (!both && self.first + self.second > 0).then_some(self.first > 0);
        Reading { day_first, both, serials: self.dates + self.first + self.second + self.neither == 0 }
    }
}

impl Reading {
    /// The day, or why there is none.
    pub(super) fn day(self, written: Written) -> Result<Day, NoDate> {
        match written {
            Written::Date(day) => Ok(day),
            Written::None => Err(NoDate::NotADate),
            Written::Serial(number) if self.serials => {
                // Day 60 of the count is a 29 February 1900 that never was; no register reaches back to it.
                Day::of(1899, 12, 30).and_then(|start| start.plus_days(number)).ok_or(NoDate::NotADate)
            }
            Written::Serial(_) => Err(NoDate::Serial),
            Written::Either(first, second, year) => {
                let day_first = match (first, second) {
                    (13.., _) => true,
                    (_, 13..) => false,
                    _ if first == second => true,
                    _ => self.day_first.ok_or(NoDate::Either { both: self.both })?,
                };
                let (day, month) = if day_first { (first, second) } else { (second, first) };
                Day::of(year, month, day).ok_or(NoDate::NotADate)
            }
        }
    }
}

impl Written {
    /// Reads a field without spaces around it. A time of day after the date is left out.
    #[inline]
    pub(super) fn read(field: &[u8]) -> Self {
        if let Ok(field) = <&[u8; 10]>::try_from(field)
            && let Some((year, month, day)) = iso(*field)
        {
            return date(Some(year), Some(month.into()), Some(day.into()));
        }
        Self::other(field)
    }

    #[cold]
    fn other(field: &[u8]) -> Self {
        let time = field.iter().position(|byte| matches!(byte, b'T' | b' '));
        if let Some(at) = time {
            let is_time = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'+' | b'-' | b'Z');
            let (date, time) = (&field[..at], &field[at + 1..]);
            let looks = time.len() >= 4 && time.contains(&b':') && time.iter().all(is_time);
            return if looks && !date.is_empty() { Self::read(date) } else { Self::None };
        }
        if field.iter().all(u8::is_ascii_digit) {
            return match *field {
                [a, b, c, d, e, f, g, h] => date(number([a, b, c, d]), number([e, f]), number([g, h])),
                [a, b, c, d, e] => number([a, b, c, d, e]).map_or(Self::None, |number| Self::Serial(i32::from(number))),
                _ => Self::None,
            };
        }
        // A day of a spreadsheet with a time of day as its fraction.
        if let Some((whole, b"0" | b"00")) = split(field, b'.')
            && whole.len() == 5
        {
            return Self::read(whole);
        }
        for mark in *b".-/" {
            let mut parts = field.split(|byte| *byte == mark);
            let (Some(a), Some(b), Some(c), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
                continue;
            };
            return match (a.len(), b.len(), c.len()) {
                (4, 1 | 2, 1 | 2) => date(digits(a), digits(b), digits(c)),
                (1 | 2, 1 | 2, 4) if mark == b'.' => date(digits(c), digits(b), digits(a)),
                (1 | 2, 1 | 2, 4) => either(digits(a), digits(b), digits(c)),
                _ => Self::None,
            };
        }
        Self::None
    }
}

fn split(field: &[u8], mark: u8) -> Option<(&[u8], &[u8])> {
    let at = field.iter().position(|byte| *byte == mark)?;
    Some((&field[..at], &field[at + 1..]))
}

#[inline]
fn number<const N: usize>(bytes: [u8; N]) -> Option<u16> {
    let sum = |sum: u32, byte: &u8| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0'));
    u16::try_from(bytes.iter().try_fold(0, sum)?).ok()
}

fn digits(bytes: &[u8]) -> Option<u16> {
    std::str::from_utf8(bytes).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
}

/// Year, month and day of `YYYY-MM-DD`, where nothing but digits and `-` is where they stand: eight bytes at a time.
#[inline]
fn iso(field: [u8; 10]) -> Option<(u16, u8, u8)> {
    let ([first @ .., _, _], [.., tens, ones]) = (field, field);
    let bytes = u64::from_be_bytes(first) ^ u64::from_be_bytes(*b"0000-00-");
    // Beyond 9 in a digit, or not 0 in a mark, sets the highest bit of the byte.
    let beyond = bytes | bytes.wrapping_add(u64::from_be_bytes([0x76, 0x76, 0x76, 0x76, 0x7f, 0x76, 0x76, 0x7f]));
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if beyond & 0x8080_8080_8080_8080 != 0 || tens > 9 || ones > 9 {
        return None;
    }
    let [a, b, c, d, _, e, f, _] = bytes.to_be_bytes();
    let year = 1000 * u16::from(a) + 100 * u16::from(b) + 10 * u16::from(c) + u16::from(d);
    Some((year, 10 * e + f, 10 * tens + ones))
}

#[inline]
fn date(year: Option<u16>, month: Option<u16>, day: Option<u16>) -> Written {
    let small = |number: Option<u16>| number.and_then(|number| u8::try_from(number).ok());
    match (year, small(month), small(day)) {
        (Some(year @ FIRST..), Some(month), Some(day)) => {
            Day::of(year, month, day).map_or(Written::None, Written::Date)
        }
        _ => Written::None,
    }
}

fn either(first: Option<u16>, second: Option<u16>, year: Option<u16>) -> Written {
    let small = |number: Option<u16>| number.and_then(|number| u8::try_from(number).ok());
    let (Some(first), Some(second), Some(year)) = (small(first), small(second), year.filter(|year| *year >= FIRST))
    else {
        return Written::None;
    };
    // A date in at least one of the two orders.
    let exists = Day::of(year, second, first).or_else(|| Day::of(year, first, second));
    if exists.is_some() { Written::Either(first, second, year) } else { Written::None }
}

/// Why a field is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDate {
    /// Nothing that is read as a date, or a day that the calendar does not have.
    NotADate,
    /// Day and month, or month and day.
    Either {
        /// The column holds dates of both orders.
        both: bool,
    },
    /// A number among dates.
    Serial,
}

impl Explain for NoDate {
    fn code(&self) -> &'static str {
        match self {
            Self::NotADate => "not-a-date",
            Self::Either { .. } => "day-or-month",
            Self::Serial => "number-among-dates",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let t = |nb, nn, en| lang.pick(nb, nn, en).to_owned();
        match self {
            Self::NotADate => t(
                "dette er ikke en dato som finnes",
                "dette er ikkje ein dato som finst",
                "this is not a date that exists",
            ),
            Self::Either { both: false } => t(
                "datoen kan leses på to måter: dag og måned, eller måned og dag",
                "datoen kan lesast på to måtar: dag og månad, eller månad og dag",
                "the date can be read in two ways: day and month, or month and day",
            ),
            Self::Either { both: true } => t(
                "datoen kan leses på to måter, og kolonnen har datoer av begge slag",
                "datoen kan lesast på to måtar, og kolonnen har datoar av begge slag",
                "the date can be read in two ways, and the column holds dates of both kinds",
            ),
            Self::Serial => t(
                "et tall i en kolonne som ellers har datoer",
                "eit tal i ein kolonne som elles har datoar",
                "a number in a column that otherwise holds dates",
            ),
        }
    }

    fn expected(&self, _lang: Lang) -> Option<String> {
        Some("2026-03-01, 01.03.2026, 1.3.2026, 20260301".into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_owned());
        match self {
            Self::NotADate => t(
                "skriv året med fire siffer, fra 1900 av, og se etter om måneden har dagen",
                "skriv året med fire siffer, frå 1900 av, og sjå etter om månaden har dagen",
                "write the year with four digits, from 1900 on, and see whether the month has the day",
            ),
            Self::Either { .. } => t(
                "skriv datoene i kolonnen som 2026-03-01 eller 01.03.2026",
                "skriv datoane i kolonnen som 2026-03-01 eller 01.03.2026",
                "write the dates of the column as 2026-03-01 or 01.03.2026",
            ),
            Self::Serial => t(
                "gjør cellene om til datoer i regnearket før du lagrer",
                "gjer cellene om til datoar i reknearket før du lagrar",
                "turn the cells into dates in the spreadsheet before you save",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(fields: &[&str]) -> Vec<Result<String, &'static str>> {
        let written: Vec<Written> = fields.iter().map(|field| Written::read(field.as_bytes())).collect();
        let mut forms = Forms::default();
        written.iter().for_each(|written| forms.see(*written));
        let reading = forms.reading();
        written.iter().map(|one| reading.day(*one).map(Day::to_iso).map_err(|why| why.code())).collect()
    }

    fn one(field: &str) -> Result<String, &'static str> {
        column(&[field]).remove(0)
    }

    #[test]
    fn forms_that_are_one_date() {
        for field in ["2026-03-01", "01.03.2026", "1.3.2026", "20260301", "2026-03-01T08:30:00Z", "2026/3/1"] {
            assert_eq!(one(field).as_deref(), Ok("2026-03-01"), "{field}");
        }
        assert_eq!(one("01.03.2026 00:00:00").as_deref(), Ok("2026-03-01"));
        let mixed = column(&["2026-03-01", "1.3.2026", "20260302"]);
        assert_eq!(mixed, [Ok("2026-03-01".into()), Ok("2026-03-01".into()), Ok("2026-03-02".into())]);
    }

    #[test]
    fn dates_that_do_not_exist() {
        for field in [
            "2026-02-29",
            "31.4.2026",
            "20261301",
            "1.3.26",
            "31/12/25",
            "0206-03-01",
            "1.3.0026",
            "1/3/0026",
            "mars 2026",
            "2026",
            "32/1/2026",
            "13/13/2026",
            "1.2.3.4",
        ] {
            assert_eq!(one(field), Err("not-a-date"), "{field}");
        }
    }

    #[test]
    fn day_or_month() {
        assert_eq!(one("01/03/2026"), Err("day-or-month"));
        assert_eq!(one("03/03/2026").as_deref(), Ok("2026-03-03"));
        assert_eq!(one("25/12/2026").as_deref(), Ok("2026-12-25"));
        assert_eq!(column(&["01/03/2026", "25/12/2026"])[0].as_deref(), Ok("2026-03-01"));
        assert_eq!(column(&["01/03/2026", "12/25/2026"])[0].as_deref(), Ok("2026-01-03"));
        let both = column(&["01/03/2026", "12/25/2026", "25/12/2026"]);
        assert_eq!(both, [Err("day-or-month"), Ok("2026-12-25".into()), Ok("2026-12-25".into())]);
        // The order of the others decides, also where it makes a date of them that does not exist.
        assert_eq!(column(&["01-13-2026", "01-03-2026"])[1].as_deref(), Ok("2026-01-03"));
    }

    #[test]
    fn every_byte_in_every_place_of_a_date() {
        for place in 0..10 {
            for byte in 0..=u8::MAX {
                let mut field = *b"2026-11-21";
                field[place] = byte;
                let text = String::from_utf8_lossy(&field);
                let plain = crate::date::parts(&text).filter(|_| field.is_ascii() && !text.contains(['+', ' ']));
                assert_eq!(iso(field).filter(|(y, m, d)| Day::of(*y, *m, *d).is_some()), plain, "{text}");
            }
        }
    }

    #[test]
    fn days_of_a_spreadsheet() {
        assert_eq!(column(&["46082", "46083.0"]), [Ok("2026-03-01".into()), Ok("2026-03-02".into())]);
        assert_eq!(column(&["46082", "2026-03-01"])[0], Err("number-among-dates"));
    }
}
