//! Properties of every run of any scenario: books balance, limits hold, and the same past has the same future.
//!
//! The scenarios are random, with every policy and fault. The seed is fixed, so these tests are never flaky;
//! `PROPTEST_RNG_SEED=7 PROPTEST_CASES=100000` searches further.

use crate::generate;
use callchain::chance::Seed;
use callchain::scenario::topology::{LinkId, ServiceId, Topology};
use callchain::scenario::{FaultEffect, Goal, Link, Scenario, check, measure};
use callchain::sim::report::Report;
use callchain::sim::{Intervention, Simulation, Stopped};
use callchain::time::{Span, Time};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::sync::Arc;

/// This many cases from a fixed seed, unless the environment sets other values.
pub fn cases(cases: u32) -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(1);
    }
    config
}

/// Runs stop after this many events, so that no test takes too long.
const EVENTS: u64 = 100_000;

fn topology(scenario: &Scenario) -> Arc<Topology> {
    Arc::new(check::check(scenario).unwrap_or_else(|problems| panic!("{problems:#?}")))
}

fn start(scenario: &Scenario) -> Simulation {
    Simulation::new(topology(scenario), Seed(scenario.seed))
}

fn finish(mut simulation: Simulation) -> Report {
    let end = simulation.topology().horizon;
    let left = EVENTS.saturating_sub(simulation.events());
    simulation.run_until(end, left);
    simulation.report()
}

/// Sums that must agree at any moment.
fn books_balance(simulation: &Simulation) {
    let (t, report) = (simulation.topology(), simulation.report());
    for (id, c) in &report.clients {
        assert_eq!(c.sent, c.outcomes.total() + c.pending, "{id}: sent = finished + pending");
        assert_eq!(c.latency.count, c.outcomes.total(), "{id}: each finished request has a latency");
    }
    for ((id, l), i) in report.links.iter().zip(0..) {
        let view = simulation.link(LinkId(i)).unwrap();
        let recovers = t.links[i as usize].ask.is_some() || t.links[i as usize].compensate.is_some();
        assert_eq!(l.attempts - l.retries, l.calls, "{id}: each call has one first attempt");
        assert!(l.hedges <= l.retries, "{id}: a hedge is a retry");
        assert!(l.outcomes.total() <= l.calls, "{id}: a call ends once");
        assert_eq!(l.latency.count, l.outcomes.total(), "{id}: each call that is over has a latency");
        let open = l.attempts - l.attempt_outcomes.total();
        // The caller also waits for status queries and compensations, which are no attempts.
        let waited_for = u64::from(view.waiting);
        assert!(open == waited_for || recovers && open <= waited_for, "{id}: {open} open, {waited_for} waited for");
        let settled = |c: callchain::sim::RecoveryCounts| c.settled + c.unsettled;
        assert!(settled(l.asks) <= l.calls, "{id}: a call is in doubt once");
        assert!(l.breaker_changes >= l.breaker.len() as u64, "{id}");
    }
    for (id, s) in &report.services {
        let fates = s.shed + s.rate_limited + s.replayed + s.conflict + s.expired + s.cancelled + s.lost + s.completed;
        assert_eq!(s.arrived, fates + u64::from(s.present), "{id}: arrived = fates + present");
        assert!(s.completed <= s.started && s.started <= s.arrived, "{id}: completed <= started <= arrived");
        assert!(s.failed <= s.completed && s.wasted <= s.completed, "{id}: of the completed");
        assert_eq!(s.latency.count, s.completed, "{id}: each answer has a latency");
        assert!(s.utilisation.is_none_or(|u| (0.0..=1.0 + 1e-9).contains(&u)), "{id}: {:?}", s.utilisation);
        let mean = s.mean_in_system + 1e-9;
        assert!(
            s.mean_in_queue + 0.0 <= mean && s.mean_busy <= mean,
            "{id}: the queue and the workers are in the system"
        );
    }
    let ledger = report.ledger;
    assert!(ledger.duplicates <= ledger.entries && ledger.compensated <= ledger.entries);
    assert!(ledger.unknown + ledger.missing <= ledger.intents);
    let started: u64 = effects(t, &report).map(|s| s.started).sum();
    assert!(ledger.entries <= started, "an entry needs work");
    if effects(t, &report).count() == 1 && ledger.compensated == 0 {
        assert!(ledger.entries - ledger.duplicates <= ledger.intents, "an intent has one first entry");
    }
}

