//! The layer of moving things: a canvas over the boxes, drawn once a frame and outside of Yew.
//!
//! Dots are drawn by shape and colour, one path each: in a browser without a GPU that is ten times as quick as moving
//! elements of SVG (`tests/bench-draw` measures it). Where and what the dots are is the business of [`crate::scene::dots`].

use super::ink::Ink;
use crate::outcome::Outcome;
use crate::scenario::topology::{Link, LinkId, Topology};
use crate::scene::dots::{self, Dot, Ring, STAR, Shape, Waits};
use crate::scene::flow::{Flow, TOO_QUICK};
use crate::scene::geometry::Point;
use crate::scene::layout::Layout;
use crate::scene::route::{Lane, Route};
use crate::scene::viewport::Viewport;
use crate::scene::words;
use crate::sim::Simulation;
use crate::sim::view::{Direction, MessageView, WaitKind};
use crate::time::Span;
use crate::ui::driver::Paint;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::f64::consts::{FRAC_PI_2, PI, TAU};
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

/// What is shown where: everything that the painter cannot read from the simulation.
#[derive(Clone, PartialEq)]
pub struct Scene {
    /// The links, by their ids.
    pub layout: Rc<Layout>,
    /// The ids of the links, in the order of the layout.
    pub links: Rc<[String]>,
    /// The part of the world that is shown.
    pub viewport: Viewport,
    /// The size of the stage in pixels of the page.
    pub size: (f64, f64),
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
    /// The routes by the numbers that the run gives its links; made anew when either side changes.
    routes: Vec<Option<usize>>,
    of: Option<Arc<Topology>>,
    flows: Vec<LinkFlow>,
    last: f64,
    dots: [Vec<Point>; Shape::ALL.len()],
    broken: Vec<Dot>,
    tagged: Vec<(Point, MessageView)>,
    waits: Vec<Waits>,
    counts: Vec<[u32; 2]>,
}

/// The flows over one link.
#[derive(Clone, Copy, Default)]
struct LinkFlow {
    /// Requests, good answers, other answers.
    of: [Flow; 3],
    /// Whether requests do not get through.
    cut: bool,
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
            routes: Vec::new(),
            of: None,
            flows: Vec::new(),
            last: 0.0,
            dots: Default::default(),
            broken: Vec::new(),
            tagged: Vec::new(),
            waits: Vec::new(),
            counts: Vec::new(),
        };
        Some(Painter { canvas, context, still, inner: RefCell::new(inner) })
    }

    /// From now on this is shown.
    pub fn set_scene(&self, scene: Scene) {
        let mut inner = self.inner.borrow_mut();
        inner.of = None;
        inner.scene = scene;
    }

    /// The theme has changed: the colours are read again with the next frame, when the page has taken it on.
    pub fn forget_ink(&self) {
        self.inner.borrow_mut().ink = None;
    }

    fn is_still(&self) -> bool {
        self.still.as_ref().is_some_and(|query| query.matches())
    }
}

impl Paint for Painter {
    fn paint(&self, sim: &Simulation, speed: f64, watched: f64) {
        let inner = &mut *self.inner.borrow_mut();
        inner.follow(sim.topology());
        let still = self.is_still();
        inner.gather(sim, speed, still);
        inner.flow(sim, speed, watched);
        self.clear(&inner.scene);
        let ink = inner.ink.take().unwrap_or_else(|| Ink::of(&self.canvas));
        let pen = Pen { c: &self.context, ink: &ink, zoom: inner.scene.viewport.zoom, size: Cell::new(0.0) };
        if still {
            inner.draw_counts(&pen);
        } else {
            inner.draw_flows(&pen, watched);
            inner.draw_dots(&pen);
        }
        inner.draw_waits(&pen);
        inner.draw_tags(&pen, sim, still);
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
        let known: BTreeMap<&str, usize> =
            self.scene.links.iter().enumerate().map(|(i, id)| (id.as_str(), i)).collect();
        self.routes = topology.links.iter().map(|l| known.get(l.id.as_str()).copied()).collect();
        if self.flows.len() != topology.links.len() {
            self.flows = vec![LinkFlow::default(); topology.links.len()];
        }
        self.of = Some(topology.clone());
    }

