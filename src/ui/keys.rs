//! What keys do, wherever the focus is; a field that is typed in keeps its keys. Which key does what stands in
//! [`super::actions`].

use super::actions::{self, Desk};
use crate::scene::geometry::Point;
use crate::scene::snap::STEP;
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
        let (desk, desk_2) = (desk.clone(), desk.clone());
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
        let released = EventListener::new(&window(), "keyup", {
            let desk = desk_2;
            move |event| {
                let is_space = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == " ");
                // Held down, it moves the stage with the pointer; then it means nothing else.
                if is_space && desk.view.let_go_of_space() {
                    actions::of_keys("Space").iter().for_each(|act| (act.run)(&desk));
                }
            }
        });
        move || drop((listener, released))
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
        // On a button the space bar presses the button; on the stage that is meant if one came there by keys.
        "Space" => {
            is_in("button, [role=button]:not([data-link]), [data-service]:focus-visible, [data-link]:focus-visible")
        }
        // The browser closes what it has opened.
        "Escape" => is_in(":popover-open, :popover-open *"),
        // The browser tells of these by events of the clipboard.
        "Mod+c" | "Mod+x" | "Mod+v" => true,
        _ => false,
    };
    if keys == "Space" && !is_kept {
        desk.view.hold_space();
        return true;
    }
    // Elsewhere the arrows go through a list or along a scale.
    if let Some(by) = arrow(&keys).filter(|_| is_in("body, .stage")) {
        return desk.view.nudge(by);
    }
    let Some(act) = actions::of_keys(&keys).filter(|_| !is_kept) else { return false };
    (act.run)(desk);
    true
}

/// How far these keys move what is selected, in world units.
pub fn arrow(keys: &str) -> Option<Point> {
    let (key, steps) = keys.strip_prefix("Shift+").map_or((keys, 1.0), |key| (key, 5.0));
    let way = match key {
        "ArrowLeft" => Point::new(-1.0, 0.0),
        "ArrowRight" => Point::new(1.0, 0.0),
        "ArrowUp" => Point::new(0.0, -1.0),
        "ArrowDown" => Point::new(0.0, 1.0),
        _ => return None,
    };
    Some(way * (STEP * steps))
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
