//! Codes of municipalities, and dates on which they hold.

use super::problem::{MunicipalityProblem, words};
use crate::date;
use crate::text::Text;
use std::fmt::{Display, Formatter};

/// The code of a municipality: four digits, the first two those of its county.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub(super) u16);

impl Code {
    /// SSB's code for "not stated". No municipality.
    pub const NOT_STATED: Self = Self(9999);

    /// Four digits, perhaps with the prefix `K-` of SSB's StatBank. Three digits are none: a spreadsheet may have taken the
    /// zero in front, and [`Code::without_zero`] reads those.
    ///
    /// ```
    /// use bygdepuls_core::register::municipality::Code;
    /// assert_eq!(Code::parse("K-0301"), Code::parse("0301"));
    /// assert_eq!(Code::parse("301"), None);
    /// assert_eq!(Code::without_zero("301"), Code::parse("0301"));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = digits(text);
        (digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| digits.parse().ok().map(Self))?
    }

    /// The code that a text begins with: `0301 Oslo`, as in SSB's StatBank.
    #[must_use]
    pub fn leading(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::parse(text).or_else(|| Self::parse(text.split_once(' ')?.0))
    }

    /// Three digits: a code of the counties 01 to 09 that has lost its zero in front.
    #[must_use]
    pub fn without_zero(text: &str) -> Option<Self> {
        let digits = digits(text);
        let is_three = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
        (is_three && !digits.starts_with('0')).then(|| digits.parse().ok().map(Self))?
    }

    /// The two digits of the county.
    #[must_use]
    pub const fn county(self) -> u16 {
        self.0 / 100
    }
}

/// Without the prefix of SSB's groupings of municipalities: `K-`, `K_` or `K.`.
pub(super) fn without_prefix(text: &str) -> &str {
    let rest = text.strip_prefix(['K', 'k']).and_then(|rest| rest.strip_prefix(['-', '_', '.']));
    rest.filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit())).unwrap_or(text)
}

/// Without `K-`, and without the `.0` that a spreadsheet or a data frame adds to a whole number.
fn digits(text: &str) -> &str {
    let text = text.trim().trim_start_matches(['\'', '’']);
    let text = without_prefix(text);
    text.strip_suffix(".0").unwrap_or(text)
}

impl Display for Code {
    fn fmt(&self, to: &mut Formatter<'_>) -> std::fmt::Result {
        to.pad(&format!("{:04}", self.0))
    }
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// The first day of the register.
    pub const FIRST: Self = Self::january(1838);
    /// The last day that the register says anything of.
    pub const LAST: Self = Self { year: 2026, month: 12, day: 31 };
    /// The last day whose changes are all in the register; of later ones only some are.
    pub const COMPLETE: Self = Self::january(2024);

