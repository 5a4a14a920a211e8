//! The time machine: a run that you can turn back, replay, and change in the past.
//!
//! A run is a function of its topology, its seed and the changes applied to it. So the past need not be stored: it is
//! replayed from a checkpoint, with the same changes at the same positions. A change in the past forks the run: what
//! was simulated after that moment is forgotten, except for its series, which stays as the discarded future.
//!
//! The idea of checkpoints, and of forking by a change in the past, is RaftScope's.

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

/// Events between two checkpoints at first. When there are too many checkpoints, every second one is dropped and the
/// distance doubles.
const SPACING: u64 = 2_000;
/// Checkpoints at most.
const CHECKPOINTS: usize = 256;
/// Bytes of all checkpoints at most; there are always at least two.
const BYTES: usize = 56 << 20;

/// Spans of one request at most.
const SPANS: usize = 5_000;
/// Events between two checks whether a request is still in flight.
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
    /// How many changes were applied before it.
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
/// **Invariant:** the state at a position is the same, byte for byte, whether it was reached by running, by seeking or
/// by stepping back. `changes[..done]` are those at or before the current position.
pub struct History {
    sim: Simulation,
    done: usize,
    /// The furthest position so far.
    end: Position,
    changes: Vec<AppliedChange>,
    /// In the order of the run; the first is its start.
    checkpoints: Vec<Checkpoint>,
    spacing: u64,
    /// The notices up to the end.
    record: Record,
    /// The counts over time, up to `end`.
    series: Series,
    old: Option<OldFuture>,
}

/// The series of the future that a change in the past discarded.
pub struct OldFuture {
    /// When the run left it.
    pub from: Time,
    /// When it ended.
    pub end: Time,
    /// Its counts over time, from the start.
    pub series: Series,
}

