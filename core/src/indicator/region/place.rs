//! The place of a municipality in its centrality class, as far as it is certain.

use super::figures::Figure;
use crate::distribution::normal;

/// How sure a place is.
const CONFIDENCE: f64 = 0.95;

/// A place, counted from the highest figure: the municipality is at least `from` and at most `to` of `of`. Where both are
/// the same the place is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The best place that it may have.
    pub from: usize,
    /// The last place that it may have.
    pub to: usize,
    /// How many there are in its class with a figure.
    pub of: usize,
}

/// The place of a municipality among those of its class, itself included.
///
/// Registers count everybody, so a figure is exact for its day. But whoever moves on the day after changes it, and in a
/// municipality of 1 000 a handful does. A place that one family can turn round says nothing about the place. So the
/// people counted are seen as one outcome of what could have happened (binomial for a share, Poisson for a count), and
/// two municipalities have different places only if chance would seldom give such a difference.
///
/// # Formula
///
/// ```text
/// higher(j)  value[j] - value[i] > z * sqrt(spread[i]^2 + spread[j]^2)
/// from       1 + number of j that are higher
/// to         n - number of j that are lower, in the same way
/// z          upper quantile of the normal distribution at 0.05 / (2 * (n - 1))
/// ```
///
/// All n − 1 comparisons hold together with 95 % confidence (Bonferroni). Equal figures without spread share their places.
///
/// # Input and result
///
/// | name   | shape | unit        | rule                                          |
/// |--------|-------|-------------|-----------------------------------------------|
/// | `code` | 1     |             | the municipality                              |
/// | `peers`| n     | any one     | figures with spread; those without are left out |
/// | result | 1     | places      | none without a figure and spread of its own   |
///
/// # Source
///
/// Mogstad, Romano, Shaikh and Wilhelm: Inference for ranks with applications to mobility across neighbourhoods and
/// academic achievement across countries, Review of Economic Studies 91 (2024), marginal confidence sets; with
/// Bonferroni's bound in place of the bootstrap.
#[must_use]
pub fn place(code: &str, peers: &[(&str, Figure)]) -> Option<Place> {
    let known = |(code, figure): &(&str, Figure)| {
        Some(((*code).to_owned(), figure.value.get().ok()?, figure.spread.get().ok()?))
    };
    let all: Vec<(String, f64, f64)> = peers.iter().filter_map(known).collect();
    let (_, value, spread) = all.iter().find(|(one, ..)| one == code)?;
    let others = all.len() - 1;
    if others == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    let z = normal::upper_quantile((1.0 - CONFIDENCE) / (2.0 * others as f64));
    let apart = |difference: f64, other: f64| difference > z * libm::sqrt(spread * spread + other * other);
    let higher = all.iter().filter(|(_, other, of_other)| apart(other - value, *of_other)).count();
    let lower = all.iter().filter(|(_, other, of_other)| apart(value - other, *of_other)).count();
    Some(Place { from: 1 + higher, to: all.len() - lower, of: all.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Missing;
    use crate::register::official::Value;

    fn figure(value: f64, spread: f64) -> Figure {
        let none = Value::none(Missing::NotApplicable);
        let of = Value::example;
        Figure { value: of(value), numerator: none, denominator: none, spread: of(spread) }
    }

    /// Three municipalities: z at 0.0125 is 2.2414; 10 and 14 with spread 1 lie 4 apart, more than 2.2414 * 1.4142 = 3.17.
    #[test]
    fn places_that_are_certain_and_places_that_are_not() {
        let peers = [("a", figure(10.0, 1.0)), ("b", figure(14.0, 1.0)), ("c", figure(13.0, 1.0))];
        assert_eq!(place("a", &peers), Some(Place { from: 2, to: 3, of: 3 }));
        assert_eq!(place("b", &peers), Some(Place { from: 1, to: 2, of: 3 }));
        assert_eq!(place("c", &peers), Some(Place { from: 1, to: 3, of: 3 }));
    }

    #[test]
    fn ties_share_a_place_and_the_unknown_have_none() {
        let none = Figure { value: Value::none(Missing::Confidential), ..figure(0.0, 0.0) };
        let peers = [("a", figure(5.0, 0.0)), ("b", figure(5.0, 0.0)), ("c", figure(4.0, 0.0)), ("d", none)];
        assert_eq!(place("a", &peers), Some(Place { from: 1, to: 2, of: 3 }));
        assert_eq!(place("c", &peers), Some(Place { from: 3, to: 3, of: 3 }));
        assert_eq!(place("d", &peers), None);
        assert_eq!(place("a", &peers[..1]), None);
    }
}
