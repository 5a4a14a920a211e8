//! The numbers of a run for panels and boxes: plain values, at most ten times a second.

use super::steady::Health;
use crate::policy::breaker;
use crate::sim::measure::Verdict;
use crate::sim::view::{ClientView, EntryView, LinkView, ServiceView};
use crate::time::{Span, Time};
use std::rc::Rc;

/// A run at one moment, with what happened over about the last 2.5 seconds of watching. Rates are per simulated second.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readout {
    /// The simulated time.
    pub time: Time,
    /// How far it was run: `time` itself, unless one looks at the past.
    pub end: Time,
    /// Whether it runs.
    pub playing: bool,
    /// Simulated seconds per second of watching.
    pub speed: f64,
    /// Whether there are too many events for this speed: the run falls behind the watching.
    pub behind: bool,
    /// Why it stopped by itself.
    pub stopped: Option<Halt>,
    /// The services and clients, in the order of the file.
    pub services: Vec<ServiceReadout>,
    /// The links, in the order of the file.
    pub links: Vec<LinkReadout>,
    /// The clients, in the order of the file.
    pub clients: Vec<ClientReadout>,
    /// How the objectives fare, in the order of the file, the first of them; `None` where that is for the charts.
    pub objectives: Vec<Option<Verdict>>,
}

impl Readout {
    /// The service with this id; `hint` is where it is looked for first.
    pub fn service(&self, hint: usize, id: &str) -> Option<&ServiceReadout> {
        find(&self.services, hint, |s| &*s.id == id)
    }

    /// The link with this id (`from->to`); `hint` is where it is looked for first.
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

/// Why a run stopped by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// Too much is in flight to go on.
    Overflow,
    /// Too much happens at this very instant: time cannot go on.
    Stuck,
}

/// A service at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceReadout {
    /// Its id.
    pub id: Rc<str>,
    /// The numbers of this moment.
    pub view: ServiceView,
    /// Requests that came, a second.
    pub arriving: f64,
    /// Requests that were answered after work, a second.
    pub answering: f64,
    /// The share of good answers of the last moments, 0 to 1; `None` where there were no answers.
    pub success: Option<f64>,
    /// The same as a state that changes calmly.
    pub health: Health,
    /// The last entries of its ledger, oldest first.
    pub entries: Vec<EntryView>,
    /// How many of all its entries are in the ledger besides the first of their intent, and not taken back.
    pub duplicates: usize,
    /// How many of its entries stand of which the client does not know, as far as the simulation keeps them.
    pub unknown: usize,
    /// How many entries its ledger has in all, as far as the simulation keeps them.
    pub booked: usize,
    /// What it has just dropped.
    pub badges: Vec<Badge>,
}

/// A link at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkReadout {
    /// Its id: `from->to`.
    pub id: Rc<str>,
    /// The numbers of this moment.
    pub view: LinkView,
    /// Attempts a second.
    pub attempts: f64,
    /// The share of the attempts of the last moments that failed; `None` where none ended.
    pub failed: Option<f64>,
    /// The state of its breaker, if it has one.
    pub breaker: Option<BreakerReadout>,
    /// What it has just not sent, or given up.
    pub badges: Vec<Badge>,
}

/// A circuit breaker at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakerReadout {
    /// Its state.
    pub state: breaker::State,
    /// How long the state still lasts, where that is known.
    pub left: Option<Span>,
    /// How much of the wait is left, 0 to 1.
    pub share: f64,
}

/// A client at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientReadout {
    /// Its id.
    pub id: Rc<str>,
    /// The numbers of this moment.
    pub view: ClientView,
    /// Requests that it sends, a second.
    pub sending: f64,
    /// The share of good ends of the last moments, 0 to 1; `None` where nothing ended.
    pub success: Option<f64>,
    /// The same as a state that changes calmly.
    pub health: Health,
    /// The mean latency of what ended in the last moments.
    pub latency: Option<Span>,
}

/// A short word over a thing that drops something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Badge {
    /// Why.
    pub why: Why,
    /// How many, since it appeared.
    pub count: u64,
}

/// Why something was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The service is down.
    Down,
    /// It went down with work in its hands.
    Lost,
    /// Its queue is full.
    QueueFull,
    /// It failed.
    Failed,
    /// Its rate limit is reached.
    RateLimit,
    /// The deadline had passed.
    Expired,
    /// The first with the same business request id is in progress.
    InProgress,
    /// The caller said that it had given up.
    Cancelled,
    /// The caller gave up.
    TimedOut,
    /// The breaker did not permit it.
    BreakerOpen,
    /// The bulkhead had no permit.
    BulkheadFull,
    /// There was no time left to try.
    NoTime,
}

impl Why {
    /// Whether it was done on purpose, by a policy, and not by accident.
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
