//! What somebody can choose from a list: everything of the table of [actions](super::actions), and what depends on the
//! system, on what is selected and on the page. The command palette and the context menu show these.

use super::actions::context::{Availability, Context};
use super::actions::{ACTIONS, Action};
use super::focus::focus;
use super::inspector::faults;
use super::stage::ViewChange;
use super::state::Update;
use super::theme;
use crate::editor::{Command, Selection, Thing, label};
use crate::scenario::Scenario;
use crate::scenario::read;
use crate::scenario::ready::READY;
use gloo::timers::callback::Timeout;
use gloo::utils::document;
use std::rc::Rc;
use yew::prelude::*;

/// Something that can be chosen.
#[derive(Clone)]
pub struct Offer {
    /// What it is called.
    pub title: AttrValue,
    /// What it belongs to.
    pub group: &'static str,
    /// The keys that do the same.
    pub keys: &'static [&'static str],
    /// Whether it can be chosen now, or why not.
    pub availability: Availability,
    /// Whether it is on, where it can be on or off.
    pub is_on: Option<bool>,
    /// Does it.
    pub run: Rc<dyn Fn(&Context)>,
}

impl Offer {
    /// Something of its own that can always be chosen.
    pub fn new(title: impl Into<AttrValue>, group: &'static str, run: impl Fn(&Context) + 'static) -> Self {
        Offer { title: title.into(), group, keys: &[], availability: Ok(()), is_on: None, run: Rc::new(run) }
    }

    /// Something of the table.
    pub fn of_action(action: &'static Action, context: &Context) -> Self {
        Offer {
            keys: action.keys,
            availability: (action.enabled)(context),
            ..Offer::new(action.title, action.group, action.run)
        }
    }
}

/// Everything that the command palette offers.
pub fn all(context: &Context, on_look: &Callback<(usize, &'static str)>) -> Vec<Offer> {
    let state = context.app.now();
    let document = state.editor.document();
    let selected = state.editor.selection().single();
    let actions =
        ACTIONS.iter().filter(|action| action.id != "commands").map(|action| Offer::of_action(action, context));
    let faults = selected.into_iter().flat_map(|thing| {
        let name = thing_name(thing, document);
        of_thing(thing, context)
            .into_iter()
            .map(move |offer| Offer { title: format!("{name}: {}", offer.title).into(), ..offer })
    });
    faults.chain(actions).chain(systems()).chain(looks(on_look)).chain(places(document)).collect()
}

/// What can be done to a thing of the running system.
pub fn of_thing(thing: &Thing, context: &Context) -> Vec<Offer> {
    if let Thing::Service(id) = thing
        && context.app.now().editor.document().load.iter().any(|load| load.client == *id)
    {
        let id = id.clone();
        return vec![Offer::new("Send a request", "Run", move |context| {
            context.driver.send(&id);
            context.driver.play();
        })];
    }
    let offer = |toggle: faults::Toggle| Offer {
        is_on: Some(toggle.is_on),
        ..Offer::new(toggle.name, "Faults", move |context| context.driver.apply(toggle.then))
    };
    faults::toggles(thing, &context.driver).into_iter().map(offer).collect()
}

/// What people call a thing.
pub fn thing_name(thing: &Thing, document: &Scenario) -> String {
    match thing {
        Thing::Service(id) => label(document, id).into(),
        Thing::Link { from, to } => format!("{} → {}", label(document, from), label(document, to)),
    }
}

fn systems() -> impl Iterator<Item = Offer> {
    READY.iter().map(|ready| {
        Offer::new(format!("Open: {}", ready.title), "Systems", move |context| {
            if let Ok(scenario) = read::read(ready.text) {
                context.app.send(Update::Do(Command::Load(Box::new(scenario))));
            }
        })
    })
}

fn looks(on_look: &Callback<(usize, &'static str)>) -> impl Iterator<Item = Offer> {
    let on_look = on_look.clone();
    theme::choices().map(move |(title, choice)| {
        let on_look = on_look.clone();
        Offer::new(title, "Looks", move |_| on_look.emit(choice))
    })
}

/// Every service and every link, to go there.
fn places(document: &Scenario) -> Vec<Offer> {
    let services = document.services.iter().enumerate().map(|(index, service)| {
        let id = service.id.clone();
        Offer::new(format!("Go to {}", service.label()), "Services", move |context| {
            go_to(context, Selection::service(&id), format!("[data-service=\"{index}\"]"));
        })
    });
    let links = document.links.iter().enumerate().map(|(index, link)| {
        let (from, to) = (link.from.clone(), link.to.clone());
        let name = thing_name(&Thing::link(&from, &to), document);
        Offer::new(format!("Go to {name}"), "Links", move |context| {
            context.view.change(ViewChange::ShowLink(index));
            go_to(context, Selection::link(&from, &to), format!("[data-link=\"{index}\"]"));
        })
    });
    services.chain(links).collect()
}

/// Selects a thing, and gives it the focus once it is drawn.
fn go_to(context: &Context, selection: Selection, selector: String) {
    context.app.send(Update::Select(selection));
    Timeout::new(0, move || {
        if let Some(thing) = document().query_selector(&selector).ok().flatten() {
            focus(&thing);
        }
    })
    .forget();
}
