//! The caller's side: one call and its attempts.
//!
//! The policies apply in the order of Resilience4j's decorators, outermost first:
//! fallback ( retry ( circuit breaker ( timeout ( bulkhead ( attempt ) ) ) ) ).
//! A call consists of tries; a try is one attempt and its hedges.

use super::arena::Id;
use super::engine::Engine;
use super::event::Event;
use super::in_flight::{Attempt, Call, Request};
use super::notice::Happening;
use super::trace::{Detail, NoRetry};
use super::view::Purpose;
use crate::outcome::{Outcome, OutcomeSet};
use crate::policy::bulkhead::Entry;
use crate::policy::retry::Jitter;
use crate::scenario::topology::{LinkId, Topology};
use crate::time::{Span, Time};

/// Whether a caller that stops waiting lets its callee know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abandon {
    /// It gives up on a request that it sent: on a link with `cancel`, it notifies the callee.
    Notify,
    /// It has nothing to give up (an answer came, or nothing was sent), or it is down and can send nothing.
    Silently,
}

/// A deadline in the form that the policies expect.
pub(super) fn bounded(deadline: Time) -> Option<Time> {
    (deadline < Time::MAX).then_some(deadline)
}

impl Engine {
    /// A request starts a call over a link of its service.
    pub(super) fn start_call(&mut self, t: &Topology, caller: Id<Request>, link: LinkId) {
        let config = &t.links[link.index()];
        let request = &self.requests[caller];
        let (intent, inherited, next) = (request.intent, bounded(request.deadline), request.calls);
        let deadline = config.deadline.and_then(|d| d.for_call(self.now, inherited)).unwrap_or(Time::MAX);
        let state = &mut self.links[link.index()];
        state.calls += 1;
        if let Some(budget) = &mut state.budget {
            budget.on_call(self.now);
        }
        let call = self.calls.insert(Call {
            link,
            from: config.from,
            caller: Some(caller),
            intent: self.ledger.hold(intent),
            next,
            started: self.now,
            deadline,
            hedges_left: config.hedge.map_or(0, |h| h.max),
            ..Call::default()
        });
        if let Some(next) = next {
            self.calls[next].previous = Some(call);
        }
        self.requests[caller].calls = Some(call);
        self.try_call(t, call);
    }

    /// Starts the next try of the retry loop.
    pub(super) fn try_call(&mut self, t: &Topology, id: Id<Call>) {
        let call = &mut self.calls[id];
        call.tries += 1;
        if call.reverses() {
            return self.send_recovery(t, id, Purpose::Compensate);
        }
        let config = &t.links[call.link.index()];
        if let (Some(hedge), true) = (config.hedge, call.hedges_left > 0) {
            let key = self.queue.schedule(self.now + hedge.after, Event::HedgeDue(id));
            self.calls[id].hedge = Some(key);
        }
        self.attempt(t, id);
    }

    /// Sends another attempt while earlier ones are unanswered, if the retry budget allows it. Returns whether it did.
    pub(super) fn hedge(&mut self, t: &Topology, id: Id<Call>) -> bool {
        let call = &mut self.calls[id];
        call.hedge = None;
        if call.hedges_left == 0 {
            return false;
        }
        call.hedges_left -= 1;
        let (link, hedges_left) = (call.link, call.hedges_left);
        let state = &mut self.links[link.index()];
        if !state.budget.as_mut().is_none_or(|budget| budget.try_retry(self.now)) {
            return false;
        }
        state.hedges += 1;
        let (intent, number) = (self.calls[id].intent.number, self.calls[id].attempts + 1);
        self.notice_on(link, intent, Happening::Hedged { number });
        if let (Some(hedge), true) = (t.links[link.index()].hedge, hedges_left > 0) {
            let key = self.queue.schedule(self.now + hedge.after, Event::HedgeDue(id));
            self.calls[id].hedge = Some(key);
        }
        self.attempt(t, id);
        true
    }

