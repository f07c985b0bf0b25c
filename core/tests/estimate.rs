//! Grouped statistics of whole files: figures worked by hand, places of problems, and pieces that make no difference.

use bygdepuls_core::design::DesignQuestion;
use bygdepuls_core::estimate::{Estimate, Grouped, Plan, Question, Statistic};
use bygdepuls_core::problem::{Problem, Problems};
use bygdepuls_core::read::{Head, scan::cut};
use proptest::prelude::*;

fn mean(column: &str, weights: Option<&str>, by: &[&str]) -> Question {
    Question {
        statistics: vec![Statistic::Mean { column: column.into() }],
        design: DesignQuestion { weights: weights.map(str::to_owned), ..DesignQuestion::default() },
        by: by.iter().map(|name| (*name).to_owned()).collect(),
        missing: vec!["9".into()],
        ..Question::default()
    }
}

/// The file in pieces that end at or before the places given, read by two states in turn.
fn estimate(bytes: &[u8], question: &Question, places: &[usize]) -> (Vec<Estimate>, Vec<Problem>) {
    let mut problems = Problems::new();
    let Some(head) = Head::find("f.csv", bytes, true, &mut problems) else { return (vec![], problems.list().to_vec()) };
    let start = head.start;
    let Some(plan) = Plan::new("f.csv", head, question, &mut problems) else {
        return (vec![], problems.list().to_vec());
    };
    let mut states = [Grouped::new(&plan), Grouped::new(&plan)];
    let mut from = start;
    let mut number = 0;
    for place in places.iter().copied().filter(|place| (start..bytes.len()).contains(place)) {
        if place > from
            && let Some(length) = cut(&bytes[from..place], plan.delimiter())
        {
            states[usize::from(number % 2 == 0)].piece(number, &bytes[from..from + length], false);
            from += length;
            number += 1;
        }
    }
    states[usize::from(number % 2 == 0)].piece(number, &bytes[from..], true);
    let [mut all, other] = states;
    all.merge(other);
    let estimates = all.finish(&mut problems);
    (estimates, problems.list().to_vec())
}

/// `codes estimate n weight status`
fn lines(estimates: &[Estimate]) -> Vec<String> {
    let line = |estimate: &Estimate| {
        let codes: Vec<_> = estimate.by.iter().map(|(_, code)| &**code).collect();
        let figure = estimate.estimate.map_or("-".to_owned(), |figure| figure.to_string());
        format!("{} {figure} {} {} {}", codes.join("/"), estimate.n, estimate.sum_of_weights, estimate.status)
    };
    estimates.iter().map(line).collect()
}

fn places(problems: &[Problem]) -> Vec<String> {
    let place = |problem: &Problem| {
        let column = problem.column.as_deref().unwrap_or("-");
        let value = problem.value.as_deref().unwrap_or("-");
        format!("{} {column} {value} {}", problem.line.unwrap_or(0), problem.what.code())
    };
    problems.iter().map(place).collect()
}

const ANSWERS: &str = "\
year,town,y,w
2024,Å,1,2
2024,Å,4,1
2025,Å,9,1
2025,B,\"2,5\",0.5
2025,B,..,1
2024,B,-,1
10,B,3,0
";

#[test]
fn a_question_must_ask_for_something() {
    let (estimates, problems) = estimate(b"w\n0\n", &Question::default(), &[]);
    assert_eq!((estimates, places(&problems)), (vec![], vec!["0 - - no-statistic".to_owned()]));
}

#[test]
fn means_worked_by_hand() {
    let (estimates, problems) = estimate(ANSWERS.as_bytes(), &mean("y", Some("w"), &["year", "town"]), &[]);
    // 2024 Å: (2 × 1 + 1 × 4) / 3 = 2; `-` is a true zero; year sorts as a number.
    assert_eq!(
        lines(&estimates),
        ["10/B - 1 0 no_weight", "2024/B 0 1 1 ok", "2024/Å 2 2 3 ok", "2025/B 2.5 1 0.5 ok"]
    );
    assert_eq!(places(&problems), ["0 - - empty-groups"], "2025 Å has no value");
    let (estimates, _) = estimate(ANSWERS.as_bytes(), &mean("y", None, &[]), &[]);
    assert_eq!(lines(&estimates), [" 2.1 5 5 ok"], "(1 + 4 + 2.5 + 0 + 3) / 5");
}

