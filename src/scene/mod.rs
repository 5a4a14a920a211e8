//! What to show, as numbers and words: the picture of a system, a run as a whole, one request of it.
//!
//! Everything here is a pure function of the scenario, the simulation and the
//! time of watching, and is tested natively. It knows nothing of browsers, and it
//! never changes a run.
//!
//! - [`request`]: what became of one request; its diagrams.
//! - [`run`]: live numbers, charts, the log, announcements.
//! - [`stage`]: where boxes stand, links run and dots move; what a pointer hits. It shows the numbers of `run`.
//!
//! Two units of length occur: *world* units, in which services are placed, and
//! pixels of the screen; [`stage::viewport::Viewport`] is the bridge between them.

pub mod find;
pub mod request;
pub mod run;
pub mod share;
pub mod stage;
pub mod words;
