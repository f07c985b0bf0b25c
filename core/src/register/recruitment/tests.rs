//! Registers with known contents, and with everything wrong that can be.

use super::{Contract, Day, Difficulty, NO_FIELD, Position, Recruitment, Wants};
use crate::problem::{Problems, Severity};
use crate::project::Project;
use crate::text::Lang;
use std::collections::BTreeMap;

const PROJECT: &str = r#"
[region]
id = "indre-namdal"
name = "Indre Namdal"

[[municipality]]
code = "5042"
name = "Lierne"

[[municipality]]
code = "5045"
name = "Grong"

[output]
indicators = ["population_growth"]
"#;

/// Reads one register with a day of the run.
fn read(section: &str, file: &[u8], today: &str) -> (Recruitment, Problems) {
    read_all(section, &[("f.csv", file)], today)
}

fn read_all(section: &str, files: &[(&str, &[u8])], today: &str) -> (Recruitment, Problems) {
    let mut problems = Problems::new();
    let project = Project::parse("project.toml", &format!("{PROJECT}\n{section}"), &mut problems).unwrap();
    assert_eq!(told(&problems), [] as [String; 0]);
    let files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    let registers = Recruitment::read(&project, &files, Day::iso(today).unwrap(), None, &mut problems).unwrap();
    (registers, problems)
}

/// Line, column and code of each problem; warnings begin with `~`.
fn told(problems: &Problems) -> Vec<String> {
    let told = problems.list().iter().map(|problem| {
        let mark = if problem.severity == Severity::Warning { "~" } else { "" };
        let line = problem.line.map(|line| line.to_string()).unwrap_or_default();
        format!("{mark}{line} {} {}", problem.column.as_deref().unwrap_or_default(), problem.what.code())
    });
    told.collect()
}

fn positions(registers: &Recruitment) -> Vec<Position> {
    registers.positions.iter().flat_map(|positions| positions.iter()).copied().collect()
}

fn days(days: &[Option<Day>]) -> Vec<String> {
    days.iter().map(|day| day.map(Day::to_iso).unwrap_or_default()).collect()
}

const POSITIONS: &str = "[recruitment.positions]\nfile = \"f.csv\"\n";

#[test]
fn positions_with_dates_in_three_forms() {
    let file = b"position_id,employer,municipality,occupation,advertised,applications,qualified,applied,offered,accepted,started,left,withdrawn,ended,on_hold,lower
a1,Lierne kommune,5042,2223,2026-01-05,4,2,2026-01-20,2026-02-01,2026-02-03,2026-04-01,,,,0,nei
a2,Grong sparebank,5045,,5.1.2026,,,,,,,,15.02.2026,,,
a3,lierne  KOMMUNE,5042,5321,20260110,0,0,,,,,,,2026-03-01,10,
a4,Lierne kommune,5042,7115,11.01.2026,3,,,,,,,,,,
";
    let (registers, problems) = read(POSITIONS, file, "2026-06-30");
    assert_eq!(told(&problems), [] as [String; 0]);
    let rows = positions(&registers);
    assert_eq!(registers.employers.0, ["Lierne kommune", "Grong sparebank"]);
    assert_eq!(rows.iter().map(|row| row.employer).collect::<Vec<_>>(), [0, 1, 0, 0], "spelt in two ways");
    assert_eq!(rows.iter().map(|row| (row.line, row.place)).collect::<Vec<_>>(), [(2, 0), (3, 1), (4, 0), (5, 0)]);
    let first = rows[0];
    assert_eq!((first.occupation, first.applications, first.qualified), (2223, Some(4), Some(2)));
    let dates = [Some(first.advertised), first.applied, first.offered, first.accepted, first.started, first.left];
    assert_eq!(days(&dates), ["2026-01-05", "2026-01-20", "2026-02-01", "2026-02-03", "2026-04-01", ""]);
    assert_eq!(first.lower, Some(false));
    assert_eq!(registers.fields[usize::from(first.field)].id, "health");
    assert_eq!(days(&[rows[1].withdrawn, Some(rows[1].advertised)]), ["2026-02-15", "2026-01-05"]);
    assert_eq!((rows[1].occupation, rows[1].field, rows[1].applications), (0, NO_FIELD, None));
    assert_eq!(
        (days(&[rows[2].ended]), rows[2].on_hold, rows[2].applications),
        (vec!["2026-03-01".into()], 10, Some(0))
    );
    assert_eq!((rows[3].accepted, rows[3].withdrawn, rows[3].ended), (None, None, None), "open");
    assert_eq!(registers.source("positions").unwrap().name.en, "Register of positions advertised");
}

#[test]
fn employers_spelt_in_several_ways() {
    let names = |names: &[&str]| {
        let rows = (1..).zip(names).map(|(id, name)| format!("{id},{name},5042,2223,2026-01-05,\n"));
        let file =
            format!("position_id,employer,municipality,occupation,advertised,accepted\n{}", rows.collect::<String>());
        let (registers, problems) = read(POSITIONS, file.as_bytes(), "2026-06-30");
        assert_eq!(told(&problems), [] as [String; 0]);
        (registers.employers.0.len(), positions(&registers).iter().map(|row| row.employer).collect::<Vec<_>>())
    };
    assert_eq!(names(&["B AS", "Åsen kommune", "A\u{30a}sen kommune"]), (2, vec![0, 1, 1]));
    let one = names(&["Åsen kommune", "A\u{30a}sen kommune", "Åsen\u{a0}kommune", "Åsen\u{2009}kommune"]);
    assert_eq!(one, (1, vec![0; 4]));
    let one = names(&["Åsen kommune", "Åsen\u{200b} kommune", "Åsen kommune\u{200b}", "Å\u{ad}sen\u{ad} kommune"]);
    assert_eq!(one, (1, vec![0; 4]));
}

