//! Follows the size of an element.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::{Callback, NodeRef, hook, use_effect_with};

/// Tells of the element when it is there first, and whenever its size has changed since. What is to be told is the same
/// as long as the element is there.
#[hook]
pub fn use_resize(node: &NodeRef, told: Callback<Element>) {
    use_effect_with(node.clone(), move |node: &NodeRef| {
        let watched = node.cast::<Element>().and_then(|element| {
            let again = element.clone();
            let on_size = Closure::<dyn Fn()>::new(move || told.emit(again.clone()));
            let observer = ResizeObserver::new(on_size.as_ref().unchecked_ref()).ok()?;
            observer.observe(&element);
            Some((observer, on_size))
        });
        move || {
            if let Some((observer, _on_size)) = watched {
                observer.disconnect();
            }
        }
    });
}
