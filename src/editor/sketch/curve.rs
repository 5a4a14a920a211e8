//! A distribution as a curve: how much of it lies in each of many slices of time, with its median and its 99th percentile.

use crate::chance::Distribution;
use crate::editor::field::round;
use crate::msg;
use crate::text::{Exact, Message};
use crate::time::Span;

/// Slices of the curve.
pub const SLICES: usize = 96;

/// How often which length comes. The slices are equally wide and reach from 0 to `end`.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The share of draws in each slice.
    pub slices: Vec<f64>,
    /// Where the last slice ends: a little beyond the 99th percentile.
    pub end: Span,
    /// Half of the draws are no longer.
    pub median: Span,
    /// One draw in a hundred is longer.
    pub p99: Span,
    /// How long somebody waits for it, if somebody does.
    pub limit: Option<Span>,
    /// The picture in words.
    pub description: Message,
}

/// The curve of a distribution; `None` for what is always the same.
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
    /// The height of each slice, of which the highest is 1.
    pub fn heights(&self) -> impl Iterator<Item = f64> {
        let highest = self.slices.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        self.slices.iter().map(move |share| share / highest)
    }

    /// Where a length lies between 0 and `end`, 0 to 1.
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
    fn a_curve_holds_all_but_what_is_beyond_its_end() {
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
            // The slice in which the median is may hold much: of a recorded distribution, half of all.
            let coarse = curve.slices.iter().copied().fold(0.0, f64::max);
            assert!((before - 0.5).abs() <= coarse, "{distribution:?}: {before}");
            assert_eq!(curve.p99, distribution.quantile(0.99));
        }
    }

    #[test]
    fn what_is_always_the_same_has_no_curve() {
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
    fn words_are_short_and_tell_of_an_infinite_mean() {
        let words = |distribution: &Distribution| of(distribution).unwrap().description().text();
        let exponential = words(&Distribution::Exponential { mean: MS(20) });
        assert_eq!(exponential, "Half take at most 13.9\u{a0}ms, 99 of 100 at most 92.1\u{a0}ms. Mean 20\u{a0}ms.");
        assert!(words(&Distribution::Pareto { min: MS(1), shape: 0.9 }).ends_with("The mean is infinite."));
    }
}
