//! Which interval a share has where nothing is said: of a finite cohort the exact one, by stratum Bayes on the remainder;
//! Korn–Graubard's otherwise. The intervals themselves are checked in `interval_finite.rs`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::design::{Condition, DesignQuestion};
use bygdepuls_core::estimate::{Estimate, Grouped, Note, Plan, Question, Statistic};
use bygdepuls_core::interval::remainder::{Stratum, uniform_prior};
use bygdepuls_core::interval::{DesignProportion, hypergeometric};
use bygdepuls_core::interval::{Level, NoInterval, ProportionMethod, korn_graubard, wang};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::Head;
use std::fmt::Write;

/// 1 of 3 in a stratum of 4, 2 of 6 in one of 6, 0 of 1 in one of 3, with weights N/n and half of them.
const STRATA: [Stratum; 3] = [
    Stratum { population: 4, n: 3, x: 1 },
    Stratum { population: 6, n: 6, x: 2 },
    Stratum { population: 3, n: 1, x: 0 },
];

fn file(strata: &[Stratum]) -> String {
    let mut text = String::from("h,y,N,f,w,half,other\n");
    for (name, stratum) in ('a'..).zip(strata) {
        let (size, weight) = (stratum.population, stratum.population as f64 / stratum.n as f64);
        for record in 0..stratum.n {
            let y = u8::from(record < stratum.x);
            writeln!(
                text,
                "{name},{y},{size},{},{weight:.6},{},{}",
                1.0 / weight,
                weight / 2.0,
                weight + record as f64
            )
            .unwrap();
        }
    }
    text
}

fn design(weights: &str, strata: &str, fpc: &str) -> DesignQuestion {
    let list = |name: &str| if name.is_empty() { Vec::new() } else { vec![name.to_owned()] };
    DesignQuestion { weights: list(weights).pop(), strata: list(strata), fpc: list(fpc), ..DesignQuestion::default() }
}

fn question(design: DesignQuestion) -> Question {
    Question { statistics: vec![Statistic::share("y=1")], design, missing: vec!["9".into()], ..Question::default() }
}

/// The figures, which are the same however the file is cut.
fn ask(text: &str, question: &Question) -> Vec<Estimate> {
    let figures = |cut: bool| {
        let mut problems = Problems::new();
        let head = Head::find("f.csv", text.as_bytes(), true, &mut problems).unwrap();
        let records = &text[head.start..];
        let plan = Plan::new("f.csv", head, question, &mut problems).unwrap();
        let mut grouped = Grouped::new(&plan);
        let size = if cut { 1 } else { usize::MAX };
        let lines: Vec<&str> = records.split_inclusive('\n').collect();
        let pieces: Vec<String> = lines.chunks(size.min(lines.len())).map(<[&str]>::concat).collect();
        for (number, piece) in pieces.iter().enumerate().rev() {
            let mut own = Grouped::new(&plan);
            own.piece(number as u64, piece.as_bytes(), number + 1 == pieces.len());
            grouped.merge(own);
        }
        let figures = grouped.figures(&mut problems).unwrap();
        figures.iter().collect::<Vec<_>>()
    };
    let whole = figures(false);
    assert_eq!(whole, figures(true));
    whole
}

fn one(text: &str, question: &Question) -> Estimate {
    ask(text, question).remove(0)
}

/// Method and limits.
fn interval(cell: &Estimate) -> (&'static str, f64, f64) {
    (cell.ci_method.unwrap_or("none"), cell.ci_lower.unwrap_or(f64::NAN), cell.ci_upper.unwrap_or(f64::NAN))
}

fn of_wang(stratum: Stratum) -> (&'static str, f64, f64) {
    let limits = wang::interval(stratum.population, stratum.n, stratum.x, Level::P95).unwrap();
    let size = stratum.population as f64;
    ("wang", limits.lower as f64 / size, limits.upper as f64 / size)
}

