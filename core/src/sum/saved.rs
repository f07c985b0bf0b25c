//! Exact sums as bytes: all of their digits, but only those that they have.

use super::moments::Wide;
use super::{LIMBS, Long, Moments, Sum, Sums};
use crate::saved::{Broken, Saved, take};

/// A whole number in two's complement, the lowest byte first: how many bytes of zeros it begins with, how many bytes
/// follow, and those. The bytes above them repeat the sign.
fn save_whole(bytes: &[u8], to: &mut Vec<u8>) {
    let sign = |byte: &u8| if *byte < 0x80 { 0 } else { 0xff };
    let above = bytes.last().map_or(0, sign);
    let mut end = bytes.iter().rposition(|byte| *byte != above).map_or(0, |last| last + 1);
    if bytes[..end].last().map_or(0, sign) != above {
        end += 1;
    }
    let start = bytes[..end].iter().position(|byte| *byte != 0).unwrap_or(end);
    start.save(to);
    (end - start).save(to);
    to.extend(&bytes[start..end]);
}

fn load_whole<const N: usize>(from: &mut &[u8]) -> Result<[u8; N], Broken> {
    let (start, length) = (usize::load(from)?, usize::load(from)?);
    let digits = take(from, length)?;
    let mut bytes = [0; N];
    let (whole, above) = bytes.get_mut(start..).and_then(|bytes| bytes.split_at_mut_checked(length)).ok_or(Broken)?;
    whole.copy_from_slice(digits);
    if digits.last().is_some_and(|byte| *byte >= 0x80) {
        above.fill(0xff);
    }
    Ok(bytes)
}

impl Saved for i128 {
    fn save(&self, to: &mut Vec<u8>) {
        save_whole(&self.to_le_bytes(), to);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        load_whole(from).map(Self::from_le_bytes)
    }
}

impl Saved for Wide {
    fn save(&self, to: &mut Vec<u8>) {
        let mut bytes = [0; 32];
        for (bytes, word) in bytes.chunks_exact_mut(8).zip(self.low.iter().chain(&self.high)) {
            bytes.copy_from_slice(&word.to_le_bytes());
        }
        save_whole(&bytes, to);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        let bytes: [u8; 32] = load_whole(from)?;
        let mut words = [0; 4];
        for (word, bytes) in words.iter_mut().zip(bytes.chunks_exact(8)) {
            *word = u64::from_le_bytes(bytes.try_into().map_err(|_| Broken)?);
        }
        let [a, b, c, d] = words;
        Ok(Self { low: [a, b], high: [c, d] })
    }
}

impl Saved for Long {
    fn save(&self, to: &mut Vec<u8>) {
        let mut bytes = [0; 4 * LIMBS];
        for (bytes, limb) in bytes.chunks_exact_mut(4).zip(&self.0) {
            // 32 bits hold the last limb with its sign too: it begins 46 bits above the largest double.
            bytes.copy_from_slice(&limb.to_le_bytes()[..4]);
        }
        save_whole(&bytes, to);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        let bytes: [u8; 4 * LIMBS] = load_whole(from)?;
        let mut long = Self::default();
        for (limb, bytes) in long.0.iter_mut().zip(bytes.chunks_exact(4)) {
            *limb = u32::from_le_bytes(bytes.try_into().map_err(|_| Broken)?).into();
        }
        let last = &mut long.0[LIMBS - 1];
        *last = *last << 32 >> 32;
        Ok(long)
    }
}

/// One after the other.
impl<T: Saved + Default, const N: usize> Saved for [T; N] {
    fn save(&self, to: &mut Vec<u8>) {
        self.iter().for_each(|member| member.save(to));
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        let mut members = std::array::from_fn(|_| T::default());
        for member in &mut members {
            *member = T::load(from)?;
        }
        Ok(members)
    }
}

/// The short form of a sum and, of the few that need one, the long.
fn save_sum(short: &impl Saved, long: Option<&impl Saved>, to: &mut Vec<u8>) {
    long.is_some().save(to);
    short.save(to);
    long.iter().for_each(|long| long.save(to));
}

