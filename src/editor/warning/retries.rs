//! Harmful and ineffective retries.

use super::call::{attempts, is_harmless, is_repeatable};
use super::repair::Warning;
use super::rule::Rule;
use super::system::{Edge, System};
use super::waiting::Deadlines;
use crate::msg;
use crate::outcome::Outcome;
use crate::policy::{budget, idempotency};
use crate::scenario::Link;
use crate::text::Message;

/// The most callers that a reason names one by one.
const NAMED: usize = 4;

/// Finds harmful and ineffective retries.
pub fn find(system: &System, deadlines: &Deadlines, found: &mut Vec<Warning>) {
    let layers = Layers::of(system, deadlines);
    for edge in 0..system.edges.len() {
        found.extend(unsafe_retry(system, edge));
        found.extend(layers.warning(system, edge));
    }
}

/// Whether a link retries after outcomes that leave open whether the call was carried out.
fn repeats_in_doubt(link: &Link) -> bool {
    let doubtful = [Outcome::Timeout, Outcome::DeadlineExceeded, Outcome::Error];
    link.retry.as_ref().is_some_and(|r| r.max_attempts > 1 && doubtful.iter().any(|outcome| r.on.contains(*outcome)))
}

/// The rules about calls that are not idempotent.
fn unsafe_retry(system: &System, edge: usize) -> Option<Warning> {
    let (link, callee) = (system.edges[edge].link, system.edges[edge].to);
    let most = link.retry.as_ref().filter(|_| !link.method.is_idempotent())?.max_attempts;
    let (a, b) = (system.name(system.edges[edge].from), system.name(callee));
    let method = link.method.name();
    let send_id = || system.repair(edge, msg!("repair-send-id"), |l| l.request_id = true);
    let stop = |title: Message| system.repair(edge, title, |l| l.retry = None);
    if !is_repeatable(link) {
        let reason = msg!("warning-idle-retry-reason", method = method, caller = a);
        let repairs = vec![send_id(), stop(msg!("repair-remove-retry"))];
        return (most > 1).then(|| system.warning(Rule::IdleRetry, edge, reason, repairs));
    }
    if !repeats_in_doubt(link) {
        return None;
    }
    if !is_harmless(link) {
        let reason = msg!("warning-unsafe-retry-reason", callee = b, method = method, times = most);
        let repairs = vec![send_id(), stop(msg!("repair-stop-repeating"))];
        return Some(system.warning(Rule::UnsafeRetry, edge, reason, repairs));
    }
    let effect = system.service(callee).effect.as_ref().filter(|_| system.service(callee).idempotency.is_none())?;
    let reason = msg!("warning-ignored-id-reason", callee = b, attempts = most, caller = a, effect = effect);
    let keep = system.repair_service(callee, msg!("repair-recognise-repeats", callee = b), |s| {
        s.idempotency = Some(idempotency::Config::default());
    });
    Some(system.warning(Rule::IgnoredId, edge, reason, vec![keep, stop(msg!("repair-stop-repeating"))]))
}

/// The links above that multiply requests.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    None,
    One(usize),
    Several,
}

impl Above {
    fn and(self, other: Above) -> Self {
        match (self, other) {
            (Above::None, only) | (only, Above::None) => only,
            (one, same) if one == same => one,
            _ => Above::Several,
        }
    }
}

/// The multiplication of attempts by retries in several layers.
struct Layers {
    /// By edge: the number of attempts of a call, or 1 if they do not multiply.
    attempts: Vec<u32>,
    /// By service: the number of requests that one request further up can become, and the link responsible for it.
    worst: Vec<(u64, Option<usize>)>,
    /// By service: the links that multiply its requests, on any path.
    above: Vec<Above>,
    /// By service: whether a link below it multiplies requests.
    multiplies_below: Vec<bool>,
}

