//! The bytes of the register: names, versions, what became what, borders that moved.
//!
//! Numbers are written seven bits a byte, the lowest first; years count from 1838, and 255 is "still".
//!
//! | part     | of each                                                                            |
//! |----------|------------------------------------------------------------------------------------|
//! | names    | bytes in common with the name before, bytes of the rest, the rest                  |
//! | versions | code after the code before, position of the name, year from, year to               |
//! | changes  | of each version that ended: 0 for the next version, else how many, and their positions |
//! | borders  | year, code that gave, code that got                                                |
//!
//! Each part but the changes begins with how many there are. Made by `cargo xtask municipalities`.

use super::{Border, Code, Day, Municipality};

pub(super) static BYTES: &[u8] = include_bytes!("../../../assets/municipality/municipality.bin");

/// Versions, for each the positions of what it became, and the borders that moved.
pub(super) type Read = (Vec<Municipality>, Vec<Vec<usize>>, Vec<Border>);

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    fn number(&mut self) -> Option<usize> {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
            shift += 7;
        }
    }

    fn code(&mut self) -> Option<u16> {
        self.number().and_then(|number| u16::try_from(number).ok())
    }

    fn day(&mut self) -> Option<Option<Day>> {
        let year = self.byte()?;
        Some((year != u8::MAX).then(|| Day::january(1838 + u16::from(year))))
    }
}

/// `None` for bytes that are not of this form.
pub(super) fn read(bytes: &[u8]) -> Option<Read> {
    let mut from = Reader(bytes);
    let mut names: Vec<String> = Vec::new();
    for _ in 0..from.number()? {
        let (common, rest) = (from.number()?, from.number()?);
        let mut name = names.last().map_or(&b""[..], |name| name.as_bytes()).get(..common)?.to_vec();
        let (own, after) = from.0.split_at_checked(rest)?;
        name.extend(own);
        from.0 = after;
        names.push(String::from_utf8(name).ok()?);
    }
    let mut versions = Vec::new();
    let mut code = 0;
    for index in 0..from.number()? {
        code += from.code()?;
        let name = names.get(from.number()?)?.clone();
        versions.push(Municipality { code: Code(code), name, from: from.day()??, to: from.day()?, index });
    }
    let mut successors = vec![Vec::new(); versions.len()];
    for version in versions.iter().filter(|version| version.to.is_some()) {
        successors[version.index] = match from.number()? {
            0 => vec![version.index + 1],
            many => (0..many).map(|_| from.number()).collect::<Option<_>>()?,
        };
    }
    let moved =
        |from: &mut Reader<'_>| Some(Border { day: from.day()??, gave: Code(from.code()?), got: Code(from.code()?) });
    let borders = (0..from.number()?).map(|_| moved(&mut from)).collect::<Option<_>>()?;
    let in_range = successors.iter().flatten().all(|successor| *successor < versions.len());
    (from.0.is_empty() && in_range).then_some((versions, successors, borders))
}
