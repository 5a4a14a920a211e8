//! See the component.

use crate::editor::Selection;
use crate::scenario::Scenario;
use crate::scene::readout::Readout;
use crate::ui::driver::Driver;
use std::rc::Rc;
use yew::prelude::*;

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct LogProps {
    /// The run.
    pub driver: Driver,
    /// What is read from it.
    pub readout: Rc<Readout>,
    /// The document.
    pub document: Rc<Scenario>,
    /// What is selected.
    pub selection: Selection,
    /// The request that is followed.
    pub followed: Option<u64>,
}

/// To come.
#[component]
pub fn Log(_props: &LogProps) -> Html {
    html! {}
}
