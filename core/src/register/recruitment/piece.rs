//! Pieces of a register's file: read one by one, told of together.

use super::RecruitmentProblem;
use super::cells::Cells;
use super::dates::{Forms, Reading};
use super::intern::Interner;
use super::sheet::Sheet;
use crate::problem::{Privacy, Problem, Problems};
use crate::read::ReadProblem;
use crate::read::encoding::Encoding;
use crate::read::found::{Found, Letters, Marks as Decimals, Room};
use crate::read::scan::{Extent, Flaw, Record, Spot, Visit, scan};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a piece of a file holds.
pub(super) struct Piece<T> {
    pub(super) rows: Vec<T>,
    pub(super) extent: Extent,
    pub(super) employers: Interner,
    /// Rows of municipalities outside the areas, by code.
    pub(super) outside: BTreeMap<String, u64>,
    /// Occupations that were not written in STYRK-08.
    converted: u64,
    pub(super) ids: Ids,
    found: Found,
    letters: Letters,
    forms: Vec<Forms>,
    decimals: Vec<Decimals>,
}

/// Hashes of ids, where the register asks for them: one for each record, those of which no row was made too.
#[derive(Debug, Default)]
pub(super) struct Ids {
    pub(super) hashes: Vec<u64>,
    /// The records of which no row was made: place among the hashes, line.
    pub(super) without: Vec<(usize, u32)>,
}

/// How dates of each column are read that wait for all of it.
pub(super) type Readings = Vec<Option<Reading>>;

impl Sheet<'_> {
    /// Reads a piece: whole records. Lines of rows are counted from `base`, those of problems from the piece.
    pub(super) fn piece<T>(
        &self,
        piece: Range<usize>,
        readings: &Readings,
        (base, expect): (u32, usize),
        row: impl Fn(&mut Cells<'_, '_, '_>) -> Option<T>,
    ) -> Piece<T> {
        let whole = self.body();
        let bytes = &whole[piece.clone()];
        let last = piece.end == whole.len();
        // A zero byte at the very end is in no piece but the last one.
        let zero = self.zero.filter(|zero| piece.contains(zero) || last && *zero >= piece.start);
        let zero = zero.map(|zero| zero - piece.start);
        let letters = Letters::of(bytes, zero, self.head.layout, &mut Room::default());
        let encoding = letters.census.encoding(self.head.mark);
        let marks = Marks {
            found: Found::default(),
            forms: vec![Forms::default(); self.columns.len()],
            decimals: vec![Decimals::default(); self.columns.len()],
            employers: Interner::default(),
            persons: Interner::default(),
            outside: BTreeMap::new(),
            converted: 0,
            ids: Ids { hashes: Vec::with_capacity(expect), without: Vec::new() },
        };
        let mut visit = Rows { sheet: self, readings, encoding, marks, base, rows: Vec::with_capacity(expect), row };
        let extent = scan(bytes, self.layout(), last, &mut visit);
        let Marks { found, forms, decimals, employers, outside, converted, ids, .. } = visit.marks;
        Piece { rows: visit.rows, extent, employers, outside, converted, ids, found, letters, forms, decimals }
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
        let mut converted = 0;
        for piece in pieces {
            for (all, own) in decimals.iter_mut().zip(std::mem::take(&mut piece.decimals)) {
                all.append(own, extent.lines, extent.records);
            }
            found.append(std::mem::take(&mut piece.found).after(extent.lines, extent.records));
            letters.append(std::mem::take(&mut piece.letters), extent.lines, extent.records);
            extent =
                Extent { lines: extent.lines + piece.extent.lines, records: extent.records + piece.extent.records };
            converted += piece.converted;
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
        if converted > 0 {
            let what = RecruitmentProblem::Converted { rows: converted };
            let [column] = self.find(["occupation"]);
            problems.push(Problem::warning(self.file, what).column(self.name(column)));
            self.lookup.convert(self.register);
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
            let mut pieces = [self.piece(0..self.body().len(), &readings, (self.first_line(), 0), row)];
            if let Some(encoding) = self.report(&mut pieces, &mut readings, problems) {
                let [piece] = pieces;
                return (piece, encoding);
            }
        }
    }
}

/// What is noted besides rows.
pub(super) struct Marks {
    pub(super) found: Found,
    pub(super) forms: Vec<Forms>,
    pub(super) decimals: Vec<Decimals>,
    pub(super) employers: Interner,
    pub(super) persons: Interner,
    pub(super) outside: BTreeMap<String, u64>,
    pub(super) converted: u64,
    pub(super) ids: Ids,
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
        if sheet.places.iter().all(|place| record.field(place.position).trim_ascii().is_empty()) {
            return;
        }
        let mut cells =
            Cells { sheet, readings, encoding: *encoding, marks, base: *base, record, ok: true, converted: false };
        match (self.row)(&mut cells) {
            Some(row) => {
                let converted = cells.converted && cells.ok();
                self.marks.converted += u64::from(converted);
                self.rows.push(row);
            }
            None => cells.without_row(),
        }
    }

    fn flaw(&mut self, spot: Spot, flaw: Flaw, value: &[u8]) {
        // Of a file about people no field is quoted that cannot be told to be harmless.
        self.marks.found.flaw(self.sheet.file, &self.sheet.head.names, Privacy::Never, spot, flaw, value);
    }
}
