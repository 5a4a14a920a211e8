//! The hooks of the stage: its size, the wheel, and what becomes selected.

use super::super::{Shared, StageProps, place};
use crate::editor::{Selection, Thing};
use crate::ui::resize::use_resize;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, WheelEvent};
use yew::functional::UseForceUpdateHandle as Update;
use yew::{Callback, NodeRef, hook, use_effect_with};

/// Follows the size of the stage.
#[hook]
pub fn use_size(node: &NodeRef, live: &Shared, update: &Update) {
    let (live, update) = (live.clone(), update.clone());
    use_resize(
        node,
        Callback::from(move |stage: Element| {
            let (bounds, live) = (stage.get_bounding_client_rect(), &mut *live.borrow_mut());
            live.stage = Some(stage);
            live.set_size(bounds.width(), bounds.height());
            update.force_update();
        }),
    );
}

/// The wheel zooms at the pointer. A listener of its own, because those of Yew cannot keep the page from scrolling.
#[hook]
pub fn use_wheel(node: &NodeRef, live: &Shared, update: &Update) {
    let (live, update) = (live.clone(), update.clone());
    use_effect_with(node.clone(), move |node: &NodeRef| {
        let listener = node.cast::<Element>().map(|element| {
            let options = EventListenerOptions::enable_prevent_default();
            let again = element.clone();
            EventListener::new_with_options(&element, "wheel", options, move |event| {
                let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
                event.prevent_default();
                // A line is about 16 pixels, a page 400; a pinch on a touchpad comes as a wheel with small steps and Ctrl.
                let unit = [1.0, 16.0, 400.0].get(event.delta_mode() as usize).copied().unwrap_or(1.0);
                let speed = if event.ctrl_key() { 0.01 } else { 0.0015 };
                let factor = libm::exp((-event.delta_y() * unit * speed).clamp(-0.5, 0.5));
                let at = place(&again, event.client_x(), event.client_y());
                let live = &mut *live.borrow_mut();
                live.viewport = live.viewport.zoomed(factor, at);
                update.force_update();
            })
        });
        move || drop(listener)
    });
}

/// A tap on a thing is no click of a mouse besides: that would come after it, on whatever has just opened there.
#[hook]
pub fn use_taps(node: &NodeRef, live: &Shared) {
    let live = live.clone();
    use_effect_with(node.clone(), move |node: &NodeRef| {
        let listener = node.cast::<Element>().map(|element| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&element, "touchend", options, move |event| {
                if std::mem::take(&mut live.borrow_mut().clicked) && event.cancelable() {
                    event.prevent_default();
                }
            })
        });
        move || drop(listener)
    });
}

/// Brings what becomes selected into view.
#[hook]
pub fn use_selection_in_view(props: &StageProps, live: &Shared, update: &Update) {
    let (live, update) = (live.clone(), update.clone());
    use_effect_with(props.selection.clone(), move |selection: &Selection| {
        // A link that was clicked must not move away from under the second click.
        if matches!(selection.single(), Some(Thing::Service(_))) && live.borrow_mut().show_selected() {
            update.force_update();
        }
    });
}
