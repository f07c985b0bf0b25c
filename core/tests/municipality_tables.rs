//! Tables of municipalities: converted to the codes of another day, and checked.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::problem::{Problems, Severity};
use bygdepuls_core::register::municipality::check::{Area, Check, Checked, check};
use bygdepuls_core::register::municipality::convert::{Absent, Conversion, Splits, convert};
use bygdepuls_core::register::municipality::{Code, Day, Register};
use bygdepuls_core::text::Lang;
use std::collections::BTreeMap;

const EMPLOYED_2017: &[u8] = include_bytes!("municipality/employed-2017-on-codes-of-2017.csv");
const EMPLOYED_2024: &[u8] = include_bytes!("municipality/employed-2017-on-codes-of-2024.csv");
const ANNEX: &[u8] = include_bytes!("municipality/innlandet-annex-1.csv");
const CLASSES: &[u8] = include_bytes!("municipality/innlandet-classes.csv");

fn day(text: &str) -> Day {
    Day::parse(text).unwrap().0
}

fn between(from: &str, to: &str) -> Conversion {
    Conversion { from: Some(day(from)), ..Conversion::to(day(to)) }
}

/// The converted table, and the codes of problems, errors before warnings, with their lines.
fn converted(table: &str, asked: &Conversion) -> (Option<String>, Vec<(&'static str, Option<u64>)>) {
    let mut problems = Problems::new();
    let done = convert(Register::embedded(), "t.csv", table.as_bytes(), asked, &mut problems);
    let mut found: Vec<_> =
        problems.list().iter().map(|one| (one.severity == Severity::Warning, one.what.code(), one.line)).collect();
    found.sort();
    for one in problems.list() {
        for lang in Lang::ALL {
            assert!(!one.what.message(lang).contains('{'), "{}", one.what.message(lang));
        }
    }
    (
        done.map(|done| String::from_utf8(done.bytes).unwrap()),
        found.into_iter().map(|(_, code, line)| (code, line)).collect(),
    )
}

fn ok(table: &str, asked: &Conversion) -> String {
    let (done, problems) = converted(table, asked);
    assert_eq!(problems, [], "{table}");
    done.unwrap()
}

fn errors(table: &str, asked: &Conversion) -> Vec<(&'static str, Option<u64>)> {
    let (done, problems) = converted(table, asked);
    assert_eq!(done, None, "{table}");
    problems
}

fn figures(bytes: &[u8]) -> BTreeMap<String, Vec<i64>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| (row[0].to_string(), row.iter().skip(1).map(|field| field.parse().unwrap()).collect())).collect()
}

#[test]
fn every_municipality_of_2017_that_was_not_divided_agrees_to_the_person() {
    let mut problems = Problems::new();
    let mut asked = between("2017-12-31", "2024");
    assert!(convert(Register::embedded(), "t.csv", EMPLOYED_2017, &asked, &mut problems).is_none());
    let refused: Vec<_> = problems.list().iter().map(|one| (one.what.code(), one.value.clone().unwrap())).collect();
    assert_eq!(refused, [("divided", "1504".into()), ("divided", "1571".into()), ("divided", "1805".into())]);
    let message = problems.list()[1].what.message(Lang::En);
    assert!(message.contains("2020-01-01 5012 Snillfjord → 5055 Heim + 5056 Hitra + 5059 Orkland"), "{message}");

    let expected = figures(EMPLOYED_2024);
    asked.splits = Splits::LeaveOut;
    let mut problems = Problems::new();
    let done = convert(Register::embedded(), "t.csv", EMPLOYED_2017, &asked, &mut problems).unwrap();
    let left: Vec<&str> = "1508 1580 1806 1875 5055 5056 5059".split(' ').collect();
    let whole = figures(&done.bytes);
    assert_eq!((whole.len(), problems.list().len()), (350, 0));
    for (code, figures) in &expected {
        assert_eq!(whole.get(code), (!left.contains(&code.as_str())).then_some(figures), "{code}");
    }

    asked.splits = Splits::Unit;
    let done = convert(Register::embedded(), "t.csv", EMPLOYED_2017, &asked, &mut problems).unwrap();
    let units = figures(&done.bytes);
    assert_eq!(units.len(), 353);
    for unit in ["1508+1580", "1806+1875", "5055+5056+5059"] {
        let sum = |column: usize| unit.split('+').map(|code| expected[code][column]).sum::<i64>();
        assert_eq!(units[unit], [sum(0), sum(1)], "{unit}");
    }
    assert!(done.notes.iter().any(|note| note.en.contains("1805+1849+1850+1854 is kept together as 1806+1875")));
    let all = |figures: &BTreeMap<String, Vec<i64>>| figures.values().map(|one| one[0]).sum::<i64>();
    assert_eq!((all(&units), all(&expected)), (2_609_737, 2_609_737));
}

