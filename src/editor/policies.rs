//! The policies of a link as cards, with their parameters.

use super::card::Card;
use super::field::{Field, Input, Typed, within};
use super::sketch::{Sketch, answers, backoff, cells, strip};
use crate::outcome::OutcomeSet;
use crate::policy::retry::{Backoff, Jitter};
use crate::policy::{breaker, budget, bulkhead, deadline, fallback, hedge, retry};
use crate::scenario::{Ask, Compensate, Link, Service};
use crate::text::{Exact, Id, Message, Share};
use crate::time::Span;
use crate::{id, msg};

/// The cards of all policies of a link to a callee.
pub fn cards(link: &Link, callee: Option<&Service>) -> Vec<Card<Link>> {
    vec![
        timeout(link, callee),
        retry(link),
        request_id(link),
        breaker(link),
        deadline(link),
        fallback(link),
        bulkhead(link),
        hedge(link),
        ask(link),
        compensate(link),
    ]
}

fn timeout(link: &Link, callee: Option<&Service>) -> Card<Link> {
    Card::policy(
        id!("card-timeout"),
        link.timeout.is_some(),
        |l, on| l.timeout = on.then_some(Span::millis(500)),
        vec![Field::dial(id!("field-timeout"), |l: &mut Link| l.timeout.as_mut())],
    )
    .saying(link.timeout.map(duration))
    .drawn([callee.and_then(|callee| answers::of(link, callee)).map(Sketch::Curve)])
}

fn retry(link: &Link) -> Card<Link> {
    const JITTERS: [(Jitter, Id); 4] = [
        (Jitter::None, id!("option-none")),
        (Jitter::Full, id!("option-jitter-full")),
        (Jitter::Equal, id!("option-jitter-equal")),
        (Jitter::Decorrelated, id!("option-jitter-decorrelated")),
    ];
    let mut fields =
        vec![Field::number(id!("field-attempts"), Some(id!("hint-first-included")), |c: &mut retry::Config| {
            Some(&mut c.max_attempts)
        })];
    fields.extend(within(backoff_fields(), |c: &mut retry::Config| Some(&mut c.backoff)));
    fields.push(Field::choice(id!("field-jitter"), &JITTERS, |c: &mut retry::Config| {
        (c.backoff != Backoff::None).then_some(&mut c.jitter)
    }));
    fields.push(
        Field::new(id!("field-retry-on"), None, Input::Outcomes(OutcomeSet::RETRIABLE), |c: &mut retry::Config| {
            Some(&mut c.on)
        })
        .rare(),
    );
    fields.push(
        Field::switch(id!("field-retry-unsafe"), Some(id!("hint-retry-unsafe")), |c: &mut retry::Config| {
            Some(&mut c.repeats_unsafe)
        })
        .rare(),
    );
    fields.extend(budget_fields());
    Card::policy(
        id!("card-retry"),
        link.retry.is_some(),
        |l, on| l.retry = on.then(default_retry),
        within(fields, |l: &mut Link| l.retry.as_mut()),
    )
    .saying(link.retry.as_ref().map(|c| msg!("summary-attempts", attempts = c.max_attempts)))
    .drawn(link.retry.iter().flat_map(|c| {
        let deadline = link.deadline.and_then(|deadline| deadline.set);
        let strip = strip::of_retry(c, link.timeout, deadline);
        [backoff::of(c).map(Sketch::Schedule), strip.map(Sketch::Strip)]
    }))
}

/// The retry that most libraries recommend: three attempts, exponential backoff with full jitter.
pub fn default_retry() -> retry::Config {
    retry::Config {
        backoff: Backoff::Exponential { base: Span::millis(100), factor: Backoff::FACTOR, max: Span::secs(1) },
        jitter: Jitter::Full,
        ..retry::Config::default()
    }
}

