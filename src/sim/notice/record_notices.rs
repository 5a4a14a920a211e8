//! The engine creates its notices here. A function with more than trivial work checks first whether someone listens.

use super::{Happening, Location};
use crate::outcome::Outcome;
use crate::scenario::topology::{FaultEffect, LinkId, ServiceId, Topology};
use crate::sim::Intervention;
use crate::sim::arena::Id;
use crate::sim::engine::Engine;
use crate::sim::in_flight::{Attempt, Origin, Request};
use crate::sim::ledger::IntentRef;
use crate::sim::view::Direction;

impl Engine {
    /// Something happened at a service.
    #[inline]
    pub(in crate::sim) fn notice_at(&mut self, service: ServiceId, intent: u64, what: Happening) {
        self.notices.add(self.now, self.events, Location::Service(service), intent, what);
    }

    /// Something happened on a link.
    #[inline]
    pub(in crate::sim) fn notice_on(&mut self, link: LinkId, intent: u64, what: Happening) {
        self.notices.add(self.now, self.events, Location::Link(link), intent, what);
    }

    /// An attempt is over for its caller.
    #[inline]
    pub(in crate::sim) fn notice_attempt(&mut self, id: Id<Attempt>, outcome: Outcome) {
        if self.notices.on {
            let Attempt { link, number, purpose, started, intent, .. } = self.attempts[id];
            let after = self.now.since(started);
            self.notice_on(link, intent.number, Happening::AttemptEnded { number, purpose, outcome, after });
        }
    }

    /// The callee answers an attempt without admitting it.
    #[inline]
    pub(in crate::sim) fn notice_turned_away(&mut self, id: Id<Attempt>, outcome: Outcome) {
        if self.notices.on {
            let Attempt { link, intent, .. } = self.attempts[id];
            let what =
                if outcome.is_success() { Happening::Replayed { outcome } } else { Happening::TurnedAway { outcome } };
            self.notice_on(link, intent.number, what);
        }
    }

    /// A call is over: `seen` is its outcome for the caller, after the fallback.
    #[inline]
    pub(in crate::sim) fn notice_conclusion(
        &mut self,
        t: &Topology,
        (link, intent, in_doubt): (LinkId, IntentRef, bool),
        outcome: Outcome,
        seen: Outcome,
    ) {
        if in_doubt && t.services[t.links[link.index()].to.index()].has_effect {
            self.notice_on(link, intent.number, Happening::LeftUnknown);
        }
        if seen != outcome {
            self.notice_on(link, intent.number, Happening::FellBack { instead_of: outcome });
        }
    }

    /// A message of an attempt leaves and will never arrive.
    pub(in crate::sim) fn notice_lost(&mut self, id: Id<Attempt>, direction: Direction) {
        let Attempt { link, intent, purpose, .. } = self.attempts[id];
        let fault = self.links[link.index()].fault;
        let by_fault = match direction {
            Direction::Request => fault.drops_requests,
            Direction::Response => fault.drops_responses,
        };
        self.notice_on(link, intent.number, Happening::Lost { direction, purpose, by_fault });
    }

    /// A request's deadline passed in the queue.
    #[inline]
    pub(in crate::sim) fn notice_expired(&mut self, origin: Origin) {
        if let Origin::Attempt(attempt) = origin {
            self.notice_turned_away(attempt, Outcome::DeadlineExceeded);
        }
    }

    /// A request of a user is over.
    #[inline]
    pub(in crate::sim) fn notice_end(&mut self, id: Id<Request>, outcome: Outcome) {
        if self.notices.on {
            let request = &self.requests[id];
            let (latency, truth) = (self.now.since(request.arrived), self.ledger.truth(request.intent, outcome));
            self.notice_at(request.service, request.intent.number, Happening::Ended { outcome, latency, truth });
        }
    }

    /// A request waits for a worker.
    #[inline]
    pub(in crate::sim) fn notice_queued(&mut self, t: &Topology, service: ServiceId) {
        let (queued, places) = (self.services[service.index()].queued.get(), t.services[service.index()].queue);
        if queued == 1 {
            self.notice_at(service, 0, Happening::WorkersBusy);
        }
        if queued == places {
            self.notice_at(service, 0, Happening::QueueFilled);
        }
    }

    /// An intervention by hand.
    pub(in crate::sim) fn notice_done(&mut self, t: &Topology, intervention: Intervention) {
        use Intervention as Hand;
        let link_of = |serial: u64| self.attempts.iter().find(|(_, a)| a.serial == serial).map(|(_, a)| a.link);
        let (at_service, on_link) = match intervention {
            Hand::Send(s) | Hand::Down(s, _) | Hand::Slow(s, _) | Hand::Failing(s, _) => (Some(s), None),
            Hand::Drop(link, _) | Hand::Delay(link, _) => (None, Some(link)),
            Hand::Lose(attempt) => (None, link_of(attempt)),
        };
        if let Some(service) = at_service.filter(|s| s.index() < t.services.len()) {
            self.notice_at(service, 0, Happening::Done(intervention));
        }
        if let Some(link) = on_link.filter(|l| l.index() < t.links.len()) {
            self.notice_on(link, 0, Happening::Done(intervention));
        }
    }

    /// A scheduled fault begins or ends.
    pub(in crate::sim) fn notice_fault(&mut self, t: &Topology, fault: u32, begins: bool) {
        let what = Happening::Fault { fault, begins };
        match t.faults[fault as usize].effect {
            FaultEffect::Down(s) | FaultEffect::Slow(s, _) | FaultEffect::Failing(s, _) => self.notice_at(s, 0, what),
            FaultEffect::Drop(link, _) | FaultEffect::Delay(link, _) => self.notice_on(link, 0, what),
        }
    }
}
