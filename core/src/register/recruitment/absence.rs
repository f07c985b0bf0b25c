//! Days agreed and lost.

use super::cells::Occupation;
use super::double::{Keyed, once};
use super::number::Numbering;
use super::sheet::Sheet;
use super::{Absence, Names, RecruitmentProblem};
use crate::problem::Problems;

/// Reads the register. Where `lost` is empty it is days × size of position × degree, as in the statistics of sick leave.
///
/// Rows have no id: two of one person each may be alike, two of several persons are the same row twice.
pub(super) fn read(sheet: &Sheet<'_>, employers: &mut Names, problems: &mut Problems) -> Vec<Absence> {
    let [from, to, employer, place, occupation, persons, agreed, lost] =
        sheet.find(["from", "to", "employer", "municipality", "occupation", "persons", "agreed", "lost"]);
    let [days, size, degree] = sheet.find(["days", "size", "degree"]);
    let (piece, encoding) = sheet.rows(problems, |cells| {
        for column in [from, to] {
            cells.must_be_dated(column);
        }
        for column in [persons, agreed] {
            cells.required(column);
        }
        let (first, last) = (cells.past(from), cells.past(to));
        cells.not_before((to, last), (from, first));
        let employer = cells.employer(employer);
        let Occupation { field, written, .. } = cells.occupation(occupation);
        let how_many = cells.whole(persons);
        let of = cells.amount(agreed);
        let given = cells.amount(lost);
        let parts = (cells.amount(days), cells.amount(size), cells.amount(degree));
        let worked_out = match parts {
            (Some(days), Some(size), degree) => Some(days * size * degree.unwrap_or(1.0)),
            _ => None,
        };
        let gone = given.or(worked_out);
        if gone.is_none() {
            cells.required(lost);
            if !cells.sheet.has(lost) {
                cells.wrong(days, crate::register::RegisterProblem::Empty);
            }
        }
        if let (Some(gone), Some(of)) = (gone, of)
            && gone > of
        {
            let other = cells.sheet.name(agreed).to_owned();
            cells.wrong(lost, RecruitmentProblem::MoreThan { other });
        }
        let place = cells.inside(place);
        let row = Absence {
            line: cells.line(),
            from: first?,
            to: last?,
            employer,
            place: place?,
            field,
            persons: how_many?,
            agreed: of?,
            lost: gone?,
        };
        cells.ok().then_some((row, written))
    });
    let numbers = Numbering::new(employers, encoding).numbers(&piece.employers.names);
    let rows = piece.rows.into_iter().map(|(row, written)| {
        let employer = numbers.get(row.employer as usize).copied().unwrap_or_default();
        let days = [row.agreed, row.lost].map(f64::to_bits);
        let key = (row.from, row.to, employer, row.place, written, row.persons, days);
        let key = (row.persons > 1).then_some(key);
        Keyed { key, line: row.line, text: 0, row: Some(Absence { employer, ..row }) }
    });
    once(rows, sheet, persons, |_, _| true, problems).into_iter().map(|(_, row)| row).collect()
}
