//! Drives a run: each frame advances the simulated time, draws the stage and, from time to time, updates the panels.
//!
//! Only the driver has the simulation; components get a [`Readout`] at most ten times a second. The loop ends while there
//! is nothing to do: during a pause, in a hidden tab, and when the last handle is dropped.

pub use crate::scene::run::readout::{
    Badge, BreakerReadout, ClientReadout, Halt, LinkReadout, Readout, ServiceReadout, Why,
};

use super::run::{Moment, Run};
use crate::chance::Seed;
use crate::scenario::topology::{LinkId, ServiceId, Topology};
use crate::scene::run::pace;
use crate::sim::history::{Change, History};
use crate::sim::trace::Trace;
use crate::sim::{Intervention, Simulation};
use crate::time::Time;
use gloo::render::{AnimationFrame, request_animation_frame};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use yew::Callback;

/// The longest step of one frame, in seconds: after a hitch the run continues instead of jumping ahead.
const LONGEST_STEP: f64 = 0.1;
/// The time between two read-outs in milliseconds, and how much it grows with each service and link: painting a read-out
/// must not cost the dots their frames.
const READOUT: (f64, f64) = (100.0, 2.0);
/// The longest time between two read-outs, in milliseconds.
const SLOWEST_READOUT: f64 = 500.0;

/// Draws the run, once a frame.
pub trait Paint {
    /// Draws this moment. `speed` is in simulated seconds per second of watching, `watched` counts the seconds of
    /// watching since the start.
    fn paint(&self, sim: &Simulation, speed: f64, watched: f64);
}

/// A handle on one running simulation. Clones share it.
#[derive(Clone)]
pub struct Driver(Rc<Inner>);

impl PartialEq for Driver {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

struct Inner {
    on_readout: Callback<Rc<Readout>>,
    run: RefCell<Run>,
    painter: RefCell<Option<Rc<dyn Paint>>>,
    /// The frame that was requested; dropping it cancels the request.
    frame: RefCell<Option<AnimationFrame>>,
    playing: Cell<bool>,
    speed: Cell<f64>,
    /// The moment to go to with the next frame. Of several requests between two frames only the last counts.
    wanted: Cell<Option<Moment>>,
    /// The baseline of a comparison: it gets the same interventions and stays at the same moment.
    baseline: RefCell<Option<Driver>>,
    /// Whether this run advanced because it runs in step with another.
    moved: Cell<bool>,
}

impl Driver {
    /// A driver with nothing to run yet. `on_readout` gets each read-out.
    pub fn new(on_readout: Callback<Rc<Readout>>) -> Self {
        Driver(Rc::new(Inner {
            on_readout,
            run: RefCell::new(Run::new(Arc::default(), Seed(1))),
            painter: RefCell::default(),
            frame: RefCell::default(),
            playing: Cell::new(false),
            speed: Cell::new(1.0),
            wanted: Cell::new(None),
            baseline: RefCell::default(),
            moved: Cell::new(false),
        }))
    }

    /// Starts a system from the beginning, at a speed at which one round trip can be watched.
    pub fn load(&self, topology: Arc<Topology>, seed: Seed) {
        self.0.speed.set(pace::first_speed(&topology));
        *self.0.run.borrow_mut() = Run::new(topology, seed);
        self.0.wake();
    }

    /// Goes on with a changed system at this moment of the run. Changes of positions and names do not
    /// affect a run.
    pub fn edit(&self, topology: Arc<Topology>, seed: Seed) {
        let mut run = self.0.run.borrow_mut();
        run.seed = seed;
        run.edit(topology);
        drop(run);
        self.0.wake();
    }

    /// Runs a changed system from the start, and the baseline with it.
    pub fn start_over(&self, topology: Arc<Topology>, seed: Seed) {
        self.0.run.borrow_mut().seed = seed;
        self.restart(topology);
    }

    /// Runs `baseline` in step with this run, both from the start. `None` ends the comparison.
    pub fn run_beside(&self, baseline: Option<Driver>) {
        let begins = baseline.is_some();
        *self.0.baseline.borrow_mut() = baseline;
        if begins {
            self.reset();
        }
    }

    fn restart(&self, topology: Arc<Topology>) {
        let mut run = self.0.run.borrow_mut();
        let seed = run.seed;
        run.restart(topology, seed);
        drop(run);
        self.0.with_baseline(|baseline| {
            let topology = baseline.0.run.borrow().history.first_topology().clone();
            *baseline.0.run.borrow_mut() = Run::new(topology, seed);
        });
        self.0.wake();
    }

    /// Plays the run.
    pub fn play(&self) {
        let mut run = self.0.run.borrow_mut();
        run.stopped = None;
        run.last_frame = None;
        run.news = true;
        drop(run);
        self.0.playing.set(true);
        self.0.wake();
    }

    /// Pauses the run.
    pub fn pause(&self) {
        self.0.playing.set(false);
        self.0.run.borrow_mut().news = true;
        self.0.wake();
    }

    /// Handles the next event, and pauses.
    pub fn step(&self) {
        self.0.run.borrow_mut().history.step();
        self.pause();
    }

    /// Goes to a past moment with the next frame, and pauses there.
    pub fn go_to(&self, moment: Moment) {
        self.0.wanted.set(Some(moment));
        self.pause();
    }

    /// Starts from the beginning with the present settings.
    pub fn reset(&self) {
        let topology = self.with(|sim| sim.topology().clone());
        self.restart(topology);
    }

