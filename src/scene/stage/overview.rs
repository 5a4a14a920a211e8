//! The minimap: its section of the world, and the place of a pixel.

use super::geometry::{Point, Rect};

/// The number of services from which the minimap is useful even if all of them are in view.
const MANY: usize = 20;

/// The free space around the system, as a share of the section.
const MARGIN: f64 = 0.06;

/// A minimap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overview {
    /// The visible section of the world: the system and the view, with a little space around.
    pub shown: Rect,
    world: Rect,
    size: (f64, f64),
}

impl Overview {
    /// Whether the minimap is useful: the system is large, or does not fit the view.
    pub fn is_of_use(services: usize, world: Rect, view: Rect) -> bool {
        let fits = view.contains(world.corner) && view.contains(Point::new(world.right(), world.bottom()));
        services > MANY || (services > 0 && !fits)
    }

    /// The minimap of a `world` whose part `view` is on the stage, with `size` in pixels.
    pub fn of(world: Rect, view: Rect, size: (f64, f64)) -> Self {
        let all = world.union(view);
        Overview { shown: all.grown(MARGIN * all.width.max(all.height)), world, size }
    }

    /// World units per pixel: the whole section fits, centred.
    fn scale(&self) -> f64 {
        (self.shown.width / self.size.0).max(self.shown.height / self.size.1).max(1e-6)
    }

    /// The place of a pixel, limited to the system.
    pub fn to_world(&self, pixel: Point) -> Point {
        let at = self.shown.centre() + (pixel - Point::new(self.size.0, self.size.1) * 0.5) * self.scale();
        let (low, high) = (self.world.corner, Point::new(self.world.right(), self.world.bottom()));
        Point::new(at.x.clamp(low.x, high.x), at.y.clamp(low.y, high.y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
        Rect::new(Point::new(x, y), width, height)
    }

    #[test]
    fn it_appears_where_there_is_more_than_one_sees() {
        let view = rect(0.0, 0.0, 1_000.0, 600.0);
        for (services, world, wanted) in [
            (3, rect(100.0, 100.0, 500.0, 200.0), false),
            (3, rect(100.0, 100.0, 950.0, 200.0), true),
            (21, rect(100.0, 100.0, 500.0, 200.0), true),
            (0, rect(-5.0, 0.0, 10.0, 10.0), false),
        ] {
            assert_eq!(Overview::is_of_use(services, world, view), wanted, "{services} {world:?}");
        }
    }

    #[test]
    fn a_pixel_is_the_place_that_is_drawn_there() {
        // Twice as wide as high, in a square: empty above and below.
        let found = Overview::of(rect(0.0, 0.0, 2_000.0, 1_000.0), rect(500.0, 0.0, 100.0, 100.0), (200.0, 200.0));
        assert_eq!(found.to_world(Point::new(100.0, 100.0)), Point::new(1_000.0, 500.0));
        // 2,000 and twice six per cent of it in 200 pixels.
        assert_eq!(found.to_world(Point::new(50.0, 75.0)), Point::new(1_000.0 - 50.0 * 11.2, 500.0 - 25.0 * 11.2));
        assert_eq!(found.to_world(Point::new(-90.0, 0.0)), Point::new(0.0, 0.0), "not beyond the system");
    }

    #[test]
    fn what_is_in_view_is_shown_even_beside_the_system() {
        let found = Overview::of(rect(0.0, 0.0, 100.0, 100.0), rect(300.0, 0.0, 100.0, 100.0), (180.0, 120.0));
        assert_eq!(found.shown, rect(0.0, 0.0, 400.0, 100.0).grown(24.0));
        assert_eq!(
            Overview::of(Rect::default(), Rect::default(), (0.0, 0.0)).to_world(Point::new(9.0, 9.0)),
            Point::default()
        );
    }
}
