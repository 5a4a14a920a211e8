//! Builds the topology of a scenario that has been checked.
//!
//! The check has excluded references to unknown things; here they are left out rather than trusted.

use crate::chance::ThingKey;
use crate::policy::fallback;
use crate::scenario::measure::{Condition, Names};
use crate::scenario::topology::{self, LinkId, Role, ServiceId, Topology};
use crate::scenario::{Arrivals, Fault, FaultEffect, Goal, Kind, Link, Load, Objective, Scenario, Service};
use crate::time::Time;
use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The dense ids of the things that a scenario names.
struct Ids<'a> {
    services: BTreeMap<&'a str, ServiceId>,
    links: BTreeMap<(&'a str, &'a str), LinkId>,
}

impl Ids<'_> {
    fn service(&self, id: &str) -> Option<ServiceId> {
        self.services.get(id).copied()
    }

    fn link(&self, [from, to]: &[String; 2]) -> Option<LinkId> {
        self.links.get(&(from.as_str(), to.as_str())).copied()
    }
}

pub(super) fn topology(scenario: &Scenario) -> Topology {
    let ids = Ids {
        services: (0..).zip(&scenario.services).map(|(i, s)| (s.id.as_str(), ServiceId(i))).collect(),
        links: (0..).zip(&scenario.links).map(|(i, l)| ((l.from.as_str(), l.to.as_str()), LinkId(i))).collect(),
    };
    // For conditions only.
    let names = LazyCell::new(|| Names::of_scenario(scenario));
    Topology {
        services: scenario.services.iter().map(|s| service(scenario, s)).collect(),
        links: scenario.links.iter().filter_map(|l| link(&ids, l)).collect(),
        loads: loads(&ids, &scenario.load).into(),
        faults: scenario.faults.iter().filter_map(|f| fault(&ids, f)).collect(),
        objectives: scenario.objectives.iter().filter_map(|o| objective(&ids, &names, o)).collect(),
        horizon: Time::at(scenario.horizon),
    }
}

fn service(scenario: &Scenario, service: &Service) -> topology::Service {
    topology::Service {
        id: service.id.clone(),
        key: ThingKey::of(&service.id),
        role: match service.kind {
            Kind::Client => Role::Client { reaches_effect: reaches_effect(scenario, &service.id) },
            Kind::Service | Kind::External => Role::Server,
            Kind::Stub => Role::Stub { script: service.script.clone(), repeat: service.repeat },
        },
        workers: service.workers.unwrap_or(u32::MAX),
        queue: service.queue.unwrap_or(u32::MAX),
        discipline: service.discipline,
        threads: service.threads,
        work: service.work.clone(),
        failure_rate: service.failure_rate,
        rate_limit: service.rate_limit,
        has_effect: service.effect.is_some(),
        idempotency: service.idempotency,
        stages: stages(scenario, &service.id),
    }
}

/// The links of a service, by stage; within a stage in the order of the file.
fn stages(scenario: &Scenario, id: &str) -> Vec<Vec<LinkId>> {
    let mut stages: BTreeMap<u32, Vec<LinkId>> = BTreeMap::new();
    for (i, link) in (0..).zip(&scenario.links).filter(|(_, link)| link.from == id) {
        stages.entry(link.stage).or_default().push(LinkId(i));
    }
    stages.into_values().collect()
}

/// Whether a service with an effect can be reached from here.
fn reaches_effect(scenario: &Scenario, from: &str) -> bool {
    let has_effect: BTreeMap<&str, bool> =
        scenario.services.iter().map(|service| (service.id.as_str(), service.effect.is_some())).collect();
    let mut seen = vec![from];
    let mut next = 0;
    while let Some(&here) = seen.get(next) {
        if has_effect.get(here) == Some(&true) {
            return true;
        }
        for link in scenario.links.iter().filter(|link| link.from == here) {
            if !seen.contains(&link.to.as_str()) {
                seen.push(&link.to);
            }
        }
        next += 1;
    }
    false
}

fn link(ids: &Ids, link: &Link) -> Option<topology::Link> {
    let id = link.id();
    let repeats_unsafe = link.retry.as_ref().is_some_and(|retry| retry.repeats_unsafe);
    let omit = link.optional.then_some(fallback::Config::Omit);
    Some(topology::Link {
        key: ThingKey::of(&id),
        id,
        from: ids.service(&link.from)?,
        to: ids.service(&link.to)?,
        method: link.method,
        repeatable: link.method.is_idempotent() || link.request_id || repeats_unsafe,
        overhead: link.overhead,
        delay: link.delay.clone(),
        loss: link.loss,
        timeout: link.timeout,
        probability: link.probability,
        cancel: link.cancel,
        request_id: link.request_id,
        retry: link.retry.clone(),
        breaker: link.breaker.clone(),
        bulkhead: link.bulkhead,
        hedge: link.hedge,
        deadline: link.deadline,
        fallback: link.fallback.or(omit),
        ask: link.ask,
        compensate: link.compensate,
    })
}

fn loads(ids: &Ids, loads: &[Load]) -> Vec<topology::Load> {
    let mut of_client: BTreeMap<&str, usize> = BTreeMap::new();
    let mut built = Vec::new();
    for load in loads {
        let Some(client) = ids.service(&load.client) else { continue };
        let index = of_client.entry(&load.client).or_default();
        built.push(topology::Load {
            key: ThingKey::of(&format!("{}#{index}", load.client)),
            client,
            arrivals: in_order(&load.arrivals),
            from: Time::at(load.from),
            until: load.until.map_or(Time::MAX, Time::at),
            patience: load.patience,
            asks_again: load.asks_again,
        });
        *index += 1;
    }
    built
}

/// Given instants need not be written in order.
fn in_order(arrivals: &Arrivals) -> Arrivals {
    let mut arrivals = arrivals.clone();
    if let Arrivals::At(instants) = &mut arrivals {
        instants.sort_unstable();
    }
    arrivals
}

fn fault(ids: &Ids, fault: &Fault) -> Option<topology::Fault> {
    let from = Time::at(fault.at);
    Some(topology::Fault {
        from,
        until: fault.lasts.map_or(Time::MAX, |span| from + span),
        effect: match &fault.effect {
            FaultEffect::Down { service } => topology::FaultEffect::Down(ids.service(service)?),
            FaultEffect::Slow { service, factor } => topology::FaultEffect::Slow(ids.service(service)?, *factor),
            FaultEffect::Failing { service, probability } => {
                topology::FaultEffect::Failing(ids.service(service)?, *probability)
            }
            FaultEffect::Drop { link, legs } => topology::FaultEffect::Drop(ids.link(link)?, *legs),
            FaultEffect::Delay { link, added } => topology::FaultEffect::Delay(ids.link(link)?, *added),
        },
    })
}

fn objective(
    ids: &Ids,
    names: &LazyCell<Names, impl FnOnce() -> Names>,
    objective: &Objective,
) -> Option<topology::Objective> {
    let (client, goal) = match &objective.goal {
        Goal::Success(at_least) => (Some(ids.service(&objective.client)?), topology::Goal::Success(*at_least)),
        Goal::Latency { quantile, within } => {
            (Some(ids.service(&objective.client)?), topology::Goal::Latency { quantile: *quantile, within: *within })
        }
        Goal::Expect(text) => (None, topology::Goal::Expect(Arc::new(Condition::parse(text, names).ok()?))),
    };
    Some(topology::Objective { name: objective.name.clone(), client, goal })
}