#[test]
fn columns_of_their_own_semicolons_and_windows_letters() {
    let section = "[recruitment.positions]\nfile = \"f.csv\"\nschema = \"s.json\"\n\
        columns = { position_id = \"id\", advertised = \"utlyst\", accepted = \"akseptert\", employer = \"arbeidsgiver\" }\n";
    let schema = br#"{"fields": [{"name": "akseptert", "type": "string", "missingValues": ["", "ikke"]}]}"#;
    let file = b"\"id\";arbeidsgiver;kommunenr;utlyst;akseptert\r\n7;Lierne h\xf8vleri;5042;46027;ikke\r\n8;Lierne h\xf8vleri;5042;46028;46030\r\n";
    let (registers, problems) = read_all(section, &[("f.csv", file), ("s.json", schema)], "2026-06-30");
    assert_eq!(told(&problems), [] as [String; 0]);
    let rows = positions(&registers);
    assert_eq!(registers.employers.0, ["Lierne høvleri"]);
    assert_eq!(days(&[Some(rows[0].advertised), rows[0].accepted]), ["2026-01-05", ""]);
    assert_eq!(days(&[Some(rows[1].advertised), rows[1].accepted]), ["2026-01-06", "2026-01-08"]);
}

#[test]
fn double_rows() {
    let file = b"position_id,employer,municipality,occupation,advertised,accepted
a,K,5042,2223,2026-01-05,2026-02-01
b,K,5042,2223,2026-01-05,
a,K,5042,2223,05.01.2026,1.2.2026
b,K,5042,2223,2026-01-05,2026-02-02
c,K,5042,2223,2026-01-05,
a,k ,5042,2223,2026-01-05,2026-02-01
";
    let (registers, problems) = read(POSITIONS, file, "2026-06-30");
    assert_eq!(
        told(&problems),
        ["~4 position_id same-row-twice", "5 position_id id-twice", "~7 position_id same-row-twice"]
    );
    assert_eq!(positions(&registers).iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 6]);
    let second = &problems.list()[1];
    assert_eq!(second.what.message(Lang::Nb), "id-en står også på linje 3, med andre opplysninger");
}

#[test]
fn wrong_codes_places_and_dates() {
    let file = "position_id,employer,municipality,occupation,advertised,applications,qualified,accepted,started,left,withdrawn,on_hold
1,K,5042,2220,2026-01-05,,,,,,,
2,K,5042,2223999,2026-01-05,,,,,,,
3,K,Lierne,2223,2026-01-05,,,,,,,
4,K,1738,2223,2026-01-05,,,,,,,
5,K,5099,2223,2026-01-05,,,,,,,
6,K,0301,2223,2026-01-05,,,,,,,
7,K,301,2223,2026-01-05,,,,,,,
8,K,5042,2223,2026-02-30,,,,,,,
9,K,5042,2223,03/04/2026,,,,,,,
10,K,5042,2223,2026-01-05,3,4,,,,,
11,K,5042,2223,2026-01-05,,,2026-01-04,,,,
12,K,5042,2223,2026-01-05,,,2026-02-04,2026-03-01,2026-02-28,,
13,K,5042,2223,2026-07-01,,,,,,,
14,K,5042,2223,2026-01-05,,,2026-02-04,,,2026-02-05,
15,K,5042,2223,2026-01-05,,,2026-01-15,,,,11
16,K,5042,2223,2026-01-05,ti,,,,,,
17,,5042,2223,2026-01-05,,,,,,,
18,K,5042,2223,,,,,,,,
19,K,5042,2223,2026-01-05,,,,2026-02-01,,,
20,K,5042,2223,2026-01-05,,,2026-06-01,2026-08-01,,,
,K,5042,2223,2026-01-05,,,,,,,
22,K,,2223,2026-01-05,,,,,,,
";
    let (registers, problems) = read(POSITIONS, file.as_bytes(), "2026-06-30");
    assert_eq!(
        told(&problems),
        [
            "2 occupation unknown-occupation",
            "3 occupation unknown-payroll-code",
            "4 municipality not-a-municipality",
            "5 municipality old-municipality",
            "6 municipality not-a-municipality",
            "9 advertised not-a-date",
            "10 advertised day-or-month",
            "11 qualified more-than-there-are",
            "12 accepted before-another-date",
            "13 left before-another-date",
            "14 advertised after-today",
            "15 withdrawn not-both",
            "16 on_hold on-hold-too-long",
            "17 applications not-a-number",
            "18 employer empty-field",
            "19 advertised empty-field",
            "20 started needs-another-date",
            "22 position_id empty-field",
            "23 municipality empty-field",
            "~21 started starts-later",
            "~  outside-the-areas",
        ]
    );
    assert_eq!(positions(&registers).iter().map(|row| row.line).collect::<Vec<_>>(), [21]);
    let help = |place: usize| problems.list()[place].what.help(Lang::En).unwrap_or_default();
    assert_eq!(help(0), "did you mean 2221 Spesialsykepleiere, 2222 Jordmødre, 2223 Sykepleiere?");
    assert_eq!(help(2), "did you mean 5042 Lierne?");
    assert_eq!(help(3), "did you mean 5042 Lierne?");
    let outside = &problems.list()[20];
    assert_eq!(
        outside.what.message(Lang::En),
        "2 rows are of municipalities outside the areas, and are left out (0301: 2)"
    );
}

#[test]
fn a_column_that_is_nearly_one_of_ours() {
    let file = b"position_id,employer,municipality,advertised,accepted,withdrwan\na,K,5042,2026-01-05,,\n";
    let (registers, problems) = read(POSITIONS, file, "2026-06-30");
    assert!(registers.positions.is_none());
    assert_eq!(told(&problems), ["1 withdrawn missing-column", "~1  unknown-columns"]);
    let file = b"position_id,employer,municipality,advertised,remark\na,K,5042,2026-01-05,\n";
    assert_eq!(told(&read(POSITIONS, file, "2026-06-30").1), ["1 accepted missing-column", "~1  unknown-columns"]);
    let file = b"a1,Kari,5042,2026-01-05\na,K,5042,2026-01-05\n";
    assert_eq!(told(&read(POSITIONS, file, "2026-06-30").1), ["1  no-header"]);
}

