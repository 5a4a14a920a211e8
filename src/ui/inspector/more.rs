//! Rarely used settings and explanations, folded away.

use crate::ui::callback::callback;
use yew::prelude::*;

/// The properties of [`More`].
#[derive(Properties, PartialEq)]
pub struct MoreProps {
    /// The line that opens it.
    pub words: AttrValue,
    /// The folded content.
    pub children: Html,
}

/// A line that opens its content, which is not on the page before. A `details` element would keep it there, and Chromium
/// spends 6 ms of style work on the whole page when one appears beside 1,000 links (traced).
#[component]
pub fn More(props: &MoreProps) -> Html {
    let open = use_state_eq(|| false);
    let onclick = callback!([open], move |_: MouseEvent| open.set(!*open));
    html! {
        <div class="more">
            <button type="button" aria-expanded={open.to_string()} {onclick}>{ &props.words }</button>
            if *open {
                { props.children.clone() }
            }
        </div>
    }
}
