//! Demand, supply and gap: hand-worked counts, closed forms, and what may not change them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "recruitment_gap/reference.rs"]
mod reference;
#[path = "recruitment_gap/rows.rs"]
mod rows;

use bygdepuls_core::cube::About;
use bygdepuls_core::disclosure::recruitment::{Rules, publish};
use bygdepuls_core::indicator::recruitment::{
    Assumptions, CATALOGUE, Cohort, Division, Entry, ExitRate, Exits, Expansion, Figures, Growth, Internal, gap,
};
use bygdepuls_core::interval::Level;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::register::recruitment::{Recruitment, Staff, Wants};
use rows::{away, business, course, cv, day, outlook, recruitment, staff, stratum};

/// A figure's entry by the codes of its column, horizon, area and group.
fn entry<'a>(figures: &'a Figures, column: &str, horizon: &str, area: &str, group: &str) -> &'a Entry {
    let at = |codes: Vec<&str>, code: &str| codes.iter().position(|c| *c == code).unwrap_or_else(|| panic!("{code}"));
    let column = at(figures.columns.iter().map(|c| c.category.code.as_str()).collect(), column);
    let horizon = at(figures.periods.iter().map(|c| c.code.as_str()).collect(), horizon);
    let area = at(figures.areas.iter().map(|c| c.code.as_str()).collect(), area);
    let group = at(figures.groups.iter().map(|c| c.code.as_str()).collect(), group);
    let (h, a, g) = (figures.periods.len(), figures.areas.len(), figures.groups.len());
    &figures.entries[((column * h + horizon) * a + area) * g + group]
}

fn value(figures: &Figures, column: &str, horizon: &str, group: &str) -> f64 {
    entry(figures, column, horizon, "a", group).value.clone().unwrap()
}

/// Nothing is left to chance: age-out alone, given growth, chances of 0 and 1.
fn certain() -> Assumptions {
    let mut assumptions = Assumptions { exits: Exits::AgeOut, draws: 200, ..Assumptions::default() };
    assumptions.prior.shares = [0.0, 0.0, 0.0, 1.0, 1.0];
    assumptions.prior.unstated = 0.0;
    assumptions
}

