//! The circuit breaker.
//!
//! It permits or refuses attempts, and learns from the results of those that it permitted. It knows
//! neither what an attempt is nor which outcomes are failures: the caller looks that up in
//! [`Config::failures`]. The rules are Resilience4j's (`CircuitBreakerStateMachine`, 2.3) and, for the
//! consecutive-failure form, gobreaker's (v2). A comment marks each rule of theirs that is surprising.

use super::window::SlidingWindow;
pub use super::window::{Counts, Window};
use crate::outcome::OutcomeSet;
use crate::time::{Span, Time};

/// The settings of a circuit breaker.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The condition under which it opens.
    pub trip: Trip,
    /// How long it stays open before it lets a call try again. Default 60 s.
    pub open_for: Span,
    /// How many calls may try while it is half-open. Default 10; 1 in the consecutive-failure form.
    pub half_open_calls: u32,
    /// The longest time in the half-open state before it opens again; `None`: no limit. Default `None`.
    pub half_open_max: Option<Span>,
    /// Whether it turns half-open by itself once `open_for` is over, instead of at the next call. Default `false`.
    pub automatic: bool,
    /// Which outcomes are failures; the others are successes.
    pub failures: OutcomeSet,
}

/// The condition under which a circuit breaker opens.
#[derive(Clone, Debug, PartialEq)]
pub enum Trip {
    /// The rate of failures, or of slow calls, in a sliding window (Resilience4j).
    Rate {
        /// The window. Default 100 calls.
        window: Window,
        /// The fewest results in the window for which it can open. Default 100.
        minimum_calls: u32,
        /// The share of failures at which it opens, above 0 to 1. Default 0.5.
        failure_rate: f64,
        /// A call that took longer than this is slow. Default 60 s.
        slow_duration: Span,
        /// The share of slow calls at which it opens, above 0 to 1. Default 1.
        slow_rate: f64,
    },
    /// A number of failures in a row (gobreaker, Polly v7).
    Consecutive {
        /// How many; at least 1.
        failures: u32,
    },
}

impl Trip {
    /// The default number of failures in a row.
    pub const CONSECUTIVE_FAILURES: u32 = 5;
    /// The default share of failures.
    pub const FAILURE_RATE: f64 = 0.5;
    /// The default threshold of slow calls.
    pub const SLOW_DURATION: Span = Span::secs(60);
    /// The default share of slow calls.
    pub const SLOW_RATE: f64 = 1.0;

    /// A rate form with this window and defaults otherwise.
    pub fn rate(window: Window) -> Self {
        Trip::Rate {
            window,
            minimum_calls: Trip::minimum_calls(window),
            failure_rate: Trip::FAILURE_RATE,
            slow_duration: Trip::SLOW_DURATION,
            slow_rate: Trip::SLOW_RATE,
        }
    }

    /// The default for `minimum_calls`: 100, or as many as the window holds.
    pub fn minimum_calls(window: Window) -> u32 {
        const MINIMUM: u32 = 100;
        match window {
            Window::Calls(calls) => calls.min(MINIMUM),
            Window::Time(_) => MINIMUM,
        }
    }
}

impl Config {
    /// A breaker with this condition and defaults otherwise.
    pub fn of(trip: Trip) -> Self {
        let half_open_calls = match trip {
            Trip::Rate { .. } => 10,
            Trip::Consecutive { .. } => 1,
        };
        Config {
            trip,
            open_for: Span::secs(60),
            half_open_calls,
            half_open_max: None,
            automatic: false,
            failures: OutcomeSet::FAILURES,
        }
    }
}

/// The state of a circuit breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Lets all calls through.
    Closed,
    /// Refuses all calls.
    Open,
    /// Lets a few calls through as a test.
    HalfOpen,
}

/// Permission to make one attempt, from [`Breaker::try_acquire`].
///
/// It carries the state in which it was given: the consecutive-failure form ignores results of an earlier state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit {
    generation: u32,
}

/// The counts of the consecutive-failure form since its state began, named as in gobreaker's `Counts`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Streak {
    /// Permitted attempts.
    pub requests: u32,
    /// Attempts that succeeded.
    pub successes: u32,
    /// Attempts that failed.
    pub failures: u32,
    /// Attempts that were given up: neither successes nor failures.
    pub exclusions: u32,
    /// Successes since the last failure.
    pub consecutive_successes: u32,
    /// Failures since the last success.
    pub consecutive_failures: u32,
}

