//! Events on panels that float over the stage, which are not for the stage.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// Whether an event is about something that floats over the stage.
pub fn is_on_float(event: &JsValue) -> bool {
    let target = event.dyn_ref::<web_sys::Event>().and_then(|e| e.target()).and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|t| t.closest(".stage-controls, .minimap, .floating").ok().flatten().is_some())
}
