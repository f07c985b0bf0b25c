//! Data files and codebooks, whole: what is read, and where each problem is said to be.

use bygdepuls_core::problem::{Privacy, Problem, Problems, Severity};
use bygdepuls_core::read::{Codebook, Kind, Missing, Table, read_table};
use bygdepuls_core::text::Lang;

const SURVEY: &str = "\
type,name,label::Norsk bokmål (nb),label::Norsk nynorsk (nn),label::English (en),required,waves
hidden,bolge,Bølge,,,,
text,panelkode,Kode,,,,
begin group,a,,,,,
select_one kan,int_kunne,\"Kan du tenke deg å bo her?\",Kan du tenkje deg å bu her?,Can you imagine living here?,yes,1234
select_multiple info,kilder,Kilder,,,,34
integer,alder,Alder,,,,
decimal,vei_km,Vei,,,,
end group,,,,,,
note,takk,Takk,,,,
start,start,,,,,
end,end,,,,,
";
const CHOICES: &str = "\
list_name,name,label::Norsk bokmål (nb),label::English (en),missing
bolge,1,10. klasse,Year 10,
bolge,2,VG3,,
kan,1,Nei,No,
kan,5,Ja,Yes,
kan,98,Vet ikke,Don't know,dont_know
kan,99,Vil ikke svare,,refused
info,a,Avis,,
info,b,Bygdebok,,
info,98,Vet ikke,,dont_know
";
const HEADER: &str = "bolge,panelkode,int_kunne,kilder,alder,vei_km,start\n";

fn codebook() -> Codebook {
    let mut problems = Problems::new();
    let codebook = Codebook::from_xlsform(("s.csv", SURVEY.as_bytes()), ("c.csv", CHOICES.as_bytes()), &mut problems);
    assert!(problems.list().is_empty(), "{problems:?}");
    codebook
}

fn read(bytes: &[u8]) -> (Option<Table>, Vec<Problem>) {
    let mut problems = Problems::new();
    let table = read_table("svar.csv", bytes, &codebook(), &mut problems);
    (table, problems.list().to_vec())
}

/// `line record column value code`, one line per problem.
fn places(problems: &[Problem]) -> Vec<String> {
    let number = |number: Option<u64>| number.map_or("-".into(), |number: u64| number.to_string());
    problems
        .iter()
        .map(|problem| {
            let column = problem.column.as_deref().unwrap_or("-");
            let value = problem.value.as_deref().unwrap_or("-");
            format!("{} {} {column} {value} {}", number(problem.line), number(problem.record), problem.what.code())
        })
        .collect()
}

fn problems_of(bytes: &[u8]) -> Vec<String> {
    places(&read(bytes).1)
}

fn with_header(records: &str) -> Vec<u8> {
    format!("{HEADER}{records}").into_bytes()
}

#[test]
fn codebook_from_xlsform() {
    let codebook = codebook();
    let names: Vec<_> = codebook.variables.iter().map(|variable| variable.name.as_str()).collect();
    assert_eq!(names, ["bolge", "panelkode", "int_kunne", "kilder", "alder", "vei_km", "start", "end"]);
    let kunne = codebook.variable("int_kunne").unwrap();
    assert_eq!(kunne.label.en, "Can you imagine living here?");
    assert_eq!(kunne.waves, ["1", "2", "3", "4"]);
    assert_eq!(kunne.missing, [("98".into(), Missing::DontKnow), ("99".into(), Missing::Refused)]);
    let Kind::Category(categories) = &kunne.kind else { panic!("{kunne:?}") };
    assert_eq!(categories.iter().map(|category| category.code.as_str()).collect::<Vec<_>>(), ["1", "5"]);
    assert_eq!((categories[0].label.nn.as_str(), categories[0].label.en.as_str()), ("Nei", "No"));
    assert_eq!(kunne.privacy, Privacy::Answer);
    assert_eq!(codebook.variable("panelkode").unwrap().privacy, Privacy::Never);
    assert!(matches!(codebook.variable("bolge").unwrap().kind, Kind::Category(_)), "a list of its own name");
    assert_eq!(codebook.variable("kilder").unwrap().waves, ["3", "4"]);
}