/// The circuit breaker of one link.
///
/// **Rate form** (Resilience4j): after every result, also a success, it compares the shares with their thresholds
/// (`>=`), provided that there are enough results. A result counts in the state in which it arrives, whichever state
/// permitted it; in the open state it goes into the window of the closed state without being judged. The half-open
/// state starts a window of `half_open_calls` and judges it at min(`minimum_calls`, `half_open_calls`) results, or
/// fewer if the window of the closed state holds fewer.
///
/// **Consecutive-failure form** (gobreaker): it opens at the last of a number of failures in a row. The half-open state
/// permits `half_open_calls` in all; it closes after that many successes in a row, opens at the first failure, and
/// ignores results of an earlier state.
///
/// Both forms leave the open state at the first call strictly after `open_for`, or by themselves at `open_for` if
/// `automatic`. A change that is due at an instant happens before anything else at that instant.
#[derive(Clone, Debug)]
pub struct Breaker {
    config: Config,
    state: State,
    /// The number of states so far.
    generation: u32,
    /// When the state ends: set when open, and when half-open with a longest time.
    until: Option<Time>,
    /// How many more calls may try while it is half-open.
    permits: u32,
    /// Refused calls since the window began.
    not_permitted: u32,
    record: Record,
}

/// The results that a breaker remembers.
#[derive(Clone, Debug)]
enum Record {
    /// The rate form: the window, and how many results it takes to judge it.
    Window(SlidingWindow, u32),
    /// The consecutive-failure form.
    Streak(Streak),
}

impl Breaker {
    /// A closed breaker without results.
    pub fn new(config: &Config) -> Breaker {
        let mut breaker = Breaker {
            config: config.clone(),
            state: State::Closed,
            generation: 0,
            until: None,
            permits: 0,
            not_permitted: 0,
            record: Record::Streak(Streak::default()),
        };
        breaker.close();
        breaker
    }

    /// Asks for permission to make an attempt; `None`: refused. This may turn an open breaker half-open.
    pub fn try_acquire(&mut self, now: Time) -> Option<Permit> {
        self.on_timer(now);
        if self.state == State::Open && self.until.is_some_and(|until| now > until) {
            self.half_open(now);
        }
        let permitted = match self.state {
            State::Closed => true,
            State::Open => false,
            State::HalfOpen => self.permits > 0,
        };
        if !permitted {
            self.not_permitted = self.not_permitted.saturating_add(1);
            return None;
        }
        self.permits = self.permits.saturating_sub(1);
        if let Record::Streak(streak) = &mut self.record {
            streak.requests = streak.requests.saturating_add(1);
        }
        Some(Permit { generation: self.generation })
    }

    /// Records the result of a permitted attempt and how long it took.
    pub fn record(&mut self, now: Time, permit: Permit, success: bool, duration: Span) {
        self.on_timer(now);
        match &mut self.record {
            Record::Window(window, _) => {
                window.record(now, Counts::of(success, self.config.is_slow(duration)));
                self.judge_rates(now);
            }
            Record::Streak(streak) if permit.generation == self.generation => {
                streak.take(success);
                let streak = *streak;
                self.judge_streak(now, streak);
            }
            Record::Streak(_) => {}
        }
    }

    /// Returns the permit of an attempt that was given up. While half-open, another call may try instead.
    pub fn release(&mut self, now: Time, permit: Permit) {
        self.on_timer(now);
        // As in Resilience4j, the rate form ignores in which state the permit was given.
        let current = permit.generation == self.generation;
        if self.state == State::HalfOpen && (current || matches!(self.record, Record::Window(..))) {
            self.permits = self.permits.saturating_add(1);
        }
        if let (Record::Streak(streak), true) = (&mut self.record, current) {
            streak.exclusions = streak.exclusions.saturating_add(1);
        }
    }

    /// When the state changes by itself: from open if `automatic`, or at the end of the longest half-open time.
    pub fn next_change(&self) -> Option<Time> {
        match self.state {
            State::Closed => None,
            State::Open => self.until.filter(|_| self.config.automatic),
            State::HalfOpen => self.until,
        }
    }

