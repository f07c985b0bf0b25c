//! The sums of groups of records: all that is kept of a file.

mod saved;

use super::chunks::Chunks;
use crate::sum::{self, Moments, Sum};

/// What is summed beside weights and weighted values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// How many statistics.
    pub(super) variables: usize,
    /// Whether one of them is a ratio.
    pub(super) ratio: bool,
    /// Whether records are sampling units, so that squares are needed.
    pub(super) elements: bool,
    /// Whether covariances between statistics are needed.
    pub(super) pairs: bool,
    /// Whether the spread of values is needed.
    pub(super) spread: bool,
    /// How many columns of finite populations.
    pub(super) populations: usize,
    /// Whether places in the file are needed.
    pub(super) places: bool,
}

/// The records of a cell, whatever they hold.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// All of them.
    pub(super) records: u64,
    /// Those with a weight above 0.
    pub(super) weighted: u64,
    /// Those that meet the conditions.
    pub(super) inside: u64,
}

/// What is summed for one statistic in a cell: one line of the cache.
#[derive(Clone, Debug, Default)]
#[repr(align(64))]
pub(super) struct Sums {
    /// Of weights, and of weights times values, of the records that have a value.
    totals: sum::Sums<2>,
    /// How many have one.
    pub(super) n: u64,
    /// Records of the cell, whatever they hold; counted with the first statistic.
    records: u64,
}

impl Sums {
    /// The sum of weights.
    pub(super) fn weight(&self) -> Sum {
        self.totals.sum(0)
    }

    /// The sum of weights times values.
    pub(super) fn value(&self) -> Sum {
        self.totals.sum(1)
    }
}

/// What few records have, so that it is kept only where one has.
#[derive(Clone, Copy, Debug, Default)]
struct Rare {
    /// Records that do not meet the conditions; counted with the first statistic.
    outside: u64,
    /// Records of weight 0, whatever they hold; counted with the first statistic.
    zero: u64,
    /// Records of weight 0 that have a value.
    zero_with_value: u64,
    /// Whether a product was too small for a double.
    tiny: bool,
}

/// Two statistics in a cell: records that have both, and the products a1 a2, a1 b2, b1 a2, b1 b2.
#[derive(Clone, Debug, Default)]
pub(super) struct Pair {
    pub(super) n: u64,
    pub(super) products: Moments<4>,
}

/// Where a record stands: number of the piece, record and line in it.
pub(super) type Place = (u64, u64, u64);

/// The smallest and the largest population that records of a cell were given, each where it stands first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Population {
    pub(super) least: (f64, Place),
    pub(super) most: (f64, Place),
}

impl Default for Population {
    fn default() -> Self {
        let nowhere = (u64::MAX, 0, 0);
        Self { least: (f64::INFINITY, nowhere), most: (f64::NEG_INFINITY, nowhere) }
    }
}

impl Population {
    pub(super) fn see(&mut self, value: f64, place: Place) {
        let at = (value, place);
        self.merge(&Self { least: at, most: at });
    }

    pub(super) fn merge(&mut self, other: &Self) {
        if other.least.0 < self.least.0 || (other.least.0 == self.least.0 && other.least.1 < self.least.1) {
            self.least = other.least;
        }
        if other.most.0 > self.most.0 || (other.most.0 == self.most.0 && other.most.1 < self.most.1) {
            self.most = other.most;
        }
    }
}

/// One value of a statistic: what is above the line and what is below it; 1 unless it is a ratio.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    pub(super) y: f64,
    pub(super) x: f64,
}

impl Value {
    pub(super) const MISSING: Self = Self { y: f64::NAN, x: f64::NAN };

    #[inline]
    pub(super) fn is_missing(self) -> bool {
        self.y.is_nan()
    }
}

/// One record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) weight: f64,
    /// Whether it meets the conditions.
    pub(super) inside: bool,
}

/// Cells whose sums are asked for together when they are merged.
const TOGETHER: usize = 256;

