//! Everything that can happen.

use super::arena::Id;
use super::in_flight::{Attempt, Call, Request};
use crate::scenario::topology::LinkId;

/// Something that happens at an instant. Whoever holds the id of a thing also
/// cancels its events when the thing goes, so that no event comes too late.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    /// An open load starts its next request.
    Arrival { load: u32 },
    /// A user of a closed load has thought, and sends.
    UserReady { load: u32 },
    /// A user has waited long enough.
    PatienceOver(Id<Request>),
    /// A user asks again.
    AskAgain(Id<Request>),
    /// The request leg of an attempt ends at the callee.
    RequestArrives(Id<Attempt>),
    /// The response leg of an attempt ends at the caller.
    ResponseArrives(Id<Attempt>),
    /// A lost message would have arrived.
    LostLegEnds(Id<Attempt>),
    /// The callee learns that its caller has given up; or would have, were the message not lost.
    CancelArrives(Id<Attempt>),
    /// The own work of a request is done.
    WorkEnds(Id<Request>),
    /// The caller stops waiting for an attempt.
    AttemptTimesOut(Id<Attempt>),
    /// An attempt has waited long enough for a permit of the bulkhead.
    PermitWaitOver(Id<Attempt>),
    /// A call is tried again.
    BackoffOver(Id<Call>),
    /// A call that nobody has answered yet gets a further attempt.
    HedgeDue(Id<Call>),
    /// A breaker changes its state by itself.
    BreakerDue(LinkId),
    /// A fault begins or ends.
    FaultChanges { fault: u32, begins: bool },
}
