//! The engine records spans and marks here. Most runs record nothing: each function checks that first, inline, and does
//! its work out of line.

use super::{AttemptFacts, Detail, Mark, SpanId, Trace, TraceSpan};
use crate::outcome::Outcome;
use crate::scenario::topology::{LinkId, ServiceId};
use crate::sim::arena::Id;
use crate::sim::engine::Engine;
use crate::sim::in_flight::{Attempt, Call, Leg, Origin, Request};
use crate::sim::view::Purpose;

impl Engine {
    /// The record, including unfinished spans for what is in flight.
    pub(in crate::sim) fn trace_so_far(&self) -> Option<Trace> {
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

    /// Whether the run records anything. Most runs do not, so this check is inline and the work is not.
    #[inline(always)]
    fn records(&self) -> bool {
        self.trace.is_some()
    }

    /// An attempt is over for its caller.
    #[inline(always)]
    pub(in crate::sim) fn trace_attempt(&mut self, call: Id<Call>, id: Id<Attempt>, outcome: Outcome) {
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

    /// A policy stopped an attempt before it was sent.
    pub(in crate::sim) fn trace_unsent(&mut self, call: Id<Call>, outcome: Outcome) {
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

    /// A request is over for its callee, or for the user's client.
    #[inline(always)]
    pub(in crate::sim) fn trace_request(&mut self, id: Id<Request>, outcome: Option<Outcome>) {
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

    /// The callee answered a request at once, without admitting it.
    pub(in crate::sim) fn trace_turned_away(&mut self, service: ServiceId, id: Id<Attempt>, outcome: Outcome) {
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

    /// Adds a mark for an intent, if it is the recorded one.
    #[cold]
    #[inline(never)]
    fn mark(&mut self, intent: u64, whose: SpanId, what: Detail) {
        let at = self.now;
        if let Some(trace) = self.trace.as_mut().filter(|trace| trace.only == Some(intent)) {
            trace.mark(Mark { at, whose, what });
        }
    }

    /// Adds a mark to an attempt, on the caller's side.
    #[inline(always)]
    pub(in crate::sim) fn mark_attempt(&mut self, id: Id<Attempt>, what: Detail) {
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

    /// Adds a mark to an attempt, on the callee's side.
    pub(in crate::sim) fn mark_callee(&mut self, id: Id<Attempt>, what: Detail) {
        if self.trace.is_some() {
            let attempt = &self.attempts[id];
            self.mark(attempt.intent.number, SpanId::Callee(attempt.serial), what);
        }
    }

    /// Adds a mark to a request.
    #[inline(always)]
    pub(in crate::sim) fn mark_request(&mut self, id: Id<Request>, what: Detail) {
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

    /// The span that a call belongs to, if the run records anything: for marks after the call is removed.
    #[inline(always)]
    pub(in crate::sim) fn traced_parent(&self, id: Id<Call>) -> Option<SpanId> {
        if self.records() { Some(self.parent_of(&self.calls[id])) } else { None }
    }

    /// Adds a mark for a removed call.
    #[inline(always)]
    pub(in crate::sim) fn mark_end(&mut self, intent: u64, traced: Option<SpanId>, what: Detail) {
        if let Some(parent) = traced {
            self.mark(intent, parent, what);
        }
    }

    /// Adds a mark for an open call.
    pub(in crate::sim) fn mark_open_call(&mut self, id: Id<Call>, what: Detail) {
        if self.trace.is_some() {
            let call = &self.calls[id];
            self.mark(call.intent.number, self.parent_of(call), what);
        }
    }

    /// Adds a mark for a message that leaves.
    #[inline(always)]
    pub(in crate::sim) fn mark_sent(&mut self, id: Id<Attempt>, leg: Leg, purpose: Purpose) {
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
