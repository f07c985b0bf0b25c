//! The first pass: what only the whole file tells. Decimal marks and the order of dates by column, how choices are ticked,
//! which columns hold contact details, who answered twice.

use super::chunks::decode;
use super::date::Order;
use super::dialect::Role;
use super::dictionary::{Dictionary, Kind, Session};
use super::file::File;
use super::number::Marks;
use super::place::Target;
use super::{Options, contact, tick};
use crate::problem::Privacy;
use crate::problem::Problem;
use crate::read::Encoding;
use crate::read::ReadProblem;
use crate::read::found::{Found, Letters, Room};
use crate::read::head::clean;
use crate::read::scan::{Flaw, Record, Spot, Visit, scan};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

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

/// A submission among those that may be of the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// Who, and in which wave: a digest.
    pub(super) who: u128,
    pub(super) file: u32,
    pub(super) record: u32,
    pub(super) line: u32,
    pub(super) complete: bool,
}

/// Where the columns stand that say who and when.
#[derive(Clone, Debug, Default)]
pub(super) struct Roles {
    pub(super) id: Option<usize>,
    pub(super) code: Option<usize>,
    pub(super) wave: Option<usize>,
    /// When it was sent in, the surest column first.
    pub(super) submitted: Vec<usize>,
    pub(super) started: Vec<usize>,
    pub(super) status: Option<usize>,
}

impl Roles {
    pub(super) fn of(file: &File, dictionary: &Dictionary, options: &Options, wave: Option<&str>) -> Self {
        let variable = |name: &str| {
            let wanted = dictionary.exact(name)?;
            file.columns.iter().position(|column| column.target == Target::Variable(wanted))
        };
        let system = |role: Role| {
            let of = move |(_, column): &(usize, &super::file::Column)| column.target == Target::System(role);
            file.columns.iter().enumerate().filter(of).map(|(place, _)| place)
        };
        let session = |wanted: Session| {
            let of = |column: &super::file::Column| match column.target {
                Target::Variable(variable) => dictionary.variables[variable].session == Some(wanted),
                _ => false,
            };
            file.columns.iter().position(of)
        };
        let ended = |place: &usize| super::fold::name(&file.columns[*place].heading) == "end";
        let mut submitted: Vec<usize> = system(Role::Submitted).collect();
        submitted.sort_by_key(|place| !ended(place));
        Self {
            id: system(Role::Id).next(),
            code: match options.key.as_deref() {
                Some(name) => variable(name),
                None => dictionary.variables.iter().find(|own| own.code).and_then(|own| variable(&own.name)),
            },
            wave: wave.and_then(variable),
            submitted: session(Session::Submitted).into_iter().chain(submitted).collect(),
            started: session(Session::Started).into_iter().chain(system(Role::Started)).collect(),
            status: system(Role::Status).next(),
        }
    }

    /// Whether a record was sent in. Without a column that tells, each was.
    pub(super) fn is_complete(&self, file: &File, record: &Record<'_>) -> bool {
        if let Some(status) = self.status {
            return file.dialect.is_complete(String::from_utf8_lossy(record.field(status)).trim());
        }
        self.submitted.is_empty() || self.submitted.iter().any(|column| !record.field(*column).trim_ascii().is_empty())
    }
}

/// The first pass over one file.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) roles: Roles,
    pub(super) watched: Vec<(usize, Watch)>,
    /// Records that were not sent in, with their lines.
    pub(super) partial: Vec<(u32, u32)>,
    pub(super) keys: Vec<Key>,
    pub(super) records: u64,
    pub(super) blank: u64,
    pub(super) letters: Letters,
    pub(super) found: Found,
    lines: u64,
    number: u32,
    room: Room,
    /// The columns as messages name them.
    names: Vec<String>,
    /// Waves by the cells that say them.
    waves: HashMap<Box<[u8]>, Option<usize>>,
}

impl Look {
    pub(super) fn new(file: &File, number: u32, roles: Roles, dictionary: &Dictionary) -> Self {
        let mut watched = Vec::new();
        for (place, column) in file.columns.iter().enumerate() {
            let watch = match &column.target {
                Target::Variable(variable) => match dictionary.variables[*variable].kind {
                    Kind::Whole | Kind::Decimal => Watch::Marks(Marks::default()),
                    Kind::Date | Kind::Time => Watch::Order(Order::default()),
                    Kind::Text if dictionary.variables[*variable].is_free_text() => Watch::Text(Texts::default()),
                    _ => continue,
                },
                Target::Choice(..) => Watch::Ticks(tick::Seen::default()),
                Target::System(Role::Submitted | Role::Started) => Watch::Order(Order::default()),
                Target::Nowhere(_) => Watch::Text(Texts::default()),
                _ => continue,
            };
            watched.push((place, watch));
        }
        Self {
            roles,
            watched,
            partial: Vec::new(),
            keys: Vec::new(),
            records: 0,
            blank: 0,
            letters: Letters::default(),
            found: Found::default(),
            lines: 0,
            number,
            room: Room::default(),
            names: (0..file.columns.len()).map(|column| file.label(column)).collect(),
            waves: HashMap::new(),
        }
    }

