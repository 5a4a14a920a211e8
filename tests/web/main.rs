//! Tests in a browser: they run as WebAssembly in headless Chromium, and are empty elsewhere. Tests of user actions on the
//! page are in `tests/e2e`.
#![cfg(target_arch = "wasm32")]

#[path = "../golden/mod.rs"]
mod golden;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