fn backoff_fields() -> Vec<Field<Backoff>> {
    fn name(backoff: &Backoff) -> &'static str {
        match backoff {
            Backoff::None => "none",
            Backoff::Constant(_) => "constant",
            Backoff::Linear { .. } => "linear",
            Backoff::Exponential { .. } => "exponential",
        }
    }
    let options = [
        ("none", id!("option-none")),
        ("constant", id!("option-constant")),
        ("linear", id!("option-linear")),
        ("exponential", id!("option-exponential")),
    ];
    vec![
        Field::custom(
            id!("field-backoff"),
            None,
            Input::choice(options),
            |b| Some(name(b).into()),
            |b, text| {
                let (base, max) = match *b {
                    Backoff::None => (Span::millis(100), Span::secs(1)),
                    Backoff::Constant(base) => (base, base.scaled(10.0)),
                    Backoff::Linear { base, max } | Backoff::Exponential { base, max, .. } => (base, max),
                };
                *b = match text {
                    _ if text == name(b) => *b,
                    "constant" => Backoff::Constant(base),
                    "linear" => Backoff::Linear { base, max },
                    "exponential" => Backoff::Exponential { base, factor: Backoff::FACTOR, max },
                    _ => Backoff::None,
                };
                Ok(())
            },
        ),
        Field::dial(id!("field-first-wait"), |b: &mut Backoff| match b {
            Backoff::None => None,
            Backoff::Constant(base) | Backoff::Linear { base, .. } | Backoff::Exponential { base, .. } => Some(base),
        }),
        Field::number(id!("field-backoff-factor"), Some(id!("hint-each-time")), |b: &mut Backoff| match b {
            Backoff::Exponential { factor, .. } => Some(factor),
            _ => None,
        }),
        longest_wait(),
    ]
}

/// The optional cap of a growing wait.
fn longest_wait() -> Field<Backoff> {
    fn place(backoff: &mut Backoff) -> Option<&mut Span> {
        match backoff {
            Backoff::Linear { max, .. } | Backoff::Exponential { max, .. } => Some(max),
            Backoff::None | Backoff::Constant(_) => None,
        }
    }
    Field::custom(
        id!("field-longest-wait"),
        Some(id!("hint-no-limit")),
        Input::Dial,
        |b: &Backoff| place(&mut b.clone()).map(|max| Some(*max).filter(|max| *max != Backoff::UNCAPPED).show()),
        |b, text| {
            if let Some(max) = place(b) {
                *max = Option::<Span>::read(text.trim())?.unwrap_or(Backoff::UNCAPPED);
            }
            Ok(())
        },
    )
}

fn budget_fields() -> Vec<Field<retry::Config>> {
    use budget::Config::{Ratio, Tokens};
    fn name(config: Option<budget::Config>) -> &'static str {
        match config {
            None => "none",
            Some(Ratio { .. }) => "ratio",
            Some(Tokens { .. }) => "tokens",
        }
    }
    let options =
        [("none", id!("option-none")), ("ratio", id!("option-budget-ratio")), ("tokens", id!("option-budget-tokens"))];
    let mut fields = vec![Field::custom(
        id!("field-retry-budget"),
        None,
        Input::choice(options),
        |c: &retry::Config| Some(name(c.budget).into()),
        |c, text| {
            c.budget = match text {
                _ if text == name(c.budget) => c.budget,
                "ratio" => Some(budget::Config::of(0.1)),
                "tokens" => Some(Tokens { max_tokens: 10.0, token_ratio: 0.1 }),
                _ => None,
            };
            Ok(())
        },
    )];
    let parts: Vec<Field<budget::Config>> = vec![
        Field::number(id!("field-budget-ratio"), Some(id!("hint-budget-ratio")), |b| {
            if let Ratio { ratio, .. } = b { Some(ratio) } else { None }
        }),
        Field::number(id!("field-budget-minimum"), Some(id!("hint-per-second")), |b| match b {
            Ratio { min_per_second, .. } => Some(min_per_second),
            Tokens { .. } => None,
        }),
        Field::dial(id!("field-budget-window"), |b| if let Ratio { window, .. } = b { Some(window) } else { None }),
        Field::number(id!("field-budget-tokens"), Some(id!("hint-at-most")), |b| {
            if let Tokens { max_tokens, .. } = b { Some(max_tokens) } else { None }
        }),
        Field::number(id!("field-budget-token-ratio"), Some(id!("hint-tokens")), |b| match b {
            Tokens { token_ratio, .. } => Some(token_ratio),
            Ratio { .. } => None,
        }),
    ];
    fields.extend(within(parts, |c: &mut retry::Config| c.budget.as_mut()));
    fields
}