    /// A piece of whole records.
    pub(super) fn piece(&mut self, file: &File, dictionary: &Dictionary, bytes: &[u8], last: bool) {
        let (bytes, zero) = clean(bytes);
        if file.row.is_none() {
            let letters = Letters::of(&bytes, zero, file.layout, &mut self.room);
            self.letters.append(letters, self.lines, self.records);
        }
        let mut visit = Looking { look: self, file, dictionary };
        let extent = scan(&bytes, file.layout, last, &mut visit);
        self.lines += extent.lines;
        self.records += extent.records;
    }

    /// A record that is longer than what is read.
    pub(super) fn too_long(&mut self, file: &File) {
        let line = file.at(self.lines, self.records);
        self.found.push(Problem::error(&file.name, ReadProblem::RecordTooLong).line(line));
    }

    /// The encoding, once all of the file was seen.
    pub(super) fn encoding(&self, file: &File) -> Encoding {
        self.letters.census.encoding(file.mark || file.row.is_some())
    }
}

struct Looking<'a> {
    look: &'a mut Look,
    file: &'a File,
    dictionary: &'a Dictionary,
}

impl Visit for Looking<'_> {
    fn record(&mut self, record: &Record<'_>) {
        let Self { look, file, dictionary } = self;
        let index = look.records + record.index;
        if file.is_blank(record) {
            look.blank += 1;
            return;
        }
        if file.is_header(record) {
            let line = file.at(look.lines + record.line, index);
            look.found.push(Problem::error(&file.name, ReadProblem::RepeatedHeader).line(line).record(index + 1));
            return;
        }
        for (column, watch) in &mut look.watched {
            let field = record.field(*column);
            if field.is_empty() {
                continue;
            }
            match watch {
                Watch::Marks(marks) => marks.see(field),
                Watch::Order(order) => order.see(&decode(field, Encoding::Utf8)),
                Watch::Ticks(seen) => {
                    if let Target::Choice(variable, choice) = file.columns[*column].target {
                        seen.see(field, dictionary.list(variable), choice);
                    }
                }
                Watch::Text(texts) => {
                    let field = field.trim_ascii();
                    texts.filled += u64::from(!field.is_empty());
                    texts.contacts += u64::from(contact::find(field, true).is_some());
                }
            }
        }
        let complete = look.roles.is_complete(file, record);
        let short = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let (record_number, line) = (short(index), short(file.at(look.lines + record.line, index)));
        if !complete {
            look.partial.push((record_number, line));
        }
        let get = |column: Option<usize>| column.map(|column| record.field(column).trim_ascii()).unwrap_or_default();
        let wave = get(look.roles.wave);
        let wave = match look.waves.get(wave) {
            Some(known) => *known,
            None => {
                let found = look.roles.wave.and_then(|column| match file.columns[column].target {
                    Target::Variable(variable) if dictionary.variables[variable].kind == Kind::One => {
                        let text = decode(wave, Encoding::Utf8);
                        dictionary.list(variable).find(&text, file.dialect.prefer()).ok().map(|(choice, _)| choice)
                    }
                    _ => None,
                });
                if look.waves.len() < MOST_WAVES {
                    look.waves.insert(wave.into(), found);
                }
                found
            }
        };
        let id = get(look.roles.id);
        if !id.is_empty() {
            let time = look.roles.submitted.first().map(|column| record.field(*column)).unwrap_or_default();
            // A number is one tool's, or only one form's: with another time it is another submission.
            let place = if time.is_empty() { Some(look.number) } else { None };
            let who = digest(&(0_u8, id, time, place, wave));
            look.keys.push(Key { who, file: look.number, record: record_number, line, complete });
        }
        let code = get(look.roles.code);
        if !code.is_empty() {
            let who = digest(&(1_u8, folded(code), wave));
            look.keys.push(Key { who, file: look.number, record: record_number, line, complete });
        }
    }

    fn flaw(&mut self, spot: Spot, flaw: Flaw, value: &[u8]) {
        let Self { look, file, .. } = self;
        let index = look.records + spot.index;
        let line = file.at(look.lines + spot.line, index);
        // A value that is out of its place may be anybody's words.
        let spot = Spot { line, index: index + 1, ..spot };
        look.found.flaw(&file.name, &look.names, Privacy::Never, spot, flaw, value);
    }

    fn takes_longer(&mut self, record: &Record<'_>, fields: usize) -> bool {
        self.file.takes_longer(record, fields)
    }
}

/// A self-made code without regard to case and spaces.
fn folded(code: &[u8]) -> Vec<u8> {
    if code.iter().all(u8::is_ascii_alphanumeric) {
        return code.to_ascii_lowercase();
    }
    super::fold::text(&decode(code, Encoding::Utf8)).into_bytes()
}

/// Forms of waves that are remembered.
const MOST_WAVES: usize = 1000;

/// Two hashes side by side: among a million people none meet.
fn digest(key: &impl Hash) -> u128 {
    let half = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        seed.hash(&mut hasher);
        key.hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(1) << 64 | half(2)
}
