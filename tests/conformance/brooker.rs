//! Marc Brooker's simulation of retry strategies, of which ours can express two.

use crate::reader::{Reader, Reading, refuse};
use crate::verdict::{Case, Trial, all, if_expected, near, trial};
use crate::world::{Estimate, estimate, span};
use serde_json::json;

/// Reads `{rows: [{p, strategy, success, amplification, calls, theory}], client_count: {rows}}`.
pub fn read(document: &Reader) -> Option<Vec<Case>> {
    let is_row = |row: &Reader| row.has("strategy") && row.has("amplification");
    let rows = document.vectors("rows")?;
    rows.iter().all(is_row).then_some(())?;
    let more = document.get("client_count").and_then(|part| part.vectors("rows")).unwrap_or_default();
    Some(rows.iter().chain(&more).map(|row| Case::read(name(row), row, replay)).collect())
}

fn name(row: &Reader) -> String {
    let p = row.number("p").ok().flatten().unwrap_or(f64::NAN);
    format!("p {p}, {}", row.text("strategy").ok().flatten().unwrap_or_default())
}

/// Calls of our run.
const CALLS: f64 = 100_000.0;

fn replay(row: &Reader) -> Reading<Trial> {
    let Some(strategy) = row.get("strategy") else { return refuse("it names no strategy") };
    let attempts = match strategy.as_text()? {
        "no_retries" => 1,
        "three_retries" => 4,
        other if other.starts_with("adaptive_10pct") => {
            return refuse("a bucket that calls fill by a tenth; ours are Finagle's and gRPC's");
        }
        other if other.starts_with("breaker_10pct") => {
            return refuse("a breaker of the retries alone, that never forgets");
        }
        _ => return strategy.refused(),
    };
    let Some(p) = row.number("p")? else { return refuse("it does not say p") };
    let calls = row.number("calls")?.unwrap_or(40_000.0);
    let theory = row.object("theory")?;
    let recorded = (row.number("success")?, row.number("amplification")?);
    let exact = (theory.number("success")?, theory.number("amp")?);
    if recorded.0.is_none() && recorded.1.is_none() {
        return refuse("it expects nothing");
    }
    trial(move || {
        let scenario = json!({
            "format": "callchain/1", "horizon": "1h",
            "services": [
                { "id": "c", "kind": "client" },
                { "id": "s", "workers": null, "queue": null, "work": "0ms", "failure_rate": p },
            ],
            "links": [
                { "from": "c", "to": "s", "delay": { "exponential": "10ms" }, "retry": { "max_attempts": attempts } },
            ],
            "load": [{ "client": "c", "poisson": 1000 }],
        });
        let ([success, tries], _) = estimate(&scenario, span(CALLS / 1e3), |batch| {
            let over = batch.link("c->s", |link| link.outcomes.total() as f64);
            let tries = batch.link("c->s", |link| link.attempt_outcomes.total() as f64);
            [batch.link("c->s", |link| link.outcomes.successes() as f64) / over, tries / over]
        })?;
        let as_recorded = |name: &str, expected: Option<f64>, found: Estimate| {
            // The recorded run had fewer calls than ours, and was rounded.
            let error = found.error * (1.0 + CALLS / calls).sqrt();
            if_expected(expected, |expected| near(name, expected, found.mean, 5.0 * error + 5.0 / calls))
        };
        let as_computed = |name: &str, expected: Option<f64>, found: Estimate| {
            if_expected(expected, |expected| found.is(name, expected, 5.0 / CALLS))
        };
        Ok(all([
            as_recorded("success", recorded.0, success),
            as_recorded("amplification", recorded.1, tries),
            as_computed("success in theory", exact.0, success),
            as_computed("amplification in theory", exact.1, tries),
        ]))
    })
}
