//! Which questions changed places.

/// The positions in `new` of those that moved, where `new` holds the old positions 0 … n − 1 in their new order: the fewest
/// that must move to make the one order of the other. Of equally few, those that stand at their old position stay. Two
/// neighbours that changed places have both moved.
pub(super) fn moved(new: &[usize]) -> Vec<usize> {
    // The heaviest ascending run: each weighs one, and one that stands where it stood a little more.
    let scale = new.len() + 1;
    let weight = |place: usize| scale + usize::from(new[place] == place);
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for place in 0..new.len() {
        let before = (0..place).filter(|before| new[*before] < new[place]);
        let before = before.max_by_key(|before| best[*before].0);
        best.push((weight(place) + before.map_or(0, |before| best[before].0), before));
    }
    let mut stays = vec![false; new.len()];
    let mut next = (0..new.len()).max_by_key(|place| best[*place].0);
    while let Some(place) = next {
        stays[place] = true;
        next = best[place].1;
    }
    let exchanged = |place: usize| {
        let pair = |first: usize| new.get(first..first + 2).is_some_and(|two| two == [first + 1, first]);
        pair(place) || place.checked_sub(1).is_some_and(pair)
    };
    (0..new.len()).filter(|place| !stays[*place] || exchanged(*place)).collect()
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn few_move() {
        assert_eq!(moved(&[0, 1, 2, 3]), [] as [usize; 0]);
        assert_eq!(moved(&[3, 0, 1, 2]), [0], "the last came first");
        assert_eq!(moved(&[1, 2, 3, 0]), [3]);
        assert_eq!(moved(&[2, 1, 0]), [0, 2], "the middle stays");
        assert_eq!(moved(&[0, 2, 1, 3]), [1, 2], "neighbours");
        assert_eq!(moved(&[]), [] as [usize; 0]);
    }
}
