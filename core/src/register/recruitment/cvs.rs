//! The CV base. Nobody without a consent that holds on the day of the run leaves this file.

use super::sheet::{Cells, Sheet};
use super::{Cv, Day, RecruitmentProblem, Wants};
use crate::problem::{Problems, Severity};
use crate::register::RegisterProblem;
use std::collections::{BTreeMap, BTreeSet};

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

/// What a row says of the consent.
#[derive(Clone, Copy, Debug, Default)]
struct Consent {
    given: Option<Day>,
    until: Option<Day>,
    withdrawn: Option<Day>,
    guardian: Option<Day>,
    is_minor: bool,
}

impl Consent {
    /// Why it does not hold on a day. The last day counts; on the day of withdrawal it is over.
    fn fault(self, today: Day) -> Option<&'static str> {
        match self.given {
            _ if self.withdrawn.is_some_and(|day| day <= today) => Some("withdrawn"),
            None => Some("not_given"),
            Some(_) if self.until.is_some_and(|day| day < today) => Some("ended"),
            Some(day) if day > today => Some("not_yet"),
            Some(_) if self.is_minor && self.guardian.is_none_or(|day| day > today) => Some("no_guardian"),
            Some(_) => None,
        }
    }
}

/// A row: a person, or what must be known of one who is left out.
struct Row {
    line: u32,
    /// Everything that the row says, to tell double rows from others.
    all: Vec<u8>,
    /// Address and phone number, in one form.
    contacts: [String; 2],
    cv: Result<Cv, &'static str>,
}

/// Reads the base; `left_out` becomes how many rows were left out, by why.
///
/// Of double rows one counts where they are alike; otherwise it is an error, since one of the two may hold a withdrawal.
pub(super) fn read(sheet: &Sheet<'_>, left_out: &mut Vec<(&'static str, u64)>, problems: &mut Problems) -> Vec<Cv> {
    let at = Columns::of(sheet);
    let (piece, _) = sheet.rows(problems, |cells| row(cells, at));
    let mut first: BTreeMap<u32, usize> = BTreeMap::new();
    let mut rows: Vec<Row> = Vec::new();
    for (key, row) in piece.rows {
        match first.get(&key) {
            None => {
                first.insert(key, rows.len());
                rows.push(row);
            }
            Some(&known) => {
                let before = &rows[known];
                problems.push(super::sheet::twice(sheet, at.person, (before.line, row.line), before.all == row.all));
            }
        }
    }
    let mut without: BTreeMap<&str, u32> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.cv.is_err()) {
        for contact in row.contacts.iter().filter(|contact| !contact.is_empty()) {
            without.entry(contact).or_insert(row.line);
        }
    }
    let mut seen = BTreeSet::new();
    for row in rows.iter().filter(|row| row.cv.is_ok()) {
        for (contact, column) in row.contacts.iter().zip([at.email, at.phone]) {
            if let Some(line) = without.get(contact.as_str())
                && seen.insert(row.line)
            {
                let what = RecruitmentProblem::SharedContact { line: *line };
                problems.push(sheet.problem(row.line, column, Severity::Warning, what));
            }
        }
    }
    let mut cvs = Vec::new();
    let mut counts = WHY.map(|why| (why, 0_u64));
    for row in rows {
        match row.cv {
            Ok(cv) => cvs.push(cv),
            Err(why) => counts.iter_mut().filter(|(code, _)| *code == why).for_each(|(_, count)| *count += 1),
        }
    }
    *left_out = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    cvs
}

#[derive(Clone, Copy)]
struct Columns {
    person: usize,
    name: usize,
    email: usize,
    phone: usize,
    home: usize,
    cohort: usize,
    born: usize,
    education: usize,
    occupation: usize,
    experience: usize,
    done: usize,
    wants: usize,
    wave: usize,
    intent: usize,
    lives_here: usize,
    shared: usize,
    given: usize,
    until: usize,
    withdrawn: usize,
    guardian: usize,
}

