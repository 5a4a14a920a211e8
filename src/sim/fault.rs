//! Faults, both those that the scenario schedules and those by hand.

use super::Intervention;
use super::engine::Engine;
use super::event::Event;
use super::view::{LinkFault, ServiceFault};
use crate::scenario::DroppedLegs;
use crate::scenario::topology::{Fault, FaultEffect, LinkId, ServiceId, Topology};
use crate::time::Time;

impl Intervention {
    /// The same intervention in another system: on the service or link with the same id, if there is one. A single
    /// message has no counterpart.
    pub fn moved(self, from: &Topology, to: &Topology) -> Option<Intervention> {
        let service = |id: ServiceId| to.service_id(&from.services.get(id.index())?.id);
        let link = |id: LinkId| {
            let id = &from.links.get(id.index())?.id;
            to.links.iter().position(|l| l.id == *id).map(|i| LinkId(i as u32))
        };
        Some(match self {
            Intervention::Send(id) => Intervention::Send(service(id)?),
            Intervention::Down(id, down) => Intervention::Down(service(id)?, down),
            Intervention::Slow(id, slow) => Intervention::Slow(service(id)?, slow),
            Intervention::Failing(id, p) => Intervention::Failing(service(id)?, p),
            Intervention::Drop(id, legs) => Intervention::Drop(link(id)?, legs),
            Intervention::Delay(id, added) => Intervention::Delay(link(id)?, added),
            Intervention::Lose(_) => return None,
        })
    }
}

impl Engine {
    /// A scheduled fault begins or ends.
    pub(super) fn fault_changes(&mut self, t: &Topology, fault: u32, begins: bool) {
        self.faults_active[fault as usize] = begins;
        self.notice_fault(t, fault, begins);
        match t.faults[fault as usize].effect {
            FaultEffect::Down(service) | FaultEffect::Slow(service, _) | FaultEffect::Failing(service, _) => {
                self.service_fault_changes(t, service);
            }
            FaultEffect::Drop(link, _) | FaultEffect::Delay(link, _) => self.link_fault_changes(t, link),
        }
    }

    /// Applies an intervention by hand.
    pub(super) fn intervene(&mut self, t: &Topology, intervention: Intervention) {
        self.notice_done(t, intervention);
        match intervention {
            Intervention::Send(client) if client.index() < self.services.len() => self.send(t, client, None),
            Intervention::Down(service, down) => self.change_service(t, service, |f| f.down = down),
            Intervention::Slow(service, slow) => self.change_service(t, service, |f| f.slow = slow.clamp(0.0, 1e6)),
            Intervention::Failing(service, p) => self.change_service(t, service, |f| f.failing = p.clamp(0.0, 1.0)),
            Intervention::Drop(link, legs) => self.change_link(t, link, |f| {
                (f.drops_requests, f.drops_responses) = legs.map_or((false, false), dropped);
            }),
            Intervention::Delay(link, added) => self.change_link(t, link, |f| f.added_delay = added),
            Intervention::Lose(attempt) => self.lose_message(attempt),
            Intervention::Send(_) => {}
        }
    }

    /// Loses the message that is on its way for an attempt: the request or response, or else the cancellation.
    fn lose_message(&mut self, serial: u64) {
        let Some(id) = self.attempts.iter().find(|(_, a)| a.serial == serial).map(|(id, _)| id) else { return };
        let attempt = &mut self.attempts[id];
        let leg = match (&mut attempt.leg, attempt.cancel_leg.as_deref_mut()) {
            (Some(leg), _) | (None, Some(leg)) if !leg.is_lost() => leg,
            _ => return,
        };
        leg.lost_at = self.now;
        let sent = leg.sent;
        self.links[attempt.link.index()].traffic.lost += 1;
        if let Some(trace) = &mut self.trace {
            trace.lose(serial, sent);
        }
        if attempt.leg.is_some() {
            self.queue.retain_map(|event| match event {
                Event::RequestArrives(a) | Event::ResponseArrives(a) if a == id => Some(Event::LostLegEnds(a)),
                other => Some(other),
            });
        }
    }

    fn change_service(&mut self, t: &Topology, service: ServiceId, change: impl FnOnce(&mut ServiceFault)) {
        // As in a file, clients cannot fail: a client that lost its users' requests would never end them.
        if let Some(state) = self.services.get_mut(service.index()).filter(|state| state.client.is_none()) {
            change(&mut state.by_hand);
            self.service_fault_changes(t, service);
        }
    }

    fn change_link(&mut self, t: &Topology, link: LinkId, change: impl FnOnce(&mut LinkFault)) {
        if let Some(state) = self.links.get_mut(link.index()) {
            change(&mut state.by_hand);
            self.link_fault_changes(t, link);
        }
    }

    /// Recomputes the faults of a service. If it goes down now, it loses all its requests.
    pub(super) fn service_fault_changes(&mut self, t: &Topology, service: ServiceId) {
        let of_fault = |fault: &Fault| match fault.effect {
            FaultEffect::Down(s) if s == service => ServiceFault { down: true, ..ServiceFault::NONE },
            FaultEffect::Slow(s, slow) if s == service => ServiceFault { slow, ..ServiceFault::NONE },
            FaultEffect::Failing(s, failing) if s == service => ServiceFault { failing, ..ServiceFault::NONE },
            _ => ServiceFault::NONE,
        };
        let active = self.active_faults(t).map(of_fault).fold(ServiceFault::NONE, ServiceFault::and);
        let state = &mut self.services[service.index()];
        let was_down = state.fault.down;
        state.fault = active.and(state.by_hand);
        if state.fault.down && !was_down {
            self.lose_all(t, service);
        }
    }

    /// Recomputes the faults of a link. Messages that are already on their way are not affected.
    pub(super) fn link_fault_changes(&mut self, t: &Topology, link: LinkId) {
        let mut now = self.links[link.index()].by_hand;
        for fault in self.active_faults(t) {
            match fault.effect {
                FaultEffect::Drop(l, legs) if l == link => {
                    let (requests, responses) = dropped(legs);
                    now.drops_requests |= requests;
                    now.drops_responses |= responses;
                }
                FaultEffect::Delay(l, added) if l == link => now.added_delay += added,
                _ => {}
            }
        }
        self.links[link.index()].fault = now;
    }

    fn active_faults<'a>(&'a self, t: &'a Topology) -> impl Iterator<Item = &'a Fault> {
        t.faults.iter().zip(&self.faults_active).filter(|(_, active)| **active).map(|(fault, _)| fault)
    }

    /// Schedules the beginning and the end of a fault, if they are still to come.
    pub(super) fn schedule_fault(&mut self, fault: &Fault, index: u32) {
        for (at, begins) in [(fault.from, true), (fault.until, false)] {
            let to_come = if self.now == Time::ZERO { at >= self.now } else { at > self.now };
            if to_come && at < Time::MAX {
                self.queue.schedule(at, Event::FaultChanges { fault: index, begins });
            }
        }
    }
}

/// Whether requests and responses are dropped, in this order.
fn dropped(legs: DroppedLegs) -> (bool, bool) {
    (legs != DroppedLegs::Response, legs != DroppedLegs::Request)
}
