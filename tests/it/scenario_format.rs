//! The scenario format: the sample of its documentation, defaults, short forms.

use callchain::chance::{Distribution, ThingKey};
use callchain::outcome::{Outcome, OutcomeSet};
use callchain::policy::breaker::{Trip, Window};
use callchain::policy::retry::{Backoff, Jitter};
use callchain::policy::{budget, fallback};
use callchain::scenario::topology::{LinkId, Role, Topology};
use callchain::scenario::{Arrivals, Kind, Link, Scenario, Service, check, read};
use callchain::time::{Span, Time};

/// The sample of the format's documentation, without its comments.
pub const SAMPLE: &str = include_str!("files/sample.json");

fn read_ok(text: &str) -> Scenario {
    read::read(text).unwrap_or_else(|messages| panic!("{messages:#?}\nin {text}"))
}

fn topology_of(text: &str) -> Topology {
    check::check(&read_ok(text)).unwrap_or_else(|messages| panic!("{messages:#?}"))
}

/// A link with these fields between services for which all of them are allowed.
fn link_with(fields: &str) -> Link {
    let text = format!(
        r#"{{"services": [{{"id": "a"}}, {{"id": "b", "effect": "e"}}], "links": [{{"from": "a", "to": "b", {fields}}}]}}"#
    );
    read_ok(&text).links.remove(0)
}

#[test]
fn everything_in_the_sample_of_the_format_reads() {
    let scenario = read_ok(SAMPLE);
    assert_eq!((scenario.services.len(), scenario.links.len()), (5, 2));
    assert_eq!((scenario.faults.len(), scenario.objectives.len(), scenario.teams.len()), (5, 2, 1));
    let retry = scenario.links[1].retry.clone().unwrap();
    assert_eq!(retry.budget, Some(budget::Config::Ratio { ratio: 0.1, min_per_second: 10.0, window: Span::secs(10) }));
    assert!(check::check(&scenario).is_ok());
}

