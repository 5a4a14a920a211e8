//! Files that the browser saves and offers to open. Nothing is sent anywhere.

use super::export;
use super::part::{self, part};
use super::state::{App, Update};
use crate::scenario::{Scenario, write};
use crate::t;
use gloo::utils::document;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What the field for files offers: scenarios, traces, flowcharts alone and within documents, docker-compose files.
pub const ACCEPTED: &str = ".json,.jsonl,.mmd,.mermaid,.md,.txt,.yml,.yaml,application/json,text/plain,text/markdown";
/// The id of the field for files.
pub const FIELD: &str = "file";

part! {
    dialogs: fn write_file(document: Rc<Scenario>, app: App) -> () { offer(&document, &app) }
}

/// Saves the scenario as a file of the browser.
pub fn save(scenario: &Rc<Scenario>, app: &App) {
    part::run(app, write_file(scenario.clone(), app.clone()));
}

fn offer(scenario: &Scenario, app: &App) {
    let name = format!("{}.json", export::file_name(&scenario.title));
    export::offer_text(&write::write(scenario), "application/json", &name);
    app.send(Update::Saved);
    app.say(t!("file-saved"));
}

/// Asks for a file to open: presses the field for files in the bar at the top.
pub fn choose() {
    if let Some(field) = document().get_element_by_id(FIELD).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        field.click();
    }
}
