//! Puts together what the canvas draws on.

use crate::scenario::Link;
use crate::scene::stage::holes;
use crate::ui::stage::drawn::Drawn;
use crate::ui::stage::handle::StageHandle;
use crate::ui::stage::paint::Scene;
use std::rc::Rc;
use yew::{hook, use_memo};

/// What the canvas draws on.
#[hook]
pub fn use_scene(drawn: &Drawn, handle: &StageHandle) -> Scene {
    let Drawn { document, readout, layout, .. } = drawn;
    let links = use_memo(document.clone(), |document| document.links.iter().map(Link::id).collect::<Rc<[String]>>());
    let seen = (document.clone(), readout.clone(), layout.clone());
    let holes = use_memo(seen, |(document, readout, layout)| holes::holes(document, layout, readout));
    let view = handle.state().view;
    Scene { layout: layout.0.clone(), links: (*links).clone(), viewport: view.viewport, size: view.size(), holes }
}
