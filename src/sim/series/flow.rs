//! The counts of a bin, for each kind of thing. The same types hold the cumulative counts at one moment.

use crate::outcome::Outcome;
use crate::sim::client::ClientState;
use crate::sim::link::LinkState;
use crate::sim::measure::counts;
use crate::sim::service::ServiceState;
use crate::time::{Span, Time};

/// Something within a piece of simulated time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bin<T> {
    /// The start. Events at this instant belong to the piece before.
    pub from: Time,
    /// The end. Events at this instant belong to this piece.
    pub until: Time,
    /// The value of the piece.
    pub it: T,
}

impl<T> Bin<T> {
    /// The length in seconds; never zero.
    pub fn seconds(&self) -> f64 {
        self.until.since(self.from).as_secs_f64().max(1e-9)
    }
}

/// The growth of a count. A thing that was removed and added again starts from zero.
pub(super) fn count_since(after: &u32, before: &u32) -> u32 {
    after.checked_sub(*before).unwrap_or(*after)
}

/// A structure of counts that only grow, and the difference of two of them.
macro_rules! flow {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $count:ident: $kind:ty),* $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name { $($(#[$what])* pub $count: $kind),* }

        impl $name {
            /// The growth between two moments.
            pub(super) fn since(after: &$name, before: &$name) -> $name {
                $name { $($count: after.$count.checked_sub(before.$count).unwrap_or(after.$count)),* }
            }

            /// The sum of both.
            pub fn and(&self, other: &$name) -> $name {
                $name { $($count: self.$count.saturating_add(other.$count)),* }
            }
        }
    };
}

flow! {
    /// The counts of a client.
    ClientFlow {
        /// Requests sent.
        sent: u32,
        /// Requests that ended `ok` or `degraded`.
        good: u32,
        /// The part of `good` that ended `degraded`.
        degraded: u32,
        /// Requests that ended in any other way.
        bad: u32,
        /// The sum of the latencies of ended requests, in nanoseconds.
        latency: u64,
    }
}

flow! {
    /// The counts of a link.
    LinkFlow {
        /// The sum of the durations of ended calls, in nanoseconds.
        latency: u64,
        /// Nanoseconds that messages of all kinds spent on the way.
        travelled: u64,
        /// Calls begun.
        calls: u32,
        /// Attempts, including those stopped before they were sent. Those beyond `calls` are retries and hedges.
        attempts: u32,
        /// Calls that ended.
        ended: u32,
        /// Calls that failed for the caller, even after its fallback. Abandoned calls do not count.
        failed: u32,
        /// Attempts without an answer in time.
        timeouts: u32,
        /// Attempts that were answered with an error.
        errors: u32,
        /// Attempts at a service that is down.
        refused: u32,
        /// Attempts that found a full queue.
        shed: u32,
        /// Attempts refused by a rate limit, or because their id was in progress.
        limited: u32,
        /// Attempts that the breaker did not let through.
        breaker_open: u32,
        /// Attempts that got no permit of the bulkhead.
        bulkhead_full: u32,
        /// Messages of all kinds.
        messages: u32,
        /// Messages that were lost.
        lost: u32,
        /// The time with an open breaker, in units of 2^20 nanoseconds, about a millisecond.
        open: u32,
        /// The time with a half-open breaker, in the same units.
        half_open: u32,
    }
}

flow! {
    /// The counts of a service.
    ServiceFlow {
        /// Nanoseconds of own work begun.
        work: u64,
        /// The sum of the times that requests spent in the queue, in nanoseconds.
        queued: u64,
        /// The sum of the times that workers were taken, in nanoseconds.
        busy: u64,
        /// Arrived requests, whatever their outcome.
        arrived: u32,
        /// Requests whose work began.
        started: u32,
        /// Requests answered after work.
        completed: u32,
        /// The part of the completed requests answered with an error.
        failed: u32,
        /// The part of the completed requests for which nobody waited any more.
        wasted: u32,
        /// Requests that found the service down.
        refused: u32,
        /// Requests that found the queue full.
        shed: u32,
        /// Requests that found the rate limit reached, or their id in progress.
        limited: u32,
        /// Requests that were lost, cancelled, or past their deadline.
        dropped: u32,
        /// Requests answered from the idempotency store.
        replayed: u32,
    }
}

impl ClientFlow {
    /// Requests that ended.
    pub fn ended(&self) -> u32 {
        self.good.saturating_add(self.bad)
    }

    /// The share of good ends, 0 to 1; `None` where none ended.
    pub fn success(&self) -> Option<f64> {
        counts::share(self.good.into(), self.ended().into())
    }

    /// The mean latency of ended requests.
    pub fn mean(&self) -> Option<Span> {
        (self.ended() > 0).then(|| Span::nanos(self.latency / u64::from(self.ended())))
    }

    pub(super) fn of(state: &ClientState) -> ClientFlow {
        let (outcomes, good) = (&state.outcomes, state.outcomes.successes());
        ClientFlow {
            sent: state.sent as u32,
            good: good as u32,
            degraded: outcomes.get(Outcome::Degraded) as u32,
            bad: (outcomes.total() - good) as u32,
            latency: state.latencies.sum().as_nanos(),
        }
    }
}

impl LinkFlow {
    /// Retries and hedges.
    pub fn retries(&self) -> u32 {
        self.attempts.saturating_sub(self.calls)
    }

    /// Attempts for each call; `None` where none were made.
    pub fn amplification(&self) -> Option<f64> {
        counts::share(self.attempts.into(), self.calls.into())
    }

    /// Attempts that failed in any way.
    pub fn failures(&self) -> u32 {
        let all = [self.timeouts, self.errors, self.refused, self.shed, self.limited];
        all.iter().sum::<u32>() + self.breaker_open + self.bulkhead_full
    }

    pub(super) fn of(state: &LinkState, now: Time) -> LinkFlow {
        let (tries, calls) = (&state.attempt_outcomes, &state.outcomes);
        let [open, half_open] = state.breaker_log.spent(now).map(|span| (span.as_nanos() >> 20) as u32);
        LinkFlow {
            latency: state.latencies.sum().as_nanos(),
            travelled: state.traffic.travelled.as_nanos(),
            calls: state.calls as u32,
            attempts: state.attempts as u32,
            ended: calls.total() as u32,
            failed: (calls.total() - calls.successes() - calls.get(Outcome::Cancelled)) as u32,
            timeouts: (tries.get(Outcome::Timeout) + tries.get(Outcome::DeadlineExceeded)) as u32,
            errors: tries.get(Outcome::Error) as u32,
            refused: tries.get(Outcome::Refused) as u32,
            shed: tries.get(Outcome::Shed) as u32,
            limited: (tries.get(Outcome::RateLimited) + tries.get(Outcome::Conflict)) as u32,
            breaker_open: tries.get(Outcome::BreakerOpen) as u32,
            bulkhead_full: tries.get(Outcome::BulkheadFull) as u32,
            messages: state.traffic.messages as u32,
            lost: state.traffic.lost as u32,
            open,
            half_open,
        }
    }
}

impl ServiceFlow {
    /// Refused requests.
    pub fn turned_away(&self) -> u32 {
        self.refused.saturating_add(self.shed).saturating_add(self.limited)
    }

    pub(super) fn of(state: &ServiceState, now: Time) -> ServiceFlow {
        let counts = &state.counts;
        ServiceFlow {
            work: state.work_time.as_nanos(),
            queued: state.queued.area(now) as u64,
            busy: state.busy.area(now) as u64,
            arrived: counts.arrived as u32,
            started: counts.started as u32,
            completed: counts.completed as u32,
            failed: counts.failed as u32,
            wasted: counts.wasted as u32,
            refused: counts.refused as u32,
            shed: counts.shed as u32,
            limited: (counts.rate_limited + counts.conflict) as u32,
            dropped: (counts.lost + counts.cancelled + counts.expired) as u32,
            replayed: counts.replayed as u32,
        }
    }
}

impl Bin<ServiceFlow> {
    /// Requests in the queue, averaged over the piece.
    pub fn queue(&self) -> f64 {
        self.it.queued as f64 / 1e9 / self.seconds()
    }

    /// Workers that were taken, averaged over the piece.
    pub fn busy(&self) -> f64 {
        self.it.busy as f64 / 1e9 / self.seconds()
    }
}

impl Bin<LinkFlow> {
    /// The shares of the piece, 0 to 1, in which the breaker was open and half-open.
    pub fn breaker(&self) -> (f64, f64) {
        let share = |spent: u32| (f64::from(spent) * 1_048_576.0 / 1e9 / self.seconds()).min(1.0);
        (share(self.it.open), share(self.it.half_open))
    }
}
