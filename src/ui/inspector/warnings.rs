//! Warnings on the screen: each under its card, all of them for the whole system, and a chip on the stage that shows them.
//! [`crate::editor::warning`] finds them.

use crate::editor::warning::{self, Repair, Warning, warnings};
use crate::editor::{Selection, Thing, label};
use crate::scenario::Scenario;
use crate::t;
use crate::text::{self, Id};
use crate::ui::focus::focus;
use crate::ui::part::part;
use crate::ui::same::Same;
use crate::ui::state::{App, Update};
use gloo::timers::callback::Timeout;
use gloo::utils::document;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The most warnings of a rule, or of a thing, in a list; a line counts the others.
const LISTED: usize = 20;
/// The most warnings above the settings of a thing, so that the settings stay in sight.
const LISTED_HERE: usize = 5;
/// The id of the head of that list.
const HEAD: &str = "all-warnings";

/// The warnings of the document, as a context of the page.
#[derive(Clone, Debug)]
pub struct Warnings(pub Rc<[Warning]>);

impl PartialEq for Warnings {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

part! {
    inspector: fn find() -> fn(&Scenario) -> Vec<Warning> { warnings }
}

/// The warnings of a document; none until the code that finds them has loaded.
#[hook]
pub fn use_warnings(document: &Rc<Scenario>) -> Warnings {
    let warnings = use_state(|| None::<fn(&Scenario) -> Vec<Warning>>);
    use_effect_with((), {
        let setter = warnings.setter();
        move |()| spawn_local(async move { setter.set(find().await.ok()) })
    });
    // Reasons are texts in the language of the page.
    let found = use_memo((Same(document.clone()), *warnings, text::language()), |(document, warnings, _)| {
        Warnings(warnings.map_or_else(|| Rc::new([]) as Rc<[Warning]>, |warnings| warnings(document).into()))
    });
    (*found).clone()
}

/// `1 warning`, `3 warnings`.
pub fn in_words(count: usize) -> String {
    t!("warnings-count", count = count)
}

/// The properties of [`Notes`].
#[derive(Properties, PartialEq)]
pub struct NotesProps {
    /// The card above them; `None` for the thing as a whole.
    pub card: Option<Id>,
}

/// The warnings of the selection that belong under a card.
#[component]
pub fn Notes(props: &NotesProps) -> Html {
    let (warnings, about) = (use_context::<Warnings>(), use_context::<Thing>());
    let Some((warnings, about)) = warnings.zip(about) else { return html! {} };
    let here = warnings.0.iter().filter(|warning| warning.at == about && warning.rule.card() == props.card);
    html! {
        for warning in here {
            <div class="caution" id={note_id(warning)} tabindex="-1" key={warning.rule as usize}>
                <p class="warning"><span aria-hidden="true">{ "▲ " }</span><b>{ warning.rule.title().text() }</b>{ ". " }{ why(warning) }</p>
                <Repairs warning={warning.clone()} />
            </div>
        }
    }
}

/// What the lists of warnings need.
#[derive(Properties, PartialEq)]
pub struct WarningsProps {
    /// The document, for names.
    pub document: Rc<Scenario>,
}

/// Buttons that go to the warnings about the selection, those under its own cards first.
#[component]
pub fn Ways(props: &WarningsProps) -> Html {
    let (warnings, about) = (use_context::<Warnings>(), use_context::<Thing>());
    let Some((warnings, about)) = warnings.zip(about) else { return html! {} };
    let own = warnings.0.iter().filter(|warning| warning.at == about && warning.rule.card().is_some());
    let elsewhere = warnings.0.iter().filter(|warning| warning.at != about && warning.concerns(&about));
    let ways: Vec<&Warning> = own.chain(elsewhere).collect();
    if ways.is_empty() {
        return html! {};
    }
    let (shown, others) = ways.split_at(ways.len().min(LISTED_HERE));
    html! {
        <section class="list cautions" aria-label={t!("warnings-title")}>
            <ul>
                for warning in shown {
                    <li><Row document={props.document.clone()} warning={(*warning).clone()} /></li>
                }
            </ul>
            if !others.is_empty() {
                <p class="about">{ t!("warnings-more-elsewhere", count = others.len()) }</p>
            }
        </section>
    }
}

/// All warnings of the system, by rule.
#[component]
pub fn AllWarnings(props: &WarningsProps) -> Html {
    let Some(Warnings(all)) = use_context::<Warnings>().filter(|warnings| !warnings.0.is_empty()) else {
        return html! {};
    };
    html! {
        <section class="list cautions" aria-labelledby={HEAD}>
            <header><h3 id={HEAD} tabindex="-1"><span aria-hidden="true">{ "▲ " }</span>{ in_words(all.len()) }</h3></header>
            <ul>
                for of_a_rule in all.chunk_by(|a, b| a.rule == b.rule) {
                    { rule_view(of_a_rule, &props.document) }
                }
            </ul>
        </section>
    }
}

/// The warnings of a rule.
fn rule_view(all: &[Warning], document: &Rc<Scenario>) -> Html {
    let Some((first, others)) = all.split_first() else { return html! {} };
    if others.is_empty() {
        return html! {
            <li>
                <Row document={document.clone()} warning={first.clone()} />
                <p class="about">{ why(first) }</p>
                <Repairs warning={first.clone()} />
            </li>
        };
    }
    html! {
        <li>
            <p class="rule-title"><span><span class="warning" aria-hidden="true">{ "▲ " }</span>{ first.rule.title().text() }</span><small>{ t!("warnings-times", count = all.len()) }</small></p>
            for warning in all.iter().take(LISTED) {
                <Row document={document.clone()} warning={warning.clone()} of_rule={true} />
            }
            if all.len() > LISTED {
                <p class="about">{ t!("warnings-more", count = all.len() - LISTED) }</p>
            }
            <p class="about">{ format!("{}: ", place(first, document)) }{ why(first) }</p>
            if let Some(repair) = warning::together(all) {
                <div class="text-buttons"><RepairButton {repair} /></div>
            }
        </li>
    }
}

/// The reason for a warning, with sources.
fn why(warning: &Warning) -> Html {
    html! {
        <>
            { &warning.reason }{ " " }{ t!("warnings-see") }{ " " }
            <a href={warning.rule.source()} target="_blank" rel="noopener noreferrer">{ warning.rule.source_name() }</a>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct WarningProps {
    warning: Warning,
}

/// The repairs of a warning, a button each.
#[component]
fn Repairs(props: &WarningProps) -> Html {
    html! {
        <div class="text-buttons">
            for repair in &props.warning.repairs {
                <RepairButton repair={repair.clone()} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RepairProps {
    repair: Repair,
}

#[component]
fn RepairButton(props: &RepairProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let repair = props.repair.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        app.send(Update::Do(repair.command.clone()));
        app.say(t!("warnings-fixed", repair = &repair.title));
    });
    html! { <button type="button" class="text-button" {onclick}>{ props.repair.title.text() }</button> }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    document: Rc<Scenario>,
    warning: Warning,
    /// Whether the rule has a title above.
    #[prop_or_default]
    of_rule: bool,
}

/// The title of a warning and its place. A press goes there.
#[component]
fn Row(props: &RowProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let about = use_context::<Thing>();
    let RowProps { document, warning, of_rule } = props;
    // On its own panel the warning names its card.
    let is_here = about.as_ref() == Some(&warning.at);
    let card = warning.rule.card().filter(|_| is_here);
    let place = card.map_or_else(|| place(warning, document), Id::text);
    let (at, id) = (warning.at.clone(), note_id(warning));
    let onclick = Callback::from(move |_: MouseEvent| {
        app.send(Update::Select(at.clone().into()));
        show(id.clone());
    });
    html! {
        <button type="button" class="row" {onclick}>
            if *of_rule {
                <span>{ place }</span>
            } else {
                <span><span class="warning" aria-hidden="true">{ "▲ " }</span>{ warning.rule.title().text() }</span>
                <small>{ place }</small>
            }
        </button>
    }
}

/// The name of the thing with a warning.
fn place(warning: &Warning, document: &Scenario) -> String {
    match &warning.at {
        Thing::Service(id) => label(document, id).to_string(),
        Thing::Link { from, to } => format!("{} → {}", label(document, from), label(document, to)),
    }
}

/// The id of a warning under its card: a thing has at most one warning of each rule.
fn note_id(warning: &Warning) -> String {
    let rule = warning.rule as usize;
    match &warning.at {
        Thing::Service(id) => format!("caution-{rule}-{id}"),
        Thing::Link { from, to } => format!("caution-{rule}-{from}:{to}"),
    }
}

/// The most attempts to find an element that is about to be drawn.
const TRIES: u32 = 25;
/// The time between two attempts, in milliseconds.
const TRY_MS: u32 = 20;

/// Scrolls to an element and focuses it. It may not exist yet, because the panel follows the selection a frame later.
fn show(id: String) {
    look_for(id, TRIES);
}

fn look_for(id: String, tries: u32) {
    Timeout::new(TRY_MS, move || match document().get_element_by_id(&id) {
        Some(note) => {
            note.scroll_into_view();
            focus(&note);
        }
        None if tries > 0 => look_for(id, tries - 1),
        None => {}
    })
    .forget();
}

/// The number of warnings, on the stage. A press shows the list.
#[component]
pub fn Chip() -> Html {
    let Some((app, warnings)) = use_context::<App>().zip(use_context::<Warnings>()) else { return html! {} };
    if warnings.0.is_empty() {
        return html! {};
    }
    let onclick = Callback::from(move |_: MouseEvent| {
        app.send(Update::Select(Selection::NONE));
        // On a narrow page, the change of the selection has closed the sheet.
        app.send(Update::ToggleSheet);
        show(HEAD.into());
    });
    html! {
        <button type="button" class="caution-chip" title={t!("warnings-chip")} {onclick}>
            <span aria-hidden="true">{ "▲ " }</span>{ in_words(warnings.0.len()) }
        </button>
    }
}

/// Announces the number of warnings whenever it changes.
#[component]
pub fn Count() -> Html {
    let count = use_context::<Warnings>().map_or(0, |warnings| warnings.0.len());
    let announced = use_state(AttrValue::default);
    let last = use_mut_ref(|| 0);
    use_effect_with(count, {
        let announced = announced.setter();
        move |count| {
            if last.replace(*count) != *count {
                announced.set(if *count == 0 { t!("warnings-none").into() } else { in_words(*count).into() });
            }
        }
    });
    html! { <p class="hidden-list" aria-live="polite">{ (*announced).clone() }</p> }
}
