//! Ineffective guards: queues longer than the callers' timeouts, breakers that never trip, bulkheads that never fill.

use super::call::{self, Estimate, attempts, heeds_deadline, own_deadline};
use super::repair::Warning;
use super::rule::Rule;
use super::system::System;
use super::waiting::Deadlines;
use super::words::length;
use crate::chance::Distribution;
use crate::editor::Thing;
use crate::msg;
use crate::outcome::{Outcome, OutcomeSet};
use crate::policy::breaker::{Trip, Window};
use crate::policy::bulkhead;
use crate::scenario::{Arrivals, Discipline, Kind, Link, Load, Threads, limits};
use crate::text::{Message, list_or};
use crate::time::Span;

/// A full queue may take this many times the longest patience. If it takes longer, more than half of it is wasted work.
const HALF: f64 = 2.0;
/// In any period, random arrivals are assumed to be at most this many times the mean load, plus [`BURST`] requests.
const SURGE: f64 = 2.0;
/// Additional requests on top of [`SURGE`].
const BURST: f64 = 15.0;

/// Finds ineffective guards.
pub fn find(system: &System, deadlines: &Deadlines, found: &mut Vec<Warning>) {
    found.extend((0..system.scenario.services.len()).filter_map(|service| long_queue(system, service)));
    let traffic = Traffic::of(system);
    for edge in 0..system.edges.len() {
        found.extend(idle_breaker(system, deadlines, &traffic, edge));
        found.extend(idle_bulkhead(system, edge));
    }
}

fn long_queue(system: &System, index: usize) -> Option<Warning> {
    let service = system.service(index);
    let incoming = || system.incoming[index].iter().map(|edge| system.edges[*edge].link);
    let notifies = |link: &Link| link.cancel || own_deadline(link).is_some() || heeds_deadline(link);
    // If all callers have bulkheads, the queue never fills up.
    let is_guarded = service.rate_limit.is_some() || incoming().all(|link| link.bulkhead.is_some());
    if service.discipline == Discipline::Lifo || is_guarded || incoming().any(notifies) {
        return None;
    }
    let patience = incoming().map(|link| link.timeout).reduce(|a, b| Some(a?.max(b?))).flatten()?;
    let workers = service.workers.filter(|workers| *workers > 0)?;
    let work = Estimate::Usual.work(service);
    let takes = |places: u32| work.scaled(f64::from(places) / f64::from(workers));
    if work == Span::ZERO || service.queue.is_some_and(|places| takes(places) <= patience.scaled(HALF)) {
        return None;
    }
    let (name, waits) = (service.label(), length(patience));
    let reason = match service.queue {
        Some(places) => {
            msg!(
                "warning-long-queue-reason",
                service = name,
                waits = waits,
                places = places,
                takes = length(takes(places))
            )
        }
        None => msg!("warning-endless-queue-reason", service = name, waits = waits),
    };
    // Half of the time is for waiting, the other half for work and network.
    let places = (patience.as_nanos() as f64 / 2.0 / work.as_nanos() as f64 * f64::from(workers)) as u32;
    let shorter = match places {
        0 => msg!("repair-no-queue"),
        places => msg!("repair-shorten-queue", places = places),
    };
    let repairs = vec![
        system.repair_service(index, shorter, |s| s.queue = Some(places)),
        system.repair_service(index, msg!("repair-newest-first"), |s| s.discipline = Discipline::Lifo),
    ];
    Some(Warning { rule: Rule::LongQueue, at: Thing::service(&service.id), others: Vec::new(), reason, repairs })
}

/// A breaker that can never trip: it counts only impossible failures, never gets enough results, or both.
fn idle_breaker(system: &System, deadlines: &Deadlines, traffic: &Traffic, edge: usize) -> Option<Warning> {
    let (impossible, too_few) = (impossible(system, deadlines, edge), too_few(system, traffic, edge));
    let calls = too_few.as_ref().map(|(_, calls)| *calls);
    let is_impossible = impossible.is_some();
    let title = match (is_impossible, calls) {
        (false, None) => return None,
        (true, None) => msg!("repair-count-failures"),
        (false, Some(calls)) => msg!("repair-judge-calls", calls = calls),
        (true, Some(calls)) => msg!("repair-count-failures-of", calls = calls),
    };
    let reason = match (impossible, too_few.map(|(reason, _)| reason)) {
        (Some(impossible), Some(too_few)) => msg!("warning-both-reasons", first = impossible, second = too_few),
        (impossible, too_few) => impossible.or(too_few)?,
    };
    let repair = system.repair(edge, title, |link| {
        let Some(breaker) = &mut link.breaker else { return };
        if is_impossible {
            breaker.failures = OutcomeSet::FAILURES;
        }
        if let (Some(calls), Trip::Rate { window, minimum_calls, .. }) = (calls, &mut breaker.trip) {
            (*window, *minimum_calls) = (Window::Calls(calls), calls);
        }
    });
    Some(system.warning(Rule::IdleBreaker, edge, reason, vec![repair]))
}

