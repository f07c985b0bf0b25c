//! The codes in `docs/schema/*.json` are those that the types have, no more and no fewer.
//!
//! Each list below follows a `match` of every kind: a new kind does not compile until it has its place here, and then the
//! schema must have it too.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::design::{Design, DesignProblem};
use crate::estimate::{Make, NoEstimate, QuantileIntervalMethod, QuantileRule, Replication, Statistic};
use crate::interval::{NoInterval, ProportionMethod};
use crate::weight::replicate::{BootstrapMethod, GivenMethod};
use serde_json::Value;
use std::collections::BTreeSet;
use std::iter::successors;

/// The codes of a key of a cell; null is left out.
fn codes(schema: &str, key: &str) -> BTreeSet<String> {
    let path = format!("{}/../docs/schema/{schema}.json", env!("CARGO_MANIFEST_DIR"));
    let schema: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let list = schema["properties"]["cells"]["items"]["properties"][key]["enum"].as_array().unwrap();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[test]
fn statuses_of_estimates() {
    let name = String::new;
    let next = |reason: &NoEstimate| {
        Some(match reason {
            NoEstimate::NoValues => NoEstimate::NoWeight,
            NoEstimate::NoWeight => NoEstimate::ZeroDenominator,
            NoEstimate::ZeroDenominator => NoEstimate::Underflow,
            NoEstimate::Underflow => NoEstimate::Overflow,
            NoEstimate::Overflow => NoEstimate::OneValue,
            NoEstimate::OneValue => NoEstimate::NoVariation,
            NoEstimate::NoVariation => NoEstimate::NotFinite,
            NoEstimate::NotFinite => NoEstimate::InvalidProbability,
            NoEstimate::InvalidProbability => NoEstimate::PopulationBelowSample,
            NoEstimate::PopulationBelowSample => NoEstimate::NoDegreesOfFreedom,
            NoEstimate::NoDegreesOfFreedom => NoEstimate::TooFewReplicates,
            NoEstimate::TooFewReplicates => NoEstimate::Design(DesignProblem::LonelyPsu { stratum: name(), stage: 1 }),
            NoEstimate::Design(_) => return None,
        })
    };
    let all: Vec<NoEstimate> = successors(Some(NoEstimate::NoValues), next).collect();
    assert_eq!(codes("estimate", "status"), set(all.iter().map(NoEstimate::status).chain(["ok"])));
}

#[test]
fn statistics() {
    let name = String::new;
    let next = |statistic: &Statistic| {
        Some(match statistic {
            Statistic::Mean { .. } => Statistic::Total { column: name() },
            Statistic::Total { .. } => Statistic::Share { column: name(), codes: Vec::new() },
            Statistic::Share { .. } => Statistic::Count { column: name(), codes: Vec::new() },
            Statistic::Count { .. } => Statistic::Ratio { numerator: name(), denominator: name() },
            Statistic::Ratio { .. } => Statistic::Quantile {
                column: name(),
                probabilities: Vec::new(),
                rule: QuantileRule::default(),
                interval: QuantileIntervalMethod::Mean,
            },
            Statistic::Quantile { .. } => Statistic::Variance { column: name() },
            Statistic::Variance { .. } => Statistic::Correlation { first: name(), second: name() },
            Statistic::Correlation { .. } => return None,
        })
    };
    let all: Vec<Statistic> = successors(Some(Statistic::Mean { column: name() }), next).collect();
    assert_eq!(codes("estimate", "statistic"), set(all.iter().map(Statistic::name).chain(["contrast"])));
}

#[test]
fn methods_of_intervals() {
    let shares = || ProportionMethod::NAMES.iter().map(|(_, name)| *name);
    assert_eq!(codes("interval", "ci_method"), set(shares()));
    let quantiles = QuantileIntervalMethod::ALL.iter().map(|(name, _)| *name);
    assert_eq!(codes("estimate", "ci_method"), set(shares().chain(quantiles)));
}

#[test]
fn methods_of_replicates() {
    let bootstrap = |method| Make::Bootstrap { method: Some(method), replicates: 2, seed: 1 };
    let next = |method: &Make| {
        Some(match method {
            Make::Jk1 => Make::Jkn,
            Make::Jkn => Make::Brr,
            Make::Brr => Make::Fay { rho: 0.3 },
            Make::Fay { .. } => bootstrap(BootstrapMethod::RaoWu),
            Make::Bootstrap { method: Some(BootstrapMethod::RaoWu), .. } => bootstrap(BootstrapMethod::CantyDavison),
            // Without a name it is one of the two.
            Make::Bootstrap { method: Some(BootstrapMethod::CantyDavison) | None, .. } => return None,
        })
    };
    let stages = Design::simple(vec![1.0]).stages;
    let made = successors(Some(Make::Jk1), next).map(|method| Replication::Made { method, mse: false }.name(&stages));
    let next = |method: &GivenMethod| {
        Some(match method {
            GivenMethod::Brr => GivenMethod::Fay { rho: 0.3 },
            GivenMethod::Fay { .. } => GivenMethod::Jk1,
            GivenMethod::Jk1 => GivenMethod::Jkn,
            GivenMethod::Jkn => GivenMethod::Bootstrap,
            GivenMethod::Bootstrap => GivenMethod::Other,
            GivenMethod::Other => return None,
        })
    };
    let given = successors(Some(GivenMethod::Brr), next).map(GivenMethod::name);
    assert_eq!(codes("estimate", "replicate_method"), set(made.chain(given)));
}

#[test]
fn statuses_of_intervals() {
    let next = |reason: &NoInterval| {
        Some(match reason {
            NoInterval::NoAnswers => NoInterval::MoreYesThanAnswers,
            NoInterval::MoreYesThanAnswers => NoInterval::MoreAnswersThanPopulation,
            NoInterval::MoreAnswersThanPopulation => NoInterval::TooManyAnswers,
            NoInterval::TooManyAnswers => NoInterval::NeedsCounts,
            NoInterval::NeedsCounts => NoInterval::OneAnswer,
            NoInterval::OneAnswer => NoInterval::PopulationTooLarge { limit: 1 },
            NoInterval::PopulationTooLarge { .. } => NoInterval::AllAlike,
            NoInterval::AllAlike => NoInterval::NoVariance,
            NoInterval::NoVariance => NoInterval::NoDegreesOfFreedom,
            NoInterval::NoDegreesOfFreedom => NoInterval::NeedsPopulation,
            NoInterval::NeedsPopulation => return None,
        })
    };
    // The first four are errors of the counts; counts are what the fifth asks for.
    let all = successors(Some(NoInterval::NoAnswers), next).skip(5).map(NoInterval::code);
    assert_eq!(codes("interval", "status"), set(all.chain(["ok"])));
}
