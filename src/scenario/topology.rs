//! What the simulation runs: a checked scenario with dense ids.
//!
//! **Invariant:** every id is in range, every number within its limits. There are
//! no positions and no names, so that moving or renaming a box cannot change a run.

use super::measure::Condition;
use super::table::Table;
use super::{Arrivals, Ask, Compensate, Discipline, DroppedLegs, Legs, Method, Repeat, Reply, Threads};
use crate::chance::{Distribution, ThingKey};
use crate::policy;
use crate::time::{Span, Time};
use std::sync::Arc;

/// A service, client or stub: an index into [`Topology::services`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceId(pub u32);

/// A link: an index into [`Topology::links`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub u32);

impl ServiceId {
    /// As an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl LinkId {
    /// As an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A checked scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Topology {
    /// All services, in the order of the file.
    pub services: Table<Service>,
    /// All links, in the order of the file.
    pub links: Table<Link>,
    /// All loads.
    pub loads: Table<Load>,
    /// All faults.
    pub faults: Vec<Fault>,
    /// All objectives, in the order of the file.
    pub objectives: Vec<Objective>,
    /// When the run ends.
    pub horizon: Time,
}

/// Nothing, and no end.
impl Default for Topology {
    fn default() -> Self {
        Topology {
            services: Table::default(),
            links: Table::default(),
            loads: Table::default(),
            faults: Vec::new(),
            objectives: Vec::new(),
            horizon: Time::MAX,
        }
    }
}

impl Topology {
    /// The service, client or stub with this id of the scenario.
    pub fn service_id(&self, id: &str) -> Option<ServiceId> {
        self.services.iter().position(|service| service.id == id).map(|index| ServiceId(index as u32))
    }

    /// The link between the services with these ids.
    pub fn link_id(&self, from: &str, to: &str) -> Option<LinkId> {
        let ends = (self.service_id(from)?, self.service_id(to)?);
        self.links.iter().position(|link| (link.from, link.to) == ends).map(|index| LinkId(index as u32))
    }
}

/// A service of a [`Topology`].
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// The id in the scenario file, for reports.
    pub id: String,
    /// The key of its streams of chance.
    pub key: ThingKey,
    /// What it does with a request.
    pub role: Role,
    /// Requests served at once; `u32::MAX`: unlimited.
    pub workers: u32,
    /// Requests that wait; `u32::MAX`: unlimited.
    pub queue: u32,
    /// Who is next.
    pub discipline: Discipline,
    /// Whether a worker is held during calls.
    pub threads: Threads,
    /// How long the own work takes.
    pub work: Distribution,
    /// The share of requests that fail after their work.
    pub failure_rate: f64,
    /// How many requests it accepts.
    pub rate_limit: Option<policy::rate_limit::Config>,
    /// Whether its work writes to the ledger.
    pub has_effect: bool,
    /// Whether it recognises business request ids.
    pub idempotency: Option<policy::idempotency::Config>,
    /// Its links, by stage; within a stage in the order of the file.
    pub stages: Vec<Vec<LinkId>>,
}

/// What a service does with a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    /// Sends requests of its own.
    Client {
        /// Whether a service with an effect can be reached from here.
        reaches_effect: bool,
    },
    /// Works and calls.
    Server,
    /// Answers from a script, never empty.
    Stub {
        /// The answers.
        script: Vec<Reply>,
        /// What follows the last.
        repeat: Repeat,
    },
}

/// A link of a [`Topology`].
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// `from->to`, for reports.
    pub id: String,
    /// The key of its streams of chance.
    pub key: ThingKey,
    /// The HTTP method, for traces.
    pub method: Method,
    /// The caller.
    pub from: ServiceId,
    /// The callee.
    pub to: ServiceId,
    /// Whether a call may be repeated without harm: by its method, or because it carries the id, or because the user said so.
    pub repeatable: bool,
    /// Added to each leg.
    pub overhead: Span,
    /// How long a message travels.
    pub delay: Legs<Distribution>,
    /// The share of messages that are lost.
    pub loss: Legs<f64>,
    /// How long the caller waits for one attempt.
    pub timeout: Option<Span>,
    /// The share of requests that make this call.
    pub probability: f64,
    /// Whether a caller that gives up notifies the callee.
    pub cancel: bool,
    /// Whether each attempt carries the business request id.
    pub request_id: bool,
    /// See [`policy::retry`].
    pub retry: Option<policy::retry::Config>,
    /// See [`policy::breaker`].
    pub breaker: Option<policy::breaker::Config>,
    /// See [`policy::bulkhead`].
    pub bulkhead: Option<policy::bulkhead::Config>,
    /// See [`policy::hedge`].
    pub hedge: Option<policy::hedge::Config>,
    /// See [`policy::deadline`].
    pub deadline: Option<policy::deadline::Config>,
    /// See [`policy::fallback`]; `optional` has become `omit`.
    pub fallback: Option<policy::fallback::Config>,
    /// The status query.
    pub ask: Option<Ask>,
    /// When to take back.
    pub compensate: Option<Compensate>,
}

/// A load of a [`Topology`].
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// The key of its stream of chance: the client, and which of its loads this is.
    pub key: ThingKey,
    /// The client.
    pub client: ServiceId,
    /// When requests start.
    pub arrivals: Arrivals,
    /// Nothing starts earlier.
    pub from: Time,
    /// Nothing starts then or later.
    pub until: Time,
    /// How long a user waits.
    pub patience: Option<Span>,
    /// How often a user asks again.
    pub asks_again: u32,
}

/// A fault of a [`Topology`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fault {
    /// When it begins.
    pub from: Time,
    /// When it ends; [`Time::MAX`]: never.
    pub until: Time,
    /// What it does.
    pub effect: FaultEffect,
}

/// What a fault does to which thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FaultEffect {
    /// The service is down.
    Down(ServiceId),
    /// Work that starts takes so many times as long.
    Slow(ServiceId, f64),
    /// Requests fail with this probability.
    Failing(ServiceId, f64),
    /// These legs lose what is sent.
    Drop(LinkId, DroppedLegs),
    /// Each leg takes longer by this.
    Delay(LinkId, Span),
}

/// An objective of a [`Topology`].
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// The name in the report.
    pub name: String,
    /// Whose requests it is about; `None` for a condition, which names what it is about.
    pub client: Option<ServiceId>,
    /// The measure.
    pub goal: Goal,
}

/// The measure of an objective, as [`super::Goal`].
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// At least this share of the finished requests ends `ok` or `degraded`.
    Success(f64),
    /// This quantile of the latency is at most `within`.
    Latency {
        /// 0 to 1, e.g. 0.95.
        quantile: f64,
        /// The bound.
        within: Span,
    },
    /// This condition holds.
    Expect(Arc<Condition>),
}
