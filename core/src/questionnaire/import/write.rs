//! Answers as CSV: for programs, or for a Norwegian spreadsheet.

/// How the answers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// UTF-8, comma, decimal point, ISO dates: what `bygdepuls run` reads.
    #[default]
    Programs,
    /// UTF-8 with its mark, semicolon, decimal comma, Norwegian dates, formulas guarded: Excel in Norwegian.
    Excel,
}

impl Form {
    pub(super) const fn delimiter(self) -> u8 {
        match self {
            Self::Programs => b',',
            Self::Excel => b';',
        }
    }

    pub(super) const fn line_end(self) -> &'static [u8] {
        match self {
            Self::Programs => b"\n",
            Self::Excel => b"\r\n",
        }
    }

    /// The header.
    pub(super) fn header(self, names: &[String], out: &mut Vec<u8>) {
        if self == Self::Excel {
            out.extend_from_slice(b"\xef\xbb\xbf");
        }
        for (place, name) in names.iter().enumerate() {
            if place > 0 {
                out.push(self.delimiter());
            }
            self.cell(name, out);
        }
        out.extend_from_slice(self.line_end());
    }

    /// A cell, in quotes where it needs them.
    pub(super) fn cell(self, text: &str, out: &mut Vec<u8>) {
        let bytes = text.as_bytes();
        let plain = |byte: &u8| !matches!(byte, b'"' | b'\n' | b'\r') && *byte != self.delimiter();
        let edge = bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ');
        if !edge && bytes.iter().all(plain) {
            out.extend_from_slice(bytes);
            return;
        }
        out.push(b'"');
        for part in bytes.split_inclusive(|byte| *byte == b'"') {
            out.extend_from_slice(part);
            if part.ends_with(b"\"") {
                out.push(b'"');
            }
        }
        out.push(b'"');
    }

    /// A free text: guarded where a spreadsheet would take it for a formula.
    pub(super) fn text(self, text: &str, out: &mut Vec<u8>) {
        let is_formula = text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
        if self == Self::Excel && is_formula {
            self.cell(&format!("'{text}"), out);
        } else {
            self.cell(text, out);
        }
    }

    /// A number with a point.
    pub(super) fn number(self, number: &str, out: &mut Vec<u8>) {
        match self {
            Self::Programs => out.extend_from_slice(number.as_bytes()),
            Self::Excel => out.extend(number.bytes().map(|byte| if byte == b'.' { b',' } else { byte })),
        }
    }

    /// A date in ISO 8601. Excel gets days and times without an offset as Norwegians write them.
    pub(super) fn date(self, date: &str, out: &mut Vec<u8>) {
        let norwegian = || {
            let (day, time) = date.split_at_checked(10)?;
            let (year, rest) = day.split_once('-')?;
            let (month, day) = rest.split_once('-')?;
            let time = time.strip_prefix('T').unwrap_or(time);
            let plain = time.is_empty() || time.len() == 8;
            plain.then(|| format!("{day}.{month}.{year} {time}").trim_end().to_owned())
        };
        match norwegian().filter(|_| self == Self::Excel) {
            Some(text) => self.cell(&text, out),
            None => self.cell(date, out),
        }
    }
}
