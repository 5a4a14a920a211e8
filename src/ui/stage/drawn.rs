//! What the stage draws: the system in the direction that fits the stage, its layout, its numbers and its warnings.

use super::caution::{Cautions, use_cautions};
use super::handle::StageHandle;
use super::props::StageProps;
use crate::gesture::{Board, StageEvent};
use crate::scenario::Scenario;
use crate::scene::run::readout::Readout;
use crate::scene::stage::layout::Layout;
use crate::scene::stage::turn;
use crate::scene::stage::view::Direction;
use crate::ui::same::Same;
use std::rc::Rc;
use yew::{hook, use_memo};

/// What the stage draws.
pub struct Drawn {
    /// The system, turned where the stage is narrow.
    pub document: Same<Scenario>,
    /// The numbers of the run.
    pub readout: Same<Readout>,
    /// Where everything is, with dragged boxes where the pointer has them.
    pub layout: Same<Layout>,
    /// The marks of warnings.
    pub cautions: Same<Cautions>,
}

/// Lays the system out, and has the state of the stage follow.
#[hook]
pub fn use_drawn(props: &StageProps, handle: &StageHandle) -> Drawn {
    let direction = handle.state().view.direction();
    let document = use_memo((Same(props.document.clone()), direction), |(document, direction)| match direction {
        Direction::Across => document.clone(),
        Direction::Down => Same(Rc::new(turn::turned(document))),
    });
    let document = (*document).clone();
    let on = match direction {
        Direction::Across => props.on.clone(),
        Direction::Down => props.on.reform(StageEvent::turned_back),
    };
    let (moved, before) = (handle.state().hand.moved(), handle.state().board.layout.clone());
    let layout = Same(use_memo((document.clone(), moved), |(document, moved)| Layout::after(&before, document, moved)));
    let cautions = Same(use_cautions(&document, &layout, props.is_baseline));
    let board = Board {
        original: props.document.clone(),
        document: document.0.clone(),
        layout: layout.0.clone(),
        selection: props.selection.clone(),
        readout: props.readout.clone(),
        is_baseline: props.is_baseline,
    };
    handle.state_mut().follow(board, &cautions.0, &props.driver, &on);
    Drawn { document, readout: Same(props.readout.clone()), layout, cautions }
}