#[test]
fn many_positions_in_pieces_are_those_of_one() {
    let mut file = String::from("position_id,employer,municipality,occupation,advertised,accepted\n");
    for number in 0..5000 {
        let accepted = if number % 3 == 0 { "" } else { "2026-02-01" };
        let id = if number % 1000 == 999 { number - 500 } else { number };
        let day = number % 28 + 1;
        file += &format!(
            "p{id},E{},50{},2223,{day:02}/01/2026,{accepted}\n",
            number * 7 % 31,
            if number % 2 == 0 { 42 } else { 45 }
        );
    }
    let (registers, problems) = read(POSITIONS, file.as_bytes(), "2026-06-30");
    assert_eq!(told(&problems).len(), 5, "{:?}", told(&problems));
    let rows = positions(&registers);
    assert_eq!(rows.len(), 4995);
    assert_eq!(registers.employers.0[..4], ["E0", "E7", "E14", "E21"]);
    assert!(rows.iter().all(|row| u32::from(row.advertised.parts().2) == (row.line - 2) % 28 + 1));
    let project = Project::parse("project.toml", &format!("{PROJECT}\n{POSITIONS}"), &mut Problems::new()).unwrap();
    for size in [64, 1000, 70_000] {
        let files = BTreeMap::from([("f.csv".to_owned(), file.clone().into_bytes())]);
        let mut again = Problems::new();
        let today = Day::iso("2026-06-30").unwrap();
        let pieces = super::read::in_pieces(&project, &files, today, size, &mut again);
        assert_eq!(pieces.0.as_ref(), registers.positions.as_ref(), "{size}");
        assert_eq!(pieces.1, registers.employers);
        assert_eq!(told(&again), told(&problems));
    }
}

#[test]
fn all_that_is_wrong_in_pieces_is_what_is_wrong_in_one() {
    let mut file = b"position_id,employer,municipality,occupation,advertised,accepted,started,remark\r\n".to_vec();
    for place in 0..400 {
        // Now and then a row that was there before, or its id alone.
        let number = if place % 50 == 24 { place - 10 } else { place };
        let id = if place % 50 == 49 { place - 45 } else { number };
        let kind = if number % 60 < 5 { number % 5 } else { number % 2 };
        let town = ["5042", "5045", "0301", "5099", "Lierne"][kind];
        let accepted = ["", "2026-02-01", "46054", "01/02/2026", "2026-02-30"][(kind + number % 20 / 19) % 5];
        let remark = if number % 11 == 0 { "\"to\nlinjer, \"\"sa\"\" han\"" } else { "" };
        let started = if number % 13 == 0 && kind == 1 { "2026-12-01" } else { "" };
        file.extend(
            format!("p{id},\"E, {}\",{town},2223,2026-01-05,{accepted},{started},{remark}", number % 9).bytes(),
        );
        let end = if place % 70 < 5 { place % 5 } else { 0 };
        file.extend([&b"\r\n"[..], b",x\r\n", b"\r\n\r\n", b"\xe5\n", b"\0\r\n"][end]);
    }
    let project = Project::parse("project.toml", &format!("{PROJECT}\n{POSITIONS}"), &mut Problems::new()).unwrap();
    for end in [&b""[..], b"\0", b"q1,K,5042,2223,2026-01-05,,,", b"q1,K"] {
        let files = BTreeMap::from([("f.csv".to_owned(), [&file, end].concat())]);
        let read = |size: usize| {
            let mut problems = Problems::new();
            let read = super::read::in_pieces(&project, &files, Day::iso("2026-06-30").unwrap(), size, &mut problems);
            let list: Vec<String> = problems.list().iter().map(|problem| format!("{problem:?}")).collect();
            (read, list, problems.errors())
        };
        let whole = read(usize::MAX >> 1);
        let (told, rows) = (whole.1.join("\n"), whole.0.0.as_ref().unwrap());
        assert!(told.contains("OtherRow") && told.contains("SameRow") && told.contains("ZeroBytes"), "{told}");
        assert!(rows.len() > 50 && whole.2 > 10, "{} {}", rows.len(), whole.2);
        for size in [1, 50, 97, 1000] {
            assert!(read(size) == whole, "{size}");
        }
    }
}

#[test]
fn an_id_of_a_row_with_another_error_that_stands_twice() {
    let file = b"position_id,employer,municipality,occupation,advertised,accepted
a,K,5042,2223,2026-02-30,
a,K,5042,2223,2026-01-05,
b,K,5042,2223,2026-01-05,
b,K,5042,2223,2026-01-05,2026-01-04
c,K,5042,2229,2026-01-05,
c,K,5042,2229,2026-01-05,
,K,5042,2223,2026-01-05,
,K,5042,2223,2026-01-05,
d,K,5042,2223,2026-01-05,
";
    let (registers, problems) = read(POSITIONS, file, "2026-06-30");
    assert_eq!(
        told(&problems),
        [
            "2 advertised not-a-date",
            "5 accepted before-another-date",
            "6 occupation unknown-occupation",
            "7 occupation unknown-occupation",
            "8 position_id empty-field",
            "9 position_id empty-field",
            "3 position_id id-twice",
            "5 position_id id-twice",
            "~7 position_id same-row-twice"
        ]
    );
    assert_eq!(positions(&registers).iter().map(|row| row.line).collect::<Vec<_>>(), [4, 10]);
    let file = b"application_id,employer,municipality,occupation,applied,tie,qualified,hired
1,K,5042,2223,2026-01-05,ja,ja,ja
1,K,5042,2223,2026-01-05,ja,ja,
2,K,5042,2223,2026-02-30,ja,ja,ja
2,K,5042,2223,2026-01-05,ja,ja,ja
3,K,0301,2223,2026-01-05,ja,ja,ja
3,K,5042,2223,2026-01-05,ja,ja,ja
";
    let (registers, problems) = read("[recruitment.applicants]\nfile = \"f.csv\"\n", file, "2026-06-30");
    assert_eq!(
        told(&problems),
        [
            "3 hired empty-field",
            "4 applied not-a-date",
            "~  outside-the-areas",
            "3 application_id id-twice",
            "5 application_id id-twice"
        ]
    );
    assert_eq!(registers.applicants.unwrap().len(), 2);
    let file = b"day,person,employer,municipality,occupation,age,persons,contract
2024-12-01,p1,K,5042,2223,41,,monthly
2024-12-01,p1,K,5042,2223,141,,monthly
2024-12-01,p1,,5042,2223,41,,monthly
";
    let (_, problems) = read("[recruitment.staff]\nfile = \"f.csv\"\n", file, "2026-06-30");
    assert_eq!(told(&problems), ["3 age out-of-range", "4 employer empty-field", "3 person id-twice"]);
}

