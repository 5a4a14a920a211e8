//! The events of the browser on the stage, for the gestures.

mod drop;
mod float;
mod handlers;
mod keys;
mod long_press;
mod menu;
mod pointer;

pub use handlers::use_handlers;
