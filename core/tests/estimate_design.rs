//! Streamed standard errors beside those of the design in memory, on samples drawn at random; and hostile designs.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::design::{DesignQuestion, LonelyPsu};
use bygdepuls_core::estimate::{Estimate, Grouped, Plan, Question, Statistic};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::{Columns, Head, Want, scan::cut};
use proptest::prelude::*;

/// The figures, from a file cut at places and read by three states in turn, merged in an order given.
fn streamed(text: &str, question: &Question, places: &[usize], order: usize) -> Result<Vec<Estimate>, Vec<String>> {
    let bytes = text.as_bytes();
    let mut problems = Problems::new();
    let head = Head::find("f.csv", bytes, true, &mut problems).unwrap();
    let mut from = head.start;
    let found = |problems: &Problems| {
        let place = |problem: &bygdepuls_core::problem::Problem| {
            let column = problem.column.as_deref().unwrap_or("-");
            format!("{} {column} {}", problem.line.unwrap_or(0), problem.what.code())
        };
        problems.list().iter().map(place).collect::<Vec<_>>()
    };
    let Some(plan) = Plan::new("f.csv", head, question, &mut problems) else { return Err(found(&problems)) };
    let mut states = vec![Grouped::new(&plan), Grouped::new(&plan), Grouped::new(&plan)];
    let (mut number, mut turn) = (0, 0);
    for place in places.iter().copied().filter(|place| *place < bytes.len()) {
        if place > from
            && let Some(length) = cut(&bytes[from..place], plan.delimiter())
        {
            states[turn % 3].piece(number, &bytes[from..from + length], false);
            from += length;
            (number, turn) = (number + 1, turn + 1);
        }
    }
    states[turn % 3].piece(number, &bytes[from..], true);
    states.rotate_left(order % 3);
    let mut states = states.into_iter();
    let mut all = states.next().unwrap();
    states.for_each(|state| all.merge(state));
    all.figures(&mut problems).map(|figures| figures.iter().collect()).ok_or_else(|| found(&problems))
}

#[derive(Clone, Debug)]
struct Row {
    stratum: usize,
    psu: usize,
    ssu: usize,
    group: usize,
    y: Option<i32>,
    weight: u32,
}

fn row() -> impl Strategy<Value = Row> {
    let y = prop_oneof![9 => (-40_i32..40).prop_map(Some), 1 => Just(None)];
    (0..3_usize, 0..4_usize, 0..3_usize, 0..3_usize, y, 0..3000_u32)
        .prop_map(|(stratum, psu, ssu, group, y, weight)| Row { stratum, psu, ssu, group, y, weight })
}

/// A file in which the populations of the first stage are 9 units, of the second as many as said.
fn file(rows: &[Row]) -> String {
    let mut text = String::from("h,p,s,g,y,w,n1,n2,n0\n");
    for Row { stratum, psu, ssu, group, y, weight } in rows {
        let y = y.map_or(String::new(), |y| (f64::from(y) / 8.0).to_string());
        let weight = f64::from(*weight) / 1000.0;
        text += &format!("{stratum},{psu},{ssu},{group},{y},{weight},{},{},{}\n", 9 + stratum, 4 + psu, 100 + stratum);
    }
    text
}

fn designs() -> Vec<DesignQuestion> {
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut designs = Vec::new();
    for (strata, psu, fpc) in [
        (&[][..], &[][..], &[][..]),
        (&["h"], &[], &["n0"]),
        (&["h"], &["p"], &[]),
        (&["h"], &["p"], &["n1"]),
        (&["h"], &["p", "s"], &["n1", "n2"]),
        (&[], &["p"], &[]),
        (&["h", "g"], &[], &[]),
    ] {
        for (_, lonely) in LonelyPsu::ALL.into_iter().skip(1) {
            for adjust_domain_lonely in [false, true] {
                designs.push(DesignQuestion {
                    weights: Some("w".into()),
                    strata: list(strata),
                    psu: list(psu),
                    fpc: list(fpc),
                    nest: true,
                    lonely,
                    adjust_domain_lonely,
                });
            }
        }
    }
    designs
}

