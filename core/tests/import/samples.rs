//! The sample of each tool.

use crate::shared::{folder, lines, questionnaire, run};
use bygdepuls_core::questionnaire::import::Options;
use std::fs;

fn sample(name: &str) -> (String, Vec<String>, Vec<String>) {
    let bytes = fs::read(folder().join("samples").join(name)).unwrap();
    let (outcome, problems) = run(&questionnaire(), &bytes, Options::default());
    let outcome = outcome.unwrap();
    let dialect = outcome.report.files[0].dialect.code().to_owned();
    (dialect, lines(&outcome.answers), problems)
}

#[test]
fn show() {
    for entry in fs::read_dir(folder().join("samples")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        println!("== {name}");
        let (dialect, lines, problems) = sample(&name);
        println!("{dialect}\n{}\n{}", lines.join("\n"), problems.join("\n"));
    }
}
