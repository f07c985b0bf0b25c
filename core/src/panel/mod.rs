//! The same people over the years: who is linked, how their answers moved, and who was lost on the way.
//!
//! | question | where |
//! |---|---|
//! | who is the same person in two waves | [`link`] |
//! | names that cannot be read back | [`Key`] |
//! | how answers moved between two waves (gross change) | [`flow`] |
//! | weights of those who stayed | [`attrition`] |
//! | how a share changed between two years or waves (net change) | [`change`] |
//!
//! Where nobody is linked, cohorts are followed as groups: a pseudo-panel, which is [`change`] without people in both.

pub mod attrition;
pub mod change;
mod code;
pub mod flow;
mod key;
pub mod link;

pub use code::{is_near, normal_form};
pub use key::Key;
