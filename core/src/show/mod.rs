//! A safe cube as an accessible picture and table.
