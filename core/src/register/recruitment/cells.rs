//! The values of a row, with everything that is wrong with them.

use super::dates::{Reading, Written};
use super::double::{Keyed, hash_of_id, text};
use super::lookup::OUTSIDE;
use super::piece::{Marks, Readings};
use super::sheet::{Column, Sheet};
use super::{Day, NO_FIELD, RecruitmentProblem};
use crate::problem::{Explain, Privacy, Problem, Severity};
use crate::read::ReadProblem;
use crate::read::encoding::{Encoding, decode, guess};
use crate::read::number::{Number, parse, symbol};
use crate::read::scan::Record;
use crate::register::code::occupation::{self, Version};

/// The fields of one row.
pub(super) struct Cells<'s, 'm, 'r> {
    pub(super) sheet: &'s Sheet<'s>,
    pub(super) readings: &'s Readings,
    pub(super) encoding: Encoding,
    pub(super) marks: &'m mut Marks,
    pub(super) base: u32,
    pub(super) record: &'m Record<'r>,
    pub(super) ok: bool,
    /// Whether its occupation was converted.
    pub(super) converted: bool,
}

/// An occupation of a row.
#[derive(Clone, Copy)]
pub(super) struct Occupation {
    /// STYRK-08; 0: not known.
    pub(super) code: u16,
    pub(super) field: u8,
    /// The code as written: two that became one occupation are not the same.
    pub(super) written: u32,
}

impl Occupation {
    const UNKNOWN: Self = Self { code: 0, field: NO_FIELD, written: 0 };
}

impl<'r> Cells<'_, '_, 'r> {
    /// Whether nothing was wrong with the row so far.
    pub(super) fn ok(&self) -> bool {
        self.ok
    }

    /// The line.
    #[inline]
    pub(super) fn line(&self) -> u32 {
        u32::try_from(self.record.line).unwrap_or(u32::MAX).saturating_add(self.base)
    }

