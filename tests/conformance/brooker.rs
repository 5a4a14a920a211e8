//! Marc Brooker's simulation of retry strategies, of which ours can express two.

use crate::verdict::{Checked, Verdict, all, near, no, tried};
use crate::world::{Estimate, estimate, span};
use serde_json::{Value, json};

/// Checks `{rows: [{p, strategy, success, amplification, calls, theory}]}`.
pub fn check(document: &Value) -> Option<Vec<Checked>> {
    let is_row = |row: &Value| row.get("strategy").is_some() && row.get("amplification").is_some();
    let rows = document.get("rows")?.as_array()?;
    rows.iter().all(is_row).then_some(())?;
    let more = document.get("client_count").and_then(|part| part["rows"].as_array()).into_iter().flatten();
    let checked = |row: &Value| Checked { name: name(row), verdict: tried(replay(row)) };
    Some(rows.iter().chain(more.filter(|row| is_row(row))).map(checked).collect())
}

fn name(row: &Value) -> String {
    format!("p {}, {}", row["p"], row["strategy"].as_str().unwrap_or_default())
}

/// Calls of our run.
const CALLS: f64 = 100_000.0;

fn replay(row: &Value) -> Result<Verdict, String> {
    let attempts = match row["strategy"].as_str().unwrap_or_default() {
        "no_retries" => 1,
        "three_retries" => 4,
        other if other.starts_with("adaptive") => {
            return Ok(no("a bucket that calls fill by a tenth; ours are Finagle's and gRPC's"));
        }
        other if other.starts_with("breaker") => return Ok(no("a breaker of the retries alone, that never forgets")),
        other => return Ok(no(format!("the strategy {other}"))),
    };
    let p = row["p"].as_f64().ok_or("p is missing")?;
    let scenario = json!({
        "format": "callchain/1", "horizon": "1h",
        "services": [
            { "id": "c", "kind": "client" },
            { "id": "s", "workers": null, "queue": null, "work": "0ms", "failure_rate": p },
        ],
        "links": [{ "from": "c", "to": "s", "delay": { "exponential": "10ms" }, "retry": { "max_attempts": attempts } }],
        "load": [{ "client": "c", "poisson": 1000 }],
    });
    let ([success, tries], _) = estimate(&scenario, span(CALLS / 1e3), |batch| {
        let over = batch.link("c->s", |link| link.outcomes.total() as f64);
        let tries = batch.link("c->s", |link| link.attempt_outcomes.total() as f64);
        [batch.link("c->s", |link| link.outcomes.successes() as f64) / over, tries / over]
    })?;
    let calls = row["calls"].as_f64().unwrap_or(40_000.0);
    let recorded = |key: &str, found: Estimate| {
        // The recorded run had fewer calls than ours, and was rounded.
        let error = found.error * (1.0 + CALLS / calls).sqrt();
        row[key].as_f64().map_or(Verdict::Holds, |expected| near(key, expected, found.mean, 5.0 * error + 5.0 / calls))
    };
    let theory = |key: &str, found: Estimate| {
        row["theory"].get(key).and_then(Value::as_f64).map_or(Verdict::Holds, |e| found.is(key, e, 5.0 / CALLS))
    };
    Ok(all([
        recorded("success", success),
        recorded("amplification", tries),
        theory("success", success),
        theory("amp", tries),
    ]))
}