#[test]
fn by_way_of_another_day_it_is_the_same() {
    let unit = |from, to| Conversion { splits: Splits::LeaveOut, ..between(from, to) };
    let mut problems = Problems::new();
    let step = |bytes: &[u8], from, to, problems: &mut Problems| {
        convert(Register::embedded(), "t.csv", bytes, &unit(from, to), problems).unwrap().bytes
    };
    let direct = step(EMPLOYED_2017, "2017", "2024", &mut problems);
    let mut steps = EMPLOYED_2017.to_vec();
    for (from, to) in [("2017", "2018"), ("2018", "2019"), ("2019", "2020"), ("2020", "2024")] {
        steps = step(&steps, from, to, &mut problems);
    }
    // A detour may leave more out: in 2020 Ålesund is whole, and in 2024 divided.
    assert_eq!(figures(&steps), figures(&direct));
}

#[test]
fn merged_renamed_renumbered() {
    let asked = between("2017", "2024");
    assert_eq!(ok("code,n\n1739,469\n", &asked), "code,n\n5043,469\n");
    // Re and Tønsberg were merged in 2020, Færder of Nøtterøy and Tjøme in 2018.
    let vestfold =
        "kommunenr;navn;år;antall\n0704;Tønsberg;2017;10\n0716;Re;2017;5\n0704;Tønsberg;2018;11\n0716;Re;2018;6\n";
    let expected = "kommunenr;navn;år;antall\n3905;Tønsberg;2017;15\n3905;Tønsberg;2018;17\n";
    assert_eq!(ok(vestfold, &asked), expected);
    // The name of a region stays.
    let regions = "kommunenr,region_navn,n\n1739,Namdal,5\n1740,Namdal,6\n";
    assert_eq!(ok(regions, &asked), "kommunenr,region_navn,n\n5043,Namdal,5\n5044,Namdal,6\n");
    // Backwards, a new code and name only.
    assert_eq!(ok("code,n\n5043,5\n", &between("2024", "2017")), "code,n\n1739,5\n");
    assert_eq!(ok("code,navn,n\n3322,Nesbyen,5\n", &between("2024", "2017")), "code,navn,n\n0616,Nes (Buskerud),5\n");
    // On one day nothing happens, whatever was divided before and after.
    assert_eq!(ok("code,n\n1507,5\n", &between("2020", "2023-12-31")), "code,n\n1507,5\n");
    // 9999 is not stated.
    assert_eq!(ok("code,n\n9999,5\n0301,1\n", &asked), "code,n\n9999,5\n0301,1\n");
}

#[test]
fn backwards_a_merger_divides() {
    let asked = between("2024", "2017");
    assert_eq!(errors("code,n\n5001,5\n", &asked), [("divided", Some(2))]);
    let asked = Conversion { splits: Splits::Unit, ..asked };
    assert_eq!(ok("code,n\n5001,5\n", &asked), "code,n\n1601+1662,5\n");
    // Snillfjord was divided, so that all of the seven are one.
    let table = "code,n\n5055,1\n5056,2\n5059,4\n";
    assert_eq!(ok(table, &asked), "code,n\n1571+1612+1613+1617+1622+1636+1638,7\n");
}

