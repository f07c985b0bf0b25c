//! The sample of each tool, worked by hand from its description.

use crate::shared::{folder, lines, questionnaire, run};
use bygdepuls_core::questionnaire::import::Options;
use std::fs;

fn sample(name: &str) -> (String, Vec<String>, Vec<String>) {
    let bytes = fs::read(folder().join("samples").join(name)).unwrap();
    let (outcome, mut problems) = run(&questionnaire(), &bytes, Options::default());
    let outcome = outcome.unwrap();
    let dialect = outcome.report.files[0].dialect.code().to_owned();
    problems.retain(|problem| problem != "warning not-in-export");
    // Our own answers are read as they are.
    let (again, _) = run(&questionnaire(), &outcome.answers, Options::default());
    let again = again.unwrap();
    assert_eq!(
        String::from_utf8(again.answers).unwrap(),
        String::from_utf8(outcome.answers.clone()).unwrap(),
        "{name}"
    );
    assert_eq!(again.report.files[0].dialect.code(), "bygdepuls");
    (dialect, lines(&outcome.answers), problems)
}

#[test]
fn nettskjema() {
    let (dialect, lines, problems) = sample("nettskjema_v3.txt");
    assert_eq!(dialect, "nettskjema");
    assert_eq!(
        lines,
        [
            "bolge=1 kommune_oppvekst=5043 sektor_onske/P=1 sektor_onske/Q=1 viktig_jobb=4 viktig_bolig=3 int_kunne=5 \
             kommentar=Bra sted; men få jobber",
            "bolge=3 kommune_oppvekst=5045 sektor_onske/C=1 viktig_jobb=4 viktig_bolig=4 erfaring_ar=2.5 int_kunne=4 \
             kommentar=Savner «folk på min alder\"",
            "bolge=4 kommune_oppvekst=9 viktig_bolig=2 erfaring_ar=7 int_kunne=98",
        ]
    );
    assert_eq!(problems, ["warning not-whole 3 erfaring_ar"]);
}

#[test]
fn limesurvey() {
    let (dialect, lines, problems) = sample("limesurvey_codes.csv");
    assert_eq!(dialect, "limesurvey");
    assert_eq!(
        lines,
        [
            "bolge=1 kommune_oppvekst=5043 sektor_onske/P=1 sektor_onske/Q=1 viktig_jobb=4 viktig_bolig=3 int_kunne=5 \
             kommentar=Bra sted; men få jobber",
            "bolge=3 kommune_oppvekst=5045 int_kunne=4",
            "bolge=4 kommune_oppvekst=9 viktig_bolig=2 int_kunne=98",
        ]
    );
    assert_eq!(problems, ["warning partial"]);
    let (dialect, lines, problems) = sample("limesurvey_full_comma.csv");
    assert_eq!(dialect, "limesurvey");
    let expected =
        ["bolge=1 kommune_oppvekst=5043 sektor_onske/Q=1 int_kunne=5", "bolge=4 kommune_oppvekst=9 int_kunne=98"];
    assert_eq!(lines, expected);
    assert_eq!(problems, [] as [&str; 0]);
}

#[test]
fn forms_through_norwegian_excel() {
    let (dialect, lines, problems) = sample("msforms_excel_no_cp1252.csv");
    assert_eq!(dialect, "microsoft-forms");
    assert_eq!(
        lines,
        [
            "kommune_oppvekst=5043 sektor_onske/P=1 sektor_onske/Q=1 int_kunne=5",
            "kommune_oppvekst=5045 sektor_onske/C=1 erfaring_ar=2.5 int_kunne=4",
            "kommune_oppvekst=9 erfaring_ar=7 int_kunne=98",
        ]
    );
    assert_eq!(problems, ["warning not-whole 3 Hvor mange år har du jobbet?"]);
}

#[test]
fn surveymonkey_kobo_and_odk() {
    let (dialect, lines, problems) = sample("surveymonkey_expanded.csv");
    assert_eq!(dialect, "surveymonkey");
    assert_eq!(
        lines,
        [
            "kommune_oppvekst=5043 sektor_onske/P=1 sektor_onske/Q=1 kommentar=Bra sted, men få jobber",
            "kommune_oppvekst=5045 sektor_onske/C=1",
        ]
    );
    assert_eq!(problems, [] as [&str; 0]);
    let both = [
        "bolge=1 kommune_oppvekst=5043 sektor_onske/P=1 sektor_onske/Q=1",
        "bolge=3 kommune_oppvekst=5045 sektor_onske/C=1",
    ];
    assert_eq!(sample("kobo_both.csv"), ("kobotoolbox".into(), both.map(String::from).to_vec(), Vec::new()));
    let (dialect, lines, problems) = sample("odk_central.csv");
    assert_eq!((dialect.as_str(), problems.len()), ("odk", 0));
    assert_eq!(lines[0], format!("{} int_kunne=5 kommentar=Bra sted, men få jobber", both[0]));
}

/// Its columns are named by nothing that the questionnaire knows: without the file of labels they stay out, and are named.
#[test]
fn surveyxact() {
    let (dialect, lines, problems) = sample("surveyxact_UNVERIFIED.csv");
    assert_eq!((dialect.as_str(), lines), ("surveyxact", vec![String::new(); 2]));
    let columns = ["s_1", "s_2_1", "s_2_2", "s_2_3", "s_3"].map(|name| format!("warning column-not-placed 1 {name}"));
    assert_eq!(problems, [columns.as_slice(), &["warning partial".into()]].concat());

    let bytes = fs::read(folder().join("samples/surveyxact_UNVERIFIED.csv")).unwrap();
    let questions = [
        ("s_1", "Hvilken kommune vokste du opp i det meste av tiden?"),
        ("s_2_1", "Hvilke bransjer kunne du tenke deg å jobbe i? - Helse og omsorg"),
        ("s_2_2", "Hvilke bransjer kunne du tenke deg å jobbe i? - Industri"),
        ("s_2_3", "Hvilke bransjer kunne du tenke deg å jobbe i? - Undervisning og barnehage"),
        ("s_3", "Jeg kunne tenke meg å bo i Indre Namdal som voksen"),
    ];
    let labels = questions.map(|(name, question)| (name.to_owned(), question.to_owned())).into();
    let (outcome, problems) = run(&questionnaire(), &bytes, Options { labels, ..Options::default() });
    let expected = [
        "kommune_oppvekst=5043 sektor_onske/P=1 sektor_onske/Q=1 int_kunne=5",
        "kommune_oppvekst=5045 sektor_onske/C=1 int_kunne=4",
    ];
    assert_eq!(crate::shared::lines(&outcome.unwrap().answers), expected);
    assert_eq!(problems, ["warning partial", "warning not-in-export"]);
}
