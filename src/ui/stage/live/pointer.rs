//! The pointer on the stage: what the browser tells of it, for the gesture.

use super::{Shared, Space, StageEvent, centred, menu};
use crate::editor::Command;
use crate::scenario::Kind;
use crate::scene::stage::gesture::{Held, Input, Pointing};
use crate::scene::stage::hit::Target;
use crate::ui::stage::{place, tip};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DragEvent, Element, MouseEvent, PointerEvent};
use yew::functional::UseForceUpdateHandle as Update;
use yew::{Callback, NodeRef};

/// Tells what is wanted, after the cell is free again.
pub fn tell(live: &Shared, events: Vec<StageEvent>) {
    let on = live.borrow().on.clone();
    events.into_iter().for_each(|event| on.emit(event));
}

/// The handlers of the stage.
pub struct Handlers {
    pub down: Callback<PointerEvent>,
    pub moved: Callback<PointerEvent>,
    pub up: Callback<PointerEvent>,
    pub cancel: Callback<PointerEvent>,
    pub leave: Callback<PointerEvent>,
    pub double: Callback<MouseEvent>,
    pub menu: Callback<MouseEvent>,
    pub drag_over: Callback<DragEvent>,
    pub drop: Callback<DragEvent>,
}

impl Handlers {
    /// The handlers for this node.
    pub fn new(node: &NodeRef, live: &Shared, update: &Update) -> Self {
        let pointer = |on: fn(&Element, &Shared, &PointerEvent) -> bool| {
            let (node, live, update) = (node.clone(), live.clone(), update.clone());
            Callback::from(move |event: PointerEvent| {
                if let Some(node) = node.cast::<Element>()
                    && on(&node, &live, &event)
                {
                    update.force_update();
                }
            })
        };
        let mouse = |on: fn(&Element, &Shared, &MouseEvent)| {
            let (node, live) = (node.clone(), live.clone());
            Callback::from(move |event: MouseEvent| {
                if let Some(node) = node.cast::<Element>() {
                    on(&node, &live, &event);
                }
            })
        };
        let (node_2, live_2) = (node.clone(), live.clone());
        let (again, waiting) = (update.clone(), live.clone());
        Handlers {
            down: pointer(down).reform(move |event: PointerEvent| {
                if event.pointer_type() == "touch" && !on_button(&event) {
                    menu::wait(&waiting, &again, &event);
                }
                event
            }),
            moved: pointer(moved),
            up: pointer(up),
            cancel: pointer(|_, live, _| {
                live.borrow_mut().long_press = None;
                feed(live, Input::Cancel)
            }),
            leave: pointer(|_, live, _| {
                let mut live = live.borrow_mut();
                (live.hot, live.pointer) = (None, None);
                tip::hide(&mut live);
                true
            }),
            double: mouse(double_clicked),
            menu: mouse(menu::asked),
            drag_over: Callback::from(|event: DragEvent| event.prevent_default()),
            drop: Callback::from(move |event: DragEvent| {
                if let Some(node) = node_2.cast::<Element>() {
                    dropped(&node, &live_2, &event);
                }
            }),
        }
    }
}

pub fn feed(live: &Shared, input: Input) -> bool {
    let events = live.borrow_mut().feed(input);
    tell(live, events);
    true
}

/// Whether the event is about something that stands over the stage.
pub fn on_button(event: &JsValue) -> bool {
    let target = event.dyn_ref::<web_sys::Event>().and_then(|e| e.target()).and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|t| t.closest(".stage-controls, .minimap, .floating").ok().flatten().is_some())
}

fn down(node: &Element, live: &Shared, event: &PointerEvent) -> bool {
    if event.button() > 1 || on_button(event) {
        return false;
    }
    // Without capture a drag would end at the border; a pointer that is gone already cannot be captured.
    let _ = node.set_pointer_capture(event.pointer_id());
    let at = place(node, event.client_x(), event.client_y());
    let pointing = if event.pointer_type() == "touch" { Pointing::Touch } else { Pointing::Mouse };
    tip::point(node, live, at);
    let on = live.borrow().pressed(at, pointing);
    let id = event.pointer_id();
    // The middle button moves the stage wherever it is pressed, and so does the space bar with any.
    let grabs = {
        let live = &mut *live.borrow_mut();
        live.clicked = false;
        live.let_go(true);
        let with_space = live.space != Space::Free;
        if with_space {
            live.space = Space::Used;
        }
        with_space || event.button() == 1
    };
    if grabs {
        // What lies there is not meant, and must not get the focus.
        event.prevent_default();
    }
    let held = held(live, event);
    feed(live, if grabs { Input::Grab { id, at } } else { Input::Down { id, pointing, at, on, held } })
}

/// The keys that are held down meanwhile, or what stands for them.
fn held(live: &Shared, event: &PointerEvent) -> Held {
    let shift = event.shift_key() || live.borrow().picks_several;
    Held { shift, command: event.ctrl_key() || event.meta_key(), alt: event.alt_key() }
}

fn moved(node: &Element, live: &Shared, event: &PointerEvent) -> bool {
    let at = place(node, event.client_x(), event.client_y());
    let is_touch = event.pointer_type() == "touch";
    live.borrow_mut().pointer = Some(at).filter(|_| !is_touch);
    if live.borrow().gesture.is_idle() {
        if on_button(event) {
            return false;
        }
        tip::point(node, live, at);
        return !is_touch && live.borrow_mut().hover(at);
    }
    feed(live, Input::Move { id: event.pointer_id(), at, held: held(live, event) });
    let live = &mut *live.borrow_mut();
    // What lies under the pointer is not what the gesture is about.
    tip::hide(live);
    live.long_press = live.long_press.take().filter(|_| live.gesture.pressed().is_some());
    true
}

fn up(node: &Element, live: &Shared, event: &PointerEvent) -> bool {
    live.borrow_mut().long_press = None;
    let at = place(node, event.client_x(), event.client_y());
    feed(live, Input::Up { id: event.pointer_id(), at, held: held(live, event) })
}

fn double_clicked(node: &Element, live: &Shared, event: &MouseEvent) {
    let at = place(node, event.client_x(), event.client_y());
    if on_button(event) {
        return;
    }
    // The first of the two clicks may have been on a dot.
    live.borrow_mut().let_go(true);
    let found = live.borrow().target(at);
    let wanted = match found {
        Target::Empty => {
            let position = centred(Kind::Service, live.borrow().viewport.to_world(at));
            Some(StageEvent::Do(Command::AddService { kind: Kind::Service, position }))
        }
        Target::Link(index) => live.borrow().cut(index).map(StageEvent::Fault),
        Target::Service(_) | Target::Port(_) | Target::End(_) | Target::Message(_) => None,
    };
    tell(live, wanted.into_iter().collect());
}

/// Something from the palette.
fn dropped(node: &Element, live: &Shared, event: &DragEvent) {
    let said = event.data_transfer().and_then(|data| {
        let read = |kind: &str| data.get_data(kind).ok().filter(|text| !text.is_empty());
        read("text/x-callchain-kind").or_else(|| read("text/plain"))
    });
    let kind = match said.as_deref() {
        Some("client") => Kind::Client,
        Some("service") => Kind::Service,
        Some("external") => Kind::External,
        Some("stub") => Kind::Stub,
        Some(_) | None => return,
    };
    event.prevent_default();
    let at = place(node, event.client_x(), event.client_y());
    let position = centred(kind, live.borrow().viewport.to_world(at));
    tell(live, vec![StageEvent::Do(Command::AddService { kind, position })]);
}
