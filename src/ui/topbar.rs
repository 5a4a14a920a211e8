//! The bar at the top: what this is, undo and redo, files, the theme.

use super::bring::Opener;
use super::files;
use super::icon;
use super::share;
use super::state::{App, Overlay, Update};
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
    let opened = use_state(|| "");
    let open = |name: &'static str| {
        let opened = opened.setter();
        Callback::from(move |_: MouseEvent| opened.set(name))
    };
    let act = |update: fn() -> Update| {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.send(update()))
    };
    let title = if props.document.title.is_empty() { "Untitled system" } else { &props.document.title };
    html! {
        <header class="topbar">
            <button type="button" class="quiet menu-button" title="Systems" aria-label="Systems" aria-expanded={props.left_open.to_string()}
                aria-controls="left" onclick={act(|| Update::ToggleLeft)}>{ icon::menu() }</button>
            <h1 class="brand">{ icon::mark() }<span>{ "Callchain" }</span></h1>
            <p class="crumb"><span aria-hidden="true">{ "/" }</span>{ title }</p>
            <span class="space" />
            <button type="button" class="quiet" title="Undo (Ctrl+Z)" aria-label="Undo" disabled={!props.can_undo} onclick={act(|| Update::Undo)}>{ icon::undo() }</button>
            <button type="button" class="quiet" title="Redo (Ctrl+Shift+Z)" aria-label="Redo" disabled={!props.can_redo} onclick={act(|| Update::Redo)}>{ icon::redo() }</button>
            <button type="button" class="line" title="Compare with the system as it is now" aria-label="Compare" aria-pressed={props.compares.to_string()} onclick={act(|| Update::ToggleCompare)}>{ icon::compare() }<span>{ "Compare" }</span></button>
            <FileField />
            <button type="button" class="line" title="Open a scenario, Mermaid, docker-compose or trace file, or drop one on the page" aria-label="Open" onclick={|_| files::choose()}>{ icon::open() }<span>{ "Open" }</span></button>
            <button type="button" class="line" title="Save as a file" aria-label="Save" onclick={save(props, &app)}>{ icon::save() }<span>{ "Save" }</span></button>
            <button type="button" class="line" title="Share: a link, a QR code, a picture" aria-label="Share" onclick={act(|| Update::Show(Some(Overlay::Share)))}>{ icon::share() }<span>{ "Share" }</span></button>
            <button type="button" class="quiet" title="More" aria-label="More" popovertarget="more" onclick={open("more")}>{ icon::more() }</button>
            <div id="more" class="looks bar-menu" popover="auto" role="group" aria-label="More">
                if *opened == "more" { { more(props, &app) } }
            </div>
            <button type="button" class="quiet" title="Looks: theme, colours, motion" aria-label="Looks" popovertarget="looks" onclick={open("looks")}>{ icon::theme() }</button>
            <div id="looks" class="looks" popover="auto" role="dialog" aria-label="Looks">
                if *opened == "looks" { { props.looks.fields(&props.on_look) } }
            </div>
            <button type="button" class="quiet help-button" title="Shortcuts (?)" aria-label="Shortcuts" onclick={act(|| Update::Show(Some(Overlay::Shortcuts)))}>{ icon::help() }</button>
            <button type="button" class="quiet sheet-button" title="Settings of the system" aria-label="Settings" onclick={act(|| Update::ToggleSheet)}>{ icon::settings() }</button>
        </header>
    }
}

/// What is in no other place of the bar, or has no room in it where the page is narrow.
fn more(props: &TopbarProps, app: &App) -> Html {
    let item = |class: &'static str, name: &'static str, icon: Html, onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" {class} popovertarget="more" popovertargetaction="hide" {onclick}>{ icon }{ name }</button>
        }
    };
    let act = |update: fn() -> Update| {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.send(update()))
    };
    let copy = {
        let (document, app) = (props.document.clone(), app.clone());
        Callback::from(move |_: MouseEvent| share::copy_link(&document, &app))
    };
    html! {
        <>
            { item("narrow", "Open…", icon::open(), Callback::from(|_| files::choose())) }
            { item("narrow", "Save as a file", icon::save(), save(props, app)) }
            { item("narrow", "Share…", icon::share(), act(|| Update::Show(Some(Overlay::Share)))) }
            { item("", "Copy link", icon::link(), copy) }
            { item("", "Paste a diagram or trace…", icon::paste(), act(|| Update::Show(Some(Overlay::Bring)))) }
            { item("", "Versions…", icon::versions(), act(|| Update::Show(Some(Overlay::Versions)))) }
            { item("narrow", if props.compares { "End the comparison" } else { "Compare" }, icon::compare(), act(|| Update::ToggleCompare)) }
            { item("narrow", "All commands…", icon::search(), act(|| Update::Show(Some(Overlay::Commands)))) }
            { item("narrow", "Gestures and keys…", icon::help(), act(|| Update::Show(Some(Overlay::Shortcuts)))) }
        </>
    }
}

fn save(props: &TopbarProps, app: &App) -> Callback<MouseEvent> {
    let (document, app) = (props.document.clone(), app.clone());
    Callback::from(move |_: MouseEvent| files::save(&document, &app))
}

/// The field through which files are opened; the buttons for that press it.
#[component]
fn FileField() -> Html {
    let app = use_context::<App>();
    let opener = use_memo((), |()| Opener::default());
    let onchange = Callback::from(move |e: Event| {
        let input = e.target_unchecked_into::<HtmlInputElement>();
        if let (Some(file), Some(app)) = (input.files().and_then(|files| files.get(0)), app.clone()) {
            opener.open(file, app);
        }
        // So that the same file can be chosen again after it was mended.
        input.set_value("");
    });
    html! { <input id={files::FIELD} type="file" accept={files::ACCEPTED} class="hidden" tabindex="-1" aria-label="File of a system" {onchange} /> }
}
