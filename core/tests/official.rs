//! Registers from Statistics Norway's files as they are: which column is what, codes of other years, what is refused.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::cube::Cube;
use bygdepuls_core::problem::{Problems, Severity};
use bygdepuls_core::project::Project;
use bygdepuls_core::read::Table;
use bygdepuls_core::register::official::Input;
use bygdepuls_core::text::Lang;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const COMMUTING_2017: &[u8] = include_bytes!("official/commuting-2017-on-codes-of-2017.csv");
const EDUCATION_2017: &[u8] = include_bytes!("../../tests/data/statbank/ssb_education_table_2017_verbatim.txt");
const KLASS_710: &[u8] = include_bytes!("../../tests/data/statbank/klass_codes_710_v2682_utf8_comma_excerpt.csv");

fn glamdal() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/glamdal")
}

/// A register of a project with some municipalities; its rows as text, the notes, and the problems as code, column, value.
struct Opened {
    rows: Option<Vec<String>>,
    notes: Vec<String>,
    problems: Vec<(String, String, String)>,
    /// What the first problem expected.
    expected: Option<String>,
}

impl Opened {
    fn rows(&self) -> Vec<&str> {
        assert_eq!(self.problems, []);
        self.rows.as_ref().unwrap().iter().map(String::as_str).collect()
    }

    fn has_note(&self, words: &str) -> bool {
        self.notes.iter().any(|note| note.contains(words))
    }
}

fn open(codes: &[&str], id: &str, more: &str, data: &[u8]) -> Opened {
    let municipalities: String =
        codes.iter().map(|code| format!("[[municipality]]\ncode = \"{code}\"\nname = \"{code}\"\n")).collect();
    let toml = format!(
        "[region]\nid = \"r\"\nname = \"R\"\n{municipalities}[register.{id}]\nfile = \"ssb.csv\"\n{more}\nsource = \"SSB\"\ndate = \"2026-01-01\"\n[output]\nindicators = [\"centrality\"]\n"
    );
    let mut problems = Problems::new();
    let project = Project::parse("project.toml", &toml, &mut problems);
    assert_eq!(said(&problems), []);
    let project = project.unwrap();
    let files = BTreeMap::from([("ssb.csv".to_owned(), data.to_vec())]);
    let register = project.registers.iter().find(|register| register.id == id).unwrap();
    let opened = Input { register, files: &files, day: project.day() }.open(&mut problems);
    for problem in problems.list() {
        for lang in Lang::ALL {
            let words = [Some(problem.what.message(lang)), problem.what.expected(lang), problem.what.help(lang)];
            assert!(words.iter().flatten().all(|words| !words.contains("{0}")));
        }
    }
    let (rows, notes) = opened.map_or((None, Vec::new()), |(table, notes)| (Some(text(&table)), notes));
    let expected = problems.list().first().and_then(|problem| problem.what.expected(Lang::En));
    let expected = expected.map(|text| text.trim_start_matches("one of ").to_owned());
    Opened { rows, notes: notes.into_iter().map(|note| note.en).collect(), problems: said(&problems), expected }
}

/// Problems as code, column and value.
fn said(problems: &Problems) -> Vec<(String, String, String)> {
    let of = |one: &bygdepuls_core::problem::Problem| {
        let sign = if one.severity == Severity::Warning { "warning " } else { "" };
        let code = format!("{sign}{}", one.what.code());
        (code, one.column.clone().unwrap_or_default(), one.value.clone().unwrap_or_default())
    };
    problems.list().iter().map(of).collect()
}

fn text(table: &Table) -> Vec<String> {
    let field = |record: usize, column: &bygdepuls_core::read::Column| match column.number(record) {
        Ok(number) => number.to_string(),
        Err(why) => column.text(record).map_or_else(|_| format!("{why:?}"), str::to_owned),
    };
    (0..table.len())
        .map(|record| table.columns.iter().map(|column| field(record, column)).collect::<Vec<_>>().join(","))
        .collect()
}

