//! A register's file being read: its columns, and the values of a row with everything that is wrong with them.

use super::dates::{Forms, Reading, Written};
use super::intern::{Interner, hash};
use super::lookup::{Lookup, OUTSIDE};
use super::{Day, NO_FIELD, RecruitmentProblem};
use crate::problem::{Explain, Privacy, Problem, Problems, Severity};
use crate::project::RegisterFile;
use crate::read::encoding::{Encoding, decode, guess};
use crate::read::found::{Found, Letters, Marks as Decimals, Room};
use crate::read::head::{Head, clean};
use crate::read::number::{Number, parse, symbol};
use crate::read::scan::{Extent, Flaw, Layout, Record, Spot, Visit, scan};
use crate::read::{Codebook, Kind, ReadProblem, Variable};
use crate::register::code::{education, occupation};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A column of the built-in schema, and where it stands in the file.
struct Column {
    /// Its name in the file.
    name: String,
    position: Option<usize>,
    /// Codes that mean that a value is missing.
    missing: Vec<Vec<u8>>,
    limits: (Option<f64>, Option<f64>),
    privacy: Privacy,
}

/// A file that was opened.
pub(super) struct Sheet<'a> {
    pub(super) file: &'a str,
    pub(super) lookup: &'a Lookup<'a>,
    head: Head,
    body: Cow<'a, [u8]>,
    zero: Option<usize>,
    columns: Vec<Column>,
    /// Names of the built-in schema.
    names: Vec<String>,
}

/// What a piece of a file holds.
pub(super) struct Piece<T> {
    pub(super) rows: Vec<T>,
    pub(super) extent: Extent,
    pub(super) employers: Interner,
    /// Rows of municipalities outside the areas, by code.
    pub(super) outside: BTreeMap<String, u64>,
    found: Found,
    letters: Letters,
    forms: Vec<Forms>,
    decimals: Vec<Decimals>,
}

/// How dates of each column are read that wait for all of it.
pub(super) type Readings = Vec<Option<Reading>>;

impl<'a> Sheet<'a> {
    /// Opens the file of a register. `None` when it cannot be read, or lacks a column; problems say why.
    pub(super) fn open(
        register: &'a RegisterFile,
        schema: &str,
        files: &'a BTreeMap<String, Vec<u8>>,
        lookup: &'a Lookup<'a>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let file = register.file.as_str();
        let bytes = files.get(file)?;
        let built_in = Codebook::from_table_schema(register.id, schema.as_bytes(), problems);
        let before = problems.errors();
        let own = register.schema.as_ref().and_then(|name| Some((name, files.get(name)?)));
        let own = own.map(|(name, bytes)| Codebook::from_table_schema(name, bytes, problems)).unwrap_or_default();
        if problems.errors() > before {
            return None;
        }
        let head = Head::find(file, bytes, true, problems)?;
        let mut columns = Vec::new();
        for variable in &built_in.variables {
            let mapped = register.columns.iter().find(|(ours, _)| *ours == variable.name).map(|(_, theirs)| theirs);
            let mut name = mapped.unwrap_or(&variable.name).clone();
            // The name that tables of official statistics use.
            if mapped.is_none() && name == "municipality" && head.position(&name).is_none() {
                name = if head.position("kommunenr").is_some() { "kommunenr".into() } else { name };
            }
            let missing = own.variable(&name).map(|own| own.missing.as_slice()).unwrap_or_default();
            let limits = match variable.kind {
                #[allow(clippy::cast_precision_loss, reason = "limits of registers are small")]
                Kind::Integer { min, max } => (min.map(|min| min as f64), max.map(|max| max as f64)),
                Kind::Decimal { min, max, .. } => (min, max),
                _ => (None, None),
            };
            columns.push((
                variable,
                Column {
                    position: head.position(&name),
                    missing: missing.iter().map(|(code, _)| code.as_bytes().to_vec()).collect(),
                    limits,
                    privacy: privacy(register.id, &variable.name),
                    name,
                },
            ));
        }
        let looks = head.looks_like_one() && columns.iter().any(|(_, column)| column.position.is_some());
        if !looks {
            // What was taken for names may be about people: none of it is quoted.
            let names = columns.iter().map(|(_, column)| column.name.clone()).collect();
            problems.push(Problem::error(file, ReadProblem::NoHeader { names }).line(head.header_line()));
            return None;
        }
        // A name that the project gives is meant to be there.
        let is_named = |variable: &Variable| register.columns.iter().any(|(ours, _)| *ours == variable.name);
        let is_needed = |variable: &Variable| variable.required || is_named(variable);
        for (_, column) in columns.iter().filter(|(variable, column)| is_needed(variable) && column.position.is_none())
        {
            problems.push(head.missing_column(file, &column.name, |_| true));
        }
        // A name that is nearly one of ours is one that was misspelt: what it holds must not go missing in silence.
        for name in head.names.iter().filter(|name| !name.is_empty()) {
            let is_known = columns.iter().any(|(_, column)| column.name == *name);
            let near = |column: &Column| strsim::jaro_winkler(&column.name, &name.to_lowercase()) > 0.92;
            let absent = |variable: &Variable, column: &Column| !is_needed(variable) && column.position.is_none();
            let meant = columns.iter().find(|(variable, column)| absent(variable, column) && near(column));
            if let Some((_, column)) = meant.filter(|_| !is_known) {
                problems.push(head.missing_column(file, &column.name, |other| other == name));
            }
        }
        let known = |name: &&String| name.is_empty() || columns.iter().any(|(_, column)| column.name == **name);
        let unknown: Vec<String> = head.names.iter().filter(|name| !known(name)).cloned().collect();
        if !unknown.is_empty() {
            let what = ReadProblem::UnknownColumns { names: unknown };
            problems.push(Problem::warning(file, what).line(head.header_line()));
        }
        if problems.errors() > before {
            return None;
        }
        let names = columns.iter().map(|(variable, _)| variable.name.clone()).collect();
        let columns = columns.into_iter().map(|(_, column)| column).collect();
        let (body, zero) = clean(&bytes[head.start..]);
        Some(Self { file, lookup, head, body, zero, columns, names })
    }

