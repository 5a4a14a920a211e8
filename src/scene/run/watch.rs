//! The live numbers of a run: growing counters become rates, shares, badges and a calm health.
//!
//! The watch reads the simulation and never changes it. Its clock is the time of watching, which stops in a pause.

use super::readout::{Badge, BreakerReadout, ClientReadout, LinkReadout, Readout, ServiceReadout, Why};
use super::steady::Steady;
use crate::outcome::Outcome;
use crate::scenario::topology::{Goal, LinkId, Role, ServiceId, Topology};
use crate::sim::Simulation;
use crate::sim::measure::Verdict;
use crate::sim::measure::counts::{grown, mean, per_second};
use crate::sim::objective::JUDGED;
use crate::sim::view::{ClientView, EntryView, LinkView, OutcomeCounts, ServiceCounts, ServiceView};
use crate::time::{Span, Time};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

/// The period of rates, in seconds of watching.
pub const WINDOW: f64 = 2.5;
/// The longest period of rates, for slow motion with fewer than `ENOUGH` attempts in `WINDOW`.
pub const WIDEST: f64 = 12.0;
/// The number of attempts that makes a reliable rate.
const ENOUGH: u64 = 25;
/// The time that a badge stays after the last drop, in seconds of watching.
pub const BADGE: f64 = 1.5;
/// The most badges on the stage.
pub const BADGES: usize = 12;
/// The number of ledger entries on display.
pub const ENTRIES: usize = 3;

/// The counters at one moment.
struct Sample {
    watched: f64,
    time: Time,
    services: Vec<ServiceCounts>,
    clients: Vec<Option<(u64, OutcomeCounts, Span)>>,
    links: Vec<(u64, OutcomeCounts)>,
}

/// A badge owner: whether it is a link, its index, and the reason.
type Dropper = (bool, usize, Why);

struct Counted {
    count: u64,
    last: f64,
}

/// The watch of one run. A restarted run needs a new one.
#[derive(Default)]
pub struct Watch {
    topology: Option<Arc<Topology>>,
    ids: (Vec<Rc<str>>, Vec<Rc<str>>),
    samples: VecDeque<Sample>,
    steady: Vec<Steady>,
    badges: BTreeMap<Dropper, Counted>,
}

impl Watch {
    /// Reads the run after `watched` seconds of watching.
    pub fn look(&mut self, sim: &Simulation, watched: f64) -> Readout {
        self.follow(sim.topology());
        let topology = sim.topology().clone();
        // All ids of the topology exist, so that nothing is omitted and indices equal ids.
        let services: Vec<ServiceView> =
            ids(topology.services.len()).filter_map(|i| sim.service(ServiceId(i))).collect();
        let links: Vec<LinkView> = ids(topology.links.len()).filter_map(|i| sim.link(LinkId(i))).collect();
        let clients: Vec<Option<ClientView>> = ids(topology.services.len()).map(|i| sim.client(ServiceId(i))).collect();
        let now = Sample {
            watched,
            time: sim.now(),
            services: services.iter().map(|s| s.counts).collect(),
            clients: clients.iter().map(|c| c.as_ref().map(|c| (c.sent, c.outcomes, c.latency_sum))).collect(),
            links: links.iter().map(|l| (l.attempts, l.attempt_outcomes)).collect(),
        };
        self.count_drops(&now);
        while self.samples.get(1).is_some_and(|s| watched - s.watched >= WIDEST) {
            self.samples.pop_front();
        }
        let past = compared_with(&self.samples, &now).unwrap_or(&now);
        let passed = now.time.since(past.time);
        let seconds = passed.as_secs_f64();
        // A few events within a short time are not a rate yet.
        let rate = |more: u64| if more > 3 || seconds >= 1.0 { per_second(more, passed) } else { 0.0 };
        let mut readout = Readout { time: now.time, objectives: verdicts(sim), ..Readout::default() };
        for (index, view) in services.into_iter().enumerate() {
            let id = self.ids.0.get(index).cloned().unwrap_or_else(|| "".into());
            let (before, after) = (past.services.get(index).copied().unwrap_or_default(), view.counts);
            let Some(steady) = self.steady.get_mut(index) else { continue };
            if let Some(view) = clients.get(index).cloned().flatten() {
                let (sent, outcomes, latency) = past.clients.get(index).copied().flatten().unwrap_or_default();
                let ended = view.outcomes.since(&outcomes);
                let success = ended.success_rate();
                readout.clients.push(ClientReadout {
                    id: id.clone(),
                    sending: rate(grown(view.sent, sent)),
                    success,
                    health: steady.update(success, watched),
                    latency: mean(view.latency_sum.saturating_sub(latency), ended.total()),
                    view,
                });
            }
            let since = after.since(&before);
            let success = since.success_rate();
            let is_client = topology.services.get(index).is_some_and(|s| matches!(s.role, Role::Client { .. }));
            let entries: Vec<EntryView> = sim.entries(ServiceId(index as u32)).collect();
            readout.services.push(ServiceReadout {
                id,
                arriving: rate(since.arrived),
                answering: rate(since.completed),
                success,
                health: if is_client { Default::default() } else { steady.update(success, watched) },
                duplicates: entries.iter().filter(|e| e.duplicate && !e.compensated).count(),
                unknown: entries.iter().filter(|e| e.unknown && !e.compensated).count(),
                booked: entries.len(),
                entries: last_entries(&entries),
                badges: Vec::new(),
                view,
            });
        }
        for (index, view) in links.into_iter().enumerate() {
            let (attempts, outcomes) = past.links.get(index).copied().unwrap_or_default();
            readout.links.push(LinkReadout {
                id: self.ids.1.get(index).cloned().unwrap_or_else(|| "".into()),
                attempts: rate(grown(view.attempts, attempts)),
                failed: view.attempt_outcomes.since(&outcomes).failure_rate(),
                breaker: breaker(&topology, index, &view, now.time),
                badges: Vec::new(),
                view,
            });
        }
        self.hang_badges(&mut readout, watched);
        if self.samples.back().is_none_or(|s| s.watched < watched) {
            self.samples.push_back(now);
        }
        readout
    }

