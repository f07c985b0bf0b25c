//! Values as bytes, and back.
//!
//! A whole number is written in groups of seven binary digits, the lowest first, each but the last with its high bit set
//! (LEB128); a list is its length and its members. What is read may be anything: nothing here trusts a length.

/// Bytes that nothing was written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

impl Broken {
    /// Unless it holds.
    pub(crate) fn unless(holds: bool) -> Result<(), Self> {
        if holds { Ok(()) } else { Err(Self) }
    }
}

/// What can be written as bytes and read again.
pub(crate) trait Saved: Sized {
    /// Appends its bytes.
    fn save(&self, to: &mut Vec<u8>);
    /// Takes its bytes from the start of those.
    fn load(from: &mut &[u8]) -> Result<Self, Broken>;
}

/// So many bytes.
pub(crate) fn take<'a>(from: &mut &'a [u8], length: usize) -> Result<&'a [u8], Broken> {
    let (taken, rest) = from.split_at_checked(length).ok_or(Broken)?;
    *from = rest;
    Ok(taken)
}

/// Any whole number.
pub(crate) fn save_number(mut number: u64, to: &mut Vec<u8>) {
    while number >= 0x80 {
        to.push(0x80 | (number & 0x7f) as u8);
        number >>= 7;
    }
    to.push((number & 0x7f) as u8);
}

/// Any whole number.
pub(crate) fn load_number(from: &mut &[u8]) -> Result<u64, Broken> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = u8::load(from)?;
        let digits = u64::from(byte & 0x7f);
        Broken::unless(digits << shift >> shift == digits)?;
        number |= digits << shift;
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err(Broken)
}

impl Saved for u8 {
    fn save(&self, to: &mut Vec<u8>) {
        to.push(*self);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        take(from, 1).map(|bytes| bytes[0])
    }
}

impl Saved for bool {
    fn save(&self, to: &mut Vec<u8>) {
        to.push((*self).into());
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        match u8::load(from)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Broken),
        }
    }
}

/// Counts: of bytes, of lines, of records. No file has 2^48 of them, and counts below it can be added without a check.
impl Saved for u64 {
    fn save(&self, to: &mut Vec<u8>) {
        save_number(*self, to);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        let count = load_number(from)?;
        Broken::unless(count < 1 << 48)?;
        Ok(count)
    }
}

impl Saved for usize {
    fn save(&self, to: &mut Vec<u8>) {
        save_number(*self as u64, to);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        Self::try_from(u64::load(from)?).map_err(|_| Broken)
    }
}

/// Finite.
impl Saved for f64 {
    fn save(&self, to: &mut Vec<u8>) {
        to.extend(self.to_bits().to_le_bytes());
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        let bytes = take(from, 8)?.try_into().map_err(|_| Broken)?;
        let number = Self::from_bits(u64::from_le_bytes(bytes));
        Broken::unless(number.is_finite())?;
        Ok(number)
    }
}

impl Saved for String {
    fn save(&self, to: &mut Vec<u8>) {
        save_bytes(self.as_bytes(), to);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        Self::from_utf8(load_bytes(from)?.to_vec()).map_err(|_| Broken)
    }
}

/// Some bytes, after their number.
pub(crate) fn save_bytes(bytes: &[u8], to: &mut Vec<u8>) {
    bytes.len().save(to);
    to.extend(bytes);
}

/// Some bytes, after their number.
pub(crate) fn load_bytes<'a>(from: &mut &'a [u8]) -> Result<&'a [u8], Broken> {
    let length = usize::load(from)?;
    take(from, length)
}

impl<T: Saved> Saved for Option<T> {
    fn save(&self, to: &mut Vec<u8>) {
        self.is_some().save(to);
        self.iter().for_each(|value| value.save(to));
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        bool::load(from)?.then(|| T::load(from)).transpose()
    }
}

/// A member takes at least one byte, so that no length makes a list larger than the bytes there are.
impl<T: Saved> Saved for Vec<T> {
    fn save(&self, to: &mut Vec<u8>) {
        self.len().save(to);
        self.iter().for_each(|member| member.save(to));
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        let length = usize::load(from)?;
        Broken::unless(length <= from.len())?;
        (0..length).map(|_| T::load(from)).collect()
    }
}

impl<A: Saved, B: Saved, C: Saved> Saved for (A, B, C) {
    fn save(&self, to: &mut Vec<u8>) {
        self.0.save(to);
        self.1.save(to);
        self.2.save(to);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        Ok((A::load(from)?, B::load(from)?, C::load(from)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_worked_by_hand() {
        let bytes = |number| {
            let mut bytes = Vec::new();
            save_number(number, &mut bytes);
            bytes
        };
        assert_eq!(bytes(0), [0]);
        assert_eq!(bytes(300), [0b1010_1100, 0b10], "300 = 2 × 128 + 44");
        assert_eq!(bytes(u64::MAX).len(), 10);
        assert_eq!(load_number(&mut &[0xff; 10][..]), Err(Broken), "more than 64 digits");
        assert_eq!(u64::load(&mut &bytes(1 << 48)[..]), Err(Broken), "no count");
        assert_eq!(f64::load(&mut &f64::NAN.to_bits().to_le_bytes()[..]), Err(Broken));
        assert_eq!(Vec::<u8>::load(&mut &[200, 1, 7][..]), Err(Broken), "200 bytes, of which one is there");
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(number: u64, texts: Vec<(bool, String, Option<u8>)>) {
            let mut bytes = Vec::new();
            save_number(number, &mut bytes);
            texts.save(&mut bytes);
            let mut rest = &bytes[..];
            prop_assert_eq!(load_number(&mut rest), Ok(number));
            prop_assert_eq!(Vec::load(&mut rest), Ok(texts));
            prop_assert!(rest.is_empty());
        }
    }
}
