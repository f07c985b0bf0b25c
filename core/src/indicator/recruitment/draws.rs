//! Random numbers of the simulation: each quantity has a stream of its own, so that none depends on how many others there are.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a stream is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// Yearly shares of those who leave.
    ExitRate = 1,
    /// Staff who leave.
    Exit,
    /// Chances of coming home.
    Chance,
    /// People who come home.
    Return,
}

/// A stream of random numbers: ChaCha with 8 rounds, the key is the seed and the purpose, the stream the number of the quantity.
pub(super) struct Stream(ChaCha8Rng);

impl Stream {
    pub(super) fn new(seed: u64, purpose: Purpose, number: usize) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8] = purpose as u8;
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream(number as u64);
        Self(rng)
    }

    /// Uniform, never 0 or 1.
    #[allow(clippy::cast_precision_loss, reason = "53 bits")]
    fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// Normal, by Marsaglia's polar method.
    fn normal(&mut self) -> f64 {
        loop {
            let (u, v) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let s = u * u + v * v;
            if s < 1.0 && s > 0.0 {
                return u * (-2.0 * libm::log(s) / s).sqrt();
            }
        }
    }

    /// ln of a gamma variable of shape > 0: G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", ACM
    /// TOMS 26 (2000); below 1 by their remark, on the logarithm, where tiny shapes keep their digits.
    fn ln_gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.ln_gamma(shape + 1.0) + libm::log(self.uniform()) / shape;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = 1.0 + c * x;
            if v <= 0.0 {
                continue;
            }
            let ln_v = 3.0 * libm::log(v);
            if libm::log(self.uniform()) < 0.5 * x * x + d - d * v * v * v + d * ln_v {
                return libm::log(d) + ln_v;
            }
        }
    }

    /// Beta(a, b), a and b 0 or more and not both 0: with a = 0 always 0, with b = 0 always 1.
    pub(super) fn beta(&mut self, a: f64, b: f64) -> f64 {
        if a <= 0.0 {
            return 0.0;
        }
        if b <= 0.0 {
            return 1.0;
        }
        let (x, y) = (self.ln_gamma(a), self.ln_gamma(b));
        1.0 / (1.0 + libm::exp(y - x))
    }

    /// How many of n, each with chance p. Large n are halved at the median order statistic (J. H. Ahrens, U. Dieter, "Computer
    /// methods for sampling from gamma, beta, Poisson and binomial distributions", Computing 12, 1974), then by inversion.
    pub(super) fn binomial(&mut self, mut n: u32, mut p: f64) -> u32 {
        // Adding up so many masses costs less than a draw of the beta distribution.
        const SHORT: f64 = 100.0;
        let mut sure = 0;
        while f64::from(n) * p.min(1.0 - p) > SHORT {
            let middle = n / 2 + 1;
            let at = self.beta(f64::from(middle), f64::from(n + 1 - middle));
            if at <= p {
                sure += middle;
                n -= middle;
                p = ((p - at) / (1.0 - at)).clamp(0.0, 1.0);
            } else {
                n = middle - 1;
                p = (p / at).clamp(0.0, 1.0);
            }
        }
        sure + if p > 0.5 { n - self.inversion(n, 1.0 - p) } else { self.inversion(n, p) }
    }

    /// Binomial by adding up masses from 0 on; p at most 1/2.
    fn inversion(&mut self, n: u32, p: f64) -> u32 {
        if n == 0 || p <= 0.0 {
            return 0;
        }
        if n == 1 {
            return u32::from(self.uniform() < p);
        }
        let odds = p / (1.0 - p);
        let mut mass = power(1.0 - p, n);
        let mut rest = self.uniform();
        let mut x = 0;
        while rest >= mass && x < n {
            rest -= mass;
            x += 1;
            mass *= odds * f64::from(n - x + 1) / f64::from(x);
        }
        x
    }
}

/// q^n by squaring: faster than a logarithm where n is small, as it mostly is.
fn power(mut q: f64, mut n: u32) -> f64 {
    let mut power = 1.0;
    while n > 0 {
        if n % 2 == 1 {
            power *= q;
        }
        q *= q;
        n /= 2;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and variance of 40,000 draws within five standard errors.
    fn near(draws: &[f64], mean: f64, variance: f64) {
        let n = 40_000.0;
        let found: f64 = draws.iter().sum::<f64>() / n;
        let spread: f64 = draws.iter().map(|x| (x - found) * (x - found)).sum::<f64>() / n;
        assert!((found - mean).abs() < 5.0 * (variance / n).sqrt() + 1e-12, "{found} {mean}");
        assert!((spread / variance - 1.0).abs() < 0.05, "{spread} {variance}");
    }

    #[test]
    fn beta_and_binomial_have_their_moments() {
        for (a, b) in [(0.08, 3.92), (1.0, 1.0), (5.2, 94.8), (40.7, 59.3), (0.5, 0.5)] {
            let mut stream = Stream::new(7, Purpose::Chance, 0);
            let draws: Vec<f64> = (0..40_000).map(|_| stream.beta(a, b)).collect();
            near(&draws, a / (a + b), a * b / (a + b) / (a + b) / (a + b + 1.0));
        }
        for (n, p) in [(1, 0.3), (7, 0.052), (40, 0.9), (500, 0.4), (100_000, 0.01)] {
            let mut stream = Stream::new(7, Purpose::Return, 3);
            let draws: Vec<f64> = (0..40_000).map(|_| f64::from(stream.binomial(n, p))).collect();
            near(&draws, f64::from(n) * p, f64::from(n) * p * (1.0 - p));
        }
    }

    #[test]
    fn certain_things_are_certain() {
        let mut stream = Stream::new(1, Purpose::Exit, 0);
        assert_eq!((stream.beta(0.0, 4.0), stream.beta(4.0, 0.0)), (0.0, 1.0));
        for n in [0, 1, 9, 1000] {
            assert_eq!((stream.binomial(n, 0.0), stream.binomial(n, 1.0)), (0, n));
        }
    }
}
