//! Keys of the whole page; a text field keeps its own keys. The table of keys is
//! [`super::actions`].

use super::actions::{self, context::Context};
use super::keycaps::{arrow, written};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// Listens to the keys of the page. Each key asks for the selection anew, because keys can be faster than the drawing.
#[hook]
pub fn use_keys(context: &Context) {
    use_effect_with(context.clone(), |context| {
        let (context, context_2) = (context.clone(), context.clone());
        // Not passive: some of these keys scroll the page otherwise.
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&window(), "keydown", options, move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>()
                && !event.default_prevented()
                && press(event, &context)
            {
                event.prevent_default();
            }
        });
        let released = EventListener::new(&window(), "keyup", {
            let context = context_2;
            move |event| {
                let is_space = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == " ");
                // A space bar that moved the stage with the pointer means nothing else.
                if is_space && context.view.release_space() {
                    actions::of_keys("Space").iter().for_each(|action| (action.run)(&context));
                }
            }
        });
        move || drop((listener, released))
    });
}

/// Runs the action of a key. Returns whether the key has one here.
fn press(event: &KeyboardEvent, context: &Context) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let is_in = |selector: &str| target.as_ref().is_some_and(|t| t.matches(selector).unwrap_or(false));
    // Dialogs and menus have their own keys, and keys must not remove things beneath them.
    if is_in("input:not([type=range]), textarea, select, dialog[open] *, dialog[open], [role=menu] *") {
        return false;
    }
    let keys = written(event);
    let is_kept = match keys.as_str() {
        // The space bar presses a focused button, and a thing on the stage that has the focus by keys.
        "Space" => {
            is_in("button, [role=button]:not([data-link]), [data-service]:focus-visible, [data-link]:focus-visible")
        }
        // The browser closes what it has opened.
        "Escape" => is_in(":popover-open, :popover-open *"),
        // The browser sends events of the clipboard for these.
        "Mod+c" | "Mod+x" | "Mod+v" => true,
        _ => false,
    };
    if keys == "Space" && !is_kept {
        context.view.press_space();
        return true;
    }
    // Elsewhere the arrows go through a list or along a scale.
    if let Some(by) = arrow(&keys).filter(|_| is_in("body, .stage")) {
        return context.view.nudge(by);
    }
    let Some(action) = actions::of_keys(&keys).filter(|_| !is_kept) else { return false };
    (action.run)(context);
    true
}
