//! The simulation: the engine that runs a [`Topology`].
//!
//! Follow a request through the files: a user of a client (`client.rs`) sends it. Each link of the client starts a call
//! (`call.rs`), whose attempts travel over the link (`link.rs`) to a service (`service.rs`). The service works, makes
//! calls of its own, and answers. `in_flight.rs` has the data of all of these; `event.rs` lists the events, which wait
//! in one queue (`queue.rs`). The ledger (`ledger.rs`) records the effects. [`report`], [`trace`], [`notice`],
//! [`series`] and [`view`] show the results.

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
pub mod measure;
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
use crate::scenario::measure::{Measure, Path};
use crate::scenario::problem::Problem;
use crate::scenario::topology::{LinkId, ServiceId, Topology};
use crate::scenario::{DroppedLegs, Scenario, check, limits};
use crate::time::{Span, Time};
use engine::Engine;
use measure::{Collector, Source, Verdict};
use report::Report;
use std::sync::Arc;
use trace::Trace;

/// A run of a system: a pure function of the topology, the seed and the
/// interventions, bit for bit on every platform.
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
/// // Ten quiet seconds, then two futures: in one of them the service goes down.
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
    collector: Collector,
}

/// An intervention in a running system by hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Intervention {
    /// A client sends one request.
    Send(ServiceId),
    /// A service goes down or comes up again.
    Down(ServiceId, bool),
    /// New work takes this many times as long, up to 1,000,000; 1 is normal.
    Slow(ServiceId, f64),
    /// Requests fail with this probability; 0 is normal.
    Failing(ServiceId, f64),
    /// Messages on these legs are lost; `None` is normal.
    Drop(LinkId, Option<DroppedLegs>),
    /// Each leg takes this much longer; zero is normal.
    Delay(LinkId, Span),
    /// The message that is now on its way for the attempt with this serial number is lost.
    Lose(u64),
}

/// Why a run stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// It reached the requested instant.
    Reached,
    /// It handled the requested number of events first.
    Budget,
    /// More messages and requests are in flight than a run may hold: it cannot go on.
    Overfull,
    /// Too many events happen at one instant: time stands still.
    Stuck,
}

impl Simulation {
    /// A run of `topology` at its start.
    pub fn new(topology: Arc<Topology>, seed: Seed) -> Self {
        let (engine, collector) = (Engine::new(&topology, seed), Collector::new(&topology));
        Simulation { topology, seed, engine, collector }
    }

    /// A run of `scenario` at its start, with the scenario's seed.
    ///
    /// # Errors
    /// Every mistake that [`check::check`] finds.
    pub fn start(scenario: &Scenario) -> Result<Self, Vec<Problem>> {
        Ok(Simulation::new(Arc::new(check::check(scenario)?), Seed(scenario.seed)))
    }

    /// A copy of the run at this moment. Both go on independently, and stay the same as long as the same happens to
    /// both. A fork also serves as a snapshot.
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

    /// Goes back, or ahead, to the moment of `snapshot`.
    pub fn restore(&mut self, snapshot: &Simulation) {
        self.clone_from(snapshot);
    }

    /// The service, client or stub with this id of the scenario.
    pub fn service_id(&self, id: &str) -> Option<ServiceId> {
        self.topology.service_id(id)
    }

    /// The link between the services with these ids.
    pub fn link_id(&self, from: &str, to: &str) -> Option<LinkId> {
        self.topology.link_id(from, to)
    }

    /// The simulated system.
    pub fn topology(&self) -> &Arc<Topology> {
        &self.topology
    }

    /// The current instant.
    pub fn now(&self) -> Time {
        self.engine.now
    }

    /// When the next event happens; `None`: nothing more happens by itself.
    pub fn next_event(&self) -> Option<Time> {
        self.engine.queue.peek()
    }

    /// Events handled so far.
    pub fn events(&self) -> u64 {
        self.engine.events
    }

    /// Handles the next event and returns its instant; `None` if there is none or the run cannot go on.
    pub fn step(&mut self) -> Option<Time> {
        if self.engine.is_overfull() {
            return None;
        }
        if let Some(next) = self.next_event() {
            self.read_before(next);
        }
        let happened = self.engine.step(&self.topology, Time::MAX);
        self.read_what_is_over();
        happened.then_some(self.engine.now)
    }

