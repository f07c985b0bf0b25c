//! Files of SPSS: the eleventh dialect of the same answers, and what is told apart by labels.

use crate::shared::{folder, lines, questionnaire, run, small};
use crate::ten::{expected, invented};
use bygdepuls_core::questionnaire::import::Options;
use std::fs;

fn file(name: &str) -> Vec<u8> {
    fs::read(folder().join("spss").join(name)).unwrap()
}

/// SPSS fills strings up with blanks, so that nobody can tell whether one stood at the end of an answer.
fn without_blanks_at_the_end(text: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    let row = |row: csv::StringRecord| row.iter().map(|cell| cell.trim_end().to_owned()).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn the_same_answers_as_ten_dialects() {
    let questionnaire = questionnaire();
    let (outcome, problems) = run(&questionnaire, &file("answers.zsav"), Options::default());
    let errors: Vec<_> = problems.iter().filter(|problem| problem.starts_with("error")).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let answers = outcome.unwrap().answers;
    let expected = expected(&questionnaire, &invented(&questionnaire));
    assert_eq!(without_blanks_at_the_end(&answers), without_blanks_at_the_end(expected.as_bytes()));
    // The coded bytes are the same too: our own answers, read again, are they.
    let (again, _) = run(&questionnaire, &answers, Options::default());
    assert_eq!(again.unwrap().answers, answers);
}

/// The file is Windows-1252; its variables have other names than the questions, its codes are others in one question, its
/// ticks are a set, and missing values are declared.
#[test]
fn labels_codes_sets_and_missing_values() {
    let survey = "type,name,label\ntext,fritt,Hva vil du si?\nselect_one enig,q1,\"Er du enig, støtter du?\"\n\
        decimal,km,Hvor langt er det?\nselect_one sted,hjem,Hvor vokste du opp?\nselect_multiple hvorfor,hvorfor,Hvorfor så?\n\
        date,flyttet,Når flyttet du?\n";
    let choices = "list_name,name,label,missing\nenig,1,Helt uenig,\nenig,5,Helt enig,\nenig,98,Vet ikke,dont_know\n\
        sted,5043,Røyrvik,\nsted,5045,Grong,\nhvorfor,a,Jobb; og lønn,\nhvorfor,b,Nærhet til sjø,\n";
    let (outcome, problems) = run(&small(survey, choices), &file("windows.sav"), Options::default());
    let outcome = outcome.unwrap();
    assert_eq!(
        lines(&outcome.answers),
        [
            "fritt=Røyrvik æøå q1=5 km=2.5 hjem=5043 hvorfor/a=1 flyttet=2025-03-04",
            "fritt=Grøndal é q1=98 hjem=5045 hvorfor/b=1 flyttet=1999-12-31",
            "",
        ]
    );
    assert!(problems.iter().all(|problem| problem.starts_with("warning")), "{problems:?}");
    let kinds = &outcome.report.variables.iter().find(|own| own.name == "q1").unwrap().kinds;
    assert_eq!((kinds.answered, kinds.dont_know), (1, 1));
}

/// A code that means one thing in the file and another in the questionnaire is neither.
#[test]
fn a_scale_that_was_turned_is_refused() {
    let form =
        small("type,name,label\nselect_one jn,snudd,Er du trygg?\n", "list_name,name,label\njn,1,Ja\njn,2,Nei\n");
    let (_, problems) = run(&form, &file("windows.sav"), Options::default());
    let errors: Vec<_> = problems.iter().filter(|problem| problem.starts_with("error")).collect();
    assert_eq!(errors, ["error not-a-choice 2 snudd"]);
}

#[test]
fn a_damaged_file_is_refused() {
    let whole = file("answers.zsav");
    for length in [8, 100, 1_000, whole.len() / 2, whole.len() - 1] {
        let (outcome, problems) = run(&questionnaire(), &whole[..length], Options::default());
        assert!(outcome.is_none(), "{length}");
        assert_eq!(problems, ["error broken-spss"], "{length}");
    }
}