#[test]
fn values_and_kinds_of_missing() {
    let (table, problems) = read(&with_header(
        "1,xx,5,a b,15,\"1,5\",2026-03-31T12:00:00.000+02:00\n2,,98,98,..,-,\n1,\"a\nb\",99,,:,17*,2024-02-29\n 2 ,x,,b,., ,\n",
    ));
    assert_eq!(places(&problems), [] as [&str; 0]);
    let table = table.unwrap();
    assert_eq!(table.lines, [2, 3, 4, 6]);
    let column = |name| table.column(name).unwrap();
    let codes: Vec<_> = (0..4).map(|record| column("int_kunne").code(record)).collect();
    assert_eq!(codes, [Ok("5"), Err(Missing::DontKnow), Err(Missing::Refused), Err(Missing::Blank)]);
    let sources: Vec<_> = (0..4).map(|record| column("kilder").categories(record)).collect();
    assert_eq!(sources, [Ok(&[0, 1][..]), Err(Missing::DontKnow), Err(Missing::Blank), Ok(&[1])]);
    let ages: Vec<_> = (0..4).map(|record| column("alder").number(record)).collect();
    assert_eq!(ages, [Ok(15.0), Err(Missing::NotAvailable), Err(Missing::Confidential), Err(Missing::NotApplicable)]);
    let road: Vec<_> = (0..4).map(|record| column("vei_km").number(record)).collect();
    assert_eq!(road, [Ok(1.5), Ok(0.0), Ok(17.0), Err(Missing::Blank)]);
    assert_eq!(column("panelkode").text(2), Ok("a\nb"));
    assert_eq!(column("start").text(2), Ok("2024-02-29"));
    assert_eq!(column("bolge").code(3), Ok("2"), "spaces around a code are ignored");
    assert_eq!(column("int_kunne").missing(9), Some(Missing::Invalid), "beyond the end");
}

/// What `bygdepuls import` writes: a column for each choice, those of don't know among them.
#[test]
fn several_choices_with_a_column_each() {
    let header = "bolge,panelkode,int_kunne,kilder/b,kilder/a,kilder/98,alder,vei_km\n";
    let (table, problems) =
        read(format!("{header}1,,,1,1,0,,\n1,,,0,0,1,,\n1,,,,,,,\n1,,,1,0,1,,\n1,,,2,0,0,,\n").as_bytes());
    let table = table.unwrap();
    let kilder = table.column("kilder").unwrap();
    let values: Vec<_> = (0..5).map(|record| kilder.categories(record).map(<[u16]>::to_vec)).collect();
    let expected = [Ok(vec![0, 1]), Err(Missing::DontKnow), Err(Missing::Blank), Ok(vec![1]), Err(Missing::Invalid)];
    assert_eq!(values, expected);
    assert_eq!(places(&problems), ["6 5 kilder/b 2 unknown-code"]);
}

#[test]
fn planted_values_are_located() {
    let problems =
        read(&with_header("1,x,5,a,15,1.5,\n1,\"hemmelig\n\",7,a q,femten,1.5,31.03.2026\n2,x,1,b,15.5,x,\n")).1;
    assert_eq!(
        places(&problems),
        [
            "3 2 int_kunne 7 unknown-code",
            "3 2 kilder a q unknown-code",
            "3 2 alder femten not-a-number",
            "3 2 start 31.03.2026 not-a-date",
            "5 3 alder 15.5 not-a-number",
            "5 3 vei_km x not-a-number",
        ]
    );
    let first = &problems[0];
    assert_eq!(first.privacy, Privacy::Answer);
    assert_eq!(first.what.expected(Lang::En).unwrap(), "one of 1, 5, 98, 99");
    assert_eq!(first.what.message(Lang::Nn), "koden er ikkje i kodeboka");
}

#[test]
fn planted_forms_are_located() {
    let good = "1,x,5,a,15,1.5,\n";
    let rows = |rows: &str| problems_of(&with_header(&format!("{good}{rows}")));
    assert_eq!(rows("1,x,5,a,15,1.5\n"), ["3 2 - - too-few-fields"]);
    assert_eq!(rows("1,x,5,a,15,1.5,,\n"), ["3 2 - - too-many-fields"]);
    assert_eq!(rows("1,x,5,a,1"), ["3 2 - - cut-off"]);
    assert_eq!(rows("1,\"x,5,a,15\n1,x,5\n"), ["3 2 panelkode - unclosed-quote"], "free text is not shown");
    assert_eq!(rows("1,x,5,\"a,15\n1,x,5\n"), ["3 2 kilder \"a,15\n1,x,5\n unclosed-quote"]);
    assert_eq!(rows("1,x,\"5\"5,a,15,1.5,\n"), ["3 2 int_kunne \"5\"5 text-after-quote"]);
    assert_eq!(rows("1,x\"x,5,a,15,1.5,\n"), ["3 2 panelkode - stray-quote"]);
    assert_eq!(rows(HEADER), ["3 2 - - repeated-header"]);
    assert_eq!(rows("1,x\0y,5,a,15,1.5,\n"), ["3 2 panelkode - zero-bytes"]);
    assert_eq!(rows("1,x,5,a,15,\"2,5\",\n1,x,5,a,15,3.5,\n"), ["3 2 vei_km 2,5 mixed-decimal-marks"]);
    assert_eq!(rows("\n\r\n"), [] as [&str; 0], "blank lines at the end");
    assert_eq!(rows("1,x,5,a,15,1.5,2025-05-14"), ["3 2 start - no-line-end"]);
    assert_eq!(rows("1,x,5,a,15,1.5,2025-05-1"), ["3 2 start 2025-05-1 not-a-date", "3 2 start - no-line-end"]);
    assert_eq!(read(&with_header("1,x,5,a,15,1.5,")).1[0].severity, Severity::Warning);
    assert_eq!(problems_of(HEADER.trim_end().as_bytes()), ["1 - - - no-records"], "a file of one line");
}

