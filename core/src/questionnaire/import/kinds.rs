//! What each question got: answers, and which kind of missing, counted by the row.

use super::dictionary::{Dictionary, Kind};
use super::report::Kinds;
use super::tally::Tally;
use crate::read::Missing;

/// Counts by variable: [`Slot`]s, then one per choice, or one for anything else.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    counts: Vec<u64>,
    /// Where each variable begins.
    starts: Vec<usize>,
    answered_not_asked: Vec<Tally>,
}

/// Kinds of missing.
enum Slot {
    NotAsked,
    Undetermined,
    NoAnswer,
    BreakOff,
}

const SLOTS: usize = 4;

impl Counts {
    pub(super) fn new(dictionary: &Dictionary) -> Self {
        let mut starts = vec![0];
        for (place, variable) in dictionary.variables.iter().enumerate() {
            let states = if variable.kind == Kind::One { dictionary.list(place).codes.len() } else { 1 };
            starts.push(starts[place] + SLOTS + states);
        }
        let variables = dictionary.variables.len();
        let counts = vec![0; starts[variables]];
        Self { counts, starts, answered_not_asked: vec![Tally::default(); variables] }
    }

    /// Counts variables that are put to the same people, in one row. `states` are 0 for an empty cell, else the choice plus
    /// one; `asked` is not known where what decides is not in the export; from `broken_off` on nothing was answered, and the
    /// form was not sent in.
    #[inline]
    pub(super) fn add(
        &mut self,
        variables: &[usize],
        states: &[u16],
        asked: Option<bool>,
        broken_off: usize,
        line: u64,
    ) {
        let (blank, late) = match asked {
            Some(false) => (Slot::NotAsked, Slot::NotAsked),
            None => (Slot::Undetermined, Slot::Undetermined),
            Some(true) => (Slot::NoAnswer, Slot::BreakOff),
        };
        let (blank, late) = (blank as usize, late as usize);
        for variable in variables {
            let state = usize::from(states[*variable]);
            // Whether somebody answered cannot be foreseen: nothing branches on it.
            let missing = if *variable >= broken_off { late } else { blank };
            let slot = if state > 0 { SLOTS - 1 + state } else { missing };
            self.counts[self.starts[*variable] + slot] += 1;
        }
        if asked == Some(false) {
            for variable in variables.iter().filter(|variable| states[**variable] > 0) {
                self.answered_not_asked[*variable].add(line);
            }
        }
    }

    /// Adds these to what was counted before.
    pub(super) fn add_to(&self, kinds: &mut [Kinds], dictionary: &Dictionary) {
        for (place, (kinds, variable)) in kinds.iter_mut().zip(&dictionary.variables).enumerate() {
            let (slots, answers) = self.counts[self.starts[place]..self.starts[place + 1]].split_at(SLOTS);
            if !variable.question {
                kinds.answered += answers.iter().sum::<u64>();
                kinds.blank += slots.iter().sum::<u64>();
                continue;
            }
            for (choice, count) in answers.iter().enumerate() {
                let missing = match variable.kind {
                    Kind::One => dictionary.list(place).missing[choice],
                    _ => None,
                };
                match missing {
                    Some(Missing::DontKnow) => kinds.dont_know += count,
                    Some(_) => kinds.refused += count,
                    None => kinds.answered += count,
                }
            }
            kinds.not_asked += slots[Slot::NotAsked as usize];
            kinds.undetermined += slots[Slot::Undetermined as usize];
            kinds.no_answer += slots[Slot::NoAnswer as usize];
            kinds.break_off += slots[Slot::BreakOff as usize];
            kinds.answered_not_asked.append(&self.answered_not_asked[place]);
        }
    }
}
