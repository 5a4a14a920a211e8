//! Counting: exact counts, latency histograms, levels weighted by time.

use crate::time::{Span, Time};
use hdrhistogram::Histogram;
use serde::Serialize;
use std::borrow::Cow;

/// A whole number that is averaged over time, e.g. the length of a queue.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Level {
    value: u32,
    since: Time,
    area: u128,
}

impl Level {
    pub fn get(&self) -> u32 {
        self.value
    }

    pub fn add(&mut self, now: Time, n: u32) {
        self.settle(now);
        self.value += n;
    }

    pub fn sub(&mut self, now: Time, n: u32) {
        self.settle(now);
        self.value -= n;
    }

    #[inline(always)]
    fn settle(&mut self, now: Time) {
        self.area += self.area_since(now);
        self.since = now;
    }

    #[inline(always)]
    fn area_since(&self, now: Time) -> u128 {
        let nanos = now.since(self.since).as_nanos();
        // A product of 128 bits costs a call in WebAssembly; it takes more than four seconds without a change to need one.
        match u32::try_from(nanos) {
            Ok(nanos) => u128::from(u64::from(self.value) * u64::from(nanos)),
            Err(_) => u128::from(self.value) * u128::from(nanos),
        }
    }

    /// The area under it from the start of the run to `now`, in nanoseconds.
    pub fn area(&self, now: Time) -> u128 {
        self.area + self.area_since(now)
    }

    /// The mean from the start of the run to `now`; 0 at the start.
    pub fn mean(&self, now: Time) -> f64 {
        match now.as_nanos() {
            0 => 0.0,
            elapsed => self.area(now) as f64 / elapsed as f64,
        }
    }
}

/// The time that the workers of a service could have worked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Capacity {
    workers: u32,
    since: Time,
    /// Worker-nanoseconds before `since`.
    area: u128,
    /// Whether the workers are, or ever were, unlimited.
    unlimited: bool,
}

impl Capacity {
    pub fn new(workers: u32, now: Time) -> Self {
        Capacity { workers, since: now, area: 0, unlimited: workers == u32::MAX }
    }

    /// From now on there are so many workers.
    pub fn change(&mut self, workers: u32, now: Time) {
        if workers != self.workers {
            let area = self.area(now);
            *self = Capacity { area, unlimited: self.unlimited || workers == u32::MAX, ..Capacity::new(workers, now) };
        }
    }

    /// The time that the workers could have worked from the start of the run to `now`, in nanoseconds.
    pub fn area(&self, now: Time) -> u128 {
        self.area + u128::from(self.workers) * u128::from(now.since(self.since).as_nanos())
    }

    /// Whether the workers are, or ever were, unlimited.
    pub fn is_unlimited(&self) -> bool {
        self.unlimited
    }

    /// The share of that time in which they were busy; `None` if there was no end of it.
    pub fn used(&self, busy: &Level, now: Time) -> Option<f64> {
        if self.unlimited {
            return None;
        }
        if self.since == Time::ZERO {
            return Some(busy.mean(now) / f64::from(self.workers));
        }
        match self.area(now) {
            0 => Some(0.0),
            area => Some(busy.area(now) as f64 / area as f64),
        }
    }
}

/// Latencies in an HDR histogram of three significant digits; count, sum and extremes are exact.
///
/// A histogram is large, and where many take turns none is in the cache: the latest
/// latencies are set down beside each other first, and then entered in one go.
#[derive(Clone, Debug)]
pub(super) struct Latencies {
    count: u64,
    sum: u128,
    min: Span,
    max: Span,
    latest: [u64; LATEST],
    histogram: Histogram<u32>,
}

const LATEST: usize = 16;

impl Latencies {
    pub fn new() -> Self {
        Latencies {
            count: 0,
            sum: 0,
            min: Span::MAX,
            max: Span::ZERO,
            latest: [0; LATEST],
            // 3 is a valid number of significant digits, the only thing that is checked.
            histogram: Histogram::new(3).expect("three digits are allowed"),
        }
    }

    pub fn record(&mut self, latency: Span) {
        self.latest[self.count as usize % LATEST] = latency.as_nanos();
        self.count += 1;
        self.sum += u128::from(latency.as_nanos());
        self.min = self.min.min(latency);
        self.max = self.max.max(latency);
        if self.count.is_multiple_of(LATEST as u64) {
            enter(&mut self.histogram, &self.latest);
        }
    }

