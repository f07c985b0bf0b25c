//! Metrics of recruitment against R's `survival` and `survey` and counts by definition, on registers with ties, open and withdrawn
//! positions: `tests/reference/recruitment`.

#![allow(clippy::cast_possible_truncation, reason = "a handful of lines and places")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::indicator::recruitment::expansion::Expansion;
use bygdepuls_core::indicator::recruitment::{CATALOGUE, Entry, Figures};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::register::recruitment::{
    Area, Business, Contract, Day, Field, Names, Position, Recruitment, Shortage, Staff, Stratum,
};
use bygdepuls_core::text::Text;
use serde_json::Value;
use std::collections::BTreeMap;

type Row = BTreeMap<String, String>;

/// The rows of a CSV file without quotes.
fn rows(text: &str) -> Vec<Row> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row =
        |line: &str| names.iter().zip(line.split(',')).map(|(name, cell)| (name.to_string(), cell.into())).collect();
    lines.map(row).collect()
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../tests/reference/recruitment/", $name))
    };
}

fn field(row: &Row) -> u8 {
    match &row["occupation"][..2] {
        "22" => 0,
        "23" => 1,
        _ => u8::MAX,
    }
}

const PLACES: [&str; 4] = ["5042", "5043", "5045", "9999"];

fn place(row: &Row) -> u16 {
    PLACES.iter().position(|code| *code == row["municipality"]).unwrap() as u16
}

fn employer(row: &Row) -> u32 {
    row["employer"][1..].parse().unwrap()
}

fn position((number, row): (usize, &Row)) -> Position {
    let day = |column: &str| Day::iso(&row[column]);
    Position {
        line: number as u32 + 2,
        employer: employer(row),
        place: place(row),
        occupation: row["occupation"].parse().unwrap(),
        field: field(row),
        advertised: day("advertised").unwrap(),
        applications: row["applications"].parse().ok(),
        qualified: row["qualified"].parse().ok(),
        applied: day("applied"),
        offered: day("offered"),
        accepted: day("accepted"),
        started: day("started"),
        left: day("left"),
        withdrawn: day("withdrawn"),
        ended: day("ended"),
        on_hold: row["on_hold"].parse().unwrap(),
        lower: None,
    }
}

fn staff((number, row): (usize, &Row)) -> Staff {
    Staff {
        line: number as u32 + 2,
        day: Day::iso(&row["day"]).unwrap(),
        person: row["person"].strip_prefix('s').map(|number| number.parse().unwrap()),
        employer: employer(row),
        place: place(row),
        occupation: row["occupation"].parse().unwrap(),
        field: field(row),
        age: row["age"].parse().ok(),
        persons: row["persons"].parse().unwrap(),
        contract: match row["contract"].as_str() {
            "monthly" => Some(Contract::Monthly),
            "hourly" => Some(Contract::Hourly),
            _ => None,
        },
    }
}

fn registers() -> Recruitment {
    let field = |id: &str| Field { id: id.into(), name: Text::same(id), occupations: vec![], educations: vec![] };
    let mut registers = Recruitment::new("project.toml", Day::iso("2026-11-22").unwrap());
    registers.municipalities = PLACES.map(str::to_owned).into();
    registers.areas = vec![
        Area { id: "region".into(), name: Text::same("region"), municipalities: vec![0, 1, 2] },
        Area { id: "grong".into(), name: Text::same("grong"), municipalities: vec![0] },
    ];
    registers.fields = vec![field("health"), field("teaching")];
    registers.employers = Names((0..12).map(|number| format!("e{number}")).collect());
    registers.positions = Some(rows(file!("positions.csv")).iter().enumerate().map(position).collect());
    registers.staff = Some(rows(file!("staff.csv")).iter().enumerate().map(staff).collect());
    registers.strata = strata();
    registers.businesses = Some(rows(file!("business.csv")).iter().enumerate().map(business).collect());
    registers
}

fn strata() -> Vec<Stratum> {
    let stratum = |row: &Row| Stratum {
        code: row["stratum"].clone(),
        businesses: row["businesses"].parse().unwrap(),
        employed: row["employed"].parse().unwrap(),
    };
    rows(file!("strata.csv")).iter().map(stratum).collect()
}

fn business((number, row): (usize, &Row)) -> Business {
    use bygdepuls_core::register::recruitment::{Difficulty, Expectation};
    let yes = |column: &str| (!row[column].is_empty()).then(|| row[column] == "yes");
    let shortage = Shortage { occupation: 0, field: u8::MAX, positions: row["shortage"].parse().unwrap() };
    Business {
        line: number as u32 + 2,
        stratum: strata().iter().position(|stratum| stratum.code == row["stratum"]).unwrap() as u16,
        place: place(row),
        employed: row["employed"].parse().unwrap(),
        shortages: if shortage.positions > 0 { vec![shortage] } else { vec![] },
        failed: yes("failed"),
        lower: yes("lower"),
        difficulty: match row["difficulty"].as_str() {
            "very" => Some(Difficulty::Very),
            "quite" => Some(Difficulty::Quite),
            "little" => Some(Difficulty::Little),
            "not" => Some(Difficulty::Not),
            "dont_know" => Some(Difficulty::DontKnow),
            _ => None,
        },
        expects: match row["expects"].as_str() {
            "more" => Some(Expectation::More),
            "same" => Some(Expectation::Same),
            "fewer" => Some(Expectation::Fewer),
            _ => None,
        },
        outlook: vec![],
    }
}

