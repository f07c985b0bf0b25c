//! Disclosure control: what may leave the house.
//!
//! [`SafeCube`] is the wall. It can be made in two ways only: by `protect`, from an internal cube and the private
//! counts behind it, or by reading back a file that was published. Public writers and displays accept nothing else.

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
