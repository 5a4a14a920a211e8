//! The names of the marks on the stage, and the search for the mark at a place.

use super::dots;
use super::face::{BAR, BreakerFace, LinkFace, Row, ServiceFace, Slot, Workers, slot_step};
use super::geometry::Point;
use super::label::aside;
use super::layout::Layout;
use super::sizes::{Placed, Routed};
use super::waits::Waits;
use super::words;
use crate::outcome::Outcome;
use crate::scenario::Scenario;
use crate::scenario::topology::{LinkId, Topology};
use crate::scene::run::readout::{Badge, Readout, Why};
use crate::sim::Simulation;
use crate::sim::view::{Direction, MessageView, Purpose, WaitKind, WaitView};
use crate::text::{Count, Id, Message, Share};
use crate::time::{Span, Time};
use crate::{id, msg};
use std::collections::BTreeMap;

/// The radius of a dot for the pointer, in pixels.
pub const DOT_REACH: f64 = 10.0;
/// The farthest that rings and labels are from their link, in world units.
const NEAR: f64 = 40.0;
const BESIDE: f64 = 160.0;

/// The zoom below which small words are hidden and other words are larger.
pub const FAR: f64 = 0.5;

/// The content of the stage.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The run.
    pub sim: &'a Simulation,
    /// The document.
    pub scenario: &'a Scenario,
    /// The live numbers.
    pub readout: &'a Readout,
    /// The layout.
    pub layout: &'a Layout,
    /// Pixels per world unit.
    pub zoom: f64,
    /// The shortest visible message or wait.
    pub quickest: Span,
}

/// For each link of a run, its index in a list of ids.
pub fn places<'a>(topology: &Topology, ids: impl Iterator<Item = &'a str>) -> Vec<Option<usize>> {
    let known: BTreeMap<&str, usize> = ids.enumerate().map(|(i, id)| (id, i)).collect();
    topology.links.iter().map(|link| known.get(link.id.as_str()).copied()).collect()
}