#[test]
fn without_chance_the_gap_is_the_count() {
    // Health: ages 66, 64 (3 persons), 57 and one of unknown age; teaching: 40 and 68.
    let rows =
        vec![staff(1, 0, 66, 1), staff(2, 0, 64, 3), staff(3, 0, 57, 1), staff(4, 1, 40, 1), staff(5, 1, 68, 1), {
            let mut row = staff(6, 0, 0, 1);
            row.age = None;
            row
        }];
    let mut register = recruitment(rows);
    register.cvs = Some(vec![
        away(1, 0, 5), // comes home
        away(2, 0, 1), // does not
        {
            let mut cv = away(3, 0, 4);
            cv.done = Some(2028);
            cv
        }, // done within 3 years of 2026, not within 1
        {
            let mut cv = cv(4, 1);
            cv.lives_here = true;
            cv
        }, // lives here and wants a job
        {
            let mut cv = cv(5, 1);
            cv.lives_here = true;
            cv.wants = Wants::Told;
            cv
        }, // wants none
    ]);
    let mut assumptions = certain();
    assumptions.expansion = Expansion::Given(vec![
        Growth { field: Some("health".into()), years: 3, percent: 50.0 },
        Growth { field: None, years: 10, percent: -25.0 },
    ]);
    assumptions.internal = vec![Internal { field: "health".into(), area: None, per_year: 0.5 }];
    let result = gap(&register, &assumptions, Level::P95).unwrap();
    // 66 within 1 year; 64 (three persons) too within 3; 57 too within 10. 68 has passed 67 already.
    let demand = &result.demand;
    assert_eq!(["h1", "h3", "h10"].map(|h| value(demand, "age_out", h, "health")), [1.0, 4.0, 5.0]);
    assert_eq!(["h1", "h3", "h10"].map(|h| value(demand, "age_out", h, "teaching")), [1.0, 1.0, 1.0]);
    assert_eq!(["h1", "h3", "h10"].map(|h| value(demand, "exits", h, "all")), [0.0; 3]);
    // 50 % of 6 health staff; −25 % of 6 and of 2.
    assert_eq!(["h1", "h3", "h10"].map(|h| value(demand, "expansion", h, "health")), [0.0, 3.0, -1.5]);
    assert_eq!(value(demand, "expansion", "h10", "teaching"), -0.5);
    assert_eq!(["h1", "h3", "h10"].map(|h| value(demand, "internal", h, "health")), [0.5, 1.5, 5.0]);
    let gaps = &result.gap;
    assert_eq!(["h1", "h3", "h10"].map(|h| value(gaps, "demand", h, "health")), [0.5, 5.5, -1.5]);
    assert_eq!(["h1", "h3", "h10"].map(|h| value(gaps, "supply", h, "health")), [1.0, 2.0, 2.0]);
    assert_eq!(["h1", "h3", "h10"].map(|h| value(gaps, "gap", h, "health")), [-0.5, 3.5, -3.5]);
    assert_eq!(["h1", "h3", "h10"].map(|h| value(gaps, "gap", h, "teaching")), [0.0, 0.0, -0.5]);
    assert_eq!(value(gaps, "gap", "h3", "all"), 3.5);
    let certain = entry(gaps, "gap", "h3", "a", "health");
    let interval = certain.interval.unwrap();
    assert_eq!((interval.lower, interval.upper), (3.5, 3.5));
    // The six staff of health, and the three of the base who are done with education by then.
    assert_eq!(certain.behind.units, 6 + 3);
    let notes: Vec<&str> = certain.notes.iter().map(|note| note.en.as_str()).collect();
    assert!(notes.iter().any(|note| note.contains("1 staff of unknown age")));
    // What was given for some horizons and fields only is said.
    assert!(notes.contains(&"Within 1 year: no growth was given, so it is taken as 0: health; teaching."));
    assert!(notes.contains(&"Within 3 years: no growth was given, so it is taken as 0: teaching."));
    assert!(!notes.iter().any(|note| note.contains("Within 10")), "{notes:?}");
    // An occupation grows as its field does.
    register.assumptions = assumptions;
    for row in register.staff.as_mut().unwrap().iter_mut().filter(|row| row.field == 1) {
        row.occupation = 2341;
    }
    let metric = CATALOGUE.iter().find(|metric| metric.id == "demand_by_occupation").unwrap();
    let by_occupation = (metric.figures)(&register, &mut Problems::new()).unwrap();
    assert_eq!(value(&by_occupation, "expansion", "h3", "all"), 3.0);
    assert_eq!(value(&by_occupation, "expansion", "h10", "all"), -2.0);
    let labels: Vec<&str> = by_occupation.groups.iter().map(|group| group.label.en.as_str()).collect();
    assert_eq!(labels, ["All", "2221 Spesialsykepleiere", "2341 Grunnskolelærere"]);
    assert_eq!(value(&by_occupation, "expansion", "h10", "2341"), -0.5);
    // Only health within 3 years is short: 4 more close 3.5, of whom the base has but the one who stays away.
    let [closing] = &result.closings[..] else { panic!("{:?}", result.closings) };
    assert_eq!((closing.field.as_str(), closing.years, closing.chance), ("health", 3, 1.0));
    assert_eq!((closing.more, closing.left), (4, 1.0));
    assert!(closing.sentence.en.contains("does not have that many"), "{}", closing.sentence.en);
    let intents: Vec<_> = closing.parts.iter().filter(|part| part.division == Division::Intent).collect();
    assert_eq!(
        intents.iter().map(|part| (part.code.as_str(), part.expected)).collect::<Vec<_>>(),
        [("4", 1.0), ("5", 1.0), ("1", 0.0)]
    );
}

