//! Shares a system as a link with its QR code, as a picture, a text or a file. Nothing is sent anywhere.

mod copies;
mod picture;

use super::address::address;
use super::autosave::versions::title;
use super::callback::callback;
use super::dialog::Modal;
use super::export;
use super::icon;
use super::part::{self, part};
use super::state::{App, Overlay, Update};
use crate::scenario::{Scenario, share};
use crate::scene::share::{Qr, on_length};
use crate::{id, t};
use copies::Copies;
use gloo::utils::window;
use js_sys::{Function, Object, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The properties of [`Share`].
#[derive(Properties, PartialEq)]
pub struct ShareProps {
    /// The document.
    pub document: Rc<Scenario>,
}

/// The link to a document on this page, without the other parameters of its address.
pub fn link_to(document: &Scenario) -> String {
    let address = address().unwrap_or_default();
    share::link(address.split(['?', '#']).next().unwrap_or_default(), document)
}

/// Puts the link to a document into the clipboard; where that is not possible, the dialog shows it.
pub fn copy_link(document: &Rc<Scenario>, app: &App) {
    part::run(app, copy(document.clone(), app.clone()));
}

part! {
    dialogs: fn copy(document: Rc<Scenario>, app: App) -> () { copy_link_to(&document, &app) }
}

fn copy_link_to(document: &Scenario, app: &App) {
    let refused = app.sends(|| Update::Show(Some(Overlay::Share)));
    export::copy(&link_to(document), id!("share-link-copied"), app.clone(), refused);
}

/// The dialog.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let is_large = use_state(|| false);
    let link = use_memo(props.document.clone(), |document| link_to(document));
    let code = use_memo(link.clone(), |link| Qr::of(link));
    let on_close = app.sends(|| Update::Show(None));
    let resize = callback!([is_large], move |_: MouseEvent| is_large.set(!*is_large));
    if *is_large && let Some(code) = &*code {
        return html! {
            <Modal title={t!("share-large-title", title = title(&props.document))} class="share-large" {on_close}>
                { drawing(code) }
                <button type="button" class="line" onclick={resize}>{ t!("share-back") }</button>
            </Modal>
        };
    }
    html! {
        <Modal title={t!("share-title")} class="share" {on_close}>
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
            <button type="button" class="share-code" aria-label={t!("share-enlarge-label")} title={t!("share-enlarge-hint")} onclick={enlarge}>
                { drawing(code) }
                <span>{ t!("share-enlarge") }</span>
            </button>
        },
        None => html! { <p class="share-code note">{ t!("share-no-code") }</p> },
    }
}

/// Black on white in every theme, because some readers accept nothing else.
fn drawing(code: &Qr) -> Html {
    html! {
        <svg class="qr" viewBox={format!("0 0 {0} {0}", code.side)} role="img" aria-label={t!("share-code")} shape-rendering="crispEdges">
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

/// The link, to copy it or to hand it to another program.
#[component]
fn LinkField(props: &LinkProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let field = use_node_ref();
    let refused = callback!([app, field], move |()| {
        if let Some(field) = field.cast::<HtmlInputElement>() {
            let _ = field.focus();
            field.select();
        }
        app.say(t!("share-selected"));
    });
    let link = &props.link;
    let copy = callback!([link, app, refused], move |_: MouseEvent| {
        export::copy(&link, id!("share-link-copied"), app.clone(), refused.clone());
    });
    let select = Callback::from(|e: FocusEvent| e.target_unchecked_into::<HtmlInputElement>().select());
    html! {
        <section>
            <h3><label for="share-link">{ t!("share-link") }</label></h3>
            <div class="share-row">
                <input id="share-link" ref={field} readonly={true} value={props.link.clone()} aria-describedby="share-length" onfocus={select} />
                <button type="button" class="main" onclick={copy}>{ t!("share-copy-link") }</button>
                { hand_over(&props.link, &props.title) }
            </div>
            <p id="share-length" class="note">{ on_length(props.link.chars().count()).text() }</p>
            <p class="note">{ t!("share-note") }</p>
        </section>
    }
}

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
        // A rejection means that the user closed the list of programs, which is no mistake.
        if let Some(promise) = share.call1(&navigator, &what).ok().and_then(|it| it.dyn_into::<Promise>().ok()) {
            spawn_local(async move { drop(JsFuture::from(promise).await) });
        }
    });
    html! { <button type="button" class="line" {onclick}>{ icon::share() }<span>{ t!("share-send") }</span></button> }
}
