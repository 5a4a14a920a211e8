//! Copy, cut and paste: the selection becomes the text of a file, in the clipboard of the system where the browser allows it.
//!
//! The usual keys send events of the clipboard, which need no permission. A pasted text may come from a stranger: it is
//! measured, read and checked like a file.

use super::actions::context::Context;
use super::part::{self, part};
use super::state::Update;
use super::{bring, keycaps};
use crate::editor::{Command, fragment};
use crate::scenario::{Scenario, limits, read, write};
use crate::scene::stage::layout::Layout;
use crate::scene::stage::tidy::placed;
use crate::t;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::{document, window};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, Element, Event};
use yew::prelude::*;

/// Writes a scenario as text.
type Writer = fn(&Scenario) -> String;

thread_local! {
    /// Writes a scenario as text. An event of the clipboard ends before code can load, so the dialogs bring it with them
    /// when somebody begins to use the page.
    static WRITE: Cell<Option<Writer>> = const { Cell::new(None) };
}

/// Lets copy and cut write scenarios.
pub fn provide() {
    WRITE.set(Some(write::write));
}

/// Listens to the clipboard as long as the app is there.
#[hook]
pub fn use_clipboard(context: &Context) {
    use_effect_with(context.clone(), |context| {
        let listen = |name: &'static str, act: fn(&Context, &DataTransfer) -> bool| {
            let context = context.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document(), name, options, move |event| {
                if let Some(data) = data(event).filter(|_| !is_about_text(event))
                    && act(&context, &data)
                {
                    event.prevent_default();
                }
            })
        };
        let listeners = [
            listen("copy", |context, data| {
                copied(context).is_some_and(|text| data.set_data("text/plain", &text).is_ok())
            }),
            listen("cut", |context, data| {
                let is_done = copied(context).is_some_and(|text| data.set_data("text/plain", &text).is_ok());
                if is_done {
                    remove(context);
                }
                is_done
            }),
            listen("paste", |context, data| {
                let text = data.get_data("text/plain").unwrap_or_default();
                paste(context, &text);
                true
            }),
        ];
        move || drop(listeners)
    });
}

fn data(event: &Event) -> Option<DataTransfer> {
    js_sys::Reflect::get(event, &"clipboardData".into()).ok()?.dyn_into().ok()
}

/// Whether the event is about a text field or selected text.
fn is_about_text(event: &Event) -> bool {
    let on = event.target().and_then(|on| on.dyn_into::<Element>().ok());
    let types = on.is_some_and(|on| on.matches("input:not([type=range]), textarea, select").unwrap_or(false));
    let selection = js_sys::Reflect::get(&window(), &"getSelection".into()).ok();
    let selection = selection.and_then(|get| get.dyn_into::<js_sys::Function>().ok()?.call0(&window()).ok());
    let reads =
        selection.is_some_and(|selection| !String::from(js_sys::Object::from(selection).to_string()).is_empty());
    types || reads
}

/// Copies the selection into the memory of the page, and returns its text.
fn copied(context: &Context) -> Option<String> {
    let state = context.app.now();
    let editor = &state.editor;
    let fragment = fragment::of(editor.document(), editor.selection())?;
    let Some(write) = WRITE.get() else {
        context.app.say(t!("app-action-missing"));
        return None;
    };
    let text = write(&fragment);
    context.memory.set(text.clone());
    // A copy goes beside its original until the mouse moves.
    let _ = context.view.take_pointer();
    let count = fragment.services.len();
    context.app.say(t!("clipboard-copied", count = count));
    Some(text)
}

/// Copies the selection without an event of the clipboard.
pub fn copy(context: &Context) {
    if let Some(text) = copied(context) {
        let has_clipboard =
            js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).is_ok_and(|it| it.is_object());
        if has_clipboard {
            let written = window().navigator().clipboard().write_text(&text);
            // Where the browser refuses, the memory of this page remains.
            wasm_bindgen_futures::spawn_local(async { drop(wasm_bindgen_futures::JsFuture::from(written).await) });
        }
    }
}

/// Copies the selection and removes it.
pub fn cut(context: &Context) {
    copy(context);
    remove(context);
}

/// Pastes the last copy made in this page.
pub fn paste_copied(context: &Context) {
    match context.memory.get() {
        Some(text) => paste(context, &text),
        None => context.app.say(t!("clipboard-empty", keys = keycaps::text("Mod+v"))),
    }
}

fn remove(context: &Context) {
    context.app.send(Update::Edit(|editor| Some(Command::Remove(editor.selection().clone()))));
}

/// Pastes a text at the mouse, or beside its original.
fn paste(context: &Context, text: &str) {
    let (text, context) = (text.to_owned(), context.clone());
    part::run(&context.app.clone(), async move {
        // A flowchart, a docker-compose file or traces make a whole system.
        if !bring::paste(text.clone(), context.app.clone()).await? {
            paste_fragment(text, context).await?;
        }
        Ok(())
    });
}

part! {
    dialogs: fn paste_fragment(text: String, context: Context) -> () { insert(&context, &text) }
}

/// Adds a part of a system to the document.
fn insert(context: &Context, text: &str) {
    if text.len() > limits::FILE_BYTES {
        return context.app.say(t!("clipboard-too-large"));
    }
    if !text.trim_start().starts_with('{') {
        return context.app.say(t!("clipboard-foreign"));
    }
    let fragment = match read::read(text) {
        Ok(scenario) => Box::new(placed(&scenario)),
        Err(problems) => return context.app.send(Update::Say(t!("clipboard-refused").into(), problems)),
    };
    let by = match context.view.take_pointer() {
        Some(at) => {
            let by = at - Layout::of(&fragment, &[]).bounds().centre();
            [by.x.round(), by.y.round()]
        }
        None => fragment::beside(context.app.now().editor.document(), &fragment),
    };
    context.app.send(Update::Do(Command::Paste { fragment, by }));
}
