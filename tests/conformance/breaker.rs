//! Circuit breakers, step by step: what the libraries' own tests expect.

use crate::reader::{Reader, Reading, refuse};
use crate::verdict::{Case, Trial, Verdict, all, near, no, same, trial};
use callchain::outcome::OutcomeSet;
use callchain::policy::breaker::{Breaker, Config, Permit, State, Trip, Window};
use callchain::time::{Span, Time};
use std::collections::{BTreeMap, VecDeque};

/// Reads a list of `{lib, kind, config, steps}`.
pub fn read(document: &Reader) -> Option<Vec<Case>> {
    let vectors = document.elements()?;
    let is_breaker = |vector: &Reader| vector.has("lib") && vector.has("steps");
    (!vectors.is_empty() && vectors.iter().all(is_breaker)).then_some(())?;
    Some(vectors.iter().map(|vector| Case::named(vector, replay)).collect())
}

fn replay(vector: &Reader) -> Reading<Trial> {
    let Some(lib) = vector.text("lib")? else { return refuse("it names no library") };
    let variant = vector.get("variant");
    let dialect = Dialect::of(lib, &vector.object("config")?)?;
    // The settings of Polly's advanced breaker are refused above; only the breaker of version 7 gets here.
    if let Some(variant) = variant.filter(|variant| dialect.lib != Lib::PollyV7 || variant.as_text() != Ok("v7")) {
        return variant.refused();
    }
    let Some(figures_only) = vector.word("kind", &[("breaker", false), ("window", true)])? else {
        return refuse("it is of no kind");
    };
    let steps = vector.list("steps")?.unwrap_or_default();
    let steps: Vec<Step> = steps.iter().map(|step| Step::read(&dialect, step)).collect::<Reading<_>>()?;
    try_steps(Rig::new(dialect, figures_only), steps, "step")
}

/// The trial of steps, each of which is called by its number.
pub fn try_steps(mut rig: Rig, steps: Vec<Step>, name: &'static str) -> Reading<Trial> {
    if steps.iter().all(|step| step.expect.is_empty()) {
        return refuse("it expects nothing");
    }
    trial(move || {
        for (number, step) in (1..).zip(steps) {
            match rig.step(&step) {
                Verdict::Holds => {}
                Verdict::Fails(why) => return Ok(Verdict::Fails(format!("{name} {number}: {why}"))),
                other => return Ok(other),
            }
        }
        Ok(Verdict::Holds)
    })
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

impl Lib {
    /// The expectations that ours can answer in the way of this library.
    fn expectations(self) -> &'static [&'static str] {
        match self {
            Lib::Resilience4j => &[
                "permitted",
                "state",
                "error",
                "result",
                "failure_rate",
                "slow_rate",
                "buffered",
                "failed",
                "successful",
                "slow",
                "slow_failed",
                "slow_successful",
                "not_permitted",
            ],
            Lib::Gobreaker => &[
                "permitted",
                "state",
                "requests",
                "successes",
                "failures",
                "exclusions",
                "consecutive_successes",
                "consecutive_failures",
            ],
            Lib::PollyV7 => &["permitted", "state"],
        }
    }
}

impl Dialect {
    /// Translates the settings, unless they cannot be expressed.
    pub fn of(lib: &str, config: &Reader) -> Reading<Dialect> {
        match lib {
            "resilience4j" => resilience4j(config),
            "gobreaker" => gobreaker(config),
            "polly" if config.has("consecutive_failures") => polly_v7(config),
            "polly" => refuse("Polly's advanced breaker judges only failures, over its own sub-windows"),
            other => refuse(format!("the breaker of another library ({other})")),
        }
    }
}

