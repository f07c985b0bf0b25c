//! Who applied for positions.

use super::double::once;
use super::number::Numbering;
use super::sheet::Sheet;
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
        let field = cells.occupation(occupation).field;
        cells.must_be_dated(applied);
        let applied = cells.past(applied);
        let (tie, qualified) = (cells.yes(tie), cells.yes(qualified));
        cells.required(hired);
        let hired = cells.yes(hired);
        let place = cells.inside(place);
        let row =
            || Some(Applicant { employer, place: place?, field, applied: applied?, tie, qualified, hired: hired? });
        cells.keyed(key, row())
    });
    let numbers = Numbering::new(employers, encoding).numbers(&piece.employers.names);
    let of_all = |employer: u32| numbers.get(employer as usize).copied().unwrap_or_default();
    let renumbered =
        piece.rows.into_iter().map(|row| row.map(|key| key, |row| Applicant { employer: of_all(row.employer), ..row }));
    let rows = once(renumbered, sheet, id, |a, b| a == b, problems);
    rows.into_iter().map(|(_, row)| row).collect()
}
