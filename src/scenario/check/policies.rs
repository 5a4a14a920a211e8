//! Checks the settings of a link's policies, each by itself.

use super::numbers::Numbers;
use crate::outcome::{Outcome, OutcomeSet};
use crate::policy::breaker::{self, Trip, Window};
use crate::policy::retry::{self, Backoff};
use crate::policy::{budget, fallback};
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::scenario::words::{Countable, Retriable, Word};
use crate::scenario::{Link, limits};
use crate::time::Span;

pub(super) fn values(problems: &mut Problems, at: &Path, link: &Link) {
    if let Some(config) = &link.retry {
        retry(problems, &at.field("retry"), config);
    }
    if let Some(config) = &link.breaker {
        breaker(problems, &at.field("breaker"), config);
    }
    if let Some(bulkhead) = link.bulkhead {
        let at = at.field("bulkhead");
        problems.at_least_one(&at.field("max_concurrent"), bulkhead.max_concurrent);
        problems.span(&at.field("max_wait"), bulkhead.max_wait);
    }
    if let Some(hedge) = link.hedge {
        let at = at.field("hedge");
        problems.span(&at.field("after"), hedge.after);
        problems.at_least_one(&at.field("max"), hedge.max);
    }
    if let Some(deadline) = link.deadline {
        let at = at.field("deadline");
        if let Some(set) = deadline.set {
            problems.span(&at.field("set"), set);
        }
        problems.span(&at.field("reserve"), deadline.reserve);
        problems.span(&at.field("skip_below"), deadline.skip_below);
    }
    if let Some(fallback::Config::Cached { ttl }) = link.fallback {
        problems.span(&at.field("fallback").field("cached").field("ttl"), ttl);
    }
    if let Some(ask) = link.ask {
        let at = at.field("ask");
        problems.span_above_zero(&at.field("timeout"), ask.timeout);
        problems.at_least_one(&at.field("attempts"), ask.attempts);
    }
    if let Some(compensate) = link.compensate
        && !compensate.on_unknown
        && !compensate.on_later_failure
    {
        problems.tell(&at.field("compensate").field("on"), || {
            "is empty; it needs \"unknown\", \"later_failure\" or both".to_owned()
        });
    }
}

fn retry(problems: &mut Problems, at: &Path, retry: &retry::Config) {
    problems.at_least_one(&at.field("max_attempts"), retry.max_attempts);
    outcomes(problems, &at.field("on"), retry.on, "be retried", |outcome| word_of(Retriable(outcome)));
    let backoff = at.field("backoff");
    match retry.backoff {
        Backoff::None => {}
        Backoff::Constant(wait) => problems.span(&backoff.field("constant"), wait),
        Backoff::Linear { base, max } => growth(problems, &backoff.field("linear"), base, max),
        Backoff::Exponential { base, factor, max } => {
            let at = backoff.field("exponential");
            growth(problems, &at, base, max);
            problems.within(&at.field("factor"), factor, 1.0, limits::FACTOR);
        }
    }
    let at = at.field("budget");
    match retry.budget {
        None => {}
        Some(budget::Config::Ratio { ratio, min_per_second, window }) => {
            problems.within(&at.field("ratio"), ratio, 0.0, 1_000.0);
            problems.within(&at.field("min_per_second"), min_per_second, 0.0, limits::RATE);
            problems.span_above_zero(&at.field("window"), window);
        }
        Some(budget::Config::Tokens { max_tokens, token_ratio }) => {
            problems.within(&at.field("max_tokens"), max_tokens, 1.0, 1_000.0);
            problems.above_zero(&at.field("token_ratio"), token_ratio, 1_000.0);
        }
    }
}

/// A wait that grows from `base` to `max`, which is `Span::MAX` where there is no cap.
fn growth(problems: &mut Problems, at: &Path, base: Span, max: Span) {
    problems.span(&at.field("base"), base);
    if max == Span::MAX {
        return;
    }
    problems.span(&at.field("max"), max);
    if max < base {
        problems.tell(&at.field("max"), || format!("\"{max}\" is shorter than the base, \"{base}\""));
    }
}

fn breaker(problems: &mut Problems, at: &Path, breaker: &breaker::Config) {
    match &breaker.trip {
        Trip::Consecutive { failures } => problems.at_least_one(&at.field("consecutive_failures"), *failures),
        Trip::Rate { window, minimum_calls, failure_rate, slow_duration, slow_rate } => {
            problems.at_least_one(&at.field("minimum_calls"), *minimum_calls);
            self::window(problems, at, *window, *minimum_calls);
            problems.share_above_zero(&at.field("failure_rate"), *failure_rate);
            problems.span(&at.field("slow").field("duration"), *slow_duration);
            problems.share_above_zero(&at.field("slow").field("rate"), *slow_rate);
        }
    }
    problems.span(&at.field("open_for"), breaker.open_for);
    problems.at_least_one(&at.field("half_open_calls"), breaker.half_open_calls);
    if let Some(max) = breaker.half_open_max {
        problems.span_above_zero(&at.field("half_open_max"), max);
    }
    outcomes(problems, &at.field("failures"), breaker.failures, "count as a failure", |o| word_of(Countable(o)));
}

fn window(problems: &mut Problems, at: &Path, window: Window, minimum_calls: u32) {
    let place = at.field("window");
    let (calls_at, time_at) = (place.field("calls"), place.field("time"));
    match window {
        Window::Calls(0) => problems.at_least_one(&calls_at, 0),
        Window::Calls(calls) if calls > limits::BREAKER_WINDOW => {
            problems.tell(&calls_at, || format!("{calls} are too many; at most {} are kept", limits::BREAKER_WINDOW));
        }
        Window::Calls(calls) if minimum_calls > calls && problems.can_trust(&calls_at) => {
            problems
                .tell(&at.field("minimum_calls"), || format!("a window of {calls} calls never holds {minimum_calls}"));
        }
        Window::Calls(_) => {}
        Window::Time(span) => {
            let second = Span::secs(1).as_nanos();
            let whole = span.as_nanos().is_multiple_of(second);
            let seconds = span.as_nanos() / second;
            if !whole || seconds == 0 || seconds > u64::from(limits::BREAKER_WINDOW) {
                problems.tell(&time_at, || {
                    format!("\"{span}\" is not a number of whole seconds, 1 to {}", limits::BREAKER_WINDOW)
                });
            }
        }
    }
}

/// That all outcomes of a set have a word in its list.
fn outcomes(problems: &mut Problems, at: &Path, set: OutcomeSet, what: &str, word: impl Fn(Outcome) -> &'static str) {
    for outcome in set.iter().filter(|outcome| word(*outcome).is_empty()) {
        problems.tell(at, || format!("\"{}\" cannot {what}", outcome.name()));
    }
}

fn word_of<W: Word>(word: W) -> &'static str {
    word.word()
}
