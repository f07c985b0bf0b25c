//! The first pass: what only the whole file tells. Decimal marks and the order of dates by column, how choices are ticked,
//! which columns hold contact details, who answered twice.

use super::contact;
use super::date::{First, Order};
use super::dialect::Role;
use super::dictionary::{Dictionary, Kind};
use super::file::File;
use super::number::Marks;
use super::place::Target;
use super::roles::Roles;
use super::submission::{Came, Key, Keys};
use super::tick;
use crate::problem::{Privacy, Problem};
use crate::read::found::{Found, Letters, Room};
use crate::read::head::clean;
use crate::read::scan::{Extent, Flaw, Record, Spot, Visit, scan};
use crate::read::{Encoding, ReadProblem};
use std::sync::Arc;

/// What is watched in one column.
#[derive(Clone, Debug)]
pub(super) enum Watch {
    Marks(Marks),
    Order(Order),
    /// Which forms the cells of one choice took.
    Ticks(tick::Seen),
    /// What free text and columns without a place hold.
    Text(Texts),
}

/// What the cells of a text column hold.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Texts {
    pub(super) filled: u64,
    /// Cells that are contact details and nothing else.
    pub(super) contacts: u64,
}

impl Texts {
    /// Whether the column is one of contact details: most of what it holds is nothing else.
    pub(super) fn is_contact(self) -> bool {
        self.contacts * 2 > self.filled
    }
}

impl Watch {
    fn of(target: &Target, dictionary: &Dictionary) -> Option<Self> {
        Some(match target {
            Target::Variable(variable) => match dictionary.variables[*variable].kind {
                Kind::Whole | Kind::Decimal => Self::Marks(Marks::default()),
                Kind::Date | Kind::Time => Self::Order(Order::default()),
                Kind::Text if dictionary.variables[*variable].is_free_text() => Self::Text(Texts::default()),
                _ => return None,
            },
            Target::Choice(..) => Self::Ticks(tick::Seen::default()),
            Target::System(Role::Submitted | Role::Started) => Self::Order(Order::default()),
            Target::Nowhere(_) => Self::Text(Texts::default()),
            _ => return None,
        })
    }

    /// Adds what other rows hold.
    fn append(&mut self, other: &Self) {
        match (self, other) {
            (Self::Marks(own), Self::Marks(other)) => own.append(*other),
            (Self::Order(own), Self::Order(other)) => own.append(*other),
            (Self::Ticks(own), Self::Ticks(other)) => own.append(*other),
            (Self::Text(own), Self::Text(other)) => {
                own.filled += other.filled;
                own.contacts += other.contacts;
            }
            _ => {}
        }
    }
}

/// An export as the first pass goes through it.
#[derive(Debug)]
pub(super) struct Export {
    pub(super) file: File,
    pub(super) number: u32,
    pub(super) roles: Roles,
    pub(super) dictionary: Arc<Dictionary>,
    /// The last day on which answers count.
    pub(super) closes: Option<String>,
    /// The columns as messages name them.
    pub(super) names: Vec<String>,
}

/// Some whole records of an export. What they hold can be looked at on any thread.
#[derive(Debug)]
pub struct Piece {
    export: Arc<Export>,
    bytes: Vec<u8>,
    last: bool,
    /// It is the start of a record beyond what is read.
    too_long: bool,
    room: Room,
}

/// What was seen in some records, with places counted from their start; then in all of them.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub(super) watched: Vec<(usize, Watch)>,
    /// Records that were not sent in, with their lines.
    pub(super) partial: Vec<(u32, u32)>,
    pub(super) keys: Vec<Key>,
    pub(super) blank: u64,
    pub(super) letters: Letters,
    pub(super) found: Found,
    pub(super) extent: Extent,
    /// How many bytes it was.
    pub(super) length: usize,
    /// The bytes themselves, for their room.
    pub(super) bytes: Vec<u8>,
}

impl Piece {
    pub(super) fn new(export: &Arc<Export>, bytes: Vec<u8>, last: bool, room: Room) -> Self {
        Self { export: export.clone(), bytes, last, too_long: false, room }
    }

    pub(super) fn too_long(export: &Arc<Export>) -> Self {
        Self { too_long: true, ..Self::new(export, Vec::new(), true, Room::default()) }
    }

    /// Looks at the records.
    #[must_use]
    pub fn look(mut self) -> Seen {
        let export = &*self.export;
        let mut seen = Seen { length: self.bytes.len(), ..Seen::of(export) };
        if self.too_long {
            seen.found.push(Problem::error(&export.file.name, ReadProblem::RecordTooLong).line(0));
            return seen;
        }
        let (bytes, zero) = clean(&self.bytes);
        if export.file.row.is_none() {
            seen.letters = Letters::of(&bytes, zero, export.file.layout, &mut self.room);
        }
        let mut looking = Looking { keys: Keys::new(export), seen, export };
        let extent = scan(&bytes, export.file.layout, self.last, &mut looking);
        let seen = looking.seen;
        drop(bytes);
        Seen { extent, bytes: self.bytes, ..seen }
    }
}

