//! What all publications together give away.

use super::ground::Ground;
use crate::disclosure::audit::{Contradiction, Interval, Known, intervals};
use crate::disclosure::modular::{inverse, minus, plus, times};
use crate::disclosure::tables::{CellId, Margin};
use std::collections::{BTreeMap, BTreeSet};

/// Something that follows from what is published, and may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// A group so small can be told apart by subtraction.
    SmallDifference,
    /// How many of a group said yes.
    Exact,
    /// That all of a group, or all but one, answered alike.
    Alike,
    /// To within two people, how many said yes, or did not, where that may be fewer than five.
    Narrow,
    /// That answers were changed or withdrawn: the figure contradicts what is published.
    Changed,
}

/// The group that something is found out about, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) finding: Finding,
    pub(super) pieces: Vec<usize>,
}

/// What is said of a group: how many said yes, at least and at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) group: usize,
    pub(super) at_least: u64,
    pub(super) at_most: u64,
}

/// A difference between published groups has at least so many people.
pub const SMALLEST_DIFFERENCE: u64 = 10;
/// Counts below this one are small.
const SMALL: u64 = 5;
/// How near to a small count nobody may come.
const NEAR: u64 = 2;
/// So many who all answered alike are a group of which one learns something.
const ALIKE: u64 = 3;

/// What anybody finds out from `earlier` and `new` together and not from `earlier` alone.
///
/// Groups that are looked at: the pieces, the published groups, and what is left of a group without one or all of those
/// that lie inside it; and every small group that sums and differences of published groups give. A group whose own
/// publication says as much is no finding.
pub(super) fn audit(ground: &Ground, earlier: &[Said], new: &[Said]) -> Result<Vec<Found>, Contradiction> {
    let all: Vec<Said> = earlier.iter().chain(new).copied().collect();
    let groups = groups(ground, &all);
    let after = findings(ground, &groups, &all)?;
    if new.is_empty() || after.is_empty() {
        return Ok(if new.is_empty() { after } else { Vec::new() });
    }
    let before: BTreeSet<(Finding, Vec<usize>)> =
        findings(ground, &groups, earlier)?.into_iter().map(|found| (found.finding, found.pieces)).collect();
    Ok(after.into_iter().filter(|found| !before.contains(&(found.finding, found.pieces.clone()))).collect())
}

/// The small groups that can be told apart with `new` and not without, whatever is said of them: this follows from the
/// numbers of answers alone.
pub(super) fn small(ground: &Ground, earlier: &[Said], new: &[Said]) -> Vec<Found> {
    let all: Vec<Said> = earlier.iter().chain(new).copied().collect();
    let (before, after) = (Span::new(ground, earlier), Span::new(ground, &all));
    let is_new =
        |group: &Vec<usize>| ground.size(group) < SMALLEST_DIFFERENCE && after.holds(group) && !before.holds(group);
    let groups = groups(ground, &all).into_iter().filter(is_new);
    let mut found: Vec<Found> = groups.map(|pieces| Found { finding: Finding::SmallDifference, pieces }).collect();
    found.sort_by_key(|found| (ground.size(&found.pieces), found.pieces.clone()));
    found
}

/// The groups that an attacker looks at.
fn groups(ground: &Ground, said: &[Said]) -> BTreeSet<Vec<usize>> {
    let published: BTreeSet<&Vec<usize>> = said.iter().map(|said| &ground.groups[said.group]).collect();
    let mut groups: BTreeSet<Vec<usize>> = (0..ground.sizes.len()).map(|piece| vec![piece]).collect();
    for whole in &published {
        let mut rest: BTreeSet<usize> = whole.iter().copied().collect();
        for part in published.iter().filter(|part| part.len() < whole.len()) {
            if part.iter().all(|piece| whole.binary_search(piece).is_ok()) {
                groups.insert(whole.iter().copied().filter(|piece| part.binary_search(piece).is_err()).collect());
                part.iter().for_each(|piece| {
                    rest.remove(piece);
                });
            }
        }
        groups.insert(rest.into_iter().collect());
        groups.insert((*whole).clone());
    }
    groups.extend(small_differences(ground, said));
    groups.remove(&Vec::new());
    groups
}

/// How many small groups are tried at most, those of the first pieces first.
const TRIES: usize = 200_000;

