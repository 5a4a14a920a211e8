//! Pixels of an element.

use crate::scene::stage::geometry::Point;
use web_sys::Element;

/// A place of the window, in pixels of an element.
pub fn pixel(of: &Element, x: i32, y: i32) -> Point {
    let bounds = of.get_bounding_client_rect();
    Point::new(f64::from(x) - bounds.left(), f64::from(y) - bounds.top())
}
