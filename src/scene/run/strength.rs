//! The strength of a fault by hand: the stops of its slider and their values.

use crate::text;
use crate::time::Span;

/// A fault with a strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// The delay added to each leg of a link, in milliseconds.
    Delay,
    /// The factor of a service's working time.
    Slow,
    /// The share of requests that fail, 0 to 1.
    Fail,
}

/// A decade in ten round steps of about a quarter each.
const DECADE: [f64; 10] = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0];
/// The smallest delay, in milliseconds.
const FIRST_DELAY: f64 = 10.0;
const SLOWDOWNS: [f64; 14] = [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0, 70.0, 100.0];
/// The number of steps from no failures to all.
const SHARES: f64 = 20.0;

impl Strength {
    /// The last stop. The first is 0, no fault.
    pub const fn last(self) -> u32 {
        match self {
            Strength::Delay => 31,
            Strength::Slow => SLOWDOWNS.len() as u32 - 1,
            Strength::Fail => SHARES as u32,
        }
    }

    /// The default stop, with a visible effect in every ready system.
    pub const fn usual(self) -> u32 {
        match self {
            // 2 s, ×10, 50 %
            Strength::Delay => 24,
            Strength::Slow => 7,
            Strength::Fail => 10,
        }
    }

    /// The value of a stop, at most that of the last.
    pub fn at(self, stop: u32) -> f64 {
        let stop = stop.min(self.last());
        match (self, stop) {
            (Strength::Delay, 0) => 0.0,
            (Strength::Delay, _) => {
                let step = (stop - 1) as usize;
                let decade = [1.0, 10.0, 100.0, 1_000.0].get(step / 10).copied().unwrap_or(1_000.0);
                FIRST_DELAY * decade * DECADE[step % 10]
            }
            (Strength::Slow, _) => SLOWDOWNS.get(stop as usize).copied().unwrap_or(1.0),
            (Strength::Fail, _) => f64::from(stop) / SHARES,
        }
    }

    /// The highest stop that does not exceed a value; never 0 for an active fault.
    pub fn stop(self, value: f64) -> u32 {
        let reached = (1..=self.last()).take_while(|stop| self.at(*stop) <= value * (1.0 + 1e-9)).count() as u32;
        if value > self.at(0) { reached.max(1) } else { 0 }
    }

    /// The text of a value, e.g. `+2 s`, `×10`, `50 %`.
    pub fn words(self, value: f64) -> String {
        match self {
            Strength::Delay => format!("+{}", text::duration(Span::from_nanos_f64(value * 1e6))),
            Strength::Slow => format!("×{}", text::number(value)),
            Strength::Fail => text::percent(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Strength; 3] = [Strength::Delay, Strength::Slow, Strength::Fail];

    #[test]
    fn every_stop_is_stronger_than_the_one_before_and_is_found_again() {
        for strength in ALL {
            for stop in 0..=strength.last() {
                assert_eq!(strength.stop(strength.at(stop)), stop, "{strength:?}");
                assert!(stop == 0 || strength.at(stop) > strength.at(stop - 1), "{strength:?} {stop}");
            }
            assert_eq!(strength.at(u32::MAX), strength.at(strength.last()));
        }
    }

    #[test]
    fn the_range_is_what_a_learner_needs() {
        let words = ALL.map(|s| [0, 1, s.usual(), s.last()].map(|stop| s.words(s.at(stop)).replace('\u{a0}', " ")));
        assert_eq!(
            words,
            [["+0 ms", "+10 ms", "+2 s", "+10 s"], ["×1", "×1.5", "×10", "×100"], ["0 %", "5 %", "50 %", "100 %"]]
        );
    }

    #[test]
    fn a_value_between_two_stops_is_never_taken_for_rest() {
        assert_eq!(Strength::Delay.stop(1.0), 1);
        assert_eq!(Strength::Slow.stop(12.0), Strength::Slow.stop(10.0));
        assert_eq!(Strength::Slow.stop(0.5), 0);
        assert_eq!(Strength::Delay.stop(f64::INFINITY), Strength::Delay.last());
    }
}
