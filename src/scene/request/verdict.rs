//! What became of one request, in a few sentences: what its user was told, what really happened, and where the time went.
//!
//! The user of a synchronous call knows one outcome; this knows the rest. It says what was, not what should have been.

use super::life::{Attempt, Leg, Life, Part};
use super::story::{Cast, no_retry, outcome_name, since};
use crate::outcome::Outcome;
use crate::scenario::topology::{LinkId, ServiceId};
use crate::sim::trace::{Detail, NoRetry, SpanId};
use crate::sim::view::Purpose;
use crate::time::{Span, Time};

/// The share of the time below which a use of it is not named.
const NAMED_FROM: f64 = 0.08;
/// The fates of so many attempts are told one by one.
const TOLD_SINGLY: usize = 3;

/// What time is spent on while a user waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Messages travel.
    Network,
    /// Requests wait for a worker.
    Queue,
    /// Workers work.
    Work,
    /// Callers wait before they try again.
    Backoff,
    /// Callers wait for answers that do not come in time.
    Vain,
    /// Attempts wait for a permit of a bulkhead.
    Permit,
}

impl Use {
    const ALL: [Use; 6] = [Use::Network, Use::Queue, Use::Work, Use::Backoff, Use::Vain, Use::Permit];

    const fn words(self) -> &'static str {
        match self {
            Use::Network => "on the network",
            Use::Queue => "in queues",
            Use::Work => "with work",
            Use::Backoff => "with backoff",
            Use::Vain => "waiting for answers that did not come in time",
            Use::Permit => "waiting for a permit",
        }
    }
}

/// The verdict on a life so far.
pub fn verdict(life: &Life, cast: Cast<'_>) -> Vec<String> {
    let mut told = Vec::new();
    let mut sentences = vec![what_was_told(life, cast)];
    sentences.extend(what_was_done(life, cast, &mut told));
    sentences.extend(why(life, cast, &told));
    sentences.extend(where_time_went(life));
    sentences.extend(for_nobody(life, cast));
    sentences
}

fn what_was_told(life: &Life, cast: Cast<'_>) -> String {
    let name = cast.name(life.client);
    let after = since(life.end.since(life.start));
    let asked = life.marks.iter().filter(|mark| mark.what == Detail::AsksAgain).count();
    let again = match asked {
        0 => String::new(),
        1 => ", having asked twice".into(),
        n => format!(", having asked {} times", n + 1),
    };
    let lost_patience = life.marks.iter().any(|mark| mark.what == Detail::LosesPatience && mark.at == life.end);
    match life.told {
        None => format!("{name} has been waiting for {after}{again}."),
        Some(Outcome::Timeout) if lost_patience => format!("{name} lost patience after {after}{again}."),
        Some(Outcome::Ok) => format!("{name} had a good answer after {after}{again}."),
        Some(Outcome::Degraded) => format!("{name} had an answer built on a fallback after {after}{again}."),
        Some(outcome) => format!("{name} was told “{}” after {after}{again}.", outcome_name(outcome)),
    }
}

/// What the ledgers say, beside what the user was told.
fn what_was_done(life: &Life, cast: Cast<'_>, told: &mut Vec<u64>) -> Vec<String> {
    let mut services: Vec<ServiceId> = Vec::new();
    for attempt in life.attempts.iter().filter(|a| a.purpose == Purpose::Call) {
        if cast.effect(attempt.to).is_some() && !services.contains(&attempt.to) {
            services.push(attempt.to);
        }
    }
    services.into_iter().filter_map(|service| at_ledger(life, cast, service, told)).collect()
}