    /// Makes the change that [`Breaker::next_change`] announced, if it is due. Calling it early or twice is harmless.
    pub fn on_timer(&mut self, now: Time) {
        while let Some(due) = self.next_change()
            && due <= now
        {
            match self.state {
                State::Closed => {}
                State::Open => self.half_open(due),
                State::HalfOpen => self.open(due, self.config.open_for),
            }
            // With a wait of zero, the loop would never end.
            if self.next_change() == Some(due) {
                break;
            }
        }
    }

    /// The state after the last call. A breaker that is not `automatic` stays open after its wait until a call comes.
    pub fn state(&self) -> State {
        self.state
    }

    /// When the wait of the open state ends; `None` in the other states.
    pub fn until(&self) -> Option<Time> {
        self.until.filter(|_| self.state == State::Open)
    }

    /// The results in the window (rate form), or since the state began (consecutive-failure form).
    pub fn counts(&self, now: Time) -> Counts {
        match &self.record {
            Record::Window(window, _) => window.counts(now),
            Record::Streak(streak) => {
                let calls = streak.successes.saturating_add(streak.failures);
                Counts { calls, failed: streak.failures, ..Counts::default() }
            }
        }
    }

    /// The share of failures in the window, 0 to 1; `None` with too few results and in the consecutive-failure form.
    pub fn failure_rate(&self, now: Time) -> Option<f64> {
        let counts = self.enough(now)?;
        Some(f64::from(counts.failed) / f64::from(counts.calls))
    }

    /// The share of slow calls in the window, 0 to 1; `None` with too few results and in the consecutive-failure form.
    pub fn slow_rate(&self, now: Time) -> Option<f64> {
        let counts = self.enough(now)?;
        Some(f64::from(counts.slow) / f64::from(counts.calls))
    }

    /// Refused calls since the window began. Opening does not begin a new window.
    pub fn not_permitted(&self) -> u32 {
        self.not_permitted
    }

    /// The counts of the consecutive-failure form; `None` in the rate form.
    pub fn streak(&self) -> Option<Streak> {
        match self.record {
            Record::Window(..) => None,
            Record::Streak(streak) => Some(streak),
        }
    }

    /// Opens it by hand for `wait`.
    pub fn trip(&mut self, now: Time, wait: Span) {
        self.open(now, wait);
    }

    /// Turns it half-open by hand. Returns `false` if it is closed: a closed breaker stays closed.
    pub fn probe(&mut self, now: Time) -> bool {
        if self.state != State::Closed {
            self.half_open(now);
        }
        self.state == State::HalfOpen
    }

    /// Closes it by hand and forgets all results.
    pub fn reset(&mut self) {
        self.close();
    }

    fn judge_rates(&mut self, now: Time) {
        let Trip::Rate { failure_rate, slow_rate, .. } = self.config.trip else { return };
        let (Some(failed), Some(slow)) = (self.failure_rate(now), self.slow_rate(now)) else { return };
        let bad = failed >= failure_rate || slow >= slow_rate;
        match self.state {
            State::Closed | State::HalfOpen if bad => self.open(now, self.config.open_for),
            State::HalfOpen => self.close(),
            State::Closed | State::Open => {}
        }
    }

    fn judge_streak(&mut self, now: Time, streak: Streak) {
        let Trip::Consecutive { failures } = self.config.trip else { return };
        match self.state {
            State::Closed if streak.consecutive_failures >= failures => self.open(now, self.config.open_for),
            State::HalfOpen if streak.consecutive_failures > 0 => self.open(now, self.config.open_for),
            State::HalfOpen if streak.consecutive_successes >= self.config.half_open_calls => self.close(),
            State::Closed | State::Open | State::HalfOpen => {}
        }
    }

    /// The counts, if there are enough to judge by.
    fn enough(&self, now: Time) -> Option<Counts> {
        match &self.record {
            Record::Window(window, minimum) => Some(window.counts(now)).filter(|counts| counts.calls >= *minimum),
            Record::Streak(_) => None,
        }
    }

    fn open(&mut self, now: Time, wait: Span) {
        self.enter(State::Open, Some(now + wait));
        // The rate form keeps showing the results that it was judged by.
        if let Record::Streak(streak) = &mut self.record {
            *streak = Streak::default();
        }
    }

    fn half_open(&mut self, now: Time) {
        let calls = self.config.half_open_calls.max(1);
        self.enter(State::HalfOpen, self.config.half_open_max.map(|longest| now + longest));
        self.permits = calls;
        self.begin(Window::Calls(calls));
    }

