//! Little's law in every report: the time averages of a report agree with the sum of the stays of the requests.
//!
//! The stays come from other sources than the averages: the spans of the trace, and observations of the system between
//! events. Reports are made at any moment, so some requests have left without an answer, and some are still in the
//! system: these count up to that moment.

use crate::golden::reports::CORPUS;
use crate::lab::{equals, service, station};
use crate::{generate, properties};
use callchain::chance::Seed;
use callchain::outcome::Outcome;
use callchain::scenario::topology::{LinkId, ServiceId, Topology};
use callchain::scenario::{Scenario, check, read, ready};
use callchain::sim::trace::{SpanId, TraceSpan};
use callchain::sim::{Intervention, Simulation};
use callchain::time::{Span, Time};
use proptest::prelude::*;
use serde_json::json;
use std::sync::Arc;

/// More spans than any of these runs has.
const SPANS: usize = 5_000_000;
/// Runs stop after this many events, so that no run takes too long.
const EVENTS: u64 = 300_000;

/// Observations between the events of a run: each number times its duration, in nanoseconds.
struct Watched {
    sim: Simulation,
    /// By service: requests in the queue and with a worker; by client: requests under way.
    queued: Vec<u128>,
    busy: Vec<u128>,
    pending: Vec<u128>,
    /// By link: attempts and calls under way.
    waiting: Vec<u128>,
    calling: Vec<u128>,
}

impl Watched {
    fn new(topology: Topology, seed: Seed) -> Self {
        let (services, links) = (topology.services.len(), topology.links.len());
        let mut sim = Simulation::new(Arc::new(topology), seed);
        sim.record(SPANS);
        let none = |n| vec![0; n];
        Watched {
            sim,
            queued: none(services),
            busy: none(services),
            pending: none(services),
            waiting: none(links),
            calling: none(links),
        }
    }

    /// Runs event by event up to `until`.
    fn run_until(&mut self, until: Time) {
        while self.sim.now() < until && self.sim.events() < EVENTS {
            let next = self.sim.next_event().filter(|at| *at <= until);
            self.look(next.unwrap_or(until).since(self.sim.now()));
            match next {
                Some(at) => assert_eq!(self.sim.step(), Some(at), "the next event is when it was announced"),
                None => drop(self.sim.run_until(until, 0)),
            }
        }
    }

    /// Counts the current numbers for a duration of `length`.
    fn look(&mut self, length: Span) {
        if length == Span::ZERO {
            return;
        }
        let area = |n: u64| u128::from(n) * u128::from(length.as_nanos());
        for (i, id) in (0..self.queued.len()).zip((0..).map(ServiceId)) {
            if let Some(client) = self.sim.client(id) {
                self.pending[i] += area(client.pending);
            } else if let Some(s) = self.sim.service(id) {
                self.queued[i] += area(s.queued.into());
                self.busy[i] += area((s.working + s.held).into());
            }
        }
        for (i, id) in (0..self.waiting.len()).zip((0..).map(LinkId)) {
            if let Some(link) = self.sim.link(id) {
                self.waiting[i] += area(link.waiting.into());
                self.calling[i] += area(link.calls - link.outcomes.total());
            }
        }
    }

