//! The pointer on the stage.

use super::float::is_on_float;
use super::long_press::LongPress;
use crate::gesture::Mode;
use crate::gesture::machine::{Held, Input, Pointing};
use crate::ui::stage::handle::StageHandle;
use crate::ui::stage::naming::name_at;
use crate::ui::stage::pick::pressed;
use crate::ui::stage::pixel::pixel;
use web_sys::{Element, MouseEvent, PointerEvent};

/// The pointer is pressed.
pub fn down(handle: &StageHandle, stage: &Element, long_press: &LongPress, event: &PointerEvent) {
    if is_touch(event) && !is_on_float(event) {
        long_press.start(handle, event);
    }
    if event.button() > 1 || is_on_float(event) {
        return;
    }
    // Without capture a drag would end at the border; a pointer that is gone already cannot be captured.
    let _ = stage.set_pointer_capture(event.pointer_id());
    let at = pixel(stage, event.client_x(), event.client_y());
    let pointing = if is_touch(event) { Pointing::Touch } else { Pointing::Mouse };
    name_at(handle, stage, at);
    let on = pressed(&handle.state(), at, pointing);
    let id = event.pointer_id();
    // The middle button moves the stage wherever it is pressed, and so does any button with the space bar.
    let grabs = {
        let state = &mut *handle.state_mut();
        state.end_pick(true);
        state.hand.press() || event.button() == 1
    };
    if grabs {
        // The thing below must not get the focus.
        event.prevent_default();
    }
    let held = held(handle, event);
    feed(handle, if grabs { Input::Grab { id, at } } else { Input::Down { id, pointing, at, on, held } });
}

/// The pointer moves.
pub fn moved(handle: &StageHandle, stage: &Element, long_press: &LongPress, event: &PointerEvent) {
    let at = pixel(stage, event.client_x(), event.client_y());
    handle.state_mut().pointer = Some(at).filter(|_| !is_touch(event));
    if handle.state().hand.is_idle() {
        if !is_on_float(event) {
            name_at(handle, stage, at);
            let is_different = !is_touch(event) && handle.state_mut().hover(at);
            handle.redraw_if(is_different);
        }
        return;
    }
    feed(handle, Input::Move { id: event.pointer_id(), at, held: held(handle, event) });
    // The gesture is not about the mark below the pointer.
    handle.state_mut().tip = None;
    if handle.state().hand.pressed().is_none() {
        long_press.stop();
    }
}

/// The pointer is released.
pub fn up(handle: &StageHandle, stage: &Element, long_press: &LongPress, event: &PointerEvent) {
    long_press.stop();
    let at = pixel(stage, event.client_x(), event.client_y());
    feed(handle, Input::Up { id: event.pointer_id(), at, held: held(handle, event) });
}

/// The browser takes the pointer away.
pub fn cancel(handle: &StageHandle, _: &Element, long_press: &LongPress, _: &PointerEvent) {
    long_press.stop();
    feed(handle, Input::Cancel);
}

/// The pointer leaves the stage.
pub fn leave(handle: &StageHandle, _: &Element, _: &LongPress, _: &PointerEvent) {
    {
        let state = &mut *handle.state_mut();
        state.hand.leave();
        (state.pointer, state.tip) = (None, None);
    }
    handle.redraw();
}

/// Something is clicked twice.
pub fn double_click(handle: &StageHandle, stage: &Element, event: &MouseEvent) {
    if is_on_float(event) {
        return;
    }
    let event = {
        let state = &mut *handle.state_mut();
        // The first of the two clicks may have been on a message.
        state.end_pick(true);
        let at = pixel(stage, event.client_x(), event.client_y());
        let target = state.target(at);
        state.hand.double_click(&state.board, target, state.view.viewport.to_world(at))
    };
    handle.perform(event.map(Into::into));
}

/// Feeds the gesture and draws the stage anew.
pub fn feed(handle: &StageHandle, input: Input) {
    let effects = handle.state_mut().feed(input);
    handle.perform(effects);
    handle.redraw();
}

fn is_touch(event: &PointerEvent) -> bool {
    event.pointer_type() == "touch"
}

/// The keys that are held down, or what stands for them.
fn held(handle: &StageHandle, event: &PointerEvent) -> Held {
    let shift = event.shift_key() || handle.state().hand.mode() == Mode::Add;
    Held { shift, command: event.ctrl_key() || event.meta_key(), alt: event.alt_key() }
}