    /// The histogram of all latencies, the latest included.
    fn whole(&self) -> Cow<'_, Histogram<u32>> {
        let mut whole = Cow::Borrowed(&self.histogram);
        let latest = &self.latest[..self.count as usize % LATEST];
        if !latest.is_empty() {
            enter(whole.to_mut(), latest);
        }
        whole
    }

    /// The bytes that it takes beside itself.
    pub fn bytes(&self) -> usize {
        self.histogram.distinct_values() * size_of::<u32>()
    }

    /// How many were recorded.
    pub fn count(&self) -> u64 {
        self.count
    }

    pub fn sum(&self) -> Span {
        Span::nanos(u64::try_from(self.sum).unwrap_or(u64::MAX))
    }

    /// All of them together, in nanoseconds.
    pub fn sum_nanos(&self) -> u128 {
        self.sum
    }

    /// What was recorded after `before`, an earlier state of the same; all, where that is `None`. `None` if there is nothing.
    pub fn since(&self, before: Option<&Latencies>) -> Option<Spread<'_>> {
        let before = before.filter(|before| before.count > 0 && before.count <= self.count);
        if self.count == before.map_or(0, |before| before.count) {
            return None;
        }
        let (whole, min, max) = (self.whole(), self.min, self.max);
        let Some(before) = before else { return Some(Spread { histogram: whole, min, max }) };
        let mut histogram = whole.into_owned();
        // Fails only where `before` is no earlier state of the same: then nothing is known of what came after it.
        histogram.subtract(&*before.whole()).ok()?;
        let (shortest, longest) = (Span::nanos(histogram.min()), Span::nanos(histogram.max()));
        Some(Spread { histogram: Cow::Owned(histogram), min: shortest.max(min), max: longest.min(max) })
    }

    /// How many were at most `bound`, to three digits of it.
    pub fn count_within(&self, bound: Span) -> u64 {
        let latest = self.latest.iter().take(self.count as usize % LATEST);
        let among_latest = latest.filter(|nanos| **nanos <= bound.as_nanos()).count() as u64;
        self.histogram.count_between(0, bound.as_nanos()) + among_latest
    }

    pub fn summary(&self) -> LatencySummary {
        if self.count == 0 {
            return LatencySummary::default();
        }
        let ms = Span::as_millis_f64;
        let whole = self.whole();
        let spread = Spread { histogram: whole, min: self.min, max: self.max };
        let quantile = |q| Some(ms(spread.quantile(q)));
        LatencySummary {
            count: self.count,
            mean: Some(self.sum as f64 / self.count as f64 / 1e6),
            min: Some(ms(self.min)),
            p50: quantile(0.5),
            p90: quantile(0.9),
            p95: quantile(0.95),
            p99: quantile(0.99),
            p999: quantile(0.999),
            max: Some(ms(self.max)),
        }
    }
}

/// How latencies are spread.
pub(super) struct Spread<'a> {
    histogram: Cow<'a, Histogram<u32>>,
    min: Span,
    max: Span,
}

impl Spread<'_> {
    /// The shortest.
    pub fn min(&self) -> Span {
        self.min
    }

    /// The longest.
    pub fn max(&self) -> Span {
        self.max
    }

    /// The latency that a share `q` (0 to 1) does not exceed, to three digits.
    pub fn quantile(&self, q: f64) -> Span {
        // The histogram answers with the upper end of a cell, which may lie beyond what was recorded.
        Span::nanos(self.histogram.value_at_quantile(q)).clamp(self.min.min(self.max), self.max)
    }
}

/// Enters latencies into a histogram, which grows as needed.
fn enter(histogram: &mut Histogram<u32>, latencies: &[u64]) {
    for nanos in latencies {
        // Beyond what the address space can hold, the longest cell counts.
        if histogram.record(*nanos).is_err() {
            histogram.saturating_record(*nanos);
        }
    }
}

/// A summary of latencies, in milliseconds; only the count where there are none.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LatencySummary {
    /// How many were recorded.
    pub count: u64,
    /// The mean, exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    /// The shortest, exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Half are at most this long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p50: Option<f64>,
    /// 90 % are at most this long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p90: Option<f64>,
    /// 95 % are at most this long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p95: Option<f64>,
    /// 99 % are at most this long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p99: Option<f64>,
    /// 99.9 % are at most this long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p999: Option<f64>,
    /// The longest, exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_weighted_by_time() {
        let at = |s| Time::at(Span::secs(s));
        let mut level = Level::default();
        level.add(at(2), 3);
        level.sub(at(4), 2);
        assert_eq!(level.mean(at(10)), (2.0 * 3.0 + 6.0) / 10.0);
    }

    #[test]
    fn busy_time_is_a_share_of_the_time_that_there_were_workers() {
        let at = |s| Time::at(Span::secs(s));
        let (mut busy, mut four) = (Level::default(), Capacity::new(4, Time::ZERO));
        busy.add(at(0), 2);
        assert_eq!((four.used(&busy, at(0)), four.used(&busy, at(10))), (Some(0.0), Some(0.5)));
        four.change(2, at(10));
        assert_eq!(four.used(&busy, at(20)), Some((20.0 + 20.0) / (40.0 + 20.0)));
        let late = Capacity::new(4, at(10));
        assert_eq!(
            (late.used(&Level::default(), at(10)), late.used(&Level::default(), at(20))),
            (Some(0.0), Some(0.0))
        );
        four.change(u32::MAX, at(30));
        four.change(2, at(40));
        assert_eq!(four.used(&busy, at(50)), None);
    }

    #[test]
    fn what_was_recorded_after_a_moment_has_its_own_quantiles() {
        let mut latencies = Latencies::new();
        assert!(latencies.since(None).is_none());
        (0..100).for_each(|_| latencies.record(Span::millis(900)));
        let before = latencies.clone();
        assert!(latencies.since(Some(&before)).is_none());
        (1..=50).for_each(|ms| latencies.record(Span::millis(ms)));
        let spread = latencies.since(Some(&before)).unwrap();
        for (found, ms) in [(spread.min(), 1.0), (spread.quantile(0.5), 25.0), (spread.max(), 50.0)] {
            assert!((found.as_millis_f64() / ms - 1.0).abs() < 0.001, "{found} instead of {ms} ms");
        }
        assert_eq!(latencies.since(None).unwrap().max(), Span::millis(900));
    }

    #[test]
    fn a_summary_is_exact_where_it_can_be() {
        let mut latencies = Latencies::new();
        assert_eq!(latencies.summary(), LatencySummary::default());
        for ms in [10, 20, 60] {
            latencies.record(Span::millis(ms));
        }
        let summary = latencies.summary();
        assert_eq!(
            (summary.mean, summary.min, summary.max, summary.p99),
            (Some(30.0), Some(10.0), Some(60.0), Some(60.0))
        );
        assert!((summary.p50.unwrap() / 20.0 - 1.0).abs() < 0.001);
    }
}
