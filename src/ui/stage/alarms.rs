//! Alerts on the stage: a bell at the client that misses its objective, and a dotted ring with a label at the likely cause.
//!
//! [`crate::sim::objective`] finds alerts and their causes.

use super::view_service::at;
use crate::scenario::Scenario;
use crate::scene::run::objectives::{alarms as find_alarms, trouble_word};
use crate::scene::run::readout::Readout;
use crate::scene::stage::face::LinkFace;
use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::label::aside;
use crate::scene::stage::layout::Layout;
use crate::scene::stage::route::LANE;
use crate::scene::stage::sizes::Routed;
use crate::sim::notice::Location;
use crate::sim::objective::{Trouble, states};
use crate::t;
use crate::ui::driver::Driver;
use crate::ui::same::Same;
use yew::{Html, Properties, function_component, html};

/// A bell, about the origin.
const BELL: &str =
    "M-5.2 3.6c1.4-1.3 1.6-2.4 1.6-4.6a3.6 3.6 0 0 1 7.2 0c0 2.2.2 3.3 1.6 4.6zM-1.6 5.4a1.7 1.7 0 0 0 3.2 0";
/// The gap between a box and its ring.
const GAP: f64 = 8.0;

/// The properties of [`Alarms`].
#[derive(Clone, Properties, PartialEq)]
pub struct AlarmsProps {
    /// The system.
    pub document: Same<Scenario>,
    /// The numbers of the run.
    pub readout: Same<Readout>,
    /// The positions of boxes and links.
    pub layout: Same<Layout>,
    /// The run.
    pub driver: Driver,
}

/// The marks of all alerts.
#[function_component]
pub fn Alarms(props: &AlarmsProps) -> Html {
    let layout = &props.layout;
    let found = props.driver.with_history(|history| {
        let topology = history.sim().topology();
        let states = states(history.series(), history.sim(), props.document.horizon, props.readout.time);
        let (clients, causes) = find_alarms(&states);
        let box_of = |id: &str| layout.boxes.iter().find(|placed| placed.id == id).map(|placed| placed.rect);
        let service = |index: usize| box_of(&topology.services.get(index)?.id);
        let link = |index: usize| {
            let id = &topology.links.get(index)?.id;
            let place = props.document.links.iter().position(|link| link.id() == *id)?;
            Some((place, layout.links.get(place)?.as_ref()?))
        };
        let bells: Vec<Rect> = clients.iter().filter_map(|client| service(client.index())).collect();
        let mark = |cause: &crate::sim::objective::Cause| match cause.place {
            Location::Service(id) => Some(ring(service(id.index())?, cause.trouble)),
            Location::Link(id) => {
                let (index, routed) = link(id.index())?;
                // Below all other text beside the link.
                let face = LinkFace::of(&props.document, index, props.document.links.get(index)?, &props.readout);
                let below = face.room() + 23.0 * face.badges.len() as f64 + 14.0;
                Some(along(routed, below, cause.trouble))
            }
            Location::System => None,
        };
        (bells, causes.iter().filter_map(mark).collect::<Vec<Html>>())
    });
    let (bells, causes) = found;
    html! { <g class="alarms" aria-hidden="true">{ for causes }{ for bells.into_iter().map(bell) }</g> }
}

fn bell(client: Rect) -> Html {
    html! {
        <g class="alarm-bell" transform={at(client.right() - 20.0, client.corner.y + 6.0)}><g class="enlarged">
            <circle r="12" fill="var(--badfill)" stroke="var(--paper)" stroke-width="2" />
            <path d={BELL} fill="#fff" stroke="#fff" stroke-width="1" stroke-linejoin="round" />
        </g></g>
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

fn along(routed: &Routed, below: f64, trouble: Trouble) -> Html {
    // Two dotted lines, like the ring around a box: a single band would look like a selected link.
    let points = |side: f64| {
        let at = |step: u32| {
            let share = f64::from(step) / 24.0;
            let (on, across) = (routed.route.middle.at(share), routed.route.middle.direction(share).left());
            format!("{:.1} {:.1}", on.x + across.x * side, on.y + across.y * side)
        };
        format!("M{}", (0..=24).map(at).collect::<Vec<_>>().join("L"))
    };
    let two = two_lines(trouble);
    html! {
        <g class="alarm-cause">
            <path d={points(LANE + 9.0) + &points(-LANE - 9.0)} fill="none" stroke="var(--badfill)" stroke-width="2.4"
                stroke-dasharray="1 6" stroke-linecap="round" />
            <g transform={at(routed.label.x + aside(routed.lean, two.0), routed.label.y + below)}>{ two.1 }</g>
        </g>
    }
}

/// A pill of this size around text.
fn pill(wide: f64, high: f64, words: Html) -> Html {
    html! {
        <g>
            <rect class="alarm-pill" x={(-wide / 2.0).to_string()} y={(-high / 2.0).to_string()} width={wide.to_string()} height={high.to_string()}
                rx="9.5" fill="var(--panel)" stroke="var(--badfill)" stroke-width="1.4" />
            { words }
        </g>
    }
}

/// The text of a mark: a heading, and the trouble of the likely cause.
fn label(trouble: Trouble) -> [String; 2] {
    [format!("{} ", t!("stage-likely-cause")), trouble_word(trouble).text()]
}

/// The label beside a link, in two lines, because there is no room for a long one.
fn two_lines(trouble: Trouble) -> (f64, Html) {
    let [heading, cause] = label(trouble);
    let wide = heading.chars().count().max(cause.chars().count() + 1) as f64 * 6.4 + 14.0;
    let words = html! {
        <text class="alarm-text" text-anchor="middle">
            <tspan x="0" y="-3">{ heading }</tspan><tspan class="alarm-why" x="0" y="11">{ cause }</tspan>
        </text>
    };
    (wide, pill(wide, 34.0, words))
}

fn word(centre: Point, trouble: Trouble) -> Html {
    let [heading, cause] = label(trouble);
    let wide = (heading.chars().count() + cause.chars().count()) as f64 * 6.4 + 20.0;
    let words = html! {
        <text class="alarm-text" y="4" text-anchor="middle">
            { heading }<tspan class="alarm-why">{ cause }</tspan>
        </text>
    };
    html! { <g transform={at(centre.x, centre.y)}>{ pill(wide, 19.0, words) }</g> }
}
