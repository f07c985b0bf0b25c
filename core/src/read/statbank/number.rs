//! Numbers of official tables: thousands, decimal marks and standard symbols, decided by what the whole file shows.

use super::Note;
use super::table::Value;
use crate::read::{DecimalMark, Missing};

/// Beyond this nothing is counted, and a product of two would not be a number.
const LIMIT: f64 = 1e150;

/// What one cell shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Look {
    /// Read, whatever the rest of the file shows.
    Value(Value),
    /// Read as nothing; it was written with a dash.
    Dash,
    /// Digits with a mark, or with thousands parted.
    Marked(Marked),
    /// Neither a number nor a symbol.
    Bad,
}

/// How a number is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marked {
    /// The mark that parts decimals, where the cell itself is enough to tell.
    decimal: Option<DecimalMark>,
    /// The mark that parts thousands, where the cell itself is enough to tell.
    thousands: Option<DecimalMark>,
    /// The mark that may be either: `1.234`.
    either: Option<DecimalMark>,
    /// Whether spaces part thousands.
    spaces: bool,
}

/// Why a cell cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Neither a number nor a symbol.
    NotANumber,
    /// `1.234` where nothing in the file tells what the mark is.
    Ambiguous,
    /// Another decimal mark than most of the file.
    OtherMark(DecimalMark),
}

/// Whether a text could stand in a column of figures.
pub(super) fn is_figure(text: &str) -> bool {
    !matches!(look(text), Look::Bad)
}

/// Whether a text is a symbol, not a number.
pub(super) fn is_symbol(text: &str) -> bool {
    matches!(look(text), Look::Dash | Look::Value(Value::Nil | Value::Missing(_)))
}

/// Looks at a cell.
pub(super) fn look(text: &str) -> Look {
    // Nearly all cells are digits and nothing else.
    if (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map_or(Look::Bad, |value| number(value, false));
    }
    let text = text.trim();
    match text {
        "" => return Look::Value(Value::Missing(Missing::Blank)),
        "." => return Look::Value(Value::Missing(Missing::NotApplicable)),
        ".." => return Look::Value(Value::Missing(Missing::NotAvailable)),
        "..." | "…" => return Look::Value(Value::Missing(Missing::NotYet)),
        ":" => return Look::Value(Value::Missing(Missing::Confidential)),
        "-" => return Look::Value(Value::Nil),
        "–" | "−" => return Look::Dash,
        _ => {}
    }
    let (_, body, provisional) = parts(text);
    let mut marked = Marked::default();
    let groups: Vec<&str> = body.split(is_space).collect();
    if groups.len() > 1 {
        let last = groups[groups.len() - 1];
        let whole = last.split([',', '.']).next().unwrap_or_default();
        let inner = &groups[1..groups.len() - 1];
        let is_group = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
        let leads = (1..=3).contains(&groups[0].len()) && groups[0].bytes().all(|byte| byte.is_ascii_digit());
        if !leads || !is_group(whole) || !inner.iter().all(|group| is_group(group)) {
            return Look::Bad;
        }
        marked.spaces = true;
    }
    let tail = groups[groups.len() - 1];
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let of = |mark: u8| if mark == b',' { DecimalMark::Comma } else { DecimalMark::Point };
    let marks: Vec<u8> = tail.bytes().filter(|byte| matches!(byte, b',' | b'.')).collect();
    let pieces: Vec<&str> = tail.split([',', '.']).collect();
    if !pieces.iter().all(|piece| digits(piece)) {
        return Look::Bad;
    }
    let grouped = |pieces: &[&str]| pieces[0].len() <= 3 && pieces[1..].iter().all(|piece| piece.len() == 3);
    match marks.as_slice() {
        [] => {}
        [mark] => {
            let ambiguous = pieces[1].len() == 3 && pieces[0].len() <= 3 && pieces[0] != "0" && !marked.spaces;
            *(if ambiguous { &mut marked.either } else { &mut marked.decimal }) = Some(of(*mark));
        }
        // Several marks of one kind part thousands; a last one of the other kind parts decimals.
        [first, .., last] => {
            let inner = &marks[..marks.len() - 1];
            if marked.spaces || !inner.iter().all(|mark| mark == first) {
                return Look::Bad;
            }
            let whole = if last == first { &pieces[..] } else { &pieces[..pieces.len() - 1] };
            if !grouped(whole) {
                return Look::Bad;
            }
            marked.thousands = Some(of(*first));
            marked.decimal = (last != first).then(|| of(*last));
        }
    }
    if marked == Marked::default() {
        return signed(text, provisional, |digit| digit).map_or(Look::Bad, Look::Value);
    }
    Look::Marked(marked)
}

