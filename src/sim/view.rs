//! The observable state of a running simulation, as plain values.

use crate::outcome::Outcome;
use crate::policy::breaker;
use crate::scenario::topology::LinkId;
use crate::time::{Span, Time};

/// The direction of a message over a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From caller to callee.
    Request,
    /// From callee to caller.
    Response,
}

/// The purpose of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The call itself.
    #[default]
    Call,
    /// Tells the callee that the caller gave up.
    Cancel,
    /// Asks whether the call was carried out.
    Ask,
    /// Reverses the callee's effect.
    Compensate,
}

/// The facts about a message that decide whether anything else about it is needed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MessageKey {
    /// The link.
    pub link: LinkId,
    /// The direction.
    pub direction: Direction,
    /// When it left.
    pub sent: Time,
    /// When it arrives, or would arrive if it were not lost.
    pub arrives: Time,
    /// The intent of the client's request, counted from 1.
    pub intent: u64,
}

/// A message on its way. Its place on the link is a function of `sent`, `arrives` and the current time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MessageView {
    /// The serial number of the attempt.
    pub attempt: u64,
    /// The link.
    pub link: LinkId,
    /// The direction.
    pub direction: Direction,
    /// Its purpose.
    pub purpose: Purpose,
    /// When it left.
    pub sent: Time,
    /// When it arrives, or would arrive if it were not lost.
    pub arrives: Time,
    /// When it was lost, if it never arrives. Chance and faults lose a message on departure, and the drawing chooses
    /// where it breaks; by hand, it is lost on its way and breaks there.
    pub lost: Option<Time>,
    /// The outcome in a response; `None` for a request.
    pub outcome: Option<Outcome>,
    /// Whether no caller waits for it any more.
    pub wasted: bool,
    /// The intent of the client's request, counted from 1.
    pub intent: u64,
    /// Which attempt of its call this is, from 1.
    pub number: u32,
    /// Whether it carries the business request id.
    pub carries_id: bool,
    /// When its time budget ends.
    pub deadline: Option<Time>,
}

/// A wait of a caller.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaitView {
    /// The link.
    pub link: LinkId,
    /// What it waits for.
    pub kind: WaitKind,
    /// Since when.
    pub from: Time,
    /// Until when at the latest.
    pub until: Time,
    /// The intent of the client's request, counted from 1.
    pub intent: u64,
    /// The number of the attempt that waits, or that preceded the backoff, from 1.
    pub number: u32,
}

/// What a caller waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WaitKind {
    /// An answer, before the timeout.
    Timeout,
    /// The end of a backoff.
    Backoff,
    /// A permit of the bulkhead.
    Permit,
}

/// A service at this moment.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceView {
    /// Workers doing the service's own work.
    pub working: u32,
    /// Workers held by requests that wait for calls.
    pub held: u32,
    /// Workers whose request no caller waits for any more; part of `working` and `held`.
    pub wasting: u32,
    /// Workers in all; `None`: unlimited.
    pub workers: Option<u32>,
    /// Requests in the queue.
    pub queued: u32,
    /// Places in the queue; `None`: unlimited.
    pub queue: Option<u32>,
    /// Whether it is down, by a scheduled fault or by hand.
    pub down: bool,
    /// How many times as long its work takes; 1 is normal.
    pub slow: f64,
    /// The probability that a request fails; 0 is normal.
    pub failing: f64,
    /// Counts since the start.
    pub counts: ServiceCounts,
}

/// The faults of a service, combined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceFault {
    /// Whether it is down.
    pub down: bool,
    /// How many times as long its work takes; 1 is normal.
    pub slow: f64,
    /// The probability that a request fails; 0 is normal.
    pub failing: f64,
}

impl ServiceFault {
    /// No fault.
    pub const NONE: ServiceFault = ServiceFault { down: false, slow: 1.0, failing: 0.0 };

    /// Both faults at once: down if either is, slowness multiplies, failures are independent.
    pub fn and(self, other: ServiceFault) -> ServiceFault {
        ServiceFault {
            down: self.down || other.down,
            slow: self.slow * other.slow,
            failing: 1.0 - (1.0 - self.failing) * (1.0 - other.failing),
        }
    }
}

/// The faults of a link, combined.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LinkFault {
    /// Whether requests are dropped.
    pub drops_requests: bool,
    /// Whether responses are dropped.
    pub drops_responses: bool,
    /// The delay added to each leg.
    pub added_delay: Span,
}

/// The fates of the requests that reached a service, since the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServiceCounts {
    /// Arrived, whatever their fate.
    pub arrived: u64,
    /// Work has begun.
    pub started: u64,
    /// Answered after work.
    pub completed: u64,
    /// Completed requests that were answered with `error`.
    pub failed: u64,
    /// Completed requests whose caller had given up by then.
    pub wasted: u64,
    /// Good answers, after work or from the store, for which the caller still waited.
    pub useful: u64,
    /// Arrived at a full queue.
    pub shed: u64,
    /// Arrived while the service was down; not part of `arrived`.
    pub refused: u64,
    /// Exceeded the rate limit.
    pub rate_limited: u64,
    /// Answered from the idempotency store.
    pub replayed: u64,
    /// Arrived while another request with the same id was in progress.
    pub conflict: u64,
    /// Passed their deadline in the queue.
    pub expired: u64,
    /// Dropped because the caller cancelled them.
    pub cancelled: u64,
    /// Lost when the service went down.
    pub lost: u64,
}

/// Counts by outcome, in the order of [`Outcome::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutcomeCounts(pub [u64; 12]);

impl OutcomeCounts {
    /// The count of an outcome.
    pub fn get(&self, outcome: Outcome) -> u64 {
        self.0[outcome as usize]
    }

    /// Counts an outcome.
    pub fn add(&mut self, outcome: Outcome) {
        self.0[outcome as usize] += 1;
    }

    /// The sum of all counts.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The count of `ok` and `degraded`.
    pub fn successes(&self) -> u64 {
        self.get(Outcome::Ok) + self.get(Outcome::Degraded)
    }
}

/// A link at this moment.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkView {
    /// Calls since the start.
    pub calls: u64,
    /// Attempts since the start.
    pub attempts: u64,
    /// Attempts after the first of their call.
    pub retries: u64,
    /// Attempts that are over, by outcome.
    pub attempt_outcomes: OutcomeCounts,
    /// Calls that are over, by outcome.
    pub outcomes: OutcomeCounts,
    /// The state of its breaker, if it has one, and when an open state ends, by itself or at the next call.
    pub breaker: Option<(breaker::State, Option<Time>)>,
    /// Attempts that the callers wait for.
    pub waiting: u32,
    /// Whether requests are dropped, by a scheduled fault or by hand.
    pub drops_requests: bool,
    /// Whether responses are dropped, by a scheduled fault or by hand.
    pub drops_responses: bool,
    /// The delay that faults add to each leg.
    pub added_delay: Span,
}

/// A client at this moment.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientView {
    /// Requests sent since the start.
    pub sent: u64,
    /// Requests under way.
    pub pending: u64,
    /// Finished requests by outcome.
    pub outcomes: OutcomeCounts,
    /// The summed latency of the finished requests.
    pub latency_sum: Span,
}

/// An entry of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryView {
    /// When it was written.
    pub at: Time,
    /// The intent behind it.
    pub intent: u64,
    /// Whether there was a valid entry of this intent already.
    pub duplicate: bool,
    /// Whether it was reversed later.
    pub compensated: bool,
    /// Whether the client does not know about it, because it saw another outcome than `ok`.
    pub unknown: bool,
}
