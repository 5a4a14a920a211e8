//! Several services or links in the inspector: one gesture changes a common setting of all of them.

use super::card::{self, Committer};
use super::head::Head;
use crate::editor::card::Card;
use crate::editor::{self, Command, Selection, link, many};
use crate::scenario::{Link, Scenario, Service};
use crate::t;
use crate::ui::state::App;
use std::rc::Rc;
use yew::prelude::*;

/// The properties of [`Many`].
#[derive(Properties, PartialEq)]
pub struct ManyProps {
    /// The document.
    pub document: Rc<Scenario>,
    /// The selection.
    pub selection: Selection,
}

/// The common settings of the services, and those of the links.
#[component]
pub fn Many(props: &ManyProps) -> Html {
    let app = use_context::<App>();
    let ManyProps { document, selection } = props;
    let services: Vec<Service> = selection.services().filter_map(|id| editor::service(document, id)).cloned().collect();
    let links = selection.links().filter_map(|(from, to)| editor::link(document, from, to));
    let links: Vec<Link> = links.cloned().collect();
    let of_services: Vec<_> = services.iter().map(|s| editor::service::cards(s, &document.teams)).collect();
    let of_links: Vec<_> = links.iter().map(|l| link::cards(document, l, false)).collect();
    let (of_services, of_links) = (many::cards(&services, &of_services), many::cards(&links, &of_links));
    let names = [
        (!services.is_empty()).then(|| t!("many-services", count = services.len())),
        (!links.is_empty()).then(|| t!("many-links", count = links.len())),
    ];
    let title = names.iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    let is_mixed = names.iter().all(Option::is_some);
    let note = if is_mixed { t!("many-note-mixed") } else { t!("many-note") };
    // The heading of a group, where both are selected.
    let group = |name: &Option<String>| {
        html! {
            if let Some(name) = name.as_ref().filter(|_| is_mixed) { <h3 class="group">{ t!("many-in", items = name) }</h3> }
        }
    };
    html! {
        <>
            <Head {title} {note} selection={selection.clone()} />
            if !services.is_empty() {
                { group(&names[0]) }
                { nothing(&of_services) }
                { card::cards("services", &of_services, &services, &services_committer(&app, &services), None) }
            }
            if !links.is_empty() {
                { group(&names[1]) }
                { nothing(&of_links) }
                { card::cards("links", &of_links, &links, &links_committer(&app, &links), None) }
            }
        </>
    }
}

/// A note where there are no common settings.
fn nothing<T>(cards: &[Card<T>]) -> Html {
    html! {
        if cards.is_empty() {
            <p class="note">{ t!("many-nothing") }</p>
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
