//! When a system has recovered from its faults, as `system.recovered_at` asks.
//!
//! It is the first moment, at or after the end of the last fault, from which on the success rate of each client is as
//! good as before the first fault, or at most 2 percentage points lower, in every stretch of 5 s. A stretch in which
//! fewer than 100 requests end is too short to tell, and is made longer. Before the first fault a success rate of 100 %
//! is taken for a client of which no request had ended.
//!
//! The stretches begin at every tenth of a second; in runs that go on for more than 1,000 s after the last fault they are
//! sparser. The last stretch that counts is the last one that fits into the run. Where not even one fits, the whole rest
//! of the run is taken, if it is 5 s long and any request ended in it.

use super::Source;
use crate::scenario::topology::{Fault, Role, Service, ServiceId, Topology};
use crate::time::{Span, Time};
use std::collections::VecDeque;

/// The most moments after the last fault at which the run is read.
const LOOKS: u64 = 50_000;

/// How long a stretch is at least.
const STRETCH: Span = Span::secs(5);
/// How many requests end in a stretch at least.
const ENOUGH: u64 = 100;
/// How much lower a success rate may be than before the first fault.
const TOLERANCE: f64 = 0.02;
/// The usual distance between the beginnings of two stretches.
const GRAIN: Span = Span::millis(100);
/// How many beginnings of stretches there are at most.
const BEGINNINGS: u64 = 10_000;

/// Watches a run from its first fault on.
#[derive(Clone, Debug)]
pub(super) struct Recovery {
    faults: Vec<Fault>,
    first: Time,
    last: Time,
    grain: Span,
    clients: Vec<Client>,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    /// The first fault has not begun.
    Calm,
    /// The last fault has not ended.
    Trouble,
    /// So many beginnings of stretches have been taken down.
    Since(u64),
}

/// What is known of a client.
#[derive(Clone, Debug)]
struct Client {
    id: ServiceId,
    /// The success rate before the first fault.
    usual: f64,
    /// What had ended when the last fault ended.
    start: Ended,
    /// The beginnings of stretches that are not over, in order; those at which the same had ended are one.
    open: VecDeque<Beginning>,
    /// How many stretches are over: those with a lower number.
    judged: u64,
    /// The number of the last stretch that was bad.
    bad: Option<u64>,
}

/// Requests that had ended at a moment, and how many of them well.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Ended {
    all: u64,
    good: u64,
}

/// The beginnings of stretches from the first to the last of these numbers, at which the same had ended.
#[derive(Clone, Copy, Debug)]
struct Beginning {
    first: u64,
    last: u64,
    ended: Ended,
}

impl Recovery {
    /// Watches a run of this system from now on; `None`: there is no fault that ends within the run, or it is too late.
    pub fn new(t: &Topology, now: Time) -> Option<Recovery> {
        let first = t.faults.iter().map(|fault| fault.from).min()?;
        let last = t.faults.iter().map(|fault| fault.until).max()?;
        if last >= t.horizon || first < now {
            return None;
        }
        let rest = if t.horizon == Time::MAX { Span::ZERO } else { t.horizon.since(last) };
        let is_client = |(_, service): &(u32, &Service)| matches!(service.role, Role::Client { .. });
        let client = |(id, _)| Client {
            id: ServiceId(id),
            usual: 1.0,
            start: Ended::default(),
            open: VecDeque::new(),
            judged: 0,
            bad: None,
        };
        Some(Recovery {
            faults: t.faults.clone(),
            first,
            last,
            grain: GRAIN.max(Span::nanos(rest.as_nanos().div_ceil(BEGINNINGS))),
            clients: (0..).zip(t.services.iter()).filter(is_client).map(client).collect(),
            stage: Stage::Calm,
        })
    }

    /// Whether what was taken down holds for this system, too.
    pub fn fits(&self, t: &Topology) -> bool {
        let is_client =
            |id: &ServiceId| t.services.get(id.index()).is_some_and(|s| matches!(s.role, Role::Client { .. }));
        let clients = t.services.iter().filter(|s| matches!(s.role, Role::Client { .. })).count();
        self.faults == t.faults && clients == self.clients.len() && self.clients.iter().all(|c| is_client(&c.id))
    }

