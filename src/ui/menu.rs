//! The panel at the left: the description of the system, hints to try, and ready systems.

use super::autosave::versions::title;
use super::callback::callback;
use super::state::{App, Overlay, Update};
use crate::editor::Command;
use crate::editor::hint::{Hint, hints};
use crate::editor::ready::{ready_of, ready_system, ready_title};
use crate::scenario::Scenario;
use crate::scenario::ready::{READY, Ready};
use crate::t;
use std::rc::Rc;
use yew::prelude::*;

/// What the panel shows.
#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// The document.
    pub document: Rc<Scenario>,
    /// Whether the panel is open on a narrow page.
    pub is_open: bool,
}

/// The panel at the left.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let document = &props.document;
    html! {
        <aside id="left" class={classes!("left", props.is_open.then_some("open"))} aria-label={t!("menu-label")}>
            <div class="lead">
                <p class="eyebrow">{ t!("menu-label") }</p>
                <h2>{ title(document) }</h2>
                for paragraph in document.description.split("\n\n").filter(|p| !p.trim().is_empty()) {
                    <p>{ paragraph }</p>
                }
            </div>
            <section class="try" aria-labelledby="try-title">
                <h3 id="try-title">{ t!("menu-try") }</h3>
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
    let words = html! { <><b>{ hint.action.text() }</b>{ " " }{ hint.outcome.text() }</> };
    let Some(shows) = hint.shows.clone() else { return html! { <p>{ words }</p> } };
    let onclick = app.sends::<MouseEvent>(move || Update::Select(shows.clone().into()));
    html! { <button type="button" class="hint-button" {onclick}>{ words }</button> }
}

#[derive(Properties, PartialEq)]
struct SystemsProps {
    /// The title of the document.
    current: AttrValue,
}

/// The ready systems.
#[component]
fn Systems(props: &SystemsProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let empty = app.sends::<MouseEvent>(|| {
        Update::Do(Command::Load(Box::new(Scenario { title: t!("app-new-system"), ..Scenario::default() })))
    });
    let bring = app.sends::<MouseEvent>(|| Update::Show(Some(Overlay::Bring)));
    let current = ready_of(&props.current);
    html! {
        <nav class="systems" aria-labelledby="systems-title">
            <h3 id="systems-title">{ t!("menu-systems") }</h3>
            <button type="button" class="text-button" onclick={empty}>{ t!("menu-empty") }</button>
            <button type="button" class="text-button" onclick={bring}>{ t!("menu-bring") }</button>
            <ul>
                for system in READY {
                    <li>{ system_view(system, current, &app) }</li>
                }
            </ul>
        </nav>
    }
}

fn system_view(system: &'static Ready, current: Option<&Ready>, app: &App) -> Html {
    let is_current = current.is_some_and(|current| current.id == system.id);
    let onclick = callback!([app], move |_: MouseEvent| {
        if let Some(scenario) = ready_system(system) {
            app.send(Update::Do(Command::Load(Box::new(scenario))));
        }
    });
    html! {
        <button type="button" class="system" aria-current={is_current.then_some("true")} {onclick}>{ ready_title(system) }</button>
    }
}