fn request_id(link: &Link) -> Card<Link> {
    Card::policy(id!("card-request-id"), link.request_id, |l, on| l.request_id = on, Vec::new())
}

fn breaker(link: &Link) -> Card<Link> {
    let summary = link.breaker.as_ref().map(|c| match &c.trip {
        breaker::Trip::Rate { failure_rate, .. } => msg!("summary-breaker-rate", share = Share(*failure_rate)),
        breaker::Trip::Consecutive { failures } => msg!("summary-breaker-consecutive", failures = *failures),
    });
    let mut fields = within(trip_fields(), |c: &mut breaker::Config| Some(&mut c.trip));
    fields.extend([
        Field::dial(id!("field-open-for"), |c: &mut breaker::Config| Some(&mut c.open_for)),
        Field::number(id!("field-half-open-calls"), Some(id!("hint-half-open")), |c: &mut breaker::Config| {
            Some(&mut c.half_open_calls)
        })
        .rare(),
        Field::maybe_span(id!("field-half-open-max"), Some(id!("hint-no-limit")), |c: &mut breaker::Config| {
            Some(&mut c.half_open_max)
        })
        .rare(),
        Field::switch(
            id!("field-breaker-automatic"),
            Some(id!("hint-breaker-automatic")),
            |c: &mut breaker::Config| Some(&mut c.automatic),
        )
        .rare(),
        Field::new(
            id!("field-breaker-failures"),
            None,
            Input::Outcomes(OutcomeSet::COUNTABLE),
            |c: &mut breaker::Config| Some(&mut c.failures),
        )
        .rare(),
    ]);
    Card::policy(
        id!("card-breaker"),
        link.breaker.is_some(),
        |l, on| l.breaker = on.then(default_breaker),
        within(fields, |l: &mut Link| l.breaker.as_mut()),
    )
    .saying(summary)
    .drawn([link.breaker.as_ref().map(|c| Sketch::Cells(cells::of(&c.trip)))])
}

/// Smaller numbers than the 100 calls and 60 s of libraries, so that users see the breaker trip.
fn default_breaker() -> breaker::Config {
    breaker::Config { open_for: Span::secs(5), half_open_calls: 2, ..breaker::Config::of(rate_trip()) }
}

fn rate_trip() -> breaker::Trip {
    let mut trip = breaker::Trip::rate(breaker::Window::Calls(10));
    if let breaker::Trip::Rate { minimum_calls, .. } = &mut trip {
        *minimum_calls = 5;
    }
    trip
}

fn trip_fields() -> Vec<Field<breaker::Trip>> {
    use breaker::Trip::{self, Consecutive, Rate};
    use breaker::Window;
    fn name(trip: &Trip) -> &'static str {
        match trip {
            Rate { window: Window::Calls(_), .. } => "calls",
            Rate { window: Window::Time(_), .. } => "time",
            Consecutive { .. } => "consecutive",
        }
    }
    let options = [
        ("calls", id!("option-trip-calls")),
        ("time", id!("option-trip-time")),
        ("consecutive", id!("option-trip-consecutive")),
    ];
    let trips = Field::custom(
        id!("field-breaker-trip"),
        None,
        Input::choice(options),
        |t| Some(name(t).into()),
        |t, text| {
            if text == name(t) {
                return Ok(());
            }
            if text == "consecutive" {
                *t = Consecutive { failures: Trip::CONSECUTIVE_FAILURES };
                return Ok(());
            }
            if let Consecutive { .. } = t {
                *t = rate_trip();
            }
            if let Rate { window, .. } = t {
                *window = if text == "time" { Window::Time(Span::secs(10)) } else { Window::Calls(10) };
            }
            Ok(())
        },
    );
    vec![
        trips,
        Field::number(id!("field-breaker-window"), Some(id!("hint-calls")), |t| match t {
            Rate { window: Window::Calls(calls), .. } => Some(calls),
            Rate { .. } | Consecutive { .. } => None,
        }),
        Field::span(id!("field-breaker-window"), |t| match t {
            Rate { window: Window::Time(span), .. } => Some(span),
            Rate { .. } | Consecutive { .. } => None,
        }),
        Field::number(id!("field-minimum-calls"), Some(id!("hint-calls")), |t| match t {
            Rate { minimum_calls, .. } => Some(minimum_calls),
            Consecutive { .. } => None,
        }),
        Field::number(id!("field-breaker-rate"), Some(id!("hint-share")), |t| match t {
            Rate { failure_rate, .. } => Some(failure_rate),
            Consecutive { .. } => None,
        }),
        Field::dial(id!("field-slow-duration"), |t| match t {
            Rate { slow_duration, .. } => Some(slow_duration),
            Consecutive { .. } => None,
        })
        .rare(),
        Field::number(id!("field-slow-rate"), Some(id!("hint-share")), |t| match t {
            Rate { slow_rate, .. } => Some(slow_rate),
            Consecutive { .. } => None,
        })
        .rare(),
        Field::number(id!("field-consecutive-failures"), Some(id!("hint-in-a-row")), |t| match t {
            Consecutive { failures } => Some(failures),
            Rate { .. } => None,
        }),
    ]
}

