//! Keywords: `NAME[language]("subject","subject")=value,value;`.

use crate::problem::Privacy;
use crate::read::statbank::{Reading, StatProblem};

/// One keyword with its values, in the main language of the file.
struct Keyword {
    name: String,
    subjects: Vec<String>,
    values: Vec<String>,
    line: u64,
}

/// All keywords in the order of the file.
pub(super) struct Keywords(Vec<Keyword>);

/// The text behind `DATA=`, and its line.
pub(super) struct Data<'a> {
    pub(super) text: &'a str,
    pub(super) line: u64,
    /// Whether a semicolon ends it.
    pub(super) ended: bool,
}

impl Keywords {
    fn find(&self, name: &str, subject: Option<&str>) -> Option<&Keyword> {
        let fits = |keyword: &&Keyword| match subject {
            Some(subject) => keyword.subjects.iter().any(|one| one == subject),
            None => keyword.subjects.is_empty(),
        };
        self.0.iter().filter(|keyword| keyword.name == name).find(fits)
    }

    /// The values of a keyword, of a variable or of the file.
    pub(super) fn list(&self, name: &str, subject: Option<&str>) -> Option<Vec<String>> {
        self.find(name, subject).map(|keyword| keyword.values.clone())
    }

    /// The value of a keyword.
    pub(super) fn text(&self, name: &str, subject: Option<&str>) -> Option<String> {
        self.find(name, subject)?.values.first().map(|value| value.trim().to_owned())
    }

    /// The first value, whatever it is of.
    pub(super) fn first(&self, name: &str) -> Option<String> {
        self.all(name).next().map(|value| value.trim().to_owned())
    }

    /// Every value.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &String> {
        self.0.iter().filter(move |keyword| keyword.name == name).filter_map(|keyword| keyword.values.first())
    }

    /// What a keyword is of: subjects and value of each.
    pub(super) fn each(&self, name: &str) -> impl Iterator<Item = (&[String], &str, u64)> {
        self.0.iter().filter(move |keyword| keyword.name == name).map(|keyword| {
            (keyword.subjects.as_slice(), keyword.values.first().map_or("", |value| value.trim()), keyword.line)
        })
    }

    /// The variables that have a keyword.
    pub(super) fn subjects(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|keyword| keyword.name == name).flat_map(|keyword| keyword.subjects.clone()).collect()
    }

    /// The line of a keyword; 0 where there is none.
    pub(super) fn line(&self, name: &str, subject: Option<&str>) -> u64 {
        self.find(name, subject).map_or(0, |keyword| keyword.line)
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        self.line += u64::from(letter == '\n');
        Some(letter)
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.next();
        }
    }

    /// Whether the next sign is this one; it is passed then.
    fn pass(&mut self, sign: char) -> bool {
        self.skip_space();
        let is = self.peek() == Some(sign);
        if is {
            self.next();
        }
        is
    }

    fn until(&mut self, stops: &[char]) -> &'a str {
        let start = self.at;
        while self.peek().is_some_and(|letter| !stops.contains(&letter)) {
            self.next();
        }
        &self.text[start..self.at]
    }

    /// A text in quotes, or several with only space between them: they are one, over several lines.
    fn quoted(&mut self) -> Option<String> {
        let mut result = String::new();
        while self.pass('"') {
            result.push_str(self.until(&['"']));
            self.next()?;
            let (at, line) = (self.at, self.line);
            self.skip_space();
            if self.peek() != Some('"') {
                (self.at, self.line) = (at, line);
                break;
            }
        }
        Some(result)
    }

    /// Values up to the semicolon, parted by commas.
    fn values(&mut self) -> Option<Vec<String>> {
        let mut values = Vec::new();
        loop {
            self.skip_space();
            if self.peek() == Some('"') {
                values.push(self.quoted()?);
            } else {
                let word = self.until(&[',', ';', '"', '(']).trim().to_owned();
                if self.peek() == Some('(') {
                    // TLIST(A1) or TLIST(A1,"2017"-"2020").
                    self.until(&[')']);
                    self.next()?;
                }
                if !word.is_empty() {
                    values.push(word);
                }
            }
            self.skip_space();
            match self.next()? {
                ';' => return Some(values),
                ',' => {}
                _ => return None,
            }
        }
    }
}

/// Reads all keywords up to the data. `None` when the file breaks off or is something else; a problem says where.
pub(super) fn read<'a>(text: &'a str, reading: &mut Reading<'_>) -> Option<(Keywords, Option<Data<'a>>)> {
    let mut reader = Reader { text, at: 0, line: 1 };
    let mut keywords = Vec::new();
    loop {
        reader.skip_space();
        if reader.peek().is_none() {
            return Some((Keywords(keywords), None));
        }
        let line = reader.line;
        let name = reader.until(&['=', '[', '(', ';', '"']).trim().to_owned();
        let refuse = |expected: &'static str, line: u64, reading: &mut Reading<'_>| {
            let problem = reading.error(StatProblem::Px { expected }).line(line);
            let shown: String = name.chars().take(60).collect();
            reading.problems.push(problem.value(shown, Privacy::Open));
        };
        let is_name = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
        if name.is_empty() || !name.bytes().all(is_name) {
            refuse("a keyword in capitals", line, reading);
            return None;
        }
        let mut language = None;
        if reader.pass('[') {
            language = Some(reader.until(&[']']).to_owned());
            reader.next();
        }
        let mut subjects = Vec::new();
        if reader.pass('(') {
            loop {
                reader.skip_space();
                if reader.peek() == Some('"') {
                    match reader.quoted() {
                        Some(subject) => subjects.push(subject),
                        None => {
                            refuse("a closing quote", line, reading);
                            return None;
                        }
                    }
                } else {
                    subjects.push(reader.until(&[',', ')']).trim().to_owned());
                }
                if !reader.pass(',') {
                    break;
                }
            }
            if !reader.pass(')') {
                refuse("a closing bracket", line, reading);
                return None;
            }
        }
        if !reader.pass('=') {
            refuse("= behind the keyword", line, reading);
            return None;
        }
        if name == "DATA" {
            reader.skip_space();
            let line = reader.line;
            let rest = &text[reader.at..];
            let (data, ended) = ends(rest);
            return Some((Keywords(keywords), Some(Data { text: data, line, ended })));
        }
        let Some(values) = reader.values() else {
            refuse("values with commas between them, and a semicolon at the end", line, reading);
            return None;
        };
        // Other languages say the same once more.
        if language.is_none() {
            keywords.push(Keyword { name, subjects, values, line });
        }
    }
}

/// The data up to the semicolon outside quotes.
fn ends(rest: &str) -> (&str, bool) {
    let mut quoted = false;
    for (at, byte) in rest.bytes().enumerate() {
        quoted ^= byte == b'"';
        if byte == b';' && !quoted {
            return (&rest[..at], true);
        }
    }
    (rest, false)
}
