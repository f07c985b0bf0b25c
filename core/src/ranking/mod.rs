//! What people put first: rankings, complete or of the first few, with ties.
//!
//! | question | method | where |
//! |---|---|---|
//! | how often each is put first | share first | [`first()`] |
//! | how high each is put | Borda count | [`borda()`] |
//! | how much each would be chosen among all | Plackett–Luce | [`plackett_luce()`] |
//! | which can be told apart | sign test of each pair, Holm | [`told_apart`] |
//!
//! Every person counts once and alike.

pub mod apart;
pub mod borda;
pub mod first;
mod no_ranking;
pub mod plackett_luce;

pub use apart::{Apart, told_apart};
pub use borda::{Borda, borda};
pub use first::first;
pub use no_ranking::NoRanking;
pub use plackett_luce::{PlackettLuce, plackett_luce};

/// One person's ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// Items by place, the best first; several at one place are tied.
    pub places: Vec<Vec<usize>>,
    /// What is meant by an item that is not named.
    pub rest: Rest,
}

/// What is meant by an item that a ranking does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It was there to choose and comes after those that are named: "choose the three most important".
    Below,
    /// It was not there to choose.
    Absent,
}

/// Rankings of the same items, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rankings {
    items: usize,
    list: Vec<Ranking>,
}

impl Rankings {
    /// Rankings of items numbered from 0. Rankings that name nothing say nothing and are left out.
    ///
    /// # Errors
    ///
    /// [`NoRanking::TooFewItems`] below two, [`NoRanking::UnknownItem`], [`NoRanking::ItemTwice`],
    /// [`NoRanking::NoAnswers`].
    ///
    /// # Example
    ///
    /// ```
    /// use bygdepuls_core::ranking::{NoRanking, Ranking, Rankings};
    /// assert!(Rankings::new(3, vec![Ranking::best(&[2, 0])]).is_ok());
    /// let twice = Rankings::new(3, vec![Ranking::best(&[2, 2])]);
    /// assert_eq!(twice, Err(NoRanking::ItemTwice { ranking: 0, item: 2 }));
    /// ```
    pub fn new(items: usize, list: Vec<Ranking>) -> Result<Self, NoRanking> {
        if items < 2 {
            return Err(NoRanking::TooFewItems);
        }
        for (number, ranking) in list.iter().enumerate() {
            let mut seen = vec![false; items];
            for item in ranking.places.iter().flatten() {
                match seen.get_mut(*item) {
                    None => return Err(NoRanking::UnknownItem { ranking: number, item: *item }),
                    Some(true) => return Err(NoRanking::ItemTwice { ranking: number, item: *item }),
                    Some(seen) => *seen = true,
                }
            }
        }
        let named = |ranking: Ranking| Ranking {
            places: ranking.places.into_iter().filter(|place| !place.is_empty()).collect(),
            rest: ranking.rest,
        };
        let list: Vec<Ranking> = list.into_iter().map(named).filter(|ranking| !ranking.places.is_empty()).collect();
        if list.is_empty() {
            return Err(NoRanking::NoAnswers);
        }
        Ok(Self { items, list })
    }

    /// How many items.
    #[must_use]
    pub fn items(&self) -> usize {
        self.items
    }

    /// How many people ranked something.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.list.len() as u64
    }

    /// The rankings.
    #[must_use]
    pub fn list(&self) -> &[Ranking] {
        &self.list
    }
}

impl Ranking {
    /// The first few, the best first, without ties; all others come after them.
    #[must_use]
    pub fn best(items: &[usize]) -> Self {
        Self { places: items.iter().map(|item| vec![*item]).collect(), rest: Rest::Below }
    }

    /// For each item its place from 0, [`usize::MAX`] for those after the ones that are named; none where it was not there
    /// to choose.
    fn place_of(&self, items: usize) -> Vec<Option<usize>> {
        let unnamed = match self.rest {
            Rest::Below => Some(usize::MAX),
            Rest::Absent => None,
        };
        let mut places = vec![unnamed; items];
        for (place, tied) in self.places.iter().enumerate() {
            tied.iter().for_each(|item| places[*item] = Some(place));
        }
        places
    }
}
