//! The registers that findings read, before anything is computed of them.

use super::{moves, outcomes, trial};
use crate::problem::Problems;
use crate::project::Project;
use crate::register::measures::{Measures, Note};
use std::collections::BTreeMap;

/// Reads every file that the project names for its findings, as of a day, and reports what is wrong with each. No answer is
/// needed for that; whether a measure answers a question that was asked is seen when the findings are computed. A file that is
/// not given is left out.
pub fn check(project: &Project, files: &BTreeMap<String, Vec<u8>>, today: &str, problems: &mut Problems) {
    let roles = &project.findings;
    let given = |file: &Option<String>| {
        let name = file.clone()?;
        let bytes = files.get(&name)?;
        Some((name, bytes.as_slice()))
    };
    if let Some((name, bytes)) = given(&roles.measures) {
        let _ = Measures::read(&name, bytes, problems);
    }
    if let Some((name, bytes)) = given(&roles.notes) {
        let _ = Note::read_all(&name, bytes, problems);
    }
    if let Some((name, _)) = given(&roles.outcomes) {
        let _ = outcomes::read(&name, files, today, problems);
    }
    if let Some((name, bytes)) = given(&roles.moves) {
        let _ = moves::read(&name, bytes, problems);
    }
    for own in &roles.trials {
        if let Some(bytes) = files.get(&own.file) {
            let _ = trial::read(own, bytes, problems);
        }
    }
}
