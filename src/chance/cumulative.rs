//! The cumulative distribution functions of the distributions, and their inverses.
//!
//! For pictures and checks of a distribution; to draw from one, use [`Stream::sample`](super::Stream::sample).

use super::{Distribution, Z99};
use crate::time::Span;

impl Distribution {
    /// The share of draws that are `span` or shorter, 0 to 1.
    pub fn share_within(&self, span: Span) -> f64 {
        let x = span.as_nanos() as f64;
        let ratio = |of: Span| x / of.as_nanos() as f64;
        match self {
            Distribution::Constant(always) => step(*always <= span),
            Distribution::Exponential { mean } if *mean == Span::ZERO => 1.0,
            Distribution::Exponential { mean } => -libm::expm1(-ratio(*mean)),
            Distribution::Uniform { low, high } if high <= low => step(*low <= span),
            Distribution::Uniform { low, high } => {
                let (low, high) = (low.as_nanos() as f64, high.as_nanos() as f64);
                ((x - low) / (high - low)).clamp(0.0, 1.0)
            }
            Distribution::Normal { mean, sd } if *sd == Span::ZERO => step(*mean <= span),
            Distribution::Normal { mean, sd } => normal((x - mean.as_nanos() as f64) / sd.as_nanos() as f64),
            Distribution::Lognormal { median, p99 } if p99 <= median => step(*median <= span),
            Distribution::Lognormal { median, .. } if span == Span::ZERO => step(*median == Span::ZERO),
            Distribution::Lognormal { median, p99 } => normal(libm::log(ratio(*median)) / sigma(*median, *p99)),
            Distribution::Pareto { min, .. } if span < *min => 0.0,
            Distribution::Pareto { min, .. } if *min == Span::ZERO => 1.0,
            Distribution::Pareto { min, shape } => 1.0 - libm::pow(ratio(*min), -shape),
            Distribution::Empirical(samples) => {
                let within = samples.iter().filter(|sample| **sample <= span).count();
                within as f64 / samples.len().max(1) as f64
            }
        }
    }

    /// The quantile: the length that a `share` of the draws do not exceed. `share` is above 0 and below 1.
    pub fn quantile(&self, share: f64) -> Span {
        match self {
            Distribution::Constant(always) => *always,
            Distribution::Exponential { mean } => mean.scaled(-libm::log1p(-share)),
            Distribution::Uniform { low, high } => *low + high.saturating_sub(*low).scaled(share),
            Distribution::Normal { mean, sd } => {
                Span::from_nanos_f64(mean.as_nanos() as f64 + sd.as_nanos() as f64 * normal_quantile(share))
            }
            Distribution::Lognormal { median, .. } if *median == Span::ZERO => Span::ZERO,
            Distribution::Lognormal { median, p99 } => {
                median.scaled(libm::exp(sigma(*median, *p99) * normal_quantile(share)))
            }
            Distribution::Pareto { min, shape } => min.scaled(libm::pow(1.0 - share, -1.0 / shape)),
            Distribution::Empirical(samples) => {
                let mut sorted = samples.clone();
                sorted.sort_unstable();
                let place = libm::ceil(share * sorted.len() as f64).max(1.0) as usize - 1;
                sorted.get(place).copied().unwrap_or(Span::ZERO)
            }
        }
    }
}

fn step(is_within: bool) -> f64 {
    if is_within { 1.0 } else { 0.0 }
}

fn sigma(median: Span, p99: Span) -> f64 {
    libm::log(p99.as_nanos() as f64 / median.as_nanos() as f64) / Z99
}

/// The share of the standard normal distribution below `z`.
fn normal(z: f64) -> f64 {
    0.5 * libm::erfc(-z * core::f64::consts::FRAC_1_SQRT_2)
}

/// The inverse of [`normal`], by bisection: a picture needs only a few values.
fn normal_quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-10.0, 10.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if normal(middle) < share { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Draw, Seed, Stream, ThingKey};

    fn all() -> Vec<Distribution> {
        let (a, b) = (Span::millis(20), Span::millis(40));
        vec![
            Distribution::Constant(a),
            Distribution::Exponential { mean: a },
            Distribution::Uniform { low: a, high: b },
            Distribution::Normal { mean: a, sd: Span::millis(15) },
            Distribution::Lognormal { median: a, p99: Span::millis(200) },
            Distribution::Pareto { min: a, shape: 1.2 },
            Distribution::Empirical(vec![b, a, a, Span::ZERO]),
        ]
    }

    #[test]
    fn the_share_of_draws_below_a_length_is_the_cumulative_share() {
        for distribution in all() {
            let mut stream = Stream::new(Seed(1), Draw::Work, ThingKey::of("a"));
            let drawn: Vec<Span> = (0..50_000).map(|_| stream.sample(&distribution)).collect();
            for ms in [0, 5, 19, 20, 21, 30, 40, 41, 100, 400] {
                let span = Span::millis(ms);
                let share = drawn.iter().filter(|drawn| **drawn <= span).count() as f64 / 50_000.0;
                let promised = distribution.share_within(span);
                assert!((share - promised).abs() < 0.01, "{distribution:?}, {ms} ms: {share} against {promised}");
            }
        }
    }

    #[test]
    fn a_quantile_is_the_shortest_length_that_covers_its_share() {
        for distribution in all() {
            for share in [0.05, 0.25, 0.5, 0.9, 0.99] {
                let quantile = distribution.quantile(share);
                let (at, below) = (quantile + Span::nanos(2), quantile.saturating_sub(Span::nanos(2)));
                assert!(distribution.share_within(at) >= share - 1e-9, "{distribution:?} {share}");
                assert!(
                    quantile == Span::ZERO || distribution.share_within(below) <= share,
                    "{distribution:?} {share}"
                );
            }
        }
        let lognormal = &all()[4];
        assert_eq!([0.5, 0.99].map(|share| lognormal.quantile(share)), [Span::millis(20), Span::millis(200)]);
    }

    #[test]
    fn lengths_of_zero_are_handled() {
        let none = Span::ZERO;
        for distribution in [
            Distribution::Constant(none),
            Distribution::Exponential { mean: none },
            Distribution::Uniform { low: none, high: none },
            Distribution::Normal { mean: none, sd: none },
            Distribution::Lognormal { median: none, p99: none },
            Distribution::Pareto { min: none, shape: 1.0 },
            Distribution::Empirical(Vec::new()),
        ] {
            assert_eq!(distribution.quantile(0.5), none, "{distribution:?}");
            assert!((0.0..=1.0).contains(&distribution.share_within(none)), "{distribution:?}");
        }
    }
}
