//! The two lanes of a link, and positions on them.

use super::geometry::{Point, Rect};
use std::fmt::Write;

/// Half the distance between the two lanes of a link.
pub const LANE: f64 = 8.0;
/// The number of pieces of a curve: enough to look smooth at the largest zoom.
const PIECES: usize = 28;

/// A way of messages, as short straight pieces. **Invariant:** at least two points, and as many `reached`.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    points: Vec<Point>,
    /// The distance from the start to each point.
    reached: Vec<f64>,
}

impl Lane {
    fn new(mut points: Vec<Point>) -> Self {
        while points.len() < 2 {
            points.push(points.first().copied().unwrap_or_default());
        }
        let mut reached = Vec::with_capacity(points.len());
        let mut length = 0.0;
        let mut last = points.first().copied().unwrap_or_default();
        for point in &points {
            length += (*point - last).length();
            last = *point;
            reached.push(length);
        }
        Lane { points, reached }
    }

    /// The length.
    pub fn length(&self) -> f64 {
        self.reached.last().copied().unwrap_or_default()
    }

    /// The points, from the start to the end.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The points from the start to `share` of the way.
    pub fn up_to(&self, share: f64) -> impl Iterator<Item = Point> + '_ {
        let far = share * self.length();
        let before = self.points.iter().zip(&self.reached).filter(move |(_, r)| **r < far).map(|(p, _)| *p);
        before.chain([self.at(share)])
    }

    /// The piece at `share` of the way, and the completed part of the piece.
    fn piece(&self, share: f64) -> (Point, Point, f64) {
        let far = share.clamp(0.0, 1.0) * self.length();
        // Most lanes are straight and have one piece.
        let next = if self.points.len() == 2 {
            1
        } else {
            self.reached.partition_point(|r| *r < far).clamp(1, self.points.len() - 1)
        };
        let (from, to) = (self.reached[next - 1], self.reached[next]);
        let within = if to > from { (far - from) / (to - from) } else { 0.0 };
        (self.points[next - 1], self.points[next], within)
    }

    /// The position at `share` of the way, 0 to 1.
    pub fn at(&self, share: f64) -> Point {
        let (a, b, within) = self.piece(share);
        a.towards(b, within)
    }

    /// The direction of travel at `share` of the way, of length 1.
    pub fn direction(&self, share: f64) -> Point {
        let (a, b, _) = self.piece(share);
        (b - a).unit()
    }

    /// The distance of `point` from the lane.
    pub fn distance(&self, point: Point) -> f64 {
        let far = |pair: &[Point]| match *pair {
            [a, b] => {
                let (way, to) = (b - a, point - a);
                let square = way.x * way.x + way.y * way.y;
                let share = if square > 0.0 { ((to.x * way.x + to.y * way.y) / square).clamp(0.0, 1.0) } else { 0.0 };
                (to - way * share).length()
            }
            _ => f64::INFINITY,
        };
        self.points.windows(2).map(far).fold(f64::INFINITY, f64::min)
    }

    /// The part between two shares of the way as the `d` of an SVG path.
    pub fn path(&self, from: f64, to: f64) -> String {
        let (start, end) = (from * self.length(), to * self.length());
        let inner = self.points.iter().zip(&self.reached).filter(|(_, r)| **r > start + 0.01 && **r < end - 0.01);
        let mut d = String::new();
        let first = self.at(from);
        // Writing to a string cannot fail.
        let _ = write!(d, "M{:.1} {:.1}", first.x, first.y);
        for point in inner.map(|(point, _)| *point).chain([self.at(to)]) {
            let _ = write!(d, "L{:.1} {:.1}", point.x, point.y);
        }
        d
    }
}

/// The point at which a link leaves or enters a box, and the direction away from the box, of length 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    /// The point on the border.
    pub at: Point,
    /// The direction away from the box.
    pub out: Point,
}

/// The two lanes of a link, and the positions of its marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// From the caller to the callee.
    pub request: Lane,
    /// From the callee back to the caller.
    pub response: Lane,
    /// Between the lanes, from the caller to the callee.
    pub middle: Lane,
    /// From the middle towards the side of the response lane, of length 1.
    pub below: Point,
    /// The rectangle around both lanes.
    extent: Rect,
}

