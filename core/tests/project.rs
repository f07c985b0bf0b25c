//! Small projects made here, worked by hand: who counts, whose count is N, what is missing and how.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::cube::{Cube, Status};
use bygdepuls_core::export::jsonstat;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::{Outcome, Project};
use bygdepuls_core::text::Lang;
use std::collections::BTreeMap;

const PROJECT: &str = r#"
[region]
id = "r"
name = "R"
[[municipality]]
code = "5043"
name = "A"
[[municipality]]
code = "5042"
name = "B"
[questionnaire]
survey = "survey.csv"
choices = "choices.csv"
[roles]
[[wave]]
code = "1"
years_after = 0
[[wave]]
code = "3"
years_after = 8
[[answers]]
year = 2025
file = "2025.csv"
closes = "2025-04-30"
[register.population]
file = "population.csv"
schema = "schema.json"
invited = "invited.csv"
[output]
indicators = ["return_intent"]
[disclosure]
[[source]]
text = "S"
"#;
const SURVEY: &str = "type,name,label,waves\nselect_one bolge,bolge,B,\nselect_one ja,samtykke_svar,S,\ntext,panelkode,P,\n\
    select_one kommune,kommune_oppvekst,K,\nselect_one bosted,kommune_na,N,3\nselect_one enig,int_kunne,I,\n\
    select_one ja,siste,L,\nend,end,E,\n";
const CHOICES: &str = "list_name,name,label,missing\nbolge,1,en,\nbolge,3,tre,\nja,1,ja,\nja,2,nei,\nkommune,5042,B,\n\
    kommune,5043,A,\nkommune,9,annen,\nbosted,5042,B,\nbosted,5043,A,\nbosted,9,annen,\nenig,1,1,\nenig,2,2,\nenig,3,3,\n\
    enig,4,4,\nenig,5,5,\nenig,98,vet ikke,dont_know\nenig,99,vil ikke,refused\n";
const SCHEMA: &str = r#"{"fields":[{"name":"kommunenr","type":"string"},{"name":"year","type":"integer"},
    {"name":"age","type":"integer"},{"name":"total","type":"integer"}]}"#;
const POPULATION: &str = "kommunenr,year,age,total\n5042,2025,15,12\n5043,2025,15,4\n5042,2017,15,10\n5043,2017,15,3\n";
const HEADER: &str = "bolge,samtykke_svar,panelkode,kommune_oppvekst,kommune_na,int_kunne,siste,end\n";

/// Runs the project on rows of answers and a list of invited.
fn run(rows: &str, invited: &str) -> (Outcome, Problems) {
    let mut problems = Problems::new();
    let outcome = try_run(rows, invited, &mut problems).unwrap_or_else(|| panic!("{:#?}", problems.list()));
    (outcome, problems)
}

fn try_run(rows: &str, invited: &str, problems: &mut Problems) -> Option<Outcome> {
    let project = Project::parse("project.toml", PROJECT, problems)?;
    let files: BTreeMap<String, Vec<u8>> = [
        ("survey.csv", SURVEY.to_string()),
        ("choices.csv", CHOICES.to_string()),
        ("schema.json", SCHEMA.to_string()),
        ("population.csv", POPULATION.to_string()),
        ("invited.csv", format!("year,wave,municipality,invited\n2025,w3,5042,10\n{invited}")),
        ("2025.csv", format!("{HEADER}{rows}")),
    ]
    .map(|(name, text)| (name.to_string(), text.into_bytes()))
    .into();
    project.load(&files, problems)?.compute(None, problems)
}

fn value(cube: &Cube, figure: &str, variant: &str, wave: &str, area: &str, measure: &str) -> Option<f64> {
    let at: Vec<usize> =
        [("figure", figure), ("dont_know", variant), ("wave", wave), ("period", "2025"), ("area", area)]
            .into_iter()
            .map(|(axis, code)| {
                let categories = &cube.dimensions[cube.dimension(axis).unwrap()].categories;
                categories.iter().position(|category| category.code == code).unwrap()
            })
            .collect();
    cube.value(cube.cell(&at).unwrap(), measure)
}

