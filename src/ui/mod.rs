//! The app in the browser: panels around a stage, a document that is edited, and a run that goes on meanwhile.
//!
//! The only folder that names yew, web_sys, js_sys and gloo. It decides nothing about services
//! and calls: what a command does is said in [`crate::editor`], what happens in [`crate::sim`].

pub mod actions;
pub mod address;
pub mod autosave;
pub mod bring;
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
pub mod late;
pub mod legend;
pub mod live_region;
pub mod menu;
pub mod offers;
pub mod opening;
pub mod palette;
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
use playground::Playground;

/// Puts the app into the page.
pub fn start() {
    let renderer = match document().get_element_by_id("app") {
        Some(host) => yew::Renderer::<Playground>::with_root(host),
        None => yew::Renderer::<Playground>::new(),
    };
    renderer.render();
}
