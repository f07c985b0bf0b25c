//! Which items can be told apart.

use super::{NoRanking, Rankings};
use crate::compare::Pairs;
use crate::hypothesis::adjust::{Adjustment, adjust};
use crate::hypothesis::mcnemar;
use crate::interval::Level;

/// Which of several items can be told apart, all pairs together.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart {
    /// For each pair of items, row before column: Holm's p value; 1 for an item and itself.
    pub p_values: Vec<Vec<f64>>,
    /// The largest groups within which no two items can be told apart, each in rising order. An item may be in several.
    pub groups: Vec<Vec<usize>>,
    /// For each item the first and the last place that it can have, from 1. All of them hold at once, at the level.
    pub places: Vec<(usize, usize)>,
}

/// Tells the items of rankings apart: for each pair, those who put the one first against those who put the other first.
///
/// # Formula
///
/// ```text
/// a, b     = people who put i before j, and j before i; ties and absent items count for neither
/// p(i, j)  = P(K <= min(a, b) or K >= max(a, b)),  K ~ binomial(a + b, 1/2)         exact sign test
/// apart    = Holm's p over all pairs <= 1 - level
/// place(i) = 1 + items apart from i and before it  to  items - items apart from i and after it
/// ```
///
/// Exact, so that it holds for ten people; Holm keeps the chance of telling any two alike items apart below 1 - level.
///
/// # Example
///
/// ```
/// use bygdepuls_core::{interval::Level, ranking::{Ranking, Rankings, told_apart}};
/// let people = [vec![Ranking::best(&[0]); 12], vec![Ranking::best(&[1])], vec![Ranking::best(&[2])]].concat();
/// let apart = told_apart(&Rankings::new(3, people)?, Level::P95);
/// assert_eq!(apart.groups, [vec![0], vec![1, 2]]);
/// assert_eq!(apart.places, [(1, 1), (2, 3), (2, 3)]);
/// # Ok::<(), bygdepuls_core::ranking::NoRanking>(())
/// ```
///
/// # Source
///
/// W. J. Conover, *Practical Nonparametric Statistics*, 3rd ed. 1999, section 3.4; S. Holm, Scandinavian Journal of
/// Statistics 6 (1979); places: M. Mogstad, J. P. Romano, A. M. Shaikh, D. Wilhelm, "Inference for ranks", Review of
/// Economic Studies 91 (2024).
#[must_use]
pub fn told_apart(rankings: &Rankings, level: Level) -> Apart {
    let k = rankings.items;
    let mut before = vec![vec![0_u64; k]; k];
    for ranking in &rankings.list {
        let places = ranking.place_of(k);
        for (i, first) in places.iter().enumerate() {
            for (j, second) in places.iter().enumerate() {
                before[i][j] += u64::from(first.zip(*second).is_some_and(|(first, second)| first < second));
            }
        }
    }
    of_wins(&before, level)
}

/// Tells items apart by how many people put each before each other one: `before[i][j]` put i before j.
#[must_use]
pub fn of_wins(before: &[Vec<u64>], level: Level) -> Apart {
    let pair = |i: usize, j: usize| {
        let (a, b): (u64, u64) = (before[i][j], before[j][i]);
        // Nobody put either first: they cannot be told apart.
        let p = Pairs::new(0, a, b, 0).ok().and_then(|pairs| mcnemar::exact(&pairs).ok()).unwrap_or(1.0);
        (p, a.cmp(&b))
    };
    of_pairs(before.len(), pair, level)
}

/// Tells items apart from the p value of each pair i < j before adjustment, and which comes first.
pub(crate) fn of_pairs(k: usize, pair: impl Fn(usize, usize) -> (f64, std::cmp::Ordering), level: Level) -> Apart {
    let pairs: Vec<(usize, usize)> = (0..k).flat_map(|i| (i + 1..k).map(move |j| (i, j))).collect();
    let tests: Vec<_> = pairs.iter().map(|(i, j)| pair(*i, *j)).collect();
    let raw: Vec<f64> = tests.iter().map(|(p, _)| *p).collect();
    let adjusted = adjust(&raw, Adjustment::Holm).unwrap_or_else(|_| vec![1.0; raw.len()]);
    let mut p_values = vec![vec![1.0; k]; k];
    let mut groups = vec![(0..k).collect::<Vec<usize>>()];
    let mut places = vec![(1, k); k];
    for (((i, j), (_, order)), p) in pairs.into_iter().zip(&tests).zip(adjusted) {
        p_values[i][j] = p;
        p_values[j][i] = p;
        if p > 2.0 * level.tail() || order.is_eq() {
            continue;
        }
        let (higher, lower) = if order.is_gt() { (i, j) } else { (j, i) };
        places[higher].1 -= 1;
        places[lower].0 += 1;
        split(&mut groups, i, j);
    }
    groups.sort();
    Apart { p_values, groups, places }
}

/// Splits every group that holds both items, and drops groups that lie inside others.
fn split(groups: &mut Vec<Vec<usize>>, i: usize, j: usize) {
    let both = |group: &Vec<usize>| group.contains(&i) && group.contains(&j);
    let (cut, mut kept): (Vec<_>, Vec<_>) = std::mem::take(groups).into_iter().partition(both);
    for group in cut {
        for out in [i, j] {
            kept.push(group.iter().copied().filter(|item| *item != out).collect::<Vec<_>>());
        }
    }
    kept.sort_by_key(|group| std::cmp::Reverse(group.len()));
    for group in kept {
        if !groups.iter().any(|other| group.iter().all(|item| other.contains(item))) {
            groups.push(group);
        }
    }
}

/// Wald tests of all pairs from estimates and the standard error of their differences.
pub(crate) fn of_estimates(
    estimates: &[f64],
    se: impl Fn(usize, usize) -> f64,
    level: Level,
) -> Result<Apart, NoRanking> {
    let pair = |i: usize, j: usize| {
        let (difference, se) = (estimates[i] - estimates[j], se(i, j));
        let p = if se > 0.0 { 2.0 * crate::distribution::normal::upper_tail((difference / se).abs()) } else { 1.0 };
        (p, estimates[i].total_cmp(&estimates[j]))
    };
    if estimates.iter().any(|estimate| !estimate.is_finite()) {
        return Err(NoRanking::NotConverged);
    }
    Ok(of_pairs(estimates.len(), pair, level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_may_share_items() {
        // 0 and 2 are apart; 1 is apart from neither.
        let apart = of_wins(&[vec![0, 3, 20], vec![1, 0, 4], vec![0, 2, 0]], Level::P95);
        assert_eq!(apart.groups, [vec![0, 1], vec![1, 2]]);
        assert_eq!(apart.places, [(1, 2), (1, 3), (2, 3)]);
        assert_eq!(apart.p_values[0][2], apart.p_values[2][0]);
    }

    #[test]
    fn nobody_told_anything_apart() {
        let apart = of_wins(&[vec![0, 0], vec![0, 0]], Level::P95);
        assert_eq!((apart.groups, apart.places), (vec![vec![0, 1]], vec![(1, 2), (1, 2)]));
    }
}