#[test]
fn planted_headers_are_located() {
    let without = "bolge,panelkode,int_kune,kilder,alder,vei_km,start\n1,x,5,a,15,1.5,\n";
    let problems = read(without.as_bytes()).1;
    assert_eq!(places(&problems), ["1 - int_kunne - missing-column", "1 - - - unknown-columns"]);
    assert_eq!(problems[0].what.help(Lang::En).unwrap(), "did you mean int_kune?");
    assert_eq!(
        problems[0].what.expected(Lang::Nb).unwrap(),
        "en kolonne med dette navnet; filen har bolge, panelkode, int_kune, kilder, alder, vei_km, start"
    );
    assert_eq!(problems[1].severity, Severity::Warning);
    let twice = "bolge,panelkode,int_kunne,kilder,alder,vei_km,alder\n1,x,5,a,15,1.5,15\n";
    assert_eq!(problems_of(twice.as_bytes()), ["1 - alder - duplicate-header"]);
    let unnamed = "bolge,panelkode,int_kunne,kilder,alder,vei_km,\n1,x,5,a,15,1.5,15\n";
    assert_eq!(problems_of(unnamed.as_bytes()), ["1 - - - empty-header"]);
    assert_eq!(problems_of(b""), ["1 - - - empty-file"]);
    assert_eq!(problems_of(HEADER.as_bytes()), ["1 - - - no-records"]);
}

#[test]
fn encodings() {
    let survey = "type,name,label\ntext,navn,Navn\nselect_one sted,sted,Sted\n";
    let choices = "list_name,name,label\nsted,Røyrvik,Røyrvik\nsted,Å,Å\n";
    let mut problems = Problems::new();
    let codebook = Codebook::from_xlsform(("s", survey.as_bytes()), ("c", choices.as_bytes()), &mut problems);
    let read = |bytes: &[u8]| {
        let mut problems = Problems::new();
        let table = read_table("f", bytes, &codebook, &mut problems);
        (table, places(problems.list()))
    };
    for bytes in [
        &b"navn;sted\r\nB\xf8;R\xf8yrvik\r\n\x96;\xc5\r\n"[..],
        "navn;sted\nBø;Røyrvik\n–;Å\n".as_bytes(),
        "\u{feff}navn\tsted\nBø\tRøyrvik\n–\tÅ\n".as_bytes(),
        "\u{feff}sep=,\nnavn,sted\nBø,Røyrvik\n–,\"Å\"\n\n".as_bytes(),
    ] {
        let (table, problems) = read(bytes);
        let table = table.unwrap();
        assert_eq!(problems, [] as [&str; 0]);
        assert_eq!(table.columns[0].text(0), Ok("Bø"));
        assert_eq!(table.columns[0].text(1), Ok("–"));
        assert_eq!([table.columns[1].code(0), table.columns[1].code(1)], [Ok("Røyrvik"), Ok("Å")]);
    }
    assert_eq!(
        read(b"\xef\xbb\xbfnavn;sted\nx;\xc5\n").1,
        ["2 1 sted \u{fffd} unknown-code", "2 1 sted - invalid-utf-8"]
    );
    let mixed = ["navn;sted\nBøø;Å\n".as_bytes(), b"\xf8;\n"].concat();
    assert_eq!(read(&mixed).1, ["3 2 navn - invalid-utf-8"]);
    let twice = read("navn;sted\nBÃ¸;Å\nx;Å\nÃ¥Ã¦;Å\n".as_bytes()).1;
    assert_eq!(twice, ["2 1 navn - mojibake", "4 3 navn - mojibake", "4 3 navn - mojibake"]);
    let mixed = [b"navn;sted\nP\xc5\xbb;\xc5\n\xf8\xe6;\xc5\n".as_slice(), "Bø;\n".as_bytes()].concat();
    assert_eq!(read(&mixed).1, ["4 3 navn - utf-8-in-windows-1252"]);
    assert_eq!(read(b"\xff\xfen\0a\0").1, ["1 - - - utf-16"]);
}

