//! gRPC's retries: which failures are retried, how often, and what the token bucket allows.

use crate::verdict::{Verdict, all, no, same};
use callchain::outcome::{Outcome, OutcomeSet};
use callchain::policy::budget::{self, Budget};
use callchain::policy::retry::{Backoff, Config, Jitter};
use callchain::time::Time;
use serde_json::Value;

/// Checks a vector about gRPC's retry policy or its throttling.
pub fn check(vector: &Value) -> Option<Verdict> {
    let config = vector.get("config")?;
    if vector.get("rpcs").is_some() && config.get("max_tokens").is_some() {
        return Some(throttling(vector));
    }
    if config.get("service_max_attempts").is_some() {
        return Some(no("a client-wide cap on attempts"));
    }
    vector.get("attempt_outcomes").map(|outcomes| policy(vector, outcomes))
}

/// What a status code is for us: retried by the policy, or not.
fn outcome(code: &str, retried: bool) -> Outcome {
    match code {
        "OK" => Outcome::Ok,
        _ if retried => Outcome::Shed,
        _ => Outcome::Error,
    }
}

fn retries(max_attempts: u64) -> Config {
    Config {
        max_attempts: max_attempts as u32,
        backoff: Backoff::None,
        jitter: Jitter::None,
        on: OutcomeSet::of(&[Outcome::Shed]),
        repeats_unsafe: false,
        budget: None,
    }
}

fn policy(vector: &Value, outcomes: &Value) -> Verdict {
    let config = &vector["config"];
    let Some(outcomes) = outcomes.as_array() else { return no("outcomes that are not listed") };
    if outcomes.iter().any(|outcome| outcome.get("pushback_ms").is_some()) {
        return no("the server says when to retry (pushback)");
    }
    if outcomes.iter().any(|outcome| outcome["response_started"] == true) {
        return no("responses that begin and then fail");
    }
    let settings = ["max_attempts", "initial_backoff_ms", "max_backoff_ms", "multiplier", "retryable"];
    let checked = ["attempts", "code"];
    let unknown = [(config, &settings[..]), (&vector["expect"], &checked[..])]
        .into_iter()
        .find_map(|(object, known)| object.as_object()?.keys().find(|key| !known.contains(&key.as_str())));
    if let Some(key) = unknown {
        return no(format!("{key} is not modelled"));
    }
    let retryable: Vec<&str> = config["retryable"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let retries = retries(config["max_attempts"].as_u64().unwrap_or(1));
    let codes = outcomes.iter().filter_map(|outcome| outcome["code"].as_str());
    let mut attempts = 0;
    let mut last = "";
    for code in codes {
        attempts += 1;
        last = code;
        if !retries.wants_retry(attempts, outcome(code, retryable.contains(&code)), true) {
            break;
        }
    }
    all([
        same("attempts", vector["expect"]["attempts"].as_u64(), Some(u64::from(attempts))),
        same("code", vector["expect"]["code"].as_str(), Some(last)),
    ])
}

/// Calls one after another, sharing one bucket.
fn throttling(vector: &Value) -> Verdict {
    let mut outcomes =
        vector["rpcs"].as_array().into_iter().flatten().flat_map(|rpc| rpc["server_outcomes"].as_array());
    if outcomes.any(|outcomes| outcomes.iter().any(|outcome| !outcome.is_string())) {
        return no("the server says when to retry (pushback)");
    }
    let number = |key: &str| vector["config"].get(key).and_then(Value::as_f64).unwrap_or(0.0);
    let (max_tokens, token_ratio) = (number("max_tokens"), number("token_ratio"));
    let mut budget = Budget::new(&budget::Config::Tokens { max_tokens, token_ratio });
    let retries = retries(number("max_attempts") as u64);
    let mut total = 0;
    all(vector["rpcs"].as_array().into_iter().flatten().enumerate().map(|(number, rpc)| {
        let (attempts, code) = call(&mut budget, &retries, rpc);
        total += attempts;
        let expect = &rpc["expect"];
        let tokens = rpc.get("tokens_after_derived").and_then(Value::as_f64);
        let checked = all([
            same("attempts", expect["attempts"].as_u64(), Some(attempts)),
            same("code", expect["code"].as_str(), Some(code.as_str())),
            same("attempts so far", expect["total_attempts_so_far"].as_u64().or(Some(total)), Some(total)),
            tokens.map_or(Verdict::Holds, |tokens| same("tokens", tokens, budget.balance(Time::ZERO))),
        ]);
        match checked {
            Verdict::Fails(why) => Verdict::Fails(format!("call {}: {why}", number + 1)),
            other => other,
        }
    }))
}

fn call(budget: &mut Budget, retries: &Config, rpc: &Value) -> (u64, String) {
    let codes: Vec<&str> = rpc["server_outcomes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut attempt = 0;
    loop {
        let code = codes.get(attempt).copied().unwrap_or("(more attempts than answers)");
        attempt += 1;
        let outcome = outcome(code, code == "UNAVAILABLE");
        match outcome {
            Outcome::Ok => budget.on_success(),
            Outcome::Shed => budget.on_failure(),
            _ => {}
        }
        if !retries.wants_retry(attempt as u32, outcome, true) || !budget.try_retry(Time::ZERO) {
            return (attempt as u64, code.to_owned());
        }
    }
}
