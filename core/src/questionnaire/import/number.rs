//! Numbers of answers: the decimal mark found per column, written with a point.

/// What a column's numbers look like, over the whole file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Cells with points alone.
    pub(super) points: u64,
    /// Cells with commas alone.
    pub(super) commas: u64,
    /// Cells with both, the comma last: `1.234,5`.
    pub(super) comma_last: u64,
    /// Cells with both, the point last: `1,234.5`.
    pub(super) point_last: u64,
}

/// The decimal mark of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `4.5`
    Point,
    /// `4,5`
    Comma,
    /// Both in one column: which is meant cannot be told.
    Mixed,
}

impl Marks {
    /// Counts a cell.
    pub(super) fn see(&mut self, field: &[u8]) {
        let point = field.iter().rposition(|byte| *byte == b'.');
        let comma = field.iter().rposition(|byte| *byte == b',');
        match (point, comma) {
            (None, None) => {}
            (Some(_), None) => self.points += 1,
            (None, Some(_)) => self.commas += 1,
            (Some(point), Some(comma)) if comma > point => self.comma_last += 1,
            _ => self.point_last += 1,
        }
    }

    /// Adds other cells of the column.
    pub(super) fn append(&mut self, other: Self) {
        self.points += other.points;
        self.commas += other.commas;
        self.comma_last += other.comma_last;
        self.point_last += other.point_last;
    }

    /// The mark of the column. A column with both is read only where each cell with both says the same.
    pub(super) fn mark(self) -> Mark {
        match self {
            Self { commas: 0, comma_last: 0, .. } => Mark::Point,
            Self { points: 0, point_last: 0, .. } => Mark::Comma,
            // Thousands with a point, decimals with a comma, and the other way round.
            Self { point_last: 0, comma_last: 1.., .. } => Mark::Comma,
            Self { comma_last: 0, point_last: 1.., .. } => Mark::Point,
            _ => Mark::Mixed,
        }
    }
}

/// What stood in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Digits with a point, as short as they go: `2.5`, `7`.
    pub(super) text: String,
    /// A decimal comma was there.
    pub(super) comma: bool,
    /// Groups of three digits were there.
    pub(super) grouped: bool,
}

impl Number {
    /// Whether it has no decimals.
    pub(super) fn is_whole(&self) -> bool {
        !self.text.contains('.')
    }
}

/// Why a cell is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Not {
    /// No number at all.
    Number,
    /// The column has both marks, and this cell one of them.
    Mixed,
    /// `1.234`: a thousand and more, or one and a little.
    Thousands,
}

