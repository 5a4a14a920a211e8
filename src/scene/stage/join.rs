//! The ends of links at boxes: the sides that they join, their order along a side, and the anchors that can move to
//! make a link straight.

use super::geometry::{Point, Rect};
use super::route::{Anchor, Route};
use super::sizes::{Placed, Routed, Stand};
use crate::scenario::{Kind, Link, Scenario};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The distance between two links at one side of a box, where there is room.
const SLOT: f64 = 38.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

impl Side {
    const fn is_upright(self) -> bool {
        matches!(self, Side::Left | Side::Right)
    }
}

/// The sides that join two boxes: those that face each other across the wider gap.
fn sides(a: Rect, b: Rect) -> (Side, Side) {
    let way = b.centre() - a.centre();
    let across = way.x.abs() - (a.width + b.width) / 2.0;
    let down = way.y.abs() - (a.height + b.height) / 2.0;
    // A link from left to right reads better than one from top to bottom, so it wins unless its gap is far smaller.
    match (across >= 30.0 || across >= down, way.x >= 0.0, way.y >= 0.0) {
        (true, true, _) => (Side::Right, Side::Left),
        (true, false, _) => (Side::Left, Side::Right),
        (false, _, true) => (Side::Bottom, Side::Top),
        (false, _, false) => (Side::Top, Side::Bottom),
    }
}

/// One end of a link at a side of a box.
struct End {
    link: usize,
    is_caller: bool,
    /// The position of the other end along the side. Ends in this order do not cross.
    order: f64,
}

/// The fixed end of a link at its box.
#[derive(Clone, Copy)]
struct Fixed<'a> {
    placed: &'a Placed,
    side: Side,
    anchor: Anchor,
    /// Whether this side has no other link, so that the anchor may move.
    alone: bool,
    stand: Stand,
}

/// The routes of all links in the order of the file; `None` where an end does not exist. A route in `before` with the
/// same ends is reused.
pub fn route_links(scenario: &Scenario, boxes: &[Placed], before: &[Option<Routed>]) -> Vec<Option<Routed>> {
    let index: BTreeMap<&str, usize> = boxes.iter().enumerate().map(|(i, b)| (b.id.as_str(), i)).collect();
    let find = |id: &str| index.get(id).copied();
    // Most links are unchanged, and a drag is noticeably slower if every step looks up a thousand names.
    let is = |at: usize, id: &str| boxes.get(at).is_some_and(|placed| placed.id == id);
    let known = |place: usize, link: &Link| {
        let known = before.get(place)?.as_ref()?;
        (is(known.from, &link.from) && is(known.to, &link.to)).then_some((known.from, known.to))
    };
    let joined = scenario.links.iter().enumerate();
    let joined = joined.map(|(i, link)| known(i, link).or_else(|| find(&link.from).zip(find(&link.to))));
    let joined: Vec<Option<(usize, usize)>> = joined.collect();
    let mut fixed: Vec<(Option<Fixed>, Option<Fixed>)> = vec![(None, None); joined.len()];
    for ((at, side), list) in ends(boxes, &joined) {
        let (Some(placed), alone, count) = (boxes.get(at), list.len() == 1, list.len()) else { continue };
        for (slot, end) in list.into_iter().enumerate() {
            let Some((caller, callee)) = fixed.get_mut(end.link) else { continue };
            // Marks of neighbouring links alternate in distance from the box, so that they do not overlap.
            let stand = Stand { from: 18.0 + if alone { 0.0 } else { 24.0 * (slot % 3) as f64 }, tight: !alone };
            let found = Fixed { placed, side, anchor: anchor(placed, side, slot, count), alone, stand };
            *(if end.is_caller { caller } else { callee }) = Some(found);
        }
    }
    let mut routed = Vec::with_capacity(joined.len());
    for (pair, ends) in joined.into_iter().zip(fixed) {
        routed.push(pair.zip(ends.0.zip(ends.1)).map(|((from, to), (a, b))| {
            let stand = a.stand;
            let (a, b) = if a.alone || b.alone { aligned(a, b) } else { (a.anchor, b.anchor) };
            let known = before.get(routed.len()).and_then(Option::as_ref).filter(|known| known.ends == (a, b));
            let route = known.map_or_else(|| Rc::new(Route::between(a, b)), |known| known.route.clone());
            Routed { from, to, ends: (a, b), label: route.label(), lean: 0.0, stand, route }
        }));
    }
    routed
}

