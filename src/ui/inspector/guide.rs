//! Fetches what is told about the cards when somebody first looks at settings. Without it they work as well.

use crate::editor::guide::Guide;
use crate::ui::fetch;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Where it is: a file of its own, because a first visit does without it.
const FILE: &str = "policies.json";

thread_local! {
    /// Once it is there, for all that ask later.
    static READ: RefCell<Option<Rc<Guide>>> = const { RefCell::new(None) };
}

/// What is told about the cards, once it is there.
#[hook]
pub fn use_guide() -> Option<Rc<Guide>> {
    let guide = use_state(|| READ.with_borrow(Clone::clone));
    let setter = guide.setter();
    use_effect_with((), move |()| {
        if READ.with_borrow(Option::is_none) {
            spawn_local(async move {
                let read = fetch::text(FILE).await.and_then(|text| Guide::read(&text).ok()).map(Rc::new);
                READ.set(read.clone());
                setter.set(read);
            });
        }
    });
    (*guide).clone()
}
