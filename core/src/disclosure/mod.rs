//! Disclosure control: what may leave the house.
//!
//! [`SafeCube`] is the wall. It can be made in four ways only: by [`protect`], from what an indicator counted; by
//! [`recruitment::publish`], from the region's own registers; by [`open::publish`], from tables of official statistics that
//! are public already; or by reading back a file that was published. Public writers and displays accept nothing else.
//!
//! What is safe is settled together with everything that was published before: see [`release`]. A release holds one
//! geographic level, one variant of the base and one figure per wave.

#[cfg(feature = "compute")]
pub mod audit;
#[cfg(feature = "compute")]
mod coarsen;
pub mod family;
#[cfg(feature = "compute")]
mod form;
#[cfg(feature = "compute")]
pub mod inversion;
#[cfg(feature = "compute")]
mod loss;
#[cfg(feature = "compute")]
mod modular;
#[cfg(feature = "compute")]
pub mod open;
#[cfg(feature = "audit-page")]
pub mod page;
#[cfg(feature = "compute")]
mod plan;
#[cfg(feature = "compute")]
mod policy;
#[cfg(feature = "compute")]
pub mod primary;
#[cfg(feature = "compute")]
mod problem;
#[cfg(feature = "compute")]
mod protect;
#[cfg(feature = "compute")]
mod protection;
#[cfg(feature = "compute")]
pub mod published;
#[cfg(feature = "compute")]
pub mod recruitment;
#[cfg(feature = "compute")]
pub mod release;
#[cfg(feature = "compute")]
pub mod repair;
#[cfg(feature = "compute")]
pub mod rounding;
#[cfg(feature = "compute")]
pub mod secondary;
#[cfg(feature = "compute")]
pub mod tables;

#[cfg(feature = "compute")]
pub use coarsen::{Alternative, Coarsening, alternatives};
#[cfg(feature = "compute")]
pub use form::Kind;
#[cfg(feature = "compute")]
pub use loss::Loss;
#[cfg(feature = "compute")]
pub use plan::{Cutting, Fixed, Series, plan};
#[cfg(feature = "compute")]
pub use policy::{Policy, Tier};
#[cfg(feature = "compute")]
pub use problem::DisclosureProblem;
#[cfg(feature = "compute")]
pub use protect::{Input, Protected, protect};
#[cfg(feature = "compute")]
pub use protection::Protection;

pub use family::Family;

use crate::cube::Cube;
use std::ops::Deref;

/// A cube that may be published: every value in it has passed the policy that it names.
#[derive(Clone, Debug, PartialEq)]
pub struct SafeCube(Cube);

impl SafeCube {
    /// Only this module and its children decide what is safe; `export` uses it for files that were published.
    pub(crate) fn vouch(cube: Cube) -> Self {
        Self(cube)
    }
}

impl Deref for SafeCube {
    type Target = Cube;

    fn deref(&self) -> &Cube {
        &self.0
    }
}
