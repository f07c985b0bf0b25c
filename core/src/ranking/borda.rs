//! The Borda count.

use super::{Rankings, Rest};
use crate::compare::{Interval, NoResult, real};
use crate::hypothesis::t_test;
use crate::interval::Level;

/// The points of one item.
#[derive(Clone, Debug, PartialEq)]
pub struct Borda {
    /// How many people had it to choose.
    pub n: u64,
    /// The sum of points.
    pub total: f64,
    /// Points per person, 0 (always last) to items − 1 (always first).
    pub mean: f64,
    /// Student's interval of the mean; the reason where there is none.
    pub interval: Result<Interval, NoResult>,
}

/// The points of each item: one for every item that it is put before.
///
/// # Formula
///
/// ```text
/// points = items that it is put before + 1/2 of those that it is tied with
/// mean   = sum of points / n
/// ```
///
/// Items that a person does not name are tied with each other after those that are named. Where only a of the k items were
/// there to choose, points count (k - 1) / (a - 1) times, so that first is always k - 1; a single item says nothing.
///
/// The interval takes people as drawn independently: it is about people like these.
///
/// # Example
///
/// ```
/// use bygdepuls_core::ranking::{Ranking, Rankings, borda};
/// let rankings = Rankings::new(3, vec![Ranking::best(&[0, 1, 2]), Ranking::best(&[0])])?;
/// let totals: Vec<f64> = borda(&rankings, bygdepuls_core::interval::Level::P95).iter().map(|item| item.total).collect();
/// assert_eq!(totals, [4.0, 1.5, 0.5]); // the second person: 2, and 1/2 each
/// # Ok::<(), bygdepuls_core::ranking::NoRanking>(())
/// ```
///
/// # Source
///
/// J.-C. de Borda, *Mémoire sur les élections au scrutin* (1781); unnamed items averaged: D. Black, *The Theory of
/// Committees and Elections* (1958), chapter IX.
#[must_use]
pub fn borda(rankings: &Rankings, level: Level) -> Vec<Borda> {
    let mut points = vec![Vec::new(); rankings.items];
    for ranking in &rankings.list {
        let places = ranking.place_of(rankings.items);
        let there = places.iter().flatten().count();
        if there < 2 {
            continue;
        }
        let scale = match ranking.rest {
            Rest::Below => 1.0,
            Rest::Absent => real(rankings.items as u64 - 1) / real(there as u64 - 1),
        };
        for (item, place) in places.iter().enumerate() {
            let Some(place) = place else { continue };
            let after = places.iter().flatten().filter(|other| *other > place).count();
            let tied = places.iter().flatten().filter(|other| *other == place).count() - 1;
            points[item].push(scale * (real(after as u64) + 0.5 * real(tied as u64)));
        }
    }
    let item = |points: &Vec<f64>| {
        let (n, total) = (points.len() as u64, points.iter().sum::<f64>());
        let interval = if points.windows(2).all(|pair| pair[0] == pair[1]) && n > 1 {
            Err(NoResult::NoVariance)
        } else {
            t_test::mean_interval(points, level)
        };
        Borda { n, total, mean: if n == 0 { 0.0 } else { total / real(n) }, interval }
    };
    points.iter().map(item).collect()
}