    fn close(&mut self) {
        self.enter(State::Closed, None);
        match self.config.trip {
            Trip::Rate { window, .. } => self.begin(window),
            Trip::Consecutive { failures } => self.begin(Window::Calls(failures)),
        }
    }

    fn enter(&mut self, state: State, until: Option<Time>) {
        self.state = state;
        self.until = until;
        self.generation = self.generation.wrapping_add(1);
    }

    /// Forgets all results.
    fn begin(&mut self, window: Window) {
        self.not_permitted = 0;
        self.record = match self.config.minimum_calls() {
            Some(minimum) => Record::Window(SlidingWindow::new(window), minimum.min(window.capacity()).max(1)),
            None => Record::Streak(Streak::default()),
        };
    }
}

impl Config {
    /// How many results it takes to judge the closed state: as in Resilience4j, no more than the window can hold; this
    /// limits the half-open state, too. `None` in the consecutive-failure form.
    fn minimum_calls(&self) -> Option<u32> {
        match self.trip {
            Trip::Rate { window, minimum_calls, .. } => Some(minimum_calls.min(window.capacity())),
            Trip::Consecutive { .. } => None,
        }
    }

    /// A call is slow if it took strictly longer than the threshold.
    fn is_slow(&self, duration: Span) -> bool {
        matches!(self.trip, Trip::Rate { slow_duration, .. } if duration > slow_duration)
    }
}

