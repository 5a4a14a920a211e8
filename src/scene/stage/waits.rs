//! Waiting callers, as rings, pies and squares at their end of a link.
//!
//! A few are drawn one by one, the longest wait first; more share one mark with their number.

use super::dots::share;
use super::geometry::Point;
use super::route::{LANE, Route};
use super::sizes::Stand;
use crate::sim::view::{WaitKind, WaitView};
use crate::time::Time;

/// The most waits of a kind that are drawn one by one.
pub const APART: usize = 3;
/// The distance between two marks, in world units.
const STEP: f64 = 24.0;
/// The room for a number beside a mark.
const NUMBER: f64 = 22.0;

/// One or several waiting callers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ring {
    /// The centre.
    pub at: Point,
    /// The kind of wait.
    pub kind: WaitKind,
    /// The completed part of the longest wait, 0 to 1.
    pub over: f64,
    /// The number of callers.
    pub count: u32,
    /// The side of the number: 1 right, -1 left.
    pub aside: f64,
}

/// The waits of one kind: their completed parts, the largest first, and their number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Kind {
    over: [f64; APART],
    count: u32,
}

/// The waits of one link by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Waits([Kind; 3]);

impl Waits {
    /// Adds a waiting caller.
    pub fn add(&mut self, wait: &WaitView, now: Time) {
        let mut over = share(wait.from, wait.until, now);
        let kind = &mut self.0[wait.kind as usize];
        kind.count += 1;
        for place in &mut kind.over {
            if over > *place {
                std::mem::swap(&mut over, place);
            }
        }
    }

    /// Whether no caller waits.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|kind| kind.count == 0)
    }

    /// The marks of the link, side by side at the caller's end, above the request lane.
    pub fn rings(&self, route: &Route, stand: Stand) -> impl Iterator<Item = Ring> {
        let length = route.middle.length().max(1.0);
        let all: u32 = self.0.iter().map(|kind| kind.count).sum();
        let room = if stand.tight { 0.0 } else { (length - STEP) / STEP };
        let marks = move |(kind, found): (WaitKind, &Kind)| {
            let together = found.count as usize > APART || f64::from(all) > room;
            let (marks, count) = if together { (1, found.count) } else { (found.count as usize, 1) };
            found.over.into_iter().take(if found.count > 0 { marks } else { 0 }).map(move |over| (kind, over, count))
        };
        let kinds = [WaitKind::Timeout, WaitKind::Backoff, WaitKind::Permit].into_iter().zip(&self.0);
        let mut far = stand.from;
        kinds.flat_map(marks).map(move |(kind, over, count)| {
            let share = far / length;
            // A number is beside its mark in the same row, because marks of ends are above.
            far += if count > 1 { STEP + NUMBER } else { STEP };
            let at = beside(route, share, LANE + if stand.tight { 9.0 } else { 17.0 });
            let (along, away) = (route.middle.direction(share), at - route.middle.at(share));
            let aside = if along.x.abs() > along.y.abs() { along.x } else { away.x }.signum();
            Ring { at, kind, over, count, aside }
        })
    }
}

/// The point at a distance square to the link, on the side of the request lane.
pub fn beside(route: &Route, share: f64, distance: f64) -> Point {
    let across = route.middle.direction(share).left() * distance;
    let is_below = across.x * route.below.x + across.y * route.below.y > 0.0;
    route.middle.at(share) + if is_below { across * -1.0 } else { across }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::topology::LinkId;
    use crate::scene::stage::route::Anchor;
    use crate::time::Span;

    fn at(ms: u64) -> Time {
        Time::at(Span::millis(ms))
    }

    fn route(length: f64) -> Route {
        let anchor = |x, out| Anchor { at: Point::new(x, 0.0), out: Point::new(out, 0.0) };
        Route::between(anchor(0.0, 1.0), anchor(length, -1.0))
    }

    fn rings(length: f64, waits: &[(WaitKind, u64, u64)]) -> Vec<Ring> {
        let mut all = Waits::default();
        for (kind, from, until) in waits {
            let (from, until) = (at(*from), at(*until));
            all.add(&WaitView { link: LinkId(0), kind: *kind, from, until, intent: 1, number: 1 }, at(50));
        }
        assert_eq!(all.is_empty(), waits.is_empty());
        all.rings(&route(length), Stand { from: 18.0, tight: length < 200.0 }).collect()
    }

    #[test]
    fn few_that_wait_are_shown_one_by_one_the_longest_first() {
        use WaitKind::{Backoff, Timeout};
        let found = rings(200.0, &[(Timeout, 30, 130), (Backoff, 40, 60), (Timeout, 0, 100)]);
        let seen: Vec<_> = found.iter().map(|r| (r.kind, r.over, r.count)).collect();
        assert_eq!(seen, [(Timeout, 0.5, 1), (Timeout, 0.2, 1), (Backoff, 0.5, 1)]);
        assert!(found.windows(2).all(|pair| pair[1].at.x - pair[0].at.x > 20.0), "they do not cover each other");
        assert!(found.iter().all(|r| r.at.y < -LANE), "they stand above the request lane");
        assert_eq!(rings(200.0, &[]), []);
    }

    #[test]
    fn many_that_wait_or_little_room_make_one_mark_with_their_number() {
        use WaitKind::{Permit, Timeout};
        let four = [(Timeout, 0, 100), (Timeout, 10, 110), (Timeout, 20, 120), (Timeout, 45, 145)];
        let seen = |found: Vec<Ring>| found.iter().map(|r| (r.kind, r.over, r.count)).collect::<Vec<_>>();
        assert_eq!(seen(rings(400.0, &four)), [(Timeout, 0.5, 4)]);
        let both = rings(70.0, &[(Timeout, 0, 100), (Timeout, 25, 75), (Permit, 40, 90)]);
        assert!(both[1].at.x - both[0].at.x > 40.0, "there is room for the number between the two");
        assert!(both.iter().all(|ring| ring.aside == 1.0), "farther along the link");
        assert_eq!(
            seen(rings(70.0, &[(Timeout, 0, 100), (Timeout, 25, 75), (Permit, 40, 90)])),
            [(Timeout, 0.5, 2), (Permit, 0.2, 1)]
        );
    }
}
