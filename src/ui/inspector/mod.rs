//! The inspector: the selection, its faults by hand, its numbers, and its settings.

pub mod card;
pub mod faults;
pub mod field;
mod flight;
mod head;
pub mod live;
mod many;
mod more;
pub mod schedule;
mod sketch;
pub mod warnings;

use super::callback::callback;
use super::driver::Driver;
use super::late::use_late;
use super::state::App;
use crate::editor::command::{Settings, first_load};
use crate::editor::guide::Preset;
use crate::editor::{self, Command, Selection, Thing, link, load, whole};
use crate::scenario::{Kind, Link, Load, Scenario, Service, Team};
use crate::scene::run::readout::Readout;
use crate::sim::Intervention;
use crate::{id, t};
use card::Committer;
use flight::InFlight;
use head::Head;
use many::Many;
use schedule::Schedule;
use std::rc::Rc;
use warnings::{AllWarnings, Notes, Ways};
use yew::prelude::*;

/// What the inspector shows.
#[derive(Clone, Properties, PartialEq)]
pub struct InspectorProps {
    /// The document.
    pub document: Rc<Scenario>,
    /// The selection.
    pub selection: Selection,
    /// The run.
    pub driver: Driver,
    /// The readout of the run.
    pub readout: Rc<Readout>,
}

/// The column at the right, or the sheet at the bottom of a small screen.
#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let InspectorProps { document, readout, .. } = props;
    let late = use_late(&props.selection);
    // The late selection may name things that are gone.
    let selection = if late.is_in(document) { late } else { props.selection.clone() };
    let props = &InspectorProps { selection: selection.clone(), ..props.clone() };
    match selection.single() {
        Some(Thing::Service(id)) => match editor::service(document, id) {
            Some(service) => of_service(props, service),
            None => html! {},
        },
        Some(Thing::Link { from, to }) => match editor::link(document, from, to) {
            Some(link) => of_link(props, link),
            None => html! {},
        },
        None if !selection.is_empty() => html! {
            <Many document={document.clone()} selection={selection.clone()} />
        },
        None => {
            let name_of = |id: &str| editor::label(document, id).to_string();
            html! {
                <>
                    <Head title={t!("inspector-whole")} note={t!("inspector-whole-note")} selection={Selection::NONE} />
                    { live::of_all(readout, name_of) }
                    <AllWarnings document={document.clone()} />
                    { schedule(props) }
                    <WholeSettings document={document.clone()} />
                </>
            }
        }
    }
}

fn of_service(props: &InspectorProps, service: &Service) -> Html {
    let InspectorProps { document, driver, readout, .. } = props;
    let kind = editor::service::KINDS
        .iter()
        .find(|(k, _)| *k == service.kind)
        .map_or_else(String::new, |(_, name)| name.text());
    let selection = Selection::service(&service.id);
    let now = readout.service(0, &service.id);
    let is_client = service.kind == Kind::Client;
    html! {
        <ContextProvider<Thing> context={Thing::service(&service.id)}>
            <Head title={service.label().to_string()} note={t!("inspector-service-note", kind = kind, id = &service.id)} {selection} />
            <Ways document={document.clone()} />
            if is_client {
                { send_button(driver, &service.id) }
                if let Some(now) = readout.client(&service.id) {
                    { live::of_client(now) }
                }
                { schedule(props) }
                <LoadSettings key={service.id.clone()} document={document.clone()} client={service.id.clone()} />
            } else {
                { faults::of(&props.selection, driver, readout, &by_hand(driver)) }
                if let Some(now) = now {
                    { live::of_service(now) }
                }
                { schedule(props) }
            }
            <ServiceSettings key={format!("{} settings", service.id)} service={Rc::new(service.clone())}
                teams={Rc::<[Team]>::from(&*document.teams)} />
        </ContextProvider<Thing>>
    }
}

