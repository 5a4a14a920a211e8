//! Asks for the menu of a thing, by the other mouse button or by a key.

use super::float::is_on_float;
use crate::gesture::Focus;
use crate::gesture::machine::Pointing;
use crate::scene::stage::geometry::Point;
use crate::scene::stage::hit::Target;
use crate::ui::stage::handle::StageHandle;
use crate::ui::stage::pick::pressed;
use crate::ui::stage::pixel::pixel;
use web_sys::{Element, MouseEvent};

/// The other mouse button, or what the browser takes for it.
pub fn asked(handle: &StageHandle, stage: &Element, event: &MouseEvent) {
    if is_on_float(event) {
        return;
    }
    event.prevent_default();
    let is_key = event.buttons() == 0 && event.button() != 2;
    if is_key || !handle.state().hand.is_idle() {
        return;
    }
    let (x, y) = (event.client_x(), event.client_y());
    let effects = {
        let state = &mut *handle.state_mut();
        let on = pressed(state, pixel(stage, x, y), Pointing::Mouse);
        state.hand.menu(&state.board, on, Point::new(f64::from(x), f64::from(y)))
    };
    handle.perform(effects);
}

/// The key asks about the thing with the focus; the menu opens beside it.
pub fn asked_by_key(handle: &StageHandle, focus: Option<Focus>, on: &Element) {
    let bounds = on.get_bounding_client_rect();
    let at = Point::new(bounds.left() + bounds.width() / 2.0, bounds.top() + bounds.height() / 2.0);
    let effects = {
        let state = &mut *handle.state_mut();
        state.hand.menu(&state.board, focus.map_or(Target::Empty, Target::from), at)
    };
    handle.perform(effects);
}
