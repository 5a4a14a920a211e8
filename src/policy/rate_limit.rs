//! The rate limit of a callee.

/// The settings of a rate limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Config {
    /// Requests a second; above 0.
    pub per_second: f64,
    /// Requests that may come at once; at least 1. Default: one second's worth.
    pub burst: f64,
}
