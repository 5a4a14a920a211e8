//! Alerts on the stage: a bell at the client that feels it, and a ring with a word where the cause is likely to be.
//!
//! What is an alert, and what its cause, is worked out in [`crate::sim::objective`].

use super::view_service::at;
use crate::scenario::Scenario;
use crate::scene::geometry::{Point, Rect};
use crate::scene::layout::Layout;
use crate::scene::objectives::{alarms as find_alarms, trouble_in_words};
use crate::scene::readout::Readout;
use crate::sim::notice::Place;
use crate::sim::objective::{Trouble, states};
use crate::ui::driver::Driver;
use crate::ui::same::Same;
use yew::{Html, Properties, function_component, html};

/// A bell, about the origin.
const BELL: &str =
    "M-5.2 3.6c1.4-1.3 1.6-2.4 1.6-4.6a3.6 3.6 0 0 1 7.2 0c0 2.2.2 3.3 1.6 4.6zM-1.6 5.4a1.7 1.7 0 0 0 3.2 0";
/// How far a ring stands off its box.
const GAP: f64 = 8.0;

/// What the alerts need.
#[derive(Properties, PartialEq)]
pub struct AlarmsProps {
    /// What is drawn.
    pub document: Same<Scenario>,
    /// How the run goes.
    pub readout: Same<Readout>,
    /// Where everything is.
    pub layout: Same<Layout>,
    /// The run.
    pub driver: Driver,
}

/// The marks of all alerts; nothing where all is well.
#[function_component]
pub fn Alarms(props: &AlarmsProps) -> Html {
    let layout = &props.layout;
    // The first picture does without: its code travels later, unless somebody who only watches sees failures.
    if !crate::ui::is_in_use() && props.readout.clients.iter().all(|client| client.success.is_none_or(|s| s > 0.9)) {
        return html! { <g class="alarms" /> };
    }
    let found = props.driver.with_history(|history| {
        let topology = history.sim().topology();
        let states = states(history.series(), topology, props.document.horizon, props.readout.time);
        let (clients, causes) = find_alarms(&states);
        let box_of = |id: &str| layout.boxes.iter().find(|placed| placed.id == id).map(|placed| placed.rect);
        let service = |index: usize| box_of(&topology.services.get(index)?.id);
        let link = |index: usize| {
            let id = &topology.links.get(index)?.id;
            let place = props.document.links.iter().position(|link| link.id() == *id)?;
            layout.links.get(place)?.as_ref()
        };
        let bells: Vec<Rect> = clients.iter().filter_map(|client| service(client.index())).collect();
        let mark = |cause: &crate::sim::objective::Cause| match cause.place {
            Place::Service(id) => Some(ring(service(id.index())?, cause.trouble)),
            Place::Link(id) => {
                let routed = link(id.index())?;
                Some(along(routed.route.middle.path(0.0, 1.0), routed.label, cause.trouble))
            }
            Place::System => None,
        };
        (bells, causes.iter().filter_map(mark).collect::<Vec<Html>>())
    });
    let (bells, causes) = found;
    html! { <g class="alarms" aria-hidden="true">{ for causes }{ for bells.into_iter().map(bell) }</g> }
}

fn bell(client: Rect) -> Html {
    html! {
        <g class="alarm-bell" transform={at(client.right() - 20.0, client.corner.y + 6.0)}>
            <circle r="12" fill="var(--badfill)" stroke="var(--paper)" stroke-width="2" />
            <path d={BELL} fill="#fff" stroke="#fff" stroke-width="1" stroke-linejoin="round" />
        </g>
    }
}

fn ring(rect: Rect, trouble: Trouble) -> Html {
    let (width, height) = (rect.width + 2.0 * GAP, rect.height + 2.0 * GAP);
    html! {
        <g class="alarm-cause">
            <rect x={(rect.corner.x - GAP).to_string()} y={(rect.corner.y - GAP).to_string()} width={width.to_string()}
                height={height.to_string()} rx="21" fill="none" stroke="var(--badfill)" stroke-width="2.4" stroke-dasharray="1 6"
                stroke-linecap="round" />
            { word(Point::new(rect.centre().x, rect.bottom() + GAP), trouble) }
        </g>
    }
}

fn along(way: String, label: Point, trouble: Trouble) -> Html {
    html! {
        <g class="alarm-cause">
            <path d={way} fill="none" stroke="var(--badfill)" stroke-opacity="0.16" stroke-width="30" stroke-linecap="round" />
            { word(label + Point::new(0.0, 24.0), trouble) }
        </g>
    }
}

fn word(centre: Point, trouble: Trouble) -> Html {
    let text = format!("likely cause: {}", trouble_in_words(trouble).1);
    let wide = text.chars().count() as f64 * 6.4 + 20.0;
    html! {
        <g transform={at(centre.x, centre.y)}>
            <rect x={(-wide / 2.0).to_string()} y="-9.5" width={wide.to_string()} height="19" rx="9.5" fill="var(--panel)"
                stroke="var(--badfill)" stroke-width="1.4" />
            <text y="4" text-anchor="middle" font-size="11" font-weight="650" fill="var(--bad)">{ text }</text>
        </g>
    }
}
