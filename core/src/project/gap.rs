//! The section `[recruitment.gap]`: what demand and supply are computed from beyond the registers.

use super::toml::{self, Section};
use super::{Expected, ProjectProblem};
use crate::indicator::recruitment::{Assumptions, Cohort, ExitRate, Exits, Expansion, Growth, Internal, Prior};

/// Reads the section; what is left out is as in [`Assumptions::default`]. Fields and areas must be those of the project.
pub(super) fn read(section: Section<'_, '_>, fields: &[&str], areas: &[&str]) -> Assumptions {
    let standard = Assumptions::default();
    let horizons = section.optional("horizons", Expected::WholeList, |value| {
        let years = toml::whole_list(value)?.into_iter().map(|years| u16::try_from(years).ok());
        let years: Vec<u16> = years.collect::<Option<_>>()?;
        let rising = years.windows(2).all(|pair| pair[0] < pair[1]);
        (rising && years.first().is_some_and(|years| *years > 0) && years.last() <= Some(&40)).then_some(years)
    });
    let prior = if section.has("prior") { section.section("prior") } else { None };
    let horizons = horizons.unwrap_or(standard.horizons);
    let assumptions = Assumptions {
        expansion: read_expansion(&section, fields, &horizons),
        horizons,
        retirement: u8::try_from(section.whole("retirement", 50, 80, u64::from(standard.retirement))).unwrap_or(67),
        exits: read_exits(&section, standard.exits),
        internal: read_internal(&section, fields, areas),
        cohorts: read_cohorts(&section, fields, areas),
        prior: prior.map_or(standard.prior, |prior| read_prior(prior, standard.prior)),
        draws: u32::try_from(section.whole("draws", 100, 1_000_000, u64::from(standard.draws))).unwrap_or(10_000),
        seed: section.whole("seed", 0, u64::MAX, standard.seed),
    };
    section.finish();
    assumptions
}

/// A number in a range.
fn number(section: &Section<'_, '_>, key: &'static str, low: i32, high: i32) -> Option<f64> {
    let inside = |number: &f64| (f64::from(low)..=f64::from(high)).contains(number);
    section.optional(key, Expected::Number(low, high), |value| toml::number(value).filter(inside))
}

/// A number that must be there.
fn required(section: &Section<'_, '_>, key: &'static str, low: i32, high: i32) -> Option<f64> {
    let inside = |number: &f64| (f64::from(low)..=f64::from(high)).contains(number);
    section.required(key, Expected::Number(low, high), |value| toml::number(value).filter(inside))
}

/// A whole number that must be there.
fn whole(section: &Section<'_, '_>, key: &'static str, low: u64, high: u64) -> Option<u64> {
    section.required(key, Expected::Whole(low, high), |value| toml::whole(value).filter(|n| (low..=high).contains(n)))
}

/// One of some ids.
fn known(section: &Section<'_, '_>, key: &'static str, ids: &[&str]) -> Option<String> {
    let id = section.optional(key, Expected::Text, toml::text)?;
    if ids.contains(&id.as_str()) {
        return Some(id);
    }
    section.report(key, ProjectProblem::UnknownWord(ids.iter().map(|id| (*id).to_owned()).collect()));
    None
}

/// A field that must be named.
fn field(section: &Section<'_, '_>, fields: &[&str]) -> Option<String> {
    section.required("field", Expected::Text, toml::text)?;
    known(section, "field", fields)
}

/// The tables of a key that may be absent.
fn tables<'d, 't>(section: &Section<'d, 't>, key: &'static str) -> Vec<Section<'d, 't>> {
    if section.has(key) { section.sections(key) } else { Vec::new() }
}

fn read_exits(section: &Section<'_, '_>, standard: Exits) -> Exits {
    let words = [("age_out", 0), ("rates", 1), ("own", 2)];
    let word = section.word("exits", &words, 1);
    if word != 1 && section.has("exit") {
        section.report("exit", ProjectProblem::Unused { needs: "exits = \"rates\"".into() });
    }
    let mut rates: Vec<ExitRate> = Vec::new();
    for entry in tables(section, "exit") {
        let (from, to) = (whole(&entry, "from", 0, 120), whole(&entry, "to", 0, 120));
        let percent = required(&entry, "percent", 0, 100);
        let persons = number(&entry, "persons", 1, 1_000_000_000);
        if let (Some(from), Some(to), Some(percent)) = (from, to, percent) {
            let age = |age: u64| u8::try_from(age).unwrap_or(u8::MAX);
            let rate = ExitRate { from: age(from), to: age(to), share: percent / 100.0, persons };
            if rate.to < rate.from {
                entry.report("to", ProjectProblem::WrongType(Expected::Whole(from, 120)));
            } else if rates.iter().any(|other| other.from <= rate.to && rate.from <= other.to) {
                // An age has one share.
                entry.report("from", ProjectProblem::Twice);
            } else {
                rates.push(rate);
            }
        }
        entry.finish();
    }
    match word {
        0 => Exits::AgeOut,
        2 => Exits::Own,
        _ if rates.is_empty() => standard,
        _ => Exits::Rates(rates),
    }
}

