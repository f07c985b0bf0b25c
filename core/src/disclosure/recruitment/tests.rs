//! What is shown of figures by hand.

use super::cell::band_of;
use super::*;
use crate::compare::Interval;
use crate::compare::real;
use crate::indicator::recruitment::{Entry, NoFigure, PartOf};
use crate::interval::{Level, wilson};

fn category(code: &str) -> Category {
    Category { code: code.into(), label: Text::same(code) }
}

/// So many units of each employer.
fn behind(employers: &[u64]) -> Behind {
    let mut behind = Behind::default();
    employers.iter().zip(0..).for_each(|(units, employer)| behind.add(Some(employer), *units));
    behind
}

fn entry(value: f64, ends: (f64, f64), n: u64, employers: &[u64]) -> Entry {
    let interval = Some(Interval { lower: ends.0, upper: ends.1 });
    let behind = behind(employers);
    Entry {
        value: Ok(value),
        interval,
        method: "wilson",
        n,
        x: None,
        behind,
        worth: None,
        part: None,
        notes: Vec::new(),
    }
}

fn share(x: u64, n: u64) -> Entry {
    let spread = [n / 3, n / 3, n - 2 * (n / 3)];
    Entry { x: Some(x), ..entry(real(x) / real(n), (0.101, 0.909), n, &spread) }
}

/// One period and area; by column, then group.
fn figures(shape: Shape, columns: &[(&str, Kind)], groups: &[&str], entries: Vec<Entry>) -> Figures {
    let column = |(code, kind): &(&str, Kind)| Column { category: category(code), kind: *kind };
    Figures {
        title: Text::same("title"),
        base: Text::default(),
        method: Text::default(),
        unit: if columns[0].1 == Kind::Share { "percent" } else { "persons" },
        decimals: 0,
        shape,
        columns: columns.iter().map(column).collect(),
        periods: vec![category("2026")],
        areas: vec![category("indre-namdal")],
        groups: groups.iter().map(|group| category(group)).collect(),
        entries,
        sources: Vec::new(),
        sentences: Vec::new(),
    }
}

fn one(kind: Kind, entry: Entry) -> (Status, Vec<Option<f64>>) {
    let cube = publish(
        "id",
        &figures(Shape::Bars, &[("a", kind)], &["all"], vec![entry]),
        &Rules::default(),
        About::default(),
    );
    (cube.cells[0].status, cube.cells[0].values[..3].to_vec())
}

#[test]
fn one_employer_or_one_vacancy_is_hidden() {
    for (employers, shown) in [
        (&[1][..], false),
        (&[40], false),
        (&[20, 20], false),
        (&[3, 3, 3], false),
        (&[4, 3, 3], true),
        // 31 of 41 are 75.6 percent; 30 of 40 are 75.
        (&[31, 5, 5], false),
        (&[30, 5, 5], true),
    ] {
        let n = employers.iter().sum();
        let status = one(Kind::Count, entry(20.0, (10.0, 30.0), n, employers)).0;
        assert_eq!(status == Status::Exact, shown, "{employers:?}");
    }
    // Nobody's employer stands behind the CV base.
    let mut people = Behind::default();
    people.add(None, 10);
    assert!(Rules::default().permit(&people));
}

#[test]
fn values_are_as_coarse_as_five_units() {
    let three = [100, 100, 100];
    let values = |kind, value, ends, n, employers: &[u64]| one(kind, entry(value, ends, n, employers)).1;
    assert_eq!(values(Kind::Count, 17.4, (11.0, 23.0), 300, &three), [Some(15.0), Some(5.0), Some(25.0)]);
    assert_eq!(values(Kind::Days, 45.0, (30.0, 61.0), 300, &three), [Some(42.0), Some(21.0), Some(63.0)]);
    // Five of 300 applications are 0.017 of each of 300 positions: a tenth is the finest; of 12 positions it is a half.
    assert_eq!(values(Kind::Ratio, 2.34, (2.0, 2.6), 300, &three)[0], Some(2.3));
    assert_eq!(values(Kind::Ratio, 2.34, (2.1, 2.6), 12, &[4, 4, 4]), [Some(2.5), Some(2.0), Some(3.5)]);
    // Five of 300 are 1.7 percent: steps of 2. Of 60 they are 8.3: steps of 10.
    assert_eq!(values(Kind::Share, 0.333, (0.28, 0.39), 300, &three), [Some(34.0), Some(26.0), Some(42.0)]);
    assert_eq!(values(Kind::Share, 0.04, (0.0, 0.13), 60, &[20, 20, 20]), [Some(0.0), Some(0.0), Some(20.0)]);
}

