//! The address of the page and the link that it may carry.

use crate::scenario::share;
use gloo::utils::window;
use wasm_bindgen::JsValue;

/// The whole address of the page.
pub fn address() -> Option<String> {
    window().location().href().ok()
}

/// Takes the link out of the address, because the document is no longer the one in the link.
pub fn forget_link() {
    let Some(address) = address().filter(|address| share::carried(address).is_some()) else { return };
    let page = address.split('#').next().unwrap_or_default();
    replace(page);
}

/// Takes `?lang=` out of the address, so that the choice of the user holds after a reload.
pub fn forget_language() {
    let Some(address) = address() else { return };
    let (page, link) = address.split_once('#').map_or((&*address, None), |(page, link)| (page, Some(link)));
    let Some((page, query)) = page.split_once('?') else { return };
    let others: Vec<&str> = query.split('&').filter(|part| !part.starts_with("lang=")).collect();
    let query = if others.is_empty() { String::new() } else { format!("?{}", others.join("&")) };
    let link = link.map_or(String::new(), |link| format!("#{link}"));
    replace(&format!("{page}{query}{link}"));
}

// Where the browser refuses, the address stays as it is.
fn replace(address: &str) {
    let _ = window().history().map(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(address)));
}
