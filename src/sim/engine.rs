//! The engine: the whole state of a run, and the one place where events become actions.

use super::Stopped;
use super::arena::Arena;
use super::client::LoadState;
use super::event::Event;
use super::in_flight::{Attempt, Call, Request};
use super::ledger::Ledger;
use super::link::LinkState;
use super::notice::Notices;
use super::queue::Queue;
use super::service::ServiceState;
use super::trace::Trace;
use crate::chance::Seed;
use crate::scenario::limits;
use crate::scenario::table::Table;
use crate::scenario::topology::Topology;
use crate::time::Time;

/// The state of a run. It holds no part of the topology: each action gets it as an argument.
#[derive(Clone, Debug)]
pub(super) struct Engine {
    pub now: Time,
    pub events: u64,
    pub queue: Queue<Event>,
    pub requests: Arena<Request>,
    pub calls: Arena<Call>,
    pub attempts: Arena<Attempt>,
    /// Attempts of all links so far.
    pub last_attempt: u64,
    pub services: Table<ServiceState>,
    pub links: Table<LinkState>,
    pub loads: Table<LoadState>,
    pub faults_active: Vec<bool>,
    pub ledger: Ledger,
    /// The record of spans, if something is recorded.
    pub trace: Option<Trace>,
    /// The notices, if a listener wants them.
    pub notices: Notices,
}

impl Engine {
    /// A run at its start.
    pub fn new(t: &Topology, seed: Seed) -> Self {
        let mut engine = Engine {
            now: Time::ZERO,
            events: 0,
            queue: Queue::new(),
            requests: Arena::new(),
            calls: Arena::new(),
            attempts: Arena::new(),
            last_attempt: 0,
            services: t.services.iter().map(|s| ServiceState::new(s, seed, Time::ZERO)).collect(),
            links: t.links.iter().map(|l| LinkState::new(l, seed)).collect(),
            loads: t.loads.iter().map(|l| LoadState::new(l, seed, Time::ZERO)).collect(),
            faults_active: vec![false; t.faults.len()],
            ledger: Ledger::new(),
            trace: None,
            notices: Notices::default(),
        };
        // Faults first: those at the start must affect the first requests.
        for (index, fault) in t.faults.iter().enumerate() {
            engine.schedule_fault(fault, index as u32);
        }
        for load in 0..t.loads.len() {
            engine.start_load(t, load as u32);
        }
        engine
    }

    /// Handles the next event if it is due by `until`.
    pub fn step(&mut self, t: &Topology, until: Time) -> bool {
        let Some((at, event)) = self.queue.pop_until(until) else { return false };
        debug_assert!(at >= self.now, "time went back");
        self.now = at;
        self.events += 1;
        self.handle(t, event);
        true
    }

    /// Handles all events up to and at `until`, but stops after so many events of the run. Where it is to be held earlier,
    /// at `hold`, it returns `None` when all events up to then are handled.
    pub fn run_until(&mut self, t: &Topology, hold: Time, until: Time, last: u64) -> Option<Stopped> {
        let mut watch = (self.now, self.events);
        loop {
            if self.is_overfull() {
                return Some(Stopped::Overfull);
            }
            if self.now > watch.0 {
                watch = (self.now, self.events);
            } else if self.events - watch.1 > limits::EVENTS_AT_ONE_INSTANT {
                return Some(Stopped::Stuck);
            }
            for _ in 0..EVENTS_BETWEEN_CHECKS {
                if self.events >= last {
                    let more = self.queue.peek().is_some_and(|at| at <= until);
                    return Some(if more { Stopped::Budget } else { self.rest(until) });
                }
                if !self.step(t, hold) {
                    return (hold == until).then(|| self.rest(until));
                }
            }
        }
    }

    /// Lets time pass up to `until` without events.
    fn rest(&mut self, until: Time) -> Stopped {
        self.now = self.now.max(until);
        Stopped::Reached
    }

    /// Whether more is in flight than a run may hold.
    pub fn is_overfull(&self) -> bool {
        self.attempts.len() + self.requests.len() + self.queue.len() > limits::IN_FLIGHT
    }

    fn handle(&mut self, t: &Topology, event: Event) {
        match event {
            Event::Arrival { load } => self.arrival(t, load),
            Event::UserReady { load } => self.user_ready(t, load),
            Event::PatienceOver(request) => self.patience_over(t, request),
            Event::AskAgain(request) => self.ask_again(t, request),
            Event::RequestArrives(attempt) => self.request_arrives(t, attempt),
            Event::ResponseArrives(attempt) => self.response_arrives(t, attempt),
            Event::LostLegEnds(attempt) => self.lost_leg_ends(attempt),
            Event::CancelArrives(attempt) => self.cancel_arrives(t, attempt),
            Event::WorkEnds(request) => self.work_ends(t, request),
            Event::AttemptTimesOut(attempt) => self.attempt_times_out(t, attempt),
            Event::PermitWaitOver(attempt) => self.permit_wait_over(t, attempt),
            Event::BackoffOver(call) => self.backoff_over(t, call),
            Event::HedgeDue(call) => drop(self.hedge(t, call)),
            Event::BreakerDue(link) => self.breaker_due(link),
            Event::FaultChanges { fault, begins } => self.fault_changes(t, fault, begins),
        }
    }
}

/// How many events pass between two looks at whether the run can go on.
const EVENTS_BETWEEN_CHECKS: u32 = 1_024;