    /// Asserts the law for the report of this moment.
    fn obeys_the_law(&self, name: &str) {
        let (report, t) = (self.sim.report(), self.sim.topology());
        let spans = self.sim.trace().expect("it is recorded").spans;
        let total = |is_it: &dyn Fn(&TraceSpan) -> bool| -> f64 {
            spans.iter().filter(|s| is_it(s)).map(|s| s.end.since(s.start).as_millis_f64()).sum()
        };
        for (i, config) in t.services.iter().enumerate() {
            let here = |s: &TraceSpan| s.service == ServiceId(i as u32);
            let same = |what: &str, one: f64, other: f64| same(&format!("{name}: {} {what}", config.id), one, other);
            if let Some(client) = report.client(&config.id) {
                let stays = total(&|s| here(s) && matches!(s.id, SpanId::User(_)));
                same("requests under way, seen and in spans", millis(self.pending[i]), stays);
                let over = total(&|s| here(s) && matches!(s.id, SpanId::User(_)) && s.outcome.is_some());
                same("latencies", sum(&client.latency), over);
                continue;
            }
            let s = report.service(&config.id).expect("every service has a report");
            let served = |span: &TraceSpan| here(span) && matches!(span.id, SpanId::Callee(_));
            same("in the service", s.mean_in_system * report.simulated_ms, total(&served));
            same("in its queue", s.mean_in_queue * report.simulated_ms, millis(self.queued[i]));
            same("with a worker", s.mean_busy * report.simulated_ms, millis(self.busy[i]));
            let answered = |o: Option<Outcome>| o.is_some_and(|o| o != Outcome::DeadlineExceeded);
            same("latencies", sum(&s.latency), total(&|span| served(span) && answered(span.outcome)));
            let still =
                spans.iter().filter(|span| served(span) && span.outcome.is_none() && span.end == self.sim.now());
            assert!(still.count() >= s.present as usize, "{name}: {} has who is present", config.id);
        }
        for (i, config) in t.links.iter().enumerate() {
            let over = |s: &TraceSpan| s.link == Some(LinkId(i as u32)) && matches!(s.id, SpanId::Caller(_));
            same(&format!("{name}: {} attempts", config.id), millis(self.waiting[i]), total(&over));
            let link = report.link(&config.id).expect("every link has a report");
            let (seen, latencies) = (millis(self.calling[i]), sum(&link.latency));
            if link.calls == link.outcomes.total() {
                same(&format!("{name}: {} calls", config.id), seen, latencies);
            } else {
                assert!(latencies <= seen * (1.0 + 1e-9), "{name}: {} has calls that are not over", config.id);
            }
        }
    }
}

fn millis(nanos: u128) -> f64 {
    nanos as f64 / 1e6
}

fn sum(latency: &callchain::sim::LatencySummary) -> f64 {
    latency.mean.unwrap_or(0.0) * latency.count as f64
}

/// Asserts that two sums are equal up to the precision of floats.
fn same(what: &str, one: f64, other: f64) {
    assert!((one - other).abs() <= 1e-9 * one.abs().max(other.abs()) + 1e-6, "{what}: {one} ms are not {other} ms");
}

fn checked(scenario: &Scenario) -> Topology {
    check::check(scenario).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Asserts the law at each of these shares of the horizon, or of `most` seconds if that is shorter.
fn holds(name: &str, scenario: &Scenario, most: u64, parts: &[f64]) {
    let topology = checked(scenario);
    let horizon = topology.horizon.min(Time::at(Span::secs(most)));
    let mut watched = Watched::new(topology, Seed(scenario.seed));
    for part in parts {
        watched.run_until(Time::at(horizon.since_start().scaled(*part)));
        watched.obeys_the_law(&format!("{name} at {:?}", watched.sim.now()));
    }
}

#[test]
fn it_holds_in_the_ready_systems_at_any_moment() {
    for ready in ready::READY {
        let scenario = read::read(ready.text).unwrap_or_else(|problems| panic!("{problems:#?}"));
        holds(ready.id, &scenario, 60, &[0.001, 0.123, 0.5, 0.789, 1.0]);
    }
}

#[test]
fn it_holds_in_the_papers() {
    let folder = format!("{}/static/scenarios/papers", env!("CARGO_MANIFEST_DIR"));
    let mut papers = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let scenario =
            read::read(&std::fs::read_to_string(&path).unwrap()).unwrap_or_else(|problems| panic!("{problems:#?}"));
        holds(&path.display().to_string(), &scenario, 60, &[0.31, 0.77, 1.0]);
        papers += 1;
    }
    assert_eq!(papers, 6);
}

#[test]
fn it_holds_in_the_whole_corpus() {
    for (line, number) in CORPUS.lines().zip(1..) {
        let scenario = read::read(line).unwrap_or_else(|problems| panic!("{problems:#?}"));
        holds(&format!("corpus.jsonl, line {number}"), &scenario, 60, &[0.4, 1.0]);
    }
}

