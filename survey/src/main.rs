//! The command line of Bygdepuls.

#[allow(dead_code, reason = "called when `run` writes pictures")]
mod picture;

fn main() {}
