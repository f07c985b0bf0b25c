//! Whole numbers as options.

use bygdepuls_core::text::Lang;

/// More people than anybody asks for.
const MOST: u64 = 1_000_000_000;

/// A whole number that is not below another.
pub(super) fn whole(text: &str, least: u64, lang: Lang) -> Result<u64, String> {
    text.parse().ok().filter(|number| (least..=MOST).contains(number)).ok_or_else(|| {
        let words = lang.pick("et helt tall, minst", "eit heilt tal, minst", "a whole number, at least");
        format!("{words} {least}")
    })
}
