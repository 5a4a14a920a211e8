//! JSON as exporters write it: the reader of [`crate::scenario`], and what one asks of a document.

use super::problem;
use crate::scenario::json;
pub(super) use crate::scenario::json::Json;
use crate::scenario::problem::Problem;

/// The documents of a text: one, or one a line, as the OpenTelemetry collector writes them. Lines that are no JSON are
/// given with their numbers and what is wrong.
pub(super) fn documents(text: &str) -> Result<(Vec<Json>, Vec<(usize, String)>), Vec<Problem>> {
    let whole = match json::parse(text) {
        Ok(document) => return Ok((vec![document], Vec::new())),
        Err(message) => message,
    };
    let lines: Vec<(usize, &str)> = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    if lines.len() < 2 || !lines.iter().all(|(_, line)| line.trim_start_matches('\u{feff}').starts_with('{')) {
        return Err(vec![problem(&whole)]);
    }
    let mut documents = Vec::new();
    let mut bad = Vec::new();
    for (number, line) in lines {
        match json::parse(line) {
            Ok(document) => documents.push(document),
            Err(message) => bad.push((number + 1, message)),
        }
    }
    if documents.is_empty() { Err(vec![problem(&whole)]) } else { Ok((documents, bad)) }
}

/// What stands in a field; `None` where there is none, or `null`.
pub(super) fn field<'a>(json: &'a Json, name: &str) -> Option<&'a Json> {
    let Json::Object(fields) = json else { return None };
    let found = fields.iter().find(|(field, _)| field == name).map(|(_, value)| value);
    found.filter(|value| **value != Json::Null)
}

/// The items of the list in a field; none where there is no list.
pub(super) fn list<'a>(json: &'a Json, name: &str) -> &'a [Json] {
    match field(json, name) {
        Some(Json::List(items)) => items,
        _ => &[],
    }
}

/// The text in a field.
pub(super) fn text<'a>(json: &'a Json, name: &str) -> Option<&'a str> {
    match field(json, name) {
        Some(Json::Text(text)) => Some(text),
        _ => None,
    }
}

/// A whole number, also one that is written as a text: so OTLP/JSON writes those of 64 bits.
pub(super) fn whole(json: &Json) -> Option<u64> {
    match json {
        Json::Whole(number) => Some(*number),
        Json::Text(text) => text.parse().ok(),
        Json::Number(number) if (0.0..1e18).contains(number) => Some(*number as u64),
        _ => None,
    }
}

/// A value as a text: of an attribute nobody says how it is written.
pub(super) fn plain(json: &Json) -> Option<String> {
    match json {
        Json::Text(text) => Some(text.clone()),
        Json::Bool(_) | Json::Whole(_) | Json::Number(_) => Some(json.to_string()),
        Json::Null | Json::List(_) | Json::Object(_) => None,
    }
}
