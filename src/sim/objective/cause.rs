//! The likely cause when requests of a client go wrong. The search goes from the client along the calls that fail or take
//! long, down to the deepest service or link that does so by itself.
//!
//! The rule, at each link: of the ways in which its attempts failed, the most frequent one counts. *Refused*: the
//! service behind it is down. *Rate limited*: it turns requests away. *Error*: if its own calls failed for at least
//! half of its errors, go on with the link that failed most, else it fails by itself. *No answer in time*: if the link
//! lost messages for half of them, it is the link; else the time is followed. *Queue full*: what holds the workers is
//! followed. To *follow the time* means: of travelling, own work and calls of its own, what takes longest counts. A
//! service whose own work takes longest is slow, or, if that is how it is set up and requests queue for longer than
//! they are worked on, overloaded.
//!
//! It is a rule of thumb, like that of an engineer at a dashboard: it knows counts and sums of times, and no faults.

use crate::scenario::Threads;
use crate::scenario::topology::{LinkId, Role, Service, ServiceId, Topology};
use crate::sim::notice::Location;
use crate::sim::series::{LinkFlow, ServiceFlow};

/// A likely cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The service or link.
    pub place: Location,
    /// Its trouble.
    pub trouble: Trouble,
}

/// The kinds of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The service is down.
    Down,
    /// The service answers with errors of its own.
    Fails,
    /// The service's own work or the transmission over the link takes long.
    Slow,
    /// More requests arrive than the workers can handle.
    Overloaded,
    /// The service refuses requests at its rate limit.
    Limits,
    /// The link loses messages.
    Loses,
    /// The breaker of the link is open, and nothing else is known.
    Open,
}

/// A service is slow if its work takes this many times its configured mean.
const SLOW: f64 = 1.5;

/// The likely cause of trouble with the requests of `client`; `None` if unknown. With `slow` they take long, otherwise they
/// fail.
pub(super) fn find(
    topology: &Topology,
    flows: (Vec<ServiceFlow>, Vec<LinkFlow>),
    client: ServiceId,
    slow: bool,
) -> Option<Cause> {
    let mut search = Search { topology, services: flows.0, links: flows.1, steps: topology.links.len() + 1 };
    let link = if slow { None } else { search.most(client, |link| u64::from(link.failed)) };
    match link {
        Some(link) => search.over(link, true),
        // A request that its user abandons does not fail: it takes long.
        None => search.longest(client).and_then(|link| search.over(link, false)),
    }
}

struct Search<'a> {
    topology: &'a Topology,
    services: Vec<ServiceFlow>,
    links: Vec<LinkFlow>,
    /// The number of links that may still be followed, because calls may form a cycle.
    steps: usize,
}

