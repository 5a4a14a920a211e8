//! A dialog over everything else. That the focus stays in it, and that Escape closes it, is the browser's business.

use super::icon;
use gloo::events::EventListener;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What a dialog needs.
#[derive(Properties, PartialEq)]
pub struct ModalProps {
    /// Its title.
    pub title: AttrValue,
    /// Classes of its own.
    #[prop_or_default]
    pub class: Classes,
    /// Told when it is closed.
    pub on_close: Callback<()>,
    /// What is in it.
    pub children: Html,
}

/// A dialog, as long as it is there.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let node = use_node_ref();
    use_effect_with(node.clone(), {
        let on_close = props.on_close.clone();
        move |node| {
            let dialog = node.cast::<HtmlDialogElement>();
            let listener = dialog.map(|dialog| {
                // It opens unless it is open already.
                let _ = dialog.show_modal();
                EventListener::new(&dialog, "close", move |_| on_close.emit(()))
            });
            move || drop(listener)
        }
    });
    let onclick = {
        let node = node.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    html! {
        <dialog class={classes!("modal", props.class.clone())} ref={node} aria-labelledby="modal-title" closedby="any">
            <header>
                <h2 id="modal-title">{ &props.title }</h2>
                <button type="button" class="quiet" aria-label="Close" {onclick}>{ icon::close() }</button>
            </header>
            { props.children.clone() }
        </dialog>
    }
}
