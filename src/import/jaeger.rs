//! Jaeger JSON: the answers of its query service, the downloads from its page, a single trace, or a list of spans.
//!
//! <https://www.jaegertracing.io/docs/latest/apis/>, and `model/json/model.go` of Jaeger.

use super::json::{self, Json};
use super::note::{Note, Place};
use super::spans::{Facts, Kind, Recorded, Span};
use crate::msg;
use crate::text::Message;
use std::collections::BTreeMap;

/// Reads the spans of a text.
pub(super) fn read(text: &str) -> Result<Recorded, Vec<Note>> {
    let mut recorded = Recorded::default();
    for document in &json::documents(text, &mut recorded.notes)? {
        match (document, document.get("data")) {
            (_, Some(Json::List(traces))) => {
                for (i, it) in traces.iter().enumerate() {
                    trace(it, &format!("data[{i}]."), &mut recorded);
                }
            }
            (Json::List(all), _) => spans(all, None, "", &mut recorded),
            (Json::Object(fields), _) if fields.iter().any(|(name, _)| name == "spanID") => {
                spans(std::slice::from_ref(document), None, "", &mut recorded);
            }
            _ => trace(document, "", &mut recorded),
        }
    }
    Ok(recorded)
}

fn trace(json: &Json, at: &str, recorded: &mut Recorded) {
    spans(json::list(json, "spans"), json.get("processes"), at, recorded);
}

fn spans(all: &[Json], processes: Option<&Json>, at: &str, recorded: &mut Recorded) {
    for (i, json) in all.iter().enumerate() {
        let own = || processes?.get(json::text(json, "processID")?);
        let process = json.get("process").or_else(own);
        let found = match process.and_then(|process| json::text(process, "serviceName")) {
            Some(name) => Ok(recorded.service(name)),
            None => Err(msg!("import-no-process")),
        };
        match found.and_then(|service| span(json, service)) {
            Ok(span) => recorded.spans.push(span),
            Err(message) => recorded.notes.add(Place::Path(format!("{at}spans[{i}]")), message),
        }
    }
}

fn span(json: &Json, service: usize) -> Result<Span, Message> {
    let micros = |field: &str| {
        let found = json.get(field).ok_or_else(|| msg!("import-field-missing", field = field))?;
        let nanos = json::whole(found).and_then(|micros| micros.checked_mul(1_000));
        nanos.ok_or_else(|| msg!("import-not-microseconds", field = field, found = found.to_string()))
    };
    let start = micros("startTime")?;
    let end = start.checked_add(micros("duration")?).ok_or_else(|| msg!("import-too-long"))?;
    let attributes: BTreeMap<&str, String> = json::list(json, "tags")
        .iter()
        .filter_map(|tag| Some((json::text(tag, "key")?, json::plain(tag.get("value")?)?)))
        .collect();
    let id = json::text(json, "spanID").ok_or_else(|| msg!("import-field-missing", field = "spanID"))?;
    let (parent, follows) = parent(json);
    let kind = match attributes.get("span.kind").map(String::as_str) {
        // A span that follows from another one may begin when that is over, as a message does.
        _ if follows => Kind::Consumer,
        Some("server") => Kind::Server,
        Some("client") => Kind::Client,
        Some("producer") => Kind::Producer,
        Some("consumer") => Kind::Consumer,
        Some("internal") => Kind::Internal,
        _ => Kind::Unknown,
    };
    Ok(Span {
        trace: json::text(json, "traceID").unwrap_or_default().to_owned(),
        id: id.to_owned(),
        parent,
        service,
        name: json::text(json, "operationName").unwrap_or_default().to_owned(),
        kind,
        start,
        end,
        is_error: attributes.get("error").is_some_and(|value| value == "true")
            || attributes.get("otel.status_code").is_some_and(|value| value == "ERROR"),
        facts: Facts::of(&attributes),
    })
}

/// The id of the parent, and whether the span only follows from it.
fn parent(json: &Json) -> (Option<String>, bool) {
    let references = json::list(json, "references");
    let by = |kind: &str| references.iter().find(|it| json::text(it, "refType") == Some(kind));
    let id = |reference: &Json| json::text(reference, "spanID").filter(|id| !id.is_empty()).map(str::to_owned);
    match (by("CHILD_OF"), by("FOLLOWS_FROM")) {
        (Some(child_of), _) => (id(child_of), false),
        (None, Some(follows)) => (id(follows), true),
        (None, None) => (json::text(json, "parentSpanID").filter(|id| !id.is_empty()).map(str::to_owned), false),
    }
}