    /// 1 January of a year.
    #[must_use]
    pub const fn january(year: u16) -> Self {
        Self { year, month: 1, day: 1 }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The day before.
    #[must_use]
    pub fn before(self) -> Self {
        let day = date::plus_days(&self.to_string(), -1);
        day.as_deref().and_then(Self::iso).unwrap_or(self)
    }

    fn iso(text: &str) -> Option<Self> {
        date::parts(text).map(|(year, month, day)| Self { year, month, day })
    }

    /// A date, a year, a month or a quarter, as people and SSB write them: `2017-12-31`, `31.12.2017`, `2017`, `2017-03`,
    /// `2017M03`, `2017K4`, `2017Q4`. What is longer than a day means its first day, and a note says so.
    ///
    /// ```
    /// use bygdepuls_core::register::municipality::Day;
    /// let (day, note) = Day::parse("2020")?;
    /// assert_eq!(day.to_string(), "2020-01-01");
    /// assert!(note.is_some());
    /// assert!(Day::parse("29.02.2023").is_err()); // no leap year
    /// # Ok::<(), bygdepuls_core::register::municipality::MunicipalityProblem>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`MunicipalityProblem::NotADay`]; [`MunicipalityProblem::OutsideTheRegister`] before [`Day::FIRST`] and after
    /// [`Day::LAST`].
    pub fn parse(text: &str) -> Result<(Self, Option<Text>), MunicipalityProblem> {
        let text = text.trim();
        let (day, whole) = Self::read(text).ok_or(MunicipalityProblem::NotADay)?;
        if !(Self::FIRST..=Self::LAST).contains(&day) {
            return Err(MunicipalityProblem::OutsideTheRegister);
        }
        let note = (!whole).then(|| {
            words(
                "«{0}» er lest som {1}, den første dagen",
                "«{0}» er lese som {1}, den første dagen",
                "“{0}” is read as {1}, its first day",
                &[text, &day.to_string()],
            )
        });
        Ok((day, note))
    }

    /// The day, and whether the text says all of it.
    fn read(text: &str) -> Option<(Self, bool)> {
        if let Some(day) = Self::iso(text) {
            return Some((day, true));
        }
        let number = |part: &str, most: usize| {
            let is_number = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| part.parse::<u16>().ok())?
        };
        if let [day, month, year] = text.split('.').collect::<Vec<_>>().as_slice() {
            let (day, month) = (number(day, 2)?, number(month, 2)?);
            let year = number(year, 4).filter(|_| year.len() == 4)?;
            return Self::iso(&format!("{year:04}-{month:02}-{day:02}")).map(|day| (day, true));
        }
        let year = number(text.get(..4)?, 4)?;
        let rest = &text[4..];
        let month = match (rest.chars().next(), rest.get(1..)) {
            (None, _) => 1,
            (Some('K' | 'Q' | 'k' | 'q'), Some(quarter)) => {
                number(quarter, 1).filter(|quarter| (1..=4).contains(quarter))? * 3 - 2
            }
            (Some('M' | 'm' | '-'), Some(month)) => number(month, 2).filter(|_| month.len() == 2)?,
            _ => return None,
        };
        Self::iso(&format!("{year:04}-{month:02}-01")).map(|day| (day, false))
    }
}

impl Display for Day {
    fn fmt(&self, to: &mut Formatter<'_>) -> std::fmt::Result {
        to.pad(&format!("{:04}-{:02}-{:02}", self.year, self.month, self.day))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_write_them() {
        for (text, day) in [
            ("2017-12-31", "2017-12-31"),
            (" 31.12.2017 ", "2017-12-31"),
            ("1.1.2020", "2020-01-01"),
            ("2020", "2020-01-01"),
            ("2017K4", "2017-10-01"),
            ("2017Q1", "2017-01-01"),
            ("2017M03", "2017-03-01"),
            ("2017-03", "2017-03-01"),
            ("2024-02-29", "2024-02-29"),
        ] {
            assert_eq!(Day::parse(text).unwrap().0.to_string(), day, "{text}");
        }
        for wrong in [
            "",
            "20",
            "2023-02-29",
            "29.02.2023",
            "31.04.2020",
            "01/02/2020",
            "2017K5",
            "2017M13",
            "20170101",
            "x",
            "2020-",
            "1.1.20",
        ] {
            assert_eq!(Day::parse(wrong), Err(MunicipalityProblem::NotADay), "{wrong}");
        }
        for outside in ["1837-12-31", "1814", "2027-01-01", "2050", "0000", "9999"] {
            assert!(Day::parse(outside).is_err(), "{outside}");
        }
    }

    #[test]
    fn codes_as_files_write_them() {
        for text in ["0301", " K-0301", "k-0301", "K_0301", "K.0301", "'0301", "0301.0"] {
            assert_eq!(Code::parse(text), Some(Code(301)), "{text}");
        }
        for text in ["301", "03010", "", "O301", "K-", "-301", "+301", "٠٣٠١"] {
            assert_eq!(Code::parse(text), None, "{text}");
        }
        assert_eq!(Code::without_zero("301.0"), Some(Code(301)));
        assert_eq!(Code(301).to_string(), "0301");
        assert_eq!(Code(3439).county(), 34);
    }
}
