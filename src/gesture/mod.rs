//! Gestures on the stage: presses and moves of pointers and keys become commands of the editor and interventions in the
//! run.
//!
//! Everything here is pure and tested natively. The stage (`ui/stage`) feeds a [`Hand`] with the browser's events
//! and carries out the [`Effect`]s. In reading order:
//!
//! - [`machine`]: the state machine that distinguishes clicks, drags, boxes, wires, pans and pinches.
//! - [`hand`]: the meaning of these for the system on the [`board`].
//! - [`drag`] and [`wire`]: the targets of dragged boxes and wires, and the commands that result.

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
