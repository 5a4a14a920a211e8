//! A position in a run.

use crate::time::Time;

/// A position in a run: the number of events before it, and the instant. Positions at the same instant differ by their
/// events; positions after the same event differ by their instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Events handled before it.
    pub events: u64,
    /// The instant.
    pub at: Time,
}

impl Position {
    /// The start of every run.
    pub const START: Position = Position { events: 0, at: Time::ZERO };
}
