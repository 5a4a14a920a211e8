//! The positions of link labels: beside their links, and as free of other things as possible.

use super::geometry::{Point, Rect};
use super::route::{LANE, Route};
use super::sizes::{BOX, Placed, Routed};
use std::rc::Rc;

/// The size of a label.
pub const LABEL: (f64, f64) = (112.0, 20.0);
/// The steepness from which a link counts as upright: the cosine of its angle to the vertical.
const UPRIGHT: f64 = 0.9;
/// The room for a badge below a label.
const BADGE: f64 = 22.0;

/// The size of the arc of an open breaker.
const GAP: f64 = 38.0;

/// Moves each label to the free place nearest to the middle of its link, one after the other in the order of the file.
/// `gaps` returns whether a link can get a gap in its middle.
pub fn place_labels(boxes: &[Placed], links: &mut [Option<Routed>], gaps: impl Fn(usize) -> bool) {
    let mut taken: Vec<Rect> = boxes.iter().flat_map(|b| [Some(b.rect), b.ledger]).flatten().collect();
    let middles = links.iter().enumerate().filter(|(link, _)| gaps(*link)).filter_map(|(_, link)| link.as_ref());
    taken.extend(middles.map(|link| {
        let middle = link.route.middle.at(0.5);
        Rect::new(middle - Point::new(GAP / 2.0, GAP / 2.0), GAP, GAP)
    }));
    let routes: Vec<(usize, Rc<Route>, Rect)> = (links.iter().enumerate())
        .filter_map(|(i, link)| link.as_ref().map(|l| (i, l.route.clone(), l.route.extent())))
        .collect();
    for (index, link) in links.iter_mut().enumerate() {
        let Some(routed) = link else { continue };
        let cost = |(tries, (farther, at, lean)): (usize, (f64, Point, f64))| {
            let rect = around(at);
            let hidden: f64 = taken.iter().map(|other| overlap(rect, *other)).sum();
            let crosses = |(other, route, extent): &&(usize, Rc<Route>, Rect)| {
                *other != index && overlap(rect, *extent) > 0.0 && route.middle.distance(at) < LABEL.1 + LANE
            };
            (hidden * 3.0 + routes.iter().filter(crosses).count() as f64 * 90.0 + farther + tries as f64, at, lean)
        };
        let best = candidates(&routed.route).into_iter().enumerate().map(cost).min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, at, lean)) = best {
            (routed.label, routed.lean) = (at, lean);
            taken.push(Rect { height: LABEL.1 + BADGE, ..around(at) });
        }
    }
}

/// The sideways distance of something of this width from the centre of a label. At an upright link it is close to the
/// lane.
pub fn aside(lean: f64, wide: f64) -> f64 {
    lean * (wide - LABEL.0) / 2.0
}

fn around(at: Point) -> Rect {
    Rect::new(Point::new(at.x - LABEL.0 / 2.0, at.y - LABEL.1 / 2.0), LABEL.0, LABEL.1)
}

fn overlap(a: Rect, b: Rect) -> f64 {
    let wide = a.right().min(b.right()) - a.corner.x.max(b.corner.x);
    let high = a.bottom().min(b.bottom()) - a.corner.y.max(b.corner.y);
    if wide > 0.0 && high > 0.0 { wide * high / 10.0 } else { 0.0 }
}

/// The places beside a link, the best first: a penalty beyond their order, the position, and the side of an upright
/// link. Below the middle comes first, then above it, then farther along.
fn candidates(route: &Route) -> Vec<(f64, Point, f64)> {
    let mut places = Vec::with_capacity(11);
    let is_upright = route.middle.direction(0.5).y.abs() > UPRIGHT;
    // The room above a box belongs to its badges.
    let shares = if is_upright { [0.36, 0.5, 0.24, 0.64, 0.76] } else { [0.5, 0.36, 0.64, 0.24, 0.76] };
    for share in shares {
        let (on, along) = (route.middle.at(share), route.middle.direction(share));
        let beside = along.left();
        let beside = if beside.x * route.below.x + beside.y * route.below.y < 0.0 { beside * -1.0 } else { beside };
        // Words are wide and flat, so that they need more room beside a steep link than below a flat one.
        let room = LANE + 6.0 + LABEL.1 / 2.0 * beside.y.abs() + LABEL.0 / 2.0 * beside.x.abs();
        let lean = if beside.x.abs() > UPRIGHT { beside.x.signum() } else { 0.0 };
        places.push((0.0, on + beside * room, lean));
        places.push((0.0, on - beside * room, -lean));
    }
    // Between close boxes there is no room for words, so that they move below the edges of the boxes and the labels
    // there.
    let past = BOX.1 / 2.0 + 20.0 + LABEL.1 / 2.0;
    places.push((80.0, route.middle.at(0.5) + Point::new(0.0, past), 0.0));
    places
}
