//! The numbers of a run for panels and boxes: plain values, updated at most ten times a second.

use super::steady::Health;
use crate::policy::breaker;
use crate::sim::measure::Verdict;
use crate::sim::view::{ClientView, EntryView, LinkView, ServiceView};
use crate::time::{Span, Time};
use std::rc::Rc;

/// A run at one moment, with rates over about 2.5 seconds of watching. Rates are per simulated second.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readout {
    /// The simulated time.
    pub time: Time,
    /// The simulated part of the run: `time`, or later while the user looks at the past.
    pub end: Time,
    /// Whether the run is playing.
    pub playing: bool,
    /// Simulated seconds per second of watching.
    pub speed: f64,
    /// Whether there are too many events for this speed, so that the run falls behind.
    pub behind: bool,
    /// The reason for an automatic stop.
    pub stopped: Option<Halt>,
    /// The services and clients, in the order of the file.
    pub services: Vec<ServiceReadout>,
    /// The links, in the order of the file.
    pub links: Vec<LinkReadout>,
    /// The clients, in the order of the file.
    pub clients: Vec<ClientReadout>,
    /// The verdicts of the first objectives, in the order of the file; `None` for those that only the charts show.
    pub objectives: Vec<Option<Verdict>>,
}

impl Readout {
    /// The service with this id. `hint` is its likely index.
    pub fn service(&self, hint: usize, id: &str) -> Option<&ServiceReadout> {
        find(&self.services, hint, |s| &*s.id == id)
    }

    /// The link with this id (`from->to`). `hint` is its likely index.
    pub fn link(&self, hint: usize, id: &str) -> Option<&LinkReadout> {
        find(&self.links, hint, |l| &*l.id == id)
    }

    /// The client with this id.
    pub fn client(&self, id: &str) -> Option<&ClientReadout> {
        self.clients.iter().find(|c| &*c.id == id)
    }
}

fn find<T>(all: &[T], hint: usize, is_it: impl Fn(&T) -> bool) -> Option<&T> {
    all.get(hint).filter(|t| is_it(t)).or_else(|| all.iter().find(|t| is_it(t)))
}

/// The reason for an automatic stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// Too many messages are in flight.
    Overflow,
    /// Too many events happen at one instant.
    Stuck,
}

/// A service at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceReadout {
    /// Its id.
    pub id: Rc<str>,
    /// The numbers of this moment.
    pub view: ServiceView,
    /// Arriving requests per second.
    pub arriving: f64,
    /// Answered requests per second, without rejections.
    pub answering: f64,
    /// The share of recent good answers, 0 to 1; `None` without answers.
    pub success: Option<f64>,
    /// The health, which changes calmly.
    pub health: Health,
    /// The latest entries of its ledger, oldest first.
    pub entries: Vec<EntryView>,
    /// The number of duplicate entries that are not reversed.
    pub duplicates: usize,
    /// The number of valid entries unknown to the client, among those that the simulation stores.
    pub unknown: usize,
    /// The number of entries, among those that the simulation stores.
    pub booked: usize,
    /// Its recent drops.
    pub badges: Vec<Badge>,
}

/// A link at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkReadout {
    /// Its id: `from->to`.
    pub id: Rc<str>,
    /// The numbers of this moment.
    pub view: LinkView,
    /// Attempts per second.
    pub attempts: f64,
    /// The share of recent attempts that failed; `None` if none ended.
    pub failed: Option<f64>,
    /// The state of its breaker, if it has one.
    pub breaker: Option<BreakerReadout>,
    /// Its recent refusals and timeouts.
    pub badges: Vec<Badge>,
}

/// A circuit breaker at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakerReadout {
    /// Its state.
    pub state: breaker::State,
    /// The remaining time of the state, where it is known.
    pub left: Option<Span>,
    /// The remaining share of the wait, 0 to 1.
    pub share: f64,
}

/// A client at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientReadout {
    /// Its id.
    pub id: Rc<str>,
    /// The numbers of this moment.
    pub view: ClientView,
    /// Sent requests per second.
    pub sending: f64,
    /// The share of recent good ends, 0 to 1; `None` if none ended.
    pub success: Option<f64>,
    /// The health, which changes calmly.
    pub health: Health,
    /// The mean latency of recent ends.
    pub latency: Option<Span>,
}

/// A short label over a service or link that drops messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Badge {
    /// The reason.
    pub why: Why,
    /// The number of drops since the badge appeared.
    pub count: u64,
}

/// The reason for a drop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The service was down.
    Down,
    /// The service went down with unfinished work.
    Lost,
    /// The queue was full.
    QueueFull,
    /// The service failed.
    Failed,
    /// The rate limit was reached.
    RateLimit,
    /// The deadline had passed.
    Expired,
    /// A request with the same business request id was in progress.
    InProgress,
    /// The caller sent a cancellation.
    Cancelled,
    /// The caller gave up.
    TimedOut,
    /// The circuit breaker was open.
    BreakerOpen,
    /// The bulkhead was full.
    BulkheadFull,
    /// There was no time left for an attempt.
    NoTime,
}

impl Why {
    /// Whether a policy dropped it, and not an accident.
    pub const fn on_purpose(self) -> bool {
        match self {
            Why::Down | Why::Lost | Why::QueueFull | Why::Failed | Why::TimedOut => false,
            Why::RateLimit
            | Why::Expired
            | Why::InProgress
            | Why::Cancelled
            | Why::BreakerOpen
            | Why::BulkheadFull
            | Why::NoTime => true,
        }
    }
}
