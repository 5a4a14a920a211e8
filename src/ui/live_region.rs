//! The region that a screen reader announces: on the page from the start, and empty until there is news.
//!
//! [`crate::scene::run::spoken`] decides on the news and their pace. Nothing interrupts the first reading of the
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

/// What the region needs.
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
}

/// The region.
#[component]
pub fn LiveRegion(props: &LiveRegionProps) -> Html {
    let said = use_state(AttrValue::default);
    let speaker = use_mut_ref(Speaker::default);
    let waiting = use_mut_ref(|| None);
    let heard = use_mut_ref(|| 0);
    use_effect_with((props.readout.clone(), props.document.clone(), props.news.clone()), {
        let (said, driver) = (said.setter(), props.driver.clone());
        move |(readout, document, (number, text)): &(Rc<Readout>, Rc<Scenario>, (u32, AttrValue))| {
            if is_used(readout, &driver) {
                if heard.replace(*number) != *number {
                    speaker.borrow_mut().hear(text.as_str());
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
                // A paused run sends no more readouts, so a timer announces the news that waits for its turn.
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