fn figures(registers: &Recruitment, id: &str) -> Figures {
    let metric = CATALOGUE.iter().find(|metric| metric.id == id).unwrap();
    let mut problems = Problems::new();
    let figures = (metric.figures)(registers, &mut problems).unwrap();
    assert_eq!(problems.errors(), 0);
    figures
}

/// The entry of a column for "2023 health", of the first area.
fn entry<'a>(figures: &'a Figures, column: &str, name: &str) -> &'a Entry {
    let (period, group) = name.split_once(' ').unwrap();
    let at = |list: Vec<&str>, code: &str| list.iter().position(|one| *one == code).unwrap();
    let column = at(figures.columns.iter().map(|column| column.category.code.as_str()).collect(), column);
    let period = at(figures.periods.iter().map(|period| period.code.as_str()).collect(), period);
    let group = at(figures.groups.iter().map(|group| group.code.as_str()).collect(), group);
    figures.entry([column, period, 0, group])
}

/// R and Python keep 15 digits or more.
fn same(ours: Option<f64>, theirs: Option<f64>, what: &str) {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => {
            assert!((ours - theirs).abs() <= 1e-11 * theirs.abs().max(1.0), "{what}: {ours}, reference {theirs}");
        }
        _ => assert_eq!(ours, theirs, "{what}"),
    }
}

