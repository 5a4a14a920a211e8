//! The sheet of shortcuts: the keys of the table of [actions](super::actions), and gestures by pointer and finger, from a file
//! that is fetched on demand.

use super::actions::context::Context;
use super::actions::{ACTIONS, Group};
use super::dialog::Modal;
use super::state::Update;
use super::{fetch, keycaps};
use crate::{t, text};
use gloo::utils::window;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The template of the gestures.
const FILE: &str = "gestures.html";

/// The properties of [`Shortcuts`].
#[derive(Properties, PartialEq)]
pub struct ShortcutsProps {
    /// What actions work with.
    pub context: Context,
}

/// The sheet.
#[component]
pub fn Shortcuts(props: &ShortcutsProps) -> Html {
    let gestures = use_state(|| None::<AttrValue>);
    use_effect_with((), {
        let setter = gestures.setter();
        move |()| {
            spawn_local(async move {
                setter.set(fetch::text(FILE).await.map(|template| AttrValue::from(text::filled(&template))))
            })
        }
    });
    let on_close = props.context.app.sends(|| Update::Show(None));
    let mut groups: Vec<Group> = Vec::new();
    for action in ACTIONS.iter().filter(|action| !action.keys.is_empty()) {
        if !groups.contains(&action.group) {
            groups.push(action.group);
        }
    }
    let gestures: Html = gestures.as_ref().cloned().map(Html::from_html_unchecked).unwrap_or_default();
    // On a touch screen these come first.
    let with_finger = window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|it| it.matches());
    html! {
        <Modal title={t!("shortcuts-title")} class="shortcuts" {on_close}>
            <div class="sheets" tabindex="0" role="group" aria-label={t!("shortcuts-label")}>
                if with_finger { { gestures.clone() } }
                { for groups.into_iter().map(group_view) }
                if !with_finger { { gestures } }
            </div>
        </Modal>
    }
}

fn group_view(group: Group) -> Html {
    let actions = ACTIONS.iter().filter(|action| action.group == group && !action.keys.is_empty());
    html! {
        <section aria-label={group.title().text()}>
            <h3>{ group.title().text() }</h3>
            <dl>
                for action in actions {
                    <div>
                        <dt>{ action.title.text() }</dt>
                        <dd>{ for action.keys.iter().enumerate().map(|(i, keys)| html! { <>if i > 0 { { t!("shortcuts-or") } }{ keycaps::view(keys) }</> }) }</dd>
                    </div>
                }
            </dl>
        </section>
    }
}
