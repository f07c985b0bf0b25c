//! Replicate ratios of many domains, from sums by domain and sampling unit.

use super::Replicates;
use std::ops::Range;

/// Replicates that are computed together.
pub const BLOCK: usize = 64;

/// Factors that can be had in pieces: for a range of units and a block of replicates.
pub trait Multipliers {
    /// How many replicates there are.
    fn replicates(&self) -> usize;
    /// How many ranges the units are divided into: the strata, where factors are drawn by strata.
    fn chunks(&self) -> usize;
    /// The units of a range. Ranges follow each other.
    fn units(&self, chunk: usize) -> Range<u32>;
    /// The factors of the units of a range in replicates 64 `block` and on, a row per unit. What is beyond the last replicate
    /// is not looked at.
    fn fill(&self, chunk: usize, block: usize, rows: &mut Vec<[f64; BLOCK]>);
}

impl Multipliers for Replicates {
    fn replicates(&self) -> usize {
        self.len()
    }

    fn chunks(&self) -> usize {
        self.units.div_ceil(BLOCK)
    }

    fn units(&self, chunk: usize) -> Range<u32> {
        let bound = |unit: usize| u32::try_from(unit.min(self.units)).unwrap_or(u32::MAX);
        bound(chunk * BLOCK)..bound((chunk + 1) * BLOCK)
    }

    fn fill(&self, chunk: usize, block: usize, rows: &mut Vec<[f64; BLOCK]>) {
        rows.clear();
        let row = |unit| {
            let mut row = [0.0; BLOCK];
            for (replicate, factor) in (block * BLOCK..self.len()).zip(&mut row) {
                *factor = self.factor(replicate, unit);
            }
            row
        };
        rows.extend(self.units(chunk).map(row));
    }
}

/// Two sums for each domain and sampling unit in which it has records: of a share the weights of yes and of all, of a ratio
/// weight times numerator and weight times denominator. All that replicate ratios need, however many records there were.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    domains: usize,
    /// Where the cells of each unit begin, and their end.
    first: Vec<usize>,
    /// Domain, numerator and denominator, by unit.
    cells: Vec<(u32, f64, f64)>,
}

impl Cells {
    /// Cells as domain, unit, numerator, denominator, in any order; those of one unit keep theirs.
    #[must_use]
    pub fn new(domains: usize, units: usize, cells: &[(u32, u32, f64, f64)]) -> Self {
        let mut first = vec![0; units + 1];
        for (_, unit, ..) in cells {
            first[*unit as usize + 1] += 1;
        }
        for unit in 0..units {
            first[unit + 1] += first[unit];
        }
        let mut next = first.clone();
        let mut by_unit = vec![(0, 0.0, 0.0); cells.len()];
        for (domain, unit, numerator, denominator) in cells {
            let place = &mut next[*unit as usize];
            by_unit[*place] = (*domain, *numerator, *denominator);
            *place += 1;
        }
        Self { domains, first, cells: by_unit }
    }

    /// The sums of one block of replicates. Blocks are independent of each other: compute them on any threads, in any order.
    ///
    /// Each sum is added up in the order of the units, so it is the same to the last bit however blocks are shared out.
    #[must_use]
    pub fn block(&self, multipliers: &impl Multipliers, block: usize) -> Sums {
        let mut sums = Sums { block, numerator: zeros(self.domains), denominator: zeros(self.domains) };
        let mut rows = Vec::new();
        for chunk in 0..multipliers.chunks() {
            let units = multipliers.units(chunk);
            let range = self.first[units.start as usize]..self.first[units.end as usize];
            if range.is_empty() {
                continue;
            }
            multipliers.fill(chunk, block, &mut rows);
            for (unit, row) in units.zip(&rows) {
                let unit = unit as usize;
                for (domain, numerator, denominator) in &self.cells[self.first[unit]..self.first[unit + 1]] {
                    let above = &mut sums.numerator[*domain as usize];
                    let below = &mut sums.denominator[*domain as usize];
                    for place in 0..BLOCK {
                        above[place] += row[place] * numerator;
                        below[place] += row[place] * denominator;
                    }
                }
            }
        }
        sums
    }

