//! The spans of a run as OTLP/JSON.

use callchain::{Scenario, Simulation};
use serde_json::Value;
use std::collections::BTreeMap;

fn spans(text: &str) -> Vec<(String, Value)> {
    let mut simulation = Simulation::start(&Scenario::from_json(text).unwrap()).unwrap();
    simulation.record(1_000);
    simulation.run_to_end();
    let trace = simulation.trace().unwrap();
    let document: Value =
        serde_json::from_str(&trace.to_otlp(simulation.topology(), callchain::chance::Seed(7))).unwrap();
    let resources = document["resourceSpans"].as_array().unwrap();
    let of_resource = |resource: &Value| {
        let service = resource["resource"]["attributes"][0]["value"]["stringValue"].as_str().unwrap().to_owned();
        let spans = resource["scopeSpans"][0]["spans"].as_array().unwrap().clone();
        spans.into_iter().map(move |span| (service.clone(), span))
    };
    resources.iter().flat_map(of_resource).collect()
}

fn attribute<'a>(span: &'a Value, key: &str) -> Option<&'a str> {
    let attribute = span["attributes"].as_array()?.iter().find(|a| a["key"] == key)?;
    attribute["value"]["stringValue"].as_str().or(attribute["value"]["intValue"].as_str())
}

const RETRIED: &str = r#"{"services":[{"id":"c","kind":"client"},{"id":"a"},{"id":"b","failure_rate":1}],
    "links":[{"from":"c","to":"a"},
        {"from":"a","to":"b","retry":{"max_attempts":3},"breaker":{"consecutive_failures":2,"open_for":"1s"}}],
    "load":[{"client":"c","at":["0s","100ms"]}]}"#;

#[test]
fn every_leg_has_a_client_and_a_server_span_of_one_trace() {
    let spans = spans(RETRIED);
    let by_id: BTreeMap<&str, &Value> = spans.iter().map(|(_, s)| (s["spanId"].as_str().unwrap(), s)).collect();
    assert_eq!(by_id.len(), spans.len(), "each has an id of its own");
    for (service, span) in &spans {
        let Some(parent) = span["parentSpanId"].as_str() else {
            assert_eq!((service.as_str(), span["kind"].as_u64()), ("c", Some(1)));
            continue;
        };
        let parent = by_id[parent];
        assert_eq!(parent["traceId"], span["traceId"]);
        assert!(parent["startTimeUnixNano"].as_str() <= span["startTimeUnixNano"].as_str());
        assert_eq!(span["kind"] == 2, parent["kind"] == 3, "a server span is part of a client span");
    }
}

#[test]
fn retries_are_siblings_with_their_number_and_the_state_of_the_breaker() {
    let spans = spans(RETRIED);
    let mut attempts: Vec<&Value> =
        spans.iter().filter(|(service, s)| service == "a" && s["kind"] == 3).map(|(_, s)| s).collect();
    attempts.sort_by_key(|s| s["startTimeUnixNano"].as_str().map(str::to_owned));
    let told: Vec<_> = attempts
        .iter()
        .map(|s| {
            let resent = attribute(s, "http.request.resend_count");
            (resent, attribute(s, "callchain.outcome").unwrap(), attribute(s, "callchain.breaker.state").unwrap())
        })
        .collect();
    assert_eq!(
        told,
        [
            (None, "error", "closed"),
            (Some("1"), "error", "open"),
            (Some("2"), "breaker_open", "open"),
            (None, "breaker_open", "open"),
        ]
    );
    assert!(attempts[..3].iter().all(|s| s["parentSpanId"] == attempts[0]["parentSpanId"]));
    assert!(attempts.iter().all(|s| s["status"]["code"] == 2 && attribute(s, "error.type").is_some()));
}

#[test]
fn what_has_not_ended_is_there_too() {
    let text = r#"{"services":[{"id":"c","kind":"client"},{"id":"a"}],
        "links":[{"from":"c","to":"a","loss":{"response":1}}], "load":[{"client":"c","at":["0s"]}]}"#;
    let spans = spans(text);
    let kinds: Vec<_> =
        spans.iter().map(|(_, s)| (s["kind"].as_u64().unwrap(), attribute(s, "callchain.outcome"))).collect();
    assert_eq!(kinds, [(1, None), (3, None), (2, Some("ok"))]);
}

#[test]
fn a_full_record_counts_what_it_leaves_out() {
    let mut simulation = Simulation::start(&Scenario::from_json(RETRIED).unwrap()).unwrap();
    simulation.record(3);
    simulation.run_to_end();
    let trace = simulation.trace().unwrap();
    assert_eq!((trace.spans.len(), trace.left_out), (3, 9));
}
