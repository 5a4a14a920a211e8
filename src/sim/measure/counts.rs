//! Shares, rates and differences of counts: the arithmetic that everything else that shows numbers of a run uses.

use crate::sim::view::{OutcomeCounts, ServiceCounts};
use crate::time::Span;

/// The part of a whole, 0 to 1; `None` where the whole is nothing.
pub fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// So many in this time, a second; 0 where no time has passed.
pub fn per_second(count: u64, time: Span) -> f64 {
    if time > Span::ZERO { count as f64 / time.as_secs_f64() } else { 0.0 }
}

/// The mean of lengths that add up to `sum`; `None` where there are none.
pub fn mean(sum: Span, count: u64) -> Option<Span> {
    (count > 0).then(|| sum.scaled(1.0 / count as f64))
}

/// What a count has grown by; 0 where it has become less, as that of a thing that was taken away and added again.
pub fn grown(after: u64, before: u64) -> u64 {
    after.saturating_sub(before)
}

impl OutcomeCounts {
    /// The share that ended `ok` or `degraded`; `None` where none ended.
    pub fn success_rate(&self) -> Option<f64> {
        share(self.successes(), self.total())
    }

    /// The share that ended otherwise; `None` where none ended.
    pub fn failure_rate(&self) -> Option<f64> {
        share(self.total() - self.successes(), self.total())
    }

    /// Those that came after `before`.
    pub fn since(&self, before: &OutcomeCounts) -> OutcomeCounts {
        let mut since = *self;
        since.0.iter_mut().zip(before.0).for_each(|(count, before)| *count = grown(*count, before));
        since
    }
}

impl ServiceCounts {
    /// Good answers: after work that did not fail, or from the store.
    pub fn good(&self) -> u64 {
        self.completed.saturating_sub(self.failed) + self.replayed
    }

    /// Requests without a good answer: failed, turned away, expired or lost.
    pub fn bad(&self) -> u64 {
        self.failed + self.shed + self.refused + self.rate_limited + self.conflict + self.expired + self.lost
    }

    /// The share of good answers among all that ended well or badly; `None` where none did.
    pub fn success_rate(&self) -> Option<f64> {
        share(self.good(), self.good() + self.bad())
    }

    /// What came after `before`.
    pub fn since(&self, before: &ServiceCounts) -> ServiceCounts {
        ServiceCounts {
            arrived: grown(self.arrived, before.arrived),
            started: grown(self.started, before.started),
            completed: grown(self.completed, before.completed),
            failed: grown(self.failed, before.failed),
            wasted: grown(self.wasted, before.wasted),
            useful: grown(self.useful, before.useful),
            shed: grown(self.shed, before.shed),
            refused: grown(self.refused, before.refused),
            rate_limited: grown(self.rate_limited, before.rate_limited),
            replayed: grown(self.replayed, before.replayed),
            conflict: grown(self.conflict, before.conflict),
            expired: grown(self.expired, before.expired),
            cancelled: grown(self.cancelled, before.cancelled),
            lost: grown(self.lost, before.lost),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::Outcome;

    #[test]
    fn a_share_of_nothing_is_absent_and_a_rate_without_time_is_zero() {
        assert_eq!((share(1, 4), share(0, 0)), (Some(0.25), None));
        assert_eq!((per_second(10, Span::secs(4)), per_second(10, Span::ZERO)), (2.5, 0.0));
        assert_eq!((mean(Span::secs(6), 4), mean(Span::ZERO, 0)), (Some(Span::millis(1_500)), None));
    }

    #[test]
    fn shares_of_differences_are_those_of_what_came_in_between() {
        let counts = |ok: u64, timeouts: u64| {
            let mut counts = OutcomeCounts::default();
            (counts.0[Outcome::Ok as usize], counts.0[Outcome::Timeout as usize]) = (ok, timeouts);
            counts
        };
        assert_eq!(counts(9, 3).since(&counts(6, 2)).success_rate(), Some(0.75));
        assert_eq!(counts(1, 1).since(&counts(6, 2)), counts(0, 0));
        assert_eq!(counts(9, 3).failure_rate(), Some(0.25));
        let service = |completed, failed| ServiceCounts { completed, failed, ..ServiceCounts::default() };
        assert_eq!(service(10, 4).since(&service(6, 3)).success_rate(), Some(0.75));
    }
}