    /// Makes one attempt: checks deadline, breaker, timeout and bulkhead, in this order, and sends it.
    fn attempt(&mut self, t: &Topology, id: Id<Call>) {
        let call = &mut self.calls[id];
        call.attempts += 1;
        let (link, deadline, number) = (call.link, call.deadline, call.attempts);
        let config = &t.links[link.index()];
        let state = &mut self.links[link.index()];
        state.attempts += 1;
        state.retries += u64::from(number > 1);
        if config.deadline.is_some_and(|d| d.too_little(self.now, bounded(deadline))) {
            return self.not_sent(t, id, Outcome::DeadlineExceeded);
        }
        let mut breaker_permit = None;
        if let Some(breaker) = &mut state.breaker {
            breaker_permit = breaker.try_acquire(self.now);
            self.breaker_used(link);
            if breaker_permit.is_none() {
                return self.not_sent(t, id, Outcome::BreakerOpen);
            }
        }
        let attempt = self.open_attempt(id, Purpose::Call, config.timeout);
        self.attempts[attempt].breaker_permit = breaker_permit;
        let state = &mut self.links[link.index()];
        match state.bulkhead.as_mut().map(|bulkhead| bulkhead.enter(attempt)) {
            None => self.send_request(t, attempt),
            Some(Entry::Entered) => {
                self.attempts[attempt].in_bulkhead = true;
                self.send_request(t, attempt);
            }
            Some(Entry::Waits) => {
                let max_wait = config.bulkhead.map_or(Span::ZERO, |b| b.max_wait);
                let key = self.queue.schedule(self.now + max_wait, Event::PermitWaitOver(attempt));
                self.attempts[attempt].permit_wait = Some(key);
            }
            Some(Entry::Full) => self.settle(t, attempt, Outcome::BulkheadFull, Abandon::Silently),
        }
    }

    /// An attempt that a policy stopped before it was sent.
    fn not_sent(&mut self, t: &Topology, call: Id<Call>, outcome: Outcome) {
        let Call { link, intent, attempts: number, .. } = self.calls[call];
        let (purpose, after) = (Purpose::Call, Span::ZERO);
        self.notice_on(link, intent.number, Happening::AttemptEnded { number, purpose, outcome, after });
        self.links[link.index()].attempt_outcomes.add(outcome);
        self.last_attempt += 1;
        self.trace_unsent(call, outcome);
        self.attempt_over(t, call, outcome);
    }

    /// Creates an attempt that its call waits for, and starts its timer.
    pub(super) fn open_attempt(&mut self, id: Id<Call>, purpose: Purpose, timeout: Option<Span>) -> Id<Attempt> {
        let call = &self.calls[id];
        let (link, intent, deadline, number, next) = (call.link, call.intent, call.deadline, call.attempts, call.open);
        let own_end = timeout.map_or(Time::MAX, |timeout| self.now + timeout);
        // If the timeout ends together with the deadline, the outcome is a timeout.
        let ends_as = if own_end <= deadline { Outcome::Timeout } else { Outcome::DeadlineExceeded };
        self.last_attempt += 1;
        let attempt = self.attempts.insert(Attempt {
            serial: self.last_attempt,
            link,
            purpose,
            intent: self.ledger.hold(intent),
            number,
            call: Some(id),
            next,
            started: self.now,
            deadline,
            ends_as,
            ..Attempt::default()
        });
        self.calls[id].open = Some(attempt);
        self.links[link.index()].waiting += 1;
        let event = Event::AttemptTimesOut(attempt);
        self.attempts[attempt].timer = match timeout {
            Some(timeout) if own_end <= deadline => Some(self.queue.schedule_wait(self.now, timeout, event)),
            _ => bounded(deadline).map(|end| self.queue.schedule(end, event)),
        };
        if let Some(end) = bounded(own_end.min(deadline)) {
            self.mark_attempt(attempt, Detail::Waits(end));
        }
        attempt
    }

    /// The attempt did not get a permit of the bulkhead in time.
    pub(super) fn permit_wait_over(&mut self, t: &Topology, id: Id<Attempt>) {
        self.attempts[id].permit_wait = None;
        self.settle(t, id, Outcome::BulkheadFull, Abandon::Silently);
    }

