//! Names marks in a tooltip: the one under the pointer or finger, or those on the link with the keyboard focus.

use super::handle::StageHandle;
use super::state::StageState;
use super::tip::{self, About};
use crate::scene::stage::flow::quickest;
use crate::scene::stage::geometry::Point;
use crate::scene::stage::marks::Shown;
use crate::text::Message;
use crate::ui::part::part;
use std::cell::Cell;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

/// Names the mark at a pixel of the stage. Without a mark, removes the tooltip.
pub fn name_at(handle: &StageHandle, stage: &Element, at: Point) {
    let bounds = stage.get_bounding_client_rect();
    show(handle, About::Pixel(at), at + Point::new(bounds.left(), bounds.top()));
}

/// Names the marks on a link that was focused by keyboard.
pub fn name_focused(handle: &StageHandle, index: usize) {
    let active = gloo::utils::document().active_element();
    let Some(link) = active.filter(|it| it.matches(":focus-visible").unwrap_or(false)) else { return };
    let bounds = link.get_bounding_client_rect();
    let middle = Point::new(bounds.left() + bounds.width() / 2.0, bounds.top() + bounds.height() / 2.0);
    show(handle, About::Link(index), middle);
}

/// Brings the tooltip under the pointer up to date with the run.
pub fn refresh(handle: &StageHandle) {
    let now = handle.state().tip.as_ref().map(|tip| (tip.about, tip.at));
    match now {
        Some((About::Link(_), _)) | None => {}
        Some((about, at)) => show(handle, about, at),
    }
}

/// Finds the name of a mark.
type Name = fn(&StageState, About) -> Option<String>;

thread_local! {
    static NAME: Cell<Option<Name>> = const { Cell::new(None) };
}

part! {
    marks: fn load_name() -> Name { name }
}

fn load_and_show(handle: &StageHandle, about: About, at: Point) {
    let handle = handle.clone();
    spawn_local(async move {
        if let Ok(name) = load_name().await {
            NAME.set(Some(name));
            show(&handle, about, at);
        }
    });
}

fn show(handle: &StageHandle, about: About, at: Point) {
    let Some(name) = NAME.get() else { return load_and_show(handle, about, at) };
    let state = &mut *handle.state_mut();
    match name(state, about) {
        Some(name) => tip::show(&mut state.tip, &name, about, at),
        None => state.tip = None,
    }
}

fn name(state: &StageState, about: About) -> Option<String> {
    let (board, viewport) = (&state.board, state.view.viewport);
    let quickest = quickest(state.driver.speed());
    state.driver.with(|sim| {
        let (scenario, readout, layout) = (&*board.document, &*board.readout, &*board.layout);
        let shown = Shown { sim, scenario, readout, layout, zoom: viewport.zoom, quickest };
        match about {
            About::Pixel(at) => {
                let world = viewport.to_world(at);
                state.cautions.name_at(world).or_else(|| Some(shown.name_at(world)?.text()))
            }
            About::Link(index) => {
                let all: Vec<String> = shown.of_link(index).iter().map(Message::text).collect();
                (!all.is_empty()).then(|| all.join("; "))
            }
        }
    })
}
