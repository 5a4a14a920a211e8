//! Warnings as one designs: what is wrong with a system before anything goes wrong in it, why, and how to mend it.
//!
//! A rule is here only if what it claims is certain from the scenario alone: a false alarm is worse than a missing one.
//! Each rule's claim is also tested against the engine (`tests/it/warnings.rs`). Nothing here changes a document:
//! a repair is a [`Command`](super::command::Command), one entry of the history.

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

/// All warnings about a system, the more harmful rules first, those of a rule in the order of the file.
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