#[test]
fn an_interval_tells_no_more_than_its_value() {
    for n in [50, 61, 137, 500] {
        let mut shown = std::collections::BTreeMap::new();
        for x in 0..=n {
            let limits = wilson::score(x, n, Level::P95).unwrap();
            let third = n / 3;
            let ends = (limits.lower, limits.upper);
            let of_x = Entry { x: Some(x), ..entry(real(x) / real(n), ends, n, &[third, third, n - 2 * third]) };
            let cell = one(Kind::Share, of_x).1;
            let [value, lower, upper] = [0, 1, 2].map(|at| cell[at].unwrap());
            assert!(lower <= 100.0 * limits.lower && 100.0 * limits.upper <= upper, "{x} of {n}: {cell:?}");
            assert_eq!(shown.entry(format!("{value}")).or_insert(ends_of(lower, upper)), &ends_of(lower, upper));
        }
    }
}

fn ends_of(lower: f64, upper: f64) -> String {
    format!("{lower} to {upper}")
}

#[test]
fn shares_of_few_are_in_bands() {
    let band = |x, n| {
        let cube = publish(
            "id",
            &figures(Shape::Bars, &[("a", Kind::Share)], &["all"], vec![share(x, n)]),
            &Rules::default(),
            About::default(),
        );
        (cube.cells[0].status, cube.cells[0].values.clone())
    };
    let (shown, hidden) = (|band, of| vec![None, None, None, Some(band), Some(of)], vec![None; 5]);
    assert_eq!(band(4, 9), (Status::Hidden, hidden));
    assert_eq!(band(4, 12), (Status::Band, shown(2.0, 3.0)));
    assert_eq!(band(12, 12), (Status::Band, shown(3.0, 3.0)));
    assert_eq!(band(0, 30), (Status::Band, shown(1.0, 5.0)));
    assert_eq!(band_of(0.2, 5), 2);
    assert_eq!(band_of(1.0, 5), 5);
}

#[test]
fn everybody_or_the_fields() {
    // Ages divide the same staff in another way.
    let all = ["all", "health", "teaching", "age_55_60"];
    let figures = figures(Shape::Bars, &[("a", Kind::Share)], &all, vec![share(40, 60); 4]);
    let groups = |groups| {
        let cube = publish("id", &figures, &Rules { groups, ..Rules::default() }, About::default());
        cube.dimensions[3].categories.iter().map(|group| group.code.clone()).collect::<Vec<_>>()
    };
    assert_eq!(groups(Groups::All), ["all"]);
    assert_eq!(groups(Groups::Fields), ["health", "teaching"]);
}

#[test]
fn a_gap_is_the_difference_of_what_is_shown() {
    let count = |value: f64, n| entry(value, (value - 6.0, value + 6.0), n, &[n / 3, n / 3, n - 2 * (n / 3)]);
    let columns = [("demand", Kind::Count), ("supply", Kind::Count), ("gap", Kind::Count)];
    let entries =
        vec![count(32.6, 90), count(32.6, 90), count(12.6, 30), count(3.0, 6), count(20.0, 90), count(29.6, 90)];
    let cube = publish(
        "gap",
        &figures(Shape::Gap, &columns, &["health", "teaching"], entries),
        &Rules::default(),
        About::default(),
    );
    let values: Vec<_> = cube.cells.iter().map(|cell| cell.values[0]).collect();
    assert_eq!(values, [Some(35.0), Some(35.0), Some(15.0), None, Some(20.0), None]);
    // Six persons are two steps, and one more for the two that were rounded.
    assert_eq!(cube.cells[4].values[1..3], [Some(5.0), Some(35.0)]);
    assert_eq!(cube.dimensions[0].id, "figure_gap");
}

#[test]
fn a_curve_is_rounded_alike_all_along() {
    let columns = [("m0", Kind::Share), ("m12", Kind::Share), ("m24", Kind::Share), ("m36", Kind::Share)];
    let at = |value, n: u64| entry(value, (value - 0.05, value + 0.05), n, &[n / 3, n / 3, n - 2 * (n / 3)]);
    let entries = vec![at(1.0, 300), at(0.83, 150), at(0.78, 60), at(0.5, 6)];
    let cube = publish("id", &figures(Shape::Curve, &columns, &["all"], entries), &Rules::default(), About::default());
    let values: Vec<_> = cube.cells.iter().map(|cell| cell.values[0]).collect();
    assert_eq!(values, [Some(100.0), Some(80.0), Some(80.0), None]);
}

