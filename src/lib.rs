//! Callchain: a teaching playground for integrating microservices by synchronous calls.

pub mod chance;
pub mod editor;
pub mod outcome;
pub mod policy;
pub mod scenario;
pub mod sim;
pub mod time;
