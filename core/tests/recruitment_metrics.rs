//! Metrics of recruitment: cases by hand, and registers that are empty, of one row, all tied or all open.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::indicator::recruitment::{CATALOGUE, Entry, Figures, Metric};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::register::recruitment::{
    Absence, Applicant, Applied, Area, Contract, Day, Field, Names, Participant, Position, Recruitment, Staff, Trainee,
};
use bygdepuls_core::text::Text;

fn day(text: &str) -> Day {
    Day::iso(text).unwrap()
}

/// One region of two municipalities, one field, two employers; no register.
fn empty() -> Recruitment {
    let mut registers = Recruitment::new("project.toml", day("2026-11-22"));
    registers.municipalities = vec!["5042".into(), "5043".into()];
    registers.areas = vec![Area { id: "region".into(), name: Text::same("region"), municipalities: vec![0, 1] }];
    let health = Field { id: "health".into(), name: Text::same("health"), occupations: vec![], educations: vec![] };
    registers.fields = vec![health];
    registers.employers = Names(vec!["a".into(), "b".into()]);
    registers
}

/// A position advertised on a day.
fn position(advertised: &str) -> Position {
    Position {
        line: 2,
        employer: 0,
        place: 0,
        occupation: 2221,
        field: 0,
        advertised: day(advertised),
        applications: None,
        qualified: None,
        applied: None,
        offered: None,
        accepted: None,
        started: None,
        left: None,
        withdrawn: None,
        ended: None,
        on_hold: 0,
        lower: None,
    }
}

fn filled(advertised: &str, accepted: &str) -> Position {
    Position { accepted: Some(day(accepted)), ..position(advertised) }
}

fn with(positions: Vec<Position>) -> Recruitment {
    Recruitment { positions: Some(positions.into()), ..empty() }
}

fn figures(registers: &Recruitment, id: &str) -> Figures {
    let metric = CATALOGUE.iter().find(|metric| metric.id == id).unwrap();
    (metric.figures)(registers, &mut Problems::new()).unwrap()
}

/// The entry of a column for all, in the first period.
fn first(registers: &Recruitment, id: &str, column: &str) -> Entry {
    let figures = figures(registers, id);
    let column = figures.columns.iter().position(|one| one.category.code == column).unwrap();
    figures.entry([column, 0, 0, 0]).clone()
}

fn no_figure(entry: &Entry) -> &'static str {
    entry.value.as_ref().unwrap_err().code
}

/// All but those of demand and supply, which need assumptions too.
fn metrics() -> impl Iterator<Item = &'static Metric> {
    CATALOGUE.iter().take_while(|metric| metric.id != "gap")
}

#[test]
fn without_registers_each_says_what_it_needs() {
    for metric in metrics() {
        let mut problems = Problems::new();
        assert!((metric.figures)(&empty(), &mut problems).is_none(), "{}", metric.id);
        assert_eq!(problems.errors(), 1, "{}", metric.id);
        assert_eq!(problems.list()[0].what.code(), "needs-register");
    }
}

#[test]
fn registers_without_rows_have_figures_of_nobody() {
    let registers = Recruitment {
        positions: Some(vec![].into()),
        applicants: Some(vec![]),
        staff: Some(vec![]),
        businesses: Some(vec![]),
        absence: Some(vec![]),
        trainees: Some(vec![]),
        trainee_places: Some(vec![]),
        participants: Some(vec![]),
        ..empty()
    };
    for metric in metrics() {
        let mut problems = Problems::new();
        let figures = (metric.figures)(&registers, &mut problems).unwrap();
        assert_eq!(problems.errors(), 0, "{}", metric.id);
        assert!(figures.entries.iter().all(|entry| entry.value.is_err()), "{}", metric.id);
    }
}

