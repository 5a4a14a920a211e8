//! Finds what the pointer presses: a thing, or the dot of a message before the lane that it is on.

use super::state::StageState;
use crate::gesture::machine::Pointing;
use crate::scenario::topology::LinkId;
use crate::scene::stage::flow::quickest;
use crate::scene::stage::geometry::Point;
use crate::scene::stage::hit::{self, Message, Target};

/// The thing at this pixel of the stage. A message is taken as it is now, because it may have moved on at the release.
pub fn pressed(state: &StageState, at: Point, pointing: Pointing) -> Target {
    match state.target(at) {
        target @ (Target::Link(_) | Target::Empty) => message_at(state, at, pointing).map_or(target, Target::Message),
        target => target,
    }
}

/// The message whose dot is drawn at this pixel of the stage.
fn message_at(state: &StageState, at: Point, pointing: Pointing) -> Option<Message> {
    let (board, viewport) = (&state.board, state.view.viewport);
    if board.is_baseline || is_motion_reduced() {
        return None;
    }
    let (world, reach) = (viewport.to_world(at), pointing.dot_reach() / viewport.zoom);
    let shortest = quickest(state.driver.speed());
    state.driver.with(|sim| {
        let places: Vec<Option<usize>> = sim.topology().links.iter().map(|l| board.link_with_id(&l.id)).collect();
        let route_of = |link: LinkId| {
            let routed = board.layout.links.get((*places.get(link.index())?)?)?;
            routed.as_ref().map(|routed| &*routed.route)
        };
        hit::message_at(sim.messages(), route_of, sim.now(), shortest, world, reach)
    })
}

/// Whether the user prefers no motion: then messages are counted and have no dots.
fn is_motion_reduced() -> bool {
    let preferred = web_sys::window().and_then(|w| w.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
    let root = gloo::utils::document().document_element();
    let is_chosen = root.is_some_and(|root| root.get_attribute("data-motion").as_deref() == Some("reduce"));
    is_chosen || preferred.is_some_and(|query| query.matches())
}
