//! Keeps the browser from making a mouse click of a tap.

use crate::ui::stage::handle::StageHandle;
use gloo::events::{EventListener, EventListenerOptions};
use web_sys::Element;
use yew::{NodeRef, hook, use_effect_with};

/// A tap on a thing is no mouse click besides: that would come after it and hit whatever has just opened there.
#[hook]
pub fn use_touch(handle: &StageHandle) {
    let handle = handle.clone();
    use_effect_with(handle.node().clone(), move |node: &NodeRef| {
        let listener = node.cast::<Element>().map(|element| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&element, "touchend", options, move |event| {
                if handle.state_mut().hand.takes_touch() && event.cancelable() {
                    event.prevent_default();
                }
            })
        });
        move || drop(listener)
    });
}
