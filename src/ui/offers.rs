//! Entries of the command palette and the context menu: the table of [actions](super::actions), and entries that depend on
//! the system, the selection and the page.

use super::actions::context::{Availability, Context};
use super::actions::{ACTIONS, Action, Group};
use super::focus::focus;
use super::inspector::faults;
use super::state::Update;
use super::theme::{self, Look};
use crate::editor::ready::{ready_system, ready_title};
use crate::editor::{Command, Selection, Thing, label};
use crate::scenario::Scenario;
use crate::scenario::ready::READY;
use crate::t;
use crate::text::Language;
use gloo::timers::callback::Timeout;
use gloo::utils::document;
use std::rc::Rc;
use yew::prelude::*;

/// An entry of the palette or a menu.
#[derive(Clone)]
pub struct Offer {
    /// Its text.
    pub title: AttrValue,
    /// The heading it belongs to.
    pub group: Group,
    /// Its keys.
    pub keys: &'static [&'static str],
    /// Whether it is available now, or why not.
    pub availability: Availability,
    /// Whether it is on; `None` for entries that cannot be on.
    pub is_on: Option<bool>,
    /// Runs it.
    pub run: Rc<dyn Fn(&Context)>,
}

impl Offer {
    /// An entry that is always available.
    pub fn new(title: impl Into<AttrValue>, group: Group, run: impl Fn(&Context) + 'static) -> Self {
        Offer { title: title.into(), group, keys: &[], availability: Ok(()), is_on: None, run: Rc::new(run) }
    }

    /// The entry of an action.
    pub fn of_action(action: &'static Action, context: &Context) -> Self {
        Offer {
            keys: action.keys,
            availability: (action.enabled)(context),
            ..Offer::new(action.title.text(), action.group, action.run)
        }
    }
}

/// All entries of the command palette.
pub fn all(context: &Context, on_look: &Callback<Look>, on_language: &Callback<Language>) -> Vec<Offer> {
    let state = context.app.now();
    let document = state.editor.document();
    let selected = state.editor.selection().single();
    let actions =
        ACTIONS.iter().filter(|action| action.id != "commands").map(|action| Offer::of_action(action, context));
    let faults = selected.into_iter().flat_map(|thing| {
        let name = thing_name(thing, document);
        of_thing(thing, context)
            .into_iter()
            .map(move |offer| Offer { title: t!("offer-fault", thing = &name, fault = &*offer.title).into(), ..offer })
    });
    faults
        .chain(actions)
        .chain(systems())
        .chain(looks(on_look))
        .chain(languages(on_language))
        .chain(places(document))
        .collect()
}

/// The entries for a service or link of the running system.
pub fn of_thing(thing: &Thing, context: &Context) -> Vec<Offer> {
    if let Thing::Service(id) = thing
        && context.app.now().editor.document().load.iter().any(|load| load.client == *id)
    {
        let id = id.clone();
        return vec![Offer::new(t!("offer-send"), Group::Run, move |context| {
            context.driver.send(&id);
            context.driver.play();
        })];
    }
    let offer = |toggle: faults::Toggle| Offer {
        is_on: Some(toggle.is_on),
        ..Offer::new(toggle.name.text(), Group::Faults, move |context| context.driver.apply(toggle.intervention))
    };
    faults::toggles(thing, &context.driver).into_iter().map(offer).collect()
}

/// The name of a service or link.
pub fn thing_name(thing: &Thing, document: &Scenario) -> String {
    match thing {
        Thing::Service(id) => label(document, id).into(),
        Thing::Link { from, to } => format!("{} → {}", label(document, from), label(document, to)),
    }
}

fn systems() -> impl Iterator<Item = Offer> {
    READY.iter().map(|ready| {
        Offer::new(t!("offer-open", title = ready_title(ready)), Group::Systems, move |context| {
            if let Some(scenario) = ready_system(ready) {
                context.app.send(Update::Do(Command::Load(Box::new(scenario))));
            }
        })
    })
}

fn languages(on_language: &Callback<Language>) -> impl Iterator<Item = Offer> {
    Language::ALL.into_iter().map(|language| {
        let on_language = on_language.clone();
        let title = t!("offer-language", name = language.own_name());
        Offer::new(title, Group::Language, move |_| on_language.emit(language))
    })
}

fn looks(on_look: &Callback<Look>) -> impl Iterator<Item = Offer> {
    let on_look = on_look.clone();
    theme::choices().map(move |(title, choice)| {
        let on_look = on_look.clone();
        Offer::new(title, Group::Looks, move |_| on_look.emit(choice))
    })
}

/// Every service and every link, to go there.
fn places(document: &Scenario) -> Vec<Offer> {
    let services = document.services.iter().enumerate().map(|(index, service)| {
        let id = service.id.clone();
        Offer::new(t!("offer-go-to", name = service.label()), Group::Services, move |context| {
            go_to(context, Selection::service(&id), format!("[data-service=\"{index}\"]"));
        })
    });
    let links = document.links.iter().enumerate().map(|(index, link)| {
        let (from, to) = (link.from.clone(), link.to.clone());
        let name = thing_name(&Thing::link(&from, &to), document);
        Offer::new(t!("offer-go-to", name = name), Group::Links, move |context| {
            context.view.show_link(index);
            go_to(context, Selection::link(&from, &to), format!("[data-link=\"{index}\"]"));
        })
    });
    services.chain(links).collect()
}

/// Selects a thing, and focuses it once it is drawn.
fn go_to(context: &Context, selection: Selection, selector: String) {
    context.app.send(Update::Select(selection));
    Timeout::new(0, move || {
        if let Some(thing) = document().query_selector(&selector).ok().flatten() {
            focus(&thing);
        }
    })
    .forget();
}
