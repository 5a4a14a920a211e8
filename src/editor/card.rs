//! A card of the inspector: a title, fields that belong together, and for a policy a switch. The [guide](super::guide)
//! has its help under the same id.

use super::field::Field;
use super::sketch::Sketch;
use crate::text::{Id, Message};
use std::rc::Rc;

/// Turns a thing's policy on or off.
pub type Toggle<T> = Rc<dyn Fn(&mut T, bool)>;

/// Removes the card's part from a thing.
pub type Remove<T> = Rc<dyn Fn(&mut T)>;

/// Fields that belong together.
#[derive(Clone)]
pub struct Card<T> {
    /// Its title, which also identifies it.
    pub title: Id,
    /// A summary of its settings, e.g. `3 attempts`.
    pub summary: Option<Message>,
    /// For a policy: its current state, and the function that turns it on or off.
    pub switch: Option<(bool, Toggle<T>)>,
    /// For an item of a list: the function that removes it.
    pub remove: Option<Remove<T>>,
    /// Its parameters.
    pub fields: Vec<Field<T>>,
    /// Its settings as pictures.
    pub sketches: Vec<Sketch>,
    /// A warning about a surprising setting, e.g. that the callee cannot identify the call.
    pub warning: Option<Id>,
}

impl<T> Card<T> {
    /// A card without a switch.
    pub fn section(title: Id, fields: Vec<Field<T>>) -> Self {
        Card { title, summary: None, switch: None, remove: None, fields, sketches: Vec::new(), warning: None }
    }

    /// The card of a policy, which can be turned on and off.
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

    /// Adds a summary of its settings.
    pub fn saying(mut self, summary: Option<Message>) -> Self {
        self.summary = summary;
        self
    }

    /// Adds a way to remove it.
    pub fn removable(mut self, remove: impl Fn(&mut T) + 'static) -> Self {
        self.remove = Some(Rc::new(remove));
        self
    }

    /// Adds the pictures that exist.
    pub fn drawn(mut self, sketches: impl IntoIterator<Item = Option<Sketch>>) -> Self {
        self.sketches = sketches.into_iter().flatten().collect();
        self
    }

    /// Adds a warning.
    pub fn warning(mut self, warning: Option<Id>) -> Self {
        self.warning = warning;
        self
    }
}
