//! The ready systems, the same natively and in the browser.

/// A system to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Its name in addresses and files, e.g. `retry-storm`.
    pub id: &'static str,
    /// The text of its scenario file.
    pub text: &'static str,
}

macro_rules! ready {
    ($($id:literal),* $(,)?) => {
        &[$(Ready { id: $id, text: include_str!(concat!("../../static/scenarios/", $id, ".json")) }),*]
    };
}

/// All ready systems, in the order in which a learner meets them.
pub const READY: &[Ready] =
    ready!["overview", "slow-dependency", "down", "transfer", "chain", "retry-storm", "breaker"];

/// The ready system of an id.
pub fn find(id: &str) -> Option<&'static Ready> {
    READY.iter().find(|ready| ready.id == id)
}
