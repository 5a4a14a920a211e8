//! The list of saved versions of this tab and of others. Opening one can be undone.

use super::store::{Store, now};
use crate::editor::autosave::{Autosave, Version, ago, summarise_changes};
use crate::scenario::Scenario;
use crate::scene::stage::tidy::placed;
use crate::t;
use crate::ui::callback::callback;
use crate::ui::dialog::Modal;
use crate::ui::state::{App, Update};
use std::rc::Rc;
use yew::prelude::*;

/// The properties of [`Versions`].
#[derive(Properties, PartialEq)]
pub struct VersionsProps {
    /// The document, which is not offered.
    pub document: Rc<Scenario>,
}

/// The list of saved versions.
#[component]
pub fn Versions(props: &VersionsProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let (is_forgotten, asks) = (use_state(|| false), use_state(|| false));
    // Read once: the only version saved meanwhile is the open document.
    let lists = use_memo(*is_forgotten, |_| Store::find().map(|store| lists(&store)));
    let on_close = app.sends(|| Update::Show(None));
    let forget = callback!([is_forgotten], move |_: MouseEvent| {
        Store::find().iter().for_each(Store::forget);
        is_forgotten.set(true);
    });
    let ask = |whether: bool| {
        let asks = asks.setter();
        Callback::from(move |_: MouseEvent| asks.set(whether))
    };
    let list = |list: &Listed| entries(list, &props.document, &app);
    html! {
        <Modal title={t!("versions-title")} class="versions" {on_close}>
            {
                match &*lists {
                    None => html! { <p>{ t!("versions-forbidden") }</p> },
                    Some(all) if all.iter().all(|list| list.entries.is_empty()) => html! {
                        <p>{ t!("versions-none") }</p>
                    },
                    Some(all) => html! {
                        <>
                            <p class="note">{ t!("versions-note") }</p>
                            { for all.iter().map(list) }
                            if *asks {
                                <p class="forget" role="alert">
                                    <span>{ t!("versions-forget-question") }</span>
                                    <button type="button" class="line" onclick={ask(false)}>{ t!("versions-forget-no") }</button>
                                    <button type="button" class="main" onclick={forget}>{ t!("versions-forget-yes") }</button>
                                </p>
                            } else {
                                <p><button type="button" class="text-button" onclick={ask(true)}>{ t!("versions-forget") }</button></p>
                            }
                        </>
                    },
                }
            }
        </Modal>
    }
}

/// The versions of a tab.
struct Listed {
    title: String,
    is_own: bool,
    /// The newest first.
    entries: Vec<Entry>,
}

struct Entry {
    at: u64,
    document: Scenario,
    changes: String,
}

fn lists(store: &Store) -> Vec<Listed> {
    let own = store.tab().map(|tab| listed(t!("versions-this-tab"), true, &store.autosave(&tab)));
    let others = store.others().into_iter().map(|(_, autosave)| {
        let list = listed(String::new(), false, &autosave);
        let title = list.entries.first().map(|entry| title(&entry.document)).unwrap_or_default();
        Listed { title: t!("versions-other-tab", title = title), ..list }
    });
    own.into_iter().chain(others).filter(|list| !list.entries.is_empty()).collect()
}

fn listed(title: String, is_own: bool, autosave: &Autosave) -> Listed {
    let read = |version: &Version| Some((version.at, version.document()?));
    let documents: Vec<_> = autosave.versions().iter().filter_map(read).collect();
    let before = |index: usize| Some(&documents.get(index.checked_sub(1)?)?.1);
    let changes: Vec<_> =
        documents.iter().enumerate().map(|(i, (_, document))| summarise_changes(before(i), document)).collect();
    let entry = |((at, document), changes)| Entry { at, document, changes };
    Listed { title, is_own, entries: documents.into_iter().zip(changes).map(entry).rev().collect() }
}

/// The title of a document.
pub fn title(document: &Scenario) -> String {
    if document.title.is_empty() { t!("app-untitled") } else { document.title.clone() }
}

fn entries(list: &Listed, open: &Scenario, app: &App) -> Html {
    let entry = |entry: &Entry| {
        let (document, age) = (entry.document.clone(), ago(now().saturating_sub(entry.at)));
        let is_open = document == *open;
        let is_other = document.title != open.title;
        let onclick = callback!([app, age], move |_: MouseEvent| {
            app.send(Update::Restore(Box::new(placed(&document))));
            app.send(Update::Show(None));
            app.say(t!("versions-opened", age = &age));
        });
        html! {
            <li>
                <button type="button" class="version-entry" disabled={is_open} {onclick}>
                    <b>{ &entry.changes }</b>
                    <span>{ if is_open { t!("versions-open-now") } else { age } }</span>
                    if !is_open { <span class="way">{ t!("versions-open") }</span> }
                    if is_other { <small>{ title(&entry.document) }</small> }
                </button>
            </li>
        }
    };
    let items = html! { <ul>{ for list.entries.iter().map(entry) }</ul> };
    if list.is_own {
        html! { <section aria-label={list.title.clone()}>{ items }</section> }
    } else {
        html! { <details><summary>{ &list.title }</summary>{ items }</details> }
    }
}