#[test]
fn it_holds_if_most_requests_leave_without_an_answer() {
    // One worker with twice the load that it can handle, callers that cancel, a deadline, a service that goes down.
    let scenario = json!({
        "horizon": "40s",
        "services": [
            {"id": "web", "kind": "client"},
            {"id": "a", "workers": 1, "queue": 30, "work": {"exponential": "50ms"}},
            {"id": "b", "workers": 2, "queue": 5, "threads": "async", "work": {"exponential": "90ms"}},
        ],
        "links": [
            {"from": "web", "to": "a", "timeout": "900ms", "cancel": true, "deadline": {"set": "800ms"}},
            {"from": "a", "to": "b", "delay": {"exponential": "20ms"}, "loss": 0.2, "timeout": "200ms",
             "retry": {"max_attempts": 2}, "hedge": {"after": "100ms"}},
        ],
        "load": [{"client": "web", "poisson": 40, "until": "37s"}],
        "faults": [{"at": "10s", "for": "2s", "service": "a", "down": true}, {"at": "20s", "for": "1s", "service": "b", "slow": 20}],
    });
    let scenario = read::read(&scenario.to_string()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut watched = Watched::new(checked(&scenario), Seed(3));
    for millis in [9_000, 10_500, 14_321, 20_700, 36_999, 40_000] {
        watched.run_until(Time::at(Span::millis(millis)));
        watched.obeys_the_law(&format!("at {millis} ms"));
    }
    let report = watched.sim.report();
    let a = service(&report, "a");
    assert!([a.shed, a.expired, a.cancelled, a.lost].iter().all(|n| *n > 0), "{a:?}");
    assert!(a.completed < a.arrived / 2);
}

proptest! {
    #![proptest_config(properties::cases(200))]

    #[test]
    fn it_holds_in_any_system_under_any_interventions_and_edits(
        scenario in generate::scenario(),
        changes in prop::collection::vec((0u64..1500, 0u8..7, 0u32..9, 0.0..3.0), 1..8),
    ) {
        let topology = checked(&scenario);
        let mut watched = Watched::new(topology, Seed(scenario.seed));
        for (wait, change, thing, amount) in changes {
            watched.run_until(watched.sim.now() + Span::millis(wait));
            watched.obeys_the_law("before a change");
            watched.sim.apply(match change {
                0 => Intervention::Send(ServiceId(thing)),
                1 => Intervention::Down(ServiceId(thing), amount < 1.5),
                2 => Intervention::Slow(ServiceId(thing), amount),
                3 => Intervention::Failing(ServiceId(thing), amount),
                4 => Intervention::Delay(LinkId(thing), Span::millis(1).scaled(amount * 100.0)),
                _ => {
                    // Changes workers, queue and timeouts during the run.
                    let mut changed = (**watched.sim.topology()).clone();
                    changed.services.iter_mut().for_each(|s| s.workers = 1 + (thing + amount as u32) % 7);
                    changed.links.iter_mut().for_each(|l| l.timeout = Some(Span::millis(1 + wait)));
                    watched.sim.reconfigure(Arc::new(changed));
                    continue;
                }
            });
            watched.obeys_the_law("after a change");
        }
    }
}

#[test]
fn utilisation_is_busy_time_divided_by_the_time_of_all_workers() {
    // Ten requests per second of 100 ms each: one worker is always busy. Ten seconds of four workers, then ten of two.
    let mut scenario = station("20s", 1.0, json!({"workers": 4, "work": "100ms"}));
    scenario["load"][0] = json!({"client": "web", "constant": 10});
    let (mut simulation, _) = crate::lab::simulation(&scenario, 1);
    simulation.run_until(Time::at(Span::secs(10)), u64::MAX);
    equals("with four", service(&simulation.report(), "a").utilisation.unwrap(), 0.25, 0.02);
    let mut two = (**simulation.topology()).clone();
    two.services[1].workers = 2;
    simulation.reconfigure(Arc::new(two));
    equals("just after", service(&simulation.report(), "a").utilisation.unwrap(), 0.25, 0.02);
    simulation.run_until(Time::at(Span::secs(20)), u64::MAX);
    let report = simulation.report();
    let a = service(&report, "a");
    equals("20 of 40 + 20 seconds", a.utilisation.unwrap(), 20.0 / 60.0, 0.01);
    equals("one busy on average", a.mean_busy, 1.0, 0.01);
}
