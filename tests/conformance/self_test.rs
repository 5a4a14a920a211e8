//! Tries on every vector that the harness ignores nothing.
//!
//! Small examples show what becomes of what; then every vector is changed. To each that applies, a key that nobody knows is added, in every object of it, and each of its values is
//! replaced by one that nobody knows. Whatever is not just documentation must make the vector not apply then, and the
//! reason must name the place.

use crate::verdict::{Case, Verdict};
use crate::{cases, reader};
use serde_json::{Value, json};

/// A key and a word that no rule knows.
const UNKNOWN: &str = "a_setting_of_tomorrow";

/// Texts that may be anything: names of calls, and contents of requests.
const FREE: [&str; 4] = ["id", "key", "client", "body"];

/// The lists of vectors that the formats have; a document may also be a list itself.
const LISTS: [&str; 7] = ["/vectors", "/traces", "/unit_tests", "/rows", "/client_count/rows", "/published", "/table"];

/// Examples with the verdict that they must get: a part of its reason, or nothing if they hold.
pub fn wrong_examples() -> Vec<String> {
    let queue = |jobs: Value, expect: Value| json!({ "vectors": [{ "config": { "servers": 1 }, "jobs": jobs, "until": 9, "expect": expect }] });
    let retries = |config: Value, expect: Value| json!({ "vectors": [{ "config": config, "expect": expect }] });
    let examples = [
        (
            "jobs that arrive at the first instant are seen",
            queue(
                json!([{ "id": 1, "arrive": 0, "service": 2 }, { "id": 2, "arrive": 0, "service": 2 }]),
                json!([{ "id": 1, "outcome": "served", "start": 0, "end": 2 },
                       { "id": 2, "outcome": "served", "start": 2, "end": 4 }]),
            ),
            None,
        ),
        (
            "a job that is not listed must wait",
            queue(
                json!([{ "id": 1, "arrive": 0, "service": 2 }, { "id": 2, "arrive": 3, "service": 2 }]),
                json!([{ "id": 1, "outcome": "served", "start": 0, "end": 2 }]),
            ),
            Some("job 2: ended, though it is not listed"),
        ),
        (
            "a fate that no rule knows",
            queue(json!([{ "id": 1, "arrive": 0, "service": 2 }]), json!([{ "id": 1, "outcome": "balked", "end": 0 }])),
            Some("`expect[].outcome` is \"balked\""),
        ),
        (
            "a setting that no rule reads",
            retries(
                json!({ "max_attempts": 3, "all_fail": true, "retry_ratio_limit": 0.1 }),
                json!({ "load_factor_upper": 1.1 }),
            ),
            Some("the setting `retry_ratio_limit` is not read"),
        ),
        (
            "an expectation that no rule checks",
            retries(json!({ "max_attempts": 3, "all_fail": true }), json!({ "load_factor_upper": 3, "latency_ms": 5 })),
            Some("the expectation `latency_ms` is not checked"),
        ),
        (
            "an expectation that is not met",
            retries(json!({ "max_attempts": 3, "all_fail": true }), json!({ "load_factor_upper": 4 })),
            Some("expected 4.0, not 3.0"),
        ),
        (
            "nothing is expected",
            retries(json!({ "max_attempts": 3, "all_fail": true }), json!({})),
            Some("it expects nothing"),
        ),
        (
            "a status that is a word",
            json!({ "vectors": [
                { "steps": [{ "op": "request", "key": "k", "result": "200", "expect": { "status": "normal" } }] },
            ] }),
            Some("the expectation `status` is \"normal\""),
        ),
        (
            "a setting for all vectors of a file",
            json!({ "defaults": { "jitter": 0.1 }, "vectors": [
                { "config": { "strategy": "constant", "base_ms": 5 }, "expect": [5] },
            ] }),
            Some("the key `defaults` is not read"),
        ),
        (
            "two settings that say the same thing",
            json!({ "vectors": [
                { "config": { "strategy": "exponential", "base_ms": 5, "cap_ms": 20, "max_ms": 10 }, "expect": [5] },
            ] }),
            Some("the setting `max_ms` is not read"),
        ),
    ];
    let wrong = |(name, document, expected): (&str, Value, Option<&str>)| {
        let verdicts: Vec<Verdict> = cases(&document).into_iter().flatten().map(Case::verdict).collect();
        let is_right = match (verdicts.as_slice(), expected) {
            ([Verdict::Holds], None) => true,
            ([Verdict::Fails(reason) | Verdict::DoesNotApply(reason)], Some(expected)) => reason.contains(expected),
            _ => false,
        };
        (!is_right).then(|| format!("{name}: expected {expected:?}, not {verdicts:?}"))
    };
    examples.into_iter().filter_map(wrong).collect()
}

