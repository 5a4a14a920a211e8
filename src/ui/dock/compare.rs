//! Two versions of a system in two tables: what is set differently, and what comes of it.

use crate::scenario::Scenario;
use crate::scenario::difference::{Difference, differences};
use crate::scene::contrast::{Contrast, contrasts};
use crate::scene::readout::Readout;
use crate::sim::Simulation;
use crate::ui::driver::Driver;
use std::rc::Rc;
use yew::prelude::*;

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct CompareProps {
    /// The run of the document.
    pub driver: Driver,
    /// The run of the version that was kept.
    pub rival: Driver,
    /// The document.
    pub document: Rc<Scenario>,
    /// The version that was kept.
    pub pinned: Rc<Scenario>,
    /// What is read from the run: a sign that there is something new.
    pub readout: Rc<Readout>,
}

/// The tables.
#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let set = use_memo((props.pinned.clone(), props.document.clone()), |(a, b)| differences(a, b));
    let (before, after) = (props.rival.with(Simulation::report), props.driver.with(Simulation::report));
    html! {
        <div class="compare" tabindex="0" role="group" aria-label="The comparison">
            <table>
                <caption>{ "What is set differently" }</caption>
                { head("Setting") }
                <tbody>
                    { for set.iter().map(|d| setting(d, &props.document)) }
                    if set.is_empty() {
                        <tr><td colspan="3" class="note">{ "Nothing yet. Change a setting of B: both versions begin again, with the same seed, load and faults." }</td></tr>
                    }
                </tbody>
            </table>
            <table>
                <caption>{ "What comes of it" }</caption>
                { head("Measure") }
                <tbody>{ for contrasts(&before, &after, &props.document).iter().map(measure) }</tbody>
            </table>
        </div>
    }
}

fn head(what: &'static str) -> Html {
    html! { <thead><tr><th scope="col">{ what }</th><th scope="col">{ "A, kept" }</th><th scope="col">{ "B, now" }</th></tr></thead> }
}

fn setting(d: &Difference, document: &Scenario) -> Html {
    let name = |id: &str| document.services.iter().find(|s| s.id == id).map_or(id, |s| s.label()).to_string();
    let thing = match d.thing.split_once("->") {
        Some((from, to)) => format!("{} → {}", name(from), name(to)),
        None => name(&d.thing),
    };
    let what = [thing, d.setting.replace('_', " ").replace('.', ", ")].join(": ");
    let value = |v: &Option<String>| match v.as_deref() {
        None => "–".to_string(),
        Some("") => "there".to_string(),
        Some(value) => value.to_string(),
    };
    html! {
        <tr>
            <th scope="row">{ what.trim_matches([':', ' ']).to_string() }</th>
            <td>{ value(&d.before) }</td>
            <td>{ value(&d.after) }</td>
        </tr>
    }
}

fn measure(c: &Contrast) -> Html {
    let (class, sign) = match c.better {
        Some(true) => ("better", " ▲ better"),
        Some(false) => ("worse", " ▼ worse"),
        None => ("", ""),
    };
    html! {
        <tr>
            <th scope="row">{ &c.measure }</th>
            <td>{ &c.before }</td>
            <td {class}>{ &c.after }<small>{ sign }</small></td>
        </tr>
    }
}
