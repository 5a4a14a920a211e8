//! The sliding window of a circuit breaker: it counts the failures and slow calls among the last results.
//!
//! The rules are those of Resilience4j's `FixedSizeSlidingWindowMetrics` and `SlidingTimeWindowMetrics`: a ring of the
//! last results, or one bucket for each whole second, of which the current one and those just before it count.

use crate::time::{Span, Time};
use std::collections::VecDeque;
use std::ops::{AddAssign, SubAssign};

/// The sliding window of a circuit breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The last results, this many.
    Calls(u32),
    /// The results of the last whole seconds, for this long.
    Time(Span),
}

/// The default window: the last 100 results.
impl Default for Window {
    fn default() -> Self {
        Window::Calls(100)
    }
}

impl Window {
    /// How many results it can hold.
    pub(super) fn capacity(self) -> u32 {
        match self {
            Window::Calls(size) => size,
            Window::Time(_) => u32::MAX,
        }
    }
}

/// The counts of the results in a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Results in all.
    pub calls: u32,
    /// Failures among them.
    pub failed: u32,
    /// Slow results, successes and failures alike.
    pub slow: u32,
    /// Slow failures.
    pub slow_failed: u32,
}

impl Counts {
    /// The counts of a single result.
    pub fn of(success: bool, slow: bool) -> Self {
        Counts {
            calls: 1,
            failed: u32::from(!success),
            slow: u32::from(slow),
            slow_failed: u32::from(slow && !success),
        }
    }

    /// Successes among the results.
    pub fn successful(self) -> u32 {
        self.calls - self.failed
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.calls += other.calls;
        self.failed += other.failed;
        self.slow += other.slow;
        self.slow_failed += other.slow_failed;
    }
}

impl SubAssign for Counts {
    fn sub_assign(&mut self, other: Counts) {
        self.calls -= other.calls;
        self.failed -= other.failed;
        self.slow -= other.slow;
        self.slow_failed -= other.slow_failed;
    }
}

/// The results in the window. `total` is always the sum of `slots`.
#[derive(Clone, Debug)]
pub(super) struct SlidingWindow {
    kind: Window,
    /// Oldest first: a single result, or all results of one second, with the second they came in.
    slots: VecDeque<(u64, Counts)>,
    total: Counts,
}

impl SlidingWindow {
    /// An empty window.
    pub fn new(kind: Window) -> Self {
        SlidingWindow { kind, slots: VecDeque::new(), total: Counts::default() }
    }

    /// Adds a result and drops the results that are too old.
    pub fn record(&mut self, now: Time, result: Counts) {
        self.total += result;
        match (self.kind, self.slots.back_mut()) {
            (Window::Time(_), Some((second, counts))) if *second == whole_second(now) => *counts += result,
            _ => self.slots.push_back((whole_second(now), result)),
        }
        while self.oldest_is_too_old(now)
            && let Some((_, counts)) = self.slots.pop_front()
        {
            self.total -= counts;
        }
    }

    /// The counts at `now`.
    pub fn counts(&self, now: Time) -> Counts {
        let mut counts = self.total;
        if let Window::Time(_) = self.kind {
            let first = self.first_second(now);
            self.slots.iter().take_while(|(second, _)| *second < first).for_each(|(_, old)| counts -= *old);
        }
        counts
    }

    fn oldest_is_too_old(&self, now: Time) -> bool {
        match self.kind {
            Window::Calls(size) => self.slots.len() > size.max(1) as usize,
            Window::Time(_) => self.slots.front().is_some_and(|(second, _)| *second < self.first_second(now)),
        }
    }

    /// The first second that still counts: the window has the current one and `length - 1` before it.
    fn first_second(&self, now: Time) -> u64 {
        match self.kind {
            Window::Calls(_) => 0,
            Window::Time(length) => {
                let length = (length.as_nanos() / NANOS_IN_A_SECOND).max(1);
                (whole_second(now) + 1).saturating_sub(length)
            }
        }
    }
}

const NANOS_IN_A_SECOND: u64 = 1_000_000_000;

fn whole_second(now: Time) -> u64 {
    now.as_nanos() / NANOS_IN_A_SECOND
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    const AT: fn(u64) -> Time = |ms| Time::at(Span::millis(ms));

    #[test]
    fn a_window_of_calls_holds_the_last_results_only() {
        let mut window = SlidingWindow::new(Window::Calls(2));
        for (success, failed) in [(false, 1), (false, 2), (true, 1), (true, 0)] {
            window.record(Time::ZERO, Counts::of(success, false));
            assert_eq!(window.counts(Time::ZERO).failed, failed);
        }
        assert_eq!(window.counts(Time::ZERO).calls, 2);
    }

    #[test]
    fn a_time_window_drops_whole_seconds() {
        let mut window = SlidingWindow::new(Window::Time(Span::secs(5)));
        window.record(AT(100), Counts::of(false, true));
        window.record(AT(900), Counts::of(true, false));
        for (ms, calls) in [(900, 2), (4_999, 2), (5_000, 0)] {
            assert_eq!(window.counts(AT(ms)).calls, calls, "at {ms} ms");
        }
        window.record(AT(5_000), Counts::of(true, false));
        assert_eq!(window.counts(AT(5_000)), Counts::of(true, false));
    }
}
