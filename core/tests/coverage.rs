//! Coverage of the default interval for a finite population, by exact enumeration: every N, n and M, no simulation.
//!
//! `cargo test --release -p bygdepuls-core --test coverage -- --ignored` writes `tests/coverage/wang_95.csv` anew: for
//! every N up to 60 and every n the share of the C(N, n) samples whose interval holds M, for the M that is covered
//! least. Lengths are `upper - lower` in persons, summed over x = 0..=n.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::interval::{CountInterval, Level, blaker, hypergeometric, wang};
use num_bigint::BigUint;
use std::fmt::Write as _;

const HEADER: &str = "population,n,least_covering_samples,samples,least_coverage,at_m,mean_length,length,\
    length_blaker,length_equal_tailed\n";

fn path() -> String {
    format!("{}/../tests/coverage/wang_95.csv", env!("CARGO_MANIFEST_DIR"))
}

/// Pascal's triangle: `rows[n][k]` = C(n, k).
fn triangle(last: usize) -> Vec<Vec<BigUint>> {
    let mut rows = vec![vec![BigUint::from(1u32)]];
    for n in 1..=last {
        let inner = rows[n - 1].windows(2).map(|two| &two[0] + &two[1]);
        let one = || std::iter::once(BigUint::from(1u32));
        rows.push(one().chain(inner).chain(one()).collect());
    }
    rows
}

/// The number of samples that hold x of the m, by m and x.
fn samples(triangle: &[Vec<BigUint>], population: usize, n: usize) -> Vec<Vec<BigUint>> {
    let choose = |n: usize, k: usize| triangle[n].get(k).cloned().unwrap_or_default();
    let of = |m: usize| (0..=n).map(|x| choose(m, x) * choose(population - m, n - x)).collect();
    (0..=population).map(of).collect()
}

fn holds(interval: &CountInterval, m: usize) -> bool {
    (interval.lower..=interval.upper).contains(&(m as u64))
}

/// The samples whose interval holds m.
fn covering(table: &[CountInterval], samples: &[BigUint], m: usize) -> BigUint {
    table.iter().zip(samples).filter(|(interval, _)| holds(interval, m)).map(|(_, count)| count).sum()
}

fn length(table: &[CountInterval]) -> u64 {
    table.iter().map(|interval| interval.upper - interval.lower).sum()
}

/// Twelve digits, cut off rather than rounded up.
fn digits(part: &BigUint, whole: &BigUint) -> String {
    let scaled = part * BigUint::from(1_000_000_000_000u64) / whole;
    if part == whole { "1".into() } else { format!("0.{scaled:0>12}") }
}

fn coverage_table() -> String {
    let triangle = triangle(60);
    let mut text = HEADER.to_owned();
    for population in 1..=60 {
        for n in 1..=population {
            let (persons, asked) = (population as u64, n as u64);
            let of = |interval: &dyn Fn(u64) -> CountInterval| (0..=asked).map(interval).collect::<Vec<_>>();
            let table = wang::table(persons, asked, Level::P95).unwrap();
            let blaker = of(&|x| blaker::interval(persons, asked, x, Level::P95).unwrap());
            let equal_tailed = of(&|x| hypergeometric::equal_tailed(persons, asked, x, Level::P95).unwrap());
            let samples = samples(&triangle, population, n);
            let covering: Vec<BigUint> = (0..=population).map(|m| covering(&table, &samples[m], m)).collect();
            let least = covering.iter().min().unwrap();
            let at = covering.iter().position(|count| count == least).unwrap();
            let all = &triangle[population][n];
            let (length, mean) = (length(&table), length(&table) as f64 / (n + 1) as f64);
            writeln!(
                text,
                "{population},{n},{least},{all},{},{at},{mean:.4},{length},{},{}",
                digits(least, all),
                self::length(&blaker),
                self::length(&equal_tailed)
            )
            .unwrap();
        }
    }
    text
}

