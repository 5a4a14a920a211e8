//! Controls the stage from elsewhere, as the stage alone keeps its view.

use super::handle::StageHandle;
use crate::scene::stage::geometry::Point;
use crate::scene::stage::view::ViewChange;
use std::cell::RefCell;
use std::rc::Rc;
use yew::{hook, use_effect_with};

/// A remote control. Clones control the same stage; without a stage it does nothing.
#[derive(Clone, Default)]
pub struct Remote(Rc<RefCell<Option<StageHandle>>>);

impl PartialEq for Remote {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Remote {
    /// Changes the view.
    pub fn change(&self, change: ViewChange) {
        self.with(|stage| stage.state_mut().change_view(change));
    }

    /// Brings the link at this place in the file into view.
    pub fn show_link(&self, index: usize) {
        self.with(|stage| stage.state_mut().show_link(index));
    }

    /// Moves the selected services, in world units. `false`: none is selected.
    pub fn nudge(&self, by: Point) -> bool {
        let nudge = |stage: &StageHandle| {
            let event = stage.state().hand.nudge(&stage.state().board, None, by);
            let is_some = event.is_some();
            stage.perform(event.map(Into::into));
            is_some
        };
        self.with(nudge).unwrap_or(false)
    }

    /// Switches between replacing the selection and adding to it.
    pub fn toggle_mode(&self) {
        self.with(|stage| stage.state_mut().hand.toggle_mode());
    }

    /// Cancels the gesture. `false`: there is none.
    pub fn cancel(&self) -> bool {
        self.with(|stage| stage.state_mut().hand.cancel()).unwrap_or(false)
    }

    /// The position of the mouse in the document, if it has moved since the last call.
    pub fn take_pointer(&self) -> Option<Point> {
        self.with(|stage| stage.state_mut().take_pointer()).flatten()
    }

    /// Where the mouse is, in pixels of the stage. Unlike [`Remote::take_pointer`] it changes nothing.
    pub fn pointer(&self) -> Option<Point> {
        self.with(|stage| stage.state().pointer).flatten()
    }

    /// Puts the mouse where it was before something opened over the stage.
    pub fn set_pointer(&self, at: Option<Point>) {
        self.with(|stage| stage.state_mut().pointer = at);
    }

    /// The space bar goes down: with the pointer, it moves the stage.
    pub fn press_space(&self) {
        self.with(|stage| stage.state_mut().hand.press_space());
    }

    /// The space bar goes up. `true`: it has moved nothing, so it acts like a key.
    pub fn release_space(&self) -> bool {
        self.with(|stage| stage.state_mut().hand.release_space()).unwrap_or(false)
    }

    fn with<T>(&self, act: impl FnOnce(&StageHandle) -> T) -> Option<T> {
        let stage = self.0.borrow().clone()?;
        let result = act(&stage);
        stage.redraw();
        Some(result)
    }
}

/// Lets a remote control this stage.
#[hook]
pub fn use_remote(remote: Option<&Remote>, handle: &StageHandle) {
    let handle = handle.clone();
    use_effect_with(remote.cloned(), move |remote: &Option<Remote>| {
        if let Some(remote) = remote {
            *remote.0.borrow_mut() = Some(handle);
        }
    });
}
