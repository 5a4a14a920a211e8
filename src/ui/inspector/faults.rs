//! What can be done to a running thing by hand, one gesture each; the same gesture takes it back. The inspector shows
//! it, and the stage beside the thing.
//!
//! This changes the run, not the document: it is not saved, and a reset forgets it.

use crate::editor::{Selection, Thing};
use crate::scenario::DroppedLegs;
use crate::scenario::topology::{LinkId, ServiceId};
use crate::scene::run::readout::Readout;
use crate::scene::run::strength::Strength;
use crate::sim::Intervention;
use crate::sim::view::LinkFault;
use crate::time::Span;
use crate::ui::driver::Driver;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Where a press goes.
pub type Hand = Callback<Intervention>;

/// What can be done to what is selected; nothing where it is a client, not part of the run, or several things.
pub fn of(selection: &Selection, driver: &Driver, readout: &Readout, hand: &Hand) -> Option<Html> {
    match selection.single()? {
        Thing::Service(id) => of_service(driver, id, readout, hand),
        Thing::Link { from, to } => of_link(driver, from, to, hand),
    }
}

/// A fault that one press brings, and another takes back.
#[derive(Clone, Copy)]
pub struct Toggle {
    /// What it is called.
    pub name: &'static str,
    /// What takes it back.
    pub back: &'static str,
    /// Whether it lasts now.
    pub is_on: bool,
    /// What a press does.
    pub then: Intervention,
}

/// What one press can do to a thing of the run, the strong ones as strong as they usually are; nothing to a client.
pub fn toggles(thing: &Thing, driver: &Driver) -> Vec<Toggle> {
    let usual = |strength: Strength, is_on: bool| strength.at(if is_on { 0 } else { strength.usual() });
    match thing {
        Thing::Service(id) => driver.service_id(id).and_then(|id| {
            let now = driver.with(|sim| sim.service_by_hand(id))?;
            let (is_slow, fails) = (Strength::Slow.stop(now.slow) > 0, Strength::Fail.stop(now.failing) > 0);
            Some(vec![
                down(id, now.down),
                Toggle {
                    name: "Slow it down",
                    back: "Let it work as usual",
                    is_on: is_slow,
                    then: Intervention::Slow(id, usual(Strength::Slow, is_slow)),
                },
                Toggle {
                    name: "Make it fail",
                    back: "Let it answer again",
                    is_on: fails,
                    then: Intervention::Failing(id, usual(Strength::Fail, fails)),
                },
            ])
        }),
        Thing::Link { from, to } => driver.link_id(from, to).and_then(|id| {
            let now = driver.with(|sim| sim.link_by_hand(id))?;
            let is_late = Strength::Delay.stop(now.added_delay.as_millis_f64()) > 0;
            let late = Intervention::Delay(id, Span::from_nanos_f64(usual(Strength::Delay, is_late) * 1e6));
            let mut all = drops(id, now).to_vec();
            all.push(Toggle { name: "Add a delay", back: "Take the delay away", is_on: is_late, then: late });
            Some(all)
        }),
    }
    .unwrap_or_default()
}

fn down(id: ServiceId, is_on: bool) -> Toggle {
    Toggle { name: "Take it down", back: "Bring it back up", is_on, then: Intervention::Down(id, !is_on) }
}

/// Toggles that lose messages on a link with these faults.
fn drops(id: LinkId, now: LinkFault) -> [Toggle; 3] {
    let dropped = (now.drops_requests, now.drops_responses);
    let drop = |name, legs, is_on: bool| Toggle {
        name,
        back: "Mend the link",
        is_on,
        then: Intervention::Drop(id, (!is_on).then_some(legs)),
    };
    [
        drop("Cut the link", DroppedLegs::Both, dropped == (true, true)),
        drop("Lose requests", DroppedLegs::Request, dropped == (true, false)),
        drop("Lose responses", DroppedLegs::Response, dropped == (false, true)),
    ]
}

/// A button that is pressed while its fault lasts.
fn button(toggle: Toggle, hand: &Hand) -> Html {
    let Toggle { name, back, is_on, then } = toggle;
    let onclick = hand.reform(move |_: MouseEvent| then);
    let title = is_on.then_some(back);
    html! { <button type="button" class="fault" aria-pressed={is_on.to_string()} {title} {onclick}>{ name }</button> }
}

/// Says how what is pressed is taken back.
fn way_back(all: &[Toggle]) -> Html {
    html! {
        if let Some(Toggle { back, .. }) = all.iter().find(|toggle| toggle.is_on) {
            <p class="note">{ format!("{back}: press it again.") }</p>
        }
    }
}

fn of_link(driver: &Driver, from: &str, to: &str, hand: &Hand) -> Option<Html> {
    let id = driver.link_id(from, to)?;
    // What the schedule does is not for these buttons to take back.
    let now = driver.with(|sim| sim.link_by_hand(id))?;
    let [both, request, response] = drops(id, now);
    let delay = hand.reform(move |ms: f64| Intervention::Delay(id, Span::from_nanos_f64(ms * 1e6)));
    Some(html! {
        <div class="faults" key={format!("{from}->{to}")}>
            { button(both, hand) }
            <div class="fault-pair">
                { button(request, hand) }
                { button(response, hand) }
            </div>
            { way_back(&[both, request, response]) }
            <Slider name="Extra delay" strength={Strength::Delay} value={now.added_delay.as_millis_f64()} act={delay} />
        </div>
    })
}

fn of_service(driver: &Driver, id: &str, readout: &Readout, hand: &Hand) -> Option<Html> {
    let service = driver.service_id(id).filter(|_| readout.client(id).is_none())?;
    let now = driver.with(|sim| sim.service_by_hand(service))?;
    let slow = hand.reform(move |factor| Intervention::Slow(service, factor));
    let fail = hand.reform(move |share| Intervention::Failing(service, share));
    Some(html! {
        <div class="faults" key={id.to_string()}>
            { button(down(service, now.down), hand) }
            { way_back(&[down(service, now.down)]) }
            <Slider name="Slow" strength={Strength::Slow} value={now.slow} act={slow} />
            <Slider name="Fail" strength={Strength::Fail} value={now.failing} act={fail} />
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
