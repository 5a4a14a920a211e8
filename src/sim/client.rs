//! Clients: when their requests start, how long their users wait, and which outcomes they see.

use super::arena::Id;
use super::call::Abandon;
use super::cells::LatencyCells;
use super::engine::Engine;
use super::event::Event;
use super::in_flight::{Origin, Phase, Request};
use super::metrics::Latencies;
use super::notice::Happening;
use super::trace::Detail;
use super::view::OutcomeCounts;
use crate::chance::{Draw, Seed, Stream};
use crate::outcome::Outcome;
use crate::scenario::Arrivals;
use crate::scenario::topology::{Load, Role, ServiceId, Topology};
use crate::time::{Span, Time};

/// The state of a client.
#[derive(Clone, Debug)]
pub(super) struct ClientState {
    pub sent: u64,
    pub asked_again: u64,
    pub outcomes: OutcomeCounts,
    pub latencies: Latencies,
    /// The latencies again, coarsely, for charts over time.
    pub cells: LatencyCells,
}

impl ClientState {
    pub fn new() -> Self {
        ClientState {
            sent: 0,
            asked_again: 0,
            outcomes: OutcomeCounts::default(),
            latencies: Latencies::new(),
            cells: LatencyCells::default(),
        }
    }

    pub fn pending(&self) -> u64 {
        self.sent - self.outcomes.total()
    }
}

/// The progress of a load.
#[derive(Clone, Debug)]
pub(super) struct LoadState {
    chance: Stream,
    /// Requests started so far.
    started: u64,
    /// When it begins: a load that is changed in a running system begins at the change.
    begins: Time,
    /// The instants of a load of type `at`, in order.
    instants: Vec<Time>,
}

impl LoadState {
    pub fn new(config: &Load, seed: Seed, now: Time) -> Self {
        let begins = config.from.max(now);
        let mut instants: Vec<Time> = match &config.arrivals {
            Arrivals::At(instants) => instants.iter().map(|at| Time::at(*at)).collect(),
            _ => Vec::new(),
        };
        instants.retain(|at| *at >= begins);
        instants.sort();
        LoadState { chance: Stream::new(seed, Draw::Arrival, config.key), started: 0, begins, instants }
    }

    /// When an open load starts its next request after `now`; `None`: there is none.
    fn next_arrival(&mut self, config: &Load, now: Time) -> Option<Time> {
        match &config.arrivals {
            Arrivals::Poisson(rate) => {
                let gap = Span::from_nanos_f64(self.chance.exponential() * 1e9 / rate);
                (*rate > 0.0).then(|| now.max(self.begins) + gap)
            }
            Arrivals::Constant(rate) => {
                let offset = Span::from_nanos_f64(self.started as f64 * 1e9 / rate);
                (*rate > 0.0).then(|| self.begins + offset)
            }
            Arrivals::At(_) => self.instants.get(self.started as usize).copied(),
            Arrivals::Profile(points) => {
                let area = self.chance.exponential();
                after_area(points, now.max(self.begins), area)
            }
            Arrivals::Users { .. } => None,
        }
    }
}

/// The points of a profile: when, and the rate per second.
type Points<'a> = &'a [(Span, f64)];

/// When the area under a profile of rates has grown by `area` requests since `now`; `None`: never.
fn after_area(points: Points<'_>, now: Time, mut area: f64) -> Option<Time> {
    let (mut at, mut rate, mut rest) = rate_at(points, now)?;
    while let Some(((end, end_rate), further)) = rest.split_first() {
        let length = Time::at(*end).since(at).as_secs_f64();
        let grown = (rate + end_rate) / 2.0 * length;
        if grown >= area && length > 0.0 {
            return Some(at + Span::from_nanos_f64(seconds_for(area, rate, (end_rate - rate) / length) * 1e9));
        }
        area -= grown;
        (at, rate, rest) = (Time::at(*end), *end_rate, further);
    }
    (rate > 0.0).then(|| at + Span::from_nanos_f64(area / rate * 1e9))
}

/// The rate at `now`, or at the first point if that is later, and the points after it.
fn rate_at(points: Points<'_>, now: Time) -> Option<(Time, f64, Points<'_>)> {
    let passed = points.iter().take_while(|(at, _)| Time::at(*at) <= now).count();
    let (start, rate) = *points.get(passed.saturating_sub(1))?;
    let rest = points.get(passed.max(1)..)?;
    let Some((end, end_rate)) = rest.first().filter(|_| passed > 0) else {
        return Some((now.max(Time::at(start)), rate, rest));
    };
    let part = now.since(Time::at(start)).as_secs_f64() / Time::at(*end).since(Time::at(start)).as_secs_f64();
    Some((now, rate + (end_rate - rate) * part, rest))
}

/// After how many seconds a rate that begins at `rate` and grows by `slope` per second has produced `area` requests.
fn seconds_for(area: f64, rate: f64, slope: f64) -> f64 {
    // The numerically stable quadratic formula, which also works for a slope of 0.
    2.0 * area / (rate + libm::sqrt((rate * rate + 2.0 * slope * area).max(0.0)))
}

impl Engine {
    /// Schedules the first request of an open load, or of each user of a closed one.
    pub(super) fn start_load(&mut self, t: &Topology, load: u32) {
        let config = &t.loads[load as usize];
        match config.arrivals {
            Arrivals::Users { users, .. } => {
                let start = self.loads[load as usize].begins;
                if start < config.until {
                    for _ in 0..users {
                        self.queue.schedule(start, Event::UserReady { load });
                    }
                }
            }
            _ => self.schedule_arrival(t, load),
        }
    }

