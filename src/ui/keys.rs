//! What keys do, wherever the focus is; a field that is typed in keeps its keys. Which key does what stands in
//! [`super::actions`].

use super::actions::{self, Desk};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// Listens to the keys of the page as long as the app is there. What is selected is asked when a key comes, not
/// remembered: keys can be quicker than the page is drawn.
#[hook]
pub fn use_keys(desk: &Desk) {
    use_effect_with(desk.clone(), |desk| {
        let desk = desk.clone();
        // Not passive: some of these keys scroll the page otherwise.
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&window(), "keydown", options, move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>()
                && !event.default_prevented()
                && press(event, &desk)
            {
                event.prevent_default();
            }
        });
        move || drop(listener)
    });
}

/// Does what a key stands for; whether it stands for something here.
fn press(event: &KeyboardEvent, desk: &Desk) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let is_in = |selector: &str| target.as_ref().is_some_and(|t| t.matches(selector).unwrap_or(false));
    // What lies over the page has keys of its own, and nothing beneath it may be removed meanwhile.
    if is_in("input:not([type=range]), textarea, select, dialog[open] *, dialog[open], [role=menu] *") {
        return false;
    }
    let keys = written(event);
    let is_kept = match keys.as_str() {
        // On a button the space bar presses the button.
        "Space" => is_in("button, [role=button], [data-service]"),
        // The browser closes what it has opened.
        "Escape" => is_in(":popover-open, :popover-open *"),
        _ => false,
    };
    let Some(act) = actions::of_keys(&keys).filter(|_| !is_kept) else { return false };
    (act.run)(desk);
    true
}

/// The keys of an event as [`actions::Act::keys`] writes them. Shift is part of a character that is no letter.
pub fn written(event: &KeyboardEvent) -> String {
    let key = event.key();
    let mut chars = key.chars();
    let character = chars.next().filter(|_| chars.next().is_none());
    let key = match character {
        Some(' ') => "Space".into(),
        Some(c) => c.to_lowercase().to_string(),
        None => key,
    };
    let shift = event.shift_key() && character.is_none_or(|c| c.is_alphabetic() || c == ' ');
    let modifier = |is_down: bool, name: &'static str| if is_down { name } else { "" };
    [
        modifier(event.ctrl_key() || event.meta_key(), "Mod+"),
        modifier(event.alt_key(), "Alt+"),
        modifier(shift, "Shift+"),
        &key,
    ]
    .concat()
}
