//! A small region from its files: who is due, who can be reached, who is linked, and who withdrew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::panel::Key;
use bygdepuls_core::problem::{Privacy, Problems, Severity};
use bygdepuls_core::project::{Loaded, Project};
use bygdepuls_core::text::Lang;
use bygdepuls_core::track::{Options, Track, calendar, mailing};
use std::collections::BTreeMap;

const PROJECT: &str = r#"
[region]
id = "testdal"
name = "Testdal"

[[municipality]]
code = "1001"
name = "Øvre"

[[municipality]]
code = "1002"
name = "Nedre"

[questionnaire]
survey = "survey.csv"
choices = "choices.csv"

[roles]
person = "person"

[[wave]]
code = "1"
years_after = 0

[[wave]]
code = "2"
years_after = 3

[[answers]]
year = 2024
file = "2024.csv"
closes = "2024-05-01"

[[answers]]
year = 2027
file = "2027.csv"
closes = "2027-05-01"

[register.population]
file = "population.csv"
schema = "population.json"

[contacts]
persons = "persons.csv"
events = "events.csv"
withdrawn = "withdrawn.csv"

[output]
indicators = ["return_intent"]

[disclosure]
policy = "none"

[[source]]
text = "Invented"
"#;

const SURVEY: &str = "type,name,label,waves\n\
    text,person,Person,\nselect_one bolge,bolge,Wave,\nselect_one ja,samtykke_svar,Consent,\ntext,panelkode,Code,\n\
    select_one kommune,kommune_oppvekst,Home,\nselect_one kommune,kommune_na,Now,9\nselect_one kjonn,kjonn,Sex,\n\
    select_one enig,int_kunne,Intent,\nend,end,End,\n";
const CHOICES: &str = "list_name,name,label,missing\n\
    bolge,1,W1,\nbolge,2,W2,\nja,1,Yes,\nja,2,No,\nkommune,1001,Øvre,\nkommune,1002,Nedre,\nkommune,9,Other,\n\
    kjonn,1,Girl,\nkjonn,2,Boy,\nenig,1,1,\nenig,2,2,\nenig,3,3,\nenig,4,4,\nenig,5,5,\nenig,98,Don't know,dont_know\n";
const SCHEMA: &str = r#"{"fields": [{"name": "kommunenr", "type": "string"}, {"name": "year", "type": "integer"},
    {"name": "age", "type": "integer"}, {"name": "total", "type": "integer"}, {"name": "female", "type": "integer"},
    {"name": "male", "type": "integer"}]}"#;
/// Cohorts 2021, 2024 and 2027; the register has 2027 for Øvre only.
const POPULATION: &str = "kommunenr,year,age,total,female,male\n\
    1001,2021,15,3,2,1\n1002,2021,15,4,2,2\n1001,2024,15,5,3,2\n1002,2024,15,6,2,4\n1001,2027,15,2,1,1\n1002,2027,15,3,2,1\n";
const HEAD: &str = "person,bolge,samtykke_svar,panelkode,kommune_oppvekst,kommune_na,kjonn,int_kunne,end\n";
/// The cohort of 2024 at 16: five who count, and one without consent.
const FIRST: &str = "P1,1,1,aa 01 aa,1001,,1,2,2024-04-02\n\
    P2,1,1,BB02BB,1001,,2,4,2024-04-02\n\
    ,1,1,CC03CC,1001,,1,5,2024-04-02\n\
    ,1,1,DD04DD,1002,,2,3,2024-04-02\n\
    P5,1,1,EE05EE,1002,,1,4,\n\
    ,1,2,FF06FF,1002,,1,4,2024-04-02\n";
