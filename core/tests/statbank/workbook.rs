//! Workbooks, as the statistics bank writes them.

use crate::shared::{cells, codes, notes, table, told};
use bygdepuls_core::read::statbank::Role;
use rust_xlsxwriter::Workbook;

/// A workbook with these rows; what looks like a number of a table is one.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells).filter(|(_, cell)| !cell.is_empty()) {
            match cell.parse::<f64>() {
                Ok(number) if !cell.starts_with('0') || cell.contains('.') => {
                    sheet.write_number(row, column, number).unwrap()
                }
                _ => sheet.write_string(row, column, *cell).unwrap(),
            };
        }
    }
    workbook.save_to_buffer().unwrap()
}

const TITLE: &str = "03321: Sysselsatte per 4. kvartal. Pendlingsstrømmer etter arbeidsstedskommune, bostedskommune, \
                     statistikkvariabel og år";

#[test]
fn a_stub_without_headings_filled_only_where_it_changes() {
    let table = table(&workbook(&[
        &[TITLE],
        &[],
        &["", "", "Sysselsatte personer", "", "Andel"],
        &["", "", "2017", "2018", "2017"],
        &["0101 Halden", "0101 Halden", "9798", "9800", "1.234"],
        &["", "0104 Moss", "84", "..", ":"],
        &["0104 Moss", "0101 Halden", "12", "-", "0.5"],
        &[],
        &["Fra 2006 ble aldersgrensen senket."],
        &["Kilde:"],
        &["Statistisk sentralbyrå"],
    ]));
    let roles: Vec<Role> = table.dimensions.iter().map(|dimension| dimension.role).collect();
    assert_eq!(roles, [Role::Workplace, Role::Residence, Role::Time]);
    assert_eq!((codes(&table, 0), codes(&table, 2)), (vec!["0101", "0104"], vec!["2017", "2018"]));
    // A number of a sheet has no mark that could be misread: 1.234 is 1.234.
    assert_eq!(cells(&table), "9798 1.234 9800 84 : .. 12 0.5 -");
    assert_eq!((table.source.as_str(), table.footnotes.len()), ("Statistisk sentralbyrå", 1));
    assert!(notes(&table).contains(&"filled-down"));
}

#[test]
fn text_in_a_column_of_numbers_is_told_by_its_row() {
    let bytes =
        workbook(&[&["region", "år", "Personer"], &["3432 Lesja", "2024", "95"], &["3433 Skjåk", "2024", "9S"]]);
    assert_eq!(told(&bytes).1, ["not-a-number | 3 | Personer | 9S"]);
    let mut broken = bytes.clone();
    broken.truncate(bytes.len() / 2);
    assert_eq!(told(&broken).1, ["no-text"]);
    assert_eq!(told(&workbook(&[])).1, ["no-table"]);
}
