//! Former participants of the introduction programme.

use super::double::once;
use super::sheet::Sheet;
use super::{Day, Participant, RecruitmentProblem};
use crate::problem::Problems;

/// Reads the register. Both `work` and `education` must be there as columns, though fields may be empty: without one of them
/// nobody could be counted.
pub(super) fn read(sheet: &Sheet<'_>, problems: &mut Problems) -> Vec<Participant> {
    let [id, place, year, work, education] =
        sheet.find(["participant_id", "municipality", "year", "work", "education"]);
    for column in [work, education].into_iter().filter(|column| !sheet.has(*column)) {
        problems.push(sheet.head.missing_column(sheet.file, sheet.name(column), |_| true));
    }
    let (piece, _) = sheet.rows(problems, |cells| {
        let key = cells.person(id);
        cells.required(year);
        let of = cells.whole(year).and_then(|year| u16::try_from(year).ok());
        let known = [work, education].map(|column| cells.yes(column));
        // What was in November of the year after is not known before.
        let november = of.and_then(|year| Day::of(year + 1, 11, 1));
        let today = cells.sheet.lookup.today;
        if november.is_some_and(|november| november > today) && known != [None, None] {
            let today = today.to_iso();
            cells.wrong(year, RecruitmentProblem::AfterToday { today });
        }
        let [work, education] = known;
        let place = cells.inside(place);
        let line = cells.line();
        let row = || Some(Participant { line, place: place?, year: of?, work, education });
        cells.keyed(key, row())
    });
    let same = |a: &Participant, b: &Participant| Participant { line: b.line, ..*a } == *b;
    once(piece.rows, sheet, id, same, problems).into_iter().map(|(_, row)| row).collect()
}
