//! Questionnaires, whole: what is wrong, what is written, what changed from one year to the next.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[cfg(feature = "import")]
#[path = "questionnaire/arrays.rs"]
mod arrays;
#[path = "questionnaire/compare.rs"]
mod compare;
#[path = "questionnaire/ddi.rs"]
mod ddi;
#[path = "questionnaire/export.rs"]
mod export;
#[path = "questionnaire/lint.rs"]
mod lint;
#[path = "questionnaire/shared.rs"]
mod shared;
