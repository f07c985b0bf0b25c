//! Whether people of one class moved in the same years more often than chance would have it.

use super::NoResult;
use crate::compare::{Interval, real};
use crate::distribution::student_t;
use crate::interval::Level;
use crate::weight::replicate::below;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody who moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mover {
    /// Those among whom years could have fallen otherwise: the cohort.
    pub cohort: u32,
    /// Those who may have moved together: the class, or the home municipality; numbered within the cohort.
    pub class: u32,
    /// The year of the move.
    pub year: i32,
}

/// Pairs of one class who moved in the same year, seen and by chance.
#[derive(Clone, Debug, PartialEq)]
pub struct MovingTogether {
    /// People who moved.
    pub movers: u64,
    /// Classes with at least two of them.
    pub classes: u64,
    /// Pairs of one class who moved in the same year.
    pub pairs: u64,
    /// How many such pairs chance gives on average.
    pub expected: f64,
    /// The index: `pairs / expected`. 1 is chance; 2: twice as many.
    pub index: f64,
    /// The index's interval, from leaving out one class at a time.
    pub interval: Result<Interval, NoResult>,
    /// Between how many pairs chance lies, at the level, both ends included.
    pub by_chance: (u64, u64),
    /// The chance of at least as many pairs.
    pub p_value: f64,
    /// Random draws; none where every possible order of years was counted.
    pub draws: Option<u64>,
}

/// Combinations of a state and a class's years that are gone through at most before chance is drawn instead.
const MOST_STEPS: u64 = 2_000_000;
/// Fewer classes give no interval.
const FEWEST_CLASSES: u64 = 5;

/// Knox's test of moving together: years are dealt out anew among the movers of each cohort.
///
/// # Formula
///
/// ```text
/// T        = pairs of one class with the same year
/// E T      = sum over cohorts of  sum over classes C(m_g, 2) * sum over years C(k_y, 2) / C(m, 2)
/// index    = T / E T
/// p        = P(T* >= T) over all ways to deal the cohort's k_y years to its classes, each order alike; counted where
///            that takes at most two million steps, else (r + 1) / (R + 1) with r of R random orders at T or above
/// interval = exp(log index -+ t(G - 1) se),  se^2 = (G - 1)/G sum over classes (log index_-g - mean)^2      jackknife
/// ```
///
/// Dealing within the cohort keeps what moves a whole cohort in the same year (the end of school, the call-up). What the
/// classes have in common beyond it, friendship or a workplace that closed, the test cannot tell apart.
///
/// # Input and result
///
/// | name     | shape  | rule                                                             |
/// |----------|--------|------------------------------------------------------------------|
/// | `movers` | people | those who moved, each once; who stayed, or whose year is not known, is left out |
/// | `draws`  | 1      | R, at least 1; used only where not all orders can be counted     |
/// | `seed`   | 1      | the same seed, the same draws: ChaCha8, a stream per cohort      |
///
/// # Errors
///
/// [`NoResult::TooFew`] without two movers in any class, [`NoResult::AllAlike`] where dealing changes nothing (one class, or
/// one year, or no year twice in every cohort). The interval needs five classes with two movers, and pairs without each.
///
/// # Example
///
/// ```
/// use bygdepuls_core::hypothesis::moving_together::{Mover, test};
/// use bygdepuls_core::interval::Level;
/// // Two classes of two: both pairs moved together. Of the 6 ways to deal 2 + 2 years 2 keep both pairs.
/// let movers = [(0, 2020), (0, 2020), (1, 2022), (1, 2022)].map(|(class, year)| Mover { cohort: 0, class, year });
/// let result = test(&movers, 9999, 1, Level::P95)?;
/// assert_eq!((result.pairs, result.draws), (2, None));
/// assert!((result.expected - 2.0 / 3.0).abs() < 1e-15 && (result.p_value - 1.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// E. G. Knox, "The detection of space-time interactions", Applied Statistics 13 (1964); permutation: N. Mantel, Cancer
/// Research 27 (1967); the added 1: B. Phipson, G. K. Smyth, Statistical Applications in Genetics and Molecular Biology 9
/// (2010); jackknife: B. Efron, *The Jackknife, the Bootstrap and Other Resampling Plans* (1982), chapter 3.
pub fn test(movers: &[Mover], draws: u64, seed: u64, level: Level) -> Result<MovingTogether, NoResult> {
    let cohorts = cohorts(movers);
    let classes: BTreeSet<(u32, u32)> =
        cohorts.iter().flat_map(|(id, cohort)| cohort.large().map(move |class| (*id, class))).collect();
    if classes.is_empty() {
        return Err(NoResult::TooFew { needed: 2 });
    }
    if cohorts.values().all(Cohort::is_fixed) {
        return Err(NoResult::AllAlike);
    }
    let pairs = cohorts.values().map(Cohort::pairs).sum();
    let expected: f64 = cohorts.values().map(Cohort::expected).sum();
    let exact = exact(&cohorts);
    let (chance, drawn) = match exact {
        Some(chance) => (chance, None),
        None => (random(&cohorts, draws.max(1), seed), Some(draws.max(1))),
    };
    let upper_tail: f64 = chance.range(pairs..).map(|(_, p)| p).sum();
    let p_value = match drawn {
        None => upper_tail.min(1.0),
        Some(draws) => (upper_tail * real(draws) + 1.0).round() / (real(draws) + 1.0),
    };
    Ok(MovingTogether {
        movers: movers.len() as u64,
        classes: classes.len() as u64,
        pairs,
        expected,
        index: real(pairs) / expected,
        interval: jackknife(movers, &classes, real(pairs) / expected, level),
        by_chance: (quantile(&chance, level.tail()), quantile(&chance, 1.0 - level.tail())),
        p_value,
        draws: drawn,
    })
}

