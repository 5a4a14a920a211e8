//! A link in a run: the state of its policies, its random streams, its counts, and the messages over it.

use super::arena::Id;
use super::call::Abandon;
use super::engine::Engine;
use super::event::Event;
use super::in_flight::{Attempt, Leg};
use super::metrics::Latencies;
use super::notice::{Happening, Location};
use super::queue::Key;
use super::view::{Direction, LinkFault, OutcomeCounts, Purpose};
use crate::chance::{Draw, Seed, Stream};
use crate::outcome::Outcome;
use crate::policy::breaker::{Breaker, State};
use crate::policy::budget::Budget;
use crate::policy::bulkhead::Bulkhead;
use crate::policy::fallback::Fallback;
use crate::scenario::topology::{Link, LinkId, Topology};
use crate::time::{Span, Time};
use serde::Serialize;

/// How many changes of a breaker's state a report lists; later ones are only counted.
const LISTED_BREAKER_CHANGES: usize = 10_000;

/// The state of a link.
#[derive(Clone, Debug)]
pub(super) struct LinkState {
    pub chance: LinkChance,
    pub jitter: Stream,
    /// Draws whether to make a call that has a probability.
    pub made: Stream,
    pub breaker: Option<Breaker>,
    pub breaker_due: Option<Key>,
    pub breaker_log: BreakerLog,
    pub budget: Option<Budget>,
    pub bulkhead: Option<Bulkhead<Id<Attempt>>>,
    pub fallback: Option<Fallback>,
    /// All its faults, scheduled and by hand.
    pub fault: LinkFault,
    pub by_hand: LinkFault,
    pub calls: u64,
    pub attempts: u64,
    pub retries: u64,
    pub hedges: u64,
    /// Attempts that the caller waits for.
    pub waiting: u32,
    pub attempt_outcomes: OutcomeCounts,
    pub outcomes: OutcomeCounts,
    pub latencies: Latencies,
    pub traffic: Traffic,
    pub asks: RecoveryCounts,
    pub reversals: RecoveryCounts,
}

/// The random streams of a link's messages.
#[derive(Clone, Debug)]
pub(super) struct LinkChance {
    request_delay: Stream,
    response_delay: Stream,
    request_loss: Stream,
    response_loss: Stream,
}

/// The messages over a link, in both directions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Traffic {
    pub messages: u64,
    /// Messages among them that never arrive.
    pub lost: u64,
    /// Their summed time on the way.
    pub travelled: Span,
}

/// The counts of the status queries, or of the reversing calls, over a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecoveryCounts {
    /// Messages sent, including repetitions.
    pub sent: u64,
    /// Cases settled by an answer.
    pub settled: u64,
    /// Cases left unsettled because no attempt got an answer.
    pub unsettled: u64,
}

/// The changes of a breaker's state so far.
#[derive(Clone, Debug)]
pub(super) struct BreakerLog {
    pub last: State,
    pub changes: Vec<(Time, State, State)>,
    pub count: u64,
    /// How many of the changes opened it.
    pub opened: u64,
    /// The start of the last state.
    since: Time,
    /// The time spent open, and half-open, before that.
    spent: [Span; 2],
}

impl LinkState {
    pub fn new(config: &Link, seed: Seed) -> Self {
        let stream = |draw| Stream::new(seed, draw, config.key);
        LinkState {
            chance: LinkChance {
                request_delay: stream(Draw::RequestDelay),
                response_delay: stream(Draw::ResponseDelay),
                request_loss: stream(Draw::RequestLoss),
                response_loss: stream(Draw::ResponseLoss),
            },
            jitter: stream(Draw::Jitter),
            made: stream(Draw::Made),
            breaker: config.breaker.as_ref().map(Breaker::new),
            breaker_due: None,
            breaker_log: BreakerLog::new(),
            budget: config.retry.as_ref().and_then(|r| r.budget.as_ref()).map(Budget::new),
            bulkhead: config.bulkhead.as_ref().map(Bulkhead::new),
            fallback: config.fallback.as_ref().map(Fallback::new),
            fault: LinkFault::default(),
            by_hand: LinkFault::default(),
            calls: 0,
            attempts: 0,
            retries: 0,
            hedges: 0,
            waiting: 0,
            attempt_outcomes: OutcomeCounts::default(),
            outcomes: OutcomeCounts::default(),
            latencies: Latencies::new(),
            traffic: Traffic::default(),
            asks: RecoveryCounts::default(),
            reversals: RecoveryCounts::default(),
        }
    }

    /// A message that leaves now, with its arrival or loss.
    fn message(&mut self, config: &Link, now: Time, direction: Direction, outcome: Option<Outcome>) -> Leg {
        let chance = &mut self.chance;
        let (delay, lost, drops) = match direction {
            Direction::Request => (
                chance.request_delay.sample(&config.delay.request),
                chance.request_loss.happens(config.loss.request),
                self.fault.drops_requests,
            ),
            Direction::Response => (
                chance.response_delay.sample(&config.delay.response),
                chance.response_loss.happens(config.loss.response),
                self.fault.drops_responses,
            ),
        };
        let travels = config.overhead + delay + self.fault.added_delay;
        let lost = lost || drops;
        self.traffic.messages += 1;
        self.traffic.lost += u64::from(lost);
        self.traffic.travelled += travels;
        Leg { direction, sent: now, arrives: now + travels, lost_at: if lost { now } else { Time::MAX }, outcome }
    }
}

impl BreakerLog {
    fn new() -> Self {
        BreakerLog {
            last: State::Closed,
            changes: Vec::new(),
            count: 0,
            opened: 0,
            since: Time::ZERO,
            spent: [Span::ZERO; 2],
        }
    }

