//! Pieces of a file, worked on by all cores and handed back in order.

use std::sync::mpsc::channel;
use std::thread::scope;

/// Pieces from `next` are worked on, by the workers in turn; what comes of them goes to `add`, in order. Each worker is given
/// three pieces more than it works on, so that none waits while others are read or added, and never more.
pub(super) fn in_order<S, W: Send, P: Send, M: Send, E>(
    state: &mut S,
    workers: &mut [W],
    mut next: impl FnMut(&mut S) -> Result<Option<P>, E>,
    work: impl Fn(&mut W, P) -> M + Sync,
    mut add: impl FnMut(&mut S, M) -> Result<(), E>,
) -> Result<(), E> {
    scope(|scope| {
        let work = &work;
        let workers = workers.iter_mut().map(|worker| {
            let ((give, given), (made, take)) = (channel(), channel());
            // Until no more is given, or nobody takes what is made.
            scope.spawn(move || given.iter().try_for_each(|piece| made.send(work(&mut *worker, piece))));
            (give, take)
        });
        let workers: Vec<_> = workers.collect();
        let (mut given, mut taken, mut ended) = (0, 0, false);
        loop {
            while !ended && given < taken + 4 * workers.len() {
                match next(state)? {
                    // A worker that panicked takes nothing, and gives nothing.
                    Some(piece) => drop(workers[given % workers.len()].0.send(piece)),
                    None => ended = true,
                }
                given += usize::from(!ended);
            }
            if taken == given {
                return Ok(());
            }
            match workers[taken % workers.len()].1.recv() {
                Ok(made) => add(state, made)?,
                // It panicked, and so does the scope.
                Err(_) => return Ok(()),
            }
            taken += 1;
        }
    })
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