/// Reads a number whose column has a mark. `whole` when the question asks for a whole number: there a mark before exactly
/// three digits may as well stand between thousands, and is refused.
pub(super) fn parse(field: &str, mark: Mark, whole: bool) -> Result<Number, Not> {
    let field = field.trim();
    let (sign, digits) = match field.strip_prefix(['-', '−']) {
        Some(digits) => ("-", digits),
        None => ("", field.strip_prefix('+').unwrap_or(field)),
    };
    if digits.bytes().any(|byte| matches!(byte, b'e' | b'E')) {
        return exponent(sign, digits);
    }
    let has_mark = digits.contains(['.', ',']);
    if has_mark && mark == Mark::Mixed {
        return Err(Not::Mixed);
    }
    let (decimal, other) = if mark == Mark::Comma { (',', '.') } else { ('.', ',') };
    let (before, after) = match digits.rsplit_once(decimal) {
        Some((before, after)) => (before, Some(after)),
        None => (digits, None),
    };
    let space = |letter: char| matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’');
    let separator = before.chars().find(|letter| space(*letter) || *letter == other);
    let (before, grouped) = match separator {
        Some(separator) => (ungrouped(before, separator).ok_or(Not::Number)?, true),
        None => (before.to_owned(), false),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let after = after.unwrap_or_default();
    if (before.is_empty() && after.is_empty()) || !is_digits(&before) || !is_digits(after) {
        return Err(Not::Number);
    }
    if whole && !grouped && after.len() == 3 && (1..=3).contains(&before.len()) {
        return Err(Not::Thousands);
    }
    Ok(Number { text: short(sign, &before, after), comma: decimal == ',' && has_mark, grouped })
}

/// Digits of `1 234 567`, each group of three.
fn ungrouped(digits: &str, separator: char) -> Option<String> {
    let mut groups = digits.split(separator);
    let first = groups.next()?;
    let whole = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    whole.then(|| digits.replace(separator, ""))
}

/// The shortest way to write it.
fn short(sign: &str, before: &str, after: &str) -> String {
    let before = before.trim_start_matches('0');
    let after = after.trim_end_matches('0');
    let before = if before.is_empty() { "0" } else { before };
    let sign = if before == "0" && after.is_empty() { "" } else { sign };
    if after.is_empty() { format!("{sign}{before}") } else { format!("{sign}{before}.{after}") }
}

/// A number that a spreadsheet wrote with an exponent, up to 2^53.
fn exponent(sign: &str, digits: &str) -> Result<Number, Not> {
    let is_part = |byte: u8| matches!(byte, b'0'..=b'9' | b'.' | b',' | b'e' | b'E' | b'+' | b'-');
    let value: f64 = match digits.bytes().all(is_part) {
        true => digits.replace(',', ".").parse().map_err(|_| Not::Number)?,
        false => return Err(Not::Number),
    };
    if value.abs() > 9_007_199_254_740_992.0 {
        return Err(Not::Number);
    }
    let text = format!("{value}");
    let (before, after) = text.split_once('.').unwrap_or((&text, ""));
    Ok(Number { text: short(sign, before, after), comma: digits.contains(','), grouped: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(field: &str, mark: Mark, whole: bool) -> Result<String, Not> {
        parse(field, mark, whole).map(|number| number.text)
    }

    #[test]
    fn numbers() {
        use Mark::{Comma, Mixed, Point};
        for (field, mark, whole, expected) in [
            ("7.0", Point, true, "7"),
            ("77", Mixed, true, "77"),
            ("2,50", Comma, false, "2.5"),
            ("-1", Point, true, "-1"),
            ("-0,0", Comma, false, "0"),
            ("007", Point, true, "7"),
            ("1 983", Point, true, "1983"),
            ("1\u{a0}983,5", Comma, false, "1983.5"),
            ("1.983,5", Comma, false, "1983.5"),
            ("1,983.5", Point, false, "1983.5"),
            ("1,983,000", Point, true, "1983000"),
            ("1,5E+03", Comma, false, "1500"),
            (",5", Comma, false, "0.5"),
            ("1.234", Point, false, "1.234"),
        ] {
            assert_eq!(of(field, mark, whole).as_deref(), Ok(expected), "{field}");
        }
        for (field, mark, whole, expected) in [
            ("1.234", Point, true, Not::Thousands),
            ("1,000", Comma, true, Not::Thousands),
            ("2,5", Mixed, false, Not::Mixed),
            ("1 98", Point, true, Not::Number),
            ("1.2.3", Point, true, Not::Number),
            ("fem", Point, true, Not::Number),
            ("ca 5", Point, true, Not::Number),
        ] {
            assert_eq!(of(field, mark, whole), Err(expected), "{field}");
        }
    }

    #[test]
    fn the_mark_of_a_column() {
        let mark = |cells: &[&str]| {
            let mut marks = Marks::default();
            cells.iter().for_each(|cell| marks.see(cell.as_bytes()));
            marks.mark()
        };
        assert_eq!(mark(&["1", "2"]), Mark::Point);
        assert_eq!(mark(&["2,5", "7"]), Mark::Comma);
        assert_eq!(mark(&["2,5", "7.5"]), Mark::Mixed);
        assert_eq!(mark(&["1.234,5", "2.345", "2,5"]), Mark::Comma);
        assert_eq!(mark(&["1,234.5", "2,345"]), Mark::Point);
        assert_eq!(mark(&["1.234,5", "1,234.5"]), Mark::Mixed);
    }
}
