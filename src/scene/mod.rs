//! What to draw, as numbers: places, routes, dots, meters, gestures.
//!
//! Everything here is a pure function of the scenario, the simulation and the
//! time of watching, and is tested natively. It knows nothing of SVG, canvases
//! or browsers, and it never changes a run.
//!
//! Two units of length occur: *world* units, in which services are placed, and
//! pixels of the screen; [`viewport::Viewport`] is the bridge between them.

pub mod beside;
pub mod charts;
pub mod contrast;
pub mod deeds;
pub mod dots;
pub mod ends;
pub mod face;
pub mod find;
pub mod flow;
pub mod flowchart;
pub mod geometry;
pub mod gesture;
pub mod hit;
pub mod holes;
mod join;
pub mod label;
pub mod layout;
pub mod life;
pub mod log;
pub mod marks;
pub mod mermaid;
pub mod objectives;
pub mod overview;
pub mod pace;
pub mod picture;
pub mod readout;
pub mod route;
#[cfg(test)]
mod sample;
pub mod sequence;
pub mod share;
pub mod snap;
pub mod spoken;
pub mod steady;
pub mod story;
pub mod strength;
pub mod svg;
pub mod tidy;
pub mod turn;
pub mod verdict;
pub mod viewport;
pub mod waits;
pub mod watch;
pub mod waterfall;
pub mod words;