fn deadline(link: &Link) -> Card<Link> {
    let fields = vec![
        Field::new(id!("field-deadline"), Some(id!("hint-no-deadline")), Input::Dial, |c: &mut deadline::Config| {
            Some(&mut c.set)
        }),
        Field::switch(id!("field-pass-on"), Some(id!("hint-pass-on")), |c: &mut deadline::Config| Some(&mut c.pass_on)),
        Field::dial(id!("field-reserve"), |c: &mut deadline::Config| Some(&mut c.reserve)).rare(),
        Field::dial(id!("field-skip-below"), |c: &mut deadline::Config| Some(&mut c.skip_below)).rare(),
    ];
    Card::policy(
        id!("card-deadline"),
        link.deadline.is_some(),
        |l, on| {
            l.deadline = on.then_some(deadline::Config { set: Some(Span::secs(1)), ..deadline::Config::DEFAULT });
        },
        within(fields, |l: &mut Link| l.deadline.as_mut()),
    )
    .saying(link.deadline.map(|c| c.set.map_or_else(|| msg!("summary-passed-on"), duration)))
}

fn fallback(link: &Link) -> Card<Link> {
    use fallback::Config::{Cached, Default, Omit};
    fn name(config: &fallback::Config) -> &'static str {
        match config {
            Default => "default",
            Cached { .. } => "cached",
            Omit => "omit",
        }
    }
    let options = [
        ("default", id!("option-fallback-default")),
        ("cached", id!("option-fallback-cached")),
        ("omit", id!("option-fallback-omit")),
    ];
    let fields = vec![
        Field::custom(
            id!("field-fallback"),
            None,
            Input::choice(options),
            |c| Some(name(c).into()),
            |c, text| {
                *c = match text {
                    _ if text == name(c) => *c,
                    "cached" => Cached { ttl: Span::secs(60) },
                    "omit" => Omit,
                    _ => Default,
                };
                Ok(())
            },
        ),
        Field::dial(id!("field-fallback-age"), |c: &mut fallback::Config| match c {
            Cached { ttl } => Some(ttl),
            Default | Omit => None,
        }),
    ];
    Card::policy(
        id!("card-fallback"),
        link.fallback.is_some(),
        |l, on| l.fallback = on.then_some(Default),
        within(fields, |l: &mut Link| l.fallback.as_mut()),
    )
    .saying(link.fallback.as_ref().map(|c| match c {
        Default => msg!("summary-fallback-default"),
        Cached { .. } => msg!("summary-fallback-cached"),
        Omit => msg!("summary-fallback-omit"),
    }))
}

fn bulkhead(link: &Link) -> Card<Link> {
    let fields = vec![
        Field::number(id!("field-permits"), Some(id!("hint-attempts-at-once")), |c: &mut bulkhead::Config| {
            Some(&mut c.max_concurrent)
        }),
        Field::dial(id!("field-permit-wait"), |c: &mut bulkhead::Config| Some(&mut c.max_wait)),
    ];
    Card::policy(
        id!("card-bulkhead"),
        link.bulkhead.is_some(),
        |l, on| l.bulkhead = on.then_some(bulkhead::Config::of(10)),
        within(fields, |l: &mut Link| l.bulkhead.as_mut()),
    )
    .saying(link.bulkhead.map(|c| msg!("summary-at-once", permits = c.max_concurrent)))
}

