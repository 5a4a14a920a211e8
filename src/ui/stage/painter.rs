//! The layer of moving things: a canvas over the boxes, drawn once a frame and outside of Yew.
//!
//! In a browser without a GPU a canvas is ten times as quick as moving elements of SVG (`tests/bench-draw` measures it).
//! Where and what the dots are is the business of [`crate::scene::stage::dots`], how they look that of [`super::pen`].

use super::ink::Ink;
use super::pen::Pen;
use crate::outcome::Outcome;
use crate::policy::breaker::State;
use crate::scenario::topology::{Link, LinkId, Topology};
use crate::scene::stage::dots::{self, Dot, Shape};
use crate::scene::stage::ends::Ends;
use crate::scene::stage::flow::{Crowd, Flow, PACE, Sample, TOO_QUICK, quickest};
use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::holes::MANY_LINKS;
use crate::scene::stage::layout::Layout;
use crate::scene::stage::marks::places;
use crate::scene::stage::route::{Lane, Route};
use crate::scene::stage::sizes::Routed;
use crate::scene::stage::viewport::Viewport;
use crate::scene::stage::waits::{Ring, Waits};
use crate::scene::words;
use crate::sim::Simulation;
use crate::sim::view::{Direction, LinkView, MessageKey, MessageView};
use crate::time::{Span, Time};
use crate::ui::driver::Paint;
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d as Context, HtmlCanvasElement, MediaQueryList};

/// Up to so many dots carry their tags.
const TAGGED: usize = 40;
/// From so many dots on they are small.
const CROWD: usize = 500;
/// From so many dots on all are plain squares, which are twice as quick and too small to be told from discs.
const MASS: usize = 3_000;
/// From so many that wait on, their marks are not made anew for each frame.
const MANY_WAIT: u32 = 400;
/// Below this zoom the points of a flow are larger in the world, so that they can be told apart on the screen.
const FLOW_FROM: f64 = 0.45;
/// Below this zoom there are no tags: they could not be read.
const TAGS_FROM: f64 = 0.45;
/// How far from a link its marks may be, in world units.
const AROUND: f64 = 80.0;
/// Without motion, counts change at most so often, in seconds of watching.
const STILL: f64 = 0.5;

/// What is shown where: everything that the painter cannot read from the simulation.
#[derive(Clone)]
pub struct Scene {
    /// The links, by their ids.
    pub layout: Rc<Layout>,
    /// The ids of the links, in the order of the layout.
    pub links: Rc<[String]>,
    /// The part of the world that is shown.
    pub viewport: Viewport,
    /// The size of the stage in pixels of the page.
    pub size: (f64, f64),
    /// What the dots leave free, in the world.
    pub holes: Rc<Vec<Rect>>,
}

impl PartialEq for Scene {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.layout, &other.layout)
            && Rc::ptr_eq(&self.links, &other.links)
            && (self.viewport, self.size) == (other.viewport, other.size)
            && self.holes == other.holes
    }
}

impl Scene {
    fn routed(&self, place: usize) -> Option<&Routed> {
        self.layout.links.get(place)?.as_ref()
    }

    /// Whether any of a part of the world is on the stage.
    fn shows(&self, part: Rect) -> bool {
        let low = self.viewport.to_screen(part.corner);
        let high = self.viewport.to_screen(Point::new(part.right(), part.bottom()));
        high.x > 0.0 && high.y > 0.0 && low.x < self.size.0 && low.y < self.size.1
    }
}

/// Draws the dots.
pub struct Painter {
    canvas: HtmlCanvasElement,
    context: Context,
    still: Option<MediaQueryList>,
    inner: RefCell<Inner>,
}