fn resilience4j(config: &Reader) -> Reading<Dialect> {
    if config.word("after_half_open_wait", &[("OPEN", true), ("CLOSED", false)])? == Some(false) {
        return refuse("the end of the longest half-open time closes the breaker; ours opens it");
    }
    if config.get("wait_open_ms").is_some_and(|wait| wait.is_object()) {
        return refuse("the wait grows with each opening; ours is fixed");
    }
    let number = |key: &str, default: u64| Ok(config.count(key)?.unwrap_or(default));
    let share = |key: &str, default: f64| Ok(config.number(key)?.unwrap_or(default) / 100.0);
    let size = config.small("window_size")?.unwrap_or(100);
    let window = match config.word("window", &[("count", true), ("time", false)])? {
        Some(false) => Window::Time(Span::secs(u64::from(size))),
        Some(true) | None => Window::Calls(size),
    };
    let longest = number("max_wait_half_open_ms", 0)?;
    let translated = Config {
        trip: Trip::Rate {
            window,
            minimum_calls: config.small("minimum_calls")?.unwrap_or(100),
            failure_rate: share("failure_rate_threshold", 50.0)?,
            slow_duration: Span::millis(number("slow_call_duration_threshold_ms", 60_000)?),
            slow_rate: share("slow_call_rate_threshold", 100.0)?,
        },
        open_for: Span::millis(number("wait_open_ms", 60_000)?),
        half_open_calls: config.small("permitted_calls_half_open")?.unwrap_or(10),
        half_open_max: (longest > 0).then(|| Span::millis(longest)),
        automatic: config.flag("automatic_half_open")?.unwrap_or(false),
        failures: OutcomeSet::FAILURES,
    };
    let starts_open = config.word("initial_state", &[("CLOSED", false), ("OPEN", true)])?.unwrap_or(false);
    Ok(Dialect { lib: Lib::Resilience4j, config: translated, starts_open })
}

/// The consecutive-failure form: `failures` in a row trip it.
fn consecutive(lib: Lib, failures: u32, open_for: u64, half_open_calls: u32) -> Dialect {
    let config = Config {
        trip: Trip::Consecutive { failures },
        open_for: Span::millis(open_for),
        half_open_calls,
        half_open_max: None,
        // Polly v7 leaves the open state at the wait, not after it, also when only its state is read.
        automatic: lib == Lib::PollyV7,
        failures: OutcomeSet::FAILURES,
    };
    Dialect { lib, config, starts_open: false }
}

fn gobreaker(config: &Reader) -> Reading<Dialect> {
    if config.count("interval_ms")?.is_some_and(|interval| interval > 0) {
        return refuse("clears its counts in intervals; our consecutive-failure form counts until the state changes");
    }
    // The parts of an interval, of which there is none.
    config.number("bucket_ms")?;
    let all_succeed = config.word("is_successful", &[("always", true)])?.unwrap_or(false);
    let trip = config.object("trip")?;
    let Some(more_than) = trip.small("consecutive_failures_gt")? else {
        return refuse(
            "trips by a ratio of all calls since the state began; our consecutive-failure form counts failures in a row",
        );
    };
    let open_for = config.count("timeout_ms")?.filter(|ms| *ms > 0).unwrap_or(60_000);
    let half_open_calls = config.small("max_requests")?.filter(|calls| *calls > 0).unwrap_or(1);
    let mut dialect = consecutive(Lib::Gobreaker, more_than.saturating_add(1), open_for, half_open_calls);
    if all_succeed {
        dialect.config.failures = OutcomeSet::of(&[]);
    }
    Ok(dialect)
}

fn polly_v7(config: &Reader) -> Reading<Dialect> {
    match (config.small("consecutive_failures")?, config.count("break_duration_ms")?) {
        (Some(failures), Some(open_for)) => Ok(consecutive(Lib::PollyV7, failures, open_for, 1)),
        _ => refuse("it does not say how many failures open it, and for how long"),
    }
}

/// An event at one instant, and the state and the figures expected after it.
pub struct Step {
    at: Time,
    event: Event,
    id: Option<String>,
    duration: Option<Span>,
    expect: Vec<Expectation>,
}

#[derive(Clone, Copy)]
enum Event {
    Observe,
    Try,
    Result { call: bool, success: bool, slow: bool },
    Release { call: bool },
    Open,
    OpenFor(Span),
    HalfOpen,
    Reset,
    ByHand,
}

