//! JSON in, as small as a widget needs it: reading a published cube through derived deserialisers took more than half of
//! all that a page had to load.
//!
//! Numbers are read exactly: the nearest `f64`, ties to even, as `str::parse` does it. That one carries 10 kB of tables,
//! so the widget's build does without and refuses what no cube of ours holds: more than 19 digits, or beyond
//! 10⁻²¹ to 10¹⁹.
//!
//! # Source
//!
//! RFC 8259, The JavaScript Object Notation (JSON) Data Interchange Format.

use super::jsonstat::NotACube;
use crate::show::number::push_plain;

/// Deeper than any cube, shallow enough for every stack.
const DEPTH: usize = 32;

/// One JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A finite number.
    Number(f64),
    /// A string without its escapes.
    Text(String),
    /// `[…]`.
    List(Vec<Json>),
    /// `{…}` in the order of the file. Of two equal names the first counts.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a whole file.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, NotACube> {
        let Ok(text) = std::str::from_utf8(bytes) else { return Err(broken("this is not UTF-8", 0)) };
        // Some editors put a byte order mark in front.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(0)?;
        reader.skip_space();
        if reader.at < text.len() { Err(reader.unexpected()) } else { Ok(value) }
    }

    /// The member with a name; `None` for other values too.
    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    /// The elements of a list.
    pub(crate) fn list(&self) -> Option<&[Self]> {
        if let Self::List(elements) = self { Some(elements) } else { None }
    }

    /// The string.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The number.
    pub(crate) fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }
}

fn broken(what: &str, at: usize) -> NotACube {
    // Not `format!`, which is twice as large as all of this file.
    let mut reason = String::from(what);
    reason.push_str(" (byte ");
    push_plain(&mut reason, i64::try_from(at).unwrap_or(0));
    reason.push(')');
    NotACube { reason }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn unexpected(&self) -> NotACube {
        broken("this is not JSON", self.at)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    /// Whether the next byte is this one; it is passed then.
    fn pass(&mut self, byte: u8) -> bool {
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }

    fn expect(&mut self, byte: u8) -> Result<(), NotACube> {
        if self.pass(byte) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, NotACube> {
        for &byte in word.as_bytes() {
            self.expect(byte)?;
        }
        Ok(value)
    }

    fn value(&mut self, depth: usize) -> Result<Json, NotACube> {
        if depth == DEPTH {
            return Err(broken("this is nested too deeply", self.at));
        }
        self.skip_space();
        match self.peek() {
            Some(b'n') => self.word("null", Json::Null),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'[') => self.list(depth),
            Some(b'{') => self.object(depth),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Json, NotACube> {
        self.at += 1;
        let mut elements = Vec::new();
        self.skip_space();
        if self.pass(b']') {
            return Ok(Json::List(elements));
        }
        loop {
            elements.push(self.value(depth + 1)?);
            self.skip_space();
            if self.pass(b']') {
                return Ok(Json::List(elements));
            }
            self.expect(b',')?;
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, NotACube> {
        self.at += 1;
        let mut members = Vec::new();
        self.skip_space();
        if self.pass(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            self.skip_space();
            let name = self.string()?;
            self.skip_space();
            self.expect(b':')?;
            members.push((name, self.value(depth + 1)?));
            self.skip_space();
            if self.pass(b'}') {
                return Ok(Json::Object(members));
            }
            self.expect(b',')?;
        }
    }

    fn string(&mut self) -> Result<String, NotACube> {
        self.expect(b'"')?;
        let mut string = String::new();
        loop {
            // Quote, backslash and control characters are single bytes, so the cuts fall between letters.
            let start = self.at;
            while self.peek().is_some_and(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
                self.at += 1;
            }
            string.push_str(self.text.get(start..self.at).unwrap_or_default());
            if self.pass(b'"') {
                return Ok(string);
            }
            self.expect(b'\\')?;
            string.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, NotACube> {
        let byte = self.peek().ok_or_else(|| self.unexpected())?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.four_digits()?;
                let mut code = first;
                // Beyond the basic plane a letter is written as two halves.
                if (0xD800..0xDC00).contains(&first) {
                    self.expect(b'\\')?;
                    self.expect(b'u')?;
                    let second = self.four_digits()?;
                    if !(0xDC00..0xE000).contains(&second) {
                        return Err(self.unexpected());
                    }
                    code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                }
                char::from_u32(code).ok_or_else(|| self.unexpected())?
            }
            _ => return Err(self.unexpected()),
        })
    }

    fn four_digits(&mut self) -> Result<u32, NotACube> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16)).ok_or_else(|| self.unexpected())?;
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }

    /// Passes digits, at least one, and adds them to `number`.
    fn digits(&mut self, number: &mut Decimal) -> Result<usize, NotACube> {
        let start = self.at;
        while let Some(byte @ b'0'..=b'9') = self.peek() {
            number.push(byte - b'0');
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected()) } else { Ok(self.at - start) }
    }

    fn number(&mut self) -> Result<Json, NotACube> {
        let start = self.at;
        let mut number = Decimal::default();
        let negative = self.pass(b'-');
        let leading_zero = self.peek() == Some(b'0');
        if self.digits(&mut number)? > 1 && leading_zero {
            return Err(self.unexpected());
        }
        let mut power = 0;
        if self.pass(b'.') {
            power = -i64::try_from(self.digits(&mut number)?).unwrap_or(i64::MAX);
        }
        if self.pass(b'e') || self.pass(b'E') {
            let down = self.pass(b'-');
            let _ = down || self.pass(b'+');
            let mut exponent = Decimal::default();
            self.digits(&mut exponent)?;
            let exponent = i64::try_from(exponent.digits).unwrap_or(i64::MAX);
            power = power.saturating_add(if down { -exponent } else { exponent });
        }
        let written = self.text.get(start..self.at).unwrap_or_default();
        let size = number.to_f64(power).or_else(|| by_tables(written.trim_start_matches('-')));
        match size {
            Some(size) if size.is_finite() => Ok(Json::Number(if negative { -size } else { size })),
            _ => Err(broken("this number is too large or too long", start)),
        }
    }
}