/// The movers of a cohort by class and year.
#[derive(Clone, Debug, Default)]
struct Cohort {
    classes: BTreeMap<u32, BTreeMap<i32, u64>>,
    years: BTreeMap<i32, u64>,
}

fn cohorts(movers: &[Mover]) -> BTreeMap<u32, Cohort> {
    let mut cohorts: BTreeMap<u32, Cohort> = BTreeMap::new();
    for Mover { cohort, class, year } in movers {
        let cohort = cohorts.entry(*cohort).or_default();
        *cohort.classes.entry(*class).or_default().entry(*year).or_default() += 1;
        *cohort.years.entry(*year).or_default() += 1;
    }
    cohorts
}

/// Pairs among n people.
fn choose_two(n: u64) -> u64 {
    n * n.saturating_sub(1) / 2
}

impl Cohort {
    fn sizes(&self) -> Vec<u64> {
        self.classes.values().map(|years| years.values().sum()).collect()
    }

    /// Classes with at least two movers.
    fn large(&self) -> impl Iterator<Item = u32> {
        self.classes.iter().filter(|(_, years)| years.values().sum::<u64>() > 1).map(|(class, _)| *class)
    }

    fn pairs(&self) -> u64 {
        self.classes.values().flat_map(BTreeMap::values).map(|n| choose_two(*n)).sum()
    }

    fn expected(&self) -> f64 {
        let all = choose_two(self.years.values().sum());
        let together: u64 = self.sizes().iter().map(|n| choose_two(*n)).sum();
        let same_year: u64 = self.years.values().map(|n| choose_two(*n)).sum();
        if all == 0 { 0.0 } else { real(together) * real(same_year) / real(all) }
    }

    /// Whether every way to deal the years gives the same pairs.
    fn is_fixed(&self) -> bool {
        self.classes.len() == 1
            || self.years.len() == 1
            || self.years.values().all(|n| *n < 2)
            || self.large().next().is_none()
    }
}

/// The distribution of the number of pairs, every order of years counted; none where that takes too long.
fn exact(cohorts: &BTreeMap<u32, Cohort>) -> Option<BTreeMap<u64, f64>> {
    let mut steps = 0;
    let mut whole = BTreeMap::from([(0, 1.0)]);
    for cohort in cohorts.values() {
        let own = exact_of(cohort, &mut steps)?;
        let mut sum = BTreeMap::new();
        for (a, p) in &whole {
            for (b, q) in &own {
                *sum.entry(a + b).or_insert(0.0) += p * q;
            }
        }
        whole = sum;
    }
    Some(whole)
}