fn load_sum<S: Saved, L: Saved>(from: &mut &[u8]) -> Result<(S, Option<Box<L>>), Broken> {
    let has_long = bool::load(from)?;
    Ok((S::load(from)?, has_long.then(|| L::load(from).map(Box::new)).transpose()?))
}

impl Saved for Sum {
    fn save(&self, to: &mut Vec<u8>) {
        save_sum(&self.short, self.long.as_deref(), to);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        load_sum(from).map(|(short, long)| Self { short, long })
    }
}

impl<const N: usize> Saved for Sums<N> {
    fn save(&self, to: &mut Vec<u8>) {
        save_sum(&self.short, self.long.as_deref(), to);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        load_sum(from).map(|(short, long)| Self { short, long })
    }
}

impl<const N: usize> Saved for Moments<N> {
    fn save(&self, to: &mut Vec<u8>) {
        (u8::from(self.long.is_some()) | u8::from(self.huge) << 1).save(to);
        self.short.save(to);
        self.long.iter().for_each(|long| long.save(to));
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        let flags = u8::load(from)?;
        Broken::unless(flags < 4)?;
        let short = Saved::load(from)?;
        let long = (flags & 1 != 0).then(|| Saved::load(from).map(Box::new)).transpose()?;
        Ok(Self { short, long, huge: flags & 2 != 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bytes(value: &impl Saved) -> Vec<u8> {
        let mut bytes = Vec::new();
        value.save(&mut bytes);
        bytes
    }

    fn again<T: Saved>(value: &T) -> T {
        T::load(&mut &bytes(value)[..]).unwrap()
    }

    #[test]
    fn only_digits_that_are_there() {
        assert_eq!(bytes(&0_i128), [0, 0]);
        assert_eq!(bytes(&-1_i128), [0, 1, 0xff]);
        assert_eq!(bytes(&(128_i128 << 80)), [10, 2, 0x80, 0], "a byte for the sign");
        assert_eq!(bytes(&(-128_i128 << 80)), [10, 1, 0x80]);
        let three: Sum = [1.0, 2.0].into_iter().collect();
        assert_eq!(bytes(&three), [0, 10, 1, 3], "3 × 2^80, and no long accumulator");
        assert!(bytes(&[1e150, 1.0].into_iter().collect::<Sum>()).len() < 32);
        assert!(i128::load(&mut &[10, 7, 1, 2, 3, 4, 5, 6, 7][..]).is_err(), "17 bytes");
    }

    proptest! {
        #[test]
        fn no_digit_is_lost(number: i128, shift in 0..128_u32, terms in prop::collection::vec((any::<f64>(), -1e9..1e9), 0..20)) {
            prop_assert_eq!(again(&(number >> shift)), number >> shift);
            prop_assert_eq!(again(&(number << shift)), number << shift);
            let (mut sums, mut moments) = (Sums::<2>::default(), Moments::<2>::default());
            for (a, b) in terms {
                sums.add(0, b);
                sums.add(1, a);
                moments.add(0, b, b);
                moments.add(1, if a.is_finite() { a } else { 1.0 }, b);
            }
            for place in 0..2 {
                let (sum, moment) = (sums.sum(place), again(&moments).value(place));
                prop_assert_eq!(again(&sums).sum(place).value().to_bits(), sum.value().to_bits());
                prop_assert_eq!(again(&sum).double_double(), sum.double_double());
                prop_assert_eq!(moment, moments.value(place));
            }
            prop_assert_eq!(bytes(&again(&sums)), bytes(&sums));
            prop_assert_eq!(bytes(&again(&moments)), bytes(&moments));
        }

        #[test]
        fn takes_any_bytes(bytes: Vec<u8>) {
            if let Ok(sum) = Sum::load(&mut &bytes[..]) {
                let _ = sum.value();
            }
            if let Ok(mut moments) = Moments::<2>::load(&mut &bytes[..]) {
                moments.merge(&moments.clone());
                let _ = moments.value(1);
            }
        }
    }
}
