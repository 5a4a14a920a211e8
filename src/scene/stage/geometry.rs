//! Points and rectangles, in world units, with y downwards as on every screen.

use std::ops::{Add, Mul, Sub};

/// A place, or the way from one place to another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// The place at `x` and `y`.
    pub const fn new(x: f64, y: f64) -> Self {
        Point { x, y }
    }

    /// The length of the way.
    pub fn length(self) -> f64 {
        libm::sqrt(self.x * self.x + self.y * self.y)
    }

    /// The way of length 1 in the same direction; a zero way points to the right.
    pub fn unit(self) -> Point {
        let length = self.length();
        if length > 1e-9 { self * (1.0 / length) } else { Point::new(1.0, 0.0) }
    }

    /// The way turned a quarter to the left: for a way to the right, upwards.
    pub const fn left(self) -> Point {
        Point::new(self.y, -self.x)
    }

    /// The place at `share` of the way to `other`.
    pub fn towards(self, other: Point, share: f64) -> Point {
        self + (other - self) * share
    }
}

impl Add for Point {
    type Output = Point;
    fn add(self, other: Point) -> Point {
        Point::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Point;
    fn sub(self, other: Point) -> Point {
        Point::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for Point {
    type Output = Point;
    fn mul(self, factor: f64) -> Point {
        Point::new(self.x * factor, self.y * factor)
    }
}

impl From<[f64; 2]> for Point {
    fn from([x, y]: [f64; 2]) -> Self {
        Point { x, y }
    }
}

impl From<Point> for [f64; 2] {
    fn from(point: Point) -> Self {
        [point.x, point.y]
    }
}

/// A rectangle with sides along the axes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The upper left corner.
    pub corner: Point,
    /// The width, at least 0.
    pub width: f64,
    /// The height, at least 0.
    pub height: f64,
}

impl Rect {
    /// The rectangle with this upper left corner and size.
    pub const fn new(corner: Point, width: f64, height: f64) -> Self {
        Rect { corner, width, height }
    }

    /// The centre.
    pub fn centre(self) -> Point {
        Point::new(self.corner.x + self.width / 2.0, self.corner.y + self.height / 2.0)
    }

    /// The x of the right edge.
    pub fn right(self) -> f64 {
        self.corner.x + self.width
    }

    /// The y of the lower edge.
    pub fn bottom(self) -> f64 {
        self.corner.y + self.height
    }

    /// Whether `point` lies in it or on its edge.
    pub fn contains(self, point: Point) -> bool {
        (self.corner.x..=self.right()).contains(&point.x) && (self.corner.y..=self.bottom()).contains(&point.y)
    }

    /// The rectangle with these opposite corners.
    pub fn between(a: Point, b: Point) -> Rect {
        let corner = Point::new(a.x.min(b.x), a.y.min(b.y));
        Rect::new(corner, (a.x - b.x).abs(), (a.y - b.y).abs())
    }

    /// Whether the rectangles share a point.
    pub fn touches(self, other: Rect) -> bool {
        let across = self.corner.x <= other.right() && other.corner.x <= self.right();
        across && self.corner.y <= other.bottom() && other.corner.y <= self.bottom()
    }

    /// The rectangle with its sides moved outwards.
    pub fn grown(self, by: f64) -> Rect {
        Rect::new(self.corner - Point::new(by, by), self.width + 2.0 * by, self.height + 2.0 * by)
    }

    /// The smallest rectangle around both rectangles.
    pub fn union(self, other: Rect) -> Rect {
        let corner = Point::new(self.corner.x.min(other.corner.x), self.corner.y.min(other.corner.y));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Rect::new(corner, right - corner.x, bottom - corner.y)
    }
}
