//! Parts of a work on all cores.

use bygdepuls_core::work::Workers;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{available_parallelism, scope};

/// As many workers as there are cores.
pub(crate) fn workers() -> Workers {
    Workers { count: cores(), run }
}

/// How many cores there are.
pub(crate) fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// Whoever is free takes the next part.
fn run(parts: usize, part: &(dyn Fn(usize) + Sync)) {
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= parts {
                return;
            }
            part(number);
        }
    };
    scope(|scope| {
        let others: Vec<_> = (1..cores().min(parts)).map(|_| scope.spawn(work)).collect();
        work();
        for other in others {
            other.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    });
}

/// How much of a large file is read at a time.
const BLOCK: usize = 1 << 22;

/// A whole file; a large one is read in blocks.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let about = std::fs::metadata(path)?;
    let length = usize::try_from(about.len()).unwrap_or(0);
    if !about.is_file() || length <= BLOCK {
        return std::fs::read(path);
    }
    let mut bytes = vec![0; length];
    let blocks = (0_u64..).step_by(BLOCK).zip(bytes.chunks_mut(BLOCK));
    let done = workers().map(blocks, |(start, block)| {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(block)
    });
    match done.into_iter().collect::<io::Result<()>>() {
        Ok(()) => Ok(bytes),
        // Somebody writes to it.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => std::fs::read(path),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::{read, workers};
    use std::io::Write;

    #[test]
    fn a_file_in_blocks_is_the_file() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let bytes: Vec<u8> =
            (0..super::BLOCK as u64 * 2 + 7).map(|number| (number * number).to_le_bytes()[1]).collect();
        file.write_all(&bytes).unwrap();
        assert!(read(file.path()).unwrap() == bytes);
        assert!(read(std::path::Path::new("/nowhere")).is_err());
    }

    #[test]
    fn every_part_is_done_once_and_stands_in_its_place() {
        let done = workers().map(0..1000_u32, |number| number * 2);
        assert_eq!(done, (0..1000).map(|number| number * 2).collect::<Vec<_>>());
        assert!(workers().map(0..0_u32, |number| number).is_empty());
    }
}