    /// The caller stops waiting for an attempt.
    pub(super) fn attempt_times_out(&mut self, t: &Topology, id: Id<Attempt>) {
        self.attempts[id].timer = None;
        let outcome = self.attempts[id].ends_as;
        self.settle(t, id, outcome, Abandon::Notify);
    }

    /// The caller learns, or decides, how an attempt ended.
    pub(super) fn settle(&mut self, t: &Topology, id: Id<Attempt>, outcome: Outcome, abandon: Abandon) {
        let Some(call) = self.attempts[id].call else { return };
        let purpose = self.attempts[id].purpose;
        let was_sent = self.leave_attempt(t, id, outcome, abandon);
        match purpose {
            Purpose::Call => {
                self.calls[call].in_doubt |= was_sent && abandon == Abandon::Notify;
                self.attempt_over(t, call, outcome);
            }
            Purpose::Ask => self.ask_over(t, call, outcome),
            Purpose::Compensate | Purpose::Cancel => self.reversal_over(t, call, outcome),
        }
    }

    /// The caller stops waiting for an attempt: this stops timers, returns permits, counts the outcome and notifies the
    /// callee if need be. Returns whether the attempt had been sent. It leaves the call itself unchanged.
    pub(super) fn leave_attempt(&mut self, t: &Topology, id: Id<Attempt>, outcome: Outcome, abandon: Abandon) -> bool {
        let now = self.now;
        let attempt = &mut self.attempts[id];
        let (link, purpose) = (attempt.link, attempt.purpose);
        let Some(call) = attempt.call.take() else { return false };
        let (timer, permit_wait) = (attempt.timer.take(), attempt.permit_wait.take());
        let was_sent = permit_wait.is_none() && outcome != Outcome::BulkheadFull;
        let (permit, in_bulkhead) = (attempt.breaker_permit.take(), std::mem::take(&mut attempt.in_bulkhead));
        let duration = now.since(attempt.started);
        self.forget_open(call, id);
        let state = &mut self.links[link.index()];
        state.waiting -= 1;
        timer.into_iter().chain(permit_wait).for_each(|key| self.queue.cancel(key));
        if purpose == Purpose::Call {
            state.attempt_outcomes.add(outcome);
        }
        if let (Some(breaker), Some(permit)) = (&mut state.breaker, permit) {
            match outcome {
                Outcome::Cancelled => breaker.release(now, permit),
                _ => {
                    let failures = t.links[link.index()].breaker.as_ref().map(|b| b.failures);
                    breaker.record(now, permit, !failures.is_some_and(|f| f.contains(outcome)), duration);
                }
            }
            self.breaker_used(link);
        }
        let state = &mut self.links[link.index()];
        if let Some(bulkhead) = &mut state.bulkhead {
            if permit_wait.is_some() || outcome == Outcome::BulkheadFull {
                bulkhead.give_up(id);
            } else if in_bulkhead && let Some(next) = bulkhead.leave() {
                self.permit_granted(t, next);
            }
        }
        self.trace_attempt(call, id, outcome);
        self.notice_attempt(id, outcome);
        self.caller_left(t, id, was_sent && abandon == Abandon::Notify);
        was_sent
    }

    /// A waiting attempt gets a permit.
    fn permit_granted(&mut self, t: &Topology, id: Id<Attempt>) {
        let attempt = &mut self.attempts[id];
        attempt.in_bulkhead = true;
        if let Some(key) = attempt.permit_wait.take() {
            self.queue.cancel(key);
        }
        self.send_request(t, id);
    }

    /// Takes an attempt off its call's list of open attempts.
    fn forget_open(&mut self, call: Id<Call>, gone: Id<Attempt>) {
        let after = self.attempts[gone].next.take();
        if self.calls[call].open == Some(gone) {
            self.calls[call].open = after;
            return;
        }
        let mut cursor = self.calls[call].open;
        while let Some(id) = cursor {
            if self.attempts[id].next == Some(gone) {
                self.attempts[id].next = after;
                return;
            }
            cursor = self.attempts[id].next;
        }
    }