#[test]
fn shares_worked_by_hand() {
    let mut question = mean("y", Some("w"), &["town"]);
    question.statistics =
        vec![Statistic::Share { column: "y".into(), codes: vec!["4".into(), "1".into(), "5".into()] }];
    let (estimates, problems) = estimate(ANSWERS.as_bytes(), &question, &[]);
    // B: 2,5 (0.5), - (1) and 3 (0) are values, .. is missing. Å: 1 and 4, 9 is missing.
    assert_eq!(lines(&estimates), ["B 0 3 1.5 ok", "Å 1 2 3 ok"]);
    assert_eq!(estimates[0].value.as_deref(), Some("4,1,5"));
    assert_eq!(places(&problems), ["0 y - code-never-seen"], "nobody has 5");
    question.by.clear();
    question.statistics = vec![Statistic::Share { column: "town".into(), codes: vec!["Å".into()] }];
    for bytes in [ANSWERS.as_bytes().to_vec(), ANSWERS.chars().map(|letter| letter as u8).collect()] {
        assert_eq!(lines(&estimate(&bytes, &question, &[]).0), [" 0.6153846153846154 7 6.5 ok"], "4 of 6.5");
    }
}

#[test]
fn the_json_has_the_promised_keys() {
    // 1.5 ± 12.706204736174706 × 0.5, with the 97.5 % quantile of t(1) = tan(0.475 π).
    let (estimates, _) = estimate(b"g,y\na,1\na,2\n", &mean("y", None, &["g"]), &[]);
    assert_eq!(
        serde_json::to_string(&estimates).unwrap(),
        "[{\"by\":{\"g\":\"a\"},\"statistic\":\"mean\",\"variable\":\"y\",\"value\":null,\"estimate\":1.5,\"se\":0.5,\
         \"ci_lower\":-4.853102368087353,\"ci_upper\":7.853102368087353,\"level\":0.95,\"ci_method\":\"t\",\
         \"df\":1.0,\"n\":2,\
         \"sum_of_weights\":2.0,\"status\":\"ok\",\"notes\":[]}]"
    );
}

#[test]
fn problems_have_places_across_pieces() {
    let bytes = b"y,w,t\n1,1,\"a\nb\"\nen,-1.5,x\nfire,1,x\n2,,x\n3,0.5\n3,\"0,5\",x\n4,x,\n4,0.5,\"\n";
    let expected = [
        "4 w -1.5 negative-weight",
        "4 y en not-a-number",
        "5 y fire not-a-number",
        "6 w  missing-weight",
        "7 - - too-few-fields",
        "8 w 0,5 mixed-decimal-marks",
        "9 w x not-a-number",
        "10 t \"\n unclosed-quote",
    ];
    for at in 0..bytes.len() {
        let (estimates, problems) = estimate(bytes, &mean("y", Some("w"), &[]), &[at, at + 9, at + 13]);
        assert_eq!(estimates, []);
        // With one comma and no point in a record that counts, nothing is mixed.
        let expected: Vec<_> = expected.iter().filter(|line| !line.contains("mixed")).collect();
        assert_eq!(places(&problems), expected.iter().map(ToString::to_string).collect::<Vec<_>>(), "{at}");
    }
    let mixed = b"y,w,t\n3,0.5,\n3,\"0,5\",x\n4,0.5,\n";
    assert_eq!(places(&estimate(mixed, &mean("y", Some("w"), &[]), &[16]).1), ["3 w 0,5 mixed-decimal-marks"]);
    let unknown = estimate(b"year,y\n1,2\n", &mean("yy", Some("w"), &["years"]), &[]).1;
    assert_eq!(places(&unknown), ["1 yy - missing-column", "1 w - missing-column", "1 years - missing-column"]);
}

