//! Keeps the document in the browser, so that a reload, a crash or a closed tab loses nothing: a moment after every
//! change, before another system is opened, and when the page goes away. And offers what a tab has left behind.
//!
//! It is there from the moment on that somebody uses the page.

mod store;
mod versions;

pub use store::Store;
pub use versions::{Versions, title};

use super::icon;
use super::opening;
use super::state::{Action, App};
use crate::editor::kept::{ago, told};
use crate::scenario::Scenario;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo::utils::{document, window};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};
use yew::prelude::*;

/// How long after a change it is kept, in milliseconds: a drag is one version, not a hundred.
const PAUSE_MS: u32 = 800;
/// How long other tabs have to say that they are still there, in milliseconds.
const ANSWERS_MS: u32 = 500;

/// What is to be kept.
#[derive(Clone, Properties, PartialEq)]
pub struct KeeperProps {
    /// The document.
    pub document: Rc<Scenario>,
    /// Whether it is somewhere else as well.
    pub is_safe: bool,
    /// How many whole documents were opened in its place.
    pub opened: u32,
    /// Whether nothing was done to it.
    pub is_untouched: bool,
}

/// Keeps the document, and offers what another tab has left behind.
#[component]
pub fn Keeper(props: &KeeperProps) -> Html {
    let app = use_context::<App>();
    let kept = use_mut_ref(|| Keeping { last: props.clone(), is_due: false, has_said: false, timer: None });
    use_effect_with((props.clone(), app.clone()), {
        let kept = kept.clone();
        move |(props, app)| follow(&kept, props, app)
    });
    use_effect_with(app.clone(), move |app| {
        let listen = |target: &web_sys::EventTarget, event: &'static str| {
            let (kept, app) = (kept.clone(), app.clone());
            EventListener::new(target, event, move |_| kept.borrow_mut().keep(&app))
        };
        let listeners = [listen(&window(), "pagehide"), listen(&document(), "visibilitychange")];
        move || drop(listeners)
    });
    let offer = use_offer();
    match (&*offer, app) {
        (Some(left), Some(app)) => offer_view(left, &offer, &app),
        _ => html! {},
    }
}

/// What was seen last of the document, and whether it is still to be kept.
struct Keeping {
    last: KeeperProps,
    is_due: bool,
    /// Whether it was said that nothing can be kept.
    has_said: bool,
    /// Keeps it, a moment after the last change.
    timer: Option<Timeout>,
}

/// Sees to it that a change is kept.
fn follow(shared: &Rc<RefCell<Keeping>>, now: &KeeperProps, app: &Option<App>) {
    let mut it = shared.borrow_mut();
    // The first time they are the same: then something was done before this was there, or nothing.
    if it.last == *now && now.is_untouched {
        return;
    }
    if it.last.opened != now.opened {
        it.keep(app);
    }
    if let Some(store) = Store::find() {
        if store.tab().is_none() {
            // The first version is what there was before the first change.
            store.keep(&it.last.document, it.last.is_safe);
        }
        opening::forget_link();
    }
    it.last = now.clone();
    it.is_due = true;
    let (later, app) = (shared.clone(), app.clone());
    it.timer = Some(Timeout::new(PAUSE_MS, move || later.borrow_mut().keep(&app)));
}

impl Keeping {
    fn keep(&mut self, app: &Option<App>) {
        if !std::mem::take(&mut self.is_due) {
            return;
        }
        let is_kept = Store::find().is_some_and(|store| store.keep(&self.last.document, self.last.is_safe));
        if !is_kept
            && !std::mem::replace(&mut self.has_said, true)
            && let Some(app) = app
        {
            app.say("The browser keeps nothing of this page. Save a file before you leave it.");
        }
    }
}

/// What a tab has left behind.
#[derive(Clone, PartialEq)]
struct Left {
    tab: String,
    document: Scenario,
    at: u64,
    /// How it differs from what that tab had first, if it is the same system.
    changed: Option<String>,
}

/// Asks which tabs are still there, and finds what one has left behind that is not. Answers others as long as it is there.
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
            // An empty message is the question who is there.
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
        let left = store.others().into_iter().filter(|(tab, kept)| !kept.is_safe && !alive.contains(tab));
        found(left.into_iter().find_map(|(tab, kept)| {
            let newest = kept.versions().last()?;
            let (first, document) = (kept.versions().first()?.document()?, newest.document()?);
            let is_changed = kept.versions().len() > 1 && first.title == document.title;
            let changed = is_changed.then(|| told(Some(&first), &document));
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
    let put_away = {
        let (tab, offer) = (left.tab.clone(), offer.clone());
        move || {
            if let Some(store) = Store::find() {
                store.put_away(&tab);
            }
            offer.set(None);
        }
    };
    let restore = {
        let (document, app, put_away) = (left.document.clone(), app.clone(), put_away.clone());
        Callback::from(move |_: MouseEvent| {
            app.send(Action::Restore(Box::new(document.clone())));
            app.say("Restored. Undo brings back what was open.");
            put_away();
        })
    };
    let age = ago(store::now().saturating_sub(left.at));
    html! {
        <section class="offer" aria-label="Left behind">
            <p>
                { "You had “" }<b>{ title(&left.document) }</b>{ format!("” open {age}") }
                if let Some(changed) = &left.changed { { format!(", with changes: {changed}") } }
                { "." }
            </p>
            <button type="button" class="text-button" onclick={restore}>{ "Restore it" }</button>
            <button type="button" class="quiet" aria-label="Do not restore it" onclick={Callback::from(move |_: MouseEvent| put_away())}>{ icon::close() }</button>
        </section>
    }
}