    /// Adds a change to the list.
    pub fn change(&mut self, now: Time, state: State) {
        if self.changes.len() < LISTED_BREAKER_CHANGES {
            self.changes.push((now, self.last, state));
        }
        self.count += 1;
        self.opened += u64::from(state == State::Open);
        self.begin(now, state);
    }

    /// Starts this state without listing a change.
    pub fn begin(&mut self, now: Time, state: State) {
        self.spent = self.spent(now);
        (self.since, self.last) = (now, state);
    }

    /// The time spent open, and half-open, up to `now`.
    pub fn spent(&self, now: Time) -> [Span; 2] {
        let [open, half_open] = self.spent;
        let last = now.since(self.since);
        match self.last {
            State::Open => [open + last, half_open],
            State::HalfOpen => [open, half_open + last],
            _ => self.spent,
        }
    }
}

impl Engine {
    /// Sends the request of an attempt.
    pub(super) fn send_request(&mut self, t: &Topology, id: Id<Attempt>) {
        self.send_leg(t, id, Direction::Request, None);
    }

    /// The callee answers an attempt.
    pub(super) fn respond(&mut self, t: &Topology, id: Id<Attempt>, outcome: Outcome) {
        self.send_leg(t, id, Direction::Response, Some(outcome));
    }

    fn send_leg(&mut self, t: &Topology, id: Id<Attempt>, direction: Direction, outcome: Option<Outcome>) {
        let attempt = &mut self.attempts[id];
        let link = attempt.link.index();
        let leg = self.links[link].message(&t.links[link], self.now, direction, outcome);
        attempt.leg = Some(leg);
        let purpose = attempt.purpose;
        if leg.is_lost() {
            self.notice_lost(id, direction);
        }
        self.mark_sent(id, leg, purpose);
        let event = match direction {
            _ if leg.is_lost() => Event::LostLegEnds(id),
            Direction::Request => Event::RequestArrives(id),
            Direction::Response => Event::ResponseArrives(id),
        };
        self.queue.schedule(leg.arrives, event);
    }

    /// A response reaches the caller.
    pub(super) fn response_arrives(&mut self, t: &Topology, id: Id<Attempt>) {
        let attempt = &mut self.attempts[id];
        let outcome = attempt.leg.take().and_then(|leg| leg.outcome).unwrap_or(Outcome::Error);
        // A status query needs a definite answer: after "in progress" or "down" the caller keeps waiting and asks
        // again.
        let is_answer = attempt.purpose != Purpose::Ask || !matches!(outcome, Outcome::Conflict | Outcome::Refused);
        match attempt.call {
            Some(_) if is_answer => self.settle(t, id, outcome, Abandon::Silently),
            Some(_) => {}
            None => self.drop_if_over(id),
        }
    }

    /// The instant at which a lost message would have arrived.
    pub(super) fn lost_leg_ends(&mut self, id: Id<Attempt>) {
        self.attempts[id].leg = None;
        self.drop_if_over(id);
    }

    /// The caller of an attempt no longer waits: further work of the callee on it is wasted. `notify` sends a
    /// cancellation, if the link has `cancel`.
    pub(super) fn caller_left(&mut self, t: &Topology, id: Id<Attempt>, notify: bool) {
        let attempt = &self.attempts[id];
        let (link, under_way) = (attempt.link.index(), attempt.leg.is_some() || attempt.request.is_some());
        if let Some(request) = attempt.request {
            let request = &self.requests[request];
            let state = &mut self.services[request.service.index()];
            state.wasting += u32::from(request.holds_worker);
            state.abandoned.add(self.now, 1);
        }
        let config = &t.links[link];
        if notify && under_way && config.cancel && attempt.purpose != Purpose::Compensate {
            let leg = self.links[link].message(config, self.now, Direction::Request, None);
            self.attempts[id].cancel_leg = Some(Box::new(leg));
            self.mark_sent(id, leg, Purpose::Cancel);
            self.queue.schedule(leg.arrives, Event::CancelArrives(id));
        }
        self.drop_if_over(id);
    }

    /// Removes an attempt that no call waits for and that has nothing in flight.
    pub(super) fn drop_if_over(&mut self, id: Id<Attempt>) {
        let a = &self.attempts[id];
        if a.call.is_none() && a.leg.is_none() && a.cancel_leg.is_none() && a.request.is_none() {
            let intent = a.intent;
            self.attempts.remove(id);
            self.ledger.release(intent);
        }
    }

    /// Follows each use of a breaker: lists a change of state, and schedules the next change by itself.
    pub(super) fn breaker_used(&mut self, link: LinkId) {
        let state = &mut self.links[link.index()];
        let Some(breaker) = &state.breaker else { return };
        let (log, current) = (&mut state.breaker_log, breaker.state());
        if current != log.last {
            let what = Happening::Breaker { from: log.last, to: current, counts: breaker.counts(self.now) };
            self.notices.add(self.now, self.events, Location::Link(link), 0, what);
            log.change(self.now, current);
        }
        let next = breaker.next_change();
        if state.breaker_due.map(|key| self.queue.due(key)) != next {
            if let Some(key) = state.breaker_due.take() {
                self.queue.cancel(key);
            }
            state.breaker_due = next.map(|at| self.queue.schedule(at, Event::BreakerDue(link)));
        }
    }

    /// A breaker changes its state by itself.
    pub(super) fn breaker_due(&mut self, link: LinkId) {
        let state = &mut self.links[link.index()];
        state.breaker_due = None;
        if let Some(breaker) = &mut state.breaker {
            breaker.on_timer(self.now);
        }
        self.breaker_used(link);
    }
}
