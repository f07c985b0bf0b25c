//! A list that never moves what is in it.

use std::ops::{Index, IndexMut};

/// Entries in pieces of the same length. A vector that grows copies itself into memory twice as large, again and again;
/// here what has been touched once is used to the end, and most of the time of a first touch is the system's.
#[derive(Clone, Debug)]
pub(super) struct Chunks<T>(Vec<Vec<T>>);

/// Entries in a piece.
const LENGTH: usize = 1 << 9;

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Default> Chunks<T> {
    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * LENGTH + last.len())
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds empty entries up to so many.
    pub(super) fn grow(&mut self, entries: usize) {
        while self.len() < entries {
            if self.0.last().is_none_or(|last| last.len() == LENGTH) {
                self.0.push(Vec::with_capacity(LENGTH));
            }
            let room = (entries - (self.0.len() - 1) * LENGTH).min(LENGTH);
            if let Some(last) = self.0.last_mut() {
                last.resize_with(room, T::default);
            }
        }
    }

    /// All of them in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flatten()
    }

    /// An entry, if it is there.
    #[inline]
    pub(super) fn get(&self, place: usize) -> Option<&T> {
        self.0.get(place / LENGTH)?.get(place % LENGTH)
    }

    /// An entry to change, if it is there.
    #[inline]
    pub(super) fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        self.0.get_mut(place / LENGTH)?.get_mut(place % LENGTH)
    }
}

impl<T> Index<usize> for Chunks<T> {
    type Output = T;

    #[inline]
    fn index(&self, place: usize) -> &T {
        &self.0[place / LENGTH][place % LENGTH]
    }
}

impl<T> IndexMut<usize> for Chunks<T> {
    #[inline]
    fn index_mut(&mut self, place: usize) -> &mut T {
        &mut self.0[place / LENGTH][place % LENGTH]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_entry_by_entry() {
        let mut chunks = Chunks::<usize>::default();
        assert!(chunks.is_empty());
        for place in 0..3 * LENGTH + 5 {
            chunks.grow(place + 1);
            chunks.grow(place);
            chunks[place] = place;
        }
        assert_eq!(chunks.len(), 3 * LENGTH + 5);
        assert!((0..chunks.len()).all(|place| chunks.get(place) == Some(&place)));
        assert_eq!(chunks.get(chunks.len()), None);
        let mut many = Chunks::<u8>::default();
        many.grow(2 * LENGTH);
        assert_eq!(many.len(), 2 * LENGTH);
    }
}
