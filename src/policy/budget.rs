//! The retry budget: what share of the calls on a link may be retries.
//!
//! It grants or refuses a retry. A refused retry does not wait: the call ends with its last outcome. The ratio form is
//! Finagle's `RetryBudget` with the slices of tower's `TpsBudget`; the token form is gRPC's retry throttling (A6).

use crate::time::{Span, Time};

/// The settings of a retry budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Config {
    /// Retries may be at most a share of the calls in a window (Finagle, Google's SRE book).
    Ratio {
        /// Retries per call, 0 to 1000. Default 0.2.
        ratio: f64,
        /// Retries a second that are always allowed. Default 10.
        min_per_second: f64,
        /// How long a call counts. Default 10 s.
        window: Span,
    },
    /// A bucket of tokens that failures empty and successes fill (gRPC's retry throttling, A6).
    Tokens {
        /// The size of the bucket, which is full at the start; 1 to 1000.
        max_tokens: f64,
        /// How many tokens a success puts back.
        token_ratio: f64,
    },
}

impl Config {
    /// The default of retries a second that are always allowed.
    pub const MIN_PER_SECOND: f64 = 10.0;
    /// The default of how long a call counts.
    pub const WINDOW: Span = Span::secs(10);

    /// A share of the calls, with the defaults of the rest.
    pub const fn of(ratio: f64) -> Self {
        Config::Ratio { ratio, min_per_second: Config::MIN_PER_SECOND, window: Config::WINDOW }
    }
}

impl Default for Config {
    fn default() -> Self {
        Config::of(0.2)
    }
}

/// The retry budget of one link.
#[derive(Clone, Debug)]
pub struct Budget(Form);

#[derive(Clone, Debug)]
enum Form {
    Ratio { deposit: i64, withdrawal: i64, account: Account },
    Tokens { tokens: f64, max: f64, per_success: f64 },
}

impl Budget {
    /// A budget before any call: the ratio form holds its reserve, the token form is full.
    pub fn new(config: &Config) -> Budget {
        Budget(match *config {
            Config::Ratio { ratio, min_per_second, window } => {
                // As in Finagle, amounts are whole numbers, and with a ratio of 0 only the reserve counts.
                let (deposit, withdrawal) = if ratio > 0.0 { (1_000, (1_000.0 / ratio) as i64) } else { (0, 1) };
                let reserve = (min_per_second * window.as_secs_f64() * withdrawal as f64) as i64;
                Form::Ratio { deposit, withdrawal: withdrawal.max(1), account: Account::new(window, reserve) }
            }
            Config::Tokens { max_tokens, token_ratio } => {
                Form::Tokens { tokens: max_tokens, max: max_tokens, per_success: token_ratio }
            }
        })
    }

    /// A call begins. The ratio form takes it as a deposit.
    pub fn on_call(&mut self, now: Time) {
        if let Form::Ratio { deposit, account, .. } = &mut self.0 {
            account.add(now, *deposit);
        }
    }

    /// An attempt succeeded. The token form puts tokens back.
    pub fn on_success(&mut self) {
        if let Form::Tokens { tokens, max, per_success } = &mut self.0 {
            *tokens = (*tokens + *per_success).min(*max);
        }
    }

    /// An attempt failed with an outcome that is retried. The token form takes a token away; call this before
    /// [`Budget::try_retry`].
    pub fn on_failure(&mut self) {
        if let Form::Tokens { tokens, .. } = &mut self.0 {
            *tokens = (*tokens - 1.0).max(0.0);
        }
    }

    /// Asks for a retry. The ratio form withdraws it; the token form grants it if it is more than half full.
    pub fn try_retry(&mut self, now: Time) -> bool {
        match &mut self.0 {
            Form::Ratio { withdrawal, account, .. } => {
                let granted = account.balance(now) >= *withdrawal;
                if granted {
                    account.add(now, -*withdrawal);
                }
                granted
            }
            Form::Tokens { tokens, max, .. } => *tokens > *max / 2.0,
        }
    }

    /// Retries that the ratio form would grant at this instant (with fractions), or the tokens of the token form.
    pub fn balance(&mut self, now: Time) -> f64 {
        match &mut self.0 {
            Form::Ratio { withdrawal, account, .. } => account.balance(now).max(0) as f64 / *withdrawal as f64,
            Form::Tokens { tokens, .. } => *tokens,
        }
    }
}

