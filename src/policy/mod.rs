//! The rules that a caller and a callee follow, one small state machine a file.
//!
//! None of them knows the engine, a clock or a source of chance: time and the
//! uniform draw come in as arguments. Each file begins with the settings that a
//! scenario gives (`Config`, with units and defaults) and names the source of its rule.

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
