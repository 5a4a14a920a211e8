//! What the stage needs.

use super::remote::Remote;
use crate::editor::Selection;
use crate::gesture::StageEvent;
use crate::scenario::Scenario;
use crate::scene::run::readout::Readout;
use crate::ui::driver::Driver;
use crate::ui::theme::Looks;
use std::rc::Rc;
use yew::{Callback, Properties};

/// What the stage needs.
#[derive(Clone, Properties, PartialEq)]
pub struct StageProps {
    /// The system to draw.
    pub document: Rc<Scenario>,
    /// How many documents were opened before this one: a new one is fitted into the view.
    pub opened: u32,
    /// The selected things.
    pub selection: Selection,
    /// The run to draw.
    pub driver: Driver,
    /// The numbers of the run.
    pub readout: Rc<Readout>,
    /// The colours.
    pub looks: Looks,
    /// Does what the stage asks for.
    pub on: Callback<StageEvent>,
    /// Controls the stage from elsewhere.
    #[prop_or_default]
    pub remote: Option<Remote>,
    /// Whether this is the baseline of a comparison: it cannot be edited, and nothing floats over it.
    #[prop_or_default]
    pub is_baseline: bool,
}
