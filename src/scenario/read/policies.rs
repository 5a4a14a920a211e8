//! Reads the policies of a link, with the defaults that their settings document.

use super::fields::{Object, Reader};
use crate::outcome::{Outcome, OutcomeSet};
use crate::policy::breaker::{self, Trip, Window};
use crate::policy::retry::{self, Backoff};
use crate::policy::{budget, bulkhead, deadline, fallback, hedge};
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::words::{Countable, Retriable, Word};
use crate::time::Span;

pub(super) fn retry(r: &mut Reader, at: &Path, json: &Json) -> Option<retry::Config> {
    let o = r.object(at, json, "a retry", &["max_attempts", "backoff", "jitter", "on", "unsafe", "budget"])?;
    let mut retry = retry::Config::of(3);
    r.fill(&mut retry.max_attempts, &o, "max_attempts", Reader::count);
    r.fill(&mut retry.backoff, &o, "backoff", backoff);
    r.fill(&mut retry.jitter, &o, "jitter", Reader::word);
    r.fill(&mut retry.on, &o, "on", |r, at, json| outcomes(r, at, json, |Retriable(outcome)| outcome));
    r.fill(&mut retry.repeats_unsafe, &o, "unsafe", Reader::flag);
    retry.budget = r.optional(&o, "budget", budget);
    Some(retry)
}

fn outcomes<W: Word>(r: &mut Reader, at: &Path, json: &Json, outcome: fn(W) -> Outcome) -> Option<OutcomeSet> {
    let words = r.list(at, json, 100, |r, at, json| r.word::<W>(at, json))?;
    let found = words.into_iter().map(|word| word.map(outcome)).collect::<Option<Vec<Outcome>>>()?;
    Some(OutcomeSet::of(&found))
}

fn backoff(r: &mut Reader, at: &Path, json: &Json) -> Option<Backoff> {
    const NAMES: &[&str] = &["constant", "linear", "exponential"];
    const WHAT: &str = "a backoff";
    match json {
        Json::Text(text) if text == "none" => return Some(Backoff::None),
        Json::Object(_) => {}
        _ => {
            return r.unread(at, || {
                format!(
                    "{json} is not a backoff: \"none\", or one of {}, e.g. {{\"constant\": \"100ms\"}}",
                    NAMES.join(", ")
                )
            });
        }
    }
    let o = r.object(at, json, WHAT, NAMES)?;
    match r.exactly_one(&o, WHAT, NAMES)? {
        "constant" => r.required(&o, "constant", Reader::duration).map(Backoff::Constant),
        "linear" => r.required(&o, "linear", linear),
        _ => r.required(&o, "exponential", exponential),
    }
}

fn linear(r: &mut Reader, at: &Path, json: &Json) -> Option<Backoff> {
    if let Json::Text(_) = json {
        return r.duration(at, json).map(|base| Backoff::Linear { base, max: Span::MAX });
    }
    let o = r.object(at, json, "a linear backoff", &["base", "max"])?;
    let (base, max) = (r.required(&o, "base", Reader::duration), r.optional(&o, "max", Reader::duration));
    Some(Backoff::Linear { base: base?, max: max.unwrap_or(Span::MAX) })
}

fn exponential(r: &mut Reader, at: &Path, json: &Json) -> Option<Backoff> {
    let mut factor = 2.0;
    if let Json::Text(_) = json {
        return r.duration(at, json).map(|base| Backoff::Exponential { base, factor, max: Span::MAX });
    }
    let o = r.object(at, json, "an exponential backoff", &["base", "factor", "max"])?;
    let base = r.required(&o, "base", Reader::duration);
    r.fill(&mut factor, &o, "factor", Reader::number);
    let max = r.optional(&o, "max", Reader::duration).unwrap_or(Span::MAX);
    Some(Backoff::Exponential { base: base?, factor, max })
}

fn budget(r: &mut Reader, at: &Path, json: &Json) -> Option<budget::Config> {
    const RATIO: [&str; 3] = ["ratio", "min_per_second", "window"];
    const TOKENS: [&str; 2] = ["max_tokens", "token_ratio"];
    let o =
        r.object(at, json, "a retry budget", &["ratio", "min_per_second", "window", "max_tokens", "token_ratio"])?;
    if TOKENS.iter().any(|name| o.has(name)) {
        if let Some(name) = RATIO.into_iter().find(|name| o.has(name)) {
            return r.unread(&at.field(name), || {
                "does not go with max_tokens and token_ratio: a budget is of one kind".to_owned()
            });
        }
        let max_tokens = r.required(&o, "max_tokens", Reader::number);
        let token_ratio = r.required(&o, "token_ratio", Reader::number);
        return Some(budget::Config::Tokens { max_tokens: max_tokens?, token_ratio: token_ratio? });
    }
    let (mut ratio, mut min_per_second, mut window) = (0.2, 10.0, Span::secs(10));
    r.fill(&mut ratio, &o, "ratio", Reader::number);
    r.fill(&mut min_per_second, &o, "min_per_second", Reader::number);
    r.fill(&mut window, &o, "window", Reader::duration);
    Some(budget::Config::Ratio { ratio, min_per_second, window })
}

