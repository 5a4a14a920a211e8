//! A record of what happened to each request, as spans: the user's request, each
//! attempt as its caller saw it, and each piece of work as the callee saw it.
//! Of one request that is followed it also keeps what lies between: messages, waits, effects.
//!
//! Recording does not change a run. It is bounded: when the record is full,
//! what comes later is counted and left out.

use super::arena::Id;
use super::call::{Attempt, Call, Leg};
use super::engine::Engine;
use super::request::{Origin, Request};
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

impl Engine {
    /// The record, with what is under way as spans that have not ended.
    pub(super) fn trace_so_far(&self) -> Option<Trace> {
        let mut trace = self.trace.clone()?;
        trace.until = self.now;
        self.requests.iter().for_each(|(_, request)| trace.add(self.request_span(request, None, false)));
        for (_, attempt) in self.attempts.iter() {
            if let Some(call) = attempt.call {
                trace.add(self.attempt_span(call, attempt, None, false));
            }
        }
        Some(trace)
    }

    /// Whether a record is kept. Mostly none is: so what follows from it is called, and only the question asked in place.
    #[inline(always)]
    fn records(&self) -> bool {
        self.trace.is_some()
    }

    /// The caller is done with an attempt.
    #[inline(always)]
    pub(super) fn trace_attempt(&mut self, call: Id<Call>, id: Id<Attempt>, outcome: Outcome) {
        if self.records() {
            self.end_attempt_span(call, id, outcome);
        }
    }

    #[cold]
    #[inline(never)]
    fn end_attempt_span(&mut self, call: Id<Call>, id: Id<Attempt>, outcome: Outcome) {
        let span = self.attempt_span(call, &self.attempts[id], Some(outcome), true);
        self.end_span(span);
    }

    /// An attempt was stopped before it came to be.
    pub(super) fn trace_unsent(&mut self, call: Id<Call>, outcome: Outcome) {
        if self.trace.is_none() {
            return;
        }
        let call = &self.calls[call];
        let span = TraceSpan {
            intent: call.intent.number,
            id: SpanId::Caller(self.last_attempt),
            parent: Some(self.parent_of(call)),
            service: call.from,
            link: Some(call.link),
            start: self.now,
            end: self.now,
            outcome: Some(outcome),
            ended: true,
            attempt: Some(self.facts(call.link, call.attempts, Purpose::Call)),
        };
        self.end_span(span);
    }

    /// The callee, or the user's client, is done with a request.
    #[inline(always)]
    pub(super) fn trace_request(&mut self, id: Id<Request>, outcome: Option<Outcome>) {
        if self.records() {
            self.end_request_span(id, outcome);
        }
    }

    #[cold]
    #[inline(never)]
    fn end_request_span(&mut self, id: Id<Request>, outcome: Option<Outcome>) {
        let span = self.request_span(&self.requests[id], outcome, true);
        self.end_span(span);
    }

    /// The callee answered a request at once, without taking it up.
    pub(super) fn trace_turned_away(&mut self, service: ServiceId, id: Id<Attempt>, outcome: Outcome) {
        if self.trace.is_none() {
            return;
        }
        let (now, attempt) = (self.now, &self.attempts[id]);
        self.end_span(TraceSpan {
            intent: attempt.intent.number,
            id: SpanId::Callee(attempt.serial),
            parent: Some(SpanId::Caller(attempt.serial)),
            service,
            link: Some(attempt.link),
            start: now,
            end: now,
            outcome: Some(outcome),
            ended: true,
            attempt: None,
        });
    }

    fn end_span(&mut self, span: TraceSpan) {
        self.trace.iter_mut().for_each(|trace| trace.add(span));
        self.mark(span.intent, span.id, Detail::Ends(span.outcome));
    }

    /// Keeps what happens to an intent, if it is the one that is followed.
    #[cold]
    #[inline(never)]
    fn mark(&mut self, intent: u64, whose: SpanId, what: Detail) {
        let at = self.now;
        if let Some(trace) = self.trace.as_mut().filter(|trace| trace.only == Some(intent)) {
            trace.mark(Mark { at, whose, what });
        }
    }

    /// Something happens to an attempt.
    #[inline(always)]
    pub(super) fn mark_attempt(&mut self, id: Id<Attempt>, what: Detail) {
        if self.records() {
            self.mark_caller(id, what);
        }
    }

