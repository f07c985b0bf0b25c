//! What the cells of one column come to: each form is looked up once.

/// Forms of cells that were looked up, and what each comes to.
#[derive(Clone, Debug)]
pub(super) struct Cells<T> {
    /// By the only byte of a cell; the last is that of an empty one.
    of_byte: Box<[Option<T>; EMPTY + 1]>,
    /// Places among the known plus one, open addressing: a power of two, at most half of it taken.
    slots: Vec<u16>,
    known: Vec<Form<T>>,
    /// The forms, one after another.
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Form<T> {
    hash: u64,
    start: usize,
    length: usize,
    value: T,
}

/// Forms that are remembered per column, and the longest of them.
pub(super) const MOST: usize = 1 << 14;
const LONGEST: usize = 1024;

const EMPTY: usize = 1 << 8;

impl<T: Copy> Default for Cells<T> {
    fn default() -> Self {
        Self { of_byte: Box::new([None; EMPTY + 1]), slots: Vec::new(), known: Vec::new(), bytes: Vec::new() }
    }
}

impl<T: Copy> Cells<T> {
    /// What a cell comes to, if it was looked up.
    #[inline]
    pub(super) fn known(&self, field: &[u8]) -> Option<T> {
        self.known_at((field, field.len()))
    }

    /// What the first so many bytes come to. Whether somebody answered cannot be foreseen: nothing branches on it.
    #[inline(always)]
    pub(super) fn known_at(&self, (bytes, length): (&[u8], usize)) -> Option<T> {
        if length > 1 {
            let field = &bytes[..length];
            return self.find(field, hash(field));
        }
        let byte = usize::from(bytes.first().copied().unwrap_or_default());
        self.of_byte[if length == 0 { EMPTY } else { byte }]
    }

    /// What a cell comes to; `look_up` is asked once for each form. What it refuses is asked again.
    #[inline]
    pub(super) fn get<E>(&mut self, field: &[u8], look_up: impl FnOnce(&[u8]) -> Result<T, E>) -> Result<T, E> {
        match self.known(field) {
            Some(value) => Ok(value),
            None => look_up(field).inspect(|value| self.remember(field, *value)),
        }
    }

    #[inline]
    fn find(&self, field: &[u8], hash: u64) -> Option<T> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = place(hash, mask);
        while let Some(known) = usize::from(self.slots[slot]).checked_sub(1) {
            let form = &self.known[known];
            if form.hash == hash && form.length == field.len() && self.bytes[form.start..][..form.length] == *field {
                return Some(form.value);
            }
            slot = (slot + 1) & mask;
        }
        None
    }

    /// Remembers what a cell comes to.
    #[cold]
    pub(super) fn remember(&mut self, field: &[u8], value: T) {
        if field.len() < 2 {
            self.of_byte[field.first().map_or(EMPTY, |byte| usize::from(*byte))] = Some(value);
        } else if self.known.len() < MOST && field.len() <= LONGEST {
            self.known.push(Form { hash: hash(field), start: self.bytes.len(), length: field.len(), value });
            self.bytes.extend_from_slice(field);
            if self.known.len() * 2 > self.slots.len() {
                self.slots = vec![0; (self.slots.len() * 2).max(16)];
                (0..self.known.len()).for_each(|known| self.enter(known));
            } else {
                self.enter(self.known.len() - 1);
            }
        }
    }

    fn enter(&mut self, known: usize) {
        let mask = self.slots.len() - 1;
        let mut slot = place(self.known[known].hash, mask);
        while self.slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = u16::try_from(known + 1).unwrap_or(0);
    }
}

/// Where in the table a hash begins to look: by its high bits, which all of the text went into.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "masked")]
fn place(hash: u64, mask: usize) -> usize {
    (hash >> 40) as usize & mask
}

/// A hash of short texts by their length, their beginning and their end: labels of one question hardly share all of them.
/// Who makes it meet makes the import slow, and no more: what is remembered has a limit.
#[inline]
fn hash(bytes: &[u8]) -> u64 {
    const MANY: u64 = 0x517c_c1b7_2722_0a95;
    let word = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            u64::from_le_bytes(*first).wrapping_mul(MANY).rotate_left(31) ^ u64::from_le_bytes(*last)
        }
        _ => bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    (word ^ (bytes.len() as u64) << 56).wrapping_mul(MANY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_looked_up_once() {
        let mut cells = Cells::default();
        let mut asked = 0;
        for _ in 0..3 {
            for number in 0..1000_u32 {
                let form = format!("the same beginning {number} the same end");
                let found = cells.get(form.as_bytes(), |_| {
                    asked += 1;
                    Ok::<u32, ()>(number)
                });
                assert_eq!(found, Ok(number));
            }
            for byte in 0..=255_u8 {
                assert_eq!(cells.get(&[byte], |field| Ok::<u32, ()>(u32::from(field[0]))), Ok(u32::from(byte)));
            }
        }
        assert_eq!(asked, 1000);
        assert_eq!(cells.get(b"", |_| Err(())), Err(()));
        assert_eq!(cells.get(b"", |_| Ok::<u32, ()>(7)), Ok(7));
        assert_eq!(cells.get(b"", |_| Err(())), Ok(7));
    }
}
