//! Figures of a table that are added up, exactly, with SSB's symbols for those that are not there.

/// A figure, or why there is none.
///
/// # Source
///
/// The symbols: SSB, Notater 2017/40, standardtegn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// Digits without their decimal mark, how many stand after it, and whether the figure is provisional (`*`).
    Number { digits: i128, places: u32, provisional: bool },
    /// `-`: a true zero.
    Zero,
    /// `.`: cannot occur.
    CannotOccur,
    /// `:`: may not be published.
    Confidential,
    /// `..`: missing.
    Missing,
    /// `…`: not available yet.
    NotYet,
    /// An empty field.
    Blank,
}

/// More digits than any figure has, few enough that a sum of all of a table's fits.
const DIGITS: usize = 27;

impl Amount {
    /// `None` for what is neither a number nor a symbol. A decimal point or comma, a sign; no thousands separators.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Some(match text {
            "" => Self::Blank,
            "-" | "–" => Self::Zero,
            "." => Self::CannotOccur,
            ":" => Self::Confidential,
            ".." => Self::Missing,
            "..." | "…" => Self::NotYet,
            _ => {
                let plain = text.trim_matches('*').trim();
                let (sign, rest) = match plain.strip_prefix(['-', '−']) {
                    Some(rest) => (-1, rest),
                    None => (1, plain),
                };
                let (whole, part) = rest.split_once(['.', ',']).unwrap_or((rest, ""));
                let all = format!("{whole}{part}");
                let is_number =
                    !whole.is_empty() && all.len() <= DIGITS && all.bytes().all(|byte| byte.is_ascii_digit());
                if !is_number || (part.is_empty() && whole.len() < rest.len()) {
                    return None;
                }
                let places = u32::try_from(part.len()).ok()?;
                Self::Number { digits: sign * all.parse::<i128>().ok()?, places, provisional: plain.len() < text.len() }
            }
        })
    }

    /// Whether there is nothing: 0, or a symbol for what is not there. A confidential figure is something.
    pub(super) fn is_nothing(self) -> bool {
        !matches!(self, Self::Confidential) && !matches!(self, Self::Number { digits, .. } if digits != 0)
    }

    pub(super) fn is_number(self) -> bool {
        matches!(self, Self::Number { .. })
    }

    pub(super) fn places(self) -> u32 {
        if let Self::Number { places, .. } = self { places } else { 0 }
    }

    /// The sum. With a part that may not be published it may not be either; with one that is missing it is missing, with one
    /// that is not available yet it is not available yet. What cannot occur adds nothing.
    pub(super) fn sum(parts: &[Self]) -> Self {
        let has = |one: &Self| parts.contains(one);
        if let [one] = parts {
            return *one;
        }
        if has(&Self::Confidential) {
            return Self::Confidential;
        }
        if parts.iter().all(|part| *part == Self::Blank) {
            return Self::Blank;
        }
        if has(&Self::Missing) || has(&Self::Blank) {
            return Self::Missing;
        }
        if has(&Self::NotYet) {
            return Self::NotYet;
        }
        let most = parts.iter().map(|part| part.places()).max().unwrap_or_default();
        let (mut sum, mut any, mut starred) = (0_i128, false, false);
        for part in parts {
            if let Self::Number { digits, places, provisional } = *part {
                sum += digits * 10_i128.pow(most - places);
                starred |= provisional;
                any = true;
            }
        }
        match any {
            true => Self::Number { digits: sum, places: most, provisional: starred },
            false if has(&Self::Zero) => Self::Zero,
            false => Self::CannotOccur,
        }
    }

    /// As it stands in a table, with a decimal mark.
    pub(super) fn text(self, mark: char) -> String {
        match self {
            Self::Zero => "-".into(),
            Self::CannotOccur => ".".into(),
            Self::Confidential => ":".into(),
            Self::Missing => "..".into(),
            Self::NotYet => "…".into(),
            Self::Blank => String::new(),
            Self::Number { digits, places, provisional } => {
                let sign = if digits < 0 { "-" } else { "" };
                let places = usize::try_from(places).unwrap_or_default();
                let all = format!("{:0>width$}", digits.unsigned_abs(), width = places + 1);
                let (whole, part) = all.split_at(all.len() - places);
                let mark = if places > 0 { mark.to_string() } else { String::new() };
                let star = if provisional { "*" } else { "" };
                format!("{sign}{whole}{mark}{part}{star}")
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn sum(parts: &[&str]) -> String {
        let parts: Vec<Amount> = parts.iter().map(|part| Amount::parse(part).unwrap()).collect();
        Amount::sum(&parts).text(',')
    }

    #[test]
    fn sums_with_symbols() {
        for (parts, expected) in [
            (&["1", "2"][..], "3"),
            (&["1,5", "2.25"], "3,75"),
            (&["-3", "−1", "0"], "-4"),
            (&["1", ":"], ":"),
            (&[":", ".."], ":"),
            (&["1", ".."], ".."),
            (&["1", ""], ".."),
            (&["1", "…"], "…"),
            (&["…", ".."], ".."),
            (&["1", "-"], "1"),
            (&["-", "-"], "-"),
            (&["1", "."], "1"),
            (&[".", "."], "."),
            (&[".", "-"], "-"),
            (&["12*", "3"], "15*"),
            (&["", ""], ""),
            (&["-0.5", "0.4"], "-0,1"),
            (&["99999999999999999", "1"], "100000000000000000"),
            (&[":"], ":"),
        ] {
            assert_eq!(sum(parts), expected, "{parts:?}");
        }
    }

    #[test]
    fn what_is_no_figure() {
        for text in ["1 983", "x", "1.2.3", "1.", ".5", "--", "+1", "1e3", "12 %", "F 015", "1\u{a0}983"] {
            assert_eq!(Amount::parse(text), None, "{text}");
        }
        assert!(Amount::parse("0,0").unwrap().is_nothing());
        assert!(!Amount::parse(":").unwrap().is_nothing());
        assert!(Amount::parse("..").unwrap().is_nothing());
    }
}
