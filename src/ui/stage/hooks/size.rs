//! Follows the size of the stage.

use crate::ui::resize::use_resize;
use crate::ui::stage::handle::StageHandle;
use web_sys::Element;
use yew::hook;

/// Follows the size of the stage.
#[hook]
pub fn use_size(handle: &StageHandle) {
    let on_resize = handle.callback(|handle, stage: Element| {
        let bounds = stage.get_bounding_client_rect();
        handle.state_mut().resize((bounds.width(), bounds.height()));
        handle.redraw();
    });
    use_resize(handle.node(), on_resize);
}