    /// One attempt of a call is over.
    fn attempt_over(&mut self, t: &Topology, id: Id<Call>, outcome: Outcome) {
        let call = &mut self.calls[id];
        let link = call.link;
        let retry = t.links[link.index()].retry.as_ref();
        call.last = outcome;
        if let Some(budget) = &mut self.links[link.index()].budget {
            if outcome.is_success() {
                budget.on_success();
            } else if retry.is_some_and(|r| r.on.contains(outcome)) {
                budget.on_failure();
            }
        }
        if outcome.is_success() {
            self.give_up_attempts(t, id, Abandon::Notify);
            return self.end_call(t, id, outcome);
        }
        let call = &self.calls[id];
        // As in gRPC (A6), a failure that another attempt might avoid sends the next hedge at once.
        if let Some(key) = call.hedge
            && OutcomeSet::RETRIED.contains(outcome)
        {
            self.queue.cancel(key);
            if self.hedge(t, id) {
                return;
            }
        }
        if self.calls[id].open.is_none() {
            self.retry_or_end(t, id, outcome);
        }
    }

    /// A try failed: waits and tries again, or ends the call.
    fn retry_or_end(&mut self, t: &Topology, id: Id<Call>, outcome: Outcome) {
        match self.next_wait(t, id, outcome) {
            Some(wait) => {
                self.back_off(id, wait);
                self.stop_hedging(id);
            }
            None => self.end_call(t, id, outcome),
        }
    }

    /// Schedules the next try after `wait`.
    pub(super) fn back_off(&mut self, id: Id<Call>, wait: Span) {
        let until = self.now + wait;
        let key = self.queue.schedule(until, Event::BackoffOver(id));
        let call = &mut self.calls[id];
        call.previous_wait = wait;
        call.backoff = Some((key, self.now));
        let (link, intent, number) = (call.link, call.intent.number, call.attempts + 1);
        self.notice_on(link, intent, Happening::Retries { number, wait });
        self.mark_open_call(id, Detail::Backoff { link, until });
    }

    /// How long to wait before the next try; `None`: there is no further try.
    pub(super) fn next_wait(&mut self, t: &Topology, id: Id<Call>, outcome: Outcome) -> Option<Span> {
        let call = &self.calls[id];
        let link = call.link;
        let config = &t.links[link.index()];
        let retry = config.retry.as_ref()?;
        let repeatable = config.repeatable || call.reverses();
        if !retry.wants_retry(call.tries, outcome, repeatable) {
            if retry.on.contains(outcome) {
                let why = if call.tries < retry.max_attempts { NoRetry::Unsafe } else { NoRetry::Attempts };
                self.mark_open_call(id, Detail::NotRepeated { link, why });
            }
            return None;
        }
        let state = &mut self.links[link.index()];
        let u = if retry.jitter == Jitter::None { 0.0 } else { state.jitter.uniform() };
        let wait = retry.backoff.delay(retry.jitter, call.tries - 1, call.previous_wait, u);
        if self.now + wait >= call.deadline {
            self.mark_open_call(id, Detail::NotRepeated { link, why: NoRetry::Deadline });
            return None;
        }
        let within_budget = call.reverses() || state.budget.as_mut().is_none_or(|b| b.try_retry(self.now));
        if !within_budget {
            self.notice_on(self.calls[id].link, self.calls[id].intent.number, Happening::BudgetSpent);
            self.mark_open_call(id, Detail::NotRepeated { link, why: NoRetry::Budget });
        }
        within_budget.then_some(wait)
    }

    /// The backoff is over.
    pub(super) fn backoff_over(&mut self, t: &Topology, id: Id<Call>) {
        let call = &mut self.calls[id];
        call.backoff = None;
        call.hedges_left = t.links[call.link.index()].hedge.map_or(0, |h| h.max);
        self.try_call(t, id);
    }

    fn stop_hedging(&mut self, id: Id<Call>) {
        if let Some(key) = self.calls[id].hedge.take() {
            self.queue.cancel(key);
        }
    }