/// At 19: P1 by id, P2 without one but with the code, CC by code, DD with a slip, P5 again.
const SECOND: &str = "P1,2,1,XX99XX,1001,,1,4,2027-04-02\n\
    ,2,1,bb02bb,1001,,2,5,2027-04-02\n\
    ,2,1,CC03CC,1001,,1,98,2027-04-02\n\
    ,2,1,DD40DD,1002,,2,2,2027-04-02\n\
    P5,2,1,EE05EE,1002,,1,1,2027-04-02\n";
const PERSONS: &str = "person_id,cohort,municipality,sex,name,email,phone,guardian_email,birth_date,consent_date,consent_until,withdrawn_date\n\
    P1,2024,1001,female,Navn En,en@x.example,,,2008-03-01,2024-04-01,2030-01-01,\n\
    P2,2024,1001,male,Navn To,,+47 000 00 002,,2008-03-01,2024-04-01,2027-03-31,\n\
    P3,2024,1001,female,Navn Tre,,,,,2024-04-01,,\n\
    P5,2024,1002,female,Navn Fem,fem@x.example,,,,2024-04-01,,\n\
    P6,2024,1002,male,Navn Seks,seks@x.example,,,,,,\n\
    P7,2027,1002,male,Navn Sju,sju@x.example,000,mor@x.example,,2027-01-10,,\n\
    P8,2027,1002,female,Navn Aatte,aatte@x.example,000,,,2027-01-10,,\n\
    P9,2027,1001,female,\"=Navn; Ni\",ni@x.example,,far@x.example,2008-12-31,2027-01-10,,\n";
const EVENTS: &str = "person_id,year,wave,event,date\n\
    P5,2027,w2,invited,2027-04-01\nP1,2027,2,invited,2027-04-01\nP7,2027,1,invited,2027-04-01\nP7,2027,1,reminded,2027-04-10\n\
    P9,2027,1,bounced,2027-04-01\n";

