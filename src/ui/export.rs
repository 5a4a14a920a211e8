//! Takes pictures and texts out of the page, as a file or into the clipboard. Nothing is sent anywhere.

use super::state::App;
use crate::text::Id;
use gloo::events::EventListener;
use gloo::file::{Blob, ObjectUrl};
use gloo::timers::callback::Timeout;
use gloo::utils::{document, window};
use js_sys::{Array, Function, Object, Promise, Reflect, encode_uri_component};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{CanvasRenderingContext2d, Clipboard, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement};
use yew::Callback;

/// The scale of a PNG, unless it would become too large.
const SHARPNESS: f64 = 2.0;
/// The largest side of a canvas that browsers accept.
const LONGEST: f64 = 8_000.0;

/// A picture of its own.
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
    // The browser begins to read the address after this function returns, so the address is released later.
    Timeout::new(60_000, move || drop(url)).forget();
}

/// Offers a picture as a PNG, which the browser draws in a moment.
pub fn offer_picture(picture: Picture, name: String) {
    draw(picture, move |canvas| {
        if let Ok(url) = canvas.to_data_url_with_type("image/png") {
            offer(&url, &name);
        }
    });
}

/// Puts a text into the clipboard and shows `done`. If the browser refuses, as in many frames, calls `refused`.
pub fn copy(text: &str, done: Id, app: App, refused: Callback<()>) {
    let written = clipboard().map(|clipboard| clipboard.write_text(text));
    settle(written, done, app, refused);
}

/// Puts a picture into the clipboard as a PNG; otherwise as [`copy`].
pub fn copy_picture(picture: Picture, done: Id, app: App, refused: Callback<()>) {
    draw(picture, move |canvas| {
        let write = Closure::once_into_js(move |blob: JsValue| {
            let written = clipboard().zip(clipboard_item(&blob)).map(|(it, item)| it.write(&Array::of1(&item)));
            settle(written, done, app, refused);
        });
        // This fails only where the picture is too large for the browser.
        let _ = canvas.to_blob(write.unchecked_ref());
    });
}

fn settle(written: Option<Promise>, done: Id, app: App, refused: Callback<()>) {
    spawn_local(async move {
        let is_done = match written {
            Some(written) => JsFuture::from(written).await.is_ok(),
            None => false,
        };
        if is_done { app.say(done.text()) } else { refused.emit(()) }
    });
}

/// The clipboard; only pages from a secure origin have one.
fn clipboard() -> Option<Clipboard> {
    let navigator = window().navigator();
    Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| it.is_object()).then(|| navigator.clipboard())
}

fn clipboard_item(png: &JsValue) -> Option<JsValue> {
    let content = Object::new();
    Reflect::set(&content, &"image/png".into(), png).ok()?;
    let class: Function = Reflect::get(&window(), &"ClipboardItem".into()).ok()?.dyn_into().ok()?;
    Reflect::construct(&class, &Array::of1(&content)).ok()
}

/// Draws a picture by the browser, and then calls back.
fn draw(picture: Picture, then: impl FnOnce(HtmlCanvasElement) + 'static) {
    let Ok(image) = HtmlImageElement::new() else { return };
    let (width, height) = (picture.width, picture.height);
    let again = image.clone();
    EventListener::once(&image, "load", move |_| {
        if let Some(canvas) = pixels(&again, width, height) {
            then(canvas);
        }
    })
    .forget();
    // The security policy of the page allows only `data:` and images of the page, and not the address of a blob.
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{}", String::from(encode_uri_component(&picture.text))));
}

fn pixels(image: &HtmlImageElement, width: f64, height: f64) -> Option<HtmlCanvasElement> {
    let scale = SHARPNESS.min(LONGEST / width.max(height).max(1.0));
    let canvas = document().create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    canvas.set_width((width * scale) as u32);
    canvas.set_height((height * scale) as u32);
    let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width * scale, height * scale).ok()?;
    Some(canvas)
}

fn offer(url: &str, name: &str) {
    let link = document().create_element("a").ok().and_then(|e| e.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(url);
        link.set_download(name);
        link.click();
    }
}

/// The title in lower case with dashes: a file name for every system, without its ending.
pub fn file_name(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    if words.is_empty() { "scenario".into() } else { words.join("-") }
}