#[test]
fn open_on_the_day_of_the_run_is_censored() {
    let open = with(vec![position("2026-11-01"), position("2026-11-01")]);
    let entry = first(&open, "time_to_fill", "gross");
    assert_eq!((no_figure(&entry), entry.n, entry.interval), ("not_reached", 2, None));
    assert_eq!(entry.notes[0].en, "positions that are still open are censored today: 2");
    // Nobody has been followed for 30 days.
    assert_eq!(no_figure(&first(&open, "filled_by", "d30")), "not_followed");
    // What is dated after the day of the run has not happened.
    let later = with(vec![filled("2026-11-01", "2026-12-01"), position("2026-11-30")]);
    let entry = first(&later, "time_to_fill", "gross");
    assert_eq!((no_figure(&entry), entry.n), ("not_reached", 1));
}

#[test]
fn all_tied() {
    let tied = with(vec![filled("2026-01-01", "2026-01-31"); 5]);
    let entry = first(&tied, "time_to_fill", "gross");
    // S falls from 1 to 0 at once: no limit of S in between, as in R.
    assert_eq!((entry.value, entry.interval), (Ok(30.0), None));
    let within = first(&tied, "filled_by", "d30");
    assert_eq!((within.value, within.interval, within.n), (Ok(1.0), None, 5));
    assert_eq!(first(&tied, "filled_by", "d180").value, Ok(1.0));
}

#[test]
fn one_row() {
    let one = with(vec![Position {
        applications: Some(4),
        qualified: Some(0),
        applied: Some(day("2026-01-11")),
        started: Some(day("2026-03-01")),
        on_hold: 40,
        ..filled("2026-01-01", "2026-01-31")
    }]);
    let value = |id, column| first(&one, id, column).value.unwrap();
    assert_eq!([value("time_to_fill", "gross"), value("time_to_fill", "net")], [30.0, 0.0]);
    assert_eq!([value("time_to_hire", "days"), value("failed_recruitment", "failed")], [20.0, 0.0]);
    assert_eq!([value("applicants", "applicants"), value("applicants", "qualified")], [4.0, 0.0]);
    assert_eq!(first(&one, "applicants", "applicants").interval, None);
    let retention = first(&one, "retention", "m12");
    assert_eq!(no_figure(&retention), "not_followed"); // 266 days
    assert_eq!(first(&one, "retention_curve", "m6").value, Ok(1.0));
}

#[test]
fn withdrawn_is_no_failure_and_a_hire_without_a_day_is_one() {
    let ends = |withdrawn: Option<&str>, ended: Option<&str>| Position {
        withdrawn: withdrawn.map(day),
        ended: ended.map(day),
        ..position("2025-01-01")
    };
    let registers = with(vec![
        filled("2025-01-01", "2025-02-01"),
        Position { started: Some(day("2025-03-01")), ..position("2025-01-01") },
        ends(Some("2025-02-01"), None),
        ends(None, Some("2025-02-01")),
        ends(Some("2025-03-01"), Some("2025-02-01")), // ended first
        ends(Some("2025-02-01"), Some("2025-02-01")), // withdrawn where both are of a day
        position("2025-01-01"),
    ]);
    let failed = first(&registers, "failed_recruitment", "failed");
    assert_eq!((failed.x, failed.n), (Some(2), 4));
    let notes: Vec<&str> = failed.notes.iter().map(|note| note.en.as_str()).collect();
    assert_eq!(
        notes,
        ["positions that are still open are not counted: 1", "positions that were withdrawn are not counted: 2"]
    );
    let fill = first(&registers, "time_to_fill", "gross");
    assert_eq!(fill.n, 6);
    assert_eq!(fill.notes.last().unwrap().en, "1 lack the day of acceptance and are not counted");
    // 1 of 6 is filled on day 31, when three more ends come: nothing is taken for a censoring.
    assert_eq!(first(&registers, "filled_by", "d60").value, Ok(1.0 / 6.0));
}