    /// Drops the history of services and links that an edit has changed.
    fn follow(&mut self, topology: &Arc<Topology>) {
        if self.topology.as_ref().is_some_and(|known| Arc::ptr_eq(known, topology)) {
            return;
        }
        let ids = (
            topology.services.iter().map(|s| Rc::from(s.id.as_str())).collect::<Vec<Rc<str>>>(),
            topology.links.iter().map(|l| Rc::from(l.id.as_str())).collect::<Vec<Rc<str>>>(),
        );
        if ids != self.ids {
            self.samples.clear();
            self.badges.clear();
            self.steady = vec![Steady::default(); ids.0.len()];
            self.ids = ids;
        }
        self.topology = Some(topology.clone());
    }

    fn count_drops(&mut self, now: &Sample) {
        let Some(before) = self.samples.back() else { return };
        let services = now.services.iter().zip(&before.services).enumerate();
        let services = services.flat_map(|(i, (a, b))| drops(a, b).map(move |(why, more)| ((false, i, why), more)));
        let links = now.links.iter().zip(&before.links).enumerate();
        let links = links.flat_map(|(i, (a, b))| stopped(&a.1, &b.1).map(move |(why, more)| ((true, i, why), more)));
        for (dropper, more) in services.chain(links).filter(|(_, more)| *more > 0) {
            let counted = self.badges.entry(dropper).or_insert(Counted { count: 0, last: now.watched });
            counted.count += more;
            counted.last = now.watched;
        }
        self.badges.retain(|_, counted| now.watched - counted.last < BADGE);
    }

    /// Shows the newest badges where there are too many.
    fn hang_badges(&self, readout: &mut Readout, watched: f64) {
        let mut all: Vec<(&Dropper, &Counted)> = self.badges.iter().filter(|(_, c)| watched - c.last < BADGE).collect();
        all.sort_by(|a, b| b.1.last.total_cmp(&a.1.last).then(b.1.count.cmp(&a.1.count)).then(a.0.cmp(b.0)));
        for ((on_link, index, why), counted) in all.into_iter().take(BADGES) {
            let badge = Badge { why: *why, count: counted.count };
            match on_link {
                true => readout.links.get_mut(*index).map(|l| l.badges.push(badge)),
                false => readout.services.get_mut(*index).map(|s| s.badges.push(badge)),
            };
        }
    }
}

/// The latest entries. A duplicate stays visible until the next one.
fn last_entries(all: &[EntryView]) -> Vec<EntryView> {
    let (older, last) = all.split_at(all.len().saturating_sub(ENTRIES));
    let is_duplicate = |e: &&EntryView| e.duplicate && !e.compensated;
    let pinned = older.iter().rev().find(is_duplicate).filter(|_| !last.iter().any(|e| is_duplicate(&e)));
    pinned.into_iter().chain(last.iter().skip(usize::from(pinned.is_some()))).copied().collect()
}

/// The sample to compare `now` with: the youngest that is old enough.
fn compared_with<'a>(samples: &'a VecDeque<Sample>, now: &Sample) -> Option<&'a Sample> {
    let attempts = |s: &Sample| s.links.iter().map(|(attempts, _)| attempts).sum::<u64>();
    let reached = attempts(now);
    let old_enough = |s: &&Sample| now.watched - s.watched >= WINDOW && reached.saturating_sub(attempts(s)) >= ENOUGH;
    samples.iter().rev().find(old_enough).or(samples.front())
}

