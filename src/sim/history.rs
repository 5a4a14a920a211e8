//! The time machine: a run that can be turned back, looked at again, and taken another way.
//!
//! A run is a function of its topology, its seed and what was done to it. So the past need not be kept: it is run again
//! from a checkpoint, with the same done to it at the same positions. Whoever does something in the past forks: what was
//! run after that moment is forgotten, and only its numbers are kept, as a future that might have been.
//!
//! The idea of checkpoints, and of a fork by doing something in the past, is RaftScope's.

use super::engine::Engine;
use super::notice::Record;
use super::position::Position;
use super::series::Series;
use super::trace::Trace;
use super::{Intervention, Simulation, Stopped};
use crate::chance::Seed;
use crate::scenario::topology::Topology;
use crate::time::Time;
use std::sync::Arc;

/// Events between two checkpoints at first; when there are too many, every second one goes and the distance doubles.
const SPACING: u64 = 2_000;
/// Checkpoints at most.
const CHECKPOINTS: usize = 256;
/// Bytes of all checkpoints at most; two are always kept.
const BYTES: usize = 56 << 20;

/// Spans of one request at most.
const SPANS: usize = 5_000;
/// Events between two looks at whether anything is still under way for a request.
const BATCH: u64 = 200;

/// A change to a running system.
#[derive(Clone, Debug)]
pub enum Change {
    /// An intervention by hand.
    Intervention(Intervention),
    /// An edit of the settings: the run goes on with this system.
    Edit(Arc<Topology>),
}

/// An entry of a history: a change, and the position at which it was applied.
#[derive(Clone, Debug)]
pub struct AppliedChange {
    /// Where in the run.
    pub position: Position,
    /// The change.
    pub change: Change,
}

/// A snapshot of the run.
struct Checkpoint {
    sim: Simulation,
    /// How many changes were done before it.
    changes: usize,
    bytes: usize,
}

impl Checkpoint {
    fn position(&self) -> Position {
        position_of(&self.sim)
    }
}

/// A run with its past.
///
/// **Invariant:** the state at a position is the same whichever way one came there, byte for byte: by running, by seeking, by
/// stepping back. `changes[..done]` are those at or before the current position.
pub struct History {
    sim: Simulation,
    done: usize,
    /// The furthest position that was run to.
    end: Position,
    changes: Vec<AppliedChange>,
    /// In the order of the run; the first is its start.
    checkpoints: Vec<Checkpoint>,
    spacing: u64,
    /// What was noticed up to the end.
    record: Record,
    /// How it went, up to `end`.
    series: Series,
    old: Option<Old>,
}

/// The numbers of a future that was given up when the past was changed.
pub struct Old {
    /// Where it was left.
    pub from: Time,
    /// How far it was run.
    pub end: Time,
    /// How it went, from the start.
    pub series: Series,
}

impl History {
    /// A run of `topology` at its start.
    pub fn new(topology: Arc<Topology>, seed: Seed) -> Self {
        let new = || {
            let mut sim = Simulation::new(topology.clone(), seed);
            sim.listen(true);
            sim
        };
        let sim = new();
        // Not a copy: the first picture of the page is to do without the code for it.
        let start = Checkpoint { bytes: sim.bytes(), sim: new(), changes: 0 };
        let series = Series::new(sim.topology());
        History {
            end: position_of(&sim),
            sim,
            done: 0,
            changes: Vec::new(),
            checkpoints: vec![start],
            spacing: SPACING,
            record: Record::default(),
            series,
            old: None,
        }
    }

    /// A run from the start in place of this one, whose numbers are kept as what might have been.
    pub fn restarted(&self, topology: Arc<Topology>, seed: Seed) -> Self {
        let old = Old { from: Time::ZERO, end: self.end.at, series: self.series.clone() };
        History { old: (self.end.at > Time::ZERO).then_some(old), ..History::new(topology, seed) }
    }

    /// The run at the current position.
    pub fn sim(&self) -> &Simulation {
        &self.sim
    }

    /// The current position.
    pub fn position(&self) -> Position {
        position_of(&self.sim)
    }

    /// The furthest position that was run to, and not taken another way since.
    pub fn end(&self) -> Position {
        self.end
    }

    /// Whether the current position is in the past: going on runs again what was run.
    pub fn in_past(&self) -> bool {
        self.position() < self.end
    }

    /// What was done, in the order of the run, also after the current position.
    pub fn changes(&self) -> &[AppliedChange] {
        &self.changes
    }

    /// What was noticed, in the order of the run, also after the current position.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// How the run went, up to its end.
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// What would have been, had the past not been changed the last time.
    pub fn old(&self) -> Option<&Old> {
        self.old.as_ref()
    }

