//! How retries multiply, and how failures add up in chains and forks: closed forms, against runs.

use crate::reader::{Reader, Reading, refuse};
use crate::verdict::{Trial, Verdict, all, if_expected, same, trial};
use crate::world::{Estimate, estimate, run_until, simulation, span, text};
use callchain::time::{Span, Time};
use serde_json::{Value, json};

/// Reads the settings and the expectations of a vector.
type Rule = fn(&Reader, &Reader) -> Reading<Trial>;

/// Reads a vector by the settings that it names.
pub fn read(vector: &Reader) -> Option<Reading<Trial>> {
    const RULES: [(&str, Rule); 10] = [
        ("success_rate_threshold", |_, _| refuse("client-side adaptive throttling is not a policy here")),
        ("k", |_, _| refuse("client-side adaptive throttling is not a policy here")),
        ("layers", layered),
        ("hedging_delay_ms", hedges),
        ("all_fail", all_failing),
        ("failure_prob", one_layer),
        ("services", chain),
        ("fanout", fan_out),
        ("hedge_after_percentile", hedged),
        ("replicas", |_, _| refuse("replicas behind a balancer")),
    ];
    let (config, expect) = (vector.get("config")?, vector.get("expect")?);
    RULES.iter().find(|(key, _)| config.has(key)).map(|(_, rule)| rule(&config, &expect))
}

/// A setting or an expectation that the vector cannot do without.
fn required<T>(value: Option<T>, key: &str) -> Reading<T> {
    value.map_or_else(|| refuse(format!("it does not say {key}")), Ok)
}

fn expected(expect: &Reader, key: &str) -> Reading<f64> {
    required(expect.number(key)?, key)
}

/// A client and services in a row, each calling the next, with these settings for every service and link.
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

/// One request through layers that all retry, over a leaf that always fails.
fn layered(config: &Reader, expect: &Reader) -> Reading<Trial> {
    let layers = required(config.count("layers")?, "layers")?;
    let attempts = required(config.count("retries_per_layer")?, "retries_per_layer")? + 1;
    config.consistent("attempts_per_layer", attempts as f64)?;
    if config.flag("all_fail")? != Some(true) {
        return refuse("not all attempts fail");
    }
    let expected = required(expect.count("attempts_at_bottom")?, "attempts_at_bottom")?;
    trial(move || {
        let link = json!({ "retry": { "max_attempts": attempts } });
        let mut scenario = row(layers, &json!({}), &link, &json!({ "at": ["0s"] }));
        scenario["services"][layers as usize]["failure_rate"] = json!(1);
        let mut simulation = simulation(&scenario)?;
        run_until(&mut simulation, Time::at(Span::secs(1)))?;
        let arrived = simulation.report().service(&format!("s{layers}")).map(|service| service.arrived);
        Ok(same("attempts at the bottom", Some(expected), arrived))
    })
}

fn all_failing(config: &Reader, expect: &Reader) -> Reading<Trial> {
    if config.flag("all_fail")? != Some(true) {
        return refuse("not all attempts fail");
    }
    let attempts = match config.count("max_attempts")? {
        Some(attempts) => attempts,
        None => required(config.count("max_retries")?, "max_attempts or max_retries")? + 1,
    };
    let wanted = [expect.number("load_factor_upper")?, expect.number("work_amplification_max")?];
    if wanted.iter().all(Option::is_none) {
        return refuse("it expects nothing");
    }
    trial(move || {
        let link = json!({ "retry": { "max_attempts": attempts } });
        let mut simulation = simulation(&row(1, &json!({ "failure_rate": 1 }), &link, &json!({ "constant": 10 })))?;
        run_until(&mut simulation, Time::at(Span::secs(60)))?;
        let report = simulation.report();
        let Some(link) = report.link("c->s1") else { return Err("the link is gone".into()) };
        let found = link.attempts as f64 / link.calls as f64;
        Ok(all(wanted.map(|wanted| if_expected(wanted, |wanted| same("attempts per call", wanted, found)))))
    })
}

/// Requests of a run that estimates a share.
const REQUESTS: f64 = 100_000.0;

/// Independent failures under retries.
fn one_layer(config: &Reader, expect: &Reader) -> Reading<Trial> {
    let attempts = required(config.count("retries")?, "retries")? + 1;
    let p = required(config.number("failure_prob")?, "failure_prob")?;
    let (succeeded, failed, tried) =
        (expect.number("success_prob")?, expect.number("final_failure_prob")?, expect.number("expected_attempts")?);
    if [succeeded, failed, tried].iter().all(Option::is_none) {
        return refuse("it expects nothing");
    }
    trial(move || {
        let link = json!({ "retry": { "max_attempts": attempts } });
        let scenario = row(1, &json!({ "failure_rate": p }), &link, &json!({ "constant": 1000 }));
        let ([success, tries], _) = estimate(&scenario, span(REQUESTS / 1e3), |batch| {
            let calls = batch.link("c->s1", |link| link.calls as f64);
            let good = batch.link("c->s1", |link| link.outcomes.successes() as f64);
            [good / calls, batch.link("c->s1", |link| link.attempts as f64) / calls]
        })?;
        let failure = Estimate { mean: 1.0 - success.mean, ..success };
        let part = |name: &str, expected: Option<f64>, found: Estimate| {
            if_expected(expected, |expected| found.is(name, expected, 5.0 / REQUESTS))
        };
        Ok(all([
            part("success_prob", succeeded, success),
            part("final_failure_prob", failed, failure),
            part("expected_attempts", tried, tries),
        ]))
    })
}

