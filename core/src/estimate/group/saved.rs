//! Groups as bytes: by column, the last one first, its codes and for each group the place of its own among them.

use super::{EMPTY, Groups, LONG, Level};
use crate::saved::{Broken, Saved, load_bytes, save_bytes};

impl Groups {
    /// Appends the groups in the order of their numbers.
    pub(in crate::estimate) fn save(&self, to: &mut Vec<u8>) {
        if self.paths.is_some() {
            let mut sealed = self.clone();
            sealed.seal();
            return sealed.save(to);
        }
        self.len().save(to);
        let mut steps: Vec<u32> = (0..).take(self.len()).collect();
        for level in self.levels.iter().rev() {
            let mut distinct = Level::default();
            let places: Vec<u32> =
                level.steps.iter().map(|(parent, code)| distinct.number(parent & LONG, *code)).collect();
            distinct.steps.len().save(to);
            distinct.steps.iter().for_each(|code| save_bytes(&self.bytes(*code), to));
            for step in &mut steps {
                u64::from(places[*step as usize]).save(to);
                *step = level.steps[*step as usize].0 & !LONG;
            }
        }
    }

    /// Takes groups by so many columns.
    pub(in crate::estimate) fn load(columns: usize, from: &mut &[u8]) -> Result<Self, Broken> {
        let mut own = Self::new(columns);
        let groups = usize::load(from)?;
        if columns == 0 {
            Broken::unless(groups == own.len())?;
            return Ok(own);
        }
        // Each group takes at least a byte in each column.
        Broken::unless(groups.checked_mul(columns).is_some_and(|least| least <= from.len()))?;
        Broken::unless(u32::try_from(groups).is_ok_and(|groups| groups < EMPTY & !LONG))?;
        let mut codes = vec![(0, 0); groups * columns];
        for column in (0..columns).rev() {
            let distinct = usize::load(from)?;
            Broken::unless(distinct <= from.len())?;
            let mut column_codes = Vec::with_capacity(distinct);
            for _ in 0..distinct {
                let code = load_bytes(from)?;
                Broken::unless(!code.contains(&0))?;
                column_codes.push(own.code(code, code.len()));
            }
            for codes in codes.chunks_exact_mut(columns) {
                codes[column] = *column_codes.get(usize::load(from)?).ok_or(Broken)?;
            }
        }
        let mut numbers = vec![0; groups];
        own.find(&codes, &mut numbers);
        // Otherwise a group was there before.
        Broken::unless((0..).zip(&numbers).all(|(expected, number)| expected == *number))?;
        Ok(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups of these codes, of two columns each, and their bytes.
    fn groups(codes: impl Iterator<Item = (String, String)>) -> (Groups, Vec<u8>) {
        let mut groups = Groups::new(2);
        for (a, b) in codes {
            let codes = [groups.code(a.as_bytes(), a.len()), groups.code(b.as_bytes(), b.len())];
            groups.find(&codes, &mut [0]);
        }
        let mut bytes = Vec::new();
        groups.save(&mut bytes);
        (groups, bytes)
    }

    #[test]
    fn bytes_by_hand() {
        let codes = [("a", "x"), ("bb", "x"), ("a", "")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        let (_, bytes) = groups(codes.into_iter());
        let expected = [&[3, 2, 1][..], b"x", &[0, 0, 0, 1, 2, 1], b"a", &[2], b"bb", &[0, 1, 0]].concat();
        assert_eq!(bytes, expected);
        for (at, byte, why) in [(0, 4, "a group more"), (5, 2, "no such code"), (3, 0, "a zero byte"), (15, 0, "twice")]
        {
            let mut broken = bytes.clone();
            broken[at] = byte;
            assert!(Groups::load(2, &mut &broken[..]).is_err(), "{why}");
        }
    }

    #[test]
    fn numbers_stay_with_many_codes_and_long_ones() {
        for count in [10, 70_000] {
            let codes = (0..count).map(|number: u32| (format!("{}", number % 7), format!("a longer code {number}")));
            let (mut own, bytes) = groups(codes);
            let mut from = &bytes[..];
            let mut again = Groups::load(2, &mut from).unwrap();
            assert!(from.is_empty());
            assert_eq!(own.paths.is_none(), again.paths.is_none(), "as fast as before");
            assert_eq!(again.merge(&own), (0..count).collect::<Vec<_>>());
            assert_eq!(own.merge(&again), (0..count).collect::<Vec<_>>());
        }
    }
}
