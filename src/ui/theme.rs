//! How the page looks: light, dark or for a projector, its colours, whether anything moves, and how much a screen reader
//! announces. The default follows the device. The style sheets define the looks; this file only names them.

use crate::text::Id;
use crate::{id, t};
use gloo::utils::{document, window};
use web_sys::{MediaQueryList, Storage};
use yew::prelude::*;

/// A choice of how the page looks.
struct Choice {
    /// The attribute of the page, after `data-`, and the key in the storage, after `callchain.`.
    name: &'static str,
    title: Id,
    /// The values and their texts; the first is the default, which is not stored.
    values: &'static [(&'static str, Id)],
}

/// A value of one of the choices, by the index of the choice.
pub type Look = (usize, &'static str);

const CHOICES: [Choice; 4] = [
    Choice {
        name: "theme",
        title: id!("look-theme"),
        values: &[
            ("", id!("look-theme-device")),
            ("light", id!("look-theme-light")),
            ("dark", id!("look-theme-dark")),
            ("projector", id!("look-theme-projector")),
        ],
    },
    Choice {
        name: "colours",
        title: id!("look-colours"),
        values: &[("", id!("look-colours-first")), ("second", id!("look-colours-second"))],
    },
    Choice {
        name: "motion",
        title: id!("look-motion"),
        values: &[("", id!("look-motion-full")), ("reduce", id!("look-motion-reduced"))],
    },
    Choice {
        name: "spoken",
        title: id!("look-spoken"),
        values: &[("", id!("look-spoken-less")), ("more", id!("look-spoken-more")), ("off", id!("look-spoken-off"))],
    },
];

/// The chosen values, in the order of the choices, and whether the device is dark.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    chosen: [&'static str; CHOICES.len()],
    dark: bool,
}

/// Where choices are stored. Where the browser forbids that, they last as long as the page.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn key(choice: &Choice) -> String {
    format!("callchain.{}", choice.name)
}

fn prefers_dark() -> Option<MediaQueryList> {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten()
}

impl Looks {
    fn stored() -> Self {
        let storage = storage();
        let chosen = CHOICES.map(|choice| {
            let stored = storage.as_ref().and_then(|s| s.get_item(&key(&choice)).ok().flatten());
            choice.values.iter().find(|(value, _)| stored.as_deref() == Some(value)).map_or("", |(value, _)| value)
        });
        Looks { chosen, dark: false }.with_system()
    }

    fn with_system(self) -> Self {
        Looks { dark: prefers_dark().is_some_and(|query| query.matches()), ..self }
    }

    fn choose(mut self, index: usize, value: &'static str) -> Self {
        if let (Some(chosen), Some(choice)) = (self.chosen.get_mut(index), CHOICES.get(index)) {
            *chosen = value;
            // Where nothing can be stored, the choice lasts as long as the page.
            let _ = storage().map(|storage| match value {
                "" => storage.remove_item(&key(choice)),
                _ => storage.set_item(&key(choice), value),
            });
        }
        self
    }

    /// Sets the attributes for the style sheets before anything is drawn, because drawing reads its colours from them.
    fn shown(self) -> Self {
        let Some(root) = document().document_element() else { return self };
        for (choice, chosen) in CHOICES.iter().zip(self.chosen) {
            let value = match (choice.name, chosen) {
                ("theme", "") if self.dark => "dark",
                ("theme", "") => "light",
                _ => chosen,
            };
            let _ = root.set_attribute(&format!("data-{}", choice.name), value);
        }
        self
    }

    /// The choices, as fields.
    pub fn fields(self, on_choose: &Callback<Look>) -> Html {
        let radio = |index: usize, name: &'static str, (value, title): (&'static str, Id)| {
            let onchange = on_choose.reform(move |_: Event| (index, value));
            let checked = self.chosen.get(index) == Some(&value);
            html! { <label><input type="radio" {name} {checked} {onchange} />{ title.text() }</label> }
        };
        let field = |(index, choice): (usize, &Choice)| {
            html! {
                <fieldset>
                    <legend>{ choice.title.text() }</legend>
                    { for choice.values.iter().map(|value| radio(index, choice.name, *value)) }
                </fieldset>
            }
        };
        CHOICES.iter().enumerate().map(field).collect()
    }
}

/// All values with their texts.
pub fn choices() -> impl Iterator<Item = (String, Look)> {
    CHOICES.iter().enumerate().flat_map(|(index, choice)| {
        choice
            .values
            .iter()
            .map(move |(value, title)| (t!("offer-look", choice = choice.title, value = *title), (index, *value)))
    })
}

/// How the page looks, and a callback that changes it.
#[hook]
pub fn use_looks() -> (Looks, Callback<Look>) {
    let looks = use_state(|| Looks::stored().shown());
    use_effect_with(*looks, {
        let setter = looks.setter();
        move |looks| {
            let looks = *looks;
            let follow = move |_: &Event| setter.set(looks.with_system().shown());
            let listener = prefers_dark().map(|query| gloo::events::EventListener::new(&query, "change", follow));
            move || drop(listener)
        }
    });
    let choose = {
        let looks = looks.clone();
        Callback::from(move |(index, value)| looks.set(looks.choose(index, value).shown()))
    };
    (*looks, choose)
}