    #[cold]
    #[inline(never)]
    fn mark_caller(&mut self, id: Id<Attempt>, what: Detail) {
        let attempt = &self.attempts[id];
        self.mark(attempt.intent.number, SpanId::Caller(attempt.serial), what);
    }

    /// The callee of an attempt does something at once.
    pub(super) fn mark_callee(&mut self, id: Id<Attempt>, what: Detail) {
        if self.trace.is_some() {
            let attempt = &self.attempts[id];
            self.mark(attempt.intent.number, SpanId::Callee(attempt.serial), what);
        }
    }

    /// Something happens to a request at the place that serves it.
    #[inline(always)]
    pub(super) fn mark_request(&mut self, id: Id<Request>, what: Detail) {
        if self.records() {
            self.mark_served(id, what);
        }
    }

    #[cold]
    #[inline(never)]
    fn mark_served(&mut self, id: Id<Request>, what: Detail) {
        let request = &self.requests[id];
        self.mark(request.intent.number, self.span_of(request.origin, request.intent.number), what);
    }

    /// The span that a call is part of, if a record is kept: for when the call is gone.
    #[inline(always)]
    pub(super) fn traced_parent(&self, id: Id<Call>) -> Option<SpanId> {
        if self.records() { Some(self.parent_of(&self.calls[id])) } else { None }
    }

    /// Something happens to a call that is gone.
    #[inline(always)]
    pub(super) fn mark_end(&mut self, intent: u64, traced: Option<SpanId>, what: Detail) {
        if let Some(parent) = traced {
            self.mark(intent, parent, what);
        }
    }

    /// Something happens to a call that is under way.
    pub(super) fn mark_open_call(&mut self, id: Id<Call>, what: Detail) {
        if self.trace.is_some() {
            let call = &self.calls[id];
            self.mark(call.intent.number, self.parent_of(call), what);
        }
    }

    /// A message leaves.
    #[inline(always)]
    pub(super) fn mark_sent(&mut self, id: Id<Attempt>, leg: Leg, purpose: Purpose) {
        let Leg { direction, arrives, outcome, .. } = leg;
        let lost = leg.is_lost();
        self.mark_attempt(id, Detail::Sent { direction, purpose, arrives, lost, outcome });
    }

    fn attempt_span(&self, call: Id<Call>, attempt: &Attempt, outcome: Option<Outcome>, ended: bool) -> TraceSpan {
        let call = &self.calls[call];
        TraceSpan {
            intent: attempt.intent.number,
            id: SpanId::Caller(attempt.serial),
            parent: Some(self.parent_of(call)),
            service: call.from,
            link: Some(attempt.link),
            start: attempt.started,
            end: self.now,
            outcome,
            ended,
            attempt: Some(self.facts(attempt.link, attempt.number, attempt.purpose)),
        }
    }

    fn request_span(&self, request: &Request, outcome: Option<Outcome>, ended: bool) -> TraceSpan {
        let intent = request.intent.number;
        let (parent, link) = match request.origin {
            Origin::User { .. } => (None, None),
            Origin::Attempt(id) => {
                let attempt = &self.attempts[id];
                (Some(SpanId::Caller(attempt.serial)), Some(attempt.link))
            }
        };
        let (id, service, start) = (self.span_of(request.origin, intent), request.service, request.arrived);
        TraceSpan { intent, id, parent, service, link, start, end: self.now, outcome, ended, attempt: None }
    }

    fn span_of(&self, origin: Origin, intent: u64) -> SpanId {
        match origin {
            Origin::User { .. } => SpanId::User(intent),
            Origin::Attempt(id) => SpanId::Callee(self.attempts[id].serial),
        }
    }

    fn facts(&self, link: LinkId, number: u32, purpose: Purpose) -> AttemptFacts {
        let breaker = self.links[link.index()].breaker.as_ref().map(|breaker| breaker.state());
        AttemptFacts { number, purpose, breaker }
    }

    #[cold]
    #[inline(never)]
    fn parent_of(&self, call: &Call) -> SpanId {
        let intent = call.intent.number;
        call.caller.map_or(SpanId::User(intent), |caller| self.span_of(self.requests[caller].origin, intent))
    }
}