#[test]
fn population_by_age_and_sex_in_all_layouts() {
    // The same figures in three forms of the statistics bank; with codes, ages are `015` and 1 is men.
    let csv3 = "\"Region\",\"Kjonn\",\"Alder\",\"ContentsCode\",\"Tid\",\"07459\"\n\
        \"3401\",\"1\",\"015\",\"Personer1\",\"2026\",110\n\"3401\",\"2\",\"015\",\"Personer1\",\"2026\",104\n\
        \"3401\",\"1\",\"105+\",\"Personer1\",\"2026\",0\n\"3401\",\"2\",\"105+\",\"Personer1\",\"2026\",:\n";
    let csv2 = "\"region\";\"kjønn\";\"alder\";\"statistikkvariabel\";\"år\";\"07459: Befolkning\"\n\
        \"3401 Kongsvinger\";\"Menn\";\"15 år\";\"Personer\";\"2026\";110\n\"3401 Kongsvinger\";\"Kvinner\";\"15 år\";\"Personer\";\"2026\";104\n\
        \"3401 Kongsvinger\";\"Menn\";\"105 år eller eldre\";\"Personer\";\"2026\";-\n\"3401 Kongsvinger\";\"Kvinner\";\"105 år eller eldre\";\"Personer\";\"2026\";:\n";
    let csv = "\"07459: Befolkning\"\n\n\"region\";\"kjønn\";\"alder\";\"Personer 2026\"\n\
        \"3401 Kongsvinger\";\"Menn\";\"15 år\";110\n\"3401 Kongsvinger\";\"Kvinner\";\"15 år\";104\n\
        \"3401 Kongsvinger\";\"Menn\";\"105 år eller eldre\";0\n\"3401 Kongsvinger\";\"Kvinner\";\"105 år eller eldre\";:\n";
    let json = r#"{"version":"2.0","class":"dataset","label":"07459","id":["Region","Kjonn","Alder","ContentsCode","Tid"],
        "size":[1,2,2,1,1],"role":{"time":["Tid"],"geo":["Region"],"metric":["ContentsCode"]},"dimension":{
        "Region":{"label":"region","category":{"index":{"3401":0},"label":{"3401":"Kongsvinger"}}},
        "Kjonn":{"label":"kjønn","category":{"index":{"1":0,"2":1},"label":{"1":"Menn","2":"Kvinner"}}},
        "Alder":{"label":"alder","category":{"index":{"015":0,"105+":1},"label":{"015":"15 år","105+":"105 år eller eldre"}}},
        "ContentsCode":{"label":"statistikkvariabel","category":{"index":{"Personer1":0},"label":{"Personer1":"Personer"},"unit":{"Personer1":{"base":"personer","decimals":0}}}},
        "Tid":{"label":"år","category":{"index":{"2026":0},"label":{"2026":"2026"}}}},
        "value":[110,0,104,null],"status":{"3":":"}}"#;
    for form in [csv3.as_bytes(), csv2.as_bytes(), csv.as_bytes(), json.as_bytes()] {
        let opened = open(&["3401"], "population", "", form);
        assert_eq!(
            opened.rows(),
            ["3401,2026,105,Confidential,Confidential,0", "3401,2026,15,214,104,110"],
            "{}",
            String::from_utf8_lossy(form)
        );
        assert!(opened.has_note("women and men were added up"), "{:?}", opened.notes);
    }
    // Bands are no single years; and 90 and over is not one year either.
    let bands = csv3.replace("\"015\"", "\"F15-19\"");
    let opened = open(&["3401"], "population", "", bands.as_bytes());
    assert_eq!(opened.problems, [("not-a-single-age".into(), "Alder".into(), "F15-19".into())]);
    let opened = open(&["3401"], "population", "", csv3.replace("105+", "90+").as_bytes());
    assert_eq!(opened.problems, [("not-a-single-age".into(), "Alder".into(), "90+".into())]);
    // As bands both will do.
    let opened = open(&["3401"], "age_bands", "", bands.as_bytes());
    assert_eq!(opened.rows(), ["3401,2026,214,Confidential"]);
}

