//! The head of the inspector: what is selected, and the ways to remove it and to close the sheet.

use crate::editor::{Command, Selection};
use crate::ui::icon;
use crate::ui::state::{App, Update};
use yew::prelude::*;

/// What the head needs.
#[derive(Properties, PartialEq)]
pub struct HeadProps {
    /// The name of what is selected.
    pub title: AttrValue,
    /// A line below it.
    pub note: AttrValue,
    /// What the bin removes.
    pub selection: Selection,
}

/// The head of the inspector.
#[component]
pub fn Head(props: &HeadProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let remove = {
        let (app, selection) = (app.clone(), props.selection.clone());
        Callback::from(move |_: MouseEvent| app.send(Update::Do(Command::Remove(selection.clone()))))
    };
    let close = Callback::from(move |_: MouseEvent| app.send(Update::ToggleSheet));
    html! {
        <header class="inspector-head">
            <div>
                <h2>{ props.title.clone() }</h2>
                <p class="note">{ props.note.clone() }</p>
            </div>
            if !props.selection.is_empty() {
                <button type="button" class="quiet" title="Remove (Delete)" aria-label="Remove" onclick={remove}>{ icon::bin() }</button>
            }
            <button type="button" class="quiet sheet-close" title="Close" aria-label="Close the inspector" onclick={close}>{ icon::close() }</button>
        </header>
    }
}
