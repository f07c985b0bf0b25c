//! Which of several submissions of one person counts: one rule for what is imported and what is computed.
//!
//! # Rule
//!
//! ```text
//! same person   = same wave, same home municipality, same self-made code in normal form
//! counts        = the last one that was sent in; where none was, the last one
//! ```
//!
//! Codes are compared in their [normal form](crate::panel::normal_form), as linking over the years compares them; an empty
//! one equals nothing. Of two people who made the same code, most live in different municipalities or answer in different
//! waves, and both stay.

/// The variable of the home municipality where nobody says another one.
pub const HOME: &str = "kommune_oppvekst";

/// The place of the one that counts among the submissions of one person, in the order of the file; for each whether it was
/// sent in. `None` without any.
///
/// # Example
///
/// ```
/// use bygdepuls_core::submission::counting;
/// assert_eq!(counting([true, true, false]), Some(1));
/// assert_eq!(counting([false, false]), Some(1));
/// assert_eq!(counting([]), None);
/// ```
#[must_use]
pub fn counting(sent_in: impl IntoIterator<Item = bool>) -> Option<usize> {
    let by_rank = |(place, sent_in): (usize, bool)| (sent_in, place);
    sent_in.into_iter().enumerate().map(by_rank).max().map(|(_, place)| place)
}
