//! Hedging: a further attempt when the first is slow to answer.

use crate::time::Span;

/// The settings of hedging.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// How long to wait for an answer before the next attempt is sent.
    pub after: Span,
    /// Further attempts beside the first; at least 1. Default 1.
    pub max: u32,
}

impl Config {
    /// One further attempt after this long.
    pub const fn of(after: Span) -> Self {
        Config { after, max: 1 }
    }
}
