//! A way to tell the stage from elsewhere what to show: the view is its own business, and nobody else keeps it.

use super::Look;
use std::cell::RefCell;
use std::rc::Rc;
use yew::{Callback, hook, use_effect_with};

/// Clones are the same. Without a stage that listens it does nothing.
#[derive(Clone, Default)]
pub struct Remote(Rc<RefCell<Option<Callback<Look>>>>);

impl PartialEq for Remote {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Remote {
    /// Changes the view.
    pub fn look(&self, look: Look) {
        let listener = self.0.borrow().clone();
        if let Some(listener) = listener {
            listener.emit(look);
        }
    }
}

/// Has the stage listen.
#[hook]
pub fn use_remote(remote: &Remote, on_look: &Callback<Look>) {
    use_effect_with((remote.clone(), on_look.clone()), |(remote, on_look)| {
        *remote.0.borrow_mut() = Some(on_look.clone());
    });
}
