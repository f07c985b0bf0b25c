//! Who sent in a record, so that somebody who did so twice is found: a digest, and no more.

use super::cells::Cells;
use super::chunks::decode;
use super::date::{self, First};
use super::dictionary::Kind;
use super::look::Export;
use super::place::Target;
use crate::panel::normal_form;
use crate::read::Encoding;
use crate::read::scan::Record;
use crate::submission::Standing;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hasher};

/// A submission among those that may be of the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// Who, and in which wave: a digest.
    pub(super) who: u128,
    pub(super) file: u32,
    pub(super) record: u32,
    pub(super) line: u32,
    pub(super) came: Came,
}

/// Whether a record was sent in, and whether that was late. Which part of a date comes first is known when all of its column
/// was seen: so late is two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Came {
    pub(super) complete: bool,
    /// The column with the time, among those of [`Roles::submitted`](super::roles::Roles::submitted).
    column: u8,
    late_if_day_first: bool,
    late_if_month_first: bool,
}

impl Came {
    /// Looks at a record; `complete` says whether it was sent in. What is no date is not late.
    pub(super) fn of(record: &Record<'_>, complete: bool, submitted: &[usize], closes: Option<&str>) -> Self {
        let own = Self { complete, column: 0, late_if_day_first: false, late_if_month_first: false };
        let fields = submitted.iter().zip(0_u8..).map(|(column, place)| (place, record.field(*column).trim_ascii()));
        let Some((closes, (column, field))) = closes.zip(fields.into_iter().find(|(_, field)| !field.is_empty()))
        else {
            return own;
        };
        let field = decode(field, Encoding::Utf8);
        let late = |first: First| {
            let time = date::parse(&field, first, true).ok();
            Standing::of(time.as_ref().map(|time| time.text.as_str()), closes) == Standing::Late
        };
        Self { column, late_if_day_first: late(First::Day), late_if_month_first: late(First::Month), ..own }
    }

    /// Where it stands among others of the same person; `first` is what comes first in the dates of a column.
    pub(super) fn standing(self, first: impl FnOnce(usize) -> First) -> Standing {
        let late = match (self.late_if_day_first, self.late_if_month_first) {
            (same, other) if same == other => same,
            (day, month) => match first(usize::from(self.column)) {
                First::Day => day,
                First::Month => month,
                First::Unknown => false,
            },
        };
        // A time after the closing day is late for `run`, whatever the tool calls the record.
        match (late, self.complete) {
            (true, _) => Standing::Late,
            (false, true) => Standing::SentIn,
            (false, false) => Standing::Open,
        }
    }
}

/// The keys that may be of the same person as another: all that are, and a few more. Nearly everybody answers once, and
/// what is left of them takes no sorting.
pub(super) fn shared(keys: &[Vec<Key>]) -> Vec<Key> {
    let all = || keys.iter().flatten();
    let words = (all().count() / 4).next_power_of_two();
    #[allow(clippy::cast_possible_truncation, reason = "masked")]
    let place = |key: &Key| ((key.who >> 64) as usize & (words - 1), 1_u64 << (key.who & 63));
    // A bit for each digest: whether one has it, and whether another one has it too.
    let (mut one, mut more) = (vec![0; words], vec![0; words]);
    for (word, bit) in all().map(place) {
        more[word] |= one[word] & bit;
        one[word] |= bit;
    }
    let is_shared = |key: &&Key| {
        let (word, bit) = place(key);
        more[word] & bit != 0
    };
    all().filter(is_shared).copied().collect()
}

/// Finds the keys of records: by the self-made code with wave and home municipality, which is the rule of
/// [`submission`](crate::submission); and by the tool's own number, since an export may hold another one.
pub(super) struct Keys<'a> {
    export: &'a Export,
    waves: Cells<u16>,
    homes: Cells<u16>,
    who: Vec<u8>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(export: &'a Export) -> Self {
        Self { export, waves: Cells::default(), homes: Cells::default(), who: Vec::new() }
    }

    /// The keys of a record, whose number and line are given.
    pub(super) fn see(&mut self, record: &Record<'_>, (number, line): (u32, u32), came: Came, keys: &mut Vec<Key>) {
        let Self { export, waves, homes, who } = self;
        let roles = &export.roles;
        let get = |column: Option<usize>| column.map(|column| record.field(column).trim_ascii()).unwrap_or_default();
        let (id, code) = (get(roles.id), get(roles.code));
        if id.is_empty() && code.is_empty() {
            return;
        }
        let wave = choice(export, roles.wave, get(roles.wave), waves);
        let mut add = |who: &[u8]| keys.push(Key { who: digest(who), file: export.number, record: number, line, came });
        if !id.is_empty() {
            let time = roles.submitted.first().map(|column| record.field(*column)).unwrap_or_default();
            // A number is one tool's, or only one form's: with another time it is another submission.
            let file = if time.is_empty() { export.number } else { u32::MAX };
            who.clear();
            who.push(0);
            who.extend_from_slice(&wave.to_le_bytes());
            who.extend_from_slice(&file.to_le_bytes());
            who.extend_from_slice(id);
            who.push(0);
            who.extend_from_slice(time);
            add(who);
        }
        who.clear();
        who.push(1);
        who.extend_from_slice(&wave.to_le_bytes());
        who.extend_from_slice(&choice(export, roles.home, get(roles.home), homes).to_le_bytes());
        let before = who.len();
        if code.iter().all(u8::is_ascii_alphanumeric) {
            who.extend(code.iter().map(u8::to_ascii_uppercase));
        } else {
            who.extend_from_slice(normal_form(&decode(code, Encoding::Utf8)).as_bytes());
        }
        // A code of signs alone is none.
        if who.len() > before {
            add(who);
        }
    }
}

/// The choice that a cell is, plus one; 0 for none of them.
fn choice(export: &Export, column: Option<usize>, field: &[u8], known: &mut Cells<u16>) -> u16 {
    let Some(column) = column.filter(|_| !field.is_empty()) else { return 0 };
    let found = known.get(field, |field| {
        let Target::Variable(variable) = export.file.columns[column].target else { return Ok(0) };
        if export.dictionary.variables[variable].kind != Kind::One {
            return Ok(0);
        }
        let text = decode(field, Encoding::Utf8);
        let found = export.dictionary.list(variable).find(&text, export.file.dialect.prefer());
        Ok::<u16, Infallible>(found.ok().and_then(|(choice, _)| u16::try_from(choice + 1).ok()).unwrap_or(0))
    });
    match found {
        Ok(choice) => choice,
        Err(never) => match never {},
    }
}

/// Two hashes side by side: among a million people none meet.
fn digest(who: &[u8]) -> u128 {
    let half = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(seed);
        hasher.write(who);
        u128::from(hasher.finish())
    };
    half(1) << 64 | half(2)
}
