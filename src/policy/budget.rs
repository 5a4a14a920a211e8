//! The retry budget: what share of the calls on a link may be retries.

use crate::time::Span;

/// The settings of a retry budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Config {
    /// Retries at most `ratio` of the calls in the window (Finagle, Google's SRE book).
    Ratio {
        /// 0 to 1000: retries per call. Default 0.2.
        ratio: f64,
        /// Retries a second that are always allowed. Default 10.
        min_per_second: f64,
        /// How long a call counts. Default 10 s.
        window: Span,
    },
    /// A bucket that failures empty and successes fill (gRPC's retry throttling, A6).
    Tokens {
        /// 1 to 1000: the bucket's size, and its content at the start.
        max_tokens: f64,
        /// What a success puts back.
        token_ratio: f64,
    },
}
