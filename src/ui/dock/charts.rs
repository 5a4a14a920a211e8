//! See the component.

use crate::editor::Selection;
use crate::scenario::Scenario;
use crate::scene::readout::Readout;
use crate::ui::driver::Driver;
use std::rc::Rc;
use yew::prelude::*;

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct ChartsProps {
    /// The run.
    pub driver: Driver,
    /// What is read from it.
    pub readout: Rc<Readout>,
    /// The document.
    pub document: Rc<Scenario>,
    /// What is selected.
    pub selection: Selection,
}

/// To come.
#[component]
pub fn Charts(_props: &ChartsProps) -> Html {
    html! {}
}
