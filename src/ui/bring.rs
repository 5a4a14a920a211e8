//! Bring your own system: a text that the user opens, drops or pastes replaces the document, and a report names the result.
//! Nothing is sent anywhere.
//!
//! A file may come from a stranger: it is measured, read and checked as a whole before it replaces the document.

use super::callback::callback;
use super::dialog::Modal;
use super::part::{self, part};
use super::state::{App, Update};
use super::{fetch, files};
use crate::editor::Command;
use crate::import::{self, Format, Imported, Note, Place};
use crate::scenario::problem::Problem;
use crate::scenario::{Kind, Scenario, limits};
use crate::scene::stage::tidy::placed;
use crate::{msg, t, text};
use gloo::file::File;
use gloo::file::callbacks::{FileReader, read_as_text};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The template that explains the formats: a file of its own, because a first visit does without it.
const FILE: &str = "bring.html";
/// An example of a text.
const EXAMPLE: &str = "flowchart LR\n  shopper([Shopper]) --> shop\n  shop --> stock & prices";

/// Opens a text of any format in place of the document; `file` is the name of its file.
///
/// # Errors
/// The reasons why the text cannot be opened; then the document stays.
pub fn open(text: &str, file: Option<&str>, app: &App) -> Result<(), Vec<Note>> {
    let imported = import::open(text)?.named_after(file.unwrap_or_default());
    if imported.format == Format::Scenario {
        app.send(Update::Do(Command::Load(Box::new(placed(&imported.scenario)))));
        app.send(Update::Show(None));
        app.say(match file {
            Some(name) => t!("file-opened", name = name),
            None => t!("text-opened"),
        });
    } else {
        let scenario = placed(&imported.scenario);
        app.send(Update::Import(Rc::new(Imported { scenario, ..imported })));
    }
    Ok(())
}

part! {
    dialogs: fn open_file(text: String, name: String, app: App) -> () {
        if let Err(notes) = open(&text, Some(&name), &app) {
            app.send(refusal(&name, notes));
        }
    }

    /// Opens a text that was pasted on the stage, if it has a foreign format. Returns whether it has.
    dialogs: pub fn paste(text: String, app: App) -> bool { paste_foreign(&text, &app) }
}

/// Reads one file at a time, until it is dropped.
#[derive(Clone, Default)]
pub struct Opener(Rc<RefCell<Option<FileReader>>>);

impl Opener {
    /// Opens a file, or says why not; then the document stays.
    pub fn open(&self, file: web_sys::File, app: App) {
        let file = File::from(file);
        let name = file.name();
        if file.size() > limits::TRACE_BYTES as u64 {
            app.send(refusal(&name, vec![msg!("file-too-large").into()]));
            return;
        }
        let reader = read_as_text(&file, move |text| match text {
            Ok(text) => part::run(&app, open_file(text, name, app.clone())),
            Err(_) => app.send(refusal(&name, vec![msg!("file-unreadable").into()])),
        });
        *self.0.borrow_mut() = Some(reader);
    }
}

fn refusal(name: &str, notes: Vec<Note>) -> Update {
    Update::Say(t!("file-refused", name = name).into(), problems(&notes))
}

/// The notes in the language of this moment, as the messages of the page take them.
fn problems(notes: &[Note]) -> Vec<Problem> {
    let problem = |note: &Note| Problem { path: note.place.to_string(), message: note.message.text() };
    notes.iter().map(problem).collect()
}

fn paste_foreign(text: &str, app: &App) -> bool {
    let is_foreign = Format::of(text).is_some_and(|format| format != Format::Scenario);
    if is_foreign && let Err(notes) = open(text, None, app) {
        app.send(Update::Say(t!("text-refused").into(), problems(&notes)));
    }
    is_foreign
}

/// The properties of [`Bring`].
#[derive(Properties, PartialEq)]
pub struct BringProps {
    /// The last import; `None` asks for a text.
    pub report: Option<Rc<Imported>>,
}

