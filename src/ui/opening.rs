//! What the page begins with, if not with the first system: what a link carries, or what this tab had before it was loaded
//! again. And links that are opened later.
//!
//! `static/boot.js` finds out whether there is a link or an autosave.

use super::address::address;
use super::autosave::store::Store;
use super::state::{App, State, Tab, Update};
use crate::editor::ready::ready_system;
use crate::editor::{Command, Editor};
use crate::scenario::problem::Problem;
use crate::scenario::ready::READY;
use crate::scenario::{Scenario, share};
use crate::t;
use gloo::events::EventListener;
use gloo::utils::{document, window};
use yew::prelude::*;

/// Whether there is a link to open or a tab to restore.
pub fn is_something_to_open() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-opens"))
}

/// What the page begins with. A link comes first: then what the tab had before is left to its own.
pub fn begin(tab: Option<Tab>) -> State {
    let linked = address().as_deref().and_then(share::carried).map(|text| share::read(text).and_then(Editor::new));
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

fn autosaved(tab: Option<Tab>) -> Option<State> {
    let store = Store::find()?;
    let autosave = store.autosave(&store.tab()?);
    let editor = Editor::new(autosave.versions().last()?.document()?).ok()?;
    Some(if autosave.is_safe { State::new(editor, tab) } else { State::restored(editor, tab) })
}

/// Opens the links that are put into the address while the page is there.
#[hook]
pub fn use_links(app: &App, in_use: bool) {
    let begun = use_mut_ref(|| is_something_to_open().then(address).flatten());
    use_effect_with((app.clone(), in_use), move |(app, in_use)| {
        let app = app.clone();
        // The first one may have come while nobody had begun to use the page.
        if *in_use && begun.take().is_none() {
            open(&app);
        }
        let listener = in_use.then(|| EventListener::new(&window(), "hashchange", move |_| open(&app)));
        move || drop(listener)
    });
}

/// Opens the link in the address, or says why not; then the document stays.
fn open(app: &App) {
    let Some(address) = address() else { return };
    match share::carried(&address).map(share::read) {
        None => {}
        Some(Ok(scenario)) => load(app, scenario),
        Some(Err(problems)) => refuse(app, problems),
    }
}

fn load(app: &App, scenario: Scenario) {
    app.send(Update::Do(Command::Load(Box::new(scenario))));
    app.say(t!("link-opened"));
}

fn refuse(app: &App, problems: Vec<Problem>) {
    app.send(Update::Say(t!("link-refused-later").into(), problems));
}
