//! The things in flight in a run: calls and attempts on the caller's side, requests on the callee's side, and messages
//! between them. This file has the data only; `call.rs`, `link.rs`, `service.rs` and `client.rs` change it.

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
    /// The request that waits for it; `None` for a reversing call, for which no request waits.
    pub caller: Option<Id<Request>>,
    pub intent: IntentRef,
    /// The neighbours among the calls of the caller.
    pub previous: Option<Id<Call>>,
    pub next: Option<Id<Call>>,
    pub started: Time,
    /// When its time budget ends; [`Time::MAX`]: never.
    pub deadline: Time,
    /// Attempts so far.
    pub attempts: u32,
    /// Tries of the retry loop so far: the attempts without hedges.
    pub tries: u32,
    /// The first of its open attempts; the others follow in [`Attempt::next`].
    pub open: Option<Id<Attempt>>,
    pub hedges_left: u32,
    pub hedge: Option<Key>,
    /// The wait before the next try, and its start.
    pub backoff: Option<(Key, Time)>,
    pub previous_wait: Span,
    /// How the last attempt ended.
    pub last: Outcome,
    /// Whether the result of a sent attempt is unknown.
    pub in_doubt: bool,
    /// How many more status queries it may send; `None`: it is not asking.
    pub asks_left: Option<u32>,
}

impl Call {
    /// Whether this is a reversing call.
    pub fn reverses(&self) -> bool {
        self.caller.is_none()
    }
}

/// One attempt over a link. It exists while a call waits for it or one of its messages or requests is in flight.
#[derive(Clone, Debug, Default)]
pub(super) struct Attempt {
    /// Its number among all attempts of the run.
    pub serial: u64,
    pub link: LinkId,
    pub purpose: Purpose,
    pub intent: IntentRef,
    /// Its number among the attempts of its call, from 1.
    pub number: u32,
    /// The call that waits for it; `None`: the call gave it up or is over.
    pub call: Option<Id<Call>>,
    /// The next open attempt of the call.
    pub next: Option<Id<Attempt>>,
    pub started: Time,
    pub deadline: Time,
    pub timer: Option<Key>,
    /// The outcome if the timer fires.
    pub ends_as: Outcome,
    pub permit_wait: Option<Key>,
    pub breaker_permit: Option<Permit>,
    pub in_bulkhead: bool,
    /// The message on its way.
    pub leg: Option<Leg>,
    /// The cancellation on its way. Boxed because few attempts have one.
    pub cancel_leg: Option<Box<Leg>>,
    /// Whether the cancellation overtook the request.
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
    /// When it was lost: on departure, or later by hand; `Time::MAX`: it arrives.
    pub lost_at: Time,
    /// The outcome in a response.
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
    /// When its time budget ends; [`Time::MAX`]: never.
    pub deadline: Time,
    pub phase: Phase,
    /// Whether it occupies a worker.
    pub holds_worker: bool,
    /// Whether its caller cancelled it during its work.
    pub cancelled: bool,
    /// Whether it is in progress in the idempotency store.
    pub in_store: bool,
    /// Whether its work has written to the ledger.
    pub wrote_effect: bool,
    /// Whether it reverses an earlier request.
    pub reverses: bool,
    /// The answer of its work; for a stub, the answer of its script.
    pub answer: Outcome,
    /// Whether a fallback answered a part of it.
    pub degraded: bool,
    /// How the first failed call ended.
    pub failed: Option<Outcome>,
    /// The current stage of calls.
    pub stage: u32,
    /// Unfinished calls of this stage, plus one while the stage starts.
    pub outstanding: u32,
    /// The first of its open calls; the others follow in [`Call::next`].
    pub calls: Option<Id<Call>>,
    /// Links whose calls must be reversed if a later call fails.
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
        /// How many more times the user asks again.
        asks_left: u32,
        /// The end of the user's patience.
        patience: Option<Key>,
    },
}

impl Default for Origin {
    fn default() -> Self {
        Origin::User { load: None, asks_left: 0, patience: None }
    }
}

/// The current activity of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Phase {
    /// It waits for a worker.
    #[default]
    Queued,
    /// The service works on it.
    Working(Key),
    /// It waits for its calls.
    Calling,
    /// Its user is about to ask again.
    AskingAgain(Key),
}