impl Seen {
    pub(super) fn of(export: &Export) -> Self {
        let columns = export.file.columns.iter().enumerate();
        let watch = |(place, column): (usize, &super::file::Column)| {
            Some((place, Watch::of(&column.target, &export.dictionary)?))
        };
        Self { watched: columns.filter_map(watch).collect(), ..Self::default() }
    }

    /// Adds what was seen in the records after these.
    pub(super) fn append(&mut self, next: Self, file: &File) {
        let Extent { records, lines } = self.extent;
        let before = short(records);
        let line = |at: u32, record: u32| short(file.at(lines + u64::from(at), records + u64::from(record)));
        for ((_, own), (_, next)) in self.watched.iter_mut().zip(&next.watched) {
            own.append(next);
        }
        self.partial.extend(next.partial.iter().map(|(record, at)| (before + record, line(*at, *record))));
        self.keys.extend(next.keys.iter().map(|key| Key {
            record: before + key.record,
            line: line(key.line, key.record),
            ..*key
        }));
        self.blank += next.blank;
        self.letters.append(next.letters, lines, records);
        // A workbook's lines are its rows.
        let moved = if file.row.is_some() { file.at(0, records) } else { file.at(lines, 0) };
        self.found.append(next.found.after(moved, records));
        self.extent = Extent { records: records + next.extent.records, lines: lines + next.extent.lines };
        self.length += next.length;
    }

    /// The encoding, once all of the file was seen.
    pub(super) fn encoding(&self, file: &File) -> Encoding {
        self.letters.census.encoding(file.mark || file.row.is_some())
    }

    /// Which part comes first in the dates of a column.
    pub(super) fn first(&self, column: usize, usual: First) -> First {
        match self.watch(column) {
            Some(Watch::Order(order)) => order.first(usual),
            _ => usual,
        }
    }

    /// What was watched in a column.
    pub(super) fn watch(&self, column: usize) -> Option<&Watch> {
        self.watched.iter().find(|(place, _)| *place == column).map(|(_, watch)| watch)
    }
}

/// Numbers of records and lines: 32 bits of them are kept.
fn short(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

struct Looking<'a> {
    seen: Seen,
    keys: Keys<'a>,
    export: &'a Export,
}

impl Looking<'_> {
    /// Where a record stands in its piece: its line, or its number where lines are rows of a sheet.
    fn line(&self, line: u64, index: u64) -> u64 {
        if self.export.file.row.is_some() { index } else { line }
    }
}

impl Visit for Looking<'_> {
    fn record(&mut self, record: &Record<'_>) {
        let Export { file, dictionary, .. } = self.export;
        if file.is_blank(record) {
            self.seen.blank += 1;
            return;
        }
        if file.is_header(record) {
            let line = self.line(record.line, record.index);
            let problem = Problem::error(&file.name, ReadProblem::RepeatedHeader);
            self.seen.found.push(problem.line(line).record(record.index + 1));
            return;
        }
        for (column, watch) in &mut self.seen.watched {
            if let Watch::Ticks(seen) = watch
                && seen.knows(record.from_field(*column))
            {
                continue;
            }
            let field = record.field(*column);
            if field.is_empty() {
                continue;
            }
            match watch {
                Watch::Marks(marks) => marks.see(field),
                Watch::Order(order) => order.see(field),
                Watch::Ticks(seen) => {
                    if let Target::Choice(variable, choice) = file.columns[*column].target {
                        seen.see(field, &dictionary.list(variable).codes[choice]);
                    }
                }
                Watch::Text(texts) => {
                    let field = field.trim_ascii();
                    texts.filled += u64::from(!field.is_empty());
                    texts.contacts += u64::from(contact::find(field, true).is_some());
                }
            }
        }
        let complete = self.export.roles.is_complete(file, record);
        let place = (short(record.index), short(record.line));
        if !complete {
            self.seen.partial.push(place);
        }
        let came = Came::of(record, complete, &self.export.roles.submitted, self.export.closes.as_deref());
        self.keys.see(record, place, came, &mut self.seen.keys);
    }

    fn flaw(&mut self, spot: Spot, flaw: Flaw, value: &[u8]) {
        let line = self.line(spot.line, spot.index);
        // A value that is out of its place may be anybody's words.
        let spot = Spot { line, index: spot.index + 1, ..spot };
        self.seen.found.flaw(&self.export.file.name, &self.export.names, Privacy::Never, spot, flaw, value);
    }

    fn takes_longer(&mut self, record: &Record<'_>, fields: usize) -> bool {
        self.export.file.takes_longer(record, fields)
    }
}
