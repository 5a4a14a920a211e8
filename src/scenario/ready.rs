//! The ready systems, the same natively and in the browser.

/// A system to start with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Its name in addresses and files, e.g. `retry-storm`.
    pub id: &'static str,
    /// Its title, so that a list of them need not read the files.
    pub title: &'static str,
    /// The text of its scenario file.
    pub text: &'static str,
}

macro_rules! ready {
    ($($id:literal: $title:literal),* $(,)?) => {
        &[$(Ready { id: $id, title: $title, text: include_str!(concat!("../../static/scenarios/", $id, ".json")) }),*]
    };
}

/// All ready systems, in the order in which a learner meets them.
pub const READY: &[Ready] = ready![
    "overview": "Bank accounts: the overview page",
    "slow-dependency": "A slow dependency, and a timeout",
    "down": "A service is down: an error page, or a page with a gap",
    "transfer": "A transfer: did the money move?",
    "chain": "A chain, and 1.5 seconds",
    "retry-storm": "A storm of retries",
    "breaker": "A circuit breaker",
];

/// The ready system of an id.
pub fn find(id: &str) -> Option<&'static Ready> {
    READY.iter().find(|ready| ready.id == id)
}
