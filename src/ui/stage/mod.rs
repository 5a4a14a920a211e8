//! The stage: boxes and links as SVG, moving dots on a canvas over them, and the gestures that change both.
//!
//! Yew draws boxes and links, because these can be focused, read aloud and styled. What moves with every frame is drawn
//! by [`paint`], without Yew. [`crate::gesture`] decides what a pointer or a key does; [`input`] feeds it with the events
//! of the browser. The stage changes nothing itself: it asks the app for changes by [`StageEvent`]s.
//!
//! - [`component`] puts the stage together, with one hook for each purpose in [`hooks`].
//! - [`state`] is the state of the stage between two drawings, [`handle`] gives access to it.

pub mod alarms;
mod canvas;
mod caution;
mod chosen;
mod component;
mod controls;
mod drawn;
mod floating;
mod floats;
mod handle;
mod hooks;
mod input;
mod minimap;
mod naming;
mod paint;
mod pick;
mod pixel;
mod preview;
mod props;
mod remote;
mod state;
mod things;
mod tip;
mod tools;
mod view_link;
mod view_service;

pub use crate::gesture::StageEvent;
pub use crate::scene::stage::view::ViewChange;
pub use component::Stage;
pub use remote::Remote;
