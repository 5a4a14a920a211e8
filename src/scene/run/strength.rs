//! How strong a fault by hand is: the stops of its slider, from rest to the strongest, and what each stands for.

use crate::text;
use crate::time::Span;

/// A fault that is more than on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// The delay that each leg of a link gets, in milliseconds.
    Delay,
    /// How many times as long a service works.
    Slow,
    /// The share of requests that fail, 0 to 1.
    Fail,
}

/// A decade in ten steps of about a quarter, as round as can be.
const DECADE: [f64; 10] = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0];
/// The first delay after none, in milliseconds.
const FIRST_DELAY: f64 = 10.0;
const SLOWDOWNS: [f64; 14] = [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0, 70.0, 100.0];
/// Failures go by steps of five per cent.
const SHARES: f64 = 20.0;

impl Strength {
    /// The last stop; the first is 0, which is rest.
    pub const fn last(self) -> u32 {
        match self {
            Strength::Delay => 31,
            Strength::Slow => SLOWDOWNS.len() as u32 - 1,
            Strength::Fail => SHARES as u32,
        }
    }

    /// The stop that one press sets: it shows in every system that is ready.
    pub const fn usual(self) -> u32 {
        match self {
            // 2 s, ×10, 50 %
            Strength::Delay => 24,
            Strength::Slow => 7,
            Strength::Fail => 10,
        }
    }

    /// What a stop stands for; beyond the last, what the last stands for.
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

    /// The stop of a value: the highest that is not above it, and never rest for what is not at rest.
    pub fn stop(self, value: f64) -> u32 {
        let reached = (1..=self.last()).take_while(|stop| self.at(*stop) <= value * (1.0 + 1e-9)).count() as u32;
        if value > self.at(0) { reached.max(1) } else { 0 }
    }

    /// A value as it is read, e.g. `+2 s`, `×10`, `50 %`.
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
