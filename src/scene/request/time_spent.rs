//! The use of a request's time.

use super::life::{Attempt, Leg, Life, Part};
use crate::msg;
use crate::outcome::Outcome;
use crate::scenario::topology::{LinkId, ServiceId};
use crate::sim::trace::SpanId;
use crate::text::{Elapsed, Message};
use crate::time::{Span, Time};

/// A use of time while a user waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeSpent {
    /// Messages travel.
    Network,
    /// Requests wait for a worker.
    Queue,
    /// Workers work.
    Work,
    /// Callers wait before they try again.
    Backoff,
    /// Callers wait for answers that do not come in time.
    WaitingInVain,
    /// Attempts wait for a permit of a bulkhead.
    Permit,
}

impl TimeSpent {
    /// All uses.
    pub const ALL: [TimeSpent; 6] = [
        TimeSpent::Network,
        TimeSpent::Queue,
        TimeSpent::Work,
        TimeSpent::Backoff,
        TimeSpent::WaitingInVain,
        TimeSpent::Permit,
    ];

    /// `300 ms on the network`.
    pub fn message(self, time: Span) -> Message {
        let time = Elapsed(time);
        match self {
            TimeSpent::Network => msg!("verdict-time-network", time = time),
            TimeSpent::Queue => msg!("verdict-time-queue", time = time),
            TimeSpent::Work => msg!("verdict-time-work", time = time),
            TimeSpent::Backoff => msg!("verdict-time-backoff", time = time),
            TimeSpent::WaitingInVain => msg!("verdict-time-in-vain", time = time),
            TimeSpent::Permit => msg!("verdict-time-permit", time = time),
        }
    }
}

/// The time from the start to the end of a request by use, in the order of [`TimeSpent::ALL`]. Of parallel activities,
/// the one that ended last counts, because the others delayed nothing.
pub fn time_spent(life: &Life) -> [Span; 6] {
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
            None => add(spent, TimeSpent::Backoff, start, end),
        }
        cursor = start;
    }
    own_time(life, request, from, cursor, spent);
}

/// Whether a backoff over a link belongs to a call of the service, and not to a reversal elsewhere.
fn is_own(life: &Life, link: LinkId, service: Option<ServiceId>) -> bool {
    life.attempts.iter().find(|a| a.link == link).map(|a| a.from) == service
}

fn own_time(life: &Life, request: SpanId, from: Time, to: Time, spent: &mut [Span; 6]) {
    let Some(attempt) = life.attempt(request) else { return };
    for (start, end, part, _) in attempt.parts() {
        let what = match part {
            Part::Queued => TimeSpent::Queue,
            Part::Working => TimeSpent::Work,
            Part::Calling => continue,
        };
        add(spent, what, start.max(from), end.min(to));
    }
}

fn spend_on_attempt(life: &Life, attempt: &Attempt, from: Time, to: Time, spent: &mut [Span; 6]) {
    let sent = attempt.request.map_or(to, |leg| leg.sent);
    add(spent, TimeSpent::Permit, from, sent.min(to));
    let Some(request) = attempt.request else { return };
    let is_lost = |leg: Leg| leg.lost && leg.arrives <= life.until;
    let in_vain = if attempt.outcome.is_some() { !attempt.was_answered() } else { is_lost(request) };
    if in_vain {
        return add(spent, TimeSpent::WaitingInVain, sent.max(from), to);
    }
    add(spent, TimeSpent::Network, sent.max(from), request.arrives.min(to));
    if let Some(served) = &attempt.served {
        spend_on(life, attempt.callee(), served.from.max(from), served.to.min(to), spent);
    }
    if let Some(answer) = attempt.answer {
        let what = if is_lost(answer) { TimeSpent::WaitingInVain } else { TimeSpent::Network };
        add(spent, what, answer.sent.max(from), to);
    }
}

fn add(spent: &mut [Span; 6], on: TimeSpent, from: Time, to: Time) {
    if let Some(sum) = spent.get_mut(on as usize) {
        *sum += to.since(from);
    }
}