/// One per kind: yes, no, 98, 99, left empty, broken off, and one that is not asked where it lives.
#[test]
fn every_kind_of_missing_keeps_its_meaning() {
    let rows = "1,1,a,5042,,5,1,2025-04-01\n1,1,b,5042,,2,1,2025-04-01\n1,1,c,5042,,98,1,2025-04-01\n\
                1,1,d,5042,,99,1,2025-04-01\n1,1,e,5042,,,1,2025-04-01\n1,1,f,5042,,,,\n";
    let (outcome, problems) = run(rows, "");
    assert!(problems.list().is_empty(), "{:#?}", problems.list());
    let cube = &outcome.internal[0];
    let of = |variant, measure| value(cube, "intent", variant, "w1", "5042", measure).unwrap();
    assert_eq!([of("outside", "x"), of("outside", "n"), of("outside", "base_population")], [1.0, 2.0, 11.0]);
    assert_eq!([of("inside", "x"), of("inside", "n"), of("inside", "base_population")], [1.0, 3.0, 12.0]);
    for kind in ["item_dont_know", "item_refused", "item_no_answer", "item_break_off"] {
        assert_eq!(of("outside", kind), 1.0, "{kind}");
    }
    assert_eq!(
        [of("outside", "item_not_asked"), of("outside", "responded"), of("outside", "population")],
        [0.0, 6.0, 12.0]
    );
    // A figure that this wave does not have is absent, not zero.
    assert_eq!(value(cube, "return_intent", "outside", "w1", "5042", "n"), None);
}

/// Home 1 (whatever it says), elsewhere: yes, no, don't know; and one whose place is unknown.
#[test]
fn those_at_home_and_those_elsewhere_are_asked_different_things() {
    let rows = "3,1,a,5042,5043,99,1,2025-04-01\n3,1,b,5042,9,4,1,2025-04-01\n3,1,c,5042,9,1,1,2025-04-01\n\
                3,1,d,5042,9,98,1,2025-04-01\n3,1,e,5042,,5,1,2025-04-01\n";
    let (outcome, _) = run(rows, "");
    let cube = &outcome.internal[0];
    let of = |figure, measure| value(cube, figure, "outside", "w3", "5042", measure).unwrap();
    // x, n, N of the base; the cohort of 2017 held 10.
    assert_eq!(["x", "n", "base_population"].map(|measure| of("return_intent", measure)), [1.0, 2.0, 8.0]);
    assert_eq!(["x", "n", "base_population"].map(|measure| of("already_home", measure)), [1.0, 4.0, 10.0]);
    assert_eq!(["x", "n", "base_population"].map(|measure| of("lives_or_wants", measure)), [2.0, 3.0, 9.0]);
}

#[test]
fn an_invitation_list_wins_over_the_register() {
    let rows = "1,1,a,5043,,5,1,2025-04-01\n";
    let n = |invited: &str| value(&run(rows, invited).0.internal[0], "intent", "outside", "w1", "5043", "population");
    assert_eq!((n(""), n("2025,w1,5043,6\n"), n("2024,w1,5043,6\n")), (Some(4.0), Some(6.0), Some(4.0)));
}

#[test]
fn an_invitation_list_is_checked_too() {
    let mut problems = Problems::new();
    let outcome = try_run(
        "1,1,a,5043,,5,1,2025-04-01\n",
        "2025,w7,5043,6\n2025,1,5099,6\n2025,1,5043,6\n2025,w1,5043,7\n",
        &mut problems,
    );
    assert!(outcome.is_none());
    let found: Vec<_> =
        problems.list().iter().map(|p| (p.what.code(), p.line.unwrap(), p.column.clone().unwrap())).collect();
    let expected = [
        ("unknown-word", 3, "wave".to_string()),
        ("unknown-word", 4, "municipality".to_string()),
        ("twice", 6, "year, wave, municipality".to_string()),
    ];
    assert_eq!(found, expected);
}

#[test]
fn more_answers_than_the_cohort_holds_is_a_warning_and_leaves_no_interval() {
    let rows: String = (0..5).map(|i| format!("1,1,p{i},5043,,{},1,2025-04-01\n", i + 1)).collect();
    let (outcome, problems) = run(&rows, "");
    assert_eq!(problems.errors(), 0);
    let [warning] = problems.list() else { panic!("{:#?}", problems.list()) };
    assert_eq!(warning.what.code(), "more-than-cohort");
    assert_eq!(warning.what.message(Lang::En), "more answered (5) than the cohort holds (4)");
    let cube = &outcome.internal[0];
    for area in ["5043", "r"] {
        assert_eq!(value(cube, "intent", "outside", "w1", area, "ci_lower"), None, "{area}");
        assert_eq!(value(cube, "intent", "outside", "w1", area, "estimate"), Some(0.4), "{area}");
    }
}

/// Late by a day, a duplicate (the complete one stays, though it comes first), no consent, another municipality.
#[test]
fn rows_that_do_not_count() {
    let rows = "1,1,a,5042,,5,1,2025-05-01T00:00\n1,1,b,5042,,4,1,2025-04-30T23:59\n1,1,b,5042,,1,,\n\
                1,2,c,5042,,5,1,2025-04-01\n1,1,d,9,,5,1,2025-04-01\n1,1,b,5043,,1,1,2025-04-01\n";
    let (outcome, _) = run(rows, "");
    let why: Vec<(&str, u64)> = outcome.left_out.iter().map(|(_, why, rows)| (why.code(), *rows)).collect();
    assert_eq!(why, [("no_consent", 1), ("outside_region", 1), ("late", 1), ("duplicate", 1)]);
    assert_eq!(value(&outcome.internal[0], "intent", "outside", "w1", "5042", "estimate"), Some(1.0));
}