    /// The system as it was at the start.
    pub fn first_topology(&self) -> &Arc<Topology> {
        self.checkpoints[0].sim.topology()
    }

    /// What was done for a request of a client, by its intent, up to the current position: run again, and recorded. Empty
    /// if there was no such request yet.
    pub fn life_of(&self, intent: u64) -> Trace {
        let mut again = self.again(|c| c.sim.intents() < intent);
        again.sim.record_only(intent, SPANS);
        let end = self.position();
        while again.position() < end && (again.sim.intents() < intent || again.sim.acts_for(intent)) {
            again.run_until(end.at, BATCH.min(end.events - again.sim.events()));
        }
        again.sim.trace().unwrap_or_else(|| Trace::new(0))
    }

    /// Bytes that the checkpoints take, about.
    pub fn bytes(&self) -> usize {
        self.checkpoints.iter().map(|c| c.bytes).sum()
    }

    /// Goes on to `until`, by at most `max_events` events. In the past, what was done there is done again.
    pub fn run_until(&mut self, until: Time, max_events: u64) -> Stopped {
        let last = Position { events: self.sim.events().saturating_add(max_events), at: until };
        loop {
            let (goal, again) = (self.next_goal(last), self.in_past());
            let stopped = self.sim.run_until(goal.at, goal.events.saturating_sub(self.sim.events()));
            self.arrived(again);
            match stopped {
                Stopped::Overfull | Stopped::Stuck => return stopped,
                Stopped::Reached if goal.at >= until => return stopped,
                Stopped::Budget if self.sim.events() >= last.events => return stopped,
                Stopped::Reached | Stopped::Budget => {}
            }
        }
    }

    /// How far to go in one piece: in the past to the next act, or to its end; else to the next checkpoint.
    fn next_goal(&self, last: Position) -> Position {
        let next = match self.changes.get(self.done) {
            Some(next) => next.position,
            None if self.in_past() => self.end,
            None => Position { events: self.next_checkpoint(), at: self.series.due() },
        };
        Position { events: next.events.min(last.events), at: next.at.min(last.at) }
    }

    /// Handles the next event and tells when it was; `None`: nothing is to come.
    pub fn step(&mut self) -> Option<Time> {
        // What was done between two events is done again before the second.
        while let Some(next) = self.changes.get(self.done).filter(|it| it.position.events <= self.sim.events()) {
            self.sim.run_until(next.position.at, 0);
            self.do_again();
            self.record.hear(&mut self.sim, false);
        }
        // Time may have gone on after the last event that was run: what is not in the past begins there.
        if self.sim.events() == self.end.events {
            self.sim.run_until(self.end.at, 0);
        }
        while !self.in_past() && self.sim.next_event().is_some_and(|next| next > self.series.due()) {
            self.sim.run_until(self.series.due(), 0);
            self.arrived(false);
        }
        let again = self.in_past();
        let at = self.sim.step();
        self.arrived(again);
        at
    }

    /// Goes back to the moment of the event before: of the last one if time has gone on since, else of the one before
    /// that. `false`: this is the start.
    pub fn step_back(&mut self) -> bool {
        let here = self.position();
        let Some(last) = self.event_at(here.events) else {
            self.seek(Time::ZERO);
            return here.at > Time::ZERO;
        };
        self.go_to_event(if last < here.at { here.events } else { here.events - 1 });
        true
    }

    /// Goes to an instant: all that happened up to it has happened. What was not yet run is not run now: the furthest
    /// position is then as far as it goes.
    pub fn seek(&mut self, at: Time) {
        let at = at.min(self.end.at);
        self.restore(|position| position.at <= at);
        self.run_until(at, self.end.events.saturating_sub(self.sim.events()));
    }

    /// Goes to just after an event, counted from 1; 0 is the start. As [`seek`](Self::seek), not beyond what was run.
    pub fn go_to_event(&mut self, event: u64) {
        let event = event.min(self.end.events);
        // Time may have gone on after the event before the checkpoint was taken: then the one before it serves.
        self.restore(|position| position.events < event || position == Position::START);
        while self.sim.events() < event && self.step().is_some() {}
    }

    /// When the event of this number was; `None` for the start.
    fn event_at(&self, event: u64) -> Option<Time> {
        (event > 0).then(|| {
            let mut again = self.again(|c| c.position().events < event);
            again.go_to_event(event);
            again.sim.now()
        })
    }

    /// Does something at the current position. If that is in the past, what was run after it is forgotten.
    pub fn apply(&mut self, change: Change) {
        self.forget_future();
        self.changes.push(AppliedChange { position: self.position(), change });
        self.do_again();
        self.record.hear(&mut self.sim, true);
    }

