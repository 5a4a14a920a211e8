//! A panel that floats over the stage beside a thing.

use crate::scene::stage::beside::{Other, Side, beside};
use crate::scene::stage::geometry::{Point, Rect};
use crate::ui::resize::use_size_of;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, Node, SvgElement};
use yew::{
    AttrValue, Callback, FocusEvent, Html, Properties, classes, function_component, html, use_effect, use_effect_with,
    use_node_ref,
};

/// The class of panels that float over the stage.
const FLOATING: &str = ".floating";

/// Where a panel may float.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The middle of the thing, in pixels of the stage.
    pub anchor: Point,
    /// The sides of the thing, the best first.
    sides: [Side; 4],
}

impl Place {
    /// Beside a line: on this side of it or on the other, or else farther along the line.
    pub fn beside_line(anchor: Point, away: Point, gap: f64) -> Self {
        const ALONG: f64 = 36.0;
        let along = away.left();
        Place { anchor, sides: [(away, gap), (away * -1.0, gap), (along, ALONG), (along * -1.0, ALONG)] }
    }

    /// Under a box, or else above it or at one of its sides.
    pub fn around(rect: Rect) -> Self {
        // Beyond the handles at its edges.
        let (x, y) = (rect.width / 2.0 + 16.0, rect.height / 2.0 + 16.0);
        let [down, right] = [Point::new(0.0, 1.0), Point::new(1.0, 0.0)];
        Place { anchor: rect.centre(), sides: [(down, y), (down * -1.0, y), (right * -1.0, x), (right, x)] }
    }
}

/// Moves the focus by a key: `f` moves it to the panel, Escape back to the thing. `true`: it has moved.
pub fn moves_focus(event: &KeyboardEvent) -> bool {
    let Some(stage) = event.current_target().and_then(|t| t.dyn_into::<Element>().ok()) else { return false };
    let on = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let is_inside = on.is_some_and(|on| on.closest(FLOATING).ok().flatten().is_some());
    let wanted = match crate::ui::keycaps::written(event).as_str() {
        "f" if !is_inside => ".floating button",
        "Escape" if is_inside => "[data-link][aria-pressed=true], [data-service][aria-current]",
        _ => return false,
    };
    let found = stage.query_selector(wanted).ok().flatten();
    let button = |it: &Element| it.dyn_ref::<HtmlElement>().map(HtmlElement::focus);
    let thing = |it: &Element| it.dyn_ref::<SvgElement>().map(SvgElement::focus);
    found.is_some_and(|it| button(&it).or_else(|| thing(&it)).is_some_and(|done| done.is_ok()))
}

/// What a floating panel needs.
#[derive(Properties, PartialEq)]
pub struct FloatingProps {
    /// Where the thing is.
    pub place: Place,
    /// The size of the stage in pixels.
    pub stage: (f64, f64),
    /// What it covers only if it must.
    pub others: Vec<Other>,
    /// Its name for screen readers.
    pub name: AttrValue,
    /// The panel is a choice: it takes the focus, and this is called when it has lost it.
    #[prop_or_default]
    pub leave: Option<Callback<()>>,
    /// Its contents.
    pub children: Html,
}

/// A panel beside a thing. Its place depends on its size, which is known only once it is in the page.
#[function_component]
pub fn Floating(props: &FloatingProps) -> Html {
    let node = use_node_ref();
    let size = use_size_of(&node);
    use_effect({
        let (node, place, stage, others) = (node.clone(), props.place, props.stage, props.others.clone());
        move || {
            if let (Some(panel), Some(size)) = (node.cast::<HtmlElement>(), size) {
                let at = beside(place.anchor, &place.sides, size, stage, &others);
                // The policy of the page allows no style in the markup.
                let _ = panel.style().set_property("translate", &format!("{:.0}px {:.0}px", at.x, at.y));
            }
        }
    });
    use_effect_with(props.leave.is_some(), {
        let node = node.clone();
        move |takes_focus: &bool| {
            if let Some(panel) = node.cast::<HtmlElement>().filter(|_| *takes_focus) {
                // The choices follow it in the order of Tab, and Escape is heard.
                let _ = panel.focus();
            }
        }
    });
    let onfocusout = props.leave.clone().map(|leave| {
        let node = node.clone();
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
            if !node.get().is_some_and(|panel| panel.contains(to.as_ref())) {
                leave.emit(());
            }
        })
    });
    let is_choice = props.leave.is_some();
    html! {
        <div class={classes!("floating", is_choice.then_some("choice"))} ref={node} role="group" aria-label={props.name.clone()}
            tabindex={is_choice.then_some("-1")} {onfocusout}>{ props.children.clone() }</div>
    }
}
