//! One parameter on the screen. A typed value stays until it is valid; its mistake appears below it.

use crate::editor::dial;
use crate::editor::field::{Input, OptionName, Typed, nudge};
use crate::editor::guide::FieldHelp;
use crate::editor::many::DIFFERENT;
use crate::outcome::{Outcome, OutcomeSet};
use crate::text::{Id, exact};
use crate::time::Span;
use crate::ui::callback::callback;
use crate::{id, t};
use std::borrow::Cow;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Commits a typed value, or returns its mistake.
pub type Commit = Callback<String, Result<(), AttrValue>>;

/// A field on the screen.
#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// Its unit, an example, or what an empty field means.
    #[prop_or_default]
    pub hint: Option<Id>,
    /// Its range and its default.
    #[prop_or_default]
    pub help: Option<FieldHelp>,
    /// The control that edits it.
    pub input: Input,
    /// Its text.
    pub value: AttrValue,
    /// Takes a typed value.
    pub commit: Commit,
}

/// A parameter with its label, its hint and its mistake.
#[component]
pub fn FieldView(props: &FieldProps) -> Html {
    let draft = use_state(|| None::<AttrValue>);
    let mistake = use_state(|| None::<AttrValue>);
    let commit = &props.commit;
    let take = callback!([draft, mistake, commit], move |text: String| match commit.emit(text.clone()) {
        Ok(()) => {
            draft.set(None);
            mistake.set(None);
        }
        Err(message) => {
            draft.set(Some(text.into()));
            mistake.set(Some(message));
        }
    });
    let edit = callback!([draft], move |text: String| draft.set(Some(text.into())));
    let forget = callback!([draft, mistake], move |()| {
        draft.set(None);
        mistake.set(None);
    });
    let value = (*draft).clone().unwrap_or_else(|| props.value.clone());
    let is_wrong = mistake.is_some();
    let error_id = format!("{}-error", props.id);
    let hint = hint_beside(props);
    let hint_id = format!("{}-hint", props.id);
    let described = [(!hint.is_empty()).then_some(&*hint_id), is_wrong.then_some(&*error_id)];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let is_wide = matches!(props.input, Input::Area | Input::Outcomes(_) | Input::Text);
    html! {
        <div class={classes!("field", is_wide.then_some("wide"), is_wrong.then_some("wrong"))}>
            <div class="named">
                <label for={props.id.clone()} id={format!("{}-label", props.id)}>{ props.label.clone() }</label>
                if !hint.is_empty() {
                    <span class="hint" id={hint_id}>{ hint }</span>
                }
            </div>
            { control(props, value, is_wrong, described, FieldCallbacks { take, edit, forget }) }
            if let Some(message) = (*mistake).clone() {
                <p class="field-error" id={error_id} role="alert">{ message }</p>
            }
        </div>
    }
}

/// The callbacks of the controls of a field.
struct FieldCallbacks {
    take: Callback<String>,
    edit: Callback<String>,
    forget: Callback<()>,
}

/// The text under the label, without a hint that the empty field shows already.
fn hint_beside(props: &FieldProps) -> String {
    // Several things with different values have no common meaning of an empty field.
    if props.hint == Some(DIFFERENT) {
        return String::new();
    }
    let hint = props.hint.filter(|_| !stands_in_field(props)).map_or_else(String::new, Id::text);
    props.help.map_or_else(|| hint.clone(), |help| help.text(&hint))
}

/// Whether the hint is an example, or what an empty field means.
fn stands_in_field(props: &FieldProps) -> bool {
    match props.input {
        Input::Duration | Input::Dial | Input::Text => true,
        Input::Number => props.hint == Some(id!("hint-unlimited")) || props.hint == Some(DIFFERENT),
        _ => false,
    }
}

fn control(props: &FieldProps, value: AttrValue, is_wrong: bool, described: String, callbacks: FieldCallbacks) -> Html {
    match &props.input {
        Input::Text | Input::Number | Input::Duration => line(props, value, is_wrong, described, callbacks),
        // Different values have no common position on the slider.
        Input::Dial if props.hint == Some(DIFFERENT) => line(props, value, is_wrong, described, callbacks),
        Input::Dial => {
            let slider = slider(props, &value, &callbacks);
            html! { <>{ line(props, value, is_wrong, described, callbacks) }{ slider }</> }
        }
        Input::Area => area(props, value, callbacks),
        Input::Choice(options) => {
            html! { <Choice id={props.id.clone()} {value} options={options.clone()} take={callbacks.take} /> }
        }
        Input::Switch => switch(props, value == "true", &callbacks),
        Input::Outcomes(offered) => outcomes(props, *offered, &value, &callbacks),
    }
}

fn line(props: &FieldProps, value: AttrValue, is_wrong: bool, described: String, callbacks: FieldCallbacks) -> Html {
    let FieldCallbacks { take, edit, forget } = callbacks;
    let placeholder = props.hint.filter(|_| stands_in_field(props)).map(Id::text);
    let kind = if props.input == Input::Text { "text" } else { "figure" };
    let nudge = take.clone();
    let onchange = Callback::from(move |e: Event| take.emit(e.target_unchecked_into::<HtmlInputElement>().value()));
    let oninput = Callback::from(move |e: InputEvent| edit.emit(e.target_unchecked_into::<HtmlInputElement>().value()));
    let onkeydown = Callback::from(move |e: KeyboardEvent| {
        if e.key() == "Escape" {
            e.stop_propagation();
            forget.emit(());
        } else if kind == "figure"
            && let Some(next) = nudged(&e.target_unchecked_into::<HtmlInputElement>().value(), &e.key())
        {
            e.prevent_default();
            nudge.emit(next);
        }
    });
    html! {
        <input id={props.id.clone()} class={kind} type="text" autocomplete="off" spellcheck="false"
            {placeholder} {value} {onchange} {oninput} {onkeydown}
            aria-invalid={is_wrong.then_some("true")} aria-describedby={(!described.is_empty()).then_some(described)} />
    }
}

