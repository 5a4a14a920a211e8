//! Draws a frame with a pen, one layer after the other.

use super::frame::{Frame, LinkMarks, TAGGED};
use super::pen::Pen;
use crate::scene::stage::dots::{self, Shape};
use crate::scene::stage::flow::PACE;
use crate::scene::stage::geometry::Point;
use crate::scene::stage::holes::MANY_LINKS;
use crate::scene::stage::route::Lane;
use crate::scene::stage::waits::Ring;
use crate::sim::view::MessageView;
use crate::text;
use crate::time::Time;
use std::cmp::Ordering;

/// With more dots than this, all are plain squares: twice as quick, and too small to look different from discs.
const MASS: usize = 3_000;
/// Below this zoom, the points of a flow grow in the world, so that they stay distinct on the screen.
const FLOW_FROM: f64 = 0.45;
/// Below this zoom there are no tags, because they could not be read.
const TAGS_FROM: f64 = 0.45;

/// Draws a frame.
pub fn draw(frame: &Frame, pen: &Pen, now: Time) {
    draw_flows(frame, pen);
    if !frame.is_still {
        draw_dots(frame, pen);
    }
    clear_holes(frame, pen);
    if frame.is_still {
        draw_counts(frame, pen);
    }
    draw_waits(frame, pen);
    draw_tags(frame, pen, now);
}

/// How a flow is drawn. Its `kind` is 0 for requests, 1 for good answers, 2 for other answers.
#[derive(Clone, Copy, PartialEq)]
struct FlowStyle {
    kind: usize,
    spacing: f64,
    width: f64,
}

impl FlowStyle {
    fn order(&self, other: &Self) -> Ordering {
        let by_spacing = || self.spacing.total_cmp(&other.spacing).then(self.width.total_cmp(&other.width));
        self.kind.cmp(&other.kind).then_with(by_spacing)
    }
}

/// All flows that look alike are one path. Without motion, arrowheads show their direction.
fn draw_flows(frame: &Frame, pen: &Pen) {
    let larger = (FLOW_FROM / pen.zoom).max(1.0);
    let mut flowing: Vec<(FlowStyle, &LinkMarks)> = Vec::new();
    for marks in frame.links.iter().filter(|marks| marks.seen) {
        for (kind, flow) in marks.flows.iter().enumerate() {
            if (marks.quick && !marks.sparse || marks.crowds[usize::from(kind > 0)].is())
                && let Some(spacing) = flow.spacing()
            {
                flowing.push((FlowStyle { kind, spacing, width: flow.width() }, marks));
            }
        }
    }
    flowing.sort_unstable_by(|a, b| a.0.order(&b.0));
    for alike in flowing.chunk_by(|a, b| a.0 == b.0) {
        let Some((style, _)) = alike.first() else { continue };
        let ways = alike.iter().filter_map(|(_, marks)| {
            let route = marks.route(frame.scene())?;
            let [request, response] = marks.reach;
            Some(if style.kind == 0 { (&route.request, request) } else { (&route.response, response) })
        });
        let colour = [&pen.ink.request, &pen.ink.ok, &pen.ink.bad][style.kind];
        // Failures run between the answers, not on them.
        let shift = if style.kind == 2 { style.spacing / 2.0 + 5.0 } else { 0.0 };
        let (spacing, phase) = (style.spacing * larger, frame.watched * PACE + shift * larger);
        if frame.is_still {
            pen.arrowheads(ways, colour, style.width * larger, spacing, shift * larger, style.kind == 2);
        } else {
            pen.flow(ways, colour, style.width * larger, spacing, phase, style.kind == 2);
        }
    }
}

