//! How retries multiply, and how failures add up in chains and forks: closed forms, against runs.

use crate::verdict::{Verdict, all, no, same, tried};
use crate::world::{estimate, run_until, simulation, span, text};
use callchain::time::{Span, Time};
use serde_json::{Value, json};

/// Checks a vector by the settings that it names.
pub fn check(vector: &Value) -> Option<Verdict> {
    let (config, expect) = (vector.get("config")?, vector.get("expect")?);
    let count = |key: &str| config.get(key).and_then(Value::as_u64);
    let share = |key: &str| config.get(key).and_then(Value::as_f64);
    let all_fail = config["all_fail"] == true;
    if config.get("success_rate_threshold").is_some() || config.get("k").is_some() {
        return Some(no("client-side adaptive throttling is not a policy here"));
    }
    if let (Some(layers), Some(retries), true) = (count("layers"), count("retries_per_layer"), all_fail) {
        return Some(tried(layered(layers, retries + 1, expect)));
    }
    if let (Some(attempts), true) = (count("max_attempts").or(count("max_retries").map(|n| n + 1)), all_fail) {
        return Some(tried(all_failing(attempts, expect)));
    }
    if let (Some(retries), Some(p)) = (count("retries"), share("failure_prob")) {
        return Some(tried(one_layer(retries + 1, p, expect)));
    }
    if let (Some(n), Some(a)) = (count("services"), share("availability")) {
        return Some(tried(chain(n, a, expect)));
    }
    if let (Some(n), Some(p)) = (count("fanout"), share("p_slow")) {
        let refused = n > 199;
        return Some(if refused { no("more than 199 services in a fan-out") } else { tried(fan_out(n, p, expect)) });
    }
    if let Some(percentile) = share("hedge_after_percentile") {
        return Some(tried(hedged(percentile / 100.0, expect)));
    }
    if let (Some(attempts), Some(delay)) = (count("max_attempts"), count("hedging_delay_ms")) {
        return Some(match expect.get("outstanding").and_then(Value::as_object) {
            Some(outstanding) => tried(hedges(attempts, delay, outstanding)),
            None => no("a rule in words"),
        });
    }
    config.get("replicas").map(|_| no("replicas behind a balancer"))
}

/// A client and services in a row, each of which the one before calls; what is set for every link and service.
fn row(services: u64, service: &Value, link: &Value, load: &Value) -> Value {
    let id = |i: u64| if i == 0 { "c".to_owned() } else { format!("s{i}") };
    let mut all = vec![json!({ "id": "c", "kind": "client" })];
    let mut links = Vec::new();
    for i in 1..=services {
        all.push(joined(json!({ "id": id(i), "workers": null, "queue": null, "work": "0ms" }), service));
        links.push(joined(json!({ "from": id(i - 1), "to": id(i), "delay": "0ms" }), link));
    }
    scenario(json!(all), json!(links), load)
}

fn scenario(services: Value, links: Value, load: &Value) -> Value {
    let load = joined(json!({ "client": "c" }), load);
    json!({ "format": "callchain/1", "seed": 1, "horizon": "10000h", "services": services, "links": links, "load": [load] })
}

fn joined(mut object: Value, more: &Value) -> Value {
    for (key, value) in more.as_object().into_iter().flatten() {
        object[key] = value.clone();
    }
    object
}

fn expected(expect: &Value, key: &str) -> Option<f64> {
    expect.get(key).and_then(Value::as_f64)
}

/// One request through layers that all retry, over a leaf that always fails.
fn layered(layers: u64, attempts: u64, expect: &Value) -> Result<Verdict, String> {
    let link = json!({ "retry": { "max_attempts": attempts } });
    let mut scenario = row(layers, &json!({}), &link, &json!({ "at": ["0s"] }));
    scenario["services"][layers as usize]["failure_rate"] = json!(1);
    let mut simulation = simulation(&scenario)?;
    run_until(&mut simulation, Time::at(Span::secs(1)))?;
    let arrived = simulation.report().service(&format!("s{layers}")).map(|service| service.arrived);
    Ok(same("attempts at the bottom", expect["attempts_at_bottom"].as_u64(), arrived))
}

fn all_failing(attempts: u64, expect: &Value) -> Result<Verdict, String> {
    let link = json!({ "retry": { "max_attempts": attempts } });
    let mut simulation = simulation(&row(1, &json!({ "failure_rate": 1 }), &link, &json!({ "constant": 10 })))?;
    run_until(&mut simulation, Time::at(Span::secs(60)))?;
    let report = simulation.report();
    let Some(link) = report.link("c->s1") else { return Err("the link is gone".into()) };
    let wanted = ["load_factor_upper", "work_amplification_max"].iter().find_map(|key| expected(expect, key));
    Ok(same("attempts per call", wanted, Some(link.attempts as f64 / link.calls as f64)))
}

/// Requests of a run that estimates a share.
const REQUESTS: f64 = 100_000.0;

