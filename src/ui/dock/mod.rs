//! The dock under the stage: the controls of time, and below them what is open: the timeline, one request, charts, the log.

mod charts;
mod log;
mod request;
mod timeline;

use super::driver::Driver;
use super::state::{Action, App, State, Tab};
use super::transport::Transport;
use crate::scene::readout::Readout;
use std::rc::Rc;
use yew::prelude::*;

/// Every panel, in order, with its name.
const TABS: [(Tab, &str); 4] =
    [(Tab::Timeline, "Timeline"), (Tab::Request, "Request"), (Tab::Charts, "Charts"), (Tab::Log, "Log")];

/// The dock.
pub fn dock(state: &State, app: &App, driver: &Driver, readout: &Rc<Readout>) -> Html {
    let tab = |(tab, name): (Tab, &'static str)| {
        let app = app.clone();
        let onclick = Callback::from(move |_: MouseEvent| app.send(Action::ToggleTab(tab)));
        let is_open = state.tab == Some(tab);
        html! { <button type="button" class="tab" aria-expanded={is_open.to_string()} aria-controls="panel" {onclick}>{ name }</button> }
    };
    let open = TABS.iter().find(|(tab, _)| state.tab == Some(*tab));
    html! {
        <footer class="dock">
            <div class="dock-head">
                <Transport driver={driver.clone()} readout={readout.clone()} />
                <div class="tabs" role="group" aria-label="Show">{ for TABS.map(tab) }</div>
            </div>
            if let Some((tab, name)) = open {
                <section class="panel" id="panel" aria-label={*name}>{ panel(*tab, state, driver, readout) }</section>
            }
        </footer>
    }
}

fn panel(tab: Tab, state: &State, driver: &Driver, readout: &Rc<Readout>) -> Html {
    let (driver, readout) = (driver.clone(), readout.clone());
    let document = state.editor.document().clone();
    let selection = state.editor.selection().clone();
    match tab {
        Tab::Timeline => html! { <timeline::Timeline {driver} {readout} {document} /> },
        Tab::Request => html! { <request::Request {driver} {readout} {document} intent={state.followed} /> },
        Tab::Charts => html! { <charts::Charts {driver} {readout} {document} {selection} /> },
        Tab::Log => html! { <log::Log {driver} {readout} {document} {selection} followed={state.followed} /> },
    }
}