    /// The cells of each domain as unit, numerator and denominator, ascending by unit. Cells of one unit are one.
    pub(super) fn by_domain(&self) -> Vec<Vec<(u32, f64, f64)>> {
        let mut domains = vec![Vec::<(u32, f64, f64)>::new(); self.domains];
        for (unit, range) in (0..).zip(self.first.windows(2)) {
            for (domain, numerator, denominator) in &self.cells[range[0]..range[1]] {
                let cells = &mut domains[*domain as usize];
                match cells.last_mut() {
                    Some(last) if last.0 == unit => *last = (unit, last.1 + numerator, last.2 + denominator),
                    _ => cells.push((unit, *numerator, *denominator)),
                }
            }
        }
        domains
    }

    /// How many blocks there are for so many replicates.
    #[must_use]
    pub fn blocks(replicates: usize) -> usize {
        replicates.div_ceil(BLOCK)
    }
}

fn zeros(domains: usize) -> Vec<[f64; BLOCK]> {
    vec![[0.0; BLOCK]; domains]
}

/// The sums of one block of replicates.
#[derive(Clone, Debug, PartialEq)]
pub struct Sums {
    block: usize,
    numerator: Vec<[f64; BLOCK]>,
    denominator: Vec<[f64; BLOCK]>,
}

/// The replicate ratios of all domains.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicateRatios {
    replicates: usize,
    blocks: Vec<Sums>,
}

impl ReplicateRatios {
    /// Puts the blocks in order.
    #[must_use]
    pub fn new(replicates: usize, mut blocks: Vec<Sums>) -> Self {
        blocks.sort_by_key(|sums| sums.block);
        Self { replicates, blocks }
    }

    /// The ratio of a domain in each replicate; none where its denominator is 0: no unit of it was drawn.
    #[must_use]
    pub fn of(&self, domain: usize) -> Vec<Option<f64>> {
        let ratios = self.blocks.iter().flat_map(|sums| {
            let pairs = sums.numerator[domain].iter().zip(&sums.denominator[domain]);
            pairs.map(|(above, below)| Some(above / below).filter(|ratio| ratio.is_finite()))
        });
        ratios.take(self.replicates).collect()
    }

    /// The sum above the line of a domain in each replicate.
    #[must_use]
    pub fn above(&self, domain: usize) -> Vec<f64> {
        self.blocks.iter().flat_map(|sums| sums.numerator[domain]).take(self.replicates).collect()
    }

    /// The sum below the line of a domain in each replicate.
    #[must_use]
    pub fn below(&self, domain: usize) -> Vec<f64> {
        self.blocks.iter().flat_map(|sums| sums.denominator[domain]).take(self.replicates).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Design, LonelyPsu, StageColumns};
    use crate::read::Categories;
    use crate::weight::replicate::{Bootstrap, BootstrapMethod};

    /// Domain, unit, numerator, denominator.
    type Cell = (u32, u32, f64, f64);

    /// Strata of 2, 3, 4, 1 units.
    fn design(population: Option<f64>) -> Design {
        let strata = [0, 0, 1, 1, 1, 2, 2, 2, 2, 3];
        let strata = Categories { codes: strata.to_vec(), labels: ["a", "b", "c", "d"].map(Into::into).to_vec() };
        let fpc = population.map(|population| vec![population; 10]);
        let stage = StageColumns { strata: vec![&strata], units: None, fpc: fpc.as_deref() };
        Design::new(10, &[stage], Some(vec![1.0; 10]), false, LonelyPsu::Remove).unwrap()
    }

    fn bootstrap(design: &Design, method: BootstrapMethod, seed: u64) -> Bootstrap {
        Bootstrap::new(&design.stages.stages[0], LonelyPsu::Remove, method, 100, seed).unwrap()
    }

    #[test]
    fn factors_sum_to_the_units_of_each_stratum() {
        for (population, method) in [
            (None, BootstrapMethod::RaoWu),
            (None, BootstrapMethod::CantyDavison),
            (Some(10.0), BootstrapMethod::CantyDavison),
        ] {
            let design = design(population);
            let replicates = Bootstrap::of_design(&design, method, 100, 7).unwrap();
            for replicate in 0..100 {
                for (units, n) in [(0..2, 2.0), (2..5, 3.0), (5..9, 4.0), (9..10, 1.0)] {
                    let sum: f64 = units.map(|unit| replicates.factor(replicate, unit)).sum();
                    assert!((sum - n).abs() < 1e-12);
                }
            }
            assert_eq!(replicates.df, 6.0, "ten units less four strata");
        }
        let census = Bootstrap::of_design(&design(Some(4.0)), BootstrapMethod::CantyDavison, 100, 7).unwrap();
        assert!((0..100).all(|replicate| (5..9).all(|unit| census.factor(replicate, unit) == 1.0)));
    }

