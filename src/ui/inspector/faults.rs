//! Faults by hand for a running service or link, one gesture each; the same gesture ends the fault. The inspector shows them,
//! and the stage shows them beside the thing.
//!
//! A fault by hand changes the run and not the document: no file has it, and a reset removes it.

use crate::editor::{Selection, Thing};
use crate::scenario::DroppedLegs;
use crate::scenario::topology::{LinkId, ServiceId};
use crate::scene::run::readout::Readout;
use crate::scene::run::strength::Strength;
use crate::sim::Intervention;
use crate::sim::view::LinkFault;
use crate::text::Id;
use crate::time::Span;
use crate::ui::callback::callback;
use crate::ui::driver::Driver;
use crate::{id, t};
use std::cell::Cell;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A callback that applies an intervention.
pub type Intervene = Callback<Intervention>;

type Of = fn(&Selection, &Driver, &Readout, &Intervene) -> Option<Html>;

thread_local! {
    static OF: Cell<Option<Of>> = const { Cell::new(None) };
}

/// Lets the stage show faults, too: their code is part of the inspector.
pub fn provide() {
    OF.set(Some(of));
}

/// The faults for the selection, like [`of`]; none until the code of the inspector has loaded.
pub fn on_stage(selection: &Selection, driver: &Driver, readout: &Readout, intervene: &Intervene) -> Option<Html> {
    OF.get()?(selection, driver, readout, intervene)
}

/// The faults for the selection; none for a client, for several things, and for a thing that is not part of the run.
pub fn of(selection: &Selection, driver: &Driver, readout: &Readout, intervene: &Intervene) -> Option<Html> {
    match selection.single()? {
        Thing::Service(id) => of_service(driver, id, readout, intervene),
        Thing::Link { from, to } => of_link(driver, from, to, intervene),
    }
}

/// A fault that one press begins and another ends.
#[derive(Clone, Copy)]
pub struct Toggle {
    /// Its name.
    pub name: Id,
    /// The text that ends it.
    pub end: Id,
    /// Whether it is active now.
    pub is_on: bool,
    /// The intervention of a press.
    pub intervention: Intervention,
}

/// The faults of one press for a thing of the run, at their usual strength; none for a client.
pub fn toggles(thing: &Thing, driver: &Driver) -> Vec<Toggle> {
    let usual = |strength: Strength, is_on: bool| strength.at(if is_on { 0 } else { strength.usual() });
    match thing {
        Thing::Service(id) => driver.service_id(id).and_then(|id| {
            let now = driver.with(|sim| sim.service_by_hand(id))?;
            let (is_slow, fails) = (Strength::Slow.stop(now.slow) > 0, Strength::Fail.stop(now.failing) > 0);
            Some(vec![
                down(id, now.down),
                Toggle {
                    name: id!("by-hand-slow"),
                    end: id!("by-hand-slow-back"),
                    is_on: is_slow,
                    intervention: Intervention::Slow(id, usual(Strength::Slow, is_slow)),
                },
                Toggle {
                    name: id!("by-hand-fail"),
                    end: id!("by-hand-fail-back"),
                    is_on: fails,
                    intervention: Intervention::Failing(id, usual(Strength::Fail, fails)),
                },
            ])
        }),
        Thing::Link { from, to } => driver.link_id(from, to).and_then(|id| {
            let now = driver.with(|sim| sim.link_by_hand(id))?;
            let is_late = Strength::Delay.stop(now.added_delay.as_millis_f64()) > 0;
            let late = Intervention::Delay(id, Span::from_nanos_f64(usual(Strength::Delay, is_late) * 1e6));
            let mut all = drops(id, now).to_vec();
            all.push(Toggle {
                name: id!("by-hand-delay"),
                end: id!("by-hand-delay-back"),
                is_on: is_late,
                intervention: late,
            });
            Some(all)
        }),
    }
    .unwrap_or_default()
}

fn down(id: ServiceId, is_on: bool) -> Toggle {
    Toggle {
        name: id!("by-hand-down"),
        end: id!("by-hand-down-back"),
        is_on,
        intervention: Intervention::Down(id, !is_on),
    }
}

/// Toggles that lose messages on a link with these faults.
fn drops(id: LinkId, now: LinkFault) -> [Toggle; 3] {
    let dropped = (now.drops_requests, now.drops_responses);
    let drop = |name, legs, is_on: bool| Toggle {
        name,
        end: id!("by-hand-link-back"),
        is_on,
        intervention: Intervention::Drop(id, (!is_on).then_some(legs)),
    };
    [
        drop(id!("by-hand-cut"), DroppedLegs::Both, dropped == (true, true)),
        drop(id!("by-hand-lose-requests"), DroppedLegs::Request, dropped == (true, false)),
        drop(id!("by-hand-lose-responses"), DroppedLegs::Response, dropped == (false, true)),
    ]
}

