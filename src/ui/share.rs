//! Ways to take a system along: as a link with its QR code, as a picture, as a text, as a file. Nothing is sent anywhere.

mod copies;
mod picture;

use super::address::address;
use super::autosave::versions::title;
use super::dialog::Modal;
use super::export;
use super::icon;
use super::state::{App, Overlay, Update};
use crate::scenario::{Scenario, share};
use crate::scene::share::{Qr, on_length};
use copies::{Copies, SELECTED};
use gloo::utils::window;
use js_sys::{Function, Object, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the dialog needs.
#[derive(Properties, PartialEq)]
pub struct ShareProps {
    /// The document.
    pub document: Rc<Scenario>,
}

/// The link to a document on this page. What the page was told by its address otherwise is not in it.
pub fn link_to(document: &Scenario) -> String {
    let address = address().unwrap_or_default();
    share::link(address.split(['?', '#']).next().unwrap_or_default(), document)
}

/// Puts the link to a document into the clipboard; where that is not possible, the dialog shows it.
pub fn copy_link(document: &Scenario, app: &App) {
    let refused = {
        let app = app.clone();
        Callback::from(move |()| app.send(Update::Show(Some(Overlay::Share))))
    };
    export::copy(&link_to(document), COPIED, app.clone(), refused);
}

/// The dialog.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let is_large = use_state(|| false);
    let link = use_memo(props.document.clone(), |document| link_to(document));
    let code = use_memo(link.clone(), |link| Qr::of(link));
    let on_close = Callback::from({
        let app = app.clone();
        move |()| app.send(Update::Show(None))
    });
    let resize = {
        let is_large = is_large.clone();
        Callback::from(move |_: MouseEvent| is_large.set(!*is_large))
    };
    if *is_large && let Some(code) = &*code {
        return html! {
            <Modal title={format!("Open “{}”", title(&props.document))} class="share-large" {on_close}>
                { drawing(code) }
                <button type="button" class="line" onclick={resize}>{ "Back" }</button>
            </Modal>
        };
    }
    html! {
        <Modal title="Share this system" class="share" {on_close}>
            <div class="share-link">
                <LinkField link={(*link).clone()} title={title(&props.document)} />
                { code_view(&code, resize) }
            </div>
            <Copies document={props.document.clone()} />
        </Modal>
    }
}

fn code_view(code: &Option<Qr>, enlarge: Callback<MouseEvent>) -> Html {
    match code {
        Some(code) => html! {
            <button type="button" class="share-code" aria-label="Enlarge the QR code of the link" title="Large, for a projector" onclick={enlarge}>
                { drawing(code) }
                <span>{ "Enlarge" }</span>
            </button>
        },
        None => html! { <p class="share-code note">{ "The link is too long for a QR code." }</p> },
    }
}

/// Black on white in every theme: not every reader takes it otherwise.
fn drawing(code: &Qr) -> Html {
    html! {
        <svg class="qr" viewBox={format!("0 0 {0} {0}", code.side)} role="img" aria-label="QR code of the link" shape-rendering="crispEdges">
            <rect width="100%" height="100%" fill="#fff" />
            <path d={code.path.clone()} fill="#000" />
        </svg>
    }
}

#[derive(Properties, PartialEq)]
struct LinkProps {
    link: String,
    title: String,
}

/// The link, to be copied or handed to another program.
#[component]
fn LinkField(props: &LinkProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let field = use_node_ref();
    let copy = {
        let (link, app, field) = (props.link.clone(), app.clone(), field.clone());
        Callback::from(move |_: MouseEvent| {
            let refused = Callback::from({
                let (app, field) = (app.clone(), field.clone());
                move |()| {
                    if let Some(field) = field.cast::<HtmlInputElement>() {
                        let _ = field.focus();
                        field.select();
                    }
                    app.say(SELECTED);
                }
            });
            export::copy(&link, COPIED, app.clone(), refused);
        })
    };
    let select = Callback::from(|e: FocusEvent| e.target_unchecked_into::<HtmlInputElement>().select());
    html! {
        <section>
            <h3><label for="share-link">{ "Link" }</label></h3>
            <div class="share-row">
                <input id="share-link" ref={field} readonly={true} value={props.link.clone()} aria-describedby="share-length" onfocus={select} />
                <button type="button" class="main" onclick={copy}>{ "Copy link" }</button>
                { hand_over(&props.link, &props.title) }
            </div>
            <p id="share-length" class="note">{ on_length(props.link.chars().count()) }</p>
            <p class="note">{ "The system itself is in the link, and no server gets it. Whoever opens it sees the same run." }</p>
        </section>
    }
}

const COPIED: &str = "The link is in the clipboard.";

/// Hands the link to another program, where the system has a way for that.
fn hand_over(link: &str, title: &str) -> Html {
    let navigator = window().navigator();
    let Some(share) = Reflect::get(&navigator, &"share".into()).ok().and_then(|it| it.dyn_into::<Function>().ok())
    else {
        return html! {};
    };
    let (link, title) = (link.to_owned(), title.to_owned());
    let onclick = Callback::from(move |_: MouseEvent| {
        let what = Object::new();
        let _ = Reflect::set(&what, &"title".into(), &title.as_str().into());
        let _ = Reflect::set(&what, &"url".into(), &link.as_str().into());
        // Whoever closes the list of programs has changed their mind, which is no mistake.
        if let Some(promise) = share.call1(&navigator, &what).ok().and_then(|it| it.dyn_into::<Promise>().ok()) {
            spawn_local(async move { drop(JsFuture::from(promise).await) });
        }
    });
    html! { <button type="button" class="line" {onclick}>{ icon::share() }<span>{ "Send" }</span></button> }
}
