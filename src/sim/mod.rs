//! What happens: the engine that runs a [`Topology`].
//!
//! A request goes through these files: a user of a client (`client.rs`) sends it; each link of the client starts a
//! call (`call.rs`), whose attempts travel over the link (`link.rs`) to a service (`service.rs`), which works, makes calls
//! of its own, and answers. All of it is events (`event.rs`) in one queue (`queue.rs`). What was really done stands in the
//! ledger (`ledger.rs`); [`report`], [`trace`] and [`view`] tell the rest.

mod arena;
mod call;
pub mod cells;
mod client;
mod engine;
mod event;
mod fault;
pub mod history;
mod in_flight;
mod ledger;
mod link;
mod metrics;
pub mod notice;
pub mod objective;
mod observe;
mod otlp;
pub mod position;
mod queue;
mod reconfigure;
mod recover;
pub mod report;
pub mod series;
mod service;
pub mod trace;
pub mod view;

pub use ledger::LedgerReport;
pub use link::RecoveryCounts;
pub use metrics::LatencySummary;

use crate::chance::Seed;
use crate::scenario::problem::Problem;
use crate::scenario::topology::{LinkId, ServiceId, Topology};
use crate::scenario::{DroppedLegs, Scenario, check, limits};
use crate::time::{Span, Time};
use engine::Engine;
use report::Report;
use std::sync::Arc;
use trace::Trace;

/// A run of a system: a pure function of the topology, the seed and what is
/// done by hand, bit for bit on every platform.
///
/// ```
/// use callchain::time::{Span, Time};
/// use callchain::{Intervention, Scenario, Simulation};
///
/// # fn main() -> Result<(), Vec<callchain::scenario::problem::Problem>> {
/// let scenario = Scenario::from_json(
///     r#"{ "services": [ { "id": "web", "kind": "client" }, { "id": "account" } ],
///          "links": [ { "from": "web", "to": "account", "timeout": "100ms" } ],
///          "load": [ { "client": "web", "constant": 10 } ] }"#,
/// )?;
/// let mut simulation = Simulation::start(&scenario)?;
///
/// // Ten seconds of peace, then two futures: one in which the service goes down, and one in which it does not.
/// simulation.run_until(Time::at(Span::secs(10)), u64::MAX);
/// let mut quiet = simulation.fork();
/// let account = simulation.service_id("account").unwrap();
/// simulation.apply(Intervention::Down(account, true));
/// simulation.run_to_end();
/// quiet.run_to_end();
/// assert_eq!(quiet.report().client("web").unwrap().success_rate, Some(1.0));
/// assert!(simulation.report().client("web").unwrap().success_rate.unwrap() < 0.2);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Simulation {
    topology: Arc<Topology>,
    seed: Seed,
    engine: Engine,
}

/// Something that is done to a running system by hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Intervention {
    /// A client sends one request.
    Send(ServiceId),
    /// A service goes down or comes up again.
    Down(ServiceId, bool),
    /// Work that starts takes so many times as long, up to 1,000,000; 1 at rest.
    Slow(ServiceId, f64),
    /// Requests fail with this probability; 0 at rest.
    Failing(ServiceId, f64),
    /// What is sent over these legs is lost; `None` at rest.
    Drop(LinkId, Option<DroppedLegs>),
    /// Each leg takes longer by this; zero at rest.
    Delay(LinkId, Span),
    /// The message of the attempt with this serial number that is on its way now is lost.
    Lose(u64),
}

/// Why a run stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The asked instant is reached.
    Reached,
    /// The asked number of events was handled first.
    Budget,
    /// More messages and requests are under way than a run may hold: it cannot go on.
    Overfull,
    /// Too much happens at one instant: time does not go on.
    Stuck,
}

impl Simulation {
    /// A run of `topology` at its start.
    pub fn new(topology: Arc<Topology>, seed: Seed) -> Self {
        let engine = Engine::new(&topology, seed);
        Simulation { topology, seed, engine }
    }

    /// A run of `scenario` at its start, with the scenario's seed.
    ///
    /// # Errors
    /// Every mistake that [`check::check`] finds.
    pub fn start(scenario: &Scenario) -> Result<Self, Vec<Problem>> {
        Ok(Simulation::new(Arc::new(check::check(scenario)?), Seed(scenario.seed)))
    }

