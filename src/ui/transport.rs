//! The controls of time: play, pause, step, back to the start, the speed, and the simulated time.

use super::callback::callback;
use super::driver::Driver;
use super::run::Moment;
use super::{icon, keycaps};
use crate::scene::run::readout::{Halt, Readout};
use crate::text::{self, Id};
use crate::{id, t};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The properties of [`Transport`].
#[derive(Properties, PartialEq)]
pub struct TransportProps {
    /// The run.
    pub driver: Driver,
    /// The readout of the run.
    pub readout: Rc<Readout>,
}

/// The row of controls under the stage.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let TransportProps { driver, readout } = props;
    let (name, picture) =
        if readout.playing { (t!("time-pause"), icon::pause()) } else { (t!("time-play"), icon::play()) };
    html! {
        <div class="transport" role="group" aria-label={t!("time-group")}>
            { button("quiet", &t!("time-reset"), "", icon::reset(), driver, Driver::reset) }
            { button("quiet", &t!("time-step-back"), ",", icon::step_back(), driver, |driver| driver.go_to(Moment::EventBefore)) }
            { button("main play", &name, "Space", picture, driver, toggle) }
            { button("quiet", &t!("time-step"), ".", icon::step(), driver, Driver::step) }
            <output class="time" aria-label={t!("time-now")}>{ clock(readout) }</output>
            <Speed driver={driver.clone()} speed={readout.speed} />
            if let Some(note) = note(readout) {
                <span class="note" role="status">{ note.text() }</span>
            }
        </div>
    }
}

/// A button for the run; `keys` do the same.
fn button(class: &'static str, name: &str, keys: &str, picture: Html, driver: &Driver, act: fn(&Driver)) -> Html {
    let onclick = callback!([driver], move |_: MouseEvent| act(&driver));
    let title =
        if keys.is_empty() { name.to_owned() } else { t!("bar-with-keys", name = name, keys = keycaps::text(keys)) };
    html! { <button type="button" {class} {title} aria-label={name.to_owned()} {onclick}>{ picture }</button> }
}

/// Plays or pauses the run.
pub fn toggle(driver: &Driver) {
    if driver.playing() { driver.pause() } else { driver.play() }
}

fn note(readout: &Readout) -> Option<Id> {
    match readout.stopped {
        Some(Halt::Overflow) => Some(id!("time-overflow")),
        Some(Halt::Stuck) => Some(id!("time-stuck")),
        None if readout.behind => Some(id!("time-behind")),
        None => None,
    }
}

/// Milliseconds matter in slow motion only.
fn clock(readout: &Readout) -> String {
    text::seconds(readout.time.since_start(), if readout.speed >= 20.0 { 1 } else { 3 })
}

#[derive(Properties, PartialEq)]
struct SpeedProps {
    driver: Driver,
    speed: f64,
}

#[component]
fn Speed(props: &SpeedProps) -> Html {
    let driver = &props.driver;
    let oninput = callback!([driver], move |e: InputEvent| {
        let place = e.target_unchecked_into::<HtmlInputElement>().value_as_number();
        driver.set_speed(speed_at(place));
    });
    let speed = in_words(props.speed);
    html! {
        <label class="speed">
            <span>{ t!("time-speed") }</span>
            <input type="range" min="-3" max="3" step="0.05" value={place_of(props.speed).to_string()} {oninput}
                aria-label={t!("time-speed")} aria-valuetext={speed.clone()} />
            <output>{ speed }</output>
        </label>
    }
}

/// The speed at a place of the slider, from -3 to 3: a power of ten, which snaps to ×1 in the middle.
fn speed_at(place: f64) -> f64 {
    if place.abs() < 0.12 { 1.0 } else { libm::pow(10.0, place) }
}

fn place_of(speed: f64) -> f64 {
    libm::round(libm::log10(speed) * 20.0) / 20.0
}

/// `× 1/4` below one, `× 20` above.
fn in_words(speed: f64) -> String {
    let round = |n: f64| if n < 10.0 { libm::round(n * 10.0) / 10.0 } else { libm::round(n) };
    if speed < 0.995 {
        format!("× 1/{}", text::number(round(1.0 / speed)))
    } else {
        format!("× {}", text::number(round(speed)))
    }
}