/// One person each way: the mean and the spread of the draws against what they must be.
#[test]
fn draws_have_the_moments_of_the_model() {
    let mut register = recruitment(vec![staff(1, 0, 57, 40)]);
    register.cvs = Some((0..30).map(|line| away(line, 0, 5)).collect());
    let rate = ExitRate { from: 55, to: 60, share: 0.2, persons: Some(20.0) };
    let assumptions = Assumptions {
        exits: Exits::Rates(vec![rate]),
        expansion: Expansion::None,
        draws: 20_000,
        horizons: vec![3],
        ..Assumptions::default()
    };
    let result = gap(&register, &assumptions, Level::P95).unwrap();
    // Staying three years: E(1 − q)^3 of Beta(4, 16) and its square.
    let stay = 16.0 / 20.0 * 17.0 / 21.0 * 18.0 / 22.0;
    let square = stay * 19.0 / 23.0 * 20.0 / 24.0 * 21.0 / 25.0;
    let demand = 40.0 * (1.0 - stay);
    assert!((value(&result.gap, "demand", "h3", "health") - demand).abs() < 1e-12);
    let spread = 40.0 * (stay - square) + 1600.0 * (square - stay * stay);
    // Coming home within three years: 1 − 0.5^(3/5), Beta of weight 4, thirty people with one chance.
    let p = 1.0 - 0.659_753_955_386_447_1; // 0.5^0.6
    let supply = 30.0 * p;
    assert!((value(&result.gap, "supply", "h3", "health") - supply).abs() < 1e-12);
    let spread = spread + 30.0 * p * (1.0 - p) * (4.0 + 30.0) / 5.0;
    let entry = entry(&result.gap, "gap", "h3", "a", "health");
    assert!((entry.value.clone().unwrap() - (demand - supply)).abs() < 1e-12);
    // An interval of the draws is no normal one, but as wide as four standard deviations within a tenth.
    let interval = entry.interval.unwrap();
    let width = (interval.upper - interval.lower) / (2.0 * 1.96 * spread.sqrt());
    assert!((0.9..1.1).contains(&width), "{width}");
}

#[test]
fn a_survey_is_expanded_by_stratum() {
    // Stratum 0: 10 businesses, 2 answered, +1 and +3 in health: 10/2 × 4 = 20. Stratum 1: both answered, −1: −1, no variance.
    let mut register = recruitment(vec![staff(1, 0, 30, 10)]);
    register.strata = vec![stratum("a", 10), stratum("b", 2)];
    register.businesses = Some(vec![
        business(1, 0, vec![outlook(0, 1, 1)]),
        business(2, 0, vec![outlook(0, 1, 3)]),
        business(3, 1, vec![outlook(1, 1, -1)]),
        business(4, 1, vec![]),
    ]);
    register.cvs = Some(Vec::new());
    let assumptions = Assumptions { exits: Exits::AgeOut, draws: 4_000, ..Assumptions::default() };
    let result = gap(&register, &assumptions, Level::P95).unwrap();
    assert_eq!(value(&result.demand, "expansion", "h1", "health"), 20.0);
    assert_eq!(value(&result.demand, "expansion", "h1", "teaching"), -1.0);
    let teaching = entry(&result.demand, "expansion", "h1", "a", "teaching").interval.unwrap();
    assert_eq!((teaching.lower, teaching.upper), (-1.0, -1.0));
    // One of the two is drawn, its factor 2: 20 ± 10 √(1 − 2/10), so the variance is 100 × 0.8 = N²(1 − f) s²/n.
    let health = entry(&result.demand, "expansion", "h1", "a", "health").interval.unwrap();
    assert!((health.lower - (20.0 - 10.0 * 0.8_f64.sqrt())).abs() < 1e-12, "{health:?}");
    assert!((health.upper - (20.0 + 10.0 * 0.8_f64.sqrt())).abs() < 1e-12, "{health:?}");
    // Nobody was asked for 3 years: those of 1 year, and it is said.
    let later = entry(&result.demand, "expansion", "h3", "a", "health");
    assert_eq!(later.value, Ok(20.0));
    assert!(
        later
            .notes
            .iter()
            .any(|note| note.en.contains("Within 3 years: the new positions that businesses expect within 1"))
    );
}

