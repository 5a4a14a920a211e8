//! Retry: how often a call is tried, and how long it waits between attempts.
//!
//! It decides for a single call; the budget limits the share of retries among all calls. The jitters are those of the
//! AWS article "Exponential Backoff And Jitter" and its simulator. As in Resilience4j and gRPC, the number of attempts
//! includes the first.

use super::budget;
use crate::outcome::{Outcome, OutcomeSet};
use crate::time::Span;

/// The settings of a retry.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// All attempts, including the first (as in Resilience4j and gRPC). Default 3.
    pub max_attempts: u32,
    /// The wait before a retry. Default none.
    pub backoff: Backoff,
    /// How to randomise the wait. Default none.
    pub jitter: Jitter,
    /// The outcomes that are retried.
    pub on: OutcomeSet,
    /// Whether to repeat even calls that are not idempotent and carry no business request id. Default `false`.
    pub repeats_unsafe: bool,
    /// The limit on the share of retries on this link.
    pub budget: Option<budget::Config>,
}

/// How the wait grows from one retry to the next, before jitter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Backoff {
    /// No wait.
    None,
    /// The same wait each time.
    Constant(Span),
    /// `base`, 2 `base`, 3 `base`, …, at most `max`.
    Linear {
        /// The first wait, and what each retry adds.
        base: Span,
        /// The longest wait.
        max: Span,
    },
    /// `base`, `base`·`factor`, `base`·`factor`², …, at most `max`.
    Exponential {
        /// The first wait.
        base: Span,
        /// At least 1. Default 2.
        factor: f64,
        /// The longest wait.
        max: Span,
    },
}

/// How to randomise a wait `v`, named as in the AWS article "Exponential Backoff And Jitter".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jitter {
    /// `v` itself.
    None,
    /// Uniform from 0 to `v`.
    Full,
    /// `v`/2 plus uniform from 0 to `v`/2.
    Equal,
    /// Uniform from `base` to three times the last wait, at most `max`.
    Decorrelated,
}

impl Default for Config {
    fn default() -> Self {
        Config::of(3)
    }
}

impl Backoff {
    /// The default factor of an exponential backoff.
    pub const FACTOR: f64 = 2.0;
    /// The longest wait by default: no limit.
    pub const UNCAPPED: Span = Span::MAX;
}

impl Config {
    /// A retry with this number of attempts, including the first, and defaults otherwise: no wait, nothing unsafe.
    pub const fn of(max_attempts: u32) -> Self {
        Config {
            max_attempts,
            backoff: Backoff::None,
            jitter: Jitter::None,
            on: OutcomeSet::RETRIED,
            repeats_unsafe: false,
            budget: None,
        }
    }

    /// Whether to try a call again after attempt number `attempt` (from 1) ended with `outcome`.
    ///
    /// A call is `repeatable` if its method is idempotent or it carries the business request id.
    /// The engine checks the budget and the deadline afterwards.
    pub fn wants_retry(&self, attempt: u32, outcome: Outcome, repeatable: bool) -> bool {
        attempt < self.max_attempts && self.on.contains(outcome) && (repeatable || self.repeats_unsafe)
    }
}

impl Backoff {
    /// How long to wait before retry number `retry` (from 0).
    ///
    /// `previous` is the wait before the last retry, zero before the first; only [`Jitter::Decorrelated`] uses it.
    /// `u` is a uniform draw from 0 to 1.
    pub fn delay(&self, jitter: Jitter, retry: u32, previous: Span, u: f64) -> Span {
        let wait = self.plain(retry);
        match jitter {
            Jitter::None => wait,
            Jitter::Full => wait.scaled(u),
            Jitter::Equal => wait.scaled(0.5) + wait.scaled(0.5 * u),
            Jitter::Decorrelated => {
                let low = self.first();
                let high = previous.max(low).scaled(3.0);
                (low + high.saturating_sub(low).scaled(u)).min(self.longest())
            }
        }
    }

    /// The wait before jitter.
    fn plain(&self, retry: u32) -> Span {
        let grown = match *self {
            Backoff::None => Span::ZERO,
            Backoff::Constant(wait) => wait,
            Backoff::Linear { base, .. } => base.scaled(f64::from(retry) + 1.0),
            Backoff::Exponential { base, factor, .. } => base.scaled(libm::pow(factor, f64::from(retry))),
        };
        grown.min(self.longest())
    }

    fn first(&self) -> Span {
        match *self {
            Backoff::None => Span::ZERO,
            Backoff::Constant(wait) => wait,
            Backoff::Linear { base, .. } | Backoff::Exponential { base, .. } => base,
        }
    }

    /// The cap. A constant wait has none, so decorrelated jitter can grow from it without limit.
    fn longest(&self) -> Span {
        match *self {
            Backoff::None => Span::ZERO,
            Backoff::Constant(_) => Span::MAX,
            Backoff::Linear { max, .. } | Backoff::Exponential { max, .. } => max,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Span = Span::millis;
    const EXPONENTIAL: Backoff = Backoff::Exponential { base: Span::millis(100), factor: 2.0, max: Span::secs(1) };

    #[test]
    fn waits_grow_up_to_the_cap() {
        let linear = Backoff::Linear { base: MS(100), max: MS(250) };
        for (backoff, waits) in [
            (Backoff::None, [0, 0, 0, 0]),
            (Backoff::Constant(MS(70)), [70, 70, 70, 70]),
            (linear, [100, 200, 250, 250]),
            (EXPONENTIAL, [100, 200, 400, 800]),
        ] {
            for (retry, wait) in waits.into_iter().enumerate() {
                assert_eq!(backoff.delay(Jitter::None, retry as u32, Span::ZERO, 0.9), MS(wait), "{backoff:?} {retry}");
            }
        }
        assert_eq!(EXPONENTIAL.delay(Jitter::None, u32::MAX, Span::ZERO, 0.0), Span::secs(1));
    }

    #[test]
    fn jitter_randomises_a_wait_as_in_the_article() {
        for (jitter, previous, [low, middle, high]) in [
            (Jitter::None, 0, [400, 400, 400]),
            (Jitter::Full, 0, [0, 200, 400]),
            (Jitter::Equal, 0, [200, 300, 400]),
            (Jitter::Decorrelated, 0, [100, 200, 300]),
            (Jitter::Decorrelated, 200, [100, 350, 600]),
            (Jitter::Decorrelated, 900, [100, 1_000, 1_000]),
        ] {
            for (u, wait) in [(0.0, low), (0.5, middle), (1.0, high)] {
                assert_eq!(EXPONENTIAL.delay(jitter, 2, MS(previous), u), MS(wait), "{jitter:?} after {previous}, {u}");
            }
        }
    }

    #[test]
    fn only_repeatable_calls_with_a_retried_outcome_are_tried_again() {
        let polite = Config::of(3);
        let reckless = Config { repeats_unsafe: true, ..polite.clone() };
        for (config, attempt, outcome, repeatable, again) in [
            (&polite, 1, Outcome::Timeout, true, true),
            (&polite, 2, Outcome::Timeout, true, true),
            (&polite, 3, Outcome::Timeout, true, false),
            (&polite, 1, Outcome::BreakerOpen, true, false),
            (&polite, 1, Outcome::Ok, true, false),
            (&polite, 1, Outcome::Timeout, false, false),
            (&reckless, 1, Outcome::Timeout, false, true),
        ] {
            assert_eq!(config.wants_retry(attempt, outcome, repeatable), again, "{attempt} {outcome:?} {repeatable}");
        }
    }
}