/// Every row of the table is what it was, and no M of any N up to 60 and any n is covered less than 95 %.
#[test]
fn no_cohort_up_to_sixty_is_covered_less_than_the_level() {
    let table = coverage_table();
    assert!(table == std::fs::read_to_string(path()).unwrap(), "write the table anew, see the head of this file");
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let number = |i: usize| fields[i].parse::<u128>().unwrap();
        assert!(100 * number(2) >= 95 * number(3), "{line}");
        assert!(number(7) <= number(8) && number(8) <= number(9), "longer than Blaker's: {line}");
    }
    assert_eq!(table.lines().count(), 1 + 60 * 61 / 2);
}

#[test]
#[ignore = "writes tests/coverage/wang_95.csv"]
fn write_the_table() {
    std::fs::write(path(), coverage_table()).unwrap();
}

/// Coverage, symmetry, order and shortness of one table, against an enumeration that shares no code with it.
fn check(triangle: &[Vec<BigUint>], population: usize, n: usize, percent: u32) {
    let id = format!("N = {population}, n = {n}, {percent} %");
    let level = Level::new(f64::from(percent) / 100.0).unwrap();
    let table = wang::table(population as u64, n as u64, level).unwrap();
    let samples = samples(triangle, population, n);
    let enough = |count: &BigUint| count * 100u32 >= &triangle[population][n] * percent;
    for (interval, mirror) in table.iter().zip(table.iter().rev()) {
        assert_eq!(interval.upper, population as u64 - mirror.lower, "{id}");
    }
    for (x, two) in table.windows(2).enumerate() {
        assert!(two[0].lower <= two[1].lower && two[0].upper <= two[1].upper, "{id}, x = {x}");
    }
    for (x, interval) in table.iter().enumerate() {
        assert!(x as u64 <= interval.lower && interval.lower <= interval.upper, "{id}, x = {x}");
        // Moved inwards by one, together with its mirror image, the lower limit would leave m without coverage.
        let m = usize::try_from(interval.lower).unwrap();
        let mut left = covering(&table, &samples[m], m) - &samples[m][x];
        if 2 * m == population && 2 * x != n {
            left -= &samples[m][n - x];
        }
        assert!(interval.lower == interval.upper || !enough(&left), "{id}, x = {x} can be shortened");
    }
    let mut least_length = 0;
    for (m, counts) in samples.iter().enumerate() {
        assert!(enough(&covering(&table, counts, m)), "{id}, M = {m} is not covered");
        // The fewest x that cover m. In the middle, what is dropped at one end goes at the other.
        let mut descending = counts.clone();
        descending.sort_by(|a, b| b.cmp(a));
        let enough_after = |k: usize| enough(&descending[..k].iter().sum());
        least_length += if 2 * m == population {
            let inner = |ends: usize| 2 * ends <= n && enough(&counts[ends..=n - ends].iter().sum());
            n + 1 - 2 * (0..).take_while(|&ends| inner(ends)).last().unwrap()
        } else {
            (1..=n + 1).find(|&k| enough_after(k)).unwrap()
        };
    }
    // Each M costs one for each x that covers it, and each x covers one M more than its length.
    assert_eq!(length(&table) + n as u64 + 1, least_length as u64, "{id} is not the shortest");
}

/// No symmetric set of intervals with guaranteed coverage is shorter in total; nor can any pair of limits move.
#[test]
fn intervals_cover_and_are_the_shortest_for_every_n_up_to_sixty() {
    let triangle = triangle(60);
    for population in 1..=60 {
        for n in 1..=population {
            for percent in [90, 95, 99] {
                check(&triangle, population, n, percent);
            }
        }
    }
}

#[test]
fn larger_cohorts_too() {
    let triangle = triangle(200);
    for (population, n) in
        [(75, 41), (97, 96), (100, 50), (120, 61), (151, 20), (180, 90), (199, 133), (200, 3), (200, 100)]
    {
        for percent in [90, 95, 99] {
            check(&triangle, population, n, percent);
        }
    }
}