#[test]
fn a_step_of_a_funnel_tells_no_more_than_those_who_fell_out() {
    let columns = [("advertised", Kind::Share), ("application", Kind::Share), ("accepted", Kind::Share)];
    for n in [9, 12, 30, 50, 61, 137, 300, 500] {
        for x in 0..=n {
            let of = |x: u64| {
                let limits = wilson::score(x, n, Level::P95).unwrap();
                Entry { interval: Some(limits.into()), ..share(x, n) }
            };
            // One got an application and nobody.
            let steps = vec![Entry { interval: None, ..of(n) }, of((x + 1).min(n)), of(x)];
            let cube =
                publish("id", &figures(Shape::Funnel, &columns, &["all"], steps), &Rules::default(), About::default());
            let failed = publish(
                "id",
                &figures(Shape::Bars, &[("failed", Kind::Share)], &["all"], vec![of(n - x)]),
                &Rules::default(),
                About::default(),
            );
            let (accepted, failed) = (&cube.cells[2], &failed.cells[0]);
            assert_eq!(accepted.status, failed.status, "{x} of {n}");
            let sum = |a: usize, b: usize| accepted.values[a].zip(failed.values[b]).map(|(a, b)| a + b);
            let whole = accepted.values[0].map(|_| 100.0);
            assert_eq!([sum(0, 0), sum(1, 2), sum(2, 1)], [whole; 3], "{x} of {n}");
            assert_eq!(sum(3, 3), accepted.values[4].map(|bands| bands + 1.0), "{x} of {n}");
            if whole.is_some() {
                let limits = of(x).interval.unwrap();
                let [lower, upper] = [1, 2].map(|at| accepted.values[at].unwrap());
                assert!(lower <= 100.0 * limits.lower && 100.0 * limits.upper <= upper, "{x} of {n}: {lower} {upper}");
            }
            // Never more at a later step, and the first one is all of them.
            assert_eq!(cube.cells[0].values[..3], [(n >= 10).then_some(100.0), None, None]);
            let steps: Vec<_> = cube.cells.iter().skip(1).map(|cell| cell.values[0].or(cell.values[3])).collect();
            assert!(steps.windows(2).all(|pair| pair[1] <= pair[0]), "{x} of {n}: {steps:?}");
        }
    }
}

#[test]
fn comparisons_stay_inside() {
    let columns = [("share", Kind::Share), ("odds_ratio", Kind::Comparison), ("nation", Kind::Published)];
    let published = Entry { value: Ok(0.62), ..entry(0.0, (0.0, 0.0), 0, &[]) };
    let entries = vec![share(40, 60), share(40, 60), published];
    let cube = publish("id", &figures(Shape::Bars, &columns, &["all"], entries), &Rules::default(), About::default());
    let shown: Vec<_> = cube.dimensions[0].categories.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(shown, ["share", "nation"]);
    assert_eq!(cube.cells[1].values[0], Some(62.0));
    // What does not exist is marked as what is hidden.
    let nobody = NoFigure { code: "nobody", words: Text::default() };
    let none = Entry { value: Err(nobody), ..share(40, 60) };
    assert_eq!(one(Kind::Days, none).0, Status::Hidden);
}

#[test]
fn a_curve_and_a_weighted_share_tell_no_more_than_their_value() {
    for method in ["log-log", "korn-graubard", ""] {
        for n in [50, 61, 137] {
            let mut shown = std::collections::BTreeMap::new();
            for x in 0..=n {
                // All alike have no interval of their own, and yet one is shown.
                let interval = (x > 0 && x < n).then_some(Interval { lower: 0.2, upper: 0.9 });
                let worth = Some(1.0 / real(n));
                let of_x = Entry { x: None, method, interval, worth, ..share(x, 3 * n) };
                let cell = one(Kind::Share, of_x).1;
                let [value, lower, upper] = [0, 1, 2].map(|at| cell[at].unwrap());
                assert!(lower <= value && value <= upper && lower < upper, "{cell:?}");
                *shown.entry(format!("{value} from {lower} to {upper}")).or_insert(0) += 1;
            }
            // At the ends of the scale a step and a half are divided by two.
            assert!(shown.values().all(|alike| *alike >= 4), "{method} {n}: {shown:?}");
            let values: std::collections::BTreeSet<&str> =
                shown.keys().map(|key| &key[..key.find(' ').unwrap()]).collect();
            assert_eq!(values.len(), shown.len(), "{method} {n}: a value with two intervals");
        }
    }
}

#[test]
fn five_are_five_of_the_heaviest() {
    let of = |kind, value, worth, n: u64| {
        let third = n / 3;
        one(kind, Entry { worth: Some(worth), ..entry(value, (value, value), n, &[third, third, n - 2 * third]) })
    };
    // A business that stands for 6.8 makes the shortage a multiple of 35.
    assert_eq!(of(Kind::Count, 90.0, 6.8, 30).1[0], Some(105.0));
    assert_eq!(of(Kind::Count, 90.0, 1.0, 30).1[0], Some(90.0));
    // Of 200 businesses one has a twentieth of all the weight: fifths, as of 20. One of eight hides it.
    let share = |worth| of(Kind::Share, 0.5, worth, 200).0;
    assert_eq!([0.005, 0.05, 0.125, 1.0].map(share), [Status::Exact, Status::Band, Status::Hidden, Status::Hidden]);
    // 84 applicants for six places: one more is a sixth, and five are one.
    assert_eq!(of(Kind::Ratio, 13.8, 1.0 / 6.0, 84).1[0], Some(14.0));
}

