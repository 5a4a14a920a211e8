//! What the marks on the stage mean.

use yew::prelude::*;

/// The list of marks at the lower left of the stage.
#[component]
pub fn Legend() -> Html {
    html! {
        <ul class="legend" aria-label="What the marks mean">
            <li>{ mark(html! { <circle class="m-request" r="5" /> }) }{ "request" }</li>
            <li>{ mark(html! { <circle class="m-ok" r="5" /> }) }{ "answer" }</li>
            <li>{ mark(html! { <><circle class="m-degraded-ring" r="5" /><path class="m-degraded" d="M0-5A5 5 0 0 0 0 5z" /></> }) }{ "degraded" }</li>
            <li>{ mark(html! { <path class="m-failed" d="M0-7 1.8-2.4 6.7-2.2 2.9.9 4.1 5.7 0 3-4.1 5.7-2.9.9-6.7-2.2-1.8-2.4z" /> }) }{ "failed" }</li>
            <li>{ mark(html! { <path class="m-failed" d="M-2-5A5 5 0 0 0-2 5zM2-5A5 5 0 0 1 2 5z" /> }) }{ "lost" }</li>
            <li>{ mark(html! { <><rect class="m-wasted-box" x="-5" y="-5" width="10" height="10" rx="1.5" /><path class="m-wasted" d="M-5 1 1-5M-5 5 5-5M-1 5 5-1" /></> }) }{ "wasted work" }</li>
        </ul>
    }
}

fn mark(drawing: Html) -> Html {
    html! { <svg viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">{ drawing }</svg> }
}
