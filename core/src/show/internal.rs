//! The internal page.