/// The general way, for numbers that only internal cubes may hold.
#[cfg(feature = "compute")]
fn by_tables(written: &str) -> Option<f64> {
    written.parse().ok()
}

#[cfg(not(feature = "compute"))]
fn by_tables(_written: &str) -> Option<f64> {
    None
}

/// The digits of a number as one integer.
#[derive(Default)]
struct Decimal {
    digits: u64,
    /// There were more digits than fit.
    overflow: bool,
}

impl Decimal {
    fn push(&mut self, digit: u8) {
        match self.digits.checked_mul(10).and_then(|tens| tens.checked_add(u64::from(digit))) {
            Some(digits) => self.digits = digits,
            None => {
                self.overflow = true;
                self.digits = u64::MAX;
            }
        }
    }

    /// The nearest `f64` to `digits · 10^power`, ties to even; `None` where 128 bits do not suffice to know it.
    fn to_f64(&self, power: i64) -> Option<f64> {
        if self.overflow {
            return None;
        }
        if self.digits == 0 {
            return Some(0.0);
        }
        let digits = u128::from(self.digits);
        // digits < 2^64 and 10^19 < 2^64: the product fits. The conversion rounds to nearest, ties to even.
        if (0..=19).contains(&power) {
            return Some(rounded(digits * ten_to(power)?, false, 0));
        }
        // With 10^21 < 2^70 and the digits moved up to the top bit, the quotient has at least 58 bits. What is left
        // over only matters as "a little more", which one sticky bit keeps.
        if !(-21..0).contains(&power) {
            return None;
        }
        let shift = digits.leading_zeros();
        let divisor = ten_to(-power)?;
        let (quotient, rest) = ((digits << shift) / divisor, (digits << shift) % divisor);
        Some(rounded(quotient, rest != 0, shift))
    }
}

fn ten_to(power: i64) -> Option<u128> {
    10_u128.checked_pow(u32::try_from(power).ok()?)
}

