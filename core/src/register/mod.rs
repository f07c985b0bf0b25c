//! Registers.

pub mod measures;
