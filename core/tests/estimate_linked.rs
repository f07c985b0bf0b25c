//! Samples of several strata that share people, beside the closed forms of Kish (1965) and Tam (1984) in
//! `tests/reference/survey/open_04_youth.json` and beside sums written out by hand.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the table of cases")]

use bygdepuls_core::design::DesignQuestion;
use bygdepuls_core::estimate::{Contrast, Estimate, Figures, Grouped, Note, Plan, Question, Report, Statistic};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::Head;
use serde_json::Value;
use std::fmt::Write;
use std::path::PathBuf;

const CLOSED: f64 = 1e-12;

fn ask(text: &str, question: &Question, cut: bool) -> Result<Figures, Vec<String>> {
    let mut problems = Problems::new();
    let head = Head::find("f.csv", text.as_bytes(), true, &mut problems).unwrap();
    let start = head.start;
    let plan = Plan::new("f.csv", head, question, &mut problems).unwrap();
    let mut grouped = Grouped::new(&plan);
    let records = &text[start..];
    if cut {
        // Each record is a piece of a state of its own, and the last comes first.
        let mut end = records.len();
        let lines: Vec<&str> = records.split_inclusive('\n').collect();
        for (number, line) in lines.iter().enumerate().rev() {
            let mut other = Grouped::new(&plan);
            other.piece(number as u64, line.as_bytes(), number + 1 == lines.len());
            grouped.merge(other);
            end -= line.len();
        }
        assert_eq!(end, 0);
    } else {
        grouped.piece(0, records.as_bytes(), true);
    }
    let figures = grouped.figures(&mut problems);
    let place = |line: Option<u64>| line.unwrap_or_default();
    let problem = |p: &bygdepuls_core::problem::Problem| {
        format!("{} {} {}", place(p.line), p.column.clone().unwrap_or_default(), p.what.code())
    };
    figures.ok_or_else(|| problems.list().iter().map(problem).collect())
}

fn question(strata: &[&str], fpc: bool, by: &str, combination: &str) -> Question {
    let mut question = Question {
        statistics: vec![Statistic::Mean { column: "y".into() }],
        design: DesignQuestion {
            strata: strata.iter().map(ToString::to_string).collect(),
            fpc: fpc.then(|| "N".to_owned()).into_iter().collect(),
            ..DesignQuestion::default()
        },
        by: vec![by.into()],
        report: Report {
            covariance: true,
            contrasts: vec![Contrast { column: by.into(), combination: combination.into() }],
            ..Report::default()
        },
        ..Question::default()
    };
    question.link("pid");
    question
}

/// The rows of a municipality with a value, as `pid,year,y,N`.
fn sample(municipality: &str, variable: &str, years: [&str; 2], population: u64) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/reference/survey/data/youthA.csv");
    let data = std::fs::read_to_string(path).unwrap();
    let mut lines = data.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let column = |name: &str| names.iter().position(|other| *other == name).unwrap();
    let mut text = String::from("pid,year,y,N\n");
    for fields in lines.map(|line| line.split(',').collect::<Vec<_>>()) {
        let (year, y) = (fields[column("year")], fields[column(variable)]);
        if fields[column("muni")] == municipality && years.contains(&year) && !y.is_empty() && y != "NA" {
            writeln!(text, "{},{year},{y},{population}", fields[column("pid")]).unwrap();
        }
    }
    text
}

fn difference(ours: f64, theirs: f64) -> f64 {
    (ours - theirs).abs() / theirs.abs().max(f64::MIN_POSITIVE)
}

