//! Writes the policies of a link.

use super::{Fields, count, flag, list, number, object, span, text, word};
use crate::outcome::{Outcome, OutcomeSet};
use crate::policy::breaker::{self, Trip, Window};
use crate::policy::retry::{self, Backoff, Jitter};
use crate::policy::{budget, bulkhead, deadline, fallback, hedge};
use crate::scenario::json::Json;
use crate::scenario::read::default_minimum;
use crate::scenario::{Ask, Compensate, Link};
use crate::time::Span;

pub(super) fn write_policies(o: &mut Fields, link: &Link) {
    o.some("retry", &link.retry, retry);
    o.some("breaker", &link.breaker, breaker);
    o.some("bulkhead", &link.bulkhead, bulkhead);
    o.some("hedge", &link.hedge, hedge);
    o.some("deadline", &link.deadline, deadline);
    o.some("fallback", &link.fallback, fallback);
    o.some("ask", &link.ask, ask);
    o.some("compensate", &link.compensate, compensate);
}

fn retry(retry: &retry::Config) -> Json {
    let mut o = Fields::default();
    // The number that readers of a retry look for first; it is written always.
    o.put("max_attempts", count(&retry.max_attempts));
    o.unless(&retry.backoff, &Backoff::None, "backoff", backoff);
    o.unless(&retry.jitter, &Jitter::None, "jitter", word);
    o.unless(&retry.on, &OutcomeSet::RETRIED, "on", outcomes);
    o.unless(&retry.repeats_unsafe, &false, "unsafe", flag);
    o.some("budget", &retry.budget, budget);
    o.object()
}

fn outcomes(set: &OutcomeSet) -> Json {
    let outcomes: Vec<Outcome> = set.iter().collect();
    list(&outcomes, |outcome| text(outcome.name()))
}

fn backoff(backoff: &Backoff) -> Json {
    match backoff {
        Backoff::None => text("none"),
        Backoff::Constant(wait) => object([("constant", span(wait))]),
        Backoff::Linear { base, max } => {
            let mut o = Fields::default();
            o.put("base", span(base));
            o.unless(max, &Span::MAX, "max", span);
            object([("linear", o.object())])
        }
        Backoff::Exponential { base, factor, max } => {
            let mut o = Fields::default();
            o.put("base", span(base));
            o.unless(factor, &2.0, "factor", number);
            o.unless(max, &Span::MAX, "max", span);
            object([("exponential", o.object())])
        }
    }
}

fn budget(budget: &budget::Config) -> Json {
    let mut o = Fields::default();
    match budget {
        budget::Config::Ratio { ratio, min_per_second, window } => {
            o.put("ratio", number(ratio));
            o.unless(min_per_second, &10.0, "min_per_second", number);
            o.unless(window, &Span::secs(10), "window", span);
        }
        budget::Config::Tokens { max_tokens, token_ratio } => {
            o.put("max_tokens", number(max_tokens));
            o.put("token_ratio", number(token_ratio));
        }
    }
    o.object()
}

fn breaker(breaker: &breaker::Config) -> Json {
    let mut o = Fields::default();
    let usual_half_open_calls = match &breaker.trip {
        Trip::Rate { window: kept, minimum_calls, failure_rate, slow_duration, slow_rate } => {
            o.unless(kept, &Window::Calls(100), "window", window);
            o.unless(minimum_calls, &default_minimum(*kept), "minimum_calls", count);
            o.unless(failure_rate, &0.5, "failure_rate", number);
            let mut slow = Fields::default();
            slow.unless(slow_duration, &Span::secs(60), "duration", span);
            slow.unless(slow_rate, &1.0, "rate", number);
            if !slow.0.is_empty() {
                o.put("slow", slow.object());
            }
            10
        }
        Trip::Consecutive { failures } => {
            o.put("consecutive_failures", count(failures));
            1
        }
    };
    o.unless(&breaker.open_for, &Span::secs(60), "open_for", span);
    o.unless(&breaker.half_open_calls, &usual_half_open_calls, "half_open_calls", count);
    o.some("half_open_max", &breaker.half_open_max, span);
    o.unless(&breaker.automatic, &false, "automatic", flag);
    o.unless(&breaker.failures, &OutcomeSet::FAILURES, "failures", outcomes);
    o.object()
}

fn window(window: &Window) -> Json {
    match window {
        Window::Calls(calls) => object([("calls", count(calls))]),
        Window::Time(time) => object([("time", span(time))]),
    }
}

fn bulkhead(bulkhead: &bulkhead::Config) -> Json {
    let mut o = Fields::default();
    o.put("max_concurrent", count(&bulkhead.max_concurrent));
    o.unless(&bulkhead.max_wait, &Span::ZERO, "max_wait", span);
    o.object()
}

fn hedge(hedge: &hedge::Config) -> Json {
    let mut o = Fields::default();
    o.put("after", span(&hedge.after));
    o.unless(&hedge.max, &1, "max", count);
    o.object()
}

fn deadline(deadline: &deadline::Config) -> Json {
    let mut o = Fields::default();
    o.some("set", &deadline.set, span);
    o.unless(&deadline.pass_on, &true, "pass_on", flag);
    o.unless(&deadline.reserve, &Span::ZERO, "reserve", span);
    o.unless(&deadline.skip_below, &Span::ZERO, "skip_below", span);
    o.object()
}

fn fallback(fallback: &fallback::Config) -> Json {
    match fallback {
        fallback::Config::Default => text("default"),
        fallback::Config::Omit => text("omit"),
        fallback::Config::Cached { ttl } => object([("cached", object([("ttl", span(ttl))]))]),
    }
}

fn ask(ask: &Ask) -> Json {
    let mut o = Fields::default();
    o.unless(&ask.timeout, &Span::secs(1), "timeout", span);
    o.unless(&ask.attempts, &3, "attempts", count);
    o.object()
}

fn compensate(compensate: &Compensate) -> Json {
    let occasions = [(compensate.on_unknown, "unknown"), (compensate.on_later_failure, "later_failure")];
    let on: Vec<&str> = occasions.into_iter().filter(|(set, _)| *set).map(|(_, name)| name).collect();
    object([("on", list(&on, text))])
}