proptest! {
    /// Figures to the last bit, and problems, do not depend on how the file is cut.
    #[test]
    fn pieces_make_no_difference(
        records in prop::collection::vec(("[abæ]{1,2}|langt navn [xy]", -50_i32..50, 0_i32..1000, "[a\"\n]{0,3}"), 0..60),
        mut at in prop::collection::vec(0_usize..2000, 0..6),
    ) {
        at.sort_unstable();
        let mut bytes = String::from("g,y,w,t\n");
        for (group, value, weight, text) in &records {
            let text = text.replace('"', "\"\"");
            bytes += &format!("{group},{},{},\"{text}\"\n", f64::from(*value) / 8.0, f64::from(*weight) / 1000.0);
        }
        let question = mean("y", Some("w"), &["g"]);
        let whole = estimate(bytes.as_bytes(), &question, &[]);
        let cut = estimate(bytes.as_bytes(), &question, &at);
        prop_assert_eq!(&whole.0, &cut.0);
        prop_assert_eq!(places(&whole.1), places(&cut.1));
        prop_assert_eq!(whole.0.iter().map(|estimate| estimate.n).sum::<u64>(), records.iter().filter(|(_, y, ..)| *y != 72).count() as u64);
    }

    /// No bytes make it panic.
    #[test]
    fn takes_any_bytes(bytes in prop::collection::vec(prop::sample::select(b"gyw19,;\"\n\r\0\xf8\xc3.".to_vec()), 0..200),
                       at in 0_usize..200) {
        for prefix in ["", "g,y,w\n", "g;y;w\r\n1;1;1\r\n"] {
            let bytes = [prefix.as_bytes(), &bytes].concat();
            let _ = estimate(&bytes, &mean("y", Some("w"), &["g"]), &[at]);
        }
    }
}

#[test]
fn codes_are_compared_as_numbers_where_they_are() {
    let bytes = b"g,y\na,5.0\na,4\na,98.0\na,98\na,99\nb,05\nb,\"1,0\"\nb,9\n";
    let mut question = mean("y", None, &["g"]);
    question.missing = vec!["98".into(), "99.0".into(), "97".into()];
    let (estimates, problems) = estimate(bytes, &question, &[]);
    assert_eq!(estimates, [], "points and commas");
    assert_eq!(places(&problems), ["8 y 1,0 mixed-decimal-marks"]);
    question.statistics =
        vec![Statistic::Share { column: "y".into(), codes: ["4", "5", "5", "5.0", "1"].map(Into::into).into() }];
    let (estimates, problems) = estimate(bytes, &question, &[]);
    assert_eq!(lines(&estimates), ["a 1 2 2 ok", "b 0.3333333333333333 3 3 ok"], "05 is another code than 5");
    assert_eq!(estimates[0].value.as_deref(), Some("4,5,1"));
    assert_eq!(places(&problems), ["0 y - code-never-seen"], "97, and no code twice");
}

#[test]
fn products_too_small_for_a_double_are_no_zero() {
    let bytes = b"g,y,w\na,1e-149,1e-300\na,3e-149,1e-300\nb,1e-300,1e-300\nb,1,1\nc,0,1e-300\n";
    let (estimates, _) = estimate(bytes, &mean("y", Some("w"), &["g"]), &[]);
    let status: Vec<_> = estimates.iter().map(|estimate| (estimate.estimate, estimate.status)).collect();
    assert_eq!(status, [(None, "underflow"), (Some(1.0), "ok"), (Some(0.0), "ok")]);
}

#[test]
fn a_column_is_grouped_by_once() {
    let (estimates, problems) = estimate(b"g,y\na,1\n", &mean("y", None, &["g", "g"]), &[]);
    assert_eq!((estimates, places(&problems)), (vec![], vec!["0 g - grouped-twice".into()]));
}

#[test]
fn letters_of_another_encoding_are_listed_whatever_the_pieces() {
    let utf8 = "Bø,1\n".repeat(3);
    let mixed = [b"g,y\n".as_slice(), utf8.as_bytes(), &b"B\xf8,1\n".repeat(40), "a,1\næ,1\n".as_bytes()].concat();
    for at in [0, 10, 50, 150] {
        let (estimates, problems) = estimate(&mixed, &mean("y", None, &["g"]), &[at, at + 20]);
        assert_eq!(estimates, []);
        let expected = [2, 3, 4, 46].map(|line| format!("{line} g - utf-8-in-windows-1252"));
        assert_eq!(places(&problems), expected);
    }
    let twice = ["g,y\n", &"BÃ¸,1\n".repeat(150)].concat();
    let (_, problems) = estimate(twice.as_bytes(), &mean("y", None, &["g"]), &[300, 600]);
    assert_eq!(problems.len(), Problems::LIMIT);
    assert_eq!(places(&problems)[99], "101 g - mojibake");
}
