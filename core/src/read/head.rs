//! The first lines of a file: encoding mark, delimiter, header.

use crate::problem::{Privacy, Problem, Problems};
use crate::read::encoding::guess;
use crate::read::found::Found;
use crate::read::problem::ReadProblem;
use crate::read::scan::{Flaw, Layout, Record, Spot, Visit, cut, first_record, scan};
use std::borrow::Cow;
use std::collections::HashMap;

/// How a file is to be read, found in its first block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Delimiter and number of columns; `needed` is all of them until somebody needs fewer.
    pub layout: Layout,
    /// The header, trimmed.
    pub names: Vec<String>,
    /// Whether the file begins with the mark of UTF-8.
    pub mark: bool,
    /// Where the first record begins.
    pub start: usize,
    /// The line on which the first record begins, from 1.
    pub line: u64,
}

/// How much of the file is looked at to find the delimiter.
const SAMPLE: usize = 1 << 18;

impl Head {
    /// Looks at the first block of a file; `whole` when it is all of it. `None` when the file cannot be read at all.
    ///
    /// A line `sep=;` names the delimiter, unless a spreadsheet wrote it again as `"sep=;"` or `sep=;,,`. Otherwise it is the one of comma, semicolon and tab with which most records
    /// have as many fields as the header, quotes respected; then the one with more columns.
    pub fn find(file: &str, given: &[u8], whole: bool, problems: &mut Problems) -> Option<Self> {
        Self::find_with(file, given, whole, None, problems)
    }

    /// As [`Head::find`], with the delimiter where it is known.
    pub fn find_with(
        file: &str,
        given: &[u8],
        whole: bool,
        known: Option<u8>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let refuse = |what| Problem::error(file, what).line(1);
        let sample = &given[..given.len().min(1024)];
        let zeros = sample.iter().filter(|byte| **byte == 0).count();
        if sample.starts_with(b"\xff\xfe") || sample.starts_with(b"\xfe\xff") || zeros * 4 > sample.len() {
            problems.push(refuse(ReadProblem::Utf16));
            return None;
        }
        let mark = given.starts_with(b"\xef\xbb\xbf");
        let mut start = if mark { 3 } else { 0 };
        let mut line = 1;
        let (mut told, mut sep_line) = (None, false);
        loop {
            let rest = &given[start..];
            match rest {
                [b'\r', b'\n', ..] => start += 2,
                [b'\n', ..] => start += 1,
                _ if sep_line => break,
                _ => match sep(rest) {
                    Some((mark, length)) => {
                        (told, sep_line) = (mark, true);
                        start += length;
                    }
                    None => break,
                },
            }
            line += 1;
        }
        let (block, _) = clean(&given[start..]);
        if block.trim_ascii().is_empty() {
            problems.push(refuse(ReadProblem::EmptyFile));
            return None;
        }
        if !block.contains(&b'\n') && block.trim_ascii_end().contains(&b'\r') {
            problems.push(refuse(ReadProblem::CarriageReturns));
            return None;
        }
        let delimiter = known.or(told).unwrap_or_else(|| delimiter(&block, whole));
        let end = first_record(&block, delimiter);
        if has_bare_returns(&block[..end]) {
            problems.push(refuse(ReadProblem::CarriageReturns));
            return None;
        }
        let layout = Layout { delimiter, columns: count(&block[..end], delimiter), needed: 0 };
        let layout = Layout { needed: layout.columns, ..layout };
        let mut header = Header { file, line, names: Vec::new(), found: Found::default() };
        let extent = scan(&block[..end], layout, whole && end == block.len(), &mut header);
        let names = header.names;
        header.found.into_problems(file, problems);
        if names.is_empty() {
            return None;
        }
        let mut seen = HashMap::new();
        for (second, name) in names.iter().enumerate() {
            if name.is_empty() {
                problems.push(Problem::warning(file, ReadProblem::EmptyHeader { position: second + 1 }).line(line));
            } else if let Some(first) = seen.get(name).copied() {
                let what = ReadProblem::DuplicateHeader { first: first + 1, second: second + 1 };
                // In a file without a header this is an answer that occurs twice.
                let column = if is_name(name) { name.clone() } else { (second + 1).to_string() };
                problems.push(Problem::error(file, what).line(line).column(column));
            } else {
                seen.insert(name, second);
            }
        }
        // Back to a place in the bytes as they were given, zero bytes counted in again.
        let given = &given[start..];
        let end = match given.iter().enumerate().filter(|(_, byte)| **byte != 0).nth(end) {
            Some((place, _)) => start + place,
            None => start + given.len(),
        };
        Some(Self { layout, names, mark, start: end, line: line + extent.lines })
    }

