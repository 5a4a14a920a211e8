//! Recovery: a caller asks whether its call was carried out (status queries),
//! and reverses the effect of earlier calls (reversing calls).
//!
//! Both travel over the link like a request, with its delay and its loss. They
//! bypass the breaker, the bulkhead and the budget, and have their own counts.

use super::arena::Id;
use super::engine::Engine;
use super::in_flight::{Attempt, Call};
use super::ledger::IntentRef;
use super::notice::Happening;
use super::trace::Detail;
use super::view::Purpose;
use crate::outcome::Outcome;
use crate::policy::idempotency::Lookup;
use crate::scenario::topology::{LinkId, ServiceId, Topology};
use crate::time::Time;

impl Engine {
    /// The caller does not know the result: it sends the next status query, or ends the call if it may not ask again.
    pub(super) fn ask(&mut self, t: &Topology, id: Id<Call>) {
        let call = &mut self.calls[id];
        let (link, last) = (call.link, call.last);
        match call.asks_left {
            Some(left) if left > 0 && self.now < call.deadline => {
                call.asks_left = Some(left - 1);
                self.links[link.index()].asks.sent += 1;
                self.send_recovery(t, id, Purpose::Ask);
            }
            _ => {
                self.links[link.index()].asks.unsettled += 1;
                self.conclude(t, id, last);
            }
        }
    }

    /// The callee's answer to a status query: `ok` if the call was carried out, `error` if not, `conflict` if it is in
    /// progress. A status query needs no worker, and passes the queue and the rate limit.
    pub(super) fn status_of(&mut self, t: &Topology, service: ServiceId, id: Id<Attempt>) -> Outcome {
        let intent = self.attempts[id].intent;
        let state = &mut self.services[service.index()];
        let stored = state.store.as_mut().map_or(Lookup::New, |store| store.status(intent.number, self.now));
        let carried_out = match stored {
            Lookup::InProgress => return Outcome::Conflict,
            Lookup::Served(outcome) => outcome.is_success(),
            Lookup::New => false,
        };
        let has_effect = t.services[service.index()].has_effect;
        let done = if has_effect { self.ledger.has_entry(service, intent) } else { carried_out };
        if done { Outcome::Ok } else { Outcome::Error }
    }

    /// A status query is over.
    pub(super) fn ask_over(&mut self, t: &Topology, id: Id<Call>, outcome: Outcome) {
        let call = &mut self.calls[id];
        let (link, last) = (call.link, call.last);
        let known = match outcome {
            Outcome::Ok => Outcome::Ok,
            Outcome::Error => last,
            _ => return self.ask(t, id),
        };
        call.in_doubt = false;
        self.links[link.index()].asks.settled += 1;
        self.conclude(t, id, known);
    }

    /// Starts a call that reverses the effect of an intent at the other end of a link. No request waits for it.
    pub(super) fn start_reversal(&mut self, t: &Topology, link: LinkId, intent: IntentRef) {
        let call = self.calls.insert(Call {
            link,
            from: t.links[link.index()].from,
            intent: self.ledger.hold(intent),
            started: self.now,
            deadline: Time::MAX,
            ..Call::default()
        });
        self.notice_on(link, intent.number, Happening::TakesBack);
        self.try_call(t, call);
    }

    /// Sends a status query or a reversing call.
    pub(super) fn send_recovery(&mut self, t: &Topology, id: Id<Call>, purpose: Purpose) {
        let call = &mut self.calls[id];
        call.attempts += 1;
        let (link, config) = (call.link, &t.links[call.link.index()]);
        let timeout = match purpose {
            Purpose::Ask => config.ask.map(|ask| ask.timeout),
            Purpose::Compensate | Purpose::Call | Purpose::Cancel => config.timeout,
        };
        if purpose == Purpose::Compensate {
            self.links[link.index()].reversals.sent += 1;
        }
        let attempt = self.open_attempt(id, purpose, timeout);
        self.send_request(t, attempt);
    }

    /// An attempt of a reversing call is over. It is repeated like an ordinary call.
    pub(super) fn reversal_over(&mut self, t: &Topology, id: Id<Call>, outcome: Outcome) {
        if !outcome.is_success()
            && let Some(wait) = self.next_wait(t, id, outcome)
        {
            return self.back_off(id, wait);
        }
        let Call { link, intent, .. } = self.calls[id];
        self.mark_open_call(id, Detail::CallEnds { link, outcome, seen: outcome });
        self.calls.remove(id);
        let reversals = &mut self.links[link.index()].reversals;
        reversals.settled += u64::from(outcome.is_success());
        reversals.unsettled += u64::from(!outcome.is_success());
        if !outcome.is_success() {
            self.notice_on(link, intent.number, Happening::NotTakenBack);
        }
        self.ledger.release(intent);
    }
}