#[test]
fn a_funnel_goes_by_the_furthest_step_of_each() {
    let ended = |applications, qualified, offered: Option<&str>| Position {
        applications,
        qualified,
        offered: offered.map(day),
        ended: Some(day("2025-03-01")),
        ..position("2025-01-01")
    };
    let hired = |applications, qualified, started: Option<&str>| Position {
        applications,
        qualified,
        started: started.map(day),
        ..filled("2025-01-01", "2025-02-01")
    };
    let mut registers = with(vec![
        ended(Some(0), None, None), // nobody applied, so nobody was qualified
        ended(Some(3), Some(0), None),
        ended(Some(2), Some(1), None),
        ended(Some(4), Some(2), Some("2025-02-20")), // declined
        ended(Some(4), Some(2), Some("2027-02-20")), // an offer that is still to come is none
        hired(Some(1), Some(1), Some("2027-01-01")), // begins later
        hired(Some(2), Some(0), Some("2025-04-01")), // hired, though not qualified
        hired(None, Some(2), Some("2025-04-01")),    // two that were qualified had applied
        hired(Some(5), None, Some("2025-04-01")),    // whether any was qualified is not known,
        ended(Some(5), None, None),                  // however it ended
        Position { withdrawn: Some(day("2025-02-01")), ..hired(None, None, None) },
        Position { accepted: None, withdrawn: Some(day("2025-02-01")), ..hired(Some(9), Some(9), None) },
        Position { applications: Some(9), qualified: Some(9), ..position("2025-01-01") },
    ]);
    let steps = ["advertised", "application", "qualified", "offered", "accepted", "started"];
    let counts = |registers: &Recruitment| steps.map(|step| first(registers, "funnel", step).x);
    assert_eq!(counts(&registers), [8, 7, 6, 4, 3, 2].map(Some));
    let entries = steps.map(|step| first(&registers, "funnel", step));
    assert!(entries.iter().all(|entry| entry.n == 8 && entry.behind.units == 8));
    assert_eq!((entries[0].value.clone(), entries[0].interval, entries[2].value.clone()), (Ok(1.0), None, Ok(0.75)));
    let notes = entries.map(|entry| entry.notes.iter().map(|note| note.en.clone()).collect::<Vec<_>>());
    assert_eq!(
        notes.concat(),
        [
            "positions that are still open are not counted: 1",
            "positions that were withdrawn are not counted: 1",
            "of 3 it is not known how many applied; they are not counted",
            "1 with an offer are counted, though none of the applicants is recorded as qualified",
            "1 have accepted and not begun yet, or the first day of work is not recorded",
        ]
    );
    // What a register never records is not asked of a position, and has no figure.
    for row in registers.positions.as_mut().unwrap().iter_mut() {
        (row.qualified, row.offered) = (None, None);
    }
    assert_eq!(counts(&registers), [Some(9), Some(8), None, None, Some(3), Some(2)]);
    assert_eq!(no_figure(&first(&registers, "funnel", "qualified")), "not_recorded");
    registers.positions.as_mut().unwrap().iter_mut().for_each(|row| row.applications = None);
    assert_eq!(counts(&registers), [Some(11), None, None, None, Some(5), Some(3)]);
}

#[test]
fn vacant_from_advertisement_to_contract() {
    let staff = |day_of: &str, employer, persons| Staff {
        line: 2,
        day: day(day_of),
        person: None,
        employer,
        place: 0,
        occupation: 2221,
        field: 0,
        age: None,
        persons,
        contract: None,
    };
    let mut registers = with(vec![
        position("2024-12-01"),             // advertised on the day
        position("2024-12-02"),             // the day after
        filled("2024-10-01", "2024-12-01"), // accepted on the day
        filled("2024-10-01", "2024-12-02"), // the day after
        Position { employer: 1, ..position("2024-10-01") },
    ]);
    registers.staff = Some(vec![staff("2024-12-01", 0, 37), staff("2023-12-01", 0, 5)]);
    let figures = figures(&registers, "vacancy_rate");
    let codes: Vec<&str> = figures.periods.iter().map(|period| period.code.as_str()).collect();
    assert_eq!(codes, ["2023", "2024"]);
    assert_eq!(no_figure(figures.entry([0, 0, 0, 0])), "not_covered"); // no position is so old
    let entry = figures.entry([0, 1, 0, 0]);
    assert_eq!((entry.x, entry.n, entry.value.clone()), (Some(3), 40, Ok(0.075)));
    assert_eq!(entry.notes[0].en, "1 vacant positions are at employers without staff in the register");
    assert_eq!(entry.behind.employers.iter().map(|(one, units)| (*one, *units)).collect::<Vec<_>>(), [(0, 39), (1, 1)]);
}

