//! The example questionnaire, and ways to change it.

use bygdepuls_core::problem::{Problem, Problems};
use bygdepuls_core::questionnaire::{Questionnaire, Sheet};
use std::fs;

/// The column of bokmål.
pub(crate) const NB: &str = "label::Norsk bokmål (nb)";

/// The sheets `survey`, `choices` and `settings` of an example folder.
pub(crate) fn sheets(folder: &str) -> [Sheet; 3] {
    ["survey", "choices", "settings"].map(|name| {
        let path = format!("{}/../examples/indre-namdal/{folder}/{name}.csv", env!("CARGO_MANIFEST_DIR"));
        Sheet::from_csv(name, &fs::read(path).unwrap(), &mut Problems::new()).unwrap()
    })
}

pub(crate) fn read(sheets: &[Sheet; 3]) -> (Questionnaire, Vec<Problem>) {
    let mut problems = Problems::new();
    let own = Questionnaire::from_sheets(Some(&sheets[0]), Some(&sheets[1]), Some(&sheets[2]), &mut problems);
    (own, problems.list().to_vec())
}

/// The row where the given columns have the given cells.
pub(crate) fn row(sheet: &Sheet, wanted: &[(&str, &str)]) -> usize {
    let place = |name: &str| sheet.columns.iter().position(|column| column == name).unwrap();
    let is =
        |row: &bygdepuls_core::questionnaire::Row| wanted.iter().all(|(name, cell)| row.cells[place(name)] == *cell);
    sheet.rows.iter().position(is).unwrap()
}

/// Writes a cell of the row of a question; a column that is not there is added.
pub(crate) fn set(sheets: &mut [Sheet; 3], question: &str, column: &str, cell: &str) {
    let row = row(&sheets[0], &[("name", question)]);
    set_at(&mut sheets[0], row, column, cell);
}

pub(crate) fn set_at(sheet: &mut Sheet, row: usize, column: &str, cell: &str) {
    let place = sheet.columns.iter().position(|name| name == column).unwrap_or_else(|| {
        sheet.columns.push(column.into());
        sheet.rows.iter_mut().for_each(|row| row.cells.push(String::new()));
        sheet.columns.len() - 1
    });
    sheet.rows[row].cells[place] = cell.into();
}

/// A cell of the row of a question.
pub(crate) fn get(sheets: &[Sheet; 3], question: &str, column: &str) -> String {
    let row = row(&sheets[0], &[("name", question)]);
    let place = sheets[0].columns.iter().position(|name| name == column).unwrap();
    sheets[0].rows[row].cells[place].clone()
}

/// The row of a choice.
pub(crate) fn choice(sheets: &[Sheet; 3], list: &str, code: &str) -> usize {
    row(&sheets[1], &[("list_name", list), ("name", code)])
}
