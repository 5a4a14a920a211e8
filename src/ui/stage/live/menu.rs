//! Asking what can be done to a thing: by a click of the other mouse button, by a finger that stays, or by a key.

use super::pointer::{feed, on_button, tell};
use super::{Focus, Live, Shared, StageEvent};
use crate::scene::stage::geometry::Point;
use crate::scene::stage::gesture::{Held, Input, Pointing};
use crate::scene::stage::hit::Target;
use crate::ui::stage::place;
use gloo::timers::callback::Timeout;
use web_sys::{Element, MouseEvent, PointerEvent};
use yew::functional::UseForceUpdateHandle as Update;

/// How long a finger must stay, in milliseconds.
const LONG_MS: u32 = 500;

impl Live {
    /// The thing is selected, unless it is so already, and what can be done is to be listed at this pixel of the window.
    /// A message has a choice of its own, which a click opens, too.
    fn menu(&mut self, on: Target, at: Point) -> Vec<StageEvent> {
        if matches!(on, Target::Message(_)) {
            return self.clicked(on, Held::default());
        }
        let on = self.thing(on);
        let new = on.clone().filter(|thing| !self.selection.contains(thing));
        let select = new.map(|thing| StageEvent::Select(thing.into()));
        select.into_iter().chain([StageEvent::Menu { on, at }]).collect()
    }
}

/// The other mouse button, or what the browser takes for it.
pub fn asked(node: &Element, live: &Shared, event: &MouseEvent) {
    if on_button(event) {
        return;
    }
    event.prevent_default();
    // A finger that stays is measured here, as not every browser tells of it.
    let is_key = event.buttons() == 0 && event.button() != 2;
    if is_key || !live.borrow().gesture.is_idle() {
        return;
    }
    let (x, y) = (event.client_x(), event.client_y());
    let events = {
        let live = &mut *live.borrow_mut();
        let on = live.pressed(place(node, x, y), Pointing::Mouse);
        live.menu(on, Point::new(f64::from(x), f64::from(y)))
    };
    tell(live, events);
}

/// A finger was put down: if it stays, that asks, too.
pub fn wait(live: &Shared, update: &Update, event: &PointerEvent) {
    let at = Point::new(f64::from(event.client_x()), f64::from(event.client_y()));
    let timer = Timeout::new(LONG_MS, {
        let (live, update) = (live.clone(), update.clone());
        move || {
            let Some((on, _)) = live.borrow().gesture.pressed() else { return };
            feed(&live, Input::Cancel);
            let events = {
                let live = &mut *live.borrow_mut();
                // The release must not be a click on what opens there.
                live.clicked = true;
                live.menu(on, at)
            };
            tell(&live, events);
            update.force_update();
        }
    });
    live.borrow_mut().long_press = Some(timer);
}

/// The key asks about what has the focus, beside it.
pub fn by_key(live: &Shared, focus: Option<Focus>, on: &Element) {
    let bounds = on.get_bounding_client_rect();
    let at = Point::new(bounds.left() + bounds.width() / 2.0, bounds.top() + bounds.height() / 2.0);
    let target = match focus {
        Some(Focus::Service(index)) => Target::Service(index),
        Some(Focus::Link(index)) => Target::Link(index),
        None => Target::Empty,
    };
    let events = live.borrow_mut().menu(target, at);
    tell(live, events);
}
