//! Idempotency keys: the IETF draft, and what public payment services do.

use crate::verdict::{Verdict, all, no, same};
use callchain::outcome::Outcome;
use callchain::policy::idempotency::{Config, Lookup, Store};
use callchain::time::{Span, Time};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Checks a vector whose steps are requests with a key.
pub fn check(vector: &Value) -> Option<Verdict> {
    let steps = vector.get("steps")?.as_array()?;
    steps.iter().all(|step| step["op"] == "request" || step["op"] == "advance").then_some(())?;
    Some(steps_hold(steps))
}

fn steps_hold(steps: &[Value]) -> Verdict {
    let mut store = Store::new(&Config { ttl: Span::secs(24 * 3_600) });
    let mut now = Time::ZERO;
    let mut payloads: BTreeMap<String, &str> = BTreeMap::new();
    let mut failed: BTreeSet<String> = BTreeSet::new();
    for (number, step) in steps.iter().enumerate() {
        if step["op"] == "advance" {
            const UNITS: [(&str, u64); 4] = [("hours", 3_600_000), ("minutes", 60_000), ("seconds", 1_000), ("ms", 1)];
            let told = UNITS.iter().find_map(|(unit, ms)| Some(Span::millis(*ms).scaled(step.get(unit)?.as_f64()?)));
            let Some(wait) = told else { return no("a wait in an unknown unit") };
            now = now + wait;
            continue;
        }
        let Some(key) = step["key"].as_str() else { return no("a request without the key is not refused") };
        let key = format!("{key} of {}", step["client"]);
        let body = step["body"].as_str().unwrap_or_default();
        if step["result"] == "validation_failed_before_execution" {
            return no("requests are not validated");
        }
        if *payloads.entry(key.clone()).or_insert(body) != body {
            return no("payloads are not compared");
        }
        let is_bad = !step["result"].as_str().unwrap_or("200").starts_with('2');
        let repeats_bad = failed.contains(&key) && step["expect"]["executed"] == false;
        if repeats_bad || is_bad && step["expect"]["saved"] == true {
            return no("answers of failures are kept too; here they leave the key free");
        }
        if is_bad {
            failed.insert(key.clone());
        }
        match request(&mut store, now, key_number(&key), step) {
            Verdict::Holds => {}
            Verdict::Fails(why) => return Verdict::Fails(format!("step {}: {why}", number + 1)),
            other => return other,
        }
    }
    Verdict::Holds
}

/// Any number will do, as long as different keys have different ones.
fn key_number(key: &str) -> u64 {
    key.bytes().fold(7, |number: u64, byte| number.wrapping_mul(257).wrapping_add(u64::from(byte)))
}

/// One request: it runs if the key is new. An answer is kept if it is good, as by a service without an effect.
fn request(store: &mut Store, now: Time, key: u64, step: &Value) -> Verdict {
    let found = store.begin(key, now);
    let result = step["result"].as_str().unwrap_or("200");
    let good = result.starts_with('2');
    let kept = found == Lookup::New && step["in_progress"] != true && good;
    if found == Lookup::New && step["in_progress"] != true {
        store.finish(key, now, good.then_some(Outcome::Ok));
    }
    let status_class = match found {
        Lookup::New => result.chars().next(),
        Lookup::InProgress => Some('4'),
        Lookup::Served(outcome) if outcome.is_success() => Some('2'),
        Lookup::Served(_) => Some('5'),
    };
    let expect = &step["expect"];
    let flag = |key: &str, actual: bool| {
        expect.get(key).and_then(Value::as_bool).map_or(Verdict::Holds, |expected| same(key, expected, actual))
    };
    let status = expect
        .get("status")
        .map_or(Verdict::Holds, |status| same("class of the status", status.to_string().chars().next(), status_class));
    let replayed = matches!(found, Lookup::Served(_));
    let executed = flag("executed", found == Lookup::New);
    all([executed, flag("replayed", replayed), flag("saved", kept), status])
}
