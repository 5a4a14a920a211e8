//! Finds what floats over the stage.

use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::room::{Float, FloatKind};
use web_sys::Element;

/// What may float over the stage, and how it limits the room there.
const FLOATS: [(&str, FloatKind); 6] = [
    (".palette", FloatKind::Panel),
    (".legend", FloatKind::Panel),
    (".stage-controls", FloatKind::Panel),
    (".nudge", FloatKind::Hint),
    (".caution-chip", FloatKind::Panel),
    (".minimap", FloatKind::Corner),
];
/// The part of the page that has them.
const AREA: &str = ".stage-area";

/// What floats over this stage, in its pixels. It makes the browser lay out the page.
pub fn floats_over(stage: &Element) -> Vec<Float> {
    FLOATS.into_iter().filter_map(|(selector, kind)| Some(Float { kind, rect: place(stage, selector)? })).collect()
}

/// Where it is, in pixels of the stage; `None` where it is not over it.
fn place(stage: &Element, selector: &str) -> Option<Rect> {
    let float: Element = stage.closest(AREA).ok().flatten()?.query_selector(selector).ok().flatten()?;
    let (on, it) = (stage.get_bounding_client_rect(), float.get_bounding_client_rect());
    let rect = Rect::new(Point::new(it.left() - on.left(), it.top() - on.top()), it.width(), it.height());
    let over = Rect::new(Point::default(), on.width(), on.height());
    (rect.width > 0.0 && over.touches(rect)).then_some(rect)
}