struct Inner {
    scene: Scene,
    /// `None`: to be read again.
    ink: Option<Ink>,
    of: Option<Arc<Topology>>,
    /// What is drawn of each link of the run, in its order, and where each stands in the layout.
    links: Vec<LinkMarks>,
    places: Vec<Option<usize>>,
    /// The largest budget of time that the system sets.
    budget: Span,
    /// The second of watching of the last frame.
    last: f64,
    sample: Sample,
    /// Frames so far, and how many waited last.
    frames: u32,
    waiting: u32,
    /// How many dots were drawn last.
    drawn: usize,
    flowing: Vec<(FlowLook, usize)>,
    dots: [Vec<Point>; Shape::ALL.len()],
    broken: Vec<Dot>,
    /// The dots that have a tag, the sampled one first among them.
    tagged: Vec<(Point, MessageView)>,
    sampled: Vec<(Point, MessageView)>,
    still: Vec<[u32; 2 * Shape::ALL.len()]>,
    counted: f64,
}

/// What is drawn of a link besides its dots.
#[derive(Clone, Copy, Default)]
struct LinkMarks {
    /// Where it stands in the layout; `None`: nowhere.
    place: Option<usize>,
    /// Whether it is in view.
    seen: bool,
    /// The flows of requests, good answers and other answers.
    flows: [Flow; 3],
    /// Whether its messages are too quick to be seen.
    quick: bool,
    /// Whether so few messages come that all are drawn one by one.
    sparse: bool,
    /// Up to which share of their lanes requests and responses get.
    reach: [f64; 2],
    /// The dots of its lanes, and whether they are too many.
    dots: [u32; 2],
    crowds: [Crowd; 2],
    waits: Waits,
    ends: Ends,
}

/// How a flow looks: 0 requests, 1 good answers, 2 other answers.
#[derive(Clone, Copy, PartialEq)]
struct FlowLook {
    kind: usize,
    spacing: f64,
    width: f64,
}

impl FlowLook {
    fn order(&self, other: &Self) -> Ordering {
        let by_spacing = || self.spacing.total_cmp(&other.spacing).then(self.width.total_cmp(&other.width));
        self.kind.cmp(&other.kind).then_with(by_spacing)
    }
}

/// What an attempt ends with that was never sent.
const NOT_SENT: [Outcome; 2] = [Outcome::BreakerOpen, Outcome::BulkheadFull];
/// What an answer says that is of no use.
const ANSWERED_BADLY: [Outcome; 5] =
    [Outcome::Error, Outcome::Refused, Outcome::Shed, Outcome::RateLimited, Outcome::Conflict];

impl Painter {
    /// Draws onto this canvas. `None`: the browser has no canvas.
    pub fn new(canvas: HtmlCanvasElement, scene: Scene) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into::<Context>().ok()?;
        let still = web_sys::window().and_then(|w| w.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
        let inner = Inner {
            scene,
            ink: None,
            of: None,
            links: Vec::new(),
            places: Vec::new(),
            budget: Span::ZERO,
            last: 0.0,
            sample: Sample::default(),
            frames: 0,
            waiting: 0,
            drawn: 0,
            flowing: Vec::new(),
            dots: Default::default(),
            broken: Vec::new(),
            tagged: Vec::new(),
            sampled: Vec::new(),
            still: Vec::new(),
            counted: f64::NEG_INFINITY,
        };
        Some(Painter { canvas, context, still, inner: RefCell::new(inner) })
    }

    /// From now on this is shown.
    pub fn set_scene(&self, scene: Scene) {
        let mut inner = self.inner.borrow_mut();
        let has_same_links = Rc::ptr_eq(&inner.scene.links, &scene.links);
        inner.scene = scene;
        if has_same_links {
            inner.look();
        } else {
            inner.of = None;
        }
    }

    /// The theme has changed: the colours are read again with the next frame, when the page has taken it on.
    pub fn forget_ink(&self) {
        self.inner.borrow_mut().ink = None;
    }

    fn is_still(&self, ink: &Ink) -> bool {
        ink.still || self.still.as_ref().is_some_and(|query| query.matches())
    }
}

