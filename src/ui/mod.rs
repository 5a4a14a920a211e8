//! The app in the browser: panels around a stage, a document to edit, and a run.
//!
//! The only folder that names yew, web_sys, js_sys and gloo. It decides nothing about services and calls: [`crate::editor`]
//! defines the commands, [`crate::sim`] the run.

pub mod actions;
pub mod address;
pub mod autosave;
pub mod bring;
pub mod callback;
pub mod clipboard;
pub mod command_palette;
pub mod context_menu;
pub mod dialog;
pub mod dock;
pub mod driver;
pub mod export;
pub mod fetch;
pub mod files;
pub mod focus;
pub mod icon;
pub mod in_use;
pub mod inspector;
pub mod keycaps;
pub mod keys;
pub mod language;
pub mod late;
pub mod lazy;
pub mod legend;
pub mod live_region;
pub mod menu;
pub mod offers;
pub mod opening;
pub mod palette;
pub mod part;
pub mod playground;
pub mod resize;
pub mod run;
pub mod same;
pub mod share;
pub mod shortcuts;
pub mod stage;
pub mod state;
pub mod theme;
pub mod toast;
pub mod topbar;
pub mod transport;

use gloo::utils::document;
use playground::{Playground, PlaygroundProps};
use wasm_bindgen_futures::spawn_local;

/// Puts the app into the page, as soon as the texts of its language are there.
pub fn start() {
    spawn_local(async {
        let props = PlaygroundProps { first: playground::first(language::begin().await).await };
        let renderer = match document().get_element_by_id("app") {
            Some(host) => yew::Renderer::<Playground>::with_root_and_props(host, props),
            None => yew::Renderer::<Playground>::with_props(props),
        };
        renderer.render();
    });
}