    /// The field without spaces around it; empty where the value is missing.
    #[inline]
    pub(super) fn bytes(&self, column: usize) -> &'r [u8] {
        let Some(place) = self.sheet.places.get(column) else { return b"" };
        match self.record.field(place.position) {
            [] => b"",
            // Neither spaces nor a symbol.
            field @ ([one] | [one, .., _]) if one.is_ascii_alphanumeric() && !place.has_missing => match field.last() {
                Some(last) if last.is_ascii_alphanumeric() => field,
                _ => field.trim_ascii(),
            },
            field => self.other_bytes(column, field.trim_ascii()),
        }
    }

    #[cold]
    fn other_bytes(&self, column: usize, field: &'r [u8]) -> &'r [u8] {
        let is_missing = |column: &Column| column.missing.iter().any(|code| code == field);
        match field {
            [] | [b'.' | b':'] | b".." | b"..." | b"\xe2\x80\xa6" if symbol(field).is_some() => b"",
            _ if self.sheet.columns.get(column).is_some_and(is_missing) => b"",
            _ => field,
        }
    }

    /// Reports something about a column; the row is left out.
    #[cold]
    pub(super) fn wrong(&mut self, column: usize, what: impl Explain + 'static) {
        self.ok = false;
        self.push(column, Severity::Error, what);
    }

    /// Reports something to look at.
    #[cold]
    pub(super) fn warn(&mut self, column: usize, what: impl Explain + 'static) {
        self.push(column, Severity::Warning, what);
    }

    fn push(&mut self, column: usize, severity: Severity, what: impl Explain + 'static) {
        let sheet = self.sheet;
        let value = sheet.columns.get(column).and_then(|column| column.position);
        let value = value.map(|position| guess(self.record.field(position).trim_ascii()).into_owned());
        let problem = Problem { severity, ..Problem::error(sheet.file, what) };
        let problem = problem.line(self.record.line).record(self.record.index).column(sheet.name(column));
        let privacy = sheet.columns.get(column).map_or(Privacy::Never, |column| column.privacy);
        self.marks.found.push(match value {
            Some(value) if !value.is_empty() => problem.value(value, privacy),
            _ => problem,
        });
    }

    /// Text, decoded.
    pub(super) fn text(&self, column: usize) -> String {
        decode(self.bytes(column), self.encoding).into_owned()
    }

    /// Reports a field that must not be empty.
    pub(super) fn required(&mut self, column: usize) {
        if self.bytes(column).is_empty() {
            self.wrong(column, crate::register::RegisterProblem::Empty);
        }
    }

    /// A day.
    #[inline]
    pub(super) fn day(&mut self, column: usize) -> Option<Day> {
        let field = self.bytes(column);
        if field.is_empty() || field == b"-" {
            return None;
        }
        let written = Written::read(field);
        if let Written::Date(day) = written {
            self.marks.forms[column].see(written);
            return Some(day);
        }
        self.marks.forms[column].see(written);
        let reading = match self.readings.get(column).copied().flatten() {
            Some(reading) => reading,
            // Read again once all of the column was seen.
            None if self.readings.is_empty() && written != Written::None => return None,
            None => Reading::default(),
        };
        match reading.day(written) {
            Ok(day) => Some(day),
            Err(why) => {
                self.wrong(column, why);
                None
            }
        }
    }

    /// A day that is not after today.
    #[inline]
    pub(super) fn past(&mut self, column: usize) -> Option<Day> {
        let day = self.day(column)?;
        if day > self.sheet.lookup.today {
            let today = self.sheet.lookup.today.to_iso();
            self.wrong(column, RecruitmentProblem::AfterToday { today });
            return None;
        }
        Some(day)
    }

    /// Reports a day before another one.
    #[inline]
    pub(super) fn not_before(&mut self, (column, day): (usize, Option<Day>), (other, earlier): (usize, Option<Day>)) {
        if let (Some(day), Some(earlier)) = (day, earlier)
            && day < earlier
        {
            let other = self.sheet.name(other).to_owned();
            self.wrong(column, RecruitmentProblem::Before { other });
        }
    }

    /// A whole number of 0 or more, within the limits of the schema.
    #[inline]
    pub(super) fn whole(&mut self, column: usize) -> Option<u32> {
        let field = self.bytes(column);
        if field.is_empty() {
            return None;
        }
        let field = field.strip_suffix(b".0").unwrap_or(field);
        let digits = field.len() <= 9 && field.iter().all(u8::is_ascii_digit);
        if !digits {
            self.wrong(column, ReadProblem::NotANumber { whole: true });
            return None;
        }
        let number = field.iter().fold(0, |number, byte| number * 10 + u32::from(byte - b'0'));
        self.in_limits(column, f64::from(number)).then_some(number)
    }

    /// A number. Points and commas as decimal marks in one column are an error: `1.000` may then be a thousand.
    pub(super) fn amount(&mut self, column: usize) -> Option<f64> {
        let field = self.bytes(column);
        if field.is_empty() {
            return None;
        }
        match parse(field) {
            // `-` alone is no amount here: nobody knows whether it says none or not known.
            Number::Value(number, mark) if field != b"-" => {
                self.marks.decimals[column].see(mark, self.record.line, self.record.index, field);
                self.in_limits(column, number).then_some(number)
            }
            _ => {
                self.wrong(column, ReadProblem::NotANumber { whole: false });
                None
            }
        }
    }

    #[inline]
    fn in_limits(&mut self, column: usize, number: f64) -> bool {
        let (min, max) = self.sheet.columns.get(column).map(|column| column.limits).unwrap_or_default();
        let inside = min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max);
        if !inside {
            self.wrong(column, ReadProblem::OutOfRange { min, max });
        }
        inside
    }

    /// Yes or no.
    #[inline]
    pub(super) fn yes(&mut self, column: usize) -> Option<bool> {
        const WORDS: [(&str, bool); 8] = [
            ("yes", true),
            ("no", false),
            ("ja", true),
            ("nei", false),
            ("1", true),
            ("0", false),
            ("true", true),
            ("false", false),
        ];
        self.word(column, &WORDS)
    }

    /// One of some words.
    #[inline]
    pub(super) fn word<T: Copy>(&mut self, column: usize, words: &[(&str, T)]) -> Option<T> {
        let field = self.bytes(column);
        if field.is_empty() {
            return None;
        }
        let plain = words.iter().find(|(word, _)| field.eq_ignore_ascii_case(word.as_bytes()));
        let found = plain.or_else(|| self.other_word(column, words));
        if found.is_none() {
            let known = words.iter().map(|(word, _)| (*word).to_owned()).collect();
            self.wrong(column, RecruitmentProblem::UnknownWord { known });
        }
        found.map(|(_, value)| *value)
    }

    /// A word with letters beyond ASCII in capitals or in Windows-1252, or with a space where ours has an underscore.
    #[cold]
    fn other_word<'w, T>(&self, column: usize, words: &'w [(&'w str, T)]) -> Option<&'w (&'w str, T)> {
        let text = self.text(column).to_lowercase();
        let text = text.split_whitespace().collect::<Vec<_>>().join("_");
        words.iter().find(|(word, _)| *word == text)
    }

    /// An occupation; 0 and no field where it is not known.
    #[inline]
    pub(super) fn occupation(&mut self, column: usize) -> Occupation {
        let field = self.bytes(column);
        if field.is_empty() {
            return Occupation::UNKNOWN;
        }
        match self.sheet.lookup.occupation(field) {
            Some((code, field)) if self.sheet.occupations == Version::Styrk08 => {
                Occupation { code, field, written: u32::from(code) }
            }
            _ => self.other_occupation(column),
        }
    }

    #[cold]
    fn other_occupation(&mut self, column: usize) -> Occupation {
        match occupation::parse(&guess(self.bytes(column)), self.sheet.occupations) {
            Ok(occupation::Found { code, written }) => {
                self.converted = written != u32::from(code);
                Occupation { code, field: self.sheet.lookup.field_of(code), written }
            }
            Err(why) => {
                self.wrong(column, why);
                Occupation::UNKNOWN
            }
        }
    }

    /// An education; empty where it is not known.
    pub(super) fn education(&mut self, column: usize) -> String {
        let text = self.text(column);
        match self.sheet.lookup.education(&text) {
            _ if text.is_empty() => text,
            Ok(code) => code.to_owned(),
            Err(why) => {
                self.wrong(column, why);
                String::new()
            }
        }
    }

    /// The position of the municipality, which must be there; [`OUTSIDE`] for one that is in no area.
    #[inline]
    pub(super) fn place(&mut self, column: usize) -> Option<u16> {
        let field = self.bytes(column);
        match self.sheet.lookup.place(field) {
            Ok(place) => Some(place),
            Err(()) => self.other_place(column),
        }
    }

    #[cold]
    fn other_place(&mut self, column: usize) -> Option<u16> {
        self.required(column);
        if self.bytes(column).is_empty() {
            return None;
        }
        match self.sheet.lookup.other_place(&self.text(column)) {
            Ok(place) => Some(place),
            Err(why) => {
                self.wrong(column, why);
                None
            }
        }
    }

    /// Counts a row outside the areas.
    #[cold]
    pub(super) fn outside(&mut self, column: usize) {
        let code = format!("{:0>4}", self.text(column));
        *self.marks.outside.entry(code).or_default() += 1;
    }

    /// The same where such rows are left out at once: `None` for them.
    pub(super) fn inside(&mut self, column: usize) -> Option<u16> {
        let place = self.place(column)?;
        if place == OUTSIDE {
            self.outside(column);
            return None;
        }
        Some(place)
    }

    /// The number of the employer in this piece; must be there.
    #[inline]
    pub(super) fn employer(&mut self, column: usize) -> u32 {
        let field = self.bytes(column);
        if field.is_empty() {
            self.required(column);
            return 0;
        }
        self.marks.employers.number(field)
    }

    /// The number of an id in this piece; none where it is empty.
    #[inline]
    pub(super) fn person(&mut self, column: usize) -> Option<u32> {
        let field = self.bytes(column);
        (!field.is_empty()).then(|| self.marks.persons.number(field))
    }

    /// Notes the id of the record, which must be there, by its hash.
    #[inline]
    pub(super) fn id(&mut self, column: usize) {
        let id = self.bytes(column);
        if id.is_empty() {
            self.required(column);
        }
        self.marks.ids.hashes.push(hash_of_id(id));
    }

    /// Notes that no row was made of the record.
    #[cold]
    pub(super) fn without_row(&mut self) {
        if let Some(place) = self.marks.ids.hashes.len().checked_sub(1) {
            self.marks.ids.without.push((place, self.line()));
        }
    }

    /// The row with what it is known by. Of one with errors that alone is left, so that a second one is told of too.
    pub(super) fn keyed<K, T>(&self, key: Option<K>, row: Option<T>) -> Option<Keyed<K, T>> {
        match row {
            None if self.ok => None,
            row => Some(Keyed { key, line: self.line(), text: text(self.record), row: row.filter(|_| self.ok) }),
        }
    }
}
