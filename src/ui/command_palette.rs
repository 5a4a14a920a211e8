//! The command palette: all commands by name. A combobox with a list, after the ARIA Authoring Practices: the focus stays in
//! the field, which names the active option.

use super::actions::context::Context;
use super::dialog::{outside, use_modal};
use super::keycaps;
use super::offers::{self, Offer};
use super::state::Update;
use super::theme::Look;
use crate::scene::find::fit;
use crate::t;
use crate::text::Language;
use gloo::utils::document;
use std::cmp::Reverse;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// The most options in the list.
const MOST_OPTIONS: usize = 60;

/// The properties of [`CommandPalette`].
#[derive(Properties, PartialEq)]
pub struct CommandPaletteProps {
    /// The context of the actions.
    pub context: Context,
    /// Changes how the page looks.
    pub on_look: Callback<Look>,
    /// Changes the language of the page.
    pub on_language: Callback<Language>,
}

/// The entries that match the typed text, the best first and the unavailable ones last.
fn fitting(offers: &[Offer], typed: &str) -> Vec<Offer> {
    let mut found: Vec<(u32, &Offer)> = offers
        .iter()
        .filter_map(|offer| Some((fit(typed, &format!("{} {}", offer.title, offer.group.title().text()))?, offer)))
        .collect();
    found.sort_by_key(|(rank, offer)| (offer.availability.is_err(), Reverse(*rank)));
    found.into_iter().take(MOST_OPTIONS).map(|(_, offer)| offer.clone()).collect()
}

/// The palette.
#[component]
pub fn CommandPalette(props: &CommandPaletteProps) -> Html {
    let context = &props.context;
    let dialog = use_node_ref();
    let close = context.app.sends(|| Update::Show(None));
    use_modal(&dialog, &close);
    let offers = use_memo((), |()| offers::all(context, &props.on_look, &props.on_language));
    let typed = use_state(String::new);
    let active = use_state(|| 0_usize);
    let found = Rc::new(fitting(&offers, &typed));
    let current = (*active).min(found.len().saturating_sub(1));
    use_effect_with((current, (*typed).clone()), |(current, _)| show_option(*current));
    let choose = use_choice(context, &found);
    let oninput = {
        let (typed, active) = (typed.setter(), active.setter());
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value());
            active.set(0);
        })
    };
    let onkeydown = {
        let (count, active, choose) = (found.len(), active.setter(), choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowDown" if count > 0 => active.set((current + 1) % count),
                "ArrowUp" if count > 0 => active.set((current + count - 1) % count),
                "PageDown" => active.set((current + 8).min(count.saturating_sub(1))),
                "PageUp" => active.set(current.saturating_sub(8)),
                // Enter ends a word while an input method composes it.
                "Enter" if !event.is_composing() => choose.emit(current),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let option = |(index, offer): (usize, &Offer)| option_view(index, offer, index == current, &choose);
    html! {
        <dialog class="commands" ref={dialog.clone()} aria-label={t!("commands-title")} onclick={outside(&dialog, &close)}>
            <input type="text" role="combobox" aria-label={t!("commands-question")} placeholder={t!("commands-question")}
                aria-expanded="true" aria-controls="commands" aria-autocomplete="list" autocomplete="off" spellcheck="false" maxlength="80"
                aria-activedescendant={(!found.is_empty()).then(|| option_id(current))} {oninput} {onkeydown} />
            <ul id="commands" role="listbox" aria-label={t!("commands-title")} tabindex="-1">{ for found.iter().enumerate().map(option) }</ul>
            <p class="note" role="status">
                if found.is_empty() { { t!("commands-none") } }
            </p>
        </dialog>
    }
}

fn option_id(index: usize) -> String {
    format!("command-{index}")
}

fn option_view(index: usize, offer: &Offer, is_current: bool, choose: &Callback<usize>) -> Html {
    let onclick = choose.reform(move |_: MouseEvent| index);
    html! {
        <li id={option_id(index)} role="option" aria-selected={is_current.to_string()} aria-disabled={offer.availability.is_err().then_some("true")} {onclick}>
            <span class="title">
                { &offer.title }
                if offer.is_on == Some(true) { <span class="is-on">{ " " }{ t!("commands-on") }</span> }
                if let Err(reason) = offer.availability { <span class="why">{ reason.text() }</span> }
            </span>
            <span class="group">{ offer.group.title().text() }</span>
            if let Some(keys) = offer.keys.first() { { keycaps::view(keys) } }
        </li>
    }
}

/// Runs the chosen entry after the palette has closed, because the entry may depend on the focus before.
#[hook]
fn use_choice(context: &Context, found: &Rc<Vec<Offer>>) -> Callback<usize> {
    let (context, found) = (context.clone(), found.clone());
    Callback::from(move |index: usize| {
        if let Some(offer) = found.get(index).filter(|offer| offer.availability.is_ok()) {
            context.app.send(Update::Show(None));
            (offer.run)(&context);
        }
    })
}

/// Scrolls the list to an option.
fn show_option(index: usize) {
    let element = |id: &str| document().get_element_by_id(id).and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let (Some(list), Some(option)) = (element("commands"), element(&option_id(index))) else { return };
    let (top, height) = (option.offset_top(), option.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if top + height > list.scroll_top() + list.client_height() {
        list.set_scroll_top(top + height - list.client_height());
    }
}