/// Slices of the window, besides the current one.
const SLICES: usize = 10;

/// Deposits and withdrawals of the last window, on top of a reserve.
///
/// The current slice is committed by the first use after a tenth of the window, and the next begins at that use: the
/// borders drift, as tower's and Finagle's do. A withdrawal expires too, so that the reserve fills again.
#[derive(Clone, Debug)]
struct Account {
    reserve: i64,
    slice: Span,
    began: Time,
    current: i64,
    slices: [i64; SLICES],
    next: usize,
}

impl Account {
    fn new(window: Span, reserve: i64) -> Self {
        let slice = Span::nanos((window.as_nanos() / SLICES as u64).max(1));
        Account { reserve, slice, began: Time::ZERO, current: 0, slices: [0; SLICES], next: 0 }
    }

    fn add(&mut self, now: Time, amount: i64) {
        self.roll(now);
        self.current = self.current.saturating_add(amount);
    }

    fn balance(&mut self, now: Time) -> i64 {
        self.roll(now);
        self.slices.iter().fold(self.reserve.saturating_add(self.current), |sum, slice| sum.saturating_add(*slice))
    }

    fn roll(&mut self, now: Time) {
        let passed = now.since(self.began);
        if passed < self.slice {
            return;
        }
        let current = std::mem::take(&mut self.current);
        self.commit(current);
        // Empties the slices in which nothing happened, at most all of them.
        let empty = (passed.as_nanos() - 1) / self.slice.as_nanos();
        for _ in 0..empty.min(SLICES as u64) {
            self.commit(0);
        }
        self.began = now;
    }

    fn commit(&mut self, amount: i64) {
        if let Some(slice) = self.slices.get_mut(self.next) {
            *slice = amount;
        }
        self.next = (self.next + 1) % SLICES;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: fn(u64) -> Time = |ms| Time::at(Span::millis(ms));

    fn ratio(ratio: f64, min_per_second: f64) -> Budget {
        Budget::new(&Config::Ratio { ratio, min_per_second, window: Span::secs(10) })
    }

    #[test]
    fn a_share_of_the_calls_may_be_retried() {
        for (share, granted) in [(0.0, 0), (0.1, 10), (0.25, 25), (1.0, 100), (2.0, 200)] {
            let mut budget = ratio(share, 0.0);
            (0..100).for_each(|_| budget.on_call(AT(0)));
            assert_eq!((0..1_000).filter(|_| budget.try_retry(AT(0))).count(), granted, "ratio {share}");
        }
    }

    #[test]
    fn the_reserve_is_there_from_the_start_and_fills_again() {
        let mut budget = ratio(0.1, 1.0);
        assert_eq!(budget.balance(AT(0)), 10.0);
        let mut granted = |at| (0..100).filter(|_| budget.try_retry(at)).count();
        assert_eq!([granted(AT(0)), granted(AT(5_000)), granted(AT(30_000))], [10, 0, 10]);
    }

    #[test]
    fn calls_count_for_the_window_only() {
        for (ms, granted) in [(9_000, true), (11_001, false), (3_600_000, false)] {
            let mut budget = ratio(1.0, 0.0);
            budget.on_call(AT(0));
            assert_eq!(budget.try_retry(AT(ms)), granted, "after {ms} ms");
        }
    }

    #[test]
    fn tokens_allow_retries_while_more_than_half_are_left() {
        let mut budget = Budget::new(&Config::Tokens { max_tokens: 4.0, token_ratio: 0.5 });
        budget.on_failure();
        assert!(budget.try_retry(AT(0)));
        budget.on_failure();
        assert_eq!((budget.try_retry(AT(0)), budget.balance(AT(0))), (false, 2.0));
        budget.on_success();
        assert!(budget.try_retry(AT(0)));
        (0..9).for_each(|_| budget.on_failure());
        assert_eq!(budget.balance(AT(0)), 0.0);
        (0..99).for_each(|_| budget.on_success());
        assert_eq!(budget.balance(AT(0)), 4.0);
    }
}
