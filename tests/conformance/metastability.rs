//! Collapse that outlives its cause.
//!
//! "Metastable Failures in Distributed Systems" (HotOS 2021) tells of a database that answers up to 300 queries a
//! second, a timeout of a second with one retry, and a link that is down for ten seconds and then delivers all that was
//! sent meanwhile. Under 280 queries a second it never comes back; under less than 150 it does.

use crate::verdict::{Checked, Verdict, all, near, no, tried};
use crate::world::{Batch, estimate, span};
use serde_json::{Value, json};

/// Checks `{published: [...], brooker_simple_collapse: [...]}`.
pub fn check(document: &Value) -> Option<Vec<Checked>> {
    let published = document.get("published")?.as_array()?;
    let mut checked: Vec<Checked> =
        published.iter().map(|vector| Checked::new(vector, tried(replay(vector)))).collect();
    if document.get("brooker_simple_collapse").is_some() {
        let reason = "work that takes the longer the more is under way; here the number of workers limits it";
        checked.push(Checked { name: "brooker_simple_collapse".into(), verdict: no(reason) });
    }
    Some(checked)
}

fn replay(vector: &Value) -> Result<Verdict, String> {
    let number = |key: &str| vector.get(key).and_then(Value::as_f64);
    if vector.get("hit_rate").is_some() {
        return Ok(no("a cache that loses its content"));
    }
    if vector.get("load_rps").is_some() || vector.get("formula").is_some() {
        return Ok(no("the capacity under overload is not published"));
    }
    let outage = vector.get("trigger").and_then(Value::as_str).is_some_and(|trigger| trigger.contains("RETRANSMITTED"));
    let (Some(load), Some(timeout), Some(retries), Some(stable), true) =
        (number("load"), number("timeout_s"), number("retries"), number("stable_below"), outage)
    else {
        return Ok(no("a scenario that is told in words"));
    };
    let (attempts, goodput) = after_the_outage(load, timeout, retries)?;
    let (_, calm) = after_the_outage(0.9 * stable, timeout, retries)?;
    let outcome = &vector["outcome"];
    Ok(all([
        near("attempts a second", outcome["attempts"].as_f64().unwrap_or(f64::NAN), attempts, 0.05 * attempts),
        near("goodput", outcome["goodput"].as_f64().unwrap_or(f64::NAN), goodput, 0.01 * load),
        near("goodput under a load that is stable", 0.9 * stable, calm, 0.05 * stable),
    ]))
}

/// Attempts and good answers a second, in the minutes after the outage.
fn after_the_outage(load: f64, timeout: f64, retries: f64) -> Result<(f64, f64), String> {
    // What is sent during the ten seconds arrives at their end: one fault after another, each with less delay.
    let step = 0.1;
    let delayed = |i: u32| {
        let at = 20.0 + f64::from(i) * step;
        json!({ "at": span(at).to_string(), "for": span(step).to_string(), "link": ["c", "db"],
                "delay": span(30.0 - at).to_string() })
    };
    let scenario = json!({
        "format": "callchain/1", "horizon": "1h",
        "services": [
            { "id": "c", "kind": "client" },
            { "id": "db", "workers": 1, "queue": null, "work": { "exponential": span(1.0 / 300.0).to_string() } },
        ],
        "links": [{ "from": "c", "to": "db", "delay": "0ms", "timeout": span(timeout).to_string(),
                    "retry": { "max_attempts": retries as u64 + 1 } }],
        "load": [{ "client": "c", "poisson": load }],
        "faults": (0..100).map(delayed).collect::<Vec<_>>(),
    });
    // The first batch is thrown away: it ends long after the outage.
    let ([attempts, goodput], _) = estimate(&scenario, span(120.0 * 21.0), |batch: &Batch| {
        let attempts = batch.link("c->db", |link| link.attempts as f64);
        let good = batch.client("c", |client| client.outcomes.successes() as f64);
        [attempts / batch.seconds, good / batch.seconds]
    })?;
    Ok((attempts.mean, goodput.mean))
}
