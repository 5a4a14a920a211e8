//! Waits before retries, with the uniform draw injected.

use crate::reader::{Reader, Reading, refuse};
use crate::verdict::{Trial, Verdict, all, near, trial};
use callchain::policy::retry::{Backoff, Jitter};
use callchain::time::Span;

/// Reads a vector whose configuration names a `strategy`.
pub fn read(vector: &Reader) -> Option<Reading<Trial>> {
    let config = vector.get("config")?;
    config.has("strategy").then(|| waits(vector, &config))
}

/// How a strategy waits, in our terms.
#[derive(Clone, Copy)]
enum Strategy {
    Exponential(Jitter),
    Linear,
    Constant,
    Envoy,
    NotOurs(&'static str),
}

const STRATEGIES: [(&str, Strategy); 15] = [
    ("full_jitter", Strategy::Exponential(Jitter::Full)),
    ("equal_jitter", Strategy::Exponential(Jitter::Equal)),
    ("decorrelated", Strategy::Exponential(Jitter::Decorrelated)),
    ("exponential", Strategy::Exponential(Jitter::None)),
    ("linear", Strategy::Linear),
    ("constant", Strategy::Constant),
    ("fixed", Strategy::Constant),
    ("envoy_jittered", Strategy::Envoy),
    (
        "exponential_truncating",
        Strategy::NotOurs("truncates to whole milliseconds at each step; ours keeps nanoseconds"),
    ),
    ("linear_step", Strategy::NotOurs("the step differs from the first wait; ours grows by it")),
    ("envoy_lower_bound", Strategy::NotOurs("a lower bound under the jitter")),
    ("constant_jitter25", Strategy::NotOurs("Polly's jitter of plus or minus a quarter")),
    ("linear_jitter25", Strategy::NotOurs("Polly's jitter of plus or minus a quarter")),
    ("decorrelated_v2", Strategy::NotOurs("Polly's smoothed decorrelated jitter")),
    ("grpc", Strategy::NotOurs("gRPC's jitter of plus or minus a fifth, after the cap")),
];

fn waits(vector: &Reader, config: &Reader) -> Reading<Trial> {
    let strategy = config.word("strategy", &STRATEGIES)?;
    if let Some(Strategy::NotOurs(reason)) = strategy {
        return refuse(reason);
    }
    if config.flag("jitter")? == Some(true) {
        return refuse("a jitter of the library's own");
    }
    let base = first(config, &["base_ms", "initial_ms"])?.unwrap_or(Span::ZERO);
    let max = first(config, &["cap_ms", "max_delay_ms", "max_ms"])?.unwrap_or(Span::MAX);
    let exponential = || -> Reading<Backoff> {
        Ok(Backoff::Exponential { base, factor: config.number("multiplier")?.unwrap_or(2.0), max })
    };
    match strategy {
        Some(Strategy::Exponential(jitter)) => drawn(vector, config, exponential()?, jitter),
        Some(Strategy::Linear) => drawn(vector, config, Backoff::Linear { base, max }, Jitter::None),
        // A constant wait needs no cap of its own: the smaller of the two is the wait.
        Some(Strategy::Constant) => drawn(vector, config, Backoff::Constant(base.min(max)), Jitter::None),
        Some(Strategy::Envoy) => envoy(vector, config, exponential()?),
        Some(Strategy::NotOurs(_)) | None => refuse("it names no strategy"),
    }
}

/// The duration that one of these keys says in milliseconds. Two of them would contradict each other: the second is
/// left unread.
fn first(config: &Reader, keys: &[&str]) -> Reading<Option<Span>> {
    let key = keys.iter().find(|key| config.has(key));
    Ok(key.map(|key| config.number(key)).transpose()?.flatten().map(millis))
}

fn millis(ms: f64) -> Span {
    Span::from_nanos_f64(ms * 1e6)
}

fn drawn(vector: &Reader, config: &Reader, backoff: Backoff, jitter: Jitter) -> Reading<Trial> {
    let expected = numbers(vector, "expect")?;
    let u = config.number("u")?.unwrap_or(0.0);
    let mut previous = config.number("first_prev_ms")?.map_or(Span::ZERO, millis);
    // Which retry each expectation is about: those listed, or one, or all from the first on.
    let listed: Option<Vec<u64>> =
        config.list("attempts")?.map(|list| list.iter().map(Reader::as_count).collect()).transpose()?;
    let single = config.count("attempt")?;
    let retries = match (listed, single) {
        (Some(listed), None) if listed.len() == expected.len() => listed,
        (None, Some(single)) if expected.len() == 1 => vec![single],
        (None, None) => (0..expected.len() as u64).collect(),
        _ => return refuse("the attempts do not fit the expected waits"),
    };
    trial(move || {
        Ok(all(expected.into_iter().zip(retries).map(|(wait, retry)| {
            previous = backoff.delay(jitter, retry as u32, previous, u);
            // A wait is rounded to the nanosecond, and decorrelated jitter builds on what was rounded.
            near(&format!("wait {retry}"), wait, previous.as_millis_f64(), 2e-6_f64.max(wait * 1e-8))
        })))
    })
}

/// A list of numbers; it must not be empty.
fn numbers(from: &Reader, key: &str) -> Reading<Vec<f64>> {
    let list = from.list(key)?.unwrap_or_default();
    if list.is_empty() {
        return refuse("it expects nothing");
    }
    list.iter().map(Reader::as_number).collect()
}

/// Envoy draws a whole number and takes it modulo the interval: full jitter, by another road.
fn envoy(vector: &Reader, config: &Reader, backoff: Backoff) -> Reading<Trial> {
    if vector.get("expect").is_some_and(|expect| expect.is_object()) {
        let bounds = numbers(&vector.object("expect")?, "upper_exclusive_ms")?;
        return trial(move || {
            Ok(all(bounds.into_iter().enumerate().map(|(number, bound)| {
                let highest = backoff.delay(Jitter::Full, number as u32, Span::ZERO, 1.0);
                near("bound", bound, highest.as_millis_f64(), 1e-6)
            })))
        });
    }
    let expected = numbers(vector, "expect")?;
    let Some(random) = config.count("random")? else { return refuse("Envoy's waits without a draw") };
    trial(move || Ok(all(expected.into_iter().enumerate().map(|(number, wait)| modulo(backoff, number, random, wait)))))
}

fn modulo(backoff: Backoff, number: usize, random: u64, wait: f64) -> Verdict {
    let interval = backoff.delay(Jitter::None, number as u32, Span::ZERO, 0.0).as_nanos().max(1);
    let u = (Span::millis(random).as_nanos() % interval) as f64 / interval as f64;
    near("wait", wait, backoff.delay(Jitter::Full, number as u32, Span::ZERO, u).as_millis_f64(), 1e-6)
}
