//! A work in parts, done by whoever has threads: the core has none of its own.

use std::sync::{Mutex, PoisonError};

/// Who does the parts of a work. Nothing that comes of it depends on who that is, or on the order in which parts are done.
///
/// # Example
///
/// ```
/// use bygdepuls_core::work::Workers;
/// let squares = Workers::default().map(1..=3, |number| number * number);
/// assert_eq!(squares, [1, 4, 9]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Workers {
    /// How many parts are worked on at a time.
    pub count: usize,
    /// Does all parts, by their numbers from 0, in any order and on any thread, and comes back when they are done.
    pub run: fn(usize, &(dyn Fn(usize) + Sync)),
}

impl Default for Workers {
    /// One part after the other.
    fn default() -> Self {
        Self { count: 1, run: |parts, part| (0..parts).for_each(part) }
    }
}

impl Workers {
    /// What comes of each item, in their order.
    pub fn map<I: Send, T: Send>(self, items: impl IntoIterator<Item = I>, part: impl Fn(I) -> T + Sync) -> Vec<T> {
        let slots: Vec<Mutex<(Option<I>, Option<T>)>> =
            items.into_iter().map(|item| Mutex::new((Some(item), None))).collect();
        (self.run)(slots.len(), &|number| {
            let mut slot = slots[number].lock().unwrap_or_else(PoisonError::into_inner);
            slot.1 = slot.0.take().map(&part);
        });
        let done = slots.into_iter().filter_map(|slot| {
            let (item, done) = slot.into_inner().unwrap_or_else(PoisonError::into_inner);
            // What nobody did is done here.
            done.or_else(|| item.map(&part))
        });
        done.collect()
    }
}
