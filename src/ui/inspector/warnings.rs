//! Warnings on the screen: under the card that each belongs to, all of them for the system as a whole, and a chip on the
//! stage that leads there. What there is to warn of is worked out in [`crate::editor::warning`].

use crate::editor::warning::{Warning, warnings};
use crate::editor::{Selection, Thing, label};
use crate::scenario::Scenario;
use crate::ui::same::Same;
use crate::ui::state::{Action, App};
use gloo::timers::callback::Timeout;
use gloo::utils::document;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Rows of the list of all warnings; of more than that the number is told.
const LISTED: usize = 60;
/// The id of the head of that list.
const HEAD: &str = "all-warnings";

/// The warnings of the document, which everything in the page that shows some takes from its context.
#[derive(Clone, Debug)]
pub struct Warnings(pub Rc<[Warning]>);

impl PartialEq for Warnings {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The warnings of a document; none before somebody uses the page.
#[hook]
pub fn use_warnings(document: &Rc<Scenario>, in_use: bool) -> Warnings {
    let found = use_memo((Same(document.clone()), in_use), |(document, in_use)| {
        Warnings(if *in_use { warnings(document).into() } else { Rc::new([]) })
    });
    (*found).clone()
}

/// `1 warning`, `3 warnings`.
pub fn in_words(count: usize) -> String {
    if count == 1 { "1 warning".into() } else { format!("{count} warnings") }
}

/// What notes need.
#[derive(Properties, PartialEq)]
pub struct NotesProps {
    /// The title of the card that they stand under; empty for the thing as a whole.
    pub card: &'static str,
}

/// The warnings at what is selected that belong under a card.
#[component]
pub fn Notes(props: &NotesProps) -> Html {
    let (warnings, about) = (use_context::<Warnings>(), use_context::<Thing>());
    let Some((warnings, about)) = warnings.zip(about) else { return html! {} };
    let here = warnings.0.iter().filter(|warning| warning.at == about && warning.rule.card() == props.card);
    html! {
        for warning in here {
            <div class="caution" key={warning.rule as usize}>
                <p class="warning"><span aria-hidden="true">{ "▲ " }</span><b>{ warning.rule.title() }</b>{ ". " }{ why(warning) }</p>
                <Repairs warning={warning.clone()} />
            </div>
        }
    }
}

/// What else there is to say about what is selected: warnings that stand elsewhere and are about it, too.
#[derive(Properties, PartialEq)]
pub struct ElsewhereProps {
    /// The document, for names.
    pub document: Rc<Scenario>,
}

/// The ways to warnings that stand elsewhere.
#[component]
pub fn Elsewhere(props: &ElsewhereProps) -> Html {
    let (warnings, about) = (use_context::<Warnings>(), use_context::<Thing>());
    let Some((warnings, about)) = warnings.zip(about) else { return html! {} };
    let elsewhere = warnings.0.iter().filter(|warning| warning.at != about && warning.concerns(&about));
    html! {
        for warning in elsewhere.take(LISTED) {
            <Row document={props.document.clone()} warning={warning.clone()} />
        }
    }
}

/// All warnings of the system.
#[component]
pub fn AllWarnings(props: &ElsewhereProps) -> Html {
    let Some(Warnings(all)) = use_context::<Warnings>().filter(|warnings| !warnings.0.is_empty()) else {
        return html! {};
    };
    html! {
        <section class="list cautions" aria-labelledby={HEAD}>
            <header><h3 id={HEAD} tabindex="-1"><span aria-hidden="true">{ "▲ " }</span>{ in_words(all.len()) }</h3></header>
            <ul>
                for warning in all.iter().take(LISTED) {
                    <li>
                        <Row document={props.document.clone()} warning={warning.clone()} />
                        <p class="about">{ why(warning) }</p>
                        <Repairs warning={warning.clone()} />
                    </li>
                }
            </ul>
            if all.len() > LISTED {
                <p class="about">{ format!("… and {} more", all.len() - LISTED) }</p>
            }
        </section>
    }
}

/// Why something is wrong, and where one can read more.
fn why(warning: &Warning) -> Html {
    html! {
        <>
            { &warning.reason }{ " " }
            <a href={warning.rule.source()} target="_blank" rel="noopener noreferrer">{ warning.rule.source_name() }</a>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct WarningProps {
    warning: Warning,
}

/// The ways to mend something, each a press.
#[component]
fn Repairs(props: &WarningProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    html! {
        <div class="text-buttons">
            for repair in &props.warning.repairs {
                <button type="button" class="text-button" onclick={
                    let (app, repair) = (app.clone(), repair.clone());
                    Callback::from(move |_: MouseEvent| {
                        app.send(Action::Do(repair.command.clone()));
                        app.say(format!("Mended: {}. Undo takes it back.", repair.title));
                    })
                }>{ &repair.title }</button>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    document: Rc<Scenario>,
    warning: Warning,
}

/// The title of a warning and its place, which a press selects.
#[component]
fn Row(props: &RowProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    let RowProps { document, warning } = props;
    let place = match &warning.at {
        Thing::Service(id) => label(document, id).to_string(),
        Thing::Link { from, to } => format!("{} → {}", label(document, from), label(document, to)),
    };
    let at = warning.at.clone();
    let onclick = Callback::from(move |_: MouseEvent| app.send(Action::Select(at.clone().into())));
    html! {
        <button type="button" class="row" {onclick}>
            <span><span class="warning" aria-hidden="true">{ "▲ " }</span>{ warning.rule.title() }</span>
            <small>{ place }</small>
        </button>
    }
}

/// How many warnings there are, on the stage; a press leads to them.
#[component]
pub fn Chip() -> Html {
    let Some((app, warnings)) = use_context::<App>().zip(use_context::<Warnings>()) else { return html! {} };
    if warnings.0.is_empty() {
        return html! {};
    }
    let onclick = Callback::from(move |_: MouseEvent| {
        app.send(Action::Select(Selection::NONE));
        // Where it is a sheet, it has closed with that.
        app.send(Action::ToggleSheet);
        // Once the list is there.
        Timeout::new(0, || {
            if let Some(head) = document().get_element_by_id(HEAD).and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                head.scroll_into_view();
                let _ = head.focus();
            }
        })
        .forget();
    });
    html! {
        <button type="button" class="caution-chip" title="What is wrong with this system" {onclick}>
            <span aria-hidden="true">{ "▲ " }</span>{ in_words(warnings.0.len()) }
        </button>
    }
}

/// Says how many warnings there are, whenever that changes.
#[component]
pub fn Count() -> Html {
    let count = use_context::<Warnings>().map_or(0, |warnings| warnings.0.len());
    let said = use_state(AttrValue::default);
    let last = use_mut_ref(|| 0);
    use_effect_with(count, {
        let said = said.setter();
        move |count| {
            if last.replace(*count) != *count {
                said.set(if *count == 0 { "No warnings".into() } else { in_words(*count).into() });
            }
        }
    });
    html! { <p class="hidden-list" aria-live="polite">{ (*said).clone() }</p> }
}