/// Every group that is too small and can be had by adding and subtracting published groups, whatever pieces it is made of.
fn small_differences(ground: &Ground, said: &[Said]) -> Vec<Vec<usize>> {
    let span = Span::new(ground, said);
    let is_small = |piece: &usize| (1..SMALLEST_DIFFERENCE).contains(&ground.sizes[*piece]);
    // What the span leaves of a sum is the sum of what it leaves of the parts.
    let left = |piece: usize| (piece, span.reduce(&[piece], ground.sizes.len()));
    let pieces: Vec<(usize, Vec<u64>)> = (0..ground.sizes.len()).filter(is_small).map(left).collect();
    let mut found = Vec::new();
    let mut open: Vec<(Vec<usize>, u64, usize, Vec<u64>)> = vec![(Vec::new(), 0, 0, vec![0; ground.sizes.len()])];
    let mut tries = 0;
    while let Some((group, size, next, sum)) = open.pop() {
        for (place, (piece, left)) in pieces.iter().enumerate().skip(next) {
            let size = size + ground.sizes[*piece];
            if size >= SMALLEST_DIFFERENCE || tries == TRIES {
                continue;
            }
            tries += 1;
            let sum: Vec<u64> = sum.iter().zip(left).map(|(a, b)| plus(*a, *b)).collect();
            let group: Vec<usize> = group.iter().copied().chain([*piece]).collect();
            if sum.iter().all(|value| *value == 0) {
                found.push(group.clone());
            }
            open.push((group, size, place + 1, sum));
        }
    }
    found
}

fn findings(ground: &Ground, groups: &BTreeSet<Vec<usize>>, said: &[Said]) -> Result<Vec<Found>, Contradiction> {
    let derived = derive(ground, groups, said)?;
    let span = Span::new(ground, said);
    let mut found = Vec::new();
    for (group, interval) in groups.iter().zip(derived) {
        let n = ground.size(group);
        let (low, high) = (interval.lower, interval.upper.unwrap_or(n).min(n));
        let mut add = |finding| found.push(Found { finding, pieces: group.clone() });
        if n < SMALLEST_DIFFERENCE && span.holds(group) {
            add(Finding::SmallDifference);
        }
        let mut own = said.iter().filter(|said| ground.groups[said.group] == *group);
        if own.clone().any(|own| (own.at_least, own.at_most) == (low, high)) {
            continue;
        }
        // In a group of up to four everything is within two people of the truth.
        let narrow = |low: u64, high: u64| {
            let nearest = low.max(high.saturating_sub(NEAR));
            n >= SMALL && nearest <= high.min(low + NEAR) && nearest < SMALL
        };
        let narrow = |low: u64, high: u64| narrow(low, high) || narrow(n - high, n - low);
        // What is narrow inside a band that is narrow itself is the band.
        let said_so = own.any(|own| narrow(own.at_least, own.at_most));
        if low == high {
            add(Finding::Exact);
        }
        if n >= ALIKE && (high <= 1 || n - low <= 1) {
            add(Finding::Alike);
        } else if low < high && !said_so && narrow(low, high) {
            add(Finding::Narrow);
        }
    }
    found.sort_by(|a, b| {
        (a.finding, ground.size(&a.pieces), &a.pieces).cmp(&(b.finding, ground.size(&b.pieces), &b.pieces))
    });
    Ok(found)
}

/// By group how many of it said yes.
fn derive(ground: &Ground, groups: &BTreeSet<Vec<usize>>, said: &[Said]) -> Result<Vec<Interval>, Contradiction> {
    let id = |cell: usize| CellId::try_from(cell).unwrap_or(CellId::MAX);
    let mut margins = Vec::new();
    let mut highest: Vec<Option<u64>> = ground.sizes.iter().map(|size| Some(*size)).collect();
    let mut cells: BTreeMap<&[usize], usize> = BTreeMap::new();
    for group in groups {
        let cell = match group.as_slice() {
            [piece] => *piece,
            parts => {
                let total = highest.len();
                margins.push(Margin {
                    total: id(total),
                    parts: parts.iter().map(|part| id(*part)).collect(),
                    spare: false,
                });
                highest.push(Some(ground.size(parts)));
                total
            }
        };
        cells.insert(group, cell);
    }
    let mut lowest = vec![0; highest.len()];
    for said in said {
        // Nobody is in it: nothing is said.
        let Some(cell) = cells.get(ground.groups[said.group].as_slice()) else { continue };
        lowest[*cell] = lowest[*cell].max(said.at_least);
        highest[*cell] = Some(highest[*cell].unwrap_or(said.at_most).min(said.at_most));
    }
    let values = vec![None; highest.len()];
    let known = Known { margins: &margins, values: &values, lowest: &lowest, highest: &highest, ..Known::default() };
    let all = intervals(&known)?;
    Ok(groups.iter().map(|group| all[cells[group.as_slice()]]).collect())
}

/// What can be had by adding and subtracting published groups.
struct Span {
    /// In echelon form, each with its leading piece.
    rows: Vec<(usize, Vec<u64>)>,
}

impl Span {
    fn new(ground: &Ground, said: &[Said]) -> Self {
        let mut span = Self { rows: Vec::new() };
        let published: BTreeSet<&Vec<usize>> = said.iter().map(|said| &ground.groups[said.group]).collect();
        for group in published {
            let row = span.reduce(group, ground.sizes.len());
            if let Some(lead) = row.iter().position(|value| *value != 0) {
                let scale = inverse(row[lead]);
                span.rows.push((lead, row.iter().map(|value| times(*value, scale)).collect()));
            }
        }
        span
    }

