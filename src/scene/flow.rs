//! A lane as a flow: where messages are too quick to be seen one by one, evenly spaced points move along the lane,
//! and how dense they are is the rate.

/// A message whose journey takes less than this many seconds of watching is not drawn by itself.
pub const TOO_QUICK: f64 = 0.07;
/// How fast the points of a flow move, in world units per second of watching: a calm walk.
pub const PACE: f64 = 90.0;
/// The closest that two points of a flow come.
const CLOSEST: f64 = 10.0;
/// Beyond this distance a flow is too thin to be shown.
const FARTHEST: f64 = 400.0;
/// How quickly a flow follows the rate, in seconds of watching.
const FOLLOWS: f64 = 0.8;

/// The flow of one kind of message over one lane.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flow {
    counted: Option<u64>,
    /// Messages per second of watching, smoothed.
    rate: f64,
}

impl Flow {
    /// Takes the count of messages so far, `seconds` of watching after the last time.
    pub fn update(&mut self, count: u64, seconds: f64) {
        let before = self.counted.replace(count).filter(|b| *b <= count);
        if let Some(before) = before
            && seconds > 0.0
        {
            let weight = 1.0 - libm::exp(-seconds / FOLLOWS);
            self.rate += ((count - before) as f64 / seconds - self.rate) * weight;
        }
    }

    /// The distance between two points of the flow, if it is to be seen. Steps of a quarter, so that it rests.
    pub fn spacing(&self) -> Option<f64> {
        if self.rate * FARTHEST < PACE {
            return None;
        }
        let wanted = (PACE / self.rate).clamp(CLOSEST, FARTHEST);
        let steps = libm::round(libm::log(wanted / CLOSEST) / libm::log(1.25));
        Some(CLOSEST * libm::pow(1.25, steps))
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
        let spacings = [1, 3, 5, 1_000].map(|rate| after(rate).spacing().unwrap_or(f64::INFINITY));
        assert!(spacings.is_sorted_by(|a, b| a > b), "{spacings:?}");
        assert_eq!(spacings[3], CLOSEST);
    }

    #[test]
    fn a_restart_of_the_count_is_not_a_flood() {
        let mut flow = after(5);
        let before = flow.spacing();
        flow.update(0, 0.016);
        assert_eq!(flow.spacing(), before);
    }
}
