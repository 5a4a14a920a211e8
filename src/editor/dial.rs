//! Durations on a slider: a position means the same duration on every slider, and a step adds about a third.
//!
//! The stops are 0 and round durations up to a day. A duration between two stops is shown at the nearer one, so only
//! a text can show it exactly.

use crate::time::Span;

const MS: fn(u64) -> Span = Span::millis;

/// The stops, from the shortest to the longest.
fn stops() -> impl Iterator<Item = Span> {
    const DECADE: [u64; 6] = [10, 15, 20, 30, 50, 70];
    // In seconds, round in minutes and hours.
    const LONG: [u64; 17] =
        [10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1_200, 1_800, 3_600, 14_400, 43_200, 86_400];
    let decades = [100u64, 1_000, 10_000, 100_000].into_iter().flat_map(|unit| DECADE.map(|n| Span::micros(n * unit)));
    [Span::ZERO].into_iter().chain(decades).chain(LONG.map(|s| MS(s * 1_000)))
}

/// The last stop; the first is 0.
pub fn last() -> u32 {
    stops().count() as u32 - 1
}

/// The duration of a stop. Stops beyond the last have the duration of the last.
pub fn at(stop: u32) -> Span {
    stops().take(stop as usize + 1).last().unwrap_or(Span::ZERO)
}

/// The stop nearest to a duration, by ratio. Only a duration of 0 is at the first stop.
pub fn stop_of(span: Span) -> u32 {
    if span == Span::ZERO {
        return 0;
    }
    let distance = |stop: Span| {
        let ratio = stop.as_nanos() as f64 / span.as_nanos() as f64;
        if ratio < 1.0 { 1.0 / ratio } else { ratio }
    };
    let all = stops().zip(0..).skip(1);
    all.min_by(|(a, _), (b, _)| distance(*a).total_cmp(&distance(*b))).map_or(0, |(_, stop)| stop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::duration;

    #[test]
    fn stops_grow_and_each_is_its_own_nearest() {
        let all: Vec<Span> = stops().collect();
        assert_eq!((all.first(), all.last()), (Some(&Span::ZERO), Some(&Span::secs(86_400))));
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{all:?}");
        for (stop, span) in (0..).zip(all) {
            assert_eq!((stop_of(span), at(stop)), (stop, span));
            assert_eq!(duration::parse(&span.to_string()), Ok(span));
        }
        assert_eq!(at(u32::MAX), at(last()));
    }

    #[test]
    fn a_duration_between_two_stops_is_at_the_nearer_one() {
        for (span, near) in
            [(MS(110), MS(100)), (MS(130), MS(150)), (Span::nanos(1), MS(1)), (Span::MAX, Span::secs(86_400))]
        {
            assert_eq!(at(stop_of(span)), near, "{span}");
        }
    }
}
