//! Positions that were advertised, and their course.

use super::lookup::OUTSIDE;
use super::sheet::{Cells, Piece, Readings, Sheet, twice};
use super::{Names, Position, RecruitmentProblem};
use crate::problem::Problems;
use crate::read::encoding::{Encoding, decode};
use crate::read::scan::{Layout, Record, Spot, Visit, scan};
use std::collections::BTreeMap;

/// A row, with a hash of its id.
type Row = (u64, Position);

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

/// Reads the register in one piece.
pub(super) fn read(sheet: &Sheet<'_>, employers: &mut Names, problems: &mut Problems) -> Vec<Position> {
    read_pieces(sheet, &[sheet.body()], employers, problems, |reader, pieces| {
        pieces.iter().map(|piece| reader(piece)).collect()
    })
}

/// Reads the register in pieces, each of whole records; `run` reads them, in any order and on any thread, and gives them back
/// in order. The result is that of one piece.
pub(super) fn read_pieces(
    sheet: &Sheet<'_>,
    bytes: &[&[u8]],
    employers: &mut Names,
    problems: &mut Problems,
    run: impl Fn(&(dyn Fn(&[u8]) -> Piece<Row> + Sync), &[&[u8]]) -> Vec<Piece<Row>>,
) -> Vec<Position> {
    let columns = Columns::of(sheet);
    let mut readings = Readings::new();
    let (pieces, encoding) = loop {
        // Rows take some hundred bytes: less than that would not make room at once, and more would be of no use.
        let reader = |piece: &[u8]| sheet.piece(piece, &readings, (0, piece.len() / 96), |cells| row(cells, columns));
        let mut pieces = run(&reader, bytes);
        if let Some(encoding) = sheet.report(&mut pieces, &mut readings, problems) {
            break (pieces, encoding);
        }
    };
    let (ids, mut rows) = join(pieces, sheet.first_line(), employers, encoding);
    let doubles = doubles(sheet, columns.id, &ids, &rows, problems);
    let is_double = |line: u32| doubles.binary_search(&line).is_ok();
    if !doubles.is_empty() || rows.iter().any(|position| position.place == OUTSIDE) {
        rows.retain(|position| position.place != OUTSIDE && !is_double(position.line));
    }
    rows
}

impl Columns {
    fn of(sheet: &Sheet<'_>) -> Self {
        let [id, employer, place, occupation, advertised, applications, qualified, applied] = sheet.find([
            "position_id",
            "employer",
            "municipality",
            "occupation",
            "advertised",
            "applications",
            "qualified",
            "applied",
        ]);
        let [offered, accepted, started, left, withdrawn, ended, on_hold, lower] =
            sheet.find(["offered", "accepted", "started", "left", "withdrawn", "ended", "on_hold", "lower"]);
        Self {
            id,
            employer,
            place,
            occupation,
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
        }
    }
}

fn row(cells: &mut Cells<'_, '_, '_>, at: Columns) -> Option<Row> {
    let id = cells.id(at.id);
    let place = cells.place(at.place);
    let (occupation, field) = cells.occupation(at.occupation);
    let employer = cells.employer(at.employer);
    cells.required(at.advertised);
    let advertised = cells.past(at.advertised);
    let (applications, qualified) = (cells.whole(at.applications), cells.whole(at.qualified));
    let [applied, offered, accepted, left, withdrawn, ended] =
        [at.applied, at.offered, at.accepted, at.left, at.withdrawn, at.ended].map(|column| cells.past(column));
    let mut started = cells.day(at.started);
    let on_hold = cells.whole(at.on_hold).unwrap_or(0);
    let lower = cells.yes(at.lower);
    let today = cells.sheet.lookup.today;
    if started.is_some_and(|day| day > today) {
        cells.warn(at.started, RecruitmentProblem::StartsLater);
        started = None;
    }
    let begun = started.is_some() || !cells.bytes(at.started).is_empty();
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
    let filled = !cells.bytes(at.accepted).is_empty();
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
    }
    let line = cells.line();
    Some((
        id,
        Position {
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
        },
    ))
}

/// Rows of all pieces in order, with lines of the file and employers numbered as they first appear in it.
fn join(pieces: Vec<Piece<Row>>, first: u32, employers: &mut Names, encoding: Encoding) -> (Vec<u64>, Vec<Position>) {
    let count = pieces.iter().map(|piece| piece.rows.len()).sum();
    let (mut ids, mut rows) = (Vec::with_capacity(count), Vec::with_capacity(count));
    let mut base = first;
    for piece in pieces {
        let numbers = number(&piece.employers.names, employers, encoding);
        for (id, position) in piece.rows {
            ids.push(id);
            let employer = numbers.get(position.employer as usize).copied().unwrap_or_default();
            rows.push(Position { line: position.line.saturating_add(base), employer, ..position });
        }
        base = base.saturating_add(u32::try_from(piece.extent.lines).unwrap_or(u32::MAX));
    }
    (ids, rows)
}