#[test]
fn cubes_read_back_equal() {
    let rows: String = (0..11).map(|i| format!("1,1,p{i},5042,,{},1,2025-04-01\n", 1 + i % 5)).collect();
    let (outcome, _) = run(&rows, "");
    let internal = &outcome.internal[0];
    assert_eq!(jsonstat::read_internal(&jsonstat::write_internal(internal)).as_ref(), Ok(internal));
    let public = &outcome.public[0];
    assert_eq!(jsonstat::read(&jsonstat::write(public)).as_ref(), Ok(public));
    // What is internal cannot be read as if it had been published.
    assert!(jsonstat::read(&jsonstat::write_internal(internal)).is_err());
    assert_eq!(public.cells.iter().filter(|cell| cell.status == Status::Band).count(), 1);
}

/// Two years, the second with its own questionnaire: what its sheet `survey` is, what stands under `[[answers]]` of 2026.
fn two_years(survey: &str, keys: &str, rows_2026: &str) -> (Option<Outcome>, Problems) {
    let mut problems = Problems::new();
    let own = format!(
        "closes = \"2025-04-30\"\n[[answers]]\nyear = 2026\nfile = \"2026.csv\"\ncloses = \"2026-04-30\"\n\
         questionnaire = {{ survey = \"survey-2026.csv\", choices = \"choices.csv\" }}\n{keys}\n"
    );
    let text = PROJECT.replace("closes = \"2025-04-30\"\n", &own);
    let population = format!("{POPULATION}5042,2026,15,12\n5043,2026,15,4\n5042,2018,15,10\n5043,2018,15,3\n");
    let files: BTreeMap<String, Vec<u8>> = [
        ("survey.csv", SURVEY.to_string()),
        ("survey-2026.csv", survey.to_string()),
        ("choices.csv", CHOICES.to_string()),
        ("schema.json", SCHEMA.to_string()),
        ("population.csv", population),
        ("invited.csv", "year,wave,municipality,invited\n2025,w3,5042,10\n".to_string()),
        ("2025.csv", format!("{HEADER}1,1,a,5042,,5,1,2025-04-01\n")),
        ("2026.csv", rows_2026.to_string()),
    ]
    .map(|(name, text)| (name.to_string(), text.into_bytes()))
    .into();
    let outcome = Project::parse("project.toml", &text, &mut problems)
        .and_then(|project| project.load(&files, &mut problems))
        .and_then(|loaded| loaded.compute(None, &mut problems));
    (outcome, problems)
}

/// A question that is new in 2026 stands in no earlier file, and 2025 is read as it was.
#[test]
fn each_year_is_read_against_its_own_questionnaire() {
    let survey = SURVEY.replace("end,end,E,\n", "select_one ja,ny,Ny,\nend,end,E,\n");
    let rows = HEADER.replace("siste,", "siste,ny,") + "1,1,a,5042,,4,1,2,2026-04-01\n1,1,b,5042,,1,1,2,2026-04-01\n";
    let (outcome, problems) = two_years(&survey, "", &rows);
    assert!(problems.list().is_empty(), "{:#?}", problems.list());
    assert_eq!(outcome.unwrap().counted, [(2025, 1), (2026, 2)]);
}

/// What an indicator counts may not change silently; the owner may say that it is the same question.
#[test]
fn a_question_that_is_counted_may_not_change() {
    let survey = SURVEY.replace("int_kunne,I,", "int_kunne,Vil du bo her,").replace("siste,L,", "siste,Helt nytt,");
    let rows = format!("{HEADER}1,1,a,5042,,4,1,2026-04-01\n");
    let codes = |problems: &Problems| {
        let each = problems
            .list()
            .iter()
            .map(|problem| (problem.what.code().to_string(), problem.line, problem.value.clone()));
        each.collect::<Vec<_>>()
    };
    let (outcome, problems) = two_years(&survey, "", &rows);
    assert!(outcome.is_none());
    let other = ("other-series-break".to_string(), None, Some("siste".to_string()));
    assert_eq!(codes(&problems), [("series-breaks".to_string(), Some(7), None), other.clone()]);
    let (outcome, problems) = two_years(&survey, "comparable = [\"int_kunne\"]", &rows);
    assert!(outcome.is_some());
    assert_eq!(codes(&problems), [other]);
    let (outcome, problems) = two_years(&survey, "comparable = [\"int_kune\"]", &rows);
    assert!(outcome.is_none());
    assert!(codes(&problems).iter().any(|(code, ..)| code == "not-in-questionnaire"), "{:#?}", problems.list());
}
