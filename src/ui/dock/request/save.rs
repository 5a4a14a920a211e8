//! Pictures and texts that leave the page: as a file, or into the clipboard. Nothing is sent anywhere.

use crate::ui::state::App;
use gloo::events::EventListener;
use gloo::file::{Blob, ObjectUrl};
use gloo::timers::callback::Timeout;
use gloo::utils::document;
use js_sys::encode_uri_component;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement};

/// A PNG has so many pixels for one of the picture, if it does not become too large.
const SHARPNESS: f64 = 2.0;
/// Browsers refuse canvases that are larger.
const LONGEST: f64 = 8_000.0;

/// Said where the browser gives no clipboard.
const NO_CLIPBOARD: &str = "The browser gives no clipboard. Save the text as a file instead.";

/// A picture that stands alone.
pub struct Picture {
    /// As SVG.
    pub text: String,
    /// Its width in pixels.
    pub width: f64,
    /// Its height in pixels.
    pub height: f64,
}

/// Offers a text as a file.
pub fn offer_text(text: &str, kind: &str, name: &str) {
    let url = ObjectUrl::from(Blob::new_with_options(text, Some(kind)));
    offer(&url, name);
    // The browser begins to read the address after this function; it is given back later.
    Timeout::new(60_000, move || drop(url)).forget();
}

/// Offers a picture as a PNG. It is drawn by the browser, which takes a moment.
pub fn offer_picture(picture: Picture, name: String) {
    let Ok(image) = HtmlImageElement::new() else { return };
    let (width, height) = (picture.width, picture.height);
    let again = image.clone();
    EventListener::once(&image, "load", move |_| {
        if let Some(url) = pixels(&again, width, height) {
            offer(&url, &name);
        }
    })
    .forget();
    // Not the address of a blob: the security policy of the page allows images of its own and `data:` only.
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{}", String::from(encode_uri_component(&picture.text))));
}

fn pixels(image: &HtmlImageElement, width: f64, height: f64) -> Option<String> {
    let scale = SHARPNESS.min(LONGEST / width.max(height).max(1.0));
    let canvas = document().create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    canvas.set_width((width * scale) as u32);
    canvas.set_height((height * scale) as u32);
    let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width * scale, height * scale).ok()?;
    canvas.to_data_url_with_type("image/png").ok()
}

fn offer(url: &str, name: &str) {
    let link = document().create_element("a").ok().and_then(|e| e.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(url);
        link.set_download(name);
        link.click();
    }
}

/// Puts a text into the clipboard, and says whether that was possible.
pub fn copy(text: &str, app: App) {
    let clipboard = web_sys::window().map(|window| window.navigator()).filter(|navigator| {
        // Only a page from a safe origin has one.
        js_sys::Reflect::get(navigator, &JsValue::from_str("clipboard")).is_ok_and(|it| it.is_object())
    });
    let Some(written) = clipboard.map(|navigator| navigator.clipboard().write_text(text)) else {
        return app.say(NO_CLIPBOARD);
    };
    let again = app.clone();
    let done = Closure::<dyn FnMut(JsValue)>::once(move |_: JsValue| app.say("The Mermaid text is in the clipboard."));
    let refused = Closure::<dyn FnMut(JsValue)>::once(move |_: JsValue| again.say(NO_CLIPBOARD));
    let _ = written.then2(&done, &refused);
    // One of them is called, later, and both are small.
    done.forget();
    refused.forget();
}
