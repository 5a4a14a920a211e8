//! The places of things on the stage: everything that the painter cannot read from the simulation.

use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::layout::Layout;
use crate::scene::stage::sizes::Routed;
use crate::scene::stage::viewport::Viewport;
use std::rc::Rc;

/// The places of things on the stage.
#[derive(Clone)]
pub struct Scene {
    /// The places of boxes and links.
    pub layout: Rc<Layout>,
    /// The ids of the links, in the order of the layout.
    pub links: Rc<[String]>,
    /// The part of the world that is shown.
    pub viewport: Viewport,
    /// The size of the stage in pixels of the page.
    pub size: (f64, f64),
    /// Parts of the world that dots leave free.
    pub holes: Rc<Vec<Rect>>,
}

impl PartialEq for Scene {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.layout, &other.layout)
            && Rc::ptr_eq(&self.links, &other.links)
            && (self.viewport, self.size) == (other.viewport, other.size)
            && self.holes == other.holes
    }
}

impl Scene {
    /// The link at this place in the layout.
    pub fn routed(&self, place: usize) -> Option<&Routed> {
        self.layout.links.get(place)?.as_ref()
    }

    /// Whether a part of the world is on the stage, at least partly.
    pub fn shows(&self, part: Rect) -> bool {
        let low = self.viewport.to_screen(part.corner);
        let high = self.viewport.to_screen(Point::new(part.right(), part.bottom()));
        high.x > 0.0 && high.y > 0.0 && low.x < self.size.0 && low.y < self.size.1
    }
}
