//! A file that is read block by block: whether enough of it is there.

use super::problem::RECORD_LIMIT;
use super::{Head, ReadProblem, scan};
use crate::problem::{Problem, Problems};

/// What the first block of a file holds.
#[derive(Clone, Debug)]
pub enum Start {
    /// The header, whole.
    Head(Box<Head>),
    /// Too little of it: the block is to be longer.
    More,
    /// No header that can be read.
    Nothing,
}

impl Start {
    /// Looks for the header; `whole` when the block is all of the file. Problems are added once there is enough of it.
    pub fn find(file: &str, block: &[u8], whole: bool, problems: &mut Problems) -> Self {
        let small = block.len() <= RECORD_LIMIT;
        if !whole && small && !block.contains(&b'\n') {
            return Self::More;
        }
        let mut found = Problems::new();
        let head = Head::find(file, block, whole, &mut found);
        // Up to its last byte the header may be cut.
        let cut = !whole && head.as_ref().is_none_or(|head| head.start >= block.len());
        if cut && small {
            return Self::More;
        }
        if cut && head.is_some() {
            problems.push(Problem::error(file, ReadProblem::RecordTooLong).line(1));
            return Self::Nothing;
        }
        found.list().iter().for_each(|problem| problems.push(problem.clone()));
        head.map_or(Self::Nothing, |head| Self::Head(Box::new(head)))
    }
}

/// What a later block holds, from a start of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// Whole records, up to here.
    Records(usize),
    /// The start of one: the block is to be longer.
    More,
    /// The start of one beyond the limit.
    TooLong,
}

impl Block {
    /// Looks for the end of the last whole record.
    #[must_use]
    pub fn of(bytes: &[u8], delimiter: u8) -> Self {
        match scan::cut(bytes, delimiter) {
            Some(length) => Self::Records(length),
            None if bytes.len() > RECORD_LIMIT => Self::TooLong,
            None => Self::More,
        }
    }
}
