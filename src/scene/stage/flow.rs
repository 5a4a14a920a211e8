//! A lane as a flow: where messages are too quick or too many to see, evenly spaced points move along the lane, and
//! their density is the rate. One request stays visible.

use crate::scene::run::steady::HOLD;
use crate::time::Span;

/// The shortest visible journey of a message, in seconds of watching.
pub const TOO_QUICK: f64 = 0.07;
/// The shortest journey or wait that is drawn by itself at this speed, in simulated time.
pub fn quickest(speed: f64) -> Span {
    Span::from_nanos_f64(TOO_QUICK * speed * 1e9)
}

/// The speed of the points of a flow, in world units per second of watching.
pub const PACE: f64 = 90.0;
/// The least distance between two points of a flow.
const CLOSEST: f64 = 10.0;
/// The distance between points beyond which a flow is invisible.
const FARTHEST: f64 = 400.0;
/// The distance between points beyond which real messages show more than a flow.
const FEW: f64 = 60.0;
/// The time in which a flow follows the rate, in seconds of watching.
const FOLLOWS: f64 = 0.8;

/// The flow of one kind of message over one lane.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flow {
    counted: Option<u64>,
    /// Messages per second of watching, smoothed.
    rate: f64,
}

impl Flow {
    /// Reads the count of messages, `seconds` of watching after the last call.
    pub fn update(&mut self, count: u64, seconds: f64) {
        let before = self.counted.replace(count).filter(|b| *b <= count);
        if let Some(before) = before
            && seconds > 0.0
        {
            let weight = 1.0 - libm::exp(-seconds / FOLLOWS);
            self.rate += ((count - before) as f64 / seconds - self.rate) * weight;
        }
    }

    /// The distance between two points of the flow; `None`: the flow is invisible. It changes in steps of a quarter, so
    /// that it is steady.
    pub fn spacing(&self) -> Option<f64> {
        if self.rate * FARTHEST < PACE {
            return None;
        }
        let wanted = (PACE / self.rate).clamp(CLOSEST, FARTHEST);
        let steps = libm::round(libm::log(wanted / CLOSEST) / libm::log(1.25));
        Some(CLOSEST * libm::pow(1.25, steps))
    }

    /// Whether messages are rare enough to be drawn one by one, however quick they are.
    pub fn is_sparse(&self) -> bool {
        self.rate * FEW < PACE
    }

    /// The thickness, 1 to 2, in steps of a quarter: where points cannot come closer, they grow.
    pub fn width(&self) -> f64 {
        let more = self.rate * CLOSEST / PACE;
        if more > 1.0 { 1.0 + (libm::log(more).round() / 4.0).min(1.0) } else { 1.0 }
    }
}

/// Whether there are too many dots on a lane to distinguish. Does not change twice within [`HOLD`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Crowd {
    is: bool,
    since: Option<f64>,
}

impl Crowd {
    /// Reads the number of dots with this radius on a lane of this length, at this second of watching.
    pub fn update(&mut self, dots: u32, length: f64, radius: f64, watched: f64) {
        let room = length.max(1.0) / (1.5 * radius);
        let next = f64::from(dots) > if self.is { 0.6 * room } else { room };
        if next != self.is && self.since.is_none_or(|since| watched - since >= HOLD || watched < since) {
            *self = Crowd { is: next, since: Some(watched) };
        }
    }

    /// Whether the lane is drawn as a flow.
    pub fn is(&self) -> bool {
        self.is
    }
}

/// The request that stays visible in a flow, followed from its client through all its calls.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sample {
    intent: u64,
    seen: f64,
    /// The newest request since the last frame.
    newest: u64,
    met: bool,
}

impl Sample {
    /// Reads the message of a request. `true`: its request is the visible one.
    pub fn meet(&mut self, intent: u64) -> bool {
        self.newest = self.newest.max(intent);
        let is = intent == self.intent;
        self.met |= is;
        is
    }

    /// Ends a frame. A finished request is replaced by the newest one after a while.
    pub fn look(&mut self, watched: f64) {
        if self.met || watched < self.seen {
            self.seen = watched;
        } else if watched - self.seen >= HOLD || self.intent == 0 {
            (self.intent, self.seen) = (self.newest, watched);
        }
        (self.newest, self.met) = (0, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(rate: u64) -> Flow {
        let mut flow = Flow::default();
        for second in 0..100 {
            flow.update(second * rate, 1.0);
        }
        flow
    }

    #[test]
    fn the_denser_the_faster_the_messages_come_up_to_a_limit() {
        assert_eq!(after(0).spacing(), None);
        assert_eq!([0, 1, 2, 50].map(|rate| after(rate).is_sparse()), [true, true, false, false]);
        let spacings = [1, 3, 5, 1_000].map(|rate| after(rate).spacing().unwrap_or(f64::INFINITY));
        assert!(spacings.is_sorted_by(|a, b| a > b), "{spacings:?}");
        assert_eq!(spacings[3], CLOSEST);
        let widths = [1, 9, 20, 100_000].map(|rate| after(rate).width());
        assert!(
            widths[1] == 1.0 && widths[2] > 1.0 && widths[3] == 2.0,
            "what cannot be denser is thicker: {widths:?}"
        );
    }

    #[test]
    fn a_crowded_lane_is_a_flow_and_does_not_flicker() {
        let (mut crowd, mut was, mut changed) = (Crowd::default(), false, f64::NEG_INFINITY);
        for step in 0..600 {
            let watched = f64::from(step) / 60.0;
            // A lane of 120 has room for 20 dots of radius 4.
            crowd.update(if step % 7 < 4 { 30 } else { 5 }, 120.0, 4.0, watched);
            if crowd.is() != was {
                assert!(watched - changed >= HOLD, "changed at {changed} and at {watched}");
                (was, changed) = (crowd.is(), watched);
            }
        }
        let mut crowd = Crowd::default();
        let seen = [20, 21, 15, 11].map(|dots| {
            crowd.since = None;
            crowd.update(dots, 120.0, 4.0, 0.0);
            crowd.is()
        });
        assert_eq!(seen, [false, true, true, false]);
    }

    #[test]
    fn one_request_is_followed_until_it_is_over_and_then_the_newest() {
        let mut sample = Sample::default();
        let mut look = |watched: f64, intents: &[u64]| {
            let seen: Vec<u64> = intents.iter().copied().filter(|intent| sample.meet(*intent)).collect();
            sample.look(watched);
            seen
        };
        assert!(look(0.0, &[4, 6, 5]).is_empty(), "nothing is followed yet");
        assert_eq!(look(0.1, &[6, 7, 6]), [6, 6], "also over several calls");
        assert_eq!(look(9.0, &[6, 8]), [6], "as long as it lasts");
        assert!(look(9.1, &[8]).is_empty());
        assert!(look(9.1 + HOLD, &[8, 9]).is_empty());
        assert_eq!(look(9.2 + HOLD, &[8, 9]), [9]);
    }

    #[test]
    fn a_restart_of_the_count_is_not_a_flood() {
        let mut flow = after(5);
        let before = flow.spacing();
        flow.update(0, 0.016);
        assert_eq!(flow.spacing(), before);
    }
}