#[test]
fn one_stratum_is_exact() {
    let stratum = Stratum { population: 12, n: 9, x: 7 };
    let text = file(&[stratum]);
    // Populations as sizes and as fractions, weights derived, given, and given up to a multiple.
    for (weights, fpc) in [("", "N"), ("", "f"), ("w", "N"), ("half", "N"), ("w", "f")] {
        let cell = one(&text, &question(design(weights, "", fpc)));
        assert_eq!(interval(&cell), ("wang", 8.0 / 12.0, 10.0 / 12.0), "{weights} {fpc}");
        assert_eq!(interval(&cell), of_wang(stratum));
        assert_eq!((cell.n, cell.level, cell.notes.as_slice()), (9, Some(0.95), &[][..]));
    }
    // The standard error is that of the design: (1 - 9/12) p (1 - p) / 8.
    let cell = one(&text, &question(design("", "", "N")));
    assert!((cell.se.unwrap() - (0.25 * 14.0 / 81.0 / 8.0_f64).sqrt()).abs() < 1e-15);
    // Weights that differ, or no population.
    for (weights, fpc) in [("other", "N"), ("w", ""), ("", "")] {
        assert_eq!(one(&text, &question(design(weights, "", fpc))).ci_method, Some("korn-graubard"), "{weights} {fpc}");
    }
}

#[test]
fn nobody_everybody_and_one_of_three() {
    for (population, n, x) in [(12, 3, 0), (12, 3, 3), (3, 1, 1), (5, 5, 2), (5, 5, 5)] {
        let stratum = Stratum { population, n, x };
        let cell = one(&file(&[stratum]), &question(design("", "", "N")));
        assert_eq!(interval(&cell), of_wang(stratum), "{stratum:?}");
        // One answer has no standard error, and an interval all the same.
        assert_eq!((cell.se.is_none(), cell.notes.contains(&Note::SingleUnit)), (n == 1, n == 1));
        assert_eq!(cell.notes.contains(&Note::Census), n == population);
    }
}

#[test]
fn several_strata_are_bayes_on_the_remainder() {
    let limits = uniform_prior(&STRATA, Level::P95).unwrap();
    assert_eq!((limits.lower, limits.upper), (3, 6));
    let text = file(&STRATA);
    for (weights, fpc) in [("", "N"), ("", "f"), ("w", "N"), ("half", "N")] {
        let cell = one(&text, &question(design(weights, "h", fpc)));
        assert_eq!(interval(&cell), ("bayes", 3.0 / 13.0, 6.0 / 13.0), "{weights} {fpc}");
        // (4/3 + 2) / 13
        assert!((cell.estimate.unwrap() - 10.0 / 39.0).abs() < 1e-6);
    }
    assert_eq!(one(&text, &question(design("other", "h", "N"))).ci_method, Some("korn-graubard"));
    assert_eq!(one(&text, &question(design("w", "h", ""))).ci_method, Some("korn-graubard"));
    // Each code has its own: 13 less 6, 13 less 3.
    let each = Question { statistics: vec![Statistic::share("y")], ..question(design("", "h", "N")) };
    let cells = ask(&text, &each);
    assert_eq!(interval(&cells[0]), ("bayes", 7.0 / 13.0, 10.0 / 13.0));
    assert_eq!(interval(&cells[1]), ("bayes", 3.0 / 13.0, 6.0 / 13.0));
}

#[test]
fn domains_of_whole_strata_and_others() {
    let text = file(&STRATA);
    let by = Question { by: vec!["h".into()], ..question(design("", "h", "N")) };
    for (cell, stratum) in ask(&text, &by).iter().zip(STRATA) {
        assert_eq!(interval(cell), of_wang(stratum));
    }
    let domain = |conditions: &[&str]| Question {
        domain: conditions.iter().map(|text| Condition::parse(text).unwrap()).collect(),
        ..question(design("", "h", "N"))
    };
    let two = uniform_prior(&STRATA[..2], Level::P95).unwrap();
    let cell = one(&text, &domain(&["h=a,b"]));
    assert_eq!(interval(&cell), ("bayes", two.lower as f64 / 10.0, two.upper as f64 / 10.0));
    // Half of a stratum: how many of them there are is not known.
    let halves = text.replace("\na,0", "\na,00");
    let mut cut = domain(&["y=0,00"]);
    assert_eq!(one(&halves, &cut).ci_method, Some("korn-graubard"));
    cut.report.interval = Some(ProportionMethod::Bayes);
    assert!(one(&halves, &cut).notes.contains(&Note::NoInterval(NoInterval::NeedsCounts)));
    // Sampling units, and a statistic that is no share.
    let units = DesignQuestion { psu: vec!["h".into()], ..design("w", "", "") };
    assert_eq!(one(&text, &question(units)).ci_method, Some("korn-graubard"));
    let mean = Question { statistics: vec![Statistic::Mean { column: "y".into() }], ..question(design("", "h", "N")) };
    assert_eq!(one(&text, &mean).ci_method, Some("t"));
}

