//! Scenario files: opened and saved here, and sent nowhere.
//!
//! A file may come from a stranger. It is measured before it is read, read and checked as a
//! whole, and only then takes the place of what was open.

use super::state::{Action, App};
use crate::editor::Command;
use crate::scenario::problem::Problem;
use crate::scenario::{Scenario, limits, read, write};
use gloo::file::callbacks::{FileReader, read_as_text};
use gloo::file::{Blob, File, ObjectUrl};
use gloo::timers::callback::Timeout;
use gloo::utils::document;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;

/// Reads one file at a time; dropped, it stops.
#[derive(Clone, Default)]
pub struct Opener(Rc<RefCell<Option<FileReader>>>);

impl Opener {
    /// Opens a file, or says why not; then what was open stays.
    pub fn open(&self, file: web_sys::File, app: App) {
        let file = File::from(file);
        let name = file.name();
        if file.size() > limits::FILE_BYTES as u64 {
            app.send(refusal(&name, vec![problem("The file is larger than 1 MiB.")]));
            return;
        }
        let reader = read_as_text(&file, move |text| {
            let found = text.map_err(|_| vec![problem("The file cannot be read.")]).and_then(|text| read::read(&text));
            match found {
                Ok(scenario) => {
                    app.send(Action::Do(Command::Load(Box::new(scenario))));
                    app.say(format!("Opened {name}."));
                }
                Err(problems) => app.send(refusal(&name, problems)),
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
pub fn save(scenario: &Scenario) {
    let blob = Blob::new_with_options(write::write(scenario).as_str(), Some("application/json"));
    let url = ObjectUrl::from(blob);
    let Some(link) = document().create_element("a").ok().and_then(|e| e.dyn_into::<HtmlAnchorElement>().ok()) else {
        return;
    };
    link.set_href(&url);
    link.set_download(&file_name(&scenario.title));
    link.click();
    // The browser begins to read the address after this function; it is given back later.
    Timeout::new(60_000, move || drop(url)).forget();
}

/// The title in small letters, with dashes: a name that every system takes.
fn file_name(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name = if words.is_empty() { "scenario".into() } else { words.join("-") };
    format!("{name}.json")
}