    fn schedule_arrival(&mut self, t: &Topology, load: u32) {
        let config = &t.loads[load as usize];
        let next = self.loads[load as usize].next_arrival(config, self.now);
        if let Some(at) = next.filter(|at| *at < config.until.min(t.horizon)) {
            self.queue.schedule(at, Event::Arrival { load });
        }
    }

    /// An open load starts a request.
    pub(super) fn arrival(&mut self, t: &Topology, load: u32) {
        self.loads[load as usize].started += 1;
        self.schedule_arrival(t, load);
        self.send(t, t.loads[load as usize].client, Some(load));
    }

    /// A user of a closed load has thought long enough and sends a request.
    pub(super) fn user_ready(&mut self, t: &Topology, load: u32) {
        let config = &t.loads[load as usize];
        if self.now < config.until.min(t.horizon) {
            self.loads[load as usize].started += 1;
            self.send(t, config.client, Some(load));
        }
    }

    /// A client sends a request; `load` is `None` for a request by hand.
    pub(super) fn send(&mut self, t: &Topology, client: ServiceId, load: Option<u32>) {
        let Role::Client { reaches_effect } = t.services[client.index()].role else { return };
        let Some(state) = &mut self.services[client.index()].client else { return };
        state.sent += 1;
        let intent = self.ledger.open(reaches_effect);
        self.notice_at(client, intent.number, Happening::Sent { by_hand: load.is_none() });
        let asks_left = load.map_or(0, |load| t.loads[load as usize].asks_again);
        let origin = Origin::User { load, asks_left, patience: None };
        let request = self.requests.insert(Request::new(client, origin, intent, self.now));
        self.ask_system(t, request);
    }

    /// Sends a user's request, for the first time or again.
    fn ask_system(&mut self, t: &Topology, id: Id<Request>) {
        let request = &mut self.requests[id];
        (request.phase, request.stage, request.failed, request.degraded) = (Phase::Calling, 0, None, false);
        if let Origin::User { load: Some(load), patience, .. } = &mut request.origin
            && let Some(wait) = t.loads[*load as usize].patience
        {
            *patience = Some(self.queue.schedule(self.now + wait, Event::PatienceOver(id)));
        }
        self.run_stages(t, id);
    }

    /// A user's patience is over: the user leaves, or asks again.
    pub(super) fn patience_over(&mut self, t: &Topology, id: Id<Request>) {
        if let Origin::User { patience, .. } = &mut self.requests[id].origin {
            *patience = None;
        }
        self.mark_request(id, Detail::LosesPatience);
        self.give_up_calls(t, id, Abandon::Notify);
        self.user_answered(t, id, Outcome::Timeout);
    }

    /// A user has an answer, or gave up waiting for one.
    pub(super) fn user_answered(&mut self, t: &Topology, id: Id<Request>, outcome: Outcome) {
        let Origin::User { asks_left, patience, .. } = &mut self.requests[id].origin else { return };
        if let Some(key) = patience.take() {
            self.queue.cancel(key);
        }
        if outcome.is_success() || *asks_left == 0 {
            return self.finish_request(t, id, outcome);
        }
        *asks_left -= 1;
        let key = self.queue.schedule(self.now, Event::AskAgain(id));
        self.requests[id].phase = Phase::AskingAgain(key);
        self.mark_request(id, Detail::AsksAgain);
    }

    /// A user asks again: another try of the same intent.
    pub(super) fn ask_again(&mut self, t: &Topology, id: Id<Request>) {
        let client = self.requests[id].service;
        if let Some(state) = &mut self.services[client.index()].client {
            state.asked_again += 1;
        }
        self.notice_at(client, self.requests[id].intent.number, Happening::AskedAgain);
        self.ask_system(t, id);
    }

    fn finish_request(&mut self, t: &Topology, id: Id<Request>, outcome: Outcome) {
        self.trace_request(id, Some(outcome));
        self.notice_end(id, outcome);
        let Request { service, intent, arrived, origin, .. } = self.requests[id];
        self.requests.remove(id);
        self.ledger.record_outcome(intent, outcome);
        self.ledger.release(intent);
        if let Some(state) = &mut self.services[service.index()].client {
            state.outcomes.add(outcome);
            let latency = self.now.since(arrived);
            state.latencies.record(latency);
            state.cells.record(latency);
        }
        let Origin::User { load: Some(load), .. } = origin else { return };
        if let Arrivals::Users { think, .. } = &t.loads[load as usize].arrivals {
            let pause = self.loads[load as usize].chance.sample(think);
            self.queue.schedule(self.now + pause, Event::UserReady { load });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_produces_as_many_requests_as_its_area() {
        let s = Span::secs;
        // 10/s for 10 s, a ramp to 30/s over 10 s, a step down to 5/s.
        let points = [(s(0), 10.0), (s(10), 10.0), (s(20), 30.0), (s(20), 5.0)];
        for (area, expected) in [(50.0, 5.0), (100.0, 10.0), (300.0, 20.0), (350.0, 30.0)] {
            let at = after_area(&points, Time::ZERO, area).unwrap();
            assert!((at.since_start().as_secs_f64() - expected).abs() < 1e-6, "{area}: {at:?}");
        }
        let half_way = after_area(&points, Time::at(s(15)), 125.0);
        assert!((half_way.unwrap().since_start().as_secs_f64() - 20.0).abs() < 1e-6);
        assert_eq!(after_area(&[(s(0), 0.0)], Time::ZERO, 1.0), None);
    }
}
