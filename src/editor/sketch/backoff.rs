//! The waits before the retries of a call: the shortest and the longest random value of each.

use crate::msg;
use crate::policy::retry::{Backoff, Config};
use crate::text::{Exact, Message};
use crate::time::Span;

/// The most waits in the picture.
pub const DRAWN: u32 = 5;

/// The wait before a retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The smallest random value.
    pub shortest: Span,
    /// The largest random value, if all waits before it also had theirs.
    pub longest: Span,
}

/// The waits of a call that fails every time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The first waits, in order.
    pub waits: Vec<Wait>,
    /// The number of retries that are not in the picture.
    pub more: u32,
}

/// The waits before the first `count` retries.
pub fn waits(config: &Config, count: u32) -> Vec<Wait> {
    let mut last = Span::ZERO;
    (0..count)
        .map(|retry| {
            let at = |u| config.backoff.delay(config.jitter, retry, last, u);
            let wait = Wait { shortest: at(0.0), longest: at(1.0) };
            last = wait.longest;
            wait
        })
        .collect()
}

/// The picture of a retry; `None` if it has no waits or no retries.
pub fn of(config: &Config) -> Option<Schedule> {
    let retries = config.max_attempts.saturating_sub(1);
    let waits = waits(config, retries.min(DRAWN));
    let more = retries.saturating_sub(DRAWN);
    (config.backoff != Backoff::None && !waits.is_empty()).then_some(Schedule { waits, more })
}

impl Wait {
    /// E.g. `50 ms – 100 ms`.
    pub fn description(&self) -> Message {
        match self.shortest {
            same if same == self.longest => msg!("sketch-wait", longest = Exact(self.longest)),
            Span::ZERO => msg!("sketch-wait-up-to", longest = Exact(self.longest)),
            shortest => msg!("sketch-wait-between", shortest = Exact(shortest), longest = Exact(self.longest)),
        }
    }
}

impl Schedule {
    /// The longest wait in the picture.
    pub fn longest(&self) -> Span {
        self.waits.iter().map(|wait| wait.longest).max().unwrap_or(Span::ZERO)
    }

    /// The picture in words.
    pub fn description(&self) -> Message {
        let waits = self.waits.iter().zip(1_u32..);
        let waits: Vec<Message> =
            waits.map(|(wait, n)| msg!("sketch-wait-before", retry = n, wait = wait.description())).collect();
        msg!("sketch-schedule", waits = waits, more = self.more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::policies::default_retry;
    use crate::policy::retry::Jitter;
    use proptest::prelude::*;

    const MS: fn(u64) -> Span = Span::millis;
    const EXPONENTIAL: Backoff = Backoff::Exponential { base: Span::millis(100), factor: 2.0, max: Span::millis(350) };

    fn with(backoff: Backoff, jitter: Jitter, max_attempts: u32) -> Config {
        Config { max_attempts, backoff, jitter, ..default_retry() }
    }

    #[test]
    fn bars_reach_from_the_shortest_to_the_longest_wait() {
        let bars = |jitter| -> Vec<[u64; 2]> {
            let schedule = of(&with(EXPONENTIAL, jitter, 4)).unwrap();
            schedule.waits.iter().map(|w| [w.shortest, w.longest].map(|w| w.as_nanos() / 1_000_000)).collect()
        };
        assert_eq!(bars(Jitter::None), [[100, 100], [200, 200], [350, 350]]);
        assert_eq!(bars(Jitter::Full), [[0, 100], [0, 200], [0, 350]]);
        assert_eq!(bars(Jitter::Equal), [[50, 100], [100, 200], [175, 350]]);
        assert_eq!(bars(Jitter::Decorrelated), [[100, 300], [100, 350], [100, 350]]);
    }

    #[test]
    fn retries_without_waits_have_no_picture_and_further_ones_are_counted() {
        assert_eq!(of(&with(Backoff::None, Jitter::None, 4)), None);
        assert_eq!(of(&with(EXPONENTIAL, Jitter::None, 1)), None);
        let schedule = of(&with(Backoff::Constant(MS(70)), Jitter::None, u32::MAX)).unwrap();
        assert_eq!((schedule.waits.len() as u32, schedule.more), (DRAWN, u32::MAX - 1 - DRAWN));
        assert_eq!(schedule.longest(), MS(70));
    }

    #[test]
    fn the_description_has_each_wait() {
        let schedule = of(&with(EXPONENTIAL, Jitter::Equal, 3)).unwrap();
        assert_eq!(
            schedule.description().text(),
            "Waits before retry 1: 50\u{a0}ms – 100\u{a0}ms, before retry 2: 100\u{a0}ms – 200\u{a0}ms."
        );
    }

    proptest! {
        /// Each random wait of a call is within its bar.
        #[test]
        fn random_waits_stay_within_their_bars(
            draws in prop::collection::vec(0.0..=1.0, 5),
            base in 1u64..5_000,
            factor in 1.0..4.0,
            cap in 1u64..20_000,
            jitter in prop::sample::select(vec![Jitter::None, Jitter::Full, Jitter::Equal, Jitter::Decorrelated]),
        ) {
            let (base, max) = (MS(base), MS(base.max(cap)));
            for backoff in [Backoff::Constant(base), Backoff::Linear { base, max }, Backoff::Exponential { base, factor, max }] {
                let config = with(backoff, jitter, 6);
                let mut last = Span::ZERO;
                for (retry, (wait, u)) in waits(&config, 5).iter().zip(&draws).enumerate() {
                    last = backoff.delay(jitter, retry as u32, last, *u);
                    prop_assert!(wait.shortest <= last && last <= wait.longest, "{backoff:?} {jitter:?} {wait:?} {last}");
                }
            }
        }
    }
}
