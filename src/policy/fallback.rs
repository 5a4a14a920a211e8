//! The fallback: what a caller answers with when a call has failed.

use crate::time::Span;

/// The settings of a fallback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Config {
    /// A default answer.
    Default,
    /// The last good answer, if it is younger than `ttl`.
    Cached {
        /// How long an answer stays usable.
        ttl: Span,
    },
    /// The part is left out.
    Omit,
}
