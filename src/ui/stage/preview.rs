//! The drawing of a gesture, and the handles where one begins: those of a box and of a link.

use super::state::StageState;
use super::view_service::at;
use crate::gesture::drag::Drag;
use crate::gesture::wire::Wire;
use crate::gesture::{Board, Hand, Preview};
use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::hit;
use crate::scene::stage::sizes::PILL;
use crate::scene::stage::snap::Guide;
use crate::scene::words;
use crate::t;
use yew::{AttrValue, Callback, Html, MouseEvent, classes, html};

/// The gesture and the handles.
pub fn preview(state: &StageState) -> Html {
    let (board, hand) = (&state.board, &state.hand);
    let rect = |index: Option<usize>| board.layout.boxes.get(index?).map(|placed| placed.rect);
    let target = rect(hand.wire().and_then(|wire| wire.over))
        .map(|it| html! { <g class="target">{ frame(it.grown(5.0), corner_of(it, 5.0)) }</g> });
    html! {
        <>
            <g>{ for target }</g>
            <g>{ for hand.shown_ports(board).into_iter().filter_map(rect).map(ports) }</g>
            <g>{ ends(board, hand) }</g>
            <g>{ gesture(board, hand) }</g>
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

/// The handles at the ends of the selected link.
fn ends(board: &Board, hand: &Hand) -> Html {
    let routed = board.link_with_handles().and_then(|index| board.layout.links.get(index)?.as_ref());
    let Some(routed) = routed.filter(|_| *hand.preview() == Preview::None) else { return Html::default() };
    let handle = |(_, place): (hit::Side, Point)| html! { <circle r="6" transform={at(place.x, place.y)} /> };
    html! { <g class="ends">{ for hit::ends(&routed.route).into_iter().map(handle) }</g> }
}

/// Shows that taps add to the selection, with a button to end that.
pub fn picking(onclick: &Callback<MouseEvent>) -> Html {
    html! {
        <div class="floating picking" role="group" aria-label={t!("stage-select-several")}>
            <span>{ t!("stage-touch-to-select") }</span>
            <button type="button" {onclick}>{ t!("stage-end-selecting") }</button>
        </div>
    }
}

fn gesture(board: &Board, hand: &Hand) -> Html {
    match hand.preview() {
        Preview::None => Html::default(),
        Preview::Moved(drag) => lines(&drag.guides),
        Preview::Copied(drag) => copies(board, drag),
        Preview::Area(area) => html! { <g class="area">{ frame(*area, "3".into()) }</g> },
        Preview::Wire(wire) => wire_view(board, wire),
    }
}

/// Copies of boxes, with the names of the originals.
fn copies(board: &Board, drag: &Drag) -> Html {
    let copy = |(index, rect): (usize, Rect)| {
        let name = board.document.services.get(index).map(|service| words::shortened(service.label(), 17));
        let (x, y) = (rect.centre().x.to_string(), (rect.centre().y + 5.0).to_string());
        html! {
            <g>
                { frame(rect, corner_of(rect, 0.0)) }
                <text {x} {y} text-anchor="middle">{ name }</text>
            </g>
        }
    };
    html! {
        <g class="copies">
            { for drag.rects(board).into_iter().map(copy) }
            { lines(&drag.guides) }
        </g>
    }
}

/// The radius of the corners of a box that was grown by so much.
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

fn wire_view(board: &Board, wire: &Wire) -> Html {
    let Some(start) = wire.start(board) else { return Html::default() };
    let (to, refusal) = (wire.to, wire.refusal(board));
    let text = match (refusal, wire.over, wire.end) {
        (Some(why), ..) => why.text(),
        (None, Some(_), _) => String::new(),
        (None, None, None) => t!("stage-wire-to-new"),
        (None, None, Some(_)) => t!("stage-wire-to-another"),
    };
    html! {
        <g class={classes!("wire", refusal.is_some().then_some("refused"))}>
            <path d={format!("M{:.1} {:.1}L{:.1} {:.1}", start.x, start.y, to.x, to.y)} />
            <circle cx={format!("{:.1}", to.x)} cy={format!("{:.1}", to.y)} r="5" />
            <text x={format!("{:.1}", to.x + 12.0)} y={format!("{:.1}", to.y - 10.0)}>{ text }</text>
        </g>
    }
}
