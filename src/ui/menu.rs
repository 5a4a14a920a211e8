//! The panel at the left: what this system shows, what to try, and other systems to begin with.

use super::state::{App, Overlay, Update};
use crate::editor::Command;
use crate::editor::hint::{Hint, hints};
use crate::scenario::ready::{READY, Ready};
use crate::scenario::{Scenario, read};
use std::rc::Rc;
use yew::prelude::*;

/// What the panel shows.
#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// The document.
    pub document: Rc<Scenario>,
    /// Whether it is open where it does not stand by itself.
    pub is_open: bool,
}

/// The panel at the left.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let document = &props.document;
    let title = if document.title.is_empty() { "Untitled system" } else { &document.title };
    html! {
        <aside id="left" class={classes!("left", props.is_open.then_some("open"))} aria-label="This system">
            <div class="lead">
                <p class="eyebrow">{ "This system" }</p>
                <h2>{ title }</h2>
                for paragraph in document.description.split("\n\n").filter(|p| !p.trim().is_empty()) {
                    <p>{ paragraph }</p>
                }
            </div>
            <section class="try" aria-labelledby="try-title">
                <h3 id="try-title">{ "Try this" }</h3>
                <ol>
                    for hint in hints(document) {
                        <li>{ hint_view(&hint, &app) }</li>
                    }
                </ol>
            </section>
            <Systems current={document.title.clone()} />
        </aside>
    }
}

fn hint_view(hint: &Hint, app: &App) -> Html {
    let words = html! { <><b>{ &hint.action }</b>{ " " }{ hint.outcome }</> };
    let Some(shows) = hint.shows.clone() else { return html! { <p>{ words }</p> } };
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| app.send(Update::Select(shows.clone().into())));
    html! { <button type="button" class="hint-button" {onclick}>{ words }</button> }
}

#[derive(Properties, PartialEq)]
struct SystemsProps {
    current: AttrValue,
}

/// The ready systems.
#[component]
fn Systems(props: &SystemsProps) -> Html {
    let app = use_context::<App>();
    let bring = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.iter().for_each(|app| app.send(Update::Show(Some(Overlay::Bring)))))
    };
    html! {
        <nav class="systems" aria-labelledby="systems-title">
            <h3 id="systems-title">{ "Systems to begin with" }</h3>
            <button type="button" class="text-button" onclick={load(app.as_ref(), || Some(Scenario { title: "New system".into(), ..Scenario::default() }))}>
                { "Begin with an empty stage" }
            </button>
            <button type="button" class="text-button" onclick={bring}>{ "Bring your own system" }</button>
            <ul>
                for system in READY {
                    <li>{ system_view(system, &props.current, app.as_ref()) }</li>
                }
            </ul>
        </nav>
    }
}

/// Opens what `scenario` gives when it is clicked.
fn load(app: Option<&App>, scenario: impl Fn() -> Option<Scenario> + 'static) -> Callback<MouseEvent> {
    let app = app.cloned();
    Callback::from(move |_| {
        if let Some((app, scenario)) = app.as_ref().zip(scenario()) {
            app.send(Update::Do(Command::Load(Box::new(scenario))));
        }
    })
}

fn system_view(system: &'static Ready, current: &str, app: Option<&App>) -> Html {
    let is_current = system.title == current;
    html! {
        <button type="button" class="system" aria-current={is_current.then_some("true")} onclick={load(app, move || read::read(system.text).ok())}>
            { system.title }
        </button>
    }
}
