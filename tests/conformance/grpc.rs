//! gRPC's retries: which failures are retried, how often, and what the token bucket allows.

use crate::reader::{Reader, Reading, refuse};
use crate::verdict::{Trial, Verdict, all, if_expected, same, trial};
use callchain::outcome::{Outcome, OutcomeSet};
use callchain::policy::budget::{self, Budget};
use callchain::policy::retry::{Backoff, Config, Jitter};
use callchain::time::Time;

/// Reads a vector about gRPC's retry policy or its throttling.
pub fn read(vector: &Reader) -> Option<Reading<Trial>> {
    let config = vector.get("config")?;
    if vector.has("rpcs") && config.has("max_tokens") {
        return Some(throttling(vector, &config));
    }
    if config.has("service_max_attempts") {
        return Some(refuse("a client-wide cap on attempts"));
    }
    vector.has("attempt_outcomes").then(|| policy(vector, &config))
}

/// The status codes of gRPC.
const CODES: [&str; 17] = [
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
];

fn code(value: &Reader) -> Reading<&'static str> {
    let text = value.as_text()?;
    CODES.iter().find(|code| **code == text).map_or_else(|| value.refused(), |code| Ok(*code))
}

/// The code that an object expects under `code`, if it does.
fn expected_code(expect: &Reader) -> Reading<Option<&'static str>> {
    expect.get("code").map(|value| code(&value)).transpose()
}

/// The codes that are retried.
fn retryable(config: &Reader, default: &[&'static str]) -> Reading<Vec<&'static str>> {
    match config.list("retryable")? {
        Some(list) => list.iter().map(code).collect(),
        None => Ok(default.to_vec()),
    }
}

/// What a status code is for us: retried by the policy, or not.
fn outcome(code: &str, retryable: &[&str]) -> Outcome {
    match code {
        "OK" => Outcome::Ok,
        _ if retryable.contains(&code) => Outcome::Shed,
        _ => Outcome::Error,
    }
}

fn retries(config: &Reader) -> Reading<Config> {
    // No time passes between these attempts: waits decide nothing here.
    for wait in ["backoff_ms", "initial_backoff_ms", "max_backoff_ms", "multiplier"] {
        config.number(wait)?;
    }
    Ok(Config {
        max_attempts: config.small("max_attempts")?.unwrap_or(1),
        backoff: Backoff::None,
        jitter: Jitter::None,
        on: OutcomeSet::of(&[Outcome::Shed]),
        repeats_unsafe: false,
        budget: None,
    })
}

fn policy(vector: &Reader, config: &Reader) -> Reading<Trial> {
    let retries = retries(config)?;
    let retryable = retryable(config, &[])?;
    let mut codes = Vec::new();
    for outcome in vector.list("attempt_outcomes")?.unwrap_or_default() {
        if outcome.has("pushback_ms") {
            return refuse("the server says when to retry (pushback)");
        }
        if outcome.flag("response_started")? == Some(true) {
            return refuse("responses that begin and then fail");
        }
        match outcome.get("code") {
            Some(value) => codes.push(code(&value)?),
            None => return refuse("an attempt without a code"),
        }
    }
    let expect = vector.object("expect")?;
    let (attempts, last) = (expect.count("attempts")?, expected_code(&expect)?);
    if attempts.is_none() && last.is_none() {
        return refuse("it expects nothing");
    }
    trial(move || {
        let mut made: u32 = 0;
        let mut seen = "";
        for code in codes {
            made += 1;
            seen = code;
            if !retries.wants_retry(made, outcome(code, &retryable), true) {
                break;
            }
        }
        Ok(all([
            if_expected(attempts, |attempts| same("attempts", attempts, u64::from(made))),
            if_expected(last, |last| same("code", last, seen)),
        ]))
    })
}

/// One of several calls in a row, and what it expects.
struct Rpc {
    answers: Vec<&'static str>,
    attempts: Option<u64>,
    code: Option<&'static str>,
    attempts_so_far: Option<u64>,
    tokens: Option<f64>,
}

impl Rpc {
    fn read(rpc: &Reader) -> Reading<Rpc> {
        let answers = rpc.list("server_outcomes")?.unwrap_or_default();
        if answers.iter().any(|answer| answer.has("pushback_ms")) {
            return refuse("the server says when to retry (pushback)");
        }
        let expect = rpc.object("expect")?;
        Ok(Rpc {
            answers: answers.iter().map(code).collect::<Reading<_>>()?,
            attempts: expect.count("attempts")?,
            code: expected_code(&expect)?,
            attempts_so_far: expect.count("total_attempts_so_far")?,
            tokens: rpc.number("tokens_after_derived")?,
        })
    }
}

/// Calls one after another, sharing one bucket.
fn throttling(vector: &Reader, config: &Reader) -> Reading<Trial> {
    let number = |key: &str| Ok(config.number(key)?.unwrap_or(0.0));
    let (max_tokens, token_ratio) = (number("max_tokens")?, number("token_ratio")?);
    let mut budget = Budget::new(&budget::Config::Tokens { max_tokens, token_ratio });
    let retries = retries(config)?;
    let retryable = retryable(config, &["UNAVAILABLE"])?;
    let rpcs: Vec<Rpc> = vector.list("rpcs")?.unwrap_or_default().iter().map(Rpc::read).collect::<Reading<_>>()?;
    if !rpcs.iter().any(|rpc| rpc.attempts.is_some() || rpc.code.is_some() || rpc.attempts_so_far.is_some()) {
        return refuse("it expects nothing");
    }
    let mut total = 0;
    trial(move || {
        Ok(all(rpcs.into_iter().enumerate().map(|(number, rpc)| {
            let (attempts, code) = call(&mut budget, &retries, &retryable, &rpc.answers);
            total += attempts;
            let checked = all([
                if_expected(rpc.attempts, |expected| same("attempts", expected, attempts)),
                if_expected(rpc.code, |expected| same("code", expected, code)),
                if_expected(rpc.attempts_so_far, |expected| same("attempts so far", expected, total)),
                if_expected(rpc.tokens, |expected| same("tokens", expected, budget.balance(Time::ZERO))),
            ]);
            match checked {
                Verdict::Fails(why) => Verdict::Fails(format!("call {}: {why}", number + 1)),
                other => other,
            }
        })))
    })
}

fn call(budget: &mut Budget, retries: &Config, retryable: &[&str], answers: &[&'static str]) -> (u64, &'static str) {
    let mut attempt = 0;
    loop {
        let code = answers.get(attempt).copied().unwrap_or("(more attempts than answers)");
        attempt += 1;
        let outcome = outcome(code, retryable);
        match outcome {
            Outcome::Ok => budget.on_success(),
            Outcome::Shed => budget.on_failure(),
            _ => {}
        }
        if !retries.wants_retry(attempt as u32, outcome, true) || !budget.try_retry(Time::ZERO) {
            return (attempt as u64, code);
        }
    }
}
