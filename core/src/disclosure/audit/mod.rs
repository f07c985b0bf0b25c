//! The auditor: what an attacker can find out from what is published.

pub(in crate::disclosure) mod movement;

/// What an attacker knows beside the published cells and their margins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attacker {
    /// Every 0 is published, so that a hidden cell holds somebody.
    pub zeros_published: bool,
    /// How many people in one cell may put together what they know: a cell that holds no others is no secret to them.
    pub coalition: u64,
    /// Counts below this one are small.
    pub small: u64,
    /// Whether a small count must not be known within so many people either.
    pub narrow: Option<u64>,
    /// Whether what is sensitive are groups of which all but a coalition gave the same answer: then nobody may find out
    /// that there are no others.
    pub groups: bool,
}

impl Default for Attacker {
    fn default() -> Self {
        Self { zeros_published: false, coalition: 1, small: 5, narrow: None, groups: false }
    }
}