#[test]
fn components_of_change_by_their_names() {
    let head = "Region,ContentsCode,Tid,value\n";
    let rows = [
        ("Fodte2", 5),
        ("Dode3", 7),
        ("Innvandring5", 4),
        ("Utvandring6", 1),
        ("Tilflytting7", 30),
        ("Fraflytting8", 33),
        ("Nettoinnflytting9", 0),
    ];
    let csv: String = rows.iter().map(|(code, value)| format!("K-3401,{code},2025,{value}\n")).collect();
    let opened = open(&["3401"], "change", "", format!("{head}{csv}").as_bytes());
    assert_eq!(opened.rows(), ["3401,2025,5,7,34,34"]);
    assert!(opened.has_note("the column in_migration is “Innvandring5”") && opened.has_note("K-3401"));
    // A term that is missing: nothing is made of half a column.
    let half = csv.replace("K-3401,Innvandring5,2025,4\n", "");
    let opened = open(&["3401"], "change", "", format!("{head}{half}").as_bytes());
    assert_eq!(opened.problems, [("no-measure-for".into(), "in_migration".into(), String::new())]);
    let more = "columns = { in_migration = \"Tilflytting7\", out_migration = [\"Utvandring6\", \"Fraflytting8\"] }";
    let opened = open(&["3401"], "change", more, format!("{head}{half}").as_bytes());
    assert_eq!(opened.rows(), ["3401,2025,5,7,30,34"]);
    // Quarters are no years.
    let quarters = csv.replace(",2025,", ",2025K3,") + &csv.replace(",2025,", ",2025K4,");
    let opened = open(&["3401"], "change", "", format!("{head}{quarters}").as_bytes());
    assert_eq!(opened.problems[0], ("several-periods".into(), "Tid".into(), "2025K4".into()));
    let opened = open(&["3401"], "change", "where = { Tid = \"2025K4\" }", format!("{head}{quarters}").as_bytes());
    assert_eq!(opened.rows(), ["3401,2025,5,7,34,34"]);
    assert!(
        opened.has_note("periods are read as years, 2025K4 as 2025") && opened.has_note("of Tid only 2025K4 was used")
    );
}

#[test]
fn education_as_statistics_norway_writes_it() {
    let opened = open(&["3101"], "education", "year = 2017\ncodes = \"2017\"", EDUCATION_2017);
    assert_eq!(
        opened.rows(),
        [
            "3101,2017,all,25546",
            "3101,2017,basic,7801",
            "3101,2017,higher,6895",
            "3101,2017,unspecified,169",
            "3101,2017,upper_secondary,10101",
            "3101,2017,vocational_tertiary,580",
            "3124,2017,all,1182",
            "3124,2017,basic,398",
            "3124,2017,higher,216",
            "3124,2017,unspecified,4",
            "3124,2017,upper_secondary,535",
            "3124,2017,vocational_tertiary,29",
            "0,2017,all,4303971",
            "0,2017,basic,1120681",
            "0,2017,higher,1431062",
            "0,2017,unspecified,28431",
            "0,2017,upper_secondary,1601036",
            "0,2017,vocational_tertiary,122761",
        ]
    );
    assert!(opened.has_note("left out: Grunnskole %, VGS %, Fagskole %, UH %"));
    assert!(opened.has_note("the year 2017 is given by the project"));
    // No year: refused.
    let opened = open(&["3101"], "education", "", EDUCATION_2017);
    assert_eq!(opened.problems, [("no-dimension-for".into(), "year".into(), String::new())]);
    // Table 09429: short and long higher education are added up, percent is no count.
    let long = "region;nivå;kjønn;statistikkvariabel;år;09429\n";
    let levels = [
        ("02a Videregående skolenivå", 40),
        ("03a Universitets- og høgskolenivå, kort", 20),
        ("04a Universitets- og høgskolenivå, lang", 5),
    ];
    let rows: String = levels
        .iter()
        .map(|(level, count)| {
            format!("3401 Kongsvinger;{level};Begge kjønn;Personer 16 år og over;2024;{count}\n3401 Kongsvinger;{level};Begge kjønn;Personer 16 år og over (prosent);2024;9,5\n")
        })
        .collect();
    let opened = open(&["3401"], "education", "", format!("{long}{rows}").as_bytes());
    assert_eq!(opened.rows(), ["3401,2024,higher,25", "3401,2024,upper_secondary,40"]);
    assert!(opened.has_note("higher = Universitets- og høgskolenivå, kort + Universitets- og høgskolenivå, lang"));
}

