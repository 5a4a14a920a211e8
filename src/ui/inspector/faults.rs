//! What can be done to a running thing by hand, one gesture each; the same gesture takes it back. The inspector shows
//! it, and the stage beside the thing.
//!
//! This changes the run, not the document: it is not saved, and a reset forgets it.

use crate::editor::{Selection, Thing};
use crate::scenario::DroppedLegs;
use crate::scene::readout::Readout;
use crate::scene::strength::Strength;
use crate::sim::Intervention;
use crate::time::Span;
use crate::ui::driver::Driver;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Where a press goes.
pub struct Hand {
    /// Does it.
    pub act: Callback<Intervention>,
    /// For the stage, where there is little room.
    pub brief: bool,
}

/// What can be done to what is selected; nothing where it is a client, not part of the run, or several things.
pub fn of(selection: &Selection, driver: &Driver, readout: &Readout, hand: &Hand) -> Option<Html> {
    match selection.single()? {
        Thing::Service(id) => of_service(driver, id, readout, hand),
        Thing::Link { from, to } => of_link(driver, from, to, hand),
    }
}

/// A button that is pressed while its fault lasts.
fn toggle(name: &'static str, is_on: bool, hand: &Hand, then: Intervention) -> Html {
    let onclick = hand.act.reform(move |_: MouseEvent| then);
    html! { <button type="button" class="fault" aria-pressed={is_on.to_string()} {onclick}>{ name }</button> }
}

fn of_link(driver: &Driver, from: &str, to: &str, hand: &Hand) -> Option<Html> {
    let id = driver.link_id(from, to)?;
    // What the schedule does is not for these buttons to take back.
    let (requests, responses, added) = driver.with(|sim| sim.link_by_hand(id))?;
    let dropped = (requests, responses);
    let drop_button =
        |name, legs, is_on: bool| toggle(name, is_on, hand, Intervention::Drop(id, (!is_on).then_some(legs)));
    let delay = hand.act.reform(move |ms: f64| Intervention::Delay(id, Span::from_nanos_f64(ms * 1e6)));
    let cut = if hand.brief { "Cut" } else { "Cut the link" };
    Some(html! {
        <div class="faults" key={format!("{from}->{to}")}>
            { drop_button(cut, DroppedLegs::Both, dropped == (true, true)) }
            <div class="fault-pair">
                { drop_button("Lose requests", DroppedLegs::Request, dropped == (true, false)) }
                { drop_button("Lose responses", DroppedLegs::Response, dropped == (false, true)) }
            </div>
            <Slider name="Delay" strength={Strength::Delay} value={added.as_millis_f64()} act={delay} />
        </div>
    })
}

fn of_service(driver: &Driver, id: &str, readout: &Readout, hand: &Hand) -> Option<Html> {
    let service = driver.service_id(id).filter(|_| readout.client(id).is_none())?;
    let (is_down, slow_now, failing) = driver.with(|sim| sim.service_by_hand(service))?;
    let slow = hand.act.reform(move |factor| Intervention::Slow(service, factor));
    let fail = hand.act.reform(move |share| Intervention::Failing(service, share));
    let down = if hand.brief { "Take down" } else { "Take it down" };
    Some(html! {
        <div class="faults" key={id.to_string()}>
            { toggle(down, is_down, hand, Intervention::Down(service, !is_down)) }
            <Slider name="Slow" strength={Strength::Slow} value={slow_now} act={slow} />
            <Slider name="Fail" strength={Strength::Fail} value={failing} act={fail} />
        </div>
    })
}

/// A fault with a strength: a button for the usual one, which takes it back when it is pressed again, and a slider.
#[derive(Properties, PartialEq)]
struct SliderProps {
    name: &'static str,
    strength: Strength,
    /// As it is now.
    value: f64,
    act: Callback<f64>,
}

#[component]
fn Slider(props: &SliderProps) -> Html {
    let SliderProps { name, strength, value, act } = props;
    let strength = *strength;
    // Where the handle is held: the fault begins when it is let go, so that one gesture is one mark on the timeline.
    let held = use_state(|| None::<u32>);
    use_effect_with(value.to_bits(), {
        let held = held.setter();
        move |_| held.set(None)
    });
    let is_on = strength.stop(*value) > 0;
    let stop = held.unwrap_or_else(|| strength.stop(*value));
    let words = strength.words(if held.is_some() { strength.at(stop) } else { *value });
    let onclick = act.reform(move |_: MouseEvent| strength.at(if is_on { 0 } else { strength.usual() }));
    let oninput = {
        let held = held.setter();
        Callback::from(move |e: InputEvent| held.set(Some(place_of(&e))))
    };
    let onchange = act.reform(move |e: Event| strength.at(place_of(&e)));
    html! {
        <div class="strength">
            <button type="button" class="fault" aria-pressed={is_on.to_string()} {onclick}>{ *name }</button>
            <input type="range" min="0" max={strength.last().to_string()} value={stop.to_string()} {oninput} {onchange}
                aria-label={*name} aria-valuetext={words.clone()} />
            <output>{ words }</output>
        </div>
    }
}

fn place_of(event: &Event) -> u32 {
    event.target_unchecked_into::<HtmlInputElement>().value_as_number() as u32
}
