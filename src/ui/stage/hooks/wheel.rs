//! Zooms with the wheel.

use crate::ui::stage::handle::StageHandle;
use crate::ui::stage::pixel::pixel;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, WheelEvent};
use yew::{NodeRef, hook, use_effect_with};

/// The wheel zooms at the pointer. It has a listener of its own, because those of Yew cannot keep the page from scrolling.
#[hook]
pub fn use_wheel(handle: &StageHandle) {
    let handle = handle.clone();
    use_effect_with(handle.node().clone(), move |node: &NodeRef| {
        let listener = node.cast::<Element>().map(|element| {
            let options = EventListenerOptions::enable_prevent_default();
            let stage = element.clone();
            EventListener::new_with_options(&element, "wheel", options, move |event| {
                if let Some(event) = event.dyn_ref::<WheelEvent>() {
                    event.prevent_default();
                    zoom(&handle, &stage, event);
                }
            })
        });
        move || drop(listener)
    });
}

fn zoom(handle: &StageHandle, stage: &Element, event: &WheelEvent) {
    // A line is about 16 pixels, a page 400; a pinch on a touchpad arrives as a wheel with small steps and Ctrl.
    let unit = [1.0, 16.0, 400.0].get(event.delta_mode() as usize).copied().unwrap_or(1.0);
    let speed = if event.ctrl_key() { 0.01 } else { 0.0015 };
    let factor = libm::exp((-event.delta_y() * unit * speed).clamp(-0.5, 0.5));
    let at = pixel(stage, event.client_x(), event.client_y());
    let view = &mut handle.state_mut().view;
    view.viewport = view.viewport.zoomed(factor, at);
    handle.redraw();
}
