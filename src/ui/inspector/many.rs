//! Several things in the inspector: what they have in common is set in all of them, as one gesture.

use super::card::{self, Committer, HelpSource};
use super::guide::use_guide;
use super::head::Head;
use crate::editor::card::Card;
use crate::editor::{self, Command, Selection, link, many};
use crate::scenario::{Link, Scenario, Service};
use crate::ui::state::App;
use std::rc::Rc;
use yew::prelude::*;

/// `1 service`, `2 services`; `None` of none.
fn counted(count: usize, one: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {one}s")),
    }
}

/// What the cards need.
#[derive(Properties, PartialEq)]
pub struct ManyProps {
    /// The document.
    pub document: Rc<Scenario>,
    /// What of it is selected.
    pub selection: Selection,
}

/// What the services have in common, and what the links do.
#[component]
pub fn Many(props: &ManyProps) -> Html {
    let app = use_context::<App>();
    let guide = use_guide();
    let ManyProps { document, selection } = props;
    let services: Vec<Service> = selection.services().filter_map(|id| editor::service(document, id)).cloned().collect();
    let links = selection.links().filter_map(|(from, to)| editor::link(document, from, to));
    let links: Vec<Link> = links.cloned().collect();
    let of_services: Vec<_> = services.iter().map(|s| editor::service::cards(s, &document.teams)).collect();
    let of_links: Vec<_> = links.iter().map(|l| link::cards(document, l, false)).collect();
    let (of_services, of_links) = (many::cards(&services, &of_services), many::cards(&links, &of_links));
    let names = [counted(services.len(), "service"), counted(links.len(), "link")];
    let title = names.iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    let is_mixed = names.iter().all(Option::is_some);
    let note = if is_mixed { "Services and links are set apart." } else { "What is set here is set in all of them." };
    // Of which it is set, where both are selected.
    let group = |name: &Option<String>| {
        html! {
            if let Some(name) = name.as_ref().filter(|_| is_mixed) { <h3 class="group">{ format!("In the {name}") }</h3> }
        }
    };
    html! {
        <>
            <Head {title} {note} selection={selection.clone()} />
            if !services.is_empty() {
                { group(&names[0]) }
                { nothing(&of_services) }
                { card::cards("services", &of_services, &services, &services_committer(&app, &services), &HelpSource::plain(guide.clone())) }
            }
            if !links.is_empty() {
                { group(&names[1]) }
                { nothing(&of_links) }
                { card::cards("links", &of_links, &links, &links_committer(&app, &links), &HelpSource::plain(guide)) }
            }
        </>
    }
}

/// Said where nothing can be set.
fn nothing<T>(cards: &[Card<T>]) -> Html {
    html! {
        if cards.is_empty() {
            <p class="note">{ "These have nothing in common that could be set." }</p>
        }
    }
}

fn services_committer(app: &Option<App>, services: &[Service]) -> Committer<Vec<Service>> {
    let ids: Vec<String> = services.iter().map(|s| s.id.clone()).collect();
    Committer::new(app.clone(), move |services: Vec<Service>| {
        let set =
            |(id, service): (&String, Service)| Command::SetService { id: id.clone(), service: Box::new(service) };
        Command::Several(ids.iter().zip(services).map(set).collect())
    })
}

fn links_committer(app: &Option<App>, links: &[Link]) -> Committer<Vec<Link>> {
    let ends: Vec<(String, String)> = links.iter().map(|l| (l.from.clone(), l.to.clone())).collect();
    Committer::new(app.clone(), move |links: Vec<Link>| {
        let set = |((from, to), link): (&(String, String), Link)| Command::SetLink {
            from: from.clone(),
            to: to.clone(),
            link: Box::new(link),
        };
        Command::Several(ends.iter().zip(links).map(set).collect())
    })
}
