//! The callee's side: a request is admitted, waits, is worked on, makes its calls and gets its answer.

use super::arena::Id;
use super::call::{Abandon, bounded};
use super::client::ClientState;
use super::engine::Engine;
use super::event::Event;
use super::in_flight::{Attempt, Origin, Phase, Request};
use super::metrics::{Capacity, Latencies, Level};
use super::notice::{Happening, Location};
use super::trace::Detail;
use super::view::{Purpose, ServiceCounts, ServiceFault};
use crate::chance::{Draw, Seed, Stream};
use crate::outcome::Outcome;
use crate::policy::idempotency::{Lookup, Store};
use crate::policy::rate_limit::TokenBucket;
use crate::scenario::topology::{LinkId, Role, Service, ServiceId, Topology};
use crate::scenario::{Discipline, Repeat, Threads};
use crate::time::{Span, Time};
use std::collections::VecDeque;

/// The state of a service.
#[derive(Clone, Debug)]
pub(super) struct ServiceState {
    pub work: Stream,
    pub failure: Stream,
    pub queue: VecDeque<Id<Request>>,
    /// Busy workers.
    pub busy: Level,
    /// The number of workers over time.
    pub capacity: Capacity,
    /// Requests in the queue.
    pub queued: Level,
    /// Requests in the service: queued, at work or waiting for calls.
    pub present: Level,
    /// Workers that are doing the service's own work.
    pub working: u32,
    /// Workers whose request no caller waits for.
    pub wasting: u32,
    /// Requests in the service, wherever, for which nobody waits.
    pub abandoned: Level,
    pub store: Option<Store>,
    pub bucket: Option<TokenBucket>,
    /// All its faults, scheduled and by hand.
    pub fault: ServiceFault,
    pub by_hand: ServiceFault,
    /// How many replies of its script a stub has sent.
    pub replies: u64,
    pub counts: ServiceCounts,
    /// The summed length of the service's own work that has begun.
    pub work_time: Span,
    pub latencies: Latencies,
    /// The state of a client, if it is one.
    pub client: Option<ClientState>,
}

impl ServiceState {
    pub fn new(config: &Service, seed: Seed, now: Time) -> Self {
        ServiceState {
            work: Stream::new(seed, Draw::Work, config.key),
            failure: Stream::new(seed, Draw::Failure, config.key),
            queue: VecDeque::new(),
            busy: Level::default(),
            capacity: Capacity::new(config.workers, now),
            queued: Level::default(),
            present: Level::default(),
            working: 0,
            wasting: 0,
            abandoned: Level::default(),
            store: config.idempotency.as_ref().map(Store::new),
            bucket: config.rate_limit.as_ref().map(TokenBucket::new),
            fault: ServiceFault::NONE,
            by_hand: ServiceFault::NONE,
            replies: 0,
            counts: ServiceCounts::default(),
            work_time: Span::ZERO,
            latencies: Latencies::new(),
            client: matches!(config.role, Role::Client { .. }).then(ClientState::new),
        }
    }
}

impl Engine {
    /// The request of an attempt arrives: the callee admits, refuses or sheds it.
    pub(super) fn request_arrives(&mut self, t: &Topology, id: Id<Attempt>) {
        self.attempts[id].leg = None;
        let (purpose, cancelled) = (self.attempts[id].purpose, self.attempts[id].cancelled);
        let service = t.links[self.attempts[id].link.index()].to;
        if self.services[service.index()].fault.down {
            self.services[service.index()].counts.refused += 1;
            self.notice_turned_away(id, Outcome::Refused);
            return self.respond(t, id, Outcome::Refused);
        }
        if purpose == Purpose::Ask {
            let outcome = self.status_of(t, service, id);
            return self.respond(t, id, outcome);
        }
        let counts = &mut self.services[service.index()].counts;
        counts.arrived += 1;
        if cancelled {
            counts.cancelled += 1;
            self.notice_at(service, self.attempts[id].intent.number, Happening::Dropped);
            return self.drop_if_over(id);
        }
        match self.turn_away(t, service, id) {
            Some(outcome) => {
                self.trace_turned_away(service, id, outcome);
                self.notice_turned_away(id, outcome);
                self.respond(t, id, outcome);
            }
            None => self.admit(t, service, id),
        }
    }

