//! Planted faults, each found at its place, and nothing else.

use crate::shared::{NB, choice, get, read, set, set_at, sheets};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::questionnaire::{Sheet, lint::lint};
use bygdepuls_core::text::Lang;

/// `sheet line column code` of each problem of the questionnaire of 2027 with a change.
fn found(change: impl FnOnce(&mut [Sheet; 3])) -> Vec<String> {
    let mut sheets = sheets("questionnaire-2027");
    change(&mut sheets);
    let (own, reading) = read(&sheets);
    let mut problems = Problems::new();
    reading.into_iter().for_each(|problem| problems.push(problem));
    lint(&own, &mut problems);
    for problem in problems.list() {
        for lang in Lang::ALL {
            let words = [Some(problem.what.message(lang)), problem.what.expected(lang), problem.what.help(lang)];
            assert!(words.into_iter().flatten().all(|words| !words.is_empty() && !words.contains("{0}")));
        }
    }
    let one = |problem: &bygdepuls_core::problem::Problem| {
        let (line, column) = (problem.line.unwrap(), problem.column.as_deref().unwrap());
        format!("{} {line} {column} {}", problem.file, problem.what.code())
    };
    problems.list().iter().map(one).collect()
}

#[test]
fn the_examples_have_no_faults() {
    assert_eq!(found(|_| ()), [] as [&str; 0]);
}

#[test]
fn faults_of_routing() {
    let at = |question: &str| {
        let sheets = sheets("questionnaire-2027");
        sheets[0].rows[crate::shared::row(&sheets[0], &[("name", question)])].line
    };
    let relevant = |question: &'static str, condition: &'static str| {
        let found = found(|sheets| set(sheets, question, "relevant", condition));
        let place = format!("survey {} ", at(question));
        assert!(!found.is_empty() && found.iter().all(|one| one.starts_with(&place)), "{found:?}");
        found.iter().map(|one| one.replace(&place, "")).collect::<Vec<_>>()
    };
    assert_eq!(relevant("stolt", "${int_kunne} = '1'"), ["relevant refers-forward"]);
    assert_eq!(relevant("stolt", "${stolt} = '1'"), ["relevant refers-to-itself"]);
    assert_eq!(relevant("stolt", "${finnes_ikke} = '1'"), ["relevant unknown-name"]);
    assert_eq!(relevant("stolt", "${kjonn} = "), ["relevant expression"]);
    assert_eq!(relevant("stolt", "${kjonn} = '7'"), ["relevant unknown-code"]);
    assert_eq!(relevant("kjonn", "${samtykke_svar} = '1' or ${samtykke_svar} != '1'"), ["relevant always-put"]);
    assert_eq!(relevant("kommentar", "${bolge} = '1' and ${bolge} = '2'"), ["relevant never-put"]);
    assert_eq!(
        relevant("stolt", "${samtykke_svar} = '1' and ${kommune_na} = '9'"),
        ["relevant never-in-waves", "relevant not-asked-in-waves"],
        "wave 1 and 2 are not asked where they live"
    );
    assert_eq!(relevant("drom_30", "${samtykke_svar} = '1'"), ["waves waves-let-through"]);
}

#[test]
fn faults_of_names_lists_and_languages() {
    let question = |column: &'static str, cell: &'static str| found(|sheets| set(sheets, "kommentar", column, cell));
    assert_eq!(question("name", "kommentar om"), ["survey 84 name invalid-name"]);
    assert_eq!(question("name", "int__kunne"), ["survey 84 name limesurvey-same-code"]);
    assert_eq!(question("name", "et_navn_som_er_altfor_langt"), ["survey 84 name limesurvey-long-code"]);
    assert_eq!(question("label::English (en)", ""), ["survey 84 label::English (en) not-translated"]);
    assert_eq!(question("type", "note"), [] as [&str; 0]);
    let note = found(|sheets| {
        set(sheets, "kommentar", "type", "note");
        set(sheets, "kommentar", "required", "yes");
    });
    assert_eq!(note, ["survey 84 required required-without-answer"]);
    let of_choice = |column: &'static str, cell: &'static str| {
        let line = sheets("questionnaire-2027")[1].rows[choice(&sheets("questionnaire-2027"), "fjern", "98")].line;
        let found = found(|sheets| {
            let place = choice(sheets, "fjern", "98");
            set_at(&mut sheets[1], place, column, cell);
        });
        found.iter().map(|one| one.replace(&format!("choices {line} "), "")).collect::<Vec<_>>()
    };
    assert_eq!(of_choice("missing", ""), ["missing unmarked-missing"]);
    assert_eq!(of_choice("missing", "refused"), ["missing wrong-missing", "missing missing-differs"]);
    assert_eq!(of_choice(NB, "Delvis"), ["label::Norsk bokmål (nb) same-words"]);
    assert_eq!(of_choice(NB, "Vet ikke / vil ikke svare"), ["label::Norsk bokmål (nb) two-kinds-of-missing"]);
    assert_eq!(of_choice("list_name", "ubrukt"), ["list_name unused-list"]);
    assert_eq!(of_choice("name", "98 a"), ["name code-with-space", "name limesurvey-answer-code"]);
}

#[test]
fn the_self_made_code_is_of_facts_that_last() {
    let proposed = "Lag koden din: 2 første bokstaver i mors fornavn + fødselsdag (dd) + 2 siste i skolens navn";
    assert_eq!(
        found(|sheets| set(sheets, "panelkode", NB, proposed)),
        ["survey 6 label::Norsk bokmål (nb) changing-fact"]
    );
    let english = "Make your code: the last two digits of your phone number";
    let now = found(|sheets| set(sheets, "panelkode", "label::English (en)", english));
    assert_eq!(now, ["survey 6 label::English (en) changing-fact"]);
    assert!(get(&sheets("questionnaire-2027"), "panelkode", NB).contains("fornavnet til moren din"));
}
