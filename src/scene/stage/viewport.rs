//! The part of the world on the screen, and its scale.

use super::geometry::{Point, Rect};

/// The bridge between world units and pixels of the stage: `pixel = world × zoom + shift`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Pixels per world unit, between [`Viewport::SMALLEST`] and [`Viewport::LARGEST`].
    pub zoom: f64,
    /// The pixel of the origin of the world.
    pub shift: Point,
}

impl Default for Viewport {
    fn default() -> Self {
        Viewport { zoom: 1.0, shift: Point::new(0.0, 0.0) }
    }
}

impl Viewport {
    /// The smallest zoom.
    pub const SMALLEST: f64 = 0.1;
    /// The largest zoom.
    pub const LARGEST: f64 = 4.0;

    /// The pixel of a place in the world.
    pub fn to_screen(self, world: Point) -> Point {
        world * self.zoom + self.shift
    }

    /// The pixels of a part of the world.
    pub fn rect_to_screen(self, world: Rect) -> Rect {
        Rect::new(self.to_screen(world.corner), world.width * self.zoom, world.height * self.zoom)
    }

    /// The place in the world of a pixel.
    pub fn to_world(self, screen: Point) -> Point {
        (screen - self.shift) * (1.0 / self.zoom)
    }

    /// The view moved by some pixels.
    pub fn panned(self, by: Point) -> Self {
        Viewport { shift: self.shift + by, ..self }
    }

    /// The view enlarged by `factor` around the pixel `at`.
    pub fn zoomed(self, factor: f64, at: Point) -> Self {
        let zoom = (self.zoom * factor).clamp(Self::SMALLEST, Self::LARGEST);
        Viewport { zoom, shift: at - (at - self.shift) * (zoom / self.zoom) }
    }

    /// The view with all of `world` in the middle of this part of the stage, in pixels, with a zoom of at most
    /// `largest`.
    pub fn fitted(world: Rect, free: Rect, largest: f64) -> Self {
        let zoom = (free.width / world.width.max(1.0))
            .min(free.height / world.height.max(1.0))
            .clamp(Self::SMALLEST, largest.min(Self::LARGEST));
        Viewport { zoom, shift: free.centre() - world.centre() * zoom }
    }

    /// The view moved as little as possible to bring `world` into this part of the stage, in pixels; if it is too
    /// large, its beginning.
    pub fn showing(self, world: Rect, free: Rect) -> Self {
        let (low, high) = (self.to_screen(world.corner), self.to_screen(Point::new(world.right(), world.bottom())));
        let nudge = |low: f64, high: f64, from: f64, to: f64| {
            if low < from {
                from - low
            } else if high > to {
                (to - high).max(from - low)
            } else {
                0.0
            }
        };
        let by_x = nudge(low.x, high.x, free.corner.x, free.right());
        self.panned(Point::new(by_x, nudge(low.y, high.y, free.corner.y, free.bottom())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: Point, b: Point) -> bool {
        (a - b).length() < 1e-9
    }

    #[test]
    fn a_zoom_keeps_what_is_under_the_pointer() {
        let (before, at) = (Viewport { zoom: 0.8, shift: Point::new(30.0, -12.0) }, Point::new(200.0, 90.0));
        for factor in [0.001, 0.5, 1.1, 1_000.0] {
            let after = before.zoomed(factor, at);
            assert!(close(before.to_world(at), after.to_world(at)), "{factor}");
            assert!((Viewport::SMALLEST..=Viewport::LARGEST).contains(&after.zoom));
        }
    }

    #[test]
    fn fitting_shows_everything_in_the_middle() {
        let world = Rect::new(Point::new(-100.0, 50.0), 1_000.0, 300.0);
        let free = Rect::new(Point::new(40.0, 60.0), 720.0, 500.0);
        let view = Viewport::fitted(world, free, 1.5);
        assert!(close(view.to_screen(world.centre()), free.centre()));
        assert!((view.to_screen(world.corner).x - 40.0).abs() < 1e-9);
        assert_eq!(Viewport::fitted(Rect::default(), free, 1.2).zoom, 1.2);
        assert_eq!(Viewport::fitted(world, Rect::default(), 1.2).zoom, Viewport::SMALLEST);
    }

    #[test]
    fn what_gets_the_focus_is_panned_into_view_and_no_further() {
        let view = Viewport::default();
        let free = Rect::new(Point::new(20.0, 20.0), 360.0, 260.0);
        let showing = |x| view.showing(Rect::new(Point::new(x, 100.0), 100.0, 50.0), free).shift;
        assert_eq!(showing(100.0), Point::new(0.0, 0.0));
        assert_eq!(showing(-30.0), Point::new(50.0, 0.0));
        assert_eq!(showing(350.0), Point::new(-70.0, 0.0));
        let large = view.showing(Rect::new(Point::new(100.0, 100.0), 900.0, 50.0), free);
        assert_eq!(large.shift, Point::new(-80.0, 0.0), "its beginning");
    }
}