#[test]
fn turnover_by_employer_and_out_of_the_register() {
    let staff = |year: &str, person, employer, contract| Staff {
        line: 2,
        day: day(&format!("{year}-12-01")),
        person: Some(person),
        employer,
        place: 0,
        occupation: 0,
        field: u8::MAX,
        age: Some(57),
        persons: 1,
        contract,
    };
    let (monthly, hourly) = (Some(Contract::Monthly), Some(Contract::Hourly));
    let mut registers = empty();
    registers.staff = Some(vec![
        staff("2024", 1, 0, monthly),
        staff("2024", 2, 0, monthly),
        staff("2024", 3, 0, monthly),
        staff("2024", 3, 0, hourly), // twice: monthly paid
        staff("2024", 4, 0, hourly),
        staff("2024", 5, 1, monthly),
        staff("2025", 1, 0, hourly),  // stays
        staff("2025", 2, 1, monthly), // to another employer
        staff("2025", 5, 1, monthly),
    ]);
    let counts = |column: &str| {
        let entry = first(&registers, "turnover", column);
        (entry.x.unwrap(), entry.n)
    };
    assert_eq!((counts("monthly"), counts("hourly"), counts("everybody")), ((2, 4), (1, 1), (3, 5)));
    assert_eq!((counts("monthly_sector"), counts("everybody_sector")), ((1, 4), (2, 5)));
    // An employer that is not in the register a year later has not lost all.
    registers.staff.as_mut().unwrap().retain(|row| row.employer == 0 || row.day == day("2024-12-01"));
    assert_eq!(first(&registers, "turnover", "everybody").n, 4);
    registers.staff.as_mut().unwrap().iter_mut().for_each(|row| row.person = None);
    assert_eq!(no_figure(&first(&registers, "turnover", "monthly")), "not_followed");
}

#[test]
fn ties_and_odds() {
    let applicant = |tie, hired| Applicant {
        employer: 0,
        place: 0,
        field: 0,
        applied: day("2025-05-05"),
        tie,
        qualified: None,
        hired,
    };
    let mut rows = Vec::new();
    for (tie, hired, count) in [(Some(true), true, 12), (Some(true), false, 28), (Some(false), true, 10)] {
        rows.extend(vec![applicant(tie, hired); count]);
    }
    rows.extend(vec![applicant(Some(false), false); 90]);
    rows.extend(vec![applicant(None, true); 4]);
    let registers = Recruitment { applicants: Some(rows), ..empty() };
    let share = first(&registers, "local_tie", "local_tie");
    assert_eq!((share.x, share.n), (Some(12), 22));
    assert_eq!(share.notes[0].en, "4 hired of whom the tie is not known are not counted");
    let near = |column: &str, value: f64, lower: f64, upper: f64| {
        let entry = first(&registers, "hired_by_tie", column);
        let interval = entry.interval.unwrap();
        for (ours, theirs) in [(entry.value.unwrap(), value), (interval.lower, lower), (interval.upper, upper)] {
            assert!((ours - theirs).abs() < 1e-6, "{column} {ours} {theirs}");
        }
    };
    // The formulas of Newcombe (method 10), Katz and Woolf, written out in R.
    near("difference", 0.2, 0.059_461, 0.360_664);
    near("risk_ratio", 3.0, 1.410_227, 6.381_953);
    near("odds_ratio", 27.0 / 7.0, 1.506_270, 9.877_078);
}

