//! The registers of `tests/reference/recruitment_gap`, and what Python computed from them.

use super::{entry, rows};
use bygdepuls_core::indicator::recruitment::{Assumptions, Figures, gap};
use bygdepuls_core::interval::Level;
use bygdepuls_core::register::recruitment::{NO_FIELD, Outlook, Recruitment, Wants};
use std::collections::BTreeMap;
use std::path::PathBuf;

type Row = BTreeMap<String, String>;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/reference/recruitment_gap")
}

fn table(name: &str) -> Vec<Row> {
    csv::Reader::from_path(folder().join(name)).unwrap().deserialize().map(Result::unwrap).collect()
}

fn number<T: std::str::FromStr>(row: &Row, column: &str) -> Option<T> {
    row[column].parse().ok()
}

fn field(row: &Row) -> u8 {
    match row["occupation"].as_str() {
        "2221" | "5321" => 0,
        "2341" => 1,
        _ => NO_FIELD,
    }
}

fn registers() -> Recruitment {
    let place = |row: &Row| match row["municipality"].as_str() {
        "5042" => 0,
        "5043" => 1,
        _ => 2,
    };
    let mut register = rows::recruitment(Vec::new());
    register.areas[0].id = "region".into();
    (register.areas[1].id, register.areas[1].municipalities) = ("other".into(), vec![2]);
    let staff = |row: &Row| {
        let mut one = rows::staff(0, field(row), 0, number(row, "persons").unwrap());
        one.day = rows::day(&row["day"]);
        one.age = number(row, "age");
        one.place = place(row);
        one.employer = row["employer"][1..].parse().unwrap();
        one
    };
    register.staff = Some(table("staff.csv").iter().map(staff).collect());
    let strata = table("strata.csv");
    register.strata =
        strata.iter().map(|row| rows::stratum(&row["stratum"], number(row, "businesses").unwrap())).collect();
    let business = |row: &Row| {
        let stratum = strata.iter().position(|one| one["stratum"] == row["stratum"]).unwrap();
        let outlook = [1_u8, 3].map(|years| {
            let of = |what: &str| number::<i32>(row, &format!("{what}_{years}")).unwrap();
            Outlook { occupation: 0, field: field(row), years, expansion: of("hires") - of("leavers") }
        });
        let mut one = rows::business(0, u16::try_from(stratum).unwrap(), outlook.to_vec());
        one.place = place(row);
        one
    };
    register.businesses = Some(table("business.csv").iter().map(business).collect());
    let cv = |row: &Row| {
        let mut one = rows::cv(0, field(row));
        (one.home, one.cohort, one.done) = (place(row), number(row, "cohort"), number(row, "done"));
        (one.intent, one.lives_here) = (number(row, "intent"), row["lives_here"] == "yes");
        one.wave = Some(row["wave"].clone()).filter(|wave| !wave.is_empty());
        one.wants = match row["wants"].as_str() {
            "now" => Wants::Now,
            "later" => Wants::Later,
            _ => Wants::Told,
        };
        one
    };
    register.cvs = Some(table("cv.csv").iter().map(cv).collect());
    let course = |row: &Row| {
        let returned = Some(row["returned"].as_str()).filter(|day| !day.is_empty()).map(rows::day);
        rows::course(&row["wave"], number(row, "intent").unwrap(), &row["answered"], returned)
    };
    register.courses = Some(table("courses.csv").iter().map(course).collect());
    register
}

/// Expectations to 1e-9 of their size; ends of intervals within what two simulations differ by.
#[test]
fn figures_equal_those_of_another_program() {
    let register = registers();
    let assumptions = Assumptions { draws: 8000, ..Assumptions::default() };
    let result = gap(&register, &assumptions, Level::P95).unwrap();
    let text = std::fs::read_to_string(folder().join("expected.json")).unwrap();
    let expected: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(expected.len(), 2 * 3 * 3);
    for row in &expected {
        let (area, group) = (row["area"].as_str().unwrap(), row["field"].as_str().unwrap());
        let horizon = format!("h{}", row["years"]);
        let close = |figures: &Figures, column: &str| {
            let found = entry(figures, column, &horizon, area, group).value.clone().unwrap();
            let expected = row[column].as_f64().unwrap();
            let off = (found - expected).abs();
            assert!(off <= 1e-9 * expected.abs().max(1.0), "{area} {horizon} {group} {column}: {found} {expected}");
        };
        for column in ["demand", "supply", "gap"] {
            close(&result.gap, column);
            let found = entry(&result.gap, column, &horizon, area, group).interval.unwrap();
            let ends: Vec<f64> = serde_json::from_value(row[format!("{column}_95")].clone()).unwrap();
            // A quantile near 2.5 % of 8000 draws has a standard error of about 3 % of a standard deviation; persons are whole.
            let within = 0.15 * row[format!("{column}_sd")].as_f64().unwrap() + 1.0;
            for (found, end) in [(found.lower, ends[0]), (found.upper, ends[1])] {
                assert!((found - end).abs() <= within, "{area} {horizon} {group} {column}: {found} {end}");
            }
        }
        ["age_out", "exits", "expansion"].iter().for_each(|column| close(&result.demand, column));
        ["here", "returning", "education"].iter().for_each(|column| close(&result.supply, column));
    }
}
