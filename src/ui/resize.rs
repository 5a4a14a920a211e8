//! Follows the size of an element.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::{Callback, NodeRef, hook, use_effect_with, use_state_eq};

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

/// How wide and high an element is, in pixels; `None`: it is not there yet, or not shown.
#[hook]
pub fn use_size_of(node: &NodeRef) -> Option<(f64, f64)> {
    let size = use_state_eq(|| None);
    let setter = size.setter();
    use_resize(
        node,
        Callback::from(move |element: Element| {
            let bounds = element.get_bounding_client_rect();
            setter.set(Some((bounds.width(), bounds.height())).filter(|(width, _)| *width > 0.0));
        }),
    );
    *size
}
