//! States that are saved, restored and merged, beside one pass over the whole file: the same figures to the last bit and
//! the same problems.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the table of sizes")]

use bygdepuls_core::design::{Comparison, Condition, DesignQuestion, LonelyPsu};
use bygdepuls_core::estimate::{
    Contrast, Deff, Df, Grouped, Make, Plan, Question, Replication, Report, SavedProblem, Statistic,
};
use bygdepuls_core::interval::Level;
use bygdepuls_core::problem::{Explain, Problems};
use bygdepuls_core::read::{Head, scan::cut};
use bygdepuls_core::text::Lang;
use proptest::prelude::*;
use std::fmt::Write;

fn plan(text: &[u8], question: &Question) -> Plan {
    let mut problems = Problems::new();
    let head = Head::find("f.csv", text, true, &mut problems).unwrap();
    Plan::new("f.csv", head, question, &mut problems).unwrap()
}

type Told = (Option<String>, Vec<String>);

/// Figures and covariances with all their digits, and problems with all that they say.
fn told(grouped: Grouped<'_>) -> Told {
    let mut problems = Problems::new();
    let figures = grouped.figures(&mut problems);
    let figures = figures.map(|figures| format!("{:?} {:?}", figures.iter().collect::<Vec<_>>(), figures.covariance()));
    let more = format!("{} {:?}", problems.errors(), problems.more().collect::<Vec<_>>());
    (figures, problems.list().iter().map(|problem| format!("{problem:?}")).chain([more]).collect())
}

fn whole(text: &[u8], question: &Question) -> Told {
    let plan = plan(text, question);
    let mut grouped = Grouped::new(&plan);
    grouped.piece(0, &text[start(text)..], true);
    told(grouped)
}

/// The first line is the header.
fn start(text: &[u8]) -> usize {
    text.iter().position(|byte| *byte == b'\n').unwrap() + 1
}

/// The pieces of the file that end at or before the places given, by number.
fn pieces<'a>(text: &'a [u8], delimiter: u8, ends: &[usize]) -> Vec<&'a [u8]> {
    let mut rest = start(text);
    let mut pieces = Vec::new();
    for end in ends.iter().copied().filter(|end| *end < text.len()) {
        if let Some(length) = text.get(rest..end).and_then(|bytes| cut(bytes, delimiter)) {
            pieces.push(&text[rest..rest + length]);
            rest += length;
        }
    }
    pieces.push(&text[rest..]);
    pieces
}

/// The pieces of the file taken by as many states, in turn; these saved, restored by a plan of their own, and merged from
/// the one given on; what was merged saved and restored in between.
fn by_states(text: &[u8], question: &Question, ends: &[usize], states: usize, first: usize) -> Told {
    let own = plan(text, question);
    let mut taken = vec![Grouped::new(&own); states];
    let pieces = pieces(text, own.delimiter(), ends);
    for (number, piece) in pieces.iter().enumerate() {
        taken[number % states].piece(number as u64, piece, number + 1 == pieces.len());
    }
    let saved: Vec<_> = taken.iter().map(|state| state.save().unwrap()).collect();
    let other = plan(text, question);
    let mut all = Grouped::restore(&other, &saved[first % states]).unwrap();
    for state in 1..states {
        let bytes = &saved[(first + state) % states];
        let restored = Grouped::restore(&other, bytes).unwrap();
        assert_eq!(restored.save().unwrap(), *bytes, "saved once more it is the same");
        all.merge(restored);
        all = Grouped::restore(&other, &all.save().unwrap()).unwrap();
    }
    told(all)
}

/// One state that is saved and restored after each piece and goes on with the next.
fn one_after_the_other(text: &[u8], question: &Question, ends: &[usize]) -> Told {
    let plan = plan(text, question);
    let mut state = Grouped::new(&plan);
    let pieces = pieces(text, plan.delimiter(), ends);
    for (number, piece) in pieces.iter().enumerate() {
        state.piece(number as u64, piece, number + 1 == pieces.len());
        state = Grouped::restore(&plan, &state.save().unwrap()).unwrap();
    }
    told(state)
}

