//! What may wait until a frame has been painted.

use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::{hook, use_effect_with, use_state_eq};

/// Something to be done after the next frame, unless this is dropped before.
struct AfterFrame {
    timer: Rc<RefCell<Option<Timeout>>>,
    frame: AnimationFrame,
}

impl AfterFrame {
    fn new(act: impl FnOnce() + 'static) -> Self {
        let timer = Rc::new(RefCell::new(None));
        let later = timer.clone();
        // Asked for in a frame, a timer comes after that is painted.
        let frame = request_animation_frame(move |_| *later.borrow_mut() = Some(Timeout::new(0, act)));
        AfterFrame { timer, frame }
    }

    fn cancel(self) {
        drop(self.frame);
        drop(self.timer.take());
    }
}

/// A value one frame after it has come: for what takes long to draw, while the eye is elsewhere.
#[hook]
pub fn use_late<T: Clone + PartialEq + 'static>(now: &T) -> T {
    let late = use_state_eq(|| now.clone());
    let setter = late.setter();
    use_effect_with(now.clone(), move |now| {
        let now = now.clone();
        let waiting = AfterFrame::new(move || setter.set(now));
        move || waiting.cancel()
    });
    (*late).clone()
}
