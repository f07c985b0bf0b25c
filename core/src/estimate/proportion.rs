//! The shares of categories.

use super::linearised::{Linearised, indicator};
use super::{NoEstimate, mean};

/// The share of each category in the population: one mean of 0 and 1 per category, with which they covary.
///
/// # Formula
///
/// ```text
/// p[k] = sum(w[i] where c[i] = k) / sum(w[i])
/// ```
///
/// # Input and result
///
/// | name         | shape | unit   | rule                                             |
/// |--------------|-------|--------|--------------------------------------------------|
/// | `weights`    | n     | units  | finite; the sum of those with a category above 0 |
/// | `categories` | n     | code   | `None` where missing or outside the domain       |
/// | `count`      | 1     | codes  | codes are 0 to `count` - 1; others are an error  |
/// | result       | count | 0 to 1 | sums to 1                                        |
///
/// # Errors
///
/// [`NoEstimate::NoValues`], also when a code is `count` or more; [`NoEstimate::NoWeight`], [`NoEstimate::NotFinite`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::estimate::proportion;
/// let shares = proportion::of_categories(&[1.0, 1.0, 2.0], &[Some(0), Some(1), Some(1)], 2)?;
/// assert_eq!((shares[0].estimate, shares[1].estimate), (0.25, 0.75));
/// # Ok::<(), bygdepuls_core::estimate::NoEstimate>(())
/// ```
///
/// # Source
///
/// T. Lumley, *Complex Surveys* (2010), section 2.2.
pub fn of_categories(weights: &[f64], categories: &[Option<u32>], count: u32) -> Result<Vec<Linearised>, NoEstimate> {
    if categories.iter().flatten().any(|category| *category >= count) {
        return Err(NoEstimate::NoValues);
    }
    let share = |category| mean::linearised(weights, &indicator(categories, |code| *code == category));
    (0..count).map(share).collect()
}
