//! Bring your own system: a text that is opened, dropped or pasted takes the place of the document, and a report says
//! what was made of it. Nothing is sent anywhere.

use super::dialog::Modal;
use super::state::{App, Update};
use super::{fetch, files};
use crate::editor::Command;
use crate::import::{self, Format, Imported, Note};
use crate::scenario::problem::Problem;
use crate::scenario::{Kind, Scenario, limits};
use gloo::file::File;
use gloo::file::callbacks::{FileReader, read_as_text};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Where what can be read is explained: a file of its own, because a first visit does without it.
const FILE: &str = "bring.html";

/// Opens a text, whatever it is, in place of the document; `file` is the name of the file that it stood in.
///
/// # Errors
/// Why it cannot be read; then what was open stays.
pub fn open(text: &str, file: Option<&str>, app: &App) -> Result<(), Vec<Problem>> {
    let imported = import::open(text)?.named_after(file.unwrap_or_default());
    if imported.format == Format::Scenario {
        app.send(Update::Do(Command::Load(Box::new(imported.scenario))));
        app.send(Update::Show(None));
        app.say(format!("Opened {}.", file.unwrap_or("what was pasted")));
    } else {
        app.send(Update::Import(Rc::new(imported)));
    }
    Ok(())
}

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
            if let Err(problems) = text.and_then(|text| open(&text, Some(&name), &app)) {
                app.send(refusal(&name, problems));
            }
        });
        *self.0.borrow_mut() = Some(reader);
    }
}

fn problem(message: &str) -> Problem {
    Problem { path: String::new(), message: message.into() }
}

fn refusal(name: &str, problems: Vec<Problem>) -> Update {
    Update::Say(format!("{name} was not opened. What you had stays as it is.").into(), problems)
}

/// Opens a text that was pasted on the stage, unless it is none of those that come from elsewhere; whether it was one.
pub fn paste(text: &str, app: &App) -> bool {
    let is_foreign = Format::of(text).is_some_and(|format| format != Format::Scenario);
    if is_foreign && let Err(problems) = open(text, None, app) {
        app.send(Update::Say("What was pasted was not opened. What you had stays as it is.".into(), problems));
    }
    is_foreign
}

/// What the dialogs need.
#[derive(Properties, PartialEq)]
pub struct BringProps {
    /// What was read; `None`: nothing was yet.
    pub report: Option<Rc<Imported>>,
}

/// Asks for a text, or tells what was made of one.
#[component]
pub fn Bring(props: &BringProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let on_close = Callback::from(move |()| app.send(Update::Show(None)));
    match &props.report {
        Some(report) => html! {
            <Modal title="Your system" class="bring" {on_close}><Told report={report.clone()} /></Modal>
        },
        None => html! {
            <Modal title="Bring your own system" class="bring" {on_close}><Ask /></Modal>
        },
    }
}

/// What can be read, and a field to paste it into.
#[component]
fn Ask() -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let (text, formats) = (use_node_ref(), use_node_ref());
    let problems = use_state(Vec::<Problem>::new);
    let is_empty = use_state(|| true);
    let oninput = {
        let is_empty = is_empty.setter();
        Callback::from(move |e: InputEvent| {
            is_empty.set(e.target_unchecked_into::<HtmlTextAreaElement>().value().trim().is_empty());
        })
    };
    use_effect_with(formats.clone(), |formats| {
        let formats = formats.cast::<HtmlElement>();
        spawn_local(async move {
            if let Some((place, formats)) = formats.zip(fetch::text(FILE).await) {
                place.set_inner_html(&formats);
            }
        });
    });
    let onclick = {
        let (text, problems) = (text.clone(), problems.setter());
        Callback::from(move |_: MouseEvent| {
            if let Some(text) = text.cast::<HtmlTextAreaElement>() {
                problems.set(open(&text.value(), None, &app).err().unwrap_or_default());
                // So that it can be mended.
                let _ = text.focus();
            }
        })
    };
    html! {
        <>
            <div class="bring-formats" ref={formats} />
            <label for="bring-text">{ "Paste it here" }</label>
            <textarea id="bring-text" ref={text} rows="8" spellcheck="false" autocapitalize="off" autocomplete="off"
                aria-describedby="bring-problems" {oninput} placeholder={"Mermaid, docker-compose or traces, for example:\n\nflowchart LR\n  shopper([Shopper]) --> shop\n  shop --> stock & prices"} />
            <div id="bring-problems" role="alert">
                if !problems.is_empty() { { told(problems.iter().map(|problem| (&problem.path, &problem.message, ""))) } }
            </div>
            <div class="bring-buttons">
                <button type="button" class="line" onclick={|_| files::choose()}>{ "Choose a file…" }</button>
                <button type="button" class="main" disabled={*is_empty} {onclick}>{ "Make a system of it" }</button>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ToldProps {
    report: Rc<Imported>,
}

/// What was made of a text.
#[component]
fn Told(props: &ToldProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let Imported { format, scenario, notes } = &*props.report;
    let close = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.send(Update::Show(None)))
    };
    let undo = Callback::from(move |_: MouseEvent| {
        app.send(Update::Undo);
        app.send(Update::Show(None));
    });
    html! {
        <>
            <p>{ format!("Read as {}: {}.", format.name(), counts(scenario)) }</p>
            if notes.is_empty() {
                <p>{ "Everything in it was taken over." }</p>
            } else {
                <h3>{ "What to know about it" }</h3>
                { told(notes.iter().map(|Note { place, found, done }| (place, found, done.as_str()))) }
            }
            <div class="bring-buttons">
                <button type="button" class="line" onclick={undo}>{ "Undo" }</button>
                <button type="button" class="main" onclick={close}>{ "Show it" }</button>
            </div>
        </>
    }
}

/// Remarks, a line each. For the keyboard the list can have the focus, so that arrows scroll it.
fn told<'a>(remarks: impl Iterator<Item = (&'a String, &'a String, &'a str)>) -> Html {
    html! {
        <ul class="bring-told" tabindex="0" aria-label="Remarks">
            for (place, found, done) in remarks {
                <li>
                    if !place.is_empty() { <code>{ place }</code>{ " " } }
                    { found }
                    if !done.is_empty() { <span>{ ": " }{ done }</span> }
                </li>
            }
        </ul>
    }
}

/// How much there is: `3 services, 1 client, 4 calls`.
fn counts(scenario: &Scenario) -> String {
    let clients = scenario.services.iter().filter(|service| service.kind == Kind::Client).count();
    let all = [(scenario.services.len() - clients, "service"), (clients, "client"), (scenario.links.len(), "call")];
    let counts = all.map(|(count, thing)| format!("{count} {thing}{}", if count == 1 { "" } else { "s" }));
    counts.join(", ")
}
