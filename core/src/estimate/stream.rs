//! A file that arrives bit by bit.

use super::grouped::Resting;
use super::{Figures, Grouped, Plan, Question};
use crate::problem::Problems;
use crate::read::block::{Block, Start};

/// Bytes that are scanned at once: enough to find the delimiter in, few enough to stay in the cache.
pub const BLOCK: usize = 1 << 18;

/// An estimation on one thread of a file that is still being loaded. Whole records are scanned as soon as a block of them
/// is there. The figures and the problems are those of the whole file, however it arrives.
///
/// ```
/// use bygdepuls_core::{estimate::{Question, Statistic, Stream}, problem::Problems};
/// let question = Question { statistics: vec![Statistic::Mean { column: "y".into() }], ..Question::default() };
/// let mut stream = Stream::new("f.csv", question);
/// for bytes in ["y,", "w\n1,2\n3", ",1\n"] {
///     stream.push(bytes.as_bytes());
/// }
/// let figures = stream.finish(&mut Problems::new()).unwrap();
/// assert_eq!(figures.figure(0).estimate, Some(2.0));
/// ```
#[derive(Debug)]
pub struct Stream {
    file: String,
    question: Question,
    problems: Problems,
    /// What was not scanned yet, up to `filled`, and room up to its end.
    buffer: Vec<u8>,
    filled: usize,
    state: State,
}

#[derive(Debug)]
enum State {
    /// The header is not complete.
    Head,
    /// Records are counted.
    Records(Box<Open>),
    /// Nothing more is read; the figures there are, for the problems in them.
    Over(Option<Box<Open>>),
}

/// The plan, and what was counted over it.
#[derive(Debug)]
struct Open {
    plan: Plan,
    /// Always there between two pieces.
    counted: Option<Resting>,
    /// So many pieces.
    pieces: u64,
}

impl Open {
    fn new(plan: Plan) -> Self {
        let counted = Some(Grouped::new(&plan).rest());
        Self { plan, counted, pieces: 0 }
    }

    /// Counts the next piece: `count` gets the state and the number of the piece.
    fn next(&mut self, count: impl FnOnce(&mut Grouped<'_>, u64)) {
        if let Some(counted) = self.counted.take() {
            let mut grouped = counted.over(&self.plan);
            count(&mut grouped, self.pieces);
            self.counted = Some(grouped.rest());
            self.pieces += 1;
        }
    }

    fn figures(self, problems: &mut Problems) -> Option<Figures> {
        self.counted?.over(&self.plan).figures(problems)
    }
}

impl Stream {
    /// Nothing yet of a file; the name is for messages.
    #[must_use]
    pub fn new(file: &str, question: Question) -> Self {
        Self {
            file: file.into(),
            question,
            problems: Problems::new(),
            buffer: vec![0; BLOCK],
            filled: 0,
            state: State::Head,
        }
    }

