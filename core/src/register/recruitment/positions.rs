//! Positions that were advertised, and their course.

use super::cells::Cells;
use super::cells::Occupation;
use super::double_ids::{Record, doubles};
use super::lookup::OUTSIDE;
use super::number::Numbering;
use super::piece::{Ids, Piece, Readings};
use super::sheet::Sheet;
use super::{Names, Position, Positions, RecruitmentProblem};
use crate::problem::Problems;
use crate::read::encoding::Encoding;
use std::ops::Range;

/// Bytes of a piece: so few that every core has several, so many that each employer is looked up in few of them.
pub(super) const PIECE: usize = 1 << 22;

/// Where the columns stand.
#[derive(Clone, Copy)]
struct Columns {
    id: usize,
    employer: usize,
    place: usize,
    occupation: usize,
    advertised: usize,
    applications: usize,
    qualified: usize,
    applied: usize,
    offered: usize,
    accepted: usize,
    started: usize,
    left: usize,
    withdrawn: usize,
    ended: usize,
    on_hold: usize,
    lower: usize,
}

/// Reads the register in pieces, as many at a time as there are workers. The result is that of one piece.
pub(super) fn read(sheet: &Sheet<'_>, size: usize, employers: &mut Names, problems: &mut Problems) -> Positions {
    let columns = Columns::of(sheet);
    let places = sheet.pieces(size);
    let mut readings = Readings::new();
    let (pieces, encoding) = loop {
        // Rows take some hundred bytes: less than that would not make room at once, and more would be of no use.
        let piece = |place: &Range<usize>| {
            sheet.piece(place.clone(), &readings, (0, place.len() / 80), |cells| row(cells, columns))
        };
        let mut pieces = sheet.workers.map(&places, piece);
        if let Some(encoding) = sheet.report(&mut pieces, &mut readings, problems) {
            break (pieces, encoding);
        }
    };
    join(sheet, columns.id, numbered(sheet, pieces, employers, encoding), problems)
}

impl Columns {
    fn of(sheet: &Sheet<'_>) -> Self {
        let at = |name| sheet.find([name])[0];
        Self {
            id: at("position_id"),
            employer: at("employer"),
            place: at("municipality"),
            occupation: at("occupation"),
            advertised: at("advertised"),
            applications: at("applications"),
            qualified: at("qualified"),
            applied: at("applied"),
            offered: at("offered"),
            accepted: at("accepted"),
            started: at("started"),
            left: at("left"),
            withdrawn: at("withdrawn"),
            ended: at("ended"),
            on_hold: at("on_hold"),
            lower: at("lower"),
        }
    }
}

