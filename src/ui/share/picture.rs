//! The stage as a picture of its own: the drawing of the whole system with its present looks, without the messages in flight.

use crate::scene::stage::picture::apart;
use crate::ui::export::Picture;
use gloo::utils::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, Node, SvgGraphicsElement, XmlSerializer};

/// The stage that shows the document; in a comparison there is another before it.
const STAGE: &str = ".version:last-of-type .stage-things";
/// Elements that are only handles.
const HANDLES: &str = ".reach, .ports, .ends";
/// The class of selected things; the selection is not part of the system.
const SELECTED: &str = "selected";
/// The looks that make a difference, with the values that make none. Opacities first: that of a colour comes after it.
const LOOKS: [(&str, &str); 15] = [
    ("fill-opacity", "1"),
    ("fill", ""),
    ("stroke-opacity", "1"),
    ("stroke", "none"),
    ("stroke-width", "1px"),
    ("stroke-dasharray", "none"),
    ("stroke-linecap", "butt"),
    ("stroke-linejoin", "miter"),
    ("opacity", "1"),
    ("paint-order", "normal"),
    ("font-size", ""),
    ("font-weight", ""),
    ("letter-spacing", "normal"),
    ("text-anchor", "start"),
    ("text-decoration-line", "none"),
];
/// Of these, those that only words have.
const OF_WORDS: [&str; 5] = ["font-size", "font-weight", "letter-spacing", "text-anchor", "text-decoration-line"];
/// The empty border, in world units.
const BORDER: f64 = 24.0;

/// The picture; `None`: there is nothing on the stage.
pub fn of_stage(title: &str) -> Option<Picture> {
    let stage = document().query_selector(STAGE).ok()??;
    let bounds = stage.query_selector(":scope > g").ok()??.dyn_into::<SvgGraphicsElement>().ok()?.get_b_box().ok()?;
    if bounds.width() <= 0.0 {
        return None;
    }
    let copy = stage.clone_node_with_deep(true).ok()?.dyn_into::<Element>().ok()?;
    let font = look(&stage)?.get_property_value("font-family").ok()?;
    let paper = look(&stage.closest(".stage").ok()??)?.get_property_value("background-color").ok()?;
    without_selection(&stage, || write_looks(&stage, &copy));

    let (x, y) = (f64::from(bounds.x()) - BORDER, f64::from(bounds.y()) - BORDER);
    let (width, height) = (f64::from(bounds.width()) + 2.0 * BORDER, f64::from(bounds.height()) + 2.0 * BORDER);
    let set = |element: &Element, name: &str, value: &str| drop(element.set_attribute(name, value));
    for (name, value) in [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", &format!("{x:.1} {y:.1} {width:.1} {height:.1}")),
        ("width", &format!("{width:.0}")),
        ("height", &format!("{height:.0}")),
        ("font-family", &font),
    ] {
        set(&copy, name, value);
    }
    let _ = copy.remove_attribute("style");
    let world = copy.query_selector(":scope > g").ok()??;
    let _ = world.remove_attribute("transform");
    let new = |name: &str| document().create_element_ns(Some("http://www.w3.org/2000/svg"), name).ok();
    let (ground, name) = (new("rect")?, new("title")?);
    for (attribute, value) in [("x", x), ("y", y), ("width", width), ("height", height)] {
        set(&ground, attribute, &format!("{value:.1}"));
    }
    set(&ground, "fill", &paper);
    name.set_text_content(Some(title));
    copy.insert_before(&ground, copy.first_child().as_ref()).ok()?;
    copy.insert_before(&name, Some(&ground)).ok()?;
    let text = XmlSerializer::new().ok()?.serialize_to_string(&copy).ok()?;
    Some(Picture { text, width, height })
}

/// Does something while nothing on the stage looks selected. Nothing is drawn meanwhile.
fn without_selection(stage: &Element, act: impl FnOnce()) {
    let Ok(found) = stage.query_selector_all(&format!(".{SELECTED}")) else { return act() };
    let element = |i| found.get(i)?.dyn_into::<Element>().ok();
    let selected: Vec<(Element, String)> = (0..found.length())
        .filter_map(element)
        .filter_map(|it| it.get_attribute("class").map(|class| (it, class)))
        .collect();
    let set = |element: &Element, class: &str| drop(element.set_attribute("class", class));
    for (element, class) in &selected {
        set(element, &class.split_whitespace().filter(|word| *word != SELECTED).collect::<Vec<_>>().join(" "));
    }
    act();
    selected.iter().for_each(|(element, class)| set(element, class));
}

fn look(element: &Element) -> Option<CssStyleDeclaration> {
    window().get_computed_style(element).ok()?
}

/// Writes the looks of `original` and its content into `copy`, which has the same elements, and removes invisible ones.
fn write_looks(original: &Element, copy: &Element) {
    if let Some(look) = look(original) {
        write_look(&look, copy);
    }
    for name in ["class", "tabindex", "role", "focusable", "marker-start"] {
        let _ = copy.remove_attribute(name);
    }
    for name in copy.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if name.starts_with("aria-") || name.starts_with("data-") {
            let _ = copy.remove_attribute(&name);
        }
    }
    let (mut here, mut there) = (original.first_element_child(), copy.first_element_child());
    while let (Some(original), Some(copy)) = (here, there) {
        (here, there) = (original.next_element_sibling(), copy.next_element_sibling());
        if is_seen(&original) { write_looks(&original, &copy) } else { copy.remove() }
    }
    // What the framework marks its places with.
    let mut node = copy.first_child();
    while let Some(it) = node {
        node = it.next_sibling();
        if it.node_type() == Node::COMMENT_NODE {
            let _ = copy.remove_child(&it);
        }
    }
}

fn is_seen(element: &Element) -> bool {
    // Patterns and arrow heads are not shown where they stand.
    let is_definition = element.closest("defs").is_ok_and(|defs| defs.is_some());
    let is_handle = element.matches(HANDLES).unwrap_or(false);
    let hidden = look(element).and_then(|look| look.get_property_value("display").ok()).is_some_and(|it| it == "none");
    is_definition || (!is_handle && !hidden)
}

fn write_look(look: &CssStyleDeclaration, copy: &Element) {
    let is_group = matches!(copy.tag_name().as_str(), "g" | "svg" | "defs" | "title" | "marker" | "pattern");
    let is_text = copy.tag_name() == "text";
    for (name, usual) in LOOKS {
        let value = look.get_property_value(name).unwrap_or_default();
        let matters = if is_group { name == "opacity" } else { is_text || !OF_WORDS.contains(&name) };
        if !matters || value == usual || value.is_empty() {
            let _ = copy.remove_attribute(name);
            continue;
        }
        let (value, alpha) = apart(&value);
        let name = if name == "text-decoration-line" { "text-decoration" } else { name };
        let _ = copy.set_attribute(name, &value);
        if let Some(alpha) = alpha {
            let _ = copy.set_attribute(&format!("{name}-opacity"), alpha);
        }
    }
}
