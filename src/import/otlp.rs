//! OTLP/JSON, as the OpenTelemetry collector's file exporter writes it (a document a line), as Jaeger's query service
//! gives it (within `result`), and as this program writes it with `--trace`.
//!
//! <https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding>

use super::json::{self, Json};
use super::note::quoted;
use super::spans::{Facts, Kind, Recorded, Span};
use crate::scenario::problem::Problem;
use std::collections::BTreeMap;

/// Reads the spans of a text.
pub(super) fn read(text: &str) -> Result<Recorded, Vec<Problem>> {
    let mut recorded = Recorded::default();
    for document in &json::documents(text, &mut recorded.notes)? {
        let document = document.get("result").unwrap_or(document);
        // Tempo calls the list batches.
        for (i, resource) in
            ["resourceSpans", "batches"].into_iter().flat_map(|name| json::list(document, name)).enumerate()
        {
            resource_spans(resource, &format!("resourceSpans[{i}]"), &mut recorded);
        }
    }
    Ok(recorded)
}

fn resource_spans(json: &Json, at: &str, recorded: &mut Recorded) {
    let attributes = json.get("resource").map(attributes).unwrap_or_default();
    let name = attributes.get("service.name").cloned();
    let scopes = ["scopeSpans", "instrumentationLibrarySpans"].into_iter().flat_map(|name| json::list(json, name));
    let spans: Vec<&Json> = scopes.flat_map(|scope| json::list(scope, "spans")).collect();
    if name.is_none() && !spans.is_empty() {
        recorded.notes.tell(format!("{at}.resource"), "there is no service.name", "called “unknown”");
    }
    let service = recorded.service(&name.unwrap_or_else(|| "unknown".into()));
    for (i, json) in spans.into_iter().enumerate() {
        match span(json, service) {
            Ok(span) => recorded.spans.push(span),
            Err(why) => recorded.notes.tell(format!("{at}, span {i}"), why, "left out"),
        }
    }
}

fn span(json: &Json, service: usize) -> Result<Span, String> {
    let time = |name: &str| {
        let found = json.get(name).ok_or_else(|| format!("there is no {name}"))?;
        json::whole(found).ok_or_else(|| format!("{name} is {found}, not a number of nanoseconds"))
    };
    let (start, end) = (time("startTimeUnixNano")?, time("endTimeUnixNano")?);
    if end < start {
        return Err(format!("{} ends before it begins", quoted(json::text(json, "name").unwrap_or("a span"))));
    }
    let status = json.get("status").and_then(|status| status.get("code"));
    Ok(Span {
        trace: json::text(json, "traceId").unwrap_or_default().to_owned(),
        id: json::text(json, "spanId").unwrap_or_default().to_owned(),
        parent: json::text(json, "parentSpanId").filter(|id| !id.is_empty()).map(str::to_owned),
        service,
        name: json::text(json, "name").unwrap_or_default().to_owned(),
        kind: json.get("kind").map(kind).unwrap_or_default(),
        start,
        end,
        is_error: status.and_then(json::plain).is_some_and(|code| code == "2" || code == "STATUS_CODE_ERROR"),
        facts: Facts::of(&attributes(json)),
    })
}

/// The number of the protocol, or its name.
fn kind(json: &Json) -> Kind {
    match json::plain(json).as_deref() {
        Some("1" | "SPAN_KIND_INTERNAL") => Kind::Internal,
        Some("2" | "SPAN_KIND_SERVER") => Kind::Server,
        Some("3" | "SPAN_KIND_CLIENT") => Kind::Client,
        Some("4" | "SPAN_KIND_PRODUCER") => Kind::Producer,
        Some("5" | "SPAN_KIND_CONSUMER") => Kind::Consumer,
        _ => Kind::Unknown,
    }
}

/// The attributes that hold one value each.
fn attributes(json: &Json) -> BTreeMap<&str, String> {
    let value = |attribute: &Json| json::plain(&attribute.get("value")?.entries().first()?.1);
    json::list(json, "attributes").iter().filter_map(|it| Some((json::text(it, "key")?, value(it)?))).collect()
}
