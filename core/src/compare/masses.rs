//! Probabilities of a count, each with its own digits: binomial, hypergeometric, and sums of independent counts.
//!
//! Every mass is found from the next by the ratio of the two, from the mode outwards: masses far out keep their relative
//! precision down to 1e-300 of the largest one.

use super::{NoResult, TwoGroups, real};

/// A distribution on `first, first + 1, …`.
#[derive(Clone, Debug)]
pub(crate) struct Masses {
    first: u64,
    mass: Vec<f64>,
}

/// Masses within this relative distance count as equal: what is the same in theory differs in the last digits.
const TIE: f64 = 1e-7;
/// The widest support that is held in memory.
const WIDEST: u64 = 1 << 24;

impl Masses {
    /// Binomial: n trials with probability p.
    pub(crate) fn binomial(n: u64, p: f64) -> Result<Self, NoResult> {
        if !(0.0..=1.0).contains(&p) {
            return Err(NoResult::NotAProbability);
        }
        if p == 0.0 || p == 1.0 {
            return Ok(Self { first: if p == 0.0 { 0 } else { n }, mass: vec![1.0] });
        }
        let odds = p / (1.0 - p);
        Self::from_ratios(0, n, |k| real(n - k) * odds / real(k + 1))
    }

    /// The yes-answers of the first group, given all yes-answers: hypergeometric, tilted by an odds ratio.
    pub(crate) fn conditional(groups: &TwoGroups, odds_ratio: f64) -> Result<Self, NoResult> {
        let yes = groups.x1 + groups.x2;
        let first = yes.saturating_sub(groups.n2);
        let last = groups.n1.min(yes);
        // yes - k <= n2 holds for k >= first, so that nothing is negative.
        Self::from_ratios(first, last, |k| {
            odds_ratio * (real(groups.n1 - k) / real(k + 1)) * (real(yes - k) / real(groups.n2 + k + 1 - yes))
        })
    }

