//! Reconfiguration of a running system, as in production: what remains goes on with its state and its counts.
//!
//! Services and links are matched by their ids. Requests and messages at removed
//! ones are lost; a policy with changed settings starts afresh.

use super::arena::Id;
use super::call::Abandon;
use super::client::LoadState;
use super::engine::Engine;
use super::event::Event;
use super::in_flight::{Attempt, Call, Origin, Request};
use super::link::LinkState;
use super::notice::{Happening, Location};
use super::service::ServiceState;
use crate::chance::Seed;
use crate::outcome::Outcome;
use crate::policy::breaker::{Breaker, State};
use crate::policy::budget::Budget;
use crate::policy::bulkhead::Bulkhead;
use crate::policy::fallback::Fallback;
use crate::policy::idempotency::Store;
use crate::policy::rate_limit::TokenBucket;
use crate::scenario::table::Table;
use crate::scenario::topology::{Fault, FaultEffect, Link, LinkId, Role, Service, ServiceId, Topology};
use crate::time::Time;
use std::collections::BTreeMap;
use std::mem;

/// The positions of the things of the old topology in the new one.
struct Moves {
    services: Vec<Option<u32>>,
    links: Vec<Option<u32>>,
    loads: Vec<Option<u32>>,
    faults: Vec<Option<u32>>,
}

impl Moves {
    fn between(old: &Topology, new: &Topology) -> Self {
        let service_key = |s: &Service| (s.id.clone(), mem::discriminant(&s.role) == mem::discriminant(&Role::Server));
        let services = places(old.services.iter().map(service_key), new.services.iter().map(service_key));
        let links = places(old.links.iter().map(|l| l.id.clone()), new.links.iter().map(|l| l.id.clone()));
        // A link stays only if both its ends stay: the kind of an end may have changed.
        let stays = |l: &Link| services[l.from.index()].is_some() && services[l.to.index()].is_some();
        let links = old.links.iter().zip(links).map(|(l, place)| place.filter(|_| stays(l))).collect();
        let same_load = |load: &crate::scenario::topology::Load| {
            let same = |n: &crate::scenario::topology::Load| {
                services[load.client.index()] == Some(n.client.0)
                    && (n.key, &n.arrivals, n.from, n.until) == (load.key, &load.arrivals, load.from, load.until)
            };
            new.loads.iter().position(same).map(|i| i as u32)
        };
        let loads = old.loads.iter().map(same_load).collect();
        let mut moves = Moves { loads, services, links, faults: Vec::new() };
        moves.faults = moves.same_faults(&old.faults, &new.faults);
        moves
    }

    /// The positions of the faults that stay. They keep their events, and so their order among events at one instant.
    fn same_faults(&self, old: &[Fault], new: &[Fault]) -> Vec<Option<u32>> {
        let mut taken = vec![false; new.len()];
        let mut place = |(index, fault): (usize, &Fault)| {
            let moved = Fault { effect: self.effect(fault.effect)?, ..*fault };
            let is_it = |i: &usize| !taken[*i] && new[*i] == moved;
            let found = Some(index).filter(|i| *i < new.len() && is_it(i)).or_else(|| (0..new.len()).find(is_it))?;
            taken[found] = true;
            Some(found as u32)
        };
        old.iter().enumerate().map(&mut place).collect()
    }

    /// The same effect on the same thing; `None` if the thing was removed.
    fn effect(&self, effect: FaultEffect) -> Option<FaultEffect> {
        Some(match effect {
            FaultEffect::Down(service) => FaultEffect::Down(self.service(service)?),
            FaultEffect::Slow(service, factor) => FaultEffect::Slow(self.service(service)?, factor),
            FaultEffect::Failing(service, p) => FaultEffect::Failing(self.service(service)?, p),
            FaultEffect::Drop(link, legs) => FaultEffect::Drop(self.link(link)?, legs),
            FaultEffect::Delay(link, added) => FaultEffect::Delay(self.link(link)?, added),
        })
    }

    fn service(&self, id: ServiceId) -> Option<ServiceId> {
        self.services[id.index()].map(ServiceId)
    }

    fn link(&self, id: LinkId) -> Option<LinkId> {
        self.links[id.index()].map(LinkId)
    }

    fn place(&self, place: Location) -> Option<Location> {
        match place {
            Location::Service(id) => self.service(id).map(Location::Service),
            Location::Link(id) => self.link(id).map(Location::Link),
            Location::System => Some(Location::System),
        }
    }
}

/// For each old key its position among the new ones.
fn places<K: Ord>(old: impl Iterator<Item = K>, new: impl Iterator<Item = K>) -> Vec<Option<u32>> {
    let new: BTreeMap<K, u32> = new.zip(0..).collect();
    old.map(|key| new.get(&key).copied()).collect()
}

