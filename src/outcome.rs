//! Outcomes: how an attempt, a call or a whole request ends for its caller.

use serde::{Deserialize, Serialize};

/// How an attempt ended for its caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A complete response (HTTP 200).
    #[default]
    Ok,
    /// A response built on a fallback somewhere below (HTTP 200).
    Degraded,
    /// The callee answered with an error (HTTP 500).
    Error,
    /// The callee is down; the caller learns it after a round trip (connection refused).
    Refused,
    /// The callee's queue is full (HTTP 503).
    Shed,
    /// The callee's rate limit is reached (HTTP 429).
    RateLimited,
    /// No response within the timeout (HTTP 504).
    Timeout,
    /// The time budget ran out, or was too small to try (HTTP 504).
    DeadlineExceeded,
    /// Not sent: the circuit breaker does not permit it.
    BreakerOpen,
    /// Not sent: no permit within the bulkhead's wait.
    BulkheadFull,
    /// Another request with the same idempotency key is in progress (HTTP 409).
    Conflict,
    /// The caller gave up before an answer came: another hedge won, the
    /// caller itself was cancelled or went down, or the user left.
    Cancelled,
}

impl Outcome {
    /// Every outcome, in the order of reports.
    pub const ALL: [Outcome; 12] = [
        Outcome::Ok,
        Outcome::Degraded,
        Outcome::Error,
        Outcome::Refused,
        Outcome::Shed,
        Outcome::RateLimited,
        Outcome::Timeout,
        Outcome::DeadlineExceeded,
        Outcome::BreakerOpen,
        Outcome::BulkheadFull,
        Outcome::Conflict,
        Outcome::Cancelled,
    ];

    /// Whether the caller got a usable answer: `ok` or `degraded`.
    pub const fn is_success(self) -> bool {
        matches!(self, Outcome::Ok | Outcome::Degraded)
    }

    /// Whether the caller cannot know if the callee carried out the request.
    pub const fn is_unknown(self) -> bool {
        matches!(self, Outcome::Timeout | Outcome::DeadlineExceeded)
    }

    /// The name in scenario files and reports, e.g. `deadline_exceeded`.
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::Ok => "ok",
            Outcome::Degraded => "degraded",
            Outcome::Error => "error",
            Outcome::Refused => "refused",
            Outcome::Shed => "shed",
            Outcome::RateLimited => "rate_limited",
            Outcome::Timeout => "timeout",
            Outcome::DeadlineExceeded => "deadline_exceeded",
            Outcome::BreakerOpen => "breaker_open",
            Outcome::BulkheadFull => "bulkhead_full",
            Outcome::Conflict => "conflict",
            Outcome::Cancelled => "cancelled",
        }
    }
}

/// A set of outcomes, e.g. those that are retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeSet(u16);

impl OutcomeSet {
    /// The outcomes that a retry repeats by default.
    pub const RETRIED: OutcomeSet =
        OutcomeSet::of(&[Outcome::Timeout, Outcome::Refused, Outcome::Error, Outcome::Shed, Outcome::RateLimited]);

    /// The outcomes that a circuit breaker counts as failures by default: attempts without a usable answer.
    pub const FAILURES: OutcomeSet = OutcomeSet::of(&[
        Outcome::Error,
        Outcome::Refused,
        Outcome::Shed,
        Outcome::RateLimited,
        Outcome::Timeout,
        Outcome::DeadlineExceeded,
        Outcome::BulkheadFull,
        Outcome::Conflict,
    ]);

    /// The outcomes that a retry can repeat: all that are not answers, unless the caller itself gave up.
    pub const RETRIABLE: OutcomeSet = OutcomeSet::RETRIED
        .with(Outcome::DeadlineExceeded)
        .with(Outcome::BreakerOpen)
        .with(Outcome::BulkheadFull)
        .with(Outcome::Conflict);

    /// The outcomes that a circuit breaker can count as failures. A good answer is none; its own refusals, and attempts that
    /// the caller gave up, say nothing about the callee.
    pub const COUNTABLE: OutcomeSet = OutcomeSet::FAILURES.with(Outcome::Degraded);

    /// The set of the given outcomes.
    pub const fn of(outcomes: &[Outcome]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < outcomes.len() {
            bits |= 1 << outcomes[i] as u16;
            i += 1;
        }
        OutcomeSet(bits)
    }

    /// The set with `outcome` added.
    pub const fn with(self, outcome: Outcome) -> Self {
        OutcomeSet(self.0 | 1 << outcome as u16)
    }

    /// Whether `outcome` is in the set.
    pub const fn contains(self, outcome: Outcome) -> bool {
        self.0 & (1 << outcome as u16) != 0
    }

    /// The outcomes in the set, in the order of [`Outcome::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Outcome> {
        Outcome::ALL.into_iter().filter(move |o| self.contains(*o))
    }
}
