//! The head of the inspector: the name of the selection, and buttons to remove it and to close the sheet.

use crate::editor::{Command, Selection};
use crate::t;
use crate::ui::state::{App, Update};
use crate::ui::{icon, keycaps};
use yew::prelude::*;

/// The properties of [`Head`].
#[derive(Properties, PartialEq)]
pub struct HeadProps {
    /// The name of the selection.
    pub title: AttrValue,
    /// A line below it.
    pub note: AttrValue,
    /// The things that the bin removes.
    pub selection: Selection,
}

/// The head of the inspector.
#[component]
pub fn Head(props: &HeadProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let selection = props.selection.clone();
    let remove = app.sends::<MouseEvent>(move || Update::Do(Command::Remove(selection.clone())));
    let close = app.sends::<MouseEvent>(|| Update::ToggleSheet);
    html! {
        <header class="inspector-head">
            <div>
                <h2>{ props.title.clone() }</h2>
                <p class="note">{ props.note.clone() }</p>
            </div>
            if !props.selection.is_empty() {
                <button type="button" class="quiet" title={t!("bar-with-keys", name = t!("inspector-remove"), keys = keycaps::text("Delete"))} aria-label={t!("inspector-remove")} onclick={remove}>{ icon::bin() }</button>
            }
            <button type="button" class="quiet sheet-close" title={t!("inspector-close")} aria-label={t!("inspector-close-label")} onclick={close}>{ icon::close() }</button>
        </header>
    }
}
