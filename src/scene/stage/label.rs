//! Where the labels of links stand: beside their links, and as free of other things as can be.

use super::geometry::{Point, Rect};
use super::route::{LANE, Route};
use super::sizes::{BOX, Placed, Routed};
use std::rc::Rc;

/// The room that a label needs.
pub const LABEL: (f64, f64) = (112.0, 20.0);
/// From this steepness on a link is upright: the cosine of its angle to the upright.
const UPRIGHT: f64 = 0.9;
/// The room below it for a badge.
const BADGE: f64 = 22.0;

/// The room that the arc of an open breaker needs.
const GAP: f64 = 38.0;

/// Moves each label to the free place nearest to the middle of its link: one after the other, in the order of the file.
/// `gaps` tells which links may come to have a gap in their middle.
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

/// How far beside the middle of a label something so wide stands: of an upright link it stands close to the lane.
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

/// Places beside a link, the best first, how much worse they are than their order says, and on which side of an upright link
/// they are: below its middle, above it, then further along.
fn candidates(route: &Route) -> Vec<(f64, Point, f64)> {
    let mut places = Vec::with_capacity(11);
    let is_upright = route.middle.direction(0.5).y.abs() > UPRIGHT;
    // Above a box there are its badges.
    let shares = if is_upright { [0.36, 0.5, 0.24, 0.64, 0.76] } else { [0.5, 0.36, 0.64, 0.24, 0.76] };
    for share in shares {
        let (on, along) = (route.middle.at(share), route.middle.direction(share));
        let beside = along.left();
        let beside = if beside.x * route.below.x + beside.y * route.below.y < 0.0 { beside * -1.0 } else { beside };
        // Words are wide and flat: beside a steep link they need more room than below a flat one.
        let room = LANE + 6.0 + LABEL.1 / 2.0 * beside.y.abs() + LABEL.0 / 2.0 * beside.x.abs();
        let lean = if beside.x.abs() > UPRIGHT { beside.x.signum() } else { 0.0 };
        places.push((0.0, on + beside * room, lean));
        places.push((0.0, on - beside * room, -lean));
    }
    // Between boxes that stand close there is no room for words: below their edges there is, and below what is written
    // on these.
    let past = BOX.1 / 2.0 + 20.0 + LABEL.1 / 2.0;
    places.push((80.0, route.middle.at(0.5) + Point::new(0.0, past), 0.0));
    places
}
