//! A message over the stage. A list of mistakes stays until the user closes it; any other message goes by itself.

use super::icon;
use super::state::{App, Toast, Update};
use crate::t;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// How long a message without mistakes stays.
const SHOWN_MS: u32 = 4_000;
/// The most mistakes in the list.
const LISTED: usize = 12;

/// What the toast needs.
#[derive(Properties, PartialEq)]
pub struct ToastProps {
    /// The message.
    pub toast: Option<Toast>,
}

/// The message, in a live region that is always on the page, so that screen readers announce it.
#[component]
pub fn ToastView(props: &ToastProps) -> Html {
    let app = use_context::<App>();
    use_effect_with((props.toast.as_ref().map(|t| (t.number, t.problems.is_empty())), app.clone()), |(shown, app)| {
        let timer = match (shown, app.clone()) {
            (Some((number, true)), Some(app)) => {
                let number = *number;
                Some(Timeout::new(SHOWN_MS, move || app.send(Update::Unsay(number))))
            }
            _ => None,
        };
        move || drop(timer)
    });
    html! {
        <div class="toasts" role="status" aria-live="polite">
            if let Some(toast) = &props.toast {
                { message(toast, app.as_ref()) }
            }
        </div>
    }
}

fn message(toast: &Toast, app: Option<&App>) -> Html {
    let number = toast.number;
    let close = app.map(|app| app.sends::<MouseEvent>(move || Update::Unsay(number)));
    let left_out = toast.problems.len().saturating_sub(LISTED);
    html! {
        <div class={classes!("toast", (!toast.problems.is_empty()).then_some("bad"))} key={toast.number}>
            <div>
                <p>{ toast.text.clone() }</p>
                if !toast.problems.is_empty() {
                    <ul>
                        for problem in toast.problems.iter().take(LISTED) {
                            <li>
                                if !problem.path.is_empty() {
                                    <code>{ &problem.path }</code>{ " " }
                                }
                                { &problem.message }
                            </li>
                        }
                        if left_out > 0 {
                            <li>{ t!("toast-more", count = left_out) }</li>
                        }
                    </ul>
                }
            </div>
            <button type="button" class="quiet" aria-label={t!("toast-close")} onclick={close}>{ icon::close() }</button>
        </div>
    }
}