fn read_expansion(section: &Section<'_, '_>, fields: &[&str], horizons: &[u16]) -> Expansion {
    let standard = if section.has("growth") { 2 } else { 1 };
    let word = section.word("expansion", &[("none", 0), ("survey", 1), ("given", 2)], standard);
    if word != 2 && section.has("growth") {
        section.report("growth", ProjectProblem::Unused { needs: "expansion = \"given\"".into() });
    }
    let mut growth: Vec<Growth> = Vec::new();
    // What is said to be given must be there.
    let entries = if word == 2 { section.sections("growth") } else { tables(section, "growth") };
    for entry in entries {
        let of = known(&entry, "field", fields);
        let years = whole(&entry, "years", 1, 40).and_then(|years| u16::try_from(years).ok());
        let percent = required(&entry, "percent", -100, 1000);
        if let (Some(years), Some(percent)) = (years, percent) {
            if growth.iter().any(|other| other.field == of && other.years == years) {
                entry.report("years", ProjectProblem::Twice);
            } else if !horizons.contains(&years) {
                let mut wanted = [horizons, &[years]].concat();
                wanted.sort_unstable();
                let needs = format!("horizons = {wanted:?}");
                entry.report("years", ProjectProblem::Unused { needs });
            }
            growth.push(Growth { field: of, years, percent });
        }
        entry.finish();
    }
    match word {
        0 => Expansion::None,
        2 => Expansion::Given(growth),
        _ => Expansion::BusinessSurvey,
    }
}

fn read_internal(section: &Section<'_, '_>, fields: &[&str], areas: &[&str]) -> Vec<Internal> {
    let mut internal: Vec<Internal> = Vec::new();
    for entry in tables(section, "internal") {
        let (of, area) = (field(&entry, fields), known(&entry, "area", areas));
        if let (Some(field), Some(per_year)) = (of, required(&entry, "per_year", 0, 1_000_000)) {
            if internal.iter().any(|other| other.field == field && other.area == area) {
                entry.report("field", ProjectProblem::Twice);
            }
            internal.push(Internal { field, area, per_year });
        }
        entry.finish();
    }
    internal
}

fn read_cohorts(section: &Section<'_, '_>, fields: &[&str], areas: &[&str]) -> Vec<Cohort> {
    let mut cohorts = Vec::new();
    for entry in tables(section, "cohort") {
        let (of, area) = (field(&entry, fields), known(&entry, "area", areas));
        let done = whole(&entry, "done", 1950, 2200).and_then(|year| u16::try_from(year).ok());
        let persons = whole(&entry, "persons", 0, 1_000_000).and_then(|persons| u32::try_from(persons).ok());
        if let (Some(field), Some(done), Some(persons)) = (of, done, persons) {
            cohorts.push(Cohort { field, area, done, persons });
        }
        entry.finish();
    }
    cohorts
}

fn read_prior(section: Section<'_, '_>, standard: Prior) -> Prior {
    let shares = section.optional("shares", Expected::Shares(5), |value| {
        let shares: [f64; 5] = toml::number_list(value)?.try_into().ok()?;
        shares.iter().all(|share| (0.0..=1.0).contains(share)).then_some(shares)
    });
    // Without any weight a chance of which nothing is known would have no value.
    let weight = section.optional("weight", Expected::Number(0, 1_000_000), |value| {
        toml::number(value).filter(|weight| *weight > 0.0 && *weight <= 1_000_000.0)
    });
    let prior = Prior {
        shares: shares.unwrap_or(standard.shares),
        unstated: number(&section, "unstated", 0, 1).unwrap_or(standard.unstated),
        weight: weight.unwrap_or(standard.weight),
        years: number(&section, "years", 1, 40).unwrap_or(standard.years),
        other_waves: number(&section, "other_waves", 0, 1).unwrap_or(standard.other_waves),
    };
    section.finish();
    prior
}

#[cfg(test)]
mod tests {
    use super::super::toml::Document;
    use super::*;
    use crate::problem::Problems;

