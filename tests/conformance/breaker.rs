//! Circuit breakers, step by step: what the libraries' own tests expect.

use crate::verdict::{Checked, Verdict, all, near, no, same};
use callchain::outcome::OutcomeSet;
use callchain::policy::breaker::{Breaker, Config, Permit, State, Trip, Window};
use callchain::time::{Span, Time};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};

/// Checks a list of `{lib, kind, config, steps}`.
pub fn check(document: &Value) -> Option<Vec<Checked>> {
    let vectors = document.as_array()?;
    vectors.iter().all(|vector| vector.get("lib").is_some() && vector.get("steps").is_some()).then_some(())?;
    Some(vectors.iter().map(|vector| Checked::new(vector, replay(vector))).collect())
}

fn replay(vector: &Value) -> Verdict {
    let lib = vector["lib"].as_str().unwrap_or_default();
    let dialect = match Dialect::of(lib, &vector["config"]) {
        Ok(dialect) => dialect,
        Err(reason) => return no(reason),
    };
    let Some(steps) = vector["steps"].as_array() else { return Verdict::Fails("steps are not a list".into()) };
    let mut rig = Rig::new(dialect, vector["kind"] == "window");
    for (number, step) in steps.iter().enumerate() {
        match rig.step(step) {
            Verdict::Holds => {}
            Verdict::Fails(why) => return Verdict::Fails(format!("step {}: {why}", number + 1)),
            other => return other,
        }
    }
    Verdict::Holds
}

/// Which library speaks, and the settings in our terms.
pub struct Dialect {
    config: Config,
    lib: Lib,
    starts_open: bool,
}

/// A library whose breaker we model.
#[derive(Clone, Copy, PartialEq)]
enum Lib {
    Resilience4j,
    Gobreaker,
    PollyV7,
}

impl Dialect {
    /// Translates the settings, or tells why they cannot be expressed.
    pub fn of(lib: &str, config: &Value) -> Result<Dialect, String> {
        match lib {
            "resilience4j" => resilience4j(config),
            "gobreaker" => gobreaker(config),
            "polly" if config.get("consecutive_failures").is_some() => polly_v7(config),
            "polly" => Err("Polly's advanced breaker judges only failures, over its own sub-windows".into()),
            other => Err(format!("the breaker of another library ({other})")),
        }
    }
}

fn resilience4j(config: &Value) -> Result<Dialect, String> {
    const KNOWN: [&str; 11] = [
        "failure_rate_threshold",
        "slow_call_rate_threshold",
        "slow_call_duration_threshold_ms",
        "permitted_calls_half_open",
        "max_wait_half_open_ms",
        "window",
        "window_size",
        "minimum_calls",
        "wait_open_ms",
        "automatic_half_open",
        "initial_state",
    ];
    for (key, value) in config.as_object().into_iter().flatten() {
        match (key.as_str(), value) {
            ("after_half_open_wait", value) if value != "OPEN" => {
                return Err("the end of the longest half-open time closes the breaker; ours opens it".into());
            }
            ("wait_open_ms", Value::Object(_)) => {
                return Err("the wait grows with each opening; ours is fixed".into());
            }
            ("initial_state", value) if value != "CLOSED" && value != "OPEN" => {
                return Err(format!("starts in the state {value}, which ours does not have"));
            }
            ("after_half_open_wait", _) => {}
            (key, _) if !KNOWN.contains(&key) => return Err(format!("the setting {key} is not modelled")),
            _ => {}
        }
    }
    let number = |key: &str, default: u64| config.get(key).and_then(Value::as_u64).unwrap_or(default);
    let share = |key: &str, default: f64| config.get(key).and_then(Value::as_f64).unwrap_or(default) / 100.0;
    let size = number("window_size", 100);
    let window = match config.get("window").and_then(Value::as_str).unwrap_or("count") {
        "time" => Window::Time(Span::secs(size)),
        _ => Window::Calls(size as u32),
    };
    let longest = number("max_wait_half_open_ms", 0);
    let translated = Config {
        trip: Trip::Rate {
            window,
            minimum_calls: number("minimum_calls", 100) as u32,
            failure_rate: share("failure_rate_threshold", 50.0),
            slow_duration: Span::millis(number("slow_call_duration_threshold_ms", 60_000)),
            slow_rate: share("slow_call_rate_threshold", 100.0),
        },
        open_for: Span::millis(number("wait_open_ms", 60_000)),
        half_open_calls: number("permitted_calls_half_open", 10) as u32,
        half_open_max: (longest > 0).then(|| Span::millis(longest)),
        automatic: config.get("automatic_half_open").and_then(Value::as_bool).unwrap_or(false),
        failures: OutcomeSet::FAILURES,
    };
    Ok(Dialect { lib: Lib::Resilience4j, config: translated, starts_open: config["initial_state"] == "OPEN" })
}

