//! Keys on a box or a link that has the focus.

use super::menu::asked_by_key;
use super::pointer::feed;
use crate::gesture::machine::Input;
use crate::gesture::{Effect, Focus};
use crate::ui::keycaps::{arrow, written};
use crate::ui::stage::floating;
use crate::ui::stage::handle::StageHandle;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// A key goes down.
pub fn key(handle: &StageHandle, event: &KeyboardEvent) {
    let keys = written(event);
    // Before the focus leaves the choice about a message: that would end it as well, but would not resume the run.
    let ends_pick = keys == "Escape" && handle.state_mut().end_pick(true);
    if floating::moves_focus(event) || ends_pick {
        take(event);
        return handle.redraw_if(ends_pick);
    }
    if keys == "Escape" && !handle.state().hand.is_idle() {
        event.stop_propagation();
        return feed(handle, Input::Cancel);
    }
    if let Some(effects) = meaning(handle, &keys, event) {
        take(event);
        handle.perform(effects);
        handle.redraw();
    }
}

/// What a key does; `None`: it is not for the stage.
fn meaning(handle: &StageHandle, keys: &str, event: &KeyboardEvent) -> Option<Vec<Effect>> {
    let focus = handle.state().focus;
    if let "Shift+F10" | "ContextMenu" = keys {
        let on = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        on.iter().for_each(|on| asked_by_key(handle, focus, on));
        return Some(Vec::new());
    }
    let state = &mut *handle.state_mut();
    let (hand, board) = (&mut state.hand, &state.board);
    let event = match (keys, focus?) {
        ("Enter", focus) => return Some(hand.enter(board, focus)),
        ("Mod+Enter", focus) => return Some(hand.toggle(board, focus)),
        // Its meaning is known at its release: held down, it moves the stage with the pointer.
        ("Space", _) if has_focus_by_key(event) => {
            hand.press_space();
            None
        }
        ("c", Focus::Service(index)) => hand.begin_wire(board, index),
        (keys, Focus::Service(index)) => hand.nudge(board, Some(index), arrow(keys)?),
        (_, Focus::Link(_)) => return None,
    };
    Some(event.map(Effect::from).into_iter().collect())
}

/// A key goes up.
pub fn key_up(handle: &StageHandle, event: &KeyboardEvent) {
    let focus = handle.state().focus;
    let Some(focus) = focus.filter(|_| event.key() == " " && has_focus_by_key(event)) else { return };
    event.stop_propagation();
    let effects = {
        let state = &mut *handle.state_mut();
        if state.hand.release_space() { state.hand.enter_or_toggle(&state.board, focus) } else { Vec::new() }
    };
    handle.perform(effects);
    handle.redraw();
}

fn take(event: &KeyboardEvent) {
    event.prevent_default();
    event.stop_propagation();
}

/// Whether keys have brought the focus where it is: after a click the space bar still belongs to the page.
fn has_focus_by_key(event: &KeyboardEvent) -> bool {
    let on = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    on.is_some_and(|on| on.matches(":focus-visible").unwrap_or(false))
}
