//! The invented registers of the example: read without a problem, and what is missing by them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::indicator::recruitment::{Assumptions, gap};
use bygdepuls_core::interval::Level;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::Project;
use bygdepuls_core::register::recruitment::{Day, Recruitment};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn registers() -> (Project, Recruitment) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/indre-namdal");
    let text = std::fs::read_to_string(folder.join("project.toml")).unwrap();
    let mut problems = Problems::new();
    let project = Project::parse("project.toml", &text, &mut problems).unwrap();
    let named = project.places.iter().filter(|place| place.is_file);
    let files: BTreeMap<String, Vec<u8>> =
        named.map(|place| (place.value.clone(), std::fs::read(folder.join(&place.value)).unwrap())).collect();
    let register = Recruitment::read(&project, &files, Day::iso(&project.date).unwrap(), None, &mut problems).unwrap();
    assert!(problems.list().is_empty());
    (project, register)
}

#[test]
fn the_example_has_all_registers_and_two_regions() {
    let (project, register) = registers();
    assert_eq!(
        register.areas.iter().map(|area| area.id.as_str()).collect::<Vec<_>>(),
        ["indre-namdal", "rindal-holtalen"]
    );
    assert_eq!(register.positions.as_ref().unwrap().len(), 250);
    // Expired, withdrawn and guardian-less consents are there to be left out.
    for why in ["ended", "withdrawn", "no_guardian"] {
        assert!(
            register.left_out.iter().any(|(code, count)| *code == why && *count > 0),
            "{why} {:?}",
            register.left_out
        );
    }
    assert!(register.courses.as_ref().is_some_and(|courses| courses.len() > 100));
    let assumptions = Assumptions { draws: 500, ..project.recruitment.as_ref().unwrap().gap.clone() };
    let result = gap(&register, &assumptions, Level::P95).unwrap();
    assert!(result.gap.entries.iter().all(|entry| entry.value.is_ok()));
    // Something is missing in both regions, and it is said in words who could fill it.
    for area in ["indre-namdal", "rindal-holtalen"] {
        let closing = result.closings.iter().find(|closing| closing.area == area && closing.field == "health").unwrap();
        assert!(closing.sentence.en.contains("are missing (between"), "{}", closing.sentence.en);
    }
}

/// What businesses are asked is what the register reads: its columns, the words of its answers, the municipalities of both regions.
#[test]
fn one_questionnaire_serves_both_regions() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/indre-namdal");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let (form, file) = (read("questionnaire-business/survey.csv"), read("registers-invented/recruitment/business.csv"));
    let asked: Vec<&str> = form.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
    assert_eq!(asked, file.lines().next().unwrap().split(',').collect::<Vec<_>>());
    let choices = read("questionnaire-business/choices.csv");
    let rows: Vec<Vec<&str>> = choices.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let codes = |list: &str| -> Vec<&str> { rows.iter().filter(|row| row[0] == list).map(|row| row[1]).collect() };
    let (_, register) = registers();
    let areas = register.areas.iter().flat_map(|area| &area.municipalities);
    let mut both: Vec<&str> = areas.map(|at| register.municipalities[usize::from(*at)].as_str()).collect();
    let mut offered = codes("kommune");
    both.sort_unstable();
    offered.sort_unstable();
    assert_eq!(offered, both);
    // Every answer that is offered stands in the invented register, which is read without a problem.
    for list in ["ja_nei", "vansker", "venter"] {
        for code in codes(list) {
            assert!(file.lines().any(|line| line.split(',').any(|cell| cell == code)), "{code}");
        }
    }
}
