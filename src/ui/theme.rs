//! Light or dark: as the system says, until the user says otherwise.

use gloo::storage::{LocalStorage, Storage};
use gloo::utils::{document, window};
use yew::prelude::*;

/// The colours in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    const fn name(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    const fn other(self) -> Theme {
        match self {
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Light,
        }
    }
}

/// Where the user's choice is kept. Storage may be forbidden; then the choice lasts as long as the page.
const KEY: &str = "callchain.theme";

fn chosen() -> Option<Theme> {
    let name: String = LocalStorage::get(KEY).ok()?;
    [Theme::Light, Theme::Dark].into_iter().find(|t| t.name() == name)
}

fn prefers_dark() -> Option<web_sys::MediaQueryList> {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten()
}

fn of_system() -> Theme {
    if prefers_dark().is_some_and(|query| query.matches()) { Theme::Dark } else { Theme::Light }
}

/// The theme in use, and a callback that changes to the other one.
#[hook]
pub fn use_theme() -> (Theme, Callback<()>) {
    let choice = use_state(chosen);
    let system = use_state(of_system);
    use_effect_with((), {
        let system = system.setter();
        move |()| {
            let listener = prefers_dark()
                .map(|query| gloo::events::EventListener::new(&query, "change", move |_| system.set(of_system())));
            move || drop(listener)
        }
    });
    let theme = choice.unwrap_or(*system);
    use_effect_with(theme, |theme| {
        if let Some(root) = document().document_element() {
            // Without the attribute the page follows the system in all that is drawn by the style sheet.
            let _ = root.set_attribute("data-theme", theme.name());
        }
    });
    let toggle = {
        let (choice, system) = (choice.setter(), *system);
        Callback::from(move |()| {
            let next = theme.other();
            if next == system {
                LocalStorage::delete(KEY);
                choice.set(None);
            } else {
                let _ = LocalStorage::set(KEY, next.name());
                choice.set(Some(next));
            }
        })
    };
    (theme, toggle)
}