    /// Another run that is just where this one is. Both go on by themselves: what is done to one does not touch the
    /// other, and with the same done to both they stay the same. A fork that is kept is a snapshot.
    ///
    /// ```
    /// # use callchain::{scenario::ready, Scenario, Simulation, time::{Span, Time}};
    /// # let scenario = Scenario::from_json(ready::READY[0].text).unwrap();
    /// # let mut simulation = Simulation::start(&scenario).unwrap();
    /// let snapshot = simulation.fork();
    /// simulation.run_until(Time::at(Span::secs(5)), u64::MAX);
    /// let there = simulation.report();
    /// simulation.restore(&snapshot);
    /// assert_eq!(simulation.now(), Time::ZERO);
    /// simulation.run_until(Time::at(Span::secs(5)), u64::MAX);
    /// assert_eq!(simulation.report(), there);
    /// ```
    pub fn fork(&self) -> Self {
        self.clone()
    }

    /// Goes back, or ahead, to where `snapshot` is.
    pub fn restore(&mut self, snapshot: &Simulation) {
        self.clone_from(snapshot);
    }

    /// The service, client or stub of an id of the scenario.
    pub fn service_id(&self, id: &str) -> Option<ServiceId> {
        self.topology.service_id(id)
    }

    /// The link between two ids of the scenario.
    pub fn link_id(&self, from: &str, to: &str) -> Option<LinkId> {
        self.topology.link_id(from, to)
    }

    /// What is simulated.
    pub fn topology(&self) -> &Arc<Topology> {
        &self.topology
    }

    /// The current instant.
    pub fn now(&self) -> Time {
        self.engine.now
    }

    /// When the next event happens; `None`: nothing will happen by itself.
    pub fn next_event(&self) -> Option<Time> {
        self.engine.queue.peek()
    }

    /// Events handled so far.
    pub fn events(&self) -> u64 {
        self.engine.events
    }

    /// Handles the next event and tells when it was; `None` when nothing is to come, or when the run cannot go on.
    pub fn step(&mut self) -> Option<Time> {
        (!self.engine.is_overfull() && self.engine.step(&self.topology, Time::MAX)).then_some(self.engine.now)
    }

    /// Handles all events up to and at `until`, but at most `max_events`.
    pub fn run_until(&mut self, until: Time, max_events: u64) -> Stopped {
        let Simulation { topology, engine, .. } = self;
        let end = engine.events.saturating_add(max_events);
        let mut watch = (engine.now, engine.events);
        loop {
            if engine.is_overfull() {
                return Stopped::Overfull;
            }
            if engine.now > watch.0 {
                watch = (engine.now, engine.events);
            } else if engine.events - watch.1 > limits::EVENTS_AT_ONE_INSTANT {
                return Stopped::Stuck;
            }
            for _ in 0..EVENTS_BETWEEN_CHECKS {
                if engine.events >= end {
                    return if engine.queue.peek().is_some_and(|at| at <= until) {
                        Stopped::Budget
                    } else {
                        engine.rest(until)
                    };
                }
                if !engine.step(topology, until) {
                    return engine.rest(until);
                }
            }
        }
    }

    /// Handles all events up to the horizon of the scenario, but at most [`limits::EVENTS`].
    pub fn run_to_end(&mut self) -> Stopped {
        self.run_until(self.topology.horizon, limits::EVENTS)
    }

    /// Does something to the system now. What names no service or link of it does nothing, nor
    /// does what strikes a client as if it were a service.
    pub fn apply(&mut self, intervention: Intervention) {
        self.engine.intervene(&self.topology, intervention);
    }

    /// Goes on with other settings, as when a live system is reconfigured. Services and links are matched by their ids;
    /// what was under way at those that are gone is lost, and a policy whose settings changed starts afresh.
    pub fn reconfigure(&mut self, topology: Arc<Topology>) {
        let old = std::mem::replace(&mut self.topology, topology);
        self.engine.reconfigure(&old, &self.topology, self.seed);
    }

    /// Keeps a record of what happens from now on, with places for `limit` spans.
    pub fn record(&mut self, limit: usize) {
        self.engine.trace = Some(Trace::new(limit));
    }

    /// Keeps a record of one request from now on, with places for `limit` spans and as many marks.
    pub fn record_only(&mut self, intent: u64, limit: usize) {
        self.engine.trace = Some(Trace::of(intent, limit));
    }

    /// The record so far; `None` if none is kept.
    pub fn trace(&self) -> Option<Trace> {
        self.engine.trace_so_far()
    }

    /// The report up to now.
    pub fn report(&self) -> Report {
        Report::of(&self.engine, &self.topology, self.seed)
    }
}

/// How many events pass between two looks at whether the run can go on.
const EVENTS_BETWEEN_CHECKS: u32 = 1_024;
