//! Copy, cut and paste: what is selected travels as the text of a file, by the clipboard of the system where the browser
//! gives it.
//!
//! The events of the clipboard come with the usual keys and need no permission. What is pasted may come from a stranger:
//! it is measured, read and checked as a file is.

use super::actions::Desk;
use super::bring;
use super::state::Action;
use crate::editor::{Command, fragment};
use crate::scenario::{limits, read, write};
use crate::scene::layout::{Layout, placed};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::{document, window};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, Element, Event};
use yew::prelude::*;

/// What was copied last in this page, for those who paste by a menu: only a key may ask the system for its clipboard.
#[derive(Clone, Default)]
pub struct Memory(Rc<RefCell<Option<String>>>);

impl Memory {
    /// Whether nothing was copied yet.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_none()
    }
}

impl PartialEq for Memory {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Listens to the clipboard as long as the app is there.
#[hook]
pub fn use_clipboard(desk: &Desk) {
    use_effect_with(desk.clone(), |desk| {
        let listen = |name: &'static str, act: fn(&Desk, &DataTransfer) -> bool| {
            let desk = desk.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document(), name, options, move |event| {
                if let Some(data) = data(event).filter(|_| !is_about_text(event))
                    && act(&desk, &data)
                {
                    event.prevent_default();
                }
            })
        };
        let listeners = [
            listen("copy", |desk, data| copied(desk).is_some_and(|text| data.set_data("text/plain", &text).is_ok())),
            listen("cut", |desk, data| {
                let is_done = copied(desk).is_some_and(|text| data.set_data("text/plain", &text).is_ok());
                if is_done {
                    remove(desk);
                }
                is_done
            }),
            listen("paste", |desk, data| {
                let text = data.get_data("text/plain").unwrap_or_default();
                paste(desk, &text);
                true
            }),
        ];
        move || drop(listeners)
    });
}

fn data(event: &Event) -> Option<DataTransfer> {
    js_sys::Reflect::get(event, &"clipboardData".into()).ok()?.dyn_into().ok()
}

/// Whether somebody copies what they read, or types.
fn is_about_text(event: &Event) -> bool {
    let on = event.target().and_then(|on| on.dyn_into::<Element>().ok());
    let types = on.is_some_and(|on| on.matches("input:not([type=range]), textarea, select").unwrap_or(false));
    let selection = js_sys::Reflect::get(&window(), &"getSelection".into()).ok();
    let selection = selection.and_then(|get| get.dyn_into::<js_sys::Function>().ok()?.call0(&window()).ok());
    let reads =
        selection.is_some_and(|selection| !String::from(js_sys::Object::from(selection).to_string()).is_empty());
    types || reads
}

/// The text of what is selected, which is kept, too.
fn copied(desk: &Desk) -> Option<String> {
    let state = desk.app.now();
    let editor = &state.editor;
    let fragment = fragment::of(&placed(editor.document()), editor.selection())?;
    let text = write::write(&fragment);
    *desk.memory.0.borrow_mut() = Some(text.clone());
    // Where the mouse was says nothing of where the copy is wanted, until it is moved.
    let _ = desk.view.pointer();
    let count = fragment.services.len();
    desk.app.say(if count == 1 { "Copied.".into() } else { format!("Copied {count} services.") });
    Some(text)
}

/// Copies what is selected, where no event of the clipboard asks.
pub fn copy(desk: &Desk) {
    if let Some(text) = copied(desk) {
        let has_clipboard =
            js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).is_ok_and(|it| it.is_object());
        if has_clipboard {
            let written = window().navigator().clipboard().write_text(&text);
            // Where it is refused, the memory of this page is left.
            wasm_bindgen_futures::spawn_local(async { drop(wasm_bindgen_futures::JsFuture::from(written).await) });
        }
    }
}

/// Copies what is selected, and removes it.
pub fn cut(desk: &Desk) {
    copy(desk);
    remove(desk);
}

/// Pastes what was copied last in this page.
pub fn paste_copied(desk: &Desk) {
    let text = desk.memory.0.borrow().clone();
    match text {
        Some(text) => paste(desk, &text),
        None => desk.app.say("Nothing was copied here yet. Ctrl+V pastes what was copied elsewhere."),
    }
}

fn remove(desk: &Desk) {
    desk.app.send(Action::Edit(|editor| Some(Command::Remove(editor.selection().clone()))));
}

/// Puts a text in, where the mouse was moved to, or else beside what it was copied from.
fn paste(desk: &Desk, text: &str) {
    const KEPT: &str = "Nothing was pasted. What you had stays as it is.";
    // A flowchart, a docker-compose file, traces: a system of its own.
    if bring::paste(text, &desk.app) {
        return;
    }
    if text.len() > limits::FILE_BYTES {
        return desk.app.say("What was copied is larger than 1 MiB. Nothing was pasted.");
    }
    if !text.trim_start().starts_with('{') {
        return desk.app.say("What was copied elsewhere is no part of a system. Nothing was pasted.");
    }
    let fragment = match read::read(text) {
        Ok(scenario) => Box::new(placed(&scenario)),
        Err(problems) => return desk.app.send(Action::Say(KEPT.into(), problems)),
    };
    let by = match desk.view.pointer() {
        Some(at) => {
            let by = at - Layout::of(&fragment, &[]).bounds().centre();
            [by.x.round(), by.y.round()]
        }
        None => fragment::beside(desk.app.now().editor.document(), &fragment),
    };
    desk.app.send(Action::Do(Command::Paste { fragment, by }));
}
