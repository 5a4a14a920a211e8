//! Hedging: another attempt while the first is slow to answer.

use crate::time::Span;

/// The settings of hedging.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// How long to wait for an answer before sending the next attempt.
    pub after: Span,
    /// Attempts besides the first; at least 1. Default 1.
    pub max: u32,
}

impl Config {
    /// One further attempt after this long.
    pub const fn of(after: Span) -> Self {
        Config { after, max: 1 }
    }
}