/// How many changes were tried, and those that the harness ignores.
#[derive(Default)]
pub struct Changes {
    pub tried: usize,
    pub ignored: Vec<String>,
}

/// Changes a document in every way, whose vectors were read as `read`.
pub fn changes(document: &Value, read: &[Case]) -> Changes {
    let applying: Vec<&str> = read.iter().filter(|case| case.trial.is_ok()).map(|case| case.name.as_str()).collect();
    let mut all = Changes::default();
    let lists: Vec<&str> = if document.is_array() { vec![""] } else { LISTS.to_vec() };
    for list in lists {
        let vectors = document.pointer(list).and_then(Value::as_array);
        for vector in vectors.into_iter().flatten() {
            let alone = alone(document, list, vector);
            let is_applying = |case: &Case| case.trial.is_ok() && applying.contains(&case.name.as_str());
            if cases(&alone).is_some_and(|cases| cases.iter().any(is_applying)) {
                let mut changes = Vec::new();
                collect(vector, &format!("{list}/0"), &mut changes);
                all.tried += changes.len();
                all.ignored.extend(changes.iter().filter_map(|change| change.goes_unnoticed(&alone, &applying)));
            }
        }
    }
    all
}

/// The document with this one vector only.
fn alone(document: &Value, list: &str, vector: &Value) -> Value {
    let mut alone = without_vectors(document);
    if let Some(slot) = alone.pointer_mut(list) {
        *slot = json!([vector]);
    }
    alone
}

fn without_vectors(document: &Value) -> Value {
    match document {
        Value::Object(object) => {
            let empty = |(key, value): (&String, &Value)| {
                let value = match value {
                    Value::Array(list) if LISTS.contains(&format!("/{key}").as_str()) => {
                        Value::Array(list.iter().take(0).cloned().collect())
                    }
                    Value::Object(_) => without_vectors(value),
                    other => other.clone(),
                };
                (key.clone(), value)
            };
            Value::Object(object.iter().map(empty).collect())
        }
        other => other.clone(),
    }
}

/// A change of a document, at a place.
enum Change {
    AddKey(String),
    AddElement(String),
    Replace(String),
}

impl Change {
    /// What nobody would notice if this were changed: every vector must then be refused, and a new key named.
    fn goes_unnoticed(&self, document: &Value, applying: &[&str]) -> Option<String> {
        let (Change::AddKey(place) | Change::AddElement(place) | Change::Replace(place)) = self;
        let mut changed = document.clone();
        let slot = changed.pointer_mut(place)?;
        match (self, slot) {
            (Change::AddElement(_), Value::Array(list)) => list.push(json!(UNKNOWN)),
            (Change::AddKey(_), slot) => slot[UNKNOWN] = json!(1),
            (_, slot) => *slot = json!(UNKNOWN),
        }
        let is_noticed = |case: &Case| match (&case.trial, self) {
            (Ok(_), _) => false,
            (Err(refusal), Change::AddKey(_)) => refusal.0.contains(UNKNOWN),
            (Err(_), _) => true,
        };
        let mut cases = cases(&changed)?.into_iter().filter(|case| applying.contains(&case.name.as_str()));
        let ignores = !cases.all(|case| is_noticed(&case));
        let change = match self {
            Change::AddKey(_) => "a further key",
            Change::AddElement(_) => "a further element",
            Change::Replace(_) => "another value",
        };
        ignores.then(|| format!("the harness ignores {change} at {place}"))
    }
}

/// Every object and value, of long lists only those in the first and the last element.
fn collect(value: &Value, at: &str, changes: &mut Vec<Change>) {
    match value {
        Value::Object(object) => {
            changes.push(Change::AddKey(at.to_owned()));
            let is_setting = at.split('/').any(|part| ["config", "expect", "params"].contains(&part));
            for (key, value) in object {
                if !reader::is_documentation(is_setting, key) && !FREE.contains(&key.as_str()) {
                    collect(value, &format!("{at}/{key}"), changes);
                }
            }
        }
        Value::Array(list) => {
            changes.push(Change::AddElement(at.to_owned()));
            let ends = [0, list.len().saturating_sub(1)];
            for (place, value) in list.iter().enumerate().filter(|(place, _)| ends.contains(place)) {
                collect(value, &format!("{at}/{place}"), changes);
            }
        }
        _ => changes.push(Change::Replace(at.to_owned())),
    }
}