#[test]
fn applicants_and_staff() {
    let file = b"application_id,employer,municipality,occupation,applied,tie,qualified,hired
1,K,5042,2223,2026-01-05,ja,ja,ja
2,K,5042,2223,2026-01-06,,nei,nei
2,K,5042,2223,2026-01-06,,nei,nei
3,K,5042,2223,2026-01-06,kanskje,nei,
";
    let (registers, problems) = read("[recruitment.applicants]\nfile = \"f.csv\"\n", file, "2026-06-30");
    assert_eq!(told(&problems), ["5 tie unknown-word", "5 hired empty-field", "~4 application_id same-row-twice"]);
    let rows = registers.applicants.unwrap();
    assert_eq!(
        rows.iter().map(|row| (row.tie, row.qualified, row.hired)).collect::<Vec<_>>(),
        [(Some(true), Some(true), true), (None, Some(false), false)]
    );
    let file = "day,person,employer,municipality,occupation,age,persons,contract
2024-12-01,p1,K,5042,2223,41,,monthly
2025-12-01,p1,K,5042,2223,42,1,hourly
2025-12-01,p1,K,5042,2223,43,1,hourly
2025-12-01,p2,K,5042,2223,42,3,
2025-12-01,,K,5042,5321,60,7,månedslønn
2025-12-01,,K,5042,5321,160,7,
";
    let (registers, problems) = read("[recruitment.staff]\nfile = \"f.csv\"\n", file.as_bytes(), "2026-06-30");
    assert_eq!(told(&problems), ["5 persons one-person", "7 age out-of-range", "4 person id-twice"]);
    let rows = registers.staff.unwrap();
    assert_eq!(
        rows.iter().map(|row| (row.line, row.person, row.age, row.persons)).collect::<Vec<_>>(),
        [(2, Some(0), Some(41), 1), (3, Some(0), Some(42), 1), (6, None, Some(60), 7)]
    );
    assert_eq!((rows[1].contract, rows[2].contract), (Some(Contract::Hourly), Some(Contract::Monthly)));
}

#[test]
fn occupations_of_payroll_and_of_the_older_standard() {
    let file = "day,employer,municipality,occupation,age,persons
2025-12-01,K,5042,2230101,41,1
2025-12-01,K,5042,2221,42,1
2025-12-01,K,5042,0112101,43,1
2025-12-01,K,5042,1120,44,1
2025-12-01,K,5042,,45,1
2025-12-01,K,5042,2230999,46,1
";
    let staff = "[recruitment.staff]\nfile = \"f.csv\"\nsource = { nb = \"Lønn\", nn = \"Løn\", en = \"Payroll\" }\n";
    let occupations =
        |registers: &Recruitment| registers.staff.iter().flatten().map(|row| row.occupation).collect::<Vec<_>>();
    let (registers, problems) = read(staff, file.as_bytes(), "2026-06-30");
    assert_eq!(told(&problems), ["7 occupation unknown-payroll-code", "~ occupation occupation-converted"]);
    assert_eq!(occupations(&registers), [2221, 2221, 210, 1120, 0]);
    let source = registers.source("staff").unwrap();
    assert_eq!(
        source.name.get(Lang::En),
        "Payroll (occupations converted from STYRK-98 with Statistics Norway's correspondence table 426)"
    );
    // The same four digits are others in the older standard; 2221 of it are doctors, general and specialist.
    let (registers, problems) = read(&format!("{staff}occupation = \"STYRK-98\"\n"), file.as_bytes(), "2026-06-30");
    let expected = [
        "3 occupation occupation-became-several",
        "7 occupation unknown-payroll-code",
        "~ occupation occupation-converted",
    ];
    assert_eq!(told(&problems), expected);
    assert_eq!(occupations(&registers), [2221, 210, 1112, 0]);
    // What was written in STYRK-08 is nobody's conversion.
    let plain = "day,employer,municipality,occupation,age,persons\n2025-12-01,K,5042,2221,41,1\n";
    let (registers, problems) = read(staff, plain.as_bytes(), "2026-06-30");
    assert_eq!(told(&problems), [] as [String; 0]);
    assert_eq!(registers.source("staff").unwrap().name.get(Lang::En), "Payroll");
}

#[test]
fn titles_that_became_one_occupation_are_not_the_same_row() {
    let staff = "day,employer,municipality,occupation,age,persons
2025-12-01,K,5042,2230101,60,5
2025-12-01,K,5042,2230103,60,5
2025-12-01,K,5042,2230103,60,5
";
    let (registers, problems) = read("[recruitment.staff]\nfile = \"f.csv\"\n", staff.as_bytes(), "2026-06-30");
    assert_eq!(told(&problems), ["~ occupation occupation-converted", "~4 person same-row-twice"]);
    let rows = registers.staff.unwrap();
    assert_eq!(rows.iter().map(|row| (row.occupation, row.persons)).collect::<Vec<_>>(), [(2221, 5), (2221, 5)]);
    let absence = "from,to,employer,municipality,occupation,persons,agreed,lost
2026-01-01,2026-03-31,K,5042,2221,3,300,10
2026-01-01,2026-03-31,K,5042,2223,3,300,10
2026-01-01,2026-03-31,K,5042,2223,3,300,10
";
    let (registers, problems) = read("[recruitment.absence]\nfile = \"f.csv\"\n", absence.as_bytes(), "2026-06-30");
    assert_eq!(told(&problems), ["~4 persons same-row-twice"]);
    assert_eq!(registers.absence.unwrap().len(), 2);
    let section = "[recruitment.strata]\nfile = \"s.csv\"\n[recruitment.business]\nfile = \"f.csv\"\n";
    let strata = b"stratum,businesses,employed\nA,20,140\n";
    let business = b"business_id,stratum,municipality,employed,occupation,shortage
x,A,5042,12,2230101,1
x,A,5042,12,2230103,1
x,A,5042,12,2230104,2
x,A,5042,12,2230104,3
";
    let (registers, problems) = read_all(section, &[("f.csv", business), ("s.csv", strata)], "2026-06-30");
    assert_eq!(told(&problems), ["~ occupation occupation-converted", "5 occupation id-twice"]);
    let shortages = &registers.businesses.unwrap()[0].shortages;
    assert_eq!(
        shortages.iter().map(|one| (one.occupation, one.positions)).collect::<Vec<_>>(),
        [(2221, 1), (2221, 1), (2221, 2)]
    );
}