#[test]
fn the_classes_of_klass() {
    let opened = open(&["0301"], "centrality", "", KLASS_710);
    assert!(opened.problems.is_empty(), "{:?}", opened.problems);
    assert_eq!(opened.rows.as_ref().unwrap()[0], "0301,Oslo,2024,1000,1");
    assert!(opened.has_note("the edition 2024 was found by the limits") && opened.has_note("codes of other years"));
}

#[test]
fn jobs_and_areas_that_are_none() {
    let csv = "region;næring (SN2007);år;Sysselsatte personer etter arbeidssted;Sysselsatte personer etter bosted\n\
        0 Hele landet;00-99 Alle næringer;2024;100;100\n34 Innlandet;00-99 Alle næringer;2024;50;40\n\
        3401 Kongsvinger;00-99 Alle næringer;2024;10;9\n3401 Kongsvinger;01-03 Jordbruk, skogbruk og fiske;2024;..;1\n";
    let opened = open(&["3401"], "jobs", "", csv.as_bytes());
    assert_eq!(opened.rows(), ["0,2024,all,100", "3401,2024,01-03,NotAvailable", "3401,2024,all,10"]);
    assert!(opened.has_note("areas that are neither municipalities nor the country are left out (34 Innlandet)"));
}

/// Files with texts alone have no codes: names are looked up on the project's day.
#[test]
fn names_without_codes() {
    let csv = "region;år;Sysselsatte personer etter bosted;Personer i alt\nHele landet;2025;90;100\nInnlandet;2025;50;70\n\
        Kongsvinger;2025;8;12\nRaarvihke - Røyrvik;2025;2;3\nRingebu;2025;1;2\nAlstahaug (-2019);2025;.;.\n";
    let opened = open(&["3401"], "employment", "", csv.as_bytes());
    assert_eq!(opened.rows(), ["0,2025,90,100", "3401,2025,8,12", "3439,2025,1,2", "5043,2025,2,3"]);
    let note = "region has names without codes; 3 of them are read as the municipalities called so on 2026-01-01, such as 3401 Kongsvinger";
    assert!(opened.has_note(note), "{:?}", opened.notes);
    assert!(
        opened.has_note("2 areas that are neither municipalities nor the country are left out (Alstahaug, Innlandet)")
            || opened.has_note("left out (Alstahaug (-2019), Innlandet)"),
        "{:?}",
        opened.notes
    );
    // Another day has other municipalities; and figures of one whose borders were others may be of either.
    let opened = open(&["3401"], "employment", "codes = \"2019-01-01\"", csv.as_bytes());
    assert!(opened.rows.unwrap().contains(&"3401,2025,8,12".to_owned()));
    let stavanger = csv.replace("Kongsvinger", "Stavanger").replace("2025", "2019");
    let opened = open(&["1103"], "employment", "", stavanger.as_bytes());
    assert_eq!(opened.problems, [("codes-unclear".into(), "region".into(), "1103".into())]);
    // A new code alone makes no difference: Kongsvinger and Ringebu are as they were.
    let renumbered = csv.replace("2025", "2019");
    assert!(open(&["3401"], "employment", "", renumbered.as_bytes()).rows().contains(&"3401,2019,8,12"));
    // Two are called Våler. Misspelt names and other regions are not guessed at: economic regions are called Kongsvinger too.
    for (name, could) in [
        ("Våler", "3114 Våler (Østfold), 3419 Våler (Innlandet)"),
        ("Ringeby", "3439 Ringebu"),
        ("Midt-Gudbrandsdalen", ""),
    ] {
        let opened = open(&["3401"], "employment", "", csv.replace("Ringebu", name).as_bytes());
        assert_eq!(opened.problems, [("name-unclear".into(), "region".into(), name.into())], "{could}");
        assert_eq!(opened.expected.as_deref().unwrap_or_default(), could);
    }
    let opened = open(&["3401"], "employment", "", csv.replace("Ringebu", "Våler (Innlandet)").as_bytes());
    assert_eq!(opened.rows()[2], "3419,2025,1,2");
    let chosen = "where = { region = [\"Kongsvinger\"] }";
    let opened = open(&["3401"], "employment", chosen, csv.replace("Ringebu", "Våler").as_bytes());
    assert_eq!(opened.rows(), ["3401,2025,8,12"]);
    let opened = open(
        &["3401"],
        "employment",
        "",
        b"region;\xe5r;Sysselsatte personer etter bosted;Personer i alt\nNorden;2025;8;12\nAsia;2025;8;12\n",
    );
    assert_eq!(opened.problems, [("no-municipalities".into(), "kommunenr".into(), String::new())]);
}

