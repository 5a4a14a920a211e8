//! Saves the document in the browser, so that a reload, a crash or a closed tab loses nothing: a moment after every
//! change, before another system opens, and when the page goes away. Also offers to restore what another tab left behind.
//!
//! It starts when somebody begins to use the page.

mod offer;
pub mod store;
pub mod versions;

use super::address::forget_link;
use super::state::App;
use crate::scenario::Scenario;
use crate::t;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo::utils::{document, window};
use offer::RestoreOffer;
use std::cell::RefCell;
use std::rc::Rc;
use store::Store;
use yew::prelude::*;

/// How long after a change the document is saved, in milliseconds: a drag is one version, not a hundred.
const PAUSE_MS: u32 = 800;

/// What the autosaver saves.
#[derive(Clone, Properties, PartialEq)]
pub struct AutosaverProps {
    /// The document.
    pub document: Rc<Scenario>,
    /// Whether it is somewhere else as well.
    pub is_safe: bool,
    /// How many whole documents were opened in its place.
    pub opened: u32,
    /// Whether nothing was done to it.
    pub is_untouched: bool,
}

/// Saves the document, and offers to restore what another tab left behind.
#[component]
pub fn Autosaver(props: &AutosaverProps) -> Html {
    let app = use_context::<App>();
    let pending = use_mut_ref(|| Pending { last: props.clone(), is_due: false, has_warned: false, timer: None });
    use_effect_with((props.clone(), app.clone()), {
        let pending = pending.clone();
        move |(props, app)| follow(&pending, props, app)
    });
    use_effect_with(app.clone(), move |app| {
        let listen = |target: &web_sys::EventTarget, event: &'static str| {
            let (pending, app) = (pending.clone(), app.clone());
            EventListener::new(target, event, move |_| pending.borrow_mut().save(&app))
        };
        let listeners = [listen(&window(), "pagehide"), listen(&document(), "visibilitychange")];
        move || drop(listeners)
    });
    html! { <RestoreOffer /> }
}

/// The document as it was seen last, and whether it is still to be saved.
struct Pending {
    last: AutosaverProps,
    is_due: bool,
    /// Whether the user knows that nothing can be saved.
    has_warned: bool,
    /// Saves it, a moment after the last change.
    timer: Option<Timeout>,
}

/// Plans to save a change.
fn follow(shared: &Rc<RefCell<Pending>>, now: &AutosaverProps, app: &Option<App>) {
    let mut it = shared.borrow_mut();
    // The first time they are the same: then something was done before this was there, or nothing.
    if it.last == *now && now.is_untouched {
        return;
    }
    if it.last.opened != now.opened {
        it.save(app);
    }
    if let Some(store) = Store::find() {
        if store.tab().is_none() {
            // The first version is what there was before the first change.
            store.save(&it.last.document, it.last.is_safe);
        }
        forget_link();
    }
    it.last = now.clone();
    it.is_due = true;
    let (later, app) = (shared.clone(), app.clone());
    it.timer = Some(Timeout::new(PAUSE_MS, move || later.borrow_mut().save(&app)));
}

impl Pending {
    fn save(&mut self, app: &Option<App>) {
        if !std::mem::take(&mut self.is_due) {
            return;
        }
        let is_saved = Store::find().is_some_and(|store| store.save(&self.last.document, self.last.is_safe));
        if !is_saved
            && !std::mem::replace(&mut self.has_warned, true)
            && let Some(app) = app
        {
            app.say(t!("versions-not-stored"));
        }
    }
}
