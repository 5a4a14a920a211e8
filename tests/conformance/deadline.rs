//! Deadlines that are passed on: the examples of Google's SRE book and of userver.

use crate::verdict::{Verdict, all, no, same, tried};
use crate::world::{Estimate, estimate, span, text};
use callchain::policy::deadline::Config;
use callchain::time::{Span, Time};
use serde_json::{Value, json};

/// Checks a vector about deadlines, by the settings that it names.
pub fn check(vector: &Value) -> Option<Verdict> {
    let config = vector.get("config")?;
    let expect = vector.get("expect")?;
    let secs =
        |from: &Value, key: &str| from.get(key).and_then(Value::as_f64).map(|secs| Span::from_nanos_f64(secs * 1e9));
    if let (Some(deadline), Some(a), Some(b)) =
        (secs(config, "a_deadline_s"), secs(config, "a_processing_s"), secs(config, "b_processing_s"))
    {
        let (to_b, to_c) = (left(None, a, deadline), left(None, a + b, deadline));
        return Some(all([
            same("what B has", secs(expect, "a_to_b_deadline_s"), to_b),
            same("what C has", secs(expect, "b_to_c_deadline_s"), to_c),
        ]));
    }
    if let (Some(a), Some(b), Some(compute)) =
        (secs(config, "a_timeout_s"), secs(config, "b_timeout_s"), secs(config, "a_compute_s"))
    {
        return Some(same("what B has", secs(expect, "b_effective_timeout_s"), left(Some(b), compute, a)));
    }
    if let (Some(deadline), Some(waited)) = (secs(config, "deadline_s"), secs(config, "queue_wait_s")) {
        let skips = passing_on(None).too_little(Time::at(waited), Some(Time::at(deadline)));
        return Some(same("skipped", expect["server_should_skip"].as_bool(), Some(skips)));
    }
    if config.get("stuck_fraction").is_some() {
        return Some(tried(stuck_threads(config, expect)));
    }
    let reason = if config.get("crash_at_qps").is_some() {
        "services that crash under load"
    } else if expect.get("retries_per_minute_per_process").is_some() {
        "a size for a budget, without a rule"
    } else {
        return None;
    };
    Some(no(reason))
}

fn passing_on(set: Option<Span>) -> Config {
    Config { set, pass_on: true, reserve: Span::ZERO, skip_below: Span::ZERO }
}

/// What is left for a call that starts at `now`, of a request whose budget is `whole`.
fn left(set: Option<Span>, now: Span, whole: Span) -> Option<Span> {
    let now = Time::at(now);
    passing_on(set).for_call(now, Some(Time::at(whole))).map(|deadline| deadline.since(now))
}

/// A server without a queue, some of whose requests hold their thread until their deadline.
fn stuck_threads(config: &Value, expect: &Value) -> Result<Verdict, String> {
    let number = |from: &Value, key: &str| from.get(key).and_then(Value::as_f64).ok_or(format!("{key} is missing"));
    let (threads, rate) = (number(config, "threads")?, number(config, "qps")?);
    let (quick, long) = (number(config, "ok_ms")? / 1e3, number(config, "deadline_s")?);
    let fraction = number(config, "stuck_fraction")?;
    // Each of a hundred samples is equally likely.
    let stuck = (fraction * 100.0).round() as usize;
    let samples: Vec<String> = (0..100).map(|i| text(if i < stuck { long } else { quick })).collect();
    let [demand, ..] = busy(json!({ "empirical": samples }), None, rate, long)?;
    let [_, handled, failed] = busy(json!({ "empirical": samples }), Some(threads), rate, long)?;
    let [normal, ..] = busy(json!(text(quick)), Some(threads), rate, quick)?;
    Ok(all([
        normal.is("busy threads without trouble", number(expect, "normal_busy_threads")?, 0.0),
        demand.is("threads that it would take", number(expect, "demand_threads")?, 0.5),
        // The book rounds to a thousandth.
        handled.is("handled", number(expect, "handled_fraction")?, 5e-4),
        failed.is("errors", number(expect, "error_fraction")?, 5e-4),
    ]))
}

/// Busy threads, and the shares of requests that are handled and shed.
fn busy(work: Value, threads: Option<f64>, rate: f64, longest: f64) -> Result<[Estimate; 3], String> {
    let scenario = json!({
        "format": "callchain/1", "horizon": "10000h",
        "services": [
            { "id": "c", "kind": "client" },
            { "id": "s", "workers": threads.map(|threads| threads as u64), "queue": 0, "work": work },
        ],
        "links": [{ "from": "c", "to": "s", "delay": "0ms" }],
        "load": [{ "client": "c", "poisson": rate }],
    });
    // Each batch is long enough for the longest to end.
    let whole = span((longest * 1.5).max(5.0) * 21.0);
    let (estimates, _) = estimate(&scenario, whole, |batch| {
        let arrived = batch.service("s", |service, _| service.arrived as f64);
        let shed = batch.service("s", |service, _| service.shed as f64);
        let busy = batch.service("s", |service, seconds| service.mean_busy * seconds);
        [busy / batch.seconds, 1.0 - shed / arrived, shed / arrived]
    })?;
    Ok(estimates)
}
