//! A file in pieces, read and summed on all cores.

use crate::cores;
use bygdepuls_core::estimate::{BLOCK, Figures, Grouped, Plan, Question};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::Head;
use bygdepuls_core::read::block::{Block, Start};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Read};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The figures; `None` when the file or the question cannot be used at all.
pub(super) fn figures(
    name: &str,
    mut input: Box<dyn Read + Send>,
    length: Option<u64>,
    question: &Question,
    problems: &mut Problems,
) -> io::Result<Option<Figures>> {
    let Some((head, rest)) = head(name, &mut *input, problems)? else { return Ok(None) };
    let Some(plan) = Plan::new(name, head, question, problems) else { return Ok(None) };
    let pieces =
        Mutex::new(Pieces { input, rest, number: 0, ended: false, delimiter: plan.delimiter(), bar: bar(length) });
    let states = std::thread::scope(|scope| {
        let work = || work(&pieces, &plan);
        let others: Vec<_> = (1..cores::cores()).map(|_| scope.spawn(work)).collect();
        let mut states = vec![work()];
        states.extend(
            others.into_iter().map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))),
        );
        states
    });
    lock(&pieces).bar.finish_and_clear();
    let mut states = states.into_iter();
    let mut all = states.next().unwrap_or_else(|| Ok(Grouped::new(&plan)))?;
    for state in states {
        all.merge(state?);
    }
    Ok(all.figures_on(problems, |blocks, block| cores::workers().map(0..blocks, block)))
}

/// The head of the file and what was read after it. More than one block is read where the header is that long.
fn head(name: &str, input: &mut dyn Read, problems: &mut Problems) -> io::Result<Option<(Head, Vec<u8>)>> {
    let mut block = Vec::new();
    let mut filled = 0;
    loop {
        block.resize(BLOCK.max(2 * filled), 0);
        filled = fill(input, &mut block, filled)?;
        let whole = filled < block.len();
        match Start::find(name, &block[..filled], whole, problems) {
            Start::More => {}
            Start::Nothing => return Ok(None),
            Start::Head(head) => {
                block.truncate(filled);
                let rest = block.split_off(head.start);
                return Ok(Some((*head, rest)));
            }
        }
    }
}

/// Takes pieces until there are no more.
fn work<'a>(pieces: &Mutex<Pieces>, plan: &'a Plan) -> io::Result<Grouped<'a>> {
    let mut grouped = Grouped::new(plan);
    let mut buffer = Vec::new();
    loop {
        // The lock is held while a piece is read and cut, not while it is scanned.
        let piece = lock(pieces).next(&mut buffer)?;
        match piece {
            None => return Ok(grouped),
            Some(Piece { number, length, end: End::Whole { last } }) => grouped.piece(number, &buffer[..length], last),
            Some(Piece { number, length, end: End::TooLong }) => grouped.too_long(number, &buffer[..length]),
        }
    }
}

fn lock(pieces: &Mutex<Pieces>) -> MutexGuard<'_, Pieces> {
    pieces.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The file, cut into pieces of whole records.
struct Pieces {
    input: Box<dyn Read + Send>,
    /// What was read after the last whole record.
    rest: Vec<u8>,
    number: u64,
    ended: bool,
    delimiter: u8,
    bar: ProgressBar,
}

/// One of them, in the buffer that was given.
struct Piece {
    number: u64,
    length: usize,
    end: End,
}

enum End {
    /// Whole records; `last` when the file ends with them.
    Whole { last: bool },
    /// The beginning of a record beyond the limit.
    TooLong,
}

impl Pieces {
    fn next(&mut self, buffer: &mut Vec<u8>) -> io::Result<Option<Piece>> {
        if self.ended {
            return Ok(None);
        }
        let mut target = BLOCK.max(self.rest.len());
        if buffer.len() < target {
            buffer.resize(target, 0);
        }
        let mut filled = self.rest.len();
        buffer[..filled].copy_from_slice(&self.rest);
        self.rest.clear();
        let (length, end) = loop {
            let more = fill(&mut *self.input, &mut buffer[..target], filled)?;
            self.bar.inc((more - filled) as u64);
            filled = more;
            if filled < target {
                self.ended = true;
                break (filled, End::Whole { last: true });
            }
            match Block::of(&buffer[..filled], self.delimiter) {
                Block::Records(length) => break (length, End::Whole { last: false }),
                Block::TooLong => {
                    self.ended = true;
                    break (filled, End::TooLong);
                }
                Block::More => {}
            }
            target += BLOCK;
            buffer.resize(target.max(buffer.len()), 0);
        };
        self.rest.extend_from_slice(&buffer[length..filled]);
        self.number += 1;
        Ok(Some(Piece { number: self.number, length, end }))
    }
}

/// Reads until the buffer is full or the input ends; gives where it is filled to.
fn fill(input: &mut dyn Read, buffer: &mut [u8], mut filled: usize) -> io::Result<usize> {
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Progress on a terminal, for files that take longer than a moment.
fn bar(length: Option<u64>) -> ProgressBar {
    const LONG: u64 = 200 << 20;
    match length {
        Some(length) if length > LONG && io::stderr().is_terminal() => {
            let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}");
            ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        }
        _ => ProgressBar::hidden(),
    }
}