/// The standard error of a mean in a group, from the design in memory.
fn in_memory(text: &str, design: &DesignQuestion, group: &str) -> (f64, f64) {
    let mut wants = design.wants();
    wants.extend([Want::Number("y".into()), Want::Category("g".into())]);
    let mut problems = Problems::new();
    let columns = Columns::read("f.csv", text.as_bytes(), &wants, &[], &mut problems).unwrap();
    let design = design.design(&columns, &mut problems).unwrap();
    let (values, groups) = (columns.numbers("y").unwrap(), columns.categories("g").unwrap());
    let here = |row: usize| values[row].filter(|_| &**groups.label(row).unwrap() == group);
    let of = |value: &dyn Fn(f64) -> f64| -> f64 {
        (0..columns.rows()).filter_map(|row| Some(design.weights[row] * value(here(row)?))).sum()
    };
    let size = of(&|_| 1.0);
    let mean = of(&|y| y) / size;
    let influence: Vec<Option<f64>> =
        (0..columns.rows()).map(|row| Some(design.weights[row] * (here(row)? - mean) / size)).collect();
    let variance = design.stages.variance(&design.influence(&influence)).unwrap();
    (variance.max(0.0).sqrt(), design.df())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The same as in memory, and the same to the last bit however the file is cut.
    #[test]
    fn standard_errors_are_those_of_the_design(
        rows in prop::collection::vec(row(), 8..60),
        mut places in prop::collection::vec(0_usize..2000, 0..6),
        order in 0_usize..3,
    ) {
        places.sort_unstable();
        let text = file(&rows);
        for design in designs() {
            let question = Question {
                statistics: vec![Statistic::Mean { column: "y".into() }],
                design: design.clone(),
                by: vec!["g".into()],
                ..Question::default()
            };
            let whole = streamed(&text, &question, &[], 0);
            let cut = streamed(&text, &question, &places, order);
            prop_assert_eq!(&whole, &cut);
            for cell in whole.unwrap().iter().filter(|cell| cell.se.is_some()) {
                let (se, df) = in_memory(&text, &design, &cell.by[0].1);
                let ours = cell.se.unwrap();
                prop_assert!((ours - se).abs() <= 1e-12 * se.max(1e-2), "{} {:?}: {} is not {}", cell.by[0].1, design, ours, se);
                prop_assert_eq!(cell.df, Some(df));
            }
        }
    }
}

fn asked(design: DesignQuestion) -> Question {
    Question { statistics: vec![Statistic::Mean { column: "y".into() }], design, ..Question::default() }
}

fn named(strata: &[&str], psu: &[&str], fpc: &[&str]) -> DesignQuestion {
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    DesignQuestion { strata: list(strata), psu: list(psu), fpc: list(fpc), ..DesignQuestion::default() }
}

/// What is wrong, at the first record that shows it, wherever the file is cut.
#[test]
fn hostile_designs() {
    let text = "h,p,y,n,f\na,1,1,3,0.5\na,2,2,3,0.5\nb,1,3,2,2\nb,3,4,1,2\nb,4,5,2,2\n";
    for (design, expected) in [
        (named(&["h"], &["p"], &[]), &["4 p not-nested"][..]),
        (named(&["h"], &[], &["n"]), &["5 n fpc-varies", "5 n more-than-population"]),
        (named(&[], &["p"], &["f"]), &["4 f fpc-varies", "2 f more-than-population", "2 f mixed-fpc"]),
        (named(&["h"], &["p"], &["n", "n", "n"]), &["0 n too-many-populations"]),
    ] {
        for places in [&[][..], &[30], &[45, 60]] {
            for order in 0..3 {
                let found = streamed(text, &asked(design.clone()), places, order).unwrap_err();
                assert_eq!(found, expected, "{design:?}");
            }
        }
    }
    let zero = streamed("y,n\n1,0\n2,-4\n3,\n4,x\n", &asked(named(&[], &[], &["n"])), &[], 0).unwrap_err();
    assert_eq!(zero, ["2 n invalid-fpc", "3 n invalid-fpc", "4 n missing-population", "5 n not-a-number"]);
}

#[test]
fn what_has_no_standard_error_says_why() {
    let one = |text: &str, design: DesignQuestion| streamed(text, &asked(design), &[], 0).unwrap().remove(0);
    let show = |cell: &Estimate| {
        let notes: Vec<_> = cell.notes.iter().map(|note| format!("{note:?}")).collect();
        format!("{:?} {:?} {:?} {:?} {}", cell.estimate, cell.se, cell.ci_lower, cell.df, notes.join(" "))
    };
    let all = DesignQuestion::default();
    assert_eq!(show(&one("y\n3\n", all.clone())), "Some(3.0) None None None SingleUnit");
    assert_eq!(show(&one("y,p\n3,1\n4,1\n", named(&[], &["p"], &[]))), "Some(3.5) None None None SingleUnit");
    assert_eq!(
        show(&one("y,n\n3,2\n4,2\n", named(&[], &[], &["n"]))),
        "Some(3.5) Some(0.0) Some(3.5) Some(1.0) Census"
    );
    assert_eq!(show(&one("y\n.\n.\n", all.clone())), "None None None None ");
    assert_eq!(show(&one("y\n0.5\n0.5\n0.5\n", all.clone())), "Some(0.5) Some(0.0) Some(0.5) Some(2.0) NoVariation");
    let two = one("y,h\n3,a\n5,b\n", named(&["h"], &[], &[]));
    // u = (3 − 4)/2 and (5 − 4)/2, each compared with the mean of both: 0.25 + 0.25.
    assert_eq!(show(&two), format!("Some(4.0) Some({}) None Some(0.0) NoDegreesOfFreedom", 0.5_f64.sqrt()));
    let huge = one("y\n1e149\n2e149\n", all);
    assert_eq!(huge.estimate, Some(1.5e149));
    assert!(huge.se.is_some_and(|se| (se / 5e148 - 1.0).abs() < 1e-12), "{huge:?}");
}
