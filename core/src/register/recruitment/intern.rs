//! Names by their bytes: each once, numbered as they first appear.

/// A hash of some bytes, the same on every machine.
#[inline]
pub(super) fn hash(bytes: &[u8]) -> u64 {
    const FACTORS: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];
    let fold = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b);
        #[allow(clippy::cast_possible_truncation, reason = "both halves are what is wanted")]
        (product as u64 ^ (product >> 64) as u64)
    };
    let mut state = FACTORS[0] ^ bytes.len() as u64;
    let mut rest = bytes;
    while let Some((word, more)) = rest.split_first_chunk::<8>() {
        state = fold(state ^ u64::from_le_bytes(*word), FACTORS[1]);
        rest = more;
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    fold(state ^ u64::from_le_bytes(last), FACTORS[0])
}

/// Names that were seen, with open addressing: the table holds positions of names plus one, 0 where it is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Interner {
    pub(super) names: Vec<Box<[u8]>>,
    hashes: Vec<u64>,
    table: Vec<u32>,
}

impl Interner {
    /// The number of a name.
    #[inline]
    pub(super) fn number(&mut self, name: &[u8]) -> u32 {
        if self.names.len() * 2 >= self.table.len() {
            self.grow();
        }
        let hash = hash(name);
        let mut at = self.place(hash);
        loop {
            match self.table[at] {
                0 => {
                    let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX - 1);
                    self.table[at] = number + 1;
                    self.names.push(name.into());
                    self.hashes.push(hash);
                    return number;
                }
                known => {
                    let number = known as usize - 1;
                    if self.hashes[number] == hash && *self.names[number] == *name {
                        return known - 1;
                    }
                }
            }
            at = (at + 1) & (self.table.len() - 1);
        }
    }

    #[allow(clippy::cast_possible_truncation, reason = "masked to the table")]
    fn place(&self, hash: u64) -> usize {
        (hash >> 7) as usize & (self.table.len() - 1)
    }

    #[cold]
    fn grow(&mut self) {
        self.table = vec![0; (self.table.len() * 2).max(64)];
        for (known, hash) in (1_u32..).zip(&self.hashes) {
            let mut at = self.place(*hash);
            while self.table[at] != 0 {
                at = (at + 1) & (self.table.len() - 1);
            }
            self.table[at] = known;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_by_first_appearance() {
        let mut interner = Interner::default();
        let names: Vec<String> = (0..5000).map(|number| format!("navn {}", number * 7919 % 1000)).collect();
        let numbers: Vec<u32> = names.iter().map(|name| interner.number(name.as_bytes())).collect();
        assert_eq!(interner.names.len(), 1000);
        assert!(names.iter().zip(&numbers).all(|(name, number)| *interner.names[*number as usize] == *name.as_bytes()));
        assert_eq!((numbers[0], numbers[999], numbers[1000]), (0, 999, 0));
    }

    #[test]
    fn hashes_of_what_differs_little() {
        assert_ne!(hash(b"1"), hash(b"1\0"));
        assert_ne!(hash(b"position-1"), hash(b"position-2"));
        assert_eq!(hash(b""), hash(b""));
    }
}
