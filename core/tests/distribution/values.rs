//! See `../distribution.rs`.
pub(crate) const VALUES: &[(&str, [f64; 3], f64)] = &[("normal upper_tail", [-3.0, 0.0, 0.0], 0.998650101968369905)];