impl Streak {
    fn take(&mut self, success: bool) {
        let (total, row, other) = if success {
            (&mut self.successes, &mut self.consecutive_successes, &mut self.consecutive_failures)
        } else {
            (&mut self.failures, &mut self.consecutive_failures, &mut self.consecutive_successes)
        };
        *total = total.saturating_add(1);
        *row = row.saturating_add(1);
        *other = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: fn(u64) -> Time = |ms| Time::at(Span::millis(ms));

    fn rate(minimum_calls: u32) -> Config {
        Config {
            trip: Trip::Rate {
                window: Window::Calls(10),
                minimum_calls,
                failure_rate: 0.5,
                slow_duration: Span::millis(100),
                slow_rate: 0.5,
            },
            open_for: Span::secs(5),
            half_open_calls: 2,
            half_open_max: None,
            automatic: false,
            failures: OutcomeSet::FAILURES,
        }
    }

    fn consecutive(failures: u32) -> Config {
        Config { trip: Trip::Consecutive { failures }, ..rate(1) }
    }

    /// Makes one call; returns whether it was permitted.
    fn call(breaker: &mut Breaker, ms: u64, success: bool) -> bool {
        let permit = breaker.try_acquire(AT(ms));
        if let Some(permit) = permit {
            breaker.record(AT(ms), permit, success, Span::ZERO);
        }
        permit.is_some()
    }

    #[test]
    fn a_success_can_be_the_result_that_opens_it() {
        let mut breaker = Breaker::new(&rate(4));
        for success in [false, false, true] {
            call(&mut breaker, 0, success);
            assert_eq!((breaker.state(), breaker.failure_rate(AT(0))), (State::Closed, None));
        }
        call(&mut breaker, 0, true);
        assert_eq!((breaker.state(), breaker.failure_rate(AT(0))), (State::Open, Some(0.5)));
    }

    #[test]
    fn slow_is_strictly_longer_than_the_threshold() {
        for (ms, state) in [(100, State::Closed), (101, State::Open)] {
            let mut breaker = Breaker::new(&rate(1));
            let permit = breaker.try_acquire(AT(0)).unwrap();
            breaker.record(AT(ms), permit, true, Span::millis(ms));
            assert_eq!(breaker.state(), state, "after {ms} ms");
        }
    }

    #[test]
    fn the_open_state_ends_at_the_first_call_strictly_after_the_wait() {
        for config in [rate(1), consecutive(1)] {
            let mut breaker = Breaker::new(&config);
            call(&mut breaker, 0, false);
            assert_eq!((breaker.until(), breaker.next_change()), (Some(AT(5_000)), None));
            assert!(!call(&mut breaker, 5_000, true));
            assert_eq!(breaker.state(), State::Open);
            assert!(breaker.try_acquire(AT(5_001)).is_some());
            assert_eq!((breaker.state(), breaker.until()), (State::HalfOpen, None));
        }
    }

    #[test]
    fn an_automatic_breaker_turns_half_open_at_the_wait() {
        let mut breaker = Breaker::new(&Config { automatic: true, ..rate(1) });
        call(&mut breaker, 0, false);
        assert_eq!(breaker.next_change(), Some(AT(5_000)));
        breaker.on_timer(AT(4_999));
        assert_eq!(breaker.state(), State::Open);
        breaker.on_timer(AT(5_000));
        assert_eq!((breaker.state(), breaker.next_change()), (State::HalfOpen, None));
    }

    #[test]
    fn half_open_lasts_no_longer_than_its_longest_time() {
        let mut breaker = Breaker::new(&Config { half_open_max: Some(Span::secs(1)), ..rate(1) });
        breaker.trip(AT(0), Span::secs(5));
        assert!(breaker.try_acquire(AT(6_000)).is_some());
        assert_eq!(breaker.next_change(), Some(AT(7_000)));
        breaker.on_timer(AT(7_000));
        assert_eq!((breaker.state(), breaker.until()), (State::Open, Some(AT(12_000))));
    }

    #[test]
    fn half_open_permits_its_number_of_calls_and_is_judged_by_them() {
        for (results, state) in [([true, true], State::Closed), ([true, false], State::Open)] {
            let mut breaker = Breaker::new(&rate(10));
            breaker.trip(AT(0), Span::ZERO);
            let permits = [breaker.try_acquire(AT(1)).unwrap(), breaker.try_acquire(AT(1)).unwrap()];
            assert!(breaker.try_acquire(AT(1)).is_none());
            for (permit, success) in permits.into_iter().zip(results) {
                assert_eq!(breaker.state(), State::HalfOpen);
                breaker.record(AT(2), permit, success, Span::ZERO);
            }
            assert_eq!(breaker.state(), state);
        }
    }

    #[test]
    fn a_released_permit_lets_another_call_try() {
        for config in [rate(1), consecutive(1)] {
            let mut breaker = Breaker::new(&Config { half_open_calls: 1, ..config });
            breaker.trip(AT(0), Span::ZERO);
            let permit = breaker.try_acquire(AT(1)).unwrap();
            assert!(breaker.try_acquire(AT(1)).is_none());
            breaker.release(AT(1), permit);
            assert!(breaker.try_acquire(AT(1)).is_some());
        }
    }

    #[test]
    fn the_consecutive_failure_form_counts_failures_in_a_row() {
        let mut breaker = Breaker::new(&consecutive(3));
        for success in [false, false, true, false, false] {
            call(&mut breaker, 0, success);
        }
        assert_eq!(breaker.state(), State::Closed);
        call(&mut breaker, 0, false);
        assert_eq!(breaker.state(), State::Open);
    }

    #[test]
    fn the_consecutive_failure_form_closes_after_successes_in_a_row_and_opens_at_one_failure() {
        for (results, state) in [(vec![true, true], State::Closed), (vec![true, false], State::Open)] {
            let mut breaker = Breaker::new(&consecutive(3));
            breaker.trip(AT(0), Span::ZERO);
            for success in results {
                call(&mut breaker, 1, success);
            }
            assert_eq!(breaker.state(), state);
        }
    }

    #[test]
    fn late_results_count_in_the_rate_form_only() {
        for (config, state) in [(rate(1), State::Open), (consecutive(1), State::HalfOpen)] {
            let mut breaker = Breaker::new(&config);
            let late = breaker.try_acquire(AT(0)).unwrap();
            breaker.trip(AT(0), Span::ZERO);
            assert!(breaker.try_acquire(AT(1)).is_some());
            breaker.record(AT(1), late, false, Span::ZERO);
            assert_eq!(breaker.state(), state);
        }
    }

    #[test]
    fn a_closed_breaker_cannot_be_turned_half_open_by_hand() {
        let mut breaker = Breaker::new(&rate(1));
        assert!(!breaker.probe(AT(0)));
        breaker.trip(AT(0), Span::secs(5));
        assert!(breaker.probe(AT(0)));
        breaker.reset();
        assert_eq!(breaker.state(), State::Closed);
    }

    #[test]
    fn waits_of_zero_do_not_hang() {
        let zero = Config { open_for: Span::ZERO, half_open_max: Some(Span::ZERO), automatic: true, ..rate(1) };
        let mut breaker = Breaker::new(&zero);
        call(&mut breaker, 0, false);
        breaker.on_timer(AT(10));
        assert_ne!(breaker.state(), State::Closed);
    }
}