    /// The position of a column.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| other == name)
    }

    /// The line of the header.
    #[must_use]
    pub fn header_line(&self) -> u64 {
        self.line.saturating_sub(1).max(1)
    }

    /// The problem of a column that is not there, with those that are and the nearest name. `quote` says which names may
    /// be quoted: without a header the first line holds answers.
    #[must_use]
    pub fn missing_column(&self, file: &str, name: &str, quote: impl Fn(&str) -> bool) -> Problem {
        let near = |other: &&String| strsim::jaro_winkler(&name.to_lowercase(), &other.to_lowercase());
        let exists: Vec<String> =
            self.names.iter().filter(|other| !other.is_empty() && quote(other)).cloned().collect();
        let nearest = exists.iter().max_by(|a, b| near(a).total_cmp(&near(b)));
        let suggestion = nearest.filter(|other| near(other) > 0.8).cloned();
        Problem::error(file, ReadProblem::MissingColumn { exists, suggestion }).line(self.header_line()).column(name)
    }

    /// Whether the first line looks like a header: every column has a name, and no name could be a value.
    #[must_use]
    pub fn looks_like_one(&self) -> bool {
        self.names.iter().all(|name| is_name(name))
    }
}

/// A line that names the delimiter, with its length. Without the delimiter when a spreadsheet took the line for data and
/// wrote it again, in quotes or with empty cells after it: then the file is delimited by what that spreadsheet uses.
fn sep(bytes: &[u8]) -> Option<(Option<u8>, usize)> {
    let length = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |found| found + 1);
    let line = bytes[..length].trim_ascii_end();
    let (quoted, inside) = line.strip_prefix(b"\"").map_or((false, line), |inside| (true, inside));
    let (word, rest) = inside.split_at_checked(4)?;
    if !word.eq_ignore_ascii_case(b"sep=") || length == line.len() {
        return None;
    }
    match rest {
        [mark, b'\n' | b'\r', ..] | [mark] if !quoted && !mark.is_ascii_alphanumeric() && *mark != b'"' => {
            Some((Some(*mark), length))
        }
        // A tab at the end of a line was trimmed.
        [] if !quoted && bytes.get(4) == Some(&b'\t') => Some((Some(b'\t'), length)),
        _ => rest.iter().all(|byte| matches!(byte, b',' | b';' | b'\t' | b'|' | b'"')).then_some((None, length)),
    }
}

/// Whether a record has carriage returns that end no line, outside quotes: then it is many records of a file whose lines
/// end so.
fn has_bare_returns(record: &[u8]) -> bool {
    let mut quoted = false;
    record.trim_ascii_end().iter().any(|byte| {
        quoted ^= *byte == b'"';
        *byte == b'\r' && !quoted
    })
}

/// Whether this could be the name of a column, and hardly an answer: it begins with a letter, `_` or `$`, is short, and
/// is no address.
fn is_name(name: &str) -> bool {
    let begins = name.chars().next().is_some_and(|first| first.is_alphabetic() || matches!(first, '_' | '$'));
    begins && name.chars().count() <= 60 && !name.contains('@')
}

/// The bytes without zero bytes, which some tools leave in their exports, and where the first one was.
#[must_use]
pub fn clean(bytes: &[u8]) -> (Cow<'_, [u8]>, Option<usize>) {
    match memchr::memchr(0, bytes) {
        None => (Cow::Borrowed(bytes), None),
        zero => (bytes.iter().copied().filter(|byte| *byte != 0).collect(), zero),
    }
}

/// The delimiter under which the sample is most regular.
fn delimiter(block: &[u8], whole: bool) -> u8 {
    let sample = &block[..block.len().min(SAMPLE)];
    let regular = |delimiter: u8| {
        let cut_off = !whole || sample.len() < block.len();
        let end = if cut_off { cut(sample, delimiter).unwrap_or(sample.len()) } else { sample.len() };
        let header = first_record(sample, delimiter);
        let columns = count(&sample[..header], delimiter);
        let mut same = Same { same: 0, all: 0 };
        let rest = sample.get(header..end).unwrap_or_default();
        scan(rest, Layout { delimiter, columns, needed: 0 }, true, &mut same);
        // In tenths, so that a few ragged records do not decide against more columns.
        let share = (same.same * 10).checked_div(same.all).unwrap_or(10);
        (columns > 1, share, columns)
    };
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| regular(*delimiter)).unwrap_or(b',')
}

/// How many fields the first record has.
fn count(record: &[u8], delimiter: u8) -> usize {
    struct Count(usize);
    impl Visit for Count {
        fn record(&mut self, _record: &Record<'_>) {}
        fn flaw(&mut self, spot: Spot, flaw: Flaw, _value: &[u8]) {
            match flaw {
                Flaw::Count { found, .. } => self.0 = found,
                _ => self.0 = self.0.max(spot.column.map_or(0, |column| column + 1)),
            }
        }
    }
    let mut count = Count(0);
    scan(record, Layout { delimiter, columns: usize::MAX, needed: 0 }, true, &mut count);
    count.0
}

struct Same {
    same: u64,
    all: u64,
}

impl Visit for Same {
    fn record(&mut self, _record: &Record<'_>) {
        self.same += 1;
        self.all += 1;
    }

    fn flaw(&mut self, _spot: Spot, flaw: Flaw, _value: &[u8]) {
        self.all += u64::from(!flaw.is_harmless());
    }
}

struct Header<'a> {
    file: &'a str,
    line: u64,
    names: Vec<String>,
    found: Found,
}

