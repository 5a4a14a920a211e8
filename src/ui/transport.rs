//! Play, pause, step, back to the start, how fast, and when it is.

use super::driver::Driver;
use super::icon;
use super::run::Moment;
use crate::scene::run::readout::{Halt, Readout};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the transport needs.
#[derive(Properties, PartialEq)]
pub struct TransportProps {
    /// The run.
    pub driver: Driver,
    /// What is read from it.
    pub readout: Rc<Readout>,
}

/// The row of controls under the stage.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let TransportProps { driver, readout } = props;
    let act = |what: fn(&Driver)| {
        let driver = driver.clone();
        Callback::from(move |_: MouseEvent| what(&driver))
    };
    let (name, picture) = if readout.playing { ("Pause", icon::pause()) } else { ("Play", icon::play()) };
    html! {
        <div class="transport" role="group" aria-label="Time">
            <button type="button" class="quiet" title="Back to the start" aria-label="Back to the start" onclick={act(Driver::reset)}>{ icon::reset() }</button>
            <button type="button" class="quiet" title="To the previous event (,)" aria-label="To the previous event" onclick={act(|driver| driver.go_to(Moment::EventBefore))}>{ icon::step_back() }</button>
            <button type="button" class="main play" title={format!("{name} (Space)")} aria-label={name} onclick={act(toggle)}>{ picture }</button>
            <button type="button" class="quiet" title="To the next event (.)" aria-label="To the next event" onclick={act(Driver::step)}>{ icon::step() }</button>
            <output class="time" aria-label="Simulated time">{ clock(readout) }</output>
            <Speed driver={driver.clone()} speed={readout.speed} />
            if let Some(note) = note(readout) {
                <span class="note" role="status">{ note }</span>
            }
        </div>
    }
}

/// Plays what stands, and stops what runs.
pub fn toggle(driver: &Driver) {
    if driver.playing() { driver.pause() } else { driver.play() }
}

fn note(readout: &Readout) -> Option<&'static str> {
    match readout.stopped {
        Some(Halt::Overflow) => Some("Too much is in flight to go on. Start again with less load."),
        Some(Halt::Stuck) => Some("The system does not get past this moment. Start again."),
        None if readout.behind => Some("Too many events for this speed."),
        None => None,
    }
}

/// Milliseconds matter in slow motion only.
fn clock(readout: &Readout) -> String {
    let seconds = readout.time.since_start().as_secs_f64();
    if readout.speed >= 20.0 { format!("{seconds:.1} s") } else { format!("{seconds:.3} s") }
}

#[derive(Properties, PartialEq)]
struct SpeedProps {
    driver: Driver,
    speed: f64,
}

#[component]
fn Speed(props: &SpeedProps) -> Html {
    let oninput = {
        let driver = props.driver.clone();
        Callback::from(move |e: InputEvent| {
            let place = e.target_unchecked_into::<HtmlInputElement>().value_as_number();
            driver.set_speed(speed_at(place));
        })
    };
    let speed = in_words(props.speed);
    html! {
        <label class="speed">
            <span>{ "Speed" }</span>
            <input type="range" min="-3" max="3" step="0.05" value={place_of(props.speed).to_string()} {oninput}
                aria-label="Speed" aria-valuetext={speed.clone()} />
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
    if speed < 0.995 { format!("× 1/{}", round(1.0 / speed)) } else { format!("× {}", round(speed)) }
}