/// The consecutive-failure form: `failures` in a row trip it.
fn plain(lib: Lib, failures: u64, open_for: u64, half_open_calls: u64) -> Dialect {
    let config = Config {
        trip: Trip::Consecutive { failures: failures as u32 },
        open_for: Span::millis(open_for),
        half_open_calls: half_open_calls as u32,
        half_open_max: None,
        // Polly v7 leaves the open state at the wait, not after it, also when only its state is read.
        automatic: lib == Lib::PollyV7,
        failures: OutcomeSet::FAILURES,
    };
    Dialect { lib, config, starts_open: false }
}

fn gobreaker(config: &Value) -> Result<Dialect, String> {
    for (key, value) in config.as_object().into_iter().flatten() {
        match (key.as_str(), value) {
            ("max_requests" | "timeout_ms" | "trip" | "bucket_ms", _) => {}
            ("interval_ms", value) if value != 0 => {
                return Err(
                    "clears its counts in intervals; our consecutive-failure form counts until the state changes"
                        .into(),
                );
            }
            ("is_successful", value) if value != "always" => return Err("a predicate of its own".into()),
            ("interval_ms" | "is_successful", _) => {}
            (key, _) => return Err(format!("the setting {key} is not modelled")),
        }
    }
    let Some(more_than) = config["trip"].get("consecutive_failures_gt").and_then(Value::as_u64) else {
        return Err(
            "trips by a ratio of all calls since the state began; our consecutive-failure form counts failures in a row".into()
        );
    };
    let number =
        |key: &str, default: u64| config.get(key).and_then(Value::as_u64).filter(|n| *n > 0).unwrap_or(default);
    let mut dialect = plain(Lib::Gobreaker, more_than + 1, number("timeout_ms", 60_000), number("max_requests", 1));
    if config.get("is_successful").is_some() {
        dialect.config.failures = OutcomeSet::of(&[]);
    }
    Ok(dialect)
}

fn polly_v7(config: &Value) -> Result<Dialect, String> {
    let known = ["consecutive_failures", "break_duration_ms"];
    if let Some(key) =
        config.as_object().into_iter().flatten().map(|(key, _)| key).find(|key| !known.contains(&key.as_str()))
    {
        return Err(format!("the setting {key} is not modelled"));
    }
    let number = |key: &str| config.get(key).and_then(Value::as_u64).ok_or(format!("{key} is missing"));
    Ok(plain(Lib::PollyV7, number("consecutive_failures")?, number("break_duration_ms")?, 1))
}

/// A breaker under test, and the permits that are out.
pub struct Rig {
    breaker: Breaker,
    dialect: Dialect,
    /// Only the figures of the window matter, whatever the state.
    figures_only: bool,
    named: BTreeMap<String, Permit>,
    unnamed: VecDeque<Permit>,
    /// When the probe that is out was permitted, for Polly.
    probe: Option<Time>,
}

/// The result of a step: what the library reports beside the state.
#[derive(Default)]
struct Said {
    permitted: Option<bool>,
    illegal: bool,
}

impl Rig {
    pub fn new(dialect: Dialect, figures_only: bool) -> Self {
        let mut breaker = Breaker::new(&dialect.config);
        if dialect.starts_open {
            breaker.trip(Time::ZERO, dialect.config.open_for);
        }
        let (named, unnamed) = (BTreeMap::new(), VecDeque::new());
        Rig { breaker, dialect, figures_only, named, unnamed, probe: None }
    }