/// The reason why none of the failures that a breaker counts can occur.
fn impossible(system: &System, deadlines: &Deadlines, edge: usize) -> Option<Message> {
    let link = system.edges[edge].link;
    let breaker = link.breaker.as_ref()?;
    let can_be_slow = match breaker.trip {
        Trip::Consecutive { .. } => false,
        Trip::Rate { slow_duration, .. } => call::patience(link).is_none_or(|patience| patience > slow_duration),
    };
    if can_be_slow || breaker.failures.iter().any(|outcome| can_happen(system, deadlines, edge, outcome)) {
        return None;
    }
    let counted: Vec<String> = breaker.failures.iter().map(|outcome| outcome.name().to_owned()).collect();
    Some(match counted.is_empty() {
        true => msg!("warning-breaker-counts-nothing"),
        false => msg!("warning-breaker-counts-impossible", outcomes = list_or(&counted)),
    })
}

/// Whether an attempt over a link can have this outcome; `true` if that is uncertain.
fn can_happen(system: &System, deadlines: &Deadlines, edge: usize, outcome: Outcome) -> bool {
    let (link, callee) = (system.edges[edge].link, system.service(system.edges[edge].to));
    let says = |status| callee.kind == Kind::Stub && callee.script.iter().any(|reply| reply.status == status);
    match outcome {
        Outcome::Timeout => link.timeout.is_some() || says(504),
        Outcome::DeadlineExceeded => deadlines.may_hold(system, edge),
        Outcome::Shed => callee.queue.is_some() && callee.workers.is_some() || says(503),
        Outcome::RateLimited => callee.rate_limit.is_some() || says(429),
        Outcome::Conflict => link.request_id && callee.idempotency.is_some() || says(409),
        Outcome::BulkheadFull => link.bulkhead.is_some(),
        Outcome::Degraded => !system.outgoing[system.edges[edge].to].is_empty(),
        Outcome::Ok | Outcome::Error | Outcome::Refused | Outcome::BreakerOpen | Outcome::Cancelled => true,
    }
}

/// The reason why a breaker never gets enough results, and a suitable length for a window of calls instead.
fn too_few(system: &System, traffic: &Traffic, edge: usize) -> Option<(Message, u32)> {
    let breaker = system.edges[edge].link.breaker.as_ref()?;
    let Trip::Rate { window: Window::Time(window), minimum_calls, .. } = breaker.trip else { return None };
    let most = libm::ceil(traffic.within(system, edge, window)?);
    if f64::from(minimum_calls) <= most {
        return None;
    }
    let reason = msg!("warning-breaker-starved", minimum = minimum_calls, window = length(window), most = most);
    Some((reason, minimum_calls.min(limits::BREAKER_WINDOW)))
}

/// An upper bound of the requests in a period: a fixed number, plus a number per second.
#[derive(Clone, Copy, Default)]
struct Most {
    at_once: f64,
    per_second: f64,
}

/// By service: an upper bound of the requests that it receives, or that a client sends. `None`: unbounded.
struct Traffic(Vec<Option<Most>>);

impl Traffic {
    fn of(system: &System) -> Self {
        let mut all = Traffic(vec![Some(Most::default()); system.scenario.services.len()]);
        for load in &system.scenario.load {
            let client = (0..all.0.len()).find(|service| system.service(*service).id == load.client);
            let Some(requests) = client.and_then(|client| all.0.get_mut(client)) else { continue };
            *requests = requests.zip(most_of(load)).map(|(a, b)| a.and(b));
        }
        for &service in &system.order {
            for &edge in &system.outgoing[service] {
                let calls = if system.is_in_circle(edge) { None } else { all.calls(system, edge) };
                let requests = &mut all.0[system.edges[edge].to];
                *requests = requests.zip(calls).map(|(a, b)| a.and(b));
            }
        }
        all
    }

