//! The editor without a screen: documents, commands and history; every parameter as a field; warnings about a design.
//!
//! [`Editor`] holds a document with its history, a [`Command`] is a change of a document, and a
//! [`Selection`] holds the [`Thing`]s that an edit is about.

pub mod announce;
pub mod autosave;
pub mod card;
pub mod checked;
pub mod command;
#[cfg(test)]
mod complete;
pub mod dial;
pub mod fault;
pub mod field;
pub mod fragment;
pub mod guide;
pub mod hint;
pub mod history;
pub mod link;
pub mod load;
pub mod lookup;
pub mod many;
pub mod objective;
pub mod place;
pub mod policies;
pub mod ready;
pub mod selection;
pub mod service;
pub mod setting_name;
pub mod sketch;
pub mod team;
pub mod warning;
pub mod whole;

pub use checked::Checked;
pub use command::{Command, Settings};
pub use history::{Editor, HISTORY, HISTORY_THINGS};
pub use lookup::{label, link, refuses_link, service};
pub use place::free_place;
pub use selection::{Selection, Thing};
