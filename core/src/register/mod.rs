//! Registers: of people, how large cohorts are, when they meet which wave, and who may be asked; of places, municipalities
//! through time, how central they are, and tables of official statistics.
//!
//! A cohort's size comes from the population register, counted once where it grew up ([`cohort`]). Who can be asked
//! comes from the contact log ([`Contacts`]), which is kept apart from the answers.

pub mod centrality;
pub mod code;
pub mod cohort;
mod contacts;
mod how_many;
pub mod measures;
pub mod municipality;
pub mod official;
pub mod open_measures;
mod owners;
mod problem;
pub mod recruitment;

pub(crate) use contacts::is_email;
pub use contacts::{
    Address, Consent, Contact, Contacts, EVENTS_SCHEMA, Event, EventKind, NoAddress, PERSONS_SCHEMA, WITHDRAWN_SCHEMA,
    WithdrawnCode,
};
pub(crate) use owners::Owners;
pub use problem::RegisterProblem;

use serde::Serialize;

/// Sex, as registers and answers give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Girls and women.
    Female,
    /// Boys and men.
    Male,
    /// Another answer than these two, or none.
    Other,
}

impl Sex {
    /// All, in the order of tables.
    pub const ALL: [Self; 3] = [Self::Female, Self::Male, Self::Other];

    /// The word in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
            Self::Other => "other",
        }
    }
}