#[test]
fn one_simple_random_sample_per_year_is_the_closed_form() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/reference/survey/open_04_youth.json");
    let suite: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut seen = 0;
    for (id, municipality, variable, years) in [
        ("overlap_closed_form_M01_wellbeing", "M01", "wellbeing", ["2023", "2024"]),
        ("overlap_closed_form_M02_bullied", "M02", "bullied", ["2022", "2023"]),
    ] {
        let case = suite["cases"].as_array().unwrap().iter().find(|case| case["id"] == id).unwrap();
        let expected = |key: &str| case["expected"][key].as_f64().unwrap();
        let text = sample(municipality, variable, years, case["expected"]["N"].as_u64().unwrap());
        let combination = format!("{}-{}", years[1], years[0]);
        for (fpc, se, covariance) in
            [(false, "se_overlap", "cov_no_fpc"), (true, "se_tam_fpc", "cov_tam_fixed_population")]
        {
            let figures = ask(&text, &question(&["year"], fpc, "year", &combination), false).unwrap();
            let change = figures.figure(2);
            let matrix = figures.covariance().unwrap();
            let worst = [
                (change.estimate.unwrap(), expected("change")),
                (change.se.unwrap(), expected(se)),
                (matrix[0][1].unwrap(), expected(covariance)),
                (matrix[1][0].unwrap(), expected(covariance)),
            ]
            .into_iter()
            .fold(0.0, |worst: f64, (ours, theirs)| worst.max(difference(ours, theirs)));
            println!("{id:<40} {se:<12} {worst:9.1e} {CLOSED:e}");
            assert!(worst < CLOSED, "{id}: {worst}");
            seen += 1;
        }
    }
    assert_eq!(seen, 4);
}

/// Two strata a year, of sizes, with weights from the populations; a person moves from one to the other.
const MOVERS: &str = "pid,year,town,y,N\n\
    a,1,X,1,8\nb,1,X,0,8\nc,1,X,1,8\nd,1,X,1,8\n\
    e,1,Y,0,6\nf,1,Y,1,6\ng,1,Y,,6\n\
    a,2,X,1,9\nb,2,X,1,9\nc,2,X,0,9\nf,2,X,1,9\n\
    e,2,Y,0,5\ng,2,Y,1,5\nh,2,Y,0,5\n,2,Y,1,5\n";

#[test]
fn strata_within_years_by_hand() {
    let figures = ask(MOVERS, &question(&["year", "town"], true, "year", "2-1"), false).unwrap();
    // Weights: 8/4, 6/3, 9/4, 5/4. Influence of the mean: w (y - mean) / sum of w, 0 without a value.
    let mean1 = (2.0 * 3.0 + 2.0) / (2.0 * 6.0);
    let mean2 = (2.25 * 3.0 + 1.25 * 2.0) / (2.25 * 4.0 + 1.25 * 4.0);
    let (one, two_x, two_y) = (2.0 / 12.0, 2.25 / 14.0, 1.25 / 14.0);
    let u = |y: f64| one * (y - mean1);
    let (vx, vy) = (|y: f64| two_x * (y - mean2), |y: f64| two_y * (y - mean2));
    let s = |pairs: &[(f64, f64)]| {
        let m = pairs.len() as f64;
        let (a, b) = pairs.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0 / m, sum.1 + pair.1 / m));
        pairs.iter().map(|pair| (pair.0 - a) * (pair.1 - b)).sum::<f64>() / (m - 1.0)
    };
    // X: a, b and c. Y: e, and g without a value in year 1. f alone moved from Y to X: one person has no covariance.
    let x = 4.0 * 4.0 * (3.0 / 16.0 - 8.0 / 72.0) * s(&[(u(1.0), vx(1.0)), (u(0.0), vx(1.0)), (u(1.0), vx(0.0))]);
    let y = 3.0 * 4.0 * (2.0 / 12.0 - 5.0 / 30.0) * s(&[(u(0.0), vy(0.0)), (0.0, vy(1.0))]);
    let covariance = figures.covariance().unwrap();
    assert!((covariance[0][1].unwrap() - (x + y)).abs() < 1e-15, "{covariance:?} {}", x + y);
    // The variances are those of the strata alone.
    let mut alone = question(&["year", "town"], true, "year", "2-1");
    alone.person = None;
    let alone = ask(MOVERS, &alone, false).unwrap();
    let apart = alone.covariance().unwrap();
    assert!(apart[0][1].unwrap().abs() < 1e-16);
    for place in 0..2 {
        assert!((figures.figure(place).se.unwrap() - alone.figure(place).se.unwrap()).abs() < 1e-15);
    }
    let change = covariance[0][0].unwrap() + covariance[1][1].unwrap() - 2.0 * covariance[0][1].unwrap();
    assert!((figures.figure(2).se.unwrap() - change.sqrt()).abs() < 1e-15);
    // Whatever the order of the records, the bytes are the same.
    let bits = |figures: &Figures| -> Vec<u64> {
        let of = |figure: Estimate| [figure.estimate, figure.se, figure.ci_lower].map(|x| x.unwrap().to_bits());
        figures.iter().flat_map(of).collect()
    };
    assert_eq!(bits(&figures), bits(&ask(MOVERS, &question(&["year", "town"], true, "year", "2-1"), true).unwrap()));
}

