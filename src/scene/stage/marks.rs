//! What the marks on the stage are called, in words, and which mark is at a place.

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
use crate::scene::words::{count, span};
use crate::sim::Simulation;
use crate::sim::view::{Direction, MessageView, Purpose, WaitKind, WaitView};
use crate::time::{Span, Time};
use std::collections::BTreeMap;

/// How near to the middle of a dot counts, in pixels.
pub const DOT_REACH: f64 = 10.0;
/// How far from the way of a link its rings are at most, in world units; and how far what is written beside it.
const NEAR: f64 = 40.0;
const BESIDE: f64 = 160.0;

/// Below this zoom small words are left out, as they could not be read, and others are larger.
pub const FAR: f64 = 0.5;

/// What is on the stage.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The run.
    pub sim: &'a Simulation,
    /// The document.
    pub scenario: &'a Scenario,
    /// How the run goes.
    pub readout: &'a Readout,
    /// Where everything is.
    pub layout: &'a Layout,
    /// Pixels per world unit.
    pub zoom: f64,
    /// Messages and waits that take less are not drawn.
    pub quickest: Span,
}

/// For each link of a run the place of the same link in a list of ids.
pub fn places<'a>(topology: &Topology, ids: impl Iterator<Item = &'a str>) -> Vec<Option<usize>> {
    let known: BTreeMap<&str, usize> = ids.enumerate().map(|(i, id)| (id, i)).collect();
    topology.links.iter().map(|link| known.get(link.id.as_str()).copied()).collect()
}