fn ids(count: usize) -> impl Iterator<Item = u32> {
    0..count as u32
}

/// The verdicts of the objectives, in the order of the file. A quantile needs a whole histogram, so that the charts
/// show latency objectives from counts instead.
fn verdicts(sim: &Simulation) -> Vec<Option<Verdict>> {
    let objectives = (0..).zip(&sim.topology().objectives).take(JUDGED);
    objectives.map(|(i, o)| sim.verdict(i).filter(|_| !matches!(o.goal, Goal::Latency { .. }))).collect()
}

fn drops(now: &ServiceCounts, before: &ServiceCounts) -> impl Iterator<Item = (Why, u64)> + use<> {
    [
        (Why::Down, now.refused, before.refused),
        (Why::Lost, now.lost, before.lost),
        (Why::QueueFull, now.shed, before.shed),
        (Why::Failed, now.failed, before.failed),
        (Why::RateLimit, now.rate_limited, before.rate_limited),
        (Why::Expired, now.expired, before.expired),
        (Why::InProgress, now.conflict, before.conflict),
        (Why::Cancelled, now.cancelled, before.cancelled),
    ]
    .into_iter()
    .map(|(why, now, before)| (why, now.saturating_sub(before)))
}

fn stopped(now: &OutcomeCounts, before: &OutcomeCounts) -> impl Iterator<Item = (Why, u64)> + use<> {
    let more = |outcome| now.get(outcome).saturating_sub(before.get(outcome));
    [
        (Why::TimedOut, more(Outcome::Timeout)),
        (Why::BreakerOpen, more(Outcome::BreakerOpen)),
        (Why::BulkheadFull, more(Outcome::BulkheadFull)),
        (Why::NoTime, more(Outcome::DeadlineExceeded)),
    ]
    .into_iter()
}

