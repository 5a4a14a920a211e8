//! Traces: requests recorded as spans. There is a span for the user's request, one for each attempt
//! as its caller sees it, and one for each request as the callee sees it. A trace of a single request
//! also has marks for what happens in between: messages, waits, effects.
//!
//! Recording does not change a run. The size of a record is limited; spans beyond it are only counted.

mod record_spans;

use super::view::{Direction, Purpose};
use crate::outcome::Outcome;
use crate::policy::breaker::State;
use crate::scenario::topology::{LinkId, ServiceId};
use crate::time::Time;

/// The spans of a run so far.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The spans, in the order in which they ended.
    pub spans: Vec<TraceSpan>,
    /// The marks, in the order in which they happened. Empty unless a single request is recorded.
    pub marks: Vec<Mark>,
    /// How many spans and marks exceeded the limit.
    pub left_out: u64,
    /// How many spans, and how many marks, the record can hold.
    pub limit: usize,
    /// The intent of the single recorded request; `None`: all requests are recorded, without marks.
    pub only: Option<u64>,
    /// The end of the record.
    pub until: Time,
}

/// One span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TraceSpan {
    /// The intent of the client's request: the trace that the span belongs to.
    pub intent: u64,
    /// Which span it is.
    pub id: SpanId,
    /// The span that it belongs to; `None` for a user's request.
    pub parent: Option<SpanId>,
    /// The service at which it was recorded.
    pub service: ServiceId,
    /// The link of the attempt or the request; `None` for a user's request.
    pub link: Option<LinkId>,
    /// When it began.
    pub start: Time,
    /// When it ended, or the end of the record if it is unfinished.
    pub end: Time,
    /// How it ended; `None` if it is unfinished or got no answer.
    pub outcome: Option<Outcome>,
    /// Whether it has ended.
    pub ended: bool,
    /// Further facts about an attempt.
    pub attempt: Option<AttemptFacts>,
}

/// Further facts about an attempt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AttemptFacts {
    /// Which attempt of its call it is, from 1.
    pub number: u32,
    /// Its purpose.
    pub purpose: Purpose,
    /// The state of the link's breaker after it.
    pub breaker: Option<State>,
}

/// Identifies a span within a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanId {
    /// The request of a user, by its intent.
    User(u64),
    /// An attempt as its caller sees it, by its serial number.
    Caller(u64),
    /// The same attempt as the callee sees it.
    Callee(u64),
}

/// Something that happened to the single recorded request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// When.
    pub at: Time,
    /// The span that it belongs to.
    pub whose: SpanId,
    /// What happened.
    pub what: Detail,
}

/// Something that can happen within a span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Detail {
    /// The span ends with the attempt's outcome for the caller, or with the callee's answer; `None`: no answer.
    Ends(Option<Outcome>),
    /// A message of an attempt leaves.
    Sent {
        /// Its direction.
        direction: Direction,
        /// Its purpose.
        purpose: Purpose,
        /// When it arrives, or would arrive if it were not lost.
        arrives: Time,
        /// Whether it never arrives.
        lost: bool,
        /// The outcome in a response.
        outcome: Option<Outcome>,
    },
    /// A caller starts to wait for an attempt, until this instant at the latest.
    Waits(Time),
    /// The callee answers at once from its idempotency store.
    Replays,
    /// A worker of the callee starts on the request.
    WorkBegins,
    /// The callee's own work is done.
    WorkEnds,
    /// The callee writes to the ledger.
    Books {
        /// Whether there was a valid entry of this intent already.
        duplicate: bool,
    },
    /// The callee reverses this many entries of the ledger.
    TakesBack(u32),
    /// The callee lost the request when it went down or was removed.
    IsLost,
    /// The caller waits before the next try.
    Backoff {
        /// The link of the call.
        link: LinkId,
        /// When the next try begins.
        until: Time,
    },
    /// The caller does not try again, although the link retries this outcome.
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
        /// The outcome of its last attempt, or the answer to a status query.
        outcome: Outcome,
        /// The outcome for the caller: a fallback may have turned it into `degraded`.
        seen: Outcome,
    },
    /// Chance skipped a call.
    LeftOut(LinkId),
    /// The user's patience is over.
    LosesPatience,
    /// The user asks again.
    AsksAgain,
}

/// Why there was no retry after a failed attempt whose outcome the link retries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRetry {
    /// All attempts are used up.
    Attempts,
    /// The call is unsafe to repeat: it is not idempotent and carries no business request id.
    Unsafe,
    /// The backoff would end at or after the deadline.
    Deadline,
    /// The retry budget is used up.
    Budget,
}

impl Trace {
    /// An empty record of at most `limit` spans.
    pub fn new(limit: usize) -> Self {
        Trace { spans: Vec::new(), marks: Vec::new(), left_out: 0, limit, only: None, until: Time::ZERO }
    }

    /// An empty record of a single request, of at most `limit` spans and as many marks.
    pub fn of(intent: u64, limit: usize) -> Self {
        Trace { only: Some(intent), ..Trace::new(limit) }
    }

    /// Whether everything in the record is over, so that it does not change any more.
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

    /// Marks the message of an attempt that was sent at `sent` as lost.
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

    /// Gives services and links new ids, and drops the spans and marks of removed ones.
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
