//! What can be done to a running thing by hand, one gesture each; the same gesture takes it back. The inspector shows
//! it, and the stage beside the thing.
//!
//! This changes the run, not the document: it is not saved, and a reset forgets it.

use crate::editor::Selection;
use crate::scenario::DroppedLegs;
use crate::scene::readout::Readout;
use crate::scene::strength::Strength;
use crate::sim::Intervention;
use crate::time::Span;
use crate::ui::driver::Driver;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What can be done to what is selected; nothing where it is a client, or not part of the run. `brief` is for the
/// stage, where there is little room.
pub fn of(selection: &Selection, driver: &Driver, readout: &Readout, brief: bool) -> Option<Html> {
    match selection {
        Selection::None => None,
        Selection::Service(id) => of_service(driver, id, readout, brief),
        Selection::Link { from, to } => of_link(driver, from, to, readout, brief),
    }
}

/// A button that is pressed while its fault lasts.
fn toggle(name: &'static str, is_on: bool, driver: &Driver, then: Intervention) -> Html {
    let driver = driver.clone();
    let onclick = Callback::from(move |_: MouseEvent| driver.apply(then));
    html! { <button type="button" class="fault" aria-pressed={is_on.to_string()} {onclick}>{ name }</button> }
}

fn of_link(driver: &Driver, from: &str, to: &str, readout: &Readout, brief: bool) -> Option<Html> {
    let id = driver.link_id(from, to)?;
    let key = format!("{from}->{to}");
    let now = readout.link(id.index(), &key);
    let dropped = now.map_or((false, false), |l| (l.view.drops_requests, l.view.drops_responses));
    let added = now.map_or(Span::ZERO, |l| l.view.added_delay);
    let drop_button =
        |name, legs, is_on: bool| toggle(name, is_on, driver, Intervention::Drop(id, (!is_on).then_some(legs)));
    let delay = act(driver, move |ms| Intervention::Delay(id, Span::from_nanos_f64(ms * 1e6)));
    Some(html! {
        <div class="faults" {key}>
            { drop_button(if brief { "Cut" } else { "Cut the link" }, DroppedLegs::Both, dropped == (true, true)) }
            <div class="fault-pair">
                { drop_button("Lose requests", DroppedLegs::Request, dropped == (true, false)) }
                { drop_button("Lose responses", DroppedLegs::Response, dropped == (false, true)) }
            </div>
            <Slider name="Delay" strength={Strength::Delay} value={added.as_millis_f64()} act={delay} />
        </div>
    })
}

fn of_service(driver: &Driver, id: &str, readout: &Readout, brief: bool) -> Option<Html> {
    let service = driver.service_id(id).filter(|_| readout.client(id).is_none())?;
    let view = &readout.service(service.index(), id)?.view;
    let slow = act(driver, move |factor| Intervention::Slow(service, factor));
    let fail = act(driver, move |share| Intervention::Failing(service, share));
    let down = if brief { "Take down" } else { "Take it down" };
    Some(html! {
        <div class="faults" key={id.to_string()}>
            { toggle(down, view.down, driver, Intervention::Down(service, !view.down)) }
            <Slider name="Slow" strength={Strength::Slow} value={view.slow} act={slow} />
            <Slider name="Fail" strength={Strength::Fail} value={view.failing} act={fail} />
        </div>
    })
}

fn act(driver: &Driver, what: impl Fn(f64) -> Intervention + 'static) -> Callback<f64> {
    let driver = driver.clone();
    Callback::from(move |value| driver.apply(what(value)))
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
