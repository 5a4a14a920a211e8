//! Instants and lengths of simulated time.
//!
//! Both count whole nanoseconds in a `u64`, which spans 584 years; no float ever
//! holds a time, so that a run is the same, bit for bit, on every platform.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

/// A length of simulated time in nanoseconds. Arithmetic saturates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(u64);

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span(0);
    /// The longest length; stands for "without end".
    pub const MAX: Span = Span(u64::MAX);

    /// A length of `n` nanoseconds.
    pub const fn nanos(n: u64) -> Self {
        Span(n)
    }

    /// A length of `n` microseconds.
    pub const fn micros(n: u64) -> Self {
        Span(n.saturating_mul(1_000))
    }

    /// A length of `n` milliseconds.
    pub const fn millis(n: u64) -> Self {
        Span(n.saturating_mul(1_000_000))
    }

    /// A length of `n` seconds.
    pub const fn secs(n: u64) -> Self {
        Span(n.saturating_mul(1_000_000_000))
    }

    /// The length nearest to `nanos` nanoseconds. Negative numbers and NaN give zero, large ones [`Span::MAX`].
    #[inline(never)]
    pub fn from_nanos_f64(n: f64) -> Self {
        // `as` saturates and maps NaN to 0 on every platform.
        let below = n as u64;
        Span(below.saturating_add(u64::from(n - below as f64 >= 0.5)))
    }

    /// The number of nanoseconds.
    pub const fn as_nanos(self) -> u64 {
        self.0
    }

    /// The number of milliseconds, with fractions: the unit of reports.
    pub fn as_millis_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// The number of seconds, with fractions.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// This length times `factor`, rounded to the nanosecond.
    pub fn scaled(self, factor: f64) -> Self {
        Span::from_nanos_f64(self.0 as f64 * factor)
    }

    /// This length minus `other`; zero if `other` is longer.
    pub const fn saturating_sub(self, other: Span) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

impl Add for Span {
    type Output = Span;
    fn add(self, other: Span) -> Span {
        Span(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Span {
    fn add_assign(&mut self, other: Span) {
        *self = *self + other;
    }
}

impl fmt::Display for Span {
    /// Writes the shortest exact form that a scenario file can read: `250ms`, `1.5s`, `2m`, `1h`, `10us`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u64, &str); 6] = [
            (3_600_000_000_000, "h"),
            (60_000_000_000, "m"),
            (1_000_000_000, "s"),
            (1_000_000, "ms"),
            (1_000, "us"),
            (1, "ns"),
        ];
        if self.0 == 0 {
            return f.write_str("0ms");
        }
        // Hours and minutes only when whole: "90s" and "1.5s" are easier to read than "1.5m" and "0.025m".
        for (size, unit) in UNITS {
            let whole = self.0.is_multiple_of(size);
            let fraction_reads_well =
                size <= 1_000_000_000 && self.0 >= size && self.0.is_multiple_of(size / 1000 + u64::from(size == 1));
            if whole {
                return write!(f, "{}{unit}", self.0 / size);
            }
            if fraction_reads_well {
                let text = format!("{}.{:03}", self.0 / size, self.0 % size * 1000 / size);
                return write!(f, "{}{unit}", text.trim_end_matches('0'));
            }
        }
        write!(f, "{}ns", self.0)
    }
}

/// An instant: nanoseconds since the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(u64);

impl Time {
    /// The start of every run.
    pub const ZERO: Time = Time(0);
    /// Later than every event.
    pub const MAX: Time = Time(u64::MAX);

    /// The instant `span` after the start.
    pub const fn at(span: Span) -> Self {
        Time(span.as_nanos())
    }

    /// Nanoseconds since the start.
    pub const fn as_nanos(self) -> u64 {
        self.0
    }

    /// The length from the start to this instant.
    pub const fn since_start(self) -> Span {
        Span(self.0)
    }

    /// The length from `earlier` to this instant; zero if `earlier` is later.
    pub const fn since(self, earlier: Time) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Span> for Time {
    type Output = Time;
    fn add(self, span: Span) -> Time {
        Time(self.0.saturating_add(span.as_nanos()))
    }
}

impl Sub<Span> for Time {
    type Output = Time;
    fn sub(self, span: Span) -> Time {
        Time(self.0.saturating_sub(span.as_nanos()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_print_as_a_scenario_file_writes_them() {
        for (span, text) in [
            (Span::ZERO, "0ms"),
            (Span::millis(250), "250ms"),
            (Span::millis(1_500), "1.5s"),
            (Span::secs(90), "90s"),
            (Span::secs(120), "2m"),
            (Span::secs(3_600), "1h"),
            (Span::micros(10), "10us"),
            (Span::micros(1_250), "1.25ms"),
            (Span::nanos(1), "1ns"),
            (Span::nanos(1_000_001), "1000.001us"),
        ] {
            assert_eq!(span.to_string(), text);
        }
    }

    #[test]
    fn arithmetic_saturates() {
        assert_eq!(Span::MAX + Span::secs(1), Span::MAX);
        assert_eq!(Time::ZERO.since(Time::MAX), Span::ZERO);
        assert_eq!(Span::from_nanos_f64(-1.0), Span::ZERO);
        assert_eq!(Span::from_nanos_f64(f64::INFINITY), Span::MAX);
    }
}