fn row(cells: &mut Cells<'_, '_, '_>, at: Columns) -> Option<Position> {
    cells.id(at.id);
    let place = cells.place(at.place);
    let Occupation { code: occupation, field, .. } = cells.occupation(at.occupation);
    let employer = cells.employer(at.employer);
    let advertised = cells.past(at.advertised);
    if advertised.is_none() {
        cells.must_be_dated(at.advertised);
    }
    let (applications, qualified) = (cells.whole(at.applications), cells.whole(at.qualified));
    let (applied, offered, accepted) = (cells.past(at.applied), cells.past(at.offered), cells.past(at.accepted));
    let (left, withdrawn, ended) = (cells.past(at.left), cells.past(at.withdrawn), cells.past(at.ended));
    let mut started = cells.day(at.started);
    let on_hold = cells.whole(at.on_hold).unwrap_or(0);
    let lower = cells.yes(at.lower);
    let today = cells.sheet.lookup.today;
    if started.is_some_and(|day| day > today) {
        cells.warn(at.started, RecruitmentProblem::StartsLater);
        started = None;
    }
    let begun = cells.is_dated(at.started);
    for (column, day) in [(at.applied, applied), (at.offered, offered), (at.accepted, accepted), (at.started, started)]
    {
        cells.not_before((column, day), (at.advertised, advertised));
    }
    for (column, day) in [(at.withdrawn, withdrawn), (at.ended, ended)] {
        cells.not_before((column, day), (at.advertised, advertised));
    }
    cells.not_before((at.offered, offered), (at.applied, applied));
    cells.not_before((at.accepted, accepted), (at.applied, applied));
    cells.not_before((at.accepted, accepted), (at.offered, offered));
    if started.is_some() && started < accepted {
        let other = cells.sheet.name(at.accepted).to_owned();
        cells.warn(at.started, RecruitmentProblem::Before { other });
    }
    cells.not_before((at.left, left), (at.started, started));
    let needs = |cells: &mut Cells<'_, '_, '_>, (column, is): (usize, bool), (other, has): (usize, bool)| {
        if is && !has {
            let other = cells.sheet.name(other).to_owned();
            cells.wrong(column, RecruitmentProblem::Needs { other });
        }
    };
    let filled = cells.is_dated(at.accepted);
    needs(cells, (at.started, begun), (at.accepted, filled));
    needs(cells, (at.left, left.is_some()), (at.started, begun));
    for (one, other, both) in [
        (at.withdrawn, at.accepted, withdrawn.is_some() && accepted.is_some()),
        (at.ended, at.accepted, ended.is_some() && accepted.is_some()),
        (at.ended, at.withdrawn, ended.is_some() && withdrawn.is_some()),
    ] {
        if both {
            let other = cells.sheet.name(other).to_owned();
            cells.wrong(one, RecruitmentProblem::NotBoth { other });
        }
    }
    if let (Some(qualified), Some(applications)) = (qualified, applications)
        && qualified > applications
    {
        let other = cells.sheet.name(at.applications).to_owned();
        cells.wrong(at.qualified, RecruitmentProblem::MoreThan { other });
    }
    let (advertised, place) = (advertised?, place?);
    if on_hold > 0 {
        let end = accepted.or(withdrawn).or(ended).unwrap_or(today);
        let days = end.since(advertised);
        if i64::from(on_hold) > i64::from(days) {
            cells.wrong(at.on_hold, RecruitmentProblem::OnHold { days });
        }
    }
    if !cells.ok() {
        return None;
    }
    if place == OUTSIDE {
        cells.outside(at.place);
        cells.converted = false;
    }
    let line = cells.line();
    Some(Position {
        line,
        employer,
        place,
        occupation,
        field,
        advertised,
        applications,
        qualified,
        applied,
        offered,
        accepted,
        started,
        left,
        withdrawn,
        ended,
        on_hold,
        lower,
    })
}

/// Rows of a piece with lines of the file and employers numbered as they first appear in it; the ids of its records.
struct Numbered {
    rows: Vec<Position>,
    ids: Ids,
    /// Whether some are of municipalities outside the areas.
    has_outside: bool,
}

fn numbered(
    sheet: &Sheet<'_>,
    pieces: Vec<Piece<Position>>,
    employers: &mut Names,
    encoding: Encoding,
) -> Vec<Numbered> {
    let mut numbering = Numbering::new(employers, encoding);
    let mut base = sheet.first_line();
    let placed = pieces.into_iter().map(|piece| {
        let (first, numbers) = (base, numbering.numbers(&piece.employers.names));
        base = base.saturating_add(u32::try_from(piece.extent.lines).unwrap_or(u32::MAX));
        (piece.rows, piece.ids, first, numbers)
    });
    let placed: Vec<_> = placed.collect();
    sheet.workers.map(placed, |(mut rows, mut ids, first, numbers)| {
        let mut has_outside = false;
        for row in &mut rows {
            has_outside |= row.place == OUTSIDE;
            row.line = row.line.saturating_add(first);
            row.employer = numbers.get(row.employer as usize).copied().unwrap_or_default();
        }
        for (_, line) in &mut ids.without {
            *line = line.saturating_add(first);
        }
        Numbered { rows, ids, has_outside }
    })
}

/// The rows that count: those of the areas, of rows with one id the first.
fn join(sheet: &Sheet<'_>, column: usize, pieces: Vec<Numbered>, problems: &mut Problems) -> Positions {
    let ids: Vec<&Ids> = pieces.iter().map(|piece| &piece.ids).collect();
    let record = |piece: usize, at: usize| {
        let Numbered { rows, ids, .. } = &pieces[piece];
        match ids.without.binary_search_by_key(&at, |(at, _)| *at) {
            Ok(found) => Record { line: ids.without[found].1, row: None },
            Err(before) => Record { line: rows[at - before].line, row: Some(&rows[at - before]) },
        }
    };
    let same = |a: &Position, b: &Position| Position { line: b.line, ..*a } == *b;
    let doubles = doubles(sheet, column, &ids, record, same, problems);
    let counts = |row: &Position| row.place != OUTSIDE && doubles.binary_search(&row.line).is_err();
    Positions(sheet.workers.map(pieces, |Numbered { mut rows, has_outside, .. }| {
        if has_outside || !doubles.is_empty() {
            rows.retain(counts);
        }
        rows
    }))
}
