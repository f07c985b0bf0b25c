//! What has become of a position by a day.

use crate::register::recruitment::{Day, Position};

/// How a recruitment has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Somebody accepted the offer; the day is not always known, though the first day of work may be.
    Filled(Option<Day>),
    /// The position was withdrawn.
    Withdrawn(Day),
    /// It ended and nobody was hired.
    Failed(Day),
    /// It goes on.
    Open,
}

/// How a recruitment has ended by a day; what comes after that day has not happened. Whoever accepted was hired, whatever else
/// the row says; of withdrawn and ended the earlier one counts, and withdrawn where both are of the same day.
pub(super) fn end(position: &Position, by: Day) -> End {
    let happened = |day: Option<Day>| day.filter(|day| *day <= by);
    match (happened(position.accepted), happened(position.withdrawn), happened(position.ended)) {
        (Some(day), ..) => End::Filled(Some(day)),
        // With a later day of acceptance, work cannot have begun.
        _ if position.accepted.is_none() && happened(position.started).is_some() => End::Filled(None),
        (None, Some(withdrawn), Some(ended)) if ended < withdrawn => End::Failed(ended),
        (None, Some(withdrawn), _) => End::Withdrawn(withdrawn),
        (None, None, Some(ended)) => End::Failed(ended),
        (None, None, None) => End::Open,
    }
}
