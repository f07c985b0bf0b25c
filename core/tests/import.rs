//! Exports of survey tools to coded answers: the samples, faults, and the same answers in ten dialects.

#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "import/dialects.rs"]
mod dialects;
#[path = "import/faults.rs"]
mod faults;
#[path = "import/samples.rs"]
mod samples;
#[path = "import/shared.rs"]
mod shared;
#[cfg(feature = "spss")]
#[path = "import/spss.rs"]
mod spss;
#[path = "import/ten.rs"]
mod ten;
