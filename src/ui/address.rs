//! The address of the page and the link that it may carry.

use crate::scenario::share;
use gloo::utils::window;
use wasm_bindgen::JsValue;

/// The address of the page, with all that it carries.
pub fn address() -> Option<String> {
    window().location().href().ok()
}

/// Takes the link out of the address, because what is open is no longer what it carries.
pub fn forget_link() {
    let Some(address) = address().filter(|address| share::carried(address).is_some()) else { return };
    let page = address.split('#').next().unwrap_or_default();
    // Where the browser refuses, the address stays as it is.
    let _ = window().history().map(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(page)));
}