/// All ends by box and side, in their order along the side.
fn ends(boxes: &[Placed], joined: &[Option<(usize, usize)>]) -> BTreeMap<(usize, Side), Vec<End>> {
    let mut ends: BTreeMap<(usize, Side), Vec<End>> = BTreeMap::new();
    for (link, pair) in joined.iter().enumerate() {
        let Some((from, to)) = *pair else { continue };
        let (Some(a), Some(b)) = (boxes.get(from).map(|b| b.rect), boxes.get(to).map(|b| b.rect)) else { continue };
        let (leave, enter) = if from == to { (Side::Right, Side::Top) } else { sides(a, b) };
        for (at, side, other, is_caller) in [(from, leave, b, true), (to, enter, a, false)] {
            let order = if side.is_upright() { other.centre().y } else { other.centre().x };
            ends.entry((at, side)).or_default().push(End { link, is_caller, order });
        }
    }
    for list in ends.values_mut() {
        list.sort_by(|a, b| a.order.total_cmp(&b.order).then(a.link.cmp(&b.link)));
    }
    ends
}

fn anchor(placed: &Placed, side: Side, slot: usize, count: usize) -> Anchor {
    let rect = placed.rect;
    let room = if side.is_upright() { rect.height } else { rect.width } - 36.0;
    let gap = SLOT.min(room / count.max(1) as f64);
    let off = (slot as f64 - (count as f64 - 1.0) / 2.0) * gap;
    anchor_at(placed, side, off)
}

/// The anchor `off` units from the middle of a side.
fn anchor_at(placed: &Placed, side: Side, off: f64) -> Anchor {
    let (rect, centre) = (placed.rect, placed.rect.centre());
    // The short sides of a pill are round, so that an anchor off the centre lies further in.
    let radius = rect.height / 2.0;
    let inset = match placed.kind {
        Kind::Client if side.is_upright() => radius - libm::sqrt((radius * radius - off * off).max(0.0)),
        _ => 0.0,
    };
    let (at, out) = match side {
        Side::Left => (Point::new(rect.corner.x + inset, centre.y + off), Point::new(-1.0, 0.0)),
        Side::Right => (Point::new(rect.right() - inset, centre.y + off), Point::new(1.0, 0.0)),
        Side::Top => (Point::new(centre.x + off, rect.corner.y), Point::new(0.0, -1.0)),
        Side::Bottom => (Point::new(centre.x + off, rect.bottom()), Point::new(0.0, 1.0)),
    };
    Anchor { at, out }
}

/// Moves an anchor that is alone on its side, so that the link is straight where the boxes are nearly in line.
fn aligned(a: Fixed, b: Fixed) -> (Anchor, Anchor) {
    let upright = a.side.is_upright();
    if upright != b.side.is_upright() {
        return (a.anchor, b.anchor);
    }
    let along = |p: Point| if upright { p.y } else { p.x };
    let wanted = match (a.alone, b.alone) {
        (true, true) => (along(a.anchor.at) + along(b.anchor.at)) / 2.0,
        (true, false) => along(b.anchor.at),
        (false, _) => along(a.anchor.at),
    };
    let moved = |end: Fixed| {
        let rect = end.placed.rect;
        let off = wanted - along(rect.centre());
        let room = (if upright { rect.height } else { rect.width }) / 2.0 - 26.0;
        match (end.alone, off.abs() <= room) {
            (false, _) => Some(end.anchor),
            (true, true) => Some(anchor_at(end.placed, end.side, off)),
            (true, false) => None,
        }
    };
    moved(a).zip(moved(b)).unwrap_or((a.anchor, b.anchor))
}
