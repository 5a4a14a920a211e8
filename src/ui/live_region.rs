//! The region that a screen reader reads from: there from the start, and filled only when something is to be said.
//!
//! What is said, and how often, is decided in [`crate::scene::run::spoken`]. Nothing is said into the first reading of the
//! page: in the first system nothing happens that would be worth it until somebody does something. A screen reader's
//! cursor, too, selects or scrolls, which counts as use (`static/boot.js`).

use super::driver::Driver;
use crate::scenario::Scenario;
use crate::scene::run::readout::Readout;
use crate::scene::run::spoken::{Amount, Speaker};
use crate::time::Time;
use gloo::utils::{document, window};
use std::rc::Rc;
use yew::prelude::*;

/// The attribute of the page that tells how much is said.
const ATTRIBUTE: &str = "data-spoken";

/// How much is said, as it was chosen among the looks (theme.rs).
fn amount() -> Amount {
    let chosen = document().document_element().and_then(|root| root.get_attribute(ATTRIBUTE));
    match chosen.as_deref() {
        Some("more") => Amount::More,
        Some("off") => Amount::Off,
        _ => Amount::Less,
    }
}

/// What the region needs.
#[derive(Properties, PartialEq)]
pub struct LiveRegionProps {
    /// The run.
    pub driver: Driver,
    /// What is read from it.
    pub readout: Rc<Readout>,
    /// The document.
    pub document: Rc<Scenario>,
    /// What was done to it last, and the how many-th that is.
    pub news: (u32, AttrValue),
}

/// The region.
#[component]
pub fn LiveRegion(props: &LiveRegionProps) -> Html {
    let said = use_state(AttrValue::default);
    let speaker = use_mut_ref(Speaker::default);
    let waiting = use_mut_ref(|| None);
    let told = use_mut_ref(|| 0);
    use_effect_with((props.readout.clone(), props.document.clone(), props.news.clone()), {
        let (said, driver) = (said.setter(), props.driver.clone());
        move |(readout, document, (number, text)): &(Rc<Readout>, Rc<Scenario>, (u32, AttrValue))| {
            if is_used(readout, &driver) {
                if told.replace(*number) != *number {
                    speaker.borrow_mut().hear(text);
                }
                let look = {
                    let (readout, document) = (readout.clone(), document.clone());
                    move || {
                        let mut speaker = speaker.borrow_mut();
                        let second = seconds();
                        let text = driver.with_history(|h| speaker.look(h, &readout, &document, second, amount()));
                        if let Some(text) = text {
                            said.set(text.into());
                        }
                    }
                };
                look();
                // A paused run tells nothing more: what waits for its turn is said when that has come.
                let ms = (crate::scene::run::spoken::PACE * 1e3) as u32 + 50;
                *waiting.borrow_mut() = Some(gloo::timers::callback::Timeout::new(ms, look));
            }
        }
    });
    html! { <p class="hidden-list" id="said" aria-live="polite" aria-atomic="true">{ (*said).clone() }</p> }
}

/// Whether anybody uses the page.
fn is_used(readout: &Readout, driver: &Driver) -> bool {
    let paused = readout.time > Time::ZERO && !readout.playing;
    paused || super::in_use::is_in_use() || driver.with_history(|h| !h.changes().is_empty())
}

/// Seconds since the page was opened.
fn seconds() -> f64 {
    window().performance().map_or(0.0, |p| p.now() / 1e3)
}
