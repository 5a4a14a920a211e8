//! Callchain: a teaching playground for integrating microservices by synchronous calls.
//!
//! A [`Scenario`] is what a user says: clients, services, who calls whom with which policies, load, faults. A
//! [`Simulation`] runs it, event by event, and a [`Report`] holds the results. The same code runs in the browser, in
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
//! # What a request goes through, and in which order to read
//!
//! 1. [`time`], [`chance`] and [`outcome`] are the vocabulary of everything else.
//! 2. [`scenario`] reads and checks what the user says, and makes a [`scenario::topology::Topology`] of it.
//! 3. [`policy`] has one small state machine a rule: timeout and retry, breaker, bulkhead, deadline, …
//! 4. [`sim`] is what happens: a client's request becomes calls, a call becomes attempts, an attempt two messages
//!    over a link, and at its other end a request again. What was really done stands in the ledger.
//! 5. [`editor`] is what editing means, [`scene`] what there is to draw, as numbers; [`import`] makes a scenario of other
//!    people's files.
//! 6. [`gesture`] turns what pointers and keys do on the stage into commands and interventions.
//! 7. `ui` is the app for wasm32, [`cli`] the command elsewhere.

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
