//! CSV bytes to typed columns, checked against a codebook; every problem located.

pub mod codebook;
pub mod table;

pub use codebook::{Codebook, CodebookCategory, DecimalMark, Kind, Variable};
pub use table::{Column, Data, Missing, Table, read_table};
