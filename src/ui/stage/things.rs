//! All boxes and links of the stage. In a large system most of them stay the same from one drawing to the next: the face of
//! each is made once for each read-out, and a service is drawn anew with its outgoing links only if one of them has changed.
//!
//! Each component here has an element of its own around its contents, and so has each optional part of the stage. Otherwise
//! Yew 0.23.0 may fail to find the next element, where an empty part gets contents while the next element changes.

use super::caution::Titles;
use super::view_link::{LinkHandle, LinkLanes};
use super::view_service::ServiceBox;
use crate::editor::Selection;
use crate::gesture::Focus;
use crate::scenario::Scenario;
use crate::scene::run::readout::Readout;
use crate::scene::stage::face::{LinkFace, ServiceFace};
use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::layout::Layout;
use crate::scene::stage::route::Route;
use crate::ui::same::Same;
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, Properties, function_component, hook, html, use_memo, use_mut_ref};

/// The properties of [`Things`].
#[derive(Properties, PartialEq)]
pub struct ThingsProps {
    /// The system.
    pub document: Same<Scenario>,
    /// The numbers of the run.
    pub readout: Same<Readout>,
    /// Where everything is.
    pub layout: Same<Layout>,
    /// The selected things.
    pub selection: Selection,
    /// The titles of warnings.
    pub cautions: Same<Titles>,
    /// Called when one gets the focus.
    pub on_focus: Callback<Focus>,
}

/// Lanes come first, so that they lie under everything; then each service and its outgoing links, in the order of Tab.
#[function_component]
pub fn Things(props: &ThingsProps) -> Html {
    let ThingsProps { document, layout, selection, on_focus, .. } = props;
    let faces = use_faces(document, &props.readout, &props.cautions);
    let outgoing = use_outgoing(document, layout, &faces);
    let links = document.links.iter().enumerate();
    let chosen: Vec<usize> =
        links.filter(|(_, link)| selection.has_link(&link.from, &link.to)).map(|(index, _)| index).collect();
    let chosen_of = |links: &[Outgoing]| -> Vec<usize> {
        links.iter().map(|link| link.index).filter(|index| chosen.contains(index)).collect()
    };
    let lanes = document.services.iter().zip(&*outgoing).map(|(service, links)| {
        html! { <Lanes key={&*service.id} links={links.clone()} selected={chosen_of(links)} /> }
    });
    let lanes = lanes.collect::<Html>();
    let boxes = document.services.iter().zip(&layout.boxes).zip(&faces.services).zip(&*outgoing).enumerate();
    let boxes = boxes.map(|(index, (((service, placed), face), links))| {
        html! {
            <Caller key={&*service.id} {index} face={face.clone()} rect={placed.rect} selected={selection.has_service(&service.id)}
                links={links.clone()} selected_links={chosen_of(links)} on_focus={on_focus.clone()} />
        }
    });
    html! {
        <>
            <g class="all-lanes">{ lanes }</g>
            <g class="all-things">{ for boxes }</g>
        </>
    }
}

/// The faces of all services and links.
#[derive(Default)]
struct Faces {
    services: Vec<Same<ServiceFace>>,
    links: Vec<Same<LinkFace>>,
}

/// The faces of this read-out; unchanged ones are reused.
#[hook]
fn use_faces(document: &Same<Scenario>, readout: &Same<Readout>, cautions: &Same<Titles>) -> Rc<Faces> {
    let last = use_mut_ref(Rc::<Faces>::default);
    let faces = use_memo((document.clone(), readout.clone(), cautions.clone()), |(document, readout, cautions)| {
        let before = last.borrow().clone();
        let service = |(index, service)| {
            let mut face = ServiceFace::of(document, index, service, readout);
            face.warnings = cautions.of_service(index);
            reused(before.services.get(index), face)
        };
        let link = |(index, link)| {
            let mut face = LinkFace::of(document, index, link, readout);
            face.warnings = cautions.of_link(index);
            reused(before.links.get(index), face)
        };
        Faces {
            services: document.services.iter().enumerate().map(service).collect(),
            links: document.links.iter().enumerate().map(link).collect(),
        }
    });
    *last.borrow_mut() = faces.clone();
    faces
}

fn reused<T: PartialEq>(before: Option<&Same<T>>, now: T) -> Same<T> {
    before.filter(|before| ***before == now).cloned().unwrap_or_else(|| Same(Rc::new(now)))
}

/// A link, for the group of its caller.
#[derive(Clone, PartialEq)]
struct Outgoing {
    index: usize,
    key: AttrValue,
    face: Same<LinkFace>,
    route: Same<Route>,
    label_at: (Point, f64),
}

/// The outgoing links of each caller; unchanged lists are reused.
#[hook]
fn use_outgoing(document: &Same<Scenario>, layout: &Same<Layout>, faces: &Rc<Faces>) -> Rc<Vec<Same<Vec<Outgoing>>>> {
    let keys = use_memo(document.clone(), |document| {
        document.links.iter().map(|link| AttrValue::from(link.id())).collect::<Vec<_>>()
    });
    let last = use_mut_ref(Rc::<Vec<Same<Vec<Outgoing>>>>::default);
    let outgoing = use_memo((Same(keys), layout.clone(), Same(faces.clone())), |(keys, layout, faces)| {
        let mut outgoing: Vec<Vec<Outgoing>> = vec![Vec::new(); layout.boxes.len()];
        for (index, ((routed, face), key)) in layout.links.iter().zip(&faces.links).zip(&**keys).enumerate() {
            let Some(routed) = routed else { continue };
            if let Some(list) = outgoing.get_mut(routed.from) {
                let (route, label_at) = (Same(routed.route.clone()), (routed.label, routed.lean));
                list.push(Outgoing { index, key: key.clone(), face: face.clone(), route, label_at });
            }
        }
        let before = last.borrow().clone();
        outgoing.into_iter().enumerate().map(|(index, links)| reused(before.get(index), links)).collect::<Vec<_>>()
    });
    *last.borrow_mut() = outgoing.clone();
    outgoing
}

#[derive(Properties, PartialEq)]
struct LanesProps {
    links: Same<Vec<Outgoing>>,
    /// The places in the file of those that are selected.
    selected: Vec<usize>,
}

/// The lanes of all links of a caller.
#[function_component]
fn Lanes(props: &LanesProps) -> Html {
    let lanes = props.links.iter().map(|link| {
        let selected = props.selected.contains(&link.index);
        html! { <LinkLanes key={&*link.key} look={link.face.lanes()} route={link.route.clone()} {selected} /> }
    });
    html! { <g>{ for lanes }</g> }
}

#[derive(Properties, PartialEq)]
struct CallerProps {
    index: usize,
    face: Same<ServiceFace>,
    rect: Rect,
    selected: bool,
    links: Same<Vec<Outgoing>>,
    selected_links: Vec<usize>,
    on_focus: Callback<Focus>,
}

/// A service, and after it its outgoing links.
#[function_component]
fn Caller(props: &CallerProps) -> Html {
    let CallerProps { index, face, rect, selected, links, selected_links, on_focus } = props;
    let handles = links.iter().map(|link| {
        html! {
            <LinkHandle key={&*link.key} index={link.index} face={link.face.clone()} route={link.route.clone()}
                label_at={link.label_at} selected={selected_links.contains(&link.index)} on_focus={on_focus.clone()} />
        }
    });
    html! {
        <g>
            <ServiceBox index={*index} face={face.clone()} rect={*rect} selected={*selected} on_focus={on_focus.clone()} />
            { for handles }
        </g>
    }
}