fn files() -> BTreeMap<String, Vec<u8>> {
    [
        ("survey.csv", SURVEY.to_owned()),
        ("choices.csv", CHOICES.to_owned()),
        ("population.json", SCHEMA.to_owned()),
        ("population.csv", POPULATION.to_owned()),
        ("2024.csv", format!("{HEAD}{FIRST}")),
        ("2027.csv", format!("{HEAD}{SECOND}")),
        ("persons.csv", PERSONS.to_owned()),
        ("events.csv", EVENTS.to_owned()),
        ("withdrawn.csv", "code,cohort,municipality,withdrawn_date\n".to_owned()),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .collect()
}

fn load(project: &str, files: &BTreeMap<String, Vec<u8>>, problems: &mut Problems) -> Option<Loaded> {
    Project::parse("project.toml", project, problems)?.load(files, problems)
}

fn track<'a>(files: &BTreeMap<String, Vec<u8>>, day: &'a str, change: impl FnOnce(&mut Options<'a>)) -> Track {
    let mut problems = Problems::new();
    let loaded = load(PROJECT, files, &mut problems);
    let loaded = loaded.unwrap_or_else(|| panic!("{problems:?}"));
    let mut options = Options { due: Some(2027..=2027), today: Some(day), key: None, link_near: false };
    change(&mut options);
    loaded.track(&options, &mut problems).unwrap()
}

#[test]
fn due_with_everybody_who_can_be_reached() {
    let track = track(&files(), "2027-04-01", |_| {});
    let of = |wave: &str, place: &str| {
        track.due.iter().find(|due| due.wave == wave && due.municipality == place).unwrap().clone()
    };
    let due = of("w2", "1001");
    assert_eq!((due.cohort, due.birth_year, due.population), (2024, 2008, Some(5)));
    assert_eq!((due.population_female, due.population_male), (Some(3), Some(2)));
    // P2's consent ended yesterday; P3 has no address.
    assert_eq!((due.contacts, due.consented, due.reachable), (Some(3), Some(2), Some(1)));
    assert_eq!((due.reachable_female, due.reachable_male, due.invited), (Some(1), Some(0), Some(1)));
    assert_eq!((due.answered, due.coverage_contacts), (Some(3), Some(0.6)));
    let due = of("w2", "1002");
    assert_eq!((due.contacts, due.consented, due.reachable), (Some(2), Some(1), Some(1)));
    // P7's mother can be written to; P8 has nobody; P9 is of age, and the e-mail came back.
    let (upper, lower) = (of("w1", "1001"), of("w1", "1002"));
    assert_eq!((lower.contacts, lower.consented, lower.reachable), (Some(2), Some(2), Some(1)));
    assert_eq!((lower.invited, lower.reminded, lower.bounced), (Some(1), Some(1), Some(0)));
    assert_eq!((upper.reachable, upper.bounced), (Some(0), Some(1)));
    let total = &track.due_totals[1];
    assert_eq!((total.municipality.as_str(), total.wave.as_str()), ("testdal", "w2"));
    assert_eq!((total.population, total.reachable, total.answered), (Some(11), Some(2), Some(5)));
}

/// The class list covers four of five of Øvre; N stays the register's.
#[test]
fn a_class_list_is_held_against_the_register() {
    let mut listed = files();
    listed.insert("invited.csv".into(), b"year,wave,municipality,invited\n2024,w1,1001,4\n2027,2,1001,4\n".to_vec());
    let project =
        PROJECT.replace("schema = \"population.json\"", "schema = \"population.json\"\ninvited = \"invited.csv\"");
    let mut problems = Problems::new();
    let loaded = load(&project, &listed, &mut problems).unwrap_or_else(|| panic!("{problems:?}"));
    let options = Options { due: Some(2027..=2027), today: Some("2027-03-01"), key: None, link_near: false };
    let track = loaded.track(&options, &mut problems).unwrap();
    let due = track.due.iter().find(|due| due.wave == "w2" && due.municipality == "1001").unwrap();
    assert_eq!((due.population, due.listed, due.coverage_listed), (Some(5), Some(4), Some(0.8)));
    // One municipality without a list: the region has none.
    assert_eq!(track.due_totals.iter().find(|due| due.wave == "w2").unwrap().listed, None);
    let first = track.response.iter().find(|row| row.year == 2024 && row.municipality == "1001").unwrap();
    assert_eq!((first.sex, first.n_population, first.n_invited), ("all", Some(5), Some(4)));
    assert_eq!((first.rate, first.rate_invited), (Some(0.6), Some(0.75)));
}

#[test]
fn lists_for_mail_merge() {
    let track = track(&files(), "2027-04-01", |_| {});
    let [first, second] = track.mailings.as_slice() else { panic!("{:?}", track.mailings) };
    // P7 was reminded before; P9 is back, P8 has no guardian.
    assert_eq!((first.to_invite, first.to_remind), (0, 1));
    let row = &first.reminders[0];
    assert_eq!((row.email.as_str(), row.phone.as_str(), row.guardian), ("mor@x.example", "", true));
    assert_eq!(first.left_out, BTreeMap::from([("bounced", 1), ("no_guardian", 1)]));
    // P1 and P5 answered under their ids; P2's consent has ended, P3 has no address, P6 never gave consent.
    assert_eq!((second.to_invite, second.to_remind), (0, 0));
    assert_eq!(second.left_out, BTreeMap::from([("answered", 2), ("no_address", 1), ("no_consent", 2)]));
    let mut fewer = files();
    fewer.insert("events.csv".into(), b"person_id,year,wave,event\nP1,2027,1,answered\n".to_vec());
    let mut problems = Problems::new();
    assert!(load(PROJECT, &fewer, &mut problems).is_none());
    assert_eq!(problems.list()[0].what.code(), "other-cohort");
    fewer.insert("events.csv".into(), b"person_id,year,wave,event\nP1,2024,1,answered\n".to_vec());
    let first = &self::track(&fewer, "2027-04-01", |_| {}).mailings[0];
    assert_eq!((first.to_invite, first.to_remind), (2, 0));
    let csv = String::from_utf8(mailing::csv(&first.invitations, Lang::Nb)).unwrap();
    assert_eq!(
        csv,
        "\u{feff}person_id;navn;epost;telefon;til_foresatt;kommunenr;kommune;kull;bolge;aar\r\n\
         P9;\"'=Navn; Ni\";ni@x.example;;nei;1001;Øvre;2027;w1;2027\r\n\
         P7;Navn Sju;mor@x.example;;ja;1002;Nedre;2027;w1;2027\r\n"
    );
}

#[test]
fn response_by_municipality_and_sex() {
    let track = track(&files(), "2027-03-01", |_| {});
    let of = |year: u16, wave: &str, place: &str, sex: &str| {
        let mut rows = track.response.iter();
        let is = |row: &&bygdepuls_core::track::Response| {
            (row.year, row.wave.as_str(), row.municipality.as_str(), row.sex) == (year, wave, place, sex)
        };
        rows.find(is).unwrap().clone()
    };
    let all = of(2024, "w1", "1001", "all");
    assert_eq!((all.n_population, all.n_answered, all.n_missing, all.rate), (Some(5), Some(3), Some(2), Some(0.6)));
    let girls = of(2024, "w1", "1001", "female");
    assert_eq!((girls.n_population, girls.n_answered, girls.n_missing), (Some(3), Some(2), Some(1)));
    // P5 did not send the form in.
    let lower = of(2024, "w1", "1002", "all");
    assert_eq!((lower.n_answered, lower.n_complete, lower.n_partial), (Some(2), Some(1), Some(1)));
    assert_eq!(lower.rate_complete, Some(1.0 / 6.0));
    // The log has nothing of 2024: that is not 0.
    assert_eq!((lower.n_invited, of(2027, "w2", "1002", "all").n_invited), (None, Some(1)));
    let total = track.response_totals.iter().find(|row| row.year == 2024 && row.wave == "w1").unwrap();
    assert_eq!((total.n_population, total.n_answered, total.rate), (Some(11), Some(5), Some(5.0 / 11.0)));
    assert_eq!(of(2024, "w1", "1002", "all").answered_share, Some(0.4));
}

#[test]
fn transitions_of_those_linked() {
    let track = track(&files(), "2027-03-01", |_| {});
    let linkage = &track.linkage;
    assert_eq!((linkage.rows, linkage.rows_by_person, linkage.rows_by_code), (10, 5, 5));
    // P1 by id, BB by the code that stands beside P2, CC by code, P5 by id; DD differs by a slip.
    assert_eq!((linkage.persons_linked, linkage.near_misses.len()), (4, 1));
    let near = &linkage.near_misses[0];
    assert_eq!((near.first.places[0].line, near.second.places[0].line, near.linked), (5, 5, false));
    let all = track.transitions.iter().find(|one| one.cohort.is_none()).unwrap();
    // 2→4, 4→5, 4→1; the third said "don't know".
    assert_eq!((all.n_linked, all.n, all.up, all.down, all.steady), (4, 3, 2, 1, 0));
    assert_eq!(all.yes_table, [[1, 1], [1, 0]]);
    assert_eq!((all.net_change, all.gross_change, all.mcnemar_exact_p), (Some(0.0), Some(2.0 / 3.0), Some(1.0)));
    let linked = self::track(&files(), "2027-03-01", |options| options.link_near = true);
    let all = linked.transitions.iter().find(|one| one.cohort.is_none()).unwrap();
    assert_eq!((all.n_linked, all.n, all.down), (5, 4, 2));
    // Consent ended: the answer under that id is out, and the code alone no longer leads to anybody.
    let later = self::track(&files(), "2027-04-01", |_| {});
    let all = later.transitions.iter().find(|one| one.cohort.is_none()).unwrap();
    assert_eq!((all.n_linked, all.n), (3, 2));
    let left_out: Vec<_> = later.left_out.iter().map(|row| (row.year, row.reason, row.rows)).collect();
    assert_eq!(left_out, [(2024, "no_consent", 1), (2024, "consent_ended", 1)]);
    let paths: Vec<_> = later.paths.iter().map(|path| (path.answers.clone(), path.n)).collect();
    assert_eq!(paths, [(vec!["no", "yes"], 1), (vec!["yes", "no"], 1)]);
}

#[test]
fn who_withdrew_is_in_nothing() {
    let mut changed = files();
    changed.insert(
        "persons.csv".into(),
        PERSONS
            .replace("Navn Fem,fem@x.example,,,,2024-04-01,,", "Navn Fem,fem@x.example,,,,2024-04-01,,2027-02-01")
            .into(),
    );
    changed.insert("withdrawn.csv".into(), b"code,cohort,municipality\ncc-03-cc,2024,1001\nAA01AA,2021,\n".to_vec());
    let track = track(&changed, "2027-03-01", |_| {});
    let left_out: Vec<_> = track.left_out.iter().map(|row| (row.year, row.reason, row.rows)).collect();
    assert_eq!(left_out, [(2024, "no_consent", 1), (2024, "withdrawn", 2), (2027, "withdrawn", 2)]);
    let total = track.response_totals.iter().find(|row| row.year == 2027 && row.wave == "w2").unwrap();
    assert_eq!((total.n_answered, total.n_contacts), (Some(3), Some(4)));
    let [five, by_code, nobody] = track.withdrawals.as_slice() else { panic!("{:?}", track.withdrawals) };
    assert_eq!((five.file.as_str(), five.line, five.withdrawn_date.as_deref()), ("persons.csv", 5, Some("2027-02-01")));
    let parts = |one: &bygdepuls_core::track::Withdrawal| {
        one.took_part.iter().map(|part| (part.year, part.wave.clone(), part.known_by)).collect::<Vec<_>>()
    };
    assert_eq!(parts(five), [(2024, "w1".to_owned(), "answers"), (2027, "w2".to_owned(), "answers")]);
    assert_eq!((by_code.file.as_str(), parts(by_code).len(), parts(nobody).len()), ("withdrawn.csv", 2, 0));
    // `run` leaves them out too.
    let mut problems = Problems::new();
    let outcome = load(PROJECT, &changed, &mut problems).unwrap().compute(None, &mut problems).unwrap();
    // By the last closing date P2's consent has ended too.
    assert_eq!(outcome.counted, [(2024, 2), (2027, 3)]);
}

/// P2 answered once under the id and once under the code that stands beside it.
#[test]
fn a_code_beside_an_id_goes_with_it() {
    let mut changed = files();
    changed.insert("persons.csv".into(), PERSONS.replace("2027-03-31,\n", "2027-03-31,2026-12-24\n").into());
    let track = track(&changed, "2027-03-01", |_| {});
    let left_out: Vec<_> = track.left_out.iter().map(|row| (row.year, row.reason, row.rows)).collect();
    assert_eq!(left_out, [(2024, "no_consent", 1), (2024, "withdrawn", 1), (2027, "withdrawn", 1)]);
    let parts: Vec<_> = track.withdrawals[0].took_part.iter().map(|part| (part.year, part.known_by)).collect();
    assert_eq!(parts, [(2024, "answers"), (2027, "answers")]);
}

/// The answers hold pseudonyms; with the key they lead to the contact log, without it nobody is linked by id.
#[test]
fn pseudonyms_with_a_key() {
    let key = Key::read("key", b"0123456789abcdef", &mut Problems::new()).unwrap();
    let mut keyed = files();
    for (name, text) in [("2024.csv", FIRST), ("2027.csv", SECOND)] {
        let mut text = format!("{HEAD}{text}");
        for id in ["P1", "P2", "P5"] {
            text = text.replace(&format!("\n{id},"), &format!("\n{},", key.pseudonym("testdal", id)));
        }
        keyed.insert(name.into(), text.into_bytes());
    }
    let with = track(&keyed, "2027-03-01", |options| options.key = Some(&key));
    let plain = track(&files(), "2027-03-01", |_| {});
    assert_eq!(with.transitions, plain.transitions);
    let without = track(&keyed, "2027-03-01", |_| {});
    assert_eq!(without.linkage.rows_by_person, 0);
    // The linked answers, by pseudonym: nobody's id or code.
    let panel = String::from_utf8(with.panel.unwrap()).unwrap();
    assert_eq!(panel.lines().count(), 9);
    assert!(panel.contains(&format!("{},2024,1001,female,w2,2027,4\n", key.pseudonym("testdal", "P1"))), "{panel}");
    for secret in ["P1", "P5", "AA01AA", "CC03CC", "cc03cc"] {
        assert!(!panel.contains(secret), "{panel}");
    }
}

#[test]
fn a_cohort_that_the_register_lacks_is_not_guessed() {
    let mut problems = Problems::new();
    let loaded = load(PROJECT, &files(), &mut problems).unwrap();
    let options = Options { due: Some(2028..=2028), today: Some("2027-06-01"), key: None, link_near: false };
    let track = loaded.track(&options, &mut problems).unwrap();
    assert_eq!(track.due.iter().map(|due| due.cohort).collect::<Vec<_>>(), [2028, 2028, 2025, 2025]);
    assert!(track.due.iter().chain(&track.due_totals).all(|due| due.population.is_none()));
    let told: Vec<_> = problems.list().iter().map(|problem| (problem.severity, problem.what.code())).collect();
    assert_eq!(told, [(Severity::Warning, "cohort-missing"); 2]);
    assert_eq!(problems.list()[0].value.as_deref(), Some("1001, 1002"));
}

#[test]
fn the_next_round_is_the_default() {
    let mut problems = Problems::new();
    let loaded = load(PROJECT, &files(), &mut problems).unwrap();
    for (today, year) in
        [(None, 2028), (Some("2027-04-30"), 2027), (Some("2027-05-01"), 2028), (Some("2026-01-01"), 2026)]
    {
        let options = Options { due: None, today, key: None, link_near: false };
        assert_eq!(loaded.track(&options, &mut problems).unwrap().due_years, [year], "{today:?}");
    }
}

#[test]
fn every_fault_of_the_contact_log_is_told_and_no_name() {
    let mut wrong = files();
    wrong.insert(
        "persons.csv".into(),
        b"person_id,cohort,municipality,sex,name,email,consent_date,consent_until\n\
          P1,2024,1001,female,Hemmelig Navn,hemmelig@x.example,2024-04-01,2023-01-01\n\
          P1,2024,1003,female,Hemmelig Navn,hemmelig,2024-04-01,\n\
          ,2024,1001,jente,Hemmelig Navn,,,\n"
            .to_vec(),
    );
    wrong.insert("events.csv".into(), b"person_id,year,wave,event\nP4,2027,2,invited\nP1,2027,7,called\n".to_vec());
    let mut problems = Problems::new();
    assert!(load(PROJECT, &wrong, &mut problems).is_none());
    let mut told: Vec<_> = problems
        .list()
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(|problem| (problem.file.as_str(), problem.line.unwrap(), problem.what.code()))
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            ("events.csv", 2, "unknown-person"),
            ("events.csv", 3, "unknown-code"),
            ("events.csv", 3, "unknown-word"),
            ("persons.csv", 2, "ends-before-it-begins"),
            ("persons.csv", 3, "not-an-email"),
            ("persons.csv", 3, "unknown-word"),
            ("persons.csv", 4, "empty-field"),
            ("persons.csv", 4, "unknown-code"),
        ]
    );
    for problem in problems.list() {
        let shown = problem.value.clone().unwrap_or_default();
        assert!(!shown.to_lowercase().contains("hemmelig"), "{problem:?}");
        assert!(
            problem.column.as_deref() != Some("person_id") || problem.privacy == Privacy::Answer || shown.is_empty()
        );
    }
}

