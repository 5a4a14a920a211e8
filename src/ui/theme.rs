//! How the page looks: light, dark or for a projector, in which colours, whether anything moves, and how much of it is
//! said aloud. As the system says, until the user says otherwise. What it comes to stands in the style sheets; here it is only named.

use gloo::utils::{document, window};
use web_sys::{MediaQueryList, Storage};
use yew::prelude::*;

/// Something that can be chosen.
struct Choice {
    /// The attribute of the page, after `data-`, and the key under which it is kept, after `callchain.`.
    name: &'static str,
    /// What it is called.
    title: &'static str,
    /// The values and what they are called; the first is kept by keeping nothing.
    values: &'static [(&'static str, &'static str)],
}

const CHOICES: [Choice; 4] = [
    Choice {
        name: "theme",
        title: "Theme",
        values: &[("", "As this device"), ("light", "Light"), ("dark", "Dark"), ("projector", "Projector")],
    },
    Choice {
        name: "colours",
        title: "Colours",
        values: &[("", "Blue, green, vermilion"), ("second", "Navy, teal, rose: for print, too")],
    },
    Choice { name: "motion", title: "Motion", values: &[("", "Moving dots"), ("reduce", "Counts, no motion")] },
    Choice {
        name: "spoken",
        title: "Screen reader",
        values: &[("", "Says little"), ("more", "Says more"), ("off", "Says nothing")],
    },
];

/// What was chosen, in the order of the choices, and whether the system is dark.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    chosen: [&'static str; CHOICES.len()],
    dark: bool,
}

/// Where choices are kept. It may be forbidden; then they last as long as the page.
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
    fn kept() -> Self {
        let storage = storage();
        let chosen = CHOICES.map(|choice| {
            let kept = storage.as_ref().and_then(|s| s.get_item(&key(&choice)).ok().flatten());
            choice.values.iter().find(|(value, _)| kept.as_deref() == Some(value)).map_or("", |(value, _)| value)
        });
        Looks { chosen, dark: false }.with_system()
    }

    fn with_system(self) -> Self {
        Looks { dark: prefers_dark().is_some_and(|query| query.matches()), ..self }
    }

    fn choose(mut self, index: usize, value: &'static str) -> Self {
        if let (Some(chosen), Some(choice)) = (self.chosen.get_mut(index), CHOICES.get(index)) {
            *chosen = value;
            // What cannot be kept lasts as long as the page.
            let _ = storage().map(|storage| match value {
                "" => storage.remove_item(&key(choice)),
                _ => storage.set_item(&key(choice), value),
            });
        }
        self
    }

    /// Tells the style sheets, before anything is drawn with these looks: what draws reads them from there.
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
    pub fn fields(self, on_choose: &Callback<(usize, &'static str)>) -> Html {
        let radio = |index: usize, name: &'static str, (value, title): (&'static str, &'static str)| {
            let onchange = on_choose.reform(move |_: Event| (index, value));
            let checked = self.chosen.get(index) == Some(&value);
            html! { <label><input type="radio" {name} {checked} {onchange} />{ title }</label> }
        };
        let field = |(index, choice): (usize, &Choice)| {
            html! {
                <fieldset>
                    <legend>{ choice.title }</legend>
                    { for choice.values.iter().map(|value| radio(index, choice.name, *value)) }
                </fieldset>
            }
        };
        CHOICES.iter().enumerate().map(field).collect()
    }
}

/// Every choice by what it is called, and as [`use_looks`] takes it.
pub fn choices() -> impl Iterator<Item = (String, (usize, &'static str))> {
    CHOICES.iter().enumerate().flat_map(|(index, choice)| {
        choice.values.iter().map(move |(value, title)| (format!("{}: {title}", choice.title), (index, *value)))
    })
}

/// How the page looks, and a callback that takes the place of a choice and its value.
#[hook]
pub fn use_looks() -> (Looks, Callback<(usize, &'static str)>) {
    let looks = use_state(|| Looks::kept().shown());
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