#[test]
fn a_regions_own_exits() {
    // Of 4 persons aged 56 one is gone a year later; an employer that is not in the second count is no evidence.
    let mut rows = Vec::new();
    for person in 0..4 {
        let mut row = staff(person, 0, 56, 1);
        (row.person, row.day) = (Some(person), day("2024-12-01"));
        rows.push(row);
        if person < 3 {
            (row.day, row.age) = (day("2025-12-01"), Some(57));
            rows.push(row);
        }
    }
    let mut gone = staff(9, 0, 56, 1);
    (gone.person, gone.day, gone.employer) = (Some(9), day("2024-12-01"), 1);
    rows.push(gone);
    let mut register = recruitment(rows);
    register.cvs = Some(Vec::new());
    let assumptions = Assumptions {
        exits: Exits::Own,
        horizons: vec![1],
        draws: 1000,
        expansion: Expansion::None,
        ..Assumptions::default()
    };
    let result = gap(&register, &assumptions, Level::P95).unwrap();
    // Beta(1/4 + 1, 3/4 + 3): mean (1/4 + 1)/5 = 1/4 of the 3 who are 57 now.
    assert!((value(&result.demand, "exits", "h1", "health") - 0.75).abs() < 1e-12);
    // Without persons there is nothing to count.
    register.staff.iter_mut().flatten().for_each(|row| row.person = None);
    let result = gap(&register, &assumptions, Level::P95).unwrap();
    assert_eq!(entry(&result.gap, "gap", "h1", "a", "all").value.clone().unwrap_err().code, "not_followed");
}

fn plenty() -> Recruitment {
    let mut rows = Vec::new();
    for line in 0..200_u32 {
        let mut row = staff(line, u8::try_from(line % 3).unwrap(), u8::try_from(20 + line % 50).unwrap(), 1 + line % 2);
        row.employer = line % 7;
        row.place = u16::try_from(line % 2).unwrap();
        row.field = if row.field == 2 { u8::MAX } else { row.field };
        rows.push(row);
    }
    let mut register = recruitment(rows);
    register.strata = vec![stratum("a", 40), stratum("b", 30)];
    register.businesses = Some(
        (0..20)
            .map(|line| {
                business(
                    line,
                    u16::try_from(line % 2).unwrap(),
                    vec![outlook(u8::try_from(line % 2).unwrap(), 3, i32::try_from(line % 5).unwrap() - 2)],
                )
            })
            .collect(),
    );
    register.cvs = Some(
        (0..60_u32)
            .map(|line| {
                let mut cv = away(line, u8::try_from(line % 2).unwrap(), u8::try_from(1 + line % 5).unwrap());
                cv.wave = Some(format!("w{}", 1 + line % 4));
                cv.intent = cv.intent.filter(|_| line % 11 != 0);
                cv.done = (line % 6 == 0).then_some(2027);
                cv.home = u16::try_from(line % 2).unwrap();
                cv
            })
            .collect(),
    );
    register.courses = Some(
        (0..80_u32)
            .map(|line| {
                let back = (line % 3 == 0).then(|| day("2023-05-01"));
                course(&format!("w{}", 1 + line % 4), u8::try_from(1 + line % 5).unwrap(), "2020-05-01", back)
            })
            .collect(),
    );
    register
}

#[test]
fn the_order_of_rows_decides_nothing() {
    let mut register = plenty();
    let assumptions = Assumptions {
        draws: 500,
        cohorts: vec![Cohort { field: "teaching".into(), area: None, done: 2029, persons: 12 }],
        ..Assumptions::default()
    };
    let before = format!("{:?}", gap(&register, &assumptions, Level::P95).unwrap());
    register.staff.as_mut().unwrap().reverse();
    register.businesses.as_mut().unwrap().rotate_left(7);
    register.cvs.as_mut().unwrap().reverse();
    register.courses.as_mut().unwrap().rotate_left(13);
    assert_eq!(format!("{:?}", gap(&register, &assumptions, Level::P95).unwrap()), before);
    let other = Assumptions { seed: 2, ..assumptions };
    assert_ne!(format!("{:?}", gap(&register, &other, Level::P95).unwrap()), before);
}

