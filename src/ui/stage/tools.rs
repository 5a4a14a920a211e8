//! Panels beside things: the faults of the selected thing, one gesture each, and the choices for a clicked message.

use super::floating::{FloatPlacement, Floating};
use super::state::StageState;
use crate::editor::{self, Thing};
use crate::gesture::StageEvent;
use crate::scene::stage::beside::Other;
use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::hit::Message;
use crate::scene::stage::holes::{MANY_LINKS, holes};
use crate::scene::stage::layout::Layout;
use crate::scene::stage::route::{LANE, Route};
use crate::scene::stage::sizes::Routed;
use crate::scene::stage::waits::beside as beside_link;
use crate::scene::stage::words;
use crate::sim::Intervention;
use crate::t;
use crate::ui::inspector::faults;
use yew::{Callback, Html, MouseEvent, html};

/// The end of a choice about a message.
pub struct Choice {
    /// The chosen event; `None` if the user left the choice.
    pub event: Option<StageEvent>,
    /// Whether the run resumes, if it ran before.
    pub resume: bool,
}

/// The choices for the clicked message, or else the faults of the selected thing.
pub fn panel(state: &StageState, on_choice: &Callback<Choice>) -> Option<Html> {
    match state.picked() {
        Some(message) => Some(choices(&message, state, on_choice)),
        None => toolbar(state),
    }
}

fn choices(message: &Message, state: &StageState, on_choice: &Callback<Choice>) -> Html {
    let (layout, view) = (&state.board.layout, state.view.viewport);
    let routed = state.board.link_of(message).and_then(|place| layout.links.get(place)?.as_ref());
    let away = routed.map_or(Point::new(0.0, 1.0), |routed| routed.route.below);
    let place = FloatPlacement::beside_line(view.to_screen(message.at), away, 16.0 + LANE * view.zoom);
    let name = words::message(message).text();
    let choice = |text: String, event: StageEvent| {
        let onclick = on_choice.reform(move |_: MouseEvent| Choice { event: Some(event.clone()), resume: true });
        html! { <button type="button" {onclick}>{ text }</button> }
    };
    // Does not resume the run: the user may have left the choice by pressing Play or Pause.
    let leave = on_choice.reform(|()| Choice { event: None, resume: false });
    html! {
        <Floating key={message.attempt} {place} stage={state.view.size()} others={others(state)} name={name.clone()} {leave}>
            <p>{ name }</p>
            { choice(t!("stage-drop-message"), StageEvent::Intervene(Intervention::Lose(message.attempt))) }
            { choice(t!("stage-follow-request"), StageEvent::Follow(message.intent)) }
        </Floating>
    }
}

fn toolbar(state: &StageState) -> Option<Html> {
    let stage = state.view.size();
    let place = placement_of(state).filter(|place| on_stage(stage).contains(place.anchor))?;
    let board = &state.board;
    let act = state.on.reform(StageEvent::Intervene);
    let children = faults::on_stage(&board.selection, &state.driver, &board.readout, &act)?;
    let name = match board.selection.single()? {
        Thing::Link { from, to } => {
            let name = |id| editor::label(&board.document, id);
            t!("stage-faults-of-link", caller = name(from), callee = name(to))
        }
        Thing::Service(id) => t!("stage-faults-of-service", service = editor::label(&board.document, id)),
    };
    let key = name.clone();
    Some(html! { <Floating {key} {place} {stage} others={others(state)} {name}>{ children }</Floating> })
}

/// The parts of the stage to leave uncovered, in pixels: boxes first, then texts and waiting calls, then links.
fn others(state: &StageState) -> Vec<Other> {
    let (board, view) = (&state.board, state.view.viewport);
    let layout: &Layout = &board.layout;
    let boxes = layout.boxes.iter().flat_map(|b| [Some(b.rect), b.ledger]).flatten().map(|rect| (rect, 4.0));
    let mut all: Vec<Other> = boxes.collect();
    if layout.links.len() <= MANY_LINKS {
        all.extend(holes(&board.document, layout, &board.readout).into_iter().map(|rect| (rect, 2.0)));
        all.extend(state.cautions.places().map(|at| (Rect::new(at, 0.0, 0.0).grown(10.0), 2.0)));
        for (routed, link) in layout.links.iter().zip(&board.readout.links) {
            all.extend(routed.as_ref().filter(|_| link.view.waiting > 0).map(|routed| (waiting(routed), 2.0)));
        }
        all.extend(layout.links.iter().flatten().flat_map(|routed| pieces(&routed.route)).map(|rect| (rect, 1.0)));
    }
    let stage = on_stage(state.view.size());
    let seen = all.into_iter().map(|(rect, weight)| (view.rect_to_screen(rect), weight));
    seen.filter(|(rect, _)| rect.touches(stage)).collect()
}

/// The area of the marks of waiting calls at a link.
fn waiting(routed: &Routed) -> Rect {
    let length = routed.route.middle.length().max(1.0);
    let at = |far: f64, high: f64| beside_link(&routed.route, (routed.stand.from + far) / length, LANE + high);
    Rect::between(at(0.0, 8.0), at(34.0, 34.0))
}

/// The pieces of a link.
fn pieces(route: &Route) -> Vec<Rect> {
    let piece = |points: &[Point]| match (points.first(), points.last()) {
        (Some(from), Some(to)) => Rect::between(*from, *to).grown(LANE + 4.0),
        _ => Rect::default(),
    };
    let points = route.middle.points();
    // A curve has 28 pieces; neighbours have an end in common.
    (0..points.len().saturating_sub(1)).step_by(4).map(|i| piece(&points[i..(i + 5).min(points.len())])).collect()
}

fn placement_of(state: &StageState) -> Option<FloatPlacement> {
    let (board, view) = (&state.board, state.view.viewport);
    match board.selection.single()? {
        Thing::Service(id) => {
            let placed = board.layout.boxes.iter().find(|b| b.id == *id)?;
            let rect: Rect = placed.ledger.map_or(placed.rect, |ledger| placed.rect.union(ledger));
            Some(FloatPlacement::around(view.rect_to_screen(rect)))
        }
        Thing::Link { .. } => {
            let route = &board.layout.links.get(board.selected_link()?)?.as_ref()?.route;
            // The label is on the other side of the link. The gap clears the texts for delays and half-open breakers.
            let gap = (LANE + 30.0) * view.zoom + 6.0;
            Some(FloatPlacement::beside_line(view.to_screen(route.middle.at(0.5)), route.below * -1.0, gap))
        }
    }
}

fn on_stage((width, height): (f64, f64)) -> Rect {
    Rect::new(Point::default(), width, height)
}
