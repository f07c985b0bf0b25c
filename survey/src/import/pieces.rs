//! Pieces of a file, worked on by all cores and handed back in order.

use std::panic::resume_unwind;
use std::thread::scope;

/// Pieces from `next` are worked on, one by each worker at a time; what comes of them goes to `add`, in order. The next ones
/// are read while they are worked on, so that there are never more than two for each worker.
pub(super) fn in_order<S, W: Send, P: Send, M: Send, E>(
    state: &mut S,
    workers: &mut [W],
    mut next: impl FnMut(&mut S) -> Result<Option<P>, E>,
    work: impl Fn(&mut W, P) -> M + Sync,
    mut add: impl FnMut(&mut S, M) -> Result<(), E>,
) -> Result<(), E> {
    let most = workers.len();
    let mut some = |state: &mut S| -> Result<Vec<P>, E> {
        let mut pieces = Vec::with_capacity(most);
        while pieces.len() < most
            && let Some(piece) = next(state)?
        {
            pieces.push(piece);
        }
        Ok(pieces)
    };
    let mut pieces = some(state)?;
    while !pieces.is_empty() {
        let (made, following) = scope(|scope| {
            let work = &work;
            let pairs = workers.iter_mut().zip(pieces);
            let threads: Vec<_> = pairs.map(|(worker, piece)| scope.spawn(move || work(worker, piece))).collect();
            let following = some(state);
            let joined = threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
            (joined.collect::<Vec<M>>(), following)
        });
        for made in made {
            add(state, made)?;
        }
        pieces = following?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_comes_in_order() {
        let mut numbers = (0..100_u32, Vec::new());
        let mut workers = [0_u32; 3];
        let next = |state: &mut (std::ops::Range<u32>, Vec<u32>)| Ok::<_, ()>(state.0.next());
        let work = |worker: &mut u32, number: u32| {
            *worker += 1;
            number * 2
        };
        in_order(&mut numbers, &mut workers, next, work, |state, made| {
            state.1.push(made);
            Ok(())
        })
        .unwrap();
        assert_eq!(numbers.1, (0..100).map(|number| number * 2).collect::<Vec<_>>());
        assert_eq!(workers.iter().sum::<u32>(), 100);
        let failed =
            in_order(&mut (), &mut [()], |()| Err::<Option<u32>, _>("cannot be read"), |(), _| (), |(), ()| Ok(()));
        assert_eq!(failed, Err("cannot be read"));
    }
}
