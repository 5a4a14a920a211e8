//! What can be done to a running thing by hand, one gesture each; the same gesture takes it back.
//!
//! This changes the run, not the document: it is not saved, and a reset forgets it.

use crate::scenario::DroppedLegs;
use crate::scene::readout::{LinkReadout, ServiceReadout};
use crate::sim::Intervention;
use crate::time::Span;
use crate::ui::driver::Driver;
use yew::prelude::*;

/// How much a link is delayed by one press: enough for every timeout of the ready systems.
const DELAYS: [Span; 3] = [Span::millis(500), Span::secs(2), Span::secs(10)];
/// How much slower a slow service works.
const SLOWDOWNS: [f64; 3] = [4.0, 10.0, 100.0];
/// How often a failing service fails.
const FAILURES: [f64; 3] = [0.2, 0.5, 1.0];

/// A button that is pressed while its fault lasts.
fn toggle(name: &str, is_on: bool, act: Callback<()>) -> Html {
    let onclick = act.reform(|_: MouseEvent| ());
    html! { <button type="button" class="fault" aria-pressed={is_on.to_string()} {onclick}>{ name }</button> }
}

/// A strength among a few; `None` is at rest.
fn strengths(name: &str, options: &[(String, bool)], press: Callback<usize>) -> Html {
    html! {
        <div class="fault-row" role="group" aria-label={name.to_string()}>
            <span aria-hidden="true">{ name }</span>
            for (i, (text, is_on)) in options.iter().enumerate() {
                <button type="button" class="fault" aria-pressed={is_on.to_string()}
                    aria-label={format!("{name} {text}")} onclick={press.reform(move |_: MouseEvent| i)}>{ text }</button>
            }
        </div>
    }
}

/// What can be done to a link.
pub fn of_link(driver: &Driver, from: &str, to: &str, now: Option<&LinkReadout>) -> Html {
    let Some(id) = driver.link_id(from, to) else { return html! {} };
    let dropped = now.map_or((false, false), |l| (l.view.drops_requests, l.view.drops_responses));
    let added = now.map_or(Span::ZERO, |l| l.view.added_delay);
    let drop_button = |name, legs, is_on: bool| {
        let driver = driver.clone();
        let act = move |()| driver.apply(Intervention::Drop(id, (!is_on).then_some(legs)));
        toggle(name, is_on, Callback::from(act))
    };
    let delays: Vec<_> = DELAYS.iter().map(|d| (d.to_string(), added == *d)).collect();
    let press = {
        let driver = driver.clone();
        Callback::from(move |i: usize| {
            let chosen = DELAYS.get(i).copied().filter(|d| *d != added).unwrap_or(Span::ZERO);
            driver.apply(Intervention::Delay(id, chosen));
        })
    };
    html! {
        <div class="faults">
            { drop_button("Cut the link", DroppedLegs::Both, dropped == (true, true)) }
            <div class="fault-pair">
                { drop_button("Lose requests", DroppedLegs::Request, dropped == (true, false)) }
                { drop_button("Lose responses", DroppedLegs::Response, dropped == (false, true)) }
            </div>
            { strengths("Delay", &delays, press) }
        </div>
    }
}

/// What can be done to a service.
pub fn of_service(driver: &Driver, id: &str, now: Option<&ServiceReadout>) -> Html {
    let Some(service) = driver.service_id(id) else { return html! {} };
    let (down, slow, failing) = now.map_or((false, 1.0, 0.0), |s| (s.view.down, s.view.slow, s.view.failing));
    let take_down = {
        let driver = driver.clone();
        Callback::from(move |()| driver.apply(Intervention::Down(service, !down)))
    };
    let same = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let slower: Vec<_> = SLOWDOWNS.iter().map(|f| (format!("×{f}"), same(slow, *f))).collect();
    let press_slow = {
        let driver = driver.clone();
        Callback::from(move |i: usize| {
            let factor = SLOWDOWNS.get(i).copied().filter(|f| !same(*f, slow)).unwrap_or(1.0);
            driver.apply(Intervention::Slow(service, factor));
        })
    };
    let failures: Vec<_> = FAILURES.iter().map(|p| (format!("{} %", p * 100.0), same(failing, *p))).collect();
    let press_fail = {
        let driver = driver.clone();
        Callback::from(move |i: usize| {
            let probability = FAILURES.get(i).copied().filter(|p| !same(*p, failing)).unwrap_or(0.0);
            driver.apply(Intervention::Failing(service, probability));
        })
    };
    html! {
        <div class="faults">
            { toggle("Take it down", down, take_down) }
            { strengths("Slow it down", &slower, press_slow) }
            { strengths("Make it fail", &failures, press_fail) }
        </div>
    }
}
