//! Staff on reference days.

use super::positions::number;
use super::sheet::{Sheet, once};
use super::{Contract, Names, RecruitmentProblem, Staff};
use crate::problem::Problems;

const CONTRACTS: [(&str, Contract); 5] = [
    ("monthly", Contract::Monthly),
    ("hourly", Contract::Hourly),
    ("fast", Contract::Monthly),
    ("månedslønn", Contract::Monthly),
    ("timelønn", Contract::Hourly),
];

/// Reads the register. A person has one row per reference day and employer. Without a pseudonym two rows of one person each may
/// be alike; two of several persons are the same row twice.
pub(super) fn read(sheet: &Sheet<'_>, employers: &mut Names, problems: &mut Problems) -> Vec<Staff> {
    let [day, person, employer, place, occupation, age, persons, contract] =
        sheet.find(["day", "person", "employer", "municipality", "occupation", "age", "persons", "contract"]);
    let (piece, encoding) = sheet.rows(problems, |cells| {
        cells.required(day);
        let on = cells.past(day);
        let who = cells.person(person);
        let employer = cells.employer(employer);
        let (occupation, field) = cells.occupation(occupation);
        let age = cells.whole(age).and_then(|age| u8::try_from(age).ok());
        let how_many = cells.whole(persons).unwrap_or(1);
        if who.is_some() && how_many != 1 {
            cells.wrong(persons, RecruitmentProblem::OnePerson);
        }
        let contract = cells.word(contract, &CONTRACTS);
        let place = cells.inside(place);
        let line = cells.line();
        let (day, place) = (on?, place?);
        let row =
            Staff { line, day, person: who, employer, place, occupation, field, age, persons: how_many, contract };
        cells.ok().then_some(row)
    });
    let numbers = number(&piece.employers.names, employers, encoding);
    let rows = piece.rows.into_iter().map(|row| {
        let employer = numbers.get(row.employer as usize).copied().unwrap_or_default();
        let alike = (row.place, row.occupation, row.age, row.persons, row.contract);
        let alike = Some(alike).filter(|_| row.person.is_none());
        let is_known = row.person.is_some() || row.persons > 1;
        (is_known.then_some((row.day, row.person, employer, alike)), row.line, Staff { employer, ..row })
    });
    let same = |a: &Staff, b: &Staff| Staff { line: b.line, ..*a } == *b;
    once(rows.collect(), sheet, person, same, problems).into_iter().map(|(_, row)| row).collect()
}