fn effects<'a>(t: &'a Topology, report: &'a Report) -> impl Iterator<Item = &'a callchain::sim::report::ServiceReport> {
    t.services.iter().filter(|s| s.has_effect).filter_map(|s| report.service(&s.id))
}

/// Limits that must hold between any two events.
fn limits_hold(simulation: &Simulation) {
    for i in 0..simulation.topology().services.len() as u32 {
        let s = simulation.service(ServiceId(i)).unwrap();
        let (busy, at) = (s.working + s.held, simulation.now());
        assert!(s.workers.is_none_or(|workers| busy <= workers), "service {i} at {at:?}: {busy} of {:?}", s.workers);
        assert!(s.queue.is_none_or(|queue| s.queued <= queue), "service {i} at {at:?}: {} queued", s.queued);
        assert!(s.wasting <= busy, "service {i} at {at:?}: {} of {busy} wasted", s.wasting);
        assert!(
            s.queued == 0 || s.workers == Some(busy),
            "service {i} at {at:?}: a free worker, and {} wait",
            s.queued
        );
    }
    for message in simulation.messages() {
        assert!(message.sent <= simulation.now() && simulation.now() <= message.arrives, "{message:?}");
    }
    for wait in simulation.waits() {
        assert!(wait.from <= simulation.now() && simulation.now() <= wait.until, "{wait:?}");
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_books_balance_at_any_moment(scenario in generate::scenario(), part in 0.0..1.0) {
        let mut simulation = start(&scenario);
        let horizon = simulation.topology().horizon;
        simulation.run_until(Time::at(horizon.since_start().scaled(part)), EVENTS);
        books_balance(&simulation);
        simulation.run_until(horizon, EVENTS);
        books_balance(&simulation);
    }

    #[test]
    fn everything_ends_after_the_last_request(scenario in generate::scenario()) {
        let mut quiet = scenario;
        quiet.links.iter_mut().for_each(|l| l.timeout = l.timeout.or(Some(Span::secs(1))));
        let mut simulation = start(&quiet);
        // Heavy tails take their time.
        let stopped = simulation.run_until(Time::MAX, EVENTS);
        prop_assume!(stopped == Stopped::Reached);
        books_balance(&simulation);
        let report = simulation.report();
        for (id, l) in &report.links {
            prop_assert_eq!(l.attempts, l.attempt_outcomes.total(), "{}: an attempt without an outcome", id);
            prop_assert_eq!(l.calls, l.outcomes.total(), "{}: a call without an outcome", id);
        }
        prop_assert!(report.clients.iter().all(|(_, c)| c.pending == 0));
        prop_assert!(report.services.iter().all(|(_, s)| s.present == 0));
        prop_assert_eq!(simulation.messages().count() + simulation.waits().count(), 0);
        let t = simulation.topology().clone();
        for (id, l) in &report.links {
            let link = t.links.iter().find(|link| link.id == *id).unwrap();
            let sent = l.attempts + l.asks.sent + l.compensations.sent;
            let callee = report.service(&t.services[link.to.index()].id).unwrap();
            let into: u64 = t.links.iter().filter(|other| other.to == link.to).map(|other| {
                let other = report.link(&other.id).unwrap();
                other.attempts + other.asks.sent + other.compensations.sent
            }).sum();
            prop_assert!(callee.arrived + callee.refused <= into, "{} arrived of {}, {} sent", callee.arrived, into, sent);
        }
    }

    #[test]
    fn limits_hold_between_any_two_events_and_time_advances(scenario in generate::scenario()) {
        let mut simulation = start(&scenario);
        let horizon = simulation.topology().horizon;
        let mut last = Time::ZERO;
        while simulation.next_event().is_some_and(|at| at <= horizon) && simulation.events() < 3_000 {
            let announced = simulation.next_event();
            let at = simulation.step();
            prop_assert_eq!(at, announced);
            prop_assert!(at >= Some(last), "time went back");
            last = simulation.now();
            limits_hold(&simulation);
        }
    }

    #[test]
    fn a_snapshot_has_the_same_future(scenario in generate::scenario(), part in 0.0..1.0) {
        let mut simulation = start(&scenario);
        let moment = Time::at(simulation.topology().horizon.since_start().scaled(part));
        simulation.run_until(moment, EVENTS);
        let snapshot = simulation.clone();
        let whole = finish(simulation);
        prop_assert_eq!(finish(snapshot).to_json(), whole.to_json());
        prop_assert_eq!(finish(start(&scenario)).to_json(), whole.to_json());
    }

    #[test]
    fn steps_of_any_size_lead_to_the_same_end(
        scenario in generate::scenario(),
        steps in prop::collection::vec((any::<bool>(), 0u64..200), 1..40),
    ) {
        let whole = finish(start(&scenario));
        let mut simulation = start(&scenario);
        let horizon = simulation.topology().horizon;
        for (by_time, size) in steps {
            if by_time {
                let until = (simulation.now() + Span::millis(size)).min(horizon);
                simulation.run_until(until, EVENTS - simulation.events());
            } else {
                simulation.run_until(horizon, size.min(EVENTS - simulation.events()));
            }
        }
        prop_assert_eq!(finish(simulation).to_json(), whole.to_json());
    }

    #[test]
    fn a_change_that_changes_nothing_has_no_effect(
        scenario in generate::scenario(),
        moments in prop::collection::vec((any::<bool>(), 0u64..500), 1..6),
    ) {
        let whole = finish(start(&scenario));
        let mut simulation = start(&scenario);
        let horizon = simulation.topology().horizon;
        for (by_time, size) in moments {
            if by_time {
                let until = (simulation.now() + Span::millis(size)).min(horizon);
                simulation.run_until(until, EVENTS - simulation.events());
            } else {
                simulation.run_until(horizon, size.min(EVENTS - simulation.events()));
            }
            simulation.reconfigure(topology(&scenario));
        }
        prop_assert_eq!(finish(simulation).to_json(), whole.to_json());
    }

    #[test]
    fn unconnected_parts_share_no_random_numbers(one in generate::scenario(), other in generate::scenario()) {
        let alone = prefixed(one);
        let mut both = other;
        both.seed = alone.seed;
        both.horizon = alone.horizon;
        let (a, b) = (both.clone(), alone.clone());
        both.services.extend(b.services);
        both.links.extend(b.links);
        both.load.extend(b.load);
        both.faults.extend(b.faults);
        both.objectives = Vec::new();
        both.teams.extend(b.teams.into_iter().filter(|team| a.teams.iter().all(|known| known.id != team.id)));
        let (mut apart, mut together) = (start(&alone), start(&both));
        let horizon = apart.topology().horizon;
        prop_assume!(apart.run_until(horizon, EVENTS) == Stopped::Reached);
        prop_assume!(together.run_until(horizon, 2 * EVENTS) == Stopped::Reached);
        let (apart, together) = (apart.report(), together.report());
        for (id, client) in &apart.clients {
            prop_assert_eq!(Some(client), together.client(id));
        }
        for (id, link) in &apart.links {
            prop_assert_eq!(Some(link), together.link(id));
        }
        for (id, service) in &apart.services {
            prop_assert_eq!(Some(service), together.service(id));
        }
    }

    #[test]
    fn the_policies_of_one_link_do_not_change_what_happens_on_another(one in generate::link(), other in generate::link()) {
        // Two parallel calls must not affect each other.
        let beside = |link: &Link| {
            let mut scenario = lab_scenario();
            let changed = Link { from: "web".to_owned(), to: "a".to_owned(), stage: 0, ..link.clone() };
            scenario.links[0] = Link { ask: None, compensate: None, hedge: None, ..changed };
            finish(start(&scenario))
        };
        let (with_one, with_other) = (beside(&one), beside(&other));
        prop_assert_eq!(with_one.link("web->b"), with_other.link("web->b"));
        prop_assert_eq!(with_one.service("b"), with_other.service("b"));
        prop_assert_eq!(with_one.client("web").map(|c| c.sent), with_other.client("web").map(|c| c.sent));
    }

    #[test]
    fn policies_do_not_change_when_open_loads_send(scenario in generate::scenario()) {
        let mut bare = scenario.clone();
        for link in &mut bare.links {
            (link.retry, link.breaker, link.bulkhead, link.hedge) = (None, None, None, None);
            (link.deadline, link.fallback, link.ask, link.compensate) = (None, None, None, None);
            link.delay = callchain::scenario::Legs::both(callchain::chance::Distribution::Constant(Span::millis(1)));
        }
        let users = |client: &str| {
            let of_client = scenario.load.iter().filter(|load| load.client == client);
            of_client.into_iter().any(|load| matches!(load.arrivals, callchain::scenario::Arrivals::Users { .. }))
        };
        let (mut with, mut without) = (start(&scenario), start(&bare));
        let horizon = with.topology().horizon;
        prop_assume!(with.run_until(horizon, EVENTS) == Stopped::Reached);
        prop_assume!(without.run_until(horizon, EVENTS) == Stopped::Reached);
        let without = without.report();
        for (id, client) in with.report().clients.iter().filter(|(id, _)| !users(id)) {
            prop_assert_eq!(Some(client.sent), without.client(id).map(|c| c.sent));
        }
    }

    #[test]
    fn no_intervention_breaks_the_books(
        scenario in generate::scenario(),
        interventions in prop::collection::vec((0u64..300, 0u8..6, 0u32..9, 0.0..3.0), 1..12),
    ) {
        let mut simulation = start(&scenario);
        let horizon = simulation.topology().horizon;
        for (wait, intervention, thing, amount) in interventions {
            simulation.run_until((simulation.now() + Span::millis(wait)).min(horizon), EVENTS);
            simulation.apply(match intervention {
                0 => Intervention::Send(ServiceId(thing)),
                1 => Intervention::Down(ServiceId(thing), amount < 1.5),
                2 => Intervention::Slow(ServiceId(thing), amount),
                3 => Intervention::Failing(ServiceId(thing), amount),
                4 => Intervention::Drop(LinkId(thing), (amount < 1.5).then_some(callchain::scenario::DroppedLegs::Both)),
                _ => Intervention::Delay(LinkId(thing), Span::millis(1).scaled(amount * 100.0)),
            });
            books_balance(&simulation);
        }
        simulation.run_until(horizon, EVENTS);
        books_balance(&simulation);
        limits_hold(&simulation);
    }

    #[test]
    fn a_system_can_become_any_other_while_it_runs(
        systems in prop::collection::vec((generate::scenario(), 0u64..1000), 2..5),
    ) {
        let mut simulation = start(&systems[0].0);
        for (next, wait) in &systems {
            simulation.reconfigure(topology(next));
            limits_hold_after_a_change(&simulation);
            simulation.run_until(simulation.now() + Span::millis(*wait), EVENTS);
        }
        simulation.run_until(simulation.now() + Span::secs(5), EVENTS);
    }
}

/// A client that calls two services in parallel, the second with randomness and policies of many kinds.
fn lab_scenario() -> Scenario {
    let text = serde_json::json!({
        "horizon": "20s",
        "services": [
            {"id": "web", "kind": "client"},
            {"id": "a", "workers": 2, "queue": 5, "work": {"exponential": "50ms"}},
            {"id": "b", "workers": 2, "queue": 5, "work": {"exponential": "50ms"}, "failure_rate": 0.1},
        ],
        "links": [
            {"from": "web", "to": "a"},
            {"from": "web", "to": "b", "delay": {"exponential": "5ms"}, "loss": 0.05, "timeout": "200ms", "cancel": true,
             "retry": {"max_attempts": 3, "backoff": {"constant": "50ms"}, "jitter": "full",
                       "budget": {"ratio": 0.5, "min_per_second": 1}},
             "breaker": {"window": {"calls": 20}, "minimum_calls": 10, "open_for": "1s", "half_open_calls": 3},
             "bulkhead": {"max_concurrent": 6, "max_wait": "20ms"}},
        ],
        "load": [{"client": "web", "poisson": 30}],
    });
    callchain::scenario::read::read(&text.to_string()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Limits after a change: there may be fewer workers than busy ones and a queue longer than its limit, but no request
/// waits while a worker is free.
fn limits_hold_after_a_change(simulation: &Simulation) {
    for i in 0..simulation.topology().services.len() as u32 {
        let s = simulation.service(ServiceId(i)).unwrap();
        assert!(s.wasting <= s.working + s.held, "service {i}");
        assert!(s.queued == 0 || s.workers.is_some_and(|workers| s.working + s.held >= workers), "service {i}");
    }
    for message in simulation.messages() {
        assert!(message.link.index() < simulation.topology().links.len(), "{message:?}");
    }
}

#[test]
fn an_unchanged_fault_keeps_its_turn_among_events_at_the_same_instant() {
    // A request sent at 0.9 s arrives at 1 s, exactly when the service goes down. The fault comes first, so it is refused.
    let mut scenario = crate::lab::system(
        "2s",
        serde_json::json!({"at": ["900ms"]}),
        serde_json::json!([{"id": "a"}]),
        serde_json::json!([{"from": "web", "to": "a", "delay": "100ms"}]),
    );
    scenario["faults"] = serde_json::json!([
        {"at": "1s", "for": "500ms", "service": "a", "down": true},
        {"at": "1s", "for": "500ms", "service": "a", "down": true},
    ]);
    let whole = crate::lab::run(&scenario, 1);
    assert_eq!(crate::lab::service(&whole, "a").refused, 1);
    let (mut simulation, horizon) = crate::lab::simulation(&scenario, 1);
    simulation.run_until(Time::at(Span::millis(950)), EVENTS);
    simulation.reconfigure(simulation.topology().clone());
    // In the middle of the instant, too.
    simulation.run_until(horizon, 1);
    simulation.reconfigure(simulation.topology().clone());
    simulation.run_until(horizon, EVENTS);
    assert_eq!(simulation.report().to_json(), whole.to_json());
}

/// The same scenario with other ids.
fn prefixed(mut scenario: Scenario) -> Scenario {
    let rename = |id: &mut String| *id = format!("other-{id}");
    scenario.services.iter_mut().for_each(|s| rename(&mut s.id));
    scenario.links.iter_mut().for_each(|l| {
        rename(&mut l.from);
        rename(&mut l.to);
    });
    scenario.load.iter_mut().for_each(|l| rename(&mut l.client));
    for objective in &mut scenario.objectives {
        match &mut objective.goal {
            Goal::Expect(condition) => {
                let ids: Vec<String> = scenario.services.iter().map(|s| s.id.clone()).collect();
                for id in ids {
                    *condition = measure::rename(condition, id.trim_start_matches("other-"), &id);
                }
            }
            Goal::Success(_) | Goal::Latency { .. } => rename(&mut objective.client),
        }
    }
    for fault in &mut scenario.faults {
        match &mut fault.effect {
            FaultEffect::Down { service }
            | FaultEffect::Slow { service, .. }
            | FaultEffect::Failing { service, .. } => {
                rename(service);
            }
            FaultEffect::Drop { link, .. } | FaultEffect::Delay { link, .. } => link.iter_mut().for_each(rename),
        }
    }
    scenario
}
