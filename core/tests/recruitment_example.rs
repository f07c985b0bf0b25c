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
