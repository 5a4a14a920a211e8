//! Names the mark under the pointer, under a finger, or on the link that has the focus of the keyboard.
//!
//! What a mark is called is said by [`crate::scene::stage::marks`]. The words stand in an element of their own outside of Yew,
//! because they follow the pointer; nothing of it exists before the first name is shown.

use super::Shared;
use super::live::Live;
use crate::scene::stage::flow::quickest;
use crate::scene::stage::geometry::Point;
use crate::scene::stage::marks::Shown;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The words, and what they are about.
pub struct Tip {
    element: HtmlElement,
    /// Where they stand, in pixels of the window.
    at: Point,
    about: About,
}

/// What the words are about.
#[derive(Clone, Copy)]
enum About {
    /// The mark at this place of the stage.
    Place(Point),
    /// This link.
    Link(usize),
}

/// How wide and high it is at most, in pixels.
const SIZE: (f64, f64) = (280.0, 70.0);

fn name(live: &Live, about: About) -> Option<String> {
    let driver = live.driver.as_ref()?;
    let (scenario, readout, layout) = live.drawn();
    let quickest = quickest(driver.speed());
    driver.with(|sim| {
        let shown = Shown { sim, scenario, readout, layout, zoom: live.viewport.zoom, quickest };
        match about {
            About::Place(at) => {
                let world = live.viewport.to_world(at);
                live.cautions.name_at(world).or_else(|| shown.name_at(world))
            }
            About::Link(index) => shown.of_link(index),
        }
    })
}

/// Names the mark at a place of the stage, in its pixels, or goes away where there is none.
pub fn point(node: &Element, live: &Shared, at: Point) {
    let bounds = node.get_bounding_client_rect();
    show(live, About::Place(at), at + Point::new(bounds.left(), bounds.top()), false);
}

/// Names what is on a link that has got the focus, if by the keyboard.
pub fn focus(live: &Shared, index: usize) {
    let active = gloo::utils::document().active_element();
    let Some(link) = active.filter(|it| it.matches(":focus-visible").unwrap_or(false)) else { return };
    let bounds = link.get_bounding_client_rect();
    let middle = Point::new(bounds.left() + bounds.width() / 2.0, bounds.top() + bounds.height() / 2.0);
    show(live, About::Link(index), middle, true);
}

fn show(live: &Shared, about: About, at: Point, spoken: bool) {
    // The code for it travels later.
    if !crate::ui::in_use::is_in_use() {
        return;
    }
    let live = &mut *live.borrow_mut();
    let Some(name) = name(live, about) else { return hide(live) };
    let Some(element) = live.tip.take().map(|tip| tip.element).or_else(element) else { return };
    // Whoever points sees it; things are named for all others anyway.
    let _ = element.set_attribute("aria-live", if spoken { "polite" } else { "off" });
    let _ = element.set_attribute("aria-hidden", if spoken { "false" } else { "true" });
    element.set_text_content(Some(&name));
    let size = |side: Result<wasm_bindgen::JsValue, _>| side.ok().and_then(|it| it.as_f64()).unwrap_or(f64::MAX);
    let window = gloo::utils::window();
    let (wide, high) = (size(window.inner_width()), size(window.inner_height()));
    let x = (at.x + 12.0).min(wide - SIZE.0).max(8.0);
    let y = if at.y + 18.0 + SIZE.1 > high { at.y - 18.0 - SIZE.1 / 2.0 } else { at.y + 18.0 };
    let style = element.style();
    let _ = style.set_property("left", &format!("{x:.0}px"));
    let _ = style.set_property("top", &format!("{y:.0}px"));
    live.tip = Some(Tip { element, at, about });
}

fn element() -> Option<HtmlElement> {
    let document = gloo::utils::document();
    let element = document.create_element("div").ok()?.dyn_into::<HtmlElement>().ok()?;
    element.set_class_name("tip");
    document.body()?.append_child(&element).ok()?;
    Some(element)
}

/// Says the same of this moment.
pub fn refresh(live: &Shared) {
    let now = live.borrow().tip.as_ref().map(|tip| (tip.about, tip.at));
    match now {
        Some((About::Link(_), _)) | None => {}
        Some((about, at)) => show(live, about, at, false),
    }
}

/// Goes away.
pub fn hide(live: &mut Live) {
    if let Some(tip) = live.tip.take() {
        tip.element.remove();
    }
}
