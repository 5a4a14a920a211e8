//! The circuit breaker.

use crate::outcome::OutcomeSet;
use crate::time::Span;

/// The settings of a circuit breaker.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// When it trips.
    pub trip: Trip,
    /// How long it refuses before it tries again. Default 60 s.
    pub open_for: Span,
    /// How many calls may try in half-open. Default 10, for the plain form 1.
    pub half_open_calls: u32,
    /// The longest time in half-open before it opens again; `None`: as long as it takes. Default `None`.
    pub half_open_max: Option<Span>,
    /// Whether it turns half-open by itself when `open_for` is over, instead of with the next call. Default `false`.
    pub automatic: bool,
    /// Which outcomes are failures; the others are successes.
    pub failures: OutcomeSet,
}

/// What trips a circuit breaker.
#[derive(Clone, Debug, PartialEq)]
pub enum Trip {
    /// The rate of failures, or of slow calls, in a sliding window (Resilience4j).
    Rate {
        /// What the window holds. Default 100 calls.
        window: Window,
        /// With fewer results than this in the window it does not trip. Default 100.
        minimum_calls: u32,
        /// The share of failures from which it trips, above 0 to 1. Default 0.5.
        failure_rate: f64,
        /// A call that took longer than this is slow. Default 60 s.
        slow_duration: Span,
        /// The share of slow calls from which it trips, above 0 to 1. Default 1.
        slow_rate: f64,
    },
    /// So many failures in a row (gobreaker, Polly v7).
    Consecutive {
        /// At least 1.
        failures: u32,
    },
}

/// The sliding window of a circuit breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The last so many results.
    Calls(u32),
    /// The results of the last so many whole seconds.
    Time(Span),
}

/// The state of a circuit breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Lets all calls through.
    Closed,
    /// Refuses all calls.
    Open,
    /// Lets some calls through to see how they fare.
    HalfOpen,
}
