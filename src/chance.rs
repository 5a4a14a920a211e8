//! Chance: one stream of random numbers for each kind of draw of each thing, and the
//! distributions that a scenario can name.
//!
//! Streams are keyed by (seed, kind of draw, key of the thing), so that changing
//! one link does not change what is drawn for another: a comparison of two
//! policies compares the policies ("common random numbers"). Only integer
//! arithmetic and `libm` are used, never the platform's `ln` or `exp`, which
//! differ in bits between platforms.

mod cumulative;

use crate::time::Span;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// The seed of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub u64);

/// The kinds of draws. A kind and a thing together name a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// When requests arrive, or how long a user thinks.
    Arrival,
    /// How long a piece of work takes.
    Work,
    /// Whether a service fails.
    Failure,
    /// The delay of a request leg.
    RequestDelay,
    /// The delay of a response leg.
    ResponseDelay,
    /// Whether a request leg is lost.
    RequestLoss,
    /// Whether a response leg is lost.
    ResponseLoss,
    /// The jitter of a backoff.
    Jitter,
    /// Whether a call with a probability is made.
    Made,
}

/// A stable key of a thing, made from its id: it does not change when other things are added or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThingKey(u64);

impl ThingKey {
    /// The key of the thing with this id (FNV-1a, 64 bits).
    pub fn of(id: &str) -> Self {
        let hash = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
        ThingKey(id.bytes().fold(0xcbf2_9ce4_8422_2325, hash))
    }
}

/// A stream of random draws.
#[derive(Clone, Debug)]
pub struct Stream(Pcg64Mcg);

impl Stream {
    /// The stream for one kind of draw of one thing.
    pub fn new(seed: Seed, draw: Draw, thing: ThingKey) -> Self {
        let state = mix(mix(mix(seed.0) ^ thing.0) ^ draw as u64);
        Stream(Pcg64Mcg::seed_from_u64(state))
    }

    /// A uniform draw from 0 (included) to 1 (excluded).
    pub fn uniform(&mut self) -> f64 {
        self.0.random::<f64>()
    }

    /// True with probability `p`. Draws nothing if `p` is 0 or 1.
    #[inline(always)]
    pub fn happens(&mut self, p: f64) -> bool {
        p > 0.0 && (p >= 1.0 || self.uniform() < p)
    }

    /// An exponential draw with mean 1.
    pub fn exponential(&mut self) -> f64 {
        -libm::log(1.0 - self.uniform())
    }

    /// A normal draw with mean 0 and standard deviation 1 (Box and Muller, the cosine half).
    fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(2.0 * self.exponential());
        radius * libm::cos(core::f64::consts::TAU * self.uniform())
    }

    /// A length of time drawn from `distribution`.
    pub fn sample(&mut self, distribution: &Distribution) -> Span {
        match distribution {
            Distribution::Constant(span) => *span,
            Distribution::Exponential { mean } => mean.scaled(self.exponential()),
            Distribution::Uniform { low, high } => *low + high.saturating_sub(*low).scaled(self.uniform()),
            Distribution::Normal { mean, sd } => {
                Span::from_nanos_f64(mean.as_nanos() as f64 + sd.as_nanos() as f64 * self.normal())
            }
            Distribution::Lognormal { median, p99 } => {
                let sigma = libm::log(p99.as_nanos() as f64 / median.as_nanos() as f64) / Z99;
                median.scaled(libm::exp(sigma * self.normal()))
            }
            Distribution::Pareto { min, shape } => min.scaled(libm::pow(1.0 - self.uniform(), -1.0 / shape)),
            Distribution::Empirical(samples) => match samples.len() {
                0 => Span::ZERO,
                n => samples[self.0.random_range(0..n as u64) as usize],
            },
        }
    }
}

/// The 0.99 quantile of the standard normal distribution.
const Z99: f64 = 2.326_347_874_040_841;

/// SplitMix64's finaliser (Steele, Lea and Flood, 2014): close inputs give unrelated outputs.
fn mix(z: u64) -> u64 {
    let z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A distribution of lengths of time. Draws are never negative.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Always the same.
    Constant(Span),
    /// Exponential, by its mean.
    Exponential {
        /// The mean.
        mean: Span,
    },
    /// Each length from `low` to `high` equally likely.
    Uniform {
        /// The shortest.
        low: Span,
        /// The longest.
        high: Span,
    },
    /// Normal, cut off at 0: a draw below counts as 0.
    Normal {
        /// The mean before the cut.
        mean: Span,
        /// The standard deviation before the cut.
        sd: Span,
    },
    /// Lognormal, by two of its quantiles.
    Lognormal {
        /// The median; above 0.
        median: Span,
        /// The 0.99 quantile; at least the median.
        p99: Span,
    },
    /// Pareto: a shortest length and a heavy tail.
    Pareto {
        /// The shortest.
        min: Span,
        /// The tail's exponent, above 0; the mean is finite above 1 only.
        shape: f64,
    },
    /// Each of the recorded lengths equally likely.
    Empirical(Vec<Span>),
}

impl Distribution {
    /// The mean of the draws; `None` if it is infinite. For the normal distribution, the mean before the cut.
    pub fn mean(&self) -> Option<Span> {
        match self {
            Distribution::Constant(span) => Some(*span),
            Distribution::Exponential { mean } | Distribution::Normal { mean, .. } => Some(*mean),
            Distribution::Uniform { low, high } => Some((*low + *high).scaled(0.5)),
            Distribution::Lognormal { median, p99 } => {
                let sigma = libm::log(p99.as_nanos() as f64 / median.as_nanos() as f64) / Z99;
                Some(median.scaled(libm::exp(sigma * sigma / 2.0)))
            }
            Distribution::Pareto { min, shape } if *shape > 1.0 => Some(min.scaled(shape / (shape - 1.0))),
            Distribution::Pareto { .. } => None,
            Distribution::Empirical(samples) => {
                let sum: u128 = samples.iter().map(|s| u128::from(s.as_nanos())).sum();
                Some(Span::nanos((sum / samples.len().max(1) as u128) as u64))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean_of(distribution: &Distribution, n: u32) -> f64 {
        let mut stream = Stream::new(Seed(1), Draw::Work, ThingKey::of("a"));
        (0..n).map(|_| stream.sample(distribution).as_millis_f64()).sum::<f64>() / f64::from(n)
    }

    #[test]
    fn samples_have_the_mean_that_the_distribution_promises() {
        let (a, b) = (Span::millis(20), Span::millis(40));
        for distribution in [
            Distribution::Constant(a),
            Distribution::Exponential { mean: a },
            Distribution::Uniform { low: a, high: b },
            Distribution::Normal { mean: b, sd: Span::millis(5) },
            Distribution::Lognormal { median: a, p99: b },
            Distribution::Pareto { min: a, shape: 3.0 },
            Distribution::Empirical(vec![a, b, b]),
        ] {
            let (sampled, exact) = (mean_of(&distribution, 100_000), distribution.mean().unwrap().as_millis_f64());
            assert!((sampled / exact - 1.0).abs() < 0.02, "{distribution:?}: {sampled} against {exact}");
        }
    }

    #[test]
    fn streams_of_different_things_are_unrelated_and_repeatable() {
        let first = |draw, id| Stream::new(Seed(7), draw, ThingKey::of(id)).uniform();
        assert_eq!(first(Draw::Work, "a"), first(Draw::Work, "a"));
        assert_ne!(first(Draw::Work, "a"), first(Draw::Work, "b"));
        assert_ne!(first(Draw::Work, "a"), first(Draw::Failure, "a"));
    }
}
