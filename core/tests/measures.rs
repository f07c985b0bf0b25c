//! A real register of measures, with what is wrong in it counted by hand: `tests/data/innlandet`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::problem::{Problems, Severity};
use bygdepuls_core::register::measures::{Measures, Note};
use bygdepuls_core::text::{Lang, Text};
use std::collections::BTreeMap;

#[test]
fn the_register_of_innlandet() {
    let mut problems = Problems::new();
    let file = include_bytes!("../../tests/data/innlandet/measures.csv");
    let register = Measures::read("measures.csv", file, &mut problems).unwrap();
    assert_eq!((register.list.len(), register.one_way().len()), (41, 75));
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    problems.list().iter().for_each(|problem| *counts.entry(problem.what.code()).or_default() += 1);
    let expected = [("ambiguous-link", 5), ("id-twice", 1), ("link-to-itself", 1), ("one-way-link", 75)];
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), expected);
    let of = |code: &str| problems.list().iter().find(|problem| problem.what.code() == code).unwrap();
    assert_eq!((of("id-twice").value.as_deref(), of("link-to-itself").value.as_deref()), (Some("L9"), Some("A9")));
    assert_eq!((of("id-twice").severity, of("one-way-link").severity), (Severity::Error, Severity::Warning));
    // No measure names a finding.
    assert_eq!(register.without_finding().len(), 41);
}

#[test]
fn a_page_back_to_those_who_answered() {
    let file = "id;title_nb;title_en;responsible;status;answers;result_nb;result_en;start;end\n\
        T1;Kveldsbuss;Evening bus;AtB;done;skyss;Går tre kvelder i uka.;Runs three evenings a week.;2025-01-01;2025-06-30\n\
        T2;Hus;;K;planned;hus=1 skyss;;;;\n";
    let mut problems = Problems::new();
    let register = Measures::read("m.csv", file.as_bytes(), &mut problems).unwrap();
    assert_eq!(problems.list().len(), 0, "{:#?}", problems.list());
    let said = [
        ("skyss=4".to_owned(), Text::new("Skyss på kveld", "Skyss på kveld", "Rides in the evening")),
        ("hus=2".to_owned(), Text::same("Andre hus")),
    ];
    assert_eq!(
        register.you_said_we_did(&said, Lang::En),
        "# You said – we did\n\n## You said: Rides in the evening\n\n- **Evening bus** (done; AtB). Runs three evenings a week.\n\
         - **Hus** (planned; K).\n"
    );
    assert_eq!(register.answering("hus=1").len(), 1);
}

#[test]
fn dates_and_empty_cells() {
    let file = b"id,title_nb,responsible,status,answers,start,end\n,A,K,started,,2025-13-01,\nT,,K,started,,2025-02-01,2025-01-01\n";
    let mut problems = Problems::new();
    assert!(Measures::read("m.csv", file, &mut problems).is_some());
    let told: Vec<_> =
        problems.list().iter().map(|problem| (problem.what.code(), problem.line, problem.column.as_deref())).collect();
    let expected = [
        ("empty", Some(2), Some("id")),
        ("not-a-date", Some(2), Some("start")),
        ("empty", Some(3), Some("title_nb")),
        ("ends-before-it-begins", Some(3), Some("end")),
    ];
    assert_eq!(told, expected);
    let mut problems = Problems::new();
    assert!(Measures::read("m.csv", b"id,title_nb\n1,A\n", &mut problems).is_none());
    assert_eq!(problems.errors(), 3);
    let mut problems = Problems::new();
    let notes =
        Note::read_all("n.csv", "date,source,theme,text\n1. mai,R,h1,Navn\n".as_bytes(), &mut problems).unwrap();
    assert_eq!(
        (notes.len(), problems.list()[0].what.code(), problems.list()[0].value.as_deref()),
        (1, "not-a-date", Some("1. mai"))
    );
}

#[test]
fn milestones_and_changes() {
    let file = "id,title_nb,responsible,status,answers,milestone_nb,reached,changed,change_nb\n\
        1,Los,K,started,,Los i alle kommuner,5042 5043 9999,2026-03-01,Ny leder\n\
        2,Buss,AtB,started,,,,2026-05-01,\n3,Kurs,K,started,,,,mai,x\n";
    let mut problems = Problems::new();
    let register = Measures::read("m.csv", file.as_bytes(), &mut problems).unwrap();
    let known = ["5042", "5043", "5044", "5045"].map(str::to_owned);
    register.check_municipalities("m.csv", &known, &mut problems);
    let told: Vec<_> =
        problems.list().iter().map(|problem| (problem.what.code(), problem.line, problem.column.as_deref())).collect();
    let expected = [
        ("not-a-date", Some(4), Some("changed")),
        ("no-reason", Some(3), Some("change_nb")),
        ("unknown-municipality", Some(2), Some("reached")),
    ];
    assert_eq!(told, expected);
    assert_eq!(problems.errors(), 2);
}