pub(super) fn breaker(r: &mut Reader, at: &Path, json: &Json) -> Option<breaker::Config> {
    const FIELDS: &[&str] = &[
        "window",
        "minimum_calls",
        "failure_rate",
        "slow",
        "consecutive_failures",
        "open_for",
        "half_open_calls",
        "half_open_max",
        "automatic",
        "failures",
    ];
    let o = r.object(at, json, "a circuit breaker", FIELDS)?;
    let plain = o.has("consecutive_failures");
    let mut breaker = breaker::Config {
        trip: if plain { consecutive(r, &o) } else { rate(r, &o) },
        open_for: Span::secs(60),
        half_open_calls: if plain { 1 } else { 10 },
        half_open_max: None,
        automatic: false,
        failures: OutcomeSet::FAILURES,
    };
    r.fill(&mut breaker.open_for, &o, "open_for", Reader::duration);
    r.fill(&mut breaker.half_open_calls, &o, "half_open_calls", Reader::count);
    breaker.half_open_max = r.optional(&o, "half_open_max", Reader::duration);
    r.fill(&mut breaker.automatic, &o, "automatic", Reader::flag);
    r.fill(&mut breaker.failures, &o, "failures", |r, at, json| outcomes(r, at, json, |Countable(outcome)| outcome));
    Some(breaker)
}

fn consecutive(r: &mut Reader, o: &Object) -> Trip {
    for name in ["window", "minimum_calls", "failure_rate", "slow"].into_iter().filter(|name| o.has(name)) {
        r.unread::<()>(&o.at.field(name), || {
            "does not go with consecutive_failures: a breaker trips in one way".to_owned()
        });
    }
    let mut failures = 5;
    r.fill(&mut failures, o, "consecutive_failures", Reader::count);
    Trip::Consecutive { failures }
}

fn rate(r: &mut Reader, o: &Object) -> Trip {
    let window = r.optional(o, "window", window).unwrap_or(Window::Calls(DEFAULT_CALLS));
    let mut minimum_calls = default_minimum(window);
    let (mut failure_rate, mut slow_duration, mut slow_rate) = (0.5, Span::secs(60), 1.0);
    r.fill(&mut minimum_calls, o, "minimum_calls", Reader::count);
    r.fill(&mut failure_rate, o, "failure_rate", Reader::number);
    r.optional(o, "slow", |r, at, json| {
        let o = r.object(at, json, "a rule for slow calls", &["duration", "rate"])?;
        r.fill(&mut slow_duration, &o, "duration", Reader::duration);
        r.fill(&mut slow_rate, &o, "rate", Reader::number);
        Some(())
    });
    Trip::Rate { window, minimum_calls, failure_rate, slow_duration, slow_rate }
}

const DEFAULT_CALLS: u32 = 100;

/// The minimum that a breaker has unless the scenario says otherwise: 100 calls, or as many as the window holds.
pub(in crate::scenario) fn default_minimum(window: Window) -> u32 {
    match window {
        Window::Calls(calls) => calls.min(DEFAULT_CALLS),
        Window::Time(_) => DEFAULT_CALLS,
    }
}

fn window(r: &mut Reader, at: &Path, json: &Json) -> Option<Window> {
    const NAMES: &[&str] = &["calls", "time"];
    const WHAT: &str = "a window";
    let o = r.object(at, json, WHAT, NAMES)?;
    match r.exactly_one(&o, WHAT, NAMES)? {
        "calls" => r.required(&o, "calls", Reader::count).map(Window::Calls),
        _ => r.required(&o, "time", Reader::duration).map(Window::Time),
    }
}

pub(super) fn bulkhead(r: &mut Reader, at: &Path, json: &Json) -> Option<bulkhead::Config> {
    let o = r.object(at, json, "a bulkhead", &["max_concurrent", "max_wait"])?;
    let max_concurrent = r.required(&o, "max_concurrent", Reader::count);
    let max_wait = r.optional(&o, "max_wait", Reader::duration).unwrap_or(Span::ZERO);
    Some(bulkhead::Config { max_concurrent: max_concurrent?, max_wait })
}

pub(super) fn hedge(r: &mut Reader, at: &Path, json: &Json) -> Option<hedge::Config> {
    let o = r.object(at, json, "hedging", &["after", "max"])?;
    let after = r.required(&o, "after", Reader::duration);
    let max = r.optional(&o, "max", Reader::count).unwrap_or(1);
    Some(hedge::Config { after: after?, max })
}

pub(super) fn deadline(r: &mut Reader, at: &Path, json: &Json) -> Option<deadline::Config> {
    let o = r.object(at, json, "a deadline", &["set", "pass_on", "reserve", "skip_below"])?;
    let mut deadline = deadline::Config { set: None, pass_on: true, reserve: Span::ZERO, skip_below: Span::ZERO };
    deadline.set = r.optional(&o, "set", Reader::duration);
    r.fill(&mut deadline.pass_on, &o, "pass_on", Reader::flag);
    r.fill(&mut deadline.reserve, &o, "reserve", Reader::duration);
    r.fill(&mut deadline.skip_below, &o, "skip_below", Reader::duration);
    Some(deadline)
}

pub(super) fn fallback(r: &mut Reader, at: &Path, json: &Json) -> Option<fallback::Config> {
    match json {
        Json::Text(text) if text == "default" => Some(fallback::Config::Default),
        Json::Text(text) if text == "omit" => Some(fallback::Config::Omit),
        Json::Object(fields) if fields.iter().any(|(name, _)| name == "cached") => {
            let o = r.object(at, json, "a fallback", &["cached"])?;
            let ttl = r.required(&o, "cached", |r, at, json| {
                let o = r.object(at, json, "a cached answer", &["ttl"])?;
                r.required(&o, "ttl", Reader::duration)
            })?;
            Some(fallback::Config::Cached { ttl })
        }
        _ => r.unread(at, || {
            format!("{json} is not a fallback: \"default\", \"omit\" or {{\"cached\": {{\"ttl\": \"5m\"}}}}")
        }),
    }
}
