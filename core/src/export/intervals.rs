//! Intervals of counts as JSON: what `bygdepuls interval --format json` prints, wherever it is written.

use crate::interval::Cell;
use std::io::{self, Write};

/// Writes `{"cells":[…],"warnings":[]}` and a line end, with numbers in full precision.
///
/// # Errors
///
/// What `out` says.
///
/// # Example
///
/// ```
/// let mut text = Vec::new();
/// bygdepuls_core::export::intervals::json(&[], &mut text)?;
/// assert_eq!(text, b"{\"cells\":[],\"warnings\":[]}\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn json<W: Write + ?Sized>(cells: &[Cell], out: &mut W) -> io::Result<()> {
    write!(out, "{{\"cells\":")?;
    serde_json::to_writer(&mut *out, cells)?;
    writeln!(out, ",\"warnings\":[]}}")
}