impl History {
    /// A run of `topology` at its start.
    pub fn new(topology: Arc<Topology>, seed: Seed) -> Self {
        let mut sim = Simulation::new(topology, seed);
        sim.listen(true);
        let start = Checkpoint { bytes: sim.bytes(), sim: sim.clone(), changes: 0 };
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

    /// A run from the start in place of this one, whose series stays as the discarded future.
    pub fn restarted(&self, topology: Arc<Topology>, seed: Seed) -> Self {
        let old = OldFuture { from: Time::ZERO, end: self.end.at, series: self.series.clone() };
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

    /// The furthest position so far, in the current version of the past.
    pub fn end(&self) -> Position {
        self.end
    }

    /// Whether the current position is in the past, so that going on replays the run.
    pub fn in_past(&self) -> bool {
        self.position() < self.end
    }

    /// All changes in the order of the run, including those after the current position.
    pub fn changes(&self) -> &[AppliedChange] {
        &self.changes
    }

    /// All notices in the order of the run, including those after the current position.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The counts of the run over time, up to its end.
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// The future that the last change in the past discarded.
    pub fn old_future(&self) -> Option<&OldFuture> {
        self.old.as_ref()
    }

    /// The system at the start.
    pub fn first_topology(&self) -> &Arc<Topology> {
        self.checkpoints[0].sim.topology()
    }

    /// The trace of a client's request, by its intent, up to the current position: replayed and recorded. Empty if
    /// there was no such request yet.
    pub fn life_of(&self, intent: u64) -> Trace {
        let mut again = self.replay(|c| c.sim.intents() < intent);
        again.sim.record_only(intent, SPANS);
        let end = self.position();
        while again.position() < end && (again.sim.intents() < intent || again.sim.acts_for(intent)) {
            again.run_until(end.at, BATCH.min(end.events - again.sim.events()));
        }
        again.sim.trace().unwrap_or_else(|| Trace::new(0))
    }

    /// The approximate size of the checkpoints in bytes.
    pub fn bytes(&self) -> usize {
        self.checkpoints.iter().map(|c| c.bytes).sum()
    }

    /// Goes on to `until`, by at most `max_events` events. In the past, it applies the same changes again.
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

    /// How far to go without a stop: in the past to the next change or to the end, otherwise to the next checkpoint.
    fn next_goal(&self, last: Position) -> Position {
        let next = match self.changes.get(self.done) {
            Some(next) => next.position,
            None if self.in_past() => self.end,
            None => Position { events: self.next_checkpoint(), at: self.series.due() },
        };
        Position { events: next.events.min(last.events), at: next.at.min(last.at) }
    }

    /// Handles the next event and returns its instant; `None`: there is none.
    pub fn step(&mut self) -> Option<Time> {
        // A change between two events is applied again before the second.
        while let Some(next) = self.changes.get(self.done).filter(|it| it.position.events <= self.sim.events()) {
            self.sim.run_until(next.position.at, 0);
            self.apply_due();
            self.record.take(&mut self.sim, false);
        }
        // Time may have gone on after the last event: the future begins only then.
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

    /// Goes back to the previous event: to the last one if time has gone on since, otherwise to the one before it.
    /// Returns `false` at the start.
    pub fn step_back(&mut self) -> bool {
        let here = self.position();
        let Some(last) = self.event_at(here.events) else {
            self.seek(Time::ZERO);
            return here.at > Time::ZERO;
        };
        self.go_to_event(if last < here.at { here.events } else { here.events - 1 });
        true
    }

    /// Goes to an instant, after all events at it. It goes no further than the end of the run so far.
    pub fn seek(&mut self, at: Time) {
        let at = at.min(self.end.at);
        self.restore(|position| position.at <= at);
        self.run_until(at, self.end.events.saturating_sub(self.sim.events()));
    }

    /// Goes to the position after an event, counted from 1; 0 is the start. Like [`seek`](Self::seek), it goes no
    /// further than the end of the run so far.
    pub fn go_to_event(&mut self, event: u64) {
        let event = event.min(self.end.events);
        // Time may have gone on between the event and its checkpoint: in that case the earlier checkpoint serves.
        self.restore(|position| position.events < event || position == Position::START);
        while self.sim.events() < event && self.step().is_some() {}
    }

    /// When the event with this number happened; `None` for the start.
    fn event_at(&self, event: u64) -> Option<Time> {
        (event > 0).then(|| {
            let mut again = self.replay(|c| c.position().events < event);
            again.go_to_event(event);
            again.sim.now()
        })
    }

    /// Applies a change at the current position. In the past, this discards everything after it.
    pub fn apply(&mut self, change: Change) {
        self.forget_future();
        self.changes.push(AppliedChange { position: self.position(), change });
        self.apply_due();
        self.record.take(&mut self.sim, true);
    }

    /// A separate run from the last checkpoint whose position `fits`, with the same past and future.
    fn replay(&self, fits: impl Fn(&Checkpoint) -> bool) -> History {
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

    /// The last checkpoint at or before `at`, for comparisons.
    pub fn snapshot_before(&self, at: Time) -> &Simulation {
        &self.checkpoint(|c| c.position().at <= at).sim
    }

    fn checkpoint(&self, fits: impl Fn(&Checkpoint) -> bool) -> &Checkpoint {
        let after = self.checkpoints.partition_point(fits);
        &self.checkpoints[after.saturating_sub(1)]
    }

    /// Goes back to the last checkpoint whose position `fits`, unless the current position fits, too, and is nearer.
    fn restore(&mut self, fits: impl Fn(Position) -> bool) {
        let from = self.checkpoint(|c| fits(c.position()));
        if fits(self.position()) && self.position() >= from.position() {
            return;
        }
        (self.sim, self.done) = (from.sim.fork(), from.changes);
        self.apply_due();
        self.record.take(&mut self.sim, false);
    }

    /// Applies the changes of the current position.
    fn apply_due(&mut self) {
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

    /// Ends a part of a run, replayed or new: updates the end and the series, and takes a checkpoint if one is due.
    fn arrived(&mut self, again: bool) {
        self.apply_due();
        self.record.take(&mut self.sim, !again);
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

    /// Drops every second checkpoint, but not the start.
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
        self.apply_due();
        self.record.take(&mut self.sim, false);
        self.changes.truncate(self.done);
        self.record.forget_after(here);
        self.checkpoints.retain(|c| c.position() <= here && c.changes <= self.done);
        if here.at < self.end.at {
            let mut old = OldFuture { from: here.at, end: self.end.at, series: self.series.clone() };
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

/// The approximate size of an event in the queue in bytes: its node, its slot and itself.
const QUEUED_BYTES: usize = 64;

impl Simulation {
    /// The approximate size of a snapshot in bytes.
    pub fn bytes(&self) -> usize {
        let Engine { requests, calls, attempts, services, links, queue, .. } = &self.engine;
        let of_services = services.iter().map(|s| {
            size_of_val(s) + s.latencies.bytes() + s.client.as_ref().map_or(0, |c| size_of_val(c) + c.latencies.bytes())
        });
        let of_links = links.iter().map(|l| size_of_val(l) + l.latencies.bytes());
        let under_way = requests.bytes() + calls.bytes() + attempts.bytes() + queue.len() * QUEUED_BYTES;
        size_of::<Engine>() + self.collector.bytes() + of_services.sum::<usize>() + of_links.sum::<usize>() + under_way
    }
}
