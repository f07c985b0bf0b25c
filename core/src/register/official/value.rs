//! A figure of a published table, or the symbol that stands in its place.

use crate::read::Missing;

/// A number of official statistics, or why there is none.
///
/// It comes from a published table only: nothing outside [`super`] can make one of a number. What is computed of several
/// has no value where one of them has none: so nothing is derived that would undo a hidden cell.
///
/// # Example
///
/// ```
/// use bygdepuls_core::read::Missing;
/// use bygdepuls_core::register::official::Value;
/// let hidden = Value::none(Missing::Confidential);
/// assert_eq!(Value::sum([hidden, Value::none(Missing::NotAvailable)]).get(), Err(Missing::Confidential));
/// ```
///
/// A number that somebody counted cannot become one:
///
/// ```compile_fail
/// use bygdepuls_core::register::official::Value;
/// let answers = Value::read(7.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value(Result<f64, Missing>);

impl Value {
    /// A number of a table.
    pub(super) const fn read(number: f64) -> Self {
        Self(Ok(number))
    }

    /// A number for a test.
    #[cfg(test)]
    pub(crate) const fn example(number: f64) -> Self {
        Self(Ok(number))
    }

    /// No number.
    #[must_use]
    pub const fn none(why: Missing) -> Self {
        Self(Err(why))
    }

    /// The number.
    ///
    /// # Errors
    ///
    /// Why there is none: Statistics Norway's symbol.
    pub const fn get(self) -> Result<f64, Missing> {
        self.0
    }

    /// What a formula makes of some values. Without all of them there is no result: the gravest reason stands, `:` before
    /// `..` before `…` before `.`. A result that does not exist (a share of nobody) is `.`: it cannot occur.
    #[must_use]
    pub fn of<const N: usize>(values: [Self; N], formula: impl FnOnce([f64; N]) -> Option<f64>) -> Self {
        let mut numbers = [0.0; N];
        let mut gravest = None;
        for (slot, value) in numbers.iter_mut().zip(values) {
            match value.0 {
                Ok(number) => *slot = number,
                Err(why) => gravest = Some(graver(why, gravest)),
            }
        }
        match gravest {
            Some(why) => Self(Err(why)),
            // Nothing is made of nothing: a figure comes from a table.
            None if N == 0 => Self(Err(Missing::NotAvailable)),
            None => Self(formula(numbers).filter(|number| number.is_finite()).ok_or(Missing::NotApplicable)),
        }
    }

    /// The same for as many values as there are.
    #[must_use]
    pub fn of_all(values: &[Self], formula: impl FnOnce(&[f64]) -> Option<f64>) -> Self {
        let gravest = values.iter().filter_map(|value| value.0.err()).fold(None, |known, why| Some(graver(why, known)));
        if let Some(why) = gravest {
            return Self(Err(why));
        }
        let numbers: Vec<f64> = values.iter().filter_map(|value| value.0.ok()).collect();
        Self(formula(&numbers).filter(|number| number.is_finite()).ok_or(Missing::NotApplicable))
    }

    /// The sum. Of nothing at all it is not known.
    #[must_use]
    pub fn sum(values: impl IntoIterator<Item = Self>) -> Self {
        let values: Vec<Self> = values.into_iter().collect();
        if values.is_empty() {
            Self(Err(Missing::NotAvailable))
        } else {
            Self::of_all(&values, |all| Some(all.iter().sum()))
        }
    }
}

/// Of two reasons the one that weighs more.
fn graver(one: Missing, other: Option<Missing>) -> Missing {
    let weight = |why| match why {
        Missing::Confidential => 0,
        Missing::NotAvailable => 1,
        Missing::NotYet => 2,
        Missing::NotApplicable => 3,
        _ => 1,
    };
    other.filter(|other| weight(*other) <= weight(one)).unwrap_or(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_input_hides_what_is_made_of_it() {
        let [one, two] = [1.0, 2.0].map(Value::read);
        let hidden = Value::none(Missing::Confidential);
        assert_eq!(Value::of([one, two], |[a, b]| Some(a / b)).get(), Ok(0.5));
        assert_eq!(Value::of([one, hidden], |[a, b]| Some(a - b)).get(), Err(Missing::Confidential));
        assert_eq!(
            Value::of([one, Value::none(Missing::NotApplicable), Value::none(Missing::NotYet)], |_| None).get(),
            Err(Missing::NotYet)
        );
        assert_eq!(
            Value::of([one, Value::read(0.0)], |[a, b]| (b != 0.0).then(|| a / b)).get(),
            Err(Missing::NotApplicable)
        );
        assert_eq!(Value::sum([one, two, two]).get(), Ok(5.0));
        assert_eq!(Value::sum([]).get(), Err(Missing::NotAvailable));
    }
}