    /// The immediate answer to a request, by the rate limit or from the store; `None` if it has to be admitted.
    fn turn_away(&mut self, t: &Topology, service: ServiceId, id: Id<Attempt>) -> Option<Outcome> {
        let attempt = &self.attempts[id];
        let carries_id = t.links[attempt.link.index()].request_id && attempt.purpose == Purpose::Call;
        let state = &mut self.services[service.index()];
        if !state.bucket.as_mut().is_none_or(|bucket| bucket.try_take(self.now)) {
            state.counts.rate_limited += 1;
            return Some(Outcome::RateLimited);
        }
        let store = state.store.as_mut().filter(|_| carries_id)?;
        match store.begin(attempt.intent.number, self.now) {
            Lookup::New => None,
            Lookup::InProgress => {
                state.counts.conflict += 1;
                Some(Outcome::Conflict)
            }
            Lookup::Served(outcome) => {
                state.counts.replayed += 1;
                state.counts.useful += u64::from(outcome.is_success() && attempt.call.is_some());
                self.mark_callee(id, Detail::Replays);
                Some(outcome)
            }
        }
    }

    /// A request gets a worker, a place in the queue, or neither.
    fn admit(&mut self, t: &Topology, service: ServiceId, id: Id<Attempt>) {
        let config = &t.services[service.index()];
        let attempt = &self.attempts[id];
        let in_store = config.idempotency.is_some()
            && t.links[attempt.link.index()].request_id
            && attempt.purpose == Purpose::Call;
        let (number, reverses) = (attempt.intent.number, attempt.purpose == Purpose::Compensate);
        let is_abandoned = attempt.call.is_none();
        let state = &mut self.services[service.index()];
        let has_worker = state.busy.get() < config.workers;
        if !has_worker && state.queued.get() >= config.queue {
            state.counts.shed += 1;
            if let (Some(store), true) = (&mut state.store, in_store) {
                store.finish(number, self.now, None);
            }
            self.trace_turned_away(service, id, Outcome::Shed);
            self.notice_turned_away(id, Outcome::Shed);
            return self.respond(t, id, Outcome::Shed);
        }
        let (deadline, intent) = (attempt.deadline, self.ledger.hold(attempt.intent));
        let request = self.requests.insert(Request {
            deadline,
            in_store,
            reverses,
            ..Request::new(service, Origin::Attempt(id), intent, self.now)
        });
        self.attempts[id].request = Some(request);
        state.present.add(self.now, 1);
        if is_abandoned {
            state.abandoned.add(self.now, 1);
        }
        if has_worker {
            return self.take_up(t, request);
        }
        state.queued.add(self.now, 1);
        match config.discipline {
            Discipline::Fifo => state.queue.push_back(request),
            Discipline::Lifo => state.queue.push_front(request),
        }
        self.notice_queued(t, service);
    }

    /// A request's turn comes: it gets a worker and its work begins, unless its deadline has passed.
    fn take_up(&mut self, t: &Topology, id: Id<Request>) {
        let request = &self.requests[id];
        let (service, origin) = (request.service, request.origin);
        if request.deadline <= self.now && bounded(request.deadline).is_some() {
            self.services[service.index()].counts.expired += 1;
            self.notice_expired(origin);
            return self.leave_service(t, id, Some(Outcome::DeadlineExceeded), None);
        }
        let wasted = self.is_wasted(origin);
        let state = &mut self.services[service.index()];
        state.counts.started += 1;
        state.busy.add(self.now, 1);
        state.working += 1;
        state.wasting += u32::from(wasted);
        let (work, answer) = state.draw_work(&t.services[service.index()]);
        state.work_time += work;
        let key = self.queue.schedule(self.now + work, Event::WorkEnds(id));
        let request = &mut self.requests[id];
        request.phase = Phase::Working(key);
        request.holds_worker = true;
        request.answer = answer;
        self.mark_request(id, Detail::WorkBegins);
    }

    #[inline(always)]
    fn is_wasted(&self, origin: Origin) -> bool {
        matches!(origin, Origin::Attempt(attempt) if self.attempts[attempt].call.is_none())
    }

