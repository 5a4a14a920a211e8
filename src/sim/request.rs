//! A request at the place that serves it: at a service, or at the client that it began with.

use super::arena::Id;
use super::call::{Attempt, Call};
use super::ledger::IntentRef;
use super::queue::Key;
use crate::outcome::Outcome;
use crate::scenario::topology::{LinkId, ServiceId};
use crate::time::Time;

/// A request while it is queued, at work or waiting for its calls.
#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    /// Where it is served.
    pub service: ServiceId,
    /// Where it came from.
    pub origin: Origin,
    /// The intent behind it.
    pub intent: IntentRef,
    /// When it arrived.
    pub arrived: Time,
    /// When its budget of time runs out; [`Time::MAX`]: never.
    pub deadline: Time,
    pub phase: Phase,
    /// Whether it occupies a worker.
    pub holds_worker: bool,
    /// Whether its caller has given up and said so while it was at work.
    pub cancelled: bool,
    /// Whether it is in progress in the idempotency store.
    pub in_store: bool,
    /// Whether its work has written to the ledger.
    pub wrote_effect: bool,
    /// Whether it takes back what an earlier one did.
    pub reverses: bool,
    /// The answer that its work gave; of a stub, what its script says.
    pub answer: Outcome,
    /// Whether a part of it was answered by a fallback.
    pub degraded: bool,
    /// How the first failed call ended.
    pub failed: Option<Outcome>,
    /// Which stage of calls is under way.
    pub stage: u32,
    /// Calls of this stage that are not over, and one while the stage starts.
    pub outstanding: u32,
    /// The first of its calls under way; the others follow in [`Call::next`].
    pub calls: Option<Id<Call>>,
    /// Calls that would have to be taken back if a later one fails.
    pub reversible: Vec<LinkId>,
}

/// Where a request came from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin {
    /// Another service called.
    Attempt(Id<Attempt>),
    /// A user of this client.
    User {
        /// The load that the user belongs to; `None`: sent by hand.
        load: Option<u32>,
        /// How often the user will still ask again.
        asks_left: u32,
        /// When the patience ends.
        patience: Option<Key>,
    },
}

impl Default for Origin {
    fn default() -> Self {
        Origin::User { load: None, asks_left: 0, patience: None }
    }
}

/// What a request does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Phase {
    /// It waits for a worker.
    #[default]
    Queued,
    /// Its own work is under way.
    Working(Key),
    /// It waits for its calls.
    Calling,
    /// Its user is about to ask again.
    AskingAgain(Key),
}
