//! The sheet of shortcuts: the keys of the table of [actions](super::actions), and what pointers and fingers do, which is
//! a file that is fetched when it is wanted.

use super::actions::{ACTS, Desk};
use super::dialog::Modal;
use super::state::Action;
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
    pub desk: Desk,
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
        let app = props.desk.app.clone();
        Callback::from(move |()| app.send(Action::Show(None)))
    };
    let mut groups: Vec<&'static str> = Vec::new();
    for act in ACTS.iter().filter(|act| !act.keys.is_empty()) {
        if !groups.contains(&act.group) {
            groups.push(act.group);
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
    let acts = ACTS.iter().filter(|act| act.group == group && !act.keys.is_empty());
    html! {
        <section aria-label={group}>
            <h3>{ group }</h3>
            <dl>
                for act in acts {
                    <div>
                        <dt>{ act.title }</dt>
                        <dd>{ for act.keys.iter().enumerate().map(|(i, keys)| html! { <>if i > 0 { { "or" } }{ keycaps::view(keys) }</> }) }</dd>
                    </div>
                }
            </dl>
        </section>
    }
}