    /// When the next look is due.
    pub fn due(&self) -> Time {
        match self.stage {
            Stage::Calm => self.first,
            Stage::Trouble => self.last,
            // A run without an end must not be looked at without an end.
            Stage::Since(LOOKS..) => Time::MAX,
            Stage::Since(beginnings) => self.beginning(beginnings),
        }
    }

    fn beginning(&self, number: u64) -> Time {
        self.last + Span::nanos(self.grain.as_nanos().saturating_mul(number))
    }

    /// Takes down what has ended at the moment of the source, which is due.
    pub fn sample(&mut self, source: Source) {
        match self.stage {
            Stage::Calm => {
                for client in &mut self.clients {
                    let ended = Ended::of(client.id, source);
                    client.usual = if ended.all > 0 { ended.share() } else { 1.0 };
                }
                self.stage = Stage::Trouble;
            }
            Stage::Trouble => {
                self.clients.iter_mut().for_each(|client| client.start = Ended::of(client.id, source));
                self.stage = Stage::Since(0);
            }
            Stage::Since(number) => {
                let least = STRETCH.as_nanos().div_ceil(self.grain.as_nanos());
                self.clients.iter_mut().for_each(|client| client.look(number, least, Ended::of(client.id, source)));
                self.stage = Stage::Since(number + 1);
            }
        }
    }

    /// When the system had recovered, in milliseconds from the start of the run; `None`: not by now.
    pub fn recovered_at(&self, source: Source) -> Option<f64> {
        let Stage::Since(_) = self.stage else { return None };
        let rest = source.at.since(self.last);
        let mut latest = None;
        for client in &self.clients {
            match client.first_good(Ended::of(client.id, source), rest) {
                Found::NothingEnded => {}
                Found::From(number) => latest = latest.max(Some(number)),
                Found::Never => return None,
            }
        }
        latest.map(|number| self.beginning(number).since_start().as_millis_f64())
    }

    /// About how many bytes a copy takes.
    pub fn bytes(&self) -> usize {
        let open: usize = self.clients.iter().map(|client| client.open.len()).sum();
        self.clients.len() * size_of::<Client>()
            + self.faults.len() * size_of::<Fault>()
            + open * size_of::<Beginning>()
    }
}

/// From which stretch on all is well with a client.
enum Found {
    NothingEnded,
    From(u64),
    Never,
}

impl Client {
    /// Begins the stretch of this number, and judges those that are over: of `least` grains, and with enough requests.
    fn look(&mut self, number: u64, least: u64, now: Ended) {
        match self.open.back_mut() {
            Some(beginning) if beginning.ended == now => beginning.last = number,
            _ => self.open.push_back(Beginning { first: number, last: number, ended: now }),
        }
        while let Some(beginning) = self.open.front_mut() {
            let ended = now.since(beginning.ended);
            if number - beginning.first < least || ended.all < ENOUGH {
                return;
            }
            if !is_good(ended, self.usual) {
                self.bad = Some(beginning.first);
            }
            self.judged = beginning.first + 1;
            beginning.first += 1;
            if beginning.first > beginning.last {
                self.open.pop_front();
            }
        }
    }

    fn first_good(&self, now: Ended, rest: Span) -> Found {
        let since = now.since(self.start);
        match self.bad {
            _ if since.all == 0 => Found::NothingEnded,
            None if self.judged > 0 => Found::From(0),
            None if rest >= STRETCH && is_good(since, self.usual) => Found::From(0),
            // At least one stretch after the last bad one was good.
            Some(bad) if self.judged > bad + 1 => Found::From(bad + 1),
            _ => Found::Never,
        }
    }
}

fn is_good(ended: Ended, usual: f64) -> bool {
    // A hair less, so that 98 of 100 are 2 percentage points below 100 %.
    ended.share() >= usual - TOLERANCE - 1e-9
}

impl Ended {
    fn of(client: ServiceId, source: Source) -> Ended {
        let state = source.engine.services.get(client.index()).and_then(|state| state.client.as_ref());
        state.map_or(Ended::default(), |c| Ended { all: c.outcomes.total(), good: c.outcomes.successes() })
    }

    fn since(self, before: Ended) -> Ended {
        Ended { all: self.all.saturating_sub(before.all), good: self.good.saturating_sub(before.good) }
    }

    fn share(self) -> f64 {
        super::counts::share(self.good, self.all).unwrap_or(1.0)
    }
}
