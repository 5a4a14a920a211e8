//! How outcomes are named and coloured in the diagrams of a request.

use crate::id;
use crate::outcome::Outcome;
use crate::text::Id;

/// How a step looks. One tone has one colour everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A question.
    Request,
    /// A good answer.
    Ok,
    /// An answer that is good enough.
    Degraded,
    /// A failure.
    Failed,
    /// What nobody waits for.
    Wasted,
    /// A remark.
    Quiet,
}

/// The name of an outcome in diagrams.
pub const fn outcome_name(outcome: Outcome) -> Id {
    match outcome {
        Outcome::Ok => id!("outcome-ok"),
        Outcome::Degraded => id!("outcome-degraded"),
        Outcome::Error => id!("outcome-error"),
        Outcome::Refused => id!("outcome-refused"),
        Outcome::Shed => id!("outcome-shed"),
        Outcome::RateLimited => id!("outcome-rate-limited"),
        Outcome::Timeout => id!("outcome-timeout"),
        Outcome::DeadlineExceeded => id!("outcome-too-late"),
        Outcome::BreakerOpen => id!("outcome-breaker-open"),
        Outcome::BulkheadFull => id!("outcome-no-permit"),
        Outcome::Conflict => id!("outcome-conflict"),
        Outcome::Cancelled => id!("outcome-cancelled"),
    }
}

/// The name of an outcome where there is little room: without the status code of HTTP.
pub const fn outcome_in_short(outcome: Outcome) -> Id {
    match outcome {
        Outcome::Shed => id!("outcome-short-shed"),
        Outcome::RateLimited => id!("outcome-short-rate-limited"),
        Outcome::Conflict => id!("outcome-short-conflict"),
        _ => outcome_name(outcome),
    }
}

/// The tone of an outcome.
pub const fn tone_of(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Ok => Tone::Ok,
        Outcome::Degraded => Tone::Degraded,
        Outcome::Cancelled => Tone::Quiet,
        _ => Tone::Failed,
    }
}
