//! Spans as OTLP/JSON, readable by Jaeger and other trace viewers.
//!
//! There is one resource per service and one trace per user's request. Attribute names are those of
//! OpenTelemetry's semantic conventions for HTTP, or else `callchain.*`.
//! Format: <https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding>.

use super::trace::{SpanId, Trace, TraceSpan};
use super::view::Purpose;
use crate::chance::Seed;
use crate::outcome::Outcome;
use crate::policy::breaker::State;
use crate::scenario::topology::{ServiceId, Topology};
use crate::time::Time;
use serde_json::{Value, json};

/// The simulated start of every run, in seconds since 1970; not 0, which viewers take for "unknown".
const EPOCH_SECONDS: u128 = 1_700_000_000;

impl Trace {
    /// The record as one OTLP/JSON document.
    pub fn to_otlp(&self, topology: &Topology, seed: Seed) -> String {
        let resources = (0..topology.services.len() as u32).map(ServiceId).filter_map(|service| {
            let own = self.spans.iter().filter(|span| span.service == service);
            let spans: Vec<Value> = own.map(|span| otlp_span(span, topology, seed)).collect();
            let id = topology.services[service.index()].id.as_str();
            (!spans.is_empty()).then(|| {
                json!({
                    "resource": { "attributes": [text("service.name", id)] },
                    "scopeSpans": [{ "scope": { "name": "callchain", "version": env!("CARGO_PKG_VERSION") }, "spans": spans }],
                })
            })
        });
        json!({ "resourceSpans": resources.collect::<Vec<_>>() }).to_string()
    }
}

fn otlp_span(span: &TraceSpan, topology: &Topology, seed: Seed) -> Value {
    let mut value = json!({
        "traceId": format!("{:016x}{:016x}", seed.0, span.intent),
        "spanId": hex(span.id),
        "name": name(span, topology),
        "kind": kind(span.id),
        "startTimeUnixNano": unix_nanos(span.start),
        "endTimeUnixNano": unix_nanos(span.end),
        "attributes": attributes(span, topology),
        "status": if span.outcome.is_some_and(|o| !o.is_success()) { json!({ "code": 2 }) } else { json!({}) },
    });
    if let Some(parent) = span.parent {
        value["parentSpanId"] = Value::from(hex(parent));
    }
    value
}

/// INTERNAL for a user's request, CLIENT for an attempt, SERVER for the request at the callee.
fn kind(id: SpanId) -> u8 {
    match id {
        SpanId::User(_) => 1,
        SpanId::Callee(_) => 2,
        SpanId::Caller(_) => 3,
    }
}

fn hex(id: SpanId) -> String {
    let (number, mark) = match id {
        SpanId::User(number) => (number, 1),
        SpanId::Caller(number) => (number, 2),
        SpanId::Callee(number) => (number, 3),
    };
    format!("{:016x}", number << 2 | mark)
}

fn name(span: &TraceSpan, topology: &Topology) -> String {
    let Some(link) = span.link.map(|link| &topology.links[link.index()]) else { return "request".to_owned() };
    match span.attempt.map(|attempt| attempt.purpose) {
        Some(Purpose::Ask) => "GET status".to_owned(),
        Some(Purpose::Compensate) => format!("{} reversal", link.method.name()),
        Some(Purpose::Call | Purpose::Cancel) | None => link.method.name().to_owned(),
    }
}

fn attributes(span: &TraceSpan, topology: &Topology) -> Vec<Value> {
    let mut list = Vec::new();
    if let Some(link) = span.link.map(|link| &topology.links[link.index()]) {
        list.push(text("http.request.method", link.method.name()));
        if span.attempt.is_some() {
            list.push(text("server.address", &topology.services[link.to.index()].id));
        }
    }
    if let Some(attempt) = span.attempt {
        if attempt.number > 1 {
            list.push(int("http.request.resend_count", u64::from(attempt.number - 1)));
        }
        list.push(int("callchain.attempt", u64::from(attempt.number)));
        if let Some(state) = attempt.breaker {
            list.push(text("callchain.breaker.state", state_name(state)));
        }
    }
    match span.outcome {
        Some(outcome) => {
            list.push(text("callchain.outcome", outcome.name()));
            list.extend(status(outcome).map(|code| int("http.response.status_code", code)));
            if !outcome.is_success() {
                list.push(text("error.type", outcome.name()));
            }
        }
        None => list.push(json!({ "key": "callchain.unanswered", "value": { "boolValue": true } })),
    }
    list
}

/// The HTTP status of the response; `None` if there was none.
fn status(outcome: Outcome) -> Option<u64> {
    match outcome {
        Outcome::Ok | Outcome::Degraded => Some(200),
        Outcome::Error => Some(500),
        Outcome::Shed => Some(503),
        Outcome::RateLimited => Some(429),
        Outcome::Conflict => Some(409),
        Outcome::Refused
        | Outcome::Timeout
        | Outcome::DeadlineExceeded
        | Outcome::BreakerOpen
        | Outcome::BulkheadFull
        | Outcome::Cancelled => None,
    }
}

/// The name of a breaker's state in reports and traces.
pub(super) fn state_name(state: State) -> &'static str {
    match state {
        State::Closed => "closed",
        State::Open => "open",
        State::HalfOpen => "half_open",
    }
}

fn unix_nanos(at: Time) -> String {
    (EPOCH_SECONDS * 1_000_000_000 + u128::from(at.as_nanos())).to_string()
}

fn text(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": { "stringValue": value } })
}

/// OTLP/JSON writes 64-bit integers as strings.
fn int(key: &str, value: u64) -> Value {
    json!({ "key": key, "value": { "intValue": value.to_string() } })
}