fn at_ledger(life: &Life, cast: Cast<'_>, service: ServiceId, told: &mut Vec<u64>) -> Option<String> {
    let (effect, name) = (cast.effect(service)?, cast.name(service));
    let booked = |a: &&&Attempt| a.served.as_ref().is_some_and(|served| served.booked.is_some());
    let tries: Vec<&Attempt> = life.attempts.iter().filter(|a| a.to == service && a.purpose == Purpose::Call).collect();
    let carried_out: Vec<&Attempt> = tries.iter().filter(booked).copied().collect();
    let taken: u32 = life.marks.iter().map(|mark| taken_back(life, service, mark)).sum();
    let success = life.told.is_some_and(Outcome::is_success);
    let mut text = match (carried_out.as_slice(), life.told) {
        ([], None) => return None,
        ([], Some(_)) if success => format!("Yet the {effect} was not booked at {name}"),
        ([], Some(_)) => format!("The {effect} was not booked at {name}"),
        ([_], Some(_)) if !success && taken == 0 => format!("Yet the {effect} was booked at {name}"),
        ([_], _) => format!("The {effect} was booked once at {name}"),
        (_, _) => {
            let (times, numbers) = (times(carried_out.len()), numbers(&carried_out, &tries));
            format!("The {effect} was booked {times} at {name}: {numbers} were carried out")
        }
    };
    match (taken, carried_out.len()) {
        (0, _) => {}
        (1, 1) => text.push_str(" and taken back"),
        (n, _) => text.push_str(&format!(" and taken back {}", times(n as usize))),
    }
    let unheard = carried_out.iter().filter(|a| a.outcome.is_some() && !a.was_answered());
    for attempt in unheard.take(TOLD_SINGLY) {
        told.push(attempt.serial);
        let which = which(attempt, &tries);
        text.push_str(&format!("; {}", unheard_fate(attempt, &which)));
    }
    if let Some(attempt) = tries.iter().find(|a| a.served.as_ref().is_some_and(|served| served.replayed)) {
        text.push_str(&format!("; {} was recognised by its id", which(attempt, &tries)));
    }
    text.push_str(asked(life, service));
    text.push('.');
    Some(text)
}

/// What a service said to those who asked whether it had done it.
fn asked(life: &Life, service: ServiceId) -> &'static str {
    let answered = |a: &&Attempt| a.to == service && a.purpose == Purpose::Ask && a.was_answered();
    match life.attempts.iter().filter(answered).filter_map(|a| a.outcome).next_back() {
        Some(Outcome::Ok) => "; when asked, it said so",
        Some(Outcome::Error) => "; when asked, it said no",
        _ => "",
    }
}

/// How many entries of a service a mark takes back.
fn taken_back(life: &Life, service: ServiceId, mark: &crate::sim::trace::Mark) -> u32 {
    match mark.what {
        Detail::TakesBack(entries) if life.service_of(mark.whose) == Some(service) => entries,
        _ => 0,
    }
}

/// Why nobody heard of an attempt that was carried out.
fn unheard_fate(attempt: &Attempt, which: &str) -> String {
    match attempt.answer {
        Some(answer) if answer.lost => format!("the answer to {which} was lost"),
        Some(answer) if answer.arrives > attempt.end => {
            format!("the answer to {which} came {} too late", since(answer.arrives.since(attempt.end)))
        }
        Some(_) => format!("the answer to {which} came too late"),
        None => format!("nobody waited for {which} any more"),
    }
}

/// Why it went wrong, where the first failure was; of attempts that were not told of yet.
fn why(life: &Life, cast: Cast<'_>, told: &[u64]) -> Option<String> {
    let (parent, link) = origin(life, SpanId::User(life.intent))?;
    let tries: Vec<&Attempt> = life.made_for(parent).filter(|a| a.link == link && a.purpose == Purpose::Call).collect();
    let failed = tries.iter().filter(|a| a.outcome.is_some_and(|o| !o.is_success() && o != Outcome::Cancelled));
    let failed: Vec<&Attempt> = failed.filter(|a| !told.contains(&a.serial)).copied().collect();
    let mut text = fates(&failed, &tries, cast);
    let stop = life.not_repeated(parent, link).filter(|why| *why != NoRetry::Attempts);
    if let Some(why) = stop {
        let before = if text.is_empty() { "" } else { "; " };
        text.push_str(&format!("{before}there was no further attempt: {}", no_retry(why)));
    }
    (!text.is_empty()).then(|| capitalised(&text) + ".")
}

/// What became of attempts that failed. Those in a row that fared alike are told of together.
fn fates(failed: &[&Attempt], tries: &[&Attempt], cast: Cast<'_>) -> String {
    let alike = |a: &&Attempt, b: &&Attempt| fate(a, "", cast) == fate(b, "", cast);
    let told: Vec<String> = failed
        .chunk_by(alike)
        .filter_map(|group| match group {
            [one] => Some(fate(one, &which(one, tries), cast)),
            [first, ..] => Some(fate(first, &numbers(group, tries), cast)),
            [] => None,
        })
        .collect();
    match told.as_slice() {
        [.., last] if told.len() > TOLD_SINGLY => format!("{} attempts failed; the last: {last}", failed.len()),
        few => few.join("; "),
    }
}

