//! What is changed in a project from year to year, in its files: a round of answers, the contact log, what happened to whom,
//! settings, registers of findings.
//!
//! The project file is a person's: only lines are added or exchanged, comments stay. Whatever is wrong afterwards undoes it.

mod checked;
mod contacts;
#[cfg(feature = "settings")]
mod edit;
#[cfg(feature = "settings")]
mod municipalities;
mod persons;
mod population;
mod problem;
#[cfg(feature = "settings")]
mod registers;
mod round;
#[cfg(feature = "settings")]
mod settings;

pub use checked::if_right;
#[cfg(feature = "settings")]
use contacts::leads_out;
pub use contacts::{ContactPart, log_sent, put_contacts, withdraw};
pub use persons::{Added, Addresses, add_persons};
pub use population::{PopulationProblem, population};
pub use problem::PersonsProblem;
#[cfg(feature = "settings")]
pub use registers::{REGISTERS, columns, drop_register, drop_trial, put_register, put_trial};
pub(super) use round::header;
pub use round::{put_form, put_round};
#[cfg(feature = "settings")]
pub use settings::{put_file, put_project, put_settings, settings};

use super::Project;
use crate::problem::Problems;
use std::collections::BTreeMap;

/// The project file among the files.
pub const PROJECT: &str = "project.toml";
/// Where the key of the pseudonyms lies: in the encrypted project file, and in no output.
pub const KEY: &str = "linking.key";

/// Files by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The project file, as text. What is not UTF-8 in it is found when it is parsed.
fn text(files: &Files) -> String {
    String::from_utf8_lossy(files.get(PROJECT).map_or(&[], Vec::as_slice)).into_owned()
}

/// The project, if its file can be read.
fn parse(files: &Files, problems: &mut Problems) -> Option<Project> {
    Project::parse(PROJECT, &text(files), problems).filter(|_| problems.errors() == 0)
}

/// Takes a changed project file, if it can still be read.
fn keep(files: &mut Files, changed: String, problems: &mut Problems) -> bool {
    let is_right = Project::parse(PROJECT, &changed, problems).is_some() && problems.errors() == 0;
    if is_right {
        files.insert(PROJECT.into(), changed.into_bytes());
    }
    is_right
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::project::New;

    pub(super) fn files() -> Files {
        New::example().files(&mut Problems::new()).unwrap()
    }

    pub(super) fn project(files: &Files) -> Project {
        parse(files, &mut Problems::new()).unwrap()
    }
}
