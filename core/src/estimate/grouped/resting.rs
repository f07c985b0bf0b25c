//! A state between two pieces, which borrows nothing.

use super::{Batch, Cells, Grouped, Groups, Piece, Plan, Room};

/// A state without its plan, for those that keep both.
#[derive(Clone, Debug)]
pub(in crate::estimate) struct Resting {
    groups: Groups,
    cells: Cells,
    codes_seen: Vec<Vec<bool>>,
    missing_seen: Vec<bool>,
    pieces: Vec<Piece>,
    piece: Piece,
    room: Room,
    batch: Batch,
}

impl Resting {
    /// The state once more, over the plan that it had.
    pub(in crate::estimate) fn over(self, plan: &Plan) -> Grouped<'_> {
        let Self { groups, cells, codes_seen, missing_seen, pieces, piece, room, batch } = self;
        Grouped { plan, groups, cells, codes_seen, missing_seen, pieces, piece, room, batch }
    }
}

impl Grouped<'_> {
    /// Lets go of the plan.
    pub(in crate::estimate) fn rest(self) -> Resting {
        let Self { plan: _, groups, cells, codes_seen, missing_seen, pieces, piece, room, batch } = self;
        Resting { groups, cells, codes_seen, missing_seen, pieces, piece, room, batch }
    }
}
