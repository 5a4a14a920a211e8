//! The open panel of the dock.

use super::charts::Charts;
use super::compare::Compare;
use super::log::Log;
use super::request::Request;
use super::timeline::Timeline;
use crate::editor::{Checked, Selection};
use crate::scenario::Scenario;
use crate::scene::run::readout::Readout;
use crate::ui::driver::Driver;
use crate::ui::state::Tab;
use std::rc::Rc;
use yew::prelude::*;

/// The properties of [`Panel`].
#[derive(Clone, PartialEq)]
pub struct PanelProps {
    /// Which panel it is.
    pub tab: Tab,
    /// The document.
    pub document: Rc<Scenario>,
    /// The selection.
    pub selection: Selection,
    /// The request that is followed, by its intent.
    pub followed: Option<u64>,
    /// The version that the document is compared with.
    pub pinned: Option<Checked>,
    /// The run.
    pub driver: Driver,
    /// The run of the version that the document is compared with.
    pub baseline: Driver,
    /// The readout of the run.
    pub readout: Rc<Readout>,
}

/// The open panel.
pub fn panel(props: &PanelProps) -> Html {
    let PanelProps { tab, document, selection, followed, pinned, driver, baseline, readout } = props.clone();
    match tab {
        Tab::Timeline => html! { <Timeline {driver} {readout} {document} /> },
        Tab::Request => html! { <Request {driver} {readout} {document} intent={followed} /> },
        Tab::Charts => html! { <Charts {driver} {readout} {document} {selection} /> },
        Tab::Log => html! { <Log {driver} {readout} {document} {selection} {followed} /> },
        Tab::Compare => match pinned {
            Some(pinned) => {
                html! { <Compare {driver} {baseline} {document} pinned={pinned.document().clone()} {readout} /> }
            }
            None => html! {},
        },
    }
}