fn exact_of(cohort: &Cohort, steps: &mut u64) -> Option<BTreeMap<u64, f64>> {
    // By the years that are left and the pairs so far.
    let mut states = BTreeMap::from([((cohort.years.values().copied().collect::<Vec<u64>>(), 0_u64), 1.0)]);
    for size in cohort.sizes() {
        let mut next = BTreeMap::new();
        for ((left, pairs), p) in &states {
            let all: u64 = left.iter().sum();
            // Of all ways to choose the class's years: the product of C(left, taken) over C(all, size).
            let mut hands = vec![(Vec::new(), size, 0_u64, p / choose(all, size))];
            for (place, n) in left.iter().enumerate() {
                let after: u64 = left[place + 1..].iter().sum();
                let mut more = Vec::new();
                for (rest, wanted, own, weight) in hands {
                    for taken in wanted.saturating_sub(after)..=wanted.min(*n) {
                        *steps += 1;
                        let mut rest: Vec<u64> = Vec::clone(&rest);
                        rest.push(n - taken);
                        more.push((rest, wanted - taken, own + choose_two(taken), weight * choose(*n, taken)));
                    }
                    if *steps > MOST_STEPS {
                        return None;
                    }
                }
                hands = more;
            }
            for (rest, _, own, weight) in hands {
                *next.entry((rest, pairs + own)).or_insert(0.0) += weight;
            }
        }
        states = next;
    }
    let mut chance = BTreeMap::new();
    states.into_iter().for_each(|((_, pairs), p)| *chance.entry(pairs).or_insert(0.0) += p);
    Some(chance)
}

/// C(n, k); finite for every class and cohort of people that can be counted out.
fn choose(n: u64, k: u64) -> f64 {
    (0..k.min(n - k)).fold(1.0, |product, i| product * real(n - i) / real(i + 1))
}

/// The same from random orders.
fn random(cohorts: &BTreeMap<u32, Cohort>, draws: u64, seed: u64) -> BTreeMap<u64, f64> {
    let mut pairs = vec![0_u64; usize::try_from(draws).unwrap_or(usize::MAX)];
    for (stream, cohort) in (0..).zip(cohorts.values()) {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream(stream);
        let each = |(year, n): (usize, &u64)| vec![year; usize::try_from(*n).unwrap_or_default()];
        let mut years: Vec<usize> = cohort.years.values().enumerate().flat_map(each).collect();
        let sizes: Vec<usize> = cohort.sizes().iter().map(|n| usize::try_from(*n).unwrap_or_default()).collect();
        let mut seen = vec![0_u64; cohort.years.len()];
        for sum in &mut pairs {
            for last in (1..years.len()).rev() {
                let other = below(&mut rng, u32::try_from(last + 1).unwrap_or(u32::MAX));
                years.swap(last, other as usize);
            }
            let mut dealt = years.as_slice();
            for size in &sizes {
                let (class, rest) = dealt.split_at(*size);
                dealt = rest;
                class.iter().for_each(|year| seen[*year] += 1);
                *sum += seen.iter().map(|n| choose_two(*n)).sum::<u64>();
                seen.fill(0);
            }
        }
    }
    let mut chance = BTreeMap::new();
    pairs.iter().for_each(|pairs| *chance.entry(*pairs).or_insert(0.0) += 1.0 / real(draws));
    chance
}

/// The smallest number with at least this mass at or below it.
fn quantile(chance: &BTreeMap<u64, f64>, mass: f64) -> u64 {
    let mut sum = 0.0;
    let reaches = |(_, p): &(&u64, &f64)| {
        sum += **p;
        // Rounding of the sum does not decide.
        sum >= mass - 1e-12
    };
    let found = chance.iter().find(reaches).map(|(pairs, _)| *pairs);
    found.or_else(|| chance.keys().next_back().copied()).unwrap_or_default()
}