impl Paint for Painter {
    fn paint(&self, sim: &Simulation, speed: f64, watched: f64) {
        let inner = &mut *self.inner.borrow_mut();
        let ink = inner.ink.take().unwrap_or_else(|| Ink::of(&self.canvas));
        let still = self.is_still(&ink);
        inner.follow(sim.topology());
        inner.watch_links(sim, speed, watched);
        if still {
            inner.count(sim, speed, watched);
        } else {
            inner.gather(sim, speed, watched);
        }
        inner.gather_waits(sim, speed);
        inner.last = watched;
        self.clear(&inner.scene);
        let pen = Pen { c: &self.context, ink: &ink, zoom: inner.scene.viewport.zoom, size: Cell::new(0.0) };
        inner.draw_flows(&pen, watched, still);
        if !still {
            inner.draw_dots(&pen);
        }
        inner.clear_holes(&pen);
        if still {
            inner.draw_counts(&pen);
        }
        inner.draw_waits(&pen, watched, still);
        inner.draw_tags(&pen, sim.now());
        inner.ink = Some(ink);
    }
}

impl Painter {
    /// Empties the canvas, gives it the size of the stage in pixels of the device, and looks at the world from there on.
    fn clear(&self, scene: &Scene) {
        let ratio = web_sys::window().map_or(1.0, |w| w.device_pixel_ratio()).clamp(0.5, 4.0);
        let (width, height) = ((scene.size.0 * ratio).round() as u32, (scene.size.1 * ratio).round() as u32);
        if (self.canvas.width(), self.canvas.height()) != (width, height) {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        let (c, view) = (&self.context, scene.viewport);
        let _ = c.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        c.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
        let zoom = view.zoom * ratio;
        let _ = c.set_transform(zoom, 0.0, 0.0, zoom, view.shift.x * ratio, view.shift.y * ratio);
    }
}

impl Inner {
    fn follow(&mut self, topology: &Arc<Topology>) {
        if self.of.as_ref().is_some_and(|known| Arc::ptr_eq(known, topology)) {
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
        self.of = Some(topology.clone());
    }

    /// Which links are in view.
    fn look(&mut self) {
        for marks in &mut self.links {
            marks.seen = route(&self.scene, marks).is_some_and(|route| self.scene.shows(route.extent().grown(AROUND)));
        }
    }

    /// Lets the flows and the marks of the links follow the counts.
    fn watch_links(&mut self, sim: &Simulation, speed: f64, watched: f64) {
        let seconds = watched - self.last;
        let radius = self.radius();
        for (index, (marks, link)) in self.links.iter_mut().zip(&sim.topology().links).enumerate() {
            let (Some(view), Some(route)) = (sim.link(LinkId(index as u32)), route(&self.scene, marks)) else {
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

    /// Sorts all messages into what is drawn.
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

    /// Many marks of those that wait change little from frame to frame.
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

    /// Without motion: counts the messages of each lane by their shapes, and not too often.
    fn count(&mut self, sim: &Simulation, speed: f64, watched: f64) {
        let soon = watched != self.last && (0.0..STILL).contains(&(watched - self.counted));
        if soon && self.still.len() == self.links.len() {
            return;
        }
        self.counted = watched;
        self.tagged.clear();
        self.sampled.clear();
        self.still.clear();
        self.still.resize(self.links.len(), [0; 2 * Shape::ALL.len()]);
        let quick = quickest(speed);
        for message in sim.messages() {
            let lane = usize::from(message.direction == Direction::Response);
            let (index, is_quick) = (message.link.index(), message.arrives.since(message.sent) < quick);
            if (!is_quick || self.links.get(index).is_some_and(|marks| marks.sparse))
                && let Some(counts) = self.still.get_mut(index)
            {
                counts[lane * Shape::ALL.len() + Shape::of(&message) as usize] += 1;
            }
        }
    }

    /// All flows of one look in one path. Without motion, arrowheads say which way they go.
    fn draw_flows(&mut self, pen: &Pen, watched: f64, still: bool) {
        let larger = (FLOW_FROM / pen.zoom).max(1.0);
        self.flowing.clear();
        for (index, marks) in self.links.iter().enumerate().filter(|(_, marks)| marks.seen) {
            for (kind, flow) in marks.flows.iter().enumerate() {
                if (marks.quick && !marks.sparse || marks.crowds[usize::from(kind > 0)].is())
                    && let Some(spacing) = flow.spacing()
                {
                    self.flowing.push((FlowLook { kind, spacing, width: flow.width() }, index));
                }
            }
        }
        self.flowing.sort_unstable_by(|a, b| a.0.order(&b.0));
        for alike in self.flowing.chunk_by(|a, b| a.0 == b.0) {
            let Some((look, _)) = alike.first() else { continue };
            let ways = alike.iter().filter_map(|(_, index)| {
                let marks = self.links.get(*index)?;
                let route = route(&self.scene, marks)?;
                let [request, response] = marks.reach;
                Some(if look.kind == 0 { (&route.request, request) } else { (&route.response, response) })
            });
            let colour = [&pen.ink.request, &pen.ink.ok, &pen.ink.bad][look.kind];
            // Failures run between the answers, not on them.
            let shift = if look.kind == 2 { look.spacing / 2.0 + 5.0 } else { 0.0 };
            let (spacing, phase) = (look.spacing * larger, watched * PACE + shift * larger);
            if still {
                pen.arrowheads(ways, colour, look.width * larger, spacing, shift * larger, look.kind == 2);
            } else {
                pen.flow(ways, colour, look.width * larger, spacing, phase, look.kind == 2);
            }
        }
    }

    /// What has to be read is left free, and what is behind a box is not seen: of a dot at its border all is.
    fn clear_holes(&self, pen: &Pen) {
        // In a large system hardly any link stands clear of all boxes, and hundreds of holes a frame take time.
        let boxes = if self.links.len() > MANY_LINKS { &[] } else { &*self.scene.layout.boxes };
        let boxes = boxes.iter().flat_map(|placed| [Some(placed.rect), placed.ledger]).flatten();
        let inner = boxes.map(|rect| rect.grown(-7.0));
        for hole in self.scene.holes.iter().copied().chain(inner).filter(|hole| self.scene.shows(*hole)) {
            pen.c.clear_rect(hole.corner.x, hole.corner.y, hole.width, hole.height);
        }
    }

    /// Dots stay visible when the stage is small, and make room for each other when there are many.
    fn radius(&self) -> f64 {
        let zoom = self.scene.viewport.zoom;
        if self.drawn > CROWD { 4.2_f64.max(2.4 / zoom) } else { 6.0_f64.max(4.4 / zoom) }
    }

    fn draw_dots(&self, pen: &Pen) {
        let radius = self.radius() * pen.ink.scale;
        for shape in Shape::ALL {
            let places = &self.dots[shape as usize];
            if !places.is_empty() {
                pen.dots(shape, places, radius, self.drawn > MASS);
            }
        }
        pen.broken(&self.broken, radius);
        for (at, message) in &self.sampled {
            pen.sampled(Shape::of(message), *at, radius);
        }
    }

    fn draw_waits(&self, pen: &Pen, watched: f64, still: bool) {
        let mut rings: Vec<Ring> = Vec::new();
        for marks in self.links.iter().filter(|marks| marks.seen) {
            let Some(routed) = routed(&self.scene, marks) else { continue };
            rings.extend(marks.waits.rings(&routed.route, routed.stand));
            marks.ends.marks(&routed.route, routed.stand, watched).for_each(|mark| pen.end(&mark));
        }
        if still {
            // In quarters: they change, but they do not move.
            rings.iter_mut().for_each(|ring| ring.over = (ring.over * 4.0).floor() / 4.0);
        }
        if !rings.is_empty() {
            pen.rings(&rings);
        }
    }

    fn draw_tags(&self, pen: &Pen, now: Time) {
        if pen.zoom < TAGS_FROM {
            return;
        }
        for (at, message) in &self.sampled {
            pen.tag(Point::new(at.x, at.y - 4.0), &tag(message));
        }
        if self.tagged.len() >= TAGGED {
            return;
        }
        for (at, message) in &self.tagged {
            if message.carries_id || message.number > 1 {
                pen.tag(*at, &tag(message));
            }
            if let (Some(share), Some(deadline)) = (dots::budget(message, self.budget, now), message.deadline) {
                pen.budget(*at, share, &words::span(deadline.since(now)));
            }
        }
    }

    /// Without motion: how many messages of which kind are on each lane, and which way they go.
    fn draw_counts(&self, pen: &Pen) {
        for (marks, counts) in self.links.iter().zip(&self.still).filter(|(marks, _)| marks.seen) {
            let Some(route) = route(&self.scene, marks) else { continue };
            for (lane, counts) in [&route.request, &route.response].into_iter().zip(counts.chunks(Shape::ALL.len())) {
                let present = Shape::ALL.into_iter().zip(counts).filter(|(_, count)| **count > 0).take(3);
                for (i, (shape, count)) in present.enumerate() {
                    let step = 46.0 / lane.length().max(100.0);
                    let text = format!("{} {}", words::count(u64::from(*count)), arrow(lane));
                    pen.count(lane.at(0.2 + step * i as f64), shape, &text);
                }
            }
        }
    }
}

/// The business request id as it is shown, and which attempt it is; without an id only the latter.
fn tag(message: &MessageView) -> String {
    match (message.carries_id, message.number > 1) {
        (_, false) => format!("#{}", message.intent),
        (true, true) => format!("#{} ·{}", message.intent, message.number),
        (false, true) => format!("·{}", message.number),
    }
}

/// Which way a lane goes, mostly.
fn arrow(lane: &Lane) -> &'static str {
    let way = lane.direction(0.5);
    match (way.x.abs() >= way.y.abs(), way.x > 0.0, way.y > 0.0) {
        (true, true, _) => "→",
        (true, false, _) => "←",
        (false, _, true) => "↓",
        (false, _, false) => "↑",
    }
}

fn routed<'a>(scene: &'a Scene, marks: &LinkMarks) -> Option<&'a Routed> {
    scene.routed(marks.place?)
}

fn route<'a>(scene: &'a Scene, marks: &LinkMarks) -> Option<&'a Route> {
    Some(&routed(scene, marks)?.route)
}