    /// Sorts all messages and waits into what is drawn.
    fn gather(&mut self, sim: &Simulation, speed: f64, still: bool) {
        let now = sim.now();
        self.dots.iter_mut().for_each(Vec::clear);
        self.broken.clear();
        self.tagged.clear();
        self.waits.clear();
        self.waits.resize(self.routes.len(), Waits::default());
        self.counts.clear();
        self.counts.resize(self.routes.len(), [0; 2]);
        let quick = TOO_QUICK * speed;
        for message in sim.messages() {
            let link = message.link.index();
            let Some(route) = route(&self.scene, &self.routes, link) else { continue };
            if still {
                if let Some(count) = self.counts.get_mut(link) {
                    count[usize::from(message.direction == Direction::Response)] += 1;
                }
                continue;
            }
            if message.arrives.since(message.sent).as_secs_f64() < quick {
                continue;
            }
            let dot = dots::dot(&message, route, now);
            if self.tagged.len() <= TAGGED && dot.broken.is_none() {
                self.tagged.push((dot.at, message));
            }
            match dot.broken {
                Some(_) => self.broken.push(dot),
                None => self.dots[dot.shape as usize].push(dot.at),
            }
        }
        for wait in sim.waits() {
            if wait.until.since(wait.from).as_secs_f64() >= quick
                && let Some(waits) = self.waits.get_mut(wait.link.index())
            {
                waits.add(&wait, now);
            }
        }
    }

    /// Lets the flows follow the counts.
    fn flow(&mut self, sim: &Simulation, speed: f64, watched: f64) {
        let seconds = watched - self.last;
        self.last = watched;
        let topology = sim.topology();
        for (index, (flow, link)) in self.flows.iter_mut().zip(&topology.links).enumerate() {
            let view = sim.link(LinkId(index as u32)).filter(|view| is_quick(link, view.added_delay, speed));
            let Some(view) = view else {
                *flow = LinkFlow::default();
                continue;
            };
            let ended = |list: &[Outcome]| list.iter().map(|o| view.attempt_outcomes.get(*o)).sum::<u64>();
            let sent = view.attempts.saturating_sub(ended(&NOT_SENT));
            for (kind, count) in
                flow.of.iter_mut().zip([sent, view.attempt_outcomes.successes(), ended(&ANSWERED_BADLY)])
            {
                kind.update(count, seconds);
            }
            flow.cut = view.drops_requests;
        }
    }

    fn draw_flows(&self, pen: &Pen, watched: f64) {
        let phase = watched * crate::scene::flow::PACE;
        for (index, flow) in self.flows.iter().enumerate() {
            let Some(route) = route(&self.scene, &self.routes, index) else { continue };
            let lanes = [&route.request, &route.response, &route.response];
            let colours = [&pen.ink.request, &pen.ink.ok, &pen.ink.bad];
            for (i, (kind, (lane, colour))) in flow.of.iter().zip(lanes.into_iter().zip(colours)).enumerate() {
                if let Some(spacing) = kind.spacing() {
                    // Failures run between the answers, not on them.
                    let shift = if i == 2 { spacing / 2.0 + 5.0 } else { 0.0 };
                    let end = if i == 0 && flow.cut { 0.46 } else { 1.0 };
                    pen.flow(lane, end, colour, spacing, phase + shift);
                }
            }
        }
    }

    fn draw_dots(&self, pen: &Pen) {
        let all: usize = self.dots.iter().map(Vec::len).sum();
        // Dots stay visible when the stage is small, and make room for each other when there are many.
        let radius = if all > CROWD { 4.2_f64.max(2.4 / pen.zoom) } else { 6.0_f64.max(4.4 / pen.zoom) };
        for shape in Shape::ALL {
            let places = &self.dots[shape as usize];
            if !places.is_empty() {
                pen.dots(shape, places, radius, all > MASS);
            }
        }
        pen.broken(&self.broken, radius);
    }

    fn draw_waits(&self, pen: &Pen) {
        let rings = self
            .waits
            .iter()
            .enumerate()
            .filter_map(|(index, waits)| route(&self.scene, &self.routes, index).map(|route| waits.rings(route)));
        let rings: Vec<Ring> = rings.flatten().collect();
        if !rings.is_empty() {
            pen.rings(&rings);
        }
    }