fn number(value: f64, provisional: bool) -> Look {
    if value.abs() < LIMIT { Look::Value(Value::Number { value, provisional }) } else { Look::Bad }
}

/// Sign, digits and marks, and whether a `*` follows.
fn parts(text: &str) -> (bool, &str, bool) {
    let (text, provisional) = text.strip_suffix('*').map_or((text, false), |text| (text.trim_end(), true));
    match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest, provisional),
        None => (false, text.strip_prefix('+').unwrap_or(text), provisional),
    }
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// The value of the digits, each mark turned into what it is: `.` or nothing.
fn signed(text: &str, provisional: bool, turn: impl Fn(char) -> char) -> Option<Value> {
    let (negative, body, _) = parts(text);
    let body: String =
        body.chars().filter(|letter| !is_space(*letter)).map(turn).filter(|letter| *letter != ' ').collect();
    let value: f64 = body.parse().ok()?;
    let value = if negative { -value } else { value };
    (value.abs() < LIMIT).then_some(Value::Number { value, provisional })
}

/// What the cells of a file show together.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// Cells by what they show: decimal comma, decimal point, thousands comma, thousands point, either comma, either
    /// point, spaces, dashes; each with the line of the first.
    seen: [(u64, u64); 8],
    blanks: u64,
    /// The mark that somebody gave.
    given: Option<DecimalMark>,
}

const SPACES: usize = 6;
const DASHES: usize = 7;

/// The places of a mark: as decimal mark, between thousands, either.
fn places(mark: DecimalMark) -> [usize; 3] {
    if mark == DecimalMark::Comma { [0, 2, 4] } else { [1, 3, 5] }
}

fn other(mark: DecimalMark) -> DecimalMark {
    if mark == DecimalMark::Comma { DecimalMark::Point } else { DecimalMark::Comma }
}

impl Evidence {
    /// Without any cell, and with the mark that somebody gave.
    pub(super) fn new(given: Option<DecimalMark>) -> Self {
        Self { given, ..Self::default() }
    }

    /// Counts a cell.
    pub(super) fn see(&mut self, look: Look, line: u64) {
        let mut count = |place: usize| {
            let (count, first) = &mut self.seen[place];
            if *count == 0 {
                *first = line;
            }
            *count += 1;
        };
        match look {
            Look::Value(Value::Missing(Missing::Blank)) => self.blanks += 1,
            Look::Value(_) | Look::Bad => {}
            Look::Dash => count(DASHES),
            Look::Marked(marked) => {
                if let Some(mark) = marked.decimal {
                    count(places(mark)[0]);
                }
                if let Some(mark) = marked.thousands {
                    count(places(mark)[1]);
                }
                if let Some(mark) = marked.either {
                    count(places(mark)[2]);
                }
                if marked.spaces {
                    count(SPACES);
                }
            }
        }
    }

    fn count(&self, place: usize) -> u64 {
        self.seen[place].0
    }

    /// The decimal mark of the file: the one given, else the one that most cells show beyond doubt.
    fn decimal(&self) -> Option<DecimalMark> {
        let [comma, point] = [self.count(0), self.count(1)];
        self.given.or_else(|| match (comma, point) {
            (0, 0) => match [self.count(2), self.count(3)] {
                [0, 0] => None,
                [commas, points] if commas > points => Some(DecimalMark::Point),
                _ => Some(DecimalMark::Comma),
            },
            _ if comma > point => Some(DecimalMark::Comma),
            _ => Some(DecimalMark::Point),
        })
    }

    /// Reads a cell by what the file shows.
    pub(super) fn read(&self, text: &str, look: Look) -> Result<Value, Flaw> {
        let marked = match look {
            Look::Value(value) => return Ok(value),
            Look::Dash => return Ok(Value::Nil),
            Look::Bad => return Err(Flaw::NotANumber),
            Look::Marked(marked) => marked,
        };
        let decimal = self.decimal();
        if let Some(mark) = marked.decimal
            && decimal != Some(mark)
        {
            return Err(Flaw::OtherMark(mark));
        }
        if let Some(mark) = marked.thousands
            && decimal == Some(mark)
        {
            return Err(Flaw::OtherMark(other(mark)));
        }
        if let Some(mark) = marked.either
            && decimal != Some(mark)
        {
            // Between thousands only where another cell shows that beyond doubt, or somebody said so.
            let shown = decimal.is_some() && (self.given.is_some() || self.count(places(mark)[1]) > 0);
            if !shown {
                return Err(Flaw::Ambiguous);
            }
        }
        let text = text.trim();
        let (.., provisional) = parts(text);
        let turn = |letter: char| match letter {
            ',' if decimal == Some(DecimalMark::Comma) => '.',
            '.' if decimal == Some(DecimalMark::Point) => '.',
            ',' | '.' => ' ',
            letter => letter,
        };
        signed(text, provisional, turn).ok_or(Flaw::NotANumber)
    }

