//! Files of the page that a first visit does without.

use gloo::utils::{document, window};
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text of a file beside the page; `None` where it cannot be loaded.
pub async fn text(file: &str) -> Option<String> {
    texts([file.to_owned()]).await?.pop()
}

/// The texts of several files, fetched at the same time; `None` if one of them cannot be loaded.
pub async fn texts(files: impl IntoIterator<Item = String>) -> Option<Vec<String>> {
    // The name of the WebAssembly names the build: files of another build do not fit.
    let build = document().query_selector("script[data-wasm]").ok().flatten();
    let build = build.and_then(|script| script.get_attribute("data-wasm")).unwrap_or_default();
    let request = |file: String| JsValue::from(window().fetch_with_str(&format!("{file}?{build}")));
    let requests: Array = files.into_iter().map(request).collect();
    let answers: Array = JsFuture::from(Promise::all(&requests)).await.ok()?.dyn_into().ok()?;
    let mut texts = Vec::new();
    for answer in answers.iter() {
        let answer: Response = answer.dyn_into().ok()?;
        let text = JsFuture::from(answer.text().ok()?).await.ok()?;
        texts.push(text.as_string().filter(|_| answer.ok())?);
    }
    Some(texts)
}
