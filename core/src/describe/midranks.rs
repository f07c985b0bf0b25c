//! Ranks, with the mean of their ranks for those that are tied.

/// Twice the midrank of each value, a whole number. The values must be finite.
pub(crate) fn doubled(values: &[f64]) -> Vec<u64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0; values.len()];
    let mut start = 0;
    // `==` also ties 0 with −0, which lie next to each other.
    for tied in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let end = start + tied.len();
        for index in tied {
            ranks[*index] = (start + 1 + end) as u64;
        }
        start = end;
    }
    ranks
}

/// The midrank of each value.
pub(crate) fn midranks(values: &[f64]) -> Vec<f64> {
    doubled(values).into_iter().map(|rank| 0.5 * crate::compare::real(rank)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_their_ranks() {
        assert_eq!(midranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
        assert_eq!(midranks(&[0.0, -0.0, 5.0]), [1.5, 1.5, 3.0]);
        assert_eq!(midranks(&[]), [0.0; 0]);
    }
}
