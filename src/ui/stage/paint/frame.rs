//! The contents of one frame: dots, flows, and the marks of each link. It knows nothing of the canvas.

use super::scene::Scene;
use crate::chance::Distribution;
use crate::outcome::Outcome;
use crate::policy::breaker::State;
use crate::scenario::topology::{Link, LinkId, Topology};
use crate::scene::stage::dots::{self, Dot, Shape};
use crate::scene::stage::ends::Ends;
use crate::scene::stage::flow::{Crowd, Flow, Sample, TOO_QUICK, quickest};
use crate::scene::stage::geometry::Point;
use crate::scene::stage::marks::places;
use crate::scene::stage::route::Route;
use crate::scene::stage::sizes::Routed;
use crate::scene::stage::waits::Waits;
use crate::sim::Simulation;
use crate::sim::view::{Direction, LinkView, MessageKey, MessageView};
use crate::time::Span;
use std::cell::Cell;
use std::sync::Arc;

/// The most dots with tags.
pub const TAGGED: usize = 40;
/// With more dots than this, all are small.
const CROWD: usize = 500;
/// With more waiting calls than this, only every fourth frame updates their marks.
const MANY_WAIT: u32 = 400;
/// The largest distance of a mark from its link, in world units.
const AROUND: f64 = 80.0;
/// The time that a count stays on the screen without motion, in seconds of watching.
const STILL: f64 = 0.5;

/// The way in which the user watches the run.
#[derive(Clone, Copy)]
pub struct Watched {
    /// Simulated seconds per second of watching.
    pub speed: f64,
    /// Seconds of watching since the start.
    pub watched: f64,
    /// Whether nothing moves; then the frame shows counts of messages.
    pub is_still: bool,
}

/// The contents of one frame.
pub struct Frame {
    scene: Scene,
    topology: Option<Arc<Topology>>,
    /// The marks of each link, in the order of the run, and where each link is in the layout.
    pub links: Vec<LinkMarks>,
    places: Vec<Option<usize>>,
    /// The longest deadline that the system sets.
    pub budget: Span,
    /// The second of watching of this frame.
    pub watched: f64,
    /// Whether nothing moves.
    pub is_still: bool,
    sample: Sample,
    /// The number of frames so far, and of calls that waited in the last one.
    frames: u32,
    waiting: u32,
    /// The number of whole dots.
    pub drawn: usize,
    /// The places of whole dots, by shape.
    pub dots: [Vec<Point>; Shape::ALL.len()],
    /// Dots of lost messages, which fall apart.
    pub broken: Vec<Dot>,
    /// The dots with a tag, if there are few dots.
    pub tagged: Vec<(Point, MessageView)>,
    /// The dots that stand out from a crowd.
    pub sampled: Vec<(Point, MessageView)>,
    /// Without motion: the number of messages of each link, by lane and shape, and when they were counted.
    pub counts: Vec<[u32; 2 * Shape::ALL.len()]>,
    counted: f64,
}

/// The marks of a link besides its dots.
#[derive(Clone, Copy, Default)]
pub struct LinkMarks {
    /// Its place in the layout, if it has one.
    place: Option<usize>,
    /// Whether it is in view.
    pub seen: bool,
    /// The flows of requests, good answers and other answers.
    pub flows: [Flow; 3],
    /// Whether its messages are too quick to be seen.
    pub quick: bool,
    /// Whether so few messages come that each one is drawn.
    pub sparse: bool,
    /// How far requests and responses get, as shares of their lanes.
    pub reach: [f64; 2],
    /// The dots of its lanes, and whether they are too many.
    dots: [u32; 2],
    /// Whether its lanes are crowded.
    pub crowds: [Crowd; 2],
    /// Calls that wait at its caller.
    pub waits: Waits,
    /// Calls that have just ended at its caller.
    pub ends: Ends,
}

impl LinkMarks {
    /// Where the link is.
    pub fn routed<'a>(&self, scene: &'a Scene) -> Option<&'a Routed> {
        scene.routed(self.place?)
    }

    /// The lanes of the link.
    pub fn route<'a>(&self, scene: &'a Scene) -> Option<&'a Route> {
        Some(&self.routed(scene)?.route)
    }
}

