//! The slow way: every table of whole people that looks the same from outside, and the textbook's elimination.

use bygdepuls_core::disclosure::secondary::Role;
use bygdepuls_core::disclosure::tables::{CellId, Tables};
use std::collections::BTreeMap;

/// Cells as sums of those that are no sum, and what must be equal because a cell is a sum in two ways.
pub(crate) struct Inner {
    /// The cells that are no sum.
    pub(crate) cells: Vec<CellId>,
    /// By cell how often each of those counts.
    pub(crate) sums: Vec<Vec<i64>>,
    /// Combinations that are 0.
    pub(crate) equal: Vec<Vec<i64>>,
}

impl Inner {
    pub(crate) fn new(tables: &Tables) -> Self {
        let mut of: BTreeMap<CellId, Vec<&[CellId]>> = BTreeMap::new();
        tables.margins.iter().for_each(|margin| of.entry(margin.total).or_default().push(&margin.parts));
        // A difference is what is left of its whole: a part, and no total of others. It is innermost.
        let ids = || (0..).take(tables.len());
        let cells: Vec<CellId> = ids().filter(|cell| !of.contains_key(cell)).collect();
        let mut sums: Vec<Option<Vec<i64>>> = vec![None; tables.len()];
        for (place, cell) in cells.iter().enumerate() {
            sums[*cell as usize] = Some((0..cells.len()).map(|other| i64::from(other == place)).collect());
        }
        let mut equal = Vec::new();
        let sum = |parts: &[CellId], sums: &[Option<Vec<i64>>]| -> Option<Vec<i64>> {
            let mut sum = vec![0; cells.len()];
            for part in parts {
                sum.iter_mut().zip(sums[*part as usize].as_ref()?).for_each(|(sum, own)| *sum += own);
            }
            Some(sum)
        };
        while sums.iter().any(Option::is_none) {
            for (total, ways) in &of {
                if sums[*total as usize].is_none() {
                    sums[*total as usize] = ways.iter().find_map(|parts| sum(parts, &sums));
                }
            }
        }
        for (total, ways) in &of {
            let own = sums[*total as usize].clone().unwrap();
            for parts in ways {
                let rest: Vec<i64> = sum(parts, &sums).unwrap().iter().zip(&own).map(|(a, b)| a - b).collect();
                if rest.iter().any(|factor| *factor != 0) && !equal.contains(&rest) {
                    equal.push(rest);
                }
            }
        }
        Self { cells, sums: sums.into_iter().map(Option::unwrap).collect(), equal }
    }

    /// Calls `found` with the counts of all cells for every table that fits what is published. False when they are too many,
    /// or not limited at all.
    pub(crate) fn every_table(
        &self,
        tables: &Tables,
        hidden: &[bool],
        lowest: &[u64],
        mut found: impl FnMut(&[i64]),
    ) -> bool {
        let published = (0..tables.len()).filter(|cell| !hidden[*cell]);
        let mut rows: Vec<(&[i64], i64)> =
            published.map(|cell| (&*self.sums[cell], i64::try_from(tables.counts[cell]).unwrap())).collect();
        rows.extend(self.equal.iter().map(|row| (&**row, 0)));
        // From above: the smallest published sum that an innermost cell is in.
        let above = |place: usize| {
            let sums = rows.iter().filter(|(row, _)| row[place] > 0 && row.iter().all(|factor| *factor >= 0));
            sums.map(|(_, count)| *count).min()
        };
        let Some(most) = (0..self.cells.len()).map(above).collect::<Option<Vec<i64>>>() else { return false };
        let lowest = |cell: usize| if hidden[cell] { i64::try_from(lowest[cell]).unwrap() } else { 0 };
        let least: Vec<i64> = self.cells.iter().map(|cell| lowest(*cell as usize)).collect();
        let mut search = Search { rows: &rows, least: &least, most: &most, steps: 0 };
        let mut counts = vec![0; self.cells.len()];
        let mut left: Vec<i64> = rows.iter().map(|(_, count)| *count).collect();
        search.go(0, &mut counts, &mut left, &mut |inner| {
            let all: Vec<i64> =
                self.sums.iter().map(|sum| sum.iter().zip(inner).map(|(factor, count)| factor * count).sum()).collect();
            if (0..all.len()).all(|cell| all[cell] >= lowest(cell)) {
                found(&all);
            }
        })
    }
}