fn jackknife(movers: &[Mover], classes: &BTreeSet<(u32, u32)>, index: f64, level: Level) -> Result<Interval, NoResult> {
    let count = classes.len() as u64;
    if count < FEWEST_CLASSES {
        return Err(NoResult::TooFew { needed: FEWEST_CLASSES });
    }
    let without = |out: &(u32, u32)| {
        let rest: Vec<Mover> = movers.iter().filter(|mover| (mover.cohort, mover.class) != *out).copied().collect();
        let rest = cohorts(&rest);
        let pairs: u64 = rest.values().map(Cohort::pairs).sum();
        libm::log(real(pairs) / rest.values().map(Cohort::expected).sum::<f64>())
    };
    let logs: Vec<f64> = classes.iter().map(without).collect();
    if index <= 0.0 || logs.iter().any(|log| !log.is_finite()) {
        return Err(NoResult::ZeroCell);
    }
    let mean = logs.iter().sum::<f64>() / real(count);
    let squares: f64 = logs.iter().map(|log| (log - mean) * (log - mean)).sum();
    let se = (squares * real(count - 1) / real(count)).sqrt();
    let half = student_t::upper_quantile(level.tail(), real(count - 1)) * se;
    let log = libm::log(index);
    Ok(Interval { lower: libm::exp(log - half), upper: libm::exp(log + half) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn movers(rows: &[(u32, u32, i32)]) -> Vec<Mover> {
        rows.iter().map(|(cohort, class, year)| Mover { cohort: *cohort, class: *class, year: *year }).collect()
    }

    /// Two cohorts; in the first, three classes.
    const ROWS: [(u32, u32, i32); 12] = [
        (0, 0, 2020),
        (0, 0, 2020),
        (0, 0, 2020),
        (0, 1, 2021),
        (0, 1, 2021),
        (0, 2, 2020),
        (0, 2, 2022),
        (1, 0, 2023),
        (1, 0, 2023),
        (1, 1, 2024),
        (1, 1, 2023),
        (1, 1, 2024),
    ];

    /// All orders of the years of each cohort, one by one.
    fn by_hand(rows: &[(u32, u32, i32)]) -> BTreeMap<u64, f64> {
        fn orders(left: &mut Vec<i32>, at: usize, visit: &mut impl FnMut(&[i32])) {
            if at == left.len() {
                return visit(left);
            }
            for other in at..left.len() {
                left.swap(at, other);
                orders(left, at + 1, visit);
                left.swap(at, other);
            }
        }
        let mut whole = BTreeMap::from([(0, 1.0)]);
        for cohort in [0, 1] {
            let own: Vec<_> = rows.iter().filter(|row| row.0 == cohort).collect();
            let (mut counts, mut all) = (BTreeMap::<u64, f64>::new(), 0.0);
            orders(&mut own.iter().map(|row| row.2).collect(), 0, &mut |years| {
                let same = |i: usize, j: usize| own[i].1 == own[j].1 && years[i] == years[j];
                let pairs = (0..years.len()).flat_map(|i| (0..i).map(move |j| (i, j))).filter(|(i, j)| same(*i, *j));
                *counts.entry(pairs.count() as u64).or_default() += 1.0;
                all += 1.0;
            });
            let mut sum = BTreeMap::new();
            for (a, p) in &whole {
                for (b, q) in &counts {
                    *sum.entry(a + b).or_insert(0.0) += p * q / all;
                }
            }
            whole = sum;
        }
        whole
    }

    #[test]
    fn counted_out_as_one_by_one() {
        let rows = movers(&ROWS);
        let ours = exact(&cohorts(&rows)).unwrap();
        let theirs = by_hand(&ROWS);
        assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
        assert!(ours.values().zip(theirs.values()).all(|(ours, theirs)| (ours - theirs).abs() < 1e-14));
        let result = test(&rows, 1, 1, Level::P95).unwrap();
        assert_eq!((result.pairs, result.classes, result.draws), (6, 5, None));
        let mean: f64 = theirs.iter().map(|(pairs, p)| real(*pairs) * p).sum();
        assert!((result.expected - mean).abs() < 1e-14);
        let tail: f64 = theirs.range(6..).map(|(_, p)| p).sum();
        assert!((result.p_value - tail).abs() < 1e-14);
    }

    #[test]
    fn drawn_nearly_as_counted_and_again_the_same() {
        let groups = cohorts(&movers(&ROWS));
        let (drawn, counted) = (random(&groups, 20_000, 7), exact(&groups).unwrap());
        assert!(counted.iter().all(|(pairs, p)| (drawn.get(pairs).copied().unwrap_or_default() - p).abs() < 0.02));
        assert_eq!(drawn, random(&groups, 20_000, 7));
        // More movers than can be counted out: the added 1 keeps p above 0.
        let many: Vec<Mover> =
            (0..400).map(|i| Mover { cohort: 0, class: i % 40, year: i32::try_from(i % 40).unwrap() }).collect();
        let result = test(&many, 99, 1, Level::P95).unwrap();
        assert_eq!((result.draws, result.p_value), (Some(99), 0.01));
        assert!(result.interval.is_ok_and(|interval| interval.lower > 1.0));
    }

    #[test]
    fn where_chance_has_no_say() {
        let none = |rows: &[(u32, u32, i32)]| test(&movers(rows), 9, 1, Level::P95).unwrap_err();
        assert_eq!(none(&[]), NoResult::TooFew { needed: 2 });
        assert_eq!(none(&[(0, 0, 2020), (0, 1, 2020)]), NoResult::TooFew { needed: 2 });
        assert_eq!(none(&[(0, 0, 2020), (0, 0, 2020)]), NoResult::AllAlike);
        assert_eq!(none(&[(0, 0, 2020), (0, 0, 2021), (0, 1, 2022)]), NoResult::AllAlike);
    }
}
