//! Where on the stage there is room: palette, legend, warnings, controls and the minimap float over it.

use super::Live;
use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::viewport::Viewport;
use web_sys::Element;

/// What floats over the stage, wherever it is drawn.
const FLOATS: [&str; 6] = [".palette", ".legend", ".stage-controls", ".nudge", ".caution-chip", ".minimap"];
/// What they float over, too.
const AREA: &str = ".stage-area";
/// How near to what floats, and to the border of the stage, things are brought.
const NEAR: f64 = 12.0;

/// So much larger must a view be to be preferred to one that keeps farther away from what floats.
const WORTH: f64 = 1.04;

/// Where there is room, in pixels of the stage.
pub struct Room {
    /// How far what floats at the left reaches in, and how far down.
    left: f64,
    below: f64,
    /// How far down what floats above reaches.
    head: f64,
    /// How far up reaches what floats below, without the hint, and with it.
    feet: [f64; 2],
    /// The size of the stage.
    size: (f64, f64),
    /// What floats.
    floats: Vec<Rect>,
}

impl Room {
    /// Between all that floats.
    pub fn free(&self) -> Rect {
        self.part(self.left, self.head, self.feet[1])
    }

    fn part(&self, left: f64, head: f64, foot: f64) -> Rect {
        let corner = Point::new(left + NEAR, head + NEAR);
        Rect::new(corner, (self.size.0 - NEAR - corner.x).max(1.0), (foot - NEAR - corner.y).max(1.0))
    }

    /// Whether all of a part of the stage can be seen.
    pub fn shows(&self, part: Rect) -> bool {
        let stage = self.part(0.0, 0.0, self.size.1);
        let is_on = stage.contains(part.corner) && stage.contains(Point::new(part.right(), part.bottom()));
        is_on && self.over(part).is_none()
    }

    /// What floats over a part of the stage.
    pub fn over(&self, part: Rect) -> Option<Rect> {
        self.floats.iter().copied().find(|float| float.touches(part))
    }

    /// The view that shows all of `world` largest, and no larger than `largest`, without anything over `things`.
    pub fn fitted(&self, world: Rect, things: &[Rect], margin: f64, largest: f64) -> Viewport {
        let mut best = Viewport::fitted(world, self.free().grown(-margin), largest);
        for left in [self.left, 0.0] {
            for head in [self.head, 0.0, self.below] {
                for foot in self.feet {
                    let part = self.part(left, head, foot).grown(-margin);
                    let mut view = Viewport::fitted(world, part, largest);
                    // As near to the middle of the stage as it may be.
                    let (low, high) = (part.corner.y - world.corner.y * view.zoom, view.shift.y);
                    view.shift.y =
                        (self.free().centre().y - world.centre().y * view.zoom).clamp(low.min(high), low.max(high));
                    let is_free = || things.iter().all(|thing| self.over(on_stage(*thing, view).grown(6.0)).is_none());
                    if view.zoom > best.zoom * WORTH && is_free() {
                        best = view;
                    }
                }
            }
        }
        best
    }
}

/// Where a part of the world is on the stage.
pub fn on_stage(part: Rect, view: Viewport) -> Rect {
    Rect::new(view.to_screen(part.corner), part.width * view.zoom, part.height * view.zoom)
}

impl Live {
    /// Where there is room now.
    pub(super) fn room(&self) -> Room {
        let size = self.size;
        let mut room = Room { left: 0.0, below: 0.0, head: 0.0, feet: [size.1; 2], size, floats: Vec::new() };
        for (selector, float) in self.stage.iter().flat_map(|stage| FLOATS.map(|it| (it, place(stage, it)))) {
            let Some(float) = float else { continue };
            room.floats.push(float);
            let [foot, with_hint] = &mut room.feet;
            match selector {
                // A corner is kept free only of what is to be seen at once.
                ".minimap" => {}
                ".nudge" => *with_hint = with_hint.min(float.corner.y),
                _ if float.height > float.width => (room.left, room.below) = (float.right(), float.bottom()),
                _ if float.centre().y < size.1 / 2.0 => room.head = room.head.max(float.bottom()),
                _ => (*foot, *with_hint) = (foot.min(float.corner.y), with_hint.min(float.corner.y)),
            }
        }
        room
    }
}

/// Where something that floats is, in pixels of the stage; `None`: it is not over it.
fn place(stage: &Element, selector: &str) -> Option<Rect> {
    let float: Element = stage.closest(AREA).ok().flatten()?.query_selector(selector).ok().flatten()?;
    let (on, it) = (stage.get_bounding_client_rect(), float.get_bounding_client_rect());
    let rect = Rect::new(Point::new(it.left() - on.left(), it.top() - on.top()), it.width(), it.height());
    let over = Rect::new(Point::default(), on.width(), on.height());
    (rect.width > 0.0 && over.touches(rect)).then_some(rect)
}
