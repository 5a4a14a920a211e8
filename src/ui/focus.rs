//! The keyboard focus.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, SvgElement};

/// Focuses an element of any kind.
pub fn focus(element: &Element) {
    // Fails only for elements that cannot have the focus, and changes nothing then.
    let _ = match element.dyn_ref::<HtmlElement>() {
        Some(element) => element.focus(),
        None => element.dyn_ref::<SvgElement>().map_or(Ok(()), SvgElement::focus),
    };
}
