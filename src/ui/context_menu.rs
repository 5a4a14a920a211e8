//! The menu at the pointer: actions for the thing under it. It follows the ARIA Authoring Practices for menus: arrows, Home,
//! End and first letters move between items, Escape returns the focus.

use super::actions::context::Context;
use super::actions::{self, Group};
use super::callback::callback;
use super::focus::focus;
use super::keycaps;
use super::offers::{self, Offer};
use super::state::{State, Update};
use crate::editor::{Command, Thing, free_place};
use crate::scenario::Kind;
use crate::scene::stage::geometry::Point;
use crate::scene::stage::sizes::size_of;
use crate::t;
use crate::text::Id;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

/// Sections below the faults of a thing: actions on the selection.
const ON_THINGS: [&[&str]; 2] = [&["copy", "cut", "duplicate"], &["remove"]];
/// Sections of the menu of the stage.
const ON_STAGE: [&[&str]; 4] =
    [&["paste", "select-all"], &["tidy", "fit"], &["undo", "redo"], &["commands", "shortcuts"]];
/// The distance to the border of the window, in pixels.
const MARGIN: f64 = 8.0;

/// The properties of [`ContextMenu`].
#[derive(Clone, Properties, PartialEq)]
pub struct ContextMenuProps {
    /// What actions work with.
    pub context: Context,
    /// The thing under the pointer, which is selected already; `None` for the stage.
    pub on: Option<Thing>,
    /// The place of the pointer, in pixels of the window.
    pub at: Point,
}

/// The name of the menu.
fn name(props: &ContextMenuProps, state: &State) -> String {
    let document = state.editor.document();
    match (&props.on, state.editor.selection().len()) {
        (None, _) => t!("offer-system"),
        (Some(_), 2..) => t!("offer-several", count = state.editor.selection().len()),
        (Some(thing), _) => offers::thing_name(thing, document),
    }
}

fn sections(props: &ContextMenuProps, state: &State) -> Vec<Vec<Offer>> {
    let of_ids = |ids: &&[&str]| {
        ids.iter().filter_map(|id| actions::find(id)).map(|action| Offer::of_action(action, &props.context)).collect()
    };
    let mut sections: Vec<Vec<Offer>> = match &props.on {
        Some(thing) if state.editor.selection().len() < 2 => vec![offers::of_thing(thing, &props.context)],
        Some(_) | None => Vec::new(),
    };
    match props.on {
        Some(_) => sections.extend(ON_THINGS.iter().map(of_ids)),
        None => {
            sections.push(vec![Offer::new(t!("offer-add-here"), Group::Edit, add_here)]);
            sections.extend(ON_STAGE.iter().map(of_ids));
        }
    }
    sections.retain(|section| !section.is_empty());
    sections
}

/// A new service where the pointer was on the stage; by keyboard, where there is room.
fn add_here(context: &Context) {
    let (width, height) = size_of(Kind::Service);
    let centred = |at: Point| [(at.x - width / 2.0).round(), (at.y - height / 2.0).round()];
    let free = || free_place(context.app.now().editor.document(), Kind::Service);
    let position = context.view.take_pointer().map_or_else(free, centred);
    context.app.send(Update::Do(Command::AddService { kind: Kind::Service, position }));
}

/// The menu.
#[component]
pub fn ContextMenu(props: &ContextMenuProps) -> Html {
    let context = &props.context;
    let node = use_node_ref();
    use_focus_back();
    use_place(&node, props.at);
    let state = context.app.now();
    let sections = use_memo((), |()| sections(props, &state));
    // The place before the menu opened: a new service belongs there, and not where the item was pressed.
    let pointed = *use_memo((), |()| context.view.pointer());
    let close = context.app.sends(|| Update::Show(None));
    let onkeydown = callback!([node, close], move |event: KeyboardEvent| {
        if let Some(menu) = node.cast::<Element>() {
            key(&menu, &event, &close);
        }
    });
    let onfocusout = callback!([node, close], move |event: FocusEvent| {
        let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
        if !node.get().is_some_and(|menu| menu.contains(to.as_ref())) {
            close.emit(());
        }
    });
    let oncontextmenu = Callback::from(|event: MouseEvent| event.prevent_default());
    let item = |offer: &Offer| item_view(offer, context, pointed);
    html! {
        <div class="context-menu" role="menu" aria-label={name(props, &state)} tabindex="-1" ref={node} {onkeydown} {onfocusout} {oncontextmenu}>
            <p role="presentation">{ name(props, &state) }</p>
            for (index, section) in sections.iter().enumerate() {
                if index > 0 { <hr role="separator" /> }
                { for section.iter().map(item) }
            }
        </div>
    }
}

