//! Where the keyboard goes.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, SvgElement};

/// Gives the focus to an element, of whatever kind it is.
pub fn focus(element: &Element) {
    // An element that cannot have the focus does not get it.
    let _ = match element.dyn_ref::<HtmlElement>() {
        Some(element) => element.focus(),
        None => element.dyn_ref::<SvgElement>().map_or(Ok(()), SvgElement::focus),
    };
}
