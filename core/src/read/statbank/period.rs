//! Periods as Statistics Norway writes them.

use std::fmt;

/// A year, a part of a year, or several years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// `2024`
    Year(u16),
    /// `2024H1`: a half-year.
    Half(u16, u8),
    /// `2024K1`: a quarter.
    Quarter(u16, u8),
    /// `2024M03`: a month.
    Month(u16, u8),
    /// `2017U07`: a week.
    Week(u16, u8),
    /// `2006-2010`: both years included.
    Years(u16, u16),
}

impl Period {
    /// Reads a period. `Q` stands for `K` and `W` for `U` in English files; a school year `2023/24` is two years.
    ///
    /// ```
    /// # use bygdepuls_core::read::statbank::Period;
    /// assert_eq!(Period::parse("2024K4"), Some(Period::Quarter(2024, 4)));
    /// assert_eq!(Period::parse("2024M13"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (year, rest) = (text.get(..4)?, text.get(4..)?);
        let year = number(year).filter(|year| (1500..=2200).contains(year))?;
        let Some(sign) = rest.chars().next() else { return Some(Self::Year(year)) };
        let after = rest.get(sign.len_utf8()..)?;
        let part = |most: u16, width: usize| {
            let part = number(after).filter(|part| (1..=most).contains(part) && after.len() <= width)?;
            u8::try_from(part).ok()
        };
        match sign.to_ascii_uppercase() {
            'H' => part(2, 2).map(|half| Self::Half(year, half)),
            'K' | 'Q' => part(4, 2).map(|quarter| Self::Quarter(year, quarter)),
            'M' => part(12, 2).map(|month| Self::Month(year, month)),
            'U' | 'W' => part(53, 2).map(|week| Self::Week(year, week)),
            '-' | '–' | '/' => {
                let last = match after.len() {
                    4 => number(after)?,
                    2 => year / 100 * 100 + number(after)?,
                    _ => return None,
                };
                (last > year && last <= 2200).then_some(Self::Years(year, last))
            }
            _ => None,
        }
    }

    /// The year, the last one of several.
    #[must_use]
    pub const fn year(self) -> u16 {
        match self {
            Self::Year(year)
            | Self::Half(year, _)
            | Self::Quarter(year, _)
            | Self::Month(year, _)
            | Self::Week(year, _)
            | Self::Years(_, year) => year,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year}"),
            Self::Half(year, half) => write!(f, "{year}H{half}"),
            Self::Quarter(year, quarter) => write!(f, "{year}K{quarter}"),
            Self::Month(year, month) => write!(f, "{year}M{month:02}"),
            Self::Week(year, week) => write!(f, "{year}U{week:02}"),
            Self::Years(first, last) => write!(f, "{first}-{last}"),
        }
    }
}

/// Digits and nothing else.
fn number(text: &str) -> Option<u16> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_typed() {
        for (text, period) in [
            ("2024", Period::Year(2024)),
            ("2024K1", Period::Quarter(2024, 1)),
            ("2024Q04", Period::Quarter(2024, 4)),
            ("2024M03", Period::Month(2024, 3)),
            ("2017U07", Period::Week(2017, 7)),
            ("2024H2", Period::Half(2024, 2)),
            ("2006-2010", Period::Years(2006, 2010)),
            ("2023/24", Period::Years(2023, 2024)),
        ] {
            assert_eq!(Period::parse(text), Some(period), "{text}");
        }
        assert_eq!(Period::Month(2024, 3).to_string(), "2024M03");
        for text in ["", "202", "20244", "2024K5", "2024M00", "2024M003", "2024X1", "0301", "2024-2020", "år 2", "202é"]
        {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }
}