impl Shown<'_> {
    /// The name of the mark at a place of the world.
    pub fn name_at(&self, world: Point) -> Option<Message> {
        let near = self.near(world);
        self.dot_at(world, &near)
            .or_else(|| self.wait_at(world, &near))
            .or_else(|| self.on_link(world))
            .or_else(|| self.on_box(world))
    }

    /// The links of the run that may have a mark near the place.
    fn near(&self, world: Point) -> BTreeMap<LinkId, &Routed> {
        let reach = NEAR.max(DOT_REACH / self.zoom);
        let all = self.scenario.links.iter().zip(&self.layout.links);
        let routed = all.filter_map(|(link, routed)| Some((link, routed.as_ref()?)));
        let near = routed.filter(|(_, routed)| routed.route.extent().grown(reach).contains(world));
        near.filter_map(|(link, routed)| Some((self.sim.link_id(&link.from, &link.to)?, routed))).collect()
    }

    fn dot_at(&self, world: Point, near: &BTreeMap<LinkId, &Routed>) -> Option<Message> {
        let now = self.sim.now();
        let far = |message: MessageView| {
            let dot = dots::dot(&message, &near.get(&message.link)?.route, now);
            let far = (dot.at - world).length() * self.zoom;
            (far <= DOT_REACH && message.arrives.since(message.sent) >= self.quickest).then_some((message, far))
        };
        let (message, _) = self.sim.messages().filter_map(far).min_by(|a, b| a.1.total_cmp(&b.1))?;
        let is_its = |w: &WaitView| {
            (w.link, w.intent, w.number, w.kind) == (message.link, message.intent, message.number, WaitKind::Timeout)
        };
        Some(message_name(&message, self.sim.waits().find(is_its).map(|w| w.until), now))
    }

    fn wait_at(&self, world: Point, near: &BTreeMap<LinkId, &Routed>) -> Option<Message> {
        let now = self.sim.now();
        let all = || self.sim.waits().filter(|w| w.until.since(w.from) >= self.quickest);
        for (link, routed) in near {
            if routed.route.middle.distance(world) > NEAR {
                continue;
            }
            let mut waits = Waits::default();
            all().filter(|w| w.link == *link).for_each(|w| waits.add(&w, now));
            let ring = waits.rings(&routed.route, routed.stand).find(|ring| (ring.at - world).length() <= 11.0);
            if let Some(ring) = ring {
                let over = |w: &WaitView| (dots::share(w.from, w.until, now) - ring.over).abs();
                let of_kind = all().filter(|w| w.link == *link && w.kind == ring.kind);
                let first = of_kind.min_by(|a, b| over(a).total_cmp(&over(b)))?;
                return Some(wait_name(&first, ring.count, now));
            }
        }
        None
    }

    fn on_link(&self, world: Point) -> Option<Message> {
        for (index, (link, routed)) in self.scenario.links.iter().zip(&self.layout.links).enumerate() {
            let Some(routed) = routed else { continue };
            if !routed.route.extent().grown(BESIDE).contains(world) {
                continue;
            }
            let (middle, label) = (routed.route.middle.at(0.5), world - routed.label);
            if (middle - world).length() > 18.0 && (label.x.abs() > 70.0 || label.y.abs() > 110.0) {
                continue;
            }
            let face = LinkFace::of(self.scenario, index, link, self.readout);
            if let Some(breaker) = face.breaker.as_ref().filter(|_| (middle - world).length() <= 18.0) {
                return Some(breaker_name(breaker));
            }
            if let Some(badge) = badge_at(&face.badges, Point::new(label.x, label.y - face.room() - 4.0), routed.lean) {
                return Some(badge_name(badge));
            }
        }
        None
    }

    fn on_box(&self, world: Point) -> Option<Message> {
        let all = self.scenario.services.iter().zip(&self.layout.boxes).enumerate();
        for (index, (service, placed)) in all.rev() {
            let (rect, local) = (placed.rect, world - placed.rect.corner);
            let near = (-90.0..rect.width + 90.0).contains(&local.x);
            if near && (-100.0..rect.height + 140.0).contains(&local.y) {
                let face = ServiceFace::of(self.scenario, index, service, self.readout);
                let above = Point::new(local.x - rect.width / 2.0, -14.0 - local.y);
                let found = badge_at(&face.badges, above, 0.0).map(badge_name);
                let meter = || in_box(&face, if self.zoom < FAR { far_meters(local) } else { local });
                if let Some(name) = found.or_else(meter).or_else(|| in_ledger(&face, placed, world)) {
                    return Some(name);
                }
            }
        }
        None
    }

    /// The marks of a link beside its numbers: its breaker, and the callers that wait.
    pub fn of_link(&self, index: usize) -> Vec<Message> {
        let Some(link) = self.scenario.links.get(index) else { return Vec::new() };
        let breaker = LinkFace::of(self.scenario, index, link, self.readout).breaker.as_ref().map(breaker_name);
        let id = self.sim.link_id(&link.from, &link.to);
        let (now, kinds) = (self.sim.now(), [WaitKind::Timeout, WaitKind::Backoff, WaitKind::Permit]);
        let waits = kinds.into_iter().filter_map(|kind| {
            let of_kind = || self.sim.waits().filter(|w| Some(w.link) == id && w.kind == kind);
            Some(wait_name(&of_kind().min_by_key(|w| w.until)?, of_kind().count() as u32, now))
        });
        breaker.into_iter().chain(waits).collect()
    }
}

/// The place on a box of usual size. Seen from far away, the style sheet stretches the meters over the room of their
/// labels.
fn far_meters(at: Point) -> Point {
    Point::new(72.0 + (at.x - 16.0) * BAR / 140.0, at.y)
}

/// The badge at a place, relative to the first badge and in the direction of the stack.
fn badge_at(badges: &[Badge], at: Point, lean: f64) -> Option<&Badge> {
    let index = libm::round(at.y / 23.0);
    let badge = badges.get((index >= 0.0).then_some(index as usize)?)?;
    let wide = words::badge_width(badge);
    ((at.x - aside(lean, wide)).abs() <= wide / 2.0 && (at.y - 23.0 * index).abs() <= 10.0).then_some(badge)
}

/// A meter of a box.
fn in_box(face: &ServiceFace, at: Point) -> Option<Message> {
    let meters = face.meters.as_ref().filter(|_| (12.0..160.0).contains(&at.x))?;
    match at.y {
        57.0..76.0 => Some(match &meters.workers {
            Workers::Slots(slots) => {
                let place = (at.x - 72.0) / slot_step(slots.len());
                Message::new(slot_name(*slots.get((place >= 0.0).then_some(place as usize)?)?))
            }
            Workers::Bar(.., busy) => msg!("mark-workers-busy", busy = busy),
        }),
        76.0..92.0 => Some(match (meters.queue.0, meters.queue.1.as_str()) {
            (_, "") => msg!("mark-queue-empty"),
            (full, waiting) => msg!("mark-queue", waiting = waiting, share = Share(f64::from(full) / 100.0)),
        }),
        92.0..110.0 => Some(match meters.answers {
            Some(good) => msg!("mark-answers", share = Share(f64::from(good) / 100.0)),
            None => msg!("mark-no-answers"),
        }),
        _ => None,
    }
}