#[test]
fn the_year_wheel() {
    let track = track(&files(), "2027-03-01", |_| {});
    let days: Vec<_> = track
        .calendar
        .iter()
        .filter(|entry| entry.wave == "w2")
        .map(|entry| (entry.id.as_str(), entry.first_day.as_str(), entry.last_day.as_str()))
        .collect();
    // Fieldwork closed on 1 May; new figures are expected in December.
    assert_eq!(
        days,
        [
            ("2027-w2-fieldwork", "2027-04-02", "2027-05-01"),
            ("2027-w2-reminder-1", "2027-04-12", "2027-04-12"),
            ("2027-w2-reminder-2", "2027-04-22", "2027-04-22"),
            ("2027-w2-closing", "2027-05-01", "2027-05-01"),
            ("2027-w2-analysis", "2027-05-02", "2027-06-01"),
            ("2027-w2-publication", "2027-12-15", "2027-12-15"),
        ]
    );
    let file = calendar::ics("testdal", &track.region, &track.calendar, "2027-03-01", Lang::Nb);
    assert!(file.ends_with("END:VCALENDAR\r\n") && !file.replace("\r\n", "").contains(['\r', '\n']));
    assert!(file.lines().all(|line| line.len() <= 75));
    assert!(file.contains("UID:2027-w2-reminder-1@testdal.bygdepuls\r\nDTSTAMP:20270301T000000Z\r\n"));
    assert!(file.contains("DTSTART;VALUE=DATE:20270402\r\nDTEND;VALUE=DATE:20270502\r\n"));
    let own = PROJECT.replace(
        "[output]",
        "[calendar]\nopens = \"10-01\"\ncloses = \"10-31\"\nreminders = [\"10-10\", \"12-01\"]\nanalysis = \"11-20\"\n\
         publication = \"02-01\"\n\n[output]",
    );
    let mut problems = Problems::new();
    let loaded = load(&own, &files(), &mut problems).unwrap();
    let options = Options { due: Some(2027..=2027), today: None, key: None, link_near: false };
    let track = loaded.track(&options, &mut problems).unwrap();
    let days: Vec<_> = track.calendar[..5].iter().map(|entry| (entry.kind, entry.last_day.as_str())).collect();
    // A reminder after closing reminds nobody.
    assert_eq!(
        days,
        [
            ("fieldwork", "2027-10-31"),
            ("reminder", "2027-10-10"),
            ("closing", "2027-10-31"),
            ("analysis", "2027-11-20"),
            ("publication", "2028-02-01"),
        ]
    );
    for (line, code) in [
        ("[calendar]\nopens = \"02-30\"\n", "wrong-type"),
        ("[calendar]\nopens = \"05-01\"\ncloses = \"04-01\"\n", "closes-before-it-opens"),
        ("[calendar]\nopened = \"05-01\"\n", "unknown-key"),
        ("[contacts]\nperson = \"a.csv\"\n", "missing-key"),
    ] {
        let mut problems = Problems::new();
        let text = PROJECT.replace(
            "[contacts]\npersons = \"persons.csv\"\nevents = \"events.csv\"\nwithdrawn = \"withdrawn.csv\"\n",
            line,
        );
        let _ = load(&text, &files(), &mut problems);
        assert!(problems.list().iter().any(|problem| problem.what.code() == code), "{line} {problems:?}");
    }
}

#[test]
fn a_short_key_is_refused() {
    let mut problems = Problems::new();
    assert!(Key::read("key.txt", b"short\n", &mut problems).is_none());
    assert_eq!(problems.list()[0].what.code(), "short-key");
}