#[test]
fn years_of_rows_say_what_their_codes_are() {
    let asked = Conversion { year: Some("tid".into()), ..Conversion::to(day("2024")) };
    let table = "region,tid,n\n1601,2017,10\n1662,2017,1\n5001,2018K1,12\n5030,2018K1,1\n5001,2021,15\n";
    assert_eq!(ok(table, &asked), "region,tid,n\n5001,2017,11\n5001,2018K1,13\n5001,2021,15\n");
    // As SSB's tables have them: all codes in all years, empty where a code did not hold.
    let table = "region,tid,n\n1601,2017,10\n1662,2017,1\n5001,2017,0\n5030,2017,.\n1601,2018,0\n1662,2018,..\n5001,2018,12\n5030,2018,1\n";
    assert_eq!(ok(table, &asked), "region,tid,n\n5001,2017,11\n5001,2018,13\n");
    // What is a unit in one year is one in all of them.
    let table = "region,tid,n\n1504,2017,1\n1523,2017,2\n1529,2017,3\n1534,2017,4\n1546,2017,5\n1507,2020,16\n1508,2024,9\n1580,2024,8\n0301,2024,7\n";
    let unit = Conversion { splits: Splits::Unit, ..asked.clone() };
    let expected = "region,tid,n\n1508+1580,2017,15\n1508+1580,2020,16\n1508+1580,2024,17\n0301,2024,7\n";
    assert_eq!(ok(table, &unit), expected);
    assert_eq!(errors("region,tid,n\n1601,2018,10\n", &asked), [("not-then", Some(2))]);
    assert_eq!(errors("region,tid,n\n1601,2018,:\n", &asked), [("not-then", Some(2))]);
    assert_eq!(errors("region,tid,n\n1601,x,10\n", &asked), [("not-a-day", Some(2))]);
    assert_eq!(errors("region,tid,n\n1601,1700,10\n", &asked), [("outside-the-register", Some(2))]);
    assert_eq!(errors("region,tid,n\n1601,2017,10\n", &Conversion::to(day("2024"))), [("no-day", None)]);
}

#[test]
fn symbols_and_parts_that_are_not_there() {
    let asked = between("2017", "2024");
    let of = |one: &str, other: &str| ok(&format!("code,n,m\n1601,{one},1\n1662,{other},2\n"), &asked);
    for (one, other, sum) in [
        ("10", ":", ":"),
        ("10", "..", ".."),
        ("10", ".", "10"),
        ("10", "-", "10"),
        ("-", "-", "-"),
        ("12*", "1", "13*"),
    ] {
        assert_eq!(of(one, other), format!("code,n,m\n5001,{sum},3\n"), "{one} {other}");
    }
    // Klæbu has no row.
    let (done, problems) = converted("code,n\n1601,10\n0301,1\n", &asked);
    assert_eq!((done.as_deref(), problems), (Some("code,n\n5001,..\n0301,1\n"), vec![("incomplete", None)]));
    let zero = Conversion { absent: Absent::Zero, ..asked.clone() };
    assert_eq!(ok("code,n\n1601,10\n", &zero), "code,n\n5001,10\n");
    assert_eq!(
        errors("code,n,m\n1601,10,1\n1662,ti,1\n", &Conversion { sum: vec!["n".into(), "m".into()], ..asked.clone() }),
        [("not-a-number", Some(3))]
    );
    assert_eq!(errors("code,n\n1601,10\n1601,11\n", &asked), [("twice", Some(3))]);
}

