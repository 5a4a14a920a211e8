//! What floats over the stage beside a thing: the faults of what is selected, as one gesture each; beside a message that
//! was clicked, what can be done to it.

use super::live::Live;
use super::{StageEvent, StageProps};
use crate::editor::{self, Thing};
use crate::scene::stage::beside::{Other, Side, beside};
use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::hit::Message;
use crate::scene::stage::holes::{MANY_LINKS, holes};
use crate::scene::stage::layout::Layout;
use crate::scene::stage::route::{LANE, Route};
use crate::scene::stage::sizes::Routed;
use crate::scene::stage::viewport::Viewport;
use crate::scene::stage::waits::beside as beside_link;
use crate::scene::stage::words;
use crate::sim::Intervention;
use crate::ui::inspector::faults;
use crate::ui::resize::use_size_of;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, Node, SvgElement};
use yew::{
    AttrValue, Callback, FocusEvent, Html, MouseEvent, Properties, classes, function_component, html, use_effect,
    use_effect_with, use_node_ref,
};

/// The class of what floats: pointers on it are not on the stage.
pub const FLOATING: &str = ".floating";

/// Where something floats.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    /// The middle of the thing, in pixels of the stage.
    anchor: Point,
    /// Its sides, the best first.
    sides: [Side; 4],
}

impl Place {
    /// Beside a line: on this side of it, or on the other; where neither has room, farther along the line.
    fn beside_line(anchor: Point, away: Point, gap: f64) -> Self {
        const ALONG: f64 = 36.0;
        let along = away.left();
        Place { anchor, sides: [(away, gap), (away * -1.0, gap), (along, ALONG), (along * -1.0, ALONG)] }
    }

    /// Under a box, or else above it or at one of its sides.
    fn around(rect: Rect) -> Self {
        // Beyond the handles at its edges.
        let (x, y) = (rect.width / 2.0 + 16.0, rect.height / 2.0 + 16.0);
        let [down, right] = [Point::new(0.0, 1.0), Point::new(1.0, 0.0)];
        Place { anchor: rect.centre(), sides: [(down, y), (down * -1.0, y), (right * -1.0, x), (right, x)] }
    }
}

/// What came of the choice about a message.
pub struct Done {
    /// What was chosen; nothing where the choice was left.
    pub chosen: Option<StageEvent>,
    /// Whether the run goes on, if it ran before.
    pub resume: bool,
}

/// What can be done to the message that was clicked, or else the faults of what is selected.
pub fn floating(props: &StageProps, layout: &Layout, live: &Live, done: Callback<Done>) -> Option<Html> {
    match live.picked() {
        Some(picked) => Some(popover(&picked.message, layout, live, done)),
        None => toolbar(props, layout, live),
    }
}

fn popover(message: &Message, layout: &Layout, live: &Live, done: Callback<Done>) -> Html {
    let routed = live.link_of(message).and_then(|place| layout.links.get(place)?.as_ref());
    let away = routed.map_or(Point::new(0.0, 1.0), |routed| routed.route.below);
    let view = live.viewport;
    let place = Place::beside_line(view.to_screen(message.at), away, 16.0 + LANE * view.zoom);
    let name = words::message(message);
    let choice = |text: &'static str, event: StageEvent| {
        let onclick = done.reform(move |_: MouseEvent| Done { chosen: Some(event.clone()), resume: true });
        html! { <button type="button" {onclick}>{ text }</button> }
    };
    // Somewhere else on the page somebody may just have pressed Play or Pause: that is theirs to say.
    let leave = done.reform(|()| Done { chosen: None, resume: false });
    html! {
        <Floating key={message.attempt} {place} stage={live.size} others={others(layout, live)} name={name.clone()} {leave}>
            <p>{ name }</p>
            { choice("Drop this message", StageEvent::Fault(Intervention::Lose(message.attempt))) }
            { choice("Follow this request", StageEvent::Follow(message.intent)) }
        </Floating>
    }
}

fn toolbar(props: &StageProps, layout: &Layout, live: &Live) -> Option<Html> {
    let place = place_of(props, layout, live).filter(|place| is_on_stage(place.anchor, live.size))?;
    let act = props.on.reform(StageEvent::Fault);
    let children = faults::of(&props.selection, &props.driver, &props.readout, &act)?;
    let name = match props.selection.single()? {
        Thing::Link { from, to } => {
            let name = |id| editor::label(&props.document, id);
            format!("Faults of {} → {}", name(from), name(to))
        }
        Thing::Service(id) => format!("Faults of {}", editor::label(&props.document, id)),
    };
    let key = name.clone();
    let others = others(layout, live);
    Some(html! { <Floating {key} {place} stage={live.size} {others} {name}>{ children }</Floating> })
}

