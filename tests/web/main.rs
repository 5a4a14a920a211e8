//! What has to hold in a browser too: runs as WebAssembly in headless Chromium, and is empty elsewhere.
//!
//! Not here: what a person does with the page, which is in `tests/e2e`.
#![cfg(target_arch = "wasm32")]

#[path = "../golden/mod.rs"]
mod golden;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