/// Numbers of a piece's employers among all of them; names that are not known yet are added. Letters of another case and
/// spaces more or fewer make no other employer.
pub(super) fn number(names: &[Box<[u8]>], employers: &mut Names, encoding: Encoding) -> Vec<u32> {
    let key = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let mut known: BTreeMap<String, usize> =
        employers.0.iter().enumerate().map(|(place, name)| (key(name), place)).collect();
    let mut numbers = Vec::with_capacity(names.len());
    for name in names {
        let name = decode(name, encoding);
        let place = *known.entry(key(&name)).or_insert_with(|| {
            employers.0.push(name.into_owned());
            employers.0.len() - 1
        });
        numbers.push(u32::try_from(place).unwrap_or(u32::MAX));
    }
    numbers
}

/// Lines of rows whose id stands on an earlier line. Hashes of ids find them, the ids themselves decide.
fn doubles(sheet: &Sheet<'_>, column: usize, ids: &[u64], rows: &[Position], problems: &mut Problems) -> Vec<u32> {
    let alike = alike(ids);
    if alike.is_empty() {
        return Vec::new();
    }
    // By the hash first, so that rows with one id stand together, and in the order of the file.
    let mut candidates: Vec<(u64, usize)> =
        ids.iter().enumerate().filter(|(_, id)| alike.binary_search(id).is_ok()).map(|(at, id)| (*id, at)).collect();
    candidates.sort_unstable();
    let mut lines: Vec<u32> = candidates.iter().map(|(_, at)| rows[*at].line).collect();
    lines.sort_unstable();
    let written = sheet.fields_on(column, &lines);
    let mut first: BTreeMap<&[u8], usize> = BTreeMap::new();
    let (mut found, mut doubles) = (Vec::new(), Vec::new());
    for (_, at) in candidates {
        let line = rows[at].line;
        let Some(id) = lines.binary_search(&line).ok().and_then(|place| written.get(place)) else { continue };
        match first.get(id.as_slice()) {
            None => {
                first.insert(id, at);
            }
            Some(&earlier) => {
                let same = Position { line, ..rows[earlier] } == rows[at];
                found.push((line, rows[earlier].line, same));
                doubles.push(line);
            }
        }
    }
    found.sort_unstable();
    for (line, earlier, same) in found {
        problems.push(twice(sheet, column, (earlier, line), same));
    }
    doubles.sort_unstable();
    doubles
}

/// Hashes that stand more than once, in order.
fn alike(ids: &[u64]) -> Vec<u64> {
    // 0 is an empty place.
    let mut table = vec![0_u64; (ids.len() * 2).next_power_of_two().max(16)];
    let mask = table.len() - 1;
    let mut found = Vec::new();
    for &id in ids {
        #[allow(clippy::cast_possible_truncation, reason = "masked to the table")]
        let mut at = (id >> 5) as usize & mask;
        loop {
            match table[at] {
                0 => {
                    table[at] = id;
                    break;
                }
                known if known == id => {
                    found.push(id);
                    break;
                }
                _ => at = (at + 1) & mask,
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

impl Sheet<'_> {
    /// A field of some rows, by their lines in rising order.
    fn fields_on(&self, column: usize, lines: &[u32]) -> Vec<Vec<u8>> {
        struct Fields<'l> {
            lines: &'l [u32],
            first: u32,
            position: usize,
            fields: Vec<Vec<u8>>,
        }
        impl Visit for Fields<'_> {
            fn record(&mut self, record: &Record<'_>) {
                let line = u32::try_from(record.line).unwrap_or(u32::MAX).saturating_add(self.first);
                if self.lines.get(self.fields.len()) == Some(&line) {
                    self.fields.push(record.field(self.position).trim_ascii().to_vec());
                }
            }
            fn flaw(&mut self, _spot: Spot, _flaw: crate::read::scan::Flaw, _value: &[u8]) {}
        }
        let Some(position) = self.position(column) else { return Vec::new() };
        let mut fields = Fields { lines, first: self.first_line(), position, fields: Vec::new() };
        let layout = Layout { needed: position + 1, ..self.layout() };
        scan(self.body(), layout, true, &mut fields);
        fields.fields
    }
}
