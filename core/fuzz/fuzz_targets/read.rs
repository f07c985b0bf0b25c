//! Any bytes as a data file, a codebook and a file to estimate from: `cargo +nightly fuzz run read --fuzz-dir core/fuzz`.
#![no_main]

#[path = "../check.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::check(bytes));
