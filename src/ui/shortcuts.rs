//! The sheet of shortcuts: the keys of the table of [actions](super::actions), and what pointers and fingers do, which is
//! a file that is fetched when it is wanted.

use super::actions::ACTIONS;
use super::actions::context::Context;
use super::dialog::Modal;
use super::state::Update;
use super::{fetch, keycaps};
use gloo::utils::window;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// What pointers and fingers do.
const FILE: &str = "gestures.html";

/// What the sheet needs.
#[derive(Properties, PartialEq)]
pub struct ShortcutsProps {
    /// What is worked with.
    pub context: Context,
}

/// The sheet.
#[component]
pub fn Shortcuts(props: &ShortcutsProps) -> Html {
    let gestures = use_state(|| None::<AttrValue>);
    use_effect_with((), {
        let setter = gestures.setter();
        move |()| spawn_local(async move { setter.set(fetch::text(FILE).await.map(AttrValue::from)) })
    });
    let on_close = {
        let app = props.context.app.clone();
        Callback::from(move |()| app.send(Update::Show(None)))
    };
    let mut groups: Vec<&'static str> = Vec::new();
    for action in ACTIONS.iter().filter(|action| !action.keys.is_empty()) {
        if !groups.contains(&action.group) {
            groups.push(action.group);
        }
    }
    let gestures: Html = gestures.as_ref().cloned().map(Html::from_html_unchecked).unwrap_or_default();
    // Who touches the page looks for these first.
    let with_finger = window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|it| it.matches());
    html! {
        <Modal title="Shortcuts" class="shortcuts" {on_close}>
            <div class="sheets" tabindex="0" role="group" aria-label="All shortcuts">
                if with_finger { { gestures.clone() } }
                { for groups.into_iter().map(group_view) }
                if !with_finger { { gestures } }
            </div>
        </Modal>
    }
}

fn group_view(group: &'static str) -> Html {
    let actions = ACTIONS.iter().filter(|action| action.group == group && !action.keys.is_empty());
    html! {
        <section aria-label={group}>
            <h3>{ group }</h3>
            <dl>
                for action in actions {
                    <div>
                        <dt>{ action.title }</dt>
                        <dd>{ for action.keys.iter().enumerate().map(|(i, keys)| html! { <>if i > 0 { { "or" } }{ keycaps::view(keys) }</> }) }</dd>
                    </div>
                }
            </dl>
        </section>
    }
}
