//! The CV base. Nobody without a consent that holds on the day of the run leaves this file.

use super::cells::Cells;
use super::cells::Occupation;
use super::fold;
use super::sheet::Sheet;
use super::{Cv, Day, RecruitmentProblem, Wants};
use crate::problem::{Problem, Problems, Severity};
use crate::register::RegisterProblem;
use std::collections::BTreeMap;

const WANTS: [(&str, Wants); 8] = [
    ("now", Wants::Now),
    ("later", Wants::Later),
    ("told", Wants::Told),
    ("nå", Wants::Now),
    ("no", Wants::Now),
    ("senere", Wants::Later),
    ("seinare", Wants::Later),
    ("informert", Wants::Told),
];

/// Why a row is left out.
const WHY: [&str; 5] = ["not_given", "not_yet", "ended", "withdrawn", "no_guardian"];

/// The age from which people decide for themselves.
const OF_AGE: i32 = 18;

/// The year in which a cohort turns 16, it leaves 10th grade.
const AGE_OF_COHORT: i32 = 16;

/// The columns, in the order of [`row`].
const COLUMNS: [&str; 20] = [
    "person_id",
    "consent_date",
    "consent_until",
    "withdrawn_date",
    "guardian_consent",
    "name",
    "email",
    "phone",
    "birth_date",
    "cohort",
    "municipality",
    "education",
    "occupation",
    "experience",
    "done",
    "wants",
    "wave",
    "intent",
    "lives_here",
    "shared",
];

/// What a row says of the consent.
#[derive(Clone, Copy, Debug, Default)]
struct Consent {
    given: Option<Day>,
    until: Option<Day>,
    withdrawn: Option<Day>,
    guardian: Option<Day>,
    born: Option<Day>,
    /// The year in which the person left 10th grade.
    cohort: Option<u16>,
}

impl Consent {
    /// Why it does not hold on a day. The last day counts; on the day of withdrawal it is over.
    fn fault(self, today: Day) -> Option<&'static str> {
        match self.given {
            _ if self.withdrawn.is_some_and(|day| day <= today) => Some("withdrawn"),
            None => Some("not_given"),
            Some(_) if self.until.is_some_and(|day| day < today) => Some("ended"),
            Some(day) if day > today => Some("not_yet"),
            Some(_) if self.is_minor(today) && self.guardian.is_none_or(|day| day > today) => Some("no_guardian"),
            Some(_) => None,
        }
    }

    fn has_no_age(self) -> bool {
        self.born.is_none() && self.cohort.is_none()
    }

    /// Under age on a day: by the date of birth, without it up to the end of the year in which the cohort turns 18. With neither
    /// counted as of age.
    fn is_minor(self, today: Day) -> bool {
        match (self.born, self.cohort) {
            (Some(born), _) => today.years_since(born) < OF_AGE,
            (None, Some(cohort)) => i32::from(today.year()) <= i32::from(cohort) + OF_AGE - AGE_OF_COHORT,
            (None, None) => false,
        }
    }
}

