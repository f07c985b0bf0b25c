//! Employers of several pieces and registers, numbered as they first appear.

use super::Names;
use super::fold::folded;
use super::intern::Interner;
use crate::read::encoding::{Encoding, decode};
use std::collections::BTreeMap;

/// Numbers of names among all of them; names that are not known yet are added. What
/// [`folded`] makes alike is one employer.
pub(super) struct Numbering<'n> {
    names: &'n mut Names,
    encoding: Encoding,
    known: BTreeMap<String, u32>,
    /// As they are written, so that each is looked at once.
    written: Interner,
    numbers: Vec<u32>,
}

impl<'n> Numbering<'n> {
    pub(super) fn new(names: &'n mut Names, encoding: Encoding) -> Self {
        let known = names.0.iter().map(|name| folded(name)).zip(0..).collect();
        Self { names, encoding, known, written: Interner::default(), numbers: Vec::new() }
    }

    /// The numbers of some names.
    pub(super) fn numbers(&mut self, names: &[Box<[u8]>]) -> Vec<u32> {
        names.iter().map(|name| self.number(name)).collect()
    }

    fn number(&mut self, written: &[u8]) -> u32 {
        let place = self.written.number(written) as usize;
        if let Some(number) = self.numbers.get(place) {
            return *number;
        }
        let name = decode(written, self.encoding);
        let next = u32::try_from(self.names.0.len()).unwrap_or(u32::MAX);
        let number = *self.known.entry(folded(&name)).or_insert_with(|| {
            self.names.0.push(name.into_owned());
            next
        });
        self.numbers.push(number);
        number
    }
}
