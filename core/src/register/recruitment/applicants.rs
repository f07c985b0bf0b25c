//! Who applied for positions.

use super::positions::number;
use super::sheet::{Sheet, once};
use super::{Applicant, Names};
use crate::problem::Problems;

/// Reads the register.
pub(super) fn read(sheet: &Sheet<'_>, employers: &mut Names, problems: &mut Problems) -> Vec<Applicant> {
    let [id, employer, place, occupation, applied, tie, qualified, hired] = sheet.find([
        "application_id",
        "employer",
        "municipality",
        "occupation",
        "applied",
        "tie",
        "qualified",
        "hired",
    ]);
    let (piece, encoding) = sheet.rows(problems, |cells| {
        let key = cells.person(id);
        let employer = cells.employer(employer);
        let (_, field) = cells.occupation(occupation);
        cells.required(applied);
        let applied = cells.past(applied);
        let (tie, qualified) = (cells.yes(tie), cells.yes(qualified));
        cells.required(hired);
        let hired = cells.yes(hired);
        let place = cells.inside(place);
        let row = Applicant { employer, place: place?, field, applied: applied?, tie, qualified, hired: hired? };
        cells.ok().then_some((key, cells.line(), row))
    });
    let numbers = number(&piece.employers.names, employers, encoding);
    let renumbered = piece.rows.into_iter().map(|(key, line, row)| {
        (key, line, Applicant { employer: numbers.get(row.employer as usize).copied().unwrap_or_default(), ..row })
    });
    let rows = once(renumbered.collect(), sheet, id, |a, b| a == b, problems);
    rows.into_iter().map(|(_, row)| row).collect()
}
