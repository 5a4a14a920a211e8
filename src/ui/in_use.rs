//! Whether somebody has begun to use the page (`static/boot.js` decides).

use gloo::events::EventListener;
use gloo::utils::{document, window};
use yew::prelude::*;

/// Whether somebody has begun to use the page. Until then the page lacks everything that the first picture does not need.
#[hook]
pub fn use_in_use() -> bool {
    let in_use = use_state(is_in_use);
    let setter = in_use.setter();
    use_effect_with((), move |()| {
        let listener = EventListener::new(&window(), "callchain:used", move |_| setter.set(true));
        move || drop(listener)
    });
    *in_use
}

/// The same at this moment.
pub fn is_in_use() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-used"))
}