/// Where the failures began: the request whose calls failed, and over which link. A failed attempt leads on to the
/// callee if that failed because of a call of its own.
fn origin(life: &Life, parent: SpanId) -> Option<(SpanId, LinkId)> {
    let bad = |a: &&Attempt| a.outcome.is_some_and(|o| !o.is_success() && o != Outcome::Cancelled);
    let last = life.made_for(parent).filter(|a| a.purpose == Purpose::Call).filter(bad).last();
    let Some(attempt) = last else {
        // A user who leaves cancels its attempts: what these were waiting for is of interest.
        return life.made_for(parent).last().and_then(|a| origin(life, a.callee()));
    };
    let deeper = origin(life, attempt.callee());
    Some(deeper.unwrap_or((parent, attempt.link)))
}

/// What became of an attempt that failed.
fn fate(attempt: &Attempt, which: &str, cast: Cast<'_>) -> String {
    let (from, to) = (cast.name(attempt.from), cast.name(attempt.to));
    let outcome = attempt.outcome.unwrap_or(Outcome::Cancelled);
    if attempt.timed_out() {
        let waited = since(attempt.end.since(attempt.start));
        return format!("{from} gave up {which} after {waited}: {}", still(attempt, to));
    }
    match outcome {
        Outcome::BreakerOpen => format!("the circuit breaker did not let {which} through"),
        Outcome::BulkheadFull => format!("{which} got no permit of the bulkhead"),
        Outcome::DeadlineExceeded if attempt.was_refused() => format!("there was no time left for {which}"),
        Outcome::DeadlineExceeded => format!("{which} had its turn at {to} after the deadline"),
        Outcome::Refused => format!("{which} found {to} down"),
        Outcome::Shed => format!("{which} found the queue of {to} full"),
        Outcome::RateLimited => format!("{which} met the rate limit of {to}"),
        Outcome::Conflict => format!("{which} found an earlier one in progress at {to}"),
        Outcome::Error | Outcome::Timeout => format!("{to} answered {which} with “{}”", outcome_name(outcome)),
        Outcome::Ok | Outcome::Degraded | Outcome::Cancelled => format!("{which} was given up"),
    }
}

/// How it stood with an attempt when its caller gave it up.
fn still(attempt: &Attempt, to: &str) -> String {
    let Some(request) = attempt.request else { return "still without a permit".into() };
    if request.lost {
        return "request lost".into();
    }
    if let Some(answer) = attempt.answer.filter(|answer| answer.sent <= attempt.end) {
        return if answer.lost { "answer lost".into() } else { "answer still on its way".into() };
    }
    match &attempt.served {
        None => "request still on its way".into(),
        Some(served) if served.lost && served.to <= attempt.end => format!("{to} gone down"),
        Some(_) => match attempt.parts().iter().find(|p| p.0 <= attempt.end && attempt.end <= p.1).map(|p| p.2) {
            Some(Part::Queued) => format!("still in the queue of {to}"),
            Some(Part::Working) => format!("{to} still at work"),
            Some(Part::Calling) | None => format!("{to} still waiting for others"),
        },
    }
}

/// Where the time went, the largest share first.
fn where_time_went(life: &Life) -> Option<String> {
    let whole = life.end.since(life.start);
    let mut spent: Vec<(Span, Use)> = Use::ALL.iter().copied().zip(time_by_use(life)).map(|(u, t)| (t, u)).collect();
    spent.retain(|(time, _)| time.as_secs_f64() >= NAMED_FROM * whole.as_secs_f64() && *time > Span::ZERO);
    // Equals stay in the order of `Use::ALL`, which a stable sort would also keep: their index decides.
    spent.sort_unstable_by_key(|(time, what)| (std::cmp::Reverse(*time), *what as usize));
    let named: Vec<String> =
        spent.iter().take(TOLD_SINGLY).map(|(time, what)| format!("{} {}", since(*time), what.words())).collect();
    match named.as_slice() {
        [] => None,
        [one] => Some(format!("The time went: {one}.")),
        [first @ .., last] => Some(format!("The time went: {} and {last}.", first.join(", "))),
    }
}

/// How the time from the start of a request to its end was used, in the order of `Use::ALL`. Where several things went
/// on at once, the one counts that ended last: the others held up nobody.
pub fn time_by_use(life: &Life) -> [Span; 6] {
    let mut spent = [Span::ZERO; 6];
    spend_on(life, SpanId::User(life.intent), life.start, life.end, &mut spent);
    spent
}

