//! Files of the page that a first visit does without.

use gloo::utils::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text of a file beside the page; `None` where it cannot be had.
pub async fn text(file: &str) -> Option<String> {
    let answer: Response = JsFuture::from(window().fetch_with_str(file)).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(answer.text().ok()?).await.ok()?;
    text.as_string().filter(|_| answer.ok())
}
