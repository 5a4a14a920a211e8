//! All events of a run.

use super::arena::Id;
use super::in_flight::{Attempt, Call, Request};
use crate::scenario::topology::LinkId;

/// Something that happens at an instant. Removing a thing also cancels its events, so that no event refers to a removed
/// thing.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    /// An open load starts its next request.
    Arrival { load: u32 },
    /// A user of a closed load has thought long enough and sends a request.
    UserReady { load: u32 },
    /// A user's patience is over.
    PatienceOver(Id<Request>),
    /// A user asks again.
    AskAgain(Id<Request>),
    /// The request leg of an attempt ends at the callee.
    RequestArrives(Id<Attempt>),
    /// The response leg of an attempt ends at the caller.
    ResponseArrives(Id<Attempt>),
    /// A lost message would have arrived.
    LostLegEnds(Id<Attempt>),
    /// The callee learns that its caller gave up; or would have, if the message is lost.
    CancelArrives(Id<Attempt>),
    /// The service's own work on a request is done.
    WorkEnds(Id<Request>),
    /// The caller stops waiting for an attempt.
    AttemptTimesOut(Id<Attempt>),
    /// An attempt's wait for a permit of the bulkhead is over.
    PermitWaitOver(Id<Attempt>),
    /// A call is tried again.
    BackoffOver(Id<Call>),
    /// An unanswered call gets another attempt.
    HedgeDue(Id<Call>),
    /// A breaker changes its state by itself.
    BreakerDue(LinkId),
    /// A fault begins or ends.
    FaultChanges { fault: u32, begins: bool },
}