/// An entry of a ledger.
fn in_ledger(face: &ServiceFace, placed: &Placed, world: Point) -> Option<Message> {
    let (ledger, card) = (face.ledger.as_ref()?, placed.ledger.filter(|card| card.contains(world))?);
    let row = (world.y - card.corner.y - 30.0) / 21.0;
    let row = ledger.rows.get((row >= 0.0).then_some(row as usize)?)?;
    Some(match row.kind {
        Row::First => msg!("mark-booked", request = row.request),
        Row::Duplicate => msg!("mark-booked-again", request = row.request),
        Row::TakenBack => msg!("mark-booked-taken-back", request = row.request),
        Row::Unknown => msg!("mark-booked-unknown", request = row.request),
    })
}

/// The name of a message. `gives_up`: when its caller stops waiting.
pub fn message_name(message: &MessageView, gives_up: Option<Time>, now: Time) -> Message {
    let name = bare_name(message);
    let left = |until: Time| until.since(now);
    let gives_up = gives_up.filter(|_| message.direction == Direction::Request);
    match (message.lost, message.wasted, gives_up, message.deadline) {
        (Some(_), ..) => msg!("mark-lost", message = name),
        (_, true, ..) => msg!("mark-wasted", message = name),
        (.., Some(until), Some(deadline)) if deadline <= until => {
            msg!("mark-time-left", message = name, left = left(deadline))
        }
        (.., Some(until), _) => msg!("mark-times-out", message = name, left = left(until)),
        _ => name,
    }
}

/// The name of a message without its fate.
fn bare_name(message: &MessageView) -> Message {
    let (request, attempt) = (message.intent, message.number.max(1));
    let outcome = message.outcome.unwrap_or(Outcome::Ok);
    match (message.purpose, message.direction) {
        (Purpose::Cancel, _) => msg!("mark-cancel", request = request),
        (Purpose::Ask, Direction::Request) => msg!("mark-ask", request = request),
        (Purpose::Ask, Direction::Response) => match outcome {
            Outcome::Ok => msg!("mark-ask-yes", request = request),
            Outcome::Error => msg!("mark-ask-no", request = request),
            _ => msg!("mark-ask-unknown", request = request),
        },
        (Purpose::Compensate, Direction::Request) => msg!("mark-take-back", request = request),
        (Purpose::Compensate, Direction::Response) if outcome.is_success() => {
            msg!("mark-taken-back", request = request)
        }
        (Purpose::Compensate, Direction::Response) => msg!("mark-not-taken-back", request = request),
        (Purpose::Call, Direction::Request) => msg!("mark-request", request = request, attempt = attempt),
        (Purpose::Call, Direction::Response) => match outcome {
            Outcome::Ok => msg!("mark-answer", request = request, attempt = attempt),
            Outcome::Degraded => msg!("mark-degraded", request = request, attempt = attempt),
            Outcome::Refused => msg!("mark-refused", request = request, attempt = attempt),
            Outcome::Shed => msg!("mark-shed", request = request, attempt = attempt),
            Outcome::RateLimited => msg!("mark-rate-limited", request = request, attempt = attempt),
            Outcome::Conflict => msg!("mark-conflict", request = request, attempt = attempt),
            Outcome::Timeout | Outcome::DeadlineExceeded => {
                msg!("mark-too-late", request = request, attempt = attempt)
            }
            Outcome::Error | Outcome::BreakerOpen | Outcome::BulkheadFull | Outcome::Cancelled => {
                msg!("mark-error", request = request, attempt = attempt)
            }
        },
    }
}

