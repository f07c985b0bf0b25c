//! Figures of recruitment and competence, one file each, from the region's own registers. Internal until
//! [`crate::disclosure::recruitment`] has judged them.

mod figures;

pub use figures::{Behind, Column, Entry, Figures, Kind, NoFigure, Shape};