    /// What was assumed.
    pub(super) fn notes(&self, notes: &mut Vec<Note>) {
        let decimal = self.decimal();
        if let Some(mark) = decimal {
            let [own, _, either] = places(mark).map(|place| self.seen[place]);
            if own.0 > 0 {
                notes.push(Note::Decimal { mark, line: own.1 });
            }
            if either.0 > 0 {
                notes.push(Note::ReadAsDecimal { count: either.0, line: either.1 });
            }
            let [_, sure, maybe] = places(other(mark)).map(|place| self.seen[place]);
            let (count, line) = (sure.0 + maybe.0, if sure.0 > 0 { sure.1 } else { maybe.1 });
            if count > 0 {
                notes.push(Note::Thousands { mark: other(mark), count, line });
            }
        }
        let (count, line) = self.seen[SPACES];
        if count > 0 {
            notes.push(Note::Spaces { count, line });
        }
        let (count, line) = self.seen[DASHES];
        if count > 0 {
            notes.push(Note::Dashes { count, line });
        }
        if self.blanks > 0 {
            notes.push(Note::Blanks { count: self.blanks });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(cells: &[&str], given: Option<DecimalMark>) -> Vec<Result<Value, Flaw>> {
        let mut evidence = Evidence::new(given);
        for cell in cells {
            evidence.see(look(cell), 1);
        }
        cells.iter().map(|cell| evidence.read(cell, look(cell))).collect()
    }

    const fn plain(value: f64) -> Result<Value, Flaw> {
        Ok(Value::Number { value, provisional: false })
    }

    #[test]
    fn symbols_are_kept() {
        let missing = |missing| Ok(Value::Missing(missing));
        assert_eq!(
            all(&[".", "..", "...", "…", ":", "-", "–", "", "17*", "0"], None),
            [
                missing(Missing::NotApplicable),
                missing(Missing::NotAvailable),
                missing(Missing::NotYet),
                missing(Missing::NotYet),
                missing(Missing::Confidential),
                Ok(Value::Nil),
                Ok(Value::Nil),
                missing(Missing::Blank),
                Ok(Value::Number { value: 17.0, provisional: true }),
                plain(0.0),
            ]
        );
    }

    #[test]
    fn a_mark_is_read_by_what_the_file_shows() {
        assert_eq!(all(&["1,5", "1,234"], None), [plain(1.5), plain(1.234)]);
        assert_eq!(all(&["1.5", "1.234"], None), [plain(1.5), plain(1.234)]);
        assert_eq!(all(&["1.234", "56"], None), [Err(Flaw::Ambiguous), plain(56.0)]);
        assert_eq!(all(&["1.234", "1,5"], None), [Err(Flaw::Ambiguous), plain(1.5)]);
        assert_eq!(all(&["1.234", "1.234,5"], None), [plain(1234.0), plain(1234.5)]);
        assert_eq!(all(&["1.234", "1.234.567"], None), [plain(1234.0), plain(1_234_567.0)]);
        assert_eq!(all(&["0,123", "1234,567"], None), [plain(0.123), plain(1234.567)]);
        assert_eq!(all(&["1,234"], Some(DecimalMark::Comma)), [plain(1.234)]);
        assert_eq!(all(&["1,234"], Some(DecimalMark::Point)), [plain(1234.0)]);
        let mixed = all(&["1,5", "2,5", "3.5"], None);
        assert_eq!(mixed, [plain(1.5), plain(2.5), Err(Flaw::OtherMark(DecimalMark::Point))]);
    }

    #[test]
    fn spaces_part_thousands_only_in_threes() {
        assert_eq!(
            all(&["4 303 971", "-1\u{a0}182", "−13", "25 546,5"], None),
            [plain(4_303_971.0), plain(-1182.0), plain(-13.0), plain(25_546.5)]
        );
        for bad in ["12 34", "1 2345", "1234 567", "1 234 56", " 1 234 .", "1 234 567.8.9"] {
            assert_eq!(all(&[bad], None), [Err(Flaw::NotANumber)], "{bad}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for bad in
            ["1e3", "nan", "inf", "12x", "O", "1..2", "--1", "#REF!", "1.23.4", "1,", ",5", "*", "- 5", "1.2,3.4"]
        {
            assert_eq!(all(&[bad], None), [Err(Flaw::NotANumber)], "{bad}");
        }
    }
}