/// Up to which share of their lanes requests and responses get: to the arrow head, to where the link is cut, or to the gap
/// of an open breaker.
fn reach(view: &LinkView, route: &Route) -> [f64; 2] {
    let length = route.middle.length().max(60.0);
    let [cut, end] = [0.46, 1.0 - 12.0 / length];
    let is_open = view.breaker.is_some_and(|(state, _)| state == State::Open);
    let gap = if is_open { 0.5 - 19.0 / length } else { end };
    [if view.drops_requests { cut } else { gap }, if view.drops_responses { cut } else { end }]
}

/// What has flowed over a link so far: requests, good answers, other answers.
fn flowing(view: &LinkView) -> [u64; 3] {
    let ended = |list: &[Outcome]| list.iter().map(|o| view.attempt_outcomes.get(*o)).sum::<u64>();
    [view.attempts.saturating_sub(ended(&NOT_SENT)), view.attempt_outcomes.successes(), ended(&ANSWERED_BADLY)]
}

/// Whether a typical message over the link is too quick to be seen.
fn is_quick(link: &Link, added: Span, speed: f64) -> bool {
    let legs = [&link.delay.request, &link.delay.response];
    let mean = |leg: &crate::chance::Distribution| {
        leg.mean().map_or(f64::INFINITY, |m| (m + link.overhead + added).as_secs_f64())
    };
    legs.into_iter().map(mean).fold(0.0, f64::max) < TOO_QUICK * speed
}
