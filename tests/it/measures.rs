//! Measures of runs that can be calculated by hand, that they do not affect the run, and the command that prints them.

use callchain::scenario::measure::{Condition, Measure, Names};
use callchain::scenario::{Scenario, ready};
use callchain::sim::history::History;
use callchain::sim::{Simulation, Stopped};
use callchain::time::{Span, Time};
use serde_json::Value;
use std::process::{Command, Output};
use std::sync::Arc;

/// Five requests a second for ten seconds; each takes 10 ms to the shop, 100 ms there, and 10 ms back.
const SHOP: &str = r#"{ "horizon": "20s",
    "services": [ { "id": "web", "kind": "client" }, { "id": "shop", "workers": 1, "work": "100ms" } ],
    "links": [ { "from": "web", "to": "shop", "delay": "10ms" } ],
    "load": [ { "client": "web", "constant": 5, "until": "10s" } ] }"#;

/// Most of the format.
const EVERYTHING: &str = include_str!("../golden/everything.json");

fn scenario(text: &str) -> Scenario {
    Scenario::from_json(text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn asked(text: &str, measures: &[&str]) -> Simulation {
    let mut simulation = Simulation::start(&scenario(text)).unwrap();
    let names = Names::of_topology(simulation.topology());
    let read = |text: &&str| Measure::parse(text, &names).unwrap_or_else(|m| panic!("{}", m.pointed(text)));
    simulation.ask(&measures.iter().map(read).collect::<Vec<_>>());
    simulation
}

/// The values of measures of a whole run.
fn measured(text: &str, measures: &[&str]) -> Vec<Option<f64>> {
    let mut simulation = asked(text, measures);
    assert_eq!(simulation.run_to_end(), Stopped::Reached);
    simulation.answers().into_iter().map(|(_, value)| value).collect()
}

#[track_caller]
fn assert_measures(text: &str, expected: &[(&str, Option<f64>)]) {
    let measures: Vec<&str> = expected.iter().map(|(measure, _)| *measure).collect();
    for ((measure, wanted), found) in expected.iter().zip(measured(text, &measures)) {
        // Quantiles are exact to three digits.
        let within = if [".p", ".min", ".max"].iter().any(|part| measure.contains(part)) { 1e-3 } else { 1e-9 };
        let same = match (wanted, found) {
            (Some(wanted), Some(found)) => (wanted - found).abs() <= within * wanted.abs().max(1e-6),
            (wanted, found) => wanted.is_none() && found.is_none(),
        };
        assert!(same, "{measure} is {found:?}, by hand {wanted:?}");
    }
}

#[test]
fn counts_in_a_window_are_differences_at_its_ends() {
    assert_measures(
        SHOP,
        &[
            ("clients.web.sent", Some(50.0)),
            // At 0 s, 0.2 s, … 5 s; the start of the run belongs to its first window, any other start does not.
            ("clients.web.sent during 0s..5s", Some(26.0)),
            ("clients.web.sent during 5s..10s", Some(24.0)),
            ("clients.web.sent during 10s..", Some(0.0)),
            ("clients.web.outcomes.ok during 0s..1s", Some(5.0)),
            ("clients.web.success_rate during 0s..1s", Some(1.0)),
            ("clients.web.goodput during 1s..3s", Some(5.0)),
            ("services.shop.goodput during 1s..3s", Some(5.0)),
            ("services.shop.arrivals_per_request during 1s..3s", Some(1.0)),
            ("links.web->shop.amplification", Some(1.0)),
            ("links.web->shop.attempts / clients.web.sent during 0s..10s", Some(1.0)),
            ("simulated_ms during 5s..", Some(15_000.0)),
        ],
    );
}

#[test]
fn levels_are_weighted_by_the_time_of_the_window() {
    assert_measures(
        SHOP,
        &[
            ("services.shop.utilisation during 1s..3s", Some(0.5)),
            ("services.shop.utilisation", Some(5.0 / 20.0)),
            ("services.shop.mean_busy during 1s..3s", Some(0.5)),
            ("services.shop.mean_in_queue during 1s..3s", Some(0.0)),
            // The last request is sent at 9.8 s and is in the shop until 9.91 s.
            ("services.shop.mean_in_system during 9900ms..10900ms", Some(0.01)),
            ("services.shop.mean_in_system during 10s..20s", Some(0.0)),
            // At the end of the run nothing is left; in a window the mean counts.
            ("services.shop.present", Some(0.0)),
            ("services.shop.present during 1s..3s", Some(0.5)),
            ("clients.web.pending", Some(0.0)),
            ("clients.web.pending during 1s..3s", Some(0.12 * 5.0)),
            ("system.in_flight during 1s..3s", Some(0.12 * 5.0)),
            ("system.in_flight", Some(50.0 * 0.12 / 20.0)),
        ],
    );
}

#[test]
fn a_measure_of_nothing_is_absent() {
    assert_measures(
        SHOP,
        &[
            ("clients.web.success_rate during 11s..20s", None),
            ("clients.web.latency.p95 during 11s..20s", None),
            ("clients.web.latency.mean during 11s..20s", None),
            ("clients.web.latency.count during 11s..20s", Some(0.0)),
            ("clients.web.goodput during 11s..20s", Some(0.0)),
            ("services.shop.wasted_share during 11s..20s", None),
            ("services.shop.abandoned_share during 11s..20s", None),
            ("services.shop.shed / clients.web.asked_again", None),
            ("system.recovered_at", None),
        ],
    );
    let unlimited = SHOP.replace("\"workers\": 1", "\"workers\": null");
    assert_measures(
        &unlimited,
        &[("services.shop.utilisation", None), ("services.shop.utilisation during 1s..3s", None)],
    );
}

#[test]
fn a_quantile_in_a_window_is_that_of_the_requests_that_ended_in_it() {
    // From 4.9 s to 7.4 s each message takes a second longer: the request of 5 s ends at 7.12 s.
    let text = SHOP.replace("\"constant\": 5, \"until\": \"10s\"", r#""at": ["0s", "1s", "5s", "9s"]"#).replace(
        "\"load\"",
        r#""faults": [ { "at": "4900ms", "for": "2500ms", "link": ["web", "shop"], "delay": "1s" } ], "load""#,
    );
    assert_measures(
        &text,
        &[
            ("clients.web.latency.p99 during 0s..5s", Some(120.0)),
            ("clients.web.latency.min during 7100ms..7900ms", Some(2_120.0)),
            ("clients.web.latency.p50 during 7100ms..7900ms", Some(2_120.0)),
            ("clients.web.latency.mean during 7100ms..7900ms", Some(2_120.0)),
            ("clients.web.latency.max", Some(2_120.0)),
            ("clients.web.latency.p50", Some(120.0)),
            ("clients.web.latency.max during 0s..5s", Some(120.0)),
        ],
    );
}

#[test]
fn requests_that_nobody_waits_for_are_abandoned_and_wasted() {
    // The caller gives up after 50 ms; the request is at the shop from 10 ms to 110 ms.
    let text = SHOP.replace("\"delay\": \"10ms\"", "\"delay\": \"10ms\", \"timeout\": \"50ms\"");
    assert_measures(
        &text,
        &[
            ("services.shop.abandoned during 1s..3s", Some(0.06 * 5.0)),
            ("services.shop.abandoned_share during 1s..3s", Some(0.6)),
            ("services.shop.wasted_share", Some(1.0)),
            ("services.shop.wasted / services.shop.completed", Some(1.0)),
            ("services.shop.goodput", Some(0.0)),
            ("clients.web.success_rate", Some(0.0)),
            ("links.web->shop.attempt_outcomes.timeout", Some(50.0)),
        ],
    );
    // With a cancellation that arrives 10 ms later it leaves the queue, or is abandoned after its work.
    let queued = text
        .replace("\"workers\": 1", "\"workers\": 1, \"queue\": 10")
        .replace("\"timeout\"", "\"cancel\": true, \"timeout\"");
    assert_measures(&queued, &[("services.shop.abandoned during 1s..3s", Some(0.06 * 5.0))]);
}

#[test]
fn a_breaker_counts_how_often_and_how_long_it_was_open() {
    // Refused after 20 ms: the fifth failure is at 0.82 s. At 2 s a call finds the breaker half-open, and fails.
    let text = SHOP.replace(
        "\"delay\": \"10ms\"",
        r#""delay": "10ms", "breaker": { "consecutive_failures": 5, "open_for": "1s" }"#,
    );
    let text = text.replace("\"load\"", r#""faults": [ { "at": "0s", "service": "shop", "down": true } ], "load""#);
    assert_measures(
        &text,
        &[
            ("links.web->shop.breaker.opened during 0s..1s", Some(1.0)),
            ("links.web->shop.breaker.opened during 0s..2500ms", Some(2.0)),
            ("links.web->shop.breaker.open_share during 0s..1s", Some(0.18)),
            ("links.web->shop.breaker.open_share during 1s..2s", Some(1.0)),
            ("links.web->shop.attempt_outcomes.breaker_open during 1s..1900ms", Some(4.0)),
        ],
    );
    assert_measures(
        SHOP,
        &[("links.web->shop.breaker.opened", Some(0.0)), ("links.web->shop.breaker.open_share", Some(0.0))],
    );
}

/// Slow for two seconds, which leaves a queue whose first requests wait in vain.
const SLOW: &str = r#"{ "horizon": "40s",
    "services": [ { "id": "web", "kind": "client" }, { "id": "shop", "workers": 1, "queue": 200, "work": "15ms" } ],
    "links": [ { "from": "web", "to": "shop", "delay": "1ms", "timeout": "500ms" } ],
    "load": [ { "client": "web", "constant": 50 } ],
    "faults": [ { "at": "10s", "for": "2s", "service": "shop", "slow": 10 } ] }"#;

/// The time of recovery of a client without failures before the first fault: literally by the definition, from counts
/// at every tenth of a second after the end of the last fault.
fn recovered_by_definition(text: &str, last_fault: u64) -> Option<f64> {
    let mut simulation = Simulation::start(&scenario(text)).unwrap();
    let horizon = simulation.topology().horizon;
    let mut counts = Vec::new();
    let mut at = Time::at(Span::secs(last_fault));
    while at <= horizon {
        simulation.run_until(at, u64::MAX);
        let outcomes = simulation.client(simulation.service_id("web").unwrap()).unwrap().outcomes;
        counts.push((outcomes.total(), outcomes.successes()));
        at = at + Span::millis(100);
    }
    let good = |from: usize| {
        let (ended, served) = counts[from];
        let until = (from + 50..counts.len()).find(|until| counts[*until].0 - ended >= 100)?;
        Some((counts[until].1 - served) as f64 / (counts[until].0 - ended) as f64 >= 0.98)
    };
    let stretches: Vec<bool> = (0..counts.len()).map_while(good).collect();
    let first = stretches.iter().rposition(|good| !good).map_or(0, |bad| bad + 1);
    (first < stretches.len()).then(|| (last_fault * 1_000 + first as u64 * 100) as f64)
}

#[test]
fn a_system_has_recovered_when_every_stretch_from_then_on_is_good() {
    let down = SLOW.replace("\"slow\": 10", "\"down\": true");
    assert_measures(&down, &[("system.recovered_at", Some(12_000.0))]);
    let found = measured(SLOW, &["system.recovered_at"])[0];
    assert_eq!(found, recovered_by_definition(SLOW, 12));
    // The shop begins 13 requests while it is slow, so 87 wait at 12 s. It catches up by 17 requests a second, and a queue
    // of 33 is short enough for the timeout: that takes 3.3 s, and the last bad answers are half a second later.
    assert!(found.is_some_and(|ms| (15_000.0..17_000.0).contains(&ms)), "{found:?}");
    // With few requests a stretch is longer.
    let few = SLOW.replace("\"constant\": 50", "\"constant\": 15").replace("\"15ms\"", "\"55ms\"");
    let found = measured(&few, &["system.recovered_at"])[0];
    assert_eq!(found, recovered_by_definition(&few, 12));
    assert!(found.is_some(), "{found:?}");
    // Too late in the run to be certain, and a fault that never ends.
    assert_measures(&SLOW.replace("\"40s\"", "\"16s\""), &[("system.recovered_at", None)]);
    assert_measures(&SLOW.replace("\"for\": \"2s\", ", ""), &[("system.recovered_at", None)]);
    assert_measures(ready::find("retry-storm").unwrap().text, &[("system.recovered_at", None)]);
}

/// Every number of a document with its path, except those in lists.
fn numbers(json: &Value, at: &str, into: &mut Vec<(String, f64)>) {
    match json {
        Value::Object(fields) => {
            for (name, value) in fields {
                numbers(value, &if at.is_empty() { name.clone() } else { format!("{at}.{name}") }, into);
            }
        }
        Value::Number(number) => into.push((at.to_owned(), number.as_f64().unwrap())),
        _ => {}
    }
}

#[test]
fn every_number_of_a_report_is_a_measure() {
    let mut simulation = Simulation::start(&scenario(EVERYTHING)).unwrap();
    simulation.run_to_end();
    let mut wanted = Vec::new();
    numbers(&serde_json::from_str(&simulation.report().to_json()).unwrap(), "", &mut wanted);
    assert!(wanted.len() > 200, "{} numbers", wanted.len());
    let measures: Vec<&str> = wanted.iter().map(|(path, _)| path.as_str()).collect();
    for ((path, number), found) in wanted.iter().zip(measured(EVERYTHING, &measures)) {
        assert_eq!(found, Some(*number), "{path}");
    }
}

const MANY: [&str; 6] = [
    "clients.web.latency.p99 during 1s..3s",
    "clients.web.sent during 1s..2s",
    "services.shop.mean_in_queue during 9s..",
    "services.shop.abandoned_share during 10s..13s",
    "clients.web.success_rate during 12s..20s",
    "system.recovered_at",
];

#[test]
fn measuring_changes_nothing_and_depends_only_on_the_run() {
    let mut plain = Simulation::start(&scenario(SLOW)).unwrap();
    plain.run_to_end();
    let mut whole = asked(SLOW, &MANY);
    whole.run_to_end();
    let wanted = whole.answers();
    assert!(wanted.iter().all(|(_, value)| value.is_some()), "{wanted:?}");
    let mut report = whole.report();
    assert_eq!(std::mem::take(&mut report.measures), wanted);
    assert_eq!(report, plain.report());

    let mut in_pieces = asked(SLOW, &MANY);
    while in_pieces.run_until(in_pieces.topology().horizon, 7) == Stopped::Budget {}
    assert_eq!(in_pieces.answers(), wanted);

    let mut by_steps = asked(SLOW, &MANY);
    while by_steps.next_event().is_some_and(|next| next <= by_steps.topology().horizon) {
        by_steps.step();
    }
    by_steps.run_to_end();
    assert_eq!(by_steps.answers(), wanted);

    let mut forked = asked(SLOW, &MANY);
    forked.run_until(Time::at(Span::millis(11_500)), u64::MAX);
    let snapshot = forked.fork();
    forked.run_to_end();
    forked.restore(&snapshot);
    forked.run_to_end();
    assert_eq!(forked.answers(), wanted);
}

#[test]
fn a_condition_among_the_objectives_has_a_verdict_like_the_others() {
    let with = |condition: &str| {
        let objectives = format!(r#""objectives": [ {{ "name": "Fine", "expect": "{condition}" }} ], "load""#);
        SHOP.replace("\"load\"", &objectives)
    };
    let report = |condition: &str| {
        let mut simulation = Simulation::start(&scenario(&with(condition))).unwrap();
        simulation.run_to_end();
        simulation.report()
    };
    let quick = report("clients.web.latency.mean <= 120ms during 1s..3s");
    assert_eq!((quick.objectives[0].met, quick.objectives[0].value), (true, Some(120.0)));
    let late = report("clients.web.latency.mean < 120ms");
    assert!(!late.objectives[0].met && !late.meets_objectives());
    let absent = report("clients.web.success_rate >= 0 during 11s..");
    assert_eq!((absent.objectives[0].met, absent.objectives[0].value), (false, None));

    let wrong = Scenario::from_json(&with("clients.wbe.success_rate >= 99%")).unwrap_err();
    let mistakes: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    assert_eq!(mistakes, ["objectives[0].expect: there is no client “wbe”; did you mean “web”? (at character 9)"]);
    let read = scenario(&with("ledger.entries == 0"));
    assert_eq!(scenario(&read.to_json()), read);
    let both = SHOP.replace("\"load\"", r#""objectives": [ { "client": "web", "expect": "events > 0" } ], "load""#);
    let mistakes = Scenario::from_json(&both).unwrap_err();
    assert_eq!(mistakes[0].to_string(), "objectives[0].client: does not go with expect, which names what it is about");
}

#[test]
fn a_condition_has_the_same_verdict_after_a_jump_back_to_a_moment() {
    let objectives = r#""objectives": [ { "expect": "clients.web.latency.p90 <= 1s during 11s..14s" }, { "expect": "system.recovered_at < 30s" } ], "faults""#;
    let document = scenario(&SLOW.replace("\"faults\"", objectives));
    let topology = Arc::new(callchain::scenario::check::check(&document).unwrap());
    let mut history = History::new(topology, callchain::chance::Seed(1));
    let verdicts = |history: &History| [0, 1].map(|index| history.sim().verdict(index).unwrap());
    let mut seen = Vec::new();
    for tenth in 0..400 {
        let at = Time::at(Span::millis(tenth * 100));
        history.run_until(at, u64::MAX);
        seen.push((at, verdicts(&history)));
    }
    assert!(seen.last().unwrap().1.iter().all(|verdict| verdict.met));
    assert!(!seen[50].1[0].met && seen[50].1[0].value.is_none(), "its window has not begun");
    for (at, then) in seen.iter().rev().step_by(23) {
        history.seek(*at);
        assert_eq!(verdicts(&history), *then, "at {at:?}");
    }
}

#[test]
fn a_measure_cannot_be_added_after_its_window_has_begun() {
    let mut simulation = asked(SHOP, &[]);
    simulation.run_until(Time::at(Span::secs(5)), u64::MAX);
    let names = Names::of_topology(simulation.topology());
    let read = |text: &str| Measure::parse(text, &names).unwrap();
    simulation.ask(&[
        read("clients.web.sent during 3s.."),
        read("clients.web.sent during 5s..10s"),
        read("clients.web.sent"),
    ]);
    simulation.run_to_end();
    let values: Vec<Option<f64>> = simulation.answers().into_iter().map(|(_, value)| value).collect();
    assert_eq!(values, [None, Some(24.0), Some(50.0)]);
}

#[test]
fn a_condition_on_something_absent_does_not_hold() {
    let names = Names::of_scenario(&scenario(SHOP));
    let condition = Condition::parse("clients.web.success_rate >= 0", &names).unwrap();
    assert!(condition.judge(Some(0.0)).met && !condition.judge(None).met);
}

/// Runs the command on a scenario in a temporary file of this name.
fn callchain(name: &str, text: &str, arguments: &[&str]) -> Output {
    let path = std::env::temp_dir().join(format!("callchain-{}-{name}.json", std::process::id()));
    std::fs::write(&path, text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_callchain")).arg("run").arg(&path).args(arguments).output().unwrap();
    std::fs::remove_file(&path).unwrap();
    output
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn the_command_prints_the_values_of_measures() {
    let measures = ["--measure", "clients.web.sent during 0s..5s", "--measure", "system.recovered_at"];
    let output = callchain("values", SHOP, &measures);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "26\nabsent\n"));
    let output = callchain("json", SHOP, &[&measures[..], &measures[..], &["--json"]].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["measures"]["clients.web.sent during 0s..5s"], 26.0);
    assert_eq!(report["measures"]["system.recovered_at"], Value::Null);
    assert_eq!(report["measures"].as_object().unwrap().len(), 2);
    assert_eq!(text(&output.stdout).matches("system.recovered_at").count(), 1, "each once");
    let plain: Value = serde_json::from_slice(&callchain("plain", SHOP, &["--json"]).stdout).unwrap();
    assert_eq!(plain.get("measures"), None);
}

#[test]
fn the_command_fails_when_a_condition_does_not_hold() {
    let holds = ["--expect", "clients.web.success_rate >= 99%", "--expect", "clients.web.latency.p95 <= 150ms"];
    let output = callchain("holds", SHOP, &holds);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    assert!(text(&output.stdout).contains("simulated"), "the summary");
    let fails =
        ["--expect", "clients.web.latency.mean <= 0.1s", "--expect", "clients.web.success_rate > 0 during 11s.."];
    let output = callchain("fails", SHOP, &fails);
    let expected = "does not hold: clients.web.latency.mean <= 0.1s: measured 120 ms\n\
        does not hold: clients.web.success_rate > 0 during 11s..: there is nothing to measure\n";
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), expected));
    let objective = SHOP.replace("\"load\"", r#""objectives": [ { "expect": "events < 5" } ], "load""#);
    assert_eq!(callchain("check", &objective, &["--check"]).status.code(), Some(1));
    assert_eq!(callchain("no-check", &objective, &[]).status.code(), Some(0));
}

#[test]
fn a_bad_measure_is_bad_usage_with_its_place() {
    let output = callchain("bad", SHOP, &["--expect", "clients.wbe.success_rate >= 99%"]);
    let expected =
        "--expect: there is no client “wbe”; did you mean “web”?\n  clients.wbe.success_rate >= 99%\n          ^\n";
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(2), expected));
    assert!(output.stdout.is_empty());
    let output = callchain("worse", SHOP, &["--measure", "clients.web.sent during 10s..90s", "--json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("--measure: the window ends at 90s, but the run ends at 20s\n"));
}
