//! Exact permutation test of a trend.

use super::NoResult;
use super::cochran_armitage::{Group, check};
use crate::compare::masses::Masses;
use std::collections::BTreeMap;

/// Exact two-sided p value of the trend of a share, given how many said yes in all.
///
/// # Formula
///
/// ```text
/// V = sum(x s);  every table with these n and this number of yes-answers weighs product of C(n, x)
/// p = P(|V - E V| >= |V seen - E V|)
/// ```
///
/// Scores are taken to nine decimals of the power of ten of their range, and V is then counted in whole numbers: ties
/// fall right. 1 if all gave the same answer.
///
/// # Errors
///
/// [`NoResult::NoVariance`] if all are at one score, [`NoResult::NoAnswers`], [`NoResult::MoreYesThanAnswers`],
/// [`NoResult::NotFinite`]; [`NoResult::TooLarge`] beyond thirty million steps: use
/// [`cochran_armitage`](super::cochran_armitage).
///
/// # Example
///
/// ```
/// use bygdepuls_core::hypothesis::{cochran_armitage::Group, exact_trend};
/// let groups = [(1.0, 0, 1), (2.0, 0, 1), (3.0, 1, 1)].map(|(score, x, n)| Group { score, x, n });
/// // One yes at 1, 2 or 3: the two ends are as far from the middle.
/// assert!((exact_trend::two_sided(&groups)? - 2.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// A. Agresti, *Categorical Data Analysis*, 3rd ed. 2013, section 3.5.7; C. R. Mehta, N. R. Patel, P. Senchaudhuri,
/// "Exact power and sample-size computations for the Cochran-Armitage trend test", Biometrics 54 (1998).
pub fn two_sided(groups: &[Group]) -> Result<f64, NoResult> {
    check(groups)?;
    let yes: u64 = groups.iter().map(|group| group.x).sum();
    let n: u64 = groups.iter().map(|group| group.n).sum();
    if yes == 0 || yes == n {
        return Ok(1.0);
    }
    let scores = whole(groups)?;
    let share = yes as f64 / n as f64;
    // By yes-answers so far and V so far; each group weighs as a binomial with the common share, which cancels.
    let mut states = BTreeMap::from([((0_u64, 0_i128), 1.0)]);
    for (group, score) in groups.iter().zip(&scores) {
        let masses = Masses::binomial(group.n, share)?;
        if states.len() as u64 * (group.n + 1) > MOST_STEPS {
            return Err(NoResult::TooLarge);
        }
        let mut next = BTreeMap::new();
        for ((so_far, v), weight) in &states {
            for (x, mass) in masses.iter().take_while(|(x, _)| so_far + x <= yes) {
                *next.entry((so_far + x, v + i128::from(x) * score)).or_insert(0.0) += weight * mass;
            }
        }
        states = next;
    }
    // Distance from the mean, times n.
    let mean: i128 = groups.iter().zip(&scores).map(|(group, score)| i128::from(group.n) * score).sum();
    let distance = |v: i128| (i128::from(n) * v - i128::from(yes) * mean).abs();
    let seen = distance(groups.iter().zip(&scores).map(|(group, score)| i128::from(group.x) * score).sum());
    let (mut far, mut near) = (0.0, 0.0);
    for ((so_far, v), weight) in states {
        if so_far == yes {
            *(if distance(v) >= seen { &mut far } else { &mut near }) += weight;
        }
    }
    Ok(far / (far + near))
}

/// How many combinations of a state and a group's answers are gone through at most.
const MOST_STEPS: u64 = 30_000_000;

/// Scores as whole numbers from the smallest.
fn whole(groups: &[Group]) -> Result<Vec<i128>, NoResult> {
    let smallest = groups.iter().map(|group| group.score).fold(f64::INFINITY, f64::min);
    let range = groups.iter().map(|group| group.score - smallest).fold(0.0, f64::max);
    let power = libm::pow(10.0, libm::floor(libm::log10(range)));
    if !(power.is_normal() && range.is_finite()) {
        return Err(NoResult::NoVariance);
    }
    #[expect(clippy::cast_possible_truncation, reason = "below 10^11")]
    let scores = groups.iter().map(|group| libm::round((group.score - smallest) / power * 1e9) as i128).collect();
    Ok(scores)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::TwoGroups;
    use crate::hypothesis::fisher_exact;

    fn groups(rows: &[(f64, u64, u64)]) -> Vec<Group> {
        rows.iter().map(|(score, x, n)| Group { score: *score, x: *x, n: *n }).collect()
    }

    #[test]
    fn two_equal_groups_are_fishers_test() {
        let p = two_sided(&groups(&[(2023.0, 3, 12), (2024.0, 8, 12)])).unwrap();
        let fisher = fisher_exact::test(&TwoGroups::new((3, 12), (8, 12)).unwrap()).unwrap();
        assert!((p - fisher.two_sided).abs() < 1e-14);
    }

    #[test]
    fn at_the_edges() {
        assert_eq!(two_sided(&groups(&[(1.0, 0, 5), (2.0, 0, 5)])), Ok(1.0));
        assert_eq!(two_sided(&groups(&[(1.0, 0, 5), (1.0, 1, 5)])), Err(NoResult::NoVariance));
        let large = groups(&[(1.0, 10_000, 20_000), (2.0, 10_000, 20_000), (3.3, 1, 20_000)]);
        assert_eq!(two_sided(&large), Err(NoResult::TooLarge));
        // Scores in tenths, not doubles' tenths: 0.1 + 0.3 is as far as 0.4.
        let tenths = groups(&[(0.1, 1, 3), (0.2, 1, 3), (0.3, 2, 3)]);
        let tens = groups(&[(1.0, 1, 3), (2.0, 1, 3), (3.0, 2, 3)]);
        assert_eq!(two_sided(&tenths), two_sided(&tens));
    }
}
