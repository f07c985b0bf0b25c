//! Comparisons, tests and coefficients without a design, against `open_03_tables.json` (R 4.2.2, `coin` 1.4-2, closed
//! forms written out in R), and overlapping samples against `open_04_youth.json`.
//!
//! `cargo test -p bygdepuls-core --test tables -- --nocapture` prints a line per case: the figure that is farthest off,
//! its relative difference, and its tolerance.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a line per case")]

use bygdepuls_core::compare::{
    Crosstab, Interval, NoResult, Pairs, TwoGroups, agresti_caffo, bonett_price, cohen_h, exact_odds_ratio, flow,
    kappa, miettinen_nurminen, newcombe, newcombe_paired, odds_ratio, overlap, paired_odds_ratio, risk_ratio, tango,
    wald,
};
use bygdepuls_core::describe::{QuantileRule, cronbach_alpha, kendall, quantile::quantile, spearman};
use bygdepuls_core::hypothesis::adjust::{Adjustment, adjust};
use bygdepuls_core::hypothesis::cochran_armitage::Group;
use bygdepuls_core::hypothesis::{
    binomial, bowker, cochran_armitage, exact_trend, fisher_exact, freeman_halton, kruskal_wallis, mantel_haenszel,
    mcnemar, pearson, pooled_z, stuart_maxwell, t_test, wilcoxon,
};
use bygdepuls_core::interval::Level;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Closed forms.
const CLOSED: f64 = 1e-12;
/// From quantile functions of distributions, and exact odds ratios.
const QUANTILE: f64 = 1e-10;
/// Found by R's `uniroot` with its smallest tolerance.
const ROOT: f64 = 1e-9;
/// `fisher.test`'s own limits.
const FISHER_LIMITS: f64 = 1e-3;
/// `fisher.test` finds limits below 1, and one over limits above 1, by `uniroot` with its usual tolerance, eps^(1/4), which
/// is absolute. Limits near 0 or far above 1 are off by more than [`FISHER_LIMITS`] of themselves: the file's own
/// `or_exact_conditional` differs from them as we do.
const UNIROOT: f64 = 1.22e-4;

/// A case and what has been compared of it.
struct Case {
    id: String,
    expected: Value,
    used: BTreeSet<String>,
    worst: (String, f64, f64),
}

impl Case {
    fn input(&mut self, key: &str) -> Value {
        self.used.insert(key.into());
        self.expected[key].clone()
    }

    fn count(&mut self, key: &str) -> u64 {
        self.input(key).as_u64().unwrap()
    }

    fn counts(&mut self, key: &str) -> Vec<u64> {
        self.input(key).as_array().unwrap().iter().map(|v| v.as_u64().unwrap()).collect()
    }

    fn numbers(&mut self, key: &str) -> Vec<f64> {
        numbers(&self.input(key))
    }

    /// Compares a figure. What is NaN in the reference must be an error here, and nothing else may be.
    fn figure(&mut self, key: &str, ours: Result<f64, NoResult>, tolerance: f64) {
        let reference = number(&self.input(key));
        let reference_or_none = (!reference.is_nan()).then_some(reference);
        assert_eq!(ours.is_err(), reference_or_none.is_none(), "{} {key}: {ours:?}, reference {reference}", self.id);
        if let Ok(ours) = ours {
            self.compare(key, ours, reference, tolerance);
        }
    }

    fn figures(&mut self, key: &str, ours: &[f64], tolerance: f64) {
        let reference = self.numbers(key);
        assert_eq!(ours.len(), reference.len(), "{} {key}", self.id);
        for (index, (ours, reference)) in ours.iter().zip(&reference).enumerate() {
            self.compare(&format!("{key}[{index}]"), *ours, *reference, tolerance);
        }
    }

    fn interval(&mut self, key: &str, ours: Result<Interval, NoResult>, tolerance: f64) {
        match ours {
            Ok(ours) => self.figures(key, &[ours.lower, ours.upper], tolerance),
            Err(reason) => {
                let reference = self.numbers(key);
                assert!(reference.iter().all(|limit| limit.is_nan()), "{} {key}: {reason}, not {reference:?}", self.id);
            }
        }
    }