    fn draw_tags(&self, pen: &Pen, sim: &Simulation, still: bool) {
        if still || self.tagged.len() >= TAGGED || pen.zoom < 0.45 {
            return;
        }
        for (at, message) in &self.tagged {
            let number = if message.number > 1 { format!(" ·{}", message.number) } else { String::new() };
            match (message.carries_id, message.number > 1) {
                (true, _) => pen.tag(*at, &format!("#{}{number}", message.intent)),
                (false, true) => pen.tag(*at, &number),
                (false, false) => {}
            }
            if let (Some(deadline), Direction::Request) = (message.deadline, message.direction) {
                pen.budget(*at, &words::span(deadline.since(sim.now())));
            }
        }
    }

    /// Without motion: how many messages are on each lane.
    fn draw_counts(&self, pen: &Pen) {
        for (index, [requests, responses]) in self.counts.iter().enumerate() {
            let Some(route) = route(&self.scene, &self.routes, index) else { continue };
            for (count, lane, colour, share) in
                [(*requests, &route.request, &pen.ink.request, 0.36), (*responses, &route.response, &pen.ink.ok, 0.36)]
            {
                if count > 0 {
                    pen.count(lane.at(share), count, colour);
                }
            }
        }
    }
}

fn route<'a>(scene: &'a Scene, routes: &[Option<usize>], link: usize) -> Option<&'a Route> {
    let index = (*routes.get(link)?)?;
    Some(&scene.layout.links.get(index)?.as_ref()?.route)
}

/// Whether a typical message over the link is too quick to be seen.
fn is_quick(link: &Link, added: Span, speed: f64) -> bool {
    let legs = [&link.delay.request, &link.delay.response];
    let mean = |leg: &crate::chance::Distribution| {
        leg.mean().map_or(f64::INFINITY, |m| (m + link.overhead + added).as_secs_f64())
    };
    legs.into_iter().map(mean).fold(0.0, f64::max) < TOO_QUICK * speed
}

/// Puts marks onto the canvas. Results of canvas calls are dropped: a mark that a browser will not draw is left out.
struct Pen<'a> {
    c: &'a Context,
    ink: &'a Ink,
    zoom: f64,
    /// The size of the font that is set; 0: none.
    size: Cell<f64>,
}

