//! The run that the user watches: its history, the time of watching, and the read-outs.

use crate::chance::Seed;
use crate::scenario::topology::Topology;
use crate::scene::run::readout::{Halt, Readout};
use crate::scene::run::watch::{WINDOW, Watch};
use crate::sim::Stopped;
use crate::sim::history::{Change, History};
use crate::time::{Span, Time};
use std::sync::Arc;

/// The time that one frame may simulate, in milliseconds. The rest of the frame is for drawing.
const BUDGET: f64 = 7.0;
/// The most events in one frame for a run that follows another.
const EVENTS_TO_KEEP_UP: u64 = 50_000;
/// The number of events between two readings of the clock.
const BATCH: u64 = 2_000;

/// A moment to go to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// The end of an instant: all its events have happened.
    At(Time),
    /// Just after the event of this number, counted from 1.
    Event(u64),
    /// The moment of the event before.
    EventBefore,
}

/// A run, and how the user watches it.
pub struct Run {
    /// The simulation with its past.
    pub history: History,
    /// The seed of the next restart.
    pub seed: Seed,
    watch: Watch,
    /// Seconds of watching since the start.
    pub watched: f64,
    /// When the last frame was, in milliseconds of the page.
    pub last_frame: Option<f64>,
    /// When the last read-out was, in milliseconds of the page.
    pub last_readout: f64,
    /// Until when read-outs report that the run falls behind, in seconds of watching.
    behind_until: f64,
    /// The reason why it stopped by itself.
    pub stopped: Option<Halt>,
    /// Whether something has changed since the last read-out.
    pub news: bool,
}

impl Run {
    /// A run at its start.
    pub fn new(topology: Arc<Topology>, seed: Seed) -> Self {
        Run {
            history: History::new(topology, seed),
            seed,
            watch: Watch::default(),
            watched: 0.0,
            last_frame: None,
            last_readout: f64::NEG_INFINITY,
            behind_until: 0.0,
            stopped: None,
            news: true,
        }
    }

    /// Starts from the beginning with these settings. The charts still show the run before.
    pub fn restart(&mut self, topology: Arc<Topology>, seed: Seed) {
        *self = Run { history: self.history.restarted(topology.clone(), seed), ..Run::new(topology, seed) };
    }

    /// Advances to `until`, the moment of another run, however long that takes.
    pub fn keep_up(&mut self, until: Time, watched: f64) {
        self.watched = watched;
        self.history.run_until(until, EVENTS_TO_KEEP_UP);
    }

    /// Advances by `seconds` of watching. `false`: the run stopped by itself.
    pub fn advance(&mut self, seconds: f64, speed: f64) -> bool {
        self.watched += seconds;
        let target = self.history.sim().now() + Span::from_nanos_f64(seconds * speed * 1e9);
        let start = now();
        loop {
            match self.history.run_until(target, BATCH) {
                Stopped::Reached => return true,
                Stopped::Budget if now() - start < BUDGET => {}
                Stopped::Budget => {
                    self.behind_until = self.watched + 1.0;
                    return true;
                }
                Stopped::Overfull => self.stopped = Some(Halt::Overflow),
                Stopped::Stuck => self.stopped = Some(Halt::Stuck),
            }
            if self.stopped.is_some() {
                return false;
            }
        }
    }

    /// Applies a change to the system now.
    pub fn apply(&mut self, change: Change) {
        self.history.apply(change);
        self.stopped = None;
        self.news = true;
    }

    /// Goes on with another topology, at this moment; one that is equal changes nothing.
    pub fn edit(&mut self, topology: Arc<Topology>) {
        let sim = self.history.sim();
        if Arc::ptr_eq(sim.topology(), &topology) || *sim.topology() == topology {
            return;
        }
        if sim.now() == Time::ZERO && sim.events() == 0 {
            *self = Run::new(topology, self.seed);
        } else {
            self.apply(Change::Edit(topology));
        }
    }

    /// Goes to a past moment. Its rates cover the time shortly before, as if the user had watched up to it.
    pub fn go_to(&mut self, moment: Moment, speed: f64) {
        match moment {
            Moment::At(at) => self.history.seek(at),
            Moment::Event(event) => self.history.go_to_event(event),
            Moment::EventBefore => drop(self.history.step_back()),
        }
        let now = self.history.sim().now();
        let before = Time::ZERO + now.since_start().saturating_sub(Span::from_nanos_f64(WINDOW * speed * 1e9));
        self.watch = Watch::default();
        self.watch.look(self.history.snapshot_before(before), self.watched);
        self.watched += WINDOW;
        self.stopped = None;
        self.news = true;
    }

    /// Reads the run at `at` milliseconds of the page.
    pub fn read_out(&mut self, at: f64, speed: f64, playing: bool) -> Readout {
        self.news = false;
        self.last_readout = at;
        let mut readout = self.watch.look(self.history.sim(), self.watched);
        readout.end = self.history.end().at;
        readout.playing = playing;
        readout.speed = speed;
        readout.behind = self.behind_until > self.watched;
        readout.stopped = self.stopped;
        readout
    }
}

/// Milliseconds of the page.
pub fn now() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}
