//! JSON as exporters write it, with the reader of [`crate::scenario`]. Why a text is not JSON is in its words, in English.

use super::note::{Note, Notes, Place};
use crate::msg;
use crate::scenario::json;
pub(super) use crate::scenario::json::Json;

/// The documents of a text: one, or one a line, as the OpenTelemetry collector writes them. Each line that is not JSON gets
/// a note.
pub(super) fn documents(text: &str, notes: &mut Notes) -> Result<Vec<Json>, Vec<Note>> {
    let whole = match json::parse(text) {
        Ok(document) => return Ok(vec![document]),
        Err(message) => vec![Note::from(msg!("import-mistake", text = message))],
    };
    let lines: Vec<(usize, &str)> = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    if lines.len() < 2 || !lines.iter().all(|(_, line)| line.trim_start_matches('\u{feff}').starts_with('{')) {
        return Err(whole);
    }
    let mut documents = Vec::new();
    for (number, line) in lines {
        match json::parse(line) {
            Ok(document) => documents.push(document),
            Err(reason) => notes.add(Place::Line(number + 1), msg!("import-line-left-out", reason = reason)),
        }
    }
    if documents.is_empty() { Err(whole) } else { Ok(documents) }
}

/// The items of the list in a field; none if it holds no list.
pub(super) fn list<'a>(json: &'a Json, name: &str) -> &'a [Json] {
    json.get(name).map(Json::items).unwrap_or_default()
}

/// The text in a field.
pub(super) fn text<'a>(json: &'a Json, name: &str) -> Option<&'a str> {
    json.get(name).and_then(Json::text)
}

/// A whole number, also from a string: OTLP/JSON writes numbers of 64 bits that way.
pub(super) fn whole(json: &Json) -> Option<u64> {
    match json {
        Json::Whole(number) => Some(*number),
        Json::Text(text) => text.parse().ok(),
        Json::Number(number) if (0.0..1e18).contains(number) => Some(*number as u64),
        _ => None,
    }
}

/// A plain value as a text, because exporters write attributes as strings, numbers or booleans.
pub(super) fn plain(json: &Json) -> Option<String> {
    match json {
        Json::Text(text) => Some(text.clone()),
        Json::Bool(_) | Json::Whole(_) | Json::Number(_) => Some(json.to_string()),
        Json::Null | Json::List(_) | Json::Object(_) => None,
    }
}
