//! What actions work with, and whether they are available.

use crate::text::Id;
use crate::ui::driver::Driver;
use crate::ui::stage::Remote;
use crate::ui::state::App;
use std::cell::RefCell;
use std::rc::Rc;

/// What an [`Action`](super::Action) works with.
#[derive(Clone, PartialEq)]
pub struct Context {
    /// The state of the app.
    pub app: App,
    /// The run.
    pub driver: Driver,
    /// The view.
    pub view: Remote,
    /// The last copy.
    pub memory: Memory,
}

/// Whether an action is available now, or why not.
pub type Availability = Result<(), Id>;

/// The last copy made in this page, for pasting by a menu: only a key may ask the system for its clipboard.
#[derive(Clone, Default)]
pub struct Memory(Rc<RefCell<Option<String>>>);

impl Memory {
    /// Whether nothing was copied yet.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_none()
    }

    /// The last copy.
    pub fn get(&self) -> Option<String> {
        self.0.borrow().clone()
    }

    /// Replaces the last copy.
    pub fn set(&self, text: String) {
        self.0.replace(Some(text));
    }
}

impl PartialEq for Memory {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
