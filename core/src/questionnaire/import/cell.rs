//! Cells of one answer: numbers, dates and texts into the row.

use super::convert::Converter;
use super::number::{self, Mark};
use super::plan::unguarded;
use super::problem::ImportProblem;
use super::tally::Change;
use super::{contact, date};
use crate::read::scan::Record;

impl Converter {
    pub(super) fn number(
        &mut self,
        column: usize,
        mark: Mark,
        whole: bool,
        record: &Record<'_>,
        out: &mut Vec<u8>,
    ) -> u16 {
        let field = record.field(column);
        // Most are short whole numbers as they are written out.
        if let [b'1'..=b'9', rest @ ..] = field
            && rest.len() < 15
            && rest.iter().all(u8::is_ascii_digit)
        {
            out.extend_from_slice(field);
            return 1;
        }
        let text = self.text_of(column, record);
        let (plain, guard) = unguarded(text.trim(), self.export.file.has_guard);
        if guard {
            self.change(column, Change::Guard);
        }
        if matches!(plain, "" | "N/A" | "n/a") {
            if !plain.is_empty() {
                self.change(column, Change::NotShown);
            }
            return 0;
        }
        match number::parse(plain, mark, whole) {
            Ok(number) => {
                if number.comma {
                    self.change(column, Change::DecimalComma);
                } else if number.grouped {
                    self.change(column, Change::Thousands);
                } else if number.text != plain {
                    self.change(column, Change::NumberForm);
                }
                if whole && !number.is_whole() {
                    self.wrong(column, ImportProblem::NotWhole, plain);
                }
                self.options.form.number(&number.text, out);
                1
            }
            Err(not) => {
                let what = match not {
                    number::Not::Number => ImportProblem::NotANumber { whole },
                    number::Not::Mixed => ImportProblem::MixedMarks,
                    number::Not::Thousands => ImportProblem::Thousands,
                };
                self.wrong(column, what, plain);
                0
            }
        }
    }

    pub(super) fn date(
        &mut self,
        column: usize,
        first: date::First,
        time: bool,
        record: &Record<'_>,
        out: &mut Vec<u8>,
    ) -> u16 {
        let text = self.text_of(column, record);
        let (plain, _) = unguarded(text.trim(), self.export.file.has_guard);
        if matches!(plain, "" | "N/A" | "n/a") {
            return 0;
        }
        match date::parse(plain, first, time) {
            Ok(date) => {
                if date.changed {
                    self.change(column, Change::DateForm);
                }
                self.options.form.date(&date.text, out);
                1
            }
            Err(not) => {
                let what = match not {
                    date::Not::Date => ImportProblem::NotADate,
                    date::Not::Ambiguous => ImportProblem::DayOrMonth,
                };
                self.wrong(column, what, plain);
                0
            }
        }
    }

    /// Free text as the person wrote it.
    pub(super) fn text(
        &mut self,
        column: usize,
        hidden: bool,
        free: bool,
        record: &Record<'_>,
        out: &mut Vec<u8>,
    ) -> u16 {
        let text = self.text_of(column, record);
        let trimmed = text.trim();
        if trimmed.is_empty() {
            if !text.is_empty() {
                self.change(column, Change::Trimmed);
            }
            return 0;
        }
        let (plain, guard) = unguarded(&text, self.export.file.has_guard);
        if guard {
            self.change(column, Change::Guard);
        }
        // What a link sets is no free text: a year that a tool wrote as a number is a year.
        let digits = plain.trim().strip_suffix(".0").filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
        let plain = match digits.filter(|_| hidden) {
            Some(digits) => {
                self.change(column, Change::NumberForm);
                digits
            }
            None if hidden => plain.trim(),
            None => plain,
        };
        if free && contact::find(plain.as_bytes(), false).is_some() {
            self.traces[column].add(self.row.line);
        }
        self.options.form.text(plain, out);
        1
    }
}
