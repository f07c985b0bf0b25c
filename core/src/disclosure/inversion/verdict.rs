//! What candidates prove together.

use super::Candidate;

/// What is proven of everybody, or of all but a few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alike {
    /// Nobody said yes.
    Nobody,
    /// Everybody said yes.
    Everybody,
    /// Everybody said the same, and it is not proven which.
    OneOfThem,
    /// Nobody beyond a coalition of this size said yes.
    NobodyBut(u64),
    /// Everybody beyond a coalition of this size said yes.
    EverybodyBut(u64),
}

/// What the candidates of a figure prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How many pairs fit.
    pub candidates: usize,
    /// x, where all agree on it.
    pub x: Option<u64>,
    /// n, where all agree on it.
    pub n: Option<u64>,
    /// Whether everybody, or everybody but a coalition, is proven to have answered alike.
    pub alike: Option<Alike>,
}

impl Verdict {
    /// What candidates prove to a coalition of `coalition` who tell each other their answers: 0 for an outsider, 1 for
    /// somebody who knows only the own answer. No candidates prove nothing.
    ///
    /// # Example
    ///
    /// ```
    /// use bygdepuls_core::disclosure::inversion::{Alike, Candidate, Verdict};
    /// // One of nine said yes. That one knows what the other eight said.
    /// let verdict = Verdict::of(&[Candidate { n: 9, x: 1 }], 1);
    /// assert_eq!((verdict.x, verdict.alike), (Some(1), Some(Alike::NobodyBut(1))));
    /// ```
    #[must_use]
    pub fn of(candidates: &[Candidate], coalition: u64) -> Self {
        let agreed = |value: fn(&Candidate) -> u64| {
            let first = candidates.first().map(value)?;
            candidates.iter().all(|one| value(one) == first).then_some(first)
        };
        let all = |is: &dyn Fn(&Candidate) -> bool| !candidates.is_empty() && candidates.iter().all(is);
        // A coalition that is the whole group learns nothing of others.
        let beyond = |one: &Candidate| one.n > coalition;
        let alike = if all(&|one| one.x == 0) {
            Some(Alike::Nobody)
        } else if all(&|one| one.x == one.n) {
            Some(Alike::Everybody)
        } else if all(&|one| one.x == 0 || one.x == one.n) {
            Some(Alike::OneOfThem)
        } else if all(&|one| beyond(one) && one.x <= coalition) {
            Some(Alike::NobodyBut(coalition))
        } else if all(&|one| beyond(one) && one.n - one.x <= coalition) {
            Some(Alike::EverybodyBut(coalition))
        } else {
            None
        };
        Self { candidates: candidates.len(), x: agreed(|one| one.x), n: agreed(|one| one.n), alike }
    }

    /// Whether the figure gives x away, or what everybody answered.
    #[must_use]
    pub const fn tells(&self) -> bool {
        self.x.is_some() || self.alike.is_some()
    }
}
