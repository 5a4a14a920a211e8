//! Offers to restore the document of a tab that is gone and whose document is stored nowhere else.

use super::store::{Store, now};
use super::versions::title;
use crate::editor::autosave::{ago, summarise_changes};
use crate::scenario::Scenario;
use crate::scene::stage::tidy::placed;
use crate::t;
use crate::ui::callback::callback;
use crate::ui::icon;
use crate::ui::state::{App, Update};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};
use yew::prelude::*;

/// How long other tabs have to answer that they are still there, in milliseconds.
const ANSWERS_MS: u32 = 500;

/// The offer, where there is something to restore.
#[component]
pub fn RestoreOffer() -> Html {
    let app = use_context::<App>();
    let offer = use_offer();
    match (&*offer, app) {
        (Some(left), Some(app)) => offer_view(left, &offer, &app),
        _ => html! {},
    }
}

/// The newest version of a tab that is gone.
#[derive(Clone, PartialEq)]
struct Left {
    tab: String,
    document: Scenario,
    at: u64,
    /// Its changes since the first version of that tab, if it is the same system.
    changed: Option<String>,
}

/// Asks which tabs are still there, and finds the newest version of one that is gone. Answers such questions of others.
#[hook]
fn use_offer() -> UseStateHandle<Option<Left>> {
    let offer = use_state(|| None::<Left>);
    let setter = offer.setter();
    use_effect_with((), move |()| {
        let presence = Store::find().and_then(|store| presence(store, move |left| setter.set(left)));
        move || drop(presence)
    });
    offer
}

fn presence(store: Store, found: impl Fn(Option<Left>) + 'static) -> Option<(Channel, EventListener, Timeout)> {
    let channel = BroadcastChannel::new("callchain").ok()?;
    let alive = Rc::new(RefCell::new(BTreeSet::new()));
    let listener = EventListener::new(&channel, "message", {
        let (channel, store, alive) = (channel.clone(), store.clone(), alive.clone());
        move |event| match event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string()) {
            Some(tab) if !tab.is_empty() => drop(alive.borrow_mut().insert(tab)),
            // An empty message asks which tabs are there.
            _ => {
                if let Some(tab) = store.tab() {
                    let _ = channel.post_message(&JsValue::from(tab));
                }
            }
        }
    });
    let _ = channel.post_message(&JsValue::from(""));
    let timer = Timeout::new(ANSWERS_MS, move || {
        let alive = alive.borrow();
        // A tab that was duplicated has the name of the other one.
        if store.tab().is_some_and(|own| alive.contains(&own)) {
            store.leave_tab();
        }
        let left = store.others().into_iter().filter(|(tab, autosave)| !autosave.is_safe && !alive.contains(tab));
        found(left.into_iter().find_map(|(tab, autosave)| {
            let newest = autosave.versions().last()?;
            let (first, document) = (autosave.versions().first()?.document()?, newest.document()?);
            let is_changed = autosave.versions().len() > 1 && first.title == document.title;
            let changed = is_changed.then(|| summarise_changes(Some(&first), &document));
            Some(Left { tab, document, at: newest.at, changed })
        }));
    });
    Some((Channel(channel), listener, timer))
}

/// A channel that is closed when it is dropped.
struct Channel(BroadcastChannel);

impl Drop for Channel {
    fn drop(&mut self) {
        self.0.close();
    }
}

fn offer_view(left: &Left, offer: &UseStateHandle<Option<Left>>, app: &App) -> Html {
    let dismiss = {
        let (tab, offer) = (left.tab.clone(), offer.clone());
        move || {
            if let Some(store) = Store::find() {
                store.dismiss(&tab);
            }
            offer.set(None);
        }
    };
    let document = &left.document;
    let restore = callback!([document, app, dismiss], move |_: MouseEvent| {
        app.send(Update::Restore(Box::new(placed(&document))));
        app.say(t!("restore-done"));
        dismiss();
    });
    let age = ago(now().saturating_sub(left.at));
    let title = title(&left.document);
    let question = match &left.changed {
        None => t!("restore-question", title = title, age = age),
        Some(changes) => t!("restore-question-changed", title = title, age = age, changes = changes),
    };
    html! {
        <section class="offer" aria-label={t!("restore-label")}>
            <p>{ question }</p>
            <button type="button" class="text-button" onclick={restore}>{ t!("restore-yes") }</button>
            <button type="button" class="quiet" aria-label={t!("restore-no")} onclick={Callback::from(move |_: MouseEvent| dismiss())}>{ icon::close() }</button>
        </section>
    }
}
