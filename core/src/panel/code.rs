//! Self-made codes: the same code however it was written, and codes that differ by one slip.

/// A code without blanks and signs, in capitals: `ka 07-na` is `KA07NA`. A ring above, written as a letter of its own, is
/// put back on its A.
///
/// ```
/// # use bygdepuls_core::panel::normal_form;
/// assert_eq!(normal_form(" ås 07-na"), "ÅS07NA");
/// assert_eq!(normal_form("A\u{30a}s07Na"), "ÅS07NA");
/// ```
#[must_use]
pub fn normal_form(code: &str) -> String {
    let capitals = code.to_uppercase().replace("A\u{30a}", "Å");
    capitals.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Whether two codes in normal form differ by one slip: a letter changed, left out, added, or two neighbours exchanged
/// (optimal string alignment distance 1).
///
/// ```
/// # use bygdepuls_core::panel::is_near;
/// assert!(is_near("KA07NA", "KA70NA") && is_near("KA07NA", "KA07N") && !is_near("KA07NA", "KA07NA"));
/// ```
#[must_use]
pub fn is_near(first: &str, second: &str) -> bool {
    first.chars().count().abs_diff(second.chars().count()) <= 1 && strsim::osa_distance(first, second) == 1
}