impl Pen<'_> {
    fn dots(&self, shape: Shape, places: &[Point], r: f64, plain: bool) {
        let ink = self.ink;
        match shape {
            Shape::Request if plain => self.squares(places, r, &ink.request),
            Shape::Request => self.discs(places, r, &ink.request),
            Shape::Answer if plain => self.squares(places, r, &ink.ok),
            Shape::Answer => self.discs(places, r, &ink.ok),
            Shape::Degraded if plain => self.squares(places, r, &ink.warn),
            Shape::Degraded => self.half_discs(places, r),
            Shape::Failure if plain => self.squares(places, r * 1.2, &ink.bad),
            Shape::Failure => self.stars(places, r * 1.3),
            Shape::Wasted if plain => self.squares(places, r, &ink.faint),
            Shape::Wasted => self.hatched(places, r),
            Shape::Cancel => self.diamonds(places, r, &ink.soft),
            Shape::Ask => self.diamonds(places, r, &ink.request),
            Shape::Compensate => self.diamonds(places, r, &ink.purple),
        }
    }

    fn circles(&self, places: &[Point], r: f64) {
        self.c.begin_path();
        self.add_circles(places, r);
    }

    fn add_circles(&self, places: &[Point], r: f64) {
        for p in places {
            self.c.move_to(p.x + r, p.y);
            let _ = self.c.arc(p.x, p.y, r, 0.0, TAU);
        }
    }

    fn discs(&self, places: &[Point], r: f64, colour: &str) {
        self.c.set_fill_style_str(colour);
        self.circles(places, r);
        self.c.fill();
    }

    fn squares(&self, places: &[Point], r: f64, colour: &str) {
        self.c.set_fill_style_str(colour);
        for p in places {
            self.c.fill_rect(p.x - r * 0.8, p.y - r * 0.8, r * 1.6, r * 1.6);
        }
    }

    fn half_discs(&self, places: &[Point], r: f64) {
        self.discs(places, r, &self.ink.panel);
        self.c.set_stroke_style_str(&self.ink.warn);
        self.c.set_line_width(1.8);
        self.circles(places, r - 0.9);
        self.c.stroke();
        self.c.set_fill_style_str(&self.ink.warn);
        self.c.begin_path();
        for p in places {
            self.c.move_to(p.x, p.y - r);
            let _ = self.c.arc(p.x, p.y, r, -FRAC_PI_2, FRAC_PI_2);
        }
        self.c.fill();
    }

    fn stars(&self, places: &[Point], r: f64) {
        self.c.set_fill_style_str(&self.ink.bad);
        self.c.begin_path();
        for p in places {
            for (i, (x, y)) in STAR.iter().enumerate() {
                let (x, y) = (p.x + x * r, p.y + y * r);
                if i == 0 { self.c.move_to(x, y) } else { self.c.line_to(x, y) }
            }
        }
        self.c.fill();
    }

    fn hatched(&self, places: &[Point], r: f64) {
        self.discs(places, r, &self.ink.panel);
        self.c.set_stroke_style_str(&self.ink.faint);
        self.c.set_line_width(1.3);
        self.circles(places, r - 0.6);
        let (a, b) = (r * 0.62, r * 0.9);
        for p in places {
            for shift in [-0.45, 0.45] {
                let (s, cut) = (shift * r, if shift == 0.0 { b } else { a });
                self.c.move_to(p.x - cut * 0.7 + s, p.y + cut * 0.7 + s);
                self.c.line_to(p.x + cut * 0.7 + s, p.y - cut * 0.7 + s);
            }
        }
        self.c.stroke();
    }

    fn diamonds(&self, places: &[Point], r: f64, colour: &str) {
        self.c.set_fill_style_str(colour);
        self.c.begin_path();
        for p in places {
            self.c.move_to(p.x, p.y - r);
            self.c.line_to(p.x + r, p.y);
            self.c.line_to(p.x, p.y + r);
            self.c.line_to(p.x - r, p.y);
        }
        self.c.fill();
    }

    /// Two halves that part and fade.
    fn broken(&self, dots: &[Dot], r: f64) {
        self.c.set_fill_style_str(&self.ink.bad);
        // In five steps of fading, one path each.
        for step in 0..5 {
            let of_step = |far: f64| (far * 4.999) as usize == step;
            let mut any = false;
            for dot in dots {
                let Some((far, along)) = dot.broken.filter(|(far, _)| of_step(*far)) else { continue };
                if !any {
                    self.c.begin_path();
                    any = true;
                }
                let (gap, turn) = (1.0 + 5.0 * far, libm::atan2(along.y, along.x));
                let tilt = 0.25 + 0.5 * far;
                for (side, lean) in [(-1.0, -tilt), (1.0, tilt)] {
                    let p = dot.at + along * (side * gap) + along.left() * (-2.0 * far);
                    let from = turn + lean + if side > 0.0 { -FRAC_PI_2 } else { FRAC_PI_2 };
                    self.c.move_to(p.x + r * libm::cos(from), p.y + r * libm::sin(from));
                    let _ = self.c.arc(p.x, p.y, r, from, from + PI);
                }
            }
            if any {
                self.c.set_global_alpha(1.0 - step as f64 / 5.0);
                self.c.fill();
            }
        }
        self.c.set_global_alpha(1.0);
    }

    /// Round dashes that wander along the lane.
    fn flow(&self, lane: &Lane, end: f64, colour: &str, spacing: f64, phase: f64) {
        let dash = js_sys::Array::of2(&0.01.into(), &spacing.into());
        let _ = self.c.set_line_dash(&dash);
        self.c.set_line_dash_offset(-(phase % spacing));
        self.c.set_line_cap("round");
        self.c.set_line_width(6.0);
        self.c.set_stroke_style_str(colour);
        self.c.begin_path();
        for (i, p) in lane.up_to(end).enumerate() {
            if i == 0 { self.c.move_to(p.x, p.y) } else { self.c.line_to(p.x, p.y) }
        }
        self.c.stroke();
        let _ = self.c.set_line_dash(&js_sys::Array::new());
        self.c.set_line_cap("butt");
    }

    /// A timeout drains, a backoff fills, a permit is waited for in a square.
    fn rings(&self, rings: &[Ring]) {
        let (c, ink, top) = (self.c, self.ink, -FRAC_PI_2);
        let of = |kind: WaitKind| rings.iter().filter(move |r| r.kind == kind);
        let all: Vec<Point> = rings.iter().map(|r| r.at).collect();
        self.discs(&all, 9.5, &ink.panel);
        let timeouts: Vec<Point> = of(WaitKind::Timeout).map(|r| r.at).collect();
        self.stroke(&ink.line, 3.2, || self.add_circles(&timeouts, 7.5));
        for (colour, late) in [(&ink.warn, false), (&ink.bad, true)] {
            self.stroke(colour, 3.2, || {
                for ring in of(WaitKind::Timeout).filter(|r| (r.over > 0.75) == late) {
                    let (p, from) = (ring.at, top + TAU * ring.over);
                    c.move_to(p.x + 7.5 * libm::cos(from), p.y + 7.5 * libm::sin(from));
                    let _ = c.arc(p.x, p.y, 7.5, from, top + TAU);
                }
            });
        }
        self.stroke(&ink.soft, 1.4, || {
            for p in of(WaitKind::Backoff).map(|r| r.at) {
                c.move_to(p.x + 8.0, p.y);
                let _ = c.arc(p.x, p.y, 8.0, 0.0, TAU);
            }
            of(WaitKind::Permit).for_each(|r| c.rect(r.at.x - 6.0, r.at.y - 6.0, 12.0, 12.0));
        });
        c.set_fill_style_str(&ink.soft);
        c.begin_path();
        for ring in of(WaitKind::Backoff) {
            c.move_to(ring.at.x, ring.at.y);
            let _ = c.arc(ring.at.x, ring.at.y, 6.0, top, top + TAU * ring.over);
        }
        of(WaitKind::Permit).for_each(|r| c.rect(r.at.x - 4.0, r.at.y + 4.0 - 8.0 * r.over, 8.0, 8.0 * r.over));
        c.fill();
        // Small numbers that change all the time are read by nobody when the stage is small.
        if self.zoom >= 0.4 {
            for ring in rings.iter().filter(|r| r.count > 1) {
                let at = Point::new(ring.at.x, ring.at.y - 15.0);
                self.text(at, &format!("×{}", words::count(u64::from(ring.count))), &ink.soft, 10.5);
            }
        }
    }

    fn stroke(&self, colour: &str, width: f64, add: impl FnOnce()) {
        self.c.set_stroke_style_str(colour);
        self.c.set_line_width(width);
        self.c.begin_path();
        add();
        self.c.stroke();
    }

    fn text(&self, at: Point, text: &str, colour: &str, size: f64) {
        // Setting a font is dear, even the same one.
        if self.size.replace(size) != size {
            self.c.set_font(&format!("600 {size}px {}", self.ink.font));
            self.c.set_text_align("center");
            self.c.set_text_baseline("middle");
        }
        self.c.set_fill_style_str(colour);
        let _ = self.c.fill_text(text, at.x, at.y);
    }

    /// A small label over a dot.
    fn tag(&self, at: Point, text: &str) {
        let wide = 6.3 * text.chars().count() as f64 + 9.0;
        self.plate(Point::new(at.x, at.y - 17.0), wide, 15.0, &self.ink.line);
        self.text(Point::new(at.x, at.y - 16.5), text, &self.ink.ink, 10.5);
    }

    /// What is left of the time of a request, under its dot.
    fn budget(&self, at: Point, text: &str) {
        self.text(Point::new(at.x, at.y + 14.0), text, &self.ink.soft, 9.5);
    }

    fn count(&self, at: Point, count: u32, colour: &str) {
        let text = words::count(u64::from(count));
        self.plate(at, 7.0 * text.len() as f64 + 10.0, 15.0, colour);
        self.text(Point::new(at.x, at.y + 0.5), &text, &self.ink.ink, 10.5);
    }

    fn plate(&self, centre: Point, wide: f64, high: f64, border: &str) {
        let c = self.c;
        c.set_fill_style_str(&self.ink.panel);
        c.set_stroke_style_str(border);
        c.set_line_width(1.0);
        c.begin_path();
        let (x, y, r) = (centre.x - wide / 2.0, centre.y - high / 2.0, 4.0);
        c.move_to(x + r, y);
        let _ = c.arc_to(x + wide, y, x + wide, y + high, r);
        let _ = c.arc_to(x + wide, y + high, x, y + high, r);
        let _ = c.arc_to(x, y + high, x, y, r);
        let _ = c.arc_to(x, y, x + wide, y, r);
        c.close_path();
        c.fill();
        c.stroke();
    }
}