const EVENTS: [(&str, Event); 22] = [
    ("observe", Event::Observe),
    ("try", Event::Try),
    ("success", Event::Result { call: false, success: true, slow: false }),
    ("unrecorded_failure", Event::Result { call: false, success: true, slow: false }),
    ("failure", Event::Result { call: false, success: false, slow: false }),
    ("slow_success", Event::Result { call: false, success: true, slow: true }),
    ("slow_failure", Event::Result { call: false, success: false, slow: true }),
    ("call_success", Event::Result { call: true, success: true, slow: false }),
    ("call_failure", Event::Result { call: true, success: false, slow: false }),
    ("ignored", Event::Release { call: false }),
    ("release", Event::Release { call: false }),
    ("excluded", Event::Release { call: false }),
    ("call_excluded", Event::Release { call: true }),
    ("call_unhandled", Event::Release { call: true }),
    ("to_open", Event::Open),
    ("to_open_for", Event::OpenFor(Span::ZERO)),
    ("to_half_open", Event::HalfOpen),
    ("reset", Event::Reset),
    ("to_forced_open", Event::ByHand),
    ("to_disabled", Event::ByHand),
    ("to_metrics_only", Event::ByHand),
    ("isolate", Event::ByHand),
];

impl Step {
    /// Reads a step; what its `expect` leaves out, or sets to null, is not asserted.
    pub fn read(dialect: &Dialect, step: &Reader) -> Reading<Step> {
        let Some(event) = step.word("event", &EVENTS)? else { return refuse("a step without an event") };
        let Some(at) = step.number("at_ms")? else { return refuse("a step without an instant") };
        let ms = |ms: f64| Span::from_nanos_f64(ms * 1e6);
        let event = match (event, step.text("event")?.unwrap_or_default()) {
            (Event::ByHand, name) => return refuse(format!("{name}: a state set by hand that ours does not have")),
            (Event::OpenFor(_), _) => match step.count("wait_ms")? {
                Some(wait) => Event::OpenFor(Span::millis(wait)),
                None => return refuse("to_open_for without a wait"),
            },
            (event, _) => event,
        };
        let expect = step.object("expect")?;
        let expectations =
            expect.keys().into_iter().filter_map(|key| Expectation::read(dialect, &expect, key).transpose());
        Ok(Step {
            at: Time::at(ms(at)),
            event,
            id: step.get("id").map(|id| id.raw().to_string()),
            duration: step.number("duration_ms")?.map(ms),
            expect: expectations.collect::<Reading<_>>()?,
        })
    }
}

/// An expectation by its key, and the value that is expected.
struct Expectation {
    key: &'static str,
    value: Expected,
}

enum Expected {
    Flag(bool),
    Word(String),
    Rate(f64),
    Count(u64),
}

impl Expectation {
    fn read(dialect: &Dialect, expect: &Reader, key: &str) -> Reading<Option<Expectation>> {
        let Some(key) = dialect.lib.expectations().iter().find(|known| **known == key).copied() else {
            // Left unread, it is refused by its name.
            return Ok(None);
        };
        let Some(value) = expect.get(key) else { return Ok(None) };
        let words: &[&str] = match key {
            "state" => &["CLOSED", "OPEN", "HALF_OPEN"],
            "error" => &["illegal_transition"],
            "result" => &RESULTS,
            _ => &[],
        };
        let value = match key {
            "permitted" => Expected::Flag(value.as_flag()?),
            "state" | "error" | "result" => match value.as_text()? {
                word if words.contains(&word) => Expected::Word(word.to_owned()),
                _ => return value.refused(),
            },
            "failure_rate" | "slow_rate" => Expected::Rate(value.as_number()?),
            _ => Expected::Count(value.as_count()?),
        };
        Ok(Some(Expectation { key, value }))
    }
}

/// What Resilience4j's metrics answer when they have taken in a result.
const RESULTS: [&str; 5] = [
    "BELOW_MINIMUM_CALLS_THRESHOLD",
    "ABOVE_THRESHOLDS",
    "FAILURE_RATE_ABOVE_THRESHOLDS",
    "SLOW_CALL_RATE_ABOVE_THRESHOLDS",
    "BELOW_THRESHOLDS",
];

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

/// The answer to a step, beside the state.
#[derive(Default)]
struct Response {
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
    fn step(&mut self, step: &Step) -> Verdict {
        match self.act(step) {
            Ok(response) => all(step.expect.iter().map(|expected| self.compare(step.at, expected, &response))),
            Err(reason) => no(reason),
        }
    }