/// A table of the population without ages is the total of the bands.
#[test]
fn totals_without_ages() {
    let csv = "\"07459: Befolkning, etter region, statistikkvariabel og år\"\n\n\"region\";\"Personer 2024\";\"Personer 2025\"\n\
        \"3401 Kongsvinger\";17841;..\n\"0 Hele landet\";5550203;5594340\n";
    let opened = open(&["3401"], "age_bands", "", csv.as_bytes());
    assert_eq!(opened.rows(), ["0,2024,5550203", "0,2025,5594340", "3401,2024,17841", "3401,2025,NotAvailable"]);
}

const TWO_YEARS: &str = "region;år;Sysselsatte personer etter bosted;Personer i alt\n\
    0402 Kongsvinger (-2019);2019;8000;12000\n0402 Kongsvinger (-2019);2020;.;.\n\
    3401 Kongsvinger;2019;.;.\n3401 Kongsvinger;2020;8100;12100\n";

#[test]
fn codes_of_each_year_are_recognised() {
    let opened = open(&["3401"], "employment", "", TWO_YEARS.as_bytes());
    assert_eq!(opened.rows(), ["3401,2019,8000,12000", "3401,2020,8100,12100"]);
    assert!(opened.has_note("the codes are those of 1 January of the year of the row"), "{:?}", opened.notes);
    assert!(opened.has_note("1 a new code"));
    // The project's own codes in all years, as Statistics Norway's groupings have them.
    let own = "region;år;Sysselsatte personer etter bosted;Personer i alt\n3401 Kongsvinger;2019;8000;12000\n";
    let opened = open(&["3401"], "employment", "", own.as_bytes());
    assert_eq!(opened.rows(), ["3401,2019,8000,12000"]);
    assert!(opened.has_note("the codes are those of 2026-01-01, in all years"));
    // Stavanger took in Finnøy and Rennesøy in 2020 and kept its code: only the project knows which Stavanger is meant.
    let stavanger = "region;år;Sysselsatte personer etter bosted;Personer i alt\n1103 Stavanger;2019;70000;99000\n";
    let opened = open(&["1103"], "employment", "", stavanger.as_bytes());
    assert_eq!(opened.problems, [("codes-unclear".into(), "region".into(), "1103".into())]);
    let opened = open(&["1103"], "employment", "codes = \"2026-01-01\"", stavanger.as_bytes());
    assert_eq!(opened.rows(), ["1103,2019,70000,99000"]);
    let opened = open(&["1103"], "employment", "codes = \"year\"", stavanger.as_bytes());
    assert_eq!(opened.problems, [("warning incomplete".into(), "region".into(), String::new())]);
    assert_eq!(opened.rows.unwrap(), ["1103,2019,NotAvailable,NotAvailable"]);
}

#[test]
fn merged_adds_up_and_divided_is_refused() {
    let csv = "region;år;Sysselsatte personer etter bosted;Personer i alt\n\
        0704 Tønsberg;2019;10;20\n0716 Re;2019;4;:\n1534 Haram;2019;1;2\n1504 Ålesund;2019;7;9\n1523 Ørskog;2019;1;1\n1529 Skodje;2019;1;1\n1546 Sandøy;2019;1;1\n";
    let opened = open(&["3905"], "employment", "", csv.as_bytes());
    assert_eq!(
        opened.problems,
        [("divided".into(), "region".into(), "1504 Ålesund, 2019".into())].map(|mut one: (String, String, String)| {
            one.2 = "1504, 2019".into();
            one
        })
    );
    let opened = open(&["3905"], "employment", "splits = \"unit\"", csv.as_bytes());
    assert_eq!(opened.rows(), ["3905,2019,14,Confidential", "1508+1580,2019,11,14"]);
    assert!(opened.has_note("1504+1523+1529+1534+1546 is kept together as 1508+1580"));
    let opened = open(&["3905"], "employment", "splits = \"leave-out\"", csv.as_bytes());
    assert_eq!(opened.rows(), ["3905,2019,14,Confidential"]);
    // Tysfjord and Snillfjord went to several in 2020; Stokke in 2017.
    for (code, year) in [("1850", 2019), ("5012", 2019), ("0720", 2016)] {
        let csv = format!(
            "region;år;Sysselsatte personer etter bosted;Personer i alt\n{code} X;{year};10;20\n3401 Kongsvinger;2020;1;1\n"
        );
        let opened = open(&["3401"], "employment", "", csv.as_bytes());
        assert!(opened.problems.iter().any(|(what, ..)| what == "divided"), "{code}: {:?}", opened.problems);
    }
}

