//! What earlier answers turned into.

use super::Course;
use super::sheet::Sheet;
use crate::problem::Problems;

/// Reads the register.
pub(super) fn read(sheet: &Sheet<'_>, problems: &mut Problems) -> Vec<Course> {
    let [wave, intent, answered, returned] = sheet.find(["wave", "intent", "answered", "returned"]);
    let (piece, _) = sheet.rows(problems, |cells| {
        cells.required(intent);
        cells.must_be_dated(answered);
        let stated = cells.whole(intent).and_then(|intent| u8::try_from(intent).ok());
        let (asked, back) = (cells.past(answered), cells.past(returned));
        cells.not_before((returned, back), (answered, asked));
        let row = Course { wave: self::wave(&cells.text(wave)), intent: stated?, answered: asked?, returned: back };
        cells.ok().then_some(row)
    });
    piece.rows
}

/// A wave in one form, so that `w3`, `W3`, `3`, `bølge 3` and `wave 03` are the same one; other names without differences of
/// capitals and spaces. Empty where it is not known.
pub(crate) fn wave(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let words = ["bølgje", "bølge", "wave", "w", ""];
    let rest = words.iter().find_map(|word| text.strip_prefix(word)).unwrap_or_default().trim_start();
    let number = rest.strip_suffix(".0").unwrap_or(rest);
    match number.parse::<u8>() {
        Ok(number) if rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => format!("w{number}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_form_of_a_wave() {
        for text in ["w3", "W3", "3", " 03 ", "3.0", "bølge 3", "Bølgje 3", "WAVE 3", "wave3"] {
            assert_eq!(super::wave(text), "w3", "{text}");
        }
        assert_eq!(["", "  Kull  A ", "w", "+3", "3,5"].map(super::wave), ["", "kull a", "w", "+3", "3,5"]);
    }
}
