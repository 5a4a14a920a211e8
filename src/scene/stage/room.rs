//! The free room of the stage between its floating parts: palette, legend, warnings, controls and minimap.

use super::geometry::{Point, Rect};
use super::viewport::Viewport;

/// Something that floats over the stage, in pixels of the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Float {
    /// The limit that it sets to the room.
    pub kind: FloatKind,
    /// The rectangle.
    pub rect: Rect,
}

/// The way in which a float limits the room below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatKind {
    /// The room ends at the float: at the left if it is upright, else at the top or the bottom.
    Panel,
    /// A hint at the bottom. It may cover free room of a large system, but no box.
    Hint,
    /// A small float in a corner. Only the focused or selected thing avoids it.
    Corner,
}

/// The distance of things from floats and from the border of the stage.
const GAP: f64 = 12.0;
/// The factor by which a view must be larger to win over one that is farther from floats.
const WORTH: f64 = 1.04;

/// The free room of the stage, in its pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Room {
    /// The right and the lower end of the panel at the left.
    left: f64,
    below: f64,
    /// The lower end of the panels at the top.
    head: f64,
    /// The upper end of the panels at the bottom, without the hint and with it.
    feet: [f64; 2],
    size: (f64, f64),
    floats: Vec<Float>,
}

impl Room {
    /// The room that floats leave on a stage of this size.
    pub fn of(size: (f64, f64), floats: Vec<Float>) -> Self {
        let mut room = Room { left: 0.0, below: 0.0, head: 0.0, feet: [size.1; 2], size, floats: Vec::new() };
        for Float { kind, rect } in &floats {
            let [foot, with_hint] = &mut room.feet;
            match kind {
                FloatKind::Corner => {}
                FloatKind::Hint => *with_hint = with_hint.min(rect.corner.y),
                FloatKind::Panel if rect.height > rect.width => (room.left, room.below) = (rect.right(), rect.bottom()),
                FloatKind::Panel if rect.centre().y < size.1 / 2.0 => room.head = room.head.max(rect.bottom()),
                FloatKind::Panel => (*foot, *with_hint) = (foot.min(rect.corner.y), with_hint.min(rect.corner.y)),
            }
        }
        Room { floats, ..room }
    }

    /// The room between all panels, above the hint.
    pub fn free(&self) -> Rect {
        self.part(self.left, self.head, self.feet[1])
    }

    fn part(&self, left: f64, head: f64, foot: f64) -> Rect {
        let corner = Point::new(left + GAP, head + GAP);
        Rect::new(corner, (self.size.0 - GAP - corner.x).max(1.0), (foot - GAP - corner.y).max(1.0))
    }

    /// Whether a part of the stage is completely visible.
    pub fn shows(&self, part: Rect) -> bool {
        let stage = self.part(0.0, 0.0, self.size.1);
        let is_on = stage.contains(part.corner) && stage.contains(Point::new(part.right(), part.bottom()));
        is_on && self.over(part).is_none()
    }

    /// The float over a part of the stage.
    pub fn over(&self, part: Rect) -> Option<Rect> {
        self.floats.iter().map(|float| float.rect).find(|float| float.touches(part))
    }

    /// The view that shows all of `world` as large as possible, up to the zoom `largest`, with no float over any of
    /// `things`.
    pub fn fitted(&self, world: Rect, things: &[Rect], margin: f64, largest: f64) -> Viewport {
        let mut best = Viewport::fitted(world, self.free().grown(-margin), largest);
        for left in [self.left, 0.0] {
            for head in [self.head, 0.0, self.below] {
                for foot in self.feet {
                    let part = self.part(left, head, foot).grown(-margin);
                    let mut view = Viewport::fitted(world, part, largest);
                    // As close to the middle of the stage as possible.
                    let (low, high) = (part.corner.y - world.corner.y * view.zoom, view.shift.y);
                    view.shift.y =
                        (self.free().centre().y - world.centre().y * view.zoom).clamp(low.min(high), low.max(high));
                    let is_free = || things.iter().all(|it| self.over(view.rect_to_screen(*it).grown(6.0)).is_none());
                    if view.zoom > best.zoom * WORTH && is_free() {
                        best = view;
                    }
                }
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn float(kind: FloatKind, x: f64, y: f64, width: f64, height: f64) -> Float {
        Float { kind, rect: Rect::new(Point::new(x, y), width, height) }
    }

    fn room(floats: &[Float]) -> Room {
        Room::of((1_000.0, 600.0), floats.to_vec())
    }

    #[test]
    fn the_room_ends_at_panels_and_above_the_hint() {
        let palette = float(FloatKind::Panel, 0.0, 100.0, 60.0, 300.0);
        let chip = float(FloatKind::Panel, 400.0, 0.0, 200.0, 40.0);
        let controls = float(FloatKind::Panel, 800.0, 560.0, 200.0, 40.0);
        let hint = float(FloatKind::Hint, 300.0, 500.0, 400.0, 30.0);
        let free = room(&[palette, chip, controls, hint]).free();
        assert_eq!((free.corner, free.right(), free.bottom()), (Point::new(72.0, 52.0), 988.0, 488.0));
    }

    #[test]
    fn something_in_a_corner_takes_no_room_but_covers_what_is_below() {
        let room = room(&[float(FloatKind::Corner, 800.0, 450.0, 190.0, 140.0)]);
        assert_eq!(room.free().right(), 988.0);
        let part = |x: f64| Rect::new(Point::new(x, 500.0), 50.0, 50.0);
        assert!(room.shows(part(400.0)));
        assert!(!room.shows(part(780.0)));
        assert!(!room.shows(part(960.0)), "it reaches beyond the border");
    }

    #[test]
    fn a_system_is_larger_beside_a_panel_that_covers_none_of_its_boxes() {
        let palette = float(FloatKind::Panel, 0.0, 0.0, 200.0, 250.0);
        let world = Rect::new(Point::default(), 2_000.0, 400.0);
        let below =
            [Rect::new(Point::new(0.0, 200.0), 100.0, 100.0), Rect::new(Point::new(1_900.0, 0.0), 100.0, 100.0)];
        let room = room(&[palette]);
        let narrow = Viewport::fitted(world, room.free(), 1.0);
        assert!(room.fitted(world, &below, 0.0, 1.0).zoom > narrow.zoom * WORTH);
        let under = [world];
        let view = room.fitted(world, &under, 0.0, 1.0);
        assert!(room.over(view.rect_to_screen(world)).is_none(), "{view:?}");
    }
}
