//! What is in flight in a run: calls and their attempts at the caller's side, requests at the callee's side, and the
//! messages between them. Data only; the files that change it are named where it is held, in `engine.rs`.

use super::arena::Id;
use super::ledger::IntentRef;
use super::queue::Key;
use super::view::{Direction, Purpose};
use crate::outcome::Outcome;
use crate::policy::breaker::Permit;
use crate::scenario::topology::{LinkId, ServiceId};
use crate::time::{Span, Time};

/// A call over a link, from its first attempt to its outcome.
#[derive(Clone, Debug, Default)]
pub(super) struct Call {
    pub link: LinkId,
    /// The service that calls.
    pub from: ServiceId,
    /// Who waits for it; `None` for a reversing call, for which nobody waits.
    pub caller: Option<Id<Request>>,
    pub intent: IntentRef,
    /// The neighbours among the calls of the caller.
    pub previous: Option<Id<Call>>,
    pub next: Option<Id<Call>>,
    pub started: Time,
    /// When its budget of time runs out; [`Time::MAX`]: never.
    pub deadline: Time,
    /// Attempts so far.
    pub attempts: u32,
    /// Tries of the retry loop so far: the attempts that are no hedges.
    pub tries: u32,
    /// The first of its attempts that are waited for; the others follow in [`Attempt::next`].
    pub open: Option<Id<Attempt>>,
    pub hedges_left: u32,
    pub hedge: Option<Key>,
    /// The wait before the next try, and since when.
    pub backoff: Option<(Key, Time)>,
    pub previous_wait: Span,
    /// How the last attempt ended.
    pub last: Outcome,
    /// Whether an attempt was sent of which nobody knows what became.
    pub in_doubt: bool,
    /// Status queries that may still be sent; `None`: it is not being asked.
    pub asks_left: Option<u32>,
}

impl Call {
    /// Whether this is a reversing call.
    pub fn reverses(&self) -> bool {
        self.caller.is_none()
    }
}

/// One try over a link. It lives as long as anybody waits for it or anything of it is under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Attempt {
    /// Counts all attempts of the run.
    pub serial: u64,
    pub link: LinkId,
    pub purpose: Purpose,
    pub intent: IntentRef,
    /// Which attempt of its call it is, from 1.
    pub number: u32,
    /// The call that waits for it; `None`: given up.
    pub call: Option<Id<Call>>,
    /// The next attempt that the call waits for.
    pub next: Option<Id<Attempt>>,
    pub started: Time,
    pub deadline: Time,
    pub timer: Option<Key>,
    /// How it ends when the timer fires.
    pub ends_as: Outcome,
    pub permit_wait: Option<Key>,
    pub breaker_permit: Option<Permit>,
    pub in_bulkhead: bool,
    /// The message on its way.
    pub leg: Option<Leg>,
    /// The message on its way that tells the callee that the caller has given up.
    /// The way of few, so it takes little room.
    pub cancel_leg: Option<Box<Leg>>,
    /// The callee was told so before the request came.
    pub cancelled: bool,
    /// The request at the callee.
    pub request: Option<Id<Request>>,
}

/// A message on its way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leg {
    pub direction: Direction,
    pub sent: Time,
    pub arrives: Time,
    /// When it was lost: as it left, or later by hand; `Time::MAX`: it arrives.
    pub lost_at: Time,
    /// What a response says.
    pub outcome: Option<Outcome>,
}

impl Leg {
    /// Whether it never arrives.
    pub fn is_lost(&self) -> bool {
        self.lost_at < Time::MAX
    }
}

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
