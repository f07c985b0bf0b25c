//! Releases: what was published before is part of what is published now.
//!
//! Whoever keeps every edition can subtract. The [`Ledger`] remembers each published figure with the number of answers
//! behind it, by municipality and year, and every new release is audited together with all of it and with tables that
//! others published of the same answers ([`ForeignTable`]). Three rules, in this order:
//!
//! 1. What was published stands: its cut over years, its pooled municipalities, and the figure itself until its group has
//!    changed by at least [`SMALLEST_DIFFERENCE`] answers.
//! 2. What anybody could find out from everything together, and could not before, whatever the answers are, is coarsened:
//!    the figure as it stood before, then wider windows, then pooled municipalities, then hidden, fewest people first.
//! 3. What is left is published one figure after the other, those with most people first, each unless something that could
//!    be shown of it would give something away.
//! 4. Where nothing of a wave is left, nothing at all is written.
//!
//! All of it is decided by the numbers of answers and by what readers have already, never by an answer that they do not
//! know: what is not shown tells nothing.

mod audit;
mod foreign;
mod ground;
mod ledger;
mod people;
mod problem;
mod settle;
mod unseen;

pub use audit::{Finding, SMALLEST_DIFFERENCE};
pub use foreign::{ForeignFigure, ForeignTable};
pub use ground::{Boundary, Misfit};
pub use ledger::{Atom, FOLDER, Figure, Ledger, Release, Shown};
pub(super) use people::elsewhere;
pub use people::{Person, Token};
pub use problem::ReleaseProblem;
pub(super) use settle::{Settled, Topic};

use sha2::{Digest, Sha256};

/// What was published before, here and by others.
#[derive(Clone, Copy, Debug)]
pub struct Past<'a> {
    /// Here.
    pub ledger: &'a Ledger,
    /// By others.
    pub foreign: &'a [ForeignFigure],
    /// Which municipalities were merged or divided since.
    pub boundaries: &'a [Boundary],
}

/// Half of the SHA-256 of a text, as one number.
pub(crate) fn digest(text: &str) -> u128 {
    Sha256::digest(text).iter().take(16).fold(0, |number, byte| (number << 8) | u128::from(*byte))
}
