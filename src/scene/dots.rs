//! Messages as dots, and waiting as rings.
//!
//! **Invariant:** a dot's place is a function of (sent, arrives, now) and of the attempt's number. Nothing is kept from
//! frame to frame, so that pause, slow motion and steps need no care here.

use super::geometry::Point;
use super::route::{LANE, Lane, Route};
use crate::outcome::Outcome;
use crate::sim::view::{Direction, MessageView, Purpose, WaitKind, WaitView};
use crate::time::Time;

/// What a dot looks like. One shape, one meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A blue disc: a request.
    Request,
    /// A green disc: an answer.
    Answer,
    /// An amber disc, half filled: an answer built on a fallback.
    Degraded,
    /// A vermilion star: a failure.
    Failure,
    /// A grey hatched disc: nobody waits for it any more.
    Wasted,
    /// A small grey diamond: the caller has given up.
    Cancel,
    /// A small blue diamond: what has become of it?
    Ask,
    /// A small purple diamond: take it back.
    Compensate,
}

impl Shape {
    /// Every shape, in the order in which they are drawn.
    pub const ALL: [Shape; 8] = [
        Shape::Wasted,
        Shape::Request,
        Shape::Answer,
        Shape::Degraded,
        Shape::Cancel,
        Shape::Ask,
        Shape::Compensate,
        Shape::Failure,
    ];

    /// The shape of a message.
    pub fn of(message: &MessageView) -> Self {
        match (message.purpose, message.wasted, message.outcome) {
            (Purpose::Cancel, ..) => Shape::Cancel,
            (Purpose::Ask, ..) => Shape::Ask,
            (Purpose::Compensate, ..) => Shape::Compensate,
            (Purpose::Call, true, _) => Shape::Wasted,
            (Purpose::Call, false, None) => Shape::Request,
            (Purpose::Call, false, Some(Outcome::Ok)) => Shape::Answer,
            (Purpose::Call, false, Some(Outcome::Degraded)) => Shape::Degraded,
            (Purpose::Call, false, Some(_)) => Shape::Failure,
        }
    }
}

/// A message on the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Where it is.
    pub at: Point,
    /// What it looks like.
    pub shape: Shape,
    /// Of a lost message: how far it has fallen apart, 0 to 1, and the direction in which it travelled.
    pub broken: Option<(f64, Point)>,
}

/// How far a message has come, 0 to 1.
pub fn share(sent: Time, arrives: Time, now: Time) -> f64 {
    let all = arrives.since(sent).as_nanos();
    if all == 0 { 1.0 } else { (now.since(sent).as_nanos() as f64 / all as f64).min(1.0) }
}

/// Where on its way a lost message breaks: between 35 and 65 %, by its attempt.
pub fn breaking_point(attempt: u64) -> f64 {
    // Fibonacci hashing: neighbours break at places far apart.
    let hash = attempt.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    0.35 + 0.30 * hash as f64 / (1u64 << 24) as f64
}

/// The place and the looks of a message on its link.
pub fn dot(message: &MessageView, route: &Route, now: Time) -> Dot {
    let lane = match message.direction {
        Direction::Request => &route.request,
        Direction::Response => &route.response,
    };
    let (shape, share) = (Shape::of(message), share(message.sent, message.arrives, now));
    let breaks = breaking_point(message.attempt);
    if message.lost && share > breaks {
        let broken = Some(((share - breaks) / (1.0 - breaks), lane.direction(breaks)));
        return Dot { at: lane.at(breaks), shape, broken };
    }
    let at = if bounces(message) { bounced(lane, route, share) } else { lane.at(share) };
    Dot { at, shape, broken: None }
}

/// Whether the box did not even let it in.
fn bounces(message: &MessageView) -> bool {
    matches!(message.outcome, Some(Outcome::Refused | Outcome::Shed | Outcome::RateLimited)) && !message.wasted
}

/// Hops away from the box that refused it: three hops, each lower than the one before.
fn bounced(lane: &Lane, route: &Route, share: f64) -> Point {
    let height = 16.0 * (1.0 - share) * libm::fabs(libm::sin(share * 3.0 * core::f64::consts::PI));
    lane.at(share) + route.below * height
}

/// Callers that wait at the caller's end of a link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ring {
    /// Its middle.
    pub at: Point,
    /// What they wait for.
    pub kind: WaitKind,
    /// How much of the wait of the one that has waited longest is over, 0 to 1.
    pub over: f64,
    /// How many wait.
    pub count: u32,
}

/// The waits of one link, gathered by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Waits([Option<(f64, u32)>; 3]);

impl Waits {
    /// Adds one that waits.
    pub fn add(&mut self, wait: &WaitView, now: Time) {
        let over = share(wait.from, wait.until, now);
        let slot = &mut self.0[slot(wait.kind)];
        *slot = Some(slot.map_or((over, 1), |(most, count)| (most.max(over), count + 1)));
    }

