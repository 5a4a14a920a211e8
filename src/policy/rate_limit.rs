//! The rate limit of a callee: a token bucket.
//!
//! It lets a request in or rejects it; no request waits for a token.

use crate::time::Time;

/// The settings of a rate limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Config {
    /// Requests a second; above 0.
    pub per_second: f64,
    /// Requests that may come at once; at least 1. Default: one second's worth.
    pub burst: f64,
}

impl Config {
    /// A rate with the default burst: one second's worth.
    pub const fn of(per_second: f64) -> Self {
        Config { per_second, burst: per_second.max(1.0) }
    }
}

/// A bucket that fills at a constant rate; each request takes one token. It is full at the start.
#[derive(Clone, Debug)]
pub struct TokenBucket {
    config: Config,
    tokens: f64,
    filled: Time,
}

/// A token that will be whole within this time, in seconds, counts as whole: instants are rounded to the nanosecond,
/// and a client that sends exactly at the rate must not be rejected for that.
const ROUNDING: f64 = 2e-9;

impl TokenBucket {
    /// A full bucket.
    pub fn new(config: &Config) -> Self {
        TokenBucket { config: *config, tokens: config.burst, filled: Time::ZERO }
    }

    /// Takes a token if there is a whole one.
    pub fn try_take(&mut self, now: Time) -> bool {
        let earned = now.since(self.filled).as_nanos() as f64 * self.config.per_second / 1e9;
        self.tokens = (self.tokens + earned).min(self.config.burst);
        self.filled = self.filled.max(now);
        let granted = self.tokens >= 1.0 - self.config.per_second * ROUNDING;
        if granted {
            self.tokens -= 1.0;
        }
        granted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    #[test]
    fn a_burst_passes_and_then_the_rate_applies() {
        let mut bucket = TokenBucket::new(&Config { per_second: 10.0, burst: 3.0 });
        let mut at = |ms| bucket.try_take(Time::at(Span::millis(ms)));
        assert_eq!([at(0), at(0), at(0), at(0)], [true, true, true, false]);
        assert_eq!([at(99), at(100), at(150), at(200)], [false, true, false, true]);
        assert_eq!([at(10_000), at(10_000), at(10_000), at(10_000)], [true, true, true, false]);
    }

    #[test]
    fn requests_exactly_at_the_rate_all_pass() {
        for per_second in [3.0, 7.0, 300.0] {
            let mut bucket = TokenBucket::new(&Config { per_second, burst: 1.0 });
            let passed = (0..10_000).filter(|i| {
                let at = Span::from_nanos_f64(f64::from(*i) * 1e9 / per_second);
                bucket.try_take(Time::at(at))
            });
            assert_eq!(passed.count(), 10_000, "{per_second} a second");
        }
    }
}