impl Route {
    /// The lanes between two anchors: straight where they face each other, else gently curved.
    pub fn between(from: Anchor, to: Anchor) -> Self {
        let way = to.at - from.at;
        // The request lane is the upper one; of a vertical link that goes down, the right one.
        let side = if way.x < -1.0 || (way.x.abs() <= 1.0 && way.y < 0.0) { -1.0 } else { 1.0 };
        let curve = if faces(from, to) { vec![(from.at, way.unit()), (to.at, way.unit())] } else { bend(from, to) };
        let shifted = |by: f64| curve.iter().map(|(p, along)| *p + along.left() * (by * side)).collect::<Vec<_>>();
        let mut back = shifted(-LANE);
        back.reverse();
        let middle = Lane::new(curve.iter().map(|(p, _)| *p).collect());
        let below = middle.direction(0.5).left() * -side;
        let around = |p: &Point| Rect::new(*p - Point::new(LANE, LANE), 2.0 * LANE, 2.0 * LANE);
        let extent = middle.points().iter().map(around).reduce(Rect::union).unwrap_or_default();
        Route { request: Lane::new(shifted(LANE)), response: Lane::new(back), middle, below, extent }
    }

    /// The rectangle around both lanes.
    pub fn extent(&self) -> Rect {
        self.extent
    }

    /// The position of the label: beside the middle, on the response side.
    pub fn label(&self) -> Point {
        self.middle.at(0.5) + self.below * (LANE + 17.0)
    }
}

/// Whether a straight line between the anchors leaves both boxes at nearly right angles.
fn faces(from: Anchor, to: Anchor) -> bool {
    let way = (to.at - from.at).unit();
    let along = |out: Point| way.x * out.x + way.y * out.y;
    along(from.out) > 0.999_98 && along(to.out) < -0.999_98
}

/// A cubic curve that leaves and enters along `out`, as points with directions.
fn bend(from: Anchor, to: Anchor) -> Vec<(Point, Point)> {
    let reach = ((to.at - from.at).length() * 0.42).clamp(24.0, 150.0);
    let (a, d) = (from.at, to.at);
    let (b, c) = (a + from.out * reach, d + to.out * reach);
    let at = |t: f64| {
        let u = 1.0 - t;
        a * (u * u * u) + b * (3.0 * u * u * t) + c * (3.0 * u * t * t) + d * (t * t * t)
    };
    let along = |t: f64| {
        let u = 1.0 - t;
        ((b - a) * (u * u) + (c - b) * (2.0 * u * t) + (d - c) * (t * t)).unit()
    };
    (0..=PIECES).map(|i| i as f64 / PIECES as f64).map(|t| (at(t), along(t))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(x: f64, y: f64, out: [f64; 2]) -> Anchor {
        Anchor { at: Point::new(x, y), out: out.into() }
    }

    #[test]
    fn requests_run_above_and_responses_below_in_both_directions() {
        let (left, right) = (anchor(0.0, 50.0, [1.0, 0.0]), anchor(200.0, 50.0, [-1.0, 0.0]));
        for (from, to) in [(left, right), (right, left)] {
            let route = Route::between(from, to);
            assert_eq!(route.request.at(0.5), Point::new(100.0, 42.0));
            assert_eq!(route.response.at(0.5), Point::new(100.0, 58.0));
            assert_eq!(route.request.at(0.0).x, from.at.x);
            assert_eq!(route.response.at(0.0).x, to.at.x);
            assert_eq!(route.below, Point::new(0.0, 1.0));
        }
    }

    #[test]
    fn a_message_moves_evenly_over_a_curve() {
        let route = Route::between(anchor(0.0, 0.0, [1.0, 0.0]), anchor(200.0, 150.0, [-1.0, 0.0]));
        let step = route.request.length() / 20.0;
        for i in 0..20 {
            let (a, b) = (route.request.at(f64::from(i) / 20.0), route.request.at(f64::from(i + 1) / 20.0));
            assert!(((b - a).length() / step - 1.0).abs() < 0.06, "piece {i}");
        }
    }

    #[test]
    fn lanes_keep_their_distance_everywhere() {
        let route = Route::between(anchor(0.0, 0.0, [1.0, 0.0]), anchor(220.0, -180.0, [0.0, 1.0]));
        for i in 0..=10 {
            let gap = route.response.distance(route.request.at(f64::from(i) / 10.0));
            assert!((gap - 2.0 * LANE).abs() < 1.0, "{i}: {gap}");
        }
    }

    #[test]
    fn a_part_of_a_lane_is_drawn_from_share_to_share() {
        let route = Route::between(anchor(0.0, 50.0, [1.0, 0.0]), anchor(200.0, 50.0, [-1.0, 0.0]));
        assert_eq!(route.request.path(0.0, 1.0), "M0.0 42.0L200.0 42.0");
        assert_eq!(route.response.path(0.5, 1.0), "M100.0 58.0L0.0 58.0");
    }

    #[test]
    fn a_link_of_no_length_is_drawn_without_failing() {
        let route = Route::between(anchor(5.0, 5.0, [1.0, 0.0]), anchor(5.0, 5.0, [1.0, 0.0]));
        let place = route.request.at(0.7);
        assert!(place.x.is_finite() && place.y.is_finite());
    }
}
