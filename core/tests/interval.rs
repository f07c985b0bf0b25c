//! Intervals of binomial counts and of designs against the reference cases in `tests/reference/survey` (R 4.2.2 with
//! survey 4.5). Finite populations: `interval_finite.rs`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a line for each case")]

use bygdepuls_core::interval::{
    Counts, DesignProportion, Level, NoInterval, ProportionMethod as M, ShareInterval, count_interval, design_interval,
};
use serde_json::Value;
use std::collections::BTreeMap;

fn cases(file: &str) -> Vec<Value> {
    let path = format!("{}/../tests/reference/survey/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let suite: Value = serde_json::from_str(&text).unwrap();
    suite["cases"].as_array().unwrap().clone()
}

/// The larger of the two limits' differences: relative, or absolute below 1.
fn difference(ours: ShareInterval, reference: &Value) -> f64 {
    let one = |ours: f64, reference: &Value| {
        let reference = reference.as_f64().unwrap();
        let difference = (ours - reference).abs();
        // A lower limit may be tiny: then relative too, unless both are rounding about 0.
        if difference < 1e-16 { 0.0 } else { difference / reference.abs().max(f64::MIN_POSITIVE) }
    };
    one(ours.lower, &reference[0]).max(one(ours.upper, &reference[1]))
}

/// The keys of the grid, their methods and tolerances: 1e-12 for closed forms, 1e-10 for quantile functions, 1e-9 where
/// R looked for a root with `uniroot`.
const GRID: [(&str, M, f64); 13] = [
    ("wilson", M::Wilson, 1e-12),
    ("wilson_cc", M::WilsonContinuity, 1e-12),
    ("agresti_coull", M::AgrestiCoull, 1e-12),
    ("logit_wald", M::LogitWald, 1e-12),
    ("arcsine_plain", M::Arcsine, 1e-12),
    ("arcsine_anscombe", M::Anscombe, 1e-12),
    ("clopper_pearson", M::ClopperPearson, 1e-10),
    ("jeffreys_equal_tailed", M::Jeffreys, 1e-10),
    ("jeffreys_bcd", M::JeffreysBrownCaiDasgupta, 1e-10),
    ("uniform_prior_equal_tailed", M::UniformPrior, 1e-10),
    ("mid_p", M::MidP, 1e-9),
    ("likelihood_ratio", M::LikelihoodRatio, 1e-9),
    ("wald", M::Z, 1e-12),
];

#[test]
fn intervals_of_counts_equal_r() {
    let cases = cases("open_02_binom_grid.json");
    assert_eq!(cases.len(), 198);
    let mut worst: BTreeMap<&str, (f64, String)> = BTreeMap::new();
    for case in &cases {
        let (e, id) = (&case["expected"], case["id"].as_str().unwrap());
        let (x, n) = (e["x"].as_u64().unwrap(), e["n"].as_u64().unwrap());
        let level = Level::new(e["level"].as_f64().unwrap()).unwrap();
        let mut of_case = 0.0f64;
        let keys: Vec<&String> = e.as_object().unwrap().keys().filter(|key| e[key.as_str()].is_array()).collect();
        assert_eq!(keys.len(), GRID.len(), "{id}: {keys:?}");
        for (key, method, tolerance) in GRID {
            let ours = if key == "wald" {
                // The variance of R's grid is p (1-p) / n, without the correction for one answer fewer.
                let p = x as f64 / n as f64;
                design_interval(method, &DesignProportion::new(p, p * (1.0 - p) / n as f64, n, 1.0).unwrap(), level)
            } else {
                count_interval(method, Counts { x, n, population: None }, level)
            };
            let Ok(ours) = ours else {
                // Neither has R an interval there, or one without length.
                assert!((x == 0 || x == n) && (key == "wald" || e[key][0] == "NaN"), "{id} {key}: {ours:?}");
                assert_eq!(ours, Err(NoInterval::AllAlike));
                continue;
            };
            let difference = difference(ours, &e[key]);
            assert!(difference <= tolerance, "{id} {key}: {ours:?} is not {}: {difference:e}", e[key]);
            of_case = of_case.max(difference);
            let entry = worst.entry(key).or_insert((0.0, String::new()));
            if difference > entry.0 {
                *entry = (difference, id.into());
            }
        }
        println!("{id:24} 13 intervals   {of_case:9.1e}");
    }
    for (key, method, tolerance) in GRID {
        let (difference, id) = &worst[key];
        println!("{key:28} {:18} {difference:9.1e}  {tolerance:e}  {id}", method.name());
    }
}

/// The keys of R's `svyciprop`, their methods and tolerances. R's `logit` is a model fitted by iteration, and its
/// `likelihood` an interpolated profile.
const DESIGN: [(&str, M, f64); 10] = [
    ("mean", M::T, 1e-12),
    ("xlogit", M::Xlogit, 1e-12),
    ("logit", M::Logit, 1e-8),
    ("asin", M::Asin, 1e-12),
    ("beta", M::Beta, 1e-10),
    ("wilson", M::Wilson, 1e-12),
    ("likelihood", M::Likelihood, 1e-5),
    ("with_R_dispersion_n_over_n_minus_1", M::Likelihood, 1e-9),
    ("rao_scott", M::LikelihoodRaoScott, 1e-9),
    ("kg_nchs", M::KornGraubard, 1e-10),
];

type DesignCase = (&'static str, u64, f64, f64, Option<(u64, u64)>);

/// What the cases with intervals of a design are: id, n, degrees of freedom, those asked for, and for simple random
/// samples how many said yes and the size of the population. Elsewhere the variance is read off R's own `mean`.
#[rustfmt::skip]
const DESIGN_CASES: [DesignCase; 13] = [
    ("srs_ciprop_90", 200, 199.0, 199.0, Some((163, 6194))),
    ("srs_ciprop_95", 200, 199.0, 199.0, Some((163, 6194))),
    ("srs_ciprop_99", 200, 199.0, 199.0, Some((163, 6194))),
    ("srs_ciprop_rare", 200, 199.0, 199.0, Some((13, 6194))),
    ("srs_ciprop_df10", 200, 199.0, 10.0, Some((163, 6194))),
    ("strat_ciprop", 200, 197.0, 197.0, None),
    ("strat_ciprop_rare", 200, 197.0, 197.0, None),
    ("strat_ciprop_domain", 50, 49.0, 49.0, None),
    ("clus1_ciprop", 183, 14.0, 14.0, None),
    ("clus1_ciprop_ell0", 183, 14.0, 14.0, None),
    ("clus1_JK1_ciprop", 183, 14.0, 14.0, None),
    ("ciprop_edge_small", 12, 11.0, 11.0, Some((2, 13))),
    ("class_clusters_ciprop", 114, 11.0, 11.0, None),
];

#[test]
fn intervals_of_designs_equal_r() {
    let mut cases = cases("open_01_api.json");
    cases.extend(self::cases("open_04_youth.json"));
    let edges = ["ciprop_edge_census", "ciprop_edge_allno", "ciprop_edge_allyes", "ciprop_edge_n1"];
    let with = cases.iter().filter(|case| case["id"].as_str().unwrap().contains("ciprop"));
    assert_eq!(with.count(), DESIGN_CASES.len() + edges.len());
    for (id, n, design_df, df, counts) in DESIGN_CASES {
        let case = cases.iter().find(|case| case["id"] == id).unwrap_or_else(|| panic!("no case {id}"));
        let e = &case["expected"];
        let level = match id {
            "srs_ciprop_90" => Level::new(0.9).unwrap(),
            "srs_ciprop_99" => Level::new(0.99).unwrap(),
            _ => Level::P95,
        };
        let p = e["mean"]["estimate"].as_f64().unwrap();
        let sample = if let Some((x, population)) = counts {
            DesignProportion { df, ..DesignProportion::of_counts(x, n, Some(population)).unwrap() }
        } else {
            let t = bygdepuls_core::distribution::student_t::upper_quantile(level.tail(), df);
            let length = e["mean"]["ci"][1].as_f64().unwrap() - e["mean"]["ci"][0].as_f64().unwrap();
            let se = length / (2.0 * t);
            DesignProportion::new(p, se * se, n, df).unwrap()
        };
        assert!((sample.estimate - p).abs() < 1e-15 && sample.design_df == design_df, "{id}");
        for (key, method, tolerance) in DESIGN {
            let reference = if key.ends_with("rao_scott") || key.starts_with("with_R") {
                &e["likelihood_closed_form"][key]
            } else {
                &e[key]["ci"]
            };
            if reference.is_null() {
                // R was given other degrees of freedom than the design's: there is no such interval then.
                assert!(id == "srs_ciprop_df10" && key == "kg_nchs", "{id} {key}");
                continue;
            }
            let mut sample = sample;
            if id == "clus1_JK1_ciprop" && matches!(key, "logit" | "likelihood") {
                // What the replicates vary on the scale of the logit: 0.18822732 by R's `svyglm`.
                let replicated = 0.188_227_320_633_402_6;
                sample.logit_variance = Some(replicated * replicated);
            }
            let ours = design_interval(method, &sample, level).unwrap();
            let difference = difference(ours, reference);
            // R's interpolated profile is good to 1e-5 of the scale of shares, and to less for 2 % in 15 clusters.
            let (difference, tolerance) = if key == "likelihood" {
                let lower = (ours.lower - reference[0].as_f64().unwrap()).abs();
                let upper = (ours.upper - reference[1].as_f64().unwrap()).abs();
                (lower.max(upper), if id == "clus1_ciprop_ell0" { 5e-4 } else { tolerance })
            } else {
                (difference, tolerance)
            };
            println!("{id:24} {key:36} {difference:9.1e}  {tolerance:e}");
            assert!(difference <= tolerance, "{id} {key}: {ours:?} is not {reference}");
        }
    }
}

/// Where R fails or gives a point for what is uncertain: the project's own rules.
#[test]
fn where_r_has_no_interval() {
    let cases = cases("open_04_youth.json");
    let case =
        |id: &str| &cases.iter().find(|case| case["id"] == id).unwrap_or_else(|| panic!("no case {id}"))["expected"];
    let on_variance = [
        M::T,
        M::Z,
        M::Logit,
        M::Xlogit,
        M::Asin,
        M::Likelihood,
        M::LikelihoodRaoScott,
        M::Beta,
        M::Wilson,
        M::WilsonZ,
    ];

    // Everybody of the cohort answered: nothing is uncertain about it, and R's intervals are points too, or not numbers.
    let census = DesignProportion::of_counts(2, 6, Some(6)).unwrap();
    let e = case("ciprop_edge_census");
    for method in on_variance {
        let point = design_interval(method, &census, Level::P95).unwrap();
        assert_eq!((point.lower, point.upper), (2.0 / 6.0, 2.0 / 6.0), "{method:?}");
    }
    for key in ["mean", "asin", "xlogit", "logit"] {
        let point = ShareInterval { lower: 2.0 / 6.0, upper: 2.0 / 6.0 };
        assert!(difference(point, &e[key]["ci"]) < 1e-9);
    }
    let korn_graubard = design_interval(M::KornGraubard, &census, Level::P95).unwrap();
    let worst = difference(korn_graubard, &e["kg_nchs"]["ci"]);
    println!("ciprop_edge_census       kg_nchs {worst:9.1e}  1e-10");
    assert!(worst < 1e-10);
    // Without the knowledge that everybody answered, a variance of 0 is none.
    let alike = DesignProportion::new(0.5, 0.0, 6, 5.0).unwrap();
    for method in on_variance {
        assert_eq!(design_interval(method, &alike, Level::P95), Err(NoInterval::NoVariance), "{method:?}");
    }

    for (id, p, n, df) in [("ciprop_edge_allno", 0.0, 14, 11.0), ("ciprop_edge_allyes", 1.0, 12, 9.0)] {
        let sample = DesignProportion::new(p, 0.0, n, df).unwrap();
        for method in on_variance {
            assert_eq!(design_interval(method, &sample, Level::P95), Err(NoInterval::AllAlike), "{id} {method:?}");
        }
        let worst =
            difference(design_interval(M::KornGraubard, &sample, Level::P95).unwrap(), &case(id)["kg_nchs"]["ci"]);
        println!("{id:24} kg_nchs {worst:9.1e}  1e-10");
        assert!(worst < 1e-10);
    }

    // One answer: R has no interval by any method.
    assert_eq!(case("ciprop_edge_n1")["nrow"], 1);
    let one = DesignProportion::new(1.0, f64::NAN, 1, 0.0).unwrap();
    let korn_graubard = design_interval(M::KornGraubard, &one, Level::P95).unwrap();
    assert!((korn_graubard.lower - 0.025).abs() < 1e-16 && korn_graubard.upper == 1.0);
    for method in on_variance {
        assert_eq!(design_interval(method, &one, Level::P95), Err(NoInterval::AllAlike), "{method:?}");
    }
    // One cluster of several answers.
    let cluster = DesignProportion::new(0.4, f64::NAN, 30, 0.0).unwrap();
    for method in on_variance.into_iter().chain([M::KornGraubard]) {
        assert_eq!(design_interval(method, &cluster, Level::P95), Err(NoInterval::NoVariance), "{method:?}");
    }
    let cluster = DesignProportion::new(0.4, 0.01, 30, 0.0).unwrap();
    for method in on_variance.into_iter().filter(|method| !matches!(method, M::Z | M::WilsonZ)) {
        assert_eq!(design_interval(method, &cluster, Level::P95), Err(NoInterval::NoDegreesOfFreedom), "{method:?}");
    }
}

/// Every method on every count: an interval that holds the estimate and lies within 0 and 1 (but for those that are
/// published without bounds), or a reason.
#[test]
fn every_method_is_defined_everywhere_or_says_why_not() {
    let unbounded = [M::T, M::Z, M::AgrestiCoull];
    for level in [1e-6, 0.5, 0.95, 0.999_999].map(|level| Level::new(level).unwrap()) {
        for n in [1, 2, 3, 7, 40, 1_000, 1_000_000] {
            for x in [0, 1, n / 3, n / 2, n - 1, n] {
                for population in [None, Some(n), Some(n + 5)] {
                    for (method, name) in M::NAMES {
                        if n > 1_000 && population.is_some() && method.needs_population()
                            || method == M::MidP && n > 1_000
                        {
                            continue;
                        }
                        let counts = Counts { x, n, population };
                        let Ok(ShareInterval { lower, upper }) = count_interval(method, counts, level) else {
                            continue;
                        };
                        let p = x as f64 / n as f64;
                        let place = format!("{name} {x}/{n} of {population:?} at {}: {lower} {upper}", level.as_f64());
                        assert!(lower.is_finite() && upper.is_finite() && lower <= upper, "{place}");
                        let about = matches!(method, M::Anscombe | M::AgrestiCoull | M::Jeffreys | M::UniformPrior)
                            // One of N is less than one of n.
                            || population.is_some() && (method.needs_population() || method == M::MidP)
                            || level.as_f64() < 0.9;
                        assert!(about || (lower <= p + 1e-12 && p <= upper + 1e-12), "{place}");
                        assert!(unbounded.contains(&method) || (lower >= 0.0 && upper <= 1.0), "{place}");
                    }
                }
            }
        }
    }
}

#[test]
fn impossible_counts_are_refused() {
    for (method, name) in M::NAMES {
        let with = |x, n, population| count_interval(method, Counts { x, n, population }, Level::P95);
        assert_eq!(with(0, 0, Some(3)), Err(NoInterval::NoAnswers), "{name}");
        assert_eq!(with(4, 3, Some(9)), Err(NoInterval::MoreYesThanAnswers), "{name}");
        assert_eq!(with(1, 3, Some(2)), Err(NoInterval::MoreAnswersThanPopulation), "{name}");
        assert_eq!(with(1, 20_000_000_000, None), Err(NoInterval::TooManyAnswers), "{name}");
        assert_eq!(with(1, 3, None).err(), method.needs_population().then_some(NoInterval::NeedsPopulation), "{name}");
        assert_eq!(M::parse(name), Some(method));
        assert_eq!(method.name(), name);
    }
    assert_eq!(M::parse("wald"), None);
    for estimate in [f64::NAN, -0.1, 1.1] {
        assert!(DesignProportion::new(estimate, 0.1, 5, 4.0).is_err());
    }
}