impl Columns {
    fn of(sheet: &Sheet<'_>) -> Self {
        let [person, name, email, phone, home, cohort, born, education, occupation, experience] = sheet.find([
            "person_id",
            "name",
            "email",
            "phone",
            "municipality",
            "cohort",
            "birth_date",
            "education",
            "occupation",
            "experience",
        ]);
        let [done, wants, wave, intent, lives_here, shared, given, until, withdrawn, guardian] = sheet.find([
            "done",
            "wants",
            "wave",
            "intent",
            "lives_here",
            "shared",
            "consent_date",
            "consent_until",
            "withdrawn_date",
            "guardian_consent",
        ]);
        Self {
            person,
            name,
            email,
            phone,
            home,
            cohort,
            born,
            education,
            occupation,
            experience,
            done,
            wants,
            wave,
            intent,
            lives_here,
            shared,
            given,
            until,
            withdrawn,
            guardian,
        }
    }

    fn all(self) -> [usize; 20] {
        [
            self.person,
            self.name,
            self.email,
            self.phone,
            self.home,
            self.cohort,
            self.born,
            self.education,
            self.occupation,
            self.experience,
            self.done,
            self.wants,
            self.wave,
            self.intent,
            self.lives_here,
            self.shared,
            self.given,
            self.until,
            self.withdrawn,
            self.guardian,
        ]
    }
}

fn row(cells: &mut Cells<'_, '_, '_>, at: Columns) -> Option<(u32, Row)> {
    let today = cells.sheet.lookup.today;
    cells.required(at.person);
    let key = cells.person(at.person);
    let home = cells.inside(at.home);
    let cohort = cells.whole(at.cohort).and_then(|cohort| u16::try_from(cohort).ok());
    let born = cells.past(at.born);
    let education = cells.education(at.education);
    let (occupation, field) = cells.occupation(at.occupation);
    let field = if occupation == 0 { cells.sheet.lookup.field_of_education(&education) } else { field };
    let small = |number: Option<u32>| number.and_then(|number| u8::try_from(number).ok());
    let (experience, intent) = (small(cells.whole(at.experience)), small(cells.whole(at.intent)));
    let done = cells.whole(at.done).and_then(|year| u16::try_from(year).ok());
    cells.required(at.wants);
    let wants = cells.word(at.wants, &WANTS);
    let lives_here = cells.yes(at.lives_here).unwrap_or(false);
    let shared = cells.yes(at.shared).unwrap_or(false);
    let [given, until, withdrawn, guardian] =
        [at.given, at.until, at.withdrawn, at.guardian].map(|column| cells.day(column));
    for (column, day) in [(at.until, until), (at.withdrawn, withdrawn)] {
        if given.is_some() && day < given && day.is_some() {
            cells.wrong(column, RegisterProblem::EndsBeforeItBegins);
        }
    }
    let is_minor = match (born, cohort) {
        (Some(born), _) => today.years_since(born) < OF_AGE,
        // Without a date of birth up to the end of the year in which the cohort turns 18.
        (None, Some(cohort)) => i32::from(today.year()) <= i32::from(cohort) + OF_AGE - AGE_OF_COHORT,
        (None, None) => false,
    };
    let (key, home, wants, line) = (key?, home?, wants?, cells.line());
    if !cells.ok() {
        return None;
    }
    let (email, phone) = (cells.text(at.email), cells.text(at.phone));
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    // The last eight digits: with or without the code of the country.
    let number = digits.get(digits.len().saturating_sub(8)..).unwrap_or_default().to_owned();
    let contacts = [email.to_lowercase(), number];
    let consent = Consent { given, until, withdrawn, guardian, is_minor };
    let cv = match consent.fault(today) {
        Some(why) => Err(why),
        None => {
            let wave = Some(cells.text(at.wave)).filter(|wave| !wave.is_empty());
            // A withdrawal that is dated ahead ends the consent the day before.
            let last = withdrawn.and_then(|day| day.plus_days(-1));
            let until = [until, last].into_iter().flatten().min();
            let (person, name) = (cells.text(at.person), cells.text(at.name));
            Ok(Cv {
                line,
                person,
                name,
                email,
                phone,
                home,
                cohort,
                education,
                occupation,
                field,
                experience,
                done,
                wants,
                wave,
                intent,
                lives_here,
                shared,
                until,
            })
        }
    };
    let mut all = Vec::new();
    for column in at.all() {
        all.extend_from_slice(cells.bytes(column));
        all.push(0);
    }
    Some((key, Row { line, all, contacts, cv }))
}
