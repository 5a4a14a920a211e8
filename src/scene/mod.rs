//! The display as numbers and words: the picture of a system, a whole run, a single request.
//!
//! Everything here is a pure function of the scenario, the simulation and the
//! time of watching, and has native tests. It does not depend on browsers and
//! never changes a run.
//!
//! - [`request`]: the verdict on one request, and its diagrams.
//! - [`run`]: live numbers, charts, the log, announcements.
//! - [`stage`]: the positions of boxes, links and dots, and the thing under the pointer. It shows the numbers of `run`.
//!
//! There are two units of length: *world* units for the positions of services, and
//! pixels of the screen. [`stage::viewport::Viewport`] converts between them.

pub mod find;
pub mod request;
pub mod run;
pub mod share;
pub mod stage;
pub mod words;
