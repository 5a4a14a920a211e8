//! Durations in reasons, and round durations for repairs.

use crate::msg;
use crate::scenario::limits;
use crate::text::{Exact, Value};
use crate::time::Span;

/// The leading digits of round durations, in tenths.
const ROUND: [u64; 10] = [10, 15, 20, 25, 30, 40, 50, 60, 80, 100];

/// A duration with at most three digits, e.g. `2.1 s`.
pub fn length(span: Span) -> Value {
    match span > limits::DURATION {
        true => msg!("warning-more-than", duration = Exact(limits::DURATION)).into(),
        false => Exact(Span::nanos(rounded(span.as_nanos()))).into(),
    }
}

/// Keeps only the first three digits of a number.
fn rounded(n: u64) -> u64 {
    let mut step = 1;
    while n / step >= 1_000 {
        step *= 10;
    }
    n / step * step + if n % step * 2 >= step && step > 1 { step } else { 0 }
}

/// The shortest round duration that is not shorter than this one.
pub fn round_up(span: Span) -> Span {
    let step = step(span);
    let digits = ROUND.iter().find(|digits| step.saturating_mul(**digits) >= span.as_nanos());
    Span::nanos(digits.map_or(span.as_nanos(), |digits| step.saturating_mul(*digits)))
}

/// The longest round duration that is not longer than this one.
pub fn round_down(span: Span) -> Span {
    let step = step(span);
    let digits = ROUND.iter().rev().find(|digits| step.saturating_mul(**digits) <= span.as_nanos());
    Span::nanos(digits.map_or(span.as_nanos(), |digits| step.saturating_mul(*digits)))
}

/// A tenth of the largest power of ten up to this duration.
fn step(span: Span) -> u64 {
    let mut step = 1;
    while span.as_nanos() / step >= 100 {
        step *= 10;
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_short_and_readable() {
        for (nanos, text) in [
            (0, "0 ms"),
            (2_100_000_000, "2.1 s"),
            (2_137_333_217, "2.14 s"),
            (999_600_000, "1 s"),
            (120_000_000_000, "2 min"),
            (10_000, "10 µs"),
            (u64::MAX, "more than 10000 h"),
        ] {
            assert_eq!(length(Span::nanos(nanos)).text().replace('\u{a0}', " "), text, "{nanos}");
        }
    }

    #[test]
    fn round_durations_are_next_to_the_original() {
        for (ms, down, up) in [(2_100, 2_000, 2_500), (500, 500, 500), (990, 800, 1_000), (1, 1, 1), (61, 60, 80)] {
            assert_eq!(
                (round_down(Span::millis(ms)), round_up(Span::millis(ms))),
                (Span::millis(down), Span::millis(up))
            );
        }
        assert_eq!((round_up(Span::ZERO), round_up(Span::MAX)), (Span::nanos(10), Span::MAX));
    }
}