impl Layers {
    fn of(system: &System, deadlines: &Deadlines) -> Self {
        let attempts: Vec<u32> = (0..system.edges.len()).map(|edge| multiplies(system, deadlines, edge)).collect();
        let count = system.scenario.services.len();
        let (worst, above, multiplies_below) = (vec![(1, None); count], vec![Above::None; count], vec![false; count]);
        let mut layers = Layers { attempts, worst, above, multiplies_below };
        for &service in &system.order {
            for &edge in system.outgoing[service].iter().filter(|edge| !system.is_in_circle(**edge)) {
                let (all, to) = (layers.becomes(system, edge), system.edges[edge].to);
                if all > layers.worst[to].0 {
                    layers.worst[to] = (all, Some(edge));
                }
                let own = if layers.attempts[edge] > 1 { Above::One(edge) } else { Above::None };
                let above = if passes_on(system.edges[edge].link) { layers.above[service] } else { Above::None };
                layers.above[to] = layers.above[to].and(above).and(own);
            }
        }
        for &service in system.order.iter().rev() {
            let multiplies_below = |edge: &usize| {
                let multiplies = layers.attempts[*edge] > 1 || layers.multiplies_below[system.edges[*edge].to];
                multiplies && !system.is_in_circle(*edge) && passes_on(system.edges[*edge].link)
            };
            layers.multiplies_below[service] = system.outgoing[service].iter().any(multiplies_below);
        }
        layers
    }

    /// The number of attempts over a link that one request further up can become.
    fn becomes(&self, system: &System, edge: usize) -> u64 {
        let Edge { link, from, .. } = &system.edges[edge];
        let above = if passes_on(link) { self.worst[*from].0 } else { 1 };
        above.saturating_mul(self.attempts[edge].into())
    }

    /// The multiplying links, from the topmost down to this one.
    fn chain(&self, system: &System, edge: usize) -> Vec<usize> {
        let mut chain = Vec::new();
        let mut next = Some(edge);
        while let Some(edge) = next {
            if self.attempts[edge] > 1 {
                chain.push(edge);
            }
            next = self.worst[system.edges[edge].from].1.filter(|_| passes_on(system.edges[edge].link));
        }
        chain.reverse();
        chain
    }

    /// The warning at the lowest of several multiplying links.
    fn warning(&self, system: &System, edge: usize) -> Option<Warning> {
        if self.attempts[edge] < 2 || self.multiplies_below[system.edges[edge].to] {
            return None;
        }
        let chain = self.chain(system, edge);
        let (_, above) = chain.split_last().filter(|(_, above)| !above.is_empty())?;
        let tries = |edge: &usize| {
            msg!("warning-tries", caller = system.name(system.edges[*edge].from), times = self.attempts[*edge])
        };
        let mut callers: Vec<Message> = chain.iter().take(NAMED).map(tries).collect();
        if chain.len() > NAMED {
            callers.push(msg!("warning-and-so-on"));
        }
        let reason = msg!(
            "warning-layered-retries-reason",
            callee = system.name(system.edges[edge].to),
            attempts = self.becomes(system, edge),
            callers = callers,
        );
        // If several callers retry, changing only one of them does not help.
        let alone = match self.above[system.edges[edge].from] {
            Above::One(only) => {
                system.repair(only, msg!("repair-retry-only", link = system.ends(edge)), |l| l.retry = None)
            }
            Above::None | Above::Several => {
                system.repair(edge, msg!("repair-do-not-retry", link = system.ends(edge)), |l| l.retry = None)
            }
        };
        let bounded = system.repair(edge, msg!("repair-bound-retries"), |l| {
            let budget = budget::Config::Ratio { ratio: 0.1, min_per_second: 1.0, window: budget::Config::WINDOW };
            l.retry.iter_mut().for_each(|retry| retry.budget = Some(budget));
        });
        let others = system.things(above.iter().copied());
        Some(Warning { others, ..system.warning(Rule::LayeredRetries, edge, reason, vec![alone, bounded]) })
    }
}

/// Whether a failed call makes the caller's own request fail.
fn passes_on(link: &Link) -> bool {
    link.fallback.is_none() && !link.optional
}

/// The number of attempts of a call over a link, or 1 if something else ends a retry storm.
fn multiplies(system: &System, deadlines: &Deadlines, edge: usize) -> u32 {
    let link = system.edges[edge].link;
    let is_bounded = link.breaker.is_some() || link.retry.as_ref().is_some_and(|retry| retry.budget.is_some());
    if is_bounded || deadlines.may_hold(system, edge) || system.is_in_circle(edge) {
        return 1;
    }
    attempts(link, Outcome::Error).min(attempts(link, Outcome::Timeout))
}
