//! A finger that stays asks for a menu. It is measured here, because not every browser reports it.

use crate::scene::stage::geometry::Point;
use crate::ui::stage::handle::StageHandle;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::PointerEvent;

/// How long a finger must stay, in milliseconds.
const LONG_MS: u32 = 500;

/// The time that a finger has stayed. Clones share it.
#[derive(Clone, Default)]
pub struct LongPress(Rc<RefCell<Option<Timeout>>>);

impl LongPress {
    /// A finger is put down.
    pub fn start(&self, handle: &StageHandle, event: &PointerEvent) {
        let at = Point::new(f64::from(event.client_x()), f64::from(event.client_y()));
        let handle = handle.clone();
        let timer = Timeout::new(LONG_MS, move || {
            if handle.state().hand.pressed().is_none() {
                return;
            }
            let effects = {
                let state = &mut *handle.state_mut();
                state.hand.long_press(&state.board, at)
            };
            handle.perform(effects);
            handle.redraw();
        });
        *self.0.borrow_mut() = Some(timer);
    }

    /// The finger does something else.
    pub fn stop(&self) {
        *self.0.borrow_mut() = None;
    }
}
