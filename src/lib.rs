//! Callchain: a teaching playground for integrating microservices by synchronous calls.

pub mod chance;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod editor;
pub mod outcome;
pub mod policy;
pub mod scenario;
pub mod scene;
pub mod sim;
pub mod time;
#[cfg(target_arch = "wasm32")]
pub mod ui;