    /// The service's own work on a request is done: writes the effect, then starts its calls or answers.
    pub(super) fn work_ends(&mut self, t: &Topology, id: Id<Request>) {
        let request = &self.requests[id];
        let (service, answer, reverses) = (request.service, request.answer, request.reverses);
        let config = &t.services[service.index()];
        let state = &mut self.services[service.index()];
        state.working -= 1;
        self.mark_request(id, Detail::WorkEnds);
        let state = &mut self.services[service.index()];
        let failing = state.fault.and(ServiceFault { failing: config.failure_rate, ..ServiceFault::NONE }).failing;
        let fails = !answer.is_success() || state.failure.happens(failing);
        if !fails {
            self.take_effect(config.has_effect, id);
        } else {
            self.notice_at(service, self.requests[id].intent.number, Happening::Failed);
        }
        if self.requests[id].cancelled {
            self.services[service.index()].counts.cancelled += 1;
            self.notice_at(service, self.requests[id].intent.number, Happening::Dropped);
            return self.leave_service(t, id, None, None);
        }
        if fails || reverses || config.stages.is_empty() {
            let outcome = match answer {
                Outcome::Ok if fails => Outcome::Error,
                answer => answer,
            };
            return self.complete(t, id, outcome);
        }
        self.requests[id].phase = Phase::Calling;
        if config.threads == Threads::Async {
            self.free_worker(t, id);
        }
        self.run_stages(t, id);
    }

    /// The work on a request succeeded: it writes to the ledger, or reverses entries there.
    fn take_effect(&mut self, has_effect: bool, id: Id<Request>) {
        let request = &mut self.requests[id];
        let (service, intent) = (request.service, request.intent);
        if request.reverses {
            let entries = self.ledger.reverse(service, intent);
            self.notices.add(
                self.now,
                self.events,
                Location::Service(service),
                intent.number,
                Happening::TakenBack { entries },
            );
            self.mark_request(id, Detail::TakesBack(entries));
            if let Some(store) = &mut self.services[service.index()].store {
                store.finish(intent.number, self.now, None);
            }
        } else if has_effect {
            request.wrote_effect = true;
            if let Some(booked) = self.ledger.write(service, intent, self.now) {
                self.notice_at(service, intent.number, booked);
                if let Happening::Booked { duplicate, .. } = booked {
                    self.mark_request(id, Detail::Books { duplicate });
                }
            }
        }
    }

    /// Starts the calls of the next stage, and of later stages as long as they end at once.
    pub(super) fn run_stages(&mut self, t: &Topology, id: Id<Request>) {
        let service = self.requests[id].service;
        while let Some(stage) = t.services[service.index()].stages.get(self.requests[id].stage as usize) {
            // The stage itself counts as one unfinished call, so that it cannot end while it starts.
            self.requests[id].outstanding = 1;
            for link in stage {
                self.make_call(t, id, *link);
            }
            self.requests[id].outstanding -= 1;
            if self.requests[id].outstanding > 0 {
                return;
            }
            if let Some(outcome) = self.requests[id].failed {
                return self.calls_done(t, id, outcome);
            }
            self.requests[id].stage += 1;
        }
        let outcome = if self.requests[id].degraded { Outcome::Degraded } else { Outcome::Ok };
        self.calls_done(t, id, outcome);
    }

    /// Makes one call of a stage, unless chance skips it.
    fn make_call(&mut self, t: &Topology, id: Id<Request>, link: LinkId) {
        let probability = t.links[link.index()].probability;
        if probability < 1.0 && !self.links[link.index()].made.happens(probability) {
            self.mark_request(id, Detail::LeftOut(link));
            return self.ledger.leave_out(self.requests[id].intent);
        }
        self.requests[id].outstanding += 1;
        self.start_call(t, id, link);
    }

    /// One of the calls of a request is over.
    pub(super) fn call_over(&mut self, t: &Topology, id: Id<Request>, outcome: Outcome) {
        let request = &mut self.requests[id];
        request.degraded |= outcome == Outcome::Degraded;
        if !outcome.is_success() {
            request.failed = request.failed.or(Some(outcome));
        }
        request.outstanding -= 1;
        if request.outstanding > 0 {
            return;
        }
        match request.failed {
            Some(outcome) => self.calls_done(t, id, outcome),
            None => {
                request.stage += 1;
                self.run_stages(t, id);
            }
        }
    }

