//! Bounds of one call: the number of its attempts, and its longest and shortest duration.

use super::system::System;
use crate::chance::Distribution;
use crate::outcome::Outcome;
use crate::policy::breaker::Trip;
use crate::policy::budget::Config::{Ratio, Tokens};
use crate::scenario::{Kind, Link, Repeat, Service};
use crate::time::Span;

/// The number of attempts to examine one by one. Later attempts count like the last of these.
const STEPS: u32 = 32;

/// Whether a call may be repeated, as in the engine: because of its method, its id, or the setting `unsafe`.
pub fn is_repeatable(link: &Link) -> bool {
    is_harmless(link) || link.retry.as_ref().is_some_and(|retry| retry.repeats_unsafe)
}

/// Whether the caller has done its part to make repeating a call harmless.
pub fn is_harmless(link: &Link) -> bool {
    link.method.is_idempotent() || link.request_id
}

/// The number of attempts of a call if all end with `outcome`, without budget and breaker.
pub fn attempts(link: &Link, outcome: Outcome) -> u32 {
    let retry = link.retry.as_ref().filter(|retry| retry.on.contains(outcome) && is_repeatable(link));
    retry.map_or(1, |retry| retry.max_attempts.max(1))
}

/// The longest wait of the caller for one attempt; `None`: without limit.
pub fn patience(link: &Link) -> Option<Span> {
    [link.timeout, own_deadline(link)].into_iter().flatten().min()
}

/// The deadline that the link itself sets.
pub fn own_deadline(link: &Link) -> Option<Span> {
    link.deadline.and_then(|deadline| deadline.set)
}

/// Whether a link respects the deadline of the caller's own request.
pub fn heeds_deadline(link: &Link) -> bool {
    link.deadline.is_some_and(|deadline| deadline.pass_on)
}

/// A call without any answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Longest {
    /// Its duration, from the first attempt to its end.
    pub lasts: Span,
    /// The number of its attempts.
    pub attempts: u32,
}

/// The longest duration of a call, if all its attempts time out and all waits are the longest. It counts only attempts
/// that budget and breaker certainly grant, and ignores the deadlines of other links. `None`: without end.
pub fn longest(link: &Link) -> Option<Longest> {
    let timeout = patience(link)?;
    let end = own_deadline(link).unwrap_or(Span::MAX);
    let most = attempts(link, Outcome::Timeout).min(granted(link));
    let (mut lasts, mut wait) = (timeout, Span::ZERO);
    for attempt in 1..most.min(STEPS) {
        wait = link.retry.as_ref().map_or(Span::ZERO, |r| r.backoff.delay(r.jitter, attempt - 1, wait, 1.0));
        // The call ends at once if its next retry would begin at the deadline or later.
        if lasts + wait >= end {
            return Some(Longest { lasts: lasts.min(end), attempts: attempt });
        }
        lasts = (lasts + wait + timeout).min(end);
    }
    // All further waits count like the last one, which gives the number of attempts before the deadline.
    let each = wait + timeout;
    let room = (end.saturating_sub(lasts) + timeout).as_nanos();
    let begin = room.div_ceil(each.as_nanos().max(1)).saturating_sub(1);
    let more = most.saturating_sub(STEPS).min(u32::try_from(begin).unwrap_or(u32::MAX));
    let lasts = (lasts + each.scaled(f64::from(more))).min(end);
    Some(Longest { lasts, attempts: most.min(STEPS) + more })
}

/// The number of attempts that budget and breaker certainly grant to a failing call: at the start of a run, before any
/// other failures.
fn granted(link: &Link) -> u32 {
    let budget = match link.retry.as_ref().and_then(|retry| retry.budget) {
        None => u32::MAX,
        Some(Ratio { min_per_second, window, .. }) => {
            ((min_per_second * window.as_secs_f64()) as u32).saturating_add(1)
        }
        // Each failure costs a token, and a retry needs more than half of the tokens.
        Some(Tokens { max_tokens, .. }) => libm::ceil(max_tokens / 2.0) as u32,
    };
    let breaker = match link.breaker.as_ref().map(|breaker| &breaker.trip) {
        None => u32::MAX,
        Some(Trip::Consecutive { failures }) => *failures,
        Some(Trip::Rate { minimum_calls, .. }) => *minimum_calls,
    };
    budget.min(breaker).max(1)
}

/// Which duration to take from a distribution: the shortest, or the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimate {
    /// The shortest possible duration.
    Least,
    /// The mean, or the shortest duration if there is no mean.
    Usual,
}

impl Estimate {
    pub fn of(self, distribution: &Distribution) -> Span {
        let least = least(distribution);
        match self {
            Estimate::Least => least,
            Estimate::Usual => distribution.mean().map_or(least, |mean| mean.max(least)),
        }
    }

    /// Both legs of an attempt.
    pub fn network(self, link: &Link) -> Span {
        link.overhead + link.overhead + self.of(&link.delay.request) + self.of(&link.delay.response)
    }

    /// The work of a service without its calls.
    pub fn work(self, service: &Service) -> Span {
        if service.kind != Kind::Stub {
            return self.of(&service.work);
        }
        let delays = || service.script.iter().map(|reply| reply.after);
        match (self, service.repeat) {
            (Estimate::Least, _) => delays().min(),
            (Estimate::Usual, Repeat::Last) => delays().next_back(),
            (Estimate::Usual, Repeat::Cycle) => Distribution::Empirical(delays().collect()).mean(),
        }
        .unwrap_or(Span::ZERO)
    }

    /// The duration of a good answer by edge: network, work, and stage by stage the calls that the answer depends on.
    /// Calls within a circle count as 0.
    pub fn of_answers(self, system: &System) -> Vec<Span> {
        let mut needs = vec![Span::ZERO; system.scenario.services.len()];
        let mut answers = vec![Span::ZERO; system.edges.len()];
        for &service in system.order.iter().rev() {
            let mut stages: Vec<(u32, Span)> = Vec::new();
            for &edge in &system.outgoing[service] {
                let (link, callee) = (system.edges[edge].link, system.edges[edge].to);
                // A service that stores request ids can answer a repeated request at once.
                let replays =
                    link.request_id && system.service(callee).idempotency.is_some() && self == Estimate::Least;
                let behind = if replays || system.is_in_circle(edge) { Span::ZERO } else { needs[callee] };
                answers[edge] = self.network(link) + behind;
                let is_needed = link.probability >= 1.0 && link.fallback.is_none() && !link.optional;
                if is_needed && !system.is_in_circle(edge) {
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

/// The shortest possible value of a distribution.
fn least(distribution: &Distribution) -> Span {
    match distribution {
        Distribution::Constant(span) => *span,
        Distribution::Uniform { low, .. } => *low,
        Distribution::Pareto { min, .. } => *min,
        Distribution::Empirical(samples) => samples.iter().copied().min().unwrap_or(Span::ZERO),
        Distribution::Exponential { .. } | Distribution::Normal { .. } | Distribution::Lognormal { .. } => Span::ZERO,
    }
}
