//! A file in pieces of whole lines or in given ranges, worked on by all cores.

use crate::cores;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of a piece: few enough to stay near the core that reads them.
const PIECE: u64 = 1 << 19;

/// Where bytes come from.
pub(super) enum Source {
    /// A file that can be read from any place.
    File { path: PathBuf, length: u64 },
    /// Standard input, or a pipe: read whole.
    Bytes(Vec<u8>),
}

impl Source {
    pub(super) fn open(name: &str) -> io::Result<Self> {
        let path = Path::new(name);
        if name != "-" {
            let about = std::fs::metadata(path)?;
            if about.is_file() {
                return Ok(Self::File { path: path.to_path_buf(), length: about.len() });
            }
        }
        let mut bytes = Vec::new();
        if name == "-" {
            io::stdin().read_to_end(&mut bytes)?;
        } else {
            File::open(path)?.read_to_end(&mut bytes)?;
        }
        Ok(Self::Bytes(bytes))
    }

    pub(super) fn length(&self) -> u64 {
        match self {
            Self::File { length, .. } => *length,
            Self::Bytes(bytes) => bytes.len() as u64,
        }
    }

    /// A reader of its own for each worker.
    fn reader(&self) -> io::Result<Reader<'_>> {
        Ok(match self {
            Self::File { path, .. } => Reader::File(File::open(path)?),
            Self::Bytes(bytes) => Reader::Bytes(bytes),
        })
    }

    /// The first bytes, as many as there are.
    pub(super) fn first(&self, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.reader()?.read(0..most.min(self.length()), &mut bytes)?;
        Ok(bytes)
    }

    /// Works on ranges of the file, each in one state, on all cores; `each` gets the number of the range and its bytes.
    pub(super) fn ranges<S: Send>(
        &self,
        count: u64,
        place: impl Fn(u64) -> Range<u64> + Sync,
        make: impl Fn() -> S + Sync,
        each: impl Fn(&mut S, u64, &[u8]) + Sync,
    ) -> io::Result<Vec<S>> {
        self.work(count, make, |state, reader, number, buffer| {
            reader.read(place(number), buffer)?;
            each(state, number, buffer);
            Ok(())
        })
    }

    /// Works on pieces of whole lines from `start` on.
    pub(super) fn lines<S: Send>(
        &self,
        start: u64,
        make: impl Fn() -> S + Sync,
        each: impl Fn(&mut S, u64, &[u8]) + Sync,
    ) -> io::Result<Vec<S>> {
        let length = self.length();
        let count = length.saturating_sub(start).div_ceil(PIECE);
        self.work(count, make, |state, reader, number, buffer| {
            let begin = start + number * PIECE;
            let end = (begin + PIECE).min(length);
            // A piece begins after the first line end at or after the byte before it, and ends at the first such place of
            // the next one.
            let from = begin.saturating_sub(u64::from(number > 0));
            let mut margin = 256;
            loop {
                let to = (end + margin).min(length);
                reader.read(from..to, buffer)?;
                let line = |at: usize| buffer[at..].iter().position(|byte| *byte == b'\n').map(|found| at + found + 1);
                let first = if number > 0 { line(0) } else { Some(0) };
                let cut = usize::try_from(end - from).unwrap_or(buffer.len());
                let last = if end == length { Some(buffer.len()) } else { line(cut - 1) };
                match (first, last) {
                    (Some(first), Some(last)) => {
                        each(state, number, buffer.get(first..last).unwrap_or_default());
                        return Ok(());
                    }
                    _ if to == length => {
                        each(state, number, first.and_then(|first| buffer.get(first..)).unwrap_or_default());
                        return Ok(());
                    }
                    _ => margin *= 16,
                }
            }
        })
    }

    fn work<S: Send>(
        &self,
        count: u64,
        make: impl Fn() -> S + Sync,
        each: impl Fn(&mut S, &mut Reader<'_>, u64, &mut Vec<u8>) -> io::Result<()> + Sync,
    ) -> io::Result<Vec<S>> {
        let next = AtomicU64::new(0);
        let bar = bar(self.length(), count);
        let work = || -> io::Result<S> {
            let (mut state, mut reader, mut buffer) = (make(), self.reader()?, Vec::new());
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return Ok(state);
                }
                each(&mut state, &mut reader, number, &mut buffer)?;
                bar.inc(1);
            }
        };
        let workers = cores::cores();
        let workers = workers.min(usize::try_from(count).unwrap_or(workers)).max(1);
        let states = std::thread::scope(|scope| {
            let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
            let mut states = vec![work()];
            states.extend(
                others.into_iter().map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))),
            );
            states
        });
        bar.finish_and_clear();
        states.into_iter().collect()
    }
}

/// The sum of so many parts of a work, one on each core.
pub(super) fn parts(part: impl Fn(usize, usize) -> u64 + Sync) -> u64 {
    let workers = cores::workers();
    workers.map(0..workers.count, |one| part(one, workers.count)).into_iter().sum()
}

enum Reader<'a> {
    File(File),
    Bytes(&'a [u8]),
}

impl Reader<'_> {
    fn read(&mut self, range: Range<u64>, buffer: &mut Vec<u8>) -> io::Result<()> {
        let size = |number: u64| usize::try_from(number).map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory));
        let length = size(range.end - range.start)?;
        // Kept as large as it ever was: what is beyond is cut off, not cleared.
        if buffer.len() < length {
            buffer.resize(length, 0);
        }
        buffer.truncate(length);
        match self {
            Self::File(file) => {
                file.seek(SeekFrom::Start(range.start))?;
                file.read_exact(buffer)
            }
            Self::Bytes(bytes) => {
                let bytes = bytes.get(size(range.start)?..size(range.end)?).ok_or(io::ErrorKind::UnexpectedEof)?;
                buffer.copy_from_slice(bytes);
                Ok(())
            }
        }
    }
}

/// Progress on a terminal, for files that take longer than a moment.
fn bar(length: u64, count: u64) -> ProgressBar {
    const LONG: u64 = 200 << 20;
    if length <= LONG || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {percent} % {eta}");
    ProgressBar::new(count).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_in_one_piece() {
        let mut text = Vec::new();
        for number in 0..300_000 {
            text.extend_from_slice(format!("{number},{}\n", number * 7).as_bytes());
        }
        text.extend_from_slice(b"last");
        let source = Source::Bytes(text.clone());
        let states = source.lines(3, Vec::new, |state: &mut Vec<(u64, Vec<u8>)>, number, bytes| {
            state.push((number, bytes.to_vec()));
        });
        let mut pieces: Vec<(u64, Vec<u8>)> = states.unwrap().into_iter().flatten().collect();
        pieces.sort();
        assert!(pieces.len() > 3 && pieces[..3].iter().all(|(_, bytes)| bytes.ends_with(b"\n")));
        let joined: Vec<u8> = pieces.into_iter().flat_map(|(_, bytes)| bytes).collect();
        assert!(joined == text[3..]);
        let long = Source::Bytes(vec![b'x'; 3 << 19]);
        let states = long.lines(0, || 0, |state, _, bytes| *state += bytes.len()).unwrap();
        assert_eq!(states.into_iter().sum::<usize>(), 3 << 19);
    }
}