fn hedge(link: &Link) -> Card<Link> {
    let fields = vec![
        Field::dial(id!("field-hedge-after"), |c: &mut hedge::Config| Some(&mut c.after)),
        Field::number(id!("field-hedge-max"), Some(id!("hint-beside-the-first")), |c: &mut hedge::Config| {
            Some(&mut c.max)
        }),
    ];
    let warning = link.hedge.filter(|_| !link.method.is_idempotent());
    Card::policy(
        id!("card-hedge"),
        link.hedge.is_some(),
        |l, on| l.hedge = on.then_some(hedge::Config::of(Span::millis(100))),
        within(fields, |l: &mut Link| l.hedge.as_mut()),
    )
    .saying(link.hedge.map(|c| msg!("summary-after", duration = Exact(c.after))))
    .drawn([link.hedge.and_then(|c| strip::of_hedge(&c)).map(Sketch::Strip)])
    .warning(warning.map(|_| id!("card-hedge-not-idempotent")))
}

fn ask(link: &Link) -> Card<Link> {
    let fields = vec![
        Field::dial(id!("field-ask-timeout"), |c: &mut Ask| Some(&mut c.timeout)),
        Field::number(id!("field-ask-attempts"), Some(id!("hint-times")), |c: &mut Ask| Some(&mut c.attempts)),
    ];
    Card::policy(
        id!("card-ask"),
        link.ask.is_some(),
        |l, on| l.ask = on.then(Ask::default),
        within(fields, |l: &mut Link| l.ask.as_mut()),
    )
    .saying(link.ask.map(|c| msg!("summary-times", times = c.attempts)))
    .warning(needs_id(link, link.ask.is_some()))
}

fn compensate(link: &Link) -> Card<Link> {
    let fields = vec![
        Field::switch(id!("field-compensate-unknown"), Some(id!("hint-outcome-unknown")), |c: &mut Compensate| {
            Some(&mut c.on_unknown)
        }),
        Field::switch(id!("field-compensate-later"), Some(id!("hint-saga")), |c: &mut Compensate| {
            Some(&mut c.on_later_failure)
        }),
    ];
    Card::policy(
        id!("card-compensate"),
        link.compensate.is_some(),
        |l, on| l.compensate = on.then_some(Compensate { on_unknown: true, on_later_failure: true }),
        within(fields, |l: &mut Link| l.compensate.as_mut()),
    )
    .warning(needs_id(link, link.compensate.is_some()))
}

/// A duration as a summary.
fn duration(span: Span) -> Message {
    msg!("summary-duration", duration = Exact(span))
}

fn needs_id(link: &Link, is_on: bool) -> Option<Id> {
    (is_on && !link.request_id).then_some(id!("card-needs-request-id"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::field::assert_fields_read_back;

    fn set(link: &Link, card: &str, label: &str, text: &str) -> Link {
        let card = cards(link, None).into_iter().find(|c| c.title.name() == card).unwrap();
        let field = card.fields.iter().find(|f| f.label.name() == label && f.get(link).is_some()).unwrap();
        field.set(link, text).unwrap()
    }

    #[test]
    fn every_form_of_a_policy_reads_back_what_it_shows() {
        let mut link = Link::new("a", "b");
        for card in cards(&link.clone(), None) {
            (card.switch.unwrap().1)(&mut link, true);
        }
        for (card, label, forms) in [
            ("card-retry", "field-backoff", &["none", "constant", "linear", "exponential"][..]),
            ("card-retry", "field-retry-budget", &["none", "ratio", "tokens"]),
            ("card-breaker", "field-breaker-trip", &["calls", "time", "consecutive", "time", "calls"]),
            ("card-fallback", "field-fallback", &["default", "cached", "omit"]),
        ] {
            for form in forms {
                link = set(&link, card, label, form);
                let card = cards(&link, None).into_iter().find(|c| c.title.name() == card).unwrap();
                assert_fields_read_back(&card.fields, &link);
                let choice = card.fields.iter().find(|f| f.label.name() == label).unwrap();
                assert_eq!(choice.get(&link).as_deref(), Some(*form));
            }
        }
    }
}