/// The sums of all cells, by their numbers.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    pub(super) shape: Shape,
    len: usize,
    /// By cell, then statistic. So are the others, but for places and populations.
    pub(super) sums: Chunks<Sums>,
    /// None where no record is rare.
    rare: Chunks<Rare>,
    /// Of weights times what is below the line.
    pub(super) below: Chunks<Sum>,
    /// Of the products aa, ab, bb: a is the weight times what is below the line, b the weight times the value.
    pub(super) squares: Chunks<Moments<3>>,
    /// Of weight times xx, xy, yy.
    pub(super) spreads: Chunks<Moments<3>>,
    /// By cell, then pair of statistics.
    pub(super) pairs: Chunks<Pair>,
    /// By cell, then stage.
    pub(super) populations: Chunks<Population>,
    /// By cell: the first record.
    pub(super) places: Vec<Place>,
}

impl Cells {
    pub(super) fn new(shape: Shape) -> Self {
        Self {
            shape,
            len: 0,
            sums: Chunks::default(),
            rare: Chunks::default(),
            below: Chunks::default(),
            squares: Chunks::default(),
            spreads: Chunks::default(),
            pairs: Chunks::default(),
            populations: Chunks::default(),
            places: Vec::new(),
        }
    }

    /// How many pairs of statistics there are.
    pub(super) fn pair_count(&self) -> usize {
        if self.shape.pairs { self.shape.variables * (self.shape.variables - 1) / 2 } else { 0 }
    }

    /// The number of a pair of statistics, the second the later one.
    pub(super) fn pair(first: usize, second: usize) -> usize {
        second * (second - 1) / 2 + first
    }

    /// Makes room for as many cells.
    #[cold]
    pub(super) fn grow(&mut self, cells: usize) {
        let Shape { variables, ratio, elements, spread, populations, places, .. } = self.shape;
        let of = |wanted: bool| if wanted { cells * variables } else { 0 };
        self.len = cells;
        self.sums.grow(cells * variables);
        self.below.grow(of(ratio));
        self.squares.grow(of(elements));
        self.spreads.grow(of(spread));
        self.pairs.grow(cells * self.pair_count());
        self.populations.grow(cells * populations);
        self.places.resize(if places { cells } else { 0 }, (u64::MAX, 0, 0));
    }

    /// Adds a record.
    #[inline]
    pub(super) fn add(&mut self, cell: usize, entry: Entry, values: &[Value]) {
        if cell >= self.len {
            self.grow(cell + 1);
        }
        let Entry { weight, inside } = entry;
        let first = cell * self.shape.variables;
        if let Some(sums) = self.sums.get_mut(first) {
            sums.records += 1;
        }
        if weight == 0.0 || !inside {
            let rare = self.rare(first);
            rare.zero += u64::from(weight == 0.0);
            rare.outside += u64::from(!inside);
        }
        if !inside {
            return;
        }
        for (place, value) in (first..).zip(values) {
            if value.is_missing() {
                continue;
            }
            let above = weight * value.y;
            let mut under = weight;
            let sums = &mut self.sums[place];
            sums.n += 1;
            sums.totals.add(0, weight);
            sums.totals.add(1, above);
            if above.abs() < f64::MIN_POSITIVE && (weight == 0.0 || value.y != 0.0) {
                let rare = self.rare(place);
                rare.zero_with_value += u64::from(weight == 0.0);
                rare.tiny |= weight != 0.0;
            }
            if self.shape.ratio {
                under = weight * value.x;
                self.below[place].add(under);
            }
            if self.shape.elements {
                let squares = &mut self.squares[place];
                squares.add(0, under, under);
                if above != 0.0 {
                    squares.add(1, under, above);
                    squares.add(2, above, above);
                }
            }
            if self.shape.spread {
                let spread = &mut self.spreads[place];
                spread.add(0, under, value.x);
                spread.add(1, under, value.y);
                spread.add(2, above, value.y);
            }
        }
        if self.shape.pairs {
            self.add_pairs(cell, weight, values);
        }
    }

