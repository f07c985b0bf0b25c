//! People by time, counted once for all curves.

use super::{CompetingEnds, KaplanMeier, NoCurve, Spell, competing, kaplan_meier};

/// How many ended, how, and how many were last seen, at each distinct time by rising time.
///
/// # Example
///
/// ```
/// use bygdepuls_core::survival::{Moments, NoCurve};
/// // Two ended and one was last seen after 3 days; 10 ended after 5.
/// let moments = Moments::counted(1, [(3.0, vec![2], 1), (5.0, vec![10], 0)])?;
/// assert_eq!(moments.kaplan_meier().at(3.0)?.survival, 11.0 / 13.0);
/// # Ok::<(), NoCurve>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    pub(super) list: Vec<Moment>,
    pub(super) kinds: usize,
}

/// The people at one time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moment {
    pub(super) time: f64,
    /// Followed until this time or longer.
    pub(super) at_risk: u64,
    /// How many for whom each end came.
    pub(super) ends: Vec<u64>,
    pub(super) censored: u64,
}

impl Moments {
    /// The distinct times of people, with so many kinds of ends.
    ///
    /// # Errors
    ///
    /// [`NoCurve::Nobody`], [`NoCurve::NotATime`], [`NoCurve::UnknownEnd`].
    pub fn of(spells: &[Spell], kinds: usize) -> Result<Self, NoCurve> {
        if let Some(person) = spells.iter().position(|spell| !(spell.time.is_finite() && spell.time >= 0.0)) {
            return Err(NoCurve::NotATime { person });
        }
        if let Some(person) = spells.iter().position(|spell| spell.end.is_some_and(|end| end >= kinds)) {
            return Err(NoCurve::UnknownEnd { person });
        }
        let mut order: Vec<&Spell> = spells.iter().collect();
        order.sort_by(|a, b| a.time.total_cmp(&b.time));
        let count = |group: &[&Spell]| {
            let (mut ends, mut censored) = (vec![0; kinds], 0);
            for spell in group {
                *spell.end.map_or(&mut censored, |end| &mut ends[end]) += 1;
            }
            (group[0].time, ends, censored)
        };
        Self::counted(kinds, order.chunk_by(|a, b| a.time == b.time).map(count))
    }

    /// Times with how many ended in each way and how many were last seen; times rise, and those of nobody are left out.
    ///
    /// # Errors
    ///
    /// [`NoCurve::Nobody`]; [`NoCurve::NotATime`] and [`NoCurve::UnknownEnd`] with the position of the time.
    pub fn counted(kinds: usize, times: impl IntoIterator<Item = (f64, Vec<u64>, u64)>) -> Result<Self, NoCurve> {
        let mut list: Vec<Moment> = Vec::new();
        for (person, (time, ends, censored)) in times.into_iter().enumerate() {
            let rises = list.last().is_none_or(|last| last.time < time);
            if !(time.is_finite() && time >= 0.0 && rises) {
                return Err(NoCurve::NotATime { person });
            }
            if ends.len() != kinds {
                return Err(NoCurve::UnknownEnd { person });
            }
            if censored + ends.iter().sum::<u64>() > 0 {
                list.push(Moment { time, at_risk: 0, ends, censored });
            }
        }
        let mut at_risk = 0;
        for moment in list.iter_mut().rev() {
            at_risk += moment.censored + moment.ends.iter().sum::<u64>();
            moment.at_risk = at_risk;
        }
        if list.is_empty() { Err(NoCurve::Nobody) } else { Ok(Self { list, kinds }) }
    }

    /// The same people where only one end counts and who came to another was last seen then.
    #[must_use]
    pub fn only(&self, kind: usize) -> Self {
        let one = |moment: &Moment| {
            let own = moment.ends.get(kind).copied().unwrap_or_default();
            let others = moment.ends.iter().sum::<u64>() - own;
            Moment { ends: vec![own], censored: moment.censored + others, ..*moment }
        };
        Self { list: self.list.iter().map(one).collect(), kinds: 1 }
    }

    /// How many people.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.list.first().map_or(0, |first| first.at_risk)
    }

    /// The product-limit estimate, any end alike: see [`kaplan_meier()`].
    #[must_use]
    pub fn kaplan_meier(&self) -> KaplanMeier {
        kaplan_meier::curve(self)
    }

    /// The share for whom each end has come, at every time: see [`competing()`].
    #[must_use]
    pub fn competing(&self) -> CompetingEnds {
        competing::shares(self, 0..self.list.len())
    }

    /// The same at one time: the last step up to it; none before the first.
    ///
    /// # Errors
    ///
    /// [`NoCurve::NotFollowed`] beyond the last time at which anybody was seen, unless no one is left.
    pub fn competing_at(&self, time: f64) -> Result<Option<competing::Step>, NoCurve> {
        let place = self.list.partition_point(|moment| moment.time <= time);
        let last = place.saturating_sub(1);
        let shares = competing::shares(self, last..place);
        let beyond = self.list.last().is_some_and(|last| time > last.time);
        if beyond && shares.steps.last().is_some_and(|step| step.survival > 0.0) {
            return Err(NoCurve::NotFollowed);
        }
        Ok(shares.steps.into_iter().next())
    }
}