    /// The rings of the link, side by side at the caller's end, above the request lane.
    pub fn rings(self, route: &Route) -> impl Iterator<Item = Ring> {
        let length = route.middle.length().max(1.0);
        let places = [WaitKind::Timeout, WaitKind::Backoff, WaitKind::Permit];
        let (start, below) = (route.middle.clone(), route.below);
        let present = places.into_iter().filter_map(move |kind| self.0[slot(kind)].map(|found| (kind, found)));
        present.enumerate().map(move |(index, (kind, (over, count)))| {
            let along = (18.0 + 34.0 * index as f64) / length;
            // Square to the link at this very place, on the side of the request lane.
            let across = start.direction(along).left() * (LANE + 17.0);
            let is_below = across.x * below.x + across.y * below.y > 0.0;
            let at = start.at(along) + if is_below { across * -1.0 } else { across };
            Ring { at, kind, over, count }
        })
    }
}

const fn slot(kind: WaitKind) -> usize {
    match kind {
        WaitKind::Timeout => 0,
        WaitKind::Backoff => 1,
        WaitKind::Permit => 2,
    }
}

/// Five points and five dents of a star of radius 1, from the top, clockwise.
pub const STAR: [(f64, f64); 10] = [
    (0.0, -1.0),
    (0.264, -0.364),
    (0.951, -0.309),
    (0.428, 0.139),
    (0.588, 0.809),
    (0.0, 0.45),
    (-0.588, 0.809),
    (-0.428, 0.139),
    (-0.951, -0.309),
    (-0.264, -0.364),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::topology::LinkId;
    use crate::scene::route::Anchor;
    use crate::time::Span;

    fn route() -> Route {
        let anchor = |x, out| Anchor { at: Point::new(x, 0.0), out: Point::new(out, 0.0) };
        Route::between(anchor(0.0, 1.0), anchor(200.0, -1.0))
    }

    fn message(direction: Direction, outcome: Option<Outcome>, lost: bool) -> MessageView {
        MessageView {
            attempt: 12,
            link: LinkId(0),
            direction,
            purpose: Purpose::Call,
            sent: Time::at(Span::millis(10)),
            arrives: Time::at(Span::millis(20)),
            lost,
            outcome,
            wasted: false,
            intent: 1,
            number: 1,
            carries_id: false,
            deadline: None,
        }
    }

    fn at(ms: u64) -> Time {
        Time::at(Span::millis(ms))
    }

    #[test]
    fn a_message_is_where_its_times_say() {
        for (direction, now, wanted) in [
            (Direction::Request, 10, Point::new(0.0, -8.0)),
            (Direction::Request, 15, Point::new(100.0, -8.0)),
            (Direction::Request, 20, Point::new(200.0, -8.0)),
            (Direction::Request, 99, Point::new(200.0, -8.0)),
            (Direction::Response, 10, Point::new(200.0, 8.0)),
            (Direction::Response, 15, Point::new(100.0, 8.0)),
        ] {
            let outcome = (direction == Direction::Response).then_some(Outcome::Ok);
            assert_eq!(dot(&message(direction, outcome, false), &route(), at(now)).at, wanted, "{direction:?} {now}");
        }
    }

    #[test]
    fn a_message_that_takes_no_time_has_arrived() {
        assert_eq!(share(at(5), at(5), at(5)), 1.0);
    }

    #[test]
    fn a_lost_message_breaks_on_its_way_and_stays_there() {
        for attempt in 0..1_000 {
            assert!((0.35..0.65).contains(&breaking_point(attempt)));
        }
        let lost = message(Direction::Request, None, true);
        assert_eq!(dot(&lost, &route(), at(13)).broken, None);
        let (early, late) = (dot(&lost, &route(), at(17)), dot(&lost, &route(), at(20)));
        assert_eq!(early.at, late.at);
        assert!(early.broken.is_some_and(|(far, _)| far < 1.0) && late.broken.is_some_and(|(far, _)| far == 1.0));
    }

    #[test]
    fn what_a_box_refuses_hops_away_and_what_it_answers_does_not() {
        for (outcome, hops) in [(Outcome::Shed, true), (Outcome::Refused, true), (Outcome::Error, false)] {
            let found = dot(&message(Direction::Response, Some(outcome), false), &route(), at(12));
            assert_eq!(found.at.y > 9.0, hops, "{outcome:?}");
            assert_eq!(found.shape, Shape::Failure);
        }
    }

    #[test]
    fn waits_of_a_link_are_counted_and_the_longest_is_shown() {
        let wait = |kind, from, until| WaitView { link: LinkId(0), kind, from: at(from), until: at(until) };
        let mut waits = Waits::default();
        for w in [wait(WaitKind::Timeout, 0, 100), wait(WaitKind::Timeout, 30, 130), wait(WaitKind::Backoff, 40, 60)] {
            waits.add(&w, at(50));
        }
        let rings: Vec<Ring> = waits.rings(&route()).collect();
        assert_eq!(
            rings.iter().map(|r| (r.kind, r.over, r.count)).collect::<Vec<_>>(),
            [(WaitKind::Timeout, 0.5, 2), (WaitKind::Backoff, 0.5, 1)]
        );
        assert!(rings[1].at.x - rings[0].at.x > 20.0, "they do not cover each other");
    }
}
