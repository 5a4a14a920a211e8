//! Observation of a running simulation, without changing it.

use super::Simulation;
use super::in_flight::{Attempt, Leg};
use super::view::{
    ClientView, Direction, EntryView, LinkFault, LinkView, MessageKey, MessageView, Purpose, ServiceFault, ServiceView,
    WaitKind, WaitView,
};
use crate::policy::breaker::State;
use crate::scenario::topology::{LinkId, ServiceId};
use crate::time::Time;

impl Simulation {
    /// All messages on their way.
    pub fn messages(&self) -> impl Iterator<Item = MessageView> + '_ {
        self.messages_of(|_| true)
    }

    /// The messages on their way that are `wanted`: much quicker than filtering all of them.
    pub fn messages_of(&self, mut wanted: impl FnMut(&MessageKey) -> bool) -> impl Iterator<Item = MessageView> {
        let legs = self.engine.attempts.iter().flat_map(|(_, attempt)| {
            let own = attempt.leg.map(|leg| (attempt, leg, attempt.purpose));
            own.into_iter().chain(attempt.cancel_leg.as_deref().map(|leg| (attempt, *leg, Purpose::Cancel)))
        });
        legs.filter_map(move |(attempt, leg, purpose)| {
            let Leg { direction, sent, arrives, .. } = leg;
            let key = MessageKey { link: attempt.link, direction, sent, arrives, intent: attempt.intent.number };
            wanted(&key).then(|| self.message(attempt, leg, purpose))
        })
    }

    fn message(&self, attempt: &Attempt, leg: Leg, purpose: Purpose) -> MessageView {
        MessageView {
            attempt: attempt.serial,
            link: attempt.link,
            direction: leg.direction,
            purpose,
            sent: leg.sent,
            arrives: leg.arrives,
            lost: leg.is_lost().then_some(leg.lost_at),
            outcome: leg.outcome.filter(|_| leg.direction == Direction::Response),
            wasted: attempt.call.is_none() && purpose != Purpose::Cancel,
            intent: attempt.intent.number,
            number: attempt.number,
            carries_id: self.topology.links[attempt.link.index()].request_id,
            deadline: (attempt.deadline < Time::MAX).then_some(attempt.deadline),
        }
    }

    /// All callers that wait, except those without a limit.
    pub fn waits(&self) -> impl Iterator<Item = WaitView> + '_ {
        let queue = &self.engine.queue;
        let for_answers = self.engine.attempts.iter().filter_map(|(_, a)| {
            let (kind, key) = match (a.permit_wait, a.timer) {
                (Some(key), _) => (WaitKind::Permit, key),
                (None, Some(key)) => (WaitKind::Timeout, key),
                (None, None) => return None,
            };
            Some(WaitView {
                link: a.link,
                kind,
                from: a.started,
                until: queue.due(key),
                intent: a.intent.number,
                number: a.number,
            })
        });
        let for_backoffs = self.engine.calls.iter().filter_map(|(_, call)| {
            let (key, from) = call.backoff?;
            Some(WaitView {
                link: call.link,
                kind: WaitKind::Backoff,
                from,
                until: queue.due(key),
                intent: call.intent.number,
                number: call.attempts,
            })
        });
        for_answers.chain(for_backoffs)
    }

    /// A service at this moment; `None` if there is no such service.
    pub fn service(&self, id: ServiceId) -> Option<ServiceView> {
        let (config, state) = (self.topology.services.get(id.index())?, self.engine.services.get(id.index())?);
        let bounded = |n: u32| (n < u32::MAX).then_some(n);
        Some(ServiceView {
            working: state.working,
            held: state.busy.get() - state.working,
            wasting: state.wasting,
            workers: bounded(config.workers),
            queued: state.queued.get(),
            queue: bounded(config.queue),
            down: state.fault.down,
            slow: state.fault.slow,
            failing: state.fault.failing,
            counts: state.counts,
        })
    }

    /// The faults set on a service by hand, without the scheduled ones; `None` if there is no such service.
    pub fn service_by_hand(&self, id: ServiceId) -> Option<ServiceFault> {
        Some(self.engine.services.get(id.index())?.by_hand)
    }

    /// The faults set on a link by hand, without the scheduled ones; `None` if there is no such link.
    pub fn link_by_hand(&self, id: LinkId) -> Option<LinkFault> {
        Some(self.engine.links.get(id.index())?.by_hand)
    }

    /// A client at this moment; `None` for other services.
    pub fn client(&self, id: ServiceId) -> Option<ClientView> {
        let client = self.engine.services.get(id.index())?.client.as_ref()?;
        Some(ClientView {
            sent: client.sent,
            pending: client.pending(),
            outcomes: client.outcomes,
            latency_sum: client.latencies.sum(),
        })
    }

    /// A link at this moment; `None` if there is no such link.
    pub fn link(&self, id: LinkId) -> Option<LinkView> {
        let state = self.engine.links.get(id.index())?;
        let breaker = state.breaker.as_ref().map(|breaker| {
            let opens_for = (breaker.state() == State::Open).then(|| breaker.until()).flatten();
            (breaker.state(), opens_for)
        });
        Some(LinkView {
            calls: state.calls,
            attempts: state.attempts,
            retries: state.retries,
            attempt_outcomes: state.attempt_outcomes,
            outcomes: state.outcomes,
            breaker,
            waiting: state.waiting,
            drops_requests: state.fault.drops_requests,
            drops_responses: state.fault.drops_responses,
            added_delay: state.fault.added_delay,
        })
    }

    /// The number of requests that clients have sent, which is also the last intent.
    pub fn intents(&self) -> u64 {
        self.engine.ledger.last_intent()
    }

    /// Whether anything is in flight for an intent.
    pub fn acts_for(&self, intent: u64) -> bool {
        let engine = &self.engine;
        engine.requests.iter().any(|(_, r)| r.intent.number == intent)
            || engine.attempts.iter().any(|(_, a)| a.intent.number == intent)
            || engine.calls.iter().any(|(_, c)| c.intent.number == intent)
    }

    /// The last ledger entries of a service, oldest first.
    pub fn entries(&self, id: ServiceId) -> impl Iterator<Item = EntryView> + '_ {
        self.engine.ledger.entries(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{DroppedLegs, Scenario};
    use crate::sim::Intervention;
    use crate::time::Span;

    #[test]
    fn faults_by_hand_and_scheduled_faults_are_reported_apart() {
        let text = r#"{ "services": [ { "id": "web", "kind": "client" }, { "id": "a" } ],
            "links": [ { "from": "web", "to": "a" } ],
            "faults": [ { "at": "0s", "service": "a", "down": true }, { "at": "0s", "link": ["web", "a"], "delay": "2s" } ] }"#;
        let mut sim = Simulation::start(&Scenario::from_json(text).unwrap()).unwrap();
        sim.run_until(Time::at(Span::secs(1)), u64::MAX);
        let (service, link) = (sim.service_id("a").unwrap(), sim.link_id("web", "a").unwrap());
        assert!(sim.service(service).unwrap().down);
        assert_eq!(sim.service_by_hand(service), Some(ServiceFault::NONE));
        assert_eq!(sim.link_by_hand(link), Some(LinkFault::default()));
        sim.apply(Intervention::Slow(service, 4.0));
        sim.apply(Intervention::Drop(link, Some(DroppedLegs::Request)));
        assert_eq!(sim.service_by_hand(service), Some(ServiceFault { slow: 4.0, ..ServiceFault::NONE }));
        assert_eq!(sim.link_by_hand(link), Some(LinkFault { drops_requests: true, ..LinkFault::default() }));
        assert_eq!(sim.link(link).unwrap().added_delay, Span::secs(2));
    }
}
