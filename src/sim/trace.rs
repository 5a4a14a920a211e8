//! A record of what happened to each request, as spans: the user's request, each
//! attempt as its caller saw it, and each piece of work as the callee saw it.
//! Of one request that is followed it also keeps what lies between: messages, waits, effects.
//!
//! Recording does not change a run. It is bounded: when the record is full,
//! what comes later is counted and left out.

mod record_spans;

use super::view::{Direction, Purpose};
use crate::outcome::Outcome;
use crate::policy::breaker::State;
use crate::scenario::topology::{LinkId, ServiceId};
use crate::time::Time;

/// The spans of a run so far.
#[derive(Clone, Debug)]
pub struct Trace {
    /// In the order in which they ended.
    pub spans: Vec<TraceSpan>,
    /// What happened besides, in the order in which it happened. Empty unless one request is followed.
    pub marks: Vec<Mark>,
    /// Spans and marks that had no place.
    pub left_out: u64,
    /// How many spans have a place, and how many marks.
    pub limit: usize,
    /// The intent of the one request that is followed; `None`: all are recorded, without marks.
    pub only: Option<u64>,
    /// Up to when it tells.
    pub until: Time,
}

/// One span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TraceSpan {
    /// The intent of the client's request: the trace that the span belongs to.
    pub intent: u64,
    /// Which span it is.
    pub id: SpanId,
    /// The span that it is part of; `None` for a user's request.
    pub parent: Option<SpanId>,
    /// Where it was seen.
    pub service: ServiceId,
    /// The link that an attempt went over or a request came by; `None` for a user's request.
    pub link: Option<LinkId>,
    /// When it began.
    pub start: Time,
    /// When it ended, or the end of the record if it had not.
    pub end: Time,
    /// How it ended; `None` if it had not, or if nobody was answered.
    pub outcome: Option<Outcome>,
    /// Whether it has ended.
    pub ended: bool,
    /// What is special about an attempt.
    pub attempt: Option<AttemptFacts>,
}

/// What is special about an attempt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AttemptFacts {
    /// Which attempt of its call it is, from 1.
    pub number: u32,
    /// What it was for.
    pub purpose: Purpose,
    /// The state of the link's breaker after it.
    pub breaker: Option<State>,
}

/// Names a span within a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanId {
    /// The request of a user, by its intent.
    User(u64),
    /// An attempt in the eyes of its caller, by its serial number.
    Caller(u64),
    /// The same in the eyes of the callee.
    Callee(u64),
}

/// Something that happened to the request that is followed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// When.
    pub at: Time,
    /// To which span of it.
    pub whose: SpanId,
    /// What.
    pub what: Detail,
}

/// What can happen between the beginning and the end of a span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Detail {
    /// The span ends, with what the caller makes of the attempt, or with what the callee answers; `None`: nobody is answered.
    Ends(Option<Outcome>),
    /// A message of an attempt leaves.
    Sent {
        /// The way.
        direction: Direction,
        /// What it is about.
        purpose: Purpose,
        /// When it arrives, or would arrive were it not lost.
        arrives: Time,
        /// Whether it never arrives.
        lost: bool,
        /// What a response says.
        outcome: Option<Outcome>,
    },
    /// A caller begins to wait for an attempt, until this instant at the latest.
    Waits(Time),
    /// The callee answers at once from its idempotency store.
    Replays,
    /// The callee has a worker for the request.
    WorkBegins,
    /// The own work of the callee is done.
    WorkEnds,
    /// The callee writes to the ledger.
    Books {
        /// Whether an entry of this intent stood there already.
        duplicate: bool,
    },
    /// The callee takes back so many entries of the ledger.
    TakesBack(u32),
    /// The callee went down, or was removed, with the request in its hands.
    IsLost,
    /// The caller waits before the next try.
    Backoff {
        /// The link of the call.
        link: LinkId,
        /// When the next try begins.
        until: Time,
    },
    /// The caller would try again, but does not.
    NotRepeated {
        /// The link of the call.
        link: LinkId,
        /// Why.
        why: NoRetry,
    },
    /// A call is over.
    CallEnds {
        /// The link of the call.
        link: LinkId,
        /// What its last attempt, or the answer to a question, said.
        outcome: Outcome,
        /// What the caller goes on with: a fallback may have made it `degraded`.
        seen: Outcome,
    },
    /// Chance decided that a call is not made.
    LeftOut(LinkId),
    /// The user has waited long enough.
    LosesPatience,
    /// The user asks again by hand.
    AsksAgain,
}

/// Why a failed attempt, whose outcome the link retries, was the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRetry {
    /// All attempts are used up.
    Attempts,
    /// It is not safe to repeat the call: it is not idempotent and carries no business request id.
    Unsafe,
    /// The backoff would end at or after the deadline.
    Deadline,
    /// The retry budget is used up.
    Budget,
}

impl Trace {
    /// An empty record with places for `limit` spans.
    pub fn new(limit: usize) -> Self {
        Trace { spans: Vec::new(), marks: Vec::new(), left_out: 0, limit, only: None, until: Time::ZERO }
    }

    /// An empty record of one request, with places for `limit` spans and as many marks.
    pub fn of(intent: u64, limit: usize) -> Self {
        Trace { only: Some(intent), ..Trace::new(limit) }
    }

    /// Whether all that the record tells of is over, so that it will not change any more.
    pub fn is_over(&self) -> bool {
        let over = |mark: &Mark| match mark.what {
            Detail::Sent { arrives: end, .. } | Detail::Backoff { until: end, .. } => end <= self.until,
            _ => true,
        };
        !self.spans.is_empty() && self.spans.iter().all(|span| span.ended) && self.marks.iter().all(over)
    }

    fn add(&mut self, span: TraceSpan) {
        if self.only.is_some_and(|intent| intent != span.intent) {
            return;
        }
        if self.spans.len() < self.limit { self.spans.push(span) } else { self.left_out += 1 }
    }

    fn mark(&mut self, mark: Mark) {
        if self.marks.len() < self.limit { self.marks.push(mark) } else { self.left_out += 1 }
    }

    /// The message of an attempt that left then does not arrive after all.
    pub(super) fn lose(&mut self, attempt: u64, sent: Time) {
        for mark in self.marks.iter_mut().rev().take_while(|mark| mark.at >= sent) {
            if let Detail::Sent { lost, .. } = &mut mark.what
                && mark.at == sent
                && matches!(mark.whose, SpanId::Caller(serial) | SpanId::Callee(serial) if serial == attempt)
            {
                *lost = true;
            }
        }
    }

    /// Services and links have new ids; what happened at those that are gone is no longer told.
    pub(super) fn renumber(
        &mut self,
        service: impl Fn(ServiceId) -> Option<ServiceId>,
        link: impl Fn(LinkId) -> Option<LinkId>,
    ) {
        let moved = |id: &mut LinkId| link(*id).map(|new| *id = new).is_some();
        self.spans.retain_mut(|span| {
            service(span.service).map(|new| span.service = new).is_some() && span.link.as_mut().is_none_or(moved)
        });
        self.marks.retain_mut(|mark| match &mut mark.what {
            Detail::Backoff { link, .. }
            | Detail::NotRepeated { link, .. }
            | Detail::CallEnds { link, .. }
            | Detail::LeftOut(link) => moved(link),
            _ => true,
        });
    }
}