fn breaker(topology: &Topology, link: usize, view: &LinkView, now: Time) -> Option<BreakerReadout> {
    let (state, until) = view.breaker?;
    let left = until.map(|until| until.since(now));
    let whole = topology.links.get(link).and_then(|l| l.breaker.as_ref()).map(|b| b.open_for.as_nanos());
    let share = match (left, whole) {
        (Some(left), Some(whole)) if whole > 0 => (left.as_nanos() as f64 / whole as f64).min(1.0),
        _ => 0.0,
    };
    Some(BreakerReadout { state, left, share })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Seed;
    use crate::scenario::check::check;
    use crate::scenario::read::read;
    use crate::scene::run::steady::Health;
    use crate::sim::Intervention;

    const SHOP: &str = r#"{ "services": [
        { "id": "web", "kind": "client" },
        { "id": "shop", "workers": 4, "work": "10ms", "effect": "order" } ],
      "links": [ { "from": "web", "to": "shop", "timeout": "100ms" } ],
      "load": [ { "client": "web", "constant": 50 } ] }"#;

    fn simulation(text: &str) -> Simulation {
        Simulation::new(Arc::new(check(&read(text).unwrap()).unwrap()), Seed(1))
    }

    /// Watches for some seconds at speed 1 with ten frames a second. Returns the last readout.
    fn watched(watch: &mut Watch, sim: &mut Simulation, seconds: f64) -> Readout {
        let mut last = Readout::default();
        for _ in 0..(seconds * 10.0) as u32 {
            let until = sim.now() + Span::millis(100);
            sim.run_until(until, u64::MAX);
            last = watch.look(sim, sim.now().since_start().as_secs_f64());
        }
        last
    }

    #[test]
    fn rates_and_shares_are_those_of_the_last_moments() {
        let (mut watch, mut sim) = (Watch::default(), simulation(SHOP));
        let readout = watched(&mut watch, &mut sim, 10.0);
        let shop = readout.service(1, "shop").unwrap();
        assert!((shop.arriving - 50.0).abs() < 1.0, "{}", shop.arriving);
        assert_eq!((shop.success, shop.health), (Some(1.0), Health::Good));
        assert!((readout.link(0, "web->shop").unwrap().attempts - 50.0).abs() < 1.0);
        assert_eq!(readout.client("web").unwrap().latency, Some(Span::millis(20)));
        assert_eq!((shop.entries.len(), shop.duplicates), (ENTRIES, 0));
    }

    #[test]
    fn what_is_dropped_is_counted_up_and_the_badge_goes_when_it_is_over() {
        let (mut watch, mut sim) = (Watch::default(), simulation(SHOP));
        watched(&mut watch, &mut sim, 1.0);
        sim.apply(Intervention::Down(ServiceId(1), true));
        let down = watched(&mut watch, &mut sim, 1.0);
        let badge = down.service(1, "shop").unwrap().badges.iter().find(|b| b.why == Why::Down).copied().unwrap();
        assert!((45..=51).contains(&badge.count), "{badge:?}");
        sim.apply(Intervention::Down(ServiceId(1), false));
        let soon = watched(&mut watch, &mut sim, 1.0);
        assert!(soon.service(1, "shop").unwrap().badges.iter().any(|b| b.why == Why::Down));
        let later = watched(&mut watch, &mut sim, 3.0);
        assert!(later.service(1, "shop").unwrap().badges.is_empty());
        assert_eq!(later.service(1, "shop").unwrap().health, Health::Good);
    }

    #[test]
    fn a_badge_stays_for_its_time_after_the_last_drop_and_then_begins_anew() {
        let (mut watch, mut sim) = (Watch::default(), simulation(SHOP));
        watched(&mut watch, &mut sim, 1.0);
        let shown = |readout: &Readout| readout.service(1, "shop").unwrap().badges.first().map(|b| b.count);
        let drop_one = |watch: &mut Watch, sim: &mut Simulation| {
            sim.apply(Intervention::Down(ServiceId(1), true));
            // One request comes every 20 ms, and is refused; what was in its hands is another badge.
            sim.run_until(sim.now() + Span::millis(20), u64::MAX);
            sim.apply(Intervention::Down(ServiceId(1), false));
            watch.look(sim, sim.now().since_start().as_secs_f64())
        };
        let first = shown(&drop_one(&mut watch, &mut sim));
        assert!(first.is_some());
        assert_eq!(shown(&watched(&mut watch, &mut sim, BADGE - 0.1)), first);
        let second = shown(&drop_one(&mut watch, &mut sim));
        assert!(second > first, "it is counted up: {first:?}, {second:?}");
        assert_eq!(shown(&watched(&mut watch, &mut sim, BADGE + 0.1)), None);
        assert_eq!(shown(&drop_one(&mut watch, &mut sim)), first);
    }

    #[test]
    fn a_health_is_that_of_the_last_moments_and_does_not_flicker_with_a_service_that_does() {
        use crate::scene::run::steady::HOLD;
        let (mut watch, mut sim) = (Watch::default(), simulation(SHOP));
        watched(&mut watch, &mut sim, 5.0);
        let (mut last, mut changed, mut seen) = (Health::Good, f64::NEG_INFINITY, 0);
        for step in 0..200 {
            // Down for 0.4 s, then up for 0.6 s, and so on for 20 s.
            sim.apply(Intervention::Down(ServiceId(1), step % 10 < 4));
            let readout = watched(&mut watch, &mut sim, 0.1);
            let (health, now) = (readout.service(1, "shop").unwrap().health, sim.now().since_start().as_secs_f64());
            if health != last {
                assert!(now - changed >= HOLD - 1e-9, "changed at {changed} and at {now}");
                (last, changed, seen) = (health, now, seen + 1);
            }
        }
        assert!((1..=3).contains(&seen), "averaged over {WINDOW} s it rests: {seen} changes");
        assert_eq!(last, Health::Mixed);
        let calm = watched(&mut watch, &mut sim, WINDOW + HOLD);
        assert_eq!(calm.service(1, "shop").unwrap().health, Health::Good);
    }

    #[test]
    fn there_are_never_more_badges_than_fit() {
        let services: String = (0..20).map(|i| format!(r#", {{ "id": "s{i}", "failure_rate": 1 }}"#)).collect();
        let links: Vec<String> =
            (0..20).map(|i| format!(r#"{{ "from": "web", "to": "s{i}", "optional": true }}"#)).collect();
        let text = format!(
            r#"{{ "services": [ {{ "id": "web", "kind": "client" }}{services} ], "links": [ {} ],
                "load": [ {{ "client": "web", "constant": 50 }} ] }}"#,
            links.join(", ")
        );
        let (mut watch, mut sim) = (Watch::default(), simulation(&text));
        let readout = watched(&mut watch, &mut sim, 2.0);
        let badges =
            readout.services.iter().map(|s| s.badges.len()).chain(readout.links.iter().map(|l| l.badges.len()));
        assert_eq!(badges.sum::<usize>(), BADGES);
    }

    #[test]
    fn a_duplicate_stays_in_sight() {
        let entry =
            |intent, duplicate| EntryView { at: Time::ZERO, intent, duplicate, compensated: false, unknown: false };
        let seen = |list: &[EntryView]| last_entries(list).iter().map(|e| (e.intent, e.duplicate)).collect::<Vec<_>>();
        let long = [entry(1, false), entry(1, true), entry(2, false), entry(3, false), entry(4, false)];
        assert_eq!(seen(&long), [(1, true), (3, false), (4, false)]);
        assert_eq!(seen(&long[..3]), [(1, false), (1, true), (2, false)]);
        assert_eq!(seen(&[]), []);
    }
}