/// Asks for a text, or reports on the last one.
#[component]
pub fn Bring(props: &BringProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let on_close = app.sends(|| Update::Show(None));
    match &props.report {
        Some(report) => html! {
            <Modal title={t!("bring-result")} class="bring" {on_close}><Report report={report.clone()} /></Modal>
        },
        None => html! {
            <Modal title={t!("bring-title")} class="bring" {on_close}><Ask /></Modal>
        },
    }
}

/// The formats, and a field to paste a text into.
#[component]
fn Ask() -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let (field, formats) = (use_node_ref(), use_node_ref());
    let refused = use_state(Vec::<Note>::new);
    let is_empty = use_state(|| true);
    let oninput = callback!([is_empty], move |e: InputEvent| {
        is_empty.set(e.target_unchecked_into::<HtmlTextAreaElement>().value().trim().is_empty());
    });
    use_effect_with(formats.clone(), |formats| {
        let formats = formats.cast::<HtmlElement>();
        spawn_local(async move {
            if let Some((place, formats)) = formats.zip(fetch::text(FILE).await) {
                place.set_inner_html(&text::filled(&formats));
            }
        });
    });
    let onclick = callback!([field, refused], move |_: MouseEvent| {
        if let Some(text) = field.cast::<HtmlTextAreaElement>() {
            refused.set(open(&text.value(), None, &app).err().unwrap_or_default());
            // Ready for a correction.
            let _ = text.focus();
        }
    });
    html! {
        <>
            <div class="bring-formats" ref={formats} />
            <label for="bring-text">{ t!("bring-paste") }</label>
            <textarea id="bring-text" ref={field} rows="8" spellcheck="false" autocapitalize="off" autocomplete="off"
                aria-describedby="bring-problems" {oninput} placeholder={format!("{}\n\n{EXAMPLE}", t!("bring-example"))} />
            <div id="bring-problems" role="alert">
                if !refused.is_empty() { { remarks(&refused) } }
            </div>
            <div class="bring-buttons">
                <button type="button" class="line" onclick={|_| files::choose()}>{ t!("bring-choose") }</button>
                <button type="button" class="main" disabled={*is_empty} {onclick}>{ t!("bring-make") }</button>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ReportProps {
    report: Rc<Imported>,
}

/// The system that came of a text.
#[component]
fn Report(props: &ReportProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let Imported { format, scenario, notes, .. } = &*props.report;
    let close = app.sends::<MouseEvent>(|| Update::Show(None));
    let undo = Callback::from(move |_: MouseEvent| {
        app.send(Update::Undo);
        app.send(Update::Show(None));
    });
    html! {
        <>
            <p>{ summary(*format, scenario) }</p>
            if notes.is_empty() {
                <p>{ t!("bring-complete") }</p>
            } else {
                <h3>{ t!("bring-notes") }</h3>
                { remarks(notes) }
            }
            <div class="bring-buttons">
                <button type="button" class="line" onclick={undo}>{ t!("action-undo") }</button>
                <button type="button" class="main" onclick={close}>{ t!("bring-show") }</button>
            </div>
        </>
    }
}

/// Remarks, a line each. The list can have the focus, so that arrow keys scroll it.
fn remarks(notes: &[Note]) -> Html {
    html! {
        <ul class="bring-notes" tabindex="0" aria-label={t!("bring-remarks")}>
            for Note { place, message } in notes {
                <li>
                    if *place != Place::Whole { <code>{ place.to_string() }</code>{ " " } }
                    { message.text() }
                </li>
            }
        </ul>
    }
}

/// The format of a text and the size of the system in it.
fn summary(format: Format, scenario: &Scenario) -> String {
    let clients = scenario.services.iter().filter(|service| service.kind == Kind::Client).count();
    t!(
        "bring-read",
        format = format.name(),
        services = msg!("bring-services", count = scenario.services.len() - clients),
        clients = msg!("bring-clients", count = clients),
        calls = msg!("bring-calls", count = scenario.links.len()),
    )
}
