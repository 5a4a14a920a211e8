//! Waits before retries, with the uniform draw injected.

use crate::verdict::{Verdict, all, near, no};
use callchain::policy::retry::{Backoff, Jitter};
use callchain::time::Span;
use serde_json::Value;

/// Checks a vector whose configuration names a `strategy`.
pub fn check(vector: &Value) -> Option<Verdict> {
    let config = vector.get("config")?;
    let strategy = config.get("strategy")?.as_str()?;
    if config.get("jitter").is_some_and(|jitter| jitter != false) {
        return Some(no("a jitter of the library's own"));
    }
    if let Some((key, _)) = config.as_object()?.iter().find(|(key, _)| !KNOWN.contains(&key.as_str())) {
        return Some(no(reason_for(strategy).unwrap_or_else(|| format!("the setting {key}"))));
    }
    Some(match strategy {
        "full_jitter" => waits(vector, exponential(config), Jitter::Full),
        "equal_jitter" => waits(vector, exponential(config), Jitter::Equal),
        "decorrelated" => waits(vector, exponential(config), Jitter::Decorrelated),
        "exponential" => waits(vector, exponential(config), Jitter::None),
        "linear" => waits(vector, linear(config), Jitter::None),
        "constant" | "fixed" => waits(vector, constant(config), Jitter::None),
        "envoy_jittered" => envoy(vector, exponential(config)),
        other => no(reason_for(other).unwrap_or_else(|| format!("the strategy {other}"))),
    })
}

/// The settings that are understood.
const KNOWN: [&str; 13] = [
    "strategy",
    "jitter",
    "base_ms",
    "initial_ms",
    "cap_ms",
    "max_delay_ms",
    "max_ms",
    "multiplier",
    "u",
    "attempt",
    "attempts",
    "first_prev_ms",
    "random",
];

/// Why a strategy does not apply.
fn reason_for(strategy: &str) -> Option<String> {
    let reason = match strategy {
        "exponential_truncating" => "truncates to whole milliseconds at each step; ours keeps nanoseconds",
        "linear_step" => "the step differs from the first wait; ours grows by it",
        "envoy_lower_bound" => "a lower bound under the jitter",
        "constant_jitter25" | "linear_jitter25" => "Polly's jitter of plus or minus a quarter",
        "decorrelated_v2" => "Polly's smoothed decorrelated jitter",
        "grpc" => "gRPC's jitter of plus or minus a fifth, after the cap",
        _ => return None,
    };
    Some(reason.to_owned())
}

fn ms(config: &Value, keys: &[&str]) -> Option<Span> {
    let value = keys.iter().find_map(|key| config.get(key))?.as_f64()?;
    Some(Span::from_nanos_f64(value * 1e6))
}

fn cap(config: &Value) -> Span {
    ms(config, &["cap_ms", "max_delay_ms", "max_ms"]).unwrap_or(Span::MAX)
}

fn base(config: &Value) -> Span {
    ms(config, &["base_ms", "initial_ms"]).unwrap_or(Span::ZERO)
}

fn exponential(config: &Value) -> Backoff {
    let factor = config.get("multiplier").and_then(Value::as_f64).unwrap_or(2.0);
    Backoff::Exponential { base: base(config), factor, max: cap(config) }
}

fn linear(config: &Value) -> Backoff {
    Backoff::Linear { base: base(config), max: cap(config) }
}

/// A constant wait needs no cap of its own: the smaller of the two is the wait.
fn constant(config: &Value) -> Backoff {
    Backoff::Constant(base(config).min(cap(config)))
}

fn waits(vector: &Value, backoff: Backoff, jitter: Jitter) -> Verdict {
    let config = &vector["config"];
    let Some(expected) = vector["expect"].as_array() else { return Verdict::Fails("expect is not a list".into()) };
    let u = config.get("u").and_then(Value::as_f64).unwrap_or(0.0);
    let mut previous = ms(config, &["first_prev_ms"]).unwrap_or(Span::ZERO);
    all(expected.iter().enumerate().map(|(number, wait)| {
        let wait = wait.as_f64().unwrap_or(f64::NAN);
        previous = backoff.delay(jitter, retry(config, number), previous, u);
        // A wait is rounded to the nanosecond, and decorrelated jitter builds on what was rounded.
        near(&format!("wait {number}"), wait, previous.as_millis_f64(), 2e-6_f64.max(wait * 1e-8))
    }))
}

/// Which retry the expectation of this number is about.
fn retry(config: &Value, number: usize) -> u32 {
    let listed = config.get("attempts").and_then(|attempts| attempts.get(number)).and_then(Value::as_u64);
    let single = config.get("attempt").and_then(Value::as_u64);
    listed.or(single).map_or(number as u32, |attempt| attempt as u32)
}

/// Envoy draws a whole number and takes it modulo the interval: full jitter, by another road.
fn envoy(vector: &Value, backoff: Backoff) -> Verdict {
    let interval = |retry| backoff.delay(Jitter::None, retry, Span::ZERO, 0.0);
    let bounds = vector["expect"].get("upper_exclusive_ms").and_then(Value::as_array);
    let random = vector["config"].get("random").and_then(Value::as_u64);
    match (bounds, vector["expect"].as_array(), random) {
        (Some(bounds), _, _) => all(bounds.iter().enumerate().map(|(number, bound)| {
            let highest = backoff.delay(Jitter::Full, number as u32, Span::ZERO, 1.0);
            near("bound", bound.as_f64().unwrap_or(f64::NAN), highest.as_millis_f64(), 1e-6)
        })),
        (None, Some(expected), Some(random)) => all(expected.iter().enumerate().map(|(number, wait)| {
            let interval = interval(number as u32);
            let u = Span::millis(random).as_nanos() % interval.as_nanos().max(1);
            let drawn =
                backoff.delay(Jitter::Full, number as u32, Span::ZERO, u as f64 / interval.as_nanos().max(1) as f64);
            near("wait", wait.as_f64().unwrap_or(f64::NAN), drawn.as_millis_f64(), 1e-6)
        })),
        _ => no("Envoy's waits without a draw"),
    }
}
