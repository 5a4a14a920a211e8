//! The bar at the top: what this is, undo and redo, files, the theme.

use super::files::{self, Opener};
use super::icon;
use super::state::{Action, App, Overlay};
use super::theme::Looks;
use crate::scenario::Scenario;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the bar needs.
#[derive(Properties, PartialEq)]
pub struct TopbarProps {
    /// The document.
    pub document: Rc<Scenario>,
    /// Whether there is something to undo.
    pub can_undo: bool,
    /// Whether there is something to redo.
    pub can_redo: bool,
    /// Whether the panel at the left is open where it does not stand by itself.
    pub left_open: bool,
    /// Whether it is compared with another version.
    pub compares: bool,
    /// How the page looks.
    pub looks: Looks,
    /// Changes how it looks.
    pub on_look: Callback<(usize, &'static str)>,
}

/// The bar at the top.
#[component]
pub fn Topbar(props: &TopbarProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    // The browser opens and closes the menu; what is in it is made when it is wanted.
    let looks_opened = use_state(|| false);
    let open_looks = {
        let opened = looks_opened.setter();
        Callback::from(move |_: MouseEvent| opened.set(true))
    };
    let act = |action: fn() -> Action| {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.send(action()))
    };
    let save = {
        let (document, app) = (props.document.clone(), app.clone());
        Callback::from(move |_: MouseEvent| {
            files::save(&document);
            app.say("Saved as a file.");
        })
    };
    let title = if props.document.title.is_empty() { "Untitled" } else { &props.document.title };
    html! {
        <header class="topbar">
            <button type="button" class="quiet menu-button" title="Systems" aria-label="Systems" aria-expanded={props.left_open.to_string()}
                aria-controls="left" onclick={act(|| Action::ToggleLeft)}>{ icon::menu() }</button>
            <h1 class="brand">{ icon::mark() }<span>{ "Callchain" }</span></h1>
            <p class="crumb"><span aria-hidden="true">{ "/" }</span>{ title }</p>
            <span class="space" />
            <button type="button" class="quiet" title="Undo (Ctrl+Z)" aria-label="Undo" disabled={!props.can_undo} onclick={act(|| Action::Undo)}>{ icon::undo() }</button>
            <button type="button" class="quiet" title="Redo (Ctrl+Shift+Z)" aria-label="Redo" disabled={!props.can_redo} onclick={act(|| Action::Redo)}>{ icon::redo() }</button>
            <button type="button" class="line" title="Compare with the system as it is now" aria-label="Compare" aria-pressed={props.compares.to_string()} onclick={act(|| Action::ToggleCompare)}>{ icon::compare() }<span>{ "Compare" }</span></button>
            <OpenButton />
            <button type="button" class="line" title="Save as a file" aria-label="Save" onclick={save}>{ icon::save() }<span>{ "Save" }</span></button>
            <button type="button" class="quiet" title="Looks: theme, colours, motion" aria-label="Looks" popovertarget="looks" onclick={open_looks}>{ icon::theme() }</button>
            <div id="looks" class="looks" popover="auto" role="dialog" aria-label="Looks">
                if *looks_opened { { props.looks.fields(&props.on_look) } }
            </div>
            <button type="button" class="quiet help-button" title="Shortcuts (?)" aria-label="Shortcuts" onclick={act(|| Action::Show(Some(Overlay::Shortcuts)))}>{ icon::help() }</button>
            <button type="button" class="quiet sheet-button" title="Settings of the system" aria-label="Settings" onclick={act(|| Action::ToggleSheet)}>{ icon::settings() }</button>
        </header>
    }
}

#[component]
fn OpenButton() -> Html {
    let app = use_context::<App>();
    let opener = use_memo((), |()| Opener::default());
    let input = use_node_ref();
    let onchange = Callback::from(move |e: Event| {
        let input = e.target_unchecked_into::<HtmlInputElement>();
        if let (Some(file), Some(app)) = (input.files().and_then(|files| files.get(0)), app.clone()) {
            opener.open(file, app);
        }
        // So that the same file can be chosen again after it was mended.
        input.set_value("");
    });
    let onclick = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    html! {
        <>
            <input ref={input} type="file" accept=".json,application/json" class="hidden" tabindex="-1" aria-label="Scenario file" {onchange} />
            <button type="button" class="line" title="Open a scenario file, or drop one on the page" aria-label="Open" {onclick}>{ icon::open() }<span>{ "Open" }</span></button>
        </>
    }
}