    /// Does what a step says and compares what it expects.
    pub fn step(&mut self, step: &Value) -> Verdict {
        let Some(now) = step.get("at_ms").and_then(Value::as_f64).map(|ms| Time::at(Span::from_nanos_f64(ms * 1e6)))
        else {
            return Verdict::Fails("at_ms is missing".into());
        };
        let said = match self.act(now, step) {
            Ok(said) => said,
            Err(reason) => return no(reason),
        };
        let expected = step.get("expect").and_then(Value::as_object);
        all(expected.into_iter().flatten().map(|(key, value)| self.compare(now, key, value, &said)))
    }

    fn act(&mut self, now: Time, step: &Value) -> Result<Said, String> {
        self.breaker.on_timer(now);
        let event = step.get("event").and_then(Value::as_str).unwrap_or_default();
        let id = step.get("id").map(Value::to_string);
        let length = step.get("duration_ms").and_then(Value::as_f64).map(|ms| Span::from_nanos_f64(ms * 1e6));
        let slow = length.unwrap_or(self.slow_threshold() + Span::millis(1));
        let quick = length.unwrap_or(Span::ZERO);
        let failed = self.dialect.config.failures == OutcomeSet::of(&[]);
        let mut said = Said::default();
        match event {
            "observe" => {}
            "try" => said.permitted = Some(self.acquire(now, id)?),
            "success" | "unrecorded_failure" => self.record(now, id, true, quick),
            "failure" => self.record(now, id, failed, quick),
            "slow_success" => self.record(now, id, true, slow),
            "slow_failure" => self.record(now, id, failed, slow),
            "ignored" | "release" | "excluded" => self.release(now, id),
            "call_success" => said.permitted = Some(self.call(now, |rig| rig.record(now, None, true, quick))?),
            "call_failure" => said.permitted = Some(self.call(now, |rig| rig.record(now, None, failed, quick))?),
            "call_excluded" | "call_unhandled" => said.permitted = Some(self.call(now, |rig| rig.release(now, None))?),
            "to_open" => self.breaker.trip(now, self.dialect.config.open_for),
            "to_open_for" => {
                let wait = step.get("wait_ms").and_then(Value::as_u64).ok_or("wait_ms is missing")?;
                self.breaker.trip(now, Span::millis(wait));
            }
            "to_half_open" => said.illegal = !self.breaker.probe(now),
            "reset" => self.breaker.reset(),
            "to_forced_open" | "to_disabled" | "to_metrics_only" | "isolate" => {
                return Err(format!("{event}: a state set by hand that ours does not have"));
            }
            other => return Err(format!("the event {other} is not modelled")),
        }
        Ok(said)
    }

    fn call(&mut self, now: Time, then: impl FnOnce(&mut Rig)) -> Result<bool, String> {
        let permitted = self.acquire(now, None)?;
        if permitted {
            then(self);
        }
        Ok(permitted)
    }

    fn acquire(&mut self, now: Time, id: Option<String>) -> Result<bool, String> {
        let waited = self.probe.map(|since| now.since(since));
        if self.dialect.lib == Lib::PollyV7 && waited.is_some_and(|waited| waited >= self.dialect.config.open_for) {
            return Err("Polly v7 permits a further probe each break duration; ours waits for the first".into());
        }
        let permit = self.breaker.try_acquire(now);
        self.probe = permit.filter(|_| self.breaker.state() == State::HalfOpen).map(|_| now).or(self.probe);
        match (permit, id) {
            (Some(permit), Some(id)) => {
                self.named.insert(id, permit);
            }
            (Some(permit), None) => self.unnamed.push_back(permit),
            (None, _) => {}
        }
        Ok(permit.is_some())
    }

    /// The permit of a result. Resilience4j does not ask for one: its vectors may record without.
    fn permit(&mut self, id: Option<String>) -> Option<Permit> {
        self.probe = None;
        match id {
            Some(id) => self.named.remove(&id),
            None => self.unnamed.pop_front().or_else(|| Breaker::new(&self.dialect.config).try_acquire(Time::ZERO)),
        }
    }

