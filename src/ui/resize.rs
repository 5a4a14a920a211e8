//! Follows the size of an element.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::{Callback, NodeRef, hook, use_effect_with, use_state_eq};

/// Calls `on_resize` with the element once it is on the page, and after each change of its size. The element keeps the
/// first callback: later ones are ignored.
#[hook]
pub fn use_resize(node: &NodeRef, on_resize: Callback<Element>) {
    use_effect_with(node.clone(), move |node: &NodeRef| {
        let watched = node.cast::<Element>().and_then(|element| {
            let target = element.clone();
            let on_size = Closure::<dyn Fn()>::new(move || on_resize.emit(target.clone()));
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

/// The width and height of an element in pixels; `None` before it is on the page, and while it is hidden.
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