#[test]
fn shares_are_not_added_up() {
    let asked = between("2017", "2024");
    let table = "code,n,andel\n1601,10,1.5\n1662,2,3.5\n";
    assert_eq!(errors(table, &asked), [("ratios", Some(1))]);
    assert_eq!(ok(table, &Conversion { sum: vec!["n".into()], ..asked.clone() }), "code,n\n5001,12\n");
    assert_eq!(ok(table, &Conversion { drop: vec!["andel".into()], ..asked.clone() }), "code,n\n5001,12\n");
    // Who commutes between two that are merged does not commute any more.
    assert_eq!(errors("code,out_commuters\n1601,1\n", &asked), [("ratios", Some(1))]);
    assert_eq!(errors("code,prosent\n1601,1\n", &asked), [("ratios", Some(1))]);
    assert_eq!(errors("code,text\n1601,a\n", &asked), [("no-counts", Some(1))]);
    // Ages, classes and codes of something else tell rows apart.
    let table = "kommunenr,alder,klasse,n\n1601,15,1,10\n1662,15,1,2\n1601,16,1,5\n1662,16,1,1\n";
    assert_eq!(ok(table, &asked), "kommunenr,alder,klasse,n\n5001,15,1,12\n5001,16,1,6\n");
    assert_eq!(
        errors("code,n,m\n1601,10,1\n", &Conversion { sum: vec!["n".into()], ..asked.clone() }),
        [("undecided-column", Some(1))]
    );
    let key = Conversion { sum: vec!["n".into()], key: vec!["m".into()], ..asked.clone() };
    assert_eq!(ok("code,n,m\n1739,10,1\n", &key), "code,n,m\n5043,10,1\n");
    assert_eq!(
        errors("code,n\n1601,1\n", &Conversion { sum: vec!["x".into()], ..asked.clone() }),
        [("missing-column", Some(1))]
    );
    assert_eq!(
        errors("code,n\n1601,1\n", &Conversion { sum: vec!["n".into()], key: vec!["n".into()], ..asked }),
        [("two-roles", Some(1))]
    );
}

#[test]
fn codes_that_are_none() {
    let asked = between("2017", "2024");
    for (code, problem) in [
        ("0", "not-a-code"),
        ("01", "not-a-code"),
        ("", "not-a-code"),
        ("16010", "not-a-code"),
        ("Trondheim", "not-a-code"),
        ("0000", "not-then"),
        ("5001", "not-then"),
    ] {
        let table = format!("kommunenr,n\n1739,1\n1740,1\n1738,1\n1736,1\n{code},7\n");
        assert_eq!(
            errors(&table, &Conversion { code: vec!["kommunenr".into()], ..asked.clone() }),
            [(problem, Some(6))],
            "{code}"
        );
    }
    assert_eq!(
        ok("region,n\nK-1739 Røyrvik,7\n301,1\n", &Conversion { code: vec!["region".into()], ..asked.clone() }),
        "region,n\n5043 Raarvihke - Røyrvik,7\n0301,1\n"
    );
    // A name that is another municipality's is pointed out.
    let (done, problems) = converted("kommunenr,navn,n\n1739,Lierne,1\n", &asked);
    assert_eq!(
        (done.as_deref(), problems),
        (Some("kommunenr,navn,n\n5043,Raarvihke - Røyrvik,1\n"), vec![("contradiction", Some(2))])
    );
    assert_eq!(errors("home,work,n\n1739,1738,1\n", &asked), [("several-code-columns", Some(1))]);
    let both = Conversion { code: vec!["home".into(), "work".into()], absent: Absent::Zero, ..asked };
    assert_eq!(
        ok("home,work,n\n1739,1601,1\n1739,1662,2\n1740,1601,4\n", &both),
        "home,work,n\n5043,5001,3\n5044,5001,4\n"
    );
}

#[test]
fn borders_that_moved_are_told() {
    let mut problems = Problems::new();
    let asked = between("2024", "2026");
    let done = convert(Register::embedded(), "t.csv", b"code,n\n3118,7\n5006,1\n", &asked, &mut problems).unwrap();
    assert_eq!(done.bytes, b"code,n\n3118,7\n5006,1\n");
    let told = |text: &str| done.notes.iter().any(|note| note.en.contains(text));
    assert!(told("a part of 3118 Indre Østfold was moved to 3216 Vestby"), "{:?}", done.notes);
    assert!(told("the register has all changes until 2024-01-01"));
}