#[test]
fn educations_are_checked_against_the_list_of_the_project() {
    let list = b"\"code\";\"parentCode\";\"level\";\"name\"\n\"661101\";\"6611\";\"5\";\"Oppdiktet A\"\n";
    let file = b"person_id,municipality,education,wants,consent_date,consent_until,withdrawn_date\na,5042,661101,ja,2026-01-01,2027-01-01,\nb,5042,661102,ja,2026-01-01,2027-01-01,\n";
    let section = "[recruitment]\neducations = \"nus.csv\"\n[recruitment.cv]\nfile = \"f.csv\"\n";
    let (_, problems) = read_all(section, &[("f.csv", file), ("nus.csv", list)], "2026-06-30");
    let of_education: Vec<String> = told(&problems).into_iter().filter(|told| told.contains("education")).collect();
    assert_eq!(of_education, ["3 education unknown-education"]);
}

#[test]
fn the_business_survey() {
    let section = "[recruitment]\nindustry = \"SN2025\"\n[recruitment.strata]\nfile = \"s.csv\"\n[recruitment.business]\nfile = \"f.csv\"\n";
    let strata = b"stratum,businesses,employed,industry\nA1,20,140,86.1\nB1,30,20,45.2\nA1,20,140,86.1\nC,4,40,\n";
    let file =
        b"business_id,stratum,municipality,employed,failed,difficulty,expects,occupation,shortage,hires_1,leavers_1
x,A1,5042,12,ja,meget,flere,2223,2,3,1
x,A1,5042,12,ja,meget,flere,5321,1,0,4
y,C,5042,3,nei,vet_ikke,,,,,
x,A1,5042,13,ja,meget,flere,7115,1,,
z,D,5042,3,,,,,,,
w,C,5042,3,,,,2223,1,2,
x,A1,5042,12,ja,meget,flere,5321,1,,
";
    let (registers, problems) = read_all(section, &[("f.csv", file), ("s.csv", strata)], "2026-06-30");
    assert_eq!(
        told(&problems),
        [
            "3 industry unknown-industry",
            "~3 employed less-than-another",
            "~4 stratum same-row-twice",
            "6 stratum unknown-stratum",
            "7 hires_1 needs-another-number",
            "5 business_id business-differs",
            "8 occupation id-twice",
        ]
    );
    assert_eq!(registers.strata.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["A1", "C"]);
    let rows = registers.businesses.unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        rows[0].shortages.iter().map(|one| (one.occupation, one.positions)).collect::<Vec<_>>(),
        [(2223, 2), (5321, 1)]
    );
    assert_eq!(rows[0].outlook.iter().map(|one| (one.years, one.expansion)).collect::<Vec<_>>(), [(1, 2), (1, -4)]);
    assert_eq!((rows[0].difficulty, rows[1].difficulty), (Some(Difficulty::Very), Some(Difficulty::DontKnow)));
    // Three answered in a stratum of two; a stratum with an error is not one that is not there.
    let strata = b"stratum,businesses,employed\nA,3,140\nB,2,20\nC,many,20\n";
    let file = b"business_id,stratum,municipality,employed,occupation,shortage
a,A,5042,12,2223,2
a,A,5042,12,5321,1
b,A,5042,12,,\nc,A,5042,12,,
d,B,5042,3,,\ne,B,5042,3,,\nf,B,5045,3,,
g,C,5042,3,,\nh,C,5042,3,,
";
    let (_, problems) = read_all(section, &[("f.csv", file), ("s.csv", strata)], "2026-06-30");
    assert_eq!(told(&problems), ["4 businesses not-a-number", "3 businesses more-answered"]);
    let [_, problem] = problems.list() else { panic!() };
    assert_eq!((problem.file.as_str(), problem.value.as_deref()), ("s.csv", Some("2")));
    assert_eq!(problem.what.message(Lang::En), "3 businesses answered, more than the stratum has");
    // Nor are all of a list that cannot be read.
    let (_, problems) = read_all(section, &[("f.csv", file), ("s.csv", b"stratum,employed\nA,140\n")], "2026-06-30");
    assert_eq!(told(&problems), ["1 businesses missing-column"]);
}

#[test]
fn a_dash_is_no_date() {
    let file = b"position_id,employer,municipality,advertised,accepted,started,left,withdrawn
a,K,5042,2026-01-05,-,-,-,-
b,K,5042,2026-01-05,2026-02-01,-,,
c,K,5042,2026-01-05,-,2026-02-01,,
d,K,5042,2026-01-05,2026-02-01,-,2026-03-01,
e,K,5042,-,2026-02-01,,,
f,K,5042,2026-01-05,-,,,2026-02-01
";
    let (registers, problems) = read(POSITIONS, file, "2026-06-30");
    let needs = ["4 started needs-another-date", "5 left needs-another-date"];
    assert_eq!(told(&problems), [needs[0], needs[1], "6 advertised empty-field"]);
    let dates = |row: &Position| days(&[row.accepted, row.started, row.withdrawn]).join(" ");
    let rows = positions(&registers).iter().map(dates).collect::<Vec<_>>();
    assert_eq!(rows, ["  ", "2026-02-01  ", "  2026-02-01"]);
    let file = b"day,employer,municipality,occupation\n-,K,5042,2223\n";
    let (_, problems) = read("[recruitment.staff]\nfile = \"f.csv\"\n", file, "2026-06-30");
    assert_eq!(told(&problems), ["2 day empty-field"]);
}