fn of_link(props: &InspectorProps, link: &Link) -> Html {
    let InspectorProps { document, driver, readout, .. } = props;
    let name = |id| editor::label(document, id);
    let selection = Selection::link(&link.from, &link.to);
    let id = link.id();
    let now = readout.link(0, &id);
    html! {
        <ContextProvider<Thing> context={Thing::link(&link.from, &link.to)}>
            <Head title={format!("{} → {}", name(&link.from), name(&link.to))} note={link::summary(link).text()} {selection} />
            <Notes card={None} />
            <Ways document={document.clone()} />
            { faults::of(&props.selection, driver, readout, &by_hand(driver)) }
            if let Some(now) = now {
                { live::of_link(now) }
            }
            <InFlight driver={driver.clone()} from={link.from.clone()} to={link.to.clone()} playing={readout.playing}
                time={readout.time} />
            { schedule(props) }
            <LinkSettings key={id} document={document.clone()} link={Rc::new(link.clone())} />
        </ContextProvider<Thing>>
    }
}

/// The scheduled faults and the objectives of the selection.
fn schedule(props: &InspectorProps) -> Html {
    let InspectorProps { document, selection, driver, readout, .. } = props;
    html! {
        <Schedule key={schedule::key(selection.single())} document={document.clone()} thing={selection.single().cloned()}
            driver={driver.clone()} measured={schedule::measured(document, readout)} />
    }
}

fn by_hand(driver: &Driver) -> Callback<Intervention> {
    callback!([driver], move |intervention| driver.apply(intervention))
}

fn send_button(driver: &Driver, client: &str) -> Html {
    let client = client.to_string();
    let onclick = callback!([driver], move |_: MouseEvent| {
        driver.send(&client);
        driver.play();
    });
    html! { <div class="faults"><button type="button" class="main" {onclick}>{ t!("inspector-send") }</button></div> }
}

#[derive(Properties, PartialEq)]
struct ServiceSettingsProps {
    service: Rc<Service>,
    teams: Rc<[Team]>,
}

#[component]
fn ServiceSettings(props: &ServiceSettingsProps) -> Html {
    let app = use_context::<App>();
    let id = props.service.id.clone();
    let committer =
        Committer::new(app, move |service| Command::SetService { id: id.clone(), service: Box::new(service) });
    let all = editor::service::cards(&props.service, &props.teams);
    card::cards("service", &all, &props.service, &committer, None)
}

#[derive(Properties, PartialEq)]
struct LinkSettingsProps {
    document: Rc<Scenario>,
    link: Rc<Link>,
}

#[component]
fn LinkSettings(props: &LinkSettingsProps) -> Html {
    let app = use_context::<App>();
    let split = use_state(|| false);
    let (from, to) = (props.link.from.clone(), props.link.to.clone());
    let committer =
        Committer::new(app, move |link| Command::SetLink { from: from.clone(), to: to.clone(), link: Box::new(link) });
    let all = link::cards(&props.document, &props.link, *split);
    let can_split = !link::legs_differ(&props.link);
    let onclick = callback!([split], move |_: MouseEvent| split.set(!*split));
    html! {
        <>
            { card::cards("link", &all, &props.link, &committer, Some(Preset::applied)) }
            if can_split {
                <button type="button" class="text-button" aria-pressed={split.to_string()} {onclick}>
                    { if *split { t!("inspector-legs-alike") } else { t!("inspector-legs-apart") } }
                </button>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct LoadSettingsProps {
    document: Rc<Scenario>,
    client: AttrValue,
}

#[component]
fn LoadSettings(props: &LoadSettingsProps) -> Html {
    let app = use_context::<App>();
    let client = props.client.to_string();
    let loads: Vec<Load> = props.document.load.iter().filter(|l| l.client == client).cloned().collect();
    let committer = Committer::new(app, move |loads| Command::SetLoad { client: client.clone(), loads });
    let more: Vec<Load> = loads.iter().cloned().chain([first_load(&props.client)]).collect();
    let onclick = callback!([committer], move |_: MouseEvent| committer.insist(more.clone()));
    html! {
        <>
            { card::cards("load", &load::cards(&loads), &loads, &committer, None) }
            <div class="text-buttons">
                <button type="button" class="text-button" {onclick}>
                    { if loads.is_empty() { t!("inspector-first-load") } else { t!("inspector-add-load") } }
                </button>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct WholeSettingsProps {
    document: Rc<Scenario>,
}

#[component]
fn WholeSettings(props: &WholeSettingsProps) -> Html {
    let app = use_context::<App>();
    let committer = Committer::new(app, |settings: Settings| Command::SetScenario(Box::new(settings)));
    let card = editor::card::Card::section(id!("card-settings"), whole::fields());
    card::cards("whole", &[card], &Settings::of(&props.document), &committer, None)
}