/// Outcomes of attempts that were never sent.
const NOT_SENT: [Outcome; 2] = [Outcome::BreakerOpen, Outcome::BulkheadFull];
/// Outcomes of useless answers.
const ANSWERED_BADLY: [Outcome; 5] =
    [Outcome::Error, Outcome::Refused, Outcome::Shed, Outcome::RateLimited, Outcome::Conflict];

impl Frame {
    /// An empty frame.
    pub fn new(scene: Scene) -> Self {
        Frame {
            scene,
            topology: None,
            links: Vec::new(),
            places: Vec::new(),
            budget: Span::ZERO,
            watched: 0.0,
            is_still: false,
            sample: Sample::default(),
            frames: 0,
            waiting: 0,
            drawn: 0,
            dots: Default::default(),
            broken: Vec::new(),
            tagged: Vec::new(),
            sampled: Vec::new(),
            counts: Vec::new(),
            counted: f64::NEG_INFINITY,
        }
    }

    /// The places of things.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Uses this scene from now on.
    pub fn set_scene(&mut self, scene: Scene) {
        let has_same_links = std::rc::Rc::ptr_eq(&self.scene.links, &scene.links);
        self.scene = scene;
        if has_same_links {
            self.look();
        } else {
            self.topology = None;
        }
    }

    /// Takes over this moment of the run.
    pub fn update(&mut self, sim: &Simulation, now: Watched) {
        let Watched { speed, watched, is_still } = now;
        self.is_still = is_still;
        self.follow(sim.topology());
        self.watch_links(sim, speed, watched);
        if is_still {
            self.count(sim, speed, watched);
        } else {
            self.gather(sim, speed, watched);
        }
        self.gather_waits(sim, speed);
        self.watched = watched;
    }

    fn follow(&mut self, topology: &Arc<Topology>) {
        if self.topology.as_ref().is_some_and(|known| Arc::ptr_eq(known, topology)) {
            return;
        }
        self.links.resize(topology.links.len(), LinkMarks::default());
        let places = places(topology, self.scene.links.iter().map(String::as_str));
        for (marks, place) in self.links.iter_mut().zip(&places) {
            marks.place = *place;
        }
        self.places = places;
        self.look();
        let budgets = topology.links.iter().filter_map(|l| l.deadline.and_then(|d| d.set));
        self.budget = budgets.max().unwrap_or(Span::ZERO);
        self.topology = Some(topology.clone());
    }

    /// Finds the links in view.
    fn look(&mut self) {
        for marks in &mut self.links {
            marks.seen = marks.route(&self.scene).is_some_and(|route| self.scene.shows(route.extent().grown(AROUND)));
        }
    }

    /// Brings the flows and the marks of links up to date with the counts of the run.
    fn watch_links(&mut self, sim: &Simulation, speed: f64, watched: f64) {
        let seconds = watched - self.watched;
        let radius = self.radius();
        for (index, (marks, link)) in self.links.iter_mut().zip(&sim.topology().links).enumerate() {
            let (Some(view), Some(route)) = (sim.link(LinkId(index as u32)), marks.route(&self.scene)) else {
                continue;
            };
            for (flow, count) in marks.flows.iter_mut().zip(flowing(&view)) {
                flow.update(count, seconds);
            }
            for ((crowd, dots), lane) in
                marks.crowds.iter_mut().zip(&mut marks.dots).zip([&route.request, &route.response])
            {
                crowd.update(std::mem::take(dots), lane.length(), radius, watched);
            }
            marks.quick = is_quick(link, view.added_delay, speed);
            marks.sparse = marks.flows.iter().all(Flow::is_sparse);
            marks.reach = reach(&view, route);
            marks.ends.update(&view.attempt_outcomes, watched);
        }
    }

