//! The names and tones of outcomes in the diagrams of a request.

use crate::id;
use crate::outcome::Outcome;
use crate::text::Id;

/// The tone of a step. Each tone has one colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A request.
    Request,
    /// A good answer.
    Ok,
    /// A degraded answer.
    Degraded,
    /// A failure.
    Failed,
    /// Wasted work, or a late answer.
    Wasted,
    /// A remark.
    Quiet,
}

/// The name of an outcome in diagrams.
pub const fn outcome_name(outcome: Outcome) -> Id {
    match outcome {
        Outcome::Ok => id!("step-outcome-ok"),
        Outcome::Degraded => id!("step-outcome-degraded"),
        Outcome::Error => id!("step-outcome-error"),
        Outcome::Refused => id!("step-outcome-refused"),
        Outcome::Shed => id!("step-outcome-shed"),
        Outcome::RateLimited => id!("step-outcome-rate-limited"),
        Outcome::Timeout => id!("step-outcome-timeout"),
        Outcome::DeadlineExceeded => id!("step-outcome-too-late"),
        Outcome::BreakerOpen => id!("step-outcome-breaker-open"),
        Outcome::BulkheadFull => id!("step-outcome-no-permit"),
        Outcome::Conflict => id!("step-outcome-conflict"),
        Outcome::Cancelled => id!("step-outcome-cancelled"),
    }
}

/// The short name of an outcome, without the status code of HTTP.
pub const fn outcome_in_short(outcome: Outcome) -> Id {
    match outcome {
        Outcome::Shed => id!("step-outcome-short-shed"),
        Outcome::RateLimited => id!("step-outcome-short-rate-limited"),
        Outcome::Conflict => id!("step-outcome-short-conflict"),
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