/// Rows of no sense in, no panic out.
#[test]
fn strange_tables() {
    let asked = between("2017", "2024");
    for table in [
        "",
        "\n",
        "code\n",
        "code,n",
        "code,n\n",
        ",\n,\n",
        "code,n\n1601\n",
        "code;n\n\"1601;1\n",
        "n\n1\n",
        "kommunenr\n1601\n",
        "\u{0}",
    ] {
        let (done, problems) = converted(table, &asked);
        assert!(done.is_none() && !problems.is_empty(), "{table:?} {done:?}");
        let mut problems = Problems::new();
        let _ = check(Register::embedded(), "t.csv", table.as_bytes(), &Check::default(), &mut problems);
    }
}

/// What is wrong: its code, its line, its value.
type Wrong = (&'static str, Option<u64>, String);

/// The list, and what is wrong with it.
fn checked<'a>(table: &[u8], asked: &Check<'_>) -> (Checked<'a>, Vec<Wrong>) {
    let mut problems = Problems::new();
    let done = check(Register::embedded(), "list.csv", table, asked, &mut problems).unwrap();
    let found = problems.list().iter().map(|one| (one.what.code(), one.line, one.value.clone().unwrap_or_default()));
    (done, found.collect())
}

#[test]
fn the_annex_of_innlandet_as_printed() {
    let asked = Check {
        day: Some(day("2024")),
        area: Area::County(34),
        class: Some("class".into()),
        classes: Some(("classes.csv", CLASSES)),
        ..Check::default()
    };
    let (done, found) = checked(ANNEX, &asked);
    assert_eq!(
        found,
        [
            ("double", Some(20), "Søndre Land".to_string()),
            ("misspelt", Some(26), "Ringeby".into()),
            ("missing", None, "3440 Øyer (Innlandet, 2020–)".into()),
        ]
    );
    let [of_2020, of_2024] = done.editions.as_slice() else { panic!("two editions: {:?}", done.editions) };
    assert_eq!((of_2020.edition.as_str(), of_2020.compared, of_2020.different.len()), ("2020", 45, 0));
    let different: Vec<(String, &str, &str)> =
        of_2024.different.iter().map(|(code, own, its)| (code.to_string(), own.as_str(), its.as_str())).collect();
    assert_eq!(different, [("3415".into(), "4", "3"), ("3430".into(), "5", "6"), ("3426".into(), "6", "5")]);
    assert!(done.notes.iter().any(|note| note.en == "the list follows the edition 2020: all 45 classes are as there"));
    let (_, found) = checked(ANNEX, &Check { edition: Some("2024".into()), ..asked.clone() });
    assert_eq!(
        found[3..].iter().map(|one| (one.0, one.1)).collect::<Vec<_>>(),
        [("other-class", Some(17)), ("other-class", Some(24)), ("other-class", Some(46))]
    );
    let (_, found) = checked(ANNEX, &Check { edition: Some("2022".into()), ..asked });
    assert_eq!(found[3].0, "unknown-edition");
}