    /// From the ratio of the mass at k + 1 to that at k, which falls in k.
    fn from_ratios(first: u64, last: u64, ratio: impl Fn(u64) -> f64) -> Result<Self, NoResult> {
        if last - first >= WIDEST {
            return Err(NoResult::TooLarge);
        }
        let (mut low, mut high) = (first, last);
        while low < high {
            let middle = low + (high - low) / 2;
            if ratio(middle) > 1.0 {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mode = low;
        let mut below: Vec<f64> = Vec::new();
        let mut mass = 1.0;
        for k in (first..mode).rev() {
            mass /= ratio(k);
            below.push(mass);
        }
        below.reverse();
        below.push(1.0);
        mass = 1.0;
        for k in mode..last {
            mass *= ratio(k);
            below.push(mass);
        }
        Ok(Self { first, mass: below }.normalised())
    }

    fn normalised(mut self) -> Self {
        let whole: f64 = self.mass.iter().sum();
        self.mass.iter_mut().for_each(|mass| *mass /= whole);
        self
    }

    /// The distribution of the sum of two independent counts.
    pub(crate) fn plus(&self, other: &Self) -> Result<Self, NoResult> {
        let (width, others) = (self.mass.len() as u64, other.mass.len() as u64);
        if width + others > WIDEST || width * others > 1 << 32 {
            return Err(NoResult::TooLarge);
        }
        let mut mass = vec![0.0; self.mass.len() + other.mass.len() - 1];
        for (i, a) in self.mass.iter().enumerate() {
            for (j, b) in other.mass.iter().enumerate() {
                mass[i + j] += a * b;
            }
        }
        Ok(Self { first: self.first + other.first, mass })
    }

    /// Each count with its probability.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (u64, f64)> {
        self.mass.iter().enumerate().map(|(index, mass)| (self.first + index as u64, *mass))
    }

    /// Whether only one count is possible.
    pub(crate) fn is_certain(&self) -> bool {
        self.mass.len() == 1
    }

    /// The smallest and the largest possible count.
    pub(crate) fn ends(&self) -> (u64, u64) {
        (self.first, self.first + self.mass.len() as u64 - 1)
    }

    /// P(X = k).
    pub(crate) fn at(&self, k: u64) -> f64 {
        k.checked_sub(self.first)
            .and_then(|index| usize::try_from(index).ok())
            .and_then(|index| self.mass.get(index).copied())
            .unwrap_or(0.0)
    }

    /// P(X <= k), added from the far end.
    pub(crate) fn lower_tail(&self, k: u64) -> f64 {
        self.iter().take_while(|(count, _)| *count <= k).map(|(_, mass)| mass).sum::<f64>().min(1.0)
    }

    /// P(X >= k), added from the far end.
    pub(crate) fn upper_tail(&self, k: u64) -> f64 {
        self.iter().rev().take_while(|(count, _)| *count >= k).map(|(_, mass)| mass).sum::<f64>().min(1.0)
    }

    /// The probability of all counts that are not more probable than k: the two-sided exact p value.
    pub(crate) fn not_likelier(&self, k: u64) -> f64 {
        self.up_to(self.at(k) * (1.0 + TIE))
    }

    /// As [`not_likelier`](Self::not_likelier), with half of those that are as probable as k: the mid-p value.
    pub(crate) fn mid_p(&self, k: u64) -> f64 {
        0.5 * (self.up_to(self.at(k) * (1.0 - TIE)) + self.up_to(self.at(k) * (1.0 + TIE)))
    }

    /// The mean.
    pub(crate) fn mean(&self) -> f64 {
        self.iter().map(|(k, mass)| real(k) * mass).sum()
    }

    /// The probability of all counts whose own is at most `bound`. All these masses rise to one mode and fall
    /// from it (sums of independent ones do too): such counts lie at both ends, where the masses are added from.
    fn up_to(&self, bound: f64) -> f64 {
        if self.mass.iter().all(|mass| *mass <= bound) {
            return 1.0;
        }
        let tail = |mass: &&f64| **mass <= bound;
        let lower: f64 = self.mass.iter().take_while(tail).sum();
        let upper: f64 = self.mass.iter().rev().take_while(tail).sum();
        (lower + upper).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_by_hand() {
        // Four throws of a coin: 1 4 6 4 1 of 16.
        let coin = Masses::binomial(4, 0.5).unwrap();
        assert_eq!(coin.iter().map(|(_, mass)| 16.0 * mass).collect::<Vec<_>>(), [1.0, 4.0, 6.0, 4.0, 1.0]);
        assert_eq!((coin.lower_tail(1), coin.upper_tail(3), coin.mean()), (5.0 / 16.0, 5.0 / 16.0, 2.0));
        assert_eq!((coin.not_likelier(1), coin.mid_p(1), coin.not_likelier(2)), (10.0 / 16.0, 6.0 / 16.0, 1.0));
        // Two yes among 2 + 3 people: C(2,k) C(3,2-k) = 3, 6, 1 of 10.
        let groups = TwoGroups::new((0, 2), (2, 3)).unwrap();
        let given = Masses::conditional(&groups, 1.0).unwrap();
        assert!((given.at(1) - 0.6).abs() < 1e-15 && given.ends() == (0, 2) && !given.is_certain());
    }

    #[test]
    fn far_out_digits_are_kept() {
        // 2^-1000 is the chance of 1000 heads.
        let coin = Masses::binomial(1000, 0.5).unwrap();
        let exact = libm::exp2(-1000.0);
        assert!((coin.upper_tail(1000) / exact - 1.0).abs() < 1e-12);
        assert_eq!(Masses::binomial(3, 0.0).unwrap().at(0), 1.0);
        assert_eq!(Masses::binomial(3, 1.0).unwrap().at(2), 0.0);
        assert_eq!(Masses::binomial(3, f64::NAN).unwrap_err(), NoResult::NotAProbability);
        assert_eq!(Masses::binomial(1 << 30, 0.5).unwrap_err(), NoResult::TooLarge);
    }

    #[test]
    fn a_sum_of_counts() {
        let coin = Masses::binomial(2, 0.5).unwrap();
        let sum = coin.plus(&coin).unwrap();
        assert_eq!(sum.iter().map(|(_, mass)| 16.0 * mass).collect::<Vec<_>>(), [1.0, 4.0, 6.0, 4.0, 1.0]);
    }
}
