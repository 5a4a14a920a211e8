//! Files: opened and saved here, and sent nowhere.
//!
//! A file may come from a stranger. It is measured before it is read, read and checked as a
//! whole, and only then takes the place of what was open.

use super::state::{Action, App};
use super::{bring, export};
use crate::scenario::problem::Problem;
use crate::scenario::{Scenario, limits, write};
use gloo::file::File;
use gloo::file::callbacks::{FileReader, read_as_text};
use gloo::utils::document;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What the field for files offers: scenarios, traces, flowcharts alone and within documents, docker-compose files.
pub const ACCEPTED: &str = ".json,.jsonl,.mmd,.mermaid,.md,.txt,.yml,.yaml,application/json,text/plain,text/markdown";
/// The id of the field for files.
pub const FIELD: &str = "file";

/// Reads one file at a time; dropped, it stops.
#[derive(Clone, Default)]
pub struct Opener(Rc<RefCell<Option<FileReader>>>);

impl Opener {
    /// Opens a file, or says why not; then what was open stays.
    pub fn open(&self, file: web_sys::File, app: App) {
        let file = File::from(file);
        let name = file.name();
        if file.size() > limits::TRACE_BYTES as u64 {
            app.send(refusal(&name, vec![problem("The file is larger than 16 MiB.")]));
            return;
        }
        let reader = read_as_text(&file, move |text| {
            let text = text.map_err(|_| vec![problem("The file cannot be read.")]);
            if let Err(problems) = text.and_then(|text| bring::open(&text, Some(&name), &app)) {
                app.send(refusal(&name, problems));
            }
        });
        *self.0.borrow_mut() = Some(reader);
    }
}

fn problem(message: &str) -> Problem {
    Problem { path: String::new(), message: message.into() }
}

fn refusal(name: &str, problems: Vec<Problem>) -> Action {
    Action::Say(format!("{name} was not opened. What you had stays as it is.").into(), problems)
}

/// Saves the scenario as a file of the browser.
pub fn save(scenario: &Scenario, app: &App) {
    let name = format!("{}.json", export::file_name(&scenario.title));
    export::offer_text(&write::write(scenario), "application/json", &name);
    app.send(Action::Saved);
    app.say("Saved as a file.");
}

/// Asks for a file to open: presses the field for files in the bar at the top.
pub fn choose() {
    if let Some(field) = document().get_element_by_id(FIELD).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        field.click();
    }
}