/// Value, lower and upper limit.
fn same_entry(entry: &Entry, theirs: [Option<f64>; 3], what: &str) {
    let finite = |value: f64| value.is_finite().then_some(value);
    same(entry.value.as_ref().ok().copied(), theirs[0], &format!("{what} value"));
    same(entry.interval.map(|interval| interval.lower), theirs[1], &format!("{what} lower"));
    same(entry.interval.and_then(|interval| finite(interval.upper)), theirs[2], &format!("{what} upper"));
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn times_as_survfit() {
    let (registers, r) = (registers(), json(file!("curves.json")));
    let (fill, within) = (figures(&registers, "time_to_fill"), figures(&registers, "filled_by"));
    for (name, theirs) in r["fill"].as_object().unwrap() {
        for column in ["gross", "net"] {
            let ours = entry(&fill, column, name);
            let of = |key: &str| theirs[column][key].as_f64();
            same_entry(ours, ["median", "lower", "upper"].map(of), &format!("{name} {column}"));
            assert_eq!(Some(ours.n), theirs[column]["n"].as_u64());
            assert_eq!(ours.behind.units, ours.n);
        }
        for (column, theirs) in ["d30", "d60", "d90", "d180"].iter().zip(theirs["within"].as_array().unwrap()) {
            let of = |key: &str| theirs[key].as_f64();
            same_entry(entry(&within, column, name), ["value", "lower", "upper"].map(of), &format!("{name} {column}"));
        }
    }
    let hire = figures(&registers, "time_to_hire");
    for (name, theirs) in r["hire"].as_object().unwrap() {
        same_entry(entry(&hire, "days", name), ["median", "lower", "upper"].map(|key| theirs[key].as_f64()), name);
    }
}

#[test]
fn retention_as_survfit() {
    let (registers, r) = (registers(), json(file!("curves.json")));
    let (bars, curve) = (figures(&registers, "retention"), figures(&registers, "retention_curve"));
    for (name, theirs) in r["stay"].as_object().unwrap() {
        for (months, theirs) in ["m0", "m6", "m12", "m24", "m36"].iter().zip(theirs["at"].as_array().unwrap()) {
            let theirs = ["value", "lower", "upper"].map(|key| theirs[key].as_f64());
            same_entry(entry(&curve, months, name), theirs, &format!("{name} {months}"));
            if ["m12", "m24"].contains(months) {
                same_entry(entry(&bars, months, name), theirs, &format!("{name} {months}"));
            }
        }
    }
}

#[test]
fn counts_by_definition() {
    let (registers, expected) = (registers(), json(file!("counts.json")));
    let number = |value: &Value, at: usize| value[at].as_f64();
    for (metric, column, key) in
        [("failed_recruitment", "failed", "failed"), ("vacancy_rate", "vacancy_rate", "vacancy")]
    {
        let figures = figures(&registers, metric);
        for (name, theirs) in expected[key].as_object().unwrap() {
            let ours = entry(&figures, column, name);
            let counts = [0, 1].map(|at| theirs[at].as_u64());
            assert_eq!([ours.x, Some(ours.n)], if theirs.is_null() { [Some(0), Some(0)] } else { counts }, "{name}");
            let share = number(theirs, 0).zip(number(theirs, 1)).map(|(x, n)| x / n);
            same_entry(ours, [share, number(theirs, 2), number(theirs, 3)], name);
        }
    }
    let funnel = figures(&registers, "funnel");
    for (name, theirs) in expected["funnel"].as_object().unwrap() {
        for (column, theirs) in
            ["application", "qualified", "offered", "accepted", "started"].iter().zip(theirs.as_array().unwrap())
        {
            let ours = entry(&funnel, column, name);
            assert_eq!((ours.x, Some(ours.n)), (theirs[0].as_u64(), theirs[1].as_u64()), "{name} {column}");
            let share = number(theirs, 0).zip(number(theirs, 1)).map(|(x, n)| x / n);
            same_entry(ours, [share, number(theirs, 2), number(theirs, 3)], &format!("{name} {column}"));
            assert_eq!(ours.behind.units, ours.n);
        }
        assert_eq!(entry(&funnel, "advertised", name).interval, None);
    }
    let applicants = figures(&registers, "applicants");
    for column in ["applicants", "qualified"] {
        for (name, theirs) in expected[column].as_object().unwrap() {
            let ours = entry(&applicants, column, name);
            assert_eq!(Some(ours.n), theirs[0].as_u64());
            same_entry(ours, [1, 2, 3].map(|at| number(theirs, at)), &format!("{column} {name}"));
        }
    }
    let turnover = figures(&registers, "turnover");
    for (name, theirs) in expected["turnover"].as_object().unwrap() {
        let words: Vec<&str> = name.split(' ').collect();
        let group = match words[2] {
            "55" => "age_55_60",
            "65" => "age_65_67",
            _ => "all",
        };
        for (suffix, at) in [("", 0), ("_sector", 1)] {
            let ours = entry(&turnover, &format!("{}{suffix}", words[1]), &format!("{} {group}", words[0]));
            assert_eq!((ours.x, Some(ours.n)), (theirs[at].as_u64(), theirs[2].as_u64()), "{name} {suffix}");
        }
    }
}

#[test]
fn expansion_as_svytotal() {
    let (registers, r) = (registers(), json(file!("curves.json")));
    let businesses = registers.businesses.as_ref().unwrap();
    let strata: Vec<u16> = businesses.iter().map(|business| business.stratum).collect();
    let survey = Expansion::new(&registers.strata, &strata).unwrap();
    let short = |business: &Business| business.shortages.iter().map(|one| f64::from(one.positions)).sum::<f64>();
    let everywhere: Vec<f64> = businesses.iter().map(short).collect();
    let here: Vec<f64> =
        businesses.iter().map(|business| if business.place == 0 { short(business) } else { 0.0 }).collect();
    for (values, key) in [(&everywhere, "all"), (&here, "m5042")] {
        let (total, se) = survey.total(values).unwrap();
        same(Some(total), r["shortage"][key]["total"].as_f64(), key);
        same(Some(se), r["shortage"][key]["se"].as_f64(), key);
        // A bootstrap of 1 999 draws has the standard error within 5 % in 999 of 1 000 cases.
        let totals = survey.bootstrap(std::slice::from_ref(values)).remove(0);
        let mean = totals.iter().sum::<f64>() / totals.len() as f64;
        let variance = totals.iter().map(|one| (one - mean) * (one - mean)).sum::<f64>() / (totals.len() as f64 - 1.0);
        assert!((variance.sqrt() / se - 1.0).abs() < 0.06, "{key}: {} {se}", variance.sqrt());
        assert!((mean - total).abs() < 0.1 * se);
    }
    let shortage = figures(&registers, "shortage");
    let entry = &shortage.entries[0];
    same(entry.value.as_ref().ok().copied(), r["shortage"]["all"]["total"].as_f64(), "shortage");
    assert_eq!((entry.n, entry.method), (39, "bootstrap"));
    let notes: Vec<&str> = entry.notes.iter().map(|note| note.en.as_str()).collect();
    assert_eq!(
        notes,
        [
            "only one business answered in 1 strata, so the interval is too short: single",
            "nobody answered in 1 strata, which are not included: silent",
        ]
    );
    let serious = figures(&registers, "serious_problems");
    same(serious.entries[0].value.as_ref().ok().copied(), r["failed"]["mean"].as_f64(), "failed");
    let net = figures(&registers, "barometer");
    same(net.entries[0].value.as_ref().ok().copied(), r["net"]["mean"].as_f64(), "net");
    let answers: Vec<Option<f64>> =
        businesses.iter().map(|business| business.failed.map(|yes| f64::from(u8::from(yes)))).collect();
    same(survey.mean(&answers).ok().map(|(_, variance)| variance), r["failed"]["variance"].as_f64(), "variance");
}
