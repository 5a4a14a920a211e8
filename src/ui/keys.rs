//! What keys do, wherever the focus is; a field that is typed in keeps its keys.

use super::driver::Driver;
use super::run::Moment;
use super::state::{Action, App};
use super::transport;
use crate::editor::Selection;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// Listens to the keys of the page as long as the app is there. What is selected is asked when a key comes, not
/// remembered: keys can be quicker than the page is drawn.
#[hook]
pub fn use_keys(app: &App, driver: &Driver) {
    use_effect_with((app.clone(), driver.clone()), |(app, driver)| {
        let (app, driver) = (app.clone(), driver.clone());
        // Not passive: some of these keys scroll the page otherwise.
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&window(), "keydown", options, move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>()
                && !event.default_prevented()
                && press(event, &app, &driver)
            {
                event.prevent_default();
            }
        });
        move || drop(listener)
    });
}

/// Does what a key stands for; whether it stands for something here.
fn press(event: &KeyboardEvent, app: &App, driver: &Driver) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let is_in = |selector: &str| target.as_ref().is_some_and(|t| t.matches(selector).unwrap_or(false));
    if is_in("input:not([type=range]), textarea, select") || event.alt_key() {
        return false;
    }
    let key = event.key();
    match (event.ctrl_key() || event.meta_key(), key.as_str()) {
        (true, "z") => app.send(Action::Undo),
        (true, "Z" | "y") => app.send(Action::Redo),
        (true, _) => return false,
        // On a button the space bar presses the button.
        (false, " ") if is_in("button, [role=button], [data-service]") => return false,
        (false, " ") => transport::toggle(driver),
        (false, ".") => driver.step(),
        (false, ",") => driver.go_to(Moment::EventBefore),
        (false, "Delete" | "Backspace") => app.send(Action::RemoveSelected),
        // The browser closes what it has opened.
        (false, "Escape") if is_in(":popover-open, :popover-open *") => return false,
        (false, "Escape") => app.send(Action::Select(Selection::None)),
        (false, _) => return false,
    }
    true
}