    /// Places of columns of the schema.
    pub(super) fn find<const N: usize>(&self, names: [&str; N]) -> [usize; N] {
        names.map(|name| self.names.iter().position(|own| own == name).unwrap_or(usize::MAX))
    }

    /// The name of a column in the file.
    pub(super) fn name(&self, column: usize) -> &str {
        self.columns.get(column).map_or("", |column| &column.name)
    }

    /// Whether the file has a column.
    pub(super) fn has(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|column| column.position.is_some())
    }

    /// A problem at a row.
    pub(super) fn problem(
        &self,
        line: u32,
        column: usize,
        severity: Severity,
        what: impl Explain + 'static,
    ) -> Problem {
        let problem = Problem { severity, ..Problem::error(self.file, what) };
        problem.line(line.into()).column(self.name(column))
    }

    /// All bytes after the header.
    pub(super) fn body(&self) -> &[u8] {
        &self.body
    }

    /// Delimiter and number of columns.
    pub(super) fn layout(&self) -> Layout {
        self.head.layout
    }

    /// Where a column stands in the file.
    pub(super) fn position(&self, column: usize) -> Option<usize> {
        self.columns.get(column)?.position
    }

    /// The line on which the first record begins.
    pub(super) fn first_line(&self) -> u32 {
        u32::try_from(self.head.line).unwrap_or(u32::MAX)
    }

    /// Reads a piece: whole records. Lines of rows are counted from `base`, those of problems from the piece.
    pub(super) fn piece<T>(
        &self,
        bytes: &[u8],
        readings: &Readings,
        (base, expect): (u32, usize),
        row: impl Fn(&mut Cells<'_, '_, '_>) -> Option<T>,
    ) -> Piece<T> {
        let needed = self.columns.iter().filter_map(|column| column.position).max().map_or(0, |last| last + 1);
        let layout = Layout { needed, ..self.head.layout };
        let zero = self.zero.filter(|_| bytes.len() == self.body.len());
        let letters = Letters::of(bytes, zero, self.head.layout, &mut Room::default());
        let encoding = letters.census.encoding(self.head.mark);
        let marks = Marks {
            found: Found::default(),
            forms: vec![Forms::default(); self.columns.len()],
            decimals: vec![Decimals::default(); self.columns.len()],
            employers: Interner::default(),
            persons: Interner::default(),
            outside: BTreeMap::new(),
        };
        let mut visit = Rows { sheet: self, readings, encoding, marks, base, rows: Vec::with_capacity(expect), row };
        let last = bytes.as_ptr_range().end == self.body.as_ptr_range().end;
        let extent = scan(bytes, layout, last, &mut visit);
        let Marks { found, forms, decimals, employers, outside, .. } = visit.marks;
        Piece { rows: visit.rows, extent, employers, outside, found, letters, forms, decimals }
    }

    /// Joins what pieces say of the file, and reports it; `None` when dates can only be read now that all of the file was seen:
    /// then the pieces are to be read again with the readings.
    pub(super) fn report<T>(
        &self,
        pieces: &mut [Piece<T>],
        readings: &mut Readings,
        problems: &mut Problems,
    ) -> Option<Encoding> {
        let mut forms = vec![Forms::default(); self.columns.len()];
        for piece in pieces.iter() {
            forms.iter_mut().zip(&piece.forms).for_each(|(all, own)| *all = all.and(*own));
        }
        if readings.is_empty() && forms.iter().any(|forms| forms.waits()) {
            *readings = forms.into_iter().map(|forms| forms.waits().then(|| forms.reading())).collect();
            return None;
        }
        let (mut found, mut letters, mut extent) = (Found::default(), Letters::default(), Extent::default());
        let mut decimals = vec![Decimals::default(); self.columns.len()];
        let mut outside: BTreeMap<String, u64> = BTreeMap::new();
        for piece in pieces {
            for (all, own) in decimals.iter_mut().zip(std::mem::take(&mut piece.decimals)) {
                all.append(own, extent.lines, extent.records);
            }
            found.append(std::mem::take(&mut piece.found).after(extent.lines, extent.records));
            letters.append(std::mem::take(&mut piece.letters), extent.lines, extent.records);
            extent =
                Extent { lines: extent.lines + piece.extent.lines, records: extent.records + piece.extent.records };
            for (code, rows) in std::mem::take(&mut piece.outside) {
                *outside.entry(code).or_default() += rows;
            }
        }
        for (column, decimals) in self.columns.iter().zip(&decimals) {
            decimals
                .problem(self.file, &column.name, column.privacy)
                .into_iter()
                .for_each(|problem| found.push(problem));
        }
        letters.report(self.file, &self.head.names, self.head.mark, &mut found);
        if extent.records == 0 {
            problems.push(Problem::warning(self.file, ReadProblem::NoRecords).line(self.head.header_line()));
        }
        found.after(self.head.line, 1).into_problems(self.file, problems);
        if !outside.is_empty() {
            let mut rows: Vec<(String, u64)> = outside.into_iter().collect();
            rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            problems.push(Problem::warning(self.file, RecruitmentProblem::Outside { rows }));
        }
        Some(letters.census.encoding(self.head.mark))
    }

    /// Reads the whole file in one piece.
    pub(super) fn rows<T>(
        &self,
        problems: &mut Problems,
        row: impl Fn(&mut Cells<'_, '_, '_>) -> Option<T> + Copy,
    ) -> (Piece<T>, Encoding) {
        let mut readings = Readings::new();
        loop {
            let mut pieces = [self.piece(&self.body, &readings, (self.first_line(), 0), row)];
            if let Some(encoding) = self.report(&mut pieces, &mut readings, problems) {
                let [piece] = pieces;
                return (piece, encoding);
            }
        }
    }
}

/// Who may see the values of a column.
fn privacy(register: &str, name: &str) -> Privacy {
    match (register, name) {
        (_, "name" | "email" | "phone" | "birth_date") => Privacy::Never,
        // What an advertisement says, and what is about no one person or business.
        ("positions", "municipality" | "occupation" | "advertised")
        | ("strata" | "trainee_places", _)
        | (_, "stratum") => Privacy::Open,
        _ => Privacy::Answer,
    }
}

/// What is noted besides rows.
struct Marks {
    found: Found,
    forms: Vec<Forms>,
    decimals: Vec<Decimals>,
    employers: Interner,
    persons: Interner,
    outside: BTreeMap<String, u64>,
}

struct Rows<'s, T, R> {
    sheet: &'s Sheet<'s>,
    readings: &'s Readings,
    encoding: Encoding,
    marks: Marks,
    base: u32,
    rows: Vec<T>,
    row: R,
}