    fn record(&mut self, now: Time, id: Option<String>, success: bool, length: Span) {
        if let Some(permit) = self.permit(id) {
            self.breaker.record(now, permit, success, length);
        }
    }

    fn release(&mut self, now: Time, id: Option<String>) {
        if let Some(permit) = self.permit(id) {
            self.breaker.release(now, permit);
        }
    }

    fn slow_threshold(&self) -> Span {
        match self.dialect.config.trip {
            Trip::Rate { slow_duration, .. } => slow_duration,
            Trip::Consecutive { .. } => Span::ZERO,
        }
    }

    /// The state as the library tells it. Reading gobreaker's state is what ends its open state.
    fn state(&self, now: Time) -> &'static str {
        let is_over = self.breaker.until().is_some_and(|until| now > until);
        match self.breaker.state() {
            State::Open if self.dialect.lib == Lib::Gobreaker && is_over => "HALF_OPEN",
            State::Closed => "CLOSED",
            State::Open => "OPEN",
            State::HalfOpen => "HALF_OPEN",
        }
    }

    fn compare(&self, now: Time, key: &str, expected: &Value, said: &Said) -> Verdict {
        let counts = self.breaker.counts(now);
        let streak = self.breaker.streak().unwrap_or_default();
        let empty = self.figures_only && counts.calls == 0;
        let percent = |rate: Option<f64>| rate.map_or(if empty { 0.0 } else { -1.0 }, |rate| rate * 100.0);
        let count = |actual: u32| match expected.as_u64() {
            Some(expected) => same(key, expected, u64::from(actual)),
            None => Verdict::Fails(format!("{key}: {expected} is not a count")),
        };
        match key {
            "permitted" => same(key, expected.as_bool(), said.permitted),
            "state" => same(key, expected.as_str(), Some(self.state(now))),
            "error" if expected == "illegal_transition" => same(key, true, said.illegal),
            "result" => same(key, expected.as_str(), Some(self.result(now))),
            "failure_rate" => rate(key, expected, percent(self.breaker.failure_rate(now))),
            "slow_rate" => rate(key, expected, percent(self.breaker.slow_rate(now))),
            "buffered" => count(counts.calls),
            "failed" => count(counts.failed),
            "successful" => count(counts.successful()),
            "slow" => count(counts.slow),
            "slow_failed" => count(counts.slow_failed),
            "slow_successful" => count(counts.slow - counts.slow_failed),
            "not_permitted" => count(self.breaker.not_permitted()),
            "requests" => count(streak.requests),
            "successes" => count(streak.successes),
            "failures" => count(streak.failures),
            "exclusions" => count(streak.exclusions),
            "consecutive_successes" => count(streak.consecutive_successes),
            "consecutive_failures" => count(streak.consecutive_failures),
            other => no(format!("expects {other}, which ours does not tell")),
        }
    }

    /// What Resilience4j's metrics answer when they have taken in a result.
    fn result(&self, now: Time) -> &'static str {
        let Trip::Rate { failure_rate, slow_rate, .. } = self.dialect.config.trip else { return "" };
        let (Some(failed), Some(slow)) = (self.breaker.failure_rate(now), self.breaker.slow_rate(now)) else {
            return "BELOW_MINIMUM_CALLS_THRESHOLD";
        };
        match (failed >= failure_rate, slow >= slow_rate) {
            (true, true) => "ABOVE_THRESHOLDS",
            (true, false) => "FAILURE_RATE_ABOVE_THRESHOLDS",
            (false, true) => "SLOW_CALL_RATE_ABOVE_THRESHOLDS",
            (false, false) => "BELOW_THRESHOLDS",
        }
    }
}

/// The library computes percentages in single precision.
fn rate(key: &str, expected: &Value, actual: f64) -> Verdict {
    match expected.as_f64() {
        Some(expected) => near(key, expected, actual, 1e-4),
        None => Verdict::Fails(format!("{key}: {expected} is not a number")),
    }
}
