//! Classes of centrality, 1 (most central) to 6 (least), by the limits of an edition.

/// An edition of Statistics Norway's index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edition {
    /// Its year, as in the names of municipalities' versions.
    pub name: &'static str,
    /// The least index of classes 1 to 5; below the last one is class 6.
    pub limits: [f64; 5],
    /// Where the limits are printed.
    pub source: &'static str,
}

/// The editions whose limits a source prints. Editions of 2017 (for 2018) and 2020 had limits of their own, in Notater
/// 2017/40 and 2020/4; until somebody has read them there they are given by hand, never guessed.
pub const EDITIONS: [Edition; 1] = [Edition {
    name: "2024",
    limits: [925.0, 870.0, 775.0, 670.0, 565.0],
    source: "SSB KLASS 128/710, version 2682: 1 (925-1000), 2 (870-924), 3 (775-869), 4 (670-774), 5 (565-669), 6 (0-564)",
}];

/// The edition of a name.
#[must_use]
pub fn edition(name: &str) -> Option<&'static Edition> {
    EDITIONS.iter().find(|edition| edition.name == name.trim())
}

/// The class of an index.
///
/// # Formula
///
/// ```text
/// class = 1 + number of limits above the index
/// ```
///
/// A limit belongs to the class it opens: 925 is class 1. The published index is a whole number and so are the limits;
/// an index with decimals is classed as it is, not rounded first: 924.6 is class 2.
///
/// # Input and result
///
/// | name   | shape | unit  | rule              |
/// |--------|-------|-------|-------------------|
/// | index  | 1     | index | finite            |
/// | limits | 5     | index | descending        |
/// | result | 1     | class | 1 to 6            |
///
/// # Example
///
/// ```
/// # use bygdepuls_core::register::centrality::{class, edition};
/// let limits = edition("2024").unwrap().limits;
/// assert_eq!([1000.0, 925.0, 924.0, 565.0, 564.0].map(|index| class(index, &limits)), [1, 1, 2, 5, 6]);
/// assert!(edition("2020").is_none());
/// ```
///
/// # Source
///
/// Statistics Norway, KLASS 128, standard for sentralitet, edition 2024.
#[must_use]
pub fn class(index: f64, limits: &[f64; 5]) -> u8 {
    limits.iter().fold(1, |class, limit| class + u8::from(index < *limit))
}