#[test]
fn all_problems_are_counted() {
    let records = "1,x,7,a,x,1.5,\n".repeat(1000);
    let mut problems = Problems::new();
    let table = read_table("svar.csv", &with_header(&records), &codebook(), &mut problems).unwrap();
    assert_eq!(problems.list().len(), Problems::LIMIT);
    assert_eq!(problems.errors(), 2000);
    assert_eq!(problems.more().collect::<Vec<_>>(), [("svar.csv", 1900)]);
    assert_eq!(table.len(), 1000);
}

#[test]
fn problems_of_a_codebook_are_located() {
    let survey = "type,name,label\nselect_one kan,a,A\nselect_one fins_ikke,b,B\nnoe,c,C\ninteger,a,A\ntext,,T\n";
    let choices = "list_name,name,label,missing\nx,8,X,\nkan,1,Ja,\nkan,2,Nei,\nkan,2,Nei,\nkan,9,?,kanskje\n";
    let mut problems = Problems::new();
    let _ = Codebook::from_xlsform(("s", survey.as_bytes()), ("c", choices.as_bytes()), &mut problems);
    assert_eq!(
        places(problems.list()),
        [
            "5 4 name 2 duplicate",
            "6 5 missing kanskje unknown-missing",
            "3 2 type select_one fins_ikke unknown-list",
            "4 3 type noe unknown-type",
            "5 4 name a duplicate",
            "6 5 name  no-name",
        ]
    );
    let first = problems.list()[0].what.expected(Lang::En).unwrap();
    assert_eq!(first, "a new name; the first is on line 4");
}

#[test]
fn registers_with_a_table_schema() {
    let schema = r#"{
  "fields": [
    {"name": "kommunenr", "type": "string", "title": "Kommune"},
    {"name": "year", "type": "year"},
    {"name": "class", "type": "string", "constraints": {"enum": ["1", "6"]}},
    {"name": "andel", "type": "number", "decimalChar": ",", "constraints": {"minimum": 0, "maximum": 100}},
    {"name": "merknad", "type": "string", "constraints": {"required": false}}
  ],
  "missingValues": ["", "NA"]
}"#;
    let mut problems = Problems::new();
    let codebook = Codebook::from_table_schema("schema.json", schema.as_bytes(), &mut problems);
    assert!(problems.list().is_empty());
    let bytes = b"kommunenr;year;class;andel\n5043;2024;6;1,5\n0301;2025;1;:\n5042;2026;NA;101\n5042;x;7;1.5\n";
    let table = read_table("r.csv", bytes, &codebook, &mut problems).unwrap();
    assert_eq!(
        places(problems.list()),
        [
            "4 3 andel 101 out-of-range",
            "5 4 year x not-a-number",
            "5 4 class 7 unknown-code",
            "5 4 andel 1.5 wrong-decimal-mark",
        ]
    );
    assert_eq!(problems.list()[0].privacy, Privacy::Open);
    assert_eq!(table.column("kommunenr").unwrap().text(1), Ok("0301"), "a leading zero stays");
    assert_eq!(table.column("andel").unwrap().number(1), Err(Missing::Confidential));
    assert_eq!(table.column("class").unwrap().code(2), Err(Missing::NotAvailable));
    assert!(table.column("merknad").is_none());

    let mut problems = Problems::new();
    let _ = Codebook::from_table_schema("schema.json", b"{\n \"fields\": [\n {\"type\": 1}", &mut problems);
    assert_eq!(places(problems.list()), ["3 - - - schema"]);
    let mut problems = Problems::new();
    let unknown = b"{\"fields\": [\n {\"name\": \"a\", \"type\": \"text\"}]}";
    let _ = Codebook::from_table_schema("schema.json", unknown, &mut problems);
    assert_eq!(places(problems.list()), ["2 - a text unknown-type"]);
}

#[test]
fn constraints_that_do_not_hold_are_located() {
    let schema = br#"{"fields": [
  {"name": "a", "type": "integer", "constraints": {"minimun": 0, "unique": true, "maximum": 5}},
  {"name": "b", "type": "number", "constraints": {"minimum": "null", "maximum": null}},
  {"name": "c", "type": "year", "constraints": {"minimum": 0.5, "maximum": "2030"}},
  {"name": "d", "type": "date", "constraints": {"minimum": "2020-01-01"}}
]}"#;
    let mut problems = Problems::new();
    let _ = Codebook::from_table_schema("t", schema, &mut problems);
    assert_eq!(
        places(problems.list()),
        ["2 - a minimun unknown-constraint", "3 - b null bad-constraint", "4 - c 0.5 bad-constraint"]
    );
}