/// The share of the client's requests that succeed.
fn success(scenario: &Value, requests: f64) -> Result<Estimate, String> {
    let ([success], _) = estimate(scenario, span(requests / 1e3), |batch| {
        let good = batch.client("c", |client| client.outcomes.successes() as f64);
        [good / batch.client("c", |client| client.outcomes.total() as f64)]
    })?;
    Ok(success)
}

/// Services in a row, all of which must work.
fn chain(config: &Reader, expect: &Reader) -> Reading<Trial> {
    let services = required(config.count("services")?, "services")?;
    let availability = required(config.number("availability")?, "availability")?;
    let expected = expected(expect, "chain_availability")?;
    trial(move || {
        let failing = json!({ "failure_rate": 1.0 - availability });
        let scenario = row(services, &failing, &json!({}), &json!({ "constant": 1000 }));
        Ok(success(&scenario, REQUESTS)?.is("availability", expected, 5.0 / REQUESTS))
    })
}

/// One caller that needs all of its services; a slow part spoils the whole like one that fails.
fn fan_out(config: &Reader, expect: &Reader) -> Reading<Trial> {
    let services = required(config.count("fanout")?, "fanout")?;
    let p = required(config.number("p_slow")?, "p_slow")?;
    let expected = expected(expect, "p_any_slow")?;
    if services > 199 {
        return refuse("more than 199 services in a fan-out");
    }
    trial(move || {
        let ids: Vec<String> = (0..services).map(|i| format!("s{i}")).collect();
        let mut all = vec![json!({ "id": "c", "kind": "client" })];
        let service =
            |id: &String| json!({ "id": id, "workers": null, "queue": null, "work": "0ms", "failure_rate": p });
        all.extend(ids.iter().map(service));
        let links: Vec<Value> = ids.iter().map(|id| json!({ "from": "c", "to": id, "delay": "0ms" })).collect();
        let scenario = scenario(json!(all), json!(links), &json!({ "constant": 1000 }));
        let requests = REQUESTS / (services as f64).sqrt();
        Ok(success(&scenario, requests)?.is("success", 1.0 - expected, 5.0 / requests))
    })
}

/// A hedge after a percentile of the latency is sent for the rest of the calls.
fn hedged(config: &Reader, expect: &Reader) -> Reading<Trial> {
    let percentile = required(config.number("hedge_after_percentile")?, "hedge_after_percentile")? / 100.0;
    let expected = expected(expect, "extra_load_pct_about")?;
    trial(move || {
        let after = -(1.0 - percentile).ln() * 0.01;
        let link = json!({ "hedge": { "after": text(after) } });
        let scenario = row(1, &json!({ "work": { "exponential": "10ms" } }), &link, &json!({ "constant": 1000 }));
        let ([extra], _) = estimate(&scenario, span(REQUESTS / 1e3), |batch| {
            let hedges = batch.link("c->s1", |link| link.hedges as f64);
            [100.0 * hedges / batch.link("c->s1", |link| link.calls as f64)]
        })?;
        Ok(extra.is("extra load in percent", expected, 0.01))
    })
}

/// How many attempts are under way at which millisecond, when nobody answers.
fn hedges(config: &Reader, expect: &Reader) -> Reading<Trial> {
    let attempts = required(config.count("max_attempts")?, "max_attempts")?;
    let delay = required(config.count("hedging_delay_ms")?, "hedging_delay_ms")?;
    let Some(outstanding) = expect.get("outstanding") else { return refuse("a rule in words") };
    let mut instants: Vec<(u64, u64)> = Vec::new();
    for key in outstanding.keys() {
        let Ok(at) = key.parse() else { return refuse(format!("the expectation `outstanding.{key}` is not checked")) };
        instants.push((at, outstanding.count(key)?.unwrap_or_default()));
    }
    if instants.is_empty() || attempts == 0 {
        return refuse("it expects nothing");
    }
    instants.sort_unstable();
    trial(move || {
        let link = json!({ "hedge": { "after": format!("{delay}ms"), "max": attempts - 1 } });
        let scenario = row(1, &json!({ "work": "1h" }), &link, &json!({ "at": ["0s"] }));
        let mut simulation = simulation(&scenario)?;
        for (at, count) in instants {
            run_until(&mut simulation, Time::at(Span::millis(at)))?;
            let present = simulation.report().service("s1").map(|service| u64::from(service.present));
            if let Verdict::Fails(why) = same("attempts under way", Some(count), present) {
                return Ok(Verdict::Fails(format!("at {at} ms: {why}")));
            }
        }
        Ok(Verdict::Holds)
    })
}