#[test]
fn lists_with_every_kind_of_error() {
    let asked = |area| Check { day: Some(day("2024")), area, ..Check::default() };
    let county = |name: &str| Area::county(name, day("2024"), Register::embedded());
    assert_eq!(county("34"), Ok(Area::County(34)));
    assert_eq!(county("Innlandet"), Ok(Area::County(34)));
    assert_eq!(county("troms"), Ok(Area::County(55)));
    assert!(county("04").is_err() && county("Hedmark").is_err() && county("").is_err() && county("x").is_err());

    let of = |list: &str, area: Area| -> Vec<(&'static str, Option<u64>)> {
        let (_, found) = checked(list.as_bytes(), &asked(area));
        found.into_iter().map(|(code, line, _)| (code, line)).collect()
    };
    let region = || Area::Codes(["5042", "5043", "5044", "5045"].iter().filter_map(|code| Code::parse(code)).collect());
    assert_eq!(of("navn\nLierne\nRøyrvik\nNamsskogan\nGrong\n", region()), []);
    assert_eq!(of("kommunenr\n5042\n5043\n5044\n", region()), [("missing", None)]);
    assert_eq!(
        of("kommunenr\n5042\n5043\n5044\n5045\n5042\n5007\n", region()),
        [("double", Some(6)), ("outside", Some(7))]
    );
    // Several, of which the county has one; a name of another time; a code of another time; another's code.
    assert_eq!(of("navn\nVåler\n", Area::Any), [("ambiguous", Some(2))]);
    assert_eq!(of("navn\nVåler\n", Area::Codes(vec![Code::parse("3419").unwrap()])), []);
    assert_eq!(of("navn\nKlæbu\n", Area::Any), [("not-then", Some(2))]);
    assert_eq!(
        of("kommunenr,navn\n1739,Røyrvik\n5042,Lierne\n5043,Grong\n", Area::Any),
        [("not-then", Some(2)), ("contradiction", Some(4))]
    );
    assert_eq!(of("kommunenr,navn\n3439,Ringeby\n3440,Øyer\n", Area::Any), [("misspelt", Some(2))]);
    assert_eq!(of("navn\nAtlantis\n,\n", Area::Any)[0], ("unknown", Some(2)));
    // A code that never was, beside a name: no misspelling.
    assert_eq!(of("kommunenr,navn\n3444,Jevnaker\n3439,Ringebu\n", Area::Any), [("unknown", Some(2))]);
    // Names of regions beside the codes are no names of municipalities.
    let regions = "kommunenr,region_navn,kommune_navn\n5042,Namdal,Lierne\n5043,Namdal,Røyrvik\n";
    assert_eq!(of(regions, Area::Any), []);
    assert_eq!(of("navn\nOyer\n", Area::Any), [("spelling", Some(2))]);
    // The whole country, by code.
    let all: Vec<String> = Register::embedded().on(day("2024")).map(|one| one.code.to_string()).collect();
    let list = format!("kommunenr\n{}\n", all.join("\n"));
    assert_eq!(of(&list, Area::Country), []);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 40, ..Default::default() })]

    /// Any year's table to any other year: nobody is lost, every code is of the other year, and the way back has the same units.
    #[test]
    fn nobody_is_lost_between_any_two_years(from in 1838_u16..=2026, to in 1838_u16..=2026, seed in 1_u32..1000) {
        let register = Register::embedded();
        let rows: Vec<String> = register
            .on(Day::january(from))
            .enumerate()
            .map(|(place, one)| format!("{},{}\n", one.code, (u32::try_from(place).unwrap() + 1) * seed % 997))
            .collect();
        let table = format!("kommunenr,n\n{}", rows.concat());
        let asked = |from, to| Conversion {
            splits: Splits::Unit,
            sum: vec!["n".into()],
            code: vec!["kommunenr".into()],
            from: Some(Day::january(from)),
            ..Conversion::to(Day::january(to))
        };
        let there = ok(&table, &asked(from, to));
        let all = |table: &str| figures(table.as_bytes()).values().map(|one| one[0]).sum::<i64>();
        proptest::prop_assert_eq!(all(&there), all(&table));
        let mut codes: Vec<String> =
            figures(there.as_bytes()).keys().flat_map(|unit| unit.split('+')).map(str::to_owned).collect();
        codes.sort();
        let expected: Vec<String> = register.on(Day::january(to)).map(|one| one.code.to_string()).collect();
        proptest::prop_assert_eq!(codes, expected);
        let back = register.transition(Day::january(to), Day::january(from));
        proptest::prop_assert_eq!(back.groups.len(), there.lines().count() - 1);
    }
}