    /// All calls of a request succeeded, or one finally failed.
    fn calls_done(&mut self, t: &Topology, id: Id<Request>, outcome: Outcome) {
        let request = &mut self.requests[id];
        let (origin, intent) = (request.origin, request.intent);
        if !request.reversible.is_empty() {
            let reversible = std::mem::take(&mut request.reversible);
            if !outcome.is_success() {
                reversible.into_iter().rev().for_each(|link| self.start_reversal(t, link, intent));
            }
        }
        match origin {
            Origin::User { .. } => self.user_answered(t, id, outcome),
            Origin::Attempt(_) if outcome.is_success() => self.complete(t, id, outcome),
            Origin::Attempt(_) => self.complete(t, id, Outcome::Error),
        }
    }

    /// A request is answered after its work.
    fn complete(&mut self, t: &Topology, id: Id<Request>, outcome: Outcome) {
        let request = &self.requests[id];
        let (service, latency) = (request.service, self.now.since(request.arrived));
        let keep = if t.services[service.index()].has_effect { request.wrote_effect } else { outcome.is_success() };
        let wasted = self.is_wasted(request.origin);
        let state = &mut self.services[service.index()];
        state.counts.completed += 1;
        state.counts.failed += u64::from(!outcome.is_success());
        state.counts.wasted += u64::from(wasted);
        state.counts.useful += u64::from(outcome.is_success() && !wasted);
        state.latencies.record(latency);
        if wasted {
            self.notice_at(service, self.requests[id].intent.number, Happening::Wasted);
        }
        self.leave_service(t, id, Some(outcome), keep.then_some(outcome));
    }

    /// A request leaves its service, with an answer or (`None`) without. `keep` is the answer for the idempotency
    /// store.
    pub(super) fn leave_service(
        &mut self,
        t: &Topology,
        id: Id<Request>,
        answer: Option<Outcome>,
        keep: Option<Outcome>,
    ) {
        if self.requests[id].holds_worker {
            self.free_worker(t, id);
        }
        self.trace_request(id, answer);
        let Request { service, intent, origin, in_store, wrote_effect, .. } = self.requests[id];
        self.requests.remove(id);
        let wasted = self.is_wasted(origin);
        let state = &mut self.services[service.index()];
        state.present.sub(self.now, 1);
        if wasted {
            state.abandoned.sub(self.now, 1);
        }
        if let (Some(store), true) = (&mut state.store, in_store) {
            // The store remembers a written effect even if the request got no answer.
            let keep = keep.or(wrote_effect.then_some(Outcome::Ok));
            store.finish(intent.number, self.now, keep);
        }
        self.ledger.release(intent);
        if let Origin::Attempt(attempt) = origin {
            self.attempts[attempt].request = None;
            match answer {
                Some(outcome) => self.respond(t, attempt, outcome),
                None => self.drop_if_over(attempt),
            }
        }
    }

    /// A request releases its worker; queued requests move up.
    fn free_worker(&mut self, t: &Topology, id: Id<Request>) {
        let request = &mut self.requests[id];
        request.holds_worker = false;
        let (service, origin) = (request.service, request.origin);
        let wasted = self.is_wasted(origin);
        let state = &mut self.services[service.index()];
        state.busy.sub(self.now, 1);
        state.wasting -= u32::from(wasted);
        self.serve_next(t, service);
    }

    /// Starts queued requests as long as there are free workers.
    pub(super) fn serve_next(&mut self, t: &Topology, service: ServiceId) {
        loop {
            let state = &mut self.services[service.index()];
            if state.busy.get() >= t.services[service.index()].workers {
                return;
            }
            let Some(next) = state.queue.pop_front() else { return };
            state.queued.sub(self.now, 1);
            if state.queued.get() == 0 {
                self.notice_at(service, 0, Happening::QueueEmptied);
            }
            self.take_up(t, next);
        }
    }