    /// Whether the run plays.
    pub fn playing(&self) -> bool {
        self.0.playing.get()
    }

    /// Sets the speed in simulated seconds per second of watching, within [`pace::SPEEDS`].
    pub fn set_speed(&self, speed: f64) {
        if speed.is_finite() {
            self.0.speed.set(speed.clamp(pace::SPEEDS.0, pace::SPEEDS.1));
            self.0.run.borrow_mut().news = true;
            self.0.wake();
        }
    }

    /// The speed in simulated seconds per second of watching.
    pub fn speed(&self) -> f64 {
        self.0.speed.get()
    }

    /// The simulated time.
    pub fn time(&self) -> Time {
        self.0.run.borrow().history.sim().now()
    }

    /// Intervenes in the system at this moment of the run.
    pub fn apply(&self, intervention: Intervention) {
        let mut run = self.0.run.borrow_mut();
        run.apply(Change::Intervention(intervention));
        let topology = run.history.sim().topology().clone();
        drop(run);
        self.0.with_baseline(|baseline| {
            let mut run = baseline.0.run.borrow_mut();
            if let Some(same) = intervention.moved(&topology, run.history.sim().topology()) {
                run.apply(Change::Intervention(same));
            }
        });
        self.0.wake();
    }

    /// Makes a client send one request now. `false`: the client is not part of the run.
    pub fn send(&self, client: &str) -> bool {
        self.service_id(client).map(|id| self.apply(Intervention::Send(id))).is_some()
    }

    /// The service with this id, if it is part of the run.
    pub fn service_id(&self, id: &str) -> Option<ServiceId> {
        self.with(|sim| sim.service_id(id))
    }

    /// The link between these services, if it is part of the run.
    pub fn link_id(&self, from: &str, to: &str) -> Option<LinkId> {
        self.with(|sim| sim.link_id(from, to))
    }

    /// Reads the run at this moment.
    pub fn with<T>(&self, look: impl FnOnce(&Simulation) -> T) -> T {
        look(self.0.run.borrow().history.sim())
    }

    /// Reads the run with its past.
    pub fn with_history<T>(&self, look: impl FnOnce(&History) -> T) -> T {
        look(&self.0.run.borrow().history)
    }

    /// The trace of one request of a client so far.
    pub fn life_of(&self, intent: u64) -> Trace {
        self.0.run.borrow().history.life_of(intent)
    }

    /// Draws with `painter` from now on.
    pub fn set_painter(&self, painter: Option<Rc<dyn Paint>>) {
        *self.0.painter.borrow_mut() = painter;
        self.0.wake();
    }

    /// Draws this moment again with the next frame.
    pub fn redraw(&self) {
        self.0.wake();
    }
}

impl Inner {
    /// Requests a frame, unless one was requested already.
    fn wake(self: &Rc<Self>) {
        let mut frame = self.frame.borrow_mut();
        if frame.is_none() {
            let inner = Rc::downgrade(self);
            *frame = Some(request_animation_frame(move |at| Inner::tick(&inner, at)));
        }
    }

    fn tick(inner: &Weak<Inner>, at: f64) {
        let Some(inner) = inner.upgrade() else { return };
        // The frame owns the closure that is running, so it must live to the end.
        let _this = inner.frame.take();
        let readout = inner.frame(at);
        if let Some(readout) = readout {
            inner.on_readout.emit(Rc::new(readout));
        }
        if inner.playing.get() {
            inner.wake();
        }
    }

    fn with_baseline(&self, act: impl FnOnce(&Driver)) {
        if let Some(baseline) = &*self.baseline.borrow() {
            act(baseline);
            baseline.0.wake();
        }
    }

    /// Advances or goes back to the moment of `other`.
    fn keep_up(&self, other: &Run, jumped: bool, speed: f64) {
        let mut run = self.run.borrow_mut();
        let there = other.history.sim().now();
        if jumped && there < run.history.sim().now() {
            run.go_to(Moment::At(there), speed);
        }
        self.moved.set(there > run.history.sim().now());
        run.keep_up(there, other.watched);
        self.speed.set(speed);
        run.news |= other.news;
    }

    fn frame(&self, at: f64) -> Option<Readout> {
        let mut run = self.run.borrow_mut();
        let speed = self.speed.get();
        if self.playing.get() {
            let seconds = run.last_frame.map_or(0.0, |last| ((at - last) / 1e3).clamp(0.0, LONGEST_STEP));
            run.last_frame = Some(at);
            if !run.advance(seconds, speed) {
                self.playing.set(false);
                run.news = true;
            }
        } else {
            run.last_frame = None;
        }
        let moment = self.wanted.take();
        if let Some(moment) = moment {
            run.go_to(moment, speed);
        }
        self.with_baseline(|baseline| baseline.0.keep_up(&run, moment.is_some(), speed));
        if let Some(painter) = &*self.painter.borrow() {
            painter.paint(run.history.sim(), speed, run.watched);
        }
        let things = run.history.sim().topology().services.len() + run.history.sim().topology().links.len();
        let pause = (READOUT.1 * things as f64).clamp(READOUT.0, SLOWEST_READOUT);
        let due = run.news || ((self.playing.get() || self.moved.get()) && at - run.last_readout >= pause);
        due.then(|| run.read_out(at, speed, self.playing.get()))
    }
}
