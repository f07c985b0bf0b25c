//! A questionnaire changed in many ways from one year to the next: every break found, no false alarm.

use crate::shared::{NB, choice, get, read, row, set, set_at, sheets};
use bygdepuls_core::questionnaire::Sheet;
use bygdepuls_core::questionnaire::compare::{Comparison, compare};

type Sheets = [Sheet; 3];

/// What compare says of the questionnaire of 2027 against itself with a change.
fn changed(change: impl FnOnce(&mut Sheets)) -> Comparison {
    let old = sheets("questionnaire-2027");
    let mut new = old.clone();
    change(&mut new);
    compare(&read(&old).0, &read(&new).0)
}

/// The variables whose series breaks, with the kinds of change: `stolt wording`.
fn breaks(change: impl FnOnce(&mut Sheets)) -> Vec<String> {
    let comparison = changed(change);
    let one = |variable: &bygdepuls_core::questionnaire::compare::VariableChanges| {
        let kinds = variable.changes.iter().filter(|change| change.kind.breaks()).map(|change| change.kind.code());
        format!("{} {}", variable.name, kinds.collect::<Vec<_>>().join(" "))
    };
    comparison.breaks().map(one).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn words() {
    assert_eq!(breaks(|new| set(new, "stolt", NB, "Jeg er glad for å komme fra Indre Namdal")), ["stolt wording"]);
    assert_eq!(breaks(|new| set(new, "stolt", NB, "jeg er  stolt av å komme fra Indre Namdal.")), NONE);
    assert_eq!(breaks(|new| set(new, "stolt", "hint::Norsk bokmål (nb)", "Tenk på i dag")), NONE);
    let label = get(&sheets("questionnaire-2027"), "sommerjobb", NB).replace("bedriftsbesøk", "bedrifsbesøk");
    assert_eq!(breaks(|new| set(new, "sommerjobb", NB, &label)), NONE, "a misprint");
    let nynorsk = |new: &mut Sheets| set(new, "stolt", "label::Norsk nynorsk (nn)", "Eg er glad i Indre Namdal");
    assert_eq!(breaks(nynorsk), ["stolt wording"], "in one language");
}

#[test]
fn read_only_is_asked_of_nobody() {
    assert_eq!(breaks(|new| set(new, "stolt", "readonly", "yes")), ["stolt base"]);
}

#[test]
fn choices() {
    let remove = |list: &'static str, code: &'static str| {
        move |new: &mut Sheets| {
            let place = choice(new, list, code);
            new[1].rows.remove(place);
        }
    };
    assert_eq!(breaks(remove("bolig", "5")), ["bolig_onske choice-removed"]);
    assert_eq!(breaks(remove("fjern", "98")), ["fjernarbeid missing-removed"]);
    assert_eq!(breaks(remove("fornoyd", "3")).len(), 13, "each question that uses the scale");
    let words = |new: &mut Sheets| {
        let place = choice(new, "bolig", "2");
        set_at(&mut new[1], place, NB, "Leilighet");
    };
    assert_eq!(breaks(words), ["bolig_onske choice-wording"]);
    let turned = |new: &mut Sheets| {
        let (first, last) = (choice(new, "fjern", "1"), choice(new, "fjern", "3"));
        set_at(&mut new[1], first, "name", "3");
        set_at(&mut new[1], last, "name", "1");
    };
    assert_eq!(breaks(turned), ["fjernarbeid choice-recoded choice-recoded"]);
    let order = |new: &mut Sheets| {
        let (first, last) = (choice(new, "fjern", "1"), choice(new, "fjern", "3"));
        new[1].rows.swap(first, last);
    };
    assert_eq!(breaks(order), ["fjernarbeid choice-order"]);
    let renamed = |new: &mut Sheets| {
        for code in ["1", "2", "3", "4", "5", "98"] {
            let place = choice(new, "bolig", code);
            set_at(&mut new[1], place, "list_name", "hus");
        }
        set(new, "bolig_onske", "type", "select_one hus");
    };
    assert_eq!(breaks(renamed), NONE, "what a list is called");
    let counted = |new: &mut Sheets| {
        let place = choice(new, "fjern", "98");
        set_at(&mut new[1], place, "missing", "");
    };
    assert_eq!(breaks(counted), ["fjernarbeid missing-meaning"], "don't know would count as an answer");
}

#[test]
fn who_is_asked() {
    let fewer = |new: &mut Sheets| {
        let condition = get(new, "holdning", "relevant") + " and (${bolge} = '1' or ${bolge} = '2')";
        set(new, "holdning", "relevant", &condition);
        set(new, "holdning", "waves", "12");
    };
    assert_eq!(breaks(fewer), ["holdning base"]);
    let same = |new: &mut Sheets| {
        set(new, "venner_tilbake", "relevant", "not(${samtykke_svar} != '1') and ${bolge} != '1'");
        set(new, "utd_na", "relevant", "${samtykke_svar} = 1 and ${bolge} >= 3");
        // Only those who were asked for consent to the CV base can have given it.
        set(new, "cv_gyldig", "relevant", "${cv_ja} = '1'");
    };
    assert_eq!(breaks(same), NONE, "another way of saying the same");
    let more = |new: &mut Sheets| {
        let condition =
            get(new, "yrke_na", "relevant").replace("${status_na} = '1'", "selected(${status_na}, '1') or 1 = 1");
        set(new, "yrke_na", "relevant", &condition);
    };
    assert_eq!(breaks(more), ["yrke_na base"]);
    assert_eq!(breaks(|new| set(new, "kjonn", "required", "yes")), ["kjonn required"]);
}

#[test]
fn places_names_types() {
    let far = |new: &mut Sheets| {
        let place = row(&new[0], &[("name", "holdning")]);
        let moved = new[0].rows.remove(place);
        new[0].rows.insert(7, moved);
    };
    assert_eq!(breaks(far), ["holdning order"]);
    assert_eq!(breaks(|new| set(new, "utd_na", "type", "select_multiple nus")), ["utd_na type"]);
    assert_eq!(breaks(|new| set(new, "sektor_onske", "constraint", "count-selected(.) <= 5")), ["sektor_onske limits"]);
    assert_eq!(breaks(|new| set(new, "sommerjobb", "name", "sommarjobb")), ["sommarjobb renamed"]);
    let gone = |new: &mut Sheets| {
        let place = row(&new[0], &[("name", "stolt")]);
        new[0].rows.remove(place);
    };
    assert_eq!(breaks(gone), ["stolt removed"]);
}

#[test]
fn what_is_new() {
    let question = |new: &mut Sheets| {
        let place = row(&new[0], &[("name", "stolt")]);
        let mut added = new[0].rows[place].clone();
        added.cells[1] = "flink".into();
        added.cells[2] = "Vi er flinke her".into();
        added.cells[3] = "Vi er flinke her òg".into();
        new[0].rows.insert(place, added);
    };
    assert_eq!(breaks(question), NONE);
    assert_eq!(changed(question).variables[0].verdict(), "new");
    let language = |new: &mut Sheets| {
        for sheet in new.iter_mut().take(2) {
            for row in 0..sheet.rows.len() {
                set_at(sheet, row, "label::Åarjelsaemien gïele (sma)", "…");
            }
        }
    };
    assert_eq!(breaks(language), NONE);
    assert_eq!(changed(language).general.len(), 1);
    let settings = |new: &mut Sheets| set_at(&mut new[2], 0, "version", "2028");
    assert_eq!(changed(settings).variables, []);
    let same = changed(|_| ());
    assert_eq!((same.variables.len(), same.general.len(), same.in_both), (0, 0, 84));
}
