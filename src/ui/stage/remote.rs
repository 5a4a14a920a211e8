//! A way to tell the stage from elsewhere what to show and what to move: the view is its own business, and nobody else
//! keeps it.

use super::live::{Space, tell};
use super::{Shared, ViewChange};
use crate::scene::stage::geometry::Point;
use crate::scene::stage::turn;
use std::cell::RefCell;
use std::rc::Rc;
use yew::functional::UseForceUpdateHandle as Update;
use yew::{hook, use_effect_with};

/// Clones are the same. Without a stage that listens it does nothing.
#[derive(Clone, Default)]
pub struct Remote(Rc<RefCell<Option<(Shared, Update)>>>);

impl PartialEq for Remote {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Remote {
    /// Changes the view.
    pub fn change(&self, change: ViewChange) {
        self.with(|live| live.borrow_mut().change_view(change));
    }

    /// Moves what is selected by so many world units. `false`: no service is.
    pub fn nudge(&self, by: Point) -> bool {
        let moved = |live: &Shared| {
            let event = live.borrow().nudged(None, by);
            let is_some = event.is_some();
            tell(live, event.into_iter().collect());
            is_some
        };
        self.with(moved).unwrap_or(false)
    }

    /// From now on what is touched is selected besides what is, and a drag on empty space draws a box; or no longer.
    pub fn pick_several(&self) {
        self.with(|live| {
            let live = &mut *live.borrow_mut();
            live.picks_several = !live.picks_several;
        });
    }

    /// Takes back the gesture that is under way. `false`: none is.
    pub fn cancel(&self) -> bool {
        self.with(|live| live.borrow_mut().cancel()).unwrap_or(false)
    }

    /// Where in the document the mouse was moved to since this was asked last.
    pub fn pointer(&self) -> Option<Point> {
        self.with(|live| live.borrow_mut().take_pointer()).flatten()
    }

    /// Where the mouse is, in pixels of the stage, without asking for it.
    pub fn pointed(&self) -> Option<Point> {
        self.with(|live| live.borrow().pointer).flatten()
    }

    /// The mouse counts as being there: it was, before something came to lie over the stage.
    pub fn point(&self, at: Option<Point>) {
        self.with(|live| live.borrow_mut().pointer = at);
    }

    /// The space bar is held down from now on: with the pointer, it moves the stage.
    pub fn hold_space(&self) {
        self.with(|live| {
            let live = &mut *live.borrow_mut();
            if live.space == Space::Free {
                live.space = Space::Held;
            }
        });
    }

    /// It is let go. Whether it has moved nothing, and so means something else.
    pub fn let_go_of_space(&self) -> bool {
        self.with(|live| std::mem::take(&mut live.borrow_mut().space) == Space::Held).unwrap_or(false)
    }

    fn with<T>(&self, act: impl FnOnce(&Shared) -> T) -> Option<T> {
        let (live, update) = self.0.borrow().clone()?;
        let result = act(&live);
        update.force_update();
        Some(result)
    }
}

impl super::Live {
    fn take_pointer(&mut self) -> Option<Point> {
        let world = self.viewport.to_world(self.pointer.take()?);
        Some(if self.turned { turn::back(world) } else { world })
    }
}

/// Has the stage listen.
#[hook]
pub fn use_remote(remote: Option<&Remote>, live: &Shared, update: &Update) {
    let (live, update) = (live.clone(), update.clone());
    use_effect_with(remote.cloned(), move |remote: &Option<Remote>| {
        if let Some(remote) = remote {
            *remote.0.borrow_mut() = Some((live, update));
        }
    });
}
