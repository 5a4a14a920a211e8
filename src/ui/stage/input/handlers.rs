//! The handlers of the stage.

use super::long_press::LongPress;
use super::{drop, keys, menu, pointer};
use crate::gesture::Focus;
use crate::scene::stage::view::ViewChange;
use crate::ui::stage::handle::StageHandle;
use crate::ui::stage::naming;
use crate::ui::stage::tools::Choice;
use std::rc::Rc;
use web_sys::{DragEvent, Element, FocusEvent, KeyboardEvent, MouseEvent, PointerEvent};
use yew::{Callback, hook, use_memo};

/// The handlers of the stage. They never change.
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
    pub key: Callback<KeyboardEvent>,
    pub key_up: Callback<KeyboardEvent>,
    pub blur: Callback<FocusEvent>,
    /// A box or a link gets the focus.
    pub focus: Callback<Focus>,
    /// The view is changed by a button or by the minimap.
    pub view: Callback<ViewChange>,
    /// The choice about a message ends.
    pub choice: Callback<Choice>,
    /// Selecting several things ends.
    pub end_mode: Callback<MouseEvent>,
}

/// The handlers of this stage.
#[hook]
pub fn use_handlers(handle: &StageHandle) -> Rc<Handlers> {
    use_memo((), |()| Handlers::new(handle))
}

impl Handlers {
    fn new(handle: &StageHandle) -> Self {
        let long_press = LongPress::default();
        let pointer = |act: fn(&StageHandle, &Element, &LongPress, &PointerEvent)| {
            let long_press = long_press.clone();
            handle.callback_with_element(move |handle, stage, event| act(handle, stage, &long_press, &event))
        };
        Handlers {
            down: pointer(pointer::down),
            moved: pointer(pointer::moved),
            up: pointer(pointer::up),
            cancel: pointer(pointer::cancel),
            leave: pointer(pointer::leave),
            double: handle.callback_with_element(|handle, stage, event| pointer::double_click(handle, stage, &event)),
            menu: handle.callback_with_element(|handle, stage, event| menu::asked(handle, stage, &event)),
            drag_over: Callback::from(|event: DragEvent| event.prevent_default()),
            drop: handle.callback_with_element(|handle, stage, event| drop::dropped(handle, stage, &event)),
            key: handle.callback(|handle, event| keys::key(handle, &event)),
            key_up: handle.callback(|handle, event| keys::key_up(handle, &event)),
            blur: handle.callback(|handle, _| {
                let mut state = handle.state_mut();
                (state.focus, state.tip) = (None, None);
            }),
            focus: handle.callback(|handle, focus| {
                if let Focus::Link(index) = focus {
                    naming::name_focused(handle, index);
                }
                let has_moved = handle.state_mut().focus(focus);
                handle.redraw_if(has_moved);
            }),
            view: handle.callback(|handle, change| {
                handle.state_mut().change_view(change);
                handle.redraw();
            }),
            choice: handle.callback(|handle, Choice { event, resume }| {
                let was_open = handle.state_mut().end_pick(resume);
                handle.perform(event.map(Into::into));
                handle.redraw_if(was_open);
            }),
            end_mode: handle.callback(|handle, _| {
                handle.state_mut().hand.end_mode();
                handle.redraw();
            }),
        }
    }
}
