//! Keys on a box or a link that has the focus.

use super::pointer::{feed, tell};
use super::{Live, Preview, Shared, Space, StageEvent, menu};
use crate::editor::{Command, refuses_link};
use crate::scene::stage::geometry::Point;
use crate::scene::stage::gesture::{Held, Input};
use crate::scene::stage::hit::Target;
use crate::ui::keycaps::{arrow, written};
use crate::ui::stage::{Focus, tools};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// A key on something that has the focus. `true`: something looks different.
pub fn key(live: &Shared, event: &KeyboardEvent) -> bool {
    let keys = written(event);
    // Before the focus leaves it, which would end it, too, but would not let the run go on.
    let let_go = keys == "Escape" && live.borrow_mut().let_go(true);
    if tools::key(event) || let_go {
        event.prevent_default();
        event.stop_propagation();
        return let_go;
    }
    let focus = live.borrow().focus;
    let events = match (keys.as_str(), focus) {
        ("Escape", _) if !live.borrow().gesture.is_idle() => {
            event.stop_propagation();
            return feed(live, Input::Cancel);
        }
        ("Shift+F10" | "ContextMenu", _) => {
            let on = event.target().and_then(|t| t.dyn_into::<Element>().ok());
            on.iter().for_each(|on| menu::by_key(live, focus, on));
            Vec::new()
        }
        ("Enter", Some(focus)) => live.borrow_mut().entered(focus),
        ("Mod+Enter", Some(focus)) => live.borrow_mut().toggled(focus),
        // What it means is known when it is let go: held down, it moves the stage with the pointer.
        ("Space", Some(_)) if came_by_keys(event) => {
            let live = &mut *live.borrow_mut();
            if live.space == Space::Free {
                live.space = Space::Held;
            }
            Vec::new()
        }
        ("c", Some(Focus::Service(index))) => live.borrow_mut().begin_wire(index).into_iter().collect(),
        (keys, Some(Focus::Service(index))) => match arrow(keys) {
            Some(by) => live.borrow().nudged(Some(index), by).into_iter().collect(),
            None => return false,
        },
        _ => return false,
    };
    event.prevent_default();
    event.stop_propagation();
    tell(live, events);
    true
}

/// A key is let go. `true`: something looks different.
pub fn key_up(live: &Shared, event: &KeyboardEvent) -> bool {
    let focus = live.borrow().focus;
    let Some(focus) = focus.filter(|_| event.key() == " " && came_by_keys(event)) else { return false };
    event.stop_propagation();
    let events = {
        let live = &mut *live.borrow_mut();
        let meant = std::mem::take(&mut live.space) == Space::Held;
        if !meant {
            return true;
        }
        // On a wire that the keyboard began it is as good as Enter.
        if live.gesture.wiring().is_some() { live.entered(focus) } else { live.toggled(focus) }
    };
    tell(live, events);
    true
}

/// Whether the focus is where it is because of keys: after a click the space bar is still that of the page.
fn came_by_keys(event: &KeyboardEvent) -> bool {
    let on = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    on.is_some_and(|on| on.matches(":focus-visible").unwrap_or(false))
}

impl Live {
    fn begin_wire(&mut self, from: usize) -> Option<StageEvent> {
        self.gesture.arm(from);
        let to = self.layout.boxes.get(from).map(|b| Point::new(b.rect.right() + 40.0, b.rect.centre().y));
        self.preview = to.map_or(Preview::None, |to| Preview::Wire { from, to, over: None, end: None });
        let name = self.document.services.get(from)?.label();
        let text = format!("{name} calls: Tab to a service and Enter, or Escape.");
        Some(StageEvent::Tell { text, to_all: false })
    }

    /// Ends a wire that the keyboard began, or else is a click.
    fn entered(&mut self, focus: Focus) -> Vec<StageEvent> {
        match (self.gesture.wiring(), focus) {
            (Some(from), Focus::Service(index)) => {
                let _ = self.gesture.feed(Input::Cancel);
                self.preview = Preview::None;
                let (Some(from), Some(to)) = (self.service_id(from), self.service_id(index)) else { return Vec::new() };
                vec![match refuses_link(&self.document, &from, &to) {
                    None => StageEvent::Do(Command::Connect { from, to }),
                    Some(why) => StageEvent::Tell { text: why.into(), to_all: true },
                }]
            }
            _ => self.clicked(target(focus), Held::default()),
        }
    }

    /// It is selected besides what is, or no longer.
    fn toggled(&mut self, focus: Focus) -> Vec<StageEvent> {
        self.clicked(target(focus), Held { command: true, ..Held::default() })
    }
}

fn target(focus: Focus) -> Target {
    match focus {
        Focus::Service(index) => Target::Service(index),
        Focus::Link(index) => Target::Link(index),
    }
}