#[test]
fn a_net_share_is_the_difference_of_what_is_shown() {
    let columns = [("net", Kind::Ratio), ("more", Kind::Share), ("same", Kind::Internal), ("fewer", Kind::Share)];
    let shares = |n: u64| {
        let of = |value: f64| entry(value, (value - 0.1, value + 0.1), n, &[n / 3, n / 3, n - 2 * (n / 3)]);
        [0.1, 0.33, 0.44, 0.23].map(of).to_vec()
    };
    let shown = |n| {
        let net = Figures { unit: "points", ..figures(Shape::Bars, &columns, &["all"], shares(n)) };
        let cube = publish("id", &net, &Rules::default(), About::default());
        assert_eq!(cube.dimensions[0].categories.len(), 3);
        cube.cells.iter().map(|cell| cell.values[0]).collect::<Vec<_>>()
    };
    // 33 and 23 of 100 are shown as 35 and 25; each in its fifth, there is nothing to take a difference of.
    assert_eq!(shown(100), [Some(10.0), Some(35.0), Some(25.0)]);
    assert_eq!(shown(40), [None; 3]);
}

#[test]
fn what_a_gap_is_made_of_has_no_total_either() {
    let entries = || ["all", "health"].map(|_| entry(30.0, (20.0, 40.0), 60, &[20, 20, 20])).to_vec();
    let figures = figures(Shape::Bars, &[("demand", Kind::Count)], &["all", "health"], entries());
    let groups = |id| {
        let cube = publish(id, &figures, &Rules::default(), About::default());
        cube.dimensions[3].categories.iter().map(|group| group.code.clone()).collect::<Vec<_>>()
    };
    assert_eq!([groups("demand"), groups("supply"), groups("cv_base")], [["health"], ["health"], ["all"]]);
    let parts =
        Figures { columns: vec![Column { category: category("demand"), kind: Kind::Internal }], ..figures.clone() };
    assert!(has_public_columns(&figures) && !has_public_columns(&parts));
}

#[test]
fn tightness_tells_no_more_of_a_shortage_than_the_shortage_does() {
    // 250 employed, a business stands for one and a quarter: the shortage is shown in tens.
    let rest = 250.0;
    let mut by_shortage = std::collections::BTreeMap::new();
    for number in 1..=120 {
        let number = f64::from(number);
        let of = |value: f64, ends: (f64, f64), worth, part| Entry {
            worth: Some(worth),
            part,
            x: None,
            method: "bootstrap",
            ..entry(value, ends, 60, &[20, 20, 20])
        };
        let part = |number: f64| number / (number + rest);
        let ends = (0.8 * number, 1.3 * number);
        let shortage = one(Kind::Count, of(number, ends, 1.25, None)).1;
        let interval = Some(Interval { lower: ends.0, upper: ends.1 });
        let made = PartOf { number, interval, worth: 1.25, rest };
        let limits = (part(ends.0), part(ends.1));
        let tightness = one_percent(Kind::Ratio, of(part(number), limits, 1.25 / (number + rest), Some(made)));
        // What is shown is that of the shortage as it is shown, to a tenth, the ends outwards.
        let tenths = |number: f64| 1000.0 * part(number.max(0.0));
        let expected = [
            tenths(shortage[0].unwrap()).round() / 10.0,
            tenths(shortage[1].unwrap()).floor() / 10.0,
            tenths(shortage[2].unwrap()).ceil() / 10.0,
        ];
        let near = |(shown, expected): (&Option<f64>, f64)| (shown.unwrap() - expected).abs() < 1e-9;
        assert!(tightness.iter().zip(expected).all(near), "{number}: {tightness:?} {expected:?}");
        assert!(tightness[1].unwrap() <= 100.0 * limits.0 && tightness[2].unwrap() >= 100.0 * limits.1, "{number}");
        #[expect(clippy::cast_possible_truncation, reason = "multiples of ten")]
        by_shortage.insert(shortage[0].unwrap() as i64, number);
    }
    assert_eq!(by_shortage.len(), 13);
}

/// As [`one`], of a figure in percent.
fn one_percent(kind: Kind, entry: Entry) -> Vec<Option<f64>> {
    let figures = Figures { unit: "percent", ..figures(Shape::Bars, &[("a", kind)], &["all"], vec![entry]) };
    publish("id", &figures, &Rules::default(), About::default()).cells[0].values[..3].to_vec()
}
