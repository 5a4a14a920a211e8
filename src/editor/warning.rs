//! Warnings about a design: mistakes in a system that show before it runs, each with its reason and its repairs.
//!
//! A rule only makes claims that are certain from the scenario alone, because a false alarm is worse than a missing one.
//! `tests/it/warnings_engine.rs` tests each claim against the engine. Nothing here changes a document: a repair is a
//! [`Command`](super::command::Command), one entry of the history.

mod call;
mod circle;
mod guards;
mod repair;
mod retries;
mod rule;
mod system;
mod waiting;
mod words;

pub use repair::{Repair, Warning, together};
pub use rule::Rule;

use crate::scenario::Scenario;
use system::System;
use waiting::Deadlines;

/// All warnings about a system: the most harmful rules first, and the warnings of a rule in the order of the file.
pub fn warnings(scenario: &Scenario) -> Vec<Warning> {
    let system = System::of(scenario);
    let mut found = Vec::new();
    let deadlines = Deadlines::of(&system);
    waiting::find(&system, &deadlines, &mut found);
    retries::find(&system, &deadlines, &mut found);
    guards::find(&system, &deadlines, &mut found);
    circle::find(&system, &mut found);
    found.sort_by_key(|warning| warning.rule);
    found
}