impl<T, R: Fn(&mut Cells<'_, '_, '_>) -> Option<T>> Visit for Rows<'_, T, R> {
    #[inline]
    fn record(&mut self, record: &Record<'_>) {
        let Self { sheet, readings, encoding, marks, base, .. } = self;
        // Spreadsheets leave rows of delimiters below the last one: they say nothing.
        let mut fields =
            sheet.columns.iter().filter_map(|column| column.position).map(|at| record.field(at).trim_ascii());
        if fields.all(<[u8]>::is_empty) {
            return;
        }
        let mut cells = Cells { sheet, readings, encoding: *encoding, marks, base: *base, record, ok: true };
        if let Some(row) = (self.row)(&mut cells) {
            self.rows.push(row);
        }
    }

    fn flaw(&mut self, spot: Spot, flaw: Flaw, value: &[u8]) {
        // Of a file about people no field is quoted that cannot be told to be harmless.
        self.marks.found.flaw(self.sheet.file, &self.sheet.head.names, Privacy::Never, spot, flaw, value);
    }
}

/// The fields of one row.
pub(super) struct Cells<'s, 'm, 'r> {
    pub(super) sheet: &'s Sheet<'s>,
    readings: &'s Readings,
    encoding: Encoding,
    marks: &'m mut Marks,
    base: u32,
    record: &'m Record<'r>,
    ok: bool,
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
        let Some(column) = self.sheet.columns.get(column) else { return b"" };
        let Some(position) = column.position else { return b"" };
        let field = self.record.field(position).trim_ascii();
        let missing = || column.missing.iter().any(|code| code == field);
        match field {
            [] | [b'.' | b':'] | b".." | b"..." | b"\xe2\x80\xa6" if symbol(field).is_some() => b"",
            _ if !column.missing.is_empty() && missing() => b"",
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

    /// Occupation and field; 0 and none where it is not known.
    #[inline]
    pub(super) fn occupation(&mut self, column: usize) -> (u16, u8) {
        let field = self.bytes(column);
        if field.is_empty() {
            return (0, NO_FIELD);
        }
        match self.sheet.lookup.occupation(field) {
            Some(found) => found,
            None => self.other_occupation(column),
        }
    }

    #[cold]
    fn other_occupation(&mut self, column: usize) -> (u16, u8) {
        match occupation::parse(&guess(self.bytes(column))) {
            Ok(code) => (code, self.sheet.lookup.field_of(code)),
            Err(why) => {
                self.wrong(column, why);
                (0, NO_FIELD)
            }
        }
    }

    /// An education; empty where it is not known.
    pub(super) fn education(&mut self, column: usize) -> String {
        let text = self.text(column);
        match education::parse(&text) {
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

    /// A hash of an id that must be there.
    #[inline]
    pub(super) fn id(&mut self, column: usize) -> u64 {
        self.required(column);
        // 0 is no id.
        hash(self.bytes(column)).max(1)
    }
}

/// Rows of which no two have the same key; of those that are alike the first is kept.
pub(super) fn once<K: Ord, T>(
    rows: Vec<(Option<K>, u32, T)>,
    sheet: &Sheet<'_>,
    column: usize,
    same: impl Fn(&T, &T) -> bool,
    problems: &mut Problems,
) -> Vec<(u32, T)> {
    let mut first: BTreeMap<K, usize> = BTreeMap::new();
    let mut kept: Vec<(u32, T)> = Vec::with_capacity(rows.len());
    for (key, line, row) in rows {
        let at = key.and_then(|key| match first.entry(key) {
            std::collections::btree_map::Entry::Occupied(known) => Some(*known.get()),
            std::collections::btree_map::Entry::Vacant(room) => {
                room.insert(kept.len());
                None
            }
        });
        match at {
            None => kept.push((line, row)),
            Some(at) => problems.push(twice(sheet, column, (kept[at].0, line), same(&kept[at].1, &row))),
        }
    }
    kept
}

/// A second row with one id.
pub(super) fn twice(sheet: &Sheet<'_>, column: usize, (first, second): (u32, u32), same: bool) -> Problem {
    let (severity, what) = match same {
        true => (Severity::Warning, RecruitmentProblem::SameRow { line: first }),
        false => (Severity::Error, RecruitmentProblem::OtherRow { line: first }),
    };
    sheet.problem(second, column, severity, what)
}