fn mean() -> Statistic {
    Statistic::Mean { column: "y".into() }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

/// Questions of every kind that is answered in one pass.
fn questions() -> Vec<(&'static str, Question)> {
    let lonely = LonelyPsu::Adjust;
    let design = |strata: &[&str], psu: &[&str], fpc: &[&str], nest| DesignQuestion {
        weights: Some("w".into()),
        strata: names(strata),
        psu: names(psu),
        fpc: names(fpc),
        nest,
        lonely,
        ..DesignQuestion::default()
    };
    let plain =
        Question { statistics: vec![mean()], by: names(&["g"]), missing: names(&["9", "77"]), ..Question::default() };
    let with = |design| Question { design, ..plain.clone() };
    let of = |statistics| Question { statistics, ..with(design(&["h"], &[], &[], false)) };
    let codes = |codes: &[&str]| Statistic::Share { column: "k".into(), codes: names(codes) };
    let count = |codes: &[&str]| Statistic::Count { column: "k".into(), codes: names(codes) };
    let ratio = Statistic::Ratio { numerator: "y".into(), denominator: "x".into() };
    let several = of(vec![mean(), ratio.clone(), codes(&["ja", "aldri"]), Statistic::Total { column: "x".into() }]);
    let covariance = Report {
        covariance: true,
        contrasts: vec![Contrast { column: "g".into(), combination: "b-a".into() }],
        ..Report::default()
    };
    let deff = Report { deff: Some(Deff::WithoutReplacement), df: Df::Domain, ..Report::default() };
    let condition = |column: &str, comparison, value: &str| Condition {
        column: column.into(),
        comparison,
        values: names(&[value]),
    };
    let domain = vec![condition("x", Comparison::AtLeast, "2"), condition("k", Comparison::IsNot, "nei")];
    let clusters = || with(design(&["h"], &["u"], &[], false));
    let replicated = |method| Question { replication: Some(Replication::Made { method, mse: false }), ..clusters() };
    let mut linked = with(design(&["g"], &[], &["M"], false));
    linked.report = covariance.clone();
    linked.person = Some("p".into());
    let mut fractions = with(DesignQuestion { weights: None, ..design(&["h"], &["u"], &["N"], false) });
    fractions.report.level = Level::new(0.99).unwrap();
    vec![
        ("mean without a design", plain.clone()),
        ("without groups", Question { by: vec![], ..plain.clone() }),
        ("total", of(vec![Statistic::Total { column: "y".into() }])),
        ("share", of(vec![codes(&["ja", "5"])])),
        ("count", of(vec![count(&["ja"])])),
        ("share of each code", of(vec![codes(&[])])),
        ("count of each code", of(vec![count(&[])])),
        ("ratio", of(vec![ratio])),
        ("several with covariance", Question { report: covariance.clone(), ..several.clone() }),
        ("several in a domain", Question { domain: domain.clone(), ..several.clone() }),
        ("several with design effects", Question { report: deff, ..several }),
        ("weights", with(design(&[], &[], &[], false))),
        ("sampling units", clusters()),
        ("nested ids", with(design(&["h"], &["v"], &[], true))),
        ("two stages", with(design(&["h"], &["u", "v"], &["N", "M"], true))),
        ("populations of records", with(design(&["h"], &[], &["N"], false))),
        ("weights from populations", fractions),
        ("two groups in a domain", Question { by: names(&["g", "k"]), domain, ..clusters() }),
        ("linked by person", linked),
        ("jackknife", replicated(Make::Jkn)),
        ("bootstrap", replicated(Make::Bootstrap { method: None, replicates: 20, seed: 7 })),
    ]
}

type Row = (u8, u8, u8, String, String, i32, u16);

/// `h` strata, `u` their units, `v` units in units, `N` and `M` populations, `p` people.
fn file(rows: &[Row]) -> String {
    let mut text = String::from("h,u,v,N,M,g,k,p,y,x,w,t\n");
    for (number, (h, u, v, g, k, y, w)) in rows.iter().enumerate() {
        let (y, w) = (f64::from(*y) / 8.0, f64::from(*w) / 1000.0);
        let (unit, x) = (h * 10 + u, (h + u * v) % 4);
        writeln!(text, "{h},{unit},{v},{},90,{g},{k},{},{y},{x},{w},\"{number}\n\"", 100 + h, number / 2).unwrap();
    }
    text
}

fn row() -> impl Strategy<Value = Row> {
    let code = prop::sample::select(names(&["ja", "nei", "vet ikke, eller vil ikke", "5", "77", ""]));
    let code = code.prop_map(|code| if code.contains(',') { format!("\"{code}\"") } else { code });
    (0..3_u8, 0..4_u8, 0..2_u8, "[ab]|Ørland kommune", code, -80..80_i32, 0..3000_u16)
}

/// What can stand in a file and should not.
const WRONG: [&[u8]; 9] = [
    b"0,0,0,100,90,a,ja,1,fire,1,1,",
    b"0,0,0,100,90,a,ja,1,1,1,-1,",
    b"0,0,0,100,90,a,ja,1,1,1,,",
    b"0,0,0,-3,,a,ja,1,1,1,1,",
    b"0,0,0,100",
    b"0,0,0,100,90,a\"b,ja,1,\"1,5\",1,1,\"a\" b",
    b"0,0,0,100,90,\xd8rland,ja,1,0.5,1,1,R\xf8ros",
    "0,0,0,100,90,HÃ¸y,ja,1,2,1,1,".as_bytes(),
    b"0,0,0,100,90,a\"b,ja,1,2,1,1,a\0",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn restored_states_are_the_whole(
        rows in prop::collection::vec(row(), 0..40),
        mut ends in prop::collection::vec(0..1500_usize, 0..6),
        (states, first) in (1..4_usize, 0..4_usize),
    ) {
        ends.sort_unstable();
        let text = file(&rows);
        for (name, question) in questions() {
            let expected = whole(text.as_bytes(), &question);
            prop_assert_eq!(&by_states(text.as_bytes(), &question, &ends, states, first), &expected, "{}", name);
            prop_assert_eq!(&one_after_the_other(text.as_bytes(), &question, &ends), &expected, "{}", name);
        }
    }

    #[test]
    fn problems_are_those_of_the_whole(
        rows in prop::collection::vec(row(), 0..12),
        wrong in prop::collection::vec((0..WRONG.len(), 1..120_usize), 0..4),
        mut ends in prop::collection::vec(0..3000_usize, 0..6),
        (states, first) in (1..4_usize, 0..4_usize),
    ) {
        ends.sort_unstable();
        let mut text = file(&rows).into_bytes();
        for (kind, times) in wrong {
            text.extend([WRONG[kind], b"\n"].concat().repeat(times));
        }
        if text.len() > start(&text) {
            text.pop();
        }
        for (name, question) in questions().into_iter().filter(|(name, _)| ["share", "two stages"].contains(name)) {
            let expected = whole(&text, &question);
            prop_assert_eq!(&by_states(&text, &question, &ends, states, first), &expected, "{}", name);
            prop_assert_eq!(&one_after_the_other(&text, &question, &ends), &expected, "{}", name);
        }
    }
}

#[test]
fn every_question_has_figures_and_every_wrong_record_problems() {
    let rows: Vec<Row> = (0..60_u8)
        .map(|n| {
            let code = ["ja", "nei", "5"][usize::from(n) % 3].to_owned();
            (
                n % 3,
                n / 3 % 4,
                n / 12 % 2,
                ["a", "b"][usize::from(n % 2)].to_owned(),
                code,
                i32::from(n) - 20,
                1000 + u16::from(n),
            )
        })
        .collect();
    let text = file(&rows);
    let ends: Vec<usize> = (0..text.len()).step_by(97).collect();
    for (name, question) in questions() {
        let expected = whole(text.as_bytes(), &question);
        assert!(expected.0.is_some(), "{name}: {:?}", expected.1);
        for first in 0..3 {
            assert_eq!(by_states(text.as_bytes(), &question, &ends, 3, first), expected, "{name}");
        }
    }
    let two_stages = &questions()[14].1;
    for wrong in WRONG {
        let text = [text.as_bytes(), wrong, b"\n", wrong].concat();
        let expected = whole(&text, two_stages);
        assert!(expected.1.len() > 1, "{}", String::from_utf8_lossy(wrong));
        assert_eq!(by_states(&text, two_stages, &ends, 3, 1), expected);
    }
}

const SMALL: &[u8] = b"g,y,w,k\na,1,2,ja\nb,3,0.1,nei\n";

fn small() -> Question {
    Question {
        statistics: vec![mean()],
        design: DesignQuestion { weights: Some("w".into()), ..DesignQuestion::default() },
        by: names(&["g"]),
        ..Question::default()
    }
}

fn saved(text: &[u8], question: &Question) -> Vec<u8> {
    let plan = plan(text, question);
    let mut grouped = Grouped::new(&plan);
    grouped.piece(0, &text[start(text)..], true);
    grouped.save().unwrap()
}

#[test]
fn another_file_or_question_is_refused() {
    let bytes = saved(SMALL, &small());
    let code = |text: &[u8], question: &Question| {
        Grouped::restore(&plan(text, question), &bytes).map(|_| ()).map_err(|problem| problem.code())
    };
    assert_eq!(code(b"g,y,w,k\n", &small()), Ok(()), "the same columns");
    for text in [&b"g,y,w\n"[..], b"y,g,w,k\n", b"g;y;w;k\n"] {
        assert_eq!(code(text, &small()), Err("state-other-file"), "{}", String::from_utf8_lossy(text));
    }
    let changed: [fn(&mut Question); 13] = [
        |q| q.statistics = vec![Statistic::Total { column: "y".into() }],
        |q| q.statistics = vec![Statistic::Mean { column: "k".into() }],
        |q| q.statistics.push(mean()),
        |q| q.design.weights = None,
        |q| q.design.strata = names(&["k"]),
        |q| q.design.psu = names(&["k"]),
        |q| q.design.fpc = names(&["w"]),
        |q| q.design.nest = true,
        |q| q.person = Some("k".into()),
        |q| q.domain = vec![Condition::parse("k=ja").unwrap()],
        |q| q.by = names(&["k"]),
        |q| q.missing = names(&["9"]),
        |q| q.report.deff = Some(Deff::WithReplacement),
    ];
    for (number, change) in changed.into_iter().enumerate() {
        let mut question = small();
        change(&mut question);
        assert_eq!(code(SMALL, &question), Err("state-other-question"), "{number}");
    }
}

#[test]
fn a_state_is_asked_again_with_another_level() {
    let question = Question {
        report: Report { level: Level::new(0.99).unwrap(), df: Df::Fixed(7.0), ..Report::default() },
        ..small()
    };
    let plan = plan(SMALL, &question);
    let restored = Grouped::restore(&plan, &saved(SMALL, &small())).unwrap();
    assert_eq!(told(restored), whole(SMALL, &question));
}

#[test]
fn a_piece_that_is_merged_twice_is_an_error() {
    let plan = plan(SMALL, &small());
    let state = || Grouped::restore(&plan, &saved(SMALL, &small())).unwrap();
    let mut twice = state();
    twice.merge(state());
    let mut problems = Problems::new();
    assert_eq!(twice.finish(&mut problems), []);
    assert_eq!(problems.list()[0].what.code(), "piece-twice");
}

#[test]
fn no_byte_may_be_another_and_none_missing() {
    let bytes = saved(SMALL, &small());
    let plan = plan(SMALL, &small());
    let refused = |bytes: &[u8]| Grouped::restore(&plan, bytes).unwrap_err();
    for length in 0..bytes.len() {
        assert_eq!(refused(&bytes[..length]), SavedProblem::CutOff, "{length}");
    }
    assert_eq!(refused(&[&bytes[..], b"\n"].concat()), SavedProblem::Corrupted);
    for place in 0..bytes.len() {
        for flip in 1..=255 {
            let mut other = bytes.clone();
            other[place] ^= flip;
            match (place, refused(&other)) {
                (..15, problem) => assert_eq!(problem, SavedProblem::NotAState),
                (15, problem) => assert_eq!(problem, SavedProblem::OtherVersion { found: 1 ^ flip }),
                (16..24, problem) => assert!(matches!(problem, SavedProblem::CutOff | SavedProblem::Corrupted)),
                (_, problem) => assert_eq!(problem, SavedProblem::Corrupted),
            }
        }
    }
    assert_eq!(refused(b"g,y,w\n1,2,3\n"), SavedProblem::NotAState);
}

#[test]
fn what_is_wrong_is_said_in_three_languages() {
    let other = SavedProblem::OtherQuestion { saved: "{}".into() };
    assert_eq!(other.message(Lang::En), "the saved state answers another question: {}");
    let version = SavedProblem::OtherVersion { found: 2 };
    assert_eq!(version.message(Lang::Nn), "tilstanden er lagra i versjon 2 av formatet, denne utgåva les versjon 1");
    assert_eq!(SavedProblem::CutOff.message(Lang::Nb), "slutten av tilstanden mangler");
}

/// The sizes that `estimate::saved` promises: bytes per cell of 2,000 groups with 20 records each.
#[test]
fn sizes() {
    let questions = questions();
    let asked = |name: &str| questions.iter().find(|(other, _)| *other == name).unwrap().1.clone();
    for (name, most) in [
        ("mean without a design", 40),
        ("total", 90),
        ("share", 90),
        ("sampling units", 45),
        ("several with covariance", 800),
    ] {
        let mut question = asked(name);
        question.by = names(&["p"]);
        question.report.contrasts.clear();
        let mut text = String::from("h,u,v,N,M,g,k,p,y,x,w,t\n");
        for number in 0..40_000_u32 {
            let (group, mixed) = (number % 2000, number.wrapping_mul(2_654_435_761) >> 8);
            let weight = 0.5 + f64::from(mixed % 9973) / 7919.0;
            let (value, code) = (f64::from(mixed % 1000) / 8.0, ["ja", "nei"][(mixed % 2) as usize]);
            writeln!(
                text,
                "{},{},0,100,90,a,{code},{group},{value},3,{weight},",
                group % 3,
                group % 3 * 100 + group / 3 % 100
            )
            .unwrap();
        }
        let bytes = saved(text.as_bytes(), &question);
        let per_cell = bytes.len() / 2000;
        println!("{name:<30} {per_cell:>5} bytes per cell");
        assert!(per_cell < most, "{name}: {per_cell}");
    }
}
