//! Marks for attempts that end at the caller without a message: it gave up, or sent nothing.
//!
//! The marks follow counters that only grow, and stay for a moment of watching. A counter that has shrunk, as after a
//! restart or a step back, adds no mark.

use super::geometry::Point;
use super::route::{LANE, Route};
use super::sizes::Stand;
use super::waits::beside;
use crate::outcome::Outcome;
use crate::sim::view::OutcomeCounts;

/// The time that a mark stays, in seconds of watching.
pub const LASTS: f64 = 0.9;

/// The outcomes that have marks, in the order of the marks.
pub const ENDS: [Outcome; 5] =
    [Outcome::Timeout, Outcome::DeadlineExceeded, Outcome::BulkheadFull, Outcome::Cancelled, Outcome::BreakerOpen];

/// A mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EndMark {
    /// The centre.
    pub at: Point,
    /// One of [`ENDS`].
    pub outcome: Outcome,
    /// The share of its time that is over, 0 to 1.
    pub age: f64,
}

/// The marks of one link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ends {
    counted: Option<[u64; ENDS.len()]>,
    since: [f64; ENDS.len()],
}

impl Default for Ends {
    fn default() -> Self {
        Ends { counted: None, since: [f64::NEG_INFINITY; ENDS.len()] }
    }
}

impl Ends {
    /// Reads the counters at this second of watching.
    pub fn update(&mut self, counts: &OutcomeCounts, watched: f64) {
        let now = ENDS.map(|outcome| counts.get(outcome));
        if let Some(before) = self.counted.replace(now) {
            for ((since, now), before) in self.since.iter_mut().zip(now).zip(before) {
                if now > before {
                    *since = watched;
                }
            }
        }
    }

    /// The marks: those at the caller side by side above its rings, that of the breaker before its gap.
    pub fn marks(&self, route: &Route, stand: Stand, watched: f64) -> impl Iterator<Item = EndMark> {
        let length = route.middle.length().max(60.0);
        // Beside an upright link, the marks leave room for the numbers of waiting callers.
        let along = route.middle.direction(0.1);
        let row = if along.y.abs() > along.x.abs() { 66.0 } else { 42.0 };
        let above = LANE + if stand.tight { 9.0 } else { row };
        let ages = ENDS.into_iter().zip(self.since).map(move |(outcome, since)| (outcome, (watched - since) / LASTS));
        let young = ages.filter(|(_, age)| (0.0..1.0).contains(age)).enumerate();
        young.map(move |(index, (outcome, age))| {
            let at = match outcome {
                Outcome::BreakerOpen => route.request.at(0.5 - (26.0 + 14.0 * age) / length),
                _ => beside(route, (stand.from + 24.0 * index as f64) / length, above + 6.0 * age),
            };
            EndMark { at, outcome, age }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::stage::route::Anchor;

    const STAND: Stand = Stand { from: 18.0, tight: false };

    fn counts(of: &[(Outcome, u64)]) -> OutcomeCounts {
        let mut counts = OutcomeCounts::default();
        of.iter().for_each(|(outcome, n)| counts.0[*outcome as usize] = *n);
        counts
    }

    #[test]
    fn what_ends_at_the_caller_is_shown_for_a_moment_and_a_step_back_shows_nothing() {
        let anchor = |x, out| Anchor { at: Point::new(x, 0.0), out: Point::new(out, 0.0) };
        let route = Route::between(anchor(0.0, 1.0), anchor(300.0, -1.0));
        let mut ends = Ends::default();
        let seen = |ends: &Ends, watched| ends.marks(&route, STAND, watched).map(|m| m.outcome).collect::<Vec<_>>();
        // Events before the first frame add no mark.
        ends.update(&counts(&[(Outcome::Timeout, 7)]), 1.0);
        assert_eq!(seen(&ends, 1.0), []);
        ends.update(&counts(&[(Outcome::Timeout, 8), (Outcome::Ok, 4), (Outcome::BreakerOpen, 1)]), 2.0);
        assert_eq!(seen(&ends, 2.5), [Outcome::Timeout, Outcome::BreakerOpen]);
        assert_eq!(seen(&ends, 2.01 + LASTS), []);
        ends.update(&counts(&[]), 4.0);
        assert_eq!(seen(&ends, 4.0), []);
        assert!(ends.marks(&route, STAND, 2.1).all(|m| m.at.y < 0.0), "on the side of the requests");
    }
}
