//! A value for both legs of a link, or `{"request": …, "response": …}`.

use super::reader::Reader;
use super::writer::object;
use crate::scenario::Legs;
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;

const NAMES: &[&str] = &["request", "response"];

/// Reads it; a leg that is left out keeps its default.
pub(super) fn read<T: Clone>(
    r: &mut Reader,
    at: &Path,
    json: &Json,
    default: &Legs<T>,
    read: impl Fn(&mut Reader, &Path, &Json) -> Option<T>,
) -> Option<Legs<T>> {
    let by_leg =
        |entries: &[(String, Json)]| entries.is_empty() || entries.iter().any(|(name, _)| NAMES.contains(&&**name));
    match json {
        Json::Object(entries) if by_leg(entries) => {
            let o = r.object(at, json, "a choice for each leg", NAMES)?;
            let mut legs = default.clone();
            r.fill(&mut legs.request, &o, "request", &read);
            r.fill(&mut legs.response, &o, "response", &read);
            Some(legs)
        }
        _ => read(r, at, json).map(Legs::both),
    }
}

pub(super) fn write<T: PartialEq>(value: &Legs<T>, json: impl Fn(&T) -> Json) -> Json {
    if value.request == value.response {
        json(&value.request)
    } else {
        object([("request", json(&value.request)), ("response", json(&value.response))])
    }
}

/// Checks each leg, or both as one where they are equal.
pub(super) fn check<T: PartialEq>(
    problems: &mut Problems,
    at: &Path,
    legs: &Legs<T>,
    check: impl Fn(&mut Problems, &Path, &T),
) {
    if legs.request == legs.response {
        check(problems, at, &legs.request);
    } else {
        check(problems, &at.field("request"), &legs.request);
        check(problems, &at.field("response"), &legs.response);
    }
}
