//! Work that may wait until a frame is painted.

use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::{hook, use_effect_with, use_state_eq};

/// Runs something once the next frame is painted, unless this is dropped before.
struct AfterFrame {
    _timer: Rc<RefCell<Option<Timeout>>>,
    _frame: AnimationFrame,
}

impl AfterFrame {
    fn new(act: impl FnOnce() + 'static) -> Self {
        let timer = Rc::new(RefCell::new(None));
        let later = timer.clone();
        // A timer that is set in a frame fires after that frame is painted.
        let frame = request_animation_frame(move |_| *later.borrow_mut() = Some(Timeout::new(0, act)));
        AfterFrame { _timer: timer, _frame: frame }
    }
}

/// Passes a value on one frame later, for views that are slow to draw and not the focus of attention. Of several values within
/// a frame, only the last is passed on.
#[hook]
pub fn use_late<T: Clone + PartialEq + 'static>(now: &T) -> T {
    let late = use_state_eq(|| now.clone());
    let setter = late.setter();
    use_effect_with(now.clone(), move |now| {
        let now = now.clone();
        let waiting = AfterFrame::new(move || setter.set(now));
        move || drop(waiting)
    });
    (*late).clone()
}
