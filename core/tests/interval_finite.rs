//! Every case of finite-population inference in `tests/reference/survey/open_05_hyper.json`: exact enumeration in
//! Python fractions, and Wang's intervals from the R package ExactCIone 1.0.5. Counts are equal, floating-point numbers
//! to 1e-12.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the table of cases is to be read")]

use bygdepuls_core::interval::remainder::{self, Prior, Stratum, posterior, uniform_prior};
use bygdepuls_core::interval::remainder_difference::difference;
use bygdepuls_core::interval::{
    CountInterval, Level, NoInterval, blaker, finite_correction, hypergeometric, nonresponse, wang,
};
use serde_json::Value;

fn cases() -> Vec<Value> {
    let path = format!("{}/../tests/reference/survey/open_05_hyper.json", env!("CARGO_MANIFEST_DIR"));
    let suite: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    suite["cases"].as_array().unwrap().clone()
}

fn count(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn level(e: &Value) -> Level {
    Level::new(e["level"].as_f64().unwrap()).unwrap()
}

fn intervals(block: &Value) -> Vec<CountInterval> {
    let ends = |name: &str| block[name].as_array().unwrap().iter().map(count).collect::<Vec<_>>();
    ends("L").into_iter().zip(ends("U")).map(|(lower, upper)| CountInterval { lower, upper }).collect()
}

fn total_length(table: &[CountInterval]) -> u64 {
    table.iter().map(|interval| interval.upper - interval.lower).sum()
}

/// The worst relative difference of a case, where it is not below 1e-15 absolutely; and how many figures were compared.
#[derive(Default)]
struct Agreement {
    worst: f64,
    figures: usize,
}

impl Agreement {
    fn float(&mut self, ours: f64, reference: &Value) {
        let reference = reference.as_f64().unwrap();
        let difference = (ours - reference).abs();
        self.worst = self.worst.max(if difference < 1e-15 { 0.0 } else { difference / reference.abs() });
        self.figures += 1;
    }

    fn count(&mut self, ours: u64, reference: &Value) {
        self.worst = if ours == count(reference) { self.worst } else { f64::INFINITY };
        self.figures += 1;
    }

    fn table(&mut self, ours: &[CountInterval], block: &Value) {
        let reference = intervals(block);
        self.worst = if ours == reference { self.worst } else { f64::INFINITY };
        self.figures += 2 * reference.len();
    }
}

fn hyper(e: &Value, agreement: &mut Agreement) {
    let (population, n, level) = (count(&e["N"]), count(&e["n"]), level(e));
    let methods: [(&str, Method); 4] = [
        ("equal_tailed", hypergeometric::equal_tailed),
        ("mid_p", hypergeometric::mid_p),
        ("blaker", blaker::interval),
        ("manski", |population, n, x, _| nonresponse::bounds(population, n, x)),
    ];
    for (name, method) in methods {
        let ours: Vec<_> = (0..=n).map(|x| method(population, n, x, level).unwrap()).collect();
        agreement.table(&ours, &e[name]);
        if name != "manski" {
            agreement.float(least_coverage(population, n, &ours), &e[name]["min_coverage"]);
        }
    }
    for (name, prior) in [("bayes_uniform", Prior::UNIFORM), ("bayes_jeffreys", Prior::JEFFREYS)] {
        let block = &e[name];
        for x in 0..=n {
            let yes = posterior(&[Stratum { population, n, x }], prior).unwrap();
            let at = |key: &str| &block[key][usize::try_from(x).unwrap()];
            let (tails, densest) = (yes.equal_tailed(level), yes.highest_density(level));
            agreement.count(tails.lower, at("L"));
            agreement.count(tails.upper, at("U"));
            agreement.count(densest.interval.lower, at("hpd_L"));
            agreement.count(densest.interval.upper, at("hpd_U"));
            agreement.float(densest.mass, at("hpd_mass"));
            agreement.float(yes.mean() / population as f64, at("mean_p"));
            agreement.float(yes.sd() / population as f64, at("sd_p"));
            if prior == Prior::UNIFORM {
                assert_eq!(uniform_prior(&[Stratum { population, n, x }], level), Ok(tails));
            }
        }
    }
}

fn stratum(value: &Value) -> Stratum {
    Stratum { population: count(&value[0]), n: count(&value[1]), x: count(&value[2]) }
}

fn prior(id: &str) -> Prior {
    if id.ends_with("uniform") { Prior::UNIFORM } else { Prior::JEFFREYS }
}

fn stratified(id: &str, e: &Value, agreement: &mut Agreement) {
    let strata: Vec<Stratum> = e["strata"].as_array().unwrap().iter().map(stratum).collect();
    let yes = posterior(&strata, prior(id)).unwrap();
    let (tails, densest) = (yes.equal_tailed(level(e)), yes.highest_density(level(e)));
    let bounds = nonresponse::bounds(yes.population(), yes.n(), yes.x()).unwrap();
    for (ours, reference) in [
        (yes.population(), &e["N"]),
        (yes.n(), &e["n"]),
        (yes.x(), &e["x"]),
        (tails.lower, &e["M_lo"]),
        (tails.upper, &e["M_hi"]),
        (densest.interval.lower, &e["hpd"][0]),
        (densest.interval.upper, &e["hpd"][1]),
        (bounds.lower, &e["manski"][0]),
        (bounds.upper, &e["manski"][1]),
    ] {
        agreement.count(ours, reference);
    }
    agreement.float(yes.mean(), &e["mean_M"]);
    agreement.float(yes.mean() / yes.population() as f64, &e["mean_p"]);
    agreement.float(yes.sd(), &e["sd_M"]);
}

fn change(id: &str, e: &Value, agreement: &mut Agreement) {
    let before = posterior(&[stratum(&e["pop1"])], prior(id)).unwrap();
    let after = posterior(&[stratum(&e["pop2"])], prior(id)).unwrap();
    let change = difference(&before, &after);
    let interval = change.equal_tailed(level(e));
    for (ours, key) in [
        (change.mean(), "mean"),
        (interval.lower, "lo"),
        (interval.upper, "hi"),
        (change.p_increase(), "p_increase"),
        (change.p_equal(), "p_equal"),
        (change.p_decrease(), "p_decrease"),
    ] {
        agreement.float(ours, &e[key]);
    }
}

fn approximation(e: &Value, agreement: &mut Agreement) {
    let (population, n, x, level) = (count(&e["N"]), count(&e["n"]), count(&e["x"]), level(e));
    agreement.float(x as f64 / n as f64, &e["p"]);
    agreement.float(1.0 - n as f64 / population as f64, &e["fpc"]);
    let figures = [
        (finite_correction::se(population, n, x).map(Some), &e["se_srswor"]),
        (finite_correction::effective_n(population, n), &e["neff_binomial_match"]),
        (finite_correction::effective_n_of_se(population, n), &e["neff_survey"]),
    ];
    for (ours, reference) in figures {
        match ours {
            Ok(Some(ours)) => agreement.float(ours, reference),
            Ok(None) => assert_eq!(reference, "Inf"),
            Err(problem) => assert_eq!((problem, reference), (NoInterval::OneAnswer, &Value::from("NaN"))),
        }
    }
    let wilson = finite_correction::wilson(population, n, x, level).unwrap();
    let clopper_pearson = finite_correction::clopper_pearson(population, n, x, level).unwrap();
    for (ours, key) in [(wilson, "wilson_fpc"), (clopper_pearson, "clopper_pearson_neff")] {
        agreement.float(ours.lower, &e[key][0]);
        agreement.float(ours.upper, &e[key][1]);
    }
}

/// All figures that cases have, and what they are figures of.
const KEYS: [&str; 33] = [
    "N",
    "n",
    "x",
    "level",
    "strata",
    "pop1",
    "pop2",
    "p",
    "fpc",
    "equal_tailed",
    "mid_p",
    "blaker",
    "wang2015",
    "bayes_uniform",
    "bayes_jeffreys",
    "manski",
    "mean_M",
    "mean_p",
    "sd_M",
    "M_lo",
    "M_hi",
    "hpd",
    "mean",
    "lo",
    "hi",
    "p_increase",
    "p_equal",
    "p_decrease",
    "se_srswor",
    "neff_binomial_match",
    "neff_survey",
    "wilson_fpc",
    "clopper_pearson_neff",
];

/// `cargo test -p bygdepuls-core --test interval_finite -- --nocapture` prints the table.
#[test]
fn every_case_agrees() {
    let mut seen = [0; 4];
    println!("{:24} {:>7}  {:>9}  tolerance", "case", "figures", "worst");
    for case in cases() {
        let (id, e) = (case["id"].as_str().unwrap(), &case["expected"]);
        let mut agreement = Agreement::default();
        let (kind, _) = id.split_once('_').unwrap();
        match kind {
            "hyper" => hyper(e, &mut agreement),
            "stratified" => stratified(id, e, &mut agreement),
            "diff" => change(id, e, &mut agreement),
            "approx" => approximation(e, &mut agreement),
            _ => panic!("{id} is not compared"),
        }
        seen[["hyper", "stratified", "diff", "approx"].iter().position(|known| *known == kind).unwrap()] += 1;
        println!("{id:24} {:7}  {:9.1e}  1e-12", agreement.figures, agreement.worst);
        let keys: Vec<_> = e.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(keys.iter().all(|key| KEYS.contains(key)), "{id} has a figure that is not compared: {keys:?}");
        assert!(agreement.worst <= 1e-12, "{id}: {:e}", agreement.worst);
    }
    assert_eq!(seen, [196, 8, 8, 8], "cases are missing");
}

/// The coverage of the M that is covered least.
fn least_coverage(population: u64, n: u64, table: &[CountInterval]) -> f64 {
    let all = choose(population, n);
    let covered = |m: u64| -> u128 {
        let holds = |(_, interval): &(u64, &CountInterval)| (interval.lower..=interval.upper).contains(&m);
        (0..).zip(table).filter(holds).map(|(x, _)| choose(m, x) * others(population, m, n, x)).sum()
    };
    (0..=population).map(covered).min().unwrap() as f64 / all as f64
}

fn others(population: u64, m: u64, n: u64, x: u64) -> u128 {
    choose(population - m, n - x)
}

fn choose(n: u64, k: u64) -> u128 {
    (0..k).fold(1, |ways, i| if i < n { ways * u128::from(n - i) / u128::from(i + 1) } else { 0 })
}

type Method = fn(u64, u64, u64, Level) -> Result<CountInterval, NoInterval>;

/// Wang's intervals are those of ExactCIone, except where that is longer: there a coverage of exactly 95 % is not enough
/// for it, in floating point.
#[test]
fn wang_is_the_reference_or_shorter() {
    let (mut identical, mut shorter) = (0, Vec::new());
    for case in cases().iter().filter(|case| case["expected"]["wang2015"].is_object()) {
        let (id, e) = (case["id"].as_str().unwrap(), &case["expected"]);
        let (population, n, level) = (count(&e["N"]), count(&e["n"]), level(e));
        let (ours, reference) = (wang::table(population, n, level).unwrap(), intervals(&e["wang2015"]));
        let (length, reference_length) = (total_length(&ours), total_length(&reference));
        println!("{id:24} total length {length:4}, reference {reference_length:4}");
        let reference_coverage = e["wang2015"]["min_coverage"].as_f64().unwrap();
        assert!((least_coverage(population, n, &reference) - reference_coverage).abs() < 1e-12, "{id}");
        if ours == reference {
            identical += 1;
        } else {
            assert!(length < reference_length, "{id}");
            shorter.push(id.to_owned());
        }
        for x in 0..=n {
            assert_eq!(wang::interval(population, n, x, level), Ok(ours[usize::try_from(x).unwrap()]));
        }
    }
    assert_eq!(shorter, ["hyper_N20_n1_l0.95", "hyper_N20_n19_l0.95", "hyper_N25_n23_l0.95"]);
    assert_eq!(identical, 155);
}

/// `WhyperCI_M(x, n, N, 0.95)` of ExactCIone 1.0.5, and N of a whole city.
#[test]
fn wang_of_large_cohorts() {
    for (population, n, x, lower, upper) in [(2_000, 50, 10, 211, 661), (100_000, 500, 30, 4_151, 8_448)] {
        assert_eq!(wang::interval(population, n, x, Level::P95), Ok(CountInterval { lower, upper }), "{population}");
    }
}

/// Limits of a million against a count of samples: M/N for one answer, and `C(N - M, 2) / C(N, 2)` for two.
#[test]
fn a_million_is_not_too_many() {
    let level = Level::P95;
    let one = hypergeometric::equal_tailed(1_000_000, 1, 0, level).unwrap();
    // P(X = 0 | M) = 1 - M/N is exactly 0.025 for M = 975,000: a tail of exactly alpha/2 rejects.
    assert_eq!((one.lower, one.upper), (0, 974_999));
    assert_eq!(blaker::interval(1_000_000, 1, 0, level).unwrap().upper, 949_999);
    let two = hypergeometric::equal_tailed(1_000_000, 2, 0, level).unwrap();
    let none = |m: u128| (1_000_000 - m) * (999_999 - m) * 1000 > 25 * 1_000_000 * 999_999;
    assert!(none(u128::from(two.upper)) && !none(u128::from(two.upper) + 1), "{two:?}");
    // Half of half: the interval is its own mirror image.
    for method in [hypergeometric::equal_tailed, hypergeometric::mid_p, blaker::interval] {
        let half = method(1_000_000, 500_000, 250_000, level).unwrap();
        assert_eq!(half.lower + half.upper, 1_000_000);
        assert!((978..=981).contains(&(500_000 - half.lower)), "1.96 standard deviations of 500: {half:?}");
    }
}

#[test]
fn what_has_no_interval_says_why() {
    let level = Level::P95;
    for method in [hypergeometric::equal_tailed, hypergeometric::mid_p, blaker::interval, wang::interval] {
        assert_eq!(method(10, 0, 0, level), Err(NoInterval::NoAnswers));
        assert_eq!(method(0, 0, 0, level), Err(NoInterval::NoAnswers));
        assert_eq!(method(10, 5, 6, level), Err(NoInterval::MoreYesThanAnswers));
        assert_eq!(method(10, 11, 6, level), Err(NoInterval::MoreAnswersThanPopulation));
        assert!(matches!(method(u64::MAX, 11, 6, level), Err(NoInterval::PopulationTooLarge { .. })));
        assert_eq!(method(u64::MAX, u64::MAX, u64::MAX, level), Err(NoInterval::TooManyAnswers));
    }
    let of = |strata: &[(u64, u64, u64)]| {
        let strata: Vec<_> = strata.iter().map(|&(population, n, x)| Stratum { population, n, x }).collect();
        posterior(&strata, Prior::UNIFORM).map(|yes| yes.equal_tailed(level))
    };
    assert_eq!(of(&[]), Err(NoInterval::NoAnswers));
    assert_eq!(of(&[(5, 0, 0), (7, 0, 0)]), Err(NoInterval::NoAnswers));
    assert_eq!(of(&[(5, 3, 4)]), Err(NoInterval::MoreYesThanAnswers));
    assert_eq!(of(&[(5, 6, 4)]), Err(NoInterval::MoreAnswersThanPopulation));
    let limit = remainder::LARGEST_POPULATION;
    assert_eq!(of(&[(u64::MAX, 6, 4), (2, 1, 1)]), Err(NoInterval::PopulationTooLarge { limit }));
    assert_eq!(nonresponse::bounds(u64::MAX, 2, 1), Ok(CountInterval { lower: 1, upper: u64::MAX - 1 }));
    assert_eq!(finite_correction::se(4, 1, 1), Err(NoInterval::OneAnswer));
    assert_eq!((Prior::halves(0, 1), Prior::halves(2, 2)), (None, Some(Prior::UNIFORM)));
}

/// Levels that nobody asks for give intervals that hold something, in order and within what is possible.
#[test]
fn low_levels_leave_no_interval_empty() {
    for level in [0.000001, 0.05, 0.3, 0.5, 0.999999].map(|level| Level::new(level).unwrap()) {
        for population in 1..=25 {
            for n in 1..=population {
                for method in [hypergeometric::equal_tailed, hypergeometric::mid_p, blaker::interval, wang::interval] {
                    for x in 0..=n {
                        let interval = method(population, n, x, level).unwrap();
                        let possible = x..=population - (n - x);
                        let id = format!("{population} {n} {x} {level:?} {interval:?}");
                        assert!(interval.lower <= interval.upper, "{id}");
                        assert!(possible.contains(&interval.lower) && possible.contains(&interval.upper), "{id}");
                    }
                }
            }
        }
    }
}

/// Above a thousand persons ties are taken from floating point: a symmetric posterior stays symmetric.
#[test]
fn a_large_posterior_is_its_own_mirror_image() {
    let strata = [(3_000, 1_000, 500), (2_000, 600, 300)].map(|(population, n, x)| Stratum { population, n, x });
    for prior in [Prior::UNIFORM, Prior::JEFFREYS] {
        let yes = posterior(&strata, prior).unwrap();
        let densest = yes.highest_density(Level::P95).interval;
        assert_eq!(densest.lower + densest.upper, 5_000);
        assert_eq!(yes.mean(), 2_500.0);
        let change = difference(&yes, &yes);
        assert!((change.p_increase() - change.p_decrease()).abs() < 1e-13);
        assert_eq!(change.mean(), 0.0);
    }
}

/// beta(1, 1/2), no answers: one yes and one no among two whose share is unknown. `P(R = r)` is
/// C(2, r) a(a+1)… b(b+1)… / ((a+b)(a+b+1)): 1/5, 4/15, 8/15.
#[test]
fn any_half_is_a_prior() {
    let strata = [(2, 0, 0), (1, 1, 0)].map(|(population, n, x)| Stratum { population, n, x });
    let yes = posterior(&strata, Prior::halves(2, 1).unwrap()).unwrap();
    for (m, expected) in [(0, 3.0 / 15.0), (1, 4.0 / 15.0), (2, 8.0 / 15.0), (3, 0.0)] {
        assert!((yes.probability(m) - expected).abs() < 1e-15, "{m}: {}", yes.probability(m));
    }
}