impl Engine {
    /// Goes on with `new` instead of `old`.
    pub(super) fn reconfigure(&mut self, old: &Topology, new: &Topology, seed: Seed) {
        // First, so that notices about lost requests get new ids, too.
        let number = self.notices.edit();
        self.notices.add(self.now, self.events, Location::System, 0, Happening::Edited { number });
        let moves = Moves::between(old, new);
        self.lose_removed(old, &moves);
        self.move_things(&moves);
        self.move_states(old, new, &moves, seed);
        self.move_loads(new, &moves, seed);
        self.move_faults(new, &moves);
        for service in 0..new.services.len() as u32 {
            self.serve_next(new, ServiceId(service));
        }
    }

    fn lose_removed(&mut self, old: &Topology, moves: &Moves) {
        let is_gone = |r: &Request| moves.service(r.service).is_none();
        let lost: Vec<Id<Request>> = self.requests.iter().filter(|(_, r)| is_gone(r)).map(|(id, _)| id).collect();
        self.lose(old, lost);
        // The end of one call may start another over a removed link.
        let over_gone_link =
            |engine: &Engine| engine.calls.iter().find(|(_, c)| moves.link(c.link).is_none()).map(|(id, _)| id);
        while let Some(call) = over_gone_link(self) {
            self.abort_call(old, call);
        }
        let at_callee = |(_, a): (Id<Attempt>, &Attempt)| a.request.filter(|_| moves.link(a.link).is_none());
        let orphans: Vec<Id<Request>> = self.attempts.iter().filter_map(at_callee).collect();
        self.lose(old, orphans);
        let (attempts, queue) = (&self.attempts, &mut self.queue);
        queue.retain_map(|event| match event {
            Event::RequestArrives(id)
            | Event::ResponseArrives(id)
            | Event::LostLegEnds(id)
            | Event::CancelArrives(id) => moves.link(attempts[id].link).map(|_| event),
            _ => Some(event),
        });
        let gone = |(_, a): &(Id<Attempt>, &Attempt)| moves.link(a.link).is_none();
        for id in self.attempts.iter().filter(gone).map(|(id, _)| id).collect::<Vec<_>>() {
            (self.attempts[id].leg, self.attempts[id].cancel_leg) = (None, None);
            self.drop_if_over(id);
        }
    }

    /// A call ends because its link was removed.
    fn abort_call(&mut self, t: &Topology, id: Id<Call>) {
        self.stop_waiting(t, id, Abandon::Silently);
        if self.calls[id].reverses() {
            self.reversal_over(t, id, Outcome::Cancelled);
        } else {
            self.conclude(t, id, Outcome::Cancelled);
        }
    }

    fn move_things(&mut self, moves: &Moves) {
        let to_service = |id: &mut ServiceId| *id = moves.service(*id).unwrap_or(*id);
        let to_link = |id: &mut LinkId| *id = moves.link(*id).unwrap_or(*id);
        for request in self.requests.values_mut() {
            to_service(&mut request.service);
            request.reversible.retain_mut(|link| moves.link(*link).map(|new| *link = new).is_some());
            if let Origin::User { load, .. } = &mut request.origin {
                *load = load.and_then(|load| moves.loads[load as usize]);
            }
        }
        for call in self.calls.values_mut() {
            to_link(&mut call.link);
            to_service(&mut call.from);
        }
        self.attempts.values_mut().for_each(|attempt| to_link(&mut attempt.link));
        self.ledger.renumber(|service| moves.service(service));
        self.notices.renumber(|place| moves.place(place), |fault| moves.faults[fault as usize]);
        if let Some(trace) = &mut self.trace {
            trace.renumber(|service| moves.service(service), |link| moves.link(link));
        }
        self.queue.retain_map(|event| match event {
            Event::BreakerDue(link) => moves.link(link).map(Event::BreakerDue),
            Event::Arrival { load } => moves.loads[load as usize].map(|load| Event::Arrival { load }),
            Event::UserReady { load } => moves.loads[load as usize].map(|load| Event::UserReady { load }),
            Event::FaultChanges { fault, begins } => {
                moves.faults[fault as usize].map(|fault| Event::FaultChanges { fault, begins })
            }
            _ => Some(event),
        });
    }

    fn move_states(&mut self, old: &Topology, new: &Topology, moves: &Moves, seed: Seed) {
        let mut services: Table<ServiceState> =
            new.services.iter().map(|s| ServiceState::new(s, seed, self.now)).collect();
        for (i, state) in mem::take(&mut self.services).into_iter().enumerate() {
            if let Some(to) = moves.services[i] {
                services[to as usize] = state;
                services[to as usize].adopt(&old.services[i], &new.services[to as usize], self.now);
            }
        }
        self.services = services;
        let mut links: Table<LinkState> = new.links.iter().map(|l| LinkState::new(l, seed)).collect();
        for (i, state) in mem::take(&mut self.links).into_iter().enumerate() {
            if let Some(to) = moves.links[i] {
                links[to as usize] = state;
            }
        }
        self.links = links;
        for (i, config) in old.links.iter().enumerate() {
            if let Some(to) = moves.links[i] {
                self.renew_policies(new, LinkId(to), config);
            }
        }
        self.forget_changed_stores(old, new, moves);
    }

