//! A questionnaire for survey tools and for people.

mod ddi;
mod html;
mod letter;
mod limesurvey;
mod paste;
mod problem;
mod table_schema;
mod wave;

pub use paste::Tool;
pub use problem::ExportProblem;

use super::{Item, ItemKind, Questionnaire};
use crate::problem::Problems;
use crate::text::Lang;

/// A form of a questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// XLSForm as a workbook, for ODK and KoboToolbox.
    #[cfg(feature = "spreadsheets")]
    Xlsform,
    /// The three sheets of XLSForm as CSV.
    Csv,
    /// LimeSurvey's tab-separated survey structure.
    LimeSurvey,
    /// The codebook as Frictionless Table Schema.
    TableSchema,
    /// The codebook as DDI-Codebook 2.5.
    Ddi,
    /// The codebook to read.
    Html,
    /// To paste into a tool that takes no file, with a checklist for setting it up.
    Paste,
    /// The information letter.
    Letter,
}

impl Format {
    /// All forms, with the words of the command line.
    pub const ALL: &'static [(&'static str, Self)] = &[
        #[cfg(feature = "spreadsheets")]
        ("xlsform", Self::Xlsform),
        ("csv", Self::Csv),
        ("limesurvey", Self::LimeSurvey),
        ("schema", Self::TableSchema),
        ("ddi", Self::Ddi),
        ("html", Self::Html),
        ("paste", Self::Paste),
        ("letter", Self::Letter),
    ];

    /// What holds the meaning of the answers.
    pub const CODEBOOK: [Self; 3] = [Self::TableSchema, Self::Ddi, Self::Html];
}

/// A file to write: its path, with `/`, and its bytes.
pub type File = (String, Vec<u8>);

/// The files of an edition: of one wave, or of all waves in one form. What a tool cannot hold is a problem.
pub fn files(own: &Questionnaire, wave: Option<&str>, formats: &[Format], problems: &mut Problems) -> Vec<File> {
    let edition = wave.map(|wave| own.for_wave(wave));
    let edition = edition.as_ref().unwrap_or(own);
    let mut files: Vec<File> = Vec::new();
    let langs: Vec<Lang> = Lang::ALL.into_iter().filter(|lang| edition.language(*lang).is_some()).collect();
    for format in formats {
        match format {
            #[cfg(feature = "spreadsheets")]
            Format::Xlsform => match edition.to_xlsx() {
                Ok(bytes) => files.push(("xlsform.xlsx".into(), bytes)),
                Err(error) => {
                    let what = ExportProblem::Workbook { reason: error.to_string() };
                    problems.push(crate::problem::Problem::error(&own.origin.survey, what));
                }
            },
            Format::Csv => {
                let sheets = edition.to_sheets();
                // A form without settings has no such sheet.
                let sheets = sheets.iter().filter(|sheet| !sheet.columns.is_empty());
                files.extend(sheets.map(|sheet| (format!("xlsform_{}.csv", sheet.file), sheet.to_csv())));
            }
            Format::LimeSurvey => {
                files.extend(limesurvey::write(edition, problems).map(|bytes| ("limesurvey.txt".into(), bytes)));
            }
            Format::TableSchema => {
                for lang in &langs {
                    let bytes = table_schema::write(edition, *lang).into_bytes();
                    files.push((format!("codebook.{}.schema.json", lang.tag()), bytes));
                }
            }
            Format::Ddi => files.push(("codebook.ddi.xml".into(), ddi::write(edition).into_bytes())),
            Format::Html => {
                for lang in &langs {
                    files.push((format!("codebook.{}.html", lang.tag()), html::write(edition, *lang).into_bytes()));
                }
            }
            Format::Paste => {
                for tool in Tool::ALL {
                    for lang in &langs {
                        let name = format!("{}.{}.html", tool.file(), lang.tag());
                        files.push((name, paste::write(edition, wave, tool, *lang).into_bytes()));
                    }
                }
            }
            Format::Letter => {
                for lang in [Lang::Nb, Lang::Nn] {
                    files
                        .push((format!("letter.{}.html", lang.tag()), letter::write(edition, wave, lang).into_bytes()));
                }
            }
        }
    }
    files
}

/// One column of the answers: an item, and of a question with several answers one of its choices.
struct Column<'q> {
    item: &'q Item,
    name: String,
    choice: Option<&'q super::Choice>,
}

/// The columns of the answers in order, as `bygdepuls import` writes them: `name/choice` for each choice of several.
fn columns(own: &Questionnaire) -> Vec<Column<'_>> {
    let mut columns = Vec::new();
    for item in own.variables().filter(|item| !item.name.is_empty()) {
        match (&item.kind, own.choices(item)) {
            (ItemKind::SelectMultiple { .. }, Some(list)) => columns.extend(list.choices.iter().map(|choice| Column {
                item,
                name: format!("{}/{}", item.name, choice.code),
                choice: Some(choice),
            })),
            _ => columns.push(Column { item, name: item.name.clone(), choice: None }),
        }
    }
    columns
}

/// Who is asked, in words of a language: the names of the waves, and whether answers decide.
fn asked_of(own: &Questionnaire, routing: &super::Routing, item: usize, lang: Lang) -> String {
    let waves = routing.waves_of(item);
    if waves.len() == routing.waves.len() {
        return String::new();
    }
    let list = own.wave_variable().and_then(|variable| own.choices(variable));
    let name = |code: &&str| {
        let label = list.and_then(|list| list.choice(code)).map(|choice| own.text(&choice.label));
        label.map_or_else(|| (*code).to_owned(), |label| label.get(lang).to_owned())
    };
    waves.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Start of a page that needs nothing around it and prints well.
fn page(title: &str, lang: Lang) -> String {
    let mut out = String::new();
    crate::show::markup::fill(
        &mut out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{!}</style>\n</head>\n<body>\n<main>\n",
        &[lang.tag(), title, include_str!("page.css")],
    );
    out
}

/// End of such a page.
const END: &str = "</main>\n</body>\n</html>\n";
