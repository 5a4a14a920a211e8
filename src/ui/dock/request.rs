//! See the component.

use crate::scenario::Scenario;
use crate::scene::readout::Readout;
use crate::ui::driver::Driver;
use std::rc::Rc;
use yew::prelude::*;

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct RequestProps {
    /// The run.
    pub driver: Driver,
    /// What is read from it.
    pub readout: Rc<Readout>,
    /// The document.
    pub document: Rc<Scenario>,
    /// The request that is followed.
    pub intent: Option<u64>,
}

/// To come.
#[component]
pub fn Request(_props: &RequestProps) -> Html {
    html! {}
}
