//! The region that a screen reader announces: on the page from the start, and empty until there is news.
//!
//! [`crate::scene::run::spoken`] chooses the news and their pace. The region is silent until the user does something, so
//! that nothing interrupts the first reading of the page. Moving a screen reader's cursor selects or scrolls, which counts
//! as use (`static/boot.js`).

use super::driver::Driver;
use super::part::part;
use crate::scenario::Scenario;
use crate::scene::run::readout::Readout;
use crate::scene::run::spoken::{Amount, Speaker};
use crate::sim::history::History;
use gloo::utils::{document, window};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The attribute of the page for the amount of announcements.
const ATTRIBUTE: &str = "data-spoken";

/// The chosen amount of announcements (theme.rs).
fn amount() -> Amount {
    let chosen = document().document_element().and_then(|root| root.get_attribute(ATTRIBUTE));
    match chosen.as_deref() {
        Some("more") => Amount::More,
        Some("off") => Amount::Off,
        _ => Amount::Less,
    }
}

/// The properties of [`LiveRegion`].
#[derive(Properties, PartialEq)]
pub struct LiveRegionProps {
    /// The run.
    pub driver: Driver,
    /// The readout of the run.
    pub readout: Rc<Readout>,
    /// The document.
    pub document: Rc<Scenario>,
    /// The last news, and its number.
    pub news: (u32, AttrValue),
    /// Whether the user has begun to use the page.
    pub in_use: bool,
}

/// The region.
#[component]
pub fn LiveRegion(props: &LiveRegionProps) -> Html {
    let announced = use_state(AttrValue::default);
    let speaker = use_mut_ref(Speaker::default);
    let waiting = use_mut_ref(|| None);
    let last_number = use_mut_ref(|| 0);
    let speak = use_speak(props.in_use);
    use_effect_with((props.readout.clone(), props.document.clone(), props.news.clone(), speak), {
        let (announced, driver) = (announced.setter(), props.driver.clone());
        move |(readout, document, (number, text), speak): &(
            Rc<Readout>,
            Rc<Scenario>,
            (u32, AttrValue),
            Option<Speak>,
        )| {
            if let Some(speak) = *speak {
                if last_number.replace(*number) != *number {
                    speaker.borrow_mut().announce(text.as_str());
                }
                let announce = {
                    let (readout, document) = (readout.clone(), document.clone());
                    move || {
                        let mut speaker = speaker.borrow_mut();
                        let second = seconds();
                        let text =
                            driver.with_history(|h| speak(&mut speaker, h, &readout, &document, second, amount()));
                        if let Some(text) = text {
                            announced.set(text.into());
                        }
                    }
                };
                announce();
                // A paused run sends no more readouts, so a timer announces the news that waits for its turn.
                let ms = (crate::scene::run::spoken::PACE * 1e3) as u32 + 50;
                *waiting.borrow_mut() = Some(gloo::timers::callback::Timeout::new(ms, announce));
            }
        }
    });
    html! { <p class="hidden-list" id="said" aria-live="polite" aria-atomic="true">{ (*announced).clone() }</p> }
}

/// Chooses the next text to announce.
type Speak = fn(&mut Speaker, &History, &Readout, &Scenario, f64, Amount) -> Option<String>;

part! {
    marks: fn speak() -> Speak { Speaker::look }
}

/// The function that chooses texts, once the user has begun to use the page and the code has loaded.
#[hook]
fn use_speak(in_use: bool) -> Option<Speak> {
    let found = use_state(|| None);
    use_effect_with(in_use, {
        let setter = found.setter();
        move |in_use| {
            if *in_use {
                spawn_local(async move { setter.set(speak().await.ok()) });
            }
        }
    });
    *found
}

/// Seconds since the page was opened.
fn seconds() -> f64 {
    window().performance().map_or(0.0, |p| p.now() / 1e3)
}
