//! What happens: the engine.

pub mod view;

use crate::chance::Seed;
use crate::scenario::DroppedLegs;
use crate::scenario::topology::{LinkId, ServiceId, Topology};
use crate::time::{Span, Time};
use std::sync::Arc;
use view::{ClientView, EntryView, LinkView, MessageView, ServiceView, WaitView};

/// A run of a system. A clone is a snapshot: it goes on by itself, with the same future.
#[derive(Clone)]
pub struct Simulation {
    topology: Arc<Topology>,
    now: Time,
}

/// Something that is done to a running system by hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Intervention {
    /// A client sends one request.
    Send(ServiceId),
    /// A service goes down or comes up again.
    Down(ServiceId, bool),
    /// Work that starts takes so many times as long; 1 at rest.
    Slow(ServiceId, f64),
    /// Requests fail with this probability; 0 at rest.
    Failing(ServiceId, f64),
    /// What is sent over these legs is lost; `None` at rest.
    Drop(LinkId, Option<DroppedLegs>),
    /// Each leg takes longer by this; zero at rest.
    Delay(LinkId, Span),
}

/// Why a run stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The asked instant is reached.
    Reached,
    /// The asked number of events was handled first.
    Budget,
    /// More than the allowed number of messages and requests are in flight: the run cannot go on.
    Overflow,
}

impl Simulation {
    /// A run of `topology` at its start.
    pub fn new(topology: Arc<Topology>, _seed: Seed) -> Self {
        Simulation { topology, now: Time::ZERO }
    }
    /// What is simulated.
    pub fn topology(&self) -> &Arc<Topology> {
        &self.topology
    }
    /// The current instant.
    pub fn now(&self) -> Time {
        self.now
    }
    /// When the next event happens.
    pub fn next_event(&self) -> Option<Time> {
        None
    }
    /// Events handled so far.
    pub fn events(&self) -> u64 {
        0
    }
    /// Handles the next event and tells when it was.
    pub fn step(&mut self) -> Option<Time> {
        None
    }
    /// Handles all events up to and at `until`, but at most `max_events`.
    pub fn run_until(&mut self, until: Time, _max_events: u64) -> Stopped {
        self.now = until;
        Stopped::Reached
    }
    /// Does something to the system now.
    pub fn apply(&mut self, _intervention: Intervention) {}
    /// Goes on with other settings, as when a live system is reconfigured. Services and links are matched by their ids;
    /// what was under way at those that are gone is given up.
    pub fn reconfigure(&mut self, topology: Arc<Topology>) {
        self.topology = topology;
    }
    /// All messages on their way.
    pub fn messages(&self) -> impl Iterator<Item = MessageView> + '_ {
        std::iter::empty()
    }
    /// All callers that wait, except for those that wait without end.
    pub fn waits(&self) -> impl Iterator<Item = WaitView> + '_ {
        std::iter::empty()
    }
    /// A service at this moment.
    pub fn service(&self, _id: ServiceId) -> ServiceView {
        unimplemented!()
    }
    /// A client at this moment; `None` for other services.
    pub fn client(&self, _id: ServiceId) -> Option<ClientView> {
        None
    }
    /// A link at this moment.
    pub fn link(&self, _id: LinkId) -> LinkView {
        unimplemented!()
    }
    /// The last entries of the ledger of a service with an effect, oldest first.
    pub fn entries(&self, _id: ServiceId) -> impl Iterator<Item = EntryView> + '_ {
        std::iter::empty()
    }
}
