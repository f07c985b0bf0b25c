//! The hypergeometric distribution: how many of a sample drawn without replacement have a property.

use super::binomial;

/// A population of `population`, of which `yes` have the property, and a sample of `n` from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hypergeometric {
    /// N, a whole number.
    pub population: f64,
    /// M, a whole number of at most N.
    pub yes: f64,
    /// n, a whole number of at most N.
    pub n: f64,
}

impl Hypergeometric {
    /// The smallest x that can be.
    #[must_use]
    pub fn smallest(self) -> f64 {
        (self.n - (self.population - self.yes)).max(0.0)
    }

    /// The largest x that can be.
    #[must_use]
    pub fn largest(self) -> f64 {
        self.n.min(self.yes)
    }

    /// P(X = x) = C(M, x) C(N − M, n − x) / C(N, n), to about 14 digits.
    ///
    /// Exact ties are the business of whole numbers: see [`crate::interval::hypergeometric`].
    ///
    /// # Example
    ///
    /// ```
    /// use bygdepuls_core::distribution::hypergeometric::Hypergeometric;
    /// // C(3, 1) C(2, 1) / C(5, 2) = 0.6
    /// let x = Hypergeometric { population: 5.0, yes: 3.0, n: 2.0 };
    /// assert!((x.mass(1.0) - 0.6).abs() < 1e-15);
    /// ```
    ///
    /// # Source
    ///
    /// Three binomial probabilities, C. Loader, "Fast and accurate computation of binomial probabilities" (2000).
    #[must_use]
    pub fn mass(self, x: f64) -> f64 {
        let Self { population, yes, n } = self;
        if x < self.smallest() || x > self.largest() {
            return 0.0;
        }
        if n == 0.0 || n == population {
            return 1.0;
        }
        let (p, q) = (n / population, (population - n) / population);
        binomial::mass(x, yes, p, q) * binomial::mass(n - x, population - yes, p, q)
            / binomial::mass(n, population, p, q)
    }

    /// P(X <= x) and P(X > x), each with its own digits.
    ///
    /// The terms of the shorter side are summed outwards from x, until they no longer count.
    #[must_use]
    pub fn tails(self, x: f64) -> (f64, f64) {
        let x = x.floor();
        if x < self.smallest() {
            return (0.0, 1.0);
        }
        if x >= self.largest() {
            return (1.0, 0.0);
        }
        let Self { population, yes, n } = self;
        let others = population - yes;
        // P(k + 1) / P(k).
        let growth = |k: f64| (yes - k) / (k + 1.0) * ((n - k) / (others - n + k + 1.0));
        if (x + 0.5) * population < n * yes {
            let (mut k, mut term, mut sum) = (x, 1.0, 1.0);
            while k > self.smallest() && term > 1e-18 * sum {
                k -= 1.0;
                term /= growth(k);
                sum += term;
            }
            let lower = self.mass(x) * sum;
            (lower, 1.0 - lower)
        } else {
            let (mut k, mut term, mut sum) = (x + 1.0, 1.0, 1.0);
            while k < self.largest() && term > 1e-18 * sum {
                term *= growth(k);
                k += 1.0;
                sum += term;
            }
            let upper = self.mass(x + 1.0) * sum;
            (1.0 - upper, upper)
        }
    }
}
