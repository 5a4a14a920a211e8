//! Where in a run: after which event, and when.

use crate::time::Time;

/// A position in a run: after so many events, at this instant. Two positions at one instant are told apart by their events,
/// two after the same event by their instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Events handled before it.
    pub events: u64,
    /// The instant.
    pub at: Time,
}

impl Position {
    /// Where every run begins.
    pub const START: Position = Position { events: 0, at: Time::ZERO };
}
