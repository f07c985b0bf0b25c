//! Trainees, their places and who sought them.

use super::double::once;
use super::sheet::Sheet;
use super::{Applied, RecruitmentProblem, Trainee};
use crate::problem::Problems;

/// Reads the trainees.
pub(super) fn read(sheet: &Sheet<'_>, problems: &mut Problems) -> Vec<Trainee> {
    let [id, year, place, started, ended, offered, moved, seen] =
        sheet.find(["trainee_id", "year", "municipality", "started", "ended", "offered", "moved", "seen"]);
    let (piece, _) = sheet.rows(problems, |cells| {
        let key = cells.person(id);
        cells.required(year);
        let of = cells.whole(year).and_then(|year| u16::try_from(year).ok());
        let mut first = cells.day(started);
        if first.is_some_and(|day| day > cells.sheet.lookup.today) {
            cells.warn(started, RecruitmentProblem::StartsLater);
            first = None;
        }
        let [last, away, known] = [ended, moved, seen].map(|column| cells.past(column));
        cells.not_before((ended, last), (started, first));
        cells.not_before((seen, known), (started, first));
        cells.not_before((seen, known), (moved, away));
        let offered = cells.yes(offered);
        let place = cells.inside(place);
        let line = cells.line();
        let row = || {
            let (year, place) = (of?, place?);
            Some(Trainee { line, year, place, started: first, ended: last, offered, moved: away, seen: known })
        };
        cells.keyed(key, row())
    });
    let same = |a: &Trainee, b: &Trainee| Trainee { line: b.line, ..*a } == *b;
    once(piece.rows, sheet, id, same, problems).into_iter().map(|(_, row)| row).collect()
}

/// Reads places and applicants by year.
pub(super) fn places(sheet: &Sheet<'_>, problems: &mut Problems) -> Vec<Applied> {
    let [year, places, applicants] = sheet.find(["year", "places", "applicants"]);
    let (piece, _) = sheet.rows(problems, |cells| {
        for column in [year, places, applicants] {
            cells.required(column);
        }
        let of = cells.whole(year).and_then(|year| u16::try_from(year).ok());
        let (many, who) = (cells.whole(places), cells.whole(applicants));
        let row = || Some(Applied { year: of?, places: many?, applicants: who? });
        cells.keyed(of, row())
    });
    let mut rows: Vec<Applied> =
        once(piece.rows, sheet, year, |a, b| a == b, problems).into_iter().map(|(_, row)| row).collect();
    rows.sort_by_key(|row| row.year);
    rows
}