/// What should stay in view, in pixels of the stage: boxes above all, then what is written and who waits, then links.
fn others(layout: &Layout, live: &Live) -> Vec<Other> {
    let (document, readout, _) = live.drawn();
    let boxes = layout.boxes.iter().flat_map(|b| [Some(b.rect), b.ledger]).flatten().map(|rect| (rect, 4.0));
    let mut all: Vec<Other> = boxes.collect();
    if layout.links.len() <= MANY_LINKS {
        all.extend(holes(document, layout, readout).into_iter().map(|rect| (rect, 2.0)));
        all.extend(live.cautions.places().map(|at| (Rect::new(at, 0.0, 0.0).grown(10.0), 2.0)));
        for (routed, link) in layout.links.iter().zip(&readout.links) {
            all.extend(routed.as_ref().filter(|_| link.view.waiting > 0).map(|routed| (who_waits(routed), 2.0)));
        }
        all.extend(layout.links.iter().flatten().flat_map(|routed| ways(&routed.route)).map(|rect| (rect, 1.0)));
    }
    let (view, (width, height)) = (live.viewport, live.size);
    let stage = Rect::new(Point::default(), width, height);
    all.into_iter().map(|(rect, dear)| (on_screen(rect, view), dear)).filter(|(rect, _)| rect.touches(stage)).collect()
}

/// Where the marks of those stand that wait at a link.
fn who_waits(routed: &Routed) -> Rect {
    let length = routed.route.middle.length().max(1.0);
    let at = |far: f64, high: f64| beside_link(&routed.route, (routed.stand.from + far) / length, LANE + high);
    Rect::between(at(0.0, 8.0), at(34.0, 34.0))
}

/// The way of a link, in pieces.
fn ways(route: &Route) -> Vec<Rect> {
    let piece = |points: &[Point]| match (points.first(), points.last()) {
        (Some(from), Some(to)) => Rect::between(*from, *to).grown(LANE + 4.0),
        _ => Rect::default(),
    };
    let points = route.middle.points();
    // A curve has 28 pieces; neighbours have an end in common.
    (0..points.len().saturating_sub(1)).step_by(4).map(|i| piece(&points[i..(i + 5).min(points.len())])).collect()
}

fn on_screen(rect: Rect, view: Viewport) -> Rect {
    Rect::new(view.to_screen(rect.corner), rect.width * view.zoom, rect.height * view.zoom)
}

fn place_of(props: &StageProps, layout: &Layout, live: &Live) -> Option<Place> {
    let view = live.viewport;
    match props.selection.single()? {
        Thing::Service(id) => {
            let placed = layout.boxes.iter().find(|b| b.id == *id)?;
            let rect: Rect = placed.ledger.map_or(placed.rect, |ledger| placed.rect.union(ledger));
            Some(Place::around(on_screen(rect, view)))
        }
        Thing::Link { from, to } => {
            let index = props.document.links.iter().position(|l| l.from == *from && l.to == *to)?;
            let route = &layout.links.get(index)?.as_ref()?.route;
            // Its label is on the other side; on this one a delay is written and a breaker half open.
            let gap = (LANE + 30.0) * view.zoom + 6.0;
            Some(Place::beside_line(view.to_screen(route.middle.at(0.5)), route.below * -1.0, gap))
        }
    }
}

fn is_on_stage(at: Point, (width, height): (f64, f64)) -> bool {
    Rect::new(Point::default(), width, height).contains(at)
}

/// A key for what floats: `f` goes there, Escape back to the thing. `true`: it was meant.
pub fn key(event: &KeyboardEvent) -> bool {
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
struct FloatingProps {
    place: Place,
    /// The size of the stage in pixels.
    stage: (f64, f64),
    /// What it leaves free if it can.
    others: Vec<Other>,
    name: AttrValue,
    /// Takes the focus; told when it has lost it.
    #[prop_or_default]
    leave: Option<Callback<()>>,
    children: Html,
}

/// A panel beside a thing. Where it stands depends on its size, which is known only once it is there.
#[function_component]
fn Floating(props: &FloatingProps) -> Html {
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
