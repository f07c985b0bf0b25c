//! Estimates as JSON: what `bygdepuls estimate --format json` prints, wherever it is written.

use crate::estimate::Estimate;
use crate::problem::{Problems, Severity};
use crate::text::Lang;
use std::io::{self, Write};

/// Writes `{"cells":[…],"warnings":[…]}` and a line end: one cell per estimate, numbers in full precision, and the warnings
/// among the problems as sentences.
///
/// # Errors
///
/// What `out` says.
///
/// # Example
///
/// ```
/// use bygdepuls_core::{export::estimates, problem::Problems, text::Lang};
/// let mut text = Vec::new();
/// estimates::json([], &Problems::new(), Lang::En, &mut text)?;
/// assert_eq!(text, b"{\"cells\":[],\"warnings\":[]}\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn json(
    estimates: impl IntoIterator<Item = Estimate>,
    problems: &Problems,
    lang: Lang,
    mut out: impl Write,
) -> io::Result<()> {
    write!(out, "{{\"cells\":[")?;
    for (place, estimate) in estimates.into_iter().enumerate() {
        if place > 0 {
            write!(out, ",")?;
        }
        serde_json::to_writer(&mut out, &estimate)?;
    }
    let warnings = problems.list().iter().filter(|problem| problem.severity == Severity::Warning);
    let warnings: Vec<_> = warnings.map(|problem| problem.what.message(lang)).collect();
    write!(out, "],\"warnings\":")?;
    serde_json::to_writer(&mut out, &warnings)?;
    writeln!(out, "}}")
}