#[test]
fn totals_of_commuting_are_not_merged() {
    let csv = "region;år;arbeidsplasser;bosatte;begge\n0704 Tønsberg;2017;10;11;8\n0716 Re;2017;4;6;2\n";
    let more =
        "columns = { workplaces = \"arbeidsplasser\", employed_residents = \"bosatte\", live_and_work = \"begge\" }";
    let opened = open(&["3905"], "commuting_totals", more, csv.as_bytes());
    assert_eq!(opened.problems, [("flows-inside".into(), "region".into(), "0704".into())]);
}

/// The cubes of Glåmdal, with some lines of the project file replaced and some files besides.
fn cubes(
    replace: &[(&str, &str)],
    extra: &[(&str, &[u8])],
    indicators: &str,
) -> Result<Vec<Cube>, Vec<(String, String, String)>> {
    let mut toml = fs::read_to_string(glamdal().join("project.toml")).unwrap();
    for (from, to) in replace {
        assert!(toml.contains(from), "{from}");
        toml = toml.replace(from, to);
    }
    let start = toml.find("indicators = [").unwrap();
    let toml = format!("{}indicators = [{indicators}]\n", &toml[..start]);
    let mut problems = Problems::new();
    let project = Project::parse("project.toml", &toml, &mut problems).unwrap();
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for name in project.files() {
        let given = extra.iter().find(|(file, _)| *file == name).map(|(_, data)| data.to_vec());
        files.insert(name.to_owned(), given.unwrap_or_else(|| fs::read(glamdal().join(name)).unwrap()));
    }
    let outcome = project.load(&files, &mut problems).and_then(|loaded| loaded.compute(None, &mut problems));
    match outcome {
        Some(outcome) => Ok(outcome.public.iter().map(|cube| (**cube).clone()).collect()),
        None => Err(said(&problems)),
    }
}

const COMMUTING: &str = "file = \"register/commuting.csv\"\nschema = \"register/commuting.schema.json\"";

#[test]
fn commuting_of_2017_gives_the_figures_of_the_converted_file() {
    let indicators = "\"commuting\", \"job_coverage\", \"employment_rate\"";
    let ready = cubes(&[], &[], indicators).unwrap();
    let file = [("ssb/03321.csv", COMMUTING_2017)];
    let own = cubes(&[(COMMUTING, "file = \"ssb/03321.csv\"\nsplits = \"unit\"")], &file, indicators).unwrap();
    for (ready, own) in ready.iter().zip(&own) {
        assert_eq!(ready.cells, own.cells, "{}", ready.id);
        assert!(own.about.method.en.contains("Read from ssb/03321.csv"), "{}", own.about.method.en);
        assert!(own.about.method.en.contains("is kept together as 1508+1580"), "{}", own.about.method.en);
    }
    // Without a word about divided municipalities it is refused, with the place.
    let refused = cubes(&[(COMMUTING, "file = \"ssb/03321.csv\"")], &file, indicators).unwrap_err();
    assert!(refused.iter().all(|(what, ..)| what == "divided"), "{refused:?}");
    assert!(
        refused.iter().any(|(_, column, value)| column == "arbeidsstedskommune" && value.starts_with("1504")),
        "{refused:?}"
    );
}