    /// Takes the next bytes.
    pub fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = self.room();
            let length = room.len().min(bytes.len());
            room[..length].copy_from_slice(&bytes[..length]);
            self.filled(length);
            bytes = &bytes[length..];
        }
    }

    /// Where the next bytes may be written, which saves copying them; never empty.
    pub fn room(&mut self) -> &mut [u8] {
        &mut self.buffer[self.filled..]
    }

    /// Takes so many bytes, from the start of the room.
    pub fn filled(&mut self, length: usize) {
        self.filled += length;
        if self.filled >= self.buffer.len() {
            self.block();
        }
    }

    /// The figures, with all problems of the file; `None` when the file or the question cannot be used at all.
    pub fn finish(mut self, problems: &mut Problems) -> Option<Figures> {
        if matches!(self.state, State::Head) {
            self.head(true);
        }
        self.problems.list().iter().for_each(|problem| problems.push(problem.clone()));
        let open = match self.state {
            State::Records(mut open) => {
                open.next(|grouped, number| grouped.piece(number, &self.buffer[..self.filled], true));
                Some(open)
            }
            State::Over(open) => open,
            State::Head => None,
        };
        open.and_then(|open| open.figures(problems))
    }

    /// Takes what it can of a full buffer, and makes room.
    fn block(&mut self) {
        if matches!(self.state, State::Head) {
            self.head(false);
        }
        let mut over = false;
        match &mut self.state {
            State::Records(open) => {
                let block = &self.buffer[..self.filled];
                match Block::of(block, open.plan.delimiter()) {
                    Block::Records(length) => {
                        open.next(|grouped, number| grouped.piece(number, &block[..length], false));
                        self.keep(length);
                    }
                    Block::TooLong => {
                        open.next(|grouped, number| grouped.too_long(number, block));
                        over = true;
                    }
                    Block::More => {}
                }
            }
            State::Head => {}
            State::Over(_) => self.filled = 0,
        }
        if over && let State::Records(open) = std::mem::replace(&mut self.state, State::Over(None)) {
            (self.state, self.filled) = (State::Over(Some(open)), 0);
        }
        let room = if self.filled < BLOCK { BLOCK } else { self.filled + BLOCK };
        self.buffer.resize(room, 0);
    }

    /// Looks for the header and for the columns in it.
    fn head(&mut self, whole: bool) {
        let start = Start::find(&self.file, &self.buffer[..self.filled], whole, &mut self.problems);
        let head = match start {
            Start::More => return,
            Start::Nothing => return self.state = State::Over(None),
            Start::Head(head) => *head,
        };
        self.state = State::Over(None);
        let start = head.start;
        if let Some(plan) = Plan::new(&self.file, head, &self.question, &mut self.problems) {
            self.state = State::Records(Box::new(Open::new(plan)));
            self.keep(start);
        }
    }

    /// Moves what follows the place to the start of the buffer.
    fn keep(&mut self, from: usize) {
        self.buffer.copy_within(from..self.filled, 0);
        self.filled -= from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::DesignQuestion;
    use crate::estimate::Statistic;
    use crate::problem::Problem;
    use crate::read::problem::RECORD_LIMIT;
    use proptest::prelude::*;

    /// The figures as debug text, and the problems with their places.
    fn estimated(pieces: &[&[u8]]) -> (Option<String>, Vec<String>) {
        let question = Question {
            statistics: vec![Statistic::Mean { column: "y".into() }],
            design: DesignQuestion { weights: Some("w".into()), ..DesignQuestion::default() },
            by: vec!["g".into()],
            ..Question::default()
        };
        let mut stream = Stream::new("f", question);
        pieces.iter().for_each(|piece| stream.push(piece));
        let mut problems = Problems::new();
        let figures = stream.finish(&mut problems).map(|figures| format!("{:?}", figures.iter().collect::<Vec<_>>()));
        let place = |problem: &Problem| {
            let column = problem.column.as_deref().unwrap_or_default();
            format!("{} {column} {}", problem.line.unwrap_or_default(), problem.what.code())
        };
        (figures, problems.list().iter().map(place).collect())
    }

    #[test]
    fn a_file_of_many_blocks_keeps_its_places() {
        let record = |number: usize| format!("town {},{},1,\"a\nb\"\n", number % 7, number / 7 % 10);
        let records: String = (0..140_000).map(record).collect();
        let file = format!("g,y,w,t\n{records}town 1,2,-1,x\ntown 1,2,1\n");
        assert!(file.len() > 8 * BLOCK);
        let wrong = ["280002 w negative-weight", "280003  too-few-fields"];
        for size in [1000, BLOCK - 1, BLOCK, BLOCK + 1, file.len()] {
            let pieces: Vec<_> = file.as_bytes().chunks(size).collect();
            assert_eq!(estimated(&pieces).1, wrong, "in pieces of {size}");
        }
    }

    #[test]
    fn what_is_too_long_is_refused_without_keeping_it() {
        let endless = vec![b'x'; BLOCK];
        let pieces = |start: &'static [u8]| [vec![start], vec![&endless[..]; 2 * RECORD_LIMIT / BLOCK]].concat();
        assert_eq!(estimated(&pieces(b"")), (None, vec!["1  field-too-long".to_owned()]));
        assert_eq!(estimated(&pieces(b"g,y,w\na,1,1\nb,2,x")).1, ["3 w field-too-long"]);
        assert_eq!(estimated(&[]), (None, vec!["1  empty-file".to_owned()]));
        assert_eq!(estimated(&[b"g,y\n"]).1, ["1 w missing-column"]);
    }

    proptest! {
        #[test]
        fn arrival_does_not_matter(bytes in prop::collection::vec(prop::sample::select(b"12,,\"\n\n\r;".to_vec()), 0..200), at in 0_usize..200) {
            let file = [b"g,y,w\n", &bytes[..]].concat();
            let (first, second) = file.split_at(at.min(file.len()));
            prop_assert_eq!(estimated(&[first, second]), estimated(&[&file]));
        }
    }
}
