//! What can be seen of a running simulation, as plain values: nothing here changes a run.

use crate::outcome::Outcome;
use crate::policy::breaker;
use crate::scenario::topology::LinkId;
use crate::time::{Span, Time};

/// The way that a message travels over a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From caller to callee.
    Request,
    /// From callee to caller.
    Response,
}

/// What a message is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The call itself.
    #[default]
    Call,
    /// Tells the callee that the caller has given up.
    Cancel,
    /// Asks whether the call was carried out.
    Ask,
    /// Takes back what the callee did.
    Compensate,
}

/// What is needed of a message to tell whether more of it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MessageKey {
    /// The link.
    pub link: LinkId,
    /// The way.
    pub direction: Direction,
    /// When it left.
    pub sent: Time,
    /// When it arrives, or would arrive were it not lost.
    pub arrives: Time,
    /// The intent of the client's request, counted from 1.
    pub intent: u64,
}

/// A message on its way. Its place is a function of `sent`, `arrives` and the current time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MessageView {
    /// Identifies the attempt during its life.
    pub attempt: u64,
    /// The link.
    pub link: LinkId,
    /// The way.
    pub direction: Direction,
    /// What it is about.
    pub purpose: Purpose,
    /// When it left.
    pub sent: Time,
    /// When it arrives, or would arrive were it not lost.
    pub arrives: Time,
    /// When it was lost, if it never arrives: by chance or a fault as it left, and where it breaks is the drawing's choice;
    /// by hand on its way, and there it breaks.
    pub lost: Option<Time>,
    /// What a response says; `None` for a request.
    pub outcome: Option<Outcome>,
    /// Whether nobody waits for it any more.
    pub wasted: bool,
    /// The intent of the client's request, counted from 1.
    pub intent: u64,
    /// Which attempt of its call this is, from 1.
    pub number: u32,
    /// Whether it carries the business request id.
    pub carries_id: bool,
    /// When its budget of time runs out.
    pub deadline: Option<Time>,
}

/// A caller that waits, drawn at the caller's end of the link.
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
    /// Which attempt of its call waits, or was the last one before a backoff, from 1.
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
    /// Workers that work.
    pub working: u32,
    /// Workers held by requests that wait for calls.
    pub held: u32,
    /// Workers whose request nobody waits for any more; part of `working` and `held`.
    pub wasting: u32,
    /// Workers in all; `None`: unlimited.
    pub workers: Option<u32>,
    /// Requests in the queue.
    pub queued: u32,
    /// Places in the queue; `None`: unlimited.
    pub queue: Option<u32>,
    /// Whether it is down, by a scheduled fault or by hand.
    pub down: bool,
    /// How many times as long its work takes; 1 at rest.
    pub slow: f64,
    /// The probability to fail.
    pub failing: f64,
    /// Counts since the start.
    pub counts: ServiceCounts,
}

/// What faults do to a service, all together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceFault {
    /// Whether it is down.
    pub down: bool,
    /// How many times as long its work takes; 1 at rest.
    pub slow: f64,
    /// The probability that a request fails; 0 at rest.
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

/// What faults do to a link, all together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LinkFault {
    /// Whether requests are dropped.
    pub drops_requests: bool,
    /// Whether responses are dropped.
    pub drops_responses: bool,
    /// The delay added to each leg.
    pub added_delay: Span,
}

/// What has become of the requests that reached a service, since the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServiceCounts {
    /// Taken, whatever became of them.
    pub arrived: u64,
    /// Work has begun.
    pub started: u64,
    /// Answered after work.
    pub completed: u64,
    /// Of the completed: answered with `error`.
    pub failed: u64,
    /// Of the completed: the caller had given up by then.
    pub wasted: u64,
    /// Found the queue full.
    pub shed: u64,
    /// Found the service down; not part of `arrived`.
    pub refused: u64,
    /// Found the rate limit reached.
    pub rate_limited: u64,
    /// Answered from the idempotency store.
    pub replayed: u64,
    /// Found the first with the same id in progress.
    pub conflict: u64,
    /// The deadline had passed at their turn.
    pub expired: u64,
    /// Ended because the caller said that it had given up.
    pub cancelled: u64,
    /// Gone when the service went down.
    pub lost: u64,
}

/// Counts by outcome, in the order of [`Outcome::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutcomeCounts(pub [u64; 12]);

impl OutcomeCounts {
    /// How many ended so.
    pub fn get(&self, outcome: Outcome) -> u64 {
        self.0[outcome as usize]
    }

    /// One more.
    pub fn add(&mut self, outcome: Outcome) {
        self.0[outcome as usize] += 1;
    }

    /// All together.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// Those that ended `ok` or `degraded`.
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
    /// The state of its breaker, if it has one, and when that state ends by itself or by the next call.
    pub breaker: Option<(breaker::State, Option<Time>)>,
    /// Attempts that the callers wait for.
    pub waiting: u32,
    /// Whether requests and responses are dropped, by a scheduled fault or by hand.
    pub drops_requests: bool,
    /// See `drops_requests`.
    pub drops_responses: bool,
    /// Delay added to each leg by faults.
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
    /// Whether another entry of this intent stood already.
    pub duplicate: bool,
    /// Whether it was taken back since.
    pub compensated: bool,
    /// Whether the client was told something else than `ok`, or nothing: it does not know of the entry.
    pub unknown: bool,
}