/// A button that looks pressed while its fault is active.
fn button(toggle: Toggle, intervene: &Intervene) -> Html {
    let Toggle { name, end, is_on, intervention } = toggle;
    let onclick = intervene.reform(move |_: MouseEvent| intervention);
    let title = is_on.then(|| end.text());
    html! { <button type="button" class="fault" aria-pressed={is_on.to_string()} {title} {onclick}>{ name.text() }</button> }
}

/// Explains how to end the active fault.
fn how_to_end(all: &[Toggle]) -> Html {
    html! {
        if let Some(Toggle { end, .. }) = all.iter().find(|toggle| toggle.is_on) {
            <p class="note">{ t!("by-hand-press-again", back = *end) }</p>
        }
    }
}

fn of_link(driver: &Driver, from: &str, to: &str, intervene: &Intervene) -> Option<Html> {
    let id = driver.link_id(from, to)?;
    // Only faults by hand: these buttons do not end scheduled ones.
    let now = driver.with(|sim| sim.link_by_hand(id))?;
    let [both, request, response] = drops(id, now);
    let delay = intervene.reform(move |ms: f64| Intervention::Delay(id, Span::from_nanos_f64(ms * 1e6)));
    Some(html! {
        <div class="faults" key={format!("{from}->{to}")}>
            { button(both, intervene) }
            <div class="fault-pair">
                { button(request, intervene) }
                { button(response, intervene) }
            </div>
            { how_to_end(&[both, request, response]) }
            <Slider name={id!("by-hand-slider-delay")} strength={Strength::Delay} value={now.added_delay.as_millis_f64()} act={delay} />
        </div>
    })
}

fn of_service(driver: &Driver, id: &str, readout: &Readout, intervene: &Intervene) -> Option<Html> {
    let service = driver.service_id(id).filter(|_| readout.client(id).is_none())?;
    let now = driver.with(|sim| sim.service_by_hand(service))?;
    let slow = intervene.reform(move |factor| Intervention::Slow(service, factor));
    let fail = intervene.reform(move |share| Intervention::Failing(service, share));
    Some(html! {
        <div class="faults" key={id.to_string()}>
            { button(down(service, now.down), intervene) }
            { how_to_end(&[down(service, now.down)]) }
            <Slider name={id!("by-hand-slider-slow")} strength={Strength::Slow} value={now.slow} act={slow} />
            <Slider name={id!("by-hand-slider-fail")} strength={Strength::Fail} value={now.failing} act={fail} />
        </div>
    })
}

/// A fault with a strength: a button for the usual strength, which also ends the fault, and a slider.
#[derive(Properties, PartialEq)]
struct SliderProps {
    name: Id,
    strength: Strength,
    /// The strength now.
    value: f64,
    act: Callback<f64>,
}

#[component]
fn Slider(props: &SliderProps) -> Html {
    let SliderProps { name, strength, value, act } = props;
    let strength = *strength;
    // The position of the handle during a drag. The fault begins on release, so that one gesture is one mark on the timeline.
    let held = use_state(|| None::<u32>);
    use_effect_with(value.to_bits(), {
        let held = held.setter();
        move |_| held.set(None)
    });
    let is_on = strength.stop(*value) > 0;
    let stop = held.unwrap_or_else(|| strength.stop(*value));
    let words = strength.words(if held.is_some() { strength.at(stop) } else { *value });
    let onclick = act.reform(move |_: MouseEvent| strength.at(if is_on { 0 } else { strength.usual() }));
    let oninput = callback!([held], move |e: InputEvent| held.set(Some(place_of(&e))));
    let onchange = act.reform(move |e: Event| strength.at(place_of(&e)));
    html! {
        <div class="strength">
            <button type="button" class="fault" aria-pressed={is_on.to_string()} {onclick}>{ name.text() }</button>
            <input type="range" min="0" max={strength.last().to_string()} value={stop.to_string()} {oninput} {onchange}
                aria-label={name.text()} aria-valuetext={words.clone()} />
            <output>{ words }</output>
        </div>
    }
}

fn place_of(event: &Event) -> u32 {
    event.target_unchecked_into::<HtmlInputElement>().value_as_number() as u32
}