/// The name of `count` waiting callers; `first` ends first.
pub fn wait_name(first: &WaitView, count: u32, now: Time) -> Message {
    let left = first.until.since(now);
    let (request, attempt) = (first.intent, first.number.max(1));
    match (first.kind, count) {
        (WaitKind::Timeout, 1) => msg!("wait-answer", request = request, attempt = attempt, left = left),
        (WaitKind::Timeout, n) => msg!("wait-answers", count = n, left = left),
        (WaitKind::Backoff, 1) => msg!("wait-backoff", request = request, next = first.number + 1, left = left),
        (WaitKind::Backoff, n) => msg!("wait-backoffs", count = n, left = left),
        (WaitKind::Permit, 1) => msg!("wait-permit", request = request, attempt = attempt, left = left),
        (WaitKind::Permit, n) => msg!("wait-permits", count = n, left = left),
    }
}

fn breaker_name(breaker: &BreakerFace) -> Message {
    match breaker {
        BreakerFace::Open(_, left) => msg!("mark-breaker-open", left = left),
        BreakerFace::HalfOpen => msg!("mark-breaker-half-open"),
    }
}

const fn slot_name(slot: Slot) -> Id {
    match slot {
        Slot::Working => id!("mark-worker-working"),
        Slot::Held => id!("mark-worker-held"),
        Slot::Wasted => id!("mark-worker-wasted"),
        Slot::Free => id!("mark-worker-free"),
    }
}

