//! Which of several submissions of one person counts: one rule for what is imported and what is computed.
//!
//! # Rule
//!
//! ```text
//! same person   = same wave, same home municipality, same self-made code in normal form
//! counts        = the last one that was sent in by the closing day; without one, the last that was not sent in; of late
//!                 ones alone, the last
//! late          = sent in after the closing day, whatever the time of day; where no day is given, none is
//! ```
//!
//! Codes are compared in their [normal form](crate::panel::normal_form), as linking over the years compares them; an empty
//! one equals nothing. Of two people who made the same code, most live in different municipalities or answer in different
//! waves, and both stay.

/// The variable of the home municipality where nobody says another one.
pub const HOME: &str = "kommune_oppvekst";

/// How far a submission came: what stands further down goes before what stands above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Sent in after the closing day: it counts nowhere.
    Late,
    /// Not sent in.
    Open,
    /// Sent in, and not late.
    SentIn,
}

impl Standing {
    /// By the time at which it was sent in, if it was: ISO 8601, of which the day counts.
    ///
    /// # Example
    ///
    /// ```
    /// use bygdepuls_core::submission::Standing;
    /// assert_eq!(Standing::of(Some("2027-04-30T23:59:59+02:00"), "2027-04-30"), Standing::SentIn);
    /// assert_eq!(Standing::of(Some("2027-05-01"), "2027-04-30"), Standing::Late);
    /// assert_eq!(Standing::of(None, "2027-04-30"), Standing::Open);
    /// ```
    #[must_use]
    pub fn of(sent_in: Option<&str>, closes: &str) -> Self {
        match sent_in {
            None => Self::Open,
            // Dates compare as text; a time of day behind the date does not count.
            Some(time) if time.get(..10).is_some_and(|day| day > closes) => Self::Late,
            Some(_) => Self::SentIn,
        }
    }
}

/// The place of the one that counts among the submissions of one person, in the order of the file. `None` without any.
///
/// # Example
///
/// ```
/// use bygdepuls_core::submission::{Standing::{Late, Open, SentIn}, counting};
/// assert_eq!(counting([SentIn, SentIn, Open]), Some(1));
/// assert_eq!(counting([SentIn, Late]), Some(0));
/// assert_eq!(counting([Open, Late]), Some(0));
/// assert_eq!(counting([Late, Late]), Some(1));
/// assert_eq!(counting([]), None);
/// ```
#[must_use]
pub fn counting(submissions: impl IntoIterator<Item = Standing>) -> Option<usize> {
    let by_rank = |(place, standing): (usize, Standing)| (standing, place);
    submissions.into_iter().enumerate().map(by_rank).max().map(|(_, place)| place)
}