    #[cold]
    fn rare(&mut self, place: usize) -> &mut Rare {
        self.rare.grow(self.sums.len());
        &mut self.rare[place]
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The records of a cell.
    pub(super) fn tally(&self, cell: usize) -> Tally {
        let first = cell * self.shape.variables;
        let records = self.sums.get(first).map_or(0, |sums| sums.records);
        let rare = self.rare.get(first).copied().unwrap_or_default();
        Tally { records, weighted: records - rare.zero, inside: records - rare.outside }
    }

    /// Records with a value and a weight above 0.
    pub(super) fn weighted(&self, place: usize) -> u64 {
        self.sums[place].n - self.rare.get(place).map_or(0, |rare| rare.zero_with_value)
    }

    /// Whether a product was too small for a double.
    pub(super) fn is_tiny(&self, place: usize) -> bool {
        self.rare.get(place).is_some_and(|rare| rare.tiny)
    }

    /// Asks the memory for what a batch will add to, all at once, so that it need not wait for one after the other.
    #[inline]
    pub(super) fn fetch(&self, cells: &[u32]) -> u64 {
        let many = self.shape.variables;
        let mut seen = 0;
        for cell in cells {
            let first = *cell as usize * many;
            seen ^= self.sums.get(first).map_or(0, |sums| sums.n);
            if let Some(squares) = self.squares.get(first) {
                seen ^= squares.touch();
            }
        }
        seen
    }

    fn add_pairs(&mut self, cell: usize, weight: f64, values: &[Value]) {
        let start = cell * self.pair_count();
        for (second, two) in values.iter().enumerate() {
            for (first, one) in values[..second].iter().enumerate() {
                if one.is_missing() || two.is_missing() {
                    continue;
                }
                let pair = &mut self.pairs[start + Self::pair(first, second)];
                pair.n += 1;
                let sides = |value: &Value| [weight * value.x, weight * value.y];
                for (place, a) in [0, 2].into_iter().zip(sides(one)) {
                    for (place, b) in (place..).zip(sides(two)) {
                        pair.products.add(place, a, b);
                    }
                }
            }
        }
    }

    /// Adds other cells, each to the own cell of the number given.
    pub(super) fn merge(&mut self, other: &Self, numbers: &[u32]) {
        let most = numbers.iter().copied().max().map_or(0, |most| most as usize + 1);
        if other.len > 0 && most > self.len {
            self.grow(most);
        }
        if !other.rare.is_empty() && !self.sums.is_empty() {
            self.rare(0);
        }
        let (variables, pairs, populations) = (self.shape.variables, self.pair_count(), self.shape.populations);
        for (from, to) in numbers.iter().map(|number| *number as usize).enumerate().take(other.len) {
            if from % TOGETHER == 0 {
                std::hint::black_box(self.fetch(&numbers[from..numbers.len().min(from + TOGETHER)]));
            }
            each(&mut self.sums, &other.sums, (to, from), variables, |own, other| {
                own.totals.merge(&other.totals);
                own.n += other.n;
                own.records += other.records;
            });
            each(&mut self.rare, &other.rare, (to, from), variables, |own, other| {
                own.outside += other.outside;
                own.zero += other.zero;
                own.zero_with_value += other.zero_with_value;
                own.tiny |= other.tiny;
            });
            each(&mut self.below, &other.below, (to, from), variables, Sum::merge);
            each(&mut self.squares, &other.squares, (to, from), variables, Moments::merge);
            each(&mut self.spreads, &other.spreads, (to, from), variables, Moments::merge);
            each(&mut self.pairs, &other.pairs, (to, from), pairs, |own, other| {
                own.n += other.n;
                own.products.merge(&other.products);
            });
            each(&mut self.populations, &other.populations, (to, from), populations, Population::merge);
            if let (Some(own), Some(other)) = (self.places.get_mut(to), other.places.get(from)) {
                *own = (*own).min(*other);
            }
        }
    }
}

/// Joins the values of two cells, so many each; nothing where none are kept.
fn each<T: Default>(
    own: &mut Chunks<T>,
    other: &Chunks<T>,
    (to, from): (usize, usize),
    many: usize,
    join: impl Fn(&mut T, &T),
) {
    for place in 0..many {
        if let (Some(own), Some(other)) = (own.get_mut(to * many + place), other.get(from * many + place)) {
            join(own, other);
        }
    }
}
