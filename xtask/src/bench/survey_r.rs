//! W1 with R's package survey, once.

use super::peers::{Measured, measured};
use super::{Outcome, data};
use crate::tool;
use std::path::Path;
use std::process::{Command, Stdio};

/// What R took, and whether its figures are ours; nothing where R or the package is missing.
///
/// # Errors
///
/// R fails; its figures differ.
pub(super) fn w1(file: &Path, ours: &Path) -> Outcome<Option<(Measured, f64)>> {
    if tool::output(tool::command("Rscript", &["-e", "library(survey)"])).is_none() {
        return Ok(None);
    }
    let out = data::folder().join("W1-survey.csv");
    let mut command = Command::new("Rscript");
    command.arg(data::script("w1_survey.R")).arg(file).arg(&out).stderr(Stdio::null());
    let measured = measured(&mut command)?;
    Ok(Some((measured, data::agree("W1", ours, &[out])?)))
}