#[test]
fn absence_trainees_and_the_introduction_programme() {
    let file = b"from,to,employer,municipality,persons,agreed,lost,days,size,degree
2026-01-01,2026-03-31,K,5042,12,700,35.5,,,
2026-01-01,2026-03-31,K,5042,1,60,,10,0.8,0.5
2026-01-01,2026-03-31,K,5042,1,60,,10,0.8,
2026-01-01,2026-03-31,K,5042,1,60,61,,,
2026-01-01,2026-03-31,K,5042,1,60,,,,
2026-03-31,2026-01-01,K,5042,1,60,1,,,
";
    let (registers, problems) = read("[recruitment.absence]\nfile = \"f.csv\"\n", file, "2026-06-30");
    assert_eq!(told(&problems), ["5 lost more-than-there-are", "6 lost empty-field", "7 to before-another-date"]);
    assert_eq!(registers.absence.unwrap().iter().map(|row| row.lost).collect::<Vec<_>>(), [35.5, 4.0, 8.0]);
    let file = b"year,municipality,started,ended,offered,moved,seen\n2020,5042,2020-09-01,2022-08-31,ja,2023-01-01,2022-12-01\n2020,5042,2020-09-01,2022-08-31,,,\n";
    let (registers, problems) = read("[recruitment.trainees]\nfile = \"f.csv\"\n", file, "2026-06-30");
    assert_eq!(told(&problems), ["2 seen before-another-date"]);
    assert_eq!(registers.trainees.unwrap()[0].offered, None);
    let file = b"year,places,applicants\n2021,4,60\n2020,3,45\n2021,4,61\n";
    let (registers, problems) = read("[recruitment.trainee_places]\nfile = \"f.csv\"\n", file, "2026-06-30");
    assert_eq!(told(&problems), ["4 year id-twice"]);
    let places = registers.trainee_places.unwrap();
    assert_eq!(
        places.iter().map(|one| (one.year, one.places, one.applicants)).collect::<Vec<_>>(),
        [(2020, 3, 45), (2021, 4, 60)]
    );
    let file = b"municipality,year,work,education\n5042,2023,1,0\n5042,2023,,\n5042,1990,1,1\n";
    let (registers, problems) = read("[recruitment.introduction]\nfile = \"f.csv\"\n", file, "2026-06-30");
    assert_eq!(told(&problems), ["4 year out-of-range"]);
    let people = registers.participants.unwrap();
    assert_eq!((people[0].work, people[0].education, people[1].work), (Some(true), Some(false), None));
    let file = b"municipality,year,work\n5042,2023,1\n5042,2023,0\n";
    let (_, problems) = read("[recruitment.introduction]\nfile = \"f.csv\"\n", file, "2026-06-30");
    assert_eq!(told(&problems), ["1 education missing-column"]);
}

#[test]
fn consent_on_the_day_of_the_run() {
    let file = "person_id,name,email,phone,municipality,cohort,birth_date,education,occupation,experience,wants,shared,consent_date,consent_until,withdrawn_date,guardian_consent
1,Valid,v@x.no,,5042,2015,,661114,,3,now,ja,2026-01-01,,,
2,Ended,e@x.no,,5042,2015,,,,,now,ja,2024-01-01,2026-06-29,,
3,LastDay,l@x.no,,5042,2015,,,,,later,nei,2024-01-01,2026-06-30,,
4,Withdrawn,w@x.no,,5042,2015,,,,,now,ja,2024-01-01,,2026-06-30,
5,WithdrawsLater,,99 88 77 66,5042,2015,,,,,now,ja,2024-01-01,2027-01-01,2026-07-10,
6,NotGiven,n@x.no,,5042,2015,,,,,now,ja,,,,
7,NotYet,y@x.no,,5042,2015,,,,,now,ja,2026-07-01,,,
8,Minor,m@x.no,,5042,2024,2009-01-01,,,,now,ja,2026-01-01,,,
9,MinorWithGuardian,g@x.no,,5042,2024,2009-01-01,,2223,,now,ja,2026-01-01,,,2026-01-02
10,MinorByCohort,c@x.no,,5042,2024,,,,,now,ja,2026-01-01,,,
11,SecondId,W@X.no,,5042,2015,,,,,now,ja,2026-01-01,,,
12,Wrong,z@x.no,,5042,2015,,6611,,,now,ja,2026-01-01,2025-01-01,,
4,Withdrawn,w@x.no,,5042,2015,,,,,now,ja,2024-01-01,,,
";
    let (registers, problems) = read("[recruitment.cv]\nfile = \"f.csv\"\n", file.as_bytes(), "2026-06-30");
    assert_eq!(
        told(&problems),
        [
            "13 consent_until ends-before-it-begins",
            "13 education education-of-other-length",
            "14 person_id id-twice",
            "~12 email withdrawn-on-another-row",
        ]
    );
    let cvs = registers.cvs.unwrap();
    let names: Vec<&str> = cvs.iter().map(|cv| cv.name.as_str()).collect();
    assert_eq!(names, ["Valid", "LastDay", "WithdrawsLater", "MinorWithGuardian"]);
    assert_eq!(
        registers.left_out,
        [("not_given", 1), ("not_yet", 1), ("ended", 1), ("withdrawn", 2), ("no_guardian", 2)]
    );
    assert_eq!(cvs[2].until, Day::iso("2026-07-09"), "the day before the withdrawal");
    assert_eq!(registers.fields[usize::from(cvs[0].field)].id, "health", "by the education");
    assert_eq!((cvs[1].wants, cvs[1].shared), (Wants::Later, false));
    // Nobody's name or address is in any message.
    let words = problems.list().iter().map(|problem| {
        let value = problem.value.clone().unwrap_or_default();
        Lang::ALL.map(|lang| problem.what.message(lang)).join(" ") + &value
    });
    let words: String = words.collect();
    assert!(
        !file
            .lines()
            .skip(1)
            .flat_map(|line| line.split(',').skip(1).take(3))
            .any(|word| !word.is_empty() && words.contains(word)),
        "{words}"
    );
}

#[test]
fn consent_on_the_day_of_the_run_and_of_the_clock() {
    let head = "person_id,name,municipality,cohort,birth_date,wants,consent_date,consent_until,withdrawn_date,guardian_consent";
    let rows = "1,Valid,5042,2015,,now,2026-01-01,,,
2,BeginsBetween,5042,2015,,now,2026-07-01,,,
3,EndsBetween,5042,2015,,now,2026-01-01,2026-07-01,,
4,WithdrawnBetween,5042,2015,,now,2026-01-01,,2026-07-01,
5,BeginsAndWithdrawnBetween,5042,2015,,now,2026-07-01,,2026-07-02,
6,OfAgeBetween,5042,,2008-07-01,now,2026-01-01,,,
7,GuardianBetween,5042,,2010-07-01,now,2026-01-01,,,2026-07-01
";
    let file = format!("{head}\n{rows}");
    let section = "[recruitment.cv]\nfile = \"f.csv\"\n";
    let project = Project::parse("project.toml", &format!("{PROJECT}\n{section}"), &mut Problems::new()).unwrap();
    let files = BTreeMap::from([("f.csv".to_owned(), file.into_bytes())]);
    // Whichever of the two days is the later one.
    for (today, clock) in [("2026-06-30", "2026-12-31"), ("2026-12-31", "2026-06-30")] {
        let mut problems = Problems::new();
        let registers =
            Recruitment::read(&project, &files, Day::iso(today).unwrap(), Day::iso(clock), &mut problems).unwrap();
        assert_eq!(told(&problems), [] as [String; 0]);
        let names: Vec<&str> = registers.cvs.iter().flatten().map(|cv| cv.name.as_str()).collect();
        assert_eq!(names, ["Valid"]);
        assert_eq!(registers.left_out, [("not_yet", 1), ("ended", 1), ("withdrawn", 2), ("no_guardian", 2)]);
    }
}