    fn reduce(&self, group: &[usize], pieces: usize) -> Vec<u64> {
        let mut row = vec![0; pieces];
        group.iter().for_each(|piece| row[*piece] = 1);
        for (lead, other) in &self.rows {
            let factor = minus(row[*lead]);
            if factor != 0 {
                row.iter_mut().zip(other).for_each(|(value, other)| *value = plus(*value, times(factor, *other)));
            }
        }
        row
    }

    fn holds(&self, group: &[usize]) -> bool {
        let pieces = self.rows.first().map_or(0, |(_, row)| row.len());
        !self.rows.is_empty() && self.reduce(group, pieces).iter().all(|value| *value == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground(sizes: &[u64], groups: &[&[usize]]) -> Ground {
        Ground { sizes: sizes.to_vec(), groups: groups.iter().map(|group| group.to_vec()).collect() }
    }

    fn said(group: usize, at_least: u64, at_most: u64) -> Said {
        Said { group, at_least, at_most }
    }

    /// 19 + 22 - 37 are 4 people, who lie in two pieces.
    #[test]
    fn a_difference_of_three_groups() {
        let ground = ground(&[19, 2, 2, 18, 12], &[&[0], &[1, 2, 3], &[0, 3], &[1, 4]]);
        let all: Vec<Said> = (0..4).map(|group| said(group, 0, 12)).collect();
        let found = audit(&ground, &all[..2], &all[2..]).unwrap();
        let small: Vec<_> = found.iter().filter(|found| found.finding == Finding::SmallDifference).collect();
        assert_eq!(small.iter().map(|found| found.pieces.clone()).collect::<Vec<_>>(), [vec![1, 2]]);
    }

    fn names(found: &[Found]) -> Vec<(Finding, Vec<usize>)> {
        found.iter().map(|found| (found.finding, found.pieces.clone())).collect()
    }

    /// 6 of 15, a week later 7 of 16: the late one said yes.
    #[test]
    fn a_late_answer() {
        let ground = ground(&[15, 1], &[&[0], &[0, 1]]);
        let found = audit(&ground, &[said(0, 6, 6)], &[said(1, 7, 7)]).unwrap();
        assert_eq!(names(&found), [(Finding::SmallDifference, vec![1]), (Finding::Exact, vec![1])]);
        // In bands it is still one person who can be told apart.
        let found = audit(&ground, &[said(0, 3, 5)], &[said(1, 4, 6)]).unwrap();
        assert_eq!(names(&found), [(Finding::SmallDifference, vec![1])]);
    }

    /// 6 to 11 of 30, and up to 4 of each half: 2 to 4 of a half, which is narrow inside what is narrow.
    #[test]
    fn bands_of_parts_and_whole() {
        let three = ground(&[15, 15], &[&[0, 1], &[0], &[1]]);
        assert_eq!(audit(&three, &[said(0, 6, 11)], &[said(1, 0, 4), said(2, 0, 4)]).unwrap(), []);
        // 4 to 7 of 20, and up to 3 of each half: at most 6, so that the 4 are known to within two.
        let found =
            audit(&ground(&[10, 10], &[&[0, 1], &[0], &[1]]), &[said(0, 4, 7)], &[said(1, 0, 3), said(2, 0, 3)]);
        assert_eq!(names(&found.unwrap()), [(Finding::Narrow, vec![0, 1])]);
    }

    /// All three publications overlap; no one lies in another, and 4 people are alone in what follows.
    #[test]
    fn what_is_had_by_adding_and_subtracting_several() {
        // {0,1} + {1,2} - {0,2} is twice piece 1.
        let ground = ground(&[10, 4, 10], &[&[0, 1], &[1, 2], &[0, 2]]);
        let all = [said(0, 0, 14), said(1, 0, 14), said(2, 0, 20)];
        assert!(names(&audit(&ground, &[], &all).unwrap()).contains(&(Finding::SmallDifference, vec![1])));
        assert!(audit(&ground, &[], &all[..2]).unwrap().is_empty(), "two alone do not give it");
    }

    #[test]
    fn what_was_known_before_is_not_found_again() {
        let ground = ground(&[15, 1, 20], &[&[0], &[0, 1], &[2]]);
        let earlier = [said(0, 6, 6), said(1, 7, 7)];
        assert_eq!(audit(&ground, &earlier, &[said(2, 8, 11)]).unwrap(), []);
        assert_eq!(audit(&ground, &earlier, &[]).unwrap().len(), 2);
    }

    /// 23 or 24 of 24, and then 8 to 12 of one half.
    #[test]
    fn nearly_all_alike() {
        let halves = ground(&[12, 12], &[&[0, 1], &[0]]);
        let found = audit(&halves, &[said(1, 8, 12)], &[said(0, 23, 24)]).unwrap();
        assert!(names(&found).contains(&(Finding::Alike, vec![0])), "{found:?}");
        assert!(!names(&found).contains(&(Finding::Alike, vec![0, 1])), "it says so itself");
        // The other way round the first publication said it already.
        assert_eq!(audit(&halves, &[said(0, 23, 24)], &[said(1, 8, 12)]).unwrap(), []);
    }
}