#[test]
fn behind_a_demand_are_those_who_add_to_it() {
    // Forty staff of two employers who may leave, ten of other employers of unknown age; thirteen businesses, all asked.
    let mut rows: Vec<_> = (0..40).map(|line| Staff { employer: line % 2, ..staff(line, 0, 66, 1) }).collect();
    rows.extend((0..10).map(|line| Staff { age: None, ..Staff { employer: 2 + line, ..staff(40 + line, 0, 0, 1) } }));
    let mut register = recruitment(rows);
    register.strata = vec![stratum("a", 13)];
    register.areas.truncate(1);
    let says = |expansion: [i32; 13]| {
        Some(expansion.into_iter().zip(1..).map(|(many, line)| business(line, 0, vec![outlook(0, 1, many)])).collect())
    };
    let demand = |register: &Recruitment, expansion| {
        let assumptions = Assumptions { expansion, ..certain() };
        let demand = gap(register, &assumptions, Level::P95).unwrap().demand;
        let behind = entry(&demand, "demand", "h1", "a", "health").behind.clone();
        let cube = publish("demand", &demand, &Rules::default(), About::default());
        (behind.employers.len(), behind.units, cube.cells[0].values[0])
    };
    register.businesses = says([0; 13]);
    assert_eq!(demand(&register, Expansion::BusinessSurvey), (2, 40, None));
    register.businesses = says([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1]);
    assert_eq!(demand(&register, Expansion::BusinessSurvey), (4, 42, Some(40.0)));
    // A percentage is one of all staff, and of none of them where it is 0.
    let growth = |percent| Expansion::Given(vec![Growth { field: None, years: 1, percent }]);
    assert_eq!(demand(&register, growth(10.0)), (12, 50, Some(45.0)));
    assert_eq!(demand(&register, growth(0.0)), (2, 40, None));
}

#[test]
fn more_courses_narrow_the_interval() {
    let mut register = plenty();
    let assumptions =
        Assumptions { draws: 4_000, exits: Exits::AgeOut, expansion: Expansion::None, ..Assumptions::default() };
    let width = |register: &Recruitment| {
        let result = gap(register, &assumptions, Level::P95).unwrap();
        let interval = entry(&result.gap, "gap", "h3", "a", "all").interval.unwrap();
        interval.upper - interval.lower
    };
    let courses = register.courses.clone().unwrap();
    let some = width(&register);
    register.courses = Some(courses.iter().cycle().take(courses.len() * 10).cloned().collect());
    assert!(width(&register) < some);
}

#[test]
fn what_is_not_there_gives_no_figure() {
    let mut register = recruitment(Vec::new());
    register.cvs = Some(vec![away(1, 0, 5)]);
    let assumptions = Assumptions { draws: 100, ..Assumptions::default() };
    let result = gap(&register, &assumptions, Level::P95).unwrap();
    assert_eq!(entry(&result.gap, "gap", "h1", "a", "all").value.clone().unwrap_err().code, "no_staff");
    assert!(entry(&result.gap, "supply", "h1", "a", "all").value.is_ok());
    (register.staff, register.cvs) = (Some(vec![staff(1, 0, 66, 1)]), None);
    let result = gap(&register, &assumptions, Level::P95).unwrap();
    assert_eq!(entry(&result.gap, "gap", "h1", "a", "all").value.clone().unwrap_err().code, "no_cvs");
    assert_eq!(value(&result.gap, "demand", "h1", "health"), 1.0);
    register.staff = None;
    assert!(gap(&register, &assumptions, Level::P95).is_none());
}