/// Names of those who are left, how many were left out, and the problems.
fn base(rows: &str) -> (Vec<String>, u64, Vec<String>) {
    let head = "person_id,name,email,phone,birth_date,municipality,cohort,occupation,wants,wave,consent_date,withdrawn_date,consent_until";
    let (registers, problems) =
        read("[recruitment.cv]\nfile = \"f.csv\"\n", format!("{head}\n{rows}").as_bytes(), "2026-06-30");
    let names = registers.cvs.iter().flatten().map(|cv| cv.name.clone()).collect();
    (names, registers.left_out.iter().map(|(_, count)| count).sum(), told(&problems))
}

#[test]
fn a_withdrawal_is_of_the_whole_person() {
    let out = |rows: &str, problems: &[&str]| {
        assert_eq!(base(rows), (Vec::new(), 2, problems.iter().map(|one| (*one).to_owned()).collect()), "{rows}")
    };
    out(
        "1,A,a@x.no,,,5042,2015,,now,,2026-01-01,,\n2,B, A@X.no ,,,5042,2015,,now,,2025-01-01,2026-05-01,\n",
        &["~2 email withdrawn-on-another-row"],
    );
    // Where that row says nothing but who withdrew, and even where it is of another municipality.
    out(
        "1,A,,+47 900 00 001,,5042,2015,,now,,2026-05-01,,\n2,,,90000001,,,,,,,,2026-05-01,\n",
        &["~2 phone withdrawn-on-another-row"],
    );
    out(
        "1,Kari  Nordmann,a@x.no,,1998-02-01,5042,,,now,,2026-01-01,,\n2,kari nordmann,,,1.2.1998,0301,,,now,,2025-01-01,2026-05-01,\n",
        &["~2 name withdrawn-on-another-row"],
    );
    // Spelt in another way, with letters that are not seen, or one of several in a field.
    for (column, withdrew) in [
        ("name", "A\u{30a}sen Ola,,"),
        ("name", "\u{feff}Ola\u{a0}Å\u{200b}sen,,"),
        ("name", "\"Åsen, Ola\",,"),
        ("email", "X,Ola <OLA@x.no>,"),
        ("email", "X,kari@x.no; \u{200b}ola@x.no,"),
        ("phone", "X,,11223344 / 901 12 233"),
        ("phone", "X,,90112233 / 11223344"),
    ] {
        out(
            &format!(
                "1,Ola Åsen,ola@x.no,+47 90112233,1994-02-03,5042,,,now,,2026-01-01,,\n2,{withdrew},3.2.1994,5042,,,now,,2025-01-01,2026-05-01,\n"
            ),
            &[&format!("~2 {column} withdrawn-on-another-row")],
        );
    }
    // Consent that was given after the withdrawal holds; two phones of a switchboard are no person.
    let again = "1,A,a@x.no,,,5042,2015,,now,,2026-05-02,,\n2,A,a@x.no,,,5042,2015,,now,,2025-01-01,2026-05-01,\n";
    assert_eq!(base(again), (vec!["A".into()], 1, vec!["~2 email shared-contact".into()]));
    let other =
        "1,A,-,00000000,,5042,2015,,now,,2026-05-02,,\n2,A,-,00000000,,5042,2015,,now,,2025-01-01,2026-05-03,\n";
    assert_eq!(base(other), (vec!["A".into()], 1, Vec::new()));
    // One id in several spellings, and in a municipality outside the areas: an error, so that no list is made.
    for (one, two) in [("Ab 1", "ab  1"), ("7", "007"), ("å1", "A\u{30a}\u{200b}1")] {
        let rows =
            format!("{one},A,,,,5042,2015,,now,,2026-01-01,,\n{two},A,,,,0301,2015,,now,,2026-01-01,2026-05-01,\n");
        assert_eq!(base(&rows).2, ["3 person_id id-twice"], "{one}");
    }
}

#[test]
fn nothing_is_read_of_rows_without_consent() {
    let rows = "1,A,,,,5042,2015,,now,W3,2026-01-01,,\n2,B,,,,Oslo,2015,lege,snart,,2025-01-01,2026-05-01,\n3,C,,,,0301,2015,,,,,,\n";
    assert_eq!(base(rows), (vec!["A".into()], 2, Vec::new()));
    let rows = "1,A,,,,5042,,,now,,2026-01-01,,\n2,A,,,,5042,,,now,,,,\n";
    assert_eq!(base(rows).2, ["~  age-not-known"]);
}

#[test]
fn what_a_file_of_another_hand_may_hold() {
    let place = "[recruitment.business]\nfile = \"f.csv\"\n[recruitment.strata]\nfile = \"s.csv\"\n";
    let strata = b"stratum,businesses,employed\nA,20,140\n".as_slice();
    let head = "business_id,stratum,municipality,employed,difficulty,expects,occupation,shortage\n";
    // Words in Windows-1252, in capitals and with a space; the same row twice; rows of delimiters below the last one.
    let rows = "x,A,5042,12,Vet ikke,F\u{c6}RRE,2223,2\nx,A,5042,12,vet_ikke,f\u{e6}rre,2223,2\n,,,,,,,\n ,,,,,,,\n";
    let latin: Vec<u8> =
        format!("{head}{rows}").chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    for bytes in [latin, format!("{head}{rows}").into_bytes()] {
        let (registers, problems) = read_all(place, &[("f.csv", &bytes), ("s.csv", strata)], "2026-06-30");
        assert_eq!(told(&problems), ["~3 business_id same-row-twice"]);
        let rows = registers.businesses.unwrap();
        assert_eq!((rows.len(), rows[0].shortages.len()), (1, 1));
        assert_eq!(
            (rows[0].difficulty, rows[0].expects),
            (Some(Difficulty::DontKnow), Some(super::Expectation::Fewer))
        );
    }
    // A column that the project names and the file lacks.
    let section = format!("{POSITIONS}columns = {{ left = \"sluttdato\" }}\n");
    let file = b"position_id,employer,municipality,advertised,accepted,left\na,K,5042,2026-01-01,,\n";
    assert_eq!(told(&read(&section, file, "2026-06-30").1), ["1 sluttdato missing-column", "~1  unknown-columns"]);
    // A year that is a slip.
    let file = b"position_id,employer,municipality,advertised,accepted\na,K,5042,0206-01-01,\nb,K,5042,01.01.26,\n";
    assert_eq!(told(&read(POSITIONS, file, "2026-06-30").1), ["2 advertised not-a-date", "3 advertised not-a-date"]);
}

