//! Files of Statistics Norway as they are, and damaged. Expected values were read off the files by eye.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "statbank/damaged.rs"]
mod damaged;
#[path = "statbank/forms.rs"]
mod forms;
#[path = "statbank/samples.rs"]
mod samples;
#[path = "statbank/shared.rs"]
mod shared;
#[cfg(feature = "spreadsheets")]
#[path = "statbank/workbook.rs"]
mod workbook;