#[test]
fn a_class_must_follow_from_its_index() {
    let classes = fs::read_to_string(glamdal().join("register/centrality.csv")).unwrap();
    let wrong = classes.replace("3401,Kongsvinger,2024,792,3", "3401,Kongsvinger,2024,792,4");
    assert_ne!(wrong, classes);
    let refused = cubes(&[], &[("register/centrality.csv", wrong.as_bytes())], "\"centrality\"").unwrap_err();
    assert_eq!(refused, [("other-class".into(), "index, class".into(), "792, 4".into())]);
    // Limits of the edition of 2020 are not known: nothing is checked, and the method says so.
    let other = classes.replace(",2024,", ",2020,");
    let found = cubes(&[], &[("register/centrality.csv", other.as_bytes())], "\"centrality\"").unwrap();
    assert!(found[0].about.method.en.contains("the limits of the classes of the edition 2020 are not known here"));
    let mixed = classes.replace("3401,Kongsvinger,2024", "3401,Kongsvinger,2020");
    let refused = cubes(&[], &[("register/centrality.csv", mixed.as_bytes())], "\"centrality\"").unwrap_err();
    assert_eq!(refused[0].0, "two-editions");
}

const NEWEST: &str = "region;år;Sysselsatte personer etter bosted;Personer i alt\n3401 Kongsvinger;2024;8000;12000\n";

#[test]
fn damaged_files_are_refused_with_a_place() {
    let refused = |from: &str, to: &str| {
        assert!(NEWEST.contains(from));
        let opened = open(&["3401"], "employment", "", NEWEST.replace(from, to).as_bytes());
        assert_eq!(opened.rows.is_none(), opened.problems.iter().any(|(code, ..)| !code.starts_with("warning")));
        opened.problems
    };
    let one = |code: &str, column: &str, value: &str| vec![(code.to_owned(), column.to_owned(), value.to_owned())];
    assert_eq!(open(&["3401"], "employment", "", NEWEST.as_bytes()).rows(), ["3401,2024,8000,12000"]);
    // Not a number of people; the place is the municipality and the year, since the row was put together.
    assert_eq!(refused("8000", "-8000"), one("not-a-count", "employed", "-8000, 3401, 2024"));
    assert_eq!(refused("8000", "8000,5"), one("not-a-count", "employed", "8000.5, 3401, 2024"));
    assert_eq!(refused("8000", "80000000000000"), one("not-a-count", "employed", "80000000000000, 3401, 2024"));
    let letters =
        format!("{}3414 Nord-Odal;2024;2000;3000\n3415 Sør-Odal;2024;3000;4000\n", NEWEST.replace("8000", "8OOO"));
    let opened = open(&["3401"], "employment", "", letters.as_bytes());
    assert_eq!(opened.problems, one("not-a-number", "Sysselsatte personer etter bosted", "8OOO"));
    // Cut off inside the last number, which looks whole.
    assert_eq!(refused("12000\n", "120")[0].0, "no-line-end");
    // The name of another municipality beside the code; a code that never was one.
    assert_eq!(refused("Kongsvinger", "Hamar"), one("warning other-name", "region", "3401 Hamar"));
    assert_eq!(refused("3401 Kongsvinger", "3402 Kongsvinger")[0].0, "not-then");
    // Headings that do not belong to their columns.
    assert!(!refused("region;år;", "år;region;").is_empty());
    assert!(!refused("region;år;Sysselsatte personer etter bosted;", "region;år;").is_empty());
    // Points that could be decimals.
    let points = NEWEST.replace("8000", "8.000").replace("12000", "12.000");
    assert!(open(&["3401"], "employment", "", points.as_bytes()).rows.is_none());
    assert_eq!(
        open(&["3401"], "employment", "decimal = \"comma\"", points.as_bytes()).rows(),
        ["3401,2024,8000,12000"]
    );
    let spaces = NEWEST.replace("8000", "8 000").replace("12000", "12 000") + "\nFotnote: 15-74 år.\n";
    assert_eq!(open(&["3401"], "employment", "", spaces.as_bytes()).rows(), ["3401,2024,8000,12000"]);
    // Short higher education alone is not higher education.
    let short = "region;nivå;år;Personer\n3401 Kongsvinger;03a Universitets- og høgskolenivå, kort;2024;20\n3401 Kongsvinger;02a Videregående skolenivå;2024;40\n";
    assert_eq!(open(&["3401"], "education", "", short.as_bytes()).problems, one("half-of-higher", "nivå", ""));
}
