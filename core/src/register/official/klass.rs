//! The centrality of all municipalities from the code list of Klass: the index stands in the notes of each code, the class is
//! the code above it.

use super::Register;
use super::carried::text;
use super::form::Form;
use super::problem::OfficialProblem;
use super::rows::{Row, Rows};
use crate::problem::{Privacy, Problem, Problems};
use crate::read::statbank::{self, CodeList, Content, Options};
use crate::register::centrality::{EDITIONS, Edition};
use crate::register::municipality::Register as Municipalities;
use crate::register::municipality::{Code, Day};
use crate::text::Text;

/// Reads the list. Codes of other days than the project's are left out; the edition is the project's word, or the one whose
/// limits stand in the names of the classes.
pub(super) fn read(
    register: &Register,
    form: &Form,
    (data, day): (&[u8], Option<Day>),
    notes: &mut Vec<Text>,
    problems: &mut Problems,
) -> Option<Rows> {
    let list = match statbank::read(&register.data, data, &Options::default(), problems)? {
        Content::Codes(list) => list,
        Content::Table(_) | Content::Correspondence(_) => {
            problems.push(Problem::error(&register.data, OfficialProblem::NotACodeList));
            return None;
        }
    };
    let edition = edition(register, &list, notes, problems)?;
    let mut rows = Vec::new();
    let (mut others, mut odd) = (0_u64, 0_u64);
    for code in &list.codes {
        let Some(municipality) = Code::parse(&code.code) else {
            continue;
        };
        if day.is_some_and(|day| Municipalities::embedded().get(municipality, day).is_none()) {
            others += 1;
            continue;
        }
        let class = code.parent.trim().trim_start_matches('0');
        if class.is_empty() || code.notes.trim().parse::<f64>().is_err() {
            odd += 1;
            let problem = Problem::error(&register.data, OfficialProblem::NotAClass).column("parentCode, notes");
            problems.push(problem.value(format!("{} {}", code.code, code.name), Privacy::Open));
            continue;
        }
        let fields = [&*municipality.to_string(), &*code.name, &*edition, code.notes.trim(), class];
        rows.push(Row { line: None, fields: fields.map(str::to_owned).into() });
    }
    if odd > 0 {
        return None;
    }
    if others > 0 {
        notes.push(text(
            "{0} koder fra andre år er utelatt",
            "{0} kodar frå andre år er utelatne",
            "{0} codes of other years are left out",
            &[&others.to_string()],
        ));
    }
    notes.push(Text::new(
        "indeksen er lest i notatet til hver kode, klassen i koden over",
        "indeksen er lesen i notatet til kvar kode, klassen i koden over",
        "the index is read in the notes of each code, the class in the code above it",
    ));
    let columns = form.columns().into_iter().map(|name| (name.to_owned(), name.to_owned())).collect();
    Some(Rows { file: register.data.clone(), columns, keys: form.keys.len(), list: rows, grouped: false, named: false })
}

fn edition(register: &Register, list: &CodeList, notes: &mut Vec<Text>, problems: &mut Problems) -> Option<String> {
    if let Some(edition) = &register.reading.edition {
        return Some(edition.clone());
    }
    let mut limits: Vec<f64> = list.codes.iter().filter_map(|code| lowest(&code.name)).collect();
    limits.sort_by(|a, b| b.total_cmp(a));
    // The list may be cut: the classes that it has must all be those of the edition.
    let fits = |edition: &&Edition| limits.iter().all(|limit| *limit == 0.0 || edition.limits.contains(limit));
    let found = EDITIONS.iter().filter(|_| limits.len() > 1).find(fits);
    if let Some(found) = found {
        notes.push(text(
            "utgaven {0} er funnet av klassegrensene i fila",
            "utgåva {0} er funnen av klassegrensene i fila",
            "the edition {0} was found by the limits of the classes in the file",
            &[found.name],
        ));
        return Some(found.name.to_owned());
    }
    problems.push(Problem::error(&register.data, OfficialProblem::NoEdition).column("edition"));
    None
}

/// The least index of a class, by its name: `Sentralitet: 2 (870-924)`.
fn lowest(name: &str) -> Option<f64> {
    let (_, rest) = name.split_once('(')?;
    let (from, _) = rest.split_once(['-', '–'])?;
    from.trim().parse().ok()
}
