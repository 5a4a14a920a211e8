//! A card of the inspector: some fields that belong together, under a title, perhaps with a switch. Its help is in the
//! [guide](super::guide), under the same id.

use super::field::Field;
use super::sketch::Sketch;
use crate::text::{Id, Message};
use std::rc::Rc;

/// Turns a thing's policy on or off.
pub type Toggle<T> = Rc<dyn Fn(&mut T, bool)>;

/// Takes the card's part away from a thing.
pub type Remove<T> = Rc<dyn Fn(&mut T)>;

/// Fields that belong together.
#[derive(Clone)]
pub struct Card<T> {
    /// Its name, which also identifies it.
    pub title: Id,
    /// What its settings come to, in a few words, e.g. `3 attempts`.
    pub summary: Option<Message>,
    /// For a policy: whether it is on, and how to change that.
    pub switch: Option<(bool, Toggle<T>)>,
    /// For one of several: how it goes.
    pub remove: Option<Remove<T>>,
    /// Its parameters.
    pub fields: Vec<Field<T>>,
    /// Its settings as pictures.
    pub sketches: Vec<Sketch>,
    /// A setting that may surprise, e.g. that the callee cannot tell which call is meant.
    pub warning: Option<Id>,
}

impl<T> Card<T> {
    /// A card that is always there.
    pub fn section(title: Id, fields: Vec<Field<T>>) -> Self {
        Card { title, summary: None, switch: None, remove: None, fields, sketches: Vec::new(), warning: None }
    }

    /// A policy that can be switched.
    pub fn policy(title: Id, is_on: bool, toggle: impl Fn(&mut T, bool) + 'static, fields: Vec<Field<T>>) -> Self {
        Card {
            title,
            summary: None,
            switch: Some((is_on, Rc::new(toggle))),
            remove: None,
            fields,
            sketches: Vec::new(),
            warning: None,
        }
    }

    /// With a summary of its settings.
    pub fn saying(mut self, summary: Option<Message>) -> Self {
        self.summary = summary;
        self
    }

    /// With a way to take it away.
    pub fn removable(mut self, remove: impl Fn(&mut T) + 'static) -> Self {
        self.remove = Some(Rc::new(remove));
        self
    }

    /// With pictures, where there is something to see.
    pub fn drawn(mut self, sketches: impl IntoIterator<Item = Option<Sketch>>) -> Self {
        self.sketches = sketches.into_iter().flatten().collect();
        self
    }

    /// With a warning.
    pub fn warning(mut self, warning: Option<Id>) -> Self {
        self.warning = warning;
        self
    }
}
