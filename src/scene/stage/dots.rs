//! Messages as dots.
//!
//! **Invariant:** the position of a dot depends only on (sent, arrives, now) and the number of the attempt. No state is
//! carried from frame to frame, so that pause, slow motion and steps need no special care.

use super::geometry::Point;
use super::route::{Lane, Route};
use crate::outcome::Outcome;
use crate::sim::view::{Direction, MessageView, Purpose};
use crate::time::{Span, Time};

/// The shape of a dot. Each shape has one meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A grey hatched disc: nobody waits for it any more.
    Wasted,
    /// A blue disc: a request.
    Request,
    /// A green disc: an answer.
    Answer,
    /// An amber disc, half filled: an answer built on a fallback.
    Degraded,
    /// A small grey cross: the caller has given up.
    Cancel,
    /// A blue question mark: the caller asks for the outcome.
    Ask,
    /// Two purple triangles, as on the rewind button: a reversal.
    Compensate,
    /// An amber hourglass: the deadline had passed.
    Late,
    /// An amber outlined star: a request with the same business request id is in progress.
    Conflict,
    /// An amber star: more than the rate limit allows.
    Limited,
    /// A vermilion outlined star: the service is down.
    Refused,
    /// A vermilion star: a failure; hopping back from a box whose queue is full.
    Failure,
}

impl Shape {
    /// Every shape, in the order in which they are drawn.
    pub const ALL: [Shape; 12] = [
        Shape::Wasted,
        Shape::Request,
        Shape::Answer,
        Shape::Degraded,
        Shape::Cancel,
        Shape::Ask,
        Shape::Compensate,
        Shape::Late,
        Shape::Conflict,
        Shape::Limited,
        Shape::Refused,
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
            (Purpose::Call, false, Some(outcome)) => Shape::answer(outcome),
        }
    }

    const fn answer(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Ok => Shape::Answer,
            Outcome::Degraded => Shape::Degraded,
            Outcome::Refused => Shape::Refused,
            Outcome::RateLimited => Shape::Limited,
            Outcome::Conflict => Shape::Conflict,
            Outcome::Timeout | Outcome::DeadlineExceeded => Shape::Late,
            Outcome::Error | Outcome::Shed | Outcome::BreakerOpen | Outcome::BulkheadFull | Outcome::Cancelled => {
                Shape::Failure
            }
        }
    }
}

/// A message on the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// The position.
    pub at: Point,
    /// The shape.
    pub shape: Shape,
    /// For a lost message: how far it has fallen apart, 0 to 1, and its direction of travel.
    pub broken: Option<(f64, Point)>,
}

/// The share of its journey that a message has completed, 0 to 1.
pub fn share(sent: Time, arrives: Time, now: Time) -> f64 {
    let all = arrives.since(sent).as_nanos();
    if all == 0 { 1.0 } else { (now.since(sent).as_nanos() as f64 / all as f64).min(1.0) }
}

/// The share of the journey at which a lost message breaks: where it was dropped by hand, or else between 35 and 65 %,
/// by its attempt.
fn breaks(message: &MessageView) -> f64 {
    match message.lost {
        Some(at) if at > message.sent => share(message.sent, message.arrives, at),
        _ => breaking_point(message.attempt),
    }
}

fn breaking_point(attempt: u64) -> f64 {
    // Fibonacci hashing spreads consecutive attempts.
    let hash = attempt.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    0.35 + 0.30 * hash as f64 / (1u64 << 24) as f64
}

/// The dot of a message on its link.
pub fn dot(message: &MessageView, route: &Route, now: Time) -> Dot {
    let lane = match message.direction {
        Direction::Request => &route.request,
        Direction::Response => &route.response,
    };
    let (shape, share) = (Shape::of(message), share(message.sent, message.arrives, now));
    let breaks = breaks(message);
    if message.lost.is_some() && share >= breaks {
        let broken = Some(((share - breaks) / (1.0 - breaks).max(f64::EPSILON), lane.direction(breaks)));
        return Dot { at: lane.at(breaks), shape, broken };
    }
    let at = if bounces(message) { bounced(lane, route, share) } else { lane.at(share) };
    Dot { at, shape, broken: None }
}

