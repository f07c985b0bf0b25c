//! What the tests of the statistics bank's files have in common.

use bygdepuls_core::problem::{Problems, Severity};
use bygdepuls_core::read::statbank::{Content, Options, StatTable, Value, read};

/// A sample, by the beginning of its name.
pub(crate) fn sample(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/statbank");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> =
        files.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(name)).collect();
    found.sort();
    std::fs::read(&found[0]).unwrap()
}

/// A table that must be read without any problem.
pub(crate) fn table(bytes: &[u8]) -> StatTable {
    table_with(bytes, &Options::default())
}

pub(crate) fn table_with(bytes: &[u8], options: &Options) -> StatTable {
    let mut problems = Problems::new();
    let content = read("f", bytes, options, &mut problems);
    assert_eq!(problems.list().len(), 0, "{problems:?}");
    let Some(Content::Table(table)) = content else { panic!("no table") };
    table
}

/// What is told of a file: whether it is read, then code, line, column and value of each problem.
pub(crate) fn told(bytes: &[u8]) -> (bool, Vec<String>) {
    let mut problems = Problems::new();
    let content = read("f", bytes, &Options::default(), &mut problems);
    assert_eq!(content.is_some(), problems.errors() == 0, "{problems:?}");
    let words = problems.list().iter().map(|problem| {
        let mut words = vec![problem.what.code().to_owned()];
        if problem.severity == Severity::Warning {
            words[0].insert(0, '?');
        }
        words.extend(problem.line.map(|line| line.to_string()));
        words.extend(problem.column.clone());
        words.extend(problem.value.clone());
        words.join(" | ")
    });
    (content.is_some(), words.collect())
}

/// Every number or symbol, in order.
pub(crate) fn cells(table: &StatTable) -> String {
    let text = |value: Value| match (value.number(), value.symbol()) {
        (Some(_), "-") => "-".to_owned(),
        (Some(number), symbol) => format!("{number}{symbol}"),
        (None, "") => "_".to_owned(),
        (None, symbol) => symbol.to_owned(),
    };
    table.cells.iter().map(|cell| text(cell.value)).collect::<Vec<_>>().join(" ")
}

/// The codes of a dimension.
pub(crate) fn codes(table: &StatTable, dimension: usize) -> Vec<&str> {
    table.dimensions[dimension].categories.iter().map(|category| category.code.as_str()).collect()
}

/// The labels of a dimension.
pub(crate) fn labels(table: &StatTable, dimension: usize) -> Vec<&str> {
    table.dimensions[dimension].categories.iter().map(|category| category.label.as_str()).collect()
}

/// The slugs of the notes.
pub(crate) fn notes(table: &StatTable) -> Vec<&'static str> {
    table.notes.iter().map(|note| note.code()).collect()
}
