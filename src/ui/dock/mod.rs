//! The dock under the stage: the controls of time, and below them the open panel: the timeline, one request, charts, the log
//! or the comparison.

mod charts;
mod compare;
mod log;
pub mod panel;
mod plots;
mod request;
mod timeline;

use super::driver::Driver;
use super::lazy::{Lazy, View};
use super::state::{App, State, Tab, Update};
use super::transport::Transport;
use crate::scene::run::readout::Readout;
use crate::text::Id;
use crate::{id, t};
use panel::PanelProps;
use std::rc::Rc;
use yew::prelude::*;

/// Every panel, in order, with its name.
const TABS: [(Tab, Id); 5] = [
    (Tab::Timeline, id!("dock-tab-timeline")),
    (Tab::Request, id!("dock-tab-request")),
    (Tab::Charts, id!("dock-tab-charts")),
    (Tab::Log, id!("dock-tab-log")),
    (Tab::Compare, id!("dock-tab-compare")),
];

/// The dock. `baseline` is the run of the version that the document is compared with.
pub fn dock(state: &State, app: &App, driver: &Driver, baseline: &Driver, readout: &Rc<Readout>) -> Html {
    let tab = |(tab, name): (Tab, Id)| {
        let onclick = app.sends::<MouseEvent>(move || Update::ToggleTab(tab));
        let is_open = state.tab == Some(tab);
        html! { <button type="button" class="tab" aria-expanded={is_open.to_string()} aria-controls="panel" {onclick}>{ name.text() }</button> }
    };
    let is_there = |(tab, _): &(Tab, Id)| *tab != Tab::Compare || state.pinned.is_some();
    let open = TABS.iter().find(|(tab, _)| state.tab == Some(*tab));
    let panel = |tab: Tab| {
        let view = View::Panel(PanelProps {
            tab,
            document: state.editor.document().clone(),
            selection: state.editor.selection().clone(),
            followed: state.followed,
            pinned: state.pinned.clone(),
            driver: driver.clone(),
            baseline: baseline.clone(),
            readout: readout.clone(),
        });
        html! { <Lazy {view} /> }
    };
    html! {
        <footer class="dock">
            <div class="dock-head">
                <Transport driver={driver.clone()} readout={readout.clone()} />
                <div class="tabs" role="group" aria-label={t!("dock-show")}>{ for TABS.into_iter().filter(is_there).map(tab) }</div>
            </div>
            if let Some((tab, name)) = open {
                <section class="panel" id="panel" aria-label={name.text()}>
                    { panel(*tab) }
                </section>
            }
        </footer>
    }
}