/// Whether the box rejected the message at the door.
fn bounces(message: &MessageView) -> bool {
    !message.wasted
        && message.purpose == Purpose::Call
        && matches!(message.outcome, Some(Outcome::Refused | Outcome::Shed | Outcome::RateLimited | Outcome::Conflict))
}

/// The position of a dot that hops away from the box that refused it: three hops, each lower than the one before.
fn bounced(lane: &Lane, route: &Route, share: f64) -> Point {
    let height = 16.0 * (1.0 - share) * libm::fabs(libm::sin(share * 3.0 * core::f64::consts::PI));
    lane.at(share) + route.below * height
}

/// The remaining time budget of a request as a share of `whole`, the largest budget in the system. One scale for all
/// requests shows how a budget shrinks from hop to hop.
pub fn budget(message: &MessageView, whole: Span, now: Time) -> Option<f64> {
    let asks = message.direction == Direction::Request && message.purpose == Purpose::Call && !message.wasted;
    let left = message.deadline.filter(|_| asks)?.since(now);
    let whole = whole.as_nanos() as f64;
    (whole > 0.0).then(|| (left.as_nanos() as f64 / whole).min(1.0))
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
    use crate::scene::stage::route::Anchor;

    fn route() -> Route {
        let anchor = |x, out| Anchor { at: Point::new(x, 0.0), out: Point::new(out, 0.0) };
        Route::between(anchor(0.0, 1.0), anchor(200.0, -1.0))
    }

    fn message(direction: Direction, outcome: Option<Outcome>, lost: bool) -> MessageView {
        let sent = Time::at(Span::millis(10));
        MessageView {
            attempt: 12,
            link: LinkId(0),
            direction,
            purpose: Purpose::Call,
            sent,
            arrives: Time::at(Span::millis(20)),
            lost: lost.then_some(sent),
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
    fn a_message_dropped_by_hand_breaks_where_it_is() {
        for dropped in 11..20 {
            let lost = MessageView { lost: Some(at(dropped)), ..message(Direction::Request, None, true) };
            let whole = message(Direction::Request, None, false);
            let then = dot(&whole, &route(), at(dropped)).at;
            for now in dropped..=20 {
                let found = dot(&lost, &route(), at(now));
                assert_eq!(found.at, then, "dropped at {dropped} ms, seen at {now} ms");
                assert!(found.broken.is_some_and(|(far, _)| (0.0..=1.0).contains(&far)));
            }
        }
    }

    #[test]
    fn every_outcome_has_its_mark() {
        for (outcome, shape, hops) in [
            (Outcome::Ok, Shape::Answer, false),
            (Outcome::Degraded, Shape::Degraded, false),
            (Outcome::Error, Shape::Failure, false),
            (Outcome::Refused, Shape::Refused, true),
            (Outcome::Shed, Shape::Failure, true),
            (Outcome::RateLimited, Shape::Limited, true),
            (Outcome::Conflict, Shape::Conflict, true),
            (Outcome::DeadlineExceeded, Shape::Late, false),
        ] {
            let answer = message(Direction::Response, Some(outcome), false);
            let found = dot(&answer, &route(), at(12));
            assert_eq!((found.shape, found.at.y > 9.0), (shape, hops), "{outcome:?}");
            let wasted = dot(&MessageView { wasted: true, ..answer }, &route(), at(12));
            assert_eq!((wasted.shape, wasted.at.y), (Shape::Wasted, 8.0), "{outcome:?} that nobody waits for");
        }
        for (purpose, shape) in
            [(Purpose::Cancel, Shape::Cancel), (Purpose::Ask, Shape::Ask), (Purpose::Compensate, Shape::Compensate)]
        {
            let found = Shape::of(&MessageView { purpose, ..message(Direction::Request, None, false) });
            assert_eq!(found, shape);
        }
    }

    #[test]
    fn a_budget_shrinks_with_time_and_answers_have_none() {
        let with = |direction| MessageView { deadline: Some(at(110)), ..message(direction, None, false) };
        let left = |now| budget(&with(Direction::Request), Span::millis(200), at(now));
        assert_eq!([left(10), left(60), left(110), left(300)], [Some(0.5), Some(0.25), Some(0.0), Some(0.0)]);
        assert_eq!(budget(&with(Direction::Response), Span::millis(200), at(10)), None);
        assert_eq!(budget(&message(Direction::Request, None, false), Span::millis(200), at(10)), None);
    }
}