    /// Sorts all messages by how they are drawn.
    fn gather(&mut self, sim: &Simulation, speed: f64, watched: f64) {
        let (now, quick) = (sim.now(), quickest(speed));
        self.dots.iter_mut().for_each(Vec::clear);
        self.broken.clear();
        self.tagged.clear();
        self.sampled.clear();
        let is_sampled = Cell::new(false);
        let wanted = |message: &MessageKey| {
            let Some(marks) = self.links.get_mut(message.link.index()).filter(|marks| marks.seen) else { return false };
            if message.arrives.since(message.sent) < quick && !marks.sparse {
                return false;
            }
            let lane = usize::from(message.direction == Direction::Response);
            marks.dots[lane] += 1;
            let crowded = marks.crowds[lane].is();
            is_sampled.set(self.sample.meet(message.intent) && crowded);
            !crowded || is_sampled.get()
        };
        for message in sim.messages_of(wanted) {
            let place = self.places.get(message.link.index()).copied().flatten();
            let Some(route) = place.and_then(|place| self.scene.routed(place)).map(|routed| &routed.route) else {
                continue;
            };
            let sampled = is_sampled.get();
            let dot = dots::dot(&message, route, now);
            match dot.broken {
                Some(_) => self.broken.push(dot),
                None if sampled => self.sampled.push((dot.at, message)),
                None => {
                    self.dots[dot.shape as usize].push(dot.at);
                    if self.tagged.len() <= TAGGED {
                        self.tagged.push((dot.at, message));
                    }
                }
            }
        }
        self.sample.look(watched);
        self.drawn = self.dots.iter().map(Vec::len).sum();
    }

    /// Many marks of waiting calls change little from frame to frame.
    fn gather_waits(&mut self, sim: &Simulation, speed: f64) {
        self.frames = self.frames.wrapping_add(1);
        if self.waiting > MANY_WAIT && !self.frames.is_multiple_of(4) {
            return;
        }
        let (now, quick) = (sim.now(), quickest(speed));
        self.links.iter_mut().for_each(|marks| marks.waits = Waits::default());
        self.waiting = 0;
        for wait in sim.waits() {
            if wait.until.since(wait.from) >= quick
                && let Some(marks) = self.links.get_mut(wait.link.index())
            {
                marks.waits.add(&wait, now);
                self.waiting += 1;
            }
        }
    }

    /// Without motion: counts the messages of each lane by shape, from time to time.
    fn count(&mut self, sim: &Simulation, speed: f64, watched: f64) {
        let soon = watched != self.watched && (0.0..STILL).contains(&(watched - self.counted));
        if soon && self.counts.len() == self.links.len() {
            return;
        }
        self.counted = watched;
        self.tagged.clear();
        self.sampled.clear();
        self.counts.clear();
        self.counts.resize(self.links.len(), [0; 2 * Shape::ALL.len()]);
        let quick = quickest(speed);
        for message in sim.messages() {
            let lane = usize::from(message.direction == Direction::Response);
            let (index, is_quick) = (message.link.index(), message.arrives.since(message.sent) < quick);
            if (!is_quick || self.links.get(index).is_some_and(|marks| marks.sparse))
                && let Some(counts) = self.counts.get_mut(index)
            {
                counts[lane * Shape::ALL.len() + Shape::of(&message) as usize] += 1;
            }
        }
    }

    /// The radius of dots: large enough on a small stage, and small in a crowd.
    pub fn radius(&self) -> f64 {
        let zoom = self.scene.viewport.zoom;
        if self.drawn > CROWD { 4.2_f64.max(2.4 / zoom) } else { 6.0_f64.max(4.4 / zoom) }
    }
}
/// How far requests and responses get, as shares of their lanes: to the arrow head, to the cut, or to the gap of an open
/// breaker.
fn reach(view: &LinkView, route: &Route) -> [f64; 2] {
    let length = route.middle.length().max(60.0);
    let [cut, end] = [0.46, 1.0 - 12.0 / length];
    let is_open = view.breaker.is_some_and(|(state, _)| state == State::Open);
    let gap = if is_open { 0.5 - 19.0 / length } else { end };
    [if view.drops_requests { cut } else { gap }, if view.drops_responses { cut } else { end }]
}

/// The messages that a link has carried so far: requests, good answers, other answers.
fn flowing(view: &LinkView) -> [u64; 3] {
    let ended = |list: &[Outcome]| list.iter().map(|o| view.attempt_outcomes.get(*o)).sum::<u64>();
    [view.attempts.saturating_sub(ended(&NOT_SENT)), view.attempt_outcomes.successes(), ended(&ANSWERED_BADLY)]
}

/// Whether a typical message over the link is too quick to be seen.
fn is_quick(link: &Link, added: Span, speed: f64) -> bool {
    let legs = [&link.delay.request, &link.delay.response];
    let mean = |leg: &Distribution| leg.mean().map_or(f64::INFINITY, |m| (m + link.overhead + added).as_secs_f64());
    legs.into_iter().map(mean).fold(0.0, f64::max) < TOO_QUICK * speed
}