    /// Policies of a link with new settings start afresh.
    fn renew_policies(&mut self, t: &Topology, link: LinkId, old: &Link) {
        let config = &t.links[link.index()];
        let state = &mut self.links[link.index()];
        let budget = |l: &Link| l.retry.as_ref().and_then(|r| r.budget);
        if budget(config) != budget(old) {
            state.budget = budget(config).as_ref().map(Budget::new);
        }
        if config.fallback != old.fallback {
            state.fallback = config.fallback.as_ref().map(Fallback::new);
        }
        if config.breaker != old.breaker {
            state.breaker = config.breaker.as_ref().map(Breaker::new);
            if state.breaker.is_none() {
                state.breaker_log.begin(self.now, State::Closed);
                state.breaker_due.take().into_iter().for_each(|key| self.queue.cancel(key));
            }
            let on_link = self.attempts.values_mut().filter(|a| a.link == link);
            on_link.for_each(|a| a.breaker_permit = None);
            self.breaker_used(link);
        }
        if config.bulkhead != old.bulkhead {
            self.links[link.index()].bulkhead = config.bulkhead.as_ref().map(Bulkhead::new);
            self.release_from_bulkhead(t, link);
        }
    }

    /// Attempts that hold a permit of a removed bulkhead, or wait for one, go on without it.
    fn release_from_bulkhead(&mut self, t: &Topology, link: LinkId) {
        let on_link = |(_, a): &(Id<Attempt>, &Attempt)| a.link == link;
        for id in self.attempts.iter().filter(on_link).map(|(id, _)| id).collect::<Vec<_>>() {
            let attempt = &mut self.attempts[id];
            attempt.in_bulkhead = false;
            if let Some(key) = attempt.permit_wait.take() {
                self.queue.cancel(key);
                self.send_request(t, id);
            }
        }
    }

    fn forget_changed_stores(&mut self, old: &Topology, new: &Topology, moves: &Moves) {
        for (i, config) in old.services.iter().enumerate() {
            let Some(to) = moves.services[i] else { continue };
            if config.idempotency != new.services[to as usize].idempotency {
                let there = self.requests.values_mut().filter(|r| r.service == ServiceId(to));
                there.for_each(|r| r.in_store = false);
            }
        }
    }

    fn move_loads(&mut self, new: &Topology, moves: &Moves, seed: Seed) {
        let mut moved: Vec<Option<LoadState>> = vec![None; new.loads.len()];
        for (i, state) in mem::take(&mut self.loads).into_iter().enumerate() {
            if let Some(to) = moves.loads[i] {
                moved[to as usize] = Some(state);
            }
        }
        let fresh: Vec<u32> = (0..).zip(&moved).filter(|(_, state)| state.is_none()).map(|(i, _)| i).collect();
        let or_new =
            |(state, config): (Option<LoadState>, _)| state.unwrap_or_else(|| LoadState::new(config, seed, self.now));
        self.loads = moved.into_iter().zip(&new.loads).map(or_new).collect();
        fresh.into_iter().for_each(|load| self.start_load(new, load));
    }

    /// Leaves remaining faults unchanged, schedules new ones, and begins those that should be active now.
    fn move_faults(&mut self, new: &Topology, moves: &Moves) {
        let mut moved: Vec<Option<bool>> = vec![None; new.faults.len()];
        for (active, place) in mem::take(&mut self.faults_active).into_iter().zip(&moves.faults) {
            if let Some(to) = place {
                moved[*to as usize] = Some(active);
            }
        }
        for ((index, fault), active) in (0..).zip(&new.faults).zip(moved) {
            self.faults_active.push(active.unwrap_or(fault.from <= self.now && self.now < fault.until));
            if active.is_none() {
                self.schedule_fault(fault, index);
            }
        }
        for service in 0..new.services.len() as u32 {
            self.service_fault_changes(new, ServiceId(service));
        }
        for link in 0..new.links.len() as u32 {
            self.link_fault_changes(new, LinkId(link));
        }
    }
}

impl ServiceState {
    fn adopt(&mut self, old: &Service, new: &Service, now: Time) {
        self.capacity.change(new.workers, now);
        if old.idempotency != new.idempotency {
            self.store = new.idempotency.as_ref().map(Store::new);
        }
        if old.rate_limit != new.rate_limit {
            self.bucket = new.rate_limit.as_ref().map(TokenBucket::new);
        }
    }
}