impl Visit for Header<'_> {
    fn record(&mut self, record: &Record<'_>) {
        self.names = (0..record.len()).map(|column| guess(record.field(column)).trim().to_owned()).collect();
    }

    fn flaw(&mut self, spot: Spot, flaw: Flaw, value: &[u8]) {
        if flaw == Flaw::NoLineEnd {
            return; // A file of one line.
        }
        let mut problem = Problem::error(self.file, ReadProblem::of(flaw, 0)).line(self.line + spot.line);
        if flaw.is_harmless() {
            problem.severity = crate::problem::Severity::Warning;
        }
        self.found.push(problem.value(guess(value), Privacy::Answer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(bytes: &[u8]) -> (Option<Head>, Vec<String>) {
        let mut problems = Problems::new();
        let head = Head::find("f", bytes, true, &mut problems);
        (head, problems.list().iter().map(|problem| problem.what.code().to_owned()).collect())
    }

    fn names(bytes: &[u8]) -> (u8, Vec<String>) {
        let head = head(bytes).0.unwrap();
        (head.layout.delimiter, head.names)
    }

    #[test]
    fn delimiters() {
        let abc = || vec!["a".to_owned(), "b".to_owned(), "c".to_owned()];
        assert_eq!(names(b"a,b,c\n1,2,3\n"), (b',', abc()));
        assert_eq!(names(b"a;b;c\n1,5;2,5;3,5\n"), (b';', abc()), "decimal commas do not make columns");
        assert_eq!(names(b"a\tb\tc\n1\t2;3\t3\n"), (b'\t', abc()));
        assert_eq!(names(b"a;\"b\";c\n1;\"x,y\nz,w\";3\n"), (b';', abc()));
        assert_eq!(names(b"\xef\xbb\xbfsep=;\r\na;b;c\r\n1;2;3\r\n"), (b';', abc()));
        assert_eq!(names(b"sep=|\na|b|c\n1|2|3\n"), (b'|', abc()));
        assert_eq!(names(b"sep=\t\na\tb\tc\n1\t2\t3\n"), (b'\t', abc()));
        assert_eq!(names(b"sep=,,,\r\na,b,c\r\n1,2,3\r\n"), (b',', abc()));
        assert_eq!(names(b"sep=;,,\na,b,c\n1,2,3\n"), (b',', abc()), "the line is data by now");
        assert_eq!(names(b"\"sep=,\";;\na;b;c\n1;2;3\n"), (b';', abc()));
        assert_eq!(names(b"\"sep=,\"\na,b,c\n1,2,3\n"), (b',', abc()));
        assert_eq!(names(b"sep=a,b,c\n1,2,3\n").1, ["sep=a", "b", "c"]);
        assert_eq!(names(b"a,b,c\n1,2,3\n1,2\n4,5,6\n"), (b',', abc()), "a ragged record does not decide");
        assert_eq!(names(b"alone\n1\n"), (b',', vec!["alone".to_owned()]));
    }

    #[test]
    fn starts_after_the_header() {
        let head = head(b"\n\na,\"b\nc\"\n1,2\n").0.unwrap();
        assert_eq!((head.start, head.line, head.names[1].as_str()), (10, 5, "b\nc"));
        let bytes = b"a\0,b\0\n1,2\n";
        assert_eq!(self::head(bytes).0.unwrap().start, 6);
    }

    #[test]
    fn refusals() {
        assert_eq!(head(b"").1, ["empty-file"]);
        assert_eq!(head(b"\xef\xbb\xbf\r\n \n").1, ["empty-file"]);
        assert_eq!(head(b"\xff\xfea\0").1, ["utf-16"]);
        assert_eq!(head(b"a\0,\0b\0\n\0").1, ["utf-16"]);
        assert_eq!(head(b"a,b\r1,2\r").1, ["carriage-returns"]);
        assert_eq!(head(b"a,b\r1,2\r3,4\n").1, ["carriage-returns"]);
        assert_eq!(head(b"a,b\r\"1\r\",2\r3,4\r\n").1, ["carriage-returns"]);
        assert_eq!(head(b"a,\"b\r\"\r\n1,2\r\n").1, [] as [&str; 0]);
        assert_eq!(head(b"a,\"b\n1,2\n").1, ["unclosed-quote"]);
        assert_eq!(head(b"a,b,a,\n1,2,3,4\n").1, ["duplicate-header", "empty-header"]);
    }
}
