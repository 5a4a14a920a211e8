//! Two versions of a system in two tables: their different settings and their results.

use crate::editor::setting_name::{setting_name, thing_name};
use crate::scenario::difference::{Difference, differences};
use crate::scenario::{Link, Scenario, duration};
use crate::scene::run::contrast::{Contrast, contrasts};
use crate::scene::run::readout::Readout;
use crate::text::Id;
use crate::text::duration as span;
use crate::ui::driver::Driver;
use crate::{id, t};
use std::rc::Rc;
use yew::prelude::*;

/// The properties of [`Compare`].
#[derive(Properties, PartialEq)]
pub struct CompareProps {
    /// The run of the document.
    pub driver: Driver,
    /// The run of the baseline.
    pub baseline: Driver,
    /// The document.
    pub document: Rc<Scenario>,
    /// The baseline.
    pub pinned: Rc<Scenario>,
    /// The readout of the run: a new one means new results.
    pub readout: Rc<Readout>,
}

/// The tables.
#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let set = use_memo((props.pinned.clone(), props.document.clone()), |(a, b)| differences(a, b));
    let found = props.baseline.with(|before| props.driver.with(|after| contrasts(before, after, &props.document)));
    html! {
        <div class="compare" tabindex="0" role="group" aria-label={t!("dock-compare-label")}>
            <table>
                <caption>{ t!("dock-compare-settings") }</caption>
                { head(id!("dock-compare-setting")) }
                <tbody>
                    { for set.iter().map(|d| setting(d, &props.pinned, &props.document)) }
                    if set.is_empty() {
                        <tr><td colspan="3" class="note">{ t!("dock-compare-no-difference") }</td></tr>
                    }
                </tbody>
                <tfoot><tr><td colspan="3" class="note">{ t!("dock-compare-note") }</td></tr></tfoot>
            </table>
            <table>
                <caption>{ t!("dock-compare-results") }</caption>
                { head(id!("dock-compare-measure")) }
                <tbody>{ for found.iter().map(measure) }</tbody>
            </table>
        </div>
    }
}

fn head(first: Id) -> Html {
    html! { <thead><tr><th scope="col">{ first.text() }</th><th scope="col">{ t!("app-baseline") }</th><th scope="col">{ t!("app-current") }</th></tr></thead> }
}

fn setting(d: &Difference, before: &Scenario, after: &Scenario) -> Html {
    let name = |id: &str| after.services.iter().find(|s| s.id == id).map_or(id, |s| s.label()).to_string();
    let thing = match d.thing.split_once("->") {
        Some((from, to)) => format!("{} → {}", name(from), name(to)),
        None => name(&thing_name(&d.thing)),
    };
    let what = [thing, setting_name(&d.setting)].join(": ");
    html! {
        <tr>
            <th scope="row">{ what.trim_matches([':', ' ']).to_string() }</th>
            <td>{ value(d, d.before.as_deref(), before) }</td>
            <td>{ value(d, d.after.as_deref(), after) }</td>
        </tr>
    }
}

/// A value as a text. Without a value, the text says whether its policy is off.
fn value(d: &Difference, value: Option<&str>, version: &Scenario) -> String {
    let link = version.links.iter().find(|l| d.thing == format!("{}->{}", l.from, l.to));
    let rule = d.setting.split('.').next().unwrap_or_default();
    let is_missing = |link: &Link| match rule {
        "timeout" => link.timeout.is_none(),
        "retry" => link.retry.is_none(),
        "breaker" => link.breaker.is_none(),
        "bulkhead" => link.bulkhead.is_none(),
        "hedge" => link.hedge.is_none(),
        "deadline" => link.deadline.is_none(),
        "fallback" => link.fallback.is_none(),
        _ => false,
    };
    match (value, link) {
        (Some(""), _) => t!("dock-compare-present"),
        (Some(value), _) => duration::parse(value).map_or(value.to_string(), span),
        (None, Some(link)) if is_missing(link) => t!("dock-compare-without", rule = setting_name(rule)),
        (None, Some(_)) if !rule.is_empty() => t!("dock-compare-default"),
        (None, _) => "–".into(),
    }
}

fn measure(c: &Contrast) -> Html {
    let (class, sign) = match c.better {
        Some(true) => ("better", t!("dock-compare-better")),
        Some(false) => ("worse", t!("dock-compare-worse")),
        None => ("", String::new()),
    };
    html! {
        <tr>
            <th scope="row">{ c.measure.text() }</th>
            <td>{ &c.before }</td>
            <td {class}>{ &c.after }<small>{ " " }{ sign }</small></td>
        </tr>
    }
}
