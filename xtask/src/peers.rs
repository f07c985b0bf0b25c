//! The benchmark beside other software.

/// Not written yet.
pub(crate) fn run(_args: &[String]) -> Result<(), String> {
    Err("the benchmark beside other software is not written yet".into())
}
