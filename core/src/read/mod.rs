//! CSV bytes to typed columns, checked against a codebook; every problem located.

pub mod block;
pub mod codebook;
pub(crate) mod codes;
pub mod columns;
pub mod encoding;
pub mod found;
pub mod head;
pub mod number;
pub mod problem;
pub mod scan;
mod schema;
pub mod statbank;
pub mod table;

pub use codebook::{Codebook, CodebookCategory, DecimalMark, Kind, Variable};
pub use codes::code_list;
pub use columns::{Categories, Columns, Want};
pub use encoding::Encoding;
pub use head::Head;
pub use problem::ReadProblem;
pub use table::{Column, Data, Missing, Table, read_table};