fn badge_name(badge: &Badge) -> Message {
    let count = Count(badge.count);
    match badge.why {
        Why::Down => msg!("mark-badge-down", count = count),
        Why::Lost => msg!("mark-badge-lost", count = count),
        Why::QueueFull => msg!("mark-badge-queue-full", count = count),
        Why::Failed => msg!("mark-badge-failed", count = count),
        Why::RateLimit => msg!("mark-badge-rate-limit", count = count),
        Why::Expired => msg!("mark-badge-expired", count = count),
        Why::InProgress => msg!("mark-badge-in-progress", count = count),
        Why::Cancelled => msg!("mark-badge-cancelled", count = count),
        Why::TimedOut => msg!("mark-badge-timed-out", count = count),
        Why::BreakerOpen => msg!("mark-badge-breaker-open", count = count),
        Why::BulkheadFull => msg!("mark-badge-bulkhead-full", count = count),
        Why::NoTime => msg!("mark-badge-no-time", count = count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Seed;
    use crate::scenario::check::check;
    use crate::scenario::read::read;
    use crate::scenario::topology::LinkId;
    use crate::scene::run::watch::Watch;
    use std::sync::Arc;

    const BANK: &str = r#"{ "services": [
        { "id": "web", "kind": "client", "position": [0, 14] },
        { "id": "bank", "position": [400, 0], "workers": 2, "queue": 0, "work": "100ms", "effect": "transfer" } ],
      "links": [ { "from": "web", "to": "bank", "delay": "100ms", "timeout": "500ms" } ],
      "load": [ { "client": "web", "at": ["0s", "1s", "1s", "1s"] } ] }"#;

    /// The name of the mark at a place after `ms` milliseconds of ten frames a second.
    fn named(ms: u64, place: impl Fn(&Layout) -> Point) -> Option<String> {
        let scenario = read(BANK).unwrap();
        let mut sim = Simulation::new(Arc::new(check(&scenario).unwrap()), Seed(1));
        let (mut watch, mut readout) = (Watch::default(), Readout::default());
        for step in 0..=ms / 50 {
            sim.run_until(Time::at(Span::millis(step * 50)), u64::MAX);
            readout = watch.look(&sim, step as f64 * 0.05);
        }
        let layout = Layout::of(&scenario, &[]);
        let quickest = Span::millis(1);
        let shown = Shown { sim: &sim, scenario: &scenario, readout: &readout, layout: &layout, zoom: 1.0, quickest };
        assert_eq!(!shown.of_link(0).is_empty(), sim.waits().next().is_some());
        shown.name_at(place(&layout)).map(plain)
    }

    /// The text with plain spaces, as non-breaking spaces are hard to tell apart in a test.
    fn plain(message: Message) -> String {
        message.text().replace('\u{a0}', " ")
    }

    fn in_bank(x: f64, y: f64) -> impl Fn(&Layout) -> Point {
        move |layout| layout.boxes[1].rect.corner + Point::new(x, y)
    }

    #[test]
    fn every_mark_on_the_stage_has_a_name_where_it_is_drawn() {
        let lane = |share: f64| move |layout: &Layout| layout.links[0].as_ref().unwrap().route.request.at(share);
        let ring = |layout: &Layout| {
            let (routed, mut waits) = (layout.links[0].clone().unwrap(), Waits::default());
            let (from, until) = (Time::ZERO, Time::at(Span::secs(1)));
            let wait = WaitView { link: LinkId(0), kind: WaitKind::Timeout, from, until, intent: 1, number: 1 };
            waits.add(&wait, Time::ZERO);
            waits.rings(&routed.route, routed.stand).next().unwrap().at
        };
        let ledger = |layout: &Layout| layout.boxes[1].ledger.unwrap().corner + Point::new(20.0, 40.0);
        type At = Box<dyn Fn(&Layout) -> Point>;
        let table: [(u64, At, Option<&str>); 11] = [
            (50, Box::new(lane(0.5)), Some("request #1, times out in 450 ms")),
            (50, Box::new(lane(0.1)), None),
            (50, Box::new(ring), Some("#1 waits for its answer: times out in 450 ms")),
            (950, Box::new(ring), None),
            (150, Box::new(in_bank(75.0, 66.0)), Some("a worker at work")),
            (150, Box::new(in_bank(90.0, 66.0)), Some("a free worker")),
            (150, Box::new(in_bank(90.0, 84.0)), Some("queue: nobody waits")),
            (400, Box::new(in_bank(90.0, 102.0)), Some("100 % of the last answers were good")),
            (400, Box::new(ledger), Some("#1 was booked")),
            (1_200, Box::new(in_bank(86.0, -14.0)), Some("1 rejected: the queue is full")),
            (1_200, Box::new(in_bank(86.0, -90.0)), None),
        ];
        for (ms, place, wanted) in table {
            assert_eq!(named(ms, place).as_deref(), wanted, "after {ms} ms");
        }
    }

    fn message(direction: Direction, outcome: Option<Outcome>) -> MessageView {
        MessageView {
            attempt: 1,
            link: LinkId(0),
            direction,
            purpose: Purpose::Call,
            sent: Time::ZERO,
            arrives: Time::at(Span::millis(20)),
            lost: None,
            outcome,
            wasted: false,
            intent: 4711,
            number: 1,
            carries_id: false,
            deadline: None,
        }
    }

    #[test]
    fn a_message_is_called_by_what_it_is_for_and_what_becomes_of_it() {
        let (request, at) = (message(Direction::Request, None), |ms| Time::at(Span::millis(ms)));
        let name = |message: &MessageView| plain(message_name(message, Some(at(130)), at(10)));
        assert_eq!(name(&MessageView { number: 2, ..request }), "request #4711, attempt 2, times out in 120 ms");
        assert_eq!(
            name(&MessageView { deadline: Some(at(70)), ..request }),
            "request #4711, 60 ms of its time left",
            "the nearer end counts"
        );
        assert_eq!(name(&MessageView { lost: Some(Time::ZERO), ..request }), "request #4711, lost on its way");
        let wasted = MessageView { wasted: true, ..request };
        assert_eq!(plain(message_name(&wasted, None, at(10))), "request #4711, for nothing: nobody waits for it");
        let mut names: Vec<String> = Vec::new();
        for outcome in Outcome::ALL {
            names.push(plain(message_name(&message(Direction::Response, Some(outcome)), None, at(10))));
        }
        for purpose in [Purpose::Cancel, Purpose::Ask, Purpose::Compensate] {
            names.push(plain(message_name(&MessageView { purpose, ..request }, None, at(10))));
            let answer = MessageView { purpose, ..message(Direction::Response, Some(Outcome::Error)) };
            names.push(plain(message_name(&answer, None, at(10))));
        }
        assert!(names.iter().all(|name| name.contains("#4711") && name.len() < 60), "{names:?}");
        assert_eq!(names[2], "error for #4711");
        assert_eq!(names[5], "#4711 rejected: over the rate limit");
    }

    #[test]
    fn those_that_wait_are_named_one_by_one_or_counted() {
        let wait = |kind, number| WaitView {
            link: LinkId(0),
            kind,
            from: Time::ZERO,
            until: Time::at(Span::millis(90)),
            intent: 7,
            number,
        };
        let name = |kind, number, count| plain(wait_name(&wait(kind, number), count, Time::at(Span::millis(10))));
        assert_eq!(name(WaitKind::Backoff, 1, 1), "#7 backs off: attempt 2 in 80 ms");
        assert_eq!(name(WaitKind::Timeout, 2, 1), "#7, attempt 2, waits for its answer: times out in 80 ms");
        assert_eq!(name(WaitKind::Permit, 1, 5), "5 wait for a permit, the first 80 ms at most");
    }
}
