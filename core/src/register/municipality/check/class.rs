//! Which edition of a classification a list of municipalities follows.

use super::super::problem::{MunicipalityProblem, words};
use super::super::roles::{code_columns, name_columns};
use super::super::sheet::Sheet;
use super::super::{Code, Register};
use super::{Check, Listed};
use crate::problem::{Privacy, Problem, Problems};
use crate::text::Text;
use std::collections::BTreeMap;

/// How the classes of a list agree with an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The edition: the name of its column.
    pub edition: String,
    /// Municipalities that have a class in both.
    pub compared: usize,
    /// Those whose classes differ: which, the class in the list, the class in the edition.
    pub different: Vec<(Code, String, String)>,
}

/// A class without zeros in front: `06` is 6.
fn class(text: &str) -> &str {
    match text.trim().trim_start_matches('0') {
        "" => text.trim(),
        class => class,
    }
}

/// Compares the classes of the list with each edition of the table of classes.
pub(super) fn editions(
    sheet: &Sheet,
    asked: &Check<'_>,
    register: &Register,
    rows: &[Listed<'_>],
    notes: &mut Vec<Text>,
    problems: &mut Problems,
) -> Vec<Agreement> {
    let (Some(name), Some((file, bytes))) = (&asked.class, asked.classes) else { return Vec::new() };
    let Some(own) = sheet.position(name) else {
        let what = MunicipalityProblem::MissingColumn { exists: sheet.names.clone() };
        problems.push(Problem::error(&sheet.file, what).line(1).column(name));
        return Vec::new();
    };
    let Some(table) = Sheet::read(file, bytes, problems) else { return Vec::new() };
    let Some(code) = code_columns(&table, register).first().copied() else {
        let what = MunicipalityProblem::NoColumn { exists: table.names.clone(), option: "kommunenr" };
        problems.push(Problem::error(file, what).line(1));
        return Vec::new();
    };
    let names = name_columns(&table, register, Some(code));
    let columns: Vec<usize> =
        (0..table.names.len()).filter(|column| *column != code && !names.contains(column)).collect();
    if let Some(edition) =
        asked.edition.as_ref().filter(|edition| !columns.iter().any(|one| table.names[*one] == **edition))
    {
        let exists = columns.iter().map(|column| table.names[*column].clone()).collect();
        let what = MunicipalityProblem::UnknownEdition { exists };
        problems.push(Problem::error(file, what).line(1).value(edition, Privacy::Open));
    }
    let agreements: Vec<Agreement> = columns
        .into_iter()
        .map(|column| {
            let classes: BTreeMap<Code, &str> = table
                .rows
                .iter()
                .filter_map(|row| Some((Code::parse(&row.fields[code])?, class(&row.fields[column]))))
                .filter(|(_, class)| !class.is_empty())
                .collect();
            let edition = table.names[column].clone();
            let mut agreement = Agreement { edition: edition.clone(), compared: 0, different: Vec::new() };
            for (row, listed) in sheet.rows.iter().zip(rows).filter(|(_, listed)| listed.status != "double") {
                let Some(one) = listed.municipality else { continue };
                let Some(expected) = classes.get(&one.code) else { continue };
                let given = class(&row.fields[own]);
                agreement.compared += 1;
                if given == *expected {
                    continue;
                }
                agreement.different.push((one.code, given.into(), (*expected).into()));
                if asked.edition.as_ref() == Some(&edition) {
                    let (class, label) = ((*expected).to_string(), register.label(one));
                    let what = MunicipalityProblem::OtherClass { edition: edition.clone(), class, label };
                    let problem = Problem::error(&sheet.file, what).line(row.line).record(row.record).column(name);
                    problems.push(problem.value(given, Privacy::Open));
                }
            }
            agreement
        })
        .collect();
    for one in &agreements {
        let name = |code: Code| {
            let meant = rows.iter().filter_map(|row| row.municipality).find(|one| one.code == code);
            meant.map_or_else(
                || code.to_string(),
                |one| format!("{} {}", one.code, super::super::name::plain(&one.name)),
            )
        };
        let different = one.different.iter().map(|(code, own, its)| format!("{} {own} ({its})", name(*code)));
        let different = different.collect::<Vec<_>>().join(", ");
        let agree = one.compared - one.different.len();
        let values = [one.edition.as_str(), &agree.to_string(), &one.compared.to_string(), &different];
        notes.push(if one.different.is_empty() {
            words(
                "lista følger utgaven {0}: alle {2} klasser er som der",
                "lista følgjer utgåva {0}: alle {2} klassar er som der",
                "the list follows the edition {0}: all {2} classes are as there",
                &values,
            )
        } else {
            words(
                "utgaven {0}: {1} av {2} klasser er som der; andre, med utgavens i parentes: {3}",
                "utgåva {0}: {1} av {2} klassar er som der; andre, med klassen i utgåva i parentes: {3}",
                "the edition {0}: {1} of {2} classes are as there; others, with the edition's in brackets: {3}",
                &values,
            )
        });
    }
    agreements
}