/// Independent failures under retries.
fn one_layer(attempts: u64, p: f64, expect: &Value) -> Result<Verdict, String> {
    let link = json!({ "retry": { "max_attempts": attempts } });
    let scenario = row(1, &json!({ "failure_rate": p }), &link, &json!({ "constant": 1000 }));
    let ([success, tries], _) = estimate(&scenario, span(REQUESTS / 1e3), |batch| {
        let calls = batch.link("c->s1", |link| link.calls as f64);
        let good = batch.link("c->s1", |link| link.outcomes.successes() as f64);
        [good / calls, batch.link("c->s1", |link| link.attempts as f64) / calls]
    })?;
    let failure = crate::world::Estimate { mean: 1.0 - success.mean, ..success };
    let slack = 5.0 / REQUESTS;
    let part = |key: &str, found: crate::world::Estimate| {
        expected(expect, key).map_or(Verdict::Holds, |expected| found.is(key, expected, slack))
    };
    Ok(all([part("success_prob", success), part("final_failure_prob", failure), part("expected_attempts", tries)]))
}

/// The share of the client's requests that succeed.
fn success(scenario: &Value, requests: f64) -> Result<crate::world::Estimate, String> {
    let ([success], _) = estimate(scenario, span(requests / 1e3), |batch| {
        let good = batch.client("c", |client| client.outcomes.successes() as f64);
        [good / batch.client("c", |client| client.outcomes.total() as f64)]
    })?;
    Ok(success)
}

/// Services in a row, all of which must work.
fn chain(services: u64, availability: f64, expect: &Value) -> Result<Verdict, String> {
    let failing = json!({ "failure_rate": 1.0 - availability });
    let scenario = row(services, &failing, &json!({}), &json!({ "constant": 1000 }));
    let Some(expected) = expected(expect, "chain_availability") else { return Ok(no("another figure of a chain")) };
    Ok(success(&scenario, REQUESTS)?.is("availability", expected, 5.0 / REQUESTS))
}

/// One caller that needs all of its services; a slow part spoils the whole as a failing one does.
fn fan_out(services: u64, p: f64, expect: &Value) -> Result<Verdict, String> {
    let ids: Vec<String> = (0..services).map(|i| format!("s{i}")).collect();
    let mut all = vec![json!({ "id": "c", "kind": "client" })];
    let service = |id: &String| json!({ "id": id, "workers": null, "queue": null, "work": "0ms", "failure_rate": p });
    all.extend(ids.iter().map(service));
    let links: Vec<Value> = ids.iter().map(|id| json!({ "from": "c", "to": id, "delay": "0ms" })).collect();
    let scenario = scenario(json!(all), json!(links), &json!({ "constant": 1000 }));
    let requests = REQUESTS / (services as f64).sqrt();
    let Some(expected) = expected(expect, "p_any_slow") else { return Ok(no("another figure of a fan-out")) };
    Ok(success(&scenario, requests)?.is("success", 1.0 - expected, 5.0 / requests))
}

/// A hedge after a percentile of the latency is sent for the rest of the calls.
fn hedged(percentile: f64, expect: &Value) -> Result<Verdict, String> {
    let after = -(1.0 - percentile).ln() * 0.01;
    let link = json!({ "hedge": { "after": text(after) } });
    let scenario = row(1, &json!({ "work": { "exponential": "10ms" } }), &link, &json!({ "constant": 1000 }));
    let ([extra], _) = estimate(&scenario, span(REQUESTS / 1e3), |batch| {
        let hedges = batch.link("c->s1", |link| link.hedges as f64);
        [100.0 * hedges / batch.link("c->s1", |link| link.calls as f64)]
    })?;
    let Some(expected) = expected(expect, "extra_load_pct_about") else { return Ok(no("another figure of hedging")) };
    Ok(extra.is("extra load in percent", expected, 0.01))
}

/// How many attempts are under way at which millisecond, when nobody answers.
fn hedges(attempts: u64, delay: u64, outstanding: &serde_json::Map<String, Value>) -> Result<Verdict, String> {
    let link = json!({ "hedge": { "after": format!("{delay}ms"), "max": attempts - 1 } });
    let scenario = row(1, &json!({ "work": "1h" }), &link, &json!({ "at": ["0s"] }));
    let mut instants: Vec<(u64, u64)> = Vec::new();
    for (at, count) in outstanding {
        let at = at.parse().map_err(|_| format!("{at} is not an instant"))?;
        instants.push((at, count.as_u64().ok_or(format!("{count} is not a count"))?));
    }
    instants.sort_unstable();
    let mut simulation = simulation(&scenario)?;
    for (at, count) in instants {
        run_until(&mut simulation, Time::at(Span::millis(at)))?;
        let present = simulation.report().service("s1").map(|service| u64::from(service.present));
        if let Verdict::Fails(why) = same("attempts under way", Some(count), present) {
            return Ok(Verdict::Fails(format!("at {at} ms: {why}")));
        }
    }
    Ok(Verdict::Holds)
}
