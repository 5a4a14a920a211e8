//! `breaker` of a link.

use super::outcomes;
use super::part::Part;
use super::reader::{Object, Reader};
use super::writer::{Fields, count, flag, number, object, span};
use crate::policy::breaker::{Config, Trip, Window};
use crate::scenario::json::Json;
use crate::scenario::limits;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::time::Span;

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

impl Part for Config {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "a circuit breaker", FIELDS)?;
        let trip = if o.has("consecutive_failures") { consecutive(r, &o) } else { rate(r, &o) };
        let mut breaker = Config::of(trip);
        r.fill(&mut breaker.open_for, &o, "open_for", Reader::duration);
        r.fill(&mut breaker.half_open_calls, &o, "half_open_calls", Reader::count);
        breaker.half_open_max = r.optional(&o, "half_open_max", Reader::duration);
        r.fill(&mut breaker.automatic, &o, "automatic", Reader::flag);
        r.fill(&mut breaker.failures, &o, "failures", |r, at, json| outcomes::read(r, at, json, &outcomes::COUNTABLE));
        Some(breaker)
    }

    fn write(&self) -> Json {
        let Config { trip, open_for, half_open_calls, half_open_max, automatic, failures } = self;
        let default = Config::of(trip.clone());
        let mut o = Fields::default();
        write_trip(&mut o, trip);
        o.unless(open_for, &default.open_for, "open_for", span);
        o.unless(half_open_calls, &default.half_open_calls, "half_open_calls", count);
        o.some("half_open_max", half_open_max, span);
        o.unless(automatic, &default.automatic, "automatic", flag);
        o.unless(failures, &default.failures, "failures", outcomes::write);
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        let Config { trip, open_for, half_open_calls, half_open_max, automatic: _, failures } = self;
        check_trip(problems, at, trip);
        problems.span(&at.field("open_for"), *open_for);
        problems.at_least_one(&at.field("half_open_calls"), *half_open_calls);
        if let Some(max) = half_open_max {
            problems.span_above_zero(&at.field("half_open_max"), *max);
        }
        outcomes::check(problems, &at.field("failures"), *failures, &outcomes::COUNTABLE);
    }
}

fn consecutive(r: &mut Reader, o: &Object) -> Trip {
    for name in ["window", "minimum_calls", "failure_rate", "slow"].into_iter().filter(|name| o.has(name)) {
        r.unread::<()>(&o.at.field(name), || {
            "does not go with consecutive_failures: a breaker trips in one way".to_owned()
        });
    }
    let mut failures = Trip::CONSECUTIVE_FAILURES;
    r.fill(&mut failures, o, "consecutive_failures", Reader::count);
    Trip::Consecutive { failures }
}

fn rate(r: &mut Reader, o: &Object) -> Trip {
    let mut trip = Trip::rate(r.optional(o, "window", Part::read).unwrap_or_default());
    if let Trip::Rate { window: _, minimum_calls, failure_rate, slow_duration, slow_rate } = &mut trip {
        r.fill(minimum_calls, o, "minimum_calls", Reader::count);
        r.fill(failure_rate, o, "failure_rate", Reader::number);
        r.optional(o, "slow", |r, at, json| {
            let o = r.object(at, json, "a rule for slow calls", &["duration", "rate"])?;
            r.fill(slow_duration, &o, "duration", Reader::duration);
            r.fill(slow_rate, &o, "rate", Reader::number);
            Some(())
        });
    }
    trip
}

fn write_trip(o: &mut Fields, trip: &Trip) {
    match trip {
        Trip::Rate { window, minimum_calls, failure_rate, slow_duration, slow_rate } => {
            o.unless(window, &Window::default(), "window", Part::write);
            o.unless(minimum_calls, &Trip::minimum_calls(*window), "minimum_calls", count);
            o.unless(failure_rate, &Trip::FAILURE_RATE, "failure_rate", number);
            let mut slow = Fields::default();
            slow.unless(slow_duration, &Trip::SLOW_DURATION, "duration", span);
            slow.unless(slow_rate, &Trip::SLOW_RATE, "rate", number);
            if !slow.is_empty() {
                o.put("slow", slow.object());
            }
        }
        Trip::Consecutive { failures } => o.put("consecutive_failures", count(failures)),
    }
}

fn check_trip(problems: &mut Problems, at: &Path, trip: &Trip) {
    match trip {
        Trip::Consecutive { failures } => problems.at_least_one(&at.field("consecutive_failures"), *failures),
        Trip::Rate { window, minimum_calls, failure_rate, slow_duration, slow_rate } => {
            problems.at_least_one(&at.field("minimum_calls"), *minimum_calls);
            window.check(problems, &at.field("window"));
            can_be_held(problems, at, *window, *minimum_calls);
            problems.share_above_zero(&at.field("failure_rate"), *failure_rate);
            problems.span(&at.field("slow").field("duration"), *slow_duration);
            problems.share_above_zero(&at.field("slow").field("rate"), *slow_rate);
        }
    }
}

/// A window that is itself within its limits has to be able to hold the minimum.
fn can_be_held(problems: &mut Problems, at: &Path, window: Window, minimum_calls: u32) {
    let window_at = at.field("window");
    if let Window::Calls(calls @ 1..=limits::BREAKER_WINDOW) = window
        && minimum_calls > calls
        && problems.can_trust(&window_at.field("calls"))
    {
        problems
            .report(&at.field("minimum_calls"), || format!("a window of {calls} calls never holds {minimum_calls}"));
    }
}

impl Part for Window {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        const NAMES: &[&str] = &["calls", "time"];
        const WHAT: &str = "a window";
        let o = r.object(at, json, WHAT, NAMES)?;
        match r.exactly_one(&o, WHAT, NAMES)? {
            "calls" => r.required(&o, "calls", Reader::count).map(Window::Calls),
            _ => r.required(&o, "time", Reader::duration).map(Window::Time),
        }
    }

    fn write(&self) -> Json {
        match self {
            Window::Calls(calls) => object([("calls", count(calls))]),
            Window::Time(time) => object([("time", span(time))]),
        }
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        const MOST: u32 = limits::BREAKER_WINDOW;
        match *self {
            Window::Calls(calls) if calls > MOST => {
                problems.report(&at.field("calls"), || format!("{calls} are too many; at most {MOST} are kept"));
            }
            Window::Calls(calls) => problems.at_least_one(&at.field("calls"), calls),
            Window::Time(span) => {
                let second = Span::secs(1).as_nanos();
                let whole = span.as_nanos().is_multiple_of(second);
                let seconds = span.as_nanos() / second;
                if !whole || seconds == 0 || seconds > u64::from(MOST) {
                    problems.report(&at.field("time"), || {
                        format!("\"{span}\" is not a number of whole seconds, 1 to {MOST}")
                    });
                }
            }
        }
    }
}
