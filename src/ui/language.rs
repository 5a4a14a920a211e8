//! The language of the page: chosen once, in one place, and changed without a reload.
//!
//! `static/boot.js` chooses it before the app starts and names it in `<html lang>`: by `?lang=de`, else the stored choice,
//! else the languages of the browser. English is part of the program; the files of another language are fetched.

use super::address::forget_language;
use super::fetch;
use super::focus::focus;
use super::state::{App, Update};
use crate::t;
use crate::text::{self, Language, TOPICS};
use gloo::timers::callback::Timeout;
use gloo::utils::{document, window};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The key of the choice in the storage; `static/boot.js` reads it.
const KEY: &str = "callchain.language";

/// Prepares the texts of the chosen language. Returns the language if they cannot be loaded; then the page is English.
pub async fn begin() -> Option<Language> {
    let root = document().document_element();
    let tag = root.and_then(|root| root.get_attribute("lang")).unwrap_or_default();
    let wanted = Language::from_tag(&tag).unwrap_or_default();
    let is_there = load(wanted).await;
    show(if is_there { wanted } else { Language::English });
    (!is_there).then_some(wanted)
}

/// Whether the texts of a language are there, after fetching them if need be.
async fn load(language: Language) -> bool {
    if language == Language::English || text::has(language, "language-title") {
        return true;
    }
    let files = TOPICS.iter().map(|topic| format!("texts/{}/{topic}.ftl", language.tag()));
    let Some(sources) = fetch::texts(files).await else { return false };
    sources.iter().for_each(|source| text::add(language, source));
    true
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
            app.send(Update::Tell(t!("language-changed")));
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
