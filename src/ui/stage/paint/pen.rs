//! Draws marks on the canvas. All marks of a shape and colour are one path, which is ten times as quick as a path per mark.
//!
//! The pen knows how marks look. It does not know what they mean.

use super::ink::Ink;
use crate::outcome::Outcome;
use crate::scene::stage::dots::{Dot, STAR, Shape};
use crate::scene::stage::ends::EndMark;
use crate::scene::stage::geometry::Point;
use crate::scene::stage::route::Lane;
use crate::scene::stage::waits::Ring;
use crate::sim::view::WaitKind;
use crate::text;
use std::cell::Cell;
use std::f64::consts::{FRAC_PI_2, PI, TAU};
use web_sys::CanvasRenderingContext2d as Context;

/// Draws on one canvas with one ink. It ignores failures of the canvas: a mark that a browser cannot draw is missing.
pub struct Pen<'a> {
    /// The canvas.
    pub c: &'a Context,
    /// The colours.
    pub ink: &'a Ink,
    /// Pixels per world unit.
    pub zoom: f64,
    /// The size of the present font; 0 before the first one is set.
    pub size: Cell<f64>,
}

impl Pen<'_> {
    /// Draws all dots of a shape. `plain` dots are squares: twice as quick, and too small to look different from discs.
    pub fn dots(&self, shape: Shape, places: &[Point], r: f64, plain: bool) {
        let ink = self.ink;
        match shape {
            Shape::Request if plain => self.squares(places, r, &ink.request),
            Shape::Request => self.discs(places, r, &ink.request),
            Shape::Answer if plain => self.squares(places, r, &ink.ok),
            Shape::Answer => self.discs(places, r, &ink.ok),
            Shape::Degraded if plain => self.squares(places, r, &ink.warn),
            Shape::Degraded => self.half_discs(places, r),
            Shape::Wasted if plain => self.squares(places, r, &ink.faint),
            Shape::Wasted => self.hatched(places, r),
            Shape::Failure | Shape::Refused if plain => self.squares(places, r * 1.2, &ink.bad),
            Shape::Failure => self.stars(places, r * 1.3, &ink.bad),
            Shape::Refused => self.outlined_stars(places, r * 1.3, &ink.bad),
            Shape::Limited | Shape::Conflict if plain => self.squares(places, r * 1.2, &ink.warn),
            Shape::Limited => self.stars(places, r * 1.3, &ink.warn),
            Shape::Conflict => self.outlined_stars(places, r * 1.3, &ink.warn),
            Shape::Late => self.hourglasses(places, r, &ink.warn),
            Shape::Cancel => self.crosses(places, r * 0.7, &ink.soft),
            Shape::Ask => self.questions(places, r),
            Shape::Compensate => self.rewinds(places, r, &ink.purple),
        }
    }

    /// Draws a dot that stands out from the others.
    pub fn sampled(&self, shape: Shape, at: Point, r: f64) {
        self.discs(&[at], r * 1.75, &self.ink.ink);
        self.discs(&[at], r * 1.5, &self.ink.panel);
        self.dots(shape, &[at], r * 1.15, false);
    }

    fn circles(&self, places: &[Point], r: f64) {
        for p in places {
            self.c.move_to(p.x + r, p.y);
            let _ = self.c.arc(p.x, p.y, r, 0.0, TAU);
        }
    }

    fn discs(&self, places: &[Point], r: f64, colour: &str) {
        self.fill(colour, || self.circles(places, r));
    }

    fn squares(&self, places: &[Point], r: f64, colour: &str) {
        self.c.set_fill_style_str(colour);
        for p in places {
            self.c.fill_rect(p.x - r * 0.8, p.y - r * 0.8, r * 1.6, r * 1.6);
        }
    }

    fn half_discs(&self, places: &[Point], r: f64) {
        self.discs(places, r, &self.ink.panel);
        self.stroke(&self.ink.warn, 1.8, || self.circles(places, r - 0.9));
        self.fill(&self.ink.warn, || {
            for p in places {
                self.c.move_to(p.x, p.y - r);
                let _ = self.c.arc(p.x, p.y, r, -FRAC_PI_2, FRAC_PI_2);
            }
        });
    }

    fn add_stars(&self, places: &[Point], r: f64) {
        for p in places {
            for (i, (x, y)) in STAR.iter().enumerate() {
                self.line_or_move(i == 0, Point::new(p.x + x * r, p.y + y * r));
            }
            self.c.close_path();
        }
    }

    fn stars(&self, places: &[Point], r: f64, colour: &str) {
        self.fill(colour, || self.add_stars(places, r));
    }

    fn outlined_stars(&self, places: &[Point], r: f64, colour: &str) {
        self.stars(places, r, &self.ink.panel);
        self.stroke(colour, 1.7, || self.add_stars(places, r));
    }

    fn hatched(&self, places: &[Point], r: f64) {
        self.discs(places, r, &self.ink.panel);
        self.stroke(&self.ink.faint, 1.3, || {
            self.circles(places, r - 0.6);
            let cut = r * 0.43;
            for p in places {
                for s in [-0.45 * r, 0.45 * r] {
                    self.c.move_to(p.x - cut + s, p.y + cut + s);
                    self.c.line_to(p.x + cut + s, p.y - cut + s);
                }
            }
        });
    }

    fn crosses(&self, places: &[Point], r: f64, colour: &str) {
        self.stroke(colour, 2.2, || {
            for p in places {
                self.c.move_to(p.x - r, p.y - r);
                self.c.line_to(p.x + r, p.y + r);
                self.c.move_to(p.x - r, p.y + r);
                self.c.line_to(p.x + r, p.y - r);
            }
        });
    }

    fn hourglasses(&self, places: &[Point], r: f64, colour: &str) {
        self.polygons(places, r, colour, &[(-0.8, -1.0), (0.8, -1.0), (-0.8, 1.0), (0.8, 1.0)]);
    }

    fn rewinds(&self, places: &[Point], r: f64, colour: &str) {
        self.polygons(places, r, colour, &[(-1.2, 0.0), (0.0, -0.9), (0.0, 0.9)]);
        self.polygons(places, r, colour, &[(0.0, 0.0), (1.2, -0.9), (1.2, 0.9)]);
    }

    fn polygons(&self, places: &[Point], r: f64, colour: &str, corners: &[(f64, f64)]) {
        self.fill(colour, || {
            for p in places {
                for (i, (x, y)) in corners.iter().enumerate() {
                    self.line_or_move(i == 0, Point::new(p.x + x * r, p.y + y * r));
                }
                self.c.close_path();
            }
        });
    }

    fn questions(&self, places: &[Point], r: f64) {
        self.discs(places, r * 1.2, &self.ink.panel);
        self.stroke(&self.ink.request, 1.6, || self.circles(places, r * 1.2));
        for p in places {
            self.text(*p, "?", &self.ink.request, r * 1.8);
        }
    }

    /// Draws broken dots: two halves that part and fade.
    pub fn broken(&self, dots: &[Dot], r: f64) {
        // In five steps of fading, one path each.
        for step in 0..5 {
            let of_step = |dot: &&Dot| dot.broken.is_some_and(|(far, _)| (far * 4.999) as usize == step);
            if !dots.iter().any(|dot| of_step(&dot)) {
                continue;
            }
            self.c.set_global_alpha(1.0 - step as f64 / 5.0);
            self.fill(&self.ink.bad, || dots.iter().filter(of_step).for_each(|dot| self.add_halves(dot, r)));
        }
        self.c.set_global_alpha(1.0);
    }

    fn add_halves(&self, dot: &Dot, r: f64) {
        let Some((far, along)) = dot.broken else { return };
        let (gap, turn) = (1.0 + 5.0 * far, libm::atan2(along.y, along.x));
        let tilt = 0.25 + 0.5 * far;
        for (side, lean) in [(-1.0, -tilt), (1.0, tilt)] {
            let p = dot.at + along * (side * gap) + along.left() * (-2.0 * far);
            let from = turn + lean + if side > 0.0 { -FRAC_PI_2 } else { FRAC_PI_2 };
            self.c.move_to(p.x + r * libm::cos(from), p.y + r * libm::sin(from));
            let _ = self.c.arc(p.x, p.y, r, from, from + PI);
        }
    }

    /// Draws points that wander along lanes, up to a share of each. Failures are dashes (`square`).
    pub fn flow<'a>(
        &self,
        lanes: impl Iterator<Item = (&'a Lane, f64)>,
        colour: &str,
        width: f64,
        spacing: f64,
        phase: f64,
        square: bool,
    ) {
        let dash = if square { 5.0 * width } else { 0.01 };
        let _ = self.c.set_line_dash(&js_sys::Array::of2(&dash.into(), &(spacing - dash).into()));
        self.c.set_line_dash_offset(-(phase % spacing));
        self.c.set_line_cap(if square { "butt" } else { "round" });
        self.stroke(colour, 6.0 * width, || {
            for (lane, end) in lanes {
                lane.up_to(end).enumerate().for_each(|(i, p)| self.line_or_move(i == 0, p));
            }
        });
        let _ = self.c.set_line_dash(&js_sys::Array::new());
        self.c.set_line_cap("butt");
    }

    /// Without motion: draws arrowheads along lanes, up to a share of each. Those of failures are filled (`full`).
    pub fn arrowheads<'a>(
        &self,
        lanes: impl Iterator<Item = (&'a Lane, f64)>,
        colour: &str,
        width: f64,
        spacing: f64,
        from: f64,
        full: bool,
    ) {
        let spacing = spacing.max(15.0 * width);
        let add = || {
            for (lane, end) in lanes {
                let length = lane.length().max(1.0);
                let mut far = from + 8.0;
                while far < end * length {
                    let (tip, along) = (lane.at(far / length), lane.direction(far / length));
                    let (back, side) = (tip - along * (6.0 * width), along.left() * (4.5 * width));
                    self.c.move_to(back.x + side.x, back.y + side.y);
                    self.c.line_to(tip.x, tip.y);
                    self.c.line_to(back.x - side.x, back.y - side.y);
                    far += spacing;
                }
            }
        };
        if full { self.fill(colour, add) } else { self.stroke(colour, 2.4 * width, add) }
    }

    /// Draws waiting calls: a timeout is a ring that empties, a backoff a disc that fills, a permit a square that fills.
    pub fn rings(&self, rings: &[Ring]) {
        let (c, ink, top) = (self.c, self.ink, -FRAC_PI_2);
        let of = |kind: WaitKind| rings.iter().filter(move |r| r.kind == kind);
        let all: Vec<Point> = rings.iter().map(|r| r.at).collect();
        self.discs(&all, 9.5, &ink.panel);
        self.stroke(&ink.line, 3.2, || of(WaitKind::Timeout).for_each(|ring| self.circles(&[ring.at], 7.5)));
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
            of(WaitKind::Backoff).for_each(|ring| self.circles(&[ring.at], 8.0));
            of(WaitKind::Permit).for_each(|r| c.rect(r.at.x - 6.0, r.at.y - 6.0, 12.0, 12.0));
        });
        self.fill(&ink.soft, || {
            for ring in of(WaitKind::Backoff) {
                c.move_to(ring.at.x, ring.at.y);
                let _ = c.arc(ring.at.x, ring.at.y, 6.0, top, top + TAU * ring.over);
            }
            of(WaitKind::Permit).for_each(|r| c.rect(r.at.x - 4.0, r.at.y + 4.0 - 8.0 * r.over, 8.0, 8.0 * r.over));
        });
        // On a small stage nobody can read small numbers that change all the time.
        if self.zoom >= 0.4 {
            for ring in rings.iter().filter(|r| r.count > 1) {
                let count = format!("×{}", text::count(u64::from(ring.count)));
                let far = 13.0 + 3.2 * ink.scale * count.chars().count() as f64;
                self.text(Point::new(ring.at.x + ring.aside * far, ring.at.y), &count, &ink.soft, 10.5);
            }
        }
    }

    /// Draws the end of a call at its caller, rising and fading.
    pub fn end(&self, mark: &EndMark) {
        let (ink, at, r) = (self.ink, &[mark.at], 6.5);
        self.c.set_global_alpha((3.0 * (1.0 - mark.age)).min(1.0));
        self.discs(at, r + 2.5, &ink.panel);
        let bar = |x: f64, y: f64| {
            self.c.move_to(mark.at.x - x, mark.at.y - y);
            self.c.line_to(mark.at.x + x, mark.at.y + y);
        };
        match mark.outcome {
            Outcome::Timeout => self.stroke(&ink.bad, 2.2, || {
                self.circles(at, r);
                bar(r * 0.7, -r * 0.7);
            }),
            Outcome::DeadlineExceeded => self.hourglasses(at, r, &ink.warn),
            Outcome::BulkheadFull => self.stroke(&ink.warn, 2.0, || {
                self.c.rect(mark.at.x - r, mark.at.y - r, 2.0 * r, 2.0 * r);
                bar(r * 0.6, r * 0.6);
                bar(r * 0.6, -r * 0.6);
            }),
            Outcome::BreakerOpen => {
                self.discs(at, r, &ink.warn);
                self.stroke(&ink.panel, 2.4, || bar(r * 0.6, 0.0));
            }
            _ => self.crosses(at, r * 0.6, &ink.soft),
        }
        self.c.set_global_alpha(1.0);
    }

    fn line_or_move(&self, first: bool, p: Point) {
        if first { self.c.move_to(p.x, p.y) } else { self.c.line_to(p.x, p.y) }
    }

    fn stroke(&self, colour: &str, width: f64, add: impl FnOnce()) {
        self.c.set_stroke_style_str(colour);
        self.c.set_line_width(width);
        self.c.begin_path();
        add();
        self.c.stroke();
    }

    fn fill(&self, colour: &str, add: impl FnOnce()) {
        self.c.set_fill_style_str(colour);
        self.c.begin_path();
        add();
        self.c.fill();
    }

    /// Draws text around its middle.
    fn text(&self, at: Point, text: &str, colour: &str, size: f64) {
        // Setting a font takes long, even if it stays the same.
        if self.size.replace(size) != size {
            self.c.set_font(&format!("600 {}px {}", size * self.ink.scale, self.ink.font));
            self.c.set_text_align("center");
            self.c.set_text_baseline("middle");
        }
        self.c.set_fill_style_str(colour);
        let _ = self.c.fill_text(text, at.x, at.y + 0.5);
    }

    /// Draws a small label over a dot.
    pub fn tag(&self, at: Point, text: &str) {
        let at = Point::new(at.x, at.y - 17.0);
        self.plate(at, 6.3 * text.chars().count() as f64 + 9.0);
        self.text(at, text, &self.ink.ink, 10.5);
    }

    /// Draws the time that a request has left below its dot: its share, 0 to 1, as a bar, and a text.
    pub fn budget(&self, at: Point, share: f64, left: &str) {
        let (ink, wide, high) = (self.ink, 24.0 * self.ink.scale, 4.0 * self.ink.scale);
        let (x, y) = (at.x - wide / 2.0, at.y + 8.0);
        self.c.set_fill_style_str(&ink.line);
        self.c.fill_rect(x, y, wide, high);
        self.c.set_fill_style_str(if share < 0.15 { &ink.bad } else { &ink.ink });
        self.c.fill_rect(x, y, wide * share, high);
        self.text(Point::new(at.x, y + 10.0 * ink.scale), left, &ink.soft, 9.5);
    }

    /// Without motion: draws a shape with a text, the number and direction of such messages.
    pub fn count(&self, at: Point, shape: Shape, text: &str) {
        let wide = 6.3 * text.chars().count() as f64;
        self.plate(at, wide + 24.0);
        self.dots(shape, &[Point::new(at.x - (wide / 2.0 + 1.0) * self.ink.scale, at.y)], 4.5 * self.ink.scale, false);
        self.text(Point::new(at.x + 7.0 * self.ink.scale, at.y), text, &self.ink.ink, 10.5);
    }

    /// Draws the ground of a label.
    fn plate(&self, centre: Point, wide: f64) {
        let c = self.c;
        let (wide, high) = (wide * self.ink.scale, 15.0 * self.ink.scale);
        c.set_stroke_style_str(&self.ink.line);
        c.set_line_width(1.0);
        self.fill(&self.ink.panel, || {
            let (x, y, r) = (centre.x - wide / 2.0, centre.y - high / 2.0, 4.0);
            c.move_to(x + r, y);
            let _ = c.arc_to(x + wide, y, x + wide, y + high, r);
            let _ = c.arc_to(x + wide, y + high, x, y + high, r);
            let _ = c.arc_to(x, y + high, x, y, r);
            let _ = c.arc_to(x, y, x + wide, y, r);
            c.close_path();
        });
        c.stroke();
    }
}
