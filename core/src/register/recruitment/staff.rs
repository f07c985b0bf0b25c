//! Staff on reference days.

use super::cells::Occupation;
use super::double::{Keyed, once};
use super::number::Numbering;
use super::sheet::Sheet;
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
        cells.must_be_dated(day);
        let on = cells.past(day);
        let who = cells.person(person);
        let of = cells.bytes(employer);
        let employer = cells.employer(employer);
        let Occupation { code: occupation, field, written } = cells.occupation(occupation);
        let age = cells.whole(age).and_then(|age| u8::try_from(age).ok());
        let how_many = cells.whole(persons).unwrap_or(1);
        if who.is_some() && how_many != 1 {
            cells.wrong(persons, RecruitmentProblem::OnePerson);
        }
        let contract = cells.word(contract, &CONTRACTS);
        let place = cells.inside(place);
        let line = cells.line();
        let row = || {
            let (day, place) = (on?, place?);
            let row =
                Staff { line, day, person: who, employer, place, occupation, field, age, persons: how_many, contract };
            Some((row, written))
        };
        let key = on.zip(who).filter(|_| !of.is_empty());
        cells.keyed(key.map(|(day, person)| (day, person, employer)), row())
    });
    let numbers = Numbering::new(employers, encoding).numbers(&piece.employers.names);
    let of_all = |employer: u32| numbers.get(employer as usize).copied().unwrap_or_default();
    let rows = piece.rows.into_iter().map(|row| {
        let found = row.row.map(|(row, written)| (Staff { employer: of_all(row.employer), ..row }, written));
        let key = match (row.key, &found) {
            (Some((day, person, employer)), _) => Some((day, Some(person), of_all(employer), None)),
            (None, Some((row, written))) if row.persons > 1 => {
                let alike = (row.place, *written, row.age, row.persons, row.contract);
                Some((row.day, None, row.employer, Some(alike)))
            }
            _ => None,
        };
        Keyed { key, line: row.line, text: row.text, row: found }
    });
    let same = |a: &(Staff, u32), b: &(Staff, u32)| (Staff { line: b.0.line, ..a.0 }, a.1) == *b;
    once(rows, sheet, person, same, problems).into_iter().map(|(_, (row, _))| row).collect()
}
