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

/// The possible placements of a panel beside a thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloatPlacement {
    /// The middle of the thing, in pixels of the stage.
    pub anchor: Point,
    /// The sides of the thing, the best first.
    sides: [Side; 4],
}

impl FloatPlacement {
    /// Beside a line: on the side of `away`, on the other side, or farther along the line.
    pub fn beside_line(anchor: Point, away: Point, gap: f64) -> Self {
        const ALONG: f64 = 36.0;
        let along = away.left();
        FloatPlacement { anchor, sides: [(away, gap), (away * -1.0, gap), (along, ALONG), (along * -1.0, ALONG)] }
    }

    /// Below a box, above it, or beside it.
    pub fn around(rect: Rect) -> Self {
        // The margin clears the handles at the edges.
        let (x, y) = (rect.width / 2.0 + 16.0, rect.height / 2.0 + 16.0);
        let [down, right] = [Point::new(0.0, 1.0), Point::new(1.0, 0.0)];
        FloatPlacement { anchor: rect.centre(), sides: [(down, y), (down * -1.0, y), (right * -1.0, x), (right, x)] }
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

/// The properties of [`Floating`].
#[derive(Properties, PartialEq)]
pub struct FloatingProps {
    /// The possible placements beside the thing.
    pub place: FloatPlacement,
    /// The size of the stage in pixels.
    pub stage: (f64, f64),
    /// Areas to leave uncovered, if possible.
    pub others: Vec<Other>,
    /// Its name for screen readers.
    pub name: AttrValue,
    /// Makes the panel a choice that takes the focus. Called when the panel loses the focus.
    #[prop_or_default]
    pub leave: Option<Callback<()>>,
    /// Its contents.
    pub children: Html,
}

/// A panel beside a thing. Its position depends on its size, which is known only once it is in the page.
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
                // With the focus here, Tab goes to the choices, and Escape reaches the panel.
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