#[test]
fn only_services_are_required() {
    assert_eq!(read_ok(r#"{"services": []}"#), Scenario::default());
    let scenario = read_ok(r#"{"services": [{"id": "a"}, {"id": "b"}], "links": [{"from": "a", "to": "b"}]}"#);
    assert_eq!(scenario.services[0], Service::new("a", Kind::Service));
    assert_eq!(scenario.links[0], Link::new("a", "b"));
}

#[test]
fn null_means_the_default_or_unlimited() {
    let names = "name team position workers queue rate_limit effect idempotency discipline threads work";
    let nulls: Vec<String> = names.split(' ').map(|name| format!("{name:?}: null")).collect();
    let scenario = read_ok(&format!(r#"{{"services": [{{"id": "a", {}}}]}}"#, nulls.join(", ")));
    let expected = Service { workers: None, queue: None, ..Service::new("a", Kind::Service) };
    assert_eq!(scenario.services, [expected]);
    let names = "timeout retry breaker bulkhead hedge deadline fallback ask compensate relationship";
    let nulls: Vec<String> = names.split(' ').map(|name| format!("{name:?}: null")).collect();
    assert_eq!(link_with(&nulls.join(", ")), Link::new("a", "b"));
}

#[test]
fn distributions_read() {
    let ms = Span::millis;
    for (text, expected) in [
        (r#""5ms""#, Distribution::Constant(ms(5))),
        (r#"{"exponential": "20ms"}"#, Distribution::Exponential { mean: ms(20) }),
        (r#"{"uniform": ["5ms", "15ms"]}"#, Distribution::Uniform { low: ms(5), high: ms(15) }),
        (r#"{"normal": {"mean": "20ms", "sd": "5ms"}}"#, Distribution::Normal { mean: ms(20), sd: ms(5) }),
        (
            r#"{"lognormal": {"median": "20ms", "p99": "200ms"}}"#,
            Distribution::Lognormal { median: ms(20), p99: ms(200) },
        ),
        (r#"{"pareto": {"min": "10ms", "shape": 1.5}}"#, Distribution::Pareto { min: ms(10), shape: 1.5 }),
        (r#"{"empirical": ["5ms", "7ms"]}"#, Distribution::Empirical(vec![ms(5), ms(7)])),
    ] {
        assert_eq!(link_with(&format!(r#""delay": {text}"#)).delay.response, expected);
        let legs = link_with(&format!(r#""delay": {{"request": {text}}}"#)).delay;
        assert_eq!((legs.request, legs.response), (expected, Distribution::Constant(ms(5))));
    }
}

#[test]
fn backoffs_read_in_short_and_in_long() {
    let (base, max) = (Span::millis(100), Span::secs(1));
    for (text, expected) in [
        (r#""none""#, Backoff::None),
        (r#"{"constant": "100ms"}"#, Backoff::Constant(base)),
        (r#"{"linear": "100ms"}"#, Backoff::Linear { base, max: Span::MAX }),
        (r#"{"linear": {"base": "100ms", "max": "1s"}}"#, Backoff::Linear { base, max }),
        (r#"{"exponential": "100ms"}"#, Backoff::Exponential { base, factor: 2.0, max: Span::MAX }),
        (r#"{"exponential": {"base": "100ms"}}"#, Backoff::Exponential { base, factor: 2.0, max: Span::MAX }),
        (
            r#"{"exponential": {"base": "100ms", "factor": 3, "max": "1s"}}"#,
            Backoff::Exponential { base, factor: 3.0, max },
        ),
    ] {
        let retry = link_with(&format!(r#""retry": {{"backoff": {text}}}"#)).retry.unwrap();
        assert_eq!((retry.backoff, retry.jitter, retry.max_attempts), (expected, Jitter::None, 3));
    }
}

#[test]
fn breakers_have_the_defaults_of_their_form() {
    let rate = |window, minimum_calls| Trip::Rate {
        window,
        minimum_calls,
        failure_rate: 0.5,
        slow_duration: Span::secs(60),
        slow_rate: 1.0,
    };
    for (text, trip, half_open_calls) in [
        ("{}", rate(Window::Calls(100), 100), 10),
        (r#"{"window": {"calls": 20}}"#, rate(Window::Calls(20), 20), 10),
        (r#"{"window": {"calls": 500}}"#, rate(Window::Calls(500), 100), 10),
        (r#"{"window": {"time": "10s"}}"#, rate(Window::Time(Span::secs(10)), 100), 10),
        (r#"{"consecutive_failures": 5}"#, Trip::Consecutive { failures: 5 }, 1),
    ] {
        let breaker = link_with(&format!(r#""breaker": {text}"#)).breaker.unwrap();
        assert_eq!((&breaker.trip, breaker.half_open_calls), (&trip, half_open_calls), "{text}");
        assert_eq!((breaker.open_for, breaker.half_open_max, breaker.automatic), (Span::secs(60), None, false));
        assert_eq!(breaker.failures, OutcomeSet::FAILURES);
    }
    let breaker = link_with(r#""breaker": {"failures": ["timeout"]}"#).breaker.unwrap();
    assert_eq!(breaker.failures, OutcomeSet::of(&[Outcome::Timeout]));
}

#[test]
fn a_rate_limit_holds_a_burst_of_one_second_at_least_one_request() {
    for (per_second, burst) in [(100.0, 100.0), (0.5, 1.0)] {
        let text = format!(r#"{{"services": [{{"id": "a", "rate_limit": {{"per_second": {per_second}}}}}]}}"#);
        assert_eq!(read_ok(&text).services[0].rate_limit.unwrap().burst, burst);
    }
}

#[test]
fn loads_read() {
    let points = vec![(Span::ZERO, 10.0), (Span::secs(10), 100.0), (Span::secs(10), 5.0)];
    for (text, expected) in [
        (r#""poisson": 50"#, Arrivals::Poisson(50.0)),
        (r#""constant": 0.5"#, Arrivals::Constant(0.5)),
        (r#""at": ["0s", "250ms"]"#, Arrivals::At(vec![Span::ZERO, Span::millis(250)])),
        (r#""users": 20"#, Arrivals::Users { users: 20, think: Distribution::Constant(Span::secs(1)) }),
        (r#""profile": [["0s", 10], ["10s", 100], ["10s", 5]]"#, Arrivals::Profile(points)),
    ] {
        let text = format!(r#"{{"services": [{{"id": "w", "kind": "client"}}], "load": [{{"client": "w", {text}}}]}}"#);
        assert_eq!(read_ok(&text).load[0].arrivals, expected);
    }
}

#[test]
fn a_topology_has_stages_keys_and_derived_settings() {
    let topology = topology_of(
        r#"{
        "services": [{"id": "web", "kind": "client"}, {"id": "idle", "kind": "client"}, {"id": "a", "queue": null},
                     {"id": "b"}, {"id": "c", "effect": "transfer"}],
        "links": [{"from": "a", "to": "c", "stage": 7, "method": "POST", "request_id": true},
                  {"from": "web", "to": "a", "method": "POST", "retry": {"unsafe": true}},
                  {"from": "a", "to": "b", "stage": 2, "optional": true, "method": "PATCH"},
                  {"from": "b", "to": "c", "optional": true, "fallback": "default"}],
        "load": [{"client": "web", "at": ["2s", "1s"]}, {"client": "idle", "poisson": 1},
                 {"client": "web", "poisson": 1, "until": "9s"}],
        "faults": [{"at": "1s", "for": "2s", "service": "a", "down": true}, {"at": "1s", "service": "a", "down": true}]
    }"#,
    );
    assert_eq!(topology.services[2].stages, [vec![LinkId(2)], vec![LinkId(0)]]);
    assert_eq!((topology.services[2].workers, topology.services[2].queue), (16, u32::MAX));
    assert_eq!(topology.services[0].role, Role::Client { reaches_effect: true });
    assert_eq!(topology.services[1].role, Role::Client { reaches_effect: false });
    let flags: Vec<_> = topology.links.iter().map(|link| (link.repeatable, link.fallback)).collect();
    assert_eq!(
        flags,
        [(true, None), (true, None), (false, Some(fallback::Config::Omit)), (true, Some(fallback::Config::Default)),]
    );
    assert_eq!(topology.links[1].key, ThingKey::of("web->a"));
    let keys: Vec<_> = topology.loads.iter().map(|load| load.key).collect();
    assert_eq!(keys, ["web#0", "idle#0", "web#1"].map(ThingKey::of));
    assert_eq!(topology.loads[0].arrivals, Arrivals::At(vec![Span::secs(1), Span::secs(2)]));
    assert_eq!((topology.loads[0].until, topology.loads[2].until), (Time::MAX, Time::at(Span::secs(9))));
    assert_eq!((topology.faults[0].until, topology.faults[1].until), (Time::at(Span::secs(3)), Time::MAX));
}