    /// The retry loop is over. If the result is unknown, the caller may first ask what happened.
    fn end_call(&mut self, t: &Topology, id: Id<Call>, outcome: Outcome) {
        self.stop_hedging(id);
        let call = &mut self.calls[id];
        call.last = outcome;
        call.in_doubt &= !outcome.is_success();
        if call.in_doubt
            && let Some(ask) = t.links[call.link.index()].ask
        {
            call.asks_left = Some(ask.attempts);
            return self.ask(t, id);
        }
        self.conclude(t, id, outcome);
    }

    /// Ends a call: applies the fallback, counts the outcome and goes back to the caller.
    pub(super) fn conclude(&mut self, t: &Topology, id: Id<Call>, outcome: Outcome) {
        let Call { link, intent, caller, started, in_doubt, .. } = self.calls[id];
        let traced = self.traced_parent(id);
        self.unlink_call(id);
        let config = &t.links[link.index()];
        if in_doubt && config.compensate.is_some_and(|c| c.on_unknown) {
            self.start_reversal(t, link, intent);
        }
        let now = self.now;
        let state = &mut self.links[link.index()];
        let mut seen = outcome;
        if let Some(fallback) = &mut state.fallback {
            if outcome == Outcome::Ok {
                fallback.on_good(now);
            } else if !outcome.is_success() && fallback.usable(now) {
                seen = Outcome::Degraded;
            }
        }
        state.outcomes.add(seen);
        state.latencies.record(now.since(started));
        self.notice_conclusion(t, (link, intent, in_doubt), outcome, seen);
        self.mark_end(intent.number, traced, Detail::CallEnds { link, outcome, seen });
        self.ledger.release(intent);
        let Some(caller) = caller else { return };
        if outcome.is_success() && config.compensate.is_some_and(|c| c.on_later_failure) {
            self.requests[caller].reversible.push(link);
        }
        self.call_over(t, caller, seen);
    }

    /// Takes a call off its caller's list and removes it.
    fn unlink_call(&mut self, id: Id<Call>) {
        let Call { previous, next, caller, .. } = self.calls[id];
        self.calls.remove(id);
        match (previous, caller) {
            (Some(previous), _) => self.calls[previous].next = next,
            (None, Some(caller)) => self.requests[caller].calls = next,
            (None, None) => {}
        }
        if let Some(next) = next {
            self.calls[next].previous = previous;
        }
    }

    /// The caller stops waiting for every attempt of a call.
    fn give_up_attempts(&mut self, t: &Topology, call: Id<Call>, abandon: Abandon) {
        while let Some(attempt) = self.calls[call].open {
            self.leave_attempt(t, attempt, Outcome::Cancelled, abandon);
        }
    }

    /// The caller stops everything that it waits for in a call: hedges, the backoff, attempts.
    pub(super) fn stop_waiting(&mut self, t: &Topology, id: Id<Call>, abandon: Abandon) {
        self.stop_hedging(id);
        if let Some((key, _)) = self.calls[id].backoff.take() {
            self.queue.cancel(key);
        }
        self.give_up_attempts(t, id, abandon);
    }

    /// The caller gives up a call.
    fn give_up_call(&mut self, t: &Topology, id: Id<Call>, abandon: Abandon) {
        self.stop_waiting(t, id, abandon);
        let Call { link, intent, started, .. } = self.calls[id];
        self.unlink_call(id);
        let state = &mut self.links[link.index()];
        state.outcomes.add(Outcome::Cancelled);
        state.latencies.record(self.now.since(started));
        self.ledger.release(intent);
    }

    /// Gives up all calls that a request waits for. Attempts that wait for a permit go first: otherwise an attempt that
    /// returns its permit could hand it to another that is about to be given up.
    pub(super) fn give_up_calls(&mut self, t: &Topology, caller: Id<Request>, abandon: Abandon) {
        let mut cursor = self.requests[caller].calls;
        while let Some(call) = cursor {
            let mut open = self.calls[call].open;
            while let Some(attempt) = open {
                open = self.attempts[attempt].next;
                if self.attempts[attempt].permit_wait.is_some() {
                    self.leave_attempt(t, attempt, Outcome::Cancelled, abandon);
                }
            }
            cursor = self.calls[call].next;
        }
        while let Some(call) = self.requests[caller].calls {
            self.give_up_call(t, call, abandon);
        }
    }
}
