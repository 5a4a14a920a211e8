//! What a pointer or a key does on the stage: presses and moves become commands of the editor and interventions in the run.
//!
//! Everything here is pure and tested natively. The stage (`ui/stage`) feeds a [`Hand`] with what the browser reports
//! and carries out the [`Effect`]s. In reading order:
//!
//! - [`machine`]: the state machine that tells clicks, drags, boxes, wires, pans and pinches apart.
//! - [`hand`]: what these mean for the system on the [`board`].
//! - [`drag`] and [`wire`]: where dragged boxes and wires end, and which command that gives.

pub mod board;
pub mod drag;
pub mod event;
pub mod hand;
pub mod machine;
#[cfg(test)]
mod sample;
pub mod wire;

pub use board::{Board, Focus};
pub use event::{Effect, StageEvent};
pub use hand::{Hand, Mode, Preview, Space};