    fn act(&mut self, step: &Step) -> Result<Response, String> {
        let now = step.at;
        self.breaker.on_timer(now);
        let mut response = Response::default();
        match step.event {
            Event::Observe => {}
            Event::Try => response.permitted = Some(self.acquire(now, step.id.clone())?),
            Event::Result { call: true, success, slow } => {
                let length = self.length(step, slow);
                response.permitted = Some(self.call(now, |rig| rig.record(now, None, success, length))?);
            }
            Event::Result { call: false, success, slow } => {
                self.record(now, step.id.clone(), success, self.length(step, slow));
            }
            Event::Release { call: true } => {
                response.permitted = Some(self.call(now, |rig| rig.release(now, None))?);
            }
            Event::Release { call: false } => self.release(now, step.id.clone()),
            Event::Open => self.breaker.trip(now, self.dialect.config.open_for),
            Event::OpenFor(wait) => self.breaker.trip(now, wait),
            Event::HalfOpen => response.illegal = !self.breaker.probe(now),
            Event::Reset => self.breaker.reset(),
            Event::ByHand => return Err("a state set by hand that ours does not have".into()),
        }
        Ok(response)
    }

    /// How long the call of a step took: as it says, or just slow, or no time at all.
    fn length(&self, step: &Step, slow: bool) -> Span {
        let usual = if slow { self.slow_threshold() + Span::millis(1) } else { Span::ZERO };
        step.duration.unwrap_or(usual)
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
        let success = success || self.dialect.config.failures == OutcomeSet::of(&[]);
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

    /// The state as the library reports it. Reading gobreaker's state is what ends its open state.
    fn state(&self, now: Time) -> &'static str {
        let is_over = self.breaker.until().is_some_and(|until| now > until);
        match self.breaker.state() {
            State::Open if self.dialect.lib == Lib::Gobreaker && is_over => "HALF_OPEN",
            State::Closed => "CLOSED",
            State::Open => "OPEN",
            State::HalfOpen => "HALF_OPEN",
        }
    }

    fn compare(&self, now: Time, expected: &Expectation, response: &Response) -> Verdict {
        let key = expected.key;
        match &expected.value {
            Expected::Flag(expected) => same(key, Some(*expected), response.permitted),
            Expected::Word(_) if key == "error" => same("the transition is illegal", true, response.illegal),
            Expected::Word(expected) if key == "result" => same(key, expected.as_str(), self.result(now)),
            Expected::Word(expected) => same(key, expected.as_str(), self.state(now)),
            // The library computes percentages in single precision.
            Expected::Rate(expected) => near(key, *expected, self.percent(now, key), 1e-4),
            Expected::Count(expected) => same(key, *expected, u64::from(self.count(now, key))),
        }
    }

    fn percent(&self, now: Time, key: &str) -> f64 {
        let empty = self.figures_only && self.breaker.counts(now).calls == 0;
        let rate = if key == "slow_rate" { self.breaker.slow_rate(now) } else { self.breaker.failure_rate(now) };
        rate.map_or(if empty { 0.0 } else { -1.0 }, |rate| rate * 100.0)
    }

    fn count(&self, now: Time, key: &str) -> u32 {
        let counts = self.breaker.counts(now);
        let streak = self.breaker.streak().unwrap_or_default();
        match key {
            "buffered" => counts.calls,
            "failed" => counts.failed,
            "successful" => counts.successful(),
            "slow" => counts.slow,
            "slow_failed" => counts.slow_failed,
            "slow_successful" => counts.slow - counts.slow_failed,
            "not_permitted" => self.breaker.not_permitted(),
            "requests" => streak.requests,
            "successes" => streak.successes,
            "failures" => streak.failures,
            "exclusions" => streak.exclusions,
            "consecutive_successes" => streak.consecutive_successes,
            "consecutive_failures" => streak.consecutive_failures,
            other => unreachable!("no count is called {other}"),
        }
    }

    /// What Resilience4j's metrics answer when they have taken in a result.
    fn result(&self, now: Time) -> &'static str {
        let [below_minimum, both, failed_only, slow_only, neither] = RESULTS;
        let Trip::Rate { failure_rate, slow_rate, .. } = self.dialect.config.trip else { return "" };
        let (Some(failed), Some(slow)) = (self.breaker.failure_rate(now), self.breaker.slow_rate(now)) else {
            return below_minimum;
        };
        match (failed >= failure_rate, slow >= slow_rate) {
            (true, true) => both,
            (true, false) => failed_only,
            (false, true) => slow_only,
            (false, false) => neither,
        }
    }
}
