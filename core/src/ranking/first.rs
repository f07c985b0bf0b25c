//! How often each item is put first.

use super::Rankings;
use crate::compare::real;

/// The share who put each item first; who puts k items first gives each 1/k.
///
/// # Example
///
/// ```
/// use bygdepuls_core::ranking::{Ranking, Rankings, first};
/// let rankings = Rankings::new(3, vec![Ranking::best(&[0, 1]), Ranking::best(&[0]), Ranking::best(&[2]), Ranking::best(&[0])])?;
/// assert_eq!(first(&rankings), [0.75, 0.0, 0.25]);
/// # Ok::<(), bygdepuls_core::ranking::NoRanking>(())
/// ```
#[must_use]
pub fn first(rankings: &Rankings) -> Vec<f64> {
    let mut counts = vec![0.0; rankings.items];
    for ranking in &rankings.list {
        let tied = &ranking.places[0];
        tied.iter().for_each(|item| counts[*item] += 1.0 / real(tied.len() as u64));
    }
    counts.iter().map(|count| count / real(rankings.n())).collect()
}