const STEPS: usize = 400_000;

struct Search<'a> {
    rows: &'a [(&'a [i64], i64)],
    least: &'a [i64],
    most: &'a [i64],
    steps: usize,
}

impl Search<'_> {
    fn go(&mut self, place: usize, counts: &mut [i64], left: &mut [i64], found: &mut dyn FnMut(&[i64])) -> bool {
        self.steps += 1;
        if self.steps > STEPS {
            return false;
        }
        // What the cells that are still to come can add to each row.
        let possible = self.rows.iter().zip(&*left).all(|((row, _), left)| {
            let coming = || row.iter().enumerate().skip(place);
            let end = |low: bool, (at, factor): (usize, &i64)| {
                factor * if (*factor > 0) == low { self.least[at] } else { self.most[at] }
            };
            let low: i64 = coming().map(|term| end(true, term)).sum();
            let high: i64 = coming().map(|term| end(false, term)).sum();
            (low..=high).contains(left)
        });
        if !possible {
            return true;
        }
        if place == counts.len() {
            found(counts);
            return true;
        }
        for count in self.least[place]..=self.most[place] {
            counts[place] = count;
            self.rows.iter().zip(&mut *left).for_each(|((row, _), left)| *left -= row[place] * count);
            let all = self.go(place + 1, counts, left, found);
            self.rows.iter().zip(&mut *left).for_each(|((row, _), left)| *left += row[place] * count);
            if !all {
                return false;
            }
        }
        true
    }
}

/// A fraction.
type Ratio = (i128, i128);

fn reduced((above, below): Ratio) -> Ratio {
    let (mut a, mut b) = (above.abs(), below.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    if a == 0 { (0, 1) } else { (above / a * below.signum(), below.abs() / a) }
}

/// Rows in echelon form.
#[derive(Clone, Default)]
struct Span(Vec<Vec<Ratio>>);

impl Span {
    fn rest(&self, row: &[i64]) -> Vec<Ratio> {
        let mut rest: Vec<Ratio> = row.iter().map(|factor| (i128::from(*factor), 1)).collect();
        for own in &self.0 {
            let pivot = own.iter().position(|ratio| ratio.0 != 0).unwrap();
            let (above, below) = reduced((rest[pivot].0 * own[pivot].1, rest[pivot].1 * own[pivot].0));
            for (rest, own) in rest.iter_mut().zip(own) {
                *rest = reduced((rest.0 * below * own.1 - above * own.0 * rest.1, rest.1 * below * own.1));
            }
        }
        rest
    }

    fn holds(&self, row: &[i64]) -> bool {
        self.rest(row).iter().all(|ratio| ratio.0 == 0)
    }

    fn add(&mut self, row: &[i64]) {
        let rest = self.rest(row);
        if rest.iter().any(|ratio| ratio.0 != 0) {
            self.0.push(rest);
        }
    }
}

/// Langsrud's algorithm as it is described: a cell is published unless a sensitive one would then be a combination of
/// published ones. By cell whether it is hidden.
pub(crate) fn textbook(tables: &Tables, roles: &[Role], wanted: &[CellId]) -> Vec<bool> {
    let inner = Inner::new(tables);
    let mut span = Span::default();
    inner.equal.iter().for_each(|row| span.add(row));
    let with = |role: Role| (0..tables.len()).filter(move |cell| roles[*cell] == role);
    with(Role::Published).for_each(|cell| span.add(&inner.sums[cell]));
    let secrets: Vec<usize> = with(Role::Sensitive).filter(|cell| !span.holds(&inner.sums[*cell])).collect();
    let mut hidden: Vec<bool> = roles.iter().map(|role| *role != Role::Published).collect();
    for cell in wanted.iter().map(|cell| *cell as usize).filter(|cell| roles[*cell] == Role::Open) {
        let mut with = span.clone();
        with.add(&inner.sums[cell]);
        if secrets.iter().all(|secret| !with.holds(&inner.sums[*secret])) {
            span = with;
            hidden[cell] = false;
        }
    }
    hidden
}
