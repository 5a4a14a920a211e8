//! Retries that do harm, and those that do nothing.

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

/// Callers that a reason names one by one.
const NAMED: usize = 4;

/// Finds what is wrong with how calls are repeated.
pub fn find(system: &System, deadlines: &Deadlines, found: &mut Vec<Warning>) {
    let layers = Layers::of(system, deadlines);
    for edge in 0..system.edges.len() {
        found.extend(unsafe_retry(system, edge));
        found.extend(layers.warning(system, edge));
    }
}

/// Whether a retry repeats calls of which nobody knows whether they were carried out.
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

/// The links above that multiply.
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

/// How the attempts of retries in a row multiply.
struct Layers {
    /// Attempts of a call over each link, as far as they multiply.
    attempts: Vec<u32>,
    /// By service: how many requests one request somewhere above can become, and by which link.
    worst: Vec<(u64, Option<usize>)>,
    /// By service: what multiplies the requests that come to it, on whatever way.
    above: Vec<Above>,
    /// By service: whether a link behind it multiplies what comes.
    goes_on: Vec<bool>,
}

impl Layers {
    fn of(system: &System, deadlines: &Deadlines) -> Self {
        let attempts: Vec<u32> = (0..system.edges.len()).map(|edge| multiplies(system, deadlines, edge)).collect();
        let count = system.scenario.services.len();
        let (worst, above, goes_on) = (vec![(1, None); count], vec![Above::None; count], vec![false; count]);
        let mut layers = Layers { attempts, worst, above, goes_on };
        for &service in &system.order {
            for &edge in system.outgoing[service].iter().filter(|edge| !system.goes_round(**edge)) {
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
            let goes_on = |edge: &usize| {
                let multiplies = layers.attempts[*edge] > 1 || layers.goes_on[system.edges[*edge].to];
                multiplies && !system.goes_round(*edge) && passes_on(system.edges[*edge].link)
            };
            layers.goes_on[service] = system.outgoing[service].iter().any(goes_on);
        }
        layers
    }

    /// How many attempts over a link one request above can become.
    fn becomes(&self, system: &System, edge: usize) -> u64 {
        let Edge { link, from, .. } = &system.edges[edge];
        let above = if passes_on(link) { self.worst[*from].0 } else { 1 };
        above.saturating_mul(self.attempts[edge].into())
    }

    /// The links that multiply, from the topmost down to this one.
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

    /// The warning at the last link of a row.
    fn warning(&self, system: &System, edge: usize) -> Option<Warning> {
        if self.attempts[edge] < 2 || self.goes_on[system.edges[edge].to] {
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
        // One of several callers that stops repeating would leave the others.
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

/// Whether a failure of a call is a failure of the request that made it.
fn passes_on(link: &Link) -> bool {
    link.fallback.is_none() && !link.optional
}

/// The attempts of a call over a link, or 1 where something else ends a storm.
fn multiplies(system: &System, deadlines: &Deadlines, edge: usize) -> u32 {
    let link = system.edges[edge].link;
    let is_bounded = link.breaker.is_some() || link.retry.as_ref().is_some_and(|retry| retry.budget.is_some());
    if is_bounded || deadlines.may_hold(system, edge) || system.goes_round(edge) {
        return 1;
    }
    attempts(link, Outcome::Error).min(attempts(link, Outcome::Timeout))
}
