//! Callchain: a teaching playground for integrating microservices by synchronous calls.
//!
//! A [`Scenario`] describes a system: clients, services, links with their policies, load and faults. A [`Simulation`]
//! runs it, event by event, and a [`Report`] holds the results. The same code runs in the browser, in
//! the tests and on the command line, and gives the same results bit for bit.
//!
//! ```
//! use callchain::{Scenario, Simulation};
//!
//! # fn main() -> Result<(), Vec<callchain::scenario::problem::Problem>> {
//! let scenario = Scenario::from_json(
//!     r#"{ "services": [
//!            { "id": "web", "kind": "client" },
//!            { "id": "bank-account", "work": {"exponential": "20ms"} },
//!            { "id": "access-privilege", "work": "30ms" } ],
//!          "links": [
//!            { "from": "web", "to": "bank-account", "timeout": "1.5s" },
//!            { "from": "bank-account", "to": "access-privilege", "timeout": "500ms", "retry": {"max_attempts": 2} } ],
//!          "load": [ { "client": "web", "poisson": 50 } ],
//!          "faults": [ { "at": "10s", "for": "5s", "service": "access-privilege", "down": true } ] }"#,
//! )?;
//! let mut simulation = Simulation::start(&scenario)?;
//! simulation.run_to_end();
//! let report = simulation.report();
//! assert!(report.client("web").unwrap().success_rate.unwrap() > 0.9);
//! assert!(report.link("bank-account->access-privilege").unwrap().retries > 0);
//! # Ok(())
//! # }
//! ```
//!
//! # The modules, in reading order
//!
//! 1. [`time`], [`chance`] and [`outcome`] are the vocabulary of everything else.
//! 2. [`scenario`] reads and checks a description, and turns it into a [`scenario::topology::Topology`].
//! 3. [`policy`] has a small state machine for each policy, e.g. retry, breaker, bulkhead and deadline.
//! 4. [`sim`] runs the system. Each request of a client has a number, its *intent*, which everything done for it
//!    carries. A request becomes calls, and a call becomes attempts. An attempt is two messages over a link, and a
//!    request at the other end. The ledger records the effects that really took place.
//! 5. [`editor`] changes a scenario by commands. [`scene`] computes everything to draw, as numbers. [`import`] turns files
//!    of other tools into a scenario.
//! 6. [`gesture`] turns the events of pointers and keys on the stage into commands and interventions.
//! 7. `ui` is the app for wasm32, [`cli`] the command on other targets.

pub mod chance;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod editor;
pub mod gesture;
pub mod import;
pub mod outcome;
pub mod policy;
pub mod scenario;
pub mod scene;
pub mod sim;
pub mod text;
pub mod time;
#[cfg(target_arch = "wasm32")]
pub mod ui;

pub use scenario::Scenario;
pub use sim::report::Report;
pub use sim::{Intervention, Simulation};
