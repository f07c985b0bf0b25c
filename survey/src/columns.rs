//! Rows in columns, for people.

use std::ops::Range;

/// A line per row: columns two spaces apart, as wide as they must be, those of `right` set to the right, no spaces at the end.
pub(crate) fn columns(rows: &[impl AsRef<[String]>], right: Range<usize>) -> Vec<String> {
    let rows = rows.iter().map(AsRef::as_ref);
    let many = rows.clone().map(<[String]>::len).max().unwrap_or(0);
    let width = |column: usize| rows.clone().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..many).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &[String]| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            if right.contains(&column) { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.clone().map(line).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn rows_in_columns() {
        let rows = [["år", "9"].map(str::to_owned).to_vec(), ["2025", "10", ""].map(str::to_owned).to_vec()];
        assert_eq!(super::columns(&rows, 1..2), ["år     9", "2025  10"]);
    }
}
