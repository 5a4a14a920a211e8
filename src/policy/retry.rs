//! Retry: how often a call is tried, and how long it waits in between.

use super::budget;
use crate::outcome::OutcomeSet;
use crate::time::Span;

/// The settings of a retry.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Attempts in all, the first included (as Resilience4j and gRPC count). Default 3.
    pub max_attempts: u32,
    /// The wait before a retry. Default none.
    pub backoff: Backoff,
    /// How chance spreads the wait. Default none.
    pub jitter: Jitter,
    /// The outcomes that are retried.
    pub on: OutcomeSet,
    /// Whether to repeat calls that are not idempotent and carry no business request id. Default `false`.
    pub repeats_unsafe: bool,
    /// What bounds the share of retries on this link.
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

/// How chance spreads a wait `v`: the names of the AWS article "Exponential Backoff And Jitter".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jitter {
    /// Just `v`.
    None,
    /// Uniform from 0 to `v`.
    Full,
    /// `v`/2 plus uniform from 0 to `v`/2.
    Equal,
    /// Uniform from `base` to three times the last wait, at most `max`.
    Decorrelated,
}