    /// The callee learns that the caller of an attempt gave up.
    pub(super) fn cancel_arrives(&mut self, t: &Topology, id: Id<Attempt>) {
        let attempt = &mut self.attempts[id];
        let arrived = attempt.cancel_leg.take().is_some_and(|leg| !leg.is_lost());
        let service = t.links[attempt.link.index()].to;
        if !arrived || self.services[service.index()].fault.down {
            return self.drop_if_over(id);
        }
        let Some(request) = attempt.request else {
            attempt.cancelled = true;
            return self.drop_if_over(id);
        };
        let state = &mut self.services[service.index()];
        match self.requests[request].phase {
            Phase::Working(_) => self.requests[request].cancelled = true,
            Phase::Queued => {
                state.counts.cancelled += 1;
                state.queue.retain(|queued| *queued != request);
                state.queued.sub(self.now, 1);
                self.notice_at(service, self.requests[request].intent.number, Happening::Dropped);
                self.leave_service(t, request, None, None);
            }
            Phase::Calling | Phase::AskingAgain(_) => {
                state.counts.cancelled += 1;
                self.notice_at(service, self.requests[request].intent.number, Happening::Dropped);
                self.give_up_calls(t, request, Abandon::Notify);
                self.leave_service(t, request, None, None);
            }
        }
    }

    /// A service goes down: it silently loses all its requests. Its served ids and its ledger entries stay.
    pub(super) fn lose_all(&mut self, t: &Topology, service: ServiceId) {
        let held: Vec<_> = self.requests.iter().filter(|(_, r)| r.service == service).map(|(id, _)| id).collect();
        if !held.is_empty() {
            self.notice_at(service, 0, Happening::LostWork { requests: held.len() as u32 });
        }
        // Cleared in one go: removing each request would search the queue every time.
        self.services[service.index()].queue.clear();
        self.lose(t, held);
    }

    /// Silently loses these requests.
    pub(super) fn lose(&mut self, t: &Topology, lost: Vec<Id<Request>>) {
        for id in &lost {
            let request = &self.requests[*id];
            let state = &mut self.services[request.service.index()];
            match request.phase {
                Phase::Working(key) => {
                    self.queue.cancel(key);
                    state.working -= 1;
                }
                Phase::Queued => {
                    state.queue.retain(|queued| queued != id);
                    state.queued.sub(self.now, 1);
                }
                Phase::AskingAgain(key) => self.queue.cancel(key),
                Phase::Calling => {}
            }
            self.give_up_calls(t, *id, Abandon::Silently);
        }
        for id in lost {
            self.mark_request(id, Detail::IsLost);
            match self.requests[id].origin {
                Origin::Attempt(_) => {
                    let service = self.requests[id].service;
                    self.services[service.index()].counts.lost += 1;
                    self.leave_service(t, id, None, None);
                }
                Origin::User { patience, .. } => {
                    patience.into_iter().for_each(|key| self.queue.cancel(key));
                    self.ledger.release(self.requests[id].intent);
                    self.requests.remove(id);
                }
            }
        }
    }
}

impl ServiceState {
    /// How long the work on the next request takes, and the answer of a stub.
    fn draw_work(&mut self, config: &Service) -> (Span, Outcome) {
        let (work, answer) = match &config.role {
            Role::Stub { script, repeat } => {
                let position = match repeat {
                    Repeat::Last => self.replies.min(script.len().saturating_sub(1) as u64),
                    Repeat::Cycle => self.replies % script.len().max(1) as u64,
                };
                self.replies += 1;
                script.get(position as usize).map_or((Span::ZERO, Outcome::Ok), |r| (r.after, outcome_of(r.status)))
            }
            Role::Server | Role::Client { .. } => (self.work.sample(&config.work), Outcome::Ok),
        };
        (if self.fault.slow == 1.0 { work } else { work.scaled(self.fault.slow) }, answer)
    }
}

/// The outcome for the caller that the HTTP status of a stub stands for.
fn outcome_of(status: u16) -> Outcome {
    match status {
        ..400 => Outcome::Ok,
        409 => Outcome::Conflict,
        429 => Outcome::RateLimited,
        503 => Outcome::Shed,
        504 => Outcome::Timeout,
        _ => Outcome::Error,
    }
}

impl Request {
    /// A request that has just arrived.
    #[inline(always)]
    pub fn new(service: ServiceId, origin: Origin, intent: super::ledger::IntentRef, now: Time) -> Self {
        Request {
            service,
            origin,
            intent,
            arrived: now,
            deadline: Time::MAX,
            phase: Phase::Queued,
            holds_worker: false,
            cancelled: false,
            in_store: false,
            wrote_effect: false,
            reverses: false,
            answer: Outcome::Ok,
            degraded: false,
            failed: None,
            stage: 0,
            outstanding: 0,
            calls: None,
            reversible: Vec::new(),
        }
    }
}
