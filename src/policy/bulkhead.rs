//! The bulkhead: at most so many attempts at once over a link.

use crate::time::Span;

/// The settings of a bulkhead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// Permits; at least 1.
    pub max_concurrent: u32,
    /// How long an attempt waits for a permit. Default 0.
    pub max_wait: Span,
}
