//! A record of what happened to each request, as spans: the user's request, each
//! attempt as its caller saw it, and each piece of work as the callee saw it.
//!
//! Recording does not change a run. It is bounded: when the record is full,
//! later spans are counted and left out.

use super::arena::Id;
use super::call::{Attempt, Call};
use super::engine::Engine;
use super::request::{Origin, Request};
use super::view::Purpose;
use crate::outcome::Outcome;
use crate::policy::breaker::State;
use crate::scenario::topology::{LinkId, ServiceId};
use crate::time::Time;

/// The spans of a run so far.
#[derive(Clone, Debug)]
pub struct Trace {
    /// In the order in which they ended.
    pub spans: Vec<Span>,
    /// Spans that had no place.
    pub left_out: u64,
    /// How many spans have a place.
    pub limit: usize,
}

/// One span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
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

impl Trace {
    /// An empty record with places for `limit` spans.
    pub fn new(limit: usize) -> Self {
        Trace { spans: Vec::new(), left_out: 0, limit }
    }

    fn add(&mut self, span: Span) {
        if self.spans.len() < self.limit { self.spans.push(span) } else { self.left_out += 1 }
    }
}

impl Engine {
    /// The record, with what is under way as spans that have not ended.
    pub(super) fn trace_so_far(&self) -> Option<Trace> {
        let mut trace = self.trace.clone()?;
        self.requests.iter().for_each(|(_, request)| trace.add(self.request_span(request, None)));
        for (_, attempt) in self.attempts.iter() {
            if let Some(call) = attempt.call {
                trace.add(self.attempt_span(call, attempt, None));
            }
        }
        Some(trace)
    }

    /// The caller is done with an attempt.
    pub(super) fn trace_attempt(&mut self, call: Id<Call>, id: Id<Attempt>, outcome: Outcome) {
        if self.trace.is_some() {
            let span = self.attempt_span(call, &self.attempts[id], Some(outcome));
            self.trace.iter_mut().for_each(|trace| trace.add(span));
        }
    }

    /// An attempt was stopped before it came to be.
    pub(super) fn trace_unsent(&mut self, call: Id<Call>, outcome: Outcome) {
        if self.trace.is_none() {
            return;
        }
        self.last_attempt += 1;
        let call = &self.calls[call];
        let span = Span {
            intent: call.intent.number,
            id: SpanId::Caller(self.last_attempt),
            parent: Some(self.parent_of(call)),
            service: call.from,
            link: Some(call.link),
            start: self.now,
            end: self.now,
            outcome: Some(outcome),
            attempt: Some(self.facts(call.link, call.attempts, Purpose::Call)),
        };
        self.trace.iter_mut().for_each(|trace| trace.add(span));
    }

    /// The callee, or the user's client, is done with a request.
    #[inline]
    pub(super) fn trace_request(&mut self, id: Id<Request>, outcome: Option<Outcome>) {
        if self.trace.is_some() {
            let span = self.request_span(&self.requests[id], outcome);
            self.trace.iter_mut().for_each(|trace| trace.add(span));
        }
    }

    /// The callee answered a request at once, without taking it up.
    pub(super) fn trace_turned_away(&mut self, service: ServiceId, id: Id<Attempt>, outcome: Outcome) {
        let (now, attempt) = (self.now, &self.attempts[id]);
        if let Some(trace) = &mut self.trace {
            trace.add(Span {
                intent: attempt.intent.number,
                id: SpanId::Callee(attempt.serial),
                parent: Some(SpanId::Caller(attempt.serial)),
                service,
                link: Some(attempt.link),
                start: now,
                end: now,
                outcome: Some(outcome),
                attempt: None,
            });
        }
    }

    fn attempt_span(&self, call: Id<Call>, attempt: &Attempt, outcome: Option<Outcome>) -> Span {
        let call = &self.calls[call];
        Span {
            intent: attempt.intent.number,
            id: SpanId::Caller(attempt.serial),
            parent: Some(self.parent_of(call)),
            service: call.from,
            link: Some(attempt.link),
            start: attempt.started,
            end: self.now,
            outcome,
            attempt: Some(self.facts(attempt.link, attempt.number, attempt.purpose)),
        }
    }

    fn request_span(&self, request: &Request, outcome: Option<Outcome>) -> Span {
        let intent = request.intent.number;
        let (id, parent, link) = match request.origin {
            Origin::User { .. } => (SpanId::User(intent), None, None),
            Origin::Attempt(id) => {
                let attempt = &self.attempts[id];
                (SpanId::Callee(attempt.serial), Some(SpanId::Caller(attempt.serial)), Some(attempt.link))
            }
        };
        let (service, start) = (request.service, request.arrived);
        Span { intent, id, parent, service, link, start, end: self.now, outcome, attempt: None }
    }

    fn facts(&self, link: LinkId, number: u32, purpose: Purpose) -> AttemptFacts {
        let breaker = self.links[link.index()].breaker.as_ref().map(|breaker| breaker.state());
        AttemptFacts { number, purpose, breaker }
    }

    fn parent_of(&self, call: &Call) -> SpanId {
        match call.caller.map(|caller| self.requests[caller].origin) {
            Some(Origin::Attempt(attempt)) => SpanId::Callee(self.attempts[attempt].serial),
            Some(Origin::User { .. }) | None => SpanId::User(call.intent.number),
        }
    }
}