fn spend_on(life: &Life, request: SpanId, from: Time, to: Time, spent: &mut [Span; 6]) {
    let mut cursor = to;
    while cursor > from {
        let attempts = life.made_for(request).map(|a| (a.start, a.end, Some(a)));
        let here = life.service_of(request);
        let backoffs = life.backoffs.iter().filter(|b| b.parent == request && is_own(life, b.link, here));
        let all = attempts.chain(backoffs.map(|b| (b.from, b.until, None)));
        let before = all.filter(|(start, end, _)| *start < cursor && *end > from && start < end);
        let won = |a: Option<&Attempt>| a.is_none_or(|a| a.outcome != Some(Outcome::Cancelled));
        let last = before.max_by_key(|(start, end, a)| ((*end).min(cursor), won(*a), std::cmp::Reverse(*start)));
        let Some((start, end, attempt)) = last else { break };
        let end = end.min(cursor);
        own_time(life, request, end, cursor, spent);
        let start = start.max(from);
        match attempt {
            Some(attempt) => spend_on_attempt(life, attempt, start, end, spent),
            None => add(spent, Use::Backoff, start, end),
        }
        cursor = start;
    }
    own_time(life, request, from, cursor, spent);
}

/// Whether a backoff over a link is one of the calls of a service, and not of a reversal elsewhere.
fn is_own(life: &Life, link: LinkId, service: Option<ServiceId>) -> bool {
    life.attempts.iter().find(|a| a.link == link).map(|a| a.from) == service
}

fn own_time(life: &Life, request: SpanId, from: Time, to: Time, spent: &mut [Span; 6]) {
    let Some(attempt) = life.attempt(request) else { return };
    for (start, end, part, _) in attempt.parts() {
        let what = match part {
            Part::Queued => Use::Queue,
            Part::Working => Use::Work,
            Part::Calling => continue,
        };
        add(spent, what, start.max(from), end.min(to));
    }
}

fn spend_on_attempt(life: &Life, attempt: &Attempt, from: Time, to: Time, spent: &mut [Span; 6]) {
    let sent = attempt.request.map_or(to, |leg| leg.sent);
    add(spent, Use::Permit, from, sent.min(to));
    let Some(request) = attempt.request else { return };
    let is_lost = |leg: Leg| leg.lost && leg.arrives <= life.until;
    let in_vain = if attempt.outcome.is_some() { !attempt.was_answered() } else { is_lost(request) };
    if in_vain {
        return add(spent, Use::Vain, sent.max(from), to);
    }
    add(spent, Use::Network, sent.max(from), request.arrives.min(to));
    if let Some(served) = &attempt.served {
        spend_on(life, attempt.callee(), served.from.max(from), served.to.min(to), spent);
    }
    if let Some(answer) = attempt.answer {
        let what = if is_lost(answer) { Use::Vain } else { Use::Network };
        add(spent, what, answer.sent.max(from), to);
    }
}

fn add(spent: &mut [Span; 6], what: Use, from: Time, to: Time) {
    if let Some(sum) = spent.get_mut(what as usize) {
        *sum += to.since(from);
    }
}

/// Who went on working after nobody waited any more.
fn for_nobody(life: &Life, cast: Cast<'_>) -> Option<String> {
    let longest = life.attempts.iter().max_by_key(|a| a.wasted())?;
    let all = life.attempts.iter().filter(|a| a.to == longest.to).map(Attempt::wasted).fold(Span::ZERO, |a, b| a + b);
    (all > Span::ZERO).then(|| format!("{} was busy for {} for nobody.", cast.name(longest.to), since(all)))
}

/// What an attempt is called among those of its kind.
fn which(attempt: &Attempt, tries: &[&Attempt]) -> String {
    match tries {
        [_] => "the request".into(),
        _ => format!("attempt {}", place(attempt, tries)),
    }
}

fn place(attempt: &Attempt, tries: &[&Attempt]) -> usize {
    1 + tries.iter().take_while(|a| a.serial != attempt.serial).count()
}

/// `attempts 1 and 3`, `attempts 1 to 4`, `attempts 1, 3 and 4`.
fn numbers(some: &[&Attempt], tries: &[&Attempt]) -> String {
    let places: Vec<usize> = some.iter().map(|a| place(a, tries)).collect();
    let all: Vec<String> = places.iter().map(usize::to_string).collect();
    let in_a_row = places.windows(2).all(|two| matches!(two, [a, b] if a + 1 == *b));
    match all.as_slice() {
        [first, _, .., last] if in_a_row => format!("attempts {first} to {last}"),
        [first @ .., last] if !first.is_empty() => format!("attempts {} and {last}", first.join(", ")),
        _ => format!("attempt {}", all.concat()),
    }
}

fn times(n: usize) -> String {
    match n {
        1 => "once".into(),
        2 => "twice".into(),
        n => format!("{n} times"),
    }
}

fn capitalised(text: &str) -> String {
    let mut capitalised = text.to_string();
    // Only ASCII: the tables of all other letters are larger than all sentences.
    if let Some(first) = capitalised.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    capitalised
}

#[cfg(test)]
mod tests;