    /// A run of its own from the last checkpoint whose position `fits`, with the same past and future.
    fn again(&self, fits: impl Fn(&Checkpoint) -> bool) -> History {
        let from = self.checkpoint(fits);
        let start = Checkpoint { sim: from.sim.fork(), ..*from };
        History {
            sim: from.sim.fork(),
            done: from.changes,
            end: self.end,
            changes: self.changes.clone(),
            checkpoints: vec![start],
            spacing: u64::MAX,
            record: Record::default(),
            series: Series::new(from.sim.topology()),
            old: None,
        }
    }

    /// The last checkpoint that was taken at or before `at`, for who wants to compare.
    pub fn snapshot_before(&self, at: Time) -> &Simulation {
        &self.checkpoint(|c| c.position().at <= at).sim
    }

    fn checkpoint(&self, fits: impl Fn(&Checkpoint) -> bool) -> &Checkpoint {
        let after = self.checkpoints.partition_point(fits);
        &self.checkpoints[after.saturating_sub(1)]
    }

    /// Back to the last checkpoint whose position `fits`, unless the current position fits too and is nearer.
    fn restore(&mut self, fits: impl Fn(Position) -> bool) {
        let from = self.checkpoint(|c| fits(c.position()));
        if fits(self.position()) && self.position() >= from.position() {
            return;
        }
        (self.sim, self.done) = (from.sim.fork(), from.changes);
        self.do_again();
        self.record.hear(&mut self.sim, false);
    }

    /// Does what was done at the current position.
    fn do_again(&mut self) {
        while let Some(next) = self.changes.get(self.done).filter(|it| it.position <= self.position()) {
            match &next.change {
                Change::Intervention(intervention) => self.sim.apply(*intervention),
                Change::Edit(topology) => self.sim.reconfigure(topology.clone()),
            }
            self.done += 1;
        }
    }

    /// The number of events at which the next checkpoint is due.
    fn next_checkpoint(&self) -> u64 {
        let last = self.checkpoints.last().map_or(0, |c| c.position().events);
        last.saturating_add(self.spacing).max(self.sim.events() + 1)
    }

    /// After a part of a run, which was run before or not: notes how far it came, and takes a checkpoint if one is due.
    fn arrived(&mut self, again: bool) {
        self.do_again();
        self.record.hear(&mut self.sim, !again);
        let (here, last) = (self.position(), self.checkpoints.last().map_or(0, |c| c.position().events));
        if here < self.end {
            return;
        }
        self.end = here;
        if here.at >= self.series.due() && self.sim.next_event().is_none_or(|next| next > here.at) {
            self.series.sample(&self.sim);
        }
        if here.events - last >= self.spacing {
            self.checkpoints.push(Checkpoint { sim: self.sim.fork(), changes: self.done, bytes: self.sim.bytes() });
            while self.checkpoints.len() > 2 && (self.checkpoints.len() > CHECKPOINTS || self.bytes() > BYTES) {
                self.thin_out();
            }
        }
    }

    /// Every second checkpoint goes, but not the start.
    fn thin_out(&mut self) {
        let mut keep = false;
        self.checkpoints.retain(|_| {
            keep = !keep;
            keep
        });
        self.spacing = self.spacing.saturating_mul(2);
    }

    fn forget_future(&mut self) {
        let here = self.position();
        self.do_again();
        self.record.hear(&mut self.sim, false);
        self.changes.truncate(self.done);
        self.record.forget_after(here);
        self.checkpoints.retain(|c| c.position() <= here && c.changes <= self.done);
        if here.at < self.end.at {
            let mut old = Old { from: here.at, end: self.end.at, series: self.series.clone() };
            std::mem::swap(&mut old.series, &mut self.series);
            self.series.truncate(here.at);
            self.old = Some(old);
        }
        self.end = here;
    }
}

fn position_of(sim: &Simulation) -> Position {
    Position { events: sim.events(), at: sim.now() }
}

/// What an event takes in the queue, about: its node, its place and itself.
const QUEUED_BYTES: usize = 64;

impl Simulation {
    /// About how many bytes a snapshot takes, for who keeps many.
    pub fn bytes(&self) -> usize {
        let Engine { requests, calls, attempts, services, links, queue, .. } = &self.engine;
        let of_services = services.iter().map(|s| {
            size_of_val(s) + s.latencies.bytes() + s.client.as_ref().map_or(0, |c| size_of_val(c) + c.latencies.bytes())
        });
        let of_links = links.iter().map(|l| size_of_val(l) + l.latencies.bytes());
        let under_way = requests.bytes() + calls.bytes() + attempts.bytes() + queue.len() * QUEUED_BYTES;
        size_of::<Engine>() + of_services.sum::<usize>() + of_links.sum::<usize>() + under_way
    }
}
