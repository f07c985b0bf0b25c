//! Cells as bytes, one after the other: the counts of its records, then by statistic counts and sums, then pairs,
//! populations and the place of its first record.

use super::{Cells, Pair, Place, Population, Rare, Shape, Sums};
use crate::saved::{Broken, Saved, load_number, save_number};

impl Cells {
    /// Appends all cells.
    pub(in crate::estimate) fn save(&self, to: &mut Vec<u8>) {
        let (variables, pairs, populations) = (self.shape.variables, self.pair_count(), self.shape.populations);
        self.len.save(to);
        for cell in 0..self.len {
            let statistics = cell * variables..(cell + 1) * variables;
            let rare = |place| self.rare.get(place).copied().unwrap_or_default();
            let first = rare(statistics.start);
            self.sums.get(statistics.start).map_or(0, |sums| sums.records).save(to);
            first.outside.save(to);
            first.zero.save(to);
            for place in statistics {
                let (sums, rare) = (&self.sums[place], rare(place));
                sums.n.save(to);
                rare.zero_with_value.save(to);
                rare.tiny.save(to);
                sums.totals.save(to);
                self.below.get(place).iter().for_each(|sum| sum.save(to));
                self.squares.get(place).iter().for_each(|squares| squares.save(to));
                self.spreads.get(place).iter().for_each(|spread| spread.save(to));
            }
            for place in cell * pairs..(cell + 1) * pairs {
                self.pairs[place].n.save(to);
                self.pairs[place].products.save(to);
            }
            (cell * populations..(cell + 1) * populations).for_each(|place| self.populations[place].save(to));
            self.places.get(cell).iter().for_each(|place| save_place(**place, to));
        }
    }

    /// Takes cells of that shape, `most` of them at most.
    pub(in crate::estimate) fn load(shape: Shape, most: usize, from: &mut &[u8]) -> Result<Self, Broken> {
        let mut own = Self::new(shape);
        let pairs = own.pair_count();
        let cells = usize::load(from)?;
        Broken::unless(cells <= most)?;
        for cell in 0..cells {
            own.grow(cell + 1);
            let (records, outside, zero): (u64, _, _) = Saved::load(from)?;
            let inside = records.checked_sub(outside).ok_or(Broken)?;
            Broken::unless(zero <= records)?;
            let start = cell * shape.variables;
            for place in start..start + shape.variables {
                let n = u64::load(from)?;
                let mut rare =
                    Rare { zero_with_value: Saved::load(from)?, tiny: Saved::load(from)?, ..Rare::default() };
                Broken::unless(n <= inside && rare.zero_with_value <= n.min(zero))?;
                let mut sums = Sums { n, totals: Saved::load(from)?, records: 0 };
                if place == start {
                    (sums.records, rare.outside, rare.zero) = (records, outside, zero);
                }
                own.sums[place] = sums;
                if rare.is_there() {
                    *own.rare(place) = rare;
                }
                if shape.ratio {
                    own.below[place] = Saved::load(from)?;
                }
                if shape.elements {
                    own.squares[place] = Saved::load(from)?;
                }
                if shape.spread {
                    own.spreads[place] = Saved::load(from)?;
                }
            }
            for place in cell * pairs..(cell + 1) * pairs {
                own.pairs[place] = Pair { n: Saved::load(from)?, products: Saved::load(from)? };
                Broken::unless(own.pairs[place].n <= inside)?;
            }
            for place in cell * shape.populations..(cell + 1) * shape.populations {
                own.populations[place] = Population::load(from)?;
            }
            if shape.places {
                own.places[cell] = load_place(from)?;
            }
        }
        Ok(own)
    }

    /// How many records all cells have.
    pub(in crate::estimate) fn records(&self) -> u64 {
        self.sums.iter().fold(0, |all, sums| all.saturating_add(sums.records))
    }

    /// Where records stand that are remembered: numbers of pieces.
    pub(in crate::estimate) fn pieces(&self) -> impl Iterator<Item = u64> {
        let of_populations = self.populations.iter().flat_map(|own| [own.least.1, own.most.1]);
        self.places.iter().copied().chain(of_populations).map(|place| place.0)
    }
}

impl Rare {
    fn is_there(&self) -> bool {
        self.outside > 0 || self.zero > 0 || self.zero_with_value > 0 || self.tiny
    }
}

/// A piece has any number.
fn save_place((piece, record, line): Place, to: &mut Vec<u8>) {
    save_number(piece, to);
    record.save(to);
    line.save(to);
}

fn load_place(from: &mut &[u8]) -> Result<Place, Broken> {
    Ok((load_number(from)?, Saved::load(from)?, Saved::load(from)?))
}

impl Saved for Population {
    fn save(&self, to: &mut Vec<u8>) {
        for (value, place) in [self.least, self.most] {
            value.save(to);
            save_place(place, to);
        }
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        let own =
            Self { least: (Saved::load(from)?, load_place(from)?), most: (Saved::load(from)?, load_place(from)?) };
        Broken::unless(0.0 < own.least.0 && own.least.0 <= own.most.0)?;
        Ok(own)
    }
}