#[test]
fn the_method_that_is_asked_for() {
    let text = file(&STRATA);
    let with = |method| {
        let mut question = question(design("", "h", "N"));
        question.report.interval = Some(method);
        question
    };
    let cell = one(&text, &with(ProportionMethod::KornGraubard));
    let sample = DesignProportion::new(cell.estimate.unwrap(), cell.se.unwrap() * cell.se.unwrap(), 10, 7.0).unwrap();
    let limits = korn_graubard::nchs(&sample, Level::P95).unwrap();
    assert!((limits.upper - cell.ci_upper.unwrap()).abs() < 1e-12 && cell.ci_method == Some("korn-graubard"));
    assert_eq!(one(&text, &with(ProportionMethod::Bayes)).ci_upper, Some(6.0 / 13.0));
    let cell = one(&text, &with(ProportionMethod::Wang));
    assert_eq!((cell.ci_lower, cell.notes.as_slice()), (None, &[Note::NoInterval(NoInterval::NeedsCounts)][..]));
    // Of one stratum there are counts, also beside others.
    let by = Question { by: vec!["h".into()], ..with(ProportionMethod::EqualTailed) };
    let limits = hypergeometric::equal_tailed(4, 3, 1, Level::P95).unwrap();
    let expected = ("equal-tailed", limits.lower as f64 / 4.0, limits.upper as f64 / 4.0);
    assert_eq!(interval(&ask(&text, &by)[0]), expected);
}

#[test]
fn a_missing_value_is_no_answer() {
    let text = file(&[Stratum { population: 12, n: 9, x: 7 }]).replacen("a,1", "a,9", 2);
    let cell = one(&text, &question(design("", "", "N")));
    assert_eq!(interval(&cell), of_wang(Stratum { population: 12, n: 7, x: 5 }));
    assert_eq!(cell.notes, [Note::MissingIsNonresponse]);
    // Everybody was asked, not everybody answered.
    let text = file(&[Stratum { population: 5, n: 5, x: 2 }]).replacen("a,0", "a,", 1);
    let cell = one(&text, &question(design("", "", "N")));
    assert_eq!(interval(&cell), of_wang(Stratum { population: 5, n: 4, x: 2 }));
    assert_eq!(cell.notes, [Note::MissingIsNonresponse]);
    // Those who answered in the first stratum no longer stand for N/n of it: the estimate is not that of the population.
    let text = file(&STRATA).replacen("a,0", "a,9", 1);
    assert_eq!(one(&text, &question(design("", "h", "N"))).ci_method, Some("korn-graubard"));
}

#[test]
fn large_populations() {
    let large = Stratum { population: 20_000, n: 50, x: 20 };
    let limits = hypergeometric::equal_tailed(20_000, 50, 20, Level::P95).unwrap();
    let cell = one(&file(&[large]), &question(design("", "", "N")));
    assert_eq!(interval(&cell), ("equal-tailed", limits.lower as f64 / 20_000.0, limits.upper as f64 / 20_000.0));
    for strata in [vec![large, large], vec![Stratum { population: 2_000_000, ..large }]] {
        assert_eq!(one(&file(&strata), &question(design("", "h", "N"))).ci_method, Some("korn-graubard"));
    }
}

#[test]
fn years_that_are_linked_by_person_keep_their_populations() {
    let text = "pid,year,y,N\na,1,1,5\nb,1,0,5\nc,1,1,5\na,2,1,6\nb,2,1,6\nd,2,0,6\n";
    let mut linked = Question { by: vec!["year".into()], ..question(design("", "year", "N")) };
    linked.link("pid");
    assert!(linked.person.is_some());
    let cells = ask(text, &linked);
    assert_eq!(interval(&cells[0]), of_wang(Stratum { population: 5, n: 3, x: 2 }));
    assert_eq!(interval(&cells[1]), of_wang(Stratum { population: 6, n: 3, x: 2 }));
}
