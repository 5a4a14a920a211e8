//! Writes a scenario file.

use super::Scenario;

/// The text of a scenario file, from which [`super::read::read`] makes the same scenario again.
pub fn write(_scenario: &Scenario) -> String {
    String::new()
}
