//! What one call can come to: how often it is tried, how long it may last, and how long it takes at least.

use super::system::System;
use crate::chance::Distribution;
use crate::outcome::Outcome;
use crate::policy::breaker::Trip;
use crate::policy::budget::Config::{Ratio, Tokens};
use crate::scenario::{Kind, Link, Repeat, Service};
use crate::time::Span;

/// Attempts that are looked at one by one; of more than that, the later ones are taken to follow as the last of these.
const STEPS: u32 = 32;

/// Whether a call may be repeated: as in the engine, by its method, by its id, or because the user said so.
pub fn is_repeatable(link: &Link) -> bool {
    is_harmless(link) || link.retry.as_ref().is_some_and(|retry| retry.repeats_unsafe)
}

/// Whether repeating a call does no harm as far as the caller can see to it.
pub fn is_harmless(link: &Link) -> bool {
    link.method.is_idempotent() || link.request_id
}

/// Attempts that one call makes if they all end with `outcome`; budget and breaker aside.
pub fn attempts(link: &Link, outcome: Outcome) -> u32 {
    let retry = link.retry.as_ref().filter(|retry| retry.on.contains(outcome) && is_repeatable(link));
    retry.map_or(1, |retry| retry.max_attempts.max(1))
}

/// How long the caller waits for one attempt at most; `None`: for as long as it takes.
pub fn patience(link: &Link) -> Option<Span> {
    [link.timeout, own_deadline(link)].into_iter().flatten().min()
}

/// The deadline that a link sets by itself.
pub fn own_deadline(link: &Link) -> Option<Span> {
    link.deadline.and_then(|deadline| deadline.set)
}

/// Whether a link heeds a deadline that comes with the request of its caller.
pub fn heeds_deadline(link: &Link) -> bool {
    link.deadline.is_some_and(|deadline| deadline.pass_on)
}

/// A call of which no attempt is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Longest {
    /// From its first attempt to its end.
    pub lasts: Span,
    /// Attempts by then.
    pub attempts: u32,
}

/// The longest that a call of a link can take, all its attempts timing out and jitter drawing the longest waits, as far as
/// budget and breaker are sure to let it; `None`: without end. Deadlines from elsewhere aside.
pub fn longest(link: &Link) -> Option<Longest> {
    let timeout = patience(link)?;
    let end = own_deadline(link).unwrap_or(Span::MAX);
    let most = attempts(link, Outcome::Timeout).min(granted(link));
    let (mut lasts, mut wait) = (timeout, Span::ZERO);
    for attempt in 1..most.min(STEPS) {
        wait = link.retry.as_ref().map_or(Span::ZERO, |r| r.backoff.delay(r.jitter, attempt - 1, wait, 1.0));
        // A retry that would begin at the deadline or later is not waited for.
        if lasts + wait >= end {
            return Some(Longest { lasts: lasts.min(end), attempts: attempt });
        }
        lasts = (lasts + wait + timeout).min(end);
    }
    // From there on each wait is taken to be as the last: so many more begin before the deadline.
    let each = wait + timeout;
    let room = (end.saturating_sub(lasts) + timeout).as_nanos();
    let begin = room.div_ceil(each.as_nanos().max(1)).saturating_sub(1);
    let more = most.saturating_sub(STEPS).min(u32::try_from(begin).unwrap_or(u32::MAX));
    let lasts = (lasts + each.scaled(f64::from(more))).min(end);
    Some(Longest { lasts, attempts: most.min(STEPS) + more })
}

/// Attempts of one call, of which each fails, that budget and breaker are sure to grant: the budget at the start of a
/// run, the breaker before its first failures.
fn granted(link: &Link) -> u32 {
    let budget = match link.retry.as_ref().and_then(|retry| retry.budget) {
        None => u32::MAX,
        Some(Ratio { min_per_second, window, .. }) => {
            ((min_per_second * window.as_secs_f64()) as u32).saturating_add(1)
        }
        // A token is lost with each failure, and a retry needs more than half of them.
        Some(Tokens { max_tokens, .. }) => libm::ceil(max_tokens / 2.0) as u32,
    };
    let breaker = match link.breaker.as_ref().map(|breaker| &breaker.trip) {
        None => u32::MAX,
        Some(Trip::Consecutive { failures }) => *failures,
        Some(Trip::Rate { minimum_calls, .. }) => *minimum_calls,
    };
    budget.min(breaker).max(1)
}

/// How long things take: at least, or as a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// No good answer is quicker, whatever is drawn.
    Least,
    /// The mean, or the least where there is none.
    Usual,
}

impl Measure {
    pub fn of(self, distribution: &Distribution) -> Span {
        let least = least(distribution);
        match self {
            Measure::Least => least,
            Measure::Usual => distribution.mean().map_or(least, |mean| mean.max(least)),
        }
    }

    /// Both legs of an attempt.
    pub fn network(self, link: &Link) -> Span {
        link.overhead + link.overhead + self.of(&link.delay.request) + self.of(&link.delay.response)
    }

    /// The own work of a service.
    pub fn work(self, service: &Service) -> Span {
        if service.kind != Kind::Stub {
            return self.of(&service.work);
        }
        let delays = || service.script.iter().map(|reply| reply.after);
        match (self, service.repeat) {
            (Measure::Least, _) => delays().min(),
            (Measure::Usual, Repeat::Last) => delays().next_back(),
            (Measure::Usual, Repeat::Cycle) => Distribution::Empirical(delays().collect()).mean(),
        }
        .unwrap_or(Span::ZERO)
    }

    /// How long a good answer to each call takes, by edge: network, work, and stage after stage those calls
    /// without which there is none. What goes round in a circle counts as nothing.
    pub fn of_answers(self, system: &System) -> Vec<Span> {
        let mut needs = vec![Span::ZERO; system.scenario.services.len()];
        let mut answers = vec![Span::ZERO; system.edges.len()];
        for &service in system.order.iter().rev() {
            let mut stages: Vec<(u32, Span)> = Vec::new();
            for &edge in &system.outgoing[service] {
                let (link, callee) = (system.edges[edge].link, system.edges[edge].to);
                // One that keeps the ids that it has served can answer from its store at once.
                let replays = link.request_id && system.service(callee).idempotency.is_some() && self == Measure::Least;
                let behind = if replays || system.goes_round(edge) { Span::ZERO } else { needs[callee] };
                answers[edge] = self.network(link) + behind;
                let is_needed = link.probability >= 1.0 && link.fallback.is_none() && !link.optional;
                if is_needed && !system.goes_round(edge) {
                    stages.push((link.stage, answers[edge]));
                }
            }
            stages.sort_unstable();
            let longest = stages.chunk_by(|a, b| a.0 == b.0).filter_map(|stage| stage.last());
            let calls = longest.fold(Span::ZERO, |sum, (_, answer)| sum + *answer);
            needs[service] = self.work(system.service(service)) + calls;
        }
        answers
    }
}

/// The shortest length that can be drawn.
fn least(distribution: &Distribution) -> Span {
    match distribution {
        Distribution::Constant(span) => *span,
        Distribution::Uniform { low, .. } => *low,
        Distribution::Pareto { min, .. } => *min,
        Distribution::Empirical(samples) => samples.iter().copied().min().unwrap_or(Span::ZERO),
        Distribution::Exponential { .. } | Distribution::Normal { .. } | Distribution::Lognormal { .. } => Span::ZERO,
    }
}
