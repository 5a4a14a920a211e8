//! A service that is dragged from the palette onto the stage.

use crate::editor::Command;
use crate::gesture::StageEvent;
use crate::gesture::wire::centred;
use crate::scenario::Kind;
use crate::ui::stage::handle::StageHandle;
use crate::ui::stage::pixel::pixel;
use web_sys::{DragEvent, Element};

/// A service is dropped: it stands below the pointer.
pub fn dropped(handle: &StageHandle, stage: &Element, event: &DragEvent) {
    let name = event.data_transfer().and_then(|data| {
        let read = |kind: &str| data.get_data(kind).ok().filter(|text| !text.is_empty());
        read("text/x-callchain-kind").or_else(|| read("text/plain"))
    });
    let kind = match name.as_deref() {
        Some("client") => Kind::Client,
        Some("service") => Kind::Service,
        Some("external") => Kind::External,
        Some("stub") => Kind::Stub,
        Some(_) | None => return,
    };
    event.prevent_default();
    let at = handle.state().view.viewport.to_world(pixel(stage, event.client_x(), event.client_y()));
    handle.perform([StageEvent::Edit(Command::AddService { kind, position: centred(kind, at) }).into()]);
}
