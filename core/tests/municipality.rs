//! Municipalities through time against the files of SSB that the register is made of.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::register::municipality::{Code, Day, Municipality, Register, Status};
use bygdepuls_core::text::Lang;
use std::collections::{BTreeMap, BTreeSet};

fn rows(file: &str) -> Vec<Vec<String>> {
    let path = format!("{}/assets/municipality/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap().0
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn on(text: &str) -> Option<Day> {
    (!text.is_empty()).then(|| day(text))
}

#[test]
fn the_register_is_what_the_files_of_klass_say() {
    let register = Register::embedded();
    let mut expected: BTreeSet<(Code, String, Day)> = rows("validity.csv")
        .iter()
        .filter(|row| row[0] != "9999")
        .map(|row| (code(&row[0]), row[1].clone(), day(&row[2])))
        .collect();
    expected.insert((code("5006"), "Steinkjer - Stïentje".into(), day("2026-01-01")));
    expected.insert((code("5536"), "Lyngen - Ivgu - Yykeän".into(), day("2026-01-01")));
    let held: BTreeSet<(Code, String, Day)> =
        register.versions().iter().map(|one| (one.code, one.name.clone(), one.from)).collect();
    assert_eq!(held, expected);
    for row in rows("validity.csv").iter().filter(|row| row[0] != "9999" && !row[3].is_empty()) {
        let last = register.get(code(&row[0]), day(&row[3]).before()).unwrap();
        assert_eq!((last.name.as_str(), last.to), (row[1].as_str(), Some(day(&row[3]))));
    }
    // Every change, from both of its ends.
    let changes = rows("changes.csv");
    for row in &changes {
        let (old, new) = (
            register.get(code(&row[0]), day(&row[4]).before()).unwrap(),
            register.get(code(&row[2]), day(&row[4])).unwrap(),
        );
        assert_eq!((old.name.as_str(), new.name.as_str()), (row[1].as_str(), row[3].as_str()));
        assert!(register.successors(old).any(|one| one == new), "{row:?}");
        assert!(register.predecessors(new).any(|one| one == old), "{row:?}");
    }
    let held: usize = register.versions().iter().map(|one| register.successors(one).count()).sum();
    assert_eq!(held, changes.len() + 2, "and the two names of 2026");
    assert_eq!(register.borders().len(), 2);
}

/// Published numbers of municipalities.
#[test]
fn as_many_municipalities_as_there_were() {
    let register = Register::embedded();
    for (year, municipalities) in [(2017, 426), (2018, 422), (2020, 356), (2024, 357), (2026, 357)] {
        assert_eq!(register.on(Day::january(year)).count(), municipalities, "{year}");
    }
    let innlandet = register.on(Day::january(2024)).filter(|one| one.code.county() == 34);
    assert_eq!(innlandet.count(), 46);
}

#[test]
fn every_code_leads_to_municipalities_of_2024_and_back() {
    let register = Register::embedded();
    for from in [1838, 1900, 1964, 1977, 2002, 2017, 2018, 2019, 2020, 2023, 2024] {
        let (from, to) = (Day::january(from), Day::january(2024));
        let (onwards, back) = (register.transition(from, to), register.transition(to, from));
        let all = |day| register.on(day).map(|one| one.code).collect::<BTreeSet<_>>();
        let old: Vec<Code> = onwards.groups.iter().flat_map(|group| group.from.clone()).collect();
        let new: Vec<Code> = onwards.groups.iter().flat_map(|group| group.to.clone()).collect();
        // Each code is in one group, and no group is without codes on either day.
        assert_eq!((old.len(), new.len()), (all(from).len(), all(to).len()), "{from}");
        assert_eq!(old.iter().copied().collect::<BTreeSet<_>>(), all(from), "{from}");
        assert_eq!(new.iter().copied().collect::<BTreeSet<_>>(), all(to), "{from}");
        // The way back has the same groups.
        let pairs = |groups: &[bygdepuls_core::register::municipality::Group], turned: bool| {
            let pair = |one: &bygdepuls_core::register::municipality::Group| {
                if turned { (one.to.clone(), one.from.clone()) } else { (one.from.clone(), one.to.clone()) }
            };
            groups.iter().map(pair).collect::<BTreeSet<_>>()
        };
        assert_eq!(pairs(&onwards.groups, false), pairs(&back.groups, true), "{from}");
        for group in onwards.groups.iter().chain(&back.groups).filter(|group| group.is_divided()) {
            assert!(!group.divisions.is_empty(), "a reason: {group:?}");
        }
    }
}

/// All that was divided between 2017 and 2024: 418 of 426 municipalities go whole into one.
#[test]
fn what_was_divided_since_2016() {
    let register = Register::embedded();
    let divided = |from: &str, to: &str| -> Vec<(String, String)> {
        let join = |codes: &[Code]| codes.iter().map(ToString::to_string).collect::<Vec<_>>().join("+");
        let transition = register.transition(day(from), day(to));
        transition.groups.iter().filter(|one| one.is_divided()).map(|one| (join(&one.from), join(&one.to))).collect()
    };
    let pair = |from: &str, to: &str| (from.to_string(), to.to_string());
    assert_eq!(divided("2016", "2017"), [pair("0704+0706+0719+0720", "0704+0710")]);
    let since_2017 = [
        pair("1504+1523+1529+1534+1546", "1508+1580"),
        pair("1571+1612+1613+1617+1622+1636+1638", "5055+5056+5059"),
        pair("1805+1849+1850+1854", "1806+1875"),
    ];
    assert_eq!(divided("2017", "2024"), since_2017);
    let since_2018 = [pair("1571+5011+5012+5013+5016+5023+5024", "5055+5056+5059"), since_2017[2].clone()];
    assert_eq!(divided("2018", "2020"), since_2018);
    assert_eq!(divided("2020", "2024"), [pair("1507", "1508+1580")]);
    assert_eq!(divided("2020", "2023"), []);
    // What was divided and put together again in between is whole.
    let back = register.transition(day("2024"), day("2017"));
    assert_eq!(back.of(code("5001")).unwrap().to, [code("1601"), code("1662")]);
    assert_eq!(register.transition(day("2016-12-31"), day("2016-12-31")).groups.len(), 428);
}

/// Published with their names in SSB's list of the centrality of 2024.
#[test]
fn a_query_for_each_municipality_finds_it() {
    let register = Register::embedded();
    let now = Some(Day::january(2024));
    for one in register.on(Day::january(2024)) {
        for query in
            [one.code.to_string(), one.name.clone(), format!("{} {}", one.code, one.name), format!("K-{}", one.code)]
        {
            assert_eq!(register.find(&query, now).found(), Some(one), "{query}");
        }
        let upper = one.name.to_uppercase();
        assert_eq!(register.find(&upper, now).found(), Some(one), "{upper}");
        let dashed = one.name.replace(" - ", " – ");
        assert_eq!(register.find(&dashed, now).found(), Some(one), "{dashed}");
    }
    // Every version is found by its own name on its first day.
    for one in register.versions() {
        let answer = register.find(&one.name, Some(one.from));
        assert!(answer.municipalities.contains(&one), "{} {}: {answer:?}", one.name, one.from);
        let county = format!("{} ({})", one.name.split(" (").next().unwrap(), one.county().unwrap().name);
        assert_eq!(register.find(&county, Some(one.from)).found(), Some(one), "{county} {}", one.from);
    }
}

/// Query, day, status, municipalities, suggestions.
type Case = (&'static str, &'static str, Status, &'static str, &'static str);

#[test]
fn awkward_names_and_codes() {
    use Status::{Ambiguous, Contradiction, Found, NotThen, Unknown};
    let cases: &[Case] = &[
        ("0301", "", Found, "0301", ""),
        ("301", "", Found, "0301", ""),
        ("301.0", "2024", Found, "0301", ""),
        ("1601", "2017-12-31", Found, "1601", ""),
        ("1601", "2018-01-01", NotThen, "1601", "5001"),
        ("5001", "2018-01-01", Found, "5001", ""),
        ("5001", "31.12.2017", NotThen, "5001", "1601"),
        ("5012", "2024", NotThen, "5012", "5055 5056 5059"),
        ("0516", "", Ambiguous, "0516 0516", ""),
        ("0516", "1970", NotThen, "0516 0516", "0517 0518"),
        ("0516 Heidal", "", Found, "0516", ""),
        ("1806", "", Found, "1806", ""),
        ("5001 Oslo", "", Contradiction, "5001", "0301"),
        ("K-5001 Trondheim - Tråante", "2024", Found, "5001", ""),
        ("9999", "", Unknown, "", ""),
        ("0199", "2024", Unknown, "", ""),
        ("34", "", Unknown, "", ""),
        ("0", "", Unknown, "", ""),
        ("12345", "", Unknown, "", ""),
        ("3101-3106", "", Unknown, "", ""),
        ("-301", "", Unknown, "", ""),
        ("", "", Unknown, "", ""),
        ("  ", "", Unknown, "", ""),
        ("()", "", Unknown, "", ""),
        ("Trondheim - Tråante", "", Found, "5001", ""),
        ("Tråante", "2024", Found, "5001", ""),
        ("Raarvihke", "", Found, "5043", ""),
        ("Raavrevijhke", "", Unknown, "", "5043"),
        ("Røyrvik", "2017", Found, "1739", ""),
        ("Snåase", "", Found, "5041", ""),
        ("Kautokeino/Guovdageaidnu", "", Found, "5612", ""),
        ("Guovdageainnu suohkan", "", Found, "5612", ""),
        ("Deanu gielda", "", Found, "5628", ""),
        ("Unjárgga gielda", "", Found, "5636", ""),
        ("Porsáŋggu gielda", "", Found, "5622", ""),
        ("K_3401", "", Found, "3401", ""),
        ("K.3401 Kongsvinger", "", Found, "3401", ""),
        ("Oslo kommune", "", Found, "0301", ""),
        ("Oslo - Oslove", "2026", Found, "0301", ""),
        ("HERØY", "", Ambiguous, "1515 1818", ""),
        ("Herøy i Nordland", "", Found, "1818", ""),
        ("Herøy (Møre og Romsdal)", "2024", Found, "1515", ""),
        ("Herøy (Innlandet)", "2024", Unknown, "", "1515 1818"),
        ("Bø", "", Ambiguous, "0821 1260 1867", ""),
        ("Bø", "2019", Ambiguous, "0821 1867", ""),
        ("Bø", "2024", Found, "1867", ""),
        ("Bø i Telemark", "", Found, "0821", ""),
        ("Bø i Telemark", "2024", NotThen, "0821", "4020"),
        ("Nord-Fron", "", Found, "3436", ""),
        ("nord fron", "1990", Found, "0516", ""),
        ("Sør Varanger", "", Found, "5605", ""),
        ("Vaaler", "", Ambiguous, "3114 3419", ""),
        ("Våler", "2024", Ambiguous, "3114 3419", ""),
        ("Våler (Hedm.)", "2024", Found, "3419", ""),
        ("Våler (Viken)", "2021", Found, "3018", ""),
        ("Va\u{30a}ler, Innlandet", "2024", Found, "3419", ""),
        ("Våler i Solør", "2024", Found, "3419", ""),
        ("Nes på Romerike", "1990", Found, "0236", ""),
        ("Bø i Vesterålen", "", Found, "1867", ""),
        ("Herøy, M&R", "2024", Found, "1515", ""),
        ("Vang", "", Ambiguous, "0414 3454", ""),
        ("Vang", "1980", Ambiguous, "0414 0545", ""),
        ("Vang", "2024", Found, "3454", ""),
        ("Os", "2019", Ambiguous, "0441 1243", ""),
        ("Os (Hedmark)", "2024", Found, "3430", ""),
        ("Nes", "2024", Found, "3228", ""),
        ("Nes (Buskerud)", "2024", Found, "3322", ""),
        ("Sande", "", Ambiguous, "0713 1514", ""),
        ("Haa", "", Found, "1119", ""),
        ("Hå", "", Found, "1119", ""),
        ("Å", "1900", Found, "1630", ""),
        ("A", "", Unknown, "", "5058"),
        ("Oyer", "2024", Found, "3440", ""),
        ("Ringeby", "", Unknown, "", "3439"),
        ("Ringeby", "2019", Unknown, "", "0520"),
        ("Levanger - Levangke", "1900", Found, "1701", ""),
        ("Haram", "2022", NotThen, "1534", "1507"),
        ("Haram", "", Found, "1580", ""),
        ("Klæbu", "2024", NotThen, "5030", "5001"),
        ("Christiania", "2024", Found, "0301", ""),
        ("Fredrikshald", "2024", Found, "3101", ""),
        ("Agdenes (-2017)", "", Found, "1622", ""),
        ("Agdenes (2018-2019)", "", Found, "5016", ""),
        ("Steinkjer - Stïentje", "2026", Found, "5006", ""),
        ("Innlandet", "2024", Unknown, "", ""),
        ("Indre Namdal", "2024", Unknown, "", ""),
        ("\u{0}\u{7f}", "", Unknown, "", ""),
    ];
    let register = Register::embedded();
    let codes = |list: &[&Municipality]| list.iter().map(|one| one.code.to_string()).collect::<Vec<_>>().join(" ");
    for (query, at, status, municipalities, suggestions) in cases {
        let answer = register.find(query, on(at));
        let found = (answer.status, codes(&answer.municipalities), codes(&answer.suggestions));
        assert_eq!(
            found,
            (*status, (*municipalities).to_string(), (*suggestions).to_string()),
            "{query} {at}: {:?}",
            answer.notes
        );
        assert!(*status == Found || !answer.notes.is_empty(), "a reason: {query}");
        assert!(!at.is_empty() || !answer.notes.is_empty(), "without a day something is assumed: {query}");
    }
}

#[test]
fn what_is_assumed_is_said() {
    let register = Register::embedded();
    let notes = |query: &str, at: &str| {
        let answer = register.find(query, on(at));
        answer.notes.iter().map(|note| note.get(Lang::En).to_string()).collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    assert_eq!(notes("Trondheim - Tråante", "2024"), none);
    assert_eq!(
        notes("301", "2024"),
        ["“301” has three digits; read as 0301, as if a spreadsheet took the zero in front"]
    );
    assert_eq!(notes("Oyer", "2024"), ["“Oyer” is read as “Øyer”"]);
    assert_eq!(
        notes("1806", ""),
        [
            "no date given: the one in force now (2020-01-01–)",
            "the code was another municipality's: 1806 Svolvær (Nordland, 1919–1963); give a date if that is meant"
        ]
    );
    assert_eq!(
        notes("1601", "2018-01-01"),
        [
            "not in use on 2018-01-01; it was 1601 Trondheim (Sør-Trøndelag, 1964–2017); on 2018-01-01 that is 5001 Trondheim (Trøndelag, 2018–2022)"
        ]
    );
    assert_eq!(
        notes("Ringeby", "2024"),
        ["no municipality has or had the name “Ringeby”; did you mean 3439 Ringebu (Innlandet, 2020–)?"]
    );
    assert!(notes("Vestby", "2026")[0].contains("3118 Indre Østfold"), "{:?}", notes("Vestby", "2026"));
}

/// Two municipalities of one day that one spelling could mean, other than those whose names are equal.
#[test]
fn no_two_names_of_a_day_fold_to_one() {
    let register = Register::embedded();
    let mut ambiguous: BTreeMap<String, usize> = BTreeMap::new();
    for year in [1838, 1880, 1910, 1950, 1965, 1990, 2010, 2017, 2020, 2024] {
        for one in register.on(Day::january(year)) {
            let plain = one.name.split(" (").next().unwrap();
            let answer = register.find(plain, Some(Day::january(year)));
            if answer.status == Status::Ambiguous {
                let same = |other: &&&Municipality| other.name.split(" (").next() == Some(plain);
                assert_eq!(
                    answer.municipalities.iter().filter(same).count(),
                    answer.municipalities.len(),
                    "{plain} {year}"
                );
                let most = ambiguous.entry(plain.to_string()).or_default();
                *most = answer.municipalities.len().max(*most);
            }
        }
    }
    assert_eq!(ambiguous.get("Nes"), Some(&5));
    assert_eq!(ambiguous.get("Våler"), Some(&2));
}
