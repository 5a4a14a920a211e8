//! A dialog. The browser keeps the focus in it and closes it at Escape.

use super::actions::context::Context;
use super::focus::focus;
use super::icon;
use super::state::Overlay;
use super::theme::Look;
use crate::import::Imported;
use crate::scenario::Scenario;
use crate::t;
use crate::text::Language;
use gloo::events::EventListener;
use gloo::utils::document;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// A dialog over everything else.
#[derive(Clone, PartialEq)]
pub struct DialogProps {
    /// The kind of dialog.
    pub overlay: Overlay,
    /// What actions work with.
    pub context: Context,
    /// The document.
    pub document: Rc<Scenario>,
    /// The result of the last import.
    pub report: Option<Rc<Imported>>,
    /// Changes how the page looks.
    pub on_look: Callback<Look>,
    /// Changes the language.
    pub on_language: Callback<Language>,
}

/// The properties of [`Modal`].
#[derive(Properties, PartialEq)]
pub struct ModalProps {
    /// Its title.
    pub title: AttrValue,
    /// Its classes.
    #[prop_or_default]
    pub class: Classes,
    /// Called when the user closes it.
    pub on_close: Callback<()>,
    /// Its content.
    pub children: Html,
}

/// An open dialog.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let node = use_node_ref();
    use_modal(&node, &props.on_close);
    let onclick = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <dialog class={classes!("modal", props.class.clone())} ref={node.clone()} aria-labelledby="modal-title" onclick={outside(&node, &props.on_close)}>
            <header>
                <h2 id="modal-title">{ &props.title }</h2>
                <button type="button" class="quiet" aria-label={t!("dialog-close")} {onclick}>{ icon::close() }</button>
            </header>
            { props.children.clone() }
        </dialog>
    }
}

/// Opens a dialog once it is on the page; nothing beneath it can be reached. Calls back when the browser closes it by Escape.
/// Returns the focus at the end.
#[hook]
pub fn use_modal(node: &NodeRef, on_close: &Callback<()>) {
    let on_close = on_close.clone();
    use_effect_with(node.clone(), move |node| {
        let before = document().active_element();
        let dialog = node.cast::<HtmlDialogElement>();
        let listeners = dialog.as_ref().map(|dialog| {
            // Cannot fail, because the dialog is in the page and not open.
            let _ = dialog.show_modal();
            // `cancel` comes at once. `close` comes later, when another dialog may be open.
            ["cancel", "close"].map(|event| {
                let on_close = on_close.clone();
                EventListener::new(dialog, event, move |_| on_close.emit(()))
            })
        });
        move || {
            drop(listeners);
            if let Some(dialog) = dialog {
                dialog.close();
            }
            if let Some(before) = before {
                focus(&before);
            }
        }
    });
}

/// Closes a dialog on a press beside it. Such a press hits the dialog itself and nothing in it.
pub fn outside(node: &NodeRef, on_close: &Callback<()>) -> Callback<MouseEvent> {
    let (on_close, node) = (on_close.clone(), node.clone());
    Callback::from(move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        if target.is_some() && target == node.get() {
            on_close.emit(());
        }
    })
}