/// Clears what must stay readable, and what lies behind boxes; a dot at the border of a box stays whole.
fn clear_holes(frame: &Frame, pen: &Pen) {
    // In a large system hardly any link stands clear of all boxes, and hundreds of holes a frame take time.
    let boxes = if frame.links.len() > MANY_LINKS { &[] } else { &*frame.scene().layout.boxes };
    let boxes = boxes.iter().flat_map(|placed| [Some(placed.rect), placed.ledger]).flatten();
    let inner = boxes.map(|rect| rect.grown(-7.0));
    for hole in frame.scene().holes.iter().copied().chain(inner).filter(|hole| frame.scene().shows(*hole)) {
        pen.c.clear_rect(hole.corner.x, hole.corner.y, hole.width, hole.height);
    }
}

fn draw_dots(frame: &Frame, pen: &Pen) {
    let radius = frame.radius() * pen.ink.scale;
    for shape in Shape::ALL {
        let places = &frame.dots[shape as usize];
        if !places.is_empty() {
            pen.dots(shape, places, radius, frame.drawn > MASS);
        }
    }
    pen.broken(&frame.broken, radius);
    for (at, message) in &frame.sampled {
        pen.sampled(Shape::of(message), *at, radius);
    }
}

fn draw_waits(frame: &Frame, pen: &Pen) {
    let mut rings: Vec<Ring> = Vec::new();
    for marks in frame.links.iter().filter(|marks| marks.seen) {
        let Some(routed) = marks.routed(frame.scene()) else { continue };
        rings.extend(marks.waits.rings(&routed.route, routed.stand));
        marks.ends.marks(&routed.route, routed.stand, frame.watched).for_each(|mark| pen.end(&mark));
    }
    if frame.is_still {
        // In quarters: they change, but they do not move.
        rings.iter_mut().for_each(|ring| ring.over = (ring.over * 4.0).floor() / 4.0);
    }
    if !rings.is_empty() {
        pen.rings(&rings);
    }
}

fn draw_tags(frame: &Frame, pen: &Pen, now: Time) {
    if pen.zoom < TAGS_FROM {
        return;
    }
    for (at, message) in &frame.sampled {
        pen.tag(Point::new(at.x, at.y - 4.0), &tag(message));
    }
    if frame.tagged.len() >= TAGGED {
        return;
    }
    for (at, message) in &frame.tagged {
        if message.carries_id || message.number > 1 {
            pen.tag(*at, &tag(message));
        }
        if let (Some(share), Some(deadline)) = (dots::budget(message, frame.budget, now), message.deadline) {
            pen.budget(*at, share, &text::duration(deadline.since(now)));
        }
    }
}

/// Without motion: the number of messages of each kind on each lane, and their direction.
fn draw_counts(frame: &Frame, pen: &Pen) {
    for (marks, counts) in frame.links.iter().zip(&frame.counts).filter(|(marks, _)| marks.seen) {
        let Some(route) = marks.route(frame.scene()) else { continue };
        for (lane, counts) in [&route.request, &route.response].into_iter().zip(counts.chunks(Shape::ALL.len())) {
            let present = Shape::ALL.into_iter().zip(counts).filter(|(_, count)| **count > 0).take(3);
            for (i, (shape, count)) in present.enumerate() {
                let step = 46.0 / lane.length().max(100.0);
                let count = format!("{} {}", text::count(u64::from(*count)), arrow(lane));
                pen.count(lane.at(0.2 + step * i as f64), shape, &count);
            }
        }
    }
}

/// The tag of a message: its business request id, if it carries one, and the number of the attempt.
fn tag(message: &MessageView) -> String {
    match (message.carries_id, message.number > 1) {
        (_, false) => format!("#{}", message.intent),
        (true, true) => format!("#{} ·{}", message.intent, message.number),
        (false, true) => format!("·{}", message.number),
    }
}

/// The main direction of a lane.
fn arrow(lane: &Lane) -> &'static str {
    let way = lane.direction(0.5);
    match (way.x.abs() >= way.y.abs(), way.x > 0.0, way.y > 0.0) {
        (true, true, _) => "→",
        (true, false, _) => "←",
        (false, _, true) => "↓",
        (false, _, false) => "↑",
    }
}
