//! The idempotency store of a callee: which business request ids it has served.

use crate::time::Span;

/// The settings of an idempotency store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// How long an id that was served is kept. Default 24 h.
    pub ttl: Span,
}