#[test]
fn trainees_stay_until_they_are_last_seen() {
    let trainee = |ended: &str, moved: Option<&str>, seen: Option<&str>, offered| Trainee {
        line: 2,
        year: 2020,
        place: 1,
        started: None,
        ended: Some(day(ended)),
        offered,
        moved: moved.map(day),
        seen: seen.map(day),
    };
    let registers = Recruitment {
        trainees: Some(vec![
            trainee("2020-06-30", Some("2020-06-01"), None, Some(false)),
            trainee("2020-06-30", Some("2021-11-12"), None, Some(true)), // after 500 days
            trainee("2020-06-30", None, Some("2021-08-04"), Some(true)), // seen for 400 days
            trainee("2020-06-30", None, None, None),
            trainee("2027-06-30", None, None, Some(true)), // not ended
            trainee("2020-06-30", None, Some("2020-01-01"), None), // last seen before the end
        ]),
        trainee_places: Some(vec![Applied { year: 2020, places: 6, applicants: 84 }]),
        ..empty()
    };
    let value = |column: &str| first(&registers, "trainees", column).value.unwrap();
    assert_eq!(["m0", "m12", "m24", "m36"].map(value), [0.75, 0.75, 0.375, 0.375]);
    let offered = first(&registers, "trainees", "offered");
    assert_eq!((offered.x, offered.n), (Some(2), 3));
    assert_eq!(["offered_published", "m24_published", "additional_published"].map(value), [0.82, 0.62, 0.54]);
    assert_eq!(first(&registers, "trainees", "m0").notes[0].en, "1 were last seen before the end and are not counted");
    assert_eq!(first(&registers, "trainee_demand", "demand").value, Ok(14.0));
    // Another area has no figure of its own, and not that of the region.
    let mut two = registers.clone();
    two.areas.push(Area { id: "south".into(), name: Text::same("south"), municipalities: vec![1] });
    let figures = figures(&two, "trainee_demand");
    let values = figures.entries.iter().map(|entry| entry.value.as_ref().map_err(|why| why.code)).collect::<Vec<_>>();
    assert_eq!(values, [Ok(&14.0), Err("no_place"), Ok(&10.0), Ok(&10.0), Ok(&20.0), Ok(&20.0)]);
}

#[test]
fn sick_leave_counts_people_once_a_year() {
    let quarter = |from: &str, to: &str, agreed, lost| Absence {
        line: 2,
        from: day(from),
        to: day(to),
        employer: 0,
        place: 0,
        field: 0,
        persons: 12,
        agreed,
        lost,
    };
    let registers = Recruitment {
        absence: Some(vec![
            quarter("2025-01-01", "2025-03-31", 700.0, 70.0),
            quarter("2025-04-01", "2025-06-30", 300.0, 5.0),
        ]),
        ..empty()
    };
    let entry = first(&registers, "sick_leave", "sick_leave");
    assert_eq!((entry.value, entry.n, entry.behind.units), (Ok(0.075), 12, 12));
    assert_eq!(first(&registers, "attendance", "attendance").value, Ok(0.925));
}

#[test]
fn active_are_those_of_whom_both_are_known() {
    let participant = |work, education| Participant { line: 2, place: 0, year: 2024, work, education };
    let (yes, no) = (Some(true), Some(false));
    let of = |rows: &[(Option<bool>, Option<bool>)]| Recruitment {
        participants: Some(rows.iter().map(|(work, education)| participant(*work, *education)).collect()),
        ..empty()
    };
    let registers = of(&[(yes, None), (no, yes), (yes, yes), (no, no), (no, None), (None, yes), (None, None)]);
    let entry = first(&registers, "introduction", "active");
    assert_eq!((entry.x, entry.n), (Some(2), 3));
    assert_eq!(entry.notes[0].en, "4 of whom work or education is not known are not counted");
    assert_eq!(first(&registers, "introduction", "goal").value, Ok(0.70));
    // With work alone it is neither 100 % nor 0 %: there is no figure.
    let entry = first(&of(&[(yes, None), (yes, None), (no, None)]), "introduction", "active");
    assert_eq!((entry.value.unwrap_err().code, entry.n), ("nobody", 0));
}
