//! The meaning of the marks on the stage: a short legend, and a list of all marks on request.

use super::{fetch, language};
use crate::{t, text};
use gloo::utils::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The id of the list of all marks.
const ALL: &str = "all-marks";
/// The template of the list: a file of its own, because a first visit does without it.
const FILE: &str = "marks.html";

/// The list of marks at the lower left of the stage.
#[component]
pub fn Legend() -> Html {
    let onclick = Callback::from(|_: MouseEvent| fill());
    html! {
        <div class="legend">
            <ul aria-label={t!("legend-title")}>
                <li>{ mark(html! { <circle class="m-request" r="5" /> }) }{ t!("legend-request") }</li>
                <li>{ mark(html! { <circle class="m-ok" r="5" /> }) }{ t!("legend-answer") }</li>
                <li>{ mark(html! { <><circle class="m-track" r="5.5" /><path class="m-timeout" d="M0-5.5A5.5 5.5 0 1 1-5.5 0" /></> }) }{ t!("legend-timeout") }</li>
                <li>{ mark(html! { <><circle class="m-degraded-ring" r="5" /><path class="m-degraded" d="M0-5A5 5 0 0 0 0 5z" /></> }) }{ t!("legend-degraded") }</li>
                <li>{ mark(html! { <path class="m-failed" d="M0-7 1.8-2.4 6.7-2.2 2.9.9 4.1 5.7 0 3-4.1 5.7-2.9.9-6.7-2.2-1.8-2.4z" /> }) }{ t!("legend-failed") }</li>
                <li>{ mark(html! { <path class="m-failed" d="M-2-5A5 5 0 0 0-2 5zM2-5A5 5 0 0 1 2 5z" /> }) }{ t!("legend-lost") }</li>
                <li>{ mark(html! { <><circle class="m-wasted-box" r="5" /><path class="m-wasted" d="M-4.3 1.4 1.4-4.3M-1.4 4.3 4.3-1.4" /></> }) }{ t!("legend-wasted") }</li>
            </ul>
            <button type="button" class="text-button" popovertarget={ALL} {onclick}>{ t!("legend-all") }</button>
            <div id={ALL} class="marks" popover="auto" role="dialog" aria-label={t!("legend-all")} tabindex="-1" />
        </div>
    }
}

fn mark(drawing: Html) -> Html {
    html! { <svg viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">{ drawing }</svg> }
}

/// Adds the list to the page, if it is missing. The browser opens and closes it.
fn fill() {
    let Some(list) = document().get_element_by_id(ALL).and_then(|it| it.dyn_into::<HtmlElement>().ok()) else { return };
    // The list takes the focus, so that arrow keys scroll it.
    let focus = move |list: &HtmlElement| drop(list.focus());
    if list.child_element_count() > 0 {
        return focus(&list);
    }
    spawn_local(async move {
        let has_texts = language::load_texts_of_parts().await;
        let template = if has_texts { fetch::text(FILE).await } else { None };
        let list_of_marks = template.map(|template| text::filled(&template));
        let missing = || format!("<p>{}</p>", t!("legend-missing"));
        list.set_inner_html(&list_of_marks.unwrap_or_else(missing));
        focus(&list);
    });
}