/// A slider beside a duration. During a drag the text shows the new value; the release commits it, so that one gesture is one
/// change.
fn slider(props: &FieldProps, value: &str, callbacks: &FieldCallbacks) -> Html {
    let now = Option::<Span>::read(value).ok().flatten();
    let words = now.map(exact).or_else(|| props.hint.map(Id::text));
    let chosen =
        |e: &Event| dial::at(e.target_unchecked_into::<HtmlInputElement>().value_as_number() as u32).to_string();
    let oninput = callbacks.edit.reform(move |e: InputEvent| chosen(&e));
    let onchange = callbacks.take.reform(move |e: Event| chosen(&e));
    html! {
        <input type="range" class="dial" min="0" max={dial::last().to_string()} value={now.map_or(0, dial::stop_of).to_string()}
            {oninput} {onchange} aria-label={t!("field-slider")} aria-describedby={format!("{}-label", props.id)} aria-valuetext={words} />
    }
}

/// The value after an arrow key.
fn nudged(text: &str, key: &str) -> Option<String> {
    match key {
        "ArrowUp" => nudge(text, true),
        "ArrowDown" => nudge(text, false),
        _ => None,
    }
}

fn area(props: &FieldProps, value: AttrValue, callbacks: FieldCallbacks) -> Html {
    let FieldCallbacks { take, edit, .. } = callbacks;
    let onchange = Callback::from(move |e: Event| take.emit(e.target_unchecked_into::<HtmlTextAreaElement>().value()));
    let oninput =
        Callback::from(move |e: InputEvent| edit.emit(e.target_unchecked_into::<HtmlTextAreaElement>().value()));
    html! { <textarea id={props.id.clone()} rows="5" {value} {onchange} {oninput} /> }
}

/// A choice among a few.
#[derive(Properties, PartialEq)]
struct ChoiceProps {
    id: AttrValue,
    value: AttrValue,
    options: Vec<(Cow<'static, str>, OptionName)>,
    take: Callback<String>,
}

#[component]
fn Choice(props: &ChoiceProps) -> Html {
    let select = use_node_ref();
    // Set as a property, because a browser ignores the attribute of an option once the user has chosen.
    use_effect_with((props.value.clone(), props.options.clone()), {
        let select = select.clone();
        move |(value, _)| {
            if let Some(select) = select.cast::<HtmlSelectElement>() {
                select.set_value(value);
            }
        }
    });
    let onchange = props.take.reform(|e: Event| e.target_unchecked_into::<HtmlSelectElement>().value());
    html! {
        <select ref={select} id={props.id.clone()} {onchange}>
            for (key, name) in &props.options {
                <option value={AttrValue::from(key.clone())}>{ name.text() }</option>
            }
        </select>
    }
}

fn switch(props: &FieldProps, is_on: bool, callbacks: &FieldCallbacks) -> Html {
    let onclick = callbacks.take.reform(move |_| (!is_on).to_string());
    html! {
        <button type="button" role="switch" class="switch" id={props.id.clone()} aria-checked={is_on.to_string()} {onclick}
            aria-labelledby={format!("{}-label", props.id)} />
    }
}

fn outcomes(props: &FieldProps, offered: OutcomeSet, value: &str, callbacks: &FieldCallbacks) -> Html {
    let set: Vec<&str> = value.split(", ").filter(|s| !s.is_empty()).collect();
    html! {
        <div class="chips" role="group" id={props.id.clone()} aria-labelledby={format!("{}-label", props.id)}>
            for outcome in offered.iter() {
                { chip(outcome, &set, &callbacks.take) }
            }
        </div>
    }
}

fn chip(outcome: Outcome, set: &[&str], take: &Callback<String>) -> Html {
    let is_on = set.contains(&outcome.name());
    let mut next: Vec<&str> = set.iter().copied().filter(|name| *name != outcome.name()).collect();
    if !is_on {
        next.push(outcome.name());
    }
    let next = next.join(", ");
    let onclick = take.reform(move |_: MouseEvent| next.clone());
    html! {
        <button type="button" class="chip" aria-pressed={is_on.to_string()} {onclick}>{ name_of(outcome).text() }</button>
    }
}

fn name_of(outcome: Outcome) -> Id {
    match outcome {
        Outcome::Ok => id!("outcome-ok"),
        Outcome::Degraded => id!("outcome-degraded"),
        Outcome::Error => id!("outcome-error"),
        Outcome::Refused => id!("outcome-refused"),
        Outcome::Shed => id!("outcome-shed"),
        Outcome::RateLimited => id!("outcome-rate-limited"),
        Outcome::Timeout => id!("outcome-timeout"),
        Outcome::DeadlineExceeded => id!("outcome-deadline-exceeded"),
        Outcome::BreakerOpen => id!("outcome-breaker-open"),
        Outcome::BulkheadFull => id!("outcome-bulkhead-full"),
        Outcome::Conflict => id!("outcome-conflict"),
        Outcome::Cancelled => id!("outcome-cancelled"),
    }
}
