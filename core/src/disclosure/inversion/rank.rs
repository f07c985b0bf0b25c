//! What an order of groups gives away: each group lies between its neighbours.

use super::Candidate;
use std::cmp::Ordering;

/// The candidates of each group that are left once the order is known: highest share first, equal shares allowed beside
/// each other.
///
/// In a chain it is enough to go up and down it once: a candidate is left exactly when some order of all groups has it.
///
/// # Example
///
/// ```
/// use bygdepuls_core::disclosure::inversion::{Candidate, rank::ranked};
/// let all = |n| (0..=n).map(|x| Candidate { n, x }).collect::<Vec<_>>();
/// // A group that stands above one with 3 of 4 had 4 of 5 at least.
/// let left = ranked(&[all(5), vec![Candidate { n: 4, x: 3 }]]);
/// assert_eq!(left[0], [Candidate { n: 5, x: 4 }, Candidate { n: 5, x: 5 }]);
/// ```
#[must_use]
pub fn ranked(groups: &[Vec<Candidate>]) -> Vec<Vec<Candidate>> {
    let mut left = groups.to_vec();
    let mut most: Option<Candidate> = None;
    for group in &mut left {
        group.retain(|one| most.is_none_or(|most| share(one, &most) != Ordering::Greater));
        most = group.iter().copied().max_by(share);
        if most.is_none() {
            return vec![Vec::new(); groups.len()];
        }
    }
    let mut least: Option<Candidate> = None;
    for group in left.iter_mut().rev() {
        group.retain(|one| least.is_none_or(|least| share(one, &least) != Ordering::Less));
        least = group.iter().copied().min_by(share);
    }
    left
}

/// Compares x/n in whole numbers.
fn share(a: &Candidate, b: &Candidate) -> Ordering {
    (u128::from(a.x) * u128::from(b.n)).cmp(&(u128::from(b.x) * u128::from(a.n)))
}