#[test]
fn rows_without_an_id_that_are_alike() {
    let file = b"from,to,employer,municipality,persons,agreed,lost
2026-01-01,2026-03-31,K,5042,12,700,35.5
2026-01-01,2026-03-31,k,5042,12,\"700,0\",35.5
2026-01-01,2026-03-31,K,5042,1,60,0
2026-01-01,2026-03-31,K,5042,1,60,0
";
    let (registers, problems) = read("[recruitment.absence]\nfile = \"f.csv\"\n", file, "2026-06-30");
    assert_eq!(told(&problems), ["~3 persons same-row-twice"]);
    assert_eq!(registers.absence.unwrap().iter().map(|row| row.persons).collect::<Vec<_>>(), [12, 1, 1]);
    let mixed: Vec<u8> = [file.as_slice(), b"2026-01-01,2026-03-31,K,5042,9,1.700,35.5\n"].concat();
    let (_, problems) = read("[recruitment.absence]\nfile = \"f.csv\"\n", &mixed, "2026-06-30");
    assert!(told(&problems).contains(&"3 agreed mixed-decimal-marks".to_owned()), "{:?}", told(&problems));
    let file = b"day,person,employer,municipality,occupation,age,persons
2025-12-01,,K,5042,2223,41,5
01.12.2025,,K,5042,2223,41,5
2025-12-01,,K,5042,2223,42,5
2025-12-01,,K,5042,2223,41,
2025-12-01,,K,5042,2223,41,
";
    let (registers, problems) = read("[recruitment.staff]\nfile = \"f.csv\"\n", file, "2026-06-30");
    assert_eq!(told(&problems), ["~3 person same-row-twice"]);
    assert_eq!(registers.staff.unwrap().iter().map(|row| row.persons).sum::<u32>(), 12);
    let file = b"municipality,year,work,education\n5042,2025,1,\n5042,2024,1,0\n5042,2025,,\n";
    let (_, problems) = read("[recruitment.introduction]\nfile = \"f.csv\"\n", file, "2026-06-30");
    assert_eq!(told(&problems), ["2 year after-today"]);
}

#[test]
fn what_is_never_public_is_no_indicator() {
    for indicators in ["\"demand_by_occupation\"", "\"demand\", \"demand_by_occupation\""] {
        let mut problems = Problems::new();
        let text = PROJECT.replace("\"population_growth\"", indicators);
        assert!(Project::parse("project.toml", &text, &mut problems).is_some());
        assert_eq!(told(&problems), ["15 output.indicators never-public"]);
        let problem = &problems.list()[0];
        assert!(problem.what.message(Lang::En).contains("`demand_by_occupation` is never public"));
        assert!(problem.what.help(Lang::Nn).unwrap().contains("`bygdepuls recruitment`"));
    }
}

#[test]
fn figures_are_of_a_day() {
    let told_of = |section: &str, today| {
        let mut problems = Problems::new();
        let text = format!("{PROJECT}\n{section}").replace("population_growth", "introduction");
        let project = Project::parse("project.toml", &text, &mut problems).unwrap();
        let file = b"municipality,year,work,education\n5042,2023,1,0\n".to_vec();
        let loaded = project.load(&BTreeMap::from([("f.csv".to_owned(), file)]), &mut problems).unwrap();
        let figures = loaded.recruitment(&[], today, &mut problems);
        (figures.map(|figures| figures.len()), told(&problems))
    };
    let section = "[recruitment.introduction]\nfile = \"f.csv\"\n";
    assert_eq!(told_of(section, None), (None, vec![" recruitment no-day".to_owned()]));
    assert_eq!(told_of(section, Some("2026-06-30")), (Some(1), Vec::new()));
    let dated = format!("{section}date = \"2026-06-30\"\nsource = \"S\"\n");
    assert_eq!(told_of(&dated, None), (Some(1), Vec::new()));
    assert_eq!(told_of("", None), (None, vec![" recruitment no-recruitment".to_owned()]));
}

#[test]
fn sections_of_the_project_file() {
    let parse = |section: &str| {
        let mut problems = Problems::new();
        let project = Project::parse("project.toml", &format!("{PROJECT}\n{section}"), &mut problems);
        (project.and_then(|project| project.recruitment), told(&problems))
    };
    let (section, problems) = parse(
        "[[recruitment.area]]\nid = \"rindal\"\nname = \"Rindal\"\nmunicipalities = [\"5061\", \"5026\"]\n\
         [[recruitment.field]]\nid = \"care\"\nname = \"Care\"\noccupations = [\"22\", \"532\"]\neducations = [\"6\"]\n\
         [recruitment.gap]\nretirement = 65\n",
    );
    assert_eq!(problems, [] as [String; 0]);
    let section = section.unwrap();
    assert_eq!((section.areas[0].0.as_str(), section.fields.len()), ("rindal", 1));
    let (_, problems) = parse(
        "[recruitment.positions]\nfile = \"f.csv\"\ncolumns = { utlyst = \"advertised\" }\nfil = 1\n\
         [[recruitment.area]]\nid = \"a\"\nname = \"A\"\nmunicipalities = [\"1738\"]\n\
         [[recruitment.field]]\nid = \"a\"\nname = \"A\"\noccupations = [\"2220\"]\n\
         [[recruitment.field]]\nid = \"a\"\nname = \"A\"\neducations = [\"x\"]\n",
    );
    assert_eq!(
        problems,
        [
            "19 recruitment.positions.columns unknown-word",
            "20 recruitment.positions.fil unknown-key",
            "28 recruitment.field.occupations wrong-type",
            "32 recruitment.field.educations wrong-type",
            "30 recruitment.field.id twice",
            "24 recruitment.area.municipalities no-municipality",
        ]
    );
}
