//! The first document of the page: the system of a link, the document of this tab before a reload, or else the first ready
//! system. And links that are opened later.

use super::address::address;
use super::autosave::store::Store;
use super::part::{self, part};
use super::state::{App, State, Tab, Update};
use crate::editor::ready::ready_system;
use crate::editor::{Command, Editor};
use crate::scenario::problem::Problem;
use crate::scenario::ready::READY;
use crate::scenario::{Scenario, share};
use crate::scene::stage::tidy::placed;
use crate::t;
use gloo::events::EventListener;
use gloo::utils::window;
use yew::prelude::*;

/// Whether there is a link to open or a tab to restore.
pub fn is_something_to_open() -> bool {
    let has_link = address().as_deref().and_then(share::carried).is_some();
    has_link || Store::find().is_some_and(|store| store.tab().is_some())
}

part! {
    /// The document to open, if there is one.
    dialogs: pub fn begin(tab: Option<Tab>) -> State { linked_or_autosaved(tab) }

    dialogs: fn open_address(app: App) -> () { open(&app) }
}

/// A link takes precedence. The previous document of the tab stays in its record.
fn linked_or_autosaved(tab: Option<Tab>) -> State {
    let linked = address().as_deref().and_then(share::carried).map(|text| share::read(text).and_then(placed_editor));
    if let Some(Ok(editor)) = linked {
        if let Some(store) = Store::find() {
            store.leave_tab();
        }
        return State::new(editor, tab);
    }
    let mut state = autosaved(tab).unwrap_or_else(|| State::new(first_system(), tab));
    if let Some(Err(problems)) = linked {
        state.say(t!("link-refused").into(), problems);
    }
    state
}

/// The first of the ready systems.
pub fn first_system() -> Editor {
    READY.first().and_then(ready_system).and_then(|system| Editor::new(system).ok()).unwrap_or_default()
}

/// Lays out a system without positions: links and older versions may omit them.
fn placed_editor(scenario: Scenario) -> Result<Editor, Vec<Problem>> {
    Editor::new(placed(&scenario))
}

fn autosaved(tab: Option<Tab>) -> Option<State> {
    let store = Store::find()?;
    let autosave = store.autosave(&store.tab()?);
    let editor = placed_editor(autosave.versions().last()?.document()?).ok()?;
    Some(if autosave.is_safe { State::new(editor, tab) } else { State::restored(editor, tab) })
}

/// Opens the links that are put into the address while the page is there.
#[hook]
pub fn use_links(app: &App) {
    use_effect_with(app.clone(), move |app| {
        let app = app.clone();
        let listener = EventListener::new(&window(), "hashchange", move |_| part::run(&app, open_address(app.clone())));
        move || drop(listener)
    });
}

/// Opens the link in the address. An invalid link leaves the document open and shows a message.
fn open(app: &App) {
    let Some(address) = address() else { return };
    match share::carried(&address).map(share::read) {
        None => {}
        Some(Ok(scenario)) => load(app, scenario),
        Some(Err(problems)) => refuse(app, problems),
    }
}

fn load(app: &App, scenario: Scenario) {
    app.send(Update::Do(Command::Load(Box::new(placed(&scenario)))));
    app.say(t!("link-opened"));
}

fn refuse(app: &App, problems: Vec<Problem>) {
    app.send(Update::Say(t!("link-refused-later").into(), problems));
}