    fn compare(&mut self, key: &str, ours: f64, reference: f64, tolerance: f64) {
        assert!(!ours.is_nan(), "{} {key} is not a number", self.id);
        // Relative; absolute near 0, where both are made of rounding errors.
        let difference = match reference {
            _ if ours == reference => 0.0,
            _ if reference.abs() < 1e-12 && (ours - reference).abs() < 1e-15 => 0.0,
            _ if tolerance == FISHER_LIMITS && (below_1(ours) - below_1(reference)).abs() < UNIROOT => 0.0,
            _ => (ours - reference).abs() / reference.abs(),
        };
        assert!(difference <= tolerance, "{} {key}: {ours} is not {reference} ({difference:e})", self.id);
        if self.worst.0.is_empty() || difference / tolerance > self.worst.1 / self.worst.2 {
            self.worst = (key.into(), difference, tolerance);
        }
    }
}

fn below_1(ratio: f64) -> f64 {
    if ratio > 1.0 { 1.0 / ratio } else { ratio }
}

fn number(value: &Value) -> f64 {
    match value.as_str() {
        Some("NaN") => f64::NAN,
        Some("Inf") => f64::INFINITY,
        Some("-Inf") => f64::NEG_INFINITY,
        _ => value.as_f64().unwrap(),
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn table(value: &Value) -> Crosstab {
    let row = |row: &Value| row.as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect::<Vec<u64>>();
    Crosstab::new(&value.as_array().unwrap().iter().map(row).collect::<Vec<_>>()).unwrap()
}

/// Runs the check over all cases of a file whose id it takes, and prints them. Every key must have been used.
fn over(file: &str, check: impl Fn(&mut Case) -> bool) -> usize {
    let path = format!("{}/../tests/reference/survey/{file}", env!("CARGO_MANIFEST_DIR"));
    let suite: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    // One table after the other, also when the tests run at the same time.
    static PRINTING: Mutex<()> = Mutex::new(());
    let _lines_together = PRINTING.lock().unwrap_or_else(PoisonError::into_inner);
    println!("{:<38} {:<28} {:>12} {:>10}", "case", "figure", "difference", "tolerance");
    let mut done = 0;
    for case in suite["cases"].as_array().unwrap() {
        let mut case = Case {
            id: case["id"].as_str().unwrap().into(),
            expected: case["expected"].clone(),
            used: BTreeSet::from(["note_or_cmle".into()]),
            worst: (String::new(), 0.0, 1.0),
        };
        if !check(&mut case) {
            continue;
        }
        for key in case.expected.as_object().unwrap().keys() {
            assert!(case.used.contains(key), "{}: {key} is not compared", case.id);
        }
        let (figure, difference, tolerance) = &case.worst;
        println!("{:<38} {figure:<28} {difference:>12.1e} {tolerance:>10.0e}", case.id);
        done += 1;
    }
    done
}

#[test]
fn all_cases_of_open_03_tables() {
    let done = over("open_03_tables.json", |case| {
        match case.id.split('_').next().unwrap() {
            "twoprop" => two_groups(case),
            "paired" => pairs(case),
            "trend" => trend(case),
            "kxk" => square(case),
            _ => others(case),
        }
        true
    });
    assert_eq!(done, 38);
}

fn two_groups(case: &mut Case) {
    let groups = TwoGroups::new((case.count("x1"), case.count("n1")), (case.count("x2"), case.count("n2"))).unwrap();
    let level = Level::new(number(&case.input("level"))).unwrap();
    case.figure("diff", Ok(groups.difference()), CLOSED);
    case.interval("wald", Ok(wald::two_groups(&groups, level)), CLOSED);
    case.interval("wald_cc", Ok(wald::two_groups_corrected(&groups, level)), CLOSED);
    case.interval("newcombe", Ok(newcombe::hybrid(&groups, level)), CLOSED);
    case.interval("newcombe_cc", Ok(newcombe::hybrid_corrected(&groups, level)), CLOSED);
    case.interval("agresti_caffo", Ok(agresti_caffo::plus_four(&groups, level)), CLOSED);
    case.interval("miettinen_nurminen", Ok(miettinen_nurminen::score(&groups, level)), ROOT);
    case.interval("mee", Ok(miettinen_nurminen::mee(&groups, level)), ROOT);
    let pooled = pooled_z::test(&groups);
    case.figure("z_pooled", pooled.clone().map(|test| test.statistic), CLOSED);
    case.figure("p_z_pooled", pooled.map(|test| test.p_value), CLOSED);
    let yates = pooled_z::yates(&groups);
    case.figure("chisq_yates", yates.clone().map(|test| test.statistic), CLOSED);
    case.figure("p_yates", yates.map(|test| test.p_value), CLOSED);
    let exact = fisher_exact::test(&groups).unwrap();
    case.figure("fisher_p", Ok(exact.two_sided), CLOSED);
    case.figure("fisher_less", Ok(exact.less), CLOSED);
    case.figure("fisher_greater", Ok(exact.greater), CLOSED);
    case.figure("fisher_midp", Ok(exact.mid_p), CLOSED);
    case.figure("or_sample", odds_ratio::sample(&groups), CLOSED);
    case.interval("or_woolf", odds_ratio::woolf(&groups, level), CLOSED);
    let (haldane, limits) = odds_ratio::haldane(&groups, level);
    case.figure("or_haldane", Ok(haldane), CLOSED);
    case.interval("or_haldane_ci", Ok(limits), CLOSED);
    let (conditional, limits) = exact_odds_ratio::conditional(&groups, level).unwrap();
    case.interval("or_cmle_fisher_ci", Ok(limits), FISHER_LIMITS);
    let exact = case.input("or_exact_conditional");
    case.compare("or_exact_conditional", conditional, number(&exact["or_cmle"]), QUANTILE);
    case.compare("or_exact_conditional[0]", limits.lower, number(&exact["ci"][0]), QUANTILE);
    case.compare("or_exact_conditional[1]", limits.upper, number(&exact["ci"][1]), QUANTILE);
    case.figure("rr", risk_ratio::ratio(&groups), CLOSED);
    case.interval("rr_katz", risk_ratio::katz(&groups, level), CLOSED);
    case.figure("cohen_h", Ok(cohen_h::h(&groups)), CLOSED);
}

fn pairs(case: &mut Case) {
    let pairs = Pairs::new(case.count("a"), case.count("b"), case.count("c"), case.count("d")).unwrap();
    let level = Level::new(number(&case.input("level"))).unwrap();
    assert_eq!(case.count("n"), pairs.n());
    case.figure("p1", Ok(pairs.shares().0), CLOSED);
    case.figure("p2", Ok(pairs.shares().1), CLOSED);
    case.figure("net_change", Ok(pairs.net_change()), CLOSED);
    case.figure("gross_change", Ok(pairs.gross_change()), CLOSED);
    case.figure("se_wald", Ok(wald::pairs_se(&pairs)), CLOSED);
    case.interval("wald", Ok(wald::pairs(&pairs, level)), CLOSED);
    case.interval("bonett_price", Ok(bonett_price::adjusted(&pairs, level)), CLOSED);
    case.interval("newcombe_paired", Ok(newcombe_paired::hybrid(&pairs, level)), CLOSED);
    case.interval("tango", Ok(tango::score(&pairs, level)), ROOT);
    let (plain, corrected) = (mcnemar::chi_squared(&pairs), mcnemar::chi_squared_corrected(&pairs));
    case.figure("mcnemar_chi2", plain.clone().map(|test| test.statistic), CLOSED);
    case.figure("p_mcnemar", plain.map(|test| test.p_value), CLOSED);
    case.figure("mcnemar_cc", corrected.clone().map(|test| test.statistic), CLOSED);
    case.figure("p_mcnemar_cc", corrected.map(|test| test.p_value), CLOSED);
    case.figure("p_exact", mcnemar::exact(&pairs), CLOSED);
    case.figure("p_midp", mcnemar::mid_p(&pairs), CLOSED);
    match paired_odds_ratio::conditional(&pairs, level) {
        Ok((ratio, limits)) => {
            case.figure("or_cond", Ok(ratio), CLOSED);
            case.interval("or_cond_exact", Ok(limits), QUANTILE);
        }
        Err(reason) => {
            assert_eq!(reason, NoResult::NobodyChanged);
            assert!(case.expected["or_cond"].is_null(), "{}", case.id);
        }
    }
    case.figure("kappa", kappa::cohen(&pairs.crosstab()), CLOSED);
}

fn trend(case: &mut Case) {
    let (x, n, score) = (case.counts("x"), case.counts("n"), case.numbers("score"));
    let groups: Vec<Group> = (0..x.len()).map(|i| Group { score: score[i], x: x[i], n: n[i] }).collect();
    let test = cochran_armitage::test(&groups);
    case.figure("chisq_prop_trend", test.clone().map(|test| test.statistic), CLOSED);
    case.figure("p", test.map(|test| test.p_value), CLOSED);
    case.figure("z_armitage", cochran_armitage::z(&groups), CLOSED);
    let linear = cochran_armitage::linear_by_linear(&groups);
    case.figure("z_linear_by_linear", linear.clone().map(|test| test.statistic), CLOSED);
    case.figure("p_linear_by_linear", linear.map(|test| test.p_value), CLOSED);
    case.figure("slope", cochran_armitage::slope(&groups), CLOSED);
    let rows: Vec<[u64; 2]> = groups.iter().map(|group| [group.x, group.n - group.x]).collect();
    let total = pearson::test(&Crosstab::new(&rows).unwrap());
    case.figure("chisq_total", total.map(|test| test.statistic), CLOSED);
    case.figure("p_exact_permutation", exact_trend::two_sided(&groups), CLOSED);
}

fn square(case: &mut Case) {
    let table = table(&case.input("table"));
    let rows = case.input("transition_row_pct");
    for (ours, reference) in flow::transitions(&table).unwrap().iter().zip(rows.as_array().unwrap()) {
        for (ours, reference) in ours.as_ref().unwrap().iter().zip(numbers(reference)) {
            case.compare("transition_row_pct", *ours, reference, CLOSED);
        }
    }
    let bowker = bowker::test(&table).unwrap();
    case.figure("bowker", Ok(bowker.statistic), CLOSED);
    case.figure("bowker_df", Ok(bowker.parameter[0]), CLOSED);
    case.figure("bowker_df_full", bowker::full_df(&table), CLOSED);
    case.figure("p_bowker", Ok(bowker.p_value), CLOSED);
    let margins = stuart_maxwell::test(&table).unwrap();
    case.figure("stuart_maxwell", Ok(margins.statistic), CLOSED);
    case.figure("sm_df", Ok(margins.parameter[0]), CLOSED);
    case.figure("p_sm", Ok(margins.p_value), CLOSED);
    let bhapkar = stuart_maxwell::bhapkar(&table).unwrap();
    case.figure("bhapkar", Ok(bhapkar.statistic), CLOSED);
    case.figure("p_bhapkar", Ok(bhapkar.p_value), CLOSED);
    case.figure("kappa", kappa::cohen(&table), CLOSED);
    case.figure("kappa_quadratic", kappa::quadratic(&table), CLOSED);
    case.figure("gross_change", flow::gross_change(&table), CLOSED);
    case.figures("net_change", &flow::net_change(&table).unwrap(), CLOSED);
}

fn others(case: &mut Case) {
    match case.id.as_str() {
        "fisher_rxc" => {
            let table = table(&case.input("table"));
            case.figure("p", freeman_halton::test(&table), CLOSED);
            let pearson = pearson::test(&table);
            case.figure("chisq", pearson.clone().map(|test| test.statistic), CLOSED);
            case.figure("p_chisq", pearson.map(|test| test.p_value), CLOSED);
            case.figure("cramers_v", pearson::cramers_v(&table), CLOSED);
            case.figure("min_expected", pearson::smallest_expected(&table), CLOSED);
        }
        "cmh_municipalities" => {
            assert_eq!(case.counts("dim"), [2, 2, 4]);
            // Column by column: x1, x2, n1 - x1, n2 - x2.
            let strata: Vec<TwoGroups> = case
                .counts("array_colmajor")
                .chunks(4)
                .map(|cells| TwoGroups::new((cells[0], cells[0] + cells[2]), (cells[1], cells[1] + cells[3])).unwrap())
                .collect();
            let test = mantel_haenszel::test(&strata).unwrap();
            case.figure("statistic", Ok(test.statistic), CLOSED);
            case.figure("p", Ok(test.p_value), CLOSED);
            let (ratio, limits) = mantel_haenszel::common_odds_ratio(&strata, Level::P95).unwrap();
            case.figure("or_mh", Ok(ratio), CLOSED);
            case.interval("ci", Ok(limits), CLOSED);
            case.figure("p_exact", mantel_haenszel::exact(&strata), CLOSED);
        }
        "p_adjust" => {
            let p = case.numbers("p");
            for (key, adjustment) in [
                ("bonferroni", Adjustment::Bonferroni),
                ("holm", Adjustment::Holm),
                ("hochberg", Adjustment::Hochberg),
                ("BH", Adjustment::BenjaminiHochberg),
                ("BY", Adjustment::BenjaminiYekutieli),
            ] {
                case.figures(key, &adjust(&p, adjustment).unwrap(), CLOSED);
            }
        }
        "binom_test_vs_benchmark" => {
            let (x, n, p0) = (case.counts("x"), case.counts("n"), case.numbers("p0"));
            let each = |test: fn(u64, u64, f64) -> Result<f64, NoResult>| -> Vec<f64> {
                (0..x.len()).map(|i| test(x[i], n[i], p0[i]).unwrap()).collect()
            };
            case.figures("p_value", &each(binomial::two_sided), CLOSED);
            case.figures("p_doubled_one_sided", &each(binomial::doubled), CLOSED);
        }
        id if id.ends_with("student_welch") => {
            let (x, y) = (case.numbers("x"), case.numbers("y"));
            let (welch, student) = (t_test::welch(&x, &y).unwrap(), t_test::student(&x, &y).unwrap());
            case.figure("welch_t", Ok(welch.statistic), CLOSED);
            case.figure("welch_df", Ok(welch.parameter[0]), CLOSED);
            case.figure("welch_p", Ok(welch.p_value), CLOSED);
            case.interval("welch_ci", t_test::welch_interval(&x, &y, Level::P95), QUANTILE);
            case.figure("student_t", Ok(student.statistic), CLOSED);
            case.figure("student_p", Ok(student.p_value), CLOSED);
            case.interval("mean_ci_x", t_test::mean_interval(&x, Level::P95), QUANTILE);
            case.figure("hedges_g", t_test::hedges_g(&x, &y), CLOSED);
        }
        "wilcoxon_ties" => {
            let (x, y) = (case.numbers("x"), case.numbers("y"));
            case.figure("U", wilcoxon::u(&x, &y), CLOSED);
            case.figure("p_normal_cc", wilcoxon::corrected(&x, &y).map(|test| test.p_value), CLOSED);
            let asymptotic = wilcoxon::asymptotic(&x, &y).unwrap();
            case.figure("z_asymp", Ok(asymptotic.statistic), CLOSED);
            case.figure("p_asymp", Ok(asymptotic.p_value), CLOSED);
            case.figure("p_exact", wilcoxon::exact(&x, &y).map(|test| test.p_value), CLOSED);
        }
        "kruskal_kendall_spearman" => {
            let (g, v) = (case.numbers("g"), case.numbers("v"));
            let group = |which: f64| -> Vec<f64> { (0..g.len()).filter(|i| g[*i] == which).map(|i| v[i]).collect() };
            let test = kruskal_wallis::test(&[group(1.0), group(2.0), group(3.0)]).unwrap();
            case.figure("kw", Ok(test.statistic), CLOSED);
            case.figure("kw_p", Ok(test.p_value), CLOSED);
            case.figure("tau_b", kendall::tau_b(&g, &v), CLOSED);
            case.figure("rho", spearman::rho(&g, &v), CLOSED);
        }
        "cronbach_alpha" => {
            let persons: Vec<Vec<f64>> = case.input("items").as_array().unwrap().iter().map(numbers).collect();
            case.figure("alpha", cronbach_alpha::alpha(&persons), CLOSED);
            case.figure("std_alpha", cronbach_alpha::standardised(&persons), CLOSED);
        }
        "quantile_types" => {
            use QuantileRule::*;
            let (x, p) = (case.numbers("x"), case.numbers("p"));
            let rules = [
                HyndmanFan1,
                HyndmanFan2,
                HyndmanFan3,
                HyndmanFan4,
                HyndmanFan5,
                HyndmanFan6,
                HyndmanFan7,
                HyndmanFan8,
                HyndmanFan9,
            ];
            for (index, rule) in rules.into_iter().enumerate() {
                let ours: Vec<f64> = p.iter().map(|p| quantile(&x, *p, rule).unwrap()).collect();
                case.figures(&format!("type{}", index + 1), &ours, CLOSED);
            }
        }
        other => panic!("{other} is not compared"),
    }
}

/// All tables of up to six people in each group: no figure is NaN, every interval holds the estimate, and changing the
/// groups about turns the difference round.
#[test]
fn every_small_table_has_figures_or_reasons() {
    let levels = [0.000_001, 0.95, 0.999_999].map(|level| Level::new(level).unwrap());
    let groups: Vec<(u64, u64)> = (1..=6).flat_map(|n| (0..=n).map(move |x| (x, n))).collect();
    for (first, second) in groups.iter().flat_map(|first| groups.iter().map(move |second| (*first, *second))) {
        let (table, turned) = (TwoGroups::new(first, second).unwrap(), TwoGroups::new(second, first).unwrap());
        let difference = table.difference();
        for level in levels {
            let within: [fn(&TwoGroups, Level) -> Interval; 4] =
                [newcombe::hybrid, newcombe::hybrid_corrected, miettinen_nurminen::score, miettinen_nurminen::mee];
            for (index, method) in within.into_iter().enumerate() {
                let (interval, mirrored) = (method(&table, level), method(&turned, level));
                let name = format!("{first:?} {second:?} {level:?} method {index}: {interval:?}");
                assert!(-1.0 <= interval.lower && interval.lower <= difference + 1e-15, "{name}");
                assert!(difference - 1e-15 <= interval.upper && interval.upper <= 1.0, "{name}");
                assert!((interval.lower + mirrored.upper).abs() < 1e-12, "{name}");
            }
            for interval in [wald::two_groups(&table, level), agresti_caffo::plus_four(&table, level)] {
                assert!(interval.lower.is_finite() && interval.lower <= interval.upper);
            }
            let ratios = [odds_ratio::woolf(&table, level), risk_ratio::katz(&table, level)];
            for interval in ratios.into_iter().flatten().chain([odds_ratio::haldane(&table, level).1]) {
                assert!(interval.lower > 0.0 && interval.lower <= interval.upper && interval.upper.is_finite());
            }
            let (ratio, limits) = exact_odds_ratio::conditional(&table, level).unwrap();
            assert!(limits.lower <= ratio * (1.0 + 1e-9) && ratio <= limits.upper * (1.0 + 1e-9), "{ratio} {limits:?}");
        }
        let p = fisher_exact::test(&table).unwrap();
        for p in [p.two_sided, p.less, p.greater, p.mid_p] {
            assert!((0.0..=1.0).contains(&p), "{first:?} {second:?}: {p}");
        }
        for test in
            [pooled_z::test(&table), pooled_z::yates(&table), mantel_haenszel::test(&[table])].into_iter().flatten()
        {
            assert!((0.0..=1.0).contains(&test.p_value), "{first:?} {second:?}: {test:?}");
        }
        for ratio in [odds_ratio::sample(&table), risk_ratio::ratio(&table)].into_iter().flatten() {
            assert!(ratio >= 0.0);
        }
    }
}

/// All tables of up to four people in each of the four cells.
#[test]
fn every_small_table_of_pairs_has_figures_or_reasons() {
    let levels = [0.000_001, 0.95, 0.999_999].map(|level| Level::new(level).unwrap());
    for cells in (0..5_u64.pow(4)).map(|code| [code % 5, code / 5 % 5, code / 25 % 5, code / 125]) {
        let [a, b, c, d] = cells;
        let Ok(pairs) = Pairs::new(a, b, c, d) else {
            assert_eq!(cells, [0; 4]);
            continue;
        };
        let turned = Pairs::new(a, c, b, d).unwrap();
        let change = pairs.net_change();
        for level in levels {
            let within: [fn(&Pairs, Level) -> Interval; 2] = [newcombe_paired::hybrid, tango::score];
            for method in within {
                let (interval, mirrored) = (method(&pairs, level), method(&turned, level));
                assert!(-1.0 - 1e-12 <= interval.lower && interval.lower <= change + 1e-15, "{cells:?} {interval:?}");
                assert!(change - 1e-15 <= interval.upper && interval.upper <= 1.0 + 1e-12, "{cells:?} {interval:?}");
                assert!((interval.lower + mirrored.upper).abs() < 1e-12, "{cells:?} {interval:?} {mirrored:?}");
            }
            for interval in [wald::pairs(&pairs, level), bonett_price::adjusted(&pairs, level)] {
                assert!(interval.lower.is_finite() && interval.lower <= interval.upper);
            }
            match paired_odds_ratio::conditional(&pairs, level) {
                Ok((ratio, limits)) => assert!(limits.lower <= ratio && ratio <= limits.upper, "{cells:?} {limits:?}"),
                Err(reason) => assert_eq!((reason, b + c), (NoResult::NobodyChanged, 0)),
            }
        }
        for p in [mcnemar::exact(&pairs), mcnemar::mid_p(&pairs)] {
            assert!((0.0..=1.0).contains(&p.unwrap()), "{cells:?}");
        }
        let table = pairs.crosstab();
        let tests = [
            bowker::test(&table),
            stuart_maxwell::test(&table),
            stuart_maxwell::bhapkar(&table),
            pearson::test(&table),
        ];
        for test in tests.into_iter().flatten().chain(mcnemar::chi_squared_corrected(&pairs)) {
            assert!((0.0..=1.0).contains(&test.p_value), "{cells:?} {test:?}");
        }
        if let Ok(kappa) = kappa::cohen(&table) {
            assert!((-1.0..=1.0).contains(&kappa), "{cells:?} {kappa}");
        }
    }
}

#[test]
fn overlapping_samples_of_open_04_youth() {
    let rows = youth();
    let done = over("open_04_youth.json", |case| {
        let (municipality, variable, years) = match case.id.as_str() {
            "overlap_closed_form_M01_wellbeing" => ("M01", "wellbeing", ["2023", "2024"]),
            "overlap_closed_form_M02_bullied" => ("M02", "bullied", ["2022", "2023"]),
            _ => return false,
        };
        let [first, second] = years.map(|year| -> Vec<(&str, f64)> {
            rows.iter()
                .filter(|row| row["muni"] == municipality && row["year"] == year && !row[variable].is_empty())
                .map(|row| (row["pid"].as_str(), row[variable].parse().unwrap()))
                .collect()
        });
        let population = case.count("N");
        let change = overlap::of_mean(&first, &second, None).unwrap();
        let fixed = overlap::of_mean(&first, &second, Some(population)).unwrap();
        assert_eq!(case.count("n1"), change.n1);
        assert_eq!(case.count("n2"), change.n2);
        assert_eq!(case.count("n_common"), change.n_common);
        case.figure("change", Ok(change.change), CLOSED);
        case.figure("s11", Ok(change.variances.0), CLOSED);
        case.figure("s22", Ok(change.variances.1), CLOSED);
        case.figure("s12_matched", Ok(change.matched_covariance), CLOSED);
        case.figure("cov_no_fpc", Ok(change.covariance), CLOSED);
        case.figure("se_overlap", Ok(change.se.unwrap()), CLOSED);
        case.figure("se_independent", Ok(change.se_independent), CLOSED);
        case.figure("cov_tam_fixed_population", Ok(fixed.covariance), CLOSED);
        case.figure("se_tam_fpc", Ok(fixed.se.unwrap()), CLOSED);
        true
    });
    assert_eq!(done, 2);
}

fn youth() -> Vec<std::collections::BTreeMap<String, String>> {
    let path = format!("{}/../tests/reference/survey/data/youthA.csv", env!("CARGO_MANIFEST_DIR"));
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}