fn item_view(offer: &Offer, context: &Context, pointed: Option<Point>) -> Html {
    let onclick = callback!([offer, context], move |_: MouseEvent| {
        if offer.availability.is_ok() {
            context.app.send(Update::Show(None));
            context.view.set_pointer(pointed);
            (offer.run)(&context);
        }
    });
    let (role, checked) = match offer.is_on {
        Some(is_on) => ("menuitemcheckbox", Some(is_on.to_string())),
        None => ("menuitem", None),
    };
    html! {
        <button type="button" {role} aria-checked={checked} aria-disabled={offer.availability.is_err().then_some("true")} title={offer.availability.err().map(Id::text)} tabindex="-1" {onclick}>
            <span class="title">{ &offer.title }</span>
            if let Some(keys) = offer.keys.first() { { keycaps::view(keys) } }
        </button>
    }
}

/// Puts the menu at its place once its size is known, within the window, and the focus on its first item.
#[hook]
fn use_place(node: &NodeRef, at: Point) {
    use_effect_with((node.clone(), (at.x.to_bits(), at.y.to_bits())), move |(node, _)| {
        let Some(menu) = node.cast::<HtmlElement>() else { return };
        let root = menu.owner_document().and_then(|document| document.document_element());
        let (wide, high) = root.map_or((0, 0), |root| (root.client_width(), root.client_height()));
        let within = |at: f64, size: i32, room: i32| at.min(f64::from(room - size) - MARGIN).max(MARGIN);
        let (x, y) = (within(at.x, menu.offset_width(), wide), within(at.y, menu.offset_height(), high));
        // The policy of the page allows no style in the markup.
        let _ = menu.style().set_property("translate", &format!("{x:.0}px {y:.0}px"));
        if let Some(first) = menu.query_selector("button").ok().flatten() {
            focus(&first);
        }
    });
}

/// Gives the focus back, when this goes, to what has it when this comes.
#[hook]
fn use_focus_back() {
    use_effect_with((), |()| {
        let before = gloo::utils::document().active_element();
        move || {
            if let Some(before) = before {
                focus(&before);
            }
        }
    });
}

/// Goes from item to item.
fn key(menu: &Element, event: &KeyboardEvent, close: &Callback<()>) {
    let Ok(found) = menu.query_selector_all("button") else { return };
    let items: Vec<HtmlElement> = (0..found.length()).filter_map(|i| found.get(i)?.dyn_into().ok()).collect();
    let active = menu.owner_document().and_then(|document| document.active_element());
    let current =
        items.iter().position(|item| active.as_ref().is_some_and(|a| item.is_same_node(Some(a)))).unwrap_or(0);
    let (count, key) = (items.len().max(1), event.key());
    let next = match key.as_str() {
        "ArrowDown" => Some((current + 1) % count),
        "ArrowUp" => Some((current + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        "Escape" | "Tab" => {
            close.emit(());
            None
        }
        "Enter" | " " => return,
        _ if key.chars().count() == 1 && !event.ctrl_key() && !event.meta_key() => {
            let begins = |item: &HtmlElement| {
                item.text_content().unwrap_or_default().to_lowercase().starts_with(&key.to_lowercase())
            };
            (1..=count).map(|step| (current + step) % count).find(|index| items.get(*index).is_some_and(begins))
        }
        _ => return,
    };
    if let Some(item) = next.and_then(|next| items.get(next)) {
        focus(item);
    }
    event.prevent_default();
    event.stop_propagation();
}
