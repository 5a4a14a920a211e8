//! The language of the page: chosen once, in one place, and changed without a reload.
//!
//! `static/boot.js` chooses it before the app starts and names it in `<html lang>`: by `?lang=de`, else the stored choice,
//! else the languages of the browser. The files of another language than English are fetched before the first picture.
//! English is part of the program, but in a release the English texts of parts are fetched with the first part.

use super::address::forget_language;
use super::fetch;
use super::focus::focus;
use super::state::{App, Update};
use crate::t;
use crate::text::{self, Language, TOPICS, TOPICS_OF_PARTS};
use gloo::timers::callback::Timeout;
use gloo::utils::{document, window};
use js_sys::Promise;
use std::cell::{Cell, RefCell};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use yew::prelude::*;

/// The key of the choice in the storage; `static/boot.js` reads it.
const KEY: &str = "callchain.language";

thread_local! {
    /// Whether the English texts of parts are there.
    static ENGLISH_IS_WHOLE: Cell<bool> = const { Cell::new(cfg!(not(split))) };
    /// Loads the texts of parts.
    static LOADING: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Prepares the texts of the chosen language. Returns the language if they cannot be loaded; then the page is English.
pub async fn begin() -> Option<Language> {
    let root = document().document_element();
    let tag = root.and_then(|root| root.get_attribute("lang")).unwrap_or_default();
    let wanted = Language::from_tag(&tag).unwrap_or_default();
    let is_there = wanted == Language::English || load(wanted).await;
    show(if is_there { wanted } else { Language::English });
    (!is_there).then_some(wanted)
}

/// Whether all texts of a language are there, after fetching them if need be.
async fn load(language: Language) -> bool {
    let is_english = language == Language::English;
    let is_there = if is_english { ENGLISH_IS_WHOLE.get() } else { text::has(language, "language-title") };
    if is_there {
        return true;
    }
    let topics = if is_english { TOPICS_OF_PARTS } else { TOPICS };
    let files = topics.iter().map(|topic| format!("texts/{}/{topic}.ftl", language.tag()));
    let Some(sources) = fetch::texts(files).await else { return false };
    sources.iter().for_each(|source| text::add(language, source));
    if is_english {
        ENGLISH_IS_WHOLE.set(true);
    }
    true
}

/// Makes sure of the texts that a part uses. `false`: they cannot be loaded; the next call tries again.
pub async fn load_texts_of_parts() -> bool {
    // Several parts load at the same time.
    let start = || future_to_promise(async { Ok(load(text::language()).await.into()) });
    let loading = LOADING.with_borrow_mut(|loading| loading.get_or_insert_with(start).clone());
    let is_there = JsFuture::from(loading).await.is_ok_and(|is_there| is_there.is_truthy());
    if !is_there {
        LOADING.take();
    }
    is_there
}

fn show(language: Language) {
    text::set_language(language);
    document().set_title(&t!("page-title"));
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language.tag());
    }
}

/// The language, and a callback that changes it.
#[hook]
pub fn use_language(app: &App) -> (Language, Callback<Language>) {
    let language = use_state(text::language);
    let (app, setter) = (app.clone(), language.setter());
    let choose = Callback::from(move |wanted: Language| {
        let (app, setter) = (app.clone(), setter.clone());
        spawn_local(async move {
            if wanted == text::language() {
                return;
            }
            if !load(wanted).await {
                return app.say(t!("language-failed", name = wanted.own_name()));
            }
            store(wanted);
            show(wanted);
            setter.set(wanted);
            app.say(t!("language-changed"));
            // The message comes with the new page, which screen readers do not announce.
            app.send(Update::Announce(t!("language-changed")));
            Timeout::new(0, focus_switch).forget();
        });
    });
    (*language, choose)
}

/// Focuses the button of the menu with the switch: the new page has no focus.
fn focus_switch() {
    if let Some(button) = document().query_selector("[popovertarget=looks]").ok().flatten() {
        focus(&button);
    }
}

/// Stores the choice. Where that is forbidden, it lasts as long as the page.
fn store(language: Language) {
    let _ = window().local_storage().ok().flatten().map(|storage| storage.set_item(KEY, language.tag()));
    forget_language();
}

/// The languages, as a field.
pub fn fields(on_choose: &Callback<Language>) -> Html {
    let radio = |language: Language| {
        let onchange = on_choose.reform(move |_: Event| language);
        let checked = language == text::language();
        html! {
            <label lang={language.tag()}>
                <input type="radio" name="language" {checked} {onchange} />{ language.own_name() }
            </label>
        }
    };
    html! {
        <fieldset>
            <legend>{ t!("language-title") }</legend>
            { for Language::ALL.map(radio) }
        </fieldset>
    }
}