impl Shown<'_> {
    /// What the mark at a place of the world is called; `None`: there is none.
    pub fn name_at(&self, world: Point) -> Option<String> {
        let near = self.near(world);
        self.dot_at(world, &near)
            .or_else(|| self.wait_at(world, &near))
            .or_else(|| self.on_link(world))
            .or_else(|| self.on_box(world))
    }

    /// The links of the run on whose ways there may be a mark at that place.
    fn near(&self, world: Point) -> BTreeMap<LinkId, &Routed> {
        let reach = NEAR.max(DOT_REACH / self.zoom);
        let all = self.scenario.links.iter().zip(&self.layout.links);
        let routed = all.filter_map(|(link, routed)| Some((link, routed.as_ref()?)));
        let near = routed.filter(|(_, routed)| routed.route.extent().grown(reach).contains(world));
        near.filter_map(|(link, routed)| Some((self.sim.link_id(&link.from, &link.to)?, routed))).collect()
    }

    fn dot_at(&self, world: Point, near: &BTreeMap<LinkId, &Routed>) -> Option<String> {
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

    fn wait_at(&self, world: Point, near: &BTreeMap<LinkId, &Routed>) -> Option<String> {
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

    fn on_link(&self, world: Point) -> Option<String> {
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

    fn on_box(&self, world: Point) -> Option<String> {
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

    /// What is to be said of a link beside its numbers: its breaker, and who waits.
    pub fn of_link(&self, index: usize) -> Option<String> {
        let link = self.scenario.links.get(index)?;
        let breaker = LinkFace::of(self.scenario, index, link, self.readout).breaker.as_ref().map(breaker_name);
        let id = self.sim.link_id(&link.from, &link.to);
        let (now, kinds) = (self.sim.now(), [WaitKind::Timeout, WaitKind::Backoff, WaitKind::Permit]);
        let waits = kinds.into_iter().filter_map(|kind| {
            let of_kind = || self.sim.waits().filter(|w| Some(w.link) == id && w.kind == kind);
            Some(wait_name(&of_kind().min_by_key(|w| w.until)?, of_kind().count() as u32, now))
        });
        let all: Vec<String> = breaker.into_iter().chain(waits).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }
}

/// Seen from far, the meters take the room of their labels, too, as the style sheet says: where on one of usual size that is.
fn far_meters(at: Point) -> Point {
    Point::new(72.0 + (at.x - 16.0) * BAR / 140.0, at.y)
}

/// The badge at a place, measured from the first one in the direction in which they are stacked.
fn badge_at(badges: &[Badge], at: Point, lean: f64) -> Option<&Badge> {
    let index = libm::round(at.y / 23.0);
    let badge = badges.get((index >= 0.0).then_some(index as usize)?)?;
    let wide = words::badge_width(badge);
    ((at.x - aside(lean, wide)).abs() <= wide / 2.0 && (at.y - 23.0 * index).abs() <= 10.0).then_some(badge)
}

/// A meter of a box.
fn in_box(face: &ServiceFace, at: Point) -> Option<String> {
    let meters = face.meters.as_ref().filter(|_| (12.0..160.0).contains(&at.x))?;
    match at.y {
        57.0..76.0 => Some(match &meters.workers {
            Workers::Slots(slots) => {
                let place = (at.x - 72.0) / slot_step(slots.len());
                slot_name(*slots.get((place >= 0.0).then_some(place as usize)?)?).into()
            }
            Workers::Bar(.., busy) => format!("workers busy: {busy}; pale, those that wait or work for nobody"),
        }),
        76.0..92.0 => Some(match (meters.queue.0, meters.queue.1.as_str()) {
            (_, "") => "queue: nobody waits".into(),
            (full, waiting) => format!("queue: {waiting} wait, {full} % of its places are taken"),
        }),
        92.0..110.0 => Some(match meters.answers {
            Some(good) => format!("{good} % of the last answers were good"),
            None => "no answers yet".into(),
        }),
        _ => None,
    }
}

/// An entry of a ledger.
fn in_ledger(face: &ServiceFace, placed: &Placed, world: Point) -> Option<String> {
    let (ledger, card) = (face.ledger.as_ref()?, placed.ledger.filter(|card| card.contains(world))?);
    let row = (world.y - card.corner.y - 30.0) / 21.0;
    let (who, _, kind) = ledger.rows.get((row >= 0.0).then_some(row as usize)?)?;
    let id = who.split(' ').next().unwrap_or_default();
    Some(format!("{id} {}", row_name(*kind)))
}

/// What a message is called. `gives_up`: when its caller stops waiting.
pub fn message_name(message: &MessageView, gives_up: Option<Time>, now: Time) -> String {
    let who = format!("#{}", message.intent);
    let outcome = message.outcome.unwrap_or(Outcome::Ok);
    let mut name = match (message.purpose, message.direction) {
        (Purpose::Cancel, _) => format!("{who} is given up: stop"),
        (Purpose::Ask, Direction::Request) => format!("was {who} carried out?"),
        (Purpose::Ask, Direction::Response) => match outcome {
            Outcome::Ok => format!("yes, {who} was carried out"),
            Outcome::Error => format!("no, {who} was not carried out"),
            _ => format!("about {who}: not known yet"),
        },
        (Purpose::Compensate, Direction::Request) => format!("take {who} back"),
        (Purpose::Compensate, Direction::Response) if outcome.is_success() => format!("{who} is taken back"),
        (Purpose::Compensate, Direction::Response) => format!("{who} could not be taken back"),
        (Purpose::Call, Direction::Request) => format!("request {who}"),
        (Purpose::Call, Direction::Response) => answer_name(outcome, &who),
    };
    if message.number > 1 && matches!(message.purpose, Purpose::Call) {
        name += &format!(", attempt {}", message.number);
    }
    let left = |until: Time| span(until.since(now));
    let gives_up = gives_up.filter(|_| message.direction == Direction::Request);
    match (message.lost, message.wasted, gives_up, message.deadline) {
        (Some(_), ..) => name += ", lost on its way",
        (_, true, ..) => name += ", for nothing: nobody waits for it",
        (.., Some(until), Some(deadline)) if deadline <= until => {
            name += &format!(", {} of its time left", left(deadline));
        }
        (.., Some(until), _) => name += &format!(", times out in {}", left(until)),
        _ => {}
    }
    name
}

fn answer_name(outcome: Outcome, who: &str) -> String {
    match outcome {
        Outcome::Ok => format!("answer to {who}"),
        Outcome::Degraded => format!("degraded answer to {who}: a part is missing or old"),
        Outcome::Refused => format!("{who} refused: the service is down"),
        Outcome::Shed => format!("{who} turned away: the queue is full"),
        Outcome::RateLimited => format!("{who} turned away: over the rate limit"),
        Outcome::Conflict => format!("{who} turned away: its first attempt is in progress"),
        Outcome::Timeout | Outcome::DeadlineExceeded => format!("{who} not worked on: its time was over"),
        Outcome::Error | Outcome::BreakerOpen | Outcome::BulkheadFull | Outcome::Cancelled => {
            format!("error for {who}")
        }
    }
}

/// What those are called that wait: `first` ends first, and `count` wait in all.
pub fn wait_name(first: &WaitView, count: u32, now: Time) -> String {
    let (left, number) = (span(first.until.since(now)), first.number);
    let who = match number {
        0 | 1 => format!("#{}", first.intent),
        n => format!("#{}, attempt {n},", first.intent),
    };
    match (first.kind, count) {
        (WaitKind::Timeout, 1) => format!("{who} waits for its answer: times out in {left}"),
        (WaitKind::Timeout, n) => format!("{n} wait for answers, the first times out in {left}"),
        (WaitKind::Backoff, 1) => format!("#{} backs off: attempt {} in {left}", first.intent, number + 1),
        (WaitKind::Backoff, n) => format!("{n} back off, the first tries again in {left}"),
        (WaitKind::Permit, 1) => format!("{who} waits for a permit, {left} at most"),
        (WaitKind::Permit, n) => format!("{n} wait for a permit, the first {left} at most"),
    }
}

fn breaker_name(breaker: &BreakerFace) -> String {
    match breaker {
        BreakerFace::Open(_, left) => format!("circuit breaker open: nothing is sent for another {left}"),
        BreakerFace::HalfOpen => "circuit breaker half open: a few are let through, to try".into(),
    }
}

const fn slot_name(slot: Slot) -> &'static str {
    match slot {
        Slot::Working => "a worker at work",
        Slot::Held => "a held worker: its request waits for other services",
        Slot::Wasted => "a worker held for nobody: the caller has given up",
        Slot::Free => "a free worker",
    }
}

const fn row_name(row: Row) -> &'static str {
    match row {
        Row::First => "was booked",
        Row::Duplicate => "was booked once more",
        Row::TakenBack => "was booked, and taken back",
        Row::Unknown => "was booked, but the client was not told so",
    }
}

fn badge_name(badge: &Badge) -> String {
    let what = match badge.why {
        Why::Down => "turned away: it is down",
        Why::Lost => "lost when it went down",
        Why::QueueFull => "turned away: the queue is full",
        Why::Failed => "failed",
        Why::RateLimit => "turned away: over the rate limit",
        Why::Expired => "not worked on: the time was over",
        Why::InProgress => "turned away: the first attempt is in progress",
        Why::Cancelled => "ended: the caller has given up",
        Why::TimedOut => "timed out: no answer came in time",
        Why::BreakerOpen => "not sent: the circuit breaker is open",
        Why::BulkheadFull => "not sent: no permit in time",
        Why::NoTime => "given up: the budget of time was spent",
    };
    format!("{} {what}", count(badge.count))
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

    /// What stands at a place after so many milliseconds, looked at ten times a second.
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
        assert_eq!(shown.of_link(0).is_some(), sim.waits().next().is_some());
        shown.name_at(place(&layout))
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
            (1_200, Box::new(in_bank(86.0, -14.0)), Some("1 turned away: the queue is full")),
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
        let name = |message: &MessageView| message_name(message, Some(at(130)), at(10));
        assert_eq!(name(&MessageView { number: 2, ..request }), "request #4711, attempt 2, times out in 120 ms");
        assert_eq!(
            name(&MessageView { deadline: Some(at(70)), ..request }),
            "request #4711, 60 ms of its time left",
            "the nearer end counts"
        );
        assert_eq!(name(&MessageView { lost: Some(Time::ZERO), ..request }), "request #4711, lost on its way");
        let wasted = MessageView { wasted: true, ..request };
        assert_eq!(message_name(&wasted, None, at(10)), "request #4711, for nothing: nobody waits for it");
        let mut names: Vec<String> = Vec::new();
        for outcome in Outcome::ALL {
            names.push(message_name(&message(Direction::Response, Some(outcome)), None, at(10)));
        }
        for purpose in [Purpose::Cancel, Purpose::Ask, Purpose::Compensate] {
            names.push(message_name(&MessageView { purpose, ..request }, None, at(10)));
            let answer = MessageView { purpose, ..message(Direction::Response, Some(Outcome::Error)) };
            names.push(message_name(&answer, None, at(10)));
        }
        assert!(names.iter().all(|name| name.contains("#4711") && name.len() < 60), "{names:?}");
        assert_eq!(names[2], "error for #4711");
        assert_eq!(names[5], "#4711 turned away: over the rate limit");
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
        let name = |kind, number, count| wait_name(&wait(kind, number), count, Time::at(Span::millis(10)));
        assert_eq!(name(WaitKind::Backoff, 1, 1), "#7 backs off: attempt 2 in 80 ms");
        assert_eq!(name(WaitKind::Timeout, 2, 1), "#7, attempt 2, waits for its answer: times out in 80 ms");
        assert_eq!(name(WaitKind::Permit, 1, 5), "5 wait for a permit, the first 80 ms at most");
    }
}
