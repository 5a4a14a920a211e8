//! The window of a circuit breaker as cells, filled with the fewest failures that open it.

use crate::msg;
use crate::policy::breaker::{Trip, Window};
use crate::text::{Exact, Message, number};

/// The most cells in the picture.
pub const DRAWN: u32 = 100;

/// The window with the fewest failures that open the breaker.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// The length of the window, in results or seconds.
    pub kind: Kind,
    /// The number of cells in the picture.
    pub count: u32,
    /// The number of cells that are failures; 0 for a time window.
    pub failed: u32,
    description: Message,
}

/// The meaning of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One result, or several results if there are too many to draw.
    Results,
    /// One second. The last cell is the current second.
    Seconds,
}

/// The picture of the condition that trips a breaker.
pub fn of(trip: &Trip) -> Cells {
    match trip {
        Trip::Consecutive { failures } => {
            let description = msg!("sketch-breaker-consecutive", failures = *failures);
            Cells { kind: Kind::Results, count: (*failures).min(DRAWN), failed: (*failures).min(DRAWN), description }
        }
        Trip::Rate { window: Window::Calls(calls), minimum_calls, failure_rate, .. } => {
            let failed = failures_that_open(*calls, *failure_rate);
            let early = failures_that_open(*minimum_calls, *failure_rate);
            let description = if minimum_calls < calls {
                let (minimum, calls) = (*minimum_calls, *calls);
                msg!("sketch-breaker-calls-early", failed = failed, calls = calls, minimum = minimum, early = early)
            } else {
                msg!("sketch-breaker-calls", failed = failed, calls = *calls)
            };
            let shrunk = |n: u32| if *calls > DRAWN { shrink(n, *calls) } else { n };
            Cells { kind: Kind::Results, count: (*calls).min(DRAWN), failed: shrunk(failed), description }
        }
        Trip::Rate { window: Window::Time(span), minimum_calls, failure_rate, .. } => {
            let early = failures_that_open(*minimum_calls, *failure_rate);
            let seconds = u32::try_from(span.as_nanos() / 1_000_000_000).unwrap_or(u32::MAX);
            let percent = number(failure_rate * 100.0);
            let (minimum, window) = (*minimum_calls, Exact(*span));
            Cells {
                kind: Kind::Seconds,
                count: seconds.min(DRAWN),
                failed: 0,
                description: msg!(
                    "sketch-breaker-time",
                    percent = percent,
                    window = window,
                    minimum = minimum,
                    early = early
                ),
            }
        }
    }
}

/// The fewest failures among these results that reach the failure rate, by the breaker's own arithmetic.
pub fn failures_that_open(results: u32, rate: f64) -> u32 {
    let reaches = |failed: u32| f64::from(failed) / f64::from(results.max(1)) >= rate;
    let near = libm::floor(rate * f64::from(results)) as u32;
    (near.saturating_sub(1)..=results).find(|failed| *failed > 0 && reaches(*failed)).unwrap_or(results)
}

fn shrink(part: u32, whole: u32) -> u32 {
    libm::ceil(f64::from(part) / f64::from(whole) * f64::from(DRAWN)) as u32
}

impl Cells {
    /// The picture in words.
    pub fn description(&self) -> Message {
        self.description.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::breaker::{Breaker, Config, State};
    use crate::time::{Span, Time};
    use proptest::prelude::*;

    fn rate(window: Window, minimum_calls: u32, failure_rate: f64) -> Trip {
        Trip::Rate { window, minimum_calls, failure_rate, slow_duration: Span::secs(60), slow_rate: 1.0 }
    }

    /// Whether a breaker opens if the last `failed` results are failures.
    fn opens(trip: &Trip, results: u32, failed: u32) -> bool {
        let config = Config::of(trip.clone());
        let mut breaker = Breaker::new(&config);
        for i in 0..results {
            let Some(permit) = breaker.try_acquire(Time::ZERO) else { break };
            breaker.record(Time::ZERO, permit, i < results - failed, Span::ZERO);
        }
        breaker.state() == State::Open
    }

    #[test]
    fn a_window_of_calls_has_a_cell_for_each_result_up_to_a_hundred() {
        let cells = |calls, minimum, share| of(&rate(Window::Calls(calls), minimum, share));
        assert_eq!((cells(10, 5, 0.5).count, cells(10, 5, 0.5).failed), (10, 5));
        assert_eq!((cells(100, 100, 0.5).count, cells(100, 100, 0.5).failed), (100, 50));
        assert_eq!((cells(1_000, 10, 0.105).count, cells(1_000, 10, 0.105).failed), (100, 11));
        let words = "Opens with 5 failures among the last 10 results. It judges from 5 results on; then 3 are enough.";
        assert_eq!(cells(10, 5, 0.5).description().text(), words);
        assert_eq!(cells(4, 4, 1.0).description().text(), "Opens with 4 failures among the last 4 results.");
    }

    #[test]
    fn a_time_window_has_a_cell_for_each_second_and_consecutive_failures_fill_all_cells() {
        let time = of(&rate(Window::Time(Span::secs(30)), 100, 0.1));
        assert_eq!((time.kind, time.count, time.failed), (Kind::Seconds, 30, 0));
        assert!(
            time.description()
                .text()
                .starts_with("Opens when 10\u{a0}% of the results of the last 30\u{a0}s are failures.")
        );
        assert!(time.description().text().contains("then 10 are enough"));
        let row = of(&Trip::Consecutive { failures: 5 });
        assert_eq!(
            (row.count, row.failed, row.description().text().as_str()),
            (5, 5, "Opens with 5 failures in a row.")
        );
    }

    proptest! {
        /// The breaker opens with the failures in the picture, and not with one fewer.
        #[test]
        fn the_breaker_agrees(calls in 1u32..200, share in 1u32..=1_000) {
            let share = f64::from(share) / 1_000.0;
            let trip = rate(Window::Calls(calls), calls, share);
            let needed = failures_that_open(calls, share);
            prop_assert!(opens(&trip, calls, needed), "{calls} {share}: {needed} do not open it");
            prop_assert!(!opens(&trip, calls, needed - 1), "{calls} {share}: {} open it", needed - 1);
        }
    }
}
