//! Whether the user has begun to use the page.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::window;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// The events that count as use. A screen reader's cursor selects and scrolls.
const SIGNS: [&str; 10] = [
    "pointermove",
    "pointerdown",
    "touchstart",
    "wheel",
    "keydown",
    "focusin",
    "dragenter",
    "scroll",
    "selectionchange",
    "hashchange",
];

/// Whether the selection within a field has changed: Chromium reports that for each field that appears with a value.
fn is_of_field(event: &Event) -> bool {
    event.type_() == "selectionchange" && event.target().is_some_and(|target| target.has_type::<Element>())
}

/// Whether the user has begun to use the page.
#[hook]
pub fn use_in_use() -> bool {
    let in_use = use_state(|| false);
    use_effect_with((), {
        let setter = in_use.setter();
        move |()| {
            let listeners = Rc::new(RefCell::new(Vec::new()));
            let listen = |sign| {
                let (listeners, setter) = (listeners.clone(), setter.clone());
                let options = EventListenerOptions::run_in_capture_phase();
                EventListener::new_with_options(&window(), sign, options, move |event| {
                    if is_of_field(event) {
                        return;
                    }
                    setter.set(true);
                    // A listener must not be dropped while it runs.
                    let heard = listeners.take();
                    wasm_bindgen_futures::spawn_local(async move { drop(heard) });
                })
            };
            let begun = SIGNS.map(listen).into();
            *listeners.borrow_mut() = begun;
            move || drop(listeners.take())
        }
    });
    *in_use
}
