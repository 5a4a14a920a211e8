//! What is drawn of a gesture that is under way, and the handles by which one begins: of a box and of a link.

use super::Shared;
use super::live::{Live, Preview};
use super::view_service::at;
use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::hit::{self, LinkEnd};
use crate::scene::stage::layout::Layout;
use crate::scene::stage::sizes::PILL;
use crate::scene::stage::snap::Guide;
use crate::scene::words;
use yew::functional::UseForceUpdateHandle as Update;
use yew::{AttrValue, Callback, Html, MouseEvent, classes, html};

/// All of it.
pub fn view(layout: &Layout, live: &Live) -> Html {
    let rect = |index: Option<usize>| layout.boxes.get(index?).map(|placed| placed.rect);
    let target = rect(live.target_of_wire())
        .map(|it| html! { <g class="target">{ frame(it.grown(5.0), corner_of(it, 5.0)) }</g> });
    html! {
        <>
            <g>{ for target }</g>
            <g>{ for live.shown_ports().into_iter().filter_map(rect).map(ports) }</g>
            <g>{ ends(layout, live) }</g>
            <g>{ preview(live) }</g>
        </>
    }
}

/// The handles at the edges of a box.
fn ports(rect: Rect) -> Html {
    let handle = |port: Point| {
        html! { <g class="port" transform={at(port.x, port.y)}><circle r="6.5" /><path d="M-3 0H3M0 -3V3" /></g> }
    };
    html! { <g class="ports">{ for hit::ports(rect).into_iter().map(handle) }</g> }
}

/// The handles at the ends of the link that is selected.
fn ends(layout: &Layout, live: &Live) -> Html {
    let routed = live.with_ends().and_then(|index| layout.links.get(index)?.as_ref());
    let Some(routed) = routed.filter(|_| live.preview == Preview::None) else { return Html::default() };
    let handle = |(_, place): (hit::Side, Point)| html! { <circle r="6" transform={at(place.x, place.y)} /> };
    html! { <g class="ends">{ for hit::ends(&routed.route).into_iter().map(handle) }</g> }
}

/// Says that what is touched is selected besides what is, and ends it.
pub fn picking(live: &Shared, update: &Update) -> Html {
    let (live, update) = (live.clone(), update.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        live.borrow_mut().picks_several = false;
        update.force_update();
    });
    html! {
        <div class="floating picking" role="group" aria-label="Select several">
            <span>{ "Touch what is to be selected, or draw a box." }</span>
            <button type="button" {onclick}>{ "Done" }</button>
        </div>
    }
}

/// What is under way.
fn preview(live: &Live) -> Html {
    match &live.preview {
        Preview::None => Html::default(),
        Preview::Moved(_, guides) => lines(guides),
        Preview::Copied(rects, guides) => html! {
            <g class="copies">
                { for rects.iter().map(|(index, rect)| copy(live, *index, *rect)) }
                { lines(guides) }
            </g>
        },
        Preview::Area(area) => html! { <g class="area">{ frame(*area, "3".into()) }</g> },
        Preview::Wire { from, to, over, end } => wire(live, *from, *to, *over, *end),
    }
}

/// A copy that is on its way, with the name of what it is a copy of.
fn copy(live: &Live, index: usize, rect: Rect) -> Html {
    let name = live.drawn().0.services.get(index).map(|service| words::shortened(service.label(), 17));
    html! {
        <g>
            { frame(rect, corner_of(rect, 0.0)) }
            <text x={rect.centre().x.to_string()} y={(rect.centre().y + 5.0).to_string()} text-anchor="middle">{ name }</text>
        </g>
    }
}

/// How round the corners of a box are that was grown by so much.
fn corner_of(rect: Rect, grown: f64) -> AttrValue {
    let rx = if rect.height == PILL.1 { PILL.1 / 2.0 } else { 14.0 };
    (rx + grown).to_string().into()
}

fn frame(rect: Rect, rx: AttrValue) -> Html {
    let Rect { corner, width, height } = rect;
    html! {
        <rect x={format!("{:.1}", corner.x)} y={format!("{:.1}", corner.y)} {rx} width={format!("{width:.1}")}
            height={format!("{height:.1}")} vector-effect="non-scaling-stroke" />
    }
}

fn lines(guides: &[Guide]) -> Html {
    let line = |Guide { from, to }: &Guide| {
        let way = format!("M{:.1} {:.1}L{:.1} {:.1}", from.x, from.y, to.x, to.y);
        html! { <path d={way} vector-effect="non-scaling-stroke" /> }
    };
    html! { <g class="guides">{ for guides.iter().map(line) }</g> }
}

fn wire(live: &Live, from: usize, to: Point, over: Option<usize>, end: Option<LinkEnd>) -> Html {
    let Some(start) = live.wire_start(from, to) else { return Html::default() };
    let refused = over.and_then(|over| live.refuses(from, over, end));
    let said = match (refused, over, end) {
        (Some(why), ..) => why,
        (None, Some(_), _) => "",
        (None, None, None) => "a new service here",
        (None, None, Some(_)) => "to another service",
    };
    html! {
        <g class={classes!("wire", refused.is_some().then_some("refused"))}>
            <path d={format!("M{:.1} {:.1}L{:.1} {:.1}", start.x, start.y, to.x, to.y)} />
            <circle cx={format!("{:.1}", to.x)} cy={format!("{:.1}", to.y)} r="5" />
            <text x={format!("{:.1}", to.x + 12.0)} y={format!("{:.1}", to.y - 10.0)}>{ said }</text>
        </g>
    }
}
