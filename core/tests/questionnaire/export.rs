//! What is written: read back it is the same, and other tools' rules hold.

use crate::shared::{read, sheets};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::questionnaire::export::{Format, files};
use bygdepuls_core::questionnaire::{Item, ItemKind, Questionnaire};
use bygdepuls_core::read::Codebook;
use std::collections::{BTreeMap, BTreeSet};

fn questionnaire() -> Questionnaire {
    let (own, problems) = read(&sheets("questionnaire-2027"));
    assert!(problems.is_empty());
    own
}

fn exported(own: &Questionnaire, wave: Option<&str>) -> BTreeMap<String, Vec<u8>> {
    let mut problems = Problems::new();
    let all: Vec<Format> = Format::ALL.iter().map(|(_, format)| *format).collect();
    let files = files(own, wave, &all, &mut problems);
    assert!(problems.list().is_empty(), "{problems:?}");
    files.into_iter().collect()
}

#[test]
fn sheets_and_workbook_are_one() {
    let own = questionnaire();
    for wave in [None, Some("1"), Some("2"), Some("3"), Some("4")] {
        let files = exported(&own, wave);
        let csv = |name: &str| (name.to_owned(), files[&format!("xlsform_{name}.csv")].clone());
        let [survey, choices, settings] = ["survey", "choices", "settings"].map(csv);
        let mut problems = Problems::new();
        let parts = ((survey.0.as_str(), survey.1.as_slice()), (choices.0.as_str(), choices.1.as_slice()));
        let of_csv = Questionnaire::from_csv(parts.0, parts.1, Some((&settings.0, &settings.1)), &mut problems);
        let of_xlsx = Questionnaire::from_xlsx("f.xlsx", &files["xlsform.xlsx"], &mut problems);
        assert!(problems.list().is_empty(), "{wave:?} {problems:?}");
        assert_eq!(of_csv.to_sheets(), of_xlsx.to_sheets());
        assert_eq!(of_xlsx.to_xlsx().unwrap(), files["xlsform.xlsx"]);
        assert_eq!((&of_csv.items, &of_csv.lists), (&of_xlsx.items, &of_xlsx.lists), "lines too");
        if wave.is_none() {
            assert_eq!(of_csv.to_sheets(), own.to_sheets());
            assert_eq!(files, exported(&own, None), "the same bytes again");
        }
    }
}

#[test]
fn a_form_without_settings_has_no_sheet_of_them() {
    let [survey, choices, _] = sheets("questionnaire-2027");
    let mut problems = Problems::new();
    let own = Questionnaire::from_sheets(Some(&survey), Some(&choices), None, &mut problems);
    let files: BTreeMap<_, _> = files(&own, None, &[Format::Csv], &mut problems).into_iter().collect();
    assert_eq!(files.keys().collect::<Vec<_>>(), ["xlsform_choices.csv", "xlsform_survey.csv"]);
    let sheet = |name: &str| files[&format!("xlsform_{name}.csv")].as_slice();
    let back = Questionnaire::from_csv(("survey", sheet("survey")), ("choices", sheet("choices")), None, &mut problems);
    assert_eq!(problems.errors(), 0, "{problems:?}");
    assert_eq!(back.to_sheets(), own.to_sheets());
}

#[test]
fn an_edition_asks_what_its_wave_is_asked() {
    let own = questionnaire();
    let asked = |wave: &str| own.for_wave(wave).variables().filter(|item| item.is_asked()).count();
    // Counted in the sheet: its column waves, without the rows that the link or the device sets.
    assert_eq!(["1", "2", "3", "4"].map(asked), [62, 63, 72, 70]);
    let first = own.for_wave("1");
    assert!(first.items.iter().all(|item| {
        let names = item.relevant.iter().flat_map(|relevant| relevant.references());
        names.into_iter().all(|name| name != "bolge" && first.item(name).is_some())
    }));
    assert_eq!(first.item("int_kunne").unwrap().relevant.as_ref().unwrap().source(), "${samtykke_svar} = '1'");
    assert_eq!(first.item("bolge").unwrap().default, "1");
}