    /// Words of ChaCha8 by an implementation of RFC 8439's block function with 8 rounds, written for this check.
    #[test]
    fn the_generator_is_the_documented_one() {
        let replicates = Bootstrap::of_design(&design(None), BootstrapMethod::RaoWu, 100, 7).unwrap();
        // Stream 0: one draw of two units, the highest bit of each word.
        let first: Vec<u8> = (0..16).map(|replicate| u8::from(replicates.factor(replicate, 1) > 0.0)).collect();
        assert_eq!(first, [0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0]);
        // Stream 2^32 + 2: three draws of four units, the two highest bits: [1, 0, 3] in replicate 64, [1, 2, 2] in replicate 65.
        let count = |replicate| [5, 6, 7, 8].map(|unit| (replicates.factor(replicate, unit) * 0.75).round());
        assert_eq!([count(64), count(65)], [[1.0, 1.0, 0.0, 1.0], [0.0, 1.0, 2.0, 0.0]]);
    }

    #[test]
    fn ratios_are_those_of_the_weights_whatever_the_order_of_blocks() {
        let design = design(None);
        let bootstrap = bootstrap(&design, BootstrapMethod::RaoWu, 3);
        let values = [1.0, 2.0, 0.0, 5.0, 3.0, 1.0, 1.0, 4.0, 2.0, 9.0];
        // Domain 0 has all units, domain 1 the units of strata a and c.
        let cell = |domain: u32, unit: u32| (domain, unit, values[unit as usize], 1.0 + f64::from(unit));
        let listed: Vec<_> =
            (0..10).map(|unit| cell(0, unit)).chain([0, 1, 5, 6, 7, 8].map(|unit| cell(1, unit))).collect();
        let cells = Cells::new(2, 10, &listed);
        let blocks: Vec<_> = (0..Cells::blocks(100)).map(|block| cells.block(&bootstrap, block)).collect();
        let reversed = blocks.iter().rev().cloned().collect();
        let ratios = ReplicateRatios::new(100, blocks);
        assert_eq!(ratios, ReplicateRatios::new(100, reversed));
        let replicates = Bootstrap::of_design(&design, BootstrapMethod::RaoWu, 100, 3).unwrap();
        let dense = ReplicateRatios::new(100, (0..2).map(|block| cells.block(&replicates, block)).collect());
        assert!((0..2).all(|domain| ratios.of(domain) == dense.of(domain)), "the same factors, held at once");
        for domain in 0..2 {
            for (replicate, ratio) in ratios.of(domain as usize).into_iter().enumerate() {
                let sum = |of: &dyn Fn(&Cell) -> f64| -> f64 {
                    let cells = listed.iter().filter(|cell| cell.0 == domain);
                    cells.map(|cell| of(cell) * replicates.factor(replicate, cell.1)).sum()
                };
                let expected = sum(&|cell| cell.2) / sum(&|cell| cell.3);
                assert!((ratio.unwrap() - expected).abs() < 1e-13);
            }
        }
    }

    #[test]
    fn degrees_of_freedom_without_the_matrix() {
        let stage = Design::simple(vec![1.0; 200]).stages.stages[0].clone();
        let bootstrap =
            |replicates| Bootstrap::new(&stage, LonelyPsu::Fail, BootstrapMethod::RaoWu, replicates, 5).unwrap();
        assert_eq!(bootstrap(100).df(&[true; 200]), 99.0);
        assert_eq!(bootstrap(150).df(&[true; 200]), 149.0, "computed");
        assert_eq!(bootstrap(300).df(&[true; 200]), 199.0, "units less strata");
        let alone = Design::simple(vec![1.0]).stages.stages[0].clone();
        assert!(Bootstrap::new(&alone, LonelyPsu::Adjust, BootstrapMethod::RaoWu, 9, 5).is_err());
    }

    #[test]
    fn no_unit_drawn_is_no_ratio() {
        let design = design(None);
        let bootstrap = bootstrap(&design, BootstrapMethod::RaoWu, 3);
        let cells = Cells::new(1, 10, &[(0, 0, 1.0, 1.0)]);
        let ratios = ReplicateRatios::new(100, (0..2).map(|block| cells.block(&bootstrap, block)).collect()).of(0);
        assert!(ratios.contains(&None) && ratios.contains(&Some(1.0)));
        assert_eq!(ratios.len(), 100);
        assert_eq!(bootstrap.scaling().variance(1.0, &ratios), Ok(0.0));
    }
}
