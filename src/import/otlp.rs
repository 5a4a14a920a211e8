//! OTLP/JSON as the OpenTelemetry collector's file exporter writes it (a document a line), as Jaeger's query service
//! answers with it (within `result`), and as this program writes it with `--trace`.
//!
//! <https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding>

use super::json::{self, Json};
use super::note::{Note, Place, excerpt};
use super::spans::{Facts, Kind, Recorded, Span};
use crate::msg;
use crate::text::Message;
use std::collections::BTreeMap;

/// The name of a service whose resource has none.
const UNKNOWN: &str = "unknown";

/// Reads the spans of a text.
pub(super) fn read(text: &str) -> Result<Recorded, Vec<Note>> {
    let mut recorded = Recorded::default();
    for document in &json::documents(text, &mut recorded.notes)? {
        let document = document.get("result").unwrap_or(document);
        // Tempo calls the list `batches`.
        for name in ["resourceSpans", "batches"] {
            for (i, resource) in json::list(document, name).iter().enumerate() {
                resource_spans(resource, &format!("{name}[{i}]"), &mut recorded);
            }
        }
    }
    Ok(recorded)
}

fn resource_spans(json: &Json, at: &str, recorded: &mut Recorded) {
    let attributes = json.get("resource").map(attributes).unwrap_or_default();
    let name = attributes.get("service.name").cloned();
    let mut spans = Vec::new();
    for name in ["scopeSpans", "instrumentationLibrarySpans"] {
        for (scope, json) in json::list(json, name).iter().enumerate() {
            let inner = json::list(json, "spans").iter().enumerate();
            spans.extend(inner.map(|(span, json)| (name, scope, span, json)));
        }
    }
    if name.is_none() && !spans.is_empty() {
        recorded.notes.add(Place::Path(format!("{at}.resource")), msg!("import-no-service-name", name = UNKNOWN));
    }
    let service = recorded.service(name.as_deref().unwrap_or(UNKNOWN));
    for (list, scope, i, json) in spans {
        match span(json, service) {
            Ok(span) => recorded.spans.push(span),
            Err(message) => recorded.notes.add(Place::Path(format!("{at}.{list}[{scope}].spans[{i}]")), message),
        }
    }
}

fn span(json: &Json, service: usize) -> Result<Span, Message> {
    let time = |field: &str| {
        let found = json.get(field).ok_or_else(|| msg!("import-field-missing", field = field))?;
        let nanos = json::whole(found);
        nanos.ok_or_else(|| msg!("import-not-nanoseconds", field = field, found = found.to_string()))
    };
    let (start, end) = (time("startTimeUnixNano")?, time("endTimeUnixNano")?);
    if end < start {
        return Err(msg!("import-ends-early", span = excerpt(json::text(json, "name").unwrap_or("…"))));
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

/// The kind by its number in the protocol, or by its name.
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

/// The attributes with a plain value.
fn attributes(json: &Json) -> BTreeMap<&str, String> {
    let value = |attribute: &Json| json::plain(&attribute.get("value")?.entries().first()?.1);
    json::list(json, "attributes").iter().filter_map(|it| Some((json::text(it, "key")?, value(it)?))).collect()
}