    /// An upper bound of the attempts over a link, for new requests and for those that the caller still holds.
    fn calls(&self, system: &System, edge: usize) -> Option<Most> {
        let (link, from) = (system.edges[edge].link, system.service(system.edges[edge].from));
        let requests = self.0[system.edges[edge].from]?;
        let held = match (from.kind, from.threads) {
            // A client holds the requests that are under way or waiting for a retry.
            (Kind::Client, _) => {
                let lasts = call::longest(link).map_or(Span::ZERO, |longest| longest.lasts);
                let held = lasts + Estimate::Usual.network(link) + Span::secs(1);
                requests.per_second * held.as_secs_f64()
            }
            (_, Threads::Blocking) => f64::from(from.workers?) + f64::from(from.queue?),
            (_, Threads::Async) => return None,
        };
        let most = Outcome::ALL.into_iter().map(|outcome| attempts(link, outcome)).max().unwrap_or(1);
        let each = f64::from(most) * (1.0 + link.hedge.map_or(0.0, |hedge| f64::from(hedge.max)));
        Some(Most { at_once: (requests.at_once + held) * each, per_second: requests.per_second * each })
    }

    /// An upper bound of the attempts over a link within a period; `None` if there is no bound, or no calls at all.
    fn within(&self, system: &System, edge: usize, window: Span) -> Option<f64> {
        let calls = self.calls(system, edge)?;
        let nobody = self.0[system.edges[edge].from].is_none_or(|most| most.at_once + most.per_second == 0.0);
        (!nobody).then_some(calls.at_once + calls.per_second * window.as_secs_f64())
    }
}

impl Most {
    fn and(self, other: Most) -> Most {
        Most { at_once: self.at_once + other.at_once, per_second: self.per_second + other.per_second }
    }
}

/// An upper bound of the requests of a load, see [`SURGE`] and [`BURST`].
fn most_of(load: &Load) -> Option<Most> {
    let by_chance = |rate: f64| Most { at_once: if rate > 0.0 { BURST } else { 0.0 }, per_second: SURGE * rate };
    let most = match &load.arrivals {
        Arrivals::Constant(rate) => Most { at_once: 1.0, per_second: *rate },
        Arrivals::Poisson(rate) => by_chance(*rate),
        Arrivals::Profile(points) => by_chance(points.iter().map(|(_, rate)| *rate).fold(0.0, f64::max)),
        Arrivals::At(instants) => Most { at_once: instants.len() as f64, per_second: 0.0 },
        Arrivals::Users { users, think } => {
            let think = shortest(think).as_secs_f64();
            let users = f64::from(*users);
            (think > 0.0).then_some(Most { at_once: users, per_second: users / think })?
        }
    };
    let each = 1.0 + f64::from(load.asks_again);
    Some(Most { at_once: most.at_once * each, per_second: most.per_second * each })
}

fn shortest(distribution: &Distribution) -> Span {
    Estimate::Least.of(distribution)
}

fn idle_bulkhead(system: &System, edge: usize) -> Option<Warning> {
    let (link, from) = (system.edges[edge].link, system.service(system.edges[edge].from));
    let permits = link.bulkhead?.max_concurrent;
    let workers = from.workers.filter(|_| from.kind != Kind::Client && from.threads == Threads::Blocking)?;
    let hedges = link.hedge.map_or(0, |hedge| hedge.max);
    if permits < workers.saturating_mul(hedges.saturating_add(1)) {
        return None;
    }
    let name = from.label();
    let reason = match hedges {
        0 => msg!("warning-idle-bulkhead-reason", service = name, workers = workers, permits = permits),
        _ => msg!("warning-idle-bulkhead-hedges", service = name, workers = workers, permits = permits),
    };
    let half = (workers > 1).then(|| {
        let title = msg!("repair-allow-at-once", permits = workers / 2);
        let max_wait = link.bulkhead.map_or(Span::ZERO, |bulkhead| bulkhead.max_wait);
        system.repair(edge, title, |l| l.bulkhead = Some(bulkhead::Config { max_concurrent: workers / 2, max_wait }))
    });
    let remove = system.repair(edge, msg!("repair-remove-bulkhead"), |l| l.bulkhead = None);
    Some(system.warning(Rule::IdleBulkhead, edge, reason, half.into_iter().chain([remove]).collect()))
}
