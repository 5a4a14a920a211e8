//! Writes a scenario file. Defaults are omitted, and the order is always the same.

use super::Scenario;
use super::format::{self, Part};
use super::json::Json;

/// The text of a scenario file, from which [`super::read::read`] makes the same scenario again,
/// provided that [`super::check::check`] finds nothing wrong with it.
pub fn write(scenario: &Scenario) -> String {
    format::document(&tree(scenario))
}

/// The same in as few characters as possible.
pub(super) fn compact(scenario: &Scenario) -> String {
    format::compact(&tree(scenario))
}

/// The same as a tree.
pub(super) fn tree(scenario: &Scenario) -> Json {
    Part::write(scenario)
}

impl Scenario {
    /// The text of a scenario file that reads back to the same scenario. Defaults are omitted.
    pub fn to_json(&self) -> String {
        write(self)
    }
}
