//! Gross change: how the answers of the same people moved between two waves.

use crate::compare::{Crosstab, NoResult};

/// How many moved up a scale, down it, or stayed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// A higher answer the second time.
    pub up: u64,
    /// A lower one.
    pub down: u64,
    /// The same.
    pub steady: u64,
}

/// People by first answer (row) and second answer (column), of `k` answers.
///
/// ```
/// # use bygdepuls_core::panel::flow;
/// assert_eq!(flow::table(&[(0, 1), (1, 1), (1, 1)], 2), [[0, 1], [0, 2]]);
/// ```
#[must_use]
pub fn table(pairs: &[(usize, usize)], k: usize) -> Vec<Vec<u64>> {
    let mut table = vec![vec![0; k]; k];
    pairs.iter().for_each(|(first, second)| table[*first][*second] += 1);
    table
}

/// The same with weights: each person stands for as many.
#[must_use]
pub fn weighted_table(pairs: &[(usize, usize)], weights: &[f64], k: usize) -> Vec<Vec<f64>> {
    let mut table = vec![vec![0.0; k]; k];
    pairs.iter().zip(weights).for_each(|((first, second), weight)| table[*first][*second] += weight);
    table
}

/// How many moved up, down, or stayed, where answers are in rising order.
///
/// # Errors
///
/// [`NoResult::NotSquare`].
///
/// ```
/// # use bygdepuls_core::{compare::Crosstab, panel::flow};
/// let moves = flow::moves(&Crosstab::new(&[[3, 1, 2], [0, 4, 0], [1, 0, 5]])?)?;
/// assert_eq!((moves.up, moves.down, moves.steady), (3, 1, 12));
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
pub fn moves(table: &Crosstab) -> Result<Moves, NoResult> {
    let rows = table.rows();
    if rows.iter().any(|row| row.len() != rows.len()) {
        return Err(NoResult::NotSquare);
    }
    let mut moves = Moves::default();
    for (first, row) in rows.iter().enumerate() {
        for (second, count) in row.iter().enumerate() {
            match second.cmp(&first) {
                std::cmp::Ordering::Greater => moves.up += count,
                std::cmp::Ordering::Less => moves.down += count,
                std::cmp::Ordering::Equal => moves.steady += count,
            }
        }
    }
    Ok(moves)
}

/// What a weighted table of two answers, yes first, says: the share of yes each time, net and gross change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The sum of the weights.
    pub sum: f64,
    /// The share of yes the first time.
    pub first: f64,
    /// The share of yes the second time.
    pub second: f64,
    /// Second less first.
    pub net: f64,
    /// The share who changed their answer either way.
    pub gross: f64,
}

/// The shares and changes of weighted counts: yes both times, stopped, started, no both times. `None` for a sum of 0.
///
/// # Formula
///
/// ```text
/// first = (both + stopped) / sum     second = (both + started) / sum
/// net   = (started - stopped) / sum  gross  = (started + stopped) / sum
/// ```
#[must_use]
pub fn change([both, stopped, started, neither]: [f64; 4]) -> Option<Change> {
    let sum = both + stopped + started + neither;
    (sum > 0.0).then(|| Change {
        sum,
        first: (both + stopped) / sum,
        second: (both + started) / sum,
        net: (started - stopped) / sum,
        gross: (started + stopped) / sum,
    })
}
