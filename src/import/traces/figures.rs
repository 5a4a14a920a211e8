//! Figures of recorded requests. All are deterministic: values are sorted, and names break ties.

use super::requests::Request;
use crate::chance::Distribution;
use crate::scenario::limits;
use crate::time::Span;
use std::collections::BTreeMap;

/// The distribution of measured times in nanoseconds, with at most `most` values; `None` if there are no times.
///
/// Cuts the sorted times into parts of equal size and takes the mean of each: this preserves the mean of all, and the
/// longest fiftieth stays long.
pub(super) fn distribution(mut times: Vec<u64>, most: usize) -> Option<Distribution> {
    times.sort_unstable();
    let parts = times.len().min(most);
    let mean = |part: usize| {
        let values = &times[part * times.len() / parts..(part + 1) * times.len() / parts];
        let sum: u128 = values.iter().map(|time| u128::from(*time)).sum();
        rounded((sum / values.len() as u128) as u64).min(limits::DURATION)
    };
    let values: Vec<Span> = (0..parts).map(mean).collect();
    match values.as_slice() {
        [] => None,
        [first, .., last] if first != last => Some(Distribution::Empirical(values)),
        [first, ..] => Some(Distribution::Constant(*first)),
    }
}

/// A time with the precision of a file: a microsecond from a millisecond on, else ten nanoseconds.
pub(super) fn rounded(nanos: u64) -> Span {
    let unit = if nanos >= 1_000_000 { 1_000 } else { 10 };
    Span::nanos(nanos.saturating_add(unit / 2) / unit * unit)
}

/// The median of some times.
pub(super) fn median(mut times: Vec<u64>) -> Option<u64> {
    times.sort_unstable();
    times.get(times.len() / 2).copied()
}

/// A share with four decimals; 0 if there are none.
pub(super) fn share(part: usize, all: usize) -> f64 {
    let share = part as f64 / all.max(1) as f64;
    (share * 1e4).round() / 1e4
}

/// A rate to three digits.
pub(super) fn three_digits(rate: f64) -> f64 {
    let mut unit = 1e-6;
    while rate >= unit * 1e3 {
        unit *= 10.0;
    }
    // A division gives the number that is nearest to the written one.
    let digits = (rate / unit).round();
    if unit < 1.0 { digits / (1.0 / unit).round() } else { digits * unit.round() }
}

/// The most frequent value; the first of them if there are several.
pub(super) fn most_common<T: Copy + PartialEq>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counts.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map(|(value, _)| *value)
}

/// The largest number of intervals that overlap at one instant.
pub(super) fn most_at_once(intervals: impl Iterator<Item = (u64, u64)>) -> usize {
    // At one instant, ends come before starts.
    let mut changes: Vec<(u64, i64)> = intervals.flat_map(|(start, end)| [(start, 1), (end, -1)]).collect();
    changes.sort_unstable();
    let mut now = 0;
    changes.into_iter().fold(0, |most, (_, change)| {
        now += change;
        most.max(now)
    }) as usize
}

/// Requests per second, from their starts. `None` if there is no meaningful rate: for a single request, or for requests
/// hours apart.
pub(super) fn rate(starts: impl Iterator<Item = u64>) -> Option<f64> {
    let mut starts: Vec<u64> = starts.collect();
    starts.sort_unstable();
    let (first, last) = starts.first().zip(starts.last())?;
    let rate = (starts.len() - 1) as f64 / Span::nanos(last - first).as_secs_f64();
    Some(rate).filter(|rate| rate.is_finite() && *rate >= super::SLOWEST)
}

/// The stage of each callee of a service, by its name.
///
/// A callee comes after another one if most requests that call both call it after the other has ended.
pub(super) fn stages<'a>(requests: impl Iterator<Item = &'a Request>) -> BTreeMap<&'a str, u32> {
    let mut offsets: BTreeMap<&str, (u128, u128)> = BTreeMap::new();
    let mut together: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for request in requests {
        for call in request.calls.iter().take(limits::SERVICES) {
            let (sum, count) = offsets.entry(&call.callee).or_default();
            *sum += u128::from(call.start().saturating_sub(request.start));
            *count += 1;
            for other in request.calls.iter().take(limits::SERVICES) {
                let (after, both) = together.entry((&call.callee, &other.callee)).or_default();
                *after += usize::from(call.start() >= other.end());
                *both += 1;
            }
        }
    }
    let mut order: Vec<(u128, &str)> = offsets.iter().map(|(name, (sum, count))| (sum / count, *name)).collect();
    order.sort_unstable();
    let mut stages: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, name) in order {
        let comes_after = |other: &str| together.get(&(name, other)).is_some_and(|(after, both)| after * 2 > *both);
        let stage = stages.iter().filter(|(other, _)| comes_after(other)).map(|(_, stage)| stage + 1).max();
        stages.insert(name, stage.unwrap_or(0));
    }
    stages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_keeps_the_mean_of_the_measured_times() {
        let times: Vec<u64> = (0..1_234).map(|i| 1_000_000 + i * i * 1_000).collect();
        let mean = times.iter().sum::<u64>() / 1_234;
        let made = distribution(times.into_iter().rev().collect(), 50).unwrap();
        let Distribution::Empirical(values) = &made else { panic!("{made:?}") };
        assert_eq!(values.len(), 50);
        assert!((made.mean().unwrap().as_nanos() as f64 / mean as f64 - 1.0).abs() < 0.01, "{made:?} against {mean}");
        assert_eq!(distribution(vec![5_000_000; 9], 50), Some(Distribution::Constant(Span::millis(5))));
        assert_eq!(distribution(vec![], 50), None);
    }

    #[test]
    fn rates_are_written_with_three_digits() {
        for (rate, written) in [(3.014_9, "3.01"), (0.246_8, "0.247"), (1_234.5, "1230"), (99.96, "100"), (1.0, "1")] {
            assert_eq!(three_digits(rate).to_string(), written);
        }
    }

    #[test]
    fn the_rate_follows_from_the_gaps_between_requests() {
        let second = 1_000_000_000;
        assert_eq!(rate([0, 2 * second, second].into_iter()), Some(1.0));
        assert_eq!(rate([7].into_iter()), None);
        assert_eq!(rate([0, 3_600 * second].into_iter()), None);
        assert_eq!(rate(std::iter::empty()), None);
    }

    #[test]
    fn intervals_that_touch_are_not_at_once() {
        assert_eq!(most_at_once([(0, 5), (5, 9), (1, 3), (2, 3)].into_iter()), 3);
        assert_eq!(most_at_once([(0, 5), (5, 9)].into_iter()), 1);
    }
}