impl Search<'_> {
    fn service(&self, id: ServiceId) -> ServiceFlow {
        self.services.get(id.index()).copied().unwrap_or_default()
    }

    fn link(&self, id: LinkId) -> LinkFlow {
        self.links.get(id.index()).copied().unwrap_or_default()
    }

    fn config(&self, id: ServiceId) -> Option<&Service> {
        self.topology.services.get(id.index())
    }

    fn calls_of(&self, id: ServiceId) -> impl Iterator<Item = LinkId> {
        self.config(id).into_iter().flat_map(|service| service.stages.iter().flatten().copied())
    }

    /// The link of a service with the largest value above zero; the first of equal ones.
    fn most(&self, id: ServiceId, of: impl Fn(&LinkFlow) -> u64) -> Option<LinkId> {
        let mut best = (0, None);
        for link in self.calls_of(id) {
            let amount = of(&self.link(link));
            if amount > best.0 {
                best = (amount, Some(link));
            }
        }
        best.1
    }

    /// The link that the requests of a service wait for longest. If no call ended, the one with the most calls under way.
    fn longest(&self, id: ServiceId) -> Option<LinkId> {
        self.most(id, |link| link.latency).or_else(|| self.most(id, |link| u64::from(link.calls)))
    }

    /// The cause of failing calls over a link.
    fn over(&mut self, id: LinkId, fails: bool) -> Option<Cause> {
        self.steps = self.steps.checked_sub(1)?;
        let (flow, config) = (self.link(id), self.topology.links.get(id.index())?);
        let timed_out = config.timeout.map_or(0, |t| t.as_nanos().saturating_mul(u64::from(flow.timeouts)));
        let fails = fails || flow.failures() > flow.attempts / 2 || timed_out > flow.latency / 2;
        let here = |trouble| Some(Cause { place: Location::Service(config.to), trouble });
        let link = |trouble| Some(Cause { place: Location::Link(id), trouble });
        let tried = [flow.refused, flow.limited, flow.errors, flow.timeouts, flow.shed];
        let most = tried.into_iter().max().filter(|most| fails && *most > 0);
        match most {
            Some(most) if most == flow.refused => here(Trouble::Down),
            Some(most) if most == flow.limited => here(Trouble::Limits),
            Some(most) if most == flow.errors => self.errors_of(config.to),
            Some(most) if most == flow.timeouts && flow.lost > flow.timeouts / 2 => link(Trouble::Loses),
            Some(most) if most == flow.timeouts => self.time_over(id),
            Some(_) => self.hold_up_of(config.to),
            None if fails && flow.breaker_open > flow.bulkhead_full => link(Trouble::Open),
            None => self.time_over(id),
        }
    }

    /// The cause of errors of a service.
    fn errors_of(&mut self, id: ServiceId) -> Option<Cause> {
        let below = self.calls_of(id).map(|link| u64::from(self.link(link).failed)).sum::<u64>();
        if below > 0 && below >= u64::from(self.service(id).failed) / 2 {
            let link = self.most(id, |link| u64::from(link.failed))?;
            return self.over(link, true);
        }
        Some(Cause { place: Location::Service(id), trouble: Trouble::Fails })
    }

    /// The cause of slow calls over a link.
    fn time_over(&mut self, id: LinkId) -> Option<Cause> {
        let (flow, to) = (self.link(id), self.topology.links.get(id.index())?.to);
        let there = self.service(to);
        // There and back.
        let travels = per(flow.travelled, flow.messages) * 2.0;
        let (work, waits) = (per(there.work, there.started), per(there.queued, there.arrived));
        if travels > work + waits + per(self.below(to), there.started) {
            return Some(Cause { place: Location::Link(id), trouble: Trouble::Slow });
        }
        self.hold_up_of(to)
    }

    /// The cause of taken workers of a service: its calls, or its own work.
    fn hold_up_of(&mut self, id: ServiceId) -> Option<Cause> {
        let flow = self.service(id);
        if self.below(id) > flow.work
            && let Some(link) = self.longest(id)
        {
            return self.over(link, false);
        }
        let work = per(flow.work, flow.started);
        let is_set_up_so = self.config(id).and_then(usual_work).is_some_and(|usual| work < usual * SLOW);
        let overloaded = is_set_up_so && (per(flow.queued, flow.arrived) > work || flow.shed > 0);
        let trouble = if overloaded { Trouble::Overloaded } else { Trouble::Slow };
        Some(Cause { place: Location::Service(id), trouble })
    }

    /// The nanoseconds that requests of a service spent waiting for calls: the sum over ended calls or, if a worker waits
    /// with its request, the time that workers were taken beyond own work.
    fn below(&self, id: ServiceId) -> u64 {
        let ended = self.calls_of(id).map(|link| self.link(link).latency).sum::<u64>();
        let flow = self.service(id);
        let waits = self.config(id).is_some_and(|s| s.threads == Threads::Blocking && !s.stages.is_empty());
        if waits { ended.max(flow.busy.saturating_sub(flow.work)) } else { ended }
    }
}

/// The configured mean work of a request, in nanoseconds.
fn usual_work(service: &Service) -> Option<f64> {
    match &service.role {
        Role::Server => Some(service.work.mean()?.as_nanos() as f64),
        Role::Stub { script, .. } => script.iter().map(|reply| reply.after.as_nanos() as f64).max_by(f64::total_cmp),
        Role::Client { .. } => None,
    }
}

fn per(sum: u64, count: u32) -> f64 {
    sum as f64 / f64::from(count.max(1))
}
