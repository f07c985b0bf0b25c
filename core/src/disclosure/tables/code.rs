//! Codes in files.

use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

/// A code as text or as a number: years are often written so.
#[derive(Deserialize)]
#[serde(untagged)]
enum Code {
    Text(String),
    Number(serde_json::Number),
}

impl Code {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

/// One code of a JSON file.
pub(in crate::disclosure) fn code<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(Code::deserialize(from)?.text())
}

/// A list of codes of a JSON file.
pub(in crate::disclosure) fn codes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Ok(Vec::<Code>::deserialize(from)?.into_iter().map(Code::text).collect())
}

/// A text or a list of them.
pub(in crate::disclosure) fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Texts {
        One(String),
        Some(Vec<String>),
    }
    Ok(match Option::<Texts>::deserialize(from)? {
        None => Vec::new(),
        Some(Texts::One(text)) => vec![text],
        Some(Texts::Some(texts)) => texts,
    })
}

/// What is not there is as if it were `null`.
pub(in crate::disclosure) fn or_nothing<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    from: D,
) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(from)?.unwrap_or_default())
}

/// A code without the spaces around it, in place.
pub(in crate::disclosure) fn trim(code: &mut String) {
    let text = code.trim_matches(|letter: char| letter.is_ascii_whitespace());
    if text.len() < code.len() {
        *code = text.to_owned();
    }
}

/// A code as it is written to CSV: with an apostrophe before it where a spreadsheet would take it for a formula, and where
/// it begins with an apostrophe itself. Numbers stay as they are, `-1` too. [`code_of_csv`] undoes it.
///
/// ```
/// # use bygdepuls_core::disclosure::tables::{csv_code, code_of_csv};
/// assert_eq!(csv_code("=1+1"), "'=1+1");
/// assert_eq!(csv_code("-1"), "-1");
/// assert_eq!(code_of_csv("'=1+1"), "=1+1");
/// ```
///
/// # Source
///
/// OWASP, "CSV injection".
#[must_use]
pub fn csv_code(code: &str) -> Cow<'_, str> {
    let signed = code.strip_prefix(['-', '+']);
    let is_number = |text: &str| {
        let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
        [whole, part].iter().all(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
    };
    if code.starts_with(['=', '+', '-', '@', '\'']) && !signed.is_some_and(is_number) {
        format!("'{code}").into()
    } else {
        code.into()
    }
}

/// The code that [`csv_code`] wrote.
#[must_use]
pub fn code_of_csv(field: &str) -> &str {
    field.strip_prefix('\'').filter(|code| csv_code(code) == field).unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for code in ["a", "=1+1", "-1", "+4,5", "-a", "@x", "'", "''", "'=a", "'a", "'-1", "--1", "-", "-1-2", ""] {
            let written = csv_code(code).into_owned();
            assert_eq!(code_of_csv(&written), code, "{written}");
            let is_formula = written.starts_with(['=', '+', '-', '@']);
            assert!(!is_formula || ["-1", "+4,5"].contains(&code), "{written}");
        }
        // As other programs write it.
        assert_eq!(code_of_csv("'s-Gravenhage"), "'s-Gravenhage");
    }
}