#[test]
fn everybody_twice_and_the_whole_population() {
    let text = "pid,year,y,N\na,1,1,3\nb,1,0,3\nc,1,1,3\na,2,1,3\nb,2,1,3\nc,2,0,3\n";
    let figures = ask(text, &question(&["year"], true, "year", "2-1"), false).unwrap();
    assert_eq!(figures.figure(2).se, Some(0.0));
    assert_eq!(figures.figure(2).notes, [Note::Census]);
    // Without a population: the variance of the paired differences 0, 1, -1 by 3.
    let figures = ask(text, &question(&["year"], false, "year", "2-1"), false).unwrap();
    assert!((figures.figure(2).se.unwrap() - (1.0 / 3.0_f64).sqrt()).abs() < 1e-15);
}

/// Everybody was asked both years, but not everybody stayed: the change is known.
#[test]
fn two_whole_populations_of_other_people() {
    let text = "pid,year,y,N\na,1,1,4\nb,1,0,4\nc,1,1,4\nd,1,0,4\na,2,1,4\nb,2,0,4\nc,2,0,4\ne,2,0,4\n";
    let change = ask(text, &question(&["year"], true, "year", "2-1"), false).unwrap().figure(2);
    assert_eq!((change.estimate, change.se, change.ci_upper), (Some(-0.25), Some(0.0), Some(-0.25)));
    assert_eq!(change.notes, [Note::Census]);
    // The second year is a sample of 9: what is uncertain is that year alone.
    let sampled = text.replace("2,1,4", "2,1,9").replace("2,0,4", "2,0,9");
    let figures = ask(&sampled, &question(&["year"], true, "year", "2-1"), false).unwrap();
    assert_eq!(figures.figure(2).se, figures.figure(1).se);
}

#[test]
fn a_negative_variance_of_a_change_is_no_variance() {
    // Those who are in both samples vary much more than the others: 2 cov is above the variances.
    let mut text = String::from("pid,year,y,N\na,1,9,9\nb,1,-9,9\na,2,9,9\nb,2,-9,9\n");
    (0..20).for_each(|other| write!(text, "x{other},1,0,9\ny{other},2,0,9\n").unwrap());
    let mut own = question(&["year"], false, "year", "2-1");
    own.statistics = vec![Statistic::Total { column: "y".into() }];
    let change = ask(&text, &own, false).unwrap().figure(2);
    assert_eq!((change.estimate, change.se), (Some(0.0), None));
    assert_eq!((change.ci_lower, change.ci_upper, change.ci_method), (None, None, None));
    assert_eq!(change.notes, [Note::NegativeVariance]);
}

#[test]
fn a_person_twice_in_a_stratum_is_an_error() {
    let text = "pid,year,y,N\na,1,1,9\nb,1,0,9\na,1,0,9\n,2,1,9\n,2,0,9\nc,2,1,9\n";
    let refused = ask(text, &question(&["year"], true, "year", "2-1"), false).unwrap_err();
    assert_eq!(refused.len(), 1);
    assert!(refused[0].ends_with("pid person-twice"), "{refused:?}");
}