    /// The section of a text, and codes and lines of its problems.
    fn parse(text: &str) -> (Assumptions, Vec<(&'static str, String, u64)>) {
        let mut problems = Problems::new();
        let assumptions = {
            let document = Document::new("project.toml", text, &mut problems);
            let table = document.parse().unwrap();
            let section = Section::new(&document, "recruitment.gap", table.get_ref(), table.span());
            read(section, &["health", "teaching"], &["region", "other"])
        };
        let list = problems.list().iter();
        let found = list.map(|problem| {
            (problem.what.code(), problem.column.clone().unwrap_or_default(), problem.line.unwrap_or_default())
        });
        (assumptions, found.collect())
    }

    #[test]
    fn what_is_left_out_is_as_documented() {
        assert_eq!(parse(""), (Assumptions::default(), Vec::new()));
    }

    #[test]
    fn everything_at_once() {
        let (assumptions, problems) = parse(
            r#"
horizons = [2, 5]
retirement = 62
exits = "rates"
expansion = "given"
draws = 500
seed = 7
exit = [{ from = 20, to = 61, percent = 3.5 }]
growth = [{ years = 5, percent = -2 }, { field = "health", years = 5, percent = 10.5 }]
internal = [{ field = "health", per_year = 1.5 }]
cohort = [{ field = "teaching", area = "other", done = 2028, persons = 9 }]
prior = { shares = [0, 0.1, 0.2, 0.3, 1], unstated = 0, weight = 8, years = 3, other_waves = 1 }
"#,
        );
        assert_eq!(problems, []);
        assert_eq!((assumptions.horizons, assumptions.retirement), (vec![2, 5], 62));
        let rate = ExitRate { from: 20, to: 61, share: 0.035, persons: None };
        assert_eq!(assumptions.exits, Exits::Rates(vec![rate]));
        let Expansion::Given(growth) = assumptions.expansion else { panic!() };
        assert_eq!((growth[0].percent, growth[1].percent), (-2.0, 10.5));
        assert_eq!(assumptions.internal[0].per_year, 1.5);
        assert_eq!(assumptions.cohorts[0].area.as_deref(), Some("other"));
        assert_eq!((assumptions.prior.shares[1], assumptions.prior.weight), (0.1, 8.0));
    }

    #[test]
    fn what_would_be_ignored_is_a_problem() {
        let places = |text: &str| parse(text).1;
        let place = |code, key: &str, line| (code, format!("recruitment.gap.{key}"), line);
        let exit = "exit = [{ from = 20, to = 61, percent = 3 }]";
        let growth = "growth = [{ years = 3, percent = 2 }]";
        for (word, found) in [("own", 1), ("age_out", 1), ("rates", 0)] {
            let problems = places(&format!("exits = \"{word}\"\n{exit}"));
            assert_eq!(problems, vec![place("unused", "exit", 2); found], "{word}");
        }
        for (word, found) in [("survey", 1), ("none", 1), ("given", 0)] {
            let problems = places(&format!("expansion = \"{word}\"\n{growth}"));
            assert_eq!(problems, vec![place("unused", "growth", 2); found], "{word}");
        }
        // Without a word, rows say what is meant.
        assert_eq!((places(exit), places(growth)), (vec![], vec![]));
        assert_eq!(places("expansion = \"given\""), [place("missing-key", "growth", 1)]);
        assert_eq!(places(&format!("horizons = [1, 10]\n{growth}")), [place("unused", "growth.years", 2)]);
    }

    #[test]
    fn every_mistake_has_its_place() {
        let (_, problems) = parse(
            r#"horizons = [3, 1]
retirement = 167
exits = "gone"
exit = [{ from = 20, to = 30, percent = 5 }, { from = 30, to = 40, percent = 101 }, { from = 25, to = 28, percent = 1 }]
growth = [{ field = "helse", years = 3, percent = nan }]
cohort = [{ field = "health", area = "there", done = 2028, persons = -1 }]
prior = { shares = [0.1, 0.2], weight = 0 }
horizon = 3
"#,
        );
        let found: Vec<(&str, &str, u64)> =
            problems.iter().map(|(code, column, line)| (*code, column.as_str(), *line)).collect();
        for expected in [
            ("wrong-type", "recruitment.gap.horizons", 1),
            ("wrong-type", "recruitment.gap.retirement", 2),
            ("unknown-word", "recruitment.gap.exits", 3),
            ("wrong-type", "recruitment.gap.exit.percent", 4),
            ("twice", "recruitment.gap.exit.from", 4),
            ("unknown-word", "recruitment.gap.growth.field", 5),
            ("wrong-type", "recruitment.gap.growth.percent", 5),
            ("unknown-word", "recruitment.gap.cohort.area", 6),
            ("wrong-type", "recruitment.gap.cohort.persons", 6),
            ("wrong-type", "recruitment.gap.prior.shares", 7),
            ("wrong-type", "recruitment.gap.prior.weight", 7),
            ("unknown-key", "recruitment.gap.horizon", 8),
        ] {
            assert!(found.contains(&expected), "{expected:?} {found:?}");
        }
        assert_eq!(found.len(), 12, "{found:?}");
    }
}
