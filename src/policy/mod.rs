//! The policies of callers and callees, one small state machine per file.
//!
//! None of them knows the engine, a clock or a source of chance: time and
//! random draws come in as arguments. Each file begins with its settings
//! (`Config`, with units and defaults) and names the source of its rules.

pub mod breaker;
pub mod budget;
pub mod bulkhead;
pub mod deadline;
pub mod fallback;
pub mod hedge;
pub mod idempotency;
pub mod rate_limit;
pub mod retry;
mod window;
