//! The tooltip that names a mark. It is an element outside of Yew, because it follows the pointer; it does not exist
//! before the first name is shown.

use crate::scene::stage::geometry::Point;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The largest width and height, in pixels.
const SIZE: (f64, f64) = (280.0, 70.0);

/// The subject of a tooltip.
#[derive(Clone, Copy)]
pub enum About {
    /// The mark at this pixel of the stage, under the pointer.
    Pixel(Point),
    /// The link that the user has focused by keyboard.
    Link(usize),
}

/// The tooltip. Dropping it removes it from the page.
pub struct Tip {
    element: HtmlElement,
    /// Its position, in pixels of the window.
    pub at: Point,
    /// Its subject.
    pub about: About,
}

impl Drop for Tip {
    fn drop(&mut self) {
        self.element.remove();
    }
}

/// Shows a name at a point of the window.
pub fn show(tip: &mut Option<Tip>, name: &str, about: About, at: Point) {
    if tip.is_none() {
        *tip = element().map(|element| Tip { element, at, about });
    }
    let Some(tip) = tip else { return };
    (tip.at, tip.about) = (at, about);
    let element = &tip.element;
    // Hidden from screen readers: things have accessible names anyway.
    let is_spoken = matches!(about, About::Link(_));
    let _ = element.set_attribute("aria-live", if is_spoken { "polite" } else { "off" });
    let _ = element.set_attribute("aria-hidden", if is_spoken { "false" } else { "true" });
    element.set_text_content(Some(name));
    let size = |side: Result<wasm_bindgen::JsValue, _>| side.ok().and_then(|it| it.as_f64()).unwrap_or(f64::MAX);
    let window = gloo::utils::window();
    let (wide, high) = (size(window.inner_width()), size(window.inner_height()));
    let x = (at.x + 12.0).min(wide - SIZE.0).max(8.0);
    let y = if at.y + 18.0 + SIZE.1 > high { at.y - 18.0 - SIZE.1 / 2.0 } else { at.y + 18.0 };
    let style = element.style();
    let _ = style.set_property("left", &format!("{x:.0}px"));
    let _ = style.set_property("top", &format!("{y:.0}px"));
}

fn element() -> Option<HtmlElement> {
    let document = gloo::utils::document();
    let element = document.create_element("div").ok()?.dyn_into::<HtmlElement>().ok()?;
    element.set_class_name("tip");
    document.body()?.append_child(&element).ok()?;
    Some(element)
}
