//! The attempts of one call on a time axis: one after the other in the worst case, or in parallel if it is hedged.

use super::backoff::waits;
use crate::msg;
use crate::policy::{hedge, retry};
use crate::text::{Exact, Message, Value};
use crate::time::Span;

/// The most attempts in a picture. A call with more attempts has no picture.
const DRAWN: u32 = 24;

/// The attempts of a call in the worst case.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// The start and the end of each attempt.
    pub attempts: Vec<(Span, Span)>,
    /// Whether the attempts overlap, so that each needs its own line.
    pub side_by_side: bool,
    /// The end of the last attempt.
    pub whole: Span,
    /// The deadline of the call, if it is earlier.
    pub cut: Option<Span>,
    description: Message,
}

/// A call whose attempts all time out, with the longest waits between them; `None` if there is no such picture.
pub fn of_retry(config: &retry::Config, timeout: Option<Span>, deadline: Option<Span>) -> Option<Strip> {
    let timeout = timeout.filter(|timeout| *timeout > Span::ZERO)?;
    if !(2..=DRAWN).contains(&config.max_attempts) {
        return None;
    }
    let mut attempts = vec![(Span::ZERO, timeout)];
    let mut whole = timeout;
    for wait in waits(config, config.max_attempts - 1) {
        let from = whole + wait.longest;
        whole = from + timeout;
        attempts.push((from, whole));
    }
    let cut = deadline.filter(|deadline| *deadline < whole);
    let description = match cut {
        Some(deadline) => msg!(
            "sketch-attempts-cut",
            whole = Exact(whole),
            deadline = Exact(deadline),
            attempt = attempts.iter().filter(|(from, _)| *from < deadline).count(),
            attempts = config.max_attempts,
        ),
        None => msg!("sketch-attempts", attempts = config.max_attempts, whole = Exact(whole)),
    };
    Some(Strip { attempts, side_by_side: false, whole, cut, description })
}

/// A call without an answer for a while: its attempts, and the time until one more would start.
pub fn of_hedge(config: &hedge::Config) -> Option<Strip> {
    const LINES: u32 = 4;
    if config.after == Span::ZERO || config.max == 0 {
        return None;
    }
    let further = config.max.min(LINES - 1);
    let begins: Vec<Span> =
        (0..=further).map(|i| Span::nanos(config.after.as_nanos().saturating_mul(i.into()))).collect();
    let whole = *begins.last()? + config.after;
    let instants: Vec<Value> = begins.iter().skip(1).map(|begin| Exact(*begin).into()).collect();
    Some(Strip {
        attempts: begins.into_iter().map(|from| (from, whole)).collect(),
        side_by_side: true,
        whole,
        cut: None,
        description: msg!("sketch-hedges", instants = instants, more = config.max - further),
    })
}

impl Strip {
    /// The picture in words.
    pub fn description(&self) -> Message {
        self.description.clone()
    }

    /// The position of an instant, from 0 to 1.
    pub fn place(&self, at: Span) -> f64 {
        (at.as_nanos() as f64 / self.whole.as_nanos().max(1) as f64).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::policies::default_retry;
    use crate::policy::retry::{Backoff, Jitter};

    const MS: fn(u64) -> Span = Span::millis;

    fn three() -> retry::Config {
        let backoff = Backoff::Exponential { base: MS(100), factor: 2.0, max: Span::secs(1) };
        retry::Config { max_attempts: 3, backoff, jitter: Jitter::Full, ..default_retry() }
    }

    #[test]
    fn in_the_worst_case_every_attempt_times_out_and_every_wait_is_the_longest() {
        let strip = of_retry(&three(), Some(MS(500)), None).unwrap();
        assert_eq!(strip.attempts, [(MS(0), MS(500)), (MS(600), MS(1_100)), (MS(1_300), MS(1_800))]);
        assert_eq!(strip.description().text(), "At worst 3 attempts take 1.8\u{a0}s.");
        assert_eq!((strip.cut, strip.place(MS(900))), (None, 0.5));
    }

    #[test]
    fn an_earlier_deadline_ends_the_call() {
        let cut = |ms| of_retry(&three(), Some(MS(500)), Some(MS(ms))).unwrap();
        assert_eq!(cut(1_200).cut, Some(MS(1_200)));
        let words = "At worst 1.8\u{a0}s, but the deadline ends it after 1.2\u{a0}s, in attempt 2 of 3.";
        assert_eq!(cut(1_200).description().text(), words);
        assert_eq!(cut(1_800).cut, None);
    }

    #[test]
    fn a_call_without_a_timeout_and_a_single_attempt_have_no_picture() {
        assert_eq!(of_retry(&three(), None, None), None);
        assert_eq!(of_retry(&retry::Config { max_attempts: 1, ..three() }, Some(MS(1)), None), None);
        assert_eq!(of_retry(&retry::Config { max_attempts: u32::MAX, ..three() }, Some(MS(1)), None), None);
    }

    #[test]
    fn hedges_start_at_equal_intervals() {
        let strip = of_hedge(&hedge::Config { after: MS(500), max: 3 }).unwrap();
        let begins: Vec<Span> = strip.attempts.iter().map(|(from, _)| *from).collect();
        assert_eq!(begins, [MS(0), MS(500), MS(1_000), MS(1_500)]);
        assert_eq!(
            strip.description().text(),
            "Without an answer, further attempts after 500\u{a0}ms, 1\u{a0}s, 1.5\u{a0}s."
        );
        assert!(
            of_hedge(&hedge::Config { after: MS(1), max: 9 }).unwrap().description().text().ends_with(", and 6 more.")
        );
    }
}