    /// Handles all events up to and at `until`, but at most `max_events`.
    pub fn run_until(&mut self, until: Time, max_events: u64) -> Stopped {
        let end = self.engine.events.saturating_add(max_events);
        loop {
            // Held where a measure is to be read.
            let hold = until.min(self.collector.due());
            let Some(stopped) = self.engine.run_until(&self.topology, hold, until, end) else {
                self.read_before(hold + Span::nanos(1));
                continue;
            };
            match stopped {
                Stopped::Reached => self.read_before(until + Span::nanos(1)),
                Stopped::Budget => self.read_what_is_over(),
                Stopped::Overfull | Stopped::Stuck => {}
            }
            return stopped;
        }
    }

    /// Takes the readings that are due before `next`, up to which nothing more happens.
    fn read_before(&mut self, next: Time) {
        while self.collector.due() < next {
            let Simulation { topology, seed, engine, collector } = self;
            let at = collector.due();
            collector.sample(Source { engine, topology, seed: *seed, at });
        }
    }

    /// Takes the readings that are due by now, unless something more happens at this instant: so it depends on the
    /// position in the run alone, and not on how one came there.
    fn read_what_is_over(&mut self) {
        let now = self.engine.now;
        if self.collector.due() <= now && self.next_event().is_none_or(|next| next > now) {
            self.read_before(now + Span::nanos(1));
        }
    }

    /// Handles all events up to the horizon of the scenario, but at most [`limits::EVENTS`].
    pub fn run_to_end(&mut self) -> Stopped {
        self.run_until(self.topology.horizon, limits::EVENTS)
    }

    /// Applies an intervention now. It has no effect if its service or link does not exist, or if it would make a
    /// client slow, failing or down.
    pub fn apply(&mut self, intervention: Intervention) {
        self.engine.intervene(&self.topology, intervention);
    }

    /// Goes on with other settings, like a live system that is reconfigured. Services and links are matched by their
    /// ids. Requests and messages at removed ones are lost, and a policy with changed settings starts afresh.
    pub fn reconfigure(&mut self, topology: Arc<Topology>) {
        let old = std::mem::replace(&mut self.topology, topology);
        self.engine.reconfigure(&old, &self.topology, self.seed);
        self.collector.reconfigure(&self.topology, self.engine.now);
    }

    /// Also answers these measures, from now on: see [`Report::measures`]. At the start of a run is the time to ask; a window
    /// that has begun is absent.
    pub fn ask(&mut self, measures: &[Measure]) {
        self.collector.ask(measures, &self.topology, self.engine.now);
    }

    /// The value of a path over the run up to now; `None` where it is absent. When a system has recovered has to be asked
    /// at the start of a run, with [`Simulation::ask`].
    pub fn value(&self, path: Path) -> Option<f64> {
        measure::whole_run(&Measure::of(path), self.source())
    }

    /// What the measures came to that were asked, by their texts.
    pub fn answers(&self) -> Vec<(String, Option<f64>)> {
        self.collector.answers(self.source())
    }

    /// How an objective fares, counted in the order of the file; `None` if there is none of this number.
    pub fn verdict(&self, index: usize) -> Option<Verdict> {
        let objective = self.topology.objectives.get(index)?;
        Some(self.collector.verdict(index, objective, self.source()))
    }

    fn source(&self) -> Source<'_> {
        let Simulation { topology, seed, engine, .. } = self;
        Source { engine, topology, seed: *seed, at: engine.now }
    }

    /// Records spans from now on, at most `limit`.
    pub fn record(&mut self, limit: usize) {
        self.engine.trace = Some(Trace::new(limit));
    }

    /// Records a single request from now on, at most `limit` spans and as many marks.
    pub fn record_only(&mut self, intent: u64, limit: usize) {
        self.engine.trace = Some(Trace::of(intent, limit));
    }

    /// The record so far; `None` if nothing is recorded.
    pub fn trace(&self) -> Option<Trace> {
        self.engine.trace_so_far()
    }

    /// The report up to now.
    pub fn report(&self) -> Report {
        Report::of(&self.collector, self.source())
    }
}