/// `whole / 2^shift`, where `whole` has a bit to spare below what `f64` keeps if there is a rest.
fn rounded(whole: u128, rest: bool, shift: u32) -> f64 {
    // 2^-shift is exact, and the results stay far from the smallest normal number: the only rounding is the first.
    let scale = f64::from_bits((1023 - u64::from(shift)) << 52);
    (whole | u128::from(rest)) as f64 * scale
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> f64 {
        Json::parse(text.as_bytes()).ok().and_then(|json| json.number()).unwrap_or(f64::NAN)
    }

    #[test]
    fn numbers_are_those_of_the_standard_library() {
        // Halfway cases of Clinger (1990) and Gay (1990) within the range, and plain figures.
        let halfway = ["9007199254740993", "9007199254740992.999", "9007199254740993.001", "0.1", "2.5e-1", "1e19"];
        let plain = ["0", "-0", "1", "33", "66.66666666666667", "0.6666666666666666", "1e2", "1E+2", "12e-3", "-7.25"];
        for text in halfway.iter().chain(&plain) {
            let expected: f64 = text.parse().unwrap();
            assert_eq!(number(text).to_bits(), expected.to_bits(), "{text}");
        }
        // A walk over the bits of shares, percents and counts, written as the writer does (shortest form).
        let mut state = 1_u64;
        for step in 0..200_000_u64 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let exponent = 1023 - 12 + (step % 30); // 2^-12 to 2^17
            let value = f64::from_bits(exponent << 52 | state >> 12);
            let text = serde_json::to_string(&value).unwrap();
            assert_eq!(number(&text).to_bits(), value.to_bits(), "{text}");
            let decimal: u64 =
                text.bytes().filter(u8::is_ascii_digit).fold(0, |sum, byte| sum * 10 + u64::from(byte - 48));
            let places = text.len() - 1 - text.find('.').unwrap();
            let small = Decimal { digits: decimal, overflow: false };
            assert_eq!(small.to_f64(-i64::try_from(places).unwrap()), Some(value), "{text}");
        }
    }

    #[test]
    fn every_kind_of_value() {
        let json =
            Json::parse(br#" {"a":[null,true,false,-1.5,"x\n\u00e5\ud83d\ude00\/"],"b":{} , "c":[] } "#).unwrap();
        let list = json.member("a").and_then(Json::list).unwrap();
        assert_eq!(list[..3], [Json::Null, Json::Bool(true), Json::Bool(false)]);
        assert_eq!(list[3].number(), Some(-1.5));
        assert_eq!(list[4].text(), Some("x\nå😀/"));
        assert_eq!(json.member("b"), Some(&Json::Object(vec![])));
    }

    #[test]
    fn what_is_not_json_is_refused() {
        let broken = [
            "",
            " ",
            "{",
            "[1,]",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "{a:1}",
            "nul",
            "01",
            "1.",
            ".5",
            "-",
            "+1",
            "1e",
            "1e400",
            "\"",
            "\"\\x\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\udc00\"",
            "\"a\nb\"",
            "1 2",
            "[1}",
            "NaN",
        ];
        for text in broken {
            assert!(Json::parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(Json::parse(b"\"\xff\"").is_err());
        assert!(Json::parse("[".repeat(1_000_000).as_bytes()).is_err());
    }

    #[test]
    fn it_agrees_with_serde_json_on_what_is_json() {
        // Every way to cut or spoil one byte of a small document: both read it, or both refuse it.
        let whole = br#"{"a":[1,-2.5e-3,null],"b":"\u00e5\\","c":{"d":true}}"#;
        for at in 0..whole.len() {
            for byte in 0..=127 {
                let mut spoilt = whole.to_vec();
                spoilt[at] = byte;
                let theirs = serde_json::from_slice::<serde_json::Value>(&spoilt).is_ok();
                assert_eq!(Json::parse(&spoilt).is_ok(), theirs, "{}", String::from_utf8_lossy(&spoilt));
            }
        }
    }
}