/// A row: a person, or what must be known of one who is left out.
struct Row {
    line: u32,
    /// Everything that the row says, to tell double rows from others.
    all: Vec<u8>,
    /// What tells whose row it is: addresses, phone numbers, name with date of birth, each in one form and with its column.
    marks: Vec<(&'static str, String)>,
    consent: Consent,
    cv: Result<Option<Cv>, &'static str>,
}

/// Reads the base; `left_out` becomes how many rows were left out, by why.
///
/// Of double rows one counts where they are alike; otherwise it is an error, since one of the two may hold a withdrawal. Who
/// withdrew on one row is in no other row either, under whatever id, unless that row's consent was given later.
///
/// Consent must hold on the day of the sheet and on an `earlier` one.
pub(super) fn read(
    sheet: &Sheet<'_>,
    earlier: Day,
    left_out: &mut Vec<(&'static str, u64)>,
    problems: &mut Problems,
) -> Vec<Cv> {
    let at = sheet.find(COLUMNS);
    let (piece, _) = sheet.rows(problems, |cells| row(cells, &at, earlier));
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows: Vec<Row> = Vec::new();
    for (key, row) in piece.rows {
        match first.get(&key) {
            None => {
                first.insert(key, rows.len());
                rows.push(row);
            }
            Some(&known) => {
                let before = &rows[known];
                problems.push(super::double::twice(sheet, at[0], (before.line, row.line), before.all == row.all));
            }
        }
    }
    same_person(sheet, &mut rows, problems);
    let ages = rows.iter().filter(|row| matches!(row.cv, Ok(Some(_))) && row.consent.has_no_age());
    let unknown = u64::try_from(ages.count()).unwrap_or(u64::MAX);
    if unknown > 0 {
        problems.push(Problem::warning(sheet.file, RecruitmentProblem::AgeUnknown { rows: unknown }));
    }
    let mut cvs = Vec::new();
    let mut counts = WHY.map(|why| (why, 0_u64));
    for row in rows {
        match row.cv {
            Ok(cv) => cvs.extend(cv),
            Err(why) => counts.iter_mut().filter(|(code, _)| *code == why).for_each(|(_, count)| *count += 1),
        }
    }
    *left_out = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    cvs
}

/// Rows that by address, phone number, or name and date of birth are of somebody who stands on a row without a consent that
/// holds: left out where that row is a withdrawal of the same consent, otherwise a warning.
fn same_person(sheet: &Sheet<'_>, rows: &mut [Row], problems: &mut Problems) {
    // By mark: the line, and the last day of withdrawal.
    let mut without: BTreeMap<String, (u32, Option<Day>)> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.cv.is_err()) {
        let withdrawn = row.consent.withdrawn.filter(|_| row.cv == Err("withdrawn"));
        for (_, mark) in &row.marks {
            let known = without.entry(mark.clone()).or_insert((row.line, withdrawn));
            if withdrawn > known.1 {
                *known = (row.line, withdrawn);
            }
        }
    }
    for row in rows.iter_mut().filter(|row| matches!(row.cv, Ok(Some(_)))) {
        let found = row.marks.iter().filter_map(|(column, mark)| Some((without.get(mark)?, *column)));
        // The latest withdrawal decides.
        let Some(((line, withdrawn), column)) = found.max_by_key(|((_, withdrawn), _)| *withdrawn) else { continue };
        let is_withdrawn = withdrawn.is_some() && row.consent.given <= *withdrawn;
        let what = match is_withdrawn {
            true => RecruitmentProblem::WithdrawnElsewhere { line: *line },
            false => RecruitmentProblem::SharedContact { line: *line },
        };
        let [column] = sheet.find([column]);
        problems.push(sheet.problem(row.line, column, Severity::Warning, what));
        if is_withdrawn {
            row.cv = Err("withdrawn");
        }
    }
}

/// Reads a row. Of one without a consent that holds nothing is read, and nothing checked, but what tells whose it is.
fn row(cells: &mut Cells<'_, '_, '_>, at: &[usize; 20], earlier: Day) -> Option<(String, Row)> {
    let [person, given, until, withdrawn, guardian, name, email, phone, born, cohort, ..] = *at;
    cells.required(person);
    let key = fold::id(&cells.text(person));
    let columns = [given, until, withdrawn, guardian];
    let [consented, ends, over, agreed] = columns.map(|column| cells.day(column));
    for (column, day) in [(until, ends), (withdrawn, over)] {
        if consented.is_some() && day < consented && day.is_some() {
            cells.wrong(column, RegisterProblem::EndsBeforeItBegins);
        }
    }
    let birth = cells.past(born);
    let left_school = cells.whole(cohort).and_then(|cohort| u16::try_from(cohort).ok());
    let consent =
        Consent { given: consented, until: ends, withdrawn: over, guardian: agreed, born: birth, cohort: left_school };
    // The later day first: a withdrawal is told of before a consent that had not begun.
    let fault = consent.fault(cells.sheet.lookup.today).or_else(|| consent.fault(earlier));
    let cv = match fault.filter(|_| cells.ok()) {
        Some(why) => Err(why),
        None => Ok(cv(cells, at, left_school, consent)),
    };
    if !cells.ok() {
        return None;
    }
    let addresses = fold::addresses(&cells.text(email)).into_iter().map(|address| ("email", address));
    let numbers = fold::numbers(&cells.text(phone)).into_iter().map(|number| ("phone", number));
    let named = fold::named(&cells.text(name), birth).map(|named| ("name", named));
    let marks = addresses.chain(numbers).chain(named).collect();
    let mut all = Vec::new();
    for column in at {
        all.extend_from_slice(cells.bytes(*column));
        all.push(0);
    }
    Some((key, Row { line: cells.line(), all, marks, consent, cv }))
}

/// Somebody whose consent holds; `None` with a home outside the areas, or where something is wrong.
fn cv(cells: &mut Cells<'_, '_, '_>, at: &[usize; 20], cohort: Option<u16>, consent: Consent) -> Option<Cv> {
    let [person, _, _, _, _, name, email, phone, _, _, home, education, occupation, experience, ..] = *at;
    let [.., done, wants, wave, intent, lives_here, shared] = *at;
    let home = cells.inside(home);
    let education = cells.education(education);
    let Occupation { code: occupation, field, .. } = cells.occupation(occupation);
    let field = if occupation == 0 { cells.sheet.lookup.field_of_education(&education) } else { field };
    let small = |number: Option<u32>| number.and_then(|number| u8::try_from(number).ok());
    let (experience, intent) = (small(cells.whole(experience)), small(cells.whole(intent)));
    let done = cells.whole(done).and_then(|year| u16::try_from(year).ok());
    cells.required(wants);
    let wants = cells.word(wants, &WANTS);
    let lives_here = cells.yes(lives_here).unwrap_or(false);
    let shared = cells.yes(shared).unwrap_or(false);
    // A withdrawal that is dated ahead ends the consent the day before.
    let last = consent.withdrawn.and_then(|day| day.plus_days(-1));
    Some(Cv {
        line: cells.line(),
        person: cells.text(person),
        name: cells.text(name),
        email: cells.text(email),
        phone: cells.text(phone),
        home: home?,
        cohort,
        education,
        occupation,
        field,
        experience,
        done,
        wants: wants?,
        wave: Some(super::courses::wave(&cells.text(wave))).filter(|wave| !wave.is_empty()),
        intent,
        lives_here,
        shared,
        until: [consent.until, last].into_iter().flatten().min(),
    })
}
