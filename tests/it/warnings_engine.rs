//! The claims of warnings are true: for each rule, a system runs in the worst case that the reason describes, and again
//! after the repair.

use crate::generate;
use callchain::chance::Seed;
use callchain::editor::warning::{Rule, Warning, warnings};
use callchain::editor::{Editor, Thing};
use callchain::outcome::Outcome;
use callchain::scenario::{FaultEffect, Scenario, check, read};
use callchain::sim::report::Report;
use callchain::sim::{Simulation, Stopped};
use callchain::text::Value as TextValue;
use callchain::time::Span;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;

/// A client `web`, services `a`, `b`, `c` with their settings, and links with theirs, for ten seconds.
fn system(load: Value, services: Value, links: Value, faults: Value) -> Scenario {
    let mut all = vec![json!({"id": "web", "kind": "client"})];
    all.extend(services.as_array().unwrap().iter().cloned());
    let mut load = load;
    load["client"] = json!("web");
    let whole = json!({"horizon": "10s", "services": all, "links": links, "load": [load], "faults": faults});
    read::read(&whole.to_string()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// One request at the start.
fn one() -> Value {
    json!({"at": ["0s"]})
}

/// The link between two services is cut.
fn cut(from: &str, to: &str) -> Value {
    json!([{"at": "0s", "link": [from, to], "drop": "both"}])
}

fn run(scenario: &Scenario) -> Report {
    let topology = check::check(scenario).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let horizon = topology.horizon;
    let mut simulation = Simulation::new(Arc::new(topology), Seed(scenario.seed));
    // Systems that never become idle are examined after a while.
    assert_ne!(simulation.run_until(horizon, 200_000), Stopped::Overfull);
    simulation.report()
}

/// The reason of the one warning of a rule, with plain spaces.
fn reason(rule: Rule, scenario: &Scenario) -> String {
    the(rule, scenario).reason.text().replace('\u{a0}', " ")
}

/// The one warning of a rule.
fn the(rule: Rule, scenario: &Scenario) -> Warning {
    let found = warnings(scenario);
    let mut of_rule = found.iter().filter(|warning| warning.rule == rule);
    let warning = of_rule.next().unwrap_or_else(|| panic!("{rule:?} is not among {found:#?}"));
    assert!(of_rule.next().is_none(), "{found:#?}");
    warning.clone()
}

/// The reports of a system after each of the repairs of a rule.
fn repaired(rule: Rule, scenario: &Scenario) -> Vec<Report> {
    let editor = Editor::new(scenario.clone()).unwrap();
    the(rule, scenario).repairs.iter().map(|repair| run(editor.apply(&repair.command).unwrap().document())).collect()
}

/// The longest call over a link, in milliseconds.
fn longest(report: &Report, link: &str) -> f64 {
    report.link(link).unwrap().latency.max.unwrap()
}

#[test]
fn a_repeated_post_is_carried_out_twice_unless_it_has_an_id() {
    let bank = |keeps_ids: bool, with: Value| {
        let mut link =
            json!({"from": "a", "to": "b", "method": "POST", "timeout": "500ms", "retry": {"max_attempts": 3}});
        link.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        let mut bank = json!({"id": "b", "effect": "transfer"});
        if keeps_ids {
            bank["idempotency"] = json!({});
        }
        let lost = json!([{"at": "0s", "link": ["a", "b"], "drop": "response"}]);
        system(one(), json!([{"id": "a"}, bank]), json!([{"from": "web", "to": "a"}, link]), lost)
    };
    let entries = |reports: Vec<Report>| reports.iter().map(|report| report.ledger.entries).collect::<Vec<_>>();
    let reckless = bank(true, json!({"retry": {"max_attempts": 3, "unsafe": true}}));
    assert!(reason(Rule::UnsafeRetry, &reckless).contains("3 times"));
    assert_eq!(run(&reckless).ledger.entries, 3);
    assert_eq!(entries(repaired(Rule::UnsafeRetry, &reckless)), [1, 1]);

    let ignored = bank(false, json!({"request_id": true}));
    assert!(reason(Rule::IgnoredId, &ignored).contains("each of the 3 attempts"));
    assert_eq!(run(&ignored).ledger.entries, 3);
    assert_eq!(entries(repaired(Rule::IgnoredId, &ignored)), [1, 1]);

    let idle = bank(true, json!({}));
    the(Rule::IdleRetry, &idle);
    assert_eq!(run(&idle).link("a->b").unwrap().attempts, 1);
    let attempts = |report: &Report| report.link("a->b").unwrap().attempts;
    assert_eq!(repaired(Rule::IdleRetry, &idle).iter().map(attempts).collect::<Vec<_>>(), [3, 1]);
}

#[test]
fn one_request_follows_a_circle_until_all_workers_wait() {
    let services = json!([{"id": "a", "workers": 5}, {"id": "b", "workers": 5}]);
    let links = json!([{"from": "web", "to": "a"}, {"from": "a", "to": "b"}, {"from": "b", "to": "a"}]);
    let circle = system(one(), services, links, json!([]));
    assert!(reason(Rule::Cycle, &circle).starts_with("a → b → a: each request causes another one"));
    let report = run(&circle);
    assert_eq!((report.client("web").unwrap().pending, report.service("a").unwrap().completed), (1, 0));
    assert_eq!(report.service("a").unwrap().present, 6);
    assert_eq!(repaired(Rule::Cycle, &circle)[0].client("web").unwrap().success_rate, Some(1.0));
}

#[test]
fn without_a_timeout_workers_wait_for_ever() {
    let services = json!([{"id": "a", "workers": 2, "queue": 1}, {"id": "b"}]);
    let links = json!([{"from": "web", "to": "a"}, {"from": "a", "to": "b"}]);
    let hangs = system(json!({"constant": 1}), services, links, cut("a", "b"));
    assert!(reason(Rule::NoTimeout, &hangs).ends_with("waits forever, and so does one of its 2 workers."));
    let report = run(&hangs);
    assert_eq!((report.client("web").unwrap().pending, report.service("a").unwrap().completed), (3, 0));
    assert_eq!(repaired(Rule::NoTimeout, &hangs)[0].client("web").unwrap().pending, 0);
}

#[test]
fn passing_on_a_deadline_acts_like_a_timeout_if_every_request_has_one() {
    let links = json!([{"from": "web", "to": "a", "deadline": {"set": "400ms"}}, {"from": "a", "to": "b"}]);
    let hangs = system(one(), json!([{"id": "a"}, {"id": "b"}]), links, cut("a", "b"));
    assert_eq!(the(Rule::NoTimeout, &hangs).repairs[0].title.text(), "Pass the deadline on");
    assert_eq!(longest(&repaired(Rule::NoTimeout, &hangs)[0], "a->b").round(), 385.0);
}

#[test]
fn a_timeout_shorter_than_any_answer_fails_every_call() {
    let services = json!([{"id": "a", "work": "10ms"}, {"id": "b", "work": {"uniform": ["100ms", "200ms"]}}]);
    let links = |timeout: &str| {
        let slow = json!({"from": "a", "to": "b", "delay": "200ms", "overhead": "10ms", "timeout": "5s"});
        json!([{"from": "web", "to": "a", "delay": "5ms", "timeout": timeout}, slow])
    };
    let load = || json!({"constant": 2});
    let short = system(load(), services.clone(), links("540ms"), json!([]));
    assert!(reason(Rule::TooShort, &short).contains("takes at least 540 ms"));
    assert_eq!(run(&short).client("web").unwrap().success_rate, Some(0.0));
    assert_eq!(repaired(Rule::TooShort, &short)[0].client("web").unwrap().success_rate, Some(1.0));
    let enough = system(load(), services, links("700ms"), json!([]));
    assert_eq!(warnings(&enough).iter().filter(|warning| warning.rule == Rule::TooShort).count(), 0);
    assert!(run(&enough).client("web").unwrap().success_rate > Some(0.5));
}

/// `web` gives up on `a` early, and `a` calls `b` over a cut link with these settings.
fn impatient(link: Value) -> Scenario {
    let mut behind = json!({"from": "a", "to": "b", "delay": "0ms"});
    behind.as_object_mut().unwrap().extend(link.as_object().unwrap().clone());
    let links = json!([{"from": "web", "to": "a", "timeout": "20ms", "delay": "0ms"}, behind]);
    let mut scenario =
        system(one(), json!([{"id": "a", "work": "0ms"}, {"id": "b", "work": "0ms"}]), links, cut("a", "b"));
    scenario.horizon = Span::secs(600);
    scenario
}

#[test]
fn a_callee_continues_after_its_caller_has_given_up() {
    let backoff = json!({"exponential": {"base": "200ms"}});
    let scenario = impatient(json!({"timeout": "500ms", "retry": {"max_attempts": 3, "backoff": backoff}}));
    let reason = reason(Rule::GivesUpEarly, &scenario);
    assert!(reason.contains("gives up after 20 ms, but a’s own 3 attempts at b can take 2.1 s"), "{reason}");
    let report = run(&scenario);
    assert_eq!((longest(&report, "a->b").round(), report.service("a").unwrap().wasted), (2_100.0, 1));
    assert_eq!(repaired(Rule::GivesUpEarly, &scenario)[0].service("a").unwrap().wasted, 0);
}

#[test]
fn calls_continue_beyond_a_deadline_that_is_not_passed_on() {
    let links = json!([
        {"from": "web", "to": "a", "deadline": {"set": "500ms"}},
        {"from": "a", "to": "b", "timeout": "400ms", "retry": {"max_attempts": 3}}
    ]);
    let scenario = system(one(), json!([{"id": "a"}, {"id": "b"}]), links, cut("a", "b"));
    let reason = reason(Rule::LostDeadline, &scenario);
    assert!(reason.contains("at most 500 ms, but a may spend 1.2 s on b"), "{reason}");
    let report = run(&scenario);
    assert_eq!((longest(&report, "a->b").round(), report.service("a").unwrap().wasted), (1_200.0, 1));
    assert!(longest(&repaired(Rule::LostDeadline, &scenario)[0], "a->b") < 500.0);
}

/// A duration in a reason, in milliseconds.
fn length(warning: &Warning, name: &str) -> f64 {
    match warning.reason.value(name) {
        Some(TextValue::Exact(span)) => span.as_millis_f64(),
        other => panic!("{name} is {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_longest_duration_of_a_call_is_that_of_the_engine_in_the_worst_case(
        timeout in 21u64..900,
        attempts in 1u32..50,
        backoff in prop_oneof![
            Just(json!(null)),
            (0u64..500).prop_map(|ms| json!({"constant": format!("{ms}ms")})),
            (0u64..300, 300u64..900).prop_map(|(base, max)| json!({"linear": {"base": format!("{base}ms"), "max": format!("{max}ms")}})),
            (0u64..300, 1.0f64..4.0, 300u64..900)
                .prop_map(|(base, factor, max)| json!({"exponential": {"base": format!("{base}ms"), "factor": factor, "max": format!("{max}ms")}})),
        ],
        deadline in proptest::option::of(21u64..20_000),
        jitter in proptest::sample::select(vec!["none", "full", "equal", "decorrelated"]),
        breaker in proptest::option::of(1u32..60),
        tokens in proptest::option::of(1.0f64..120.0),
    ) {
        let mut link = json!({"timeout": format!("{timeout}ms"), "retry": {"max_attempts": attempts}});
        // A constant wait has no cap, so this jitter would grow without limit.
        let jitter = if jitter == "decorrelated" && backoff.get("constant").is_some() { "full" } else { jitter };
        let is_sure = jitter == "none" || backoff.is_null();
        if !backoff.is_null() {
            link["retry"]["backoff"] = backoff;
            link["retry"]["jitter"] = json!(jitter);
        }
        if let Some(deadline) = deadline {
            link["deadline"] = json!({"set": format!("{deadline}ms"), "pass_on": false});
        }
        if let Some(failures) = breaker {
            link["breaker"] = json!({"consecutive_failures": failures, "open_for": "60s"});
        }
        if let Some(tokens) = tokens {
            link["retry"]["budget"] = json!({"max_tokens": tokens, "token_ratio": 0.1});
        }
        let scenario = impatient(link);
        let claimed = length(&the(Rule::GivesUpEarly, &scenario), "lasts");
        let measured = longest(&run(&scenario), "a->b");
        // Reasons have three digits. What goes beyond the claim: an open breaker is noticed after one more backoff, and
        // waits may grow after those that are looked at one by one.
        let slack = 0.006 * measured;
        let is_exact = breaker.is_none_or(|failures| failures >= attempts) && attempts <= 32;
        if is_sure && is_exact {
            prop_assert!((claimed - measured).abs() <= slack, "{claimed} against {measured}");
        } else if is_sure {
            prop_assert!(claimed <= measured + slack, "{claimed} against {measured}");
        } else if deadline.is_none() && is_exact {
            prop_assert!(measured <= claimed + slack, "{claimed} against {measured}");
        }
    }
}

#[test]
fn retries_in_several_layers_multiply_as_claimed() {
    let storm =
        |layers: usize, attempts: u32| {
            let services: Vec<Value> = (0..layers).map(|i| json!({"id": format!("s{i}")})).collect();
            let retry = json!({"max_attempts": attempts});
            let mut links = vec![json!({"from": "web", "to": "s0", "retry": retry})];
            links.extend((1..layers).map(
                |i| json!({"from": format!("s{}", i - 1), "to": format!("s{i}"), "timeout": "9s", "retry": retry}),
            ));
            let last = format!("s{}", layers - 1);
            system(one(), json!(services), json!(links), json!([{"at": "0s", "service": last, "failing": 1.0}]))
        };
    for (layers, attempts, factor) in [(2, 3, 9), (3, 4, 64), (4, 2, 16)] {
        let scenario = storm(layers, attempts);
        let reason = reason(Rule::LayeredRetries, &scenario);
        assert!(reason.contains(&format!("up to {factor} attempts")), "{reason}");
        let last = |report: &Report| report.links.last().unwrap().1.attempts;
        assert_eq!(last(&run(&scenario)), factor);
        // A budget limits the retries of many requests, not those of a single one.
        assert_eq!(last(&repaired(Rule::LayeredRetries, &scenario)[0]), factor / u64::from(attempts));
    }
}

#[test]
fn the_repair_removes_the_last_layer_of_retries_if_several_callers_above_retry() {
    let retry = |attempts: u32| json!({"max_attempts": attempts});
    let services = json!([{"id": "app", "kind": "client"}, {"id": "shop"}, {"id": "stock"}]);
    let of = |app: u32| {
        let links = json!([
            {"from": "web", "to": "shop", "retry": retry(4)},
            {"from": "app", "to": "shop", "retry": retry(app)},
            {"from": "shop", "to": "stock", "timeout": "1s", "retry": retry(3)}
        ]);
        system(one(), services.clone(), links, json!([{"at": "0s", "service": "stock", "failing": 1.0}]))
    };
    for (app, title, attempts) in [(1, "Retry only shop → stock", 3), (2, "Do not retry shop → stock", 4)] {
        let scenario = of(app);
        let warning = the(Rule::LayeredRetries, &scenario);
        assert_eq!(warning.repairs[0].title.text(), title);
        let editor = Editor::new(scenario.clone()).unwrap().apply(&warning.repairs[0].command).unwrap();
        assert!(!warnings(editor.document()).iter().any(|left| left.rule == Rule::LayeredRetries));
        assert_eq!(run(editor.document()).link("shop->stock").unwrap().attempts, attempts);
    }
}

#[test]
fn hidden_failures_and_bounded_retries_do_not_multiply() {
    for bound in [
        json!({"fallback": "default"}),
        json!({"optional": true}),
        json!({"retry": {"max_attempts": 3, "budget": {"ratio": 0.1, "min_per_second": 0}}}),
        json!({"breaker": {"consecutive_failures": 2, "open_for": "60s"}}),
    ] {
        let mut last = json!({"from": "a", "to": "b", "timeout": "1s", "retry": {"max_attempts": 3}});
        last.as_object_mut().unwrap().extend(bound.as_object().unwrap().clone());
        let links = json!([{"from": "web", "to": "a", "retry": {"max_attempts": 3}}, last]);
        let failing = json!([{"at": "0s", "service": "b", "failing": 1.0}]);
        let scenario = system(one(), json!([{"id": "a"}, {"id": "b"}]), links, failing);
        assert!(warnings(&scenario).iter().all(|warning| warning.rule != Rule::LayeredRetries), "{bound}");
        let sent = run(&scenario).service("b").unwrap().arrived;
        assert!(sent < 9, "{bound}: {sent}");
    }
}

#[test]
fn most_work_is_wasted_if_the_queue_is_longer_than_the_patience_of_all_callers() {
    let services = json!([{"id": "a", "workers": 4, "queue": 100, "work": {"exponential": "50ms"}}]);
    let links = json!([{"from": "web", "to": "a", "timeout": "300ms"}]);
    let mut long = system(json!({"poisson": 120}), services, links, json!([]));
    long.horizon = Span::secs(60);
    assert!(reason(Rule::LongQueue, &long).contains("the 100 places of its queue take about 1.25 s to work off"));
    let wasted = |report: &Report| {
        let service = report.service("a").unwrap();
        service.wasted as f64 / service.completed as f64
    };
    assert!(wasted(&run(&long)) > 0.9, "{}", wasted(&run(&long)));
    let repaired = repaired(Rule::LongQueue, &long);
    // With the newest first, most requests are served in time, and those at the end of the queue cause no work.
    assert!(
        repaired.iter().all(|report| wasted(report) < 0.5),
        "{:?}",
        repaired.iter().map(wasted).collect::<Vec<_>>()
    );
}

#[test]
fn a_breaker_that_can_never_trip_does_not_trip_even_if_every_call_fails() {
    let failing = |breaker: Value| {
        let links = json!([{"from": "web", "to": "a", "timeout": "1s"}, {"from": "a", "to": "b", "breaker": breaker}]);
        let fails = json!([{"at": "0s", "service": "b", "failing": 1.0}]);
        let mut scenario =
            system(json!({"poisson": 5}), json!([{"id": "a", "workers": 2, "queue": 2}, {"id": "b"}]), links, fails);
        scenario.horizon = Span::secs(600);
        scenario
    };
    let deaf =
        json!({"window": {"calls": 10}, "minimum_calls": 5, "failures": ["timeout"], "slow": {"duration": "10s"}});
    let deaf_in_a_row = json!({"consecutive_failures": 1, "open_for": "5s", "failures": ["timeout", "bulkhead_full"]});
    let starved = json!({"window": {"time": "10s"}, "minimum_calls": 200});
    let changes = |report: &Report| report.link("a->b").unwrap().breaker_changes;
    for (breaker, beginning) in [
        (deaf_in_a_row, "It counts only timeout or bulkhead_full as a failure"),
        (starved, "It judges from 200 results within 10 s, but the load cannot bring more than"),
    ] {
        let scenario = failing(breaker);
        assert!(reason(Rule::IdleBreaker, &scenario).starts_with(beginning));
        let report = run(&scenario);
        assert_eq!((changes(&report), report.link("a->b").unwrap().attempt_outcomes.get(Outcome::Ok)), (0, 0));
        assert!(changes(&repaired(Rule::IdleBreaker, &scenario)[0]) > 0);
    }
    // One repair fixes both reasons at once.
    let mut both = failing(
        json!({"window": {"time": "10s"}, "minimum_calls": 200, "failures": ["bulkhead_full"], "slow": {"duration": "10s"}}),
    );
    both.links[1].timeout = Some(Span::secs(1));
    let warning = the(Rule::IdleBreaker, &both);
    assert!(
        warning.reason.text().contains("cannot happen on this call. It judges from 200 results"),
        "{}",
        warning.reason
    );
    assert_eq!(warning.repairs[0].title.text(), "Count the usual failures of the last 200 calls");
    assert!(changes(&repaired(Rule::IdleBreaker, &both)[0]) > 0);
    // Without a timeout a call may be slow, and slow calls trip it, too.
    assert!(warnings(&failing(deaf)).iter().all(|warning| warning.rule != Rule::IdleBreaker));
}

#[test]
fn a_bulkhead_with_a_permit_for_every_worker_refuses_nothing() {
    for (hedge, permits) in [(json!(null), 4), (json!({"after": "10ms", "max": 1}), 8)] {
        let mut link = json!({"from": "a", "to": "b", "timeout": "1s", "bulkhead": {"max_concurrent": permits}});
        if !hedge.is_null() {
            link["hedge"] = hedge;
        }
        let services = json!([{"id": "a", "workers": 4}, {"id": "b", "workers": 100, "work": "200ms"}]);
        let scenario = system(json!({"poisson": 100}), services, json!([{"from": "web", "to": "a"}, link]), json!([]));
        the(Rule::IdleBulkhead, &scenario);
        let stopped = |report: &Report| report.link("a->b").unwrap().attempt_outcomes.get(Outcome::BulkheadFull);
        assert_eq!(stopped(&run(&scenario)), 0);
        assert!(stopped(&repaired(Rule::IdleBulkhead, &scenario)[0]) > 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn no_run_contradicts_a_warning(mut scenario in generate::scenario()) {
        // A fault may speed work up, which the rules do not consider.
        scenario.faults.retain(|fault| !matches!(fault.effect, FaultEffect::Slow { factor, .. } if factor < 1.0));
        let found = warnings(&scenario);
        let report = run(&scenario);
        for Warning { rule, at, reason, .. } in &found {
            let Thing::Link { from, to } = at else { continue };
            let link = report.link(&format!("{from}->{to}")).unwrap();
            let belied = match rule {
                Rule::TooShort => link.attempt_outcomes.successes() > 0,
                Rule::IdleBreaker => link.breaker_changes > 0,
                Rule::IdleBulkhead => link.attempt_outcomes.get(Outcome::BulkheadFull) > 0,
                Rule::IdleRetry => link.retries > link.hedges,
                _ => false,
            };
            prop_assert!(!belied, "{rule:?} at {at:?}: {reason}\n{link:#?}");
        }
    }
}