#[test]
fn limesurvey_takes_it() {
    let own = questionnaire();
    let files = exported(&own, None);
    let text = String::from_utf8(files["limesurvey.txt"].clone()).unwrap();
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b'\t').from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    let [class, kind, name, relevance, language] = ["class", "type/scale", "name", "relevance", "language"].map(place);
    let mut of_language: BTreeMap<String, Vec<(String, String, String)>> = BTreeMap::new();
    let mut questions: BTreeSet<String> = BTreeSet::new();
    for record in reader.records() {
        let record = record.unwrap();
        let row = (record[class].to_owned(), record[kind].to_owned(), record[name].to_owned());
        match &record[class] {
            "Q" => {
                let code = &record[name];
                assert!(code.len() <= 20 && code.chars().all(|letter| letter.is_ascii_alphanumeric()), "{code}");
                assert!(code.starts_with(|first: char| first.is_ascii_alphabetic()));
                questions.insert(code.to_owned());
                assert!(
                    !record[relevance].contains("${") && !record[relevance].contains(" = "),
                    "{}",
                    &record[relevance]
                );
            }
            "A" => assert!(record[name].len() <= 5, "{}", &record[name]),
            _ => {}
        }
        if !matches!(&record[class], "S" | "SL") {
            let row = if &record[class] == "G" { (row.0, row.1, String::new()) } else { row };
            of_language.entry(record[language].to_owned()).or_default().push(row);
        }
    }
    assert_eq!(questions.len(), 82, "without what LimeSurvey records itself");
    assert_eq!(of_language.keys().collect::<Vec<_>>(), ["en", "nb", "nn"]);
    assert!(of_language.values().all(|rows| *rows == of_language["nb"]), "the same rows in every language");
    for part in
        ["\tQ\tM\tsektoronske\t", "count-selected", "\"samtykkesvar.NAOK == \"\"1\"\" and intkunne.NAOK != \"\"1\"\"\""]
    {
        assert_eq!(text.contains(part), part != "count-selected", "{part}");
    }
}

/// All that the format holds comes back: written again it is the same bytes.
#[test]
fn limesurvey_is_read_back() {
    let own = questionnaire();
    let editions = own.waves();
    for wave in std::iter::once(None).chain(editions.iter().map(|wave| Some(wave.as_str()))) {
        let written =
            |own: &Questionnaire, wave| files(own, wave, &[Format::LimeSurvey], &mut Problems::new())[0].1.clone();
        let bytes = written(&own, wave);
        assert!(Questionnaire::is_limesurvey(&bytes));
        let mut problems = Problems::new();
        let back = Questionnaire::from_limesurvey("limesurvey.txt", &bytes, &mut problems);
        assert_eq!(problems.list().len(), 0, "{problems:?}");
        assert_eq!(
            back.items.iter().filter(|item| item.relevant.as_ref().is_some_and(|own| own.error().is_some())).count(),
            0
        );
        assert_eq!(String::from_utf8(written(&back, None)).unwrap(), String::from_utf8(bytes).unwrap(), "{wave:?}");
        if wave.is_some() {
            continue;
        }
        let words = |own: &Questionnaire| -> Vec<_> {
            let of = |item: &Item| {
                let choices = own.choices(item).map(|list| {
                    list.choices.iter().map(|choice| (choice.label.clone(), choice.missing)).collect::<Vec<_>>()
                });
                (item.name.replace('_', ""), item.label.clone(), item.hint.clone(), choices, item.is_required())
            };
            own.variables().filter(|item| !matches!(item.kind, ItemKind::Metadata(_))).map(of).collect()
        };
        assert_eq!(words(&back), words(&own));
    }
}

#[test]
fn codebooks_have_every_column() {
    let own = questionnaire();
    let files = exported(&own, None);
    let several: usize = own
        .variables()
        .filter(|item| matches!(item.kind, ItemKind::SelectMultiple { .. }))
        .map(|item| own.choices(item).unwrap().choices.len())
        .sum();
    let many = own.variables().count() - 4 + several;
    let mut problems = Problems::new();
    let codebook = Codebook::from_table_schema("s", &files["codebook.nb.schema.json"], &mut problems);
    assert!(problems.list().is_empty(), "{problems:?}");
    assert_eq!(codebook.variables.len(), many);
    let ddi = String::from_utf8(files["codebook.ddi.xml"].clone()).unwrap();
    assert_eq!(ddi.matches("<var ").count(), many);
    let html = String::from_utf8(files["codebook.nn.html"].clone()).unwrap();
    assert_eq!(html.matches("<h3 id=").count(), own.variables().count());
}

#[test]
fn people_are_told_what_the_law_asks() {
    let files = exported(&questionnaire(), Some("1"));
    for (file, words) in [
        (
            "letter.nb.html",
            ["frivillig", "Behandlingsansvarlig", "slettes", "Datatilsynet", "foresatt", "personopplysning"],
        ),
        (
            "letter.nn.html",
            ["frivillig", "Behandlingsansvarleg", "sletta", "Datatilsynet", "føresett", "personopplysning"],
        ),
    ] {
        let text = String::from_utf8(files[file].clone()).unwrap();
        assert!(words.iter().all(|word| text.contains(word)), "{file}");
    }
    let forms = String::from_utf8(files["microsoft-forms.nb.html"].clone()).unwrap();
    assert!(forms.contains("Vises bare hvis «Jeg har lest informasjonen og vil svare på undersøkelsen» er «Ja»"));
    assert!(!forms.contains("Hvor bor du nå?"), "not asked in wave 1");
}
