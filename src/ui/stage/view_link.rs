//! A link on the stage, in two parts: its lanes, which lie under the boxes, and its handle, which lies over them and can be
//! focused. Both know only the face of the link.

use super::view_service::{at, badges};
use crate::gesture::Focus;
use crate::scene::stage::face::{BreakerFace, LaneLook, LinkFace};
use crate::scene::stage::geometry::Point;
use crate::scene::stage::label::{LABEL, aside};
use crate::scene::stage::route::{LANE, Lane, Route};
use crate::ui::same::Same;
use yew::{AttrValue, Callback, Html, Properties, classes, function_component, html, use_memo};

/// The properties of the lanes.
#[derive(Properties, PartialEq)]
pub struct LanesProps {
    /// What they show.
    pub look: LaneLook,
    /// Their route.
    pub route: Same<Route>,
    /// Whether the link is selected.
    pub selected: bool,
}

/// The two lanes.
#[function_component]
pub fn LinkLanes(props: &LanesProps) -> Html {
    let LanesProps { look, route, selected } = props;
    // An open breaker is a gap; half the gap, as a share of the lane.
    let gap = if look.gap { 19.0 / route.middle.length().max(60.0) } else { 0.0 };
    html! {
        <g class={classes!("lanes", selected.then_some("selected"))} aria-hidden="true">
            if *selected {
                <path class="halo" d={route.middle.path(0.0, 1.0)} />
            }
            { lane(&route.request, "request", look.cut_requests, gap) }
            { lane(&route.response, "response", look.cut_responses, gap) }
        </g>
    }
}

/// The room for an arrow head before a box.
const HEAD: f64 = 3.0;

fn lane(lane: &Lane, class: &'static str, cut: bool, gap: f64) -> Html {
    let end = 1.0 - HEAD / lane.length().max(10.0);
    if cut {
        let (place, along) = (lane.at(0.5), lane.direction(0.5));
        let turn = libm::atan2(along.y, along.x).to_degrees();
        let half = 9.0 / lane.length().max(40.0);
        return html! {
            <g class={classes!("lane", class, "cut")}>
                <path d={lane.path(0.0, 0.5 - half)} />
                <path class="after" d={lane.path(0.5 + half, end)} marker-end="url(#arrow-cut)" />
                <path class="mark" transform={format!("translate({:.1} {:.1}) rotate({turn:.0})", place.x, place.y)}
                    d="M-6 6L-1 -6M1 6L6 -6" />
            </g>
        };
    }
    let way = match gap {
        gap if gap > 0.0 => lane.path(0.0, 0.5 - gap) + &lane.path(0.5 + gap, end),
        _ => lane.path(0.0, end),
    };
    html! { <path class={classes!("lane", class)} d={way} marker-end="url(#arrow)" /> }
}

/// The properties of the handle.
#[derive(Properties, PartialEq)]
pub struct HandleProps {
    /// Its place in the file.
    pub index: usize,
    /// What it shows.
    pub face: Same<LinkFace>,
    /// The route of the link.
    pub route: Same<Route>,
    /// The position of its label, and its side of a vertical link.
    pub label_at: (Point, f64),
    /// Whether the link is selected.
    pub selected: bool,
    /// Called when it gets the focus.
    pub on_focus: Callback<Focus>,
}

/// The part of a link that can be focused and read.
#[function_component]
pub fn LinkHandle(props: &HandleProps) -> Html {
    let HandleProps { index, face, route, label_at, selected, on_focus } = props;
    let onfocus = on_focus.reform({
        let index = *index;
        move |_| Focus::Link(index)
    });
    let class = classes!("link", selected.then_some("selected"));
    // The numbers change often, the route does not.
    let way = use_memo(route.clone(), |route| AttrValue::from(route.middle.path(0.0, 1.0)));
    html! {
        <g {class} tabindex="0" role="button" aria-label={face.spoken()} aria-pressed={selected.to_string()}
            data-link={index.to_string()} {onfocus}>
            // A space after each word, so that the text matches the accessible name.
            <g aria-hidden="true">
                <path class="reach" d={(*way).clone()} />
                { breaker(face, route) }
                { added(face, route) }
                { label(face, *label_at) }
            </g>
        </g>
    }
}

fn breaker(face: &LinkFace, route: &Route) -> Html {
    let middle = route.middle.at(0.5);
    match &face.breaker {
        None => Html::default(),
        // A half-open breaker, which lets some calls through, is an arc of dashes.
        Some(BreakerFace::HalfOpen) => arc("breaker trial", middle, "5 9".into(), "½".into()),
        Some(BreakerFace::Open(left, text)) => arc("breaker", middle, format!("{left} 100"), text.clone()),
    }
}

fn arc(class: &'static str, middle: Point, dashes: String, text: String) -> Html {
    html! {
        <g {class} transform={at(middle.x, middle.y)}><g class="enlarged">
            <circle class="ground" r="16" />
            <circle class="track" r="13.5" />
            <circle class="rest" r="13.5" pathLength="100" stroke-dasharray={dashes} transform="rotate(-90)" />
            <text y="3.5" text-anchor="middle">{ text }{ " " }</text>
        </g></g>
    }
}

fn added(face: &LinkFace, route: &Route) -> Html {
    let Some(text) = &face.added else { return Html::default() };
    // Above the marks of waiting calls.
    let place = route.middle.at(0.5) - route.below * (LANE + 42.0);
    html! {
        <g class="added" transform={at(place.x, place.y)}><g class="enlarged">
            <rect x={format!("{:.1}", -4.0 * text.chars().count() as f64 - 8.0)} y="-10" rx="10" height="20"
                width={format!("{:.1}", 8.0 * text.chars().count() as f64 + 16.0)} />
            <text y="4" text-anchor="middle">{ text }{ " " }</text>
        </g></g>
    }
}

fn label(face: &LinkFace, (place, lean): (Point, f64)) -> Html {
    let cut = face.cut().map(|cut| cut.text());
    if cut.is_none() && face.label.is_empty() && face.badges.is_empty() {
        return Html::default();
    }
    let cut_wide = |text: &str| 6.8 * text.chars().count() as f64 + 20.0;
    let (anchor, x) = match lean {
        l if l > 0.0 => ("start", -LABEL.0 / 2.0),
        l if l < 0.0 => ("end", LABEL.0 / 2.0),
        _ => ("middle", 0.0),
    };
    html! {
            <g class="label" transform={at(place.x, place.y)}>
                if let Some(text) = &cut {
                    <g class="badge accident" transform={at(aside(lean, cut_wide(text)), 0.0)}>
                        <g class="enlarged"><rect x={format!("{:.1}", -cut_wide(text) / 2.0)} y="-9" rx="10" height="20"
                            width={format!("{:.1}", cut_wide(text))} />
                        <text y="5" text-anchor="middle">{ text }{ " " }</text>
    </g>                </g>
                }
                <text class={classes!("numbers", face.failing.then_some("failing"))} x={x.to_string()}
                    y={if cut.is_some() { "28" } else { "4" }} text-anchor={anchor}>{ &face.label }{ " " }</text>
                { badges(&face.badges, |wide| aside(lean, wide), face.room() + 4.0, 1.0) }
            </g>
        }
}
