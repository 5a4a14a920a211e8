//! A distribution as a curve: the share of values in each of many slices of time, with the median and the 99th percentile.

use crate::chance::Distribution;
use crate::editor::field::round;
use crate::msg;
use crate::text::{Exact, Message};
use crate::time::Span;

/// The number of slices.
pub const SLICES: usize = 96;

/// The curve of a distribution. The slices are equally wide and reach from 0 to `end`.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The share of values in each slice.
    pub slices: Vec<f64>,
    /// The end of the last slice: a little beyond the 99th percentile.
    pub end: Span,
    /// The median.
    pub median: Span,
    /// The 99th percentile.
    pub p99: Span,
    /// The timeout of the caller, if any.
    pub limit: Option<Span>,
    /// The picture in words.
    pub description: Message,
}

/// The curve of a distribution; `None` for a constant.
pub fn of(distribution: &Distribution) -> Option<Curve> {
    let [first, median, p99] = [0.001, 0.5, 0.99].map(|share| distribution.quantile(share));
    if first == p99 {
        return None;
    }
    let end = p99.scaled(1.12);
    let mut below = 0.0;
    let slices = (1..=SLICES)
        .map(|i| {
            let within = distribution.share_within(end.scaled(i as f64 / SLICES as f64));
            let share = within - below;
            below = within;
            share
        })
        .collect();
    let mean = distribution
        .mean()
        .map_or_else(|| msg!("sketch-mean-infinite"), |mean| msg!("sketch-mean", mean = Exact(round(mean))));
    let description = msg!("sketch-curve", median = Exact(round(median)), p99 = Exact(round(p99)), mean = mean);
    Some(Curve { slices, end, median, p99, limit: None, description })
}

impl Curve {
    /// The height of each slice, relative to the highest slice.
    pub fn heights(&self) -> impl Iterator<Item = f64> {
        let highest = self.slices.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        self.slices.iter().map(move |share| share / highest)
    }

    /// The position of a duration between 0 and `end`, from 0 to 1.
    pub fn place(&self, span: Span) -> f64 {
        (span.as_nanos() as f64 / self.end.as_nanos().max(1) as f64).min(1.0)
    }

    /// The picture in words.
    pub fn description(&self) -> Message {
        self.description.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Span = Span::millis;

    fn all() -> Vec<Distribution> {
        vec![
            Distribution::Exponential { mean: MS(20) },
            Distribution::Uniform { low: MS(20), high: MS(40) },
            Distribution::Normal { mean: MS(20), sd: MS(15) },
            Distribution::Lognormal { median: MS(20), p99: MS(200) },
            Distribution::Pareto { min: MS(10), shape: 1.5 },
            Distribution::Empirical(vec![MS(5), MS(7), MS(30), MS(7)]),
        ]
    }

    #[test]
    fn a_curve_holds_all_values_up_to_its_end() {
        for distribution in all() {
            let curve = of(&distribution).unwrap();
            let sum: f64 = curve.slices.iter().sum();
            assert!((0.99..=1.0 + 1e-9).contains(&sum), "{distribution:?}: {sum}");
            assert!((sum - distribution.share_within(curve.end)).abs() < 1e-9);
            assert!(curve.slices.iter().all(|share| *share >= 0.0), "{distribution:?}");
            let highest = curve.heights().fold(0.0, f64::max);
            assert!((highest - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn half_of_a_curve_lies_on_each_side_of_its_median() {
        for distribution in all() {
            let curve = of(&distribution).unwrap();
            let before: f64 = curve
                .slices
                .iter()
                .enumerate()
                .filter(|(i, _)| (*i as f64 + 0.5) / SLICES as f64 <= curve.place(curve.median))
                .map(|(_, share)| share)
                .sum();
            // The slice with the median may hold a large share: half of all values in a recorded distribution.
            let coarse = curve.slices.iter().copied().fold(0.0, f64::max);
            assert!((before - 0.5).abs() <= coarse, "{distribution:?}: {before}");
            assert_eq!(curve.p99, distribution.quantile(0.99));
        }
    }

    #[test]
    fn a_constant_has_no_curve() {
        let none = Span::ZERO;
        for distribution in [
            Distribution::Constant(MS(5)),
            Distribution::Uniform { low: MS(5), high: MS(5) },
            Distribution::Exponential { mean: none },
            Distribution::Empirical(vec![MS(1), MS(1)]),
        ] {
            assert_eq!(of(&distribution), None, "{distribution:?}");
        }
    }

    #[test]
    fn the_description_is_short_and_mentions_an_infinite_mean() {
        let words = |distribution: &Distribution| of(distribution).unwrap().description().text();
        let exponential = words(&Distribution::Exponential { mean: MS(20) });
        assert_eq!(exponential, "Half take at most 13.9\u{a0}ms, 99 of 100 at most 92.1\u{a0}ms. Mean 20\u{a0}ms.");
        assert!(words(&Distribution::Pareto { min: MS(1), shape: 0.9 }).ends_with("The mean is infinite."));
    }
}
